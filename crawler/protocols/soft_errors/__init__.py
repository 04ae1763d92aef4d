"""What servers say instead of a document while they call it one: that it is missing, that they are closed, a check.

In the official languages of the EU and the UK. Only titles are looked at: texts of law and guidance speak of missing
people and of pages that do not exist, too. A title says that a page is missing, or a site closed, as a whole, or with a
word for it and a way to say so, both of one language; or with the number of the error and nothing else.
"""

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


MAX_CLOSED_CHARACTERS = 80
"""Most characters of such a title."""

_CLOSED = {name: pattern(ways) for name, ways in phrases("closed").items()}
_SITES = {name: frozenset(listed(words)) for name, words in phrases("site").items()}
_CLOSED_ALONE = titles(*phrases("failed").values())
_BARE = titles(*phrases("bare").values())
_CLOSED_NUMBERS = frozenset({"500", "501", "502", "503", "504"})
_CLOSED_SAID = ERROR | {word for whole in _CLOSED_ALONE for word in whole.split()}
"""Words that may stand beside the number of an error."""


def says_closed(title: str) -> bool:
    """Return whether a title says that a site is closed for now, or that its server failed.

    >>> says_closed("Site under maintenance"), says_closed("503 Service Unavailable"), says_closed("Child maintenance")
    (True, True, False)
    """
    if len(title) > MAX_CLOSED_CHARACTERS:
        return False
    text = plain(title)
    words = WORD.findall(text)
    if " ".join(words) in _CLOSED_ALONE:
        return True
    known = set(words)
    if len(words) > 1 and known & _CLOSED_NUMBERS and known <= _CLOSED_NUMBERS | _CLOSED_SAID:
        return True
    return any(known & sites and _CLOSED[name].search(text) for name, sites in _SITES.items())


def may_say_closed(title: str) -> bool:
    """Return whether a title may say so: where there is next to nothing else to read.

    >>> may_say_closed("Maintenance"), may_say_closed("Maintenance payments")
    (True, False)
    """
    return len(title) <= MAX_CLOSED_CHARACTERS and " ".join(WORD.findall(plain(title))) in _BARE


_TITLES = titles(*read_table(Path(__file__).with_name("robot_checks.yaml")).values())


def says_check(title: str) -> bool:
    """Return whether a title is that of a robot check, or says that access is denied.

    >>> says_check("Hetki vain…"), says_check("Access to justice")
    (True, False)
    """
    return " ".join(WORD.findall(plain(title))) in _TITLES
