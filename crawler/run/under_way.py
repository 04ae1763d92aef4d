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
    """Shows what is being done, how much, of how much or None; nothing of an unknown whole: a message."""

    def __call__(self, what: str, done: int, total: int | None = None) -> None:
        """Show it."""
        ...


@contextmanager
def telling(data: Path, show: Progress) -> Iterator[Progress]:
    """Return a function that shows progress, also to the site, for which an empty database is made first."""
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
