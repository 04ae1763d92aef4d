"""Rules as patterns (patterns.yaml), looked for where they count; words that only sound alike are ruled out by them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from crawler.classify.toolkit.values import TITLE, Fact, Passage, fact
from crawler.sources.yaml_positions import read_table

_TABLE: Any = read_table(Path(__file__).with_name("patterns.yaml"))

_DENIED = re.compile(
    r"(?:\b(?:no|not|never|neither|nor|without|cannot|any longer|geen|niet|nid|nad|dim)|n['\u2019]t)"
    r"(?: (?!(?:and|but|so|or|is|are|it|only|just)\b)[\w'\u2019-]+){0,4} ?$",
    re.IGNORECASE,
)
_BEFORE = 60
"""Most characters before words in which a "no" or a "not" denies them."""

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

    def match(self, text: str) -> re.Match[str] | None:
        """Return the first place at which a text states it; what the text denies it does not state."""
        if self.field != "cost":
            return self.pattern.search(text)
        return next((match for match in self.pattern.finditer(text) if not is_denied(text, match)), None)


def pattern(words: str) -> re.Pattern[str]:
    r"""Return a pattern of whole words, whatever their case.

    >>> bool(pattern("webinars?").search("Two Webinars")), bool(pattern("free").search("freedom"))
    (True, False)
    """
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def is_denied(text: str, match: re.Match[str]) -> bool:
    """Return whether the words before a match deny it, in the same sentence.

    >>> text = "There is no free course."
    >>> is_denied(text, re.search("free", text)), is_denied("No, free", re.search("free", "No, free"))
    (True, False)
    """
    return bool(_DENIED.search(text[max(0, match.start() - _BEFORE) : match.start()]))


def words_of(block: str, field: str) -> tuple[tuple[str, str], ...]:
    """Return the values of a field and what states each, as a pattern, in the order of a block of patterns.yaml."""
    return tuple((value, _joined(words)) for row in _TABLE[block][field] for value, words in row.items())


def _joined(words: Iterable[str]) -> str:
    joined = "|".join(words)
    for name, parts in _TABLE["parts"].items():
        joined = joined.replace(f"{{{name}}}", "|".join(parts))
    return joined


def rules(block: str, field: str, where: Where = "anywhere") -> tuple[Rule, ...]:
    """Return the rules of a field, from a block of patterns.yaml."""
    return tuple(
        Rule(field=field, value=value, pattern=pattern(words), where=where) for value, words in words_of(block, field)
    )


def stated_forms(wanted: Iterable[Rule], read: Iterable[Passage]) -> Iterator[Fact]:
    """Yield what a title says that a page is; where it says nothing of it, what summary and headings name."""
    every, passages = tuple(wanted), tuple(read)
    titled = tuple(first_places(every, (each for each in passages if each.place == TITLE)))
    yield from titled or first_places(every, passages)


def first_places(wanted: Iterable[Rule], read: Iterable[Passage]) -> Iterator[Fact]:
    """Yield the first place of each value that rules find."""
    told: set[tuple[str, str]] = set()
    every = tuple(each for each in read if each.text)
    looked_at: dict[Where, tuple[Passage, ...]] = {
        "title": tuple(each for each in every if each.place == TITLE),
        "named": tuple(each for each in every if each.named),
        "anywhere": every,
    }
    for rule in wanted:
        if (rule.field, rule.value) in told:
            continue
        for passage in looked_at[rule.where]:
            if match := rule.match(passage.text):
                told.add((rule.field, rule.value))
                yield fact(rule.field, rule.value, passage, match[0])
                break
