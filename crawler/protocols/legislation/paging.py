"""Pages of the Atom feeds: which is the next, how many entries there are in all, what is wrong with some."""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from crawler.model import Capture, Problem
from crawler.protocols.legislation.names import TYPES
from crawler.protocols.legislation.tree import LEG, SEARCH, Element, links, words
from crawler.text import clean


def whole(text: str) -> int | None:
    """Return a whole number, None where the text is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def total_of(root: Element) -> int | None:
    """Return how many entries the feed says it has in all; listings say so on small and last pages only."""
    return whole(words(root.find(f"{SEARCH}totalResults")))


def page_of(root: Element, capture: Capture) -> int:
    """Return the number of a page, from the feed or from its address; 1 where neither says."""
    asked = dict(parse_qsl(urlsplit(capture.url).query)).get("page", "")
    return whole(words(root.find(f"{LEG}page"))) or whole(asked) or 1


def next_page(root: Element, capture: Capture, entries: int) -> str | None:
    """Return the address of the next page, or None on the last.

    The address is always made from the one that answered: page 1 of the Publication Log offers
    ``…sortorder=descending?page=2``, which serves page 1 again. ``leg:morePages`` means three different things in
    three kinds of feed and is not read; that a next link is there, or ``totalResults``, is what counts.
    """
    if not entries:
        return None
    page = page_of(root, capture)
    size, total = whole(words(root.find(f"{SEARCH}itemsPerPage"))), total_of(root)
    more = total is not None and size is not None and page * size < total
    if not more and next(links(root, "next"), None) is None:
        return None
    return with_page(capture.url, page + 1)


def with_page(url: str, page: int) -> str:
    """Return the address of another page of a feed, on the host that answered.

    >>> with_page("https://www.legislation.gov.uk/update/data.feed?new=true&page=2", 3)
    'https://www.legislation.gov.uk/update/data.feed?new=true&page=3'
    """
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if pair and pair.partition("=")[0] != "page"]
    return parts._replace(query="&".join([*kept, f"page={page}"]), fragment="").geturl()


def is_feed(url: str) -> bool:
    """Return whether an address is a feed: a page past the end is redirected away from it, to a web page."""
    return urlsplit(url).path.endswith("/data.feed")


def is_unordered(url: str) -> bool:
    """Return whether new entries of a list may stand on any page: searches by title or text drop every ``sort``.

    >>> is_unordered("https://www.legislation.gov.uk/title/slavery/data.feed"), is_unordered("https://x/new/data.feed")
    (True, False)
    """
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    return parts.path.startswith("/title/") or bool({"title", "text"} & asked.keys()) or asked.get("sort") == "title"


def text_of(url: str) -> str:
    """Return the words for which a feed searches in texts, empty where it does not.

    >>> text_of("https://www.legislation.gov.uk/all/data.feed?text=%22forced%20labour%22&page=2")
    '"forced labour"'
    """
    return dict(parse_qsl(urlsplit(url).query)).get("text", "")


def unreadable(identifier: str) -> Problem:
    """Return what is wrong with an entry whose id names no instrument we know."""
    step = clean(identifier).removeprefix("http://www.legislation.gov.uk/").removeprefix("id/").partition("/")[0]
    if step and step not in TYPES:
        return Problem(kind="unknown type", detail=f"{step!r} in {clean(identifier)}")
    return Problem(kind="unreadable entry", detail=f"names no instrument: {clean(identifier) or 'no id'}")


def gathered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems of a page with one of each kind, so that a feed full of a new type is one issue."""
    kinds: dict[str, list[str]] = {}
    for each in problems:
        kinds.setdefault(each.kind, []).append(each.detail)
    return tuple(Problem(kind=kind, detail="; ".join(dict.fromkeys(told))) for kind, told in kinds.items())
