"""Every known trap of the sources stands in the docstring of a test that holds it: ``Trap UK-0.1: …``.

The numbers are those of two sheets of facts that this project was built from, one on sources of the United Kingdom
(UK), one on those of the EU and others (EU). Traps found later continue a section.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

TESTS = Path(__file__).parents[1]
SECTIONS = {
    "UK-0": 22, "UK-1": 26, "UK-2": 15, "UK-3": 12, "UK-4": 11, "UK-5": 9,
    "EU-0": 10, "EU-1": 25, "EU-2": 9, "EU-3": 2, "EU-4": 9, "EU-7": 1,
}  # fmt: skip
"""How many traps each section has, by number."""
DO_NOT_APPLY = {
    "UK-1.9": "an effect that its list no longer has stays, with the day on which it was last read",
    "UK-1.10": "no points in time are asked for but those that the site names",
    "UK-2.7": "the map of GOV.UK is not read",
    "UK-3.3": "bills are read from the API, not from the feed",
    "UK-3.8": "Hansard is not read",
    "UK-3.12": "retired addresses of Parliament are not asked",
    "UK-4.8": "the guideline of the Sentencing Council is watched as a page",
    "UK-4.11": "Find Case Law is switched off",
    "EU-1.24": "feeds and search of EUR-Lex are not asked",
    "EU-3.2": "only the publisher's own pages are sources",
    "EU-4.3": "the treaties database is not read",
    "EU-4.6": "the workbook of the global report is not read",
    "EU-4.8": "the file of 360 MB a day is not read",
}


def held() -> list[tuple[str, str]]:
    """Return the traps in docstrings of tests, each with the name of the test."""
    traps: list[tuple[str, str]] = []
    for path in TESTS.rglob("test_*.py"):
        text = path.read_text("utf-8")
        if "Trap " not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                numbers = re.findall(r"^Trap ([A-Z]+-\d\.\d+b?): \S", ast.get_docstring(node) or "", re.MULTILINE)
                traps += [(number, node.name) for number in numbers]
    return traps


def test_every_trap_is_held_or_does_not_apply() -> None:
    numbers = Counter(number for number, _ in held())
    assert [number for number, times in numbers.items() if times > 1] == []
    known = {f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)}
    assert known - set(DO_NOT_APPLY) == {number for number in numbers if not number.endswith("b")}
    assert {number[:-1] for number in numbers if number.endswith("b")} <= known


def test_a_trap_is_found_with_its_test() -> None:
    assert ("UK-0.1", "test_the_next_page_of_the_log_is_made_and_not_followed") in held()
