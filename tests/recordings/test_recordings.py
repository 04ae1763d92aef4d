"""Every recording of feed, legislation, govuk and listing, through the whole fold: as their protocols alone read it.

The table of all recordings is printed by tests/recordings/test_every_recording.py.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler.identifiers import same_address
from crawler.ingest import Read, Reading
from tests.fold import world as engine
from tests.fold.tables import interpreted
from tests.recordings import refusals, registry, world
from tests.recordings.registry import Recording

pytestmark = pytest.mark.recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """Everything crawled: what was parsed, by address and time, and what became of each fetch."""

    data: Path
    warc: Path
    sources: str
    recordings: list[Recording]
    reads: Mapping[tuple[str, datetime], list[Read]]
    fetched: Mapping[tuple[str, datetime], str]

    def told(self, each: Recording) -> str:
        """Give what became of a recording, in one line."""
        reads = self.reads.get(each.key)
        if reads is None:
            before = self.fetched.get(each.key)
            return f"read: {before}, the same bytes as before" if before == "unchanged" else "not reached"
        return "; ".join(dict.fromkeys(_told(read) for read in reads))


def _told(read: Read) -> str:
    if read.error is not None:
        return f"refused: {read.error.kind}: {read.error.reason}"
    page = read.page
    assert page is not None
    sections = sum(len(version.sections) for version in page.versions)
    counts = {
        "documents": len(page.documents),
        "sections": sections,
        "links": len(page.links),
        "statements": len(page.statements),
    }
    said = ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing listed"
    problems = "; ".join(f"{problem.kind}" for problem in page.problems)
    return f"read: {said}" + (f" ({problems})" if problems else "")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    folder = tmp_path_factory.mktemp("recordings")
    found = registry.recordings()
    warc, sources = registry.pack(folder / "packed", found), registry.sources(found)
    reads: dict[tuple[str, datetime], list[Read]] = {}

    def read(reading: Reading) -> Read:
        got = engine.read(reading)
        reads.setdefault((same_address(reading.capture.url), reading.capture.time), []).append(got)
        return got

    for moment in registry.moments(found):
        world.replay(folder / "data", warc, moment, sources=sources, also=registry.also(found, moment), read=read)
    with world.live(folder / "data") as store:
        fetched = {
            (same_address(row["url"]), datetime.fromisoformat(row["time"])): str(row["outcome"])
            for row in store.all("select url, time, outcome from fetches where status is not null")
        }
    return Crawled(
        data=folder / "data", warc=warc, sources=sources, recordings=found, reads=reads, fetched=fetched
    )  # fmt: skip


def test_every_recording_is_read_or_refused_with_a_reason(crawled: Crawled) -> None:
    table = {each.file: (each, crawled.told(each)) for each in crawled.recordings}
    assert {file for file, (_, told) in table.items() if told == "not reached"} == set()
    refused = {file: (each, told) for file, (each, told) in table.items() if told.startswith("refused")}
    for file, (each, told) in refused.items():
        said = told.removeprefix("refused: ")
        if each.raw:
            assert said == refusals.RAW[file]
        else:
            assert said.startswith(refusals.cut_down(file) or "a known fault"), file
    assert len(table) >= 285


def test_what_is_read_has_something_in_it(crawled: Crawled) -> None:
    """Only answers that say of themselves that there is nothing give nothing."""
    empty = {each.file for each in crawled.recordings if crawled.told(each) == "read: nothing listed"}
    assert {file.rpartition("/")[2] for file in empty} == {
        "changes-empty.feed",
        "update-changes-affected-ukpga-2018-12.feed",
        "search-3baf982e9562.json",  # asked with count=0
        "press-releases.1958.rss.xml",  # an outage
    }


def test_lists_keep_every_entry_apart(crawled: Crawled) -> None:
    """HUDOC has one page for everything: what tells its documents apart stands behind the #."""
    counts = {
        each.file.rpartition("/")[2]: len(page.documents)
        for each in crawled.recordings
        if each.file.startswith("hudoc.") and (page := crawled.reads[each.key][0].page) is not None
    }
    assert counts == {
        "hudocgreta.rss": 1955, "grev.rss": 1999, "greco.rss": 1824, "hudoccpt.rss": 2000, "echr.rss": 2000,
        "hudocgreta.v1_db895f42.rss": 2000, "grevio.rss": 2000, "grevio_short.xml": 8, "echr_short.xml": 12,
    }  # fmt: skip
    with world.live(crawled.data) as store:
        assert store.value("select count(*) from documents where id like 'url:http://hudoc.%'") > 10_000


def test_titles_of_pages_are_no_news_beside_those_of_lists(crawled: Crawled) -> None:
    """The list of ours calls everything "Sample entry"; that the pages have titles of their own is no event."""
    with world.live(crawled.data) as store:
        retitled = store.all("select before, after from changes where kind='retitled' order by rowid")
    assert [row["before"] for row in retitled] == [
        "TR4 8EE, Mr Derek Mears: environmental permit application",  # three pages share one content id here
        "Actions taken to stop Romanian human trafficking network",
        "Trafficking of Human beings and Migrant Smuggling in focus at the 5th EMJNet meeting",
    ]


def test_the_same_replay_again_changes_nothing_and_a_rebuild_gives_the_same(crawled: Crawled) -> None:
    counted = ("changes", "versions", "documents", "sections", "statements", "relations", "effects", "dates")
    last = registry.moments(crawled.recordings)[-1]

    def numbers() -> dict[str, int]:
        with world.live(crawled.data) as store:
            tables = [table for table in counted if table in store.tables()]
            found = {table: store.value(f"select count(*) from {table}") for table in tables}
            return found | {"announced": store.value("select count(*) from entries where announced is not null")}

    before = numbers()
    for clock in (last, last + timedelta(hours=1)):
        asked = world.replay(
            crawled.data, crawled.warc, clock, sources=crawled.sources, also=registry.also(crawled.recordings, last)
        )
        assert {each.answer for each in asked} == {"not newer", "not recorded"}
    assert numbers() == before
    with world.live(crawled.data) as one, world.rebuilt(crawled.data) as other:
        live, again = interpreted(one), interpreted(other)
    assert live.keys() == again.keys()
    assert {table for table in live if live[table] != again[table]} == set()


def test_registry_reaches_each_recording_once(crawled: Crawled) -> None:
    keys = [each.key for each in crawled.recordings]
    assert len(keys) == len(set(keys))
    assert len(json.loads(crawled.sources)["sources"]) < 60
