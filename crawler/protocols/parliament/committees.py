"""Publications of select committees: reports, responses of the Government, correspondence.

``committees.parliament.uk`` sits behind a robot check; this API does not. The address of a publication alone answers
404 for every one of them; that of one of its documents opens. One in five has no file at all (measured 2026).
Source: https://committees-api.parliament.uk/swagger/v1/swagger.json
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler.model import Capture, Document, Page, Statement
from crawler.protocols.govuk.json_access import Item
from crawler.protocols.parliament.access import Faults, event_in_house, house_of, inside, listed, opened, stated

SITE = "https://committees.parliament.uk"
PATH = "/api/Publications"
_REPORTS = frozenset({"Report", "Special Report", "Government Response", "Scrutiny Report"})


def publications(capture: Capture) -> Page:
    """Read a page of the list of publications.

    Raises:
        ParseError: the body is not what the API promises.
    """
    return listed(capture, _publication, cursor=capture.link.facts.get("cursor"))


def publication(capture: Capture) -> Page:
    """Read one publication.

    Raises:
        ParseError: the body is not what the API promises.
    """
    faults = Faults()
    page = _publication(inside(opened(capture)), faults)
    return Page(documents=page.documents, statements=page.statements, problems=faults.problems())


def _publication(item: Item, faults: Faults) -> Page:
    number, kind = item.number("id"), item.item("type").text("name")
    identity = f"committee-publication:{number}"
    addresses = list(_addresses(item, number))
    document = Document(
        id=identity,
        title=item.text("description"),
        url=addresses[0],
        kind="report" if kind in _REPORTS else "parliament",
        publisher=_committee(item, faults),
        summary="; ".join(_facts(item, kind, faults)),
        published=stated(item, "publicationStartDate"),
        aliases=tuple(addresses[1:]),
    )
    return Page(documents=(document,), statements=tuple(_relations(item, identity)), newest=document.published)


def _addresses(item: Item, number: int) -> Iterator[str]:
    """Yield the addresses of a publication that open, best first; where it has no file, that of its text elsewhere."""
    documents = item.items_or_empty("documents")
    for document in documents:
        yield f"{SITE}/publications/{number}/documents/{document.number('documentId')}/default/"
    elsewhere = [item.text_or_none(key) or "" for key in ("additionalContentUrl", "additionalContentUrl2")]
    yield from (url for url in elsewhere if not documents and url.startswith(("http://", "https://")))
    yield f"https://committees-api.parliament.uk{PATH}/{number}"


def _committee(item: Item, faults: Faults) -> str | None:
    committee = item.item_or_none("committee")
    name = committee.text_or_none("name") if committee is not None else None
    return event_in_house(name, house_of(committee, faults)) if committee is not None and name else None


def _facts(item: Item, kind: str, faults: Faults) -> Iterator[str]:
    """Yield what a publication is, in short: its type, committee, inquiries and paper numbers."""
    yield kind
    if committee := _committee(item, faults):
        yield committee
    for business in item.items_or_empty("businesses"):
        if title := business.text_or_none("title"):
            yield title
    for key, prefix in (("hcNumber", "HC"), ("hlPaper", "HL Paper")):
        paper = item.item_or_none(key)
        if paper is not None and (number := paper.text_or_none("number")):
            yield " ".join(filter(None, (prefix, number, paper.text_or_none("sessionDescription"))))


def _relations(item: Item, identity: str) -> Iterator[Statement]:
    answered = item.number_or_none("responseToPublicationId")
    if answered:
        yield _responds(identity, f"committee-publication:{answered}")
    responses = item.item_or_none("governmentResponses")
    for each in responses.items_or_empty("publication") if responses is not None else ():
        yield _responds(f"committee-publication:{each.number('id')}", identity)


def _responds(response: str, report: str) -> Statement:
    return Statement(kind="relation", document=response, fields={"relation": "responds to", "target": report})
