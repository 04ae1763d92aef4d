"""Titles and phrases in one form, so that capitals and accents make no difference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from crawler.sources.yaml_positions import read_table

LANGUAGES: Mapping[str, Mapping[str, str]] = read_table(Path(__file__).with_name("languages.yaml"))
"""How each language, by its code, says that a page is not there and that a site is closed; its keys: see there."""

_ACCENTS = re.compile("[\u0300-\u036f]")
_GAP = r"\W{1,3}"
_FEW = rf"{_GAP}(?:[\w'-]+{_GAP}){{0,4}}?"
WORD = re.compile(r"[^\W_]+")
"""One word of a plain text."""


def plain(text: str) -> str:
    """Return a text in small letters and without accents: capitals of some languages have none.

    >>> plain("Η ΣΕΛΙΔΑ δεν βρέθηκε"), plain("L’adresse")
    ('η σελιδα δεν βρεθηκε', "l'adresse")
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    return _ACCENTS.sub("", decomposed).lower().replace("ς", "σ")


def listed(phrases: str) -> tuple[str, ...]:
    """Return the phrases of a list with commas between, in their plain form.

    >>> listed("página, no existe"), listed("")
    (('pagina', 'no existe'), ())
    """
    return tuple(plain(each) for each in phrases.split(", ") if each)


def pattern(phrases: str) -> re.Pattern[str]:
    """Return what finds any of some phrases as whole words in a plain text.

    A word that ends in ``~`` may have any ending, ``…`` stands for a few words.

    >>> bool(pattern("ddim … dod o hyd, nerast~").search("nid ydym ddim yn gallu dod o hyd i'r dudalen"))
    True
    """
    return re.compile(rf"(?<!\w)(?:{'|'.join(_one(each) for each in phrases.split(', '))})(?!\w)")


def _one(phrase: str) -> str:
    parts = [
        _GAP.join(re.escape(word).replace(r"\~", r"\w*") for word in plain(part).split()) for part in phrase.split("…")
    ]
    return _FEW.join(parts)


def phrases(key: str) -> dict[str, str]:
    """Return the phrases of a key by language, of those languages that have some."""
    return {name: language[key] for name, language in LANGUAGES.items() if key in language}


def titles(*lists: str) -> frozenset[str]:
    """Return the whole titles of some lists of phrases, as words with blanks between.

    >>> sorted(titles("Einen Moment, bitte warten"))
    ['bitte warten', 'einen moment']
    """
    return frozenset(" ".join(WORD.findall(each)) for phrases in lists for each in listed(phrases))
