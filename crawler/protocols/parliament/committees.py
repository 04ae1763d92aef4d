"""Publications of select committees: reports, responses of the Government, correspondence.

``committees.parliament.uk`` sits behind a robot check; this API does not. The address of a publication alone answers
404 for every one of them; that of one of its documents opens. One in five has no file at all (measured 2026).
Source: https://committees-api.parliament.uk/swagger/v1/swagger.json
"""

from collections.abc import Iterator
from dataclasses import replace

from crawler.model import Capture, Document, Link, Page, Statement
from crawler.protocols.govuk.json_access import Item
from crawler.protocols.parliament.access import (
    Faults,
    address,
    event_in_house,
    following,
    house_of,
    inside,
    listed,
    opened,
    origin,
    stated,
)

SITE = "https://committees.parliament.uk"
TEXTS = "https://publications.parliament.uk/pa/"
"""Where reports stand as web pages, each at an address of its own."""
PATH, INQUIRIES = "/api/Publications", "/api/CommitteeBusiness"
_REPORTS = frozenset({"Report", "Special Report", "Government Response", "Scrutiny Report"})


def publications(capture: Capture) -> Page:
    """Read a page of the list of publications."""
    site = origin(capture.url)
    cursor = capture.link.facts.get("cursor")
    return listed(capture, lambda item, faults: _publication(item, faults, site), cursor=cursor)


def inquiries(capture: Capture) -> Page:
    """Read a page of the list of inquiries: each leads to the list of all that was published in it."""
    body, faults = opened(capture), Faults()
    items, total = body.items("items"), body.number("totalResults")
    numbers = faults.each(items, lambda item: inside(item).number("id"))
    more, gap = following(capture, len(items), total)
    return Page(
        links=(*(_of_inquiry(origin(capture.url), number) for number in numbers), *more),
        problems=(*faults.problems(), *gap),
        cursor="whole",  # The walk goes on, though every publication of an inquiry may be known.
    )


def _of_inquiry(site: str, number: int) -> Link:
    asked = {"CommitteeBusinessId": str(number), "SortOrder": "PublicationDateDescending", "Skip": "0", "Take": "200"}
    return Link(url=address(f"{site}{PATH}", asked.items()), role="next")


def publication(capture: Capture) -> Page:
    """Read one publication."""
    faults = Faults()
    page = _publication(inside(opened(capture)), faults, origin(capture.url))
    return replace(page, newest=None, problems=faults.problems())


def _publication(item: Item, faults: Faults, site: str) -> Page:
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
    return Page(
        documents=(document,),
        statements=tuple(_relations(item, identity)),
        links=tuple(_answers(item, site)),
        newest=document.published,
    )


def _addresses(item: Item, number: int) -> Iterator[str]:
    """Yield the addresses of a publication that open, best first: its files, its web page; elsewhere without either."""
    documents = item.items_or_empty("documents")
    for document in documents:
        yield f"{SITE}/publications/{number}/documents/{document.number('documentId')}/default/"
    elsewhere = [item.text_or_none(key) or "" for key in ("additionalContentUrl", "additionalContentUrl2")]
    is_page = [url.replace("http://", "https://", 1).startswith(TEXTS) for url in elsewhere]
    yield from (url for url, is_text in zip(elsewhere, is_page, strict=True) if is_text)
    other = (url for url, is_text in zip(elsewhere, is_page, strict=True) if not is_text and not documents)
    yield from (url for url in other if url.startswith(("http://", "https://")))
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
        yield Statement.relation(identity, "responds to", f"committee-publication:{answered}")
    for each in _responses(item):
        yield Statement.relation(f"committee-publication:{each.number('id')}", "responds to", identity)


def _responses(item: Item) -> tuple[Item, ...]:
    found = item.item_or_none("governmentResponses")
    return () if found is None else found.items_or_empty("publication")


def _answers(item: Item, site: str) -> Iterator[Link]:
    """Yield the links to what a publication answers and is answered by: a search need not find either."""
    answered = item.number_or_none("responseToPublicationId")
    if answered:
        yield Link(url=f"{site}{PATH}/{answered}", role="document", token="answered")
    for each in _responses(item):
        facts = {"title": title} if (title := each.text_or_none("description")) else {}
        token = stated(each, "publicationStartDate") or "answer"
        yield Link(url=f"{site}{PATH}/{each.number('id')}", role="document", facts=facts, token=token)
