"""What is watched of each body: since when its lists are complete, what they list, what is held, closed, by hand."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from crawler.public.database import Row
from crawler.sources import Registry

_WIDTH = 50
_NONE = "\u2013"
_COLUMNS = (
    ("sources", 8),
    ("off", 5),
    ("closed", 8),
    ("lists complete since", 27),
    ("listed", 9),
    ("held in all", 13),
    ("by hand", 9),
)


def figures(registry: Registry, known: Mapping[str, Row]) -> Iterator[dict[str, Any]]:
    """Yield the figures of each body; ``known`` are those that :func:`crawler.public.coverage.bodies` gives.

    ``complete_since`` is the latest year since which each of its lists that are read to the end is complete, None
    where one is not yet; ``read_to_end`` says how many of how many are.
    """
    sources = Counter(each.publisher for each in registry.sources.values())
    off = Counter(each.publisher for each in registry.sources.values() if not each.enabled)
    shut = {name for name, host in registry.hosts.items() if host.closed}
    closed = Counter(each.publisher for each in registry.sources.values() if urlsplit(each.url).netloc in shut)
    walked = Counter(each.publisher for each in registry.sources.values() if each.enabled and each.backfill)
    kept = Counter(each.publisher for each in registry.curated.by_hand.kept)
    for id, publisher in registry.publishers.items():
        row = known.get(id, {})
        complete = row.get("complete") or 0
        yield {
            "publisher": id,
            "name": publisher.name,
            "sources": sources[id],
            "switched_off": off[id],
            "closed": closed[id],
            "complete_since": row.get("since") if walked[id] and complete == walked[id] else None,
            "read_to_end": f"{complete} of {walked[id]}" if walked[id] else None,
            "listed": row.get("listed"),
            "held": row.get("held", 0),
            "by_hand": kept.pop(id, 0),
        }
    if kept:
        none = dict.fromkeys(("sources", "switched_off", "closed", "held"), 0)
        absent = dict.fromkeys(("complete_since", "read_to_end", "listed"))
        yield {"publisher": None, "name": "other bodies", **none, **absent, "by_hand": kept.total()}


def lines(bodies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the figures as a table, a body a line, and what the two that may be taken for a part and a whole count."""
    yield f"{'':<{_WIDTH}}" + "".join(f"{name:>{width}}" for name, width in _COLUMNS)
    for each in bodies:
        since = each["complete_since"] or _read_to_end(each["read_to_end"])
        told = [each["sources"], each["switched_off"], each["closed"], since, each["listed"], each["held"]]
        cells = zip([*told, each["by_hand"]], _COLUMNS, strict=True)
        line = "".join(f"{_NONE if value is None else value:>{width}}" for value, (_, width) in cells)
        yield f"{each['name'][: _WIDTH - 1]:<{_WIDTH}}{line}"
    yield "listed: what its lists had when last read, counted twice where two have it"
    yield "held in all: every document of the body that is held, also what no list of it has"


def _read_to_end(words: str | None) -> str | None:
    """Return ``0 of 8`` as a cell of the table says it."""
    return f"{re.sub(r'^0 ', 'none ', words)} read to the end" if words else None
