"""Between the moments of a list or a law that were really recorded nothing is invented, and what differs is told.

What differs between two recordings was read off their bodies, not off what the parsers give.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from crawler.model import Link
from tests.recordings import world
from tests.recordings.moments import DAY, FIRST, SECOND, Moment, crawled, dated, source

pytestmark = pytest.mark.recorded

# legislation.gov.uk


def test_four_moments_of_new_legislation(tmp_path: Path) -> None:
    """Trap UK-0.7: a page of a list is one working day: walk on until something known is met, else say that there is a
    gap."""
    address = "http://legislation.data.gov.uk/all/data.feed?sort=published"
    rows = [row for row in world.manifest() if row["url"] == address]
    listed = [set(re.findall(rb"<entry>.*?<id>[^<]*?/id/([^<]+)</id>", world.body(row), re.S)) for row in rows]
    assert [len(each) for each in listed] == [20, 20, 20, 20]
    moments = [world.time_of(row["recorded"]) for row in rows]
    told = crawled(tmp_path, rows, source("law", "legislation", address, kind="legislation"), moments)
    assert [each.others() for each in told] == [[], [], [], []]
    known: set[str] = set()
    for number, (here, moment) in enumerate(zip(listed, told, strict=True)):
        names = {name.decode() for name in here}
        assert moment.news() == (names - known if number else set())
        found = [(each["kind"], each["document"]) for each in moment.entries]
        assert found == [("several", None)] or {name for _, name in found} == moment.news()
        known |= names
    assert [len(each.news()) for each in told] == [0, 20, 1, 5]
    # Five days passed and the list holds 20: nobody can know what came and went between.
    assert [each.issues for each in told] == [set(), {("law", "gap")}, set(), set()]


def test_pages_of_one_list(tmp_path: Path) -> None:
    rows = [row for row in world.manifest() if "doclist-page-000" in row["file"]]
    url = "http://legislation.data.gov.uk/1110-2016/data.feed"
    (told,) = crawled(tmp_path, rows, source("law", "legislation", url, kind="legislation"), [FIRST])
    assert {each["kind"] for each in told.changes} == {"new"}
    assert len({each["document"] for each in told.changes}) == 80  # pages 1 to 4; page 9 is out of reach
    assert told.outcome == {"law": "healthy"}


PROVISION = "https://www.legislation.gov.uk/ukpga/2000/38/section/19/data.xml"


def provision(folder: Path, *names: str) -> list[Moment]:
    rows = [world.row(f"clml-samples/ukpga-2000-38-section-19{name}.xml") for name in names]
    rows = dated(rows, FIRST, SECOND, url=PROVISION)
    rows += dated([world.row("tnaStandardResponse.feed")], FIRST - DAY)
    law = source("law", "legislation", rows[-1]["url"], kind="legislation")
    return crawled(folder, rows, law, [FIRST, SECOND], {"law": [Link(url=PROVISION, role="document")]})


def test_provision_at_two_dates(tmp_path: Path) -> None:
    before, after = provision(tmp_path, "-2014-04-01", "")
    assert before.others() == []
    (change,) = after.changes
    assert (change["document"], change["kind"], change["path"]) == ("ukpga/2000/38", "changed", "section-19-1")
    assert (change["cause"], change["silent"], change["significance"]) == ("source", "", "legal effect")
    # The whole Act as it is shown applies from 28 February 2022; this section has had its wording for longer.
    assert change["occurred"] == "2021-06-29"
    # "the conditions of a licence" became "the licence conditions"
    assert [each for each in json.loads(change["words"]) if each[0] != "="] == [
        ["+", "licence "],
        ["-", "of a licence "],
    ]
    (entry,) = after.entries
    assert entry["title"] == "Words substituted in section 19(1) of the Transport Act 2000"
    assert entry["summary"] == (
        "On 29 June 2021, by schedule 7 paragraph 3 of 2021 c. 12: section 19(1) changed: “conditions of a licence”"
        " became “licence conditions”."
    )
    assert (entry["occurred"], entry["significance"]) == ("2021-06-29", "legal effect")


def test_earlier_wording_read_late_is_no_news(tmp_path: Path) -> None:
    _, after = provision(tmp_path, "", "-2014-04-01")
    (change,) = after.changes
    assert (change["kind"], change["path"], change["occurred"]) == ("changed", "section-19-1", "2021-06-29")
    assert (change["cause"], change["silent"]) == ("coverage", "coverage")
    assert after.entries == []


# Feeds


EUROJUST = "https://www.eurojust.europa.eu/rss/press-releases.xml"


def test_eurojust_through_an_edit_an_outage_and_another_edit(tmp_path: Path) -> None:
    """Trap EU-2.4: Eurojust: a window of fifty, and a month without reading loses some."""
    rows = [row for row in world.manifest() if "eurojust.europa.eu/reconstructed/" in row["file"]]
    numbers = [row["file"].split(".")[-3] for row in rows]
    assert numbers == ["0863", "0864", "1957", "1958", "1959", "1994", "1995", "3974"]
    moments = [world.time_of(row["recorded"]) for row in rows]
    found = crawled(tmp_path, rows, source("feed", "feed", EUROJUST, kind="news"), moments)
    told = dict(zip(numbers, found, strict=True))
    (edit,) = told["0864"].changes
    assert (edit["kind"], edit["before"], edit["after"]) == (
        "retitled",
        "Actions taken to stop Romanian human trafficking network",
        "Coordinated actions from Romanian and French authorities to stop a human trafficking network",
    )
    (entry,) = told["0864"].entries
    assert entry["title"] == f"Renamed: {edit['after']}" and entry["summary"] == f"The title was: {edit['before']}."
    assert told["1958"].changes == [] and told["1958"].entries == []
    assert ("feed", "zero") in told["1958"].issues
    assert told["1958"].outcome == {"feed": "failed"}
    assert told["1959"].changes == [] and told["1959"].issues == set()
    assert told["1994"].others() == [] and len(told["1994"].news()) == 5
    (edit,) = told["1995"].changes
    assert (edit["kind"], edit["before"], edit["significance"]) == (
        "retitled", "Trafficking of Human beings and Migrant Smuggling in focus at the 5th EMJNet meeting", "editorial",
    )  # fmt: skip
    assert [told[number].others() for number in ("0863", "1957", "3974")] == [[], [], []]
    assert len(told["3974"].news()) == 50


ITEM = re.compile(rb"<item><title>(.*?)</title><description>(.*?)</description>.*?#([^<]+)</link></item>", re.S)


def told_in(row: Mapping[str, Any]) -> dict[bytes, tuple[bytes, bytes]]:
    """Return title and description of each entry of a HUDOC feed by its number; the first of several counts."""
    found: dict[bytes, tuple[bytes, bytes]] = {}
    for title, description, number in ITEM.findall(world.body(dict(row))):
        found.setdefault(number, (title, description))
    return found


def _cut(row: dict[str, Any], kept: set[bytes], file: Path) -> dict[str, Any]:
    """Return a row whose body has some entries alone."""
    file.write_bytes(ITEM.sub(lambda found: found[0] if found[3] in kept else b"", world.body(row)))
    return {**row, "file": str(file)}


@pytest.mark.parametrize(
    ("older", "newer", "both", "listed", "edited"),
    [
        ("hudocgreta.v1_db895f42.rss", "hudocgreta.rss", 1125, 830, 0),
        ("grevio.rss", "grev.rss", 1909, 90, 5),
    ],
)
def test_hudoc_at_two_moments(tmp_path: Path, older: str, newer: str, both: int, listed: int, edited: int) -> None:
    """Of both lists every fourth entry is read, and all that were edited: whole they are in test_recordings.py."""
    rows = dated([world.row(older), world.row(newer)], FIRST, SECOND)
    old, new = (told_in(row) for row in rows)
    assert (len(old.keys() & new.keys()), len(new.keys() - old.keys())) == (both, listed)
    changed = {number for number in old.keys() & new.keys() if old[number] != new[number]}
    assert len(changed) == edited
    kept = changed | {number for number in old.keys() | new.keys() if crc32(number) % 4 == 0}
    rows = [_cut(row, kept, tmp_path / str(place)) for place, row in enumerate(rows)]
    before, after = crawled(tmp_path, rows, source("feed", "feed", rows[0]["url"]), [FIRST, SECOND])
    assert len(before.changes) == len(old.keys() & kept)
    assert after.others() == [("changed", "summary")] * edited
    assert len(after.changes) == len(new.keys() & kept - old.keys()) + edited > listed / 5
    # Reports of years ago that the cap of 2,000 let in: newly listed, in one entry.
    assert [each["kind"] for each in after.entries if each["document"] is None] == ["older"]
    assert len(after.entries) == edited + 1 and after.issues == set()


def test_two_lists_that_tell_of_one_page_in_words_of_their_own(tmp_path: Path) -> None:
    """The feed of a bill and the feed of all bills name one page differently: neither is news for the other."""
    rows = [row for row in world.manifest() if row["file"].startswith("services.parliament.uk/")]
    sources = "".join(source(f"feed-{number}", "feed", row["url"]) for number, row in enumerate(rows))
    at = max(world.time_of(row["recorded"]) for row in rows)
    (told,) = crawled(tmp_path, rows, sources, [at])
    # The feed of a bill has an entry for each sitting, and all of them link the page of the bill.
    assert told.others() == [] and {kind for _, kind in told.issues} == {"shared link"}
    changed = [{**row, "recorded": "2018-12-01"} for row in rows]
    folder = tmp_path / "edited"
    folder.mkdir()
    for number, row in enumerate(changed):
        edited = folder / f"{number}.rss"
        edited.write_bytes(re.sub(rb"(<channel[^>]*>)", rb"\1<!-- sample -->", world.body(row)))
        changed[number] = {**row, "file": str(edited)}
    moments = [at, at + 60 * DAY]
    found = crawled(tmp_path / "twice", [*rows, *changed], sources, moments)
    assert [each.others() for each in found] == [[], []]


def test_earlier_moment_first_and_later_then_is_as_the_later_one_says(tmp_path: Path) -> None:
    """A replay of an earlier moment after a later one finds nothing newer, and takes nothing back."""
    rows = [world.row(f"reconstructed/press-releases.{number}.rss.xml") for number in ("0863", "0864")]
    feed = source("feed", "feed", EUROJUST, kind="news")
    moments = [world.time_of(row["recorded"]) for row in rows]
    first, later, back = crawled(tmp_path, rows, feed, [*moments, moments[0]])
    assert len(later.changes) == 1
    assert (back.changes, back.entries, back.issues) == ([], [], set())
    assert first.outcome == later.outcome == back.outcome == {"feed": "healthy"}


def test_source_whose_list_was_never_recorded_is_not_unhealthy(tmp_path: Path) -> None:
    """Pages behind it may be recorded all the same: they say nothing about the list."""
    rows = dated([world.row("clml-samples/ukpga-2000-38-section-19.xml")], FIRST, url=PROVISION)
    law = source("law", "legislation", "https://www.legislation.gov.uk/new/data.feed", kind="legislation")
    (told,) = crawled(tmp_path, rows, law, [FIRST], {"law": [Link(url=PROVISION, role="document")]})
    assert len(told.changes) == 1
    assert told.outcome == {"law": "not recorded"}
    assert told.issues == set()
