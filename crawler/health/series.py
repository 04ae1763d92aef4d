"""Series: has the next edition arrived? What we have not seen is said to be not seen by us, never not published.

A series is *seen* while its newest edition is not older than its cadence allows, *not seen by us* after that, and
*source not checkable* while none of its sources was read within twice its schedule, or all are switched off.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from crawler.store import Row, Store, issues, series
from crawler.store.issues import Finding
from crawler.text import latest, moment, stamp

QUIET = frozenset({"age"})
"""Alarms in spite of which a source was read: it lists nothing new, and that is what a series asks about."""


def assess_series(store: Store, crawl: str, clock: datetime) -> None:
    """Record the editions of every series and how it stands, and raise or resolve its issues.

    An issue belongs to the first source of a series, as a note: the source may be as healthy as any.
    """
    found: list[Finding] = []
    unknown: list[str] = []
    for row in series.rows(store):
        editions = _editions(series.found(store, row))
        series.put_editions(store, row["id"], editions)
        sources = series.sources(store, row)
        standing = _standing(store, row, sources, editions, clock)
        series.settle(store, row["id"], standing)
        found += _findings({**row, **standing}, sources)
        unknown += [row["id"]] * (standing["state"] == "source not checkable")
    for finding in found:
        issues.report(store, finding, crawl=crawl, clock=stamp(clock))
    series.resolve_others(store, found, unknown, clock=stamp(clock))


def _editions(documents: Sequence[Row]) -> list[dict[str, object]]:
    """Return the editions in the order of their dates, each with the one that it follows; without a date come first."""
    dated = sorted(((_date(row), row) for row in documents), key=lambda pair: (pair[0] or "", pair[1]["id"]))
    editions: list[dict[str, object]] = []
    for day, row in dated:
        before = editions[-1] if editions else None
        editions.append(
            {
                "document": row["id"],
                "date": day,
                "stated": row["published"] or "",
                "follows": before["document"] if before else None,
                "availability": row["availability"],
            }
        )
    return editions


def _date(row: Row) -> str | None:
    """Return the day of an edition: stated by its publisher, and not later than we saw it.

    Where none is stated it is that on which it appeared, if it appeared while we watched.
    """
    seen = moment(row["first_seen"])
    published = latest(row["published"] or "")
    if published is not None:
        return min(published, seen).date().isoformat()
    return None if row["silent"] else seen.date().isoformat()


def _standing(
    store: Store, row: Row, sources: Sequence[Row], editions: Sequence[Mapping[str, object]], clock: datetime
) -> dict[str, object]:
    now = stamp(clock)
    read = [(at, source) for source in sources if (at := _read(store, source)) is not None]
    checked = max((at for at, _ in read), default=None)
    newest = editions[-1] if editions and editions[-1]["date"] else None
    window = _window(str(newest["date"]), row) if newest else (None, None)
    if not any(source["enabled"] and clock - moment(at) <= 2 * _schedule(source) for at, source in read):
        state, since = "source not checkable", checked
    else:
        over = window[1] is not None and clock.date().isoformat() > window[1]
        state, since = "not seen by us" if over or not editions else "seen", None
    return {
        "defined": row["defined"] or now,
        "state": state,
        "since": since or (row["since"] if row["state"] == state else now),
        "checked": checked,
        "newest": newest["document"] if newest else editions[-1]["document"] if editions else None,
        "newest_date": newest["date"] if newest else None,
        "expected_from": window[0],
        "expected_until": window[1],
    }


def _window(newest: str, row: Row) -> tuple[str, str]:
    """Return the first and the last day on which the edition after one is expected."""
    first = date.fromisoformat(newest) + timedelta(seconds=row["every"])
    return first.isoformat(), (first + timedelta(seconds=row["late"])).isoformat()


def _schedule(source: Row) -> timedelta:
    return timedelta(seconds=source["schedule"])


def _read(store: Store, source: Row) -> str | None:
    """Return the clock of the last visit on which a source was read in full, without a real fault."""
    alarms = {issue["kind"] for issue in issues.open_alarms(store, source["id"])}
    found: str | None = source["last_walk"] if alarms <= QUIET else source["last_success"]
    return found


def _findings(row: Row, sources: Sequence[Row]) -> Iterator[Finding]:
    if row["state"] != "not seen by us":
        return
    watched = [source for source in sources if source["enabled"]]
    if row["newest"] is None and all(source["last_walk"] for source in watched):
        detail = (
            f"{row['name']}: none of its sources lists a title that matches {row['title']!r}, and all were read in full"
        )
        yield Finding(source=sources[0]["id"], kind="no edition", subject=row["id"], detail=detail, severity="note")
    if row["newest_date"] is not None and any(source["first_complete_walk"] for source in watched):
        detail = (
            f"{row['name']}: newest edition held of {row['newest_date']}; the next was expected by"
            f" {row['expected_until']}, and is not seen by us; sources last read {row['checked'][:10]}"
        )
        yield Finding(source=sources[0]["id"], kind="late", subject=row["id"], detail=detail, severity="note")
