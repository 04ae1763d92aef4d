"""What an instrument is for, in its publisher's words: of an Act its long title, of an order what it does by its note.

The description in the metadata is the first paragraph of the note, which often tells of another law alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crawler.model import Section
from crawler.protocols.legislation.metadata import Metadata
from crawler.protocols.legislation.tree import DC, LEG, words

MOST = 3
"""Most sentences of a note."""
FEWEST_WORDS = 8
"""Fewest words of one."""

_KIND = r"(?:Order|Regulations|Rules|Scheme|Measure|Instrument|Byelaws|Act of (?:Sederunt|Adjournal))"
_UNIT = r"(?:Article|Regulation|Rule|Paragraph|Part|Schedule)s?"
_ITSELF = re.compile(
    rf"(?:(?:This|These) {_KIND}|{_UNIT} [\w(), ]{{1,40}} (?:of|to) th(?:is|ese) {_KIND})\b", re.IGNORECASE
)
_DOES = re.compile(
    r"(?:,[^,]{1,60},)? (?:also |further |only |therefore )?(?:(?:add|amend|appoint|approve|authorise|bring|change|"
    r"confer|consolidate|correct|define|designate|enable|establish|exempt|extend|fix|give|grant|impose|implement|"
    r"increase|insert|introduce|make|omit|permit|prescribe|prohibit|proscribe|provide|remove|repeal|replace|require|"
    r"restrict|revoke|set|substitute|suspend|transfer|transpose|update)(?:e?s)?|"
    r"(?:appl|disappl|modif|specif|var)(?:y|ies))\b"
)
_END = re.compile("(?<=[a-z0-9)\\]\u201d\u2019]\\.)\\s+(?=[A-Z\u201c(])")


def summary(data: Metadata, sections: Iterable[Section]) -> str | None:
    """Return what an instrument is for: its description; where that is of a bill or of another law, words of its own.

    None where its publisher says nothing.
    """
    described = words(data.element.find(f"{DC}description"))
    if data.type.category == "primary" and (not described or described.startswith("A Bill ")):
        return words(data.root.find(f".//{LEG}PrimaryPrelims/{LEG}LongTitle")) or None
    if data.type.category == "primary" or _ITSELF.match(described):
        return described or None
    note = " ".join(section.text for section in sections if section.path.partition("-")[0] == "note")
    found = list(_doing(note)) or list(_doing(described))
    return " ".join(found[:MOST]) or described or None


def _doing(note: str) -> Iterator[str]:
    """Yield the sentences of an explanatory note that say what the instrument does.

    >>> list(_doing("The Sample Act is about samples. Article 2 of this Order adds one to its list. It was laid."))
    ['Article 2 of this Order adds one to its list.']
    """
    for sentence in _END.split(note):
        itself = _ITSELF.match(sentence)
        if itself is not None and _DOES.match(sentence, itself.end()) and sentence.count(" ") >= FEWEST_WORDS - 1:
            yield sentence
