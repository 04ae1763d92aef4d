"""Which provisions of a law that is in force in part are in force."""

from collections.abc import Sequence
from sqlite3 import Connection

from crawler.law import step_of
from crawler.public import in_force
from crawler.public.database import row, rows
from crawler.wording import provision

MAX_PROVISIONS_LOOKED_AT = 60
"""Of a law that has more, those in force are counted and not named."""
MAX_PROVISIONS_NAMED = 8

_SECTIONS = "select path, status, parts from sections where document = ? and is_current = 1 order by n"


def named_in_force(connection: Connection, document: str, clock: str, number: int, total: int) -> str:
    """Return which of the provisions of a law are in force, behind a colon; nothing where they are too many.

    ``number`` of ``total`` are said to be in force; where what is stated now gives another number, nothing is named.
    """
    if total > MAX_PROVISIONS_LOOKED_AT:
        return ""
    sections = rows(connection, _SECTIONS, [document])
    paths = [section["path"] for section in sections]
    held = row(connection, "select extent from documents where id = ?", [document])
    extent = str(held["extent"] or "") if held else ""
    steps = [step_of(line) for line in in_force.commencements(connection, document)]
    stated = in_force.states(steps, paths, sections, clock, extent)
    named = [provision(path) for path, known in stated.items() if known.state == "in force" and provision(path)]
    return f": {_listed(named)}" if 0 < len(named) == number <= MAX_PROVISIONS_NAMED else ""


def _listed(named: Sequence[str]) -> str:
    """Return provisions as they are listed within a sentence.

    >>> _listed(["Section 1", "Section 5"]), _listed(["Section 1"]), _listed(["Section 1", "Schedule 2", "Annex"])
    ('sections 1 and 5', 'section 1', 'section 1, schedule 2 and annex')
    """
    units = {each.partition(" ")[0] for each in named}
    if len(units) == 1 and len(named) > 1:
        named = [
            f"{named[0].partition(' ')[0].lower()}s {named[0].partition(' ')[2]}",
            *(each.partition(" ")[2] for each in named[1:]),
        ]
    else:
        named = [each[:1].lower() + each[1:] for each in named]
    return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]
