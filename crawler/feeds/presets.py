"""The feeds that most readers want, one for each value of a few facets: they also exist as files."""

import re
from collections.abc import Iterable
from hashlib import sha256

from crawler.feeds.facets import FACETS
from crawler.feeds.select import Filter, chosen
from crawler.sources.vocabulary import STATES

COMMON = ("topic", "role", "jurisdiction", "toolkit", "kind")
"""The facets of which each value has a feed as a file."""

OPEN = ("kind", "jurisdiction")
"""Those of them that can have values beside their closed list."""

EVERYTHING = "changes"
"""The place of the feed that is not filtered."""

_STATES = frozenset(STATES.values())
_PLAIN = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
_OTHER = re.compile(r"[^a-z0-9_]+")


def common(more: Iterable[tuple[str, str]]) -> tuple[Filter, ...]:
    """Return the filters of the common feeds: the closed lists in their order, each with what it has beside.

    The states of Europe are among them where an entry has one. ``more`` are the facets and values of announced entries,
    of the facets in OPEN.
    """
    others = tuple(more)
    filters = []
    for facet in COMMON:
        listed = tuple(value for value in FACETS[facet].values or () if value not in _STATES)
        beside = sorted({value for name, value in others if name == facet} - set(listed))
        filters += [chosen([(facet, value)]) for value in (*listed, *beside)]
    return tuple(filters)


def place(filter: Filter) -> str:
    """Return where the file of a filter stands below feeds/, without its ending; empty where it has none.

    >>> place(Filter()), place(chosen([("topic", "children")])), place(chosen([("jurisdiction", "Northern Ireland")]))
    ('changes', 'topic/children', 'jurisdiction/northern-ireland')
    >>> place(chosen([("topic", "children"), ("kind", "report")]))
    ''
    """
    if not filter.pairs:
        return EVERYTHING
    facet, value = filter.pairs[0]
    return f"{facet}/{_name(facet, value)}" if len(filter.pairs) == 1 and facet in COMMON else ""


def preset(filters: Iterable[Filter], facet: str, name: str) -> Filter | None:
    """Return the filter whose file is called that, or None."""
    return next((one for one in filters if place(one) == f"{facet}/{name}"), None)


def _name(facet: str, value: str) -> str:
    """Return the name of a file for a value, the same always; a value of no closed list may hold anything.

    >>> _name("kind", "policy_paper"), _name("jurisdiction", "United Kingdom")
    ('policy_paper', 'united-kingdom')
    >>> _name("kind", "../etc/passwd")
    'etc-passwd-7fef78f5'
    """
    name = _OTHER.sub("-", value.lower()).strip("-_")[:60]
    if value in (FACETS[facet].values or ()) or (value == name and _PLAIN.fullmatch(value)):
        return name
    return f"{name or 'value'}-{sha256(value.encode()).hexdigest()[:8]}"
