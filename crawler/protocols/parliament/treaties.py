"""Treaties laid before Parliament under the Constitutional Reform and Governance Act 2010.

Source: https://treaties-api.parliament.uk/swagger/v1/swagger.json
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler.model import Capture, Document, Link, Page, Statement
from crawler.protocols.govuk.json_access import Item
from crawler.protocols.parliament.access import (
    Faults,
    dates,
    identifier,
    inside,
    listed,
    mark,
    named,
    opened,
    origin,
    stated,
)
from crawler.protocols.parliament.business import week

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
