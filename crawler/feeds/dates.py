"""Days ahead, and how they are told: in a calendar (iCalendar, RFC 5545), and on the page of dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from urllib.parse import urlencode

from icalendar import Calendar

from crawler.feeds.facets import value
from crawler.feeds.feed import LIMITS, Feed, link
from crawler.text import moment
from crawler.wording import day as in_words
from crawler.wording import legal, provision

TYPE = "text/calendar; charset=utf-8"

FILE = "dates.ics"
"""Name of the file, below feeds/."""

EVENTS: Mapping[str, str] = MappingProxyType({
    "in force": "In force",
    "applies": "Applies",
    "to be transposed": "To be transposed by this day",
    "closes": "Closes for answers",
    "deadline": "Deadline in the act",
    "released": "To be released",
    "end of validity": "End of validity",
})  # fmt: skip
"""What a day is of, in words."""

MAX_TITLE = 160
"""Most characters of the title of a document in that of its day."""

MAX_OCTETS = 74
"""Most octets of a line, without the blank that a folded one begins with."""

_END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day that is stated of a document: what happens on it, to what, where, and who says so.

    ``is_gone``: it is stated no more. ``sequence``: how often it moved, went or came back; ``changed`` is when that
    was seen last. ``stated`` is the day with its time, where one is stated; ``instrument`` the other document that
    says it.
    """

    id: str
    document: str
    event: str
    path: str
    provision: str
    qualification: str
    authority: str
    date: str
    stated: str
    changed: str
    title: str
    url: str
    kind: str
    jurisdiction: str
    issuer: str
    places: tuple[str, ...]
    topics: tuple[str, ...]
    instrument: str
    sequence: int
    is_gone: bool

    @property
    def what(self) -> str:
        """Return what happens on the day, in words."""
        return EVENTS[self.event]

    @property
    def where(self) -> str:
        """Return which provision it is of, as lawyers write it, empty for the whole."""
        if not self.path:
            return self.provision
        first, _, last = self.path.partition("..")
        named = [provision(each) or each.replace("-", " ") for each in (first, last) if each]
        return " to ".join([named[0], *(one[:1].lower() + one[1:] for one in named[1:])])

    @property
    def applies_in(self) -> str:
        """Return where it is so."""
        return ", ".join(self.places) or self.jurisdiction

    @property
    def time(self) -> str:
        """Return the time of day that is stated, empty where none is."""
        return self.stated[11:16] if self.stated[10:11] == "T" and self.stated[11:16] != "00:00" else ""

    @property
    def headline(self) -> str:
        """Return the day in one line."""
        title = self.title if len(self.title) <= MAX_TITLE else self.title[:MAX_TITLE].rpartition(" ")[0] + " …"
        return f"{self.what}: {', '.join(part for part in (title, self.where, self.qualification) if part)}"

    @property
    def facts(self) -> tuple[str, ...]:
        """Return what else is known, a sentence each."""
        said = ", ".join(part for part in (self.instrument, self.authority) if part)
        told = (
            f"Applies in: {self.applies_in}." if self.applies_in else "",
            f"As stated: until {self.time}." if self.time and self.event == "closes" else "",
            f"By: {said}." if said else "",
            f"No longer stated, seen on {in_words(self.changed)}." if self.is_gone else "",
            f"Changed {self.sequence} times, last seen on {in_words(self.changed)}."
            if self.sequence > 1 and not self.is_gone
            else "",
            f"Moved, seen on {in_words(self.changed)}." if self.sequence == 1 and not self.is_gone else "",
        )
        return tuple(one for one in told if one)


def render(days: Iterable[Day], feed: Feed) -> bytes:
    """Return days as a calendar, whole days that take nobody's time. The same days give the same bytes."""
    made = Calendar()
    made.add("prodid", "-//roundup//dates//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        made.add(name, f"{feed.title}: dates" if not feed.words else f"{feed.title} (dates)")
    for name in ("description", "x-wr-caldesc"):
        made.add(name, LIMITS)
    head = made.to_ical().removesuffix(_END)
    return b"".join((head, *(_event(one, feed) for one in days), _END))


def newest_change(days: Iterable[Day], otherwise: str) -> str:
    """Return when the last of some days was new or changed."""
    return max((one.changed for one in days), default=otherwise)


def _event(one: Day, feed: Feed) -> bytes:
    """Return a day as an event, its lines in the order of icalendar, which takes ten times as long to write them."""
    url, changed = link(one.url), f"{moment(one.changed):%Y%m%dT%H%M%SZ}"
    page = feed.address(f"calendar?{urlencode({'document': one.document})}")
    lines = [
        *one.facts,
        f"Open the official page before you act: {url}" if url else "",
        f"All its dates: {page}" if page else "",
    ]
    topics = ",".join(_escaped(value("topic", topic)) for topic in one.topics)
    properties = (
        "BEGIN:VEVENT",
        f"SUMMARY:{_escaped(one.headline)}",
        f"DTSTART;VALUE=DATE:{date.fromisoformat(one.date):%Y%m%d}",
        f"DTSTAMP:{changed}",
        f"UID:{_escaped(feed.tag(f'date/{one.id}'))}",
        f"SEQUENCE:{one.sequence}",
        f"CATEGORIES:{topics}" if topics else "",
        "CLASS:PUBLIC",
        "DESCRIPTION:" + _escaped("\n".join(line for line in lines if line)),
        f"LAST-MODIFIED:{changed}",
        f"STATUS:{'CANCELLED' if one.is_gone else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        f"URL:{url}" if url else "",
        "END:VEVENT",
    )
    return b"".join(_folded(line) for line in properties if line)


def _escaped(text: str) -> str:
    """Return a text as a value (RFC 5545, 3.3.11)."""
    marked = legal(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return marked.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> bytes:
    """Return a line folded (RFC 5545, 3.1), never within a character or behind the first of an escaped one."""
    octets, pieces = line.encode(), []
    while len(octets) > MAX_OCTETS:
        end = MAX_OCTETS
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        end -= octets[end - 1] in b"\\^"
        pieces.append(octets[:end])
        octets = octets[end:]
    return b"\r\n ".join((*pieces, octets)) + b"\r\n"
