"""For whom something is made: only where the page says that, not wherever somebody is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from crawler.classify.toolkit.patterns import is_denied, pattern, words_of
from crawler.classify.toolkit.values import TITLE, Fact, Passage, fact
from crawler.classify.toolkit.vocabulary import OTHER

_PATTERNS = {value: pattern(words) for value, words in words_of("audience", "audience")}

_CUE = pattern(
    r"(?:is |are |was |been )?(?:aimed at|intended for|designed for|designed to (?:help|support|assist)|written for|"
    r"developed for|suitable for|relevant to|target audience(?: is)?|audience(?= ?:)|for whom(?= ?:)|"
    r"who (?:should|can|is it) (?:attend|apply|take part|for)(?= ?[:?])|"
    r"available to|open to|for use by|(?:training|courses?|modules?|guide|guidance|toolkit|resources?|e-?learning|"
    r"booklet|briefing|handbook|manual|webinars?|workshops?|advice|information) (?:is )?(?:for|to help)|"
    r"ar gyfer|wedi['\u2019]i anelu at|bedoeld voor|bestemd voor|(?:training|cursus|handreiking) voor)"
)
_HEADING = pattern(
    r"(?:target )?audience|who (?:is (?:it|this(?: \w+){0,2}) for|(?:it|this(?: \w+){0,2}) is for|should (?:attend|"
    r"read|use|"
    r"take|complete)(?: (?:it|this)(?: \w+)?)?)|for whom|i bwy|voor wie(?: \w+){0,3}|doelgroep"
)
_BEFORE = pattern(
    r"(?:council|business|employer|police|school|teacher|prosecutor|nhs)s?['\u2019]?s? "
    r"(?:guide|guidance|toolkit|handbook|training|resource pack)"
)
_FOR = re.compile(
    r"\b(?:for|to help|ar gyfer|voor|(?:courses?|training|modules?|guide|toolkit|handbook|cwrs|cursus) ?:)(?!\w)",
    re.IGNORECASE,
)
_END = re.compile(r"[.;!?\n]")
_WINDOW = 160
_UNDER = 600
"""Most characters after a cue, and under a heading that asks for whom it is."""


_PERSONS = (
    r"(?:(?!(?:the|this|your|use|our|by|on|an?)\b)[\w'\u2019-]+ ){0,3}?"
    r"(?!(?:others?|users?|numbers?|matters?|papers?|orders?|offers?|computers?|tablets?|browsers?|letters?|years?|factors?|"
    r"errors?|refers?|sectors?)\b)"
    r"(?:[\w-]+(?:ers|ists|ors|ians)|staff|professionals|volunteers|students|people|parents|anyone|everyone|all)(?![\w-])"
)
_OTHERS = (
    pattern(r"(?:target audience is |(?:target )?audience ?: ?|for whom ?: ?)(?P<who>[^.;:!?\n]{3,100})"),
    pattern(r"(?:aimed at|intended for|bestemd voor|designed for|suitable for|developed for|open to|"
            rf"(?:training|courses?|workshops?|webinars?|modules?|sessions?|e-?learning) for) (?:all )?"
            rf"(?P<who>{_PERSONS})"),
)  # fmt: skip
"""Where a page says for whom it is, in words that may be none of ours."""
_LABEL = re.compile(
    r"(?:target |intended )?audience|(?:for whom|i bwy|voor wie)\b.{0,60}|"
    r"who (?:can|should|may|could) (?:attend|apply|join|book|take part)\b.{0,40}|doelgroep|participants|"
    r"(?:aimed at|suitable for|intended for|designed for)",
    re.IGNORECASE,
)


def audience(read: Sequence[Passage]) -> Iterator[Fact]:
    """Return for whom a page says it is made, each with the words that name them; else in its own words."""
    ours = tuple(_ours(read))
    yield from ours or islice(_others(read), 1)


def _ours(read: Iterable[Passage]) -> Iterator[Fact]:
    told: set[str] = set()
    for passage, is_asked in _asked(read):
        for text in _windows(passage, is_asked=is_asked):
            for value, who in _PATTERNS.items():
                match = who.search(text) if value not in told else None
                if match:
                    told.add(value)
                    yield fact("audience", value, passage, match[0])


def _asked(read: Iterable[Passage]) -> Iterator[tuple[Passage, bool]]:
    """Yield each passage, and whether it stands under a heading that asks for whom something is."""
    asked = ""
    for passage in read:
        if passage.heading:
            asked = passage.place if _asks(passage.text) else ""
        yield passage, not passage.heading and asked == passage.place


def _asks(heading: str) -> bool:
    return bool(_HEADING.search(heading) or _LABEL.fullmatch(heading.strip(" :.?")))


def _others(read: Sequence[Passage]) -> Iterator[Fact]:
    for passage, is_asked in _asked(read):
        if is_asked and (words := _END.split(passage.text.strip())[0].strip()):
            yield fact("audience", OTHER, passage, words)
    for passage in read:
        for each in _OTHERS:
            for match in each.finditer(passage.text):
                if any(map(str.isalpha, match["who"])) and not is_denied(passage.text, match):
                    yield fact("audience", OTHER, passage, match["who"])


def _windows(passage: Passage, *, is_asked: bool) -> Iterator[str]:
    """Yield the runs of words of a passage that say for whom something is."""
    text = passage.text
    if is_asked:
        yield text[:_UNDER]
    if passage.place == TITLE:
        yield from (match[0] for match in _BEFORE.finditer(text))
        if match := _FOR.search(text):
            yield text[match.end() :]
    for match in _CUE.finditer(text):
        rest = text[match.end() : match.end() + _WINDOW]
        end = _END.search(rest)
        yield rest[: end.start()] if end else rest
