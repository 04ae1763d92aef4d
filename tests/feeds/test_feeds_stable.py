"""Feeds of a crawled world and their files: the same ids and bytes after another crawl and a rebuild, whole or not."""

import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from sqlite3 import Connection

import feedparser
import pytest

from crawler.errors import StorageError
from crawler.feeds import Entry, Feed, Filter, atom, chosen, jsonfeed, write
from crawler.feeds.facets import FACETS, title
from crawler.feeds.files import FORMS, write_list
from crawler.feeds.presets import COMMON, OPEN, common, place, preset
from crawler.public.database import connect
from crawler.public.entries import newest
from crawler.public.filters import announced_values, counts
from crawler.public.parts import closed_parts, part_name
from crawler.run.publish import feeds, write_feeds
from crawler.sources import Settings
from crawler.sources.vocabulary import STATES
from crawler.store import Store
from tests.fold.samples import ACT, CONTENT, GOVUK, GUIDANCE, LAW, LEGISLATION, act, guidance, sources
from tests.fold.world import START, Site, crawl, opened, options, rebuilt
from tests.public.entries_world import Rows, enter, filled, index
from tests.public.exported import entries, exported

SOURCES = sources(GOVUK, LEGISLATION)


def filters(public: Connection) -> list[Filter]:
    """Return the common filters, mixtures of them, and those of one document and of one section."""
    single = [Filter(), *common(announced_values(public, *OPEN))]
    mixed = [
        chosen(
            [("topic", "offences_law"), ("jurisdiction", "England and Wales"), ("kind", "guidance"), ("kind", "asp")]
        ),
        chosen([("publisher", "sample"), ("significance", "substantive"), ("significance", "legal effect")]),
        chosen([("document", GUIDANCE)]),
        chosen([("document", ACT), ("section", "section-1")]),
    ]
    return [*single, *mixed]


def rendered(store: Store) -> dict[str, bytes]:
    """Return every feed by its id and form."""
    found = {}
    with exported(store) as public:
        for filter in filters(public):
            entries = newest(public, filter)
            feed = Feed(
                authority="sample.invalid", filter=filter, words=title(filter.pairs), place=place(filter) or "changes"
            )
            found[f"{feed.id} atom"] = atom.render(entries, feed)
            found[f"{feed.id} json"] = jsonfeed.render(entries, feed)
    return found


def crawled(data: Path) -> Site:
    """Crawl three times: what was there, and two changes."""
    site = Site()
    site.put(CONTENT, guidance(), media="application/json")
    site.put(LAW, act(("1", "Offence", "A person may act."), ("2", "Defence", "Sample.")), media="application/xml")
    crawl(data, site, START, text=SOURCES)
    body = "<h2>Referral</h2><p>First responders must refer within 30 days of trafficking.</p>"
    notes = [("2026-02-01T09:30:00Z", "First published."), ("2026-03-03T09:30:00Z", "Duty to refer added.")]
    later = guidance(body, updated="2026-03-03T09:30:00Z", notes=notes)
    site.put(CONTENT, later, media="application/json")
    crawl(data, site, START + timedelta(days=2), text=SOURCES)
    site.put(LAW, act(("1", "Offence", "A person must not act."), ("2", "Defence", "Sample.")), media="application/xml")
    crawl(data, site, START + timedelta(days=4), text=SOURCES)
    return site


@pytest.mark.slow
def test_feeds_survive_another_crawl_and_a_rebuild(tmp_path: Path) -> None:
    site = crawled(tmp_path)
    with opened(tmp_path) as state:
        before = rendered(state.store)
    shown = {name: feedparser.parse(body) for name, body in before.items() if name.endswith(" atom")}
    everything = shown["tag:sample.invalid,2026:feed/changes atom"]
    assert len(everything.entries) >= 3, "what is watched, and two changes"
    of_document = next(feed for name, feed in shown.items() if GUIDANCE.removeprefix("govuk:") in name)
    assert len(of_document.entries) >= 1
    crawl(tmp_path, site, START + timedelta(days=6), text=SOURCES)
    with opened(tmp_path) as state:
        assert rendered(state.store) == before, "the same world again"
    assert rendered(rebuilt(tmp_path)) == before, "from the archive alone"


def test_a_section_tells_its_own_changes_alone(tmp_path: Path) -> None:
    crawled(tmp_path)

    def ids(section: str) -> list[str]:
        with opened(tmp_path) as state:
            return [entry.id for entry in entries(state.store, chosen([("document", ACT), ("section", section)]))]

    assert len(ids("section-1")) == 1 and ids("section-2") == [] and ids("section-1-1") == []


@pytest.mark.slow
def test_files_of_a_crawl_are_those_of_its_rebuild(tmp_path: Path) -> None:
    site = crawled(tmp_path)
    settings = options(tmp_path, SOURCES).registry.settings
    written = feeds(tmp_path, settings)
    names = {str(path.relative_to(tmp_path / "feeds")) for path in written}
    assert {"changes.atom", "changes.json", "topic/offences_law.atom", "kind/guidance.json", "feeds.opml"} <= names
    assert feeds(tmp_path, settings) == []
    crawl(tmp_path, site, START + timedelta(days=6), text=SOURCES)
    assert feeds(tmp_path, settings) == [], "nothing changed in the world"
    with closing(connect(tmp_path / "public.db")) as public:
        counted = {(row["facet"], row["value"]) for row in counts(public)}
    assert {("topic", "offences_law"), ("jurisdiction", "Wales"), ("publisher", "sample")} <= counted


FEED = Feed(authority="sample.invalid", public_url="https://roundup.example.org")


@pytest.fixture
def world() -> Iterator[tuple[Connection, Rows]]:
    db, rows = filled(120)
    yield db, rows
    db.close()


@pytest.fixture
def rows(world: tuple[Connection, Rows]) -> tuple[Entry, ...]:
    return newest(world[0], Filter())


def publish(db: Connection, folder: Path) -> list[Path]:
    """Write all that is kept as files, as a crawl does at its end."""
    return write_feeds(db, Settings(authority="a"), folder)


def test_files_are_whole_and_only_replaced_when_new(rows: tuple[Entry, ...], tmp_path: Path) -> None:
    written = write(rows, FEED, tmp_path)
    assert [path.name for path in written] == ["changes.atom", "changes.json", "changes.rss"]
    for path in written:
        os.utime(path, (1, 1))
    assert write(rows, FEED, tmp_path) == []
    assert all(path.stat().st_mtime == 1 for path in written)
    assert write(rows[1:], FEED, tmp_path) == written
    assert sorted(path.name for path in (tmp_path / "feeds").iterdir()) == [
        "changes.atom",
        "changes.json",
        "changes.rss",
    ]
    assert written[0].stat().st_mode & 0o777 == 0o644


def test_a_disk_that_refuses_keeps_the_old_file(
    rows: tuple[Entry, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    atom, *_ = write(rows, FEED, tmp_path)
    before = atom.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match=r"changes.atom: No space left"):
        write(rows[1:], FEED, tmp_path)
    assert atom.read_bytes() == before
    assert [path.name for path in (tmp_path / "feeds").iterdir() if path.name.startswith(".")] == []


def test_bytes_that_do_not_read_back_are_not_written(
    rows: tuple[Entry, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.feeds.atom.render", lambda *_: b"<feed/>")
    with pytest.raises(StorageError, match="reads back with other entries"):
        write(rows, FEED, tmp_path)
    monkeypatch.setattr("crawler.feeds.opml.render", lambda _: b"<opml/>")
    with pytest.raises(StorageError, match="reads back with other feeds"):
        write_list([FEED], tmp_path)
    assert not (tmp_path / "feeds").exists()


@pytest.mark.slow
def test_there_is_a_file_for_every_value_of_the_common_facets(world: tuple[Connection, Rows], tmp_path: Path) -> None:
    db, rows = world
    publish(db, tmp_path)
    folder = tmp_path / "feeds"
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    values = [(facet, value) for facet in COMMON for value in FACETS[facet].values or ()]
    values = [pair for pair in values if pair[1] not in STATES.values()]
    listed = {place(chosen([pair])) for pair in values}
    places = {"changes", "kind/round-up", *listed}
    beside = {"feeds.opml", "dates.ics", ".made.json"}
    parts = {f"changes-{part_name(part)}.{form}" for part in closed_parts(db) for form in FORMS}
    assert names == {f"{name}.{form}" for name in places for form in FORMS} | beside | parts
    assert len(listed) == len(values)
    for facet, value in (("topic", "children"), ("jurisdiction", "European Union"), ("kind", "round-up")):
        filter = chosen([(facet, value)])
        found = feedparser.parse((folder / f"{place(filter)}.atom").read_bytes())
        fitting = {f"tag:a,2026:entry/{row.id}" for row in rows if row.fits(filter)}
        assert not found.bozo and {entry.id for entry in found.entries} == fitting and fitting
        assert found.feed.title.endswith(f": {title(filter.pairs)}")
        assert found.feed.id == f"tag:a,2026:feed/changes?{filter.query}"


@pytest.mark.slow
def test_the_same_entries_rewrite_nothing(world: tuple[Connection, Rows], tmp_path: Path) -> None:
    db, rows = world
    assert len(publish(db, tmp_path)) > 130
    assert publish(db, tmp_path) == []
    newest_first = sorted((row for row in rows if row.columns["announced"]), key=lambda row: row.columns["announced"])
    one = next(
        row for row in reversed(newest_first)
        if row.fits(chosen([("topic", "children")])) and not row.fits(chosen([("topic", "supply_chains")]))
    )  # fmt: skip
    kind = one.columns["document_kind"]
    other = next(name for name in ("act", "report", "guidance") if name != kind)
    db.execute("update entries set title = 'Another' where id = ?", [one.id])
    changed = {str(path.relative_to(tmp_path / "feeds")) for path in publish(db, tmp_path)}
    assert {"topic/children.atom", "topic/children.json", f"kind/{kind}.atom"} <= changed
    assert not {"topic/supply_chains.atom", f"kind/{other}.atom", "feeds.opml"} & changed


@pytest.mark.slow
def test_values_that_are_no_more_lose_their_files(world: tuple[Connection, Rows], tmp_path: Path) -> None:
    db, rows = world
    columns = {**rows[0].columns, "document_kind": "../../odd kind", "announced": "2026-11-01T00:00:00Z"}
    enter(db, replace(rows[0], id="odd", columns=columns), 1000)
    index(db)
    publish(db, tmp_path)
    folder = tmp_path / "feeds" / "kind"
    (odd,) = folder.glob("odd-kind-*.atom")
    assert odd.resolve().parent == folder.resolve()
    (folder / "mine.txt").write_text("not ours")
    for table, column in (("entry_lists", "entry"), ("entry_sections", "entry"), ("entries", "n")):
        db.execute(f"delete from {table} where {column} = 1000")
    written = publish(db, tmp_path)
    assert not odd.exists() and not odd.with_suffix(".json").exists()
    assert (folder / "mine.txt").exists() and (folder / "bill.atom").exists()
    assert "feeds.opml" in {path.name for path in written}


def test_a_folder_that_cannot_be_written_is_named(rows: tuple[Entry, ...], tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "topic").write_text("")
    feed = Feed(authority="a", filter=chosen([("topic", "children")]), place="topic/children")
    with pytest.raises(StorageError, match="feeds/topic"):
        write(rows, feed, tmp_path)


def test_places_are_never_shared_and_lead_back() -> None:
    odd = [("kind", value) for value in ("Act", "act ", "ACT", "a/b", "a-b", "..", "é", "\x00", "-")]
    filters = common(odd)
    places = [place(one) for one in filters]
    assert len(set(places)) == len(places) and all("/" not in one.partition("/")[2] for one in places)
    for one in filters:
        facet, _, name = place(one).partition("/")
        assert preset(filters, facet, name) == one
    assert preset(filters, "kind", "nope") is None


def test_a_file_without_a_public_address_names_none(rows: tuple[Entry, ...], tmp_path: Path) -> None:
    feed = Feed(authority="a", filter=chosen([("topic", "children")]), place="topic/children")
    atom, *_ = write(rows, feed, tmp_path)
    found = feedparser.parse(atom.read_bytes())
    assert [link for link in found.feed.get("links", []) if link.rel == "self"] == []
    assert all(entry.content[0].value for entry in found.entries), "RFC 4287 4.1.2: no alternate needs a content"
    there = Feed(authority="a", public_url="https://x.example/", filter=feed.filter, place=feed.place)
    assert there.self_address("atom") == "https://x.example/feeds/topic/children.atom"
    assert there.page == "https://x.example/?topic=children"
    assert Feed(authority="a", public_url="https://x.example", filter=feed.filter).self_address("json") == (
        "https://x.example/feeds/changes.json?topic=children"
    )
