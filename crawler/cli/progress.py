"""Progress: a bar on a terminal, plain lines elsewhere, so that the mail of a cron job can be read."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from crawler.run.under_way import Progress as ProgressReporter

QUIET = 30.0
"""Seconds between two plain lines."""


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
            bar.update(task, description=what[:100], completed=done, total=total)

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
        kind = what.partition(";")[0]
        if now - last.get("time", -QUIET) < QUIET and last.get(kind) is not None:
            return
        last["time"] = last[kind] = now
        click.echo(f"{what}: {done}" + (f" of {total}" if total else ""), err=True)

    return show
