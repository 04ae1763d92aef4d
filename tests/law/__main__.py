"""Figures on law read from the recordings beside this checkout: ``python -m tests.law``.

Parts of them by name: ``changes``, ``notes``, ``effects``, ``eu``; ``duty FILE`` judges pairs of passages,
``audit FILE`` the effects beside the texts of a public database; ``check`` texts that cite recorded law;
``citations SALT`` prints places to be judged.
"""

import sys
from pathlib import Path

from tests.law import audit, check, citations, duty, effects, eu, measure, notes

COMMANDS = {"changes": measure.main, "notes": notes.main, "effects": effects.main, "eu": eu.main, "duty": duty.main}


def main(names: list[str]) -> int:
    """Run the commands named, all without names."""
    if names[:1] in (["duty"], ["audit"], ["check"]):
        return {"duty": duty.main, "audit": audit.main, "check": check.main}[names[0]](*map(Path, names[1:]))
    if names[:1] == ["citations"]:
        return citations.main(*names[1:])
    results = [COMMANDS[name]() for name in names or COMMANDS]
    return max(results)


sys.exit(main(sys.argv[1:]))
