"""Issues: what a person must look at, open until it is found mended."""

import json
from collections.abc import Collection, Mapping

from crawler.model import digest_of
from crawler.reconcile.intents import Finding as Finding
from crawler.store import fetches
from crawler.store.store import Row, Store, dumps


def report(store: Store, finding: Finding, *, crawl: str, clock: str) -> None:
    """Open an issue for a finding, or note that an open one was found again."""
    source, kind, subject = finding.source, finding.kind, finding.subject
    found = store.one(
        "select id from issues where source is ? and kind=? and subject=? and resolved is null", source, kind, subject
    )
    if found is not None:
        store.update(
            "issues", {"id": found["id"]}, {"last_seen": clock, "detail": finding.detail, "severity": finding.severity}
        )
        return
    store.upsert(
        "issues",
        {
            "id": digest_of(source, kind, subject, clock)[:16],
            "source": source,
            "kind": kind,
            "severity": finding.severity,
            "subject": subject,
            "detail": finding.detail,
            "since": clock,
            "crawl": crawl,
            "last_seen": clock,
            "resolved": None,
        },
        ["id"],
    )


def resolve(store: Store, *, clock: str, source: str | None, kind: str, subject: str | None = None) -> None:
    """Close open issues of a kind; with a subject only those about it."""
    store.do(
        "update issues set resolved=? where source is ? and kind=? and resolved is null and (? is null or subject=?)",
        clock, source, kind, subject, subject,
    )  # fmt: skip


def open_of(store: Store, source: str | None, severity: str | None = None) -> list[Row]:
    """Return the open issues of a source, oldest first."""
    return store.all(
        "select * from issues where source is ? and resolved is null and (? is null or severity=?)"
        " order by since, kind, subject",
        source, severity, severity,
    )  # fmt: skip


def open_alarms(store: Store, source: str) -> list[Row]:
    """Return the open issues that make a source unhealthy."""
    return open_of(store, source, "alarm")


def count_open(store: Store) -> int:
    """Return how many issues are open."""
    return int(store.value("select count(*) from issues where resolved is null"))


def resolve_subject(store: Store, *, clock: str, source: str, subject: str, still: Collection[str]) -> None:
    """Close the open issues of a source about one address, but for the kinds that were found again."""
    store.do(
        "update issues set resolved=? where source=? and subject=? and resolved is null"
        " and kind not in (select value from json_each(?))",
        clock, source, subject, dumps(list(still)),
    )  # fmt: skip


def resolve_unread(store: Store, *, clock: str, source: str, crawl: str) -> None:
    """Close the open issues of a source about pages of its list that could not be read, and that a walk did not meet.

    Where that walk was complete the list has them no more, or what stands on them was known.
    """
    store.do(
        "update issues set resolved=? where source=? and resolved is null and exists (select 1 from fetches f"
        " where f.id=(select max(id) from fetches where url=issues.subject) and f.role='next' and f.crawl<>?"
        " and f.outcome in ('quarantined','refused','missing','failed','lost'))",
        clock, source, crawl,
    )  # fmt: skip


def found_in(store: Store, crawl: str, source: str, kind: str) -> bool:
    """Return whether an open issue of a kind was found or found again in a crawl."""
    return bool(
        store.value(
            "select 1 from issues i join crawls c on c.id=? where i.source=? and i.kind=? and i.resolved is null"
            " and i.last_seen=c.clock",
            crawl, source, kind,
        )
    )  # fmt: skip


def note_problems(store: Store, fetch: int, source: str, problems: Mapping[str, str]) -> None:
    """Record at a fetch what was wrong with its body although a source could read it: a detail for each kind."""
    known = json.loads(fetches.get(store, fetch)["problems"])
    noted = {name: each for name, each in {**known, source: dict(problems)}.items() if each}
    if noted != known:
        store.update("fetches", {"id": fetch}, {"problems": dumps(noted)})


def problems_noted(fetch: Row | None, source: str) -> dict[str, str]:
    """Return what :func:`note_problems` noted at a fetch for a source."""
    return {} if fetch is None else dict(json.loads(fetch["problems"]).get(source, {}))
