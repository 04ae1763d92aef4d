"""What the APIs of the UK Parliament share: JSON read strictly, dates without a zone, words of closed lists, pages.

Source: the OpenAPI descriptions at https://bills-api.parliament.uk/swagger/v1/swagger.json and on the sister hosts.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.bodies.html import plain_words
from crawler.errors import ParseError
from crawler.model import Capture, Page, Problem, Statement, digest_of
from crawler.protocols.govuk.json_access import Item, load
from crawler.protocols.listed import Following, number, unread
from crawler.text import clean, counted

MAX_SKIP = 10_000
"""Results that are skipped at most: committees-api answers 500 after half a minute to a deep ``Skip`` (2026)."""

HOUSES = frozenset({"Commons", "Lords"})
NO_HOUSE = frozenset({"All", "Unassigned", "Bicameral", "Joint"})
"""Words that the APIs have for both Houses, or none."""

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)
_ID = re.compile(r"[A-Za-z0-9]{1,20}", re.ASCII)
_ELLIPSIS = ("...", "\u2026")
_Read = TypeVar("_Read")


@dataclass(slots=True)
class Faults:
    """What is wrong with parts of a page that is read all the same, gathered while it is read."""

    unknown: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def problems(self) -> tuple[Problem, ...]:
        """Return one problem for each fault, each once."""
        return (
            *(Problem(kind="unknown value", detail=each) for each in dict.fromkeys(self.unknown)),
            *(Problem(kind="unreadable entry", detail=each) for each in dict.fromkeys(self.unreadable)),
        )

    def each(self, items: Sequence[Item], read: Callable[[Item], _Read]) -> list[_Read]:
        """Read entries one by one: one that is not what the API promises costs only itself, unless all are so."""
        found: list[_Read] = []
        failed: list[ParseError] = []
        for item in items:
            try:
                found.append(read(item))
            except ParseError as error:
                failed.append(error)
        if failed and not found:
            raise failed[0]
        self.unreadable += [error.reason for error in failed]
        return found


def opened(capture: Capture) -> Item:
    """Return the JSON object an answer is; an answer that is a list is one whose field ``items`` is that list."""
    body = capture.body.removeprefix(b"\xef\xbb\xbf").strip()
    return load(capture.url, b'{"items":' + body + b"}" if body[:1] == b"[" else body)


def inside(item: Item) -> Item:
    """Return the object inside the envelope ``{value, links}`` that some of the APIs put around each."""
    return item.item("value") if "value" in item.value else item


def stated(item: Item, key: str) -> str | None:
    """Return a date, or a date and time, as it is stated: midnight is the day alone, and no zone is added.

    The year 1 is how these services write that there is none.
    """
    found = item.text_or_none(key)
    if found is None:
        return None
    match = _TIME.fullmatch(found)
    try:
        if match is None or not match[2]:
            day = date.fromisoformat(found)
        else:
            day = datetime.fromisoformat(f"{match[1]}T{match[2]}").date()
    except ValueError:
        raise item.wrong(key, f"is {found[:40]!r}, no date") from None
    if day.year == 1:
        return None
    if not 1200 <= day.year <= 2200:
        raise item.wrong(key, f"is {found[:40]!r}, a date that cannot be")
    if match is None or not match[2] or match[2] in {"00:00", "00:00:00"}:
        return day.isoformat()
    return f"{match[1]}T{match[2]}{match[3] or ''}"


def named(item: Item, key: str, words: Iterable[str], faults: Faults) -> str:
    """Return a word of a closed list, the empty text where there is none; one that we do not know is a fault."""
    found = item.text_or_none(key) or ""
    if found and found not in words:
        faults.unknown.append(f"{key} {found[:60]!r}")
    return found


def house_of(item: Item, faults: Faults, key: str = "house") -> str:
    """Return the House a thing belongs to, the empty text for both or none."""
    found = named(item, key, HOUSES | NO_HOUSE, faults)
    return "" if found in NO_HOUSE else found


def event_in_house(text: str, house: str) -> str:
    """Return an event with the House it happened in.

    >>> event_in_house("2nd reading", "Commons"), event_in_house("Royal Assent", "")
    ('2nd reading (Commons)', 'Royal Assent')
    """
    return f"{text} ({house})" if house else text


def dates(document: str, events: Iterable[tuple[str, str, str | None]]) -> tuple[Statement, ...]:
    """Return dates as statements: event, qualification, date. One without a date says nothing.

    Where an event has several dates, each is told by its date, so that none looks moved when another is added.
    """
    told: dict[tuple[str, str], list[str]] = {}
    for event, qualification, day in events:
        if day:
            told.setdefault((event, qualification), []).append(day)
    found = []
    for (event, qualification), days in told.items():
        several = len(set(days)) > 1
        for day in sorted(set(days)):
            said = f"{qualification} one of several: {day}".strip() if several else qualification
            fields = {"event": event, "date": day, "qualification": said}
            found.append(Statement(kind="date", document=document, fields=fields))
    return tuple(found)


def plain(markup: str, url: str) -> str:
    """Return the words of a text that may be HTML."""
    return plain_words(markup, url) if "<" in markup or "&" in markup else clean(markup)


def identifier(item: Item, key: str) -> str:
    """Return an id that may stand in an address: a text of letters and digits."""
    found = item.text(key)
    if not _ID.fullmatch(found):
        raise item.wrong(key, f"is {found[:40]!r}, no id")
    return found


def mark(*values: object) -> str:
    """Return a mark of JSON values that changes when they do, whatever characters they hold."""
    return digest_of(json.dumps(values, sort_keys=True))[:16]


def is_cut(text: str) -> bool:
    """Return whether a list shows only the beginning of a text."""
    return text.rstrip().endswith(_ELLIPSIS)


def origin(url: str) -> str:
    """Return scheme and host of an address.

    >>> origin("https://bills-api.parliament.uk/api/v1/Bills?Skip=20")
    'https://bills-api.parliament.uk'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def address(base: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Return an address with these parameters in place of its own."""
    return urlsplit(base)._replace(query=urlencode(tuple(pairs)), fragment="").geturl()


def following(capture: Capture, found: int, total: int) -> Following:
    """Return the link to the next page of a list, or why its rest cannot be read; neither on the last page.

    ``found`` are the results on this page, ``total`` what the API says there are in all.
    """
    pairs = parse_qsl(urlsplit(capture.url).query, keep_blank_values=True)
    skipped = next((value for name, value in pairs if name.lower() == "skip"), "0")
    start = number(skipped, 0)
    reached = start + found
    if reached >= total:
        return (), ()
    if not found:
        return unread(f"the list ends after {counted(start, 'result')}; it says that it has {total}")
    if reached > MAX_SKIP:
        rest_lies = counted(total - reached, "result lies", "results lie")
        detail = f"{rest_lies} behind the first {MAX_SKIP}, after which the API fails"
        return unread(detail)
    name = next((name for name, _ in pairs if name.lower() == "skip"), "Skip")
    rest = [(key, value) for key, value in pairs if key.lower() != "skip"]
    url = address(capture.url, [*rest, (name, str(reached))])
    role = capture.link.role if capture.link.role == "statement" else "next"
    return (replace(capture.link, url=url, role=role),), ()


def listed(
    capture: Capture, read: Callable[[Item, Faults], Page], key: str = "items", cursor: str | None = None
) -> Page:
    """Return a page of a list, each entry read as a page of one document."""
    body, faults = opened(capture), Faults()
    items, total = body.items(key), body.number("totalResults")
    found = faults.each(items, lambda item: read(inside(item), faults))
    links = {link.url: link for page in found for link in page.links}
    more, gap = following(capture, len(items), total)
    return Page(
        documents=tuple({page.documents[0].id: page.documents[0] for page in found}.values()),
        versions=tuple({page.documents[0].id: each for page in found for each in page.versions}.values()),
        statements=tuple(each for page in found for each in page.statements),
        links=(*links.values(), *more),
        problems=(*faults.problems(), *gap),
        # Where the API itself says that there are none, it is no outage.
        entries=len(items) if items or total else None,
        newest=max((page.newest for page in found if page.newest), default=None),
        total=total,
        cursor=cursor,
        listed=tuple(page.documents[0].id for page in found),
    )
