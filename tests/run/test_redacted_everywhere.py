"""A release that names an invented suspect: gone from site, search, feeds, bulk and archive, for good."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from crawler.archive import Archive, Exchange, check
from crawler.archive.safe_headers import KEPT_HEADERS
from crawler.export.shown import LOST
from crawler.public.database import FILE
from crawler.publish.paths import encode
from crawler.run.evidence.capture import evidence
from crawler.run.options import ARCHIVE, DATABASE
from crawler.run.rebuild import rebuild
from crawler.run.redact import planning
from tests.export.leaks import leaks
from tests.fold.tables import differences
from tests.fold.test_fold_laws import live
from tests.fold.world import rebuilt
from tests.run.here import Here
from tests.run.redacted_world import COPY, GOVUK, MIRROR, NAME, OLD, RELEASE, TITLE, A, World, served, shown, traces

FEED = f"{A}/feed.xml"

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("in_this_process")]


@pytest.fixture
def told(tmp_path: Path) -> World:
    """A world that was read for three days, on the second of which the release came out."""
    world = World(tmp_path / "data")
    world.crawl()
    world.published = True
    world.crawl()
    world.crawl()
    return world


def same(data: Path) -> None:
    with live(data) as one, rebuilt(data) as other:
        assert differences(one, other) == []
    assert check(data / ARCHIVE) == []


def test_it_stands_everywhere_before(told: World) -> None:
    with live(told.data) as store:
        rows = store.all("select id, title from documents where title like '%zzyzx%' order by id")
        assert len(rows) >= 3, rows
        assert store.value("select count(*) from duplicates where found_by='text'") >= 2
    assert len(traces(told.data)) > 20
    same(told.data)


def facts(data: Path) -> dict[str, dict[str, object]]:
    """What is known of the documents that are not the release, beside what tells of it."""
    with live(data) as store:
        rows = store.all(
            "select id, title, kind, first_seen, a.announced, a.silent, availability"
            " from documents left join appearances a on a.document=id"
        )
        return {str(row["id"]): row for row in rows if NAME not in f"{row}".lower()}


def announced(data: Path) -> set[str]:
    with live(data) as store:
        return {str(row["id"]) for row in store.all("select id from entries where announced is not null")}


NAMED = [{"url": RELEASE}, {"url": OLD}, {"document": f"url:{OLD}"}, {"document": GOVUK}, {"url": COPY}, {"digest": ""}]


@pytest.mark.parametrize("named", NAMED, ids=lambda named: "-".join(named))
def test_redacted_it_is_gone(told: World, named: dict[str, str]) -> None:
    """Named by any of its addresses, ids and captures; with all its copies, and no more than them."""
    others, entries = facts(told.data), announced(told.data)
    if "digest" in named:
        with live(told.data) as store:
            named = {"digest": store.value("select max(digest) from fetches where url=?", RELEASE)}
    told.redact(**named)
    told.crawl()
    for _ in range(2):
        assert traces(told.data) == []
        same(told.data)
        assert facts(told.data) == others
        assert announced(told.data) == entries, "nothing is announced, and nothing taken back"
        rebuild(told.data)


def test_it_does_not_come_back(told: World) -> None:
    """Not where feeds list it still or in other words, at another address, as a copy, nor when its page changes."""
    told.redact(url=RELEASE)
    told.crawl()
    entries = announced(told.data)
    told.crawl()
    assert traces(told.data) == []
    told.teaser = "In other words: of Zzyzx more is known now."
    told.more = [(f"{MIRROR}/again/7", TITLE), (f"{MIRROR}/again/8", "Update of this morning")]
    told.crawl()
    assert traces(told.data) == []
    told.crawl()
    assert traces(told.data) == []
    assert announced(told.data) == entries
    same(told.data)
    with live(told.data) as store:
        assert store.all("select kind, source, subject, detail from issues where kind<>'redirect'") == []
        asked = told.site.asked[-20:]
        assert RELEASE not in asked and COPY not in asked, "what was redacted is not asked for again"


def test_what_is_not_masked_is_as_it_was(told: World) -> None:
    """Everything else that stood beside it stays, to the byte, with the digest that it had."""
    before = {one.place.file: one for one in exchanges(told.data) if one.url == FEED}
    told.redact(url=RELEASE)
    told.publish()
    planning.apply(told.data, told.decisions, Here())  # type: ignore[arg-type]
    for one in exchanges(told.data):
        if one.url != FEED:
            continue
        was = before[one.place.file]
        assert one.digest == was.digest and one.payload_digest == was.payload_digest
        if b"Zzyzx" in was.body:
            assert one.reduced == "2026-03-05: asked for by a person" and not one.redacted
            masked = list(
                zip(*(re.split(rb"(?=<item>)|(?<=</item>)", body) for body in (was.body, one.body)), strict=True)
            )
            assert [b"Zzyzx" in old for old, new in masked if old != new] == [True, True]
            assert all(re.sub(rb"[xX1]", b"", new).startswith(b"<item><title>   ") for old, new in masked if old != new)
    with live(told.data) as store:
        listed = store.all("select entries from fetches where url=? and role='listing' order by id", FEED)
        assert [row["entries"] for row in listed] == [4, 6, 6], "its publisher listed as many as before"


def test_its_own_captures_say_that_they_were(told: World) -> None:
    told.redact(url=RELEASE)
    told.crawl()
    own = [one for one in exchanges(told.data) if one.redacted]
    assert len(own) >= 5
    for one in own:
        assert one.body == b"" and one.redacted == "2026-03-05: asked for by a person"
        assert one.url.split("/")[3] == "redacted" and not any(asked["facts"] for asked in one.link["asked"])
        assert {name.lower() for name, _ in one.headers} <= KEPT_HEADERS | {"location"}
    with live(told.data) as store:
        rows = store.all("select outcome, reason, digest from fetches where url like '%/redacted/%'")
        assert {row["outcome"] for row in rows} == {"refused", "redirect"}
        assert all(len(row["digest"]) == 64 for row in rows)


def test_its_entries_say_so_and_no_more(told: World) -> None:
    told.redact(url=RELEASE)
    told.crawl()
    with live(told.data) as store:
        gone = store.all("select * from entries where announced is not null and document is null and kind<>'watching'")
        assert len(gone) == 1
        for row in gone:
            assert row["title"] == LOST and not row["url"] and row["why"] == "[]"


def exchanges(data: Path) -> list[Exchange]:
    with Archive.open(data / ARCHIVE, read_only=True) as archive:
        return [one for one in archive.records() if isinstance(one, Exchange)]


@pytest.fixture
def redacted(told: World) -> World:
    told.redact(url=RELEASE)
    told.crawl()
    return told


async def test_the_site_shows_nothing_of_it(redacted: World) -> None:
    """Neither pages nor feeds, nor tables in any form, nor SQL that reads whatever there is."""
    found = await shown(redacted.data, redacted.clock)
    assert len(found) > 400
    assert [path for path, text in found.items() if NAME in text.lower() and NAME not in path.lower()] == []
    app = served(redacted.data, redacted.clock)
    assert leaks(redacted.data / DATABASE, redacted.data / FILE) == []
    assert NAME.encode() not in (redacted.data / FILE).read_bytes().lower()
    assert "Nothing here answers" in (await app.client.get(f"/search?q={NAME}")).text
    for name in (f"url:{OLD}", GOVUK, RELEASE):
        assert (await app.client.get(f"/doc/{encode(name)}")).status_code == 404


def test_evidence_holds_nothing_of_it(told: World, tmp_path: Path) -> None:
    with live(told.data) as store:
        digest = store.value("select max(digest) from fetches where url=?", FEED)
        own = store.value("select max(digest) from fetches where url=?", RELEASE)
    told.redact(url=RELEASE)
    told.crawl()
    with live(told.data) as store:
        wanted = [row["digest"] for row in store.all("select distinct digest from fetches where digest<>''")]
        wanted += [row["url"] for row in store.all("select distinct url from fetches where status is not null")]
        wanted += [row["id"] for row in store.all("select id from entries where fetch is not null")]
    assert digest in wanted and own in wanted
    for number, each in enumerate(wanted):
        made = tmp_path / "cases" / str(number)
        made.mkdir(parents=True)
        with zipfile.ZipFile(BytesIO(evidence(told.data, str(each), with_private=True).data)) as file:
            file.extractall(made)
        statement = (made / "statement.txt").read_text()
        if each == digest:
            assert (
                "parts were masked, or cut out of the archive, for good" in " ".join(statement.split())
                and digest in statement
            )
        if each == own:
            assert "taken out of the archive for good" in " ".join(statement.split())
    assert len(wanted) > 30 and traces(tmp_path / "cases") == []
