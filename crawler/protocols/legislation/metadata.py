"""The metadata of a CLML document: which instrument it is, and what the site states about it.

Source: https://github.com/legislation/data-documentation (formats/xml.md, model/legislation.md).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from crawler.errors import ParseError
from crawler.identifiers.acts import called
from crawler.law.pieces import DAY, iso
from crawler.model import Capture, Problem, Statement
from crawler.protocols.legislation.effects import concerns, effect, unique, unknown_types
from crawler.protocols.legislation.names import BY_NAME, Address, Type, address, day, draft_type, ended, past
from crawler.protocols.legislation.tree import ATOM, DC, DCT, LANG, LEG, UKM, Element, value, words
from crawler.text import clean

_ISBN = re.compile(r"\d{9}[\dX]|\d{13}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_UNITS = {"order": "article", "regulation": "regulation", "rule": "rule"}
"""What each minor type of instrument calls its provisions; Acts, schemes and the rest have sections."""

_ORIGINALS = {"primary": "enacted", "secondary": "made", "draft": "draft", "eu": "adopted", "impact assessment": ""}
_EVENTS = {
    "Made": "made",
    "Created": "created",
    "Laid": "laid",
    "Sifted": "sifted",
    "Resolution": "resolution",
    "RoyalPresence": "made in council",
}
_PLACEHOLDER = "UK Doc Title"
"""What a template of the publisher has where the title should stand."""
_SLIPS = re.compile(r"\s*\(\s*\)|(?<=\w)[<>|]+$|(?<=\()\s+|\s+(?=\))")
_ASSENT = re.compile(r"\bRoyal Assent\b", re.IGNORECASE)
_FIRST, _LAST = "1800", "9999"
_EXIT = "2020-12-31"  # The last day on which acts of the EU applied to the United Kingdom.
MISPRINT = timedelta(days=7305)
"""A text that says it was modified longer after its reading, as in the year 3200, has a misprint."""
VALIDITY = "end of validity"
_MAIN = ("PrimaryMetadata", "SecondaryMetadata", "EUMetadata")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a document says about itself, before its text is read.

    ``status`` is the editors' (final, revised, draft), and ``type`` that of a draft where it says so;
    ``ended`` the mark in the title that the whole instrument has been repealed or revoked. Dates are ISO 8601 or None.
    """

    root: Element
    element: Element
    main: Element | None
    address: Address
    type: Type
    title: str
    ended: str
    status: str
    published: str | None
    modified: str | None
    valid: str | None
    language: str
    isbns: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def subjects(self) -> list[str]:
        """Return the headings under which an instrument is printed, such as TOWN PLANNING, ENGLAND."""
        stated = [words(each) for each in self.element.iterfind(f"{DC}subject[@scheme='SIheading']")]
        return stated or [
            words(each) for each in self.root.iterfind(f".//{LEG}SubjectInformation/{LEG}Subject/{LEG}Title")
        ]

    @property
    def label(self) -> str:
        """Return the publisher's name of the version: enacted, made …, a date, or prospective."""
        if self.address.version:
            return self.wording_from or self.address.version
        revised = self.status == "revised"
        return (self.valid or "revised") if revised else _ORIGINALS[self.type.category]

    @property
    def wording_from(self) -> str | None:
        """Return since when the wording of the day in an address applies: the day that it states, if not later."""
        asked = day(self.address.version)
        return min(asked, day(words(self.element.find(f"{DCT}valid"))) or asked) if asked else None

    @property
    def valid_from(self) -> str | None:
        """Return the date from which this wording applies; an original one counts from its making."""
        if self.wording_from or self.status == "revised":
            return self.wording_from or self.valid
        return None if self.type.category == "draft" else self.published or self.valid

    @property
    def unit(self) -> str:
        """Return the word the instrument has for a provision."""
        if self.type.category == "eu":
            return "article"
        minor = value(_classification(self.main), f"{UKM}DocumentMinorType")
        return _UNITS.get(minor, "section")


def metadata(root: Element, capture: Capture) -> Metadata:
    """Read the metadata of a document."""
    element = root.find(f"{UKM}Metadata")
    if element is None:
        raise ParseError(capture.url, "a Legislation document without metadata")
    main = next((found for name in _MAIN if (found := element.find(UKM + name)) is not None), None)
    where = _address(root, element, main, capture)
    title, mark = ended(_title(words(element.find(f"{DC}title")), _own_title(root)))
    if not title and words(element.find(f"{DC}title")) != _PLACEHOLDER:
        raise ParseError(capture.url, f"{where.item} has no title")
    stated = _published(root, main)
    published = past(stated, capture.time)
    status = value(_classification(main), f"{UKM}DocumentStatus")
    valid = day(words(element.find(f"{DCT}valid"))) or day(root.get("RestrictStartDate"))
    return Metadata(
        root=root,
        element=element,
        main=main,
        address=where,
        type=draft_type(where.type) if status == "draft" else where.type,
        title=title or called(where.item),
        ended=mark,
        status=status,
        published=published,
        modified=past(words(element.find(f"{DC}modified")), capture.time + MISPRINT),
        valid=valid,
        language=_language(root, element, where),
        isbns=tuple(_isbns(element, main)),
        problems=tuple(_dated(stated, published, where.item)),
    )


def _classification(main: Element | None) -> Element | None:
    return None if main is None else main.find(f"{UKM}DocumentClassification")


def _address(root: Element, element: Element, main: Element | None, capture: Capture) -> Address:
    """Return what the document is, by its most telling address: dc:identifier names provision and version."""
    stated = [words(each) for each in element.iterfind(f"{DC}identifier")]
    stated += [root.get("DocumentURI") or "", root.get("IdURI") or ""]
    stated += [each.get("href") or "" for each in element.iterfind(f"{ATOM}link[@rel='self']")]
    stated += [_made(element, main), capture.url]
    found = next((each for text in stated if (each := address(text))), None)
    if found is None:
        kind = value(_classification(main), f"{UKM}DocumentMainType")
        unknown = f"unknown type {kind!r}" if kind and kind not in BY_NAME else "names no instrument"
        raise ParseError(capture.url, f"the metadata: {unknown}")
    return found


def _made(element: Element, main: Element | None) -> str:
    """Return the path that the type, year and number make; drafts are numbered by ISBN, which states no year."""
    known = BY_NAME.get(value(_classification(main), f"{UKM}DocumentMainType"))
    if known is None:
        return ""
    year, number = value(main, f"{UKM}Year"), value(main, f"{UKM}Number")
    if value(_classification(main), f"{UKM}DocumentStatus") == "draft" and known.category == "secondary":
        isbn = next(_isbns(element, main), "")
        known, number = (draft_type(known), isbn) if isbn else (known, number)
        year = year or (words(element.find(f"{DC}date")) or words(element.find(f"{DC}modified")))[:4]
    return f"/{known.code}/{year}/{number}"


def _isbns(element: Element, main: Element | None) -> Iterator[str]:
    stated = [] if main is None else [each.get("Value") or "" for each in main.iterfind(f"{UKM}ISBN")]
    stated += [words(each).removeprefix("urn:isbn:") for each in element.iterfind(f"{DC}identifier")]
    # The printer fills in zeros where it has no number.
    yield from dict.fromkeys(text for text in stated if _ISBN.fullmatch(text) and text.strip("0"))


def _unslipped(title: str) -> str:
    """Return a title without slips of whoever typed it: brackets round nothing, blanks inside them, stray marks.

    >>> _unslipped("The Sample () (Amendment) Rules 2005"), _unslipped("The Sample Rules 1969>"), _unslipped("Fees ()")
    ('The Sample (Amendment) Rules 2005', 'The Sample Rules 1969', 'Fees')
    >>> _unslipped("The Sample ( England ) Rules 2005")
    'The Sample (England) Rules 2005'
    """
    return _SLIPS.sub("", title).strip()


def _title(stated: str, printed: str) -> str:
    """Return the title that the metadata state; where they lack words of it or hold a placeholder, the one printed.

    >>> printed = "The Sample (England) (Amendment) Rules 2005"
    >>> _title("The Sample () (Amendment) Rules 2005", printed), _title("UK Doc Title", printed), _title("Fees ()", "")
    ('The Sample (England) (Amendment) Rules 2005', 'The Sample (England) (Amendment) Rules 2005', 'Fees')
    >>> _title("UK Doc Title", "UK Doc Title")
    ''
    """
    known, other = ("" if title == _PLACEHOLDER else _unslipped(title) for title in (stated, printed))
    is_fuller = known != stated and set(known.split()) <= set(other.split())
    return (other if is_fuller else known) or other


def _own_title(root: Element) -> str:
    found = next(root.iterfind(f"{LEG}*/*/{LEG}Title"), None)
    return words(found)


def _published(root: Element, main: Element | None) -> str | None:
    """Return the day on which an instrument came to be: as the metadata state it, else as is printed on top of it."""
    if main is None:
        return None
    names = ("EnactmentDate", "Made", "Created", "Resolution")
    stated = (main.find(UKM + name) for name in names)
    day_of = next((each.get("Date") for each in stated if each is not None and each.get("Date")), None)
    return day_of or _assent(words(root.find(f".//{LEG}PrimaryPrelims/{LEG}DateOfEnactment")))


def _assent(printed: str) -> str | None:
    """Return the day of Royal Assent as printed: the only one, or the one behind these words.

    >>> _assent("The Bill was passed on 13th February 2002 and received Royal Assent on 15th March 2002")
    '2002-03-15'
    >>> _assent("[26th March 2015]"), _assent("Passed on 1st May 2003. Approved on 2nd May 2003")
    ('2015-03-26', None)
    """
    behind = _ASSENT.search(printed)
    days = list(DAY.finditer(printed, behind.end() if behind is not None else 0))
    return iso(days[0]) or None if len(days) == 1 or (days and behind is not None) else None


def _dated(stated: str | None, published: str | None, item: str) -> Iterator[Problem]:
    if stated and published is None:
        yield Problem(kind="impossible date", detail=f"{item}: enacted or made on {clean(stated)}")


def _language(root: Element, element: Element, where: Address) -> str:
    stated = words(element.find(f"{DC}language")).lower()[:2]
    if where.welsh or stated == "cy":
        return "cy"
    own = (root.get(LANG) or "").lower()[:2]
    return next((each for each in (stated, own) if _LANGUAGE.fullmatch(each)), "en")


def statements(data: Metadata) -> tuple[tuple[Statement, ...], tuple[Problem, ...]]:
    """Return what the metadata states beside the facts: effects, dates, relations; and what was unreadable."""
    effects = [effect(each) for each in data.element.iter(f"{UKM}UnappliedEffect")]
    named = [each for each in effects if isinstance(each, Statement) and concerns(each, data.address.provision)]
    unread = [each for each in effects if isinstance(each, Problem)]
    return unique([*_dates(data), *_relations(data), *named]), (*unread, *unknown_types(named))


def _dates(data: Metadata) -> Iterator[Statement]:
    """Yield the dates of law. Where an event has several, each is told by its date, so that none looks moved."""
    if data.main is None:
        return
    stated: dict[tuple[str, str], list[str]] = {}
    if data.type.category == "primary" and data.main.find(f"{UKM}EnactmentDate") is None and data.published:
        stated["enacted", ""] = [data.published]
    # Of a treaty the publisher gives the day of the Official Journal in which this text of it stands.
    is_treaty = data.type.code == "eut"
    enacted = _ORIGINALS["eu" if data.type.category == "eu" else "primary"]
    events = _EVENTS if is_treaty else {"EnactmentDate": enacted, **_EVENTS}
    named = [(event, each, "Class") for name, event in events.items() for each in data.main.iterfind(UKM + name)]
    begin = data.main.iterfind(f"{UKM}ComingIntoForce/{UKM}DateTime")
    for event, entry in _of_notice(data.main) if not is_treaty else ():
        stated.setdefault((event, ""), []).append(entry)
    for event, each, attribute in [*named, *(("in force", each, "Qualification") for each in begin)]:
        date = day(each.get("Date"))
        if date:
            stated.setdefault((event, clean(each.get(attribute) or "")), []).append(date)
    until, part = _held_until(data)
    if until and part is None:
        stated["wording ended", data.label] = [until]
    elif until:
        stated["wording ended in part", f"{data.label} {part}".strip()] = [until]
    for (event, qualification), dates in stated.items():
        several = len(set(dates)) > 1
        for date in sorted(set(dates)):
            told = f"{qualification} one of several: {date}".strip() if several else qualification
            fields = {"event": event, "date": date, "provision": "", "qualification": told}
            yield Statement(kind="date", document=data.address.item, fields=fields)


def _held_until(data: Metadata) -> tuple[str | None, str | None]:
    """Return the day on which the wording that was read was replaced; of a whole law also that on which it ended.

    Of a provision whose wordings for several extents stand side by side and do not end on the same day it is the first
    of these days, and the second value is the extent of that wording, as printed; empty where none is stated. Of all
    else it is None.
    """
    beside = data.root.iterfind(f".//{LEG}*[@Concurrent='true']") if data.address.provision else ()
    ends = {day(each.get("RestrictEndDate")): each.get("RestrictExtent") or "" for each in beside}
    if len(ends) > 1:
        first = min(filter(None, ends))
        return first, ends[first]
    after = [day(each.get("title")) for each in data.element.iterfind(f"{ATOM}link[@rel='{DCT[1:-1]}isReplacedBy']")]
    ended = None if data.address.provision or data.status != "revised" else day(data.root.get("RestrictEndDate"))
    return min(filter(None, after), default=ended), None


def _of_notice(main: Element) -> Iterator[tuple[str, str]]:
    """Yield when an act of the EU entered into force (EV), applies (MA) and ended, by the notice inside it.

    What ended later in the EU ended nothing in the United Kingdom.
    """
    for each in main.iter("RESOURCE_LEGAL_DATE_ENTRY-INTO-FORCE"):
        is_application = (each.findtext("ANNOTATION/TYPE_OF_DATE") or "").startswith("{MA")
        date = day(each.findtext("VALUE"))
        if date and _FIRST < date < _LAST:  # 1001-01-01 stands for a day that is yet to be fixed, 9999-12-31 for none.
            yield "applies" if is_application else "in force", date
    for each in main.iter("RESOURCE_LEGAL_DATE_END-OF-VALIDITY"):
        date = day(each.findtext("VALUE"))
        if date and _FIRST < date <= _EXIT:
            yield VALIDITY, date


def stated_dates(data: Metadata, event: str) -> list[str]:
    """Return the dates that the metadata state of an event, such as the coming into force of a statutory instrument."""
    return sorted({each.fields["date"] for each in _dates(data) if each.fields["event"] == event})


def _relations(data: Metadata) -> Iterator[Statement]:
    item = data.address.item
    for name, relation in (("Supersedes", "supersedes"), ("SupersededBy", "superseded by")):
        for each in data.element.iterfind(UKM + name):
            other = address(each.get("URI") or "")
            if other:
                yield Statement.relation(item, relation, other.item)
    for each in data.root.iterfind(f".//{LEG}EnactingText//{LEG}Citation"):
        power = address(each.get("URI") or "")
        if power and power.item != item:
            yield Statement.relation(item, "made under", power.item)
    celex = value(data.main, f"{UKM}EURLexIdentifiers/{UKM}CELEX")
    if re.fullmatch(r"3\d{4}[A-Z]\d{4}", celex):
        yield Statement.relation(item, "retained from", f"celex:{celex}")
