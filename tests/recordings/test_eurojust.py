"""Twenty moments of Eurojust's feed, 2023 to 2026: real edits are found; language, order and outage invent none.

The recordings are what feedparser made of the feed; RSS is written from them here. What was edited is read off the
recordings themselves, by link: a release and its translations share one GUID.
"""

import json
import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest

from crawler.text import canonical, clean
from tests.recordings import world
from tests.recordings.moments import Moment, crawled, source

pytestmark = pytest.mark.recorded

FEED = "https://www.eurojust.europa.eu/rss/press-releases.xml"
EDITED = [
    ("0864", "retitled", "Actions taken to stop Romanian human trafficking network"),
    ("1995", "retitled", "Trafficking of Human beings and Migrant Smuggling in focus at the 5th EMJNet meeting"),
]
"""Two of the edits, as a person reads them in the recordings."""

Entry = dict[str, Any]


def dumps() -> dict[str, tuple[datetime, list[Entry]]]:
    """Return time and entries of each recording by its number."""
    found = {}
    for row in world.manifest():
        match = re.search(r"eurojust\.europa\.eu/press-releases\.(\d{4})_.*\.feedparser\.json$", row["file"])
        if match:
            told = json.loads(world.body(row))
            entries = told["entries"] if isinstance(told, dict) else told
            found[match[1]] = (world.time_of(row["recorded"]), entries)
    return dict(sorted(found.items()))


def rss(entries: list[Entry]) -> str:
    """Return entries as the feed they were read from."""
    items = "".join(
        f"<item><title>{escape(entry['title'])}</title><link>{escape(entry['link'])}</link>"
        f"<description>{escape(entry.get('summary', ''))}</description><pubDate>{entry.get('published', '')}</pubDate>"
        f'<guid isPermaLink="false">{escape(entry["id"])}</guid>'
        + "".join(
            f"<category domain={quoteattr(t['scheme'] or '')}>{escape(t['term'])}</category>"
            for t in entry.get("tags", [])
        )
        + "</item>"
        for entry in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Eurojust</title>{items}</channel></rss>'


def packed(folder: Path, moments: dict[str, tuple[datetime, list[Entry]]]) -> list[dict[str, Any]]:
    folder.mkdir()
    rows = []
    for number, (time, entries) in moments.items():
        file = folder / f"{number}.rss"
        file.write_text(rss(entries), "utf-8")
        about = {"url": FEED, "url_certain": True, "content_type": "application/rss+xml", "status": 200}
        rows.append({**about, "file": str(file), "recorded": f"{time:%Y-%m-%dT%H:%M:%SZ}"})
    return rows


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[Entry], Moment]]:
    moments = dumps()
    folder = tmp_path_factory.mktemp("eurojust")
    times = [time for time, _ in moments.values()]
    feed = source("feed", "feed", FEED, kind="news")
    made = crawled(folder, packed(folder / "rss", moments), feed, times)
    return {number: (moments[number][1], one) for number, one in zip(moments, made, strict=True)}


def test_twenty_moments_of_which_one_is_an_outage(told: dict[str, tuple[list[Entry], Moment]]) -> None:
    """Trap UK-5.2: a walk that is done and brought nothing."""
    assert Counter(len(entries) for entries, _ in told.values()) == {50: 19, 0: 1}
    entries, outage = told["1958"]
    assert entries == [] and (outage.changes, outage.entries) == ([], [])
    assert ("feed", "zero") in outage.issues and outage.outcome == {"feed": "failed"}
    assert ("feed", "zero") not in told["1959"][1].issues


def test_what_was_edited_is_found_and_nothing_else(told: dict[str, tuple[list[Entry], Moment]]) -> None:
    """Trap EU-0.4: Eurojust: translations share one GUID."""
    known: dict[str, tuple[str, str]] = {}
    edits: Counter[str] = Counter()
    for number, (entries, moment) in told.items():
        expected: set[tuple[str, str]] = set()
        fresh: set[str] = set()
        for entry in entries:
            link = entry["link"]
            said = (canonical(clean(entry["title"])), canonical(clean(entry.get("summary", ""))))
            before = known.get(link)
            if before is None:
                fresh.add(link)
            else:
                expected |= {
                    (link, kind) for kind, old, new in zip(("", "summary"), before, said, strict=True) if old != new
                }
            known[link] = said
        found = {
            (each["document"].removeprefix("url:"), each["path"]) for each in moment.changes if each["kind"] != "new"
        }
        assert found == expected, number
        assert {each["document"].removeprefix("url:") for each in moment.changes if each["kind"] == "new"} == fresh, (
            number
        )
        edits[number] += len(expected)
    assert +edits == {"0515": 3, "0516": 1, "0864": 1, "1995": 1, "2196": 1}


@pytest.mark.parametrize(("number", "kind", "before"), EDITED)
def test_edits_a_person_sees(told: dict[str, tuple[list[Entry], Moment]], number: str, kind: str, before: str) -> None:
    changes = [each for each in told[number][1].changes if each["kind"] == kind]
    assert [each["before"] for each in changes] == [before]
    assert [each["cause"] for each in changes] == ["source"]


def test_translations_under_one_guid_are_documents_of_their_own(told: dict[str, tuple[list[Entry], Moment]]) -> None:
    """Keyed by GUID the first hours alone would show edits: the same GUID names another language each time."""
    by_guid: dict[str, str] = {}
    flaps = 0
    for number in ("0000", "0008", "0011", "0012"):
        for entry in told[number][0]:
            flaps += by_guid.get(entry["id"], entry["link"]) != entry["link"]
            by_guid[entry["id"]] = entry["link"]
        assert told[number][1].others() == []
    assert flaps > 10


def test_every_announced_entry_is_new_or_edited(told: dict[str, tuple[list[Entry], Moment]]) -> None:
    first, *later = told.values()
    assert first[1].entries == []
    for _, moment in later:
        changed = {each["document"] for each in moment.changes}
        assert {each["document"] for each in moment.entries if each["document"]} <= changed
    assert told["0864"][1].entries and timedelta(0) < dumps()["0864"][0] - dumps()["0863"][0] < timedelta(days=1)
