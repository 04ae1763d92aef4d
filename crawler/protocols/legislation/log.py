"""The Publication Log: every publication and withdrawal of a resource on the site, as Atom.

Source: https://github.com/legislation/data-documentation (api/publication-log.md).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from crawler.identifiers import is_address
from crawler.model import Capture, Document, Link, Page, Problem, Statement
from crawler.protocols.legislation.listing import instrument, title_of, wanted
from crawler.protocols.legislation.names import LOG, Address, address, clamped, data_url, day, effects_url, past, site
from crawler.protocols.legislation.options import Options
from crawler.protocols.legislation.paging import gathered, next_page, total_of, unreadable
from crawler.protocols.legislation.tree import ATOM, DC, PBL, Element, words
from crawler.sources import Source

_DAY_OF = re.compile(rf"^{LOG}\d{{4}}-\d{{2}}-\d{{2}}/")
_TEXTS = ("legislation", "draft")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of the log.

    ``time`` is when it happened, ``first`` when the resource was first published, where the log knows; ``resource``
    the address of what was published or withdrawn.
    """

    where: Address
    title: str
    time: str
    first: str | None
    event: str
    content: str
    direction: str
    version: str
    resource: str
    format: str


def log(root: Element, capture: Capture, source: Source) -> Page:
    """Read one page of the log.

    Each instrument whose text was published gets one link with the time of its newest event as token, so that it is
    asked again exactly when the log says something of it. Pages are sorted newest first; what earlier pages linked is
    handed on in the facts of the ``next`` link, else an older event would look like news.
    """
    entries = list(root.iterfind(f"{ATOM}entry"))
    read = [_event(each, capture) for each in _distinct(entries)]
    events = [each for each in read if isinstance(each, Event) and wanted(source, each.where)]
    seen = set(capture.link.facts.get("seen", "").split())
    links = [*_texts(events, seen), *(_effects(events) if Options.of(source).effects else ())]
    # An instrument's own log is read for its newest events alone: what happened before is in the text.
    url = None if capture.link.role == "statement" else next_page(root, capture, len(entries))
    if url:
        known = seen | {each.where.item for each in events if each.content in _TEXTS}
        facts = {**capture.link.facts, "seen": " ".join(sorted(known))}
        links.append(Link(url=url, role="next", facts=facts))
    times = [each.time for each in read if isinstance(each, Event)]
    return Page(
        documents=() if capture.link.role == "statement" else tuple(_documents(events)),
        statements=(*_withdrawals(events, seen), *_assessments(events)),
        links=tuple(links),
        problems=gathered(each for each in read if isinstance(each, Problem)),
        entries=_listed(capture, len(entries), total_of(root)),
        newest=max(times, default=None),
        total=total_of(root),
        cursor=capture.link.facts.get("cursor"),
    )


def _listed(capture: Capture, entries: int, total: int | None) -> int | None:
    """Return how many events there are, None for a day of which the log says that it has none: no outage, a Sunday."""
    silent = not entries and total == 0 and _DAY_OF.match(urlsplit(capture.url).path)
    return None if silent or capture.link.role == "statement" else entries


def _distinct(entries: list[Element]) -> Iterator[Element]:
    """Yield the entries without repeats. The events of an impact assessment share an id and differ in identifier."""
    seen = set()
    for entry in entries:
        key = words(entry.find(f"{ATOM}id")), words(entry.find(f"{DC}identifier"))
        if key not in seen:
            seen.add(key)
            yield entry


def _event(entry: Element, capture: Capture) -> Event | Problem:
    identifier = words(entry.find(f"{DC}identifier"))
    where = address(identifier)
    if where is None:
        return unreadable(identifier)
    event, content = words(entry.find(f"{PBL}Event")), words(entry.find(f"{PBL}ContentType"))
    time = clamped(words(entry.find(f"{ATOM}updated")), capture.time)
    title = title_of(entry)
    if event not in ("published", "withdrawn") or content not in (*_TEXTS, "associated-documents", "changes"):
        return Problem(kind="unknown event", detail=f"{where.item}: {event or 'no event'} of {content or 'nothing'}")
    if time is None or not title:
        return Problem(kind="unreadable entry", detail=f"{where.item}: an event without {'title' if time else 'time'}")
    version, is_new = address(words(entry.find(f"{PBL}Document"))), words(entry.find(f"{PBL}New")) == "true"
    resource = site(words(entry.find(f"{PBL}Item_{event.capitalize()}")))
    if resource and not is_address(resource):
        return Problem(kind="unreadable entry", detail=f"{where.item}: an event of {resource[:200]!r}, no address")
    return Event(
        where=where,
        title=title,
        time=time,
        first=past(words(entry.find(f"{ATOM}published")) or (time if is_new else ""), capture.time),
        event=event,
        content=content,
        direction=words(entry.find(f"{PBL}Direction")),
        version=version.version if version else "",
        resource=resource,
        format=words(entry.find(f"{PBL}Format")),
    )


def _newest(events: list[Event]) -> list[Event]:
    """Return the newest event of each instrument, in the order of the page."""
    found: dict[str, Event] = {}
    for each in events:
        if each.where.item not in found or found[each.where.item].time < each.time:
            found[each.where.item] = each
    return list(found.values())


def _texts(events: list[Event], seen: set[str]) -> Iterator[Link]:
    for each in _newest([event for event in events if event.content in _TEXTS]):
        if each.where.item not in seen:
            yield Link(url=data_url(each.where.item), role="document", token=each.time)


def _effects(events: list[Event]) -> Iterator[Link]:
    """Yield the effects feeds that were republished: such an event says that there is news, not what."""
    for direction in ("affected", "affecting"):
        for each in _newest([event for event in events if event.direction == direction]):
            yield Link(
                url=effects_url(each.where.item, direction), role="statement", parent=each.where.item, token=each.time
            )


def _child(event: Event) -> str:
    """Return the id of an associated document: an impact assessment has its own, a file that of its instrument."""
    own = address(event.resource)
    if own and own.type.category == "impact assessment":
        return own.item
    return f"{event.where.item}/{PurePosixPath(urlsplit(event.resource).path).stem}"


def _documents(events: list[Event]) -> Iterator[Document]:
    found: dict[str, Document] = {}
    for each in events:
        if each.content in _TEXTS and each.event == "published":
            found.setdefault(each.where.item, instrument(each.where, each.title))
        elif each.content == "associated-documents" and each.event == "published":
            found.setdefault(_child(each), _associated(each))
    yield from found.values()


def _associated(event: Event) -> Document:
    own = address(event.resource)
    if own and own.type.category == "impact assessment":
        return replace(instrument(own, event.title), published=event.first)
    return Document(
        id=_child(event),
        title=event.title,
        url=event.resource,
        kind="legislation",
        parent=event.where.item,
        jurisdiction=event.where.type.jurisdiction,
        published=event.first,
    )


def _assessments(events: list[Event]) -> Iterator[Statement]:
    for each in events:
        child = _child(each) if each.content == "associated-documents" else ""
        if child.startswith("ukia/") and child != each.where.item:
            yield Statement.relation(child, "impact assessment of", each.where.item)


def _withdrawals(events: list[Event], seen: set[str]) -> Iterator[Statement]:
    """Yield what was withdrawn and not replaced.

    A file or point in time can go while the instrument stays: the withdrawal of a dated version is none of the
    instrument, and a later publication of the same instrument takes one back.
    """
    newest = {each.where.item: each.time for each in reversed(events) if _is_text(each) and each.event == "published"}
    for each in events:
        if each.event != "withdrawn" or each.content == "changes":
            continue
        text = _is_text(each)
        if text and (day(each.version) or each.where.item in seen or newest.get(each.where.item, "") >= each.time):
            continue
        fields = {
            "when": each.time,
            "note": f"{each.format or 'file'} of the {each.version or 'current'} version withdrawn",
            "url": each.resource,
        }
        yield Statement(kind="withdrawn", document=each.where.item if text else _child(each), fields=fields)


def _is_text(event: Event) -> bool:
    return event.content in _TEXTS
