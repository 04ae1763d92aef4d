"""Letters that a list got or lost, as where its markup changed: no words."""

import re
from collections.abc import Sequence

from crawler.model import Word

MIN_LETTERS = 2
"""Fewest letters by which a list is known: one alone may be a reference."""

_LETTER = re.compile(r"\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)")
_BEFORE = re.compile(r"(?:^|[\u2014\u2013:;,.]\s*(?:(?:and|or)\s*)?)$")
_BEHIND = re.compile(r"\s*(?!(?:and|or|of|to)\b)[\w\u201c\u2018\"']")
_AROUND = 12
"""Characters read on each side of a letter."""


def is_lettered(shown: Sequence[Word]) -> bool:
    """Whether the only difference is that items of a list have letters, or have none.

    A letter that became another one is a new number, to which other provisions may refer.

    >>> words = [Word(op="=", text="the principles in: "), Word(op="+", text="(a) "), Word(op="=", text="one; or ")]
    >>> is_lettered([*words, Word(op="+", text="(b) "), Word(op="=", text="two.")]), is_lettered(words)
    (True, False)
    """
    letters = 0
    for place, word in enumerate(shown):
        if word.op == "=":
            continue
        before = shown[place - 1].text[-_AROUND:] if place else ""
        behind = shown[place + 1].text[:_AROUND] if place + 1 < len(shown) else ""
        is_between = (not place or shown[place - 1].op == "=") and bool(behind) and shown[place + 1].op == "="
        if not is_between or not _LETTER.fullmatch(word.text.strip()):
            return False
        if not _BEFORE.search(before) or not _BEHIND.match(behind):
            return False
        letters += 1
    return letters >= MIN_LETTERS
