"""Filters: what a reader asks for, checked against the facets that there are.

Values of one facet are alternatives, facets narrow each other down.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlencode

from crawler.errors import RoundupError
from crawler.feeds.facets import FACETS
from crawler.sources.vocabulary import JURISDICTION_SAID

SUBSCRIPTION = 50
"""Entries in the document that feed readers fetch."""

MAX_VALUES = 50
"""Most values one filter may hold."""


class UnknownFilterError(RoundupError):
    """A filter names a facet or a value that there is none of: the address is wrong, or out of date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Facets and values, sorted and each once: the same filter whatever the order it was written in."""

    pairs: tuple[tuple[str, str], ...] = ()

    @property
    def query(self) -> str:
        """Return the filter as the query of an address, empty where nothing is filtered."""
        return urlencode(self.pairs)

    def values(self, facet: str) -> tuple[str, ...]:
        """Return the values chosen of a facet."""
        return tuple(value for name, value in self.pairs if name == facet)


def chosen(pairs: Iterable[tuple[str, str]]) -> Filter:
    """Return the filter that names and values of an address ask for; empty values ask for nothing, as forms send them.

    A jurisdiction may be called by its short form: the filter, and so the feed, is the same.

    Raises:
        UnknownFilterError: a name is no facet, a value is not in its closed list, there are more than MAX_VALUES
        values, or
            a section is asked for without its one document.

    >>> chosen([("kind", "guidance"), ("jurisdiction", ""), ("kind", "act")]).query
    'kind=act&kind=guidance'
    >>> chosen([("jurisdiction", "EU")]) == chosen([("jurisdiction", "European Union")])
    True
    """
    wanted = {(name, _named(name, value)) for name, value in pairs if value}
    for name, value in sorted(wanted):
        if name not in FACETS:
            raise UnknownFilterError(unknown_filter(name, {one.name: one.label for one in FACETS.values()}))
        facet = FACETS[name]
        if facet.values is not None and not facet.more and value not in facet.values:
            raise UnknownFilterError(unknown_value(facet.label, value, facet.values))
    if len(wanted) > MAX_VALUES:
        raise UnknownFilterError(f"more than {MAX_VALUES} values in one filter")
    filter = Filter(pairs=tuple(sorted(wanted)))
    if filter.values("section") and len(filter.values("document")) != 1:
        raise UnknownFilterError("a section is one of a document: name that document, and only that one, beside it")
    return filter


def _named(facet: str, value: str) -> str:
    return JURISDICTION_SAID.get(value.casefold(), value) if facet == "jurisdiction" else value


LISTED = 20
"""Most choices that are listed."""
_MAX_VALUE_CHARACTERS = 60
"""Most characters of what was asked that are repeated and compared."""
_LIKE = 0.6
"""How like two words must be, as :mod:`difflib` counts it."""


def unknown_filter(name: str, labels: Mapping[str, str]) -> str:
    """Return what to say of a name that is no filter; ``labels`` are those of all filters, by name.

    >>> unknown_filter("topc", {"topic": "Topic", "kind": "Kind"})
    'There is no filter “topc”. Did you mean “Topic” (topic)?'
    >>> unknown_filter("x", {"topic": "Topic", "kind": "Kind"})
    'There is no filter “x”. One can filter by: Topic, Kind.'
    """
    said = f"There is no filter “{_short(name)}”."
    return f"{said} {_meant(name, labels) or f'One can filter by: {_listed(labels.values())}.'}"


def unknown_value(label: str, given: str, choices: Mapping[str, str], *, listed: bool = True) -> str:
    """Return what to say of a value that is none of a filter; ``choices`` are its values with their words.

    >>> unknown_value("Service or profession", "housin", {"housing": "Housing", "health": "Health"})
    'There is no “housin” under “Service or profession”. Did you mean “Housing” (housing)?'
    >>> unknown_value("Service or profession", "zzz", {"housing": "Housing", "health": "Health"})
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
