"""Names on legislation.gov.uk: type codes, instrument ids, addresses and the dates inside them.

The codes are those of https://github.com/legislation/data-documentation (model/uris/reference.md).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from crawler.protocols.summer_time import is_summer
from crawler.sources.yaml_positions import read_table
from crawler.text import moment, stamp

SITE = "https://www.legislation.gov.uk"
LOG = "/update/"
"""What the path of a Publication Log begins with."""
HOSTS = frozenset({"www.legislation.gov.uk", "legislation.gov.uk", "legislation.data.gov.uk"})
"""Feeds and documents name one another on all of these; ``legislation.data.gov.uk`` was the internal host of 2015."""

Category = Literal["primary", "secondary", "draft", "eu", "impact assessment"]


@dataclass(frozen=True, slots=True)
class Type:
    """A type of instrument: its code in addresses, its name in metadata, and what we call it."""

    code: str
    name: str
    kind: str
    jurisdiction: str
    category: Category


_TABLE: Any = read_table(Path(__file__).with_name("types.yaml"))
TYPES = {code: Type(code, *row.split(", ")) for code, row in _TABLE.items()}
BY_NAME = {each.name: each for each in TYPES.values()}

_DRAFTS = {"uksi": "ukdsi", "ssi": "sdsi", "wsi": "wdsi", "nisr": "nidsr", "nisi": "nidsi"}
_NATIONS = ("England and Wales", "England", "Wales", "Scotland", "Northern Ireland", "Great Britain")
_NATION = re.compile(rf"\(((?>{'|'.join(_NATIONS)})(?:(?:, | and |, and )(?>{'|'.join(_NATIONS)}))*)\)")
_BETWEEN = re.compile(r",? and (?!Wales\b)|(?<!England) and |, ")
_NAMED_LAW = re.compile(r"\A.*\b(?:Act|Measure|Order)(?: \([^()]*\))? \d{4}(?= .*\d{4})")

ORIGINAL = frozenset({"enacted", "made", "created", "adopted"})
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_VIEWS = frozenset({"contents", "resources", "notes", "memorandum", "impacts", "pdfs"})
_EXTENT = re.compile(r"=?(?:england|wales|scotland|ni)(?:\+(?:england|wales|scotland|ni))*")
_YEAR = re.compile(r"[1-9]\d{3}")
_NUMBER = re.compile(r"\d+X?|[ivxlc]+")
_REIGN = re.compile(r"[A-Z][A-Za-z0-9]*")
_SESSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]*")
_ENDED = re.compile(r"\s*\((repealed|revoked|expired|lapsed|spent|quashed)\b[^()]*\)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What an address on the site names.

    ``item`` is the instrument (``ukpga/2015/30``), ``provision`` the path of a provision inside it (``section/45``),
    ``version`` an original (``made`` …), a date, ``prospective`` or empty for the latest, ``view`` a page that is
    no text (``contents``, ``resources`` …), ``extent`` a choice of jurisdictions.
    """

    item: str
    provision: str = ""
    version: str = ""
    view: str = ""
    extent: str = ""
    welsh: bool = False

    @property
    def type(self) -> Type:
        """Return the type of the instrument."""
        return TYPES[self.item.partition("/")[0]]


def draft_type(known: Type) -> Type:
    """Return the type that the draft of an instrument has; primary legislation has none and stays as it is.

    >>> draft_type(TYPES["ssi"]).code, draft_type(TYPES["ukpga"]).code
    ('sdsi', 'ukpga')
    """
    return TYPES[_DRAFTS.get(known.code, "ukdsi")] if known.category == "secondary" else known


def jurisdiction(known: Type, title: str, subjects: Sequence[str] = (), stated: str = "") -> str:
    """Return where an instrument applies by its title, which may name one nation in brackets, else by its type.

    The brackets of another law that the title names are not those of the instrument. Where the title names none, it
    may say itself where it applies (``stated``), or all its ``subjects`` may end with the same nation.

    >>> jurisdiction(TYPES["uksi"], "The Sample (England) (Amendment) Regulations 2020")
    'England'
    >>> jurisdiction(TYPES["uksi"], "The Sample (Scotland) Act 2015 (Consequential Provisions) Order 2016")
    'United Kingdom'
    >>> jurisdiction(TYPES["uksi"], "The Sample Regulations 2020", ["TOWN PLANNING, ENGLAND AND WALES"])
    'England and Wales'
    >>> jurisdiction(TYPES["uksi"], "The Sample (England and Scotland) Rules 2020")
    'England, Scotland'
    """
    if known.category == "eu" or known.jurisdiction not in ("United Kingdom", "Great Britain"):
        return known.jurisdiction
    nations = {", ".join(_BETWEEN.split(each)) for each in _NATION.findall(_NAMED_LAW.sub("", title))}
    if not nations:
        nations = {stated} if stated else {_of_subject(subject) for subject in subjects}
    return nations.pop() or known.jurisdiction if len(nations) == 1 else known.jurisdiction


def _of_subject(subject: str) -> str:
    """Return the nation with which the subject of an instrument ends, empty where it ends with none."""
    last = subject.rpartition(",")[2].strip().title().replace(" And ", " and ")
    return last if last in _NATIONS else ""


def site(url: str) -> str:
    """Return the address with the scheme and host that the site serves now; other hosts' addresses stay as they are.

    >>> site("http://legislation.data.gov.uk/uksi/2015/1/data.xml?a=b")
    'https://www.legislation.gov.uk/uksi/2015/1/data.xml?a=b'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.hostname not in HOSTS:
        return url
    return SITE + (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def address(url: str) -> Address | None:
    """Read an address of the site (or a path of it), or give None where it names no instrument.

    >>> address("http://www.legislation.gov.uk/id/ukpga/Eliz2/4-5/19").item
    'ukpga/Eliz2/4-5/19'
    >>> address("/ukpga/2000/38/section/19/2014-04-01/data.xml").version
    '2014-04-01'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.netloc and parts.hostname not in HOSTS:
        return None
    steps = [unquote(step) for step in parts.path.split("/") if step]
    for prefix in (("cy", "en"), ("id",)):
        if steps and steps[0] in prefix:
            del steps[0]
    count = _item_steps(steps)
    if not count:
        return None
    if TYPES[steps[0]].category != "draft":  # the number of a draft is an ISBN, which may begin with a zero
        steps[count - 1] = steps[count - 1].lstrip("0") or "0"
    rest = [step for step in steps[count:] if not step.startswith("data.")]
    return _inside("/".join(steps[:count]), rest)


def _inside(item: str, steps: list[str]) -> Address:
    """Read what follows the instrument in a path."""
    version = extent = view = ""
    provision: list[str] = []
    for step in steps:
        if step in ORIGINAL or step in ("prospective", "revision") or _DAY.fullmatch(step):
            version = step
        elif _EXTENT.fullmatch(step):
            extent = step
        elif not provision and step in _VIEWS:
            view = step
        elif step != "welsh":
            provision.append(step)
    return Address(
        item=item,
        provision="/".join(provision),
        version=version,
        view=view,
        extent=extent,
        welsh="welsh" in steps,
    )


def _item_steps(steps: list[str]) -> int:
    """Return how many steps of a path name the instrument, 0 where they name none."""
    if len(steps) < 2 or steps[0] not in TYPES:
        return 0
    if steps[0] == "eut":
        return 2
    if len(steps) >= 3 and _YEAR.fullmatch(steps[1]) and _NUMBER.fullmatch(steps[2]):
        return 3
    regnal = len(steps) >= 4 and _REIGN.fullmatch(steps[1]) and _SESSION.fullmatch(steps[2])
    return 4 if regnal and _NUMBER.fullmatch(steps[3]) else 0


def document_url(item: str) -> str:
    """Return the address where people read an instrument."""
    return f"{SITE}/{item}"


def effects_url(item: str, direction: str) -> str:
    """Return the address of the effects on an instrument ("affected") or by it ("affecting")."""
    return f"{SITE}/changes/{direction}/{item}/data.feed?results-count=500&sort=modified"


def data_url(item: str) -> str:
    """Return the address of the latest text of an instrument as CLML. Never ``data.pdf``: robots.txt forbids it."""
    return f"{SITE}/{item}/data.xml"


def day(text: str | None) -> str | None:
    """Return the date a text starts with, or None where there is none or the calendar does not know it.

    >>> day("2011-05-20+01:00"), day("2026-02-30")
    ('2011-05-20', None)
    """
    found = _DAY.match(text.strip()) if text else None
    if not found:
        return None
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return None


def clamped(text: str | None, now: datetime) -> str | None:
    """Return a publisher's time, no later than now: feeds state years such as 3200. None where it is no time.

    >>> clamped("3200-01-30T00:00:00", datetime(2026, 11, 24, tzinfo=UTC))
    '2026-11-24T00:00:00Z'
    """
    try:
        return stamp(min(moment(text.strip()), now)) if text else None
    except (ValueError, OverflowError):
        return None


def past(text: str | None, now: datetime) -> str | None:
    """Return the date a text starts with, None where it is yet to come: nothing was made or published then.

    >>> past("2001-07-19", datetime(2026, 11, 24, tzinfo=UTC)), past("3200-01-30", datetime(2026, 11, 24, tzinfo=UTC))
    ('2001-07-19', None)
    """
    found = day(text)
    return found if found and found <= uk_date(now).isoformat() else None


def uk_date(time: datetime) -> date:
    """Return the day it is in the United Kingdom: the Publication Log counts days in local time.

    Summer time runs from 01:00 UTC on the last Sunday of March to that of October (Summer Time Order 2002).

    >>> uk_date(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)).isoformat()
    '2026-07-02'
    """
    utc = time.astimezone(UTC)
    return (utc + timedelta(hours=1 if is_summer(utc) else 0)).date()


def ended(title: str) -> tuple[str, str]:
    """Return a title without the mark that the whole instrument has ended, and that mark.

    >>> ended("Air Force Act 1955 (repealed)")
    ('Air Force Act 1955', 'repealed')
    """
    found = _ENDED.search(title)
    return (title[: found.start()], found[1].lower()) if found and found.start() else (title, "")
