"""Bills: what they are, their stages as dates, their publications as documents below them.

A stage is something that happens to a bill, no document. Sponsors, promoters and agents are people and are not read.
Source: https://bills-api.parliament.uk/swagger/v1/swagger.json
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from crawler.errors import IdentifierError, ParseError
from crawler.identifiers import legislation_id
from crawler.model import Capture, Document, Link, Page, Section, Statement, Version
from crawler.protocols.govuk.json_access import Item
from crawler.protocols.parliament.access import (
    Faults,
    dates,
    event_in_house,
    following,
    house_of,
    listed,
    opened,
    origin,
    plain,
    stated,
)
from crawler.protocols.parliament.options import Options
from crawler.sources import Source

SITE = "https://bills.parliament.uk"
PATH = "/api/v1/Bills"
_TYPES = {
    1: "Government Bill",
    2: "Private Members' Bill (Starting in the House of Lords)",
    3: "Consolidation Bill",
    4: "Hybrid Bill",
    5: "Private Members' Bill (under the Ten Minute Rule)",
    6: "Private Bill",
    7: "Private Members' Bill (Ballot Bill)",
    8: "Private Members' Bill (Presentation Bill)",
    9: "Draft Bill",
}
"""https://bills-api.parliament.uk/api/v1/BillTypes, as of 2024-11."""

_KINDS = {
    "Bill": "bill",
    "Briefing papers": "research",
    "Select Committee report": "report",
    "Act of Parliament": "act",
}
_OPSI = re.compile(r"/(ukpga|ukla)_(\d{4})(\d{4})_en", re.ASCII)
_ACT = re.compile(r"(.{3,200}?) Act \d{4}(?: \(?c\.? ?\d+\)?)?")
_FIRST = re.compile(r"\b(?:introduced|presented|first (?:printed|published))\b", re.IGNORECASE)
_READ = (
    "text/html",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/pdf",
)
"""Formats of a publication, the one we would rather read first."""


def bills(capture: Capture) -> Page:
    """Read a page of the list of bills, newest update first."""
    return listed(capture, lambda item, faults: _listed_bill(item, capture, faults))


def _listed_bill(item: Item, capture: Capture, faults: Faults) -> Page:
    document = _document(item, faults)
    facts = {"document": document.id, "title": document.title}
    url = f"{origin(capture.url)}{PATH}/{item.number('billId')}"
    link = Link(url=url, role="document", facts=facts, token=_mark(item))
    return Page(documents=(document,), links=(link,), newest=document.updated)


def bill(capture: Capture) -> Page:
    """Read one bill: its titles and state, and links to its stages and publications."""
    item, faults = opened(capture), Faults()
    document = _document(item, faults)
    sections = tuple(_sections(item, faults, capture.url))
    version = Version(
        document=document.id,
        title=document.title,
        sections=sections,
        representation="structured",
        status=document.status or "",
    )
    facts = {"title": document.title}
    base = f"{origin(capture.url)}{PATH}/{item.number('billId')}"
    links = [
        Link(url=f"{base}/{name}", role="statement", parent=document.id, facts=facts, token=_mark(item))
        for name in ("Stages", "Publications")
    ]
    return Page(
        documents=(document,),
        versions=(version,) if sections else (),
        statements=dates(document.id, [("withdrawn", "", stated(item, "billWithdrawn"))]),
        links=tuple(links),
        problems=faults.problems(),
    )


def stages(capture: Capture) -> Page:
    """Read the stages of a bill: a date for each sitting that has one."""
    body, faults = opened(capture), Faults()
    items, total = body.items("items"), body.number("totalResults")
    found = faults.each(items, lambda item: list(_sittings(item, faults)))
    events = [(event, "", day) for stage in found for event, day in stage]
    more, gap = following(capture, len(items), total)
    return Page(
        statements=dates(_bill_of(capture), events),
        links=more,
        problems=(*faults.problems(), *gap),
        total=total,
    )


def publications(capture: Capture, source: Source) -> Page:
    """Read the publications of a bill: documents below it, and the Act it became.

    Where nothing else says what the bill is called, that Act and another of its papers do. It was published on the day
    of its first text, where that is the text as introduced.
    """
    body, faults = opened(capture), Faults()
    parent = _bill_of(capture)
    items = body.items("publications")
    acts = [act for item in items if (act := _act(item)) is not None]
    kept = [item for item in items if _act(item) is None]
    children = faults.each(kept, lambda item: _publication(item, parent, capture, faults))
    known = capture.link.facts.get("title", "")
    title = known or _called(items)
    newest = None if known else max((day for item in items if (day := stated(item, "displayDate"))), default=None)
    own = Document(id=parent, title=title, url=_page(parent), kind="bill", published=_introduced(items), updated=newest)
    links = [link for _, link in children if link is not None] if Options.of(source).files else []
    return Page(
        documents=(*((own,) if title else ()), *(document for document, _ in children)),
        statements=tuple(Statement.relation(parent, "became", act) for act in dict.fromkeys(acts)),
        links=tuple(links),
        problems=faults.problems(),
    )


def _called(items: Iterable[Item]) -> str:
    """Return the title of a bill that its Act has and one of its papers names, empty where none does."""
    titles = [item.text("title") for item in items]
    names = (f"{match[1]} Bill" for title in titles if (match := _ACT.fullmatch(title)))
    return next((name for name in names if any(name in title for title in titles)), "")


def _introduced(items: Iterable[Item]) -> str | None:
    """Return the day of the first text of a bill, None where that is not the text as introduced."""
    texts = [
        (day, item.text("title")) for item in items if _type(item) == "Bill" and (day := stated(item, "displayDate"))
    ]
    first = min((day for day, _ in texts), default=None)
    return first if any(day == first and _FIRST.search(title) for day, title in texts) else None


def _type(item: Item) -> str | None:
    kind = item.item_or_none("publicationType")
    return None if kind is None else kind.text_or_none("name")


def _bill_of(capture: Capture) -> str:
    number = urlsplit(capture.url).path.split("/")[4]
    return f"bill:{int(number)}"


def _page(bill_id: str) -> str:
    return f"{SITE}/bills/{bill_id.partition(':')[2]}"


def _mark(item: Item) -> str:
    return item.text("lastUpdate")


def _document(item: Item, faults: Faults) -> Document:
    number = item.number("billId")
    house_of(item, faults, "currentHouse")
    house_of(item, faults, "originatingHouse")
    former = item.text_or_none("formerShortTitle")
    return Document(
        id=f"bill:{number}",
        title=item.text("shortTitle"),
        url=f"{SITE}/bills/{number}",
        kind="bill",
        summary=item.text_or_none("longTitle"),
        status=_status(item, faults),
        updated=stated(item, "lastUpdate"),
        aliases=(former,) if former else (),
    )


def _status(item: Item, faults: Faults) -> str | None:
    """Return where a bill is: withdrawn, defeated, an Act, or at a stage."""
    if stated(item, "billWithdrawn"):
        return "withdrawn"
    if item.flag("isDefeated"):
        return "defeated"
    if item.flag("isAct"):
        return "Act"
    stage = item.item_or_none("currentStage")
    return None if stage is None else _stage(stage, faults)


def _stage(item: Item, faults: Faults) -> str:
    return event_in_house(item.text("description"), house_of(item, faults))


def _sections(item: Item, faults: Faults, url: str) -> Iterator[Section]:
    number = item.number("billTypeId")
    if number in _TYPES:
        yield Section(path="type", heading="Type of bill", text=_TYPES[number])
    else:
        faults.unknown.append(f"billTypeId {number}")
    for path, heading, key in (("long-title", "Long title", "longTitle"), ("summary", "Summary", "summary")):
        if text := plain(item.raw(key), url):
            yield Section(path=path, heading=heading, text=text)
    if former := item.text_or_none("formerShortTitle"):
        yield Section(path="former-short-title", heading="Former short title", text=former)


def _sittings(item: Item, faults: Faults) -> Iterator[tuple[str, str | None]]:
    event = _stage(item, faults)
    for sitting in item.items_or_empty("stageSittings"):
        yield event, stated(sitting, "date")


def _act(item: Item) -> str | None:
    """Return the Act that a publication is, where one of its links says which."""
    if _type(item) != "Act of Parliament":
        return None
    for url in _addresses(item):
        if match := _OPSI.search(url):
            return f"{match[1]}/{match[2]}/{int(match[3])}"
        with suppress(IdentifierError):
            return legislation_id(url)
    return None


def _publication(item: Item, parent: str, capture: Capture, faults: Faults) -> tuple[Document, Link | None]:
    number, title = item.number("id"), item.text("title")
    kind = item.item("publicationType").text("name")
    files = sorted(item.items_or_empty("files"), key=_preference)
    served = [f"{origin(capture.url)}/api/v1/Publications/{number}/Documents/{f.number('id')}/Download" for f in files]
    addresses = [*_addresses(item), *served]
    if not addresses:
        addresses = [f"{_page(parent)}/publications"]
    house = house_of(item, faults)
    document = Document(
        id=f"{parent}/publication-{number}",
        title=title,
        url=addresses[0],
        kind=_KINDS.get(kind, "parliament"),
        parent=parent,
        summary=event_in_house(kind, house),
        published=stated(item, "displayDate"),
        aliases=tuple(addresses[1:]),
    )
    if not files or _preference(files[0]) >= len(_READ):
        return document, None
    facts = {"document": document.id, "title": title, "kind": document.kind or "parliament"}
    token = f"{files[0].number('id')} {files[0].number_or_none('contentLength')}"
    return document, Link(url=served[0], role="attachment", parent=parent, facts=facts, token=token)


def _addresses(item: Item) -> Iterable[str]:
    found = [link.text_or_none("url") or "" for link in item.items_or_empty("links")]
    return dict.fromkeys(url for url in found if url.startswith(("http://", "https://")))


def _preference(item: Item) -> int:
    """Return the place of a file among those of its publication, by its format."""
    kind = (item.text_or_none("contentType") or "").partition(";")[0].strip().lower()
    return _READ.index(kind) if kind in _READ else len(_READ)


def reference(capture: Capture) -> Page:
    """Refuse a list of words that bills are described with, such as all types of stages."""
    raise ParseError(capture.url, "a list of words that bills are described with, and no bill")
