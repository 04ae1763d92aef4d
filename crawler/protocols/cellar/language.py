"""In which language a text is, by its commonest words: pages state that of the portal around it, or none."""

from __future__ import annotations

import re
from collections import Counter

_WORDS = {
    "bg": "и на за от да които", "cs": "a v se na o nebo podle které", "da": "og af til det den er og om",
    "de": "der die und des den von zu das", "el": "και του της των την με", "en": "the of and to in or shall",
    "es": "de la los las del y el que", "et": "ja ning on või mis selle", "fi": "ja tai on että sekä artiklan",
    "fr": "de la les des et du le aux", "ga": "an na agus ar le do", "hr": "i u na te ili za koje",
    "hu": "a az és vagy hogy e szerinti", "it": "di della dei il gli che e delle", "lt": "ir bei arba dėl pagal šio",
    "lv": "un ar par vai uz šīs no", "mt": "ta il li u għal jew", "nl": "de het van een en te voor",
    "pl": "i w oraz się lub na zgodnie", "pt": "de da do os das e dos no", "ro": "și în de la a sau care",
    "sk": "a v sa na alebo podľa ktoré", "sl": "in v se za na ali ki", "sv": "och av för att i som det",
}  # fmt: skip
_LANGUAGES: dict[str, tuple[str, ...]] = {}
for _language, _line in _WORDS.items():
    for _word in _line.split():
        _LANGUAGES[_word] = (*_LANGUAGES.get(_word, ()), _language)
MAX_CHARACTERS = 40_000
"""Characters that are enough to tell."""
MIN_WORDS = 20
"""Fewest words that tell a language; a title alone may be a name."""
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str | None:
    """Return the language of a text as ISO 639-1; None where it is too short, or two are as likely.

    >>> language_of("The tasks of the authority and of the court are set out in this act. " * 5)
    'en'
    >>> language_of("Die Aufgaben der Behörde und des Gerichts sind in den Artikeln festgelegt. " * 5)
    'de'
    >>> language_of("Annex I")
    """
    counted: Counter[str] = Counter()
    for word in _WORD.findall(text[:MAX_CHARACTERS].lower()):
        counted.update(_LANGUAGES.get(word, ()))
    (first, most), (_, next_most) = [*counted.most_common(2), ("", 0), ("", 0)][:2]
    return first if most >= MIN_WORDS and most > next_most else None
