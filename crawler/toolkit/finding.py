"""Rules as patterns, looked for where they count. Words that only sound alike are ruled out by the patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from crawler.toolkit.values import TITLE, Fact, Passage, fact

Where = Literal["title", "named", "anywhere"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A pattern that, where it is found, states a value of a field.

    ``where``: in titles alone, in what says what a page is (title, summary, headings), or anywhere.
    """

    field: str
    value: str
    pattern: re.Pattern[str]
    where: Where = "anywhere"

    def looks_at(self, passage: Passage) -> bool:
        """Tell whether the rule counts in a passage."""
        if self.where == "title":
            return passage.place == TITLE
        return self.where == "anywhere" or passage.named


def pattern(words: str) -> re.Pattern[str]:
    r"""Give a pattern of whole words, whatever their case.

    >>> bool(pattern("webinars?").search("Two Webinars")), bool(pattern("free").search("freedom"))
    (True, False)
    """
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def rules(field: str, values: Iterable[tuple[str, str]], where: Where = "anywhere") -> tuple[Rule, ...]:
    """Give the rules of a field from pairs of a value and its words."""
    return tuple(Rule(field=field, value=value, pattern=pattern(words), where=where) for value, words in values)


def found(wanted: Iterable[Rule], read: Iterable[Passage]) -> Iterator[Fact]:
    """Give the first place of each value that rules find."""
    told: set[tuple[str, str]] = set()
    every = tuple(read)
    for rule in wanted:
        if (rule.field, rule.value) in told:
            continue
        for passage in every:
            match = rule.pattern.search(passage.text) if rule.looks_at(passage) else None
            if match:
                told.add((rule.field, rule.value))
                yield fact(rule.field, rule.value, passage, match[0])
                break
