"""``roundup``: the group of commands, and the one place where our own errors are caught."""

import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from types import MappingProxyType, TracebackType
from typing import Any, NoReturn

import click

from crawler import __version__
from crawler.errors import INTERRUPTED, ConfigError, FaultError, LockedError, RoundupError, StorageError

EXIT_CODES = """
Exit codes: 0 healthy · 1 finished, but a source is newly unhealthy or worse than before (--strict: any unhealthy
source) · 2 wrong use or configuration · 3 another crawl is running · 4 storage failed · 70 a mistake of ours ·
130 interrupted · 141 nobody read the output to its end.
"""


COMMANDS: Mapping[str, str] = MappingProxyType({
    "crawl": "crawl", "rebuild": "rebuild", "record": "record", "check": "check", "pack": "record",
    "evidence": "evidence", "doctor": "doctor", "adopt": "doctor", "add": "add", "evaluate": "evaluate",
    "coverage": "coverage", "status": "status", "feeds": "serve", "export": "serve", "serve": "serve",
    "init": "init", "digest": "notify", "mcp": "mcp", "notify": "notify", "publish": "serve", "review": "review",
    "decide": "review", "check-text": "check_text",
})  # fmt: skip
"""The module of each command, below ``crawler.cli``; it is imported when the command is asked for."""
INNER: Mapping[str, str] = MappingProxyType({"site": "site"})
"""Those that other commands become, and nobody types."""


class Commands(click.Group):
    """A group that imports a command when it is asked for: ``--version`` waits for none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, None where there is none of that name."""
        known = {**COMMANDS, **INNER}
        if cmd_name not in known:
            return None
        module = import_module(f"crawler.cli.{known[cmd_name]}")
        made = (each for each in vars(module).values() if isinstance(each, click.Command))
        return next(each for each in made if each.name == cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; one that is interrupted leaves with a code of its own: that of click means unhealthy."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            _leave("interrupted", INTERRUPTED)
        except BrokenPipeError:
            _leave("", UNREAD)
        except UnicodeEncodeError as error:
            if not any(map(UNREADABLE.search, sys.argv)):
                raise
            raise ConfigError("an argument holds bytes that are no text") from error


@click.group(
    cls=Commands,
    epilog=EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="roundup")
def roundup() -> None:
    """What changed in law, guidance and reports on human trafficking and modern slavery."""


def exit_code(error: RoundupError) -> int:
    """Return the exit code of an error of ours."""
    if isinstance(error, LockedError):
        return 3
    if isinstance(error, StorageError):
        return 4
    if isinstance(error, FaultError):
        return CRASHED
    return 2 if isinstance(error, ConfigError) else 1


CRASHED = 70
"""Exit code of a mistake of ours (EX_SOFTWARE), so that nobody takes it for a finished crawl."""


UNREADABLE = re.compile("[\ud800-\udfff]")
"""How Python keeps bytes of an argument that are no text."""
UNREAD = 141
"""Exit code where whoever read the output went away, as shells have it: it says nothing of the work."""


def _leave(words: str, code: int) -> NoReturn:
    """Say why, as far as that can be written, and leave with a code; what is still to be written goes nowhere."""
    with suppress(OSError):
        if words:
            click.echo(f"roundup: {words}", err=True)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, AttributeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1 if stream is sys.stdout else 2)
    sys.exit(code)


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Show what went wrong with us, and leave with a code of its own: Python's would be 1."""
    sys.__excepthook__(kind, error, trace)
    sys.stderr.flush()
    os._exit(INTERRUPTED if issubclass(kind, KeyboardInterrupt) else CRASHED)


def main() -> None:
    """Run the command line."""
    sys.excepthook = _crashed
    try:
        roundup(prog_name="roundup")
    except RoundupError as error:
        _leave(str(error), exit_code(error))
    except OSError as error:  # As where standard output is on a full disk.
        _leave(f"{error.filename or 'input or output'}: {error.strerror or error}", exit_code(StorageError()))
