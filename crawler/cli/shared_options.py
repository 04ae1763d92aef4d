"""Options that several commands share; nothing large is imported for them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

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


def _sources(_context: click.Context, _option: click.Parameter, given: Path | None) -> Path:
    from crawler.run import files

    return given or files.default_sources()


def sources_option(command: _Command) -> _Command:
    """Add ``--sources``."""
    return click.option(
        "--sources",
        type=click.Path(path_type=Path, dir_okay=False),
        default=None,
        callback=_sources,
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


class Minutes(click.FloatRange):
    """A number of minutes; NaN is refused, for it is neither less nor more than any limit."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the minutes."""
        minutes = super().convert(value, param, ctx)
        return minutes if minutes == minutes else self.fail(f"{value!r} is no number", param, ctx)


def minutes_option(default: float) -> Callable[[_Command], _Command]:
    """Return what adds ``--minutes``."""
    return click.option("--minutes", type=Minutes(min=0.01), default=default, show_default=True, help="Deadline.")


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
