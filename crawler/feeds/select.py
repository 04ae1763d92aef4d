"""Filters: what a reader asks for, checked against the facets that there are.

Values of one facet are alternatives, facets narrow each other down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from crawler.errors import RoundupError
from crawler.feeds import suggestions
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
            raise UnknownFilterError(suggestions.filter(name, {one.name: one.label for one in FACETS.values()}))
        facet = FACETS[name]
        if facet.values is not None and not facet.more and value not in facet.values:
            raise UnknownFilterError(suggestions.value(facet.label, value, facet.values))
    if len(wanted) > MAX_VALUES:
        raise UnknownFilterError(f"more than {MAX_VALUES} values in one filter")
    filter = Filter(pairs=tuple(sorted(wanted)))
    if filter.values("section") and len(filter.values("document")) != 1:
        raise UnknownFilterError("a section is one of a document: name that document, and only that one, beside it")
    return filter


def _named(facet: str, value: str) -> str:
    return JURISDICTION_SAID.get(value.casefold(), value) if facet == "jurisdiction" else value
