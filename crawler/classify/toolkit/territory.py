"""Where something applies, as its page says, and where it only goes by its publisher."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.bodies.imprint import LAW_BEHIND, NATION, NATIONS
from crawler.classify.toolkit.patterns import pattern
from crawler.classify.toolkit.values import SOURCE, SUMMARY, TITLE, Fact, Passage, fact

_NAMED = pattern(NATION)
_APPLIES = pattern(
    r"(?:applies|apply|applicable|available|delivered|extends?|valid|for use|professionals|practitioners|staff|"
    rf"organisations|training|guidance)(?: only)? (?:in|to|across|throughout)(?: the|"
    rf" all of)? (?P<where>{NATION}(?:(?:, | and | or |, and ){NATION})*)"
)


def nations(read: Sequence[Passage], jurisdiction: str) -> Iterator[Fact]:
    """Yield where a page says it applies: as its title or summary names, or a sentence on that; else by its source."""
    told: set[str] = set()
    for passage in read:
        spans = (
            [passage.text]
            if passage.place in (TITLE, SUMMARY)
            else [m["where"] for m in _APPLIES.finditer(passage.text)]
        )
        for match in (found for span in spans for found in _NAMED.finditer(span)):
            nation = NATIONS[match[0].lower()]
            if nation not in told and not _is_law(passage.text, match):
                told.add(nation)
                yield fact("nation", nation, passage, match[0])
    if not told and jurisdiction:
        yield Fact(field="nation", value=jurisdiction, place=SOURCE, words=jurisdiction)


def _is_law(text: str, match: re.Match[str]) -> bool:
    """Return whether this is the Scotland of "(Scotland) Act", and not where something applies."""
    return text[match.start() - 1 : match.start()] == "(" and LAW_BEHIND.match(text, match.end()) is not None
