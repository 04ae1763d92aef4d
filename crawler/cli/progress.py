"""Progress: one line that changes on a terminal, plain lines elsewhere, so that the mail of a cron job can be read."""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

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
        click.echo(_CLEAR, err=True, nl=False)


def _lively() -> Progress:
    start, last = time.monotonic(), 0.0

    def show(what: str, done: int, total: int | None = None) -> None:
        nonlocal last
        now = time.monotonic()
        if done == 0 and total is None:
            click.echo(f"{_CLEAR}{what}", err=True)
        elif now - last >= LIVELY:
            last = now
            minutes, seconds = divmod(int(now - start), 60)
            line = f"{minutes}:{seconds:02} {done:,}{f' of {total:,}' if total else ''} {what}"
            click.echo(f"{_CLEAR}{line[: shutil.get_terminal_size().columns - 1]}", err=True, nl=False)

    return show


def _plain(quiet: bool) -> Progress:
    last: dict[str, float] = {}

    def show(what: str, done: int, total: int | None = None) -> None:
        if done == 0 and total is None:
            click.echo(what, err=True)
            return
        if quiet:
            return
        now = time.monotonic()
        kind = what.partition(";")[0]
        if now - last.get("time", -QUIET) < QUIET and last.get(kind) is not None:
            return
        last["time"] = last[kind] = now
        click.echo(f"{what}: {done}" + (f" of {total}" if total else ""), err=True)

    return show
