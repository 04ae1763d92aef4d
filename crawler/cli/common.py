"""Options that several commands share, and the files they name."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from crawler.cli.progress import show_progress
from crawler.redaction import Redacted
from crawler.run import files, session
from crawler.run.files import Configured
from crawler.run.redact import planning, removal
from crawler.sources import Registry
from crawler.text import FIRST, LAST, moment

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Folder(click.Path):
    """A directory that is named: the empty text, as of a variable that is not set, is not the one we stand in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        if value == "":
            self.fail("it is empty; expected a directory, '.' for this one", param, ctx)
        return super().convert(value, param, ctx)


def data_option(command: _Command) -> _Command:
    """Add ``--data``."""
    return click.option(
        "--data",
        type=Folder(path_type=Path, file_okay=False),
        default=Path("data"),
        show_default=True,
        help="Directory of the database, the archive and the feeds.",
    )(command)


def sources_option(command: _Command) -> _Command:
    """Add ``--sources``."""
    return click.option(
        "--sources",
        type=click.Path(path_type=Path, dir_okay=False),
        default=None,
        callback=lambda context, option, given: given or files.default_sources(),
        help="The registry of sources; local.yaml beside it changes it."
        "  [default: sources.yaml here, else the one that is installed, with local.yaml here]",
    )(command)


def decisions_option(command: _Command) -> _Command:
    """Add ``--decisions``."""
    return click.option(
        "--decisions",
        type=click.Path(path_type=Path, dir_okay=False),
        default=None,
        help="What people decided.  [default: decisions.yaml beside the registry]",
    )(command)


def workers_options(command: _Command) -> _Command:
    """Add ``--workers`` and ``--cluster``."""
    workers = click.option(
        "--workers",
        type=click.IntRange(min=1, max=256),
        metavar="N",
        help="Processes that parse an archive.  [default: by its size and the cores]",
    )
    cluster = click.option("--cluster", default="", metavar="ADDRESS", help="Dask scheduler whose workers help.")
    return workers(cluster(command))


def settle_data(data: Path) -> None:
    """Finish a redaction that was killed, and make a database of another schema anew, before anything is shown.

    Raises:
        LockedError: another process is carrying it out, or a crawl is running.
        StorageError: a file is damaged or cannot be written.
    """
    finish_redaction(data)
    if session.is_of_another_schema(data):
        with show_progress() as show:
            session.renew(data, show)


def finish_redaction(data: Path) -> None:
    """Finish a redaction that was killed; where none was, nothing is written, and no database opened.

    Raises:
        LockedError: another process is carrying it out, or a crawl is running.
        StorageError: a file is damaged or cannot be written.
    """
    if removal.plan_begun(data) is not None:
        with show_progress() as show:
            removal.finish_alone(data, show)


def configured(path: Path) -> Configured:
    """Return the registry of a file as it counts here, and the texts it was read from.

    Raises:
        SourcesError: a file is wrong; says all that is.
    """
    return files.configured(path, os.environ)


def registry(path: Path) -> Registry:
    """Return the registry of a file as it counts here.

    Raises:
        SourcesError: a file is wrong; says all that is.
    """
    return configured(path).registry


def load_redacted(data: Path, path: Path | None, sources: Path) -> tuple[Redacted, ...]:
    """Return what is not to be recorded: what was redacted in a data directory, and what is decided."""
    settle_data(data)
    return planning.all_redacted(data, files.decided(path, sources)[0])


class Time(click.ParamType[datetime]):
    """A point in time as ISO 8601; a date alone is its end, so that what was read on that day counts."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the time."""
        text = str(value)
        try:
            time = moment(f"{text}T23:59:59Z" if len(text) == len("2026-11-24") else text)
            if not FIRST <= time < LAST:
                self.fail(f"{text!r} is no time to read the web; expected one of {FIRST.year} to {LAST.year - 1}")
            return time
        except ValueError:
            self.fail(f"{text!r} is no ISO 8601 time; expected one such as 2026-11-24T10:00:00Z", param, ctx)
