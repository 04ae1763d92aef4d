"""The words in which an instrument says when it comes into force as a whole, where they name no day."""

from __future__ import annotations

import re

_KINDS = r"(?:Act|Measure|Order|Regulations?|Rules|Scheme|Byelaws|Instrument|Decision|Directive)"
_BEGINS = re.compile(
    rf"\b(?:This|These) {_KINDS}\b(?P<cited>[^.]{{0,240}}?)\b(?:comes?|enters?|shall (?:come|enter)) into"
    r" (?:force|operation)"
    r"(?P<words> (?:on|at|when|if|upon|immediately|as soon as|so many)\b[^;.]{3,300})"
)
_AND = re.compile(r"[, ]*(?:\band)?\s*$")


def stated(text: str) -> str:
    """Return when an instrument comes into force in its own words, empty where it says so nowhere.

    >>> stated("This Order— (a) may be cited as the Sample Order 2029; (b) comes into force on the day after it is "
    ... "approved, provided that the fee is paid; and (c) applies in relation to England.")
    'on the day after it is approved, provided that the fee is paid'
    >>> stated("These Rules come into force in accordance with rule 2.")
    ''
    """
    found = _BEGINS.search(text)
    return _AND.sub("", found["words"]).strip() if found is not None else ""
