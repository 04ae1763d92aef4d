"""The Search API: the addresses of its pages, and what a page lists.

Newest major update first. ``public_timestamp`` moves on major updates only, so it is the token of a document's link:
minor edits are found by audit. A withdrawal moves it not: the token says that, too. https://docs.publishing.service.gov.uk/repos/search-api/using-the-search-api.html
"""

from collections.abc import Iterable
from urllib.parse import quote

from crawler.model import Capture, Cut, Document, Link, Page, Problem
from crawler.protocols.govuk import kinds
from crawler.protocols.govuk.addresses import SEARCH, absolute, content, origin, page, path_of
from crawler.protocols.govuk.json_access import Item, identity_or_none, load
from crawler.protocols.govuk.options import MOST_COUNT, MOST_START, WITHDRAWN, Options, Parameters, query
from crawler.protocols.listed import Following, stated, unread
from crawler.sources import Source
from crawler.text import counted

_FIELDS = "title,link,description,public_timestamp,content_store_document_type,format,organisations,content_id"
_COUNT = 200


def addresses(source: Source, cut: Cut | None = None) -> tuple[str, ...]:
    """Return the addresses of the first pages of a search source, or of a slice of it: one, or one for each phrase.

    An address that carries parameters and has none under ``options`` is asked exactly as written. A slice is asked by
    the day of the last major update, both ends in it, in pages as long as the API gives them, and oldest first: what
    is updated meanwhile moves behind what is still to be read.
    """
    options = Options.of(source)
    own = options.parameters if cut is None else _within(options.parameters, cut)
    phrases = [("q", f'"{phrase}"') for phrase in options.phrases]
    return tuple(_first(source, (phrase, *own)) for phrase in phrases) or (_first(source, own),)


def _within(own: Parameters, cut: Cut) -> Parameters:
    span = ",".join(f"{name}:{day}" for name, day in (("from", cut.first), ("to", cut.last)) if day)
    return (
        *(pair for pair in own if pair[0] not in ("order", "count")),
        ("order", "-public_timestamp" if cut.front else "public_timestamp"),
        ("count", str(MOST_COUNT)),
        *([("filter_public_timestamp", span)] if span else []),
    )


def _first(source: Source, own: Parameters) -> str:
    stated = query(source.url)
    if stated and not own:
        return source.url
    names = {name for name, _ in own}
    pairs = (*(pair for pair in stated if pair[0] not in names), *own)
    given = {name for name, _ in pairs}
    fields = f"{_FIELDS},is_withdrawn" if WITHDRAWN in own else _FIELDS
    defaults = (("order", "-public_timestamp"), ("count", str(_COUNT)), ("fields", fields))
    return _built(origin(source.url), (*pairs, *(pair for pair in defaults if pair[0] not in given)))


def parse(capture: Capture, source: Source) -> Page:
    """Read a page of search results.

    Raises:
        ParseError: the body is not what the Search API promises.
    """
    body = load(capture.url, capture.body)
    results = body.items("results")
    wanted = Options.of(source).document_types
    kept = [result for result in results if kinds.is_wanted(_type(result), wanted)]
    documents = {found.id: found for found in (_document(result, capture) for result in kept) if found is not None}
    times = [time for result in kept if (time := result.time_or_none("public_timestamp"))]
    total = body.number("total")
    following, problems = _next(capture, source, body.number("start") + len(results), total, len(results))
    return Page(
        documents=tuple(documents.values()),
        links=(*_links(kept, capture), *following),
        problems=(*_unknown(kept), *problems),
        entries=len(kept),
        newest=max(times, default=None),
        total=total,
        listed=tuple(_name(result, capture) for result in results),
    )


def _type(result: Item) -> str:
    return result.text_or_none("content_store_document_type") or result.text_or_none("format") or ""


def _unknown(kept: Iterable[Item]) -> tuple[Problem, ...]:
    types = sorted({_type(result) for result in kept} - {""})
    return tuple(Problem(kind="unknown document type", detail=name) for name in types if not kinds.is_known(name))


def _document(result: Item, capture: Capture) -> Document | None:
    """Return the document a result lists, None where it states no content id and is a page of GOV.UK.

    Such a page is identified when it is read. A result on another site is listed, not followed: its pages are not
    of this protocol.
    """
    link = result.text("link")
    path = _path(link, capture)
    url = page(path) if path else absolute(link)
    if url is None:
        raise result.wrong("link", f"is {link[:80]!r}, no address")
    known = identity_or_none(result)
    if known is None and path:
        return None
    return Document(
        id=known or f"url:{url}",
        title=result.text("title"),
        url=url,
        kind=kinds.kind(_type(result)),
        publisher=_publisher(result),
        summary=result.text_or_none("description"),
        updated=result.time_or_none("public_timestamp"),
    )


def _name(result: Item, capture: Capture) -> str:
    """Return what a result is called: the id of its document, else its address."""
    link = result.text("link")
    return identity_or_none(result) or f"url:{page(path) if (path := _path(link, capture)) else link}"


def _publisher(result: Item) -> str | None:
    """Return the organisation of a result that has one; of several the Search API does not say which is the first."""
    titles = [title for each in result.items_or_empty("organisations") if (title := each.text_or_none("title"))]
    return titles[0] if len(titles) == 1 else None


def _links(kept: Iterable[Item], capture: Capture) -> Iterable[Link]:
    for result in kept:
        if path := _path(result.text("link"), capture):
            updated = result.time_or_none("public_timestamp")
            facts = {"title": result.text("title"), "updated": updated, "kind": kinds.kind(_type(result))}
            yield Link(
                url=content(path, capture.url),
                role="document",
                facts=stated(facts),
                token=" ".join(filter(None, (updated, "withdrawn" if result.flag("is_withdrawn") else ""))),
            )


def _path(link: str, capture: Capture) -> str | None:
    # "sometimes omits the leading slash": description of the field in the Search API's own schema.
    return path_of(link if link.startswith("/") or "://" in link else f"/{link}", capture.url)


def _next(capture: Capture, source: Source, reached: int, total: int, found: int) -> Following:
    """Return the link to the next page, or the problem that the rest cannot be read."""
    if not found or reached >= total:
        return (), ()
    most = Options.of(source).pages
    pairs = query(capture.url)
    count = next(
        (int(value) for name, value in pairs if name == "count" and value.isascii() and value.isdigit()), found
    )
    if reached > MOST_START:
        return unread(
            f"{counted(total - reached, 'result lies', 'results lie')} behind the API's limit of {MOST_START}"
        )
    if most is not None and count and reached > (most - 1) * count:
        return unread(f"stopped after {counted(most, 'page')}; {counted(total - reached, 'result')} not read")
    rest = tuple(pair for pair in pairs if pair[0] != "start")
    return (Link(url=_built(origin(capture.url), (*rest, ("start", str(reached)))), role="next"),), ()


def _built(site: str, pairs: Parameters) -> str:
    names = [name for name, _ in pairs]
    parts = [
        f"{quote(f'{name}[]' if names.count(name) > 1 else name, safe='')}={quote(value, safe=',:-')}"
        for name, value in pairs
    ]
    return f"{site}{SEARCH}?{'&'.join(parts)}"
