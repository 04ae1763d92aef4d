"""Names by which reports call their parts, however they are set: Chapter 2, Recommendation 4, Finding 3.1.

Such a part is addressed by its name alone: its words may be edited, and people cite the number.
"""

import re
from collections.abc import Iterable

from ahocorasick_rs import BytesAhoCorasick, MatchKind

NAMED = (
    "chapter|recommendation|(?:key )?finding|conclusion|"
    "chapitre|recommandation|constat|kapitel|empfehlung|feststellung|hoofdstuk|aanbeveling|bevinding|"
    "cap\u00edtulo|recomendaci\u00f3n|conclusi\u00f3n|pennod|argymhelliad|canfyddiad"
)
"""Words, in the languages that are read, that name a part together with its number."""

_STEMS = tuple(dict.fromkeys(re.sub(r"\(\?:.*?\)\?", "", word) for word in NAMED.split("|") if word != "chapter"))
_ENGLISH = ("recommendation", "finding", "conclusion")


def _any_of(stems: Iterable[str]) -> BytesAhoCorasick:
    """Return what finds any of some words in a fifth of the time that looking for one after the other takes."""
    return BytesAhoCorasick([stem.encode() for stem in stems], matchkind=MatchKind.LeftmostFirst)


_ANY_STEM, _ANY_ENGLISH = _any_of(_STEMS), _any_of(_ENGLISH)
_NUMBER = r"[a-z]?\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?|[ivxlc]{1,6}"
_SAID = NAMED.removeprefix("chapter|")
_RUN_IN = re.compile(rf"((?:{_SAID})\s+(?:{_NUMBER}))\s*(?:[:\u2013\u2014]|[.)](?=\s|$)|-(?=\s)|$)\s*", re.I)
_OPENING = re.compile(rf"((?:{_SAID})\s+(?:{_NUMBER}))(?:\s*[:.\u2013\u2014)-])?(?:\s+|$)", re.I)
_ALONE = re.compile(rf"(?:{NAMED})\s+(?:{_NUMBER})", re.I)


def is_named(number: str) -> bool:
    """Return whether the number of a heading is a name that stands for its part.

    >>> is_named("Recommendation 4"), is_named("Annex A"), is_named("2.1")
    (True, False, False)
    """
    return _ALONE.fullmatch(number) is not None


def may_name(text: str, language: str = "") -> bool:
    """Return whether a text may hold a name that :func:`run_in` gives: a quick look, for most texts hold none.

    A text in English is looked through for English names alone.
    """
    stems = _ANY_ENGLISH if language == "en" else _ANY_STEM
    return bool(stems.find_matches_as_indexes(text.lower().encode("utf-8", "replace")))


def run_in(words: str, *, marked: bool = False) -> tuple[str, str] | None:
    """Return the name that opens a paragraph and the words after it, None where none does.

    ``marked`` tells that the opening is set apart, in bold: then no colon need stand behind the name.

    >>> run_in("Recommendation 4: The Office should say so."), run_in("Recommendation 4 was met.")
    (('Recommendation 4', 'The Office should say so.'), None)
    """
    match = (_OPENING if marked else _RUN_IN).match(words)
    return (match.group(1), words[match.end() :]) if match else None
