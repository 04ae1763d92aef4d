"""``roundup``: the group of commands, and the one place where our own errors are caught."""

from __future__ import annotations

import os
import sys
from types import TracebackType

import click

from crawler import __version__
from crawler.cli import (
    add,
    adopt,
    check,
    coverage,
    crawl,
    doctor,
    evaluate,
    evidence,
    pack,
    rebuild,
    record,
    serve,
    status,
)
from crawler.errors import ConfigError, LockedError, RoundupError, StorageError

EXIT_CODES = """
Exit codes: 0 healthy · 1 finished, but a source is newly unhealthy or worse than before (--strict: any unhealthy
source) · 2 wrong use or configuration · 3 another crawl is running · 4 storage failed · 70 a mistake of ours.
"""


@click.group(epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="roundup")
def roundup() -> None:
    """What changed in law, guidance and reports on human trafficking and modern slavery."""


for command in (
    crawl.crawl,
    rebuild.rebuild,
    record.record,
    check.check,
    pack.pack,
    evidence.evidence,
    doctor.doctor,
    adopt.adopt_report,
    add.add,
    evaluate.evaluate,
    coverage.coverage,
    status.status,
    serve.feeds,
    serve.export,
    serve.serve,
):
    roundup.add_command(command)


def exit_code(error: RoundupError) -> int:
    """Return the exit code of an error of ours."""
    if isinstance(error, LockedError):
        return 3
    if isinstance(error, StorageError):
        return 4
    return 2 if isinstance(error, ConfigError) else 1


CRASHED = 70
"""Exit code of a mistake of ours (EX_SOFTWARE), so that nobody takes it for a finished crawl."""


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Show what went wrong with us, and leave with a code of its own: Python's would be 1."""
    sys.__excepthook__(kind, error, trace)
    sys.stderr.flush()
    os._exit(130 if issubclass(kind, KeyboardInterrupt) else CRASHED)


def main() -> None:
    """Run the command line."""
    sys.excepthook = _crashed
    try:
        roundup(prog_name="roundup")
    except RoundupError as error:
        click.echo(f"roundup: {error}", err=True)
        sys.exit(exit_code(error))
    except BrokenPipeError:
        sys.exit(1)
