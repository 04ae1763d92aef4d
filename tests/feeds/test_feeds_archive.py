"""No entry is dropped: whoever polls once a day gets each of them, through the feed and the parts of its archive."""

import json
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import pytest
from reader import make_reader

from crawler.feeds import Filter, chosen
from crawler.feeds.files import FORMS
from crawler.public.database import Connection
from crawler.public.parts import (
    MAX_SUBSCRIPTION,
    PART,
    archive,
    closed_parts,
    open_part,
    part_name,
    part_named,
    subscription,
)
from crawler.run.publish import write_feeds
from crawler.sources import Settings
from tests.feeds.feeds_client import Subscriber, fitting, world

pytestmark = pytest.mark.slow

CRAWLS = [
    ("2026-09-28T10:00:00Z", 30),
    ("2026-10-30T10:00:00Z", 190),
    ("2026-11-01T10:00:00Z", 25),
    ("2026-11-02T10:00:00Z", 1_200),
    ("2026-11-03T10:00:00Z", 3),
    ("2026-12-20T10:00:00Z", 1),
]
FILTERS = [Filter(), chosen([("kind", "act")]), chosen([("topic", "children"), ("kind", "report")])]
PUBLIC = "https://roundup.example.org/"


@pytest.fixture(autouse=True)
def whole_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the files only the feed of everything is written."""
    monkeypatch.setattr("crawler.run.publish.common", lambda more: ())


def ids(db: Connection, filter: Filter, part: int = 0) -> list[str]:
    found = archive(db, filter, part) if part else subscription(db, filter)
    assert found is not None
    return [one["id"] for one in found.rows]


@pytest.mark.slow
@pytest.mark.parametrize(("form", "public_url"), [("atom", ""), ("rss", PUBLIC)])
def test_a_burst_reaches_who_polls_once_a_day(form: str, public_url: str, tmp_path: Path) -> None:
    folder, settings = tmp_path / "feeds", Settings(authority="a", public_url=public_url)
    start = urljoin(PUBLIC, f"feeds/changes.{form}")
    one = Subscriber(lambda address: (folder / address.rpartition("/")[2]).read_bytes(), start)
    for number in range(2, len(CRAWLS) + 1):
        db = world(CRAWLS[:number])
        write_feeds(db, settings, tmp_path)
        one.poll()
        wanted = sorted(f"tag:a,2026:entry/{id}" for id in fitting(db, Filter()))
        assert sorted(one.entries) == wanted, CRAWLS[number - 1]
        before = one.asked
        one.poll()
        assert one.asked == before + 1, "a part that is known is not asked for again"
        db.close()
    assert len(one.known) == 1 + 1 + 7


def test_a_reader_of_others_gets_each_entry_and_takes_none_for_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program *reader* polls once a day; the parts that the feed leads to are feeds of their own for it."""
    # Its own feedparser imports this by the name that it had before.
    monkeypatch.setitem(sys.modules, "sgmllib", import_module("feedparser_sgmllib"))
    folder, known = tmp_path / "feeds", {""}
    with make_reader(":memory:", feed_root=str(folder)) as client:
        for number in (4, 5):  # The day of 1,200 entries, and the day after.
            db = world(CRAWLS[:number])
            write_feeds(db, Settings(authority="a"), tmp_path)
            name = "changes.atom"
            while name not in known - {"changes.atom"}:
                client.add_feed(name, exist_ok=True)
                updated = client.update_feed(name)
                assert updated and not updated.modified
                known.add(name)
                links = feedparser.parse((folder / name).read_bytes()).feed.links
                name = next((link.href for link in links if link.rel == "prev-archive"), "")
            found = Counter((entry.feed_url, entry.id) for entry in client.get_entries())
            wanted = {f"tag:a,2026:entry/{id}" for id in fitting(db, Filter())}
            assert {id for _, id in found} == wanted and set(found.values()) == {1}
            db.close()


def test_the_chain_of_every_filter_holds_each_entry_once() -> None:
    db = world(CRAWLS)
    for filter in FILTERS:
        newest, held = ids(db, filter), list[str]()
        name = subscription(db, filter).before
        while name:
            found = archive(db, filter, part_named(name))
            assert found is not None and 0 < len(found.rows) <= PART
            held += [one["id"] for one in found.rows]
            name = found.before
        assert len(held) == len(set(held)) and {*held, *newest} == fitting(db, filter)
    db.close()


def test_closed_parts_never_change() -> None:
    known: dict[tuple[Filter, int], list[str]] = {}
    for number in range(1, len(CRAWLS) + 1):
        db = world(CRAWLS[:number])
        for filter in FILTERS:
            now = {(filter, part): sorted(ids(db, filter, part)) for part in closed_parts(db)}
            assert {key: ids for key, ids in known.items() if key[0] == filter}.items() <= now.items()
            known |= now
            # What no closed part holds stands in the document that readers subscribe to.
            held = {id for part in now.values() for id in part}
            assert fitting(db, filter) - held <= set(ids(db, filter))
        db.close()


def test_a_part_is_closed_when_it_is_full_or_its_month_has_ended() -> None:
    names = []
    for number in range(1, len(CRAWLS) + 1):
        db = world(CRAWLS[:number])
        names.append(([part_name(part) for part in closed_parts(db)], part_name(open_part(db))))
        db.close()
    november = [f"2026-11-{number}" for number in range(1, 7)]
    assert names == [
        ([], "2026-09-1"),
        (["2026-09-1"], "2026-10-1"),
        (["2026-09-1", "2026-10-1"], "2026-11-1"),
        (["2026-09-1", "2026-10-1", *november], "2026-11-7"),
        (["2026-09-1", "2026-10-1", *november], "2026-11-7"),
        (["2026-09-1", "2026-10-1", *november, "2026-11-7"], "2026-12-1"),
    ]


def test_the_feed_holds_fifty_and_all_of_thirty_days() -> None:
    db = world([("2026-01-10T10:00:00Z", 70), ("2026-06-01T10:00:00Z", 5)])
    assert len(ids(db, Filter())) == 50
    db = world([("2026-05-03T10:00:00Z", 70), ("2026-06-01T10:00:00Z", 5)])
    assert len(ids(db, Filter())) == 75
    db = world([("2026-05-20T10:00:00Z", 700), ("2026-06-01T10:00:00Z", 5)])
    assert len(ids(db, Filter())) == MAX_SUBSCRIPTION
    # What was corrected is told again, but never instead of what no closed part holds.
    db.execute("update entries set updated = '2026-06-02T10:00:00Z', rank = n - 10000 where announced < '2026-06'")
    found = ids(db, Filter())
    assert len(found) == MAX_SUBSCRIPTION and len(set(found) & set(ids(db, Filter()))) == MAX_SUBSCRIPTION
    assert {id for (id,) in db.execute("select id from entries where part = 2026060001")} <= set(found)


@pytest.mark.parametrize("form", FORMS)
def test_files_of_closed_parts_are_left_alone(form: str, tmp_path: Path) -> None:
    settings = Settings(authority="a", public_url=PUBLIC)
    few = [("2026-11-01T10:00:00Z", 230), ("2026-11-02T10:00:00Z", 2)]
    write_feeds(world(few[:1]), settings, tmp_path)
    part = tmp_path / "feeds" / f"changes-2026-11-1.{form}"
    (before, made) = part.read_bytes(), part.stat().st_mtime_ns
    written = write_feeds(db := world(few), settings, tmp_path)
    assert part not in written and (part.read_bytes(), part.stat().st_mtime_ns) == (before, made)
    assert write_feeds(db, settings, tmp_path) == []
    id = ids(db, Filter(), 2026110001)[0]
    db.execute("update entries set title = 'Redacted', updated = '2026-11-03T10:00:00Z' where id = ?", [id])
    assert part in write_feeds(db, settings, tmp_path) and b"Redacted" in part.read_bytes()


def test_json_leads_on_with_next_url(tmp_path: Path) -> None:
    write_feeds(world([("2026-11-01T10:00:00Z", 430)]), Settings(authority="a", public_url=PUBLIC), tmp_path)
    seen, name = [], "changes.json"
    while name:
        body = json.loads((tmp_path / "feeds" / name).read_bytes())
        seen += [item["id"] for item in body["items"]]
        assert body["feed_url"] == f"{PUBLIC}feeds/{name}"
        name = body.get("next_url", "").removeprefix(f"{PUBLIC}feeds/")
    assert len(set(seen)) == 430
