"""Statutory instruments before Parliament: when they were made and laid, and what Parliament did with them.

An instrument with a number is the one that legislation.gov.uk publishes, ``uksi/2026/896``; a draft has none, and is
known by its page until it gets one. Source: https://statutoryinstruments-api.parliament.uk/swagger/v2/swagger.json
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from crawler.errors import IdentifierError, ParseError
from crawler.identifiers import canonical_url, legislation_id
from crawler.model import Capture, Document, Link, Page, Statement
from crawler.protocols.govuk.json_access import Item
from crawler.protocols.parliament.access import (
    dates,
    identifier,
    inside,
    listed,
    mark,
    opened,
    origin,
    stated,
)
from crawler.protocols.parliament.business import week
from crawler.text import moment

SITE = "https://statutoryinstruments.parliament.uk"
PATH = "/api/v2/StatutoryInstrument"
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
    page = f"{SITE}/instrument/{number}"
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
    base = f"{origin(capture.url)}{PATH}/{number}"
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
            yield Statement.relation(about, relation, f"url:{SITE}/instrument/{identifier(other, 'id')}")
    with suppress(IdentifierError):
        law = legislation_id(item.text_or_none("link") or "")
        if law != about:
            yield Statement.relation(about, "text", law)
