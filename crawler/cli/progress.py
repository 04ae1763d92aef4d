"""Progress: one line that changes on a terminal, plain lines elsewhere, so that the mail of a cron job can be read."""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

from crawler.run.under_way import Progress

QUIET = 30.0
"""Seconds between two plain lines."""
LIVELY = 0.1
"""Seconds between two changes of the line on a terminal."""
_CLEAR = "\r\x1b[K"


@contextmanager
def show_progress(*, quiet: bool = False) -> Iterator[Progress]:
    """Return the function that shows progress, as fits where the output goes; ``quiet``: away from a terminal none."""
    if not sys.stderr.isatty():
        yield _plain(quiet)
        return
    try:
        yield _lively()
    finally:
        _tell(_CLEAR, nl=False)


def _tell(words: str, *, nl: bool = True) -> None:
    """Print progress; a full disk under the log, or a reader who went away, must not end what is being done."""
    with suppress(OSError):
        click.echo(words, err=True, nl=nl)


def _lively() -> Progress:
    start, last = time.monotonic(), 0.0

    def show(what: str, done: int, total: int | None = None) -> None:
        nonlocal last
        now = time.monotonic()
        if done == 0 and total is None:
            _tell(f"{_CLEAR}{what}")
        elif now - last >= LIVELY:
            last = now
            minutes, seconds = divmod(int(now - start), 60)
            line = f"{minutes}:{seconds:02} {done:,}{f' of {total:,}' if total else ''} {what}"
            _tell(f"{_CLEAR}{line[: shutil.get_terminal_size().columns - 1]}", nl=False)

    return show


def _plain(quiet: bool) -> Progress:
    last: dict[str, float] = {}

    def show(what: str, done: int, total: int | None = None) -> None:
        if done == 0 and total is None:
            _tell(what)
            return
        if quiet:
            return
        now = time.monotonic()
        kind = what.partition(";")[0]
        if now - last.get("time", -QUIET) < QUIET and last.get(kind) is not None:
            return
        last["time"] = last[kind] = now
        _tell(f"{what}: {done}" + (f" of {total}" if total else ""))

    return show
