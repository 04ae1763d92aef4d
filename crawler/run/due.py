"""What is due, and whether anything is: decided before what crawls is loaded."""

from datetime import datetime, timedelta
from pathlib import Path

from crawler import code_versions
from crawler.errors import StoreError
from crawler.model import digest_of
from crawler.public.database import FILE as PUBLIC
from crawler.store import Row, Store, crawls
from crawler.text import moment, stamp

DATABASE = "roundup.db"
RETRY = timedelta(hours=1)
"""A source that could not be read is due again after this long, if its schedule is longer."""
SLACK = 0.95
"""Cron is never quite on time: a source is due after this share of its schedule."""


def digest(sources: str, decisions: str, local: str) -> str:
    """Return the digest of a registry and decisions, by the texts of their files; ``local`` is empty without one."""
    return digest_of(sources, decisions, *filter(None, [local]))


def is_due(store: Store, name: str, schedule: timedelta, clock: datetime) -> bool:
    """Return whether a source is to be read again at a time."""
    last = crawls.last_walk(store, name)
    if last is None:
        return True
    wait = schedule if last["walk"] == "complete" else min(schedule, RETRY)
    passed = clock - moment(last["clock"])
    # A clock that ran ahead once must not stop the schedule until that time comes.
    return passed >= wait * SLACK or passed < timedelta(0)


def is_nothing_due(data: Path, registry: str, clock: datetime) -> bool:
    """Return whether a crawl of what is due would find nothing to do; ``registry`` is the digest of its files.

    False wherever it cannot be told at a glance, and for the first crawl of each day, which also settles what days
    bring: law that begins, what waits for a person, the weekly mail.
    """
    if not Store.is_at(data / DATABASE) or not (data / PUBLIC).exists():
        return False
    try:
        with Store.open(data / DATABASE) as store:
            last = crawls.current(store)
            is_as_left = last is not None and _is_as_left(store, data, last, registry, clock)
            return is_as_left and not any(
                is_due(store, row["id"], timedelta(seconds=row["schedule"]), clock)
                for row in crawls.sources(store)
                if row["enabled"]
            )
    except StoreError:
        return False


def _is_as_left(store: Store, data: Path, last: Row, registry: str, clock: datetime) -> bool:
    """Return whether the last crawl was of this day and these files, ended in order, and left nothing for later."""
    return (
        (last["state"], last["live"], last["registry"]) == ("ended", 1, registry)
        and last["clock"][:10] == stamp(clock)[:10]
        and (data / PUBLIC).stat().st_mtime >= moment(last["ended"]).timestamp()
        and store.meta(code_versions.INTERPRETER) == code_versions.interpreter()
        and not crawls.has_left(store, stamp(clock))
    )
