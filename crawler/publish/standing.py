"""How the data stand at the time someone looks: how old they are, whether they are invented, what was not checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from datasette.app import Datasette

from crawler.public.meaning import MEANING
from crawler.publish.settings import own
from crawler.publish.web import database
from crawler.text import counted, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How old the data are. ``clock`` is that of the newest finished crawl, empty where none has finished."""

    clock: str
    now: datetime
    age: timedelta
    overdue: bool
    sample: bool

    @property
    def old(self) -> str:
        """Give the age in words."""
        days, hours = self.age.days, self.age.seconds // 3600
        if days >= 1:
            return counted(days, "day")
        return counted(hours, "hour") if hours >= 1 else "less than an hour"


async def standing(datasette: Datasette) -> Standing:
    """Give how the data stand now."""
    found = (
        await database(datasette).raw(
            "select (select max(clock) from crawls where state = 'ended') as clock,"
            " exists (select 1 from crawls where sample = 1) as sample,"
            " (select min(schedule) from sources where enabled = 1) as schedule"
        )
    )[0]
    now = own(datasette).now
    clock = found["clock"] or ""
    age = max(now - moment(clock), timedelta()) if clock else timedelta()
    schedule = timedelta(seconds=found["schedule"] or 86400)
    return Standing(clock=clock, now=now, age=age, overdue=age > 2 * schedule, sample=bool(found["sample"]))


def meaning(kind: str) -> str:
    """Give what an issue means for a reader, empty where its own words have to do."""
    return MEANING.get(kind, "")


_SOURCES = """select s.id, s.name, s.publisher, p.name as publisher_name, s.kind, s.url, s.schedule, s.evidence,
  s.enabled, s.reason, s.last_success, s.last_walk, s.jurisdiction,
  coalesce((select r.documents from runs r where r.source = s.id and r.walk = 'complete' order by r.crawl desc limit 1),
    s.last_entries) as last_entries,
  (select outcome from runs r where r.source = s.id order by r.crawl desc limit 1) as outcome
  from sources s join publishers p on p.id = s.publisher order by s.position, s.id"""

_ISSUES = """select i.id, i.source, i.kind, i.severity, i.subject, i.detail, i.since, i.last_seen, i.resolved
  from issues i where i.resolved is null or i.resolved >= ?
  order by i.resolved is not null, i.severity <> 'alarm', i.since desc, i.id limit 2000"""

_NAMED = 5
"""Most issues of one kind at one source that are named; all are in the table of issues."""


async def sources(datasette: Datasette, stand: Standing) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give every source with its ``faults``, and the issues of the round-up itself and those mended lately.

    The faults of a source are its open issues, those of one kind together: severity, since when, what it means for a
    reader, how many there are, and the first of them. Each source also has ``trouble``: "alarm" where it could not be
    checked, "never" where it was never read completely, "off" where it is switched off, else empty.
    """
    db = database(datasette)
    lately = (stand.now - timedelta(days=60)).isoformat()
    issues = [{**row, "meaning": meaning(row["kind"])} for row in await db.all(_ISSUES, [lately])]
    found = await db.raw(_SOURCES)
    for source in found:
        source["faults"] = _faults([row for row in issues if row["source"] == source["id"] and row["resolved"] is None])
        source["trouble"] = _trouble(source)
    return found, [row for row in issues if row["source"] is None or row["resolved"] is not None]


def _faults(issues: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give open issues of a source by severity and kind, alarms first."""
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for issue in issues:
        key = issue["severity"], issue["kind"] if issue["meaning"] else issue["id"]
        groups.setdefault(key, []).append(issue)
    return [
        {
            "severity": severity,
            "kind": group[0]["kind"],
            "since": min(issue["since"] for issue in group),
            "words": group[0]["meaning"] or group[0]["detail"],
            "number": len(group),
            "named": group[:_NAMED] if group[0]["meaning"] else [],
            "more": max(len(group) - _NAMED, 0),
        }
        for (severity, _), group in groups.items()
    ]


def _trouble(source: Mapping[str, Any]) -> str:
    if not source["enabled"]:
        return "off"
    if any(fault["severity"] == "alarm" for fault in source["faults"]):
        return "alarm"
    if source["outcome"] in ("unhealthy", "failed", "unfinished"):
        return "alarm"
    return "" if source["last_success"] else "never"
