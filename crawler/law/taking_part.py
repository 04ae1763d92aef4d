"""Whether Denmark and Ireland take part in an act of the EU, as its own recitals say (Protocols 21 and 22).

A recital counts where it speaks of *this* act: what it says of another one is not read. What the two decided later
stands in no recital.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

STATES = ("Denmark", "Ireland")

_STATE = r"(?:Denmark|Ireland|(?:the )?United Kingdom)"
_WHO = rf"(?P<who>{_STATE}(?:(?:,| and|, and) {_STATE})*),?"
_THIS = r"(?:this|the present) (?:Framework |Implementing |Delegated )?(?:Directive|Regulation|Decision)"
_NOT_BOUND = re.compile(
    rf"\b{_WHO} (?:is|are|does|do)(?: therefore| thus| also)? not tak(?:e|ing) part in"
    rf" (?:the adoption(?: and application)? of {_THIS}|its adoption)\b[^.;]{{0,60}}"
    r"\b(?:not|nor) (?:be )?bound by it\b",
    re.IGNORECASE,
)
_BOUND_IN_PART = re.compile(
    rf"\b{_WHO} (?:is|are) not bound by (?:the )?(?:rules|provisions) laid down in"
    rf" (?:{_THIS}|[^.;]{{1,800}}? of {_THIS})\b",
    re.IGNORECASE,
)
_TAKES_PART = re.compile(
    rf"\b{_WHO} (?:(?:has|have) (?:notified|given notice of)\b[^;]{{0,120}}?\b(?:wish|intention|desire) to take part"
    rf"|(?:is|are)(?: therefore| thus| also)? taking part) in (?:the adoption(?: and application)? of )?{_THIS}",
    re.IGNORECASE,
)
_SAID = (
    (_NOT_BOUND, "is not bound"), (_BOUND_IN_PART, "is not bound by some of its rules"), (_TAKES_PART, "takes part"),
)  # fmt: skip
CLOSING = (
    "directly applicable in all Member States", "addressed to the Member States",
    "unmittelbar in jedem Mitgliedstaat", "an die Mitgliedstaaten gerichtet",
    "directement applicable dans tout", "membres sont destinataires",
)  # fmt: skip
"""Words that each of the closing formulas has in it."""
_EVERYWHERE = re.compile(
    r"\b(?:Regulation (?:shall be|is) binding in its entirety and directly applicable in all Member States"
    r"|Directive is addressed to the Member States"
    r"|Verordnung ist in allen ihren Teilen verbindlich und gilt unmittelbar in jedem Mitgliedstaat"
    r"|Richtlinie ist an die Mitgliedstaaten gerichtet"
    r"|r\u00e8glement est obligatoire dans tous ses \u00e9l\u00e9ments et directement applicable dans tout"
    r" \u00c9tat membre"
    r"|Les \u00c9tats membres sont destinataires de la pr\u00e9sente directive)\s*(?:\.|\Z)"
)
_OF_PROTOCOLS = re.compile(r"\bProtocols?\b|\btak(?:es?|ing) part\b|\bbound\b|\bSchengen\b", re.IGNORECASE)
MAX_CHARACTERS = 4_000


def taking_part(recitals: Iterable[str]) -> tuple[str, ...]:
    """Return what recitals say of Denmark and Ireland, a sentence for each; none where they say nothing, or both.

    >>> taking_part(["In accordance with Protocol No 22, Denmark is not taking part in the adoption"
    ...     " of this Directive and is not bound by it or subject to its application.", "In accordance with it,"
    ...     " Ireland has notified, by letter of 6 March 2019, its wish to take part in the adoption and application of"
    ...     " this Directive."])
    ('Denmark is not bound', 'Ireland takes part')
    >>> taking_part(["Denmark is not bound by Directive 2011/36/EU.", "Ireland decides within six months."])
    ()
    """
    said: dict[str, set[str]] = {state: set() for state in STATES}
    for text in recitals:
        for pattern, words in _SAID:
            for match in pattern.finditer(text[:MAX_CHARACTERS]):
                for state in STATES:
                    said[state] |= {words} if state.lower() in match["who"].lower() else set()
    return tuple(f"{state} {next(iter(words))}" for state, words in said.items() if len(words) == 1)


def is_on_protocols(recital: str) -> bool:
    """Return whether a recital that names one of the two may say whether it takes part.

    >>> is_on_protocols("In accordance with Protocol No 22, Denmark decides."), is_on_protocols("Danish fines differ.")
    (True, False)
    """
    return _OF_PROTOCOLS.search(recital) is not None


def is_everywhere(text: str) -> bool:
    """Return whether the closing words of an act say that it binds all member states, without exception.

    That is a regulation directly applicable in all of them, or a directive addressed to them. Acts of which a state may
    stay out add "in accordance with the Treaties".

    >>> is_everywhere("This Regulation shall be binding in its entirety and directly applicable in all Member States.")
    True
    >>> is_everywhere("Diese Richtlinie ist an die Mitgliedstaaten gerichtet.")
    True
    >>> is_everywhere("This Directive is addressed to the Member States in accordance with the Treaties.")
    False
    """
    return _EVERYWHERE.search(" ".join(text.split())) is not None
