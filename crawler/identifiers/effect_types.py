"""What an effect of one law on another is, by the words of its publisher: free text with a head that is known.

Source of the words: the types of 2,598 effects of legislation.gov.uk (169 different).
"""

import re
from dataclasses import dataclass
from typing import Literal

from crawler.text import clean

Nature = Literal["textual", "commencement", "modification", "earlier", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectType:
    """The type of an effect.

    ``head`` is the known head of its words in lower case, the plural of what has one (*words substituted*), empty where
    none is known. ``nature`` is *textual* where the words of the law change, *commencement*, *modification* where the
    law applies otherwise or elsewhere and its words stay, *earlier* where another effect changes and not this text.
    """

    head: str
    nature: Nature


MAX_TYPE_CHARACTERS = 1_000
_TEXTUAL = (
    "inserted", "substituted for", "substituted", "repealed", "omitted", "revoked", "added", "renumbered", "amended",
    "deleted", "replaced", "ceases to have effect", "cease to have effect", "ceased to have effect", "expired",
    "expires", "expiry", "lapsed", "revived", "re-numbered", "relocated", "moved", "transposed", "annulled", "quashed",
    "corrected", "altered", "varied", "ceasing to have effect", "relettered", "redesignated", "restored",
)  # fmt: skip
_COMMENCEMENT = (
    "coming into force", "comes into force", "come into force", "came into force", "commencement order", "commencement",
    "commenced", "coming into operation", "comes into operation", "entry into force", "brought into force",
    "appointed day", "in force",
)  # fmt: skip
_MODIFICATION = (
    "modified", "applied", "disapplied", "applied (with modifications)", "extended", "excluded", "restricted",
    "continued", "transfer of functions", "functions transferred", "functions made exercisable", "made exercisable",
    "exercisable", "conferred", "transferred", "construed", "saved", "savings", "saving", "suspended", "adapted",
    "explained", "incorporated", "interpreted", "limited", "imposed", "delegated", "derogated", "enabled", "confirmed",
    "power exercised", "power partly exercised", "power conferred", "power to", "certain functions", "sub-delegated",
    "applies", "non-textual amendment", "modification", "application", "exclusion", "extension", "functions",
    "made", "prospectively affected", "affected", "referred to", "contracted out", "transitional provisions",
    "transitional provision", "definition applied",
)  # fmt: skip
_NATURES: dict[str, Nature] = {
    **dict.fromkeys(_TEXTUAL, "textual"),
    **dict.fromkeys(_COMMENCEMENT, "commencement"),
    **dict.fromkeys(_MODIFICATION, "modification"),
}
_HEADS = "|".join(re.escape(head) for head in sorted(_NATURES, key=len, reverse=True))
_BEGINS = re.compile(rf"(?:{_HEADS})(?![\w-])")
_WITHIN = re.compile(rf"(?<![\w-])(?:{_HEADS})(?![\w-])")
_OBJECT = re.compile(
    r"(?P<object>words?|entry|entries|sums?|figures?|headings?|cross-?headings?|definitions?|numbers?|dates?|tables?|"
    r"references?|text|paragraphs?|sections?|schedules?|provisions?|letters?|punctuation|titles?|fees?|amounts?) "
)
_EARLIER = re.compile(r"\bearlier (?:amending|affecting|commencing|modifying|commencement)\b")
_SUFFIX = re.compile(r" (?:by virtue of|in relation to|with effect|as if|subject to|so far as|in so far as) .*")
_PLURALS = {
    "entry": "entries", "heading": "heading", "crossheading": "cross-heading", "cross-heading": "cross-heading",
}  # fmt: skip
_WITH_OBJECT = frozenset(("inserted", "substituted", "repealed", "omitted", "revoked", "added", "deleted", "replaced"))


def effect_type(words: str) -> EffectType:
    """Return the head of the type of an effect and its nature; both empty where no head is known.

    >>> effect_type("Word substituted (temp.)"), effect_type("substituted for s. 12(1)")
    (EffectType(head='words substituted', nature='textual'), EffectType(head='substituted for', nature='textual'))
    >>> effect_type("words substituted in earlier amending provision S.I. 2019/188, reg. 10(3)").nature
    'earlier'
    >>> effect_type("power to amend conferred by s. 5"), effect_type("words in s. 88L(7) renumbered as s. 88L(7)(a)")
    (EffectType(head='power to', nature='modification'), EffectType(head='renumbered', nature='textual'))
    >>> effect_type("substututed")
    EffectType(head='', nature='')
    """
    text = _SUFFIX.sub("", clean(words[:MAX_TYPE_CHARACTERS]).lower())
    if _EARLIER.search(text):
        return EffectType(head="earlier effect", nature="earlier")
    begins = _OBJECT.match(text)
    rest = text[begins.end() :] if begins else text
    found = _BEGINS.match(rest) or _BEGINS.match(text) or _WITHIN.search(text)
    if found is None:
        return EffectType(head="", nature="")
    verb = found.group()
    if begins and found.start() == 0 and found.string == rest and verb.removesuffix(" for") in _WITH_OBJECT:
        return EffectType(head=f"{_plural(begins['object'])} {verb.removesuffix(' for')}", nature="textual")
    return EffectType(head=verb, nature=_NATURES[verb])


def _plural(noun: str) -> str:
    return _PLURALS.get(noun, noun if noun.endswith("s") or noun in ("text", "punctuation") else f"{noun}s")
