"""Titles that say "page not found", whatever the server says, in the official languages of the EU and the UK.

A title says so with a word for a page and a way to say that it is not there, both of one language, or with the number
of the error and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping

from crawler.protocols.soft_errors.normalise import WORD, listed, pattern, phrases, plain, titles

MAX_TITLE_CHARACTERS = 90
"""Most characters of such a title: a longer one tells of something."""
_OTHERS = 3
"""Most words beside the name of a thing and that it is not there."""

_NUMBERS = frozenset({"404", "410"})
ERROR = frozenset(
    WORD.findall(
        plain(
            "http error erreur fehler gwall fout foutmelding błąd status code chyba virhe viga kļūda klaida greška "
            "napaka eroare erro errore hiba hibakód σφάλμα κωδικός грешка код fel felkod felmeddelande fejl fejlkode "
            "feil feilkode żball earráid mearachd villa kod kód fehlercode virhekoodi veakood"
        )
    )
)
"""Words for an error, and for its number."""


def _naming(words: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the languages in which a word names a page, or something else that an address may lead to."""
    found: dict[str, tuple[str, ...]] = {}
    for name, named in words.items():
        for word in listed(named):
            found[word] = (*found.get(word, ()), name)
    return found


_GONE = {name: pattern(ways) for name, ways in phrases("gone").items()}
_ALONE = titles(*phrases("missing").values())
_PAGES = {**_naming(phrases("page")), "url": tuple(_GONE)}
_THINGS = _naming(phrases("thing"))
_SAID = ERROR | {
    word
    for key in ("page", "gone")
    for words in (*phrases(key).values(), "gone, the, la, le, die")
    for word in WORD.findall(plain(words))
}
"""Words that may stand beside the number of an error."""


def says_missing(title: str) -> bool:
    """Return whether a title says that what was asked for is not there.

    >>> says_missing("Sidan kunde inte hittas"), says_missing("404"), says_missing("A page about missing people")
    (True, True, False)
    """
    if len(title) > MAX_TITLE_CHARACTERS:
        return False
    text = plain(title)
    words = WORD.findall(text)
    if not _NUMBERS.isdisjoint(words) and all(word in _NUMBERS or word in _SAID for word in words):
        return True
    if " ".join(words) in _ALONE:
        return True
    known = set(words)
    if any(_GONE[name].search(text) for word in known & _PAGES.keys() for name in _PAGES[word]):
        return True
    return any(_is_gone(text, word, name) for word in known & _THINGS.keys() for name in _THINGS[word])


def _is_gone(text: str, thing: str, language: str) -> bool:
    """Return whether a title says of a thing that it is not there, and hardly anything else."""
    gone = _GONE[language].search(text)
    if gone is None:
        return False
    before, after = WORD.findall(text[: gone.start()]), WORD.findall(text[gone.end() :])
    beside, rest = (before, after) if thing in before else (after, before)
    return not rest and thing in beside and len(beside) <= 1 + _OTHERS
