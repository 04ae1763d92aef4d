"""Lists of texts and procedures: which entries are kept, and where the rest of a list is."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.model import Capture, Document, Link, Page, Problem
from crawler.protocols.europarl import procedures, works
from crawler.protocols.europarl.options import LIMIT, TEXTS, Options, address
from crawler.protocols.europarl.values import day, mark, objects, opened, texts, titles
from crawler.protocols.govuk.json_access import Item
from crawler.protocols.listed import Following, number, unread
from crawler.protocols.parliament.access import Faults, origin
from crawler.sources import Source
from crawler.text import counted

_UNSTABLE = "the list does not fit on one page and has no stable order: some of it may be missing"


def listing(capture: Capture, source: Source, name: str) -> Page:
    """Read a page of a list: every entry, or those about the subjects and with the words of the source."""
    faults = Faults()
    body, data = opened(capture.url, capture.body)
    read = works.work if name in TEXTS else procedures.process
    kept = [item for item in data if is_kept(item, source)]
    found = faults.each(kept, lambda item: (*read(item, source), item))
    site = origin(capture.url)
    links = [_link(document, item, site, name) for document, _, item in found]
    links += [link for *_, item in found for link in works.related(item, capture, source)]
    more, gap = _following(capture, body, len(data))
    days = [stated for item in data if (stated := day(item, "document_date"))]
    return Page(
        documents=tuple({document.id: document for document, *_ in found}.values()),
        links=(*{link.url: link for link in links}.values(), *more),
        problems=(
            *(each for _, unknown, _ in found for each in unknown),
            *faults.problems(),
            *gap,
            *_blind(data, source),
        ),
        entries=len(kept) if kept or not data else None,
        newest=max(days, default=None),
        total=_total(body),
        # No order that is documented: a page of known entries does not end the walk.
        cursor="whole",
    )


def is_kept(item: Item, source: Source) -> bool:
    """Return whether an entry is about one of the subjects of its source, or has one of its words in a title."""
    wanted = Options.of(source)
    if not wanted.subjects and not wanted.words:
        return True
    about = {each.removeprefix("https://").removeprefix("http://") for each in texts(item, "is_about")}
    if any(each.removeprefix("https://").removeprefix("http://") in about for each in wanted.subjects):
        return True
    said = " ".join(_titles(item)).casefold()
    return any(word.casefold() in said for word in wanted.words)


def _titles(item: Item) -> list[str]:
    found = [title for key in ("title_dcterms", "process_title") for title in titles(item, key).values()]
    return found + [title for each in objects(item, "is_realized_by") for title in titles(each, "title").values()]


def _blind(data: Sequence[Item], source: Source) -> tuple[Problem, ...]:
    """Return that entries could not be judged, where they state neither a subject nor a title."""
    wanted = Options.of(source)
    if not wanted.subjects and not wanted.words:
        return ()
    count = sum(1 for item in data if not item.value.get("is_about") and not _titles(item))
    untold = counted(
        count,
        "entry states neither subject nor title: whether it belongs",
        "entries state neither subject nor title: whether they belong",
    )
    detail = f"{untold} here is not known"
    return (Problem(kind="gap", detail=detail),) if count else ()


def _link(document: Document, item: Item, site: str, name: str) -> Link:
    facts = {"document": document.id, "title": document.title}
    return Link(url=address(site, name, document.id), role="document", facts=facts, token=mark(item.value))


def _total(body: Item) -> int | None:
    meta = body.item_or_none("meta")
    return meta.number_or_none("total") if meta is not None else None


def _following(capture: Capture, body: Item, found: int) -> Following:
    """Return the link to the next page, and that something may be missing where there is more than one."""
    parts = urlsplit(capture.url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    start, limit = number(query.get("offset", ""), 0), number(query.get("limit", ""), 50)
    total, reached = _total(body), start + found
    unstable = (Problem(kind="gap", detail=_UNSTABLE),)
    if not found and total is not None and start < total:
        return unread(f"the list ends after {counted(start, 'entry')}; it says that it has {total}")
    if not found or (reached >= total if total is not None else found < min(limit, LIMIT)):
        return (), unstable if start else ()
    asked = urlencode({**query, "offset": str(reached)}, safe=",")
    return (Link(url=parts._replace(query=asked, fragment="").geturl(), role="next"),), unstable
