"""The command line as a person meets it: one call, its exit code, and what it printed."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from crawler.cli.main import main


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a command."""

    code: int
    out: str
    err: str


def roundup(*arguments: str | Path) -> Done:
    """Run a command in this process; an exception that nobody catches fails the test, as it would leave with 70."""
    out, err, argv, hook = io.StringIO(), io.StringIO(), sys.argv, sys.excepthook
    sys.argv = ["roundup", *(str(each) for each in arguments)]
    code = 0
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as left:
        code = int(left.code or 0)
    finally:
        sys.argv, sys.excepthook = argv, hook
    return Done(code=code, out=out.getvalue(), err=err.getvalue())
