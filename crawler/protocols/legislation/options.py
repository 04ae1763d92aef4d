"""The options of a source of legislation.gov.uk, and the first links of its walks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlsplit

from crawler.model import Link, Walk
from crawler.protocols.legislation.log import PREFIX, effects_url
from crawler.protocols.legislation.names import SITE, TYPES, address, data_url, day, uk_date
from crawler.protocols.legislation.paging import is_feed
from crawler.sources import Source

OPTIONS: dict[str, tuple[type, str]] = {
    "feed": (
        str,
        "how the source is walked: list (its url is a feed: a search, a list or new legislation; the default), "
        "log (its url is a Publication Log, read day by day) or items (the instruments named below)",
    ),
    "items": (list, "with feed: items, the instruments that are tracked, such as ukpga/2015/30"),
    "logs": (bool, "with feed: items, read the newest events of each instrument in the Publication Log as well"),
    "effects": (bool, "read effects feeds: those of tracked instruments, and those that a log announces"),
    "types": (list, "keep only instruments of these types, such as ukpga or uksi; all where there is none"),
    "days": (int, "with feed: log, the most days that one walk reads, the oldest first; 7 where it does not say"),
    "pages": (int, "most pages of one walk; a busy day of the whole log has more than 60"),
}

PARAMETERS = frozenset(
    {
        "title", "text", "sort", "sortorder", "results-count", "page", "number", "event", "new", "format", "language",
        "republished",
    }
)  # fmt: skip
"""What feeds of the site may be asked by. It drops any other without a word, and serves everything."""
_DATE = re.compile(r"(?<![^/])\d{4}-\d{1,2}-\d{1,2}(?![^/])")

FEEDS = ("list", "log", "items")
DAYS = 7


def problems(source: Source) -> list[str]:
    """Give what is wrong with the options and the address of a source, one line each; none means it can be walked."""
    found = [f"options.types: unknown type {each!r}" for each in _list(source, "types") if each not in TYPES]
    feed = source.options.get("feed", "list")
    if feed not in FEEDS:
        found.append(f"options.feed: expected one of {', '.join(FEEDS)}, not {feed!r}")
    if feed == "items":
        found += _wrong_items(source)
    if feed != "items":
        found += _wrong_address(source.url)
    if feed == "log" and not (urlsplit(source.url).path.startswith(PREFIX) and is_feed(source.url)):
        found.append(f"url: expected a Publication Log (…/update/…/data.feed), not {source.url}")
    for name in ("days", "pages"):
        most = source.options.get(name, 1)
        if not isinstance(most, int) or most < 1:
            found.append(f"options.{name}: expected at least 1, not {most!r}")
    return found


def _list(source: Source, name: str) -> list[object]:
    stated = source.options.get(name, [])
    return stated if isinstance(stated, list) else [stated]


def _wrong_address(url: str) -> Iterator[str]:
    """What the site would not refuse: for a day that cannot be, its log answers with all days it ever had."""
    parts = urlsplit(url)
    for name, _ in parse_qsl(parts.query, keep_blank_values=True):
        if name not in PARAMETERS:
            known = ", ".join(sorted(PARAMETERS))
            yield f"url: unknown parameter {name!r}, which the site would ignore; expected {known}"
    for stated in _DATE.findall(parts.path):
        if day(stated) is None:
            yield f"url: {stated} is no day"


def _wrong_items(source: Source) -> Iterator[str]:
    items = _list(source, "items")
    if not items:
        yield "options.items: names no instrument"
    for each in items:
        where = address(f"/{each}")
        if where is None or where.item != each:
            yield f"options.items: no instrument of legislation.gov.uk: {each!r}"


def first_links(source: Source, walk: Walk) -> Iterator[Link]:
    """Give the first links of a walk over a source whose options are right."""
    feed = source.options.get("feed", "list")
    if feed == "items":
        yield from _items(source)
    elif feed == "log":
        yield from _days(source, walk)
    else:
        yield Link(url=source.url, role="listing")


def _days(source: Source, walk: Walk) -> Iterator[Link]:
    """Give the log of each day since the cursor, which is the last day that was over when it was read.

    The log counts its days in local time. Each link carries the cursor that the walk leaves once all of it was read.
    """
    most = source.options.get("days", DAYS)
    most = most if isinstance(most, int) else DAYS
    today = uk_date(walk.clock)
    done = day(walk.cursor)
    first = date.fromisoformat(done) + timedelta(days=1) if done else today - timedelta(days=most - 1)
    days = [first + timedelta(days=count) for count in range(min(most, (today - first).days + 1))]
    parts = urlsplit(source.url)
    for each in days:
        path = f"{PREFIX}{each.isoformat()}/{parts.path.removeprefix(PREFIX)}"
        cursor = min(days[-1], today - timedelta(days=1)).isoformat()
        yield Link(url=parts._replace(path=path).geturl(), role="listing", facts={"cursor": cursor})


def _items(source: Source) -> Iterator[Link]:
    for each in map(str, _list(source, "items")):
        yield Link(url=data_url(each), role="document")
        if source.options.get("logs"):
            yield Link(url=f"{SITE}{PREFIX}{each}/data.feed", role="statement", parent=each)
        if source.options.get("effects"):
            yield Link(url=effects_url(each, "affected"), role="statement", parent=each)
