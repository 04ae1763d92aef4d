"""Counts and their nouns agree, because one function makes them all."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import crawler
from crawler.text import counted

_ROOT = Path(crawler.__file__).parent
_BY_HAND = re.compile(r"== 1 else ['\"](?:s|es|ies|entries|days|documents|things)['\"]")
_COUNT_IN_PAGE = re.compile(r"\|\s*length(?:\|thousands)? *\}\} (?:[a-z]+ )?[a-z]+s\b")
_MANY = re.compile(r" (?!bytes)[a-z]+s\b")
"""Sizes are written as tools write them, and nothing of ours has one byte."""


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 entries"), (1, "1 entry"), (2, "2 entries"), (1_000, "1,000 entries"), (1_234_567, "1,234,567 entries")],
)
def test_a_noun_agrees_with_its_number(number: int, words: str) -> None:
    assert counted(number, "entry") == words


def test_a_noun_keeps_a_y_behind_a_vowel_and_may_have_a_plural_of_its_own() -> None:
    assert counted(2, "day") == "2 days"
    assert counted(2, "page is", "pages are") == "2 pages are"
    assert counted(1, "page is", "pages are") == "1 page is"


def test_no_plural_is_made_by_hand() -> None:
    """Neither in pages nor in code: a plural that depends on a number comes from the one function."""
    found = [
        f"{path.relative_to(_ROOT)}: {match.group()}"
        for path in (*_ROOT.rglob("*.html"), *_ROOT.rglob("*.py"))
        for match in _BY_HAND.finditer(path.read_text())
    ]
    assert found == []


@pytest.mark.slow
def test_no_length_stands_before_a_noun_that_does_not_agree() -> None:
    in_pages = [
        f"{path.name}: {match.group()}"
        for path in _ROOT.rglob("*.html")
        for match in _COUNT_IN_PAGE.finditer(path.read_text())
    ]
    in_code = [f"{path.name}: {words}" for path in _ROOT.rglob("*.py") for words in _lengths(path)]
    assert in_pages == []
    assert in_code == []


def _lengths(path: Path) -> Iterator[str]:
    """Yield each ``f"{len(x)} nouns"`` of a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.JoinedStr):
            continue
        for value, after in zip(node.values, node.values[1:], strict=False):
            if not isinstance(value, ast.FormattedValue) or not isinstance(after, ast.Constant):
                continue
            if ast.unparse(value.value).startswith("len(") and _MANY.match(str(after.value)):
                yield ast.unparse(node)
