"""Recordings crawled at some moments: what each crawl made of its moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crawler.model import Link
from tests.fold.tables import differences
from tests.recordings import world

HEAD = """
settings: {contact: watch@sample.invalid, authority: recordings.invalid}
publishers:
  publisher: {name: A publisher, jurisdiction: United Kingdom}
sources:
"""
DAY = timedelta(days=1)
FIRST, SECOND = datetime(2026, 1, 10, tzinfo=UTC), datetime(2026, 2, 10, tzinfo=UTC)
Told = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What one crawl made of a moment: changes and entries in their order, issues that are open after it."""

    changes: Told
    entries: Told
    issues: set[tuple[str, str]]
    outcome: dict[str, str]

    def news(self) -> set[str]:
        """Return the documents that are announced as new."""
        return {each["document"] for each in self.changes if each["kind"] == "new" and not each["silent"]}

    def others(self) -> list[tuple[str, str]]:
        """Return every change but that something is new, as kind and path."""
        return [(each["kind"], each["path"]) for each in self.changes if each["kind"] != "new"]


def source(name: str, protocol: str, url: str, more: str = "", kind: str = "guidance") -> str:
    head = (
        f"id: {name}, publisher: publisher, kind: {kind}, protocol: {protocol}, url: '{url}', topics: [offences_law],"
        " expect: {min: 1}"
    )
    return f"  - {{{head}{more}}}\n"


def crawled(
    folder: Path,
    rows: Iterable[Mapping[str, Any]],
    sources: str,
    moments: Iterable[datetime],
    also: Mapping[str, list[Link]] | None = None,
) -> list[Moment]:
    """Crawl recordings at some moments, twice at the last one; a rebuild must give the same."""
    warc = world.pack(folder / "packed", rows)
    told = []
    for as_of in moments:
        world.replay(folder / "data", warc, as_of, sources=HEAD + sources, also=also)
        told.append(_told(folder / "data"))
        world.replay(folder / "data", warc, as_of, sources=HEAD + sources, also=also)
        again = _told(folder / "data")
        assert (again.changes, again.entries) == ([], []), "the same replay twice must change nothing"
    with world.live(folder / "data") as one, world.rebuilt(folder / "data") as other:
        assert differences(one, other) == []
    return told


def _told(data: Path) -> Moment:
    with world.live(data) as store:
        crawl = store.value("select max(id) from crawls")
        entries = store.all("select * from entries where crawl=? and kind<>'watching' order by title", crawl)
        return Moment(
            changes=store.all("select * from announcements where crawl=? order by seq", crawl),
            entries=[each for each in entries if each["announced"]],
            issues={(r["source"], r["kind"]) for r in store.all("select * from issues where resolved is null")},
            outcome={r["source"]: r["outcome"] for r in store.all("select * from runs where crawl=?", crawl)},
        )


def dated(rows: Iterable[Mapping[str, Any]], *times: datetime, url: str = "") -> list[dict[str, Any]]:
    return [
        {**row, "recorded": f"{time:%Y-%m-%dT%H:%M:%SZ}", "url": url or row["url"]}
        for row, time in zip(rows, times, strict=True)
    ]
