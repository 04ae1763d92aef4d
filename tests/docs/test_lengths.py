"""How long the documentation may be: what nobody reads helps nobody."""

from __future__ import annotations

import re

from tests.docs.test_text import ROOT, TEXT, page

MAX_WORDS_PER_CHANGE = 15
MAX_WORDS_README = 900
MAX_WORDS_DOCS = 20_000
"""Without the list of all sources, which is as long as there are sources."""
LIST = re.compile(r"<!-- begin sources:.*?<!-- end sources -->", re.S)


def test_each_line_of_the_changelog_is_one_short_change() -> None:
    lines = page("CHANGELOG.md").partition("## ")[2].splitlines()[1:]
    changes = [line for line in lines if line and not line.startswith("#")]
    assert len(changes) > 50
    assert [line for line in changes if not line.startswith("- ")] == []
    assert [line for line in changes if len(line[2:].split()) > MAX_WORDS_PER_CHANGE] == []


def test_readme_is_read_in_five_minutes() -> None:
    assert len(page("README.md").split()) <= MAX_WORDS_README


def test_pages_are_short() -> None:
    words = {path.name: len(LIST.sub("", text).split()) for path, text in TEXT.items() if path.parent == ROOT / "docs"}
    assert sum(words.values()) <= MAX_WORDS_DOCS, words
