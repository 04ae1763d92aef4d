"""Every known trap of the sources is held by a test that exists, or says why it does not apply."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from tests.docs.test_text import page

TESTS = Path(__file__).parents[1]
PAGE = "docs/traps.md"
_NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
SURPRISES = {f"UK-0.{number}" for number in range(1, 23)} | {f"EU-0.{number}" for number in range(1, 11)}
"""Those that the sheets number themselves."""


def traps() -> list[tuple[str, str, str]]:
    """Give id, trap and what holds it, of each row."""
    found = []
    for line in page(PAGE).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "id":
            assert len(cells) == 3, line
            found.append((cells[0], cells[1], cells[2]))
    return found


@cache
def names_in(file: str) -> frozenset[str]:
    """Give the names of the tests in a file, without importing it."""
    path = TESTS / file
    if not path.is_file():
        return frozenset()
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_test_that_is_named_exists() -> None:
    named = _NAMED.findall(page(PAGE))
    assert [f"{file}::{name}" for file, name in named if name not in names_in(file)] == []
    assert len(set(named)) > 150


def test_every_trap_is_held_or_says_why_not() -> None:
    for name, _, held in traps():
        assert _NAMED.search(held) or held.startswith("does not apply"), name
        assert held.count("::") == len(_NAMED.findall(held)), f"{name}: a test that is not named as path::name"


def test_ids_are_unique_and_of_one_form() -> None:
    names = [name for name, _, _ in traps()]
    assert [name for name in names if names.count(name) > 1] == []
    assert [name for name in names if not re.fullmatch(r"(UK|EU)-\d\.\d+b?", name)] == []
    assert set(names) >= SURPRISES and len(names) >= 130


def test_a_test_that_does_not_exist_is_found() -> None:
    assert "test_ids_are_unique_and_of_one_form" in names_in("docs/test_traps.py")
    assert not names_in("docs/none.py") and "test_none" not in names_in("docs/test_traps.py")


def test_what_falls_short_is_a_trap_of_the_list() -> None:
    short = set(re.findall(r"^- \*\*(.+?)\*\*", page(PAGE).partition("## Known to fall short")[2], re.MULTILINE))
    assert short and short <= {name for name, _, _ in traps()}
