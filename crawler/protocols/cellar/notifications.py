"""Notifications: what CELLAR says of its own changes, as Atom, in windows of time.

Source: the CELLAR end-user manual (notification service). The title, link and id of an entry hold unrendered names of
variables (``$item.title``): only the elements of the service's own namespace and the time are real. A work is notified
several times within minutes, so that its newest entry counts; an entry is known by CELLAR id and time. Elements repeat,
and a reader of feeds that keeps the last one loses the CELEX number. A window without entries is a valid answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from crawler.errors import ParseError
from crawler.model import Capture, Link, Page, Problem, Walk
from crawler.protocols.cellar import addresses, dates
from crawler.protocols.markup import Element, name_of, value, words
from crawler.text import moment, stamp

MINUTES, WINDOWS = 60, 48
SETTLED = timedelta(minutes=10)
"""How old a window must be before it is read: entries arrive late, and the clocks differ."""
BEHIND = "behind"
"""Fact of the last window of a walk: the time up to which there was more than it may read."""

_ENTRY = "{http://publications.europa.eu/atom/notificationEntry}"
_REQUEST = "{http://publications.europa.eu/atom/notificationRequest}"
_ATOM = "{http://www.w3.org/2005/Atom}"
_STEP = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One notification: the work by CELLAR's own name, when, everything it is called, and its classes."""

    cellar: str
    time: str
    names: tuple[str, ...]
    classes: frozenset[str]


def windows(walk: Walk, *, minutes: int, most: int) -> Iterator[Link]:
    """Yield the windows from the cursor to the clock, the oldest first, each with the cursor that the walk leaves.

    The cursor is the end of the last window that was read; without one the walk reads the newest windows it may. Where
    there are more than it may read, the last one says so and the next walk goes on: nothing is left out.
    """
    step = timedelta(minutes=minutes)
    last = _floor(walk.clock.astimezone(UTC) - SETTLED)
    first = _start(walk.cursor) or last - step * min(most, 24 * 60 // minutes or 1)
    spans = [(first + step * place, min(first + step * (place + 1), last)) for place in range(most)]
    spans = [span for span in spans if span[0] < span[1]]
    for start, end in spans:
        facts = {"cursor": stamp(spans[-1][1])}
        if end == spans[-1][1] and end < last:
            facts[BEHIND] = stamp(last)
        yield Link(url=window(start, end), role="listing", facts=facts, accept=addresses.ATOM)


def _start(cursor: str) -> datetime | None:
    try:
        return moment(cursor) if cursor else None
    except ValueError:
        return None


def _floor(time: datetime) -> datetime:
    """Return a time without what is left of its last five minutes, so that walks ask for the same windows."""
    return time.replace(minute=time.minute - time.minute % _STEP, second=0, microsecond=0)


def window(start: datetime, end: datetime, page: int = 1) -> str:
    """Return the address of a page of a window. Times have a zone: without one they are read as those of Brussels.

    >>> window(datetime(2026, 8, 5, 8, tzinfo=UTC), datetime(2026, 8, 5, 8, 5, tzinfo=UTC)).partition("?")[2]
    'startDate=2026-08-05T08%3A00%3A00%2B00%3A00&endDate=2026-08-05T08%3A05%3A00%2B00%3A00&wemiClasses=work&page=1'
    """
    span = [quote(each.astimezone(UTC).isoformat(timespec="seconds"), safe="") for each in (start, end)]
    return f"{addresses.NOTIFICATIONS}?startDate={span[0]}&endDate={span[1]}&wemiClasses=work&page={page}"


def is_feed(root: Element) -> bool:
    """Return whether a document is an answer of the notification service, as Atom or as RSS."""
    return name_of(root) in ("feed", "rss") and next(root.iter(f"{_REQUEST}moreEntries"), None) is not None


def feed(root: Element, capture: Capture, items: frozenset[str], classes: frozenset[str]) -> Page:
    """Read a page of a window: a link to the notice of each work that is wanted, with the time as token.

    ``items`` are ids of works that are wanted, ``classes`` names of classes; where both are empty all works are. No
    documents come of it: notifications state no title.

    Raises:
        ParseError: the page does not say whether more follow, or which page it is.
    """
    read = [_entry(each) for each in [*root.iter(f"{_ATOM}entry"), *root.iter("item")]]
    entries = {(each.cellar, each.time): each for each in read if isinstance(each, Entry)}
    newest: dict[str, Entry] = {}
    for each in sorted(entries.values(), key=lambda entry: entry.time):
        newest[each.cellar] = each
    kept = [each for each in newest.values() if _is_wanted(each, items, classes)]
    links = [link for each in kept if (link := _link(each))]
    problems = [each for each in read if isinstance(each, Problem)]
    more = _following(root, capture)
    if more:
        links.append(more)
    elif behind := capture.link.facts.get(BEHIND):
        detail = f"read up to {capture.link.facts.get('cursor')}; changes up to {behind} wait for the next walks"
        problems.append(Problem(kind="gap", detail=detail))
    return Page(
        links=tuple(_once(links)),
        problems=tuple(dict.fromkeys(problems)),
        entries=len(newest) or None,
        newest=max((each.time for each in newest.values()), default=None),
        cursor=capture.link.facts.get("cursor"),
    )


def _entry(element: Element) -> Entry | Problem:
    cellar = value(element, f"{_ENTRY}cellarId")
    said = value(element, f"{_ATOM}updated") or value(element, f"{_ENTRY}updated") or value(element, "pubDate")
    time = dates.time(said)
    if not cellar or not time:
        return Problem(kind="unreadable entry", detail=f"a notification without {'time' if cellar else 'a work'}")
    names = (unquote(words(each)) for each in element.iter(f"{_ENTRY}identifier"))
    classes = (words(each).rpartition("#")[2] for each in element.iter(f"{_ENTRY}class"))
    return Entry(cellar=cellar, time=time, names=tuple(filter(None, names)), classes=frozenset(classes))


def _is_wanted(entry: Entry, items: frozenset[str], classes: frozenset[str]) -> bool:
    if not items and not classes:
        return True
    return bool(classes & entry.classes) or addresses.identity(entry.names) in items


def _link(entry: Entry) -> Link | None:
    """Return the link to the notice of a work; of a consolidated text that of its basic act, which lists it.

    A consolidation that is being worked on (``…_0010010``) is not there for readers yet, and nothing is asked of it.
    """
    own = [each for each in entry.names if not each.startswith("consolidation:")]
    if not own and entry.names and addresses.consolidated(entry.names) is None:
        return None
    document = addresses.identity([*entry.names, entry.cellar])
    return addresses.notice(document, token=entry.time) if document else None


def _once(links: list[Link]) -> list[Link]:
    """Return one link for each address, the one with the newest token."""
    found: dict[str, Link] = {}
    for each in links:
        if each.url not in found or found[each.url].token < each.token:
            found[each.url] = each
    return list(found.values())


def _following(root: Element, capture: Capture) -> Link | None:
    said = next((words(each).lower() for each in root.iter(f"{_REQUEST}moreEntries")), "")
    if said not in ("true", "false"):
        raise ParseError(capture.url, f"notifications that do not say whether more follow ({said!r})")
    if said == "false":
        return None
    page = next((words(each) for each in root.iter(f"{_REQUEST}page")), "")
    if not page.isascii() or not page.isdigit() or len(page) > 6:
        raise ParseError(capture.url, f"notifications that do not say which page they are ({page!r})")
    parts = urlsplit(capture.link.url)
    kept = [(name, told) for name, told in parse_qsl(parts.query) if name != "page"]
    query = "&".join(f"{name}={quote(told, safe='')}" for name, told in [*kept, ("page", str(int(page) + 1))])
    url = parts._replace(query=query, fragment="").geturl()
    return Link(url=url, role="next", facts=dict(capture.link.facts), accept=addresses.ATOM)
