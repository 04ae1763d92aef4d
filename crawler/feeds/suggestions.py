"""What to say of a filter that there is none of: in the words of its form, with what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

LISTED = 20
"""Most choices that are listed."""
_MAX_VALUE_CHARACTERS = 60
"""Most characters of what was asked that are repeated and compared."""
_LIKE = 0.6
"""How like two words must be, as :mod:`difflib` counts it."""


def filter(name: str, labels: Mapping[str, str]) -> str:
    """Return what to say of a name that is no filter; ``labels`` are those of all filters, by name.

    >>> filter("topc", {"topic": "Topic", "kind": "Kind"})
    'There is no filter “topc”. Did you mean “Topic” (topic)?'
    >>> filter("x", {"topic": "Topic", "kind": "Kind"})
    'There is no filter “x”. One can filter by: Topic, Kind.'
    """
    said = f"There is no filter “{_short(name)}”."
    return f"{said} {_meant(name, labels) or f'One can filter by: {_listed(labels.values())}.'}"


def value(label: str, given: str, choices: Mapping[str, str], *, listed: bool = True) -> str:
    """Return what to say of a value that is none of a filter; ``choices`` are its values with their words.

    >>> value("Service or profession", "housin", {"housing": "Housing", "health": "Health"})
    'There is no “housin” under “Service or profession”. Did you mean “Housing” (housing)?'
    >>> value("Service or profession", "zzz", {"housing": "Housing", "health": "Health"})
    'There is no “zzz” under “Service or profession”. There is: Housing, Health.'
    """
    said = f"There is no “{_short(given)}” under “{label}”."
    if meant := _meant(given, choices):
        return f"{said} {meant}"
    return f"{said} There is: {_listed(choices.values())}." if choices and listed else said


def _meant(given: str, choices: Mapping[str, str]) -> str:
    """Return the question whether what is most like it was meant, by its key or its words; empty where nothing is."""
    known: dict[str, str] = {}
    for key, words in choices.items():
        for name in (words, key):
            known.setdefault(name.casefold().replace("_", " "), key)
    sought = given[:_MAX_VALUE_CHARACTERS].casefold().replace("_", " ").strip()
    found = get_close_matches(sought, known, n=1, cutoff=_LIKE)
    if not found:
        return ""
    key = known[found[0]]
    words = _capital(choices[key])
    return f"Did you mean “{words}”?" if words == key else f"Did you mean “{words}” ({key})?"


def _listed(words: Iterable[str]) -> str:
    every = [_capital(word) for word in words]
    more = f" and {len(every) - LISTED} more" if len(every) > LISTED else ""
    return ", ".join(every[:LISTED]) + more


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _short(given: str) -> str:
    return given if len(given) <= _MAX_VALUE_CHARACTERS else f"{given[:_MAX_VALUE_CHARACTERS]} …"
