"""Figures on law read from the recordings beside this checkout: ``python -m tests.law``.

Parts of them by name: ``changes``, ``notes``, ``effects``, ``eu``.
"""

from __future__ import annotations

import sys

from tests.law import effects, eu, measure, notes

COMMANDS = {"changes": measure.main, "notes": notes.main, "effects": effects.main, "eu": eu.main}


def main(names: list[str]) -> int:
    """Run the commands named, all without names."""
    results = [COMMANDS[name]() for name in names or COMMANDS]
    return max(results)


sys.exit(main(sys.argv[1:]))
