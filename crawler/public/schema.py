"""The tables of the public database, and what each of their columns means."""

import re
from dataclasses import dataclass
from importlib.resources import files

VERSION = "2"
"""Version of the public tables; a change that could break a reader's query raises it."""

_TABLE = re.compile(r"^create (table|view) (\w+) \( -- (.+)$")
_INDEX = re.compile(r"^create index (\w+) on (\w+)\(.+;$", re.MULTILINE)
_COLUMN = re.compile(r"^  (\w+),? .*?-- (.+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a table or view holds (one row is …) and what each of its columns means, in their order."""

    name: str
    one_row: str
    columns: dict[str, str]
    is_view: bool = False


def script() -> str:
    """Return the statements that create the public database."""
    return files("crawler.public").joinpath("schema.sql").read_text(encoding="utf-8")


def without_indexes() -> str:
    """Return the statements that create the tables: whoever fills them makes the indexes when they are full."""
    return _INDEX.sub("", script())


def indexes() -> dict[str, tuple[str, str]]:
    """Return the table of each index, and the statement that creates it, by its name."""
    return {index[1]: (index[2], index[0]) for index in _INDEX.finditer(script())}


def tables() -> tuple[Table, ...]:
    """Return the description of every table and column, in the order of the schema."""
    return tuple(table for table in _described() if not table.is_view)


def views() -> tuple[Table, ...]:
    """Return the description of every view and column, in the order of the schema."""
    return tuple(view for view in _described() if view.is_view)


def _described() -> list[Table]:
    described: list[Table] = []
    for line in script().splitlines():
        if table := _TABLE.match(line):
            described.append(Table(name=table[2], one_row=table[3], columns={}, is_view=table[1] == "view"))
        elif described and (column := _COLUMN.match(line)):
            described[-1].columns[column[1]] = column[2]
    return described
