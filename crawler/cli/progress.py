"""Progress: a bar on a terminal, plain lines elsewhere, so that the mail of a cron job can be read."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

QUIET = 30.0
"""Seconds between two plain lines."""


class ProgressReporter(Protocol):
    """Shows what is being done: a text, how much of it is done, and of how much (None: unknown).

    What is told with nothing done of an unknown whole is no progress but a message: a line that stays.
    """

    def __call__(self, what: str, done: int, total: int | None = None) -> None:
        """Show it."""
        ...


@contextmanager
def show_progress(*, quiet: bool = False) -> Iterator[ProgressReporter]:
    """Return the function that shows progress, as fits where the output goes; ``quiet``: away from a terminal none."""
    if not sys.stderr.isatty():
        yield _plain(quiet)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def show(what: str, done: int, total: int | None = None) -> None:
            if done == 0 and total is None:
                bar.console.print(what, markup=False, highlight=False, soft_wrap=True)
                return
            bar.update(task, description=what[:70], completed=done, total=total)

        yield show


def _plain(quiet: bool) -> ProgressReporter:
    last: dict[str, float] = {}

    def show(what: str, done: int, total: int | None = None) -> None:
        if done == 0 and total is None:
            click.echo(what, err=True)
            return
        if quiet:
            return
        now = time.monotonic()
        if now - last.get("time", -QUIET) < QUIET and last.get(what) is not None:
            return
        last["time"] = last[what] = now
        click.echo(f"{what}: {done}" + (f" of {total}" if total else ""), err=True)

    return show
