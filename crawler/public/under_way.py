"""How a crawl under way stands: a file beside the public database, which the crawl writes and the site shows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from crawler.text import moment

FILE = "under-way.json"
STALE = timedelta(minutes=5)
"""A file that nobody wrote for this long is of a crawl that was killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """What a crawl reads now, how many of its requests are done, of how many so far, and when that was so."""

    what: str
    done: int
    total: int
    at: str

    @property
    def slowest(self) -> str:
        """Return which host takes longest, and how long; empty where that is not known."""
        return self.what.partition("; ")[2]


def under_way(public: Path, now: datetime) -> UnderWay | None:
    """Return how the crawl beside a public database stands, None where none is under way."""
    try:
        found = UnderWay(**json.loads(public.with_name(FILE).read_text("utf-8")))
        return found if abs(now - moment(found.at)) < STALE else None
    except (OSError, ValueError, TypeError):
        return None
