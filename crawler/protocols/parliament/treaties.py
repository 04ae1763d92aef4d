"""What is laid before Parliament: statutory instruments, and treaties, with the steps that each went through there.

Treaties are laid under the Constitutional Reform and Governance Act 2010. An instrument with a number is the one that
legislation.gov.uk publishes, ``uksi/2026/896``; a draft has none, and is known by its page until it gets one. Source:
https://statutoryinstruments-api.parliament.uk/swagger/v2/swagger.json
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from crawler.errors import IdentifierError, ParseError
from crawler.identifiers import canonical_url, legislation_id
from crawler.model import Capture, Document, Link, Page, Statement
from crawler.protocols.govuk.json_access import Item
from crawler.protocols.parliament.access import (
    HOUSES,
    Faults,
    dates,
    event_in_house,
    identifier,
    inside,
    listed,
    mark,
    named,
    opened,
    origin,
    stated,
)
from crawler.text import moment


def steps(capture: Capture) -> Page:
    """Read the business items of the document that the link names as its parent."""
    if not capture.link.parent:
        raise ParseError(capture.url, "business items whose link does not say of which document")
    faults = Faults()
    items = opened(capture).items("items")
    found = faults.each(items, lambda item: list(_events(inside(item), faults)))
    events = [event for each in found for event in each]
    return Page(statements=dates(capture.link.parent, events), problems=faults.problems())


def week(time: datetime) -> str:
    """Return the week a time lies in: with it in its token a page is asked once a week, whatever its list says.

    >>> week(datetime(2026, 11, 24))
    '2026-W48'
    """
    year, number, _ = time.isocalendar()
    return f"{year}-W{number:02}"


def _events(item: Item, faults: Faults) -> Iterator[tuple[str, str, str | None]]:
    day = stated(item, "itemDate")
    for step in item.texts_or_empty("steps") or ((single,) if (single := item.text_or_none("stepName")) else ()):
        for house in _houses(item, faults) or ("",):
            yield event_in_house(" ".join(step.split()), house), "", day


def _houses(item: Item, faults: Faults) -> tuple[str, ...]:
    """Return the Houses of a business item: words in one API, objects in the other."""
    found = item.value.get("houses")
    if isinstance(found, list) and all(isinstance(each, str) for each in found):
        houses = item.texts_or_empty("houses")
    else:
        houses = tuple(each.text_or_none("house") or "" for each in item.items_or_empty("houses"))
    faults.unknown += [f"houses {each[:60]!r}" for each in houses if each and each not in HOUSES]
    return tuple(each for each in houses if each)


SITE = "https://treaties.parliament.uk"
PATH = "/api/Treaty"
_CONCLUSIONS = {"NotConcluded": "not concluded", "CanRatify": "can be ratified", "CantRatify": "cannot be ratified"}
_SERIES = frozenset({"CountrySeriesMembership", "EuropeanUnionSeriesMembership", "MiscellaneousSeriesMembership"})
_EVENTS = (
    ("signed", "signedDate"),
    ("laid", "laidDate"),
    ("laid (Commons)", "commonsLayingDate"),
    ("laid (Lords)", "lordsLayingDate"),
    ("brought to attention", "broughtToAttentionDate"),
    ("pertinent date", "pertinentDate"),
)


def treaties(capture: Capture) -> Page:
    """Read a page of the list of treaties."""
    # The list is in no order that is documented: a page of known treaties does not end the walk.
    return listed(capture, lambda item, faults: _treaty(item, capture, faults), cursor="whole")


def treaty(capture: Capture) -> Page:
    """Read one treaty."""
    faults = Faults()
    page = _treaty(inside(opened(capture)), capture, faults)
    return Page(documents=page.documents, statements=page.statements, links=page.links, problems=faults.problems())


def _treaty(item: Item, capture: Capture, faults: Faults) -> Page:
    number = identifier(item, "id")
    conclusion = named(item, "parliamentaryConclusion", _CONCLUSIONS, faults)
    laid = [day for key in ("laidDate", "commonsLayingDate", "lordsLayingDate") if (day := stated(item, key))]
    document = Document(
        id=f"treaty:{number}",
        title=item.text("name"),
        url=f"{SITE}/treaty/{number}",
        kind="treaty",
        publisher=_department(item),
        summary="; ".join(_facts(item, faults)) or None,
        status=_CONCLUSIONS.get(conclusion, conclusion) or None,
        published=min(laid, default=None),
    )
    text = item.text_or_none("webLink") or ""
    relations = [Statement.relation(document.id, "text", text)]
    events = [(event, "", stated(item, key)) for event, key in _EVENTS]
    state = mark(item.value)
    business = Link(
        url=f"{origin(capture.url)}{PATH}/{number}/BusinessItems",
        role="statement",
        parent=document.id,
        token=state if conclusion in ("CanRatify", "CantRatify") else f"{state} {week(capture.time)}",
    )
    return Page(
        documents=(document,),
        statements=(*dates(document.id, events), *(relations if text else ())),
        links=(business,),
        newest=max(laid, default=None),
    )


def _department(item: Item) -> str | None:
    for key in ("leadDepartment", "layingBodyDepartment"):
        department = item.item_or_none(key)
        if department is not None and (name := department.text_or_none("name")):
            return name
    return None


def _facts(item: Item, faults: Faults) -> Iterator[str]:
    """Yield what a treaty is published as: its command paper and its place in the Treaty Series."""
    number = item.number_or_none("commandPaperNumber")
    if number is not None:
        yield f"{item.text_or_none('commandPaperPrefix') or ''} {number}".strip()
    series = item.item_or_none("treatySeriesMembership")
    if series is not None:
        named(series, "seriesMembershipType", _SERIES, faults)
        if citation := series.text_or_none("citation"):
            yield citation


INSTRUMENTS_SITE = "https://statutoryinstruments.parliament.uk"
INSTRUMENTS_PATH = "/api/v2/StatutoryInstrument"
_RUNNING = timedelta(days=180)
"""How long after it was laid something may still happen to an instrument: 40 sitting days, and recesses."""
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)


def instruments(capture: Capture) -> Page:
    """Read a page of the list of instruments."""
    # The list is in no order that is documented: a page of known instruments does not end the walk.
    return listed(capture, lambda item, faults: _instrument(item, capture), cursor="whole")


def instrument(capture: Capture) -> Page:
    """Read what the API says of one instrument: dates and relations. Its text is that of legislation.gov.uk."""
    about = capture.link.parent
    if not about:
        raise ParseError(capture.url, "an instrument whose link does not say which document it is")
    item = inside(opened(capture))
    note = item.text_or_none("paperComingIntoForceNote") or ""
    events = [("coming into force", note, stated(item, "paperComingIntoForceDate"))]
    return Page(statements=(*dates(about, events), *_relations(item, about)))


def _instrument(item: Item, capture: Capture) -> Page:
    number = identifier(item, "id")
    page = f"{INSTRUMENTS_SITE}/instrument/{number}"
    procedure = item.item_or_none("procedure")
    laid = [day for key in ("commonsLayingDate", "lordsLayingDate") if (day := stated(item, key))]
    made = stated(item, "paperMadeDate")
    document = Document(
        id=_numbered(item) or f"url:{canonical_url(page)}",
        title=item.text("name"),
        url=page,
        kind="si",
        summary=procedure.text_or_none("name") if procedure is not None else None,
        published=min(laid, default=None) or made,
    )
    events = [
        ("made", "", made),
        ("laid (Commons)", "", stated(item, "commonsLayingDate")),
        ("laid (Lords)", "", stated(item, "lordsLayingDate")),
    ]
    state = mark(item.value)
    if laid and moment(max(laid)) > capture.time - _RUNNING:
        state = f"{state} {week(capture.time)}"
    base = f"{origin(capture.url)}{INSTRUMENTS_PATH}/{number}"
    return Page(
        documents=(document,),
        statements=dates(document.id, events),
        links=tuple(
            Link(url=url, role="statement", parent=document.id, token=state) for url in (base, f"{base}/BusinessItems")
        ),
        newest=max(laid, default=None),
    )


def _numbered(item: Item) -> str | None:
    """Return the id of an instrument that has its number in the series of statutory instruments."""
    number, year = item.number_or_none("paperNumber"), item.text_or_none("paperYear") or ""
    if item.text_or_none("paperPrefix") == "SI" and number and _YEAR.fullmatch(year):
        return f"uksi/{year}/{number}"
    return None


def _relations(item: Item, about: str) -> Iterator[Statement]:
    """Yield the law that an instrument is made under, by name as the API does, and the instruments before and after."""
    for act in item.items_or_empty("enablingActs"):
        yield Statement.relation(about, "made under", act.text("name"))
    for key, relation in (("precededByInstrument", "follows"), ("followedByInstrument", "followed by")):
        other = item.item_or_none(key)
        if other is not None and other.text_or_none("id"):
            yield Statement.relation(about, relation, f"url:{INSTRUMENTS_SITE}/instrument/{identifier(other, 'id')}")
    with suppress(IdentifierError):
        law = legislation_id(item.text_or_none("link") or "")
        if law != about:
            yield Statement.relation(about, "text", law)
