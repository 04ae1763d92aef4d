"""A crawl under way tells how it stands: to who waits at a terminal, and in a file to the site."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from crawler.public.database import FILE as PUBLIC
from crawler.public.standing import FILE, UnderWay
from crawler.run.publish import export
from crawler.text import stamp

EVERY_S = 5.0
"""Seconds between two notes."""


class Progress(Protocol):
    """Shows what is being done: a text, how much of it is done, and of how much (None: unknown).

    What is told with nothing done of an unknown whole is no progress but a message: a line that stays.
    """

    def __call__(self, what: str, done: int, total: int | None = None) -> None:
        """Show it."""
        ...


@contextmanager
def telling(data: Path, show: Progress) -> Iterator[Progress]:
    """Return a function that shows progress and notes it for the site, until the crawl ends.

    Before the first crawl there is nothing to serve: a public database without documents is written first.
    """
    last = 0.0

    def told(what: str, done: int, total: int | None = None) -> None:
        nonlocal last
        show(what, done, total)
        if total is None or time.monotonic() - last < EVERY_S:
            return
        last = time.monotonic()
        if not (data / PUBLIC).exists():
            export(data)
        now = UnderWay(what=what, done=done, total=total, at=stamp(datetime.now(UTC)))
        part = data / f"{FILE}.part"
        with suppress(OSError):  # It is shown, and nothing depends on it.
            part.write_text(json.dumps(asdict(now)), "utf-8")
            part.replace(data / FILE)

    try:
        yield told
    finally:
        with suppress(OSError):
            (data / FILE).unlink(missing_ok=True)
