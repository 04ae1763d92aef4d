"""Content API documents: one page of GOV.UK, what it is, what it says, what it states about itself and others.

``public_updated_at`` moves on major updates only. A minor edit moves ``updated_at`` and the text, without a note; a
republication moves ``updated_at`` alone. So nothing here looks at ``updated_at``: the sections tell what changed.
https://content-api.publishing.service.gov.uk/reference.html
"""

from collections.abc import Iterable

from crawler.errors import ParseError
from crawler.model import TRACKED, Capture, Document, Link, Page, Problem, Section, Statement, Version
from crawler.protocols.govuk import attachments, kinds, statements, texts
from crawler.protocols.govuk.addresses import content, is_path, page, path_of
from crawler.protocols.govuk.json_access import Item, identity, load
from crawler.protocols.govuk.options import Options
from crawler.sources import Source

MOVED_FROM = "moved from"
"""Fact of a link that a redirect leads on to: the path that the page had."""


def parse(capture: Capture, source: Source) -> Page:
    """Read a Content API document.

    Raises:
        ParseError: the body is not what the Content API promises, or the page is none that is a document.
    """
    item = load(capture.url, capture.body)
    document_type = item.text("document_type")
    if document_type == "gone":
        return Page(statements=(statements.gone(item, base_path(item)),))
    if document_type == "redirect":
        return _moved(item, capture)
    if not kinds.is_document(document_type):
        raise ParseError(capture.url, f"a page of type {document_type!r} is no document")
    named = TRACKED in capture.link.facts  # sources.yaml names the page itself: it is read whatever its type
    if (
        capture.link.role == "document"
        and not named
        and not kinds.is_wanted(document_type, Options.of(source).document_types)
    ):
        return Page()  # a finder's feed does not say the type of what it lists
    return _document(item, document_type, capture, source)


def base_path(item: Item) -> str:
    """Return the path of the page a document is."""
    found = item.text("base_path")
    if not is_path(found):
        raise item.wrong("base_path", f"is {found[:80]!r}, no path")
    return found


def linked(item: Item, name: str) -> tuple[Item, ...]:
    """Return the documents a document links under a name.

    Messages of the publishing queue hold the ids in ``links`` and the documents in ``expanded_links``.
    """
    links = item.item_or_none("expanded_links") or item.item("links")
    return links.items_or_empty(name)


def _document(item: Item, document_type: str, capture: Capture, source: Source) -> Page:
    details = item.item("details")
    found, problems = attachments.attachments(details, texts.texts(details))
    sections = texts.sections(
        details,
        texts.titles_of(linked(item, "documents")),
        attachments.listing(found),
        source.scrub,
    )
    document = _facts(item, details, document_type, capture)
    version = _version(item, details, document, sections)
    children, links = attachments.children(found, document, capture, _language(item))
    known = {link.url for link in links}
    links += [link for link in _pages(item, document, capture) if link.url not in known]
    links += _sections_of_manual(details, document, capture)
    if document_type == "document_collection" and Options.of(source).members:
        links += _members(item, capture, Options.of(source).document_types)
    if not kinds.is_known(document_type):
        problems += (Problem(kind="unknown document type", detail=document_type),)
    if not version:
        problems += (Problem(kind="no text", detail=f"a page of type {document_type!r} without any text"),)
    return Page(
        documents=(document, *children),
        versions=version,
        statements=statements.statements_of(item, details, document.id),
        links=tuple(links),
        problems=(*problems, *texts.unknown(details)),
    )


def _facts(item: Item, details: Item, document_type: str, capture: Capture) -> Document:
    """Return what a page says about its document.

    A translation is a version of the same document: title, address and summary are those of the English page.
    """
    own = base_path(item)
    said = next((each for each in linked(item, "available_translations") if each.text("locale") == "en"), item)
    said = item if item.text("locale") == "en" else said
    path = base_path(said)
    parent = _parent(item, capture)
    moved_from = capture.link.facts.get(MOVED_FROM)
    addresses = (own, *(path_of(hop, capture.url) for hop in capture.hops), moved_from)
    aliases = dict.fromkeys(page(each) for each in addresses if each and each != path)
    withdrawn = item.item_or_none("withdrawn_notice") is not None
    inherited = kinds.kind(parent[1]) if parent else None
    return Document(
        id=identity(item),
        title=said.text("title"),
        url=page(path),
        kind=kinds.kind(document_type) or inherited,
        parent=parent[0] if parent else None,
        publisher=_publisher(item),
        jurisdiction=texts.jurisdiction(details),
        summary=said.text_or_none("description"),
        within=next((manual.text("title") for manual in linked(item, "manual")), None),
        status=_status(details, document_type) or None,
        availability="withdrawn" if withdrawn else "ok",
        published=_published(item, details),
        updated=_shown_day(item, "public_updated_at"),
        aliases=tuple(aliases),
    )


def _shown_day(item: Item, key: str) -> str | None:
    """Return a time; the day alone where clocks of the United Kingdom show another one than UTC has."""
    time, wall = item.time_or_none(key), item.wall_time_or_none(key)
    return wall[:10] if time and wall and wall[:10] != time[:10] else time


def _published(item: Item, details: Item) -> str | None:
    """Return since when readers see a page: as it shows that, else by its first note, else as it was put there.

    Where nothing says so, a page that says that it is its own first version was published at that version's time.

    What was put there can have been shown later: ``first_published_at`` says when the publisher began to write it.
    """
    kept, noted = item.since_or_none("first_published_at"), statements.first_published(details)
    later = noted if noted is not None and (kept is None or noted > kept) else kept
    only = details.since_or_none("public_timestamp") if details.value.get("first_published_version") is True else None
    return details.since_or_none("first_public_at") or later or only


def _version(item: Item, details: Item, document: Document, sections: tuple[Section, ...]) -> tuple[Version, ...]:
    if not sections:
        return ()
    return (
        Version(
            document=document.id,
            title=item.text("title"),
            sections=texts.without_label(sections),
            label=texts.label(item.text("title"), sections),
            representation="html",
            language=_language(item),
            status=document.status or "",
            note=statements.note(details),
        ),
    )


def _language(item: Item) -> str:
    stated = item.text("locale")
    found = attachments.locale(stated)
    if found is None:
        raise item.wrong("locale", f"is {stated[:20]!r}, no language")
    return found


def _status(details: Item, document_type: str) -> str:
    """Return the state of a consultation, announcement of statistics, case or organisation; empty for others.

    A draft instrument that was laid for sifting can have been withdrawn; a case is open or closed.
    """
    if state := kinds.state(document_type):
        return state
    if document_type.endswith("_announcement") or document_type in {"national", "official"}:
        return details.text_or_none("state") or ""
    metadata = details.item_or_none("metadata")
    if metadata is not None and metadata.text_or_none("sifting_status") == "withdrawn":
        return "withdrawn"
    if metadata is not None and document_type == "cma_case":
        return metadata.text_or_none("case_state") or ""
    organisation = details.item_or_none("organisation_govuk_status")
    state = organisation.text("status") if organisation else "live"
    return "" if state == "live" else state.replace("_", " ")


def _publisher(item: Item) -> str | None:
    """Return the organisations that publish a page, the first one first; a person cannot be one."""
    first = [each.text("title") for each in linked(item, "primary_publishing_organisation")]
    others = [each.text("title") for each in linked(item, "organisations")]
    return "; ".join(dict.fromkeys((*first, *others))) or None


def _parent(item: Item, capture: Capture) -> tuple[str, str] | None:
    """Return the id and the type of the document this is a part of: an HTML attachment or a section of a manual."""
    if item.text("document_type") in {"html_publication", "manual_section", "hmrc_manual_section"}:
        for each in (*linked(item, "parent"), *linked(item, "manual")):
            return identity(each), each.text_or_none("document_type") or ""
    return (capture.link.parent, "") if capture.link.role == "attachment" and capture.link.parent else None


def _pages(item: Item, document: Document, capture: Capture) -> Iterable[Link]:
    """Yield the links to HTML attachments that older documents name only as their children."""
    for child in linked(item, "children"):
        path = child.text_or_none("base_path")
        if child.text_or_none("document_type") == "html_publication" and path and is_path(path):
            yield Link(
                url=content(path, capture.url),
                role="attachment",
                parent=document.id,
                facts={"title": child.text("title")},
                token=child.time_or_none("public_updated_at") or document.updated or "",
            )


def _members(item: Item, capture: Capture, wanted: tuple[str, ...]) -> Iterable[Link]:
    """Yield the links to the pages in a collection, withdrawn ones too: it lists what no phrase of a search finds."""
    for member in linked(item, "documents"):
        path = member.text_or_none("base_path")
        if path and is_path(path) and kinds.is_wanted(member.text_or_none("document_type") or "", wanted):
            yield Link(
                url=content(path, capture.url),
                role="document",
                facts={"title": member.text("title")},
                token=member.time_or_none("public_updated_at") or "listed",
            )


def _sections_of_manual(details: Item, document: Document, capture: Capture) -> Iterable[Link]:
    """Yield the links to the sections of a manual; the manual's notes say when each had its last major update."""
    times: dict[str, str] = {}
    for note in details.items_or_empty("change_notes"):
        path, time = note.text_or_none("base_path"), note.time_or_none("published_at")
        if path and time:
            times[path] = max(time, times.get(path, ""))
    for group in details.items_or_empty("child_section_groups"):
        for section in group.items_or_empty("child_sections"):
            path = base_path(section)
            yield Link(
                url=content(path, capture.url),
                role="attachment",
                parent=document.id,
                facts={"title": section.text("title")},
                token=times.get(path, document.published or ""),
            )


def _moved(item: Item, capture: Capture) -> Page:
    """Read a redirect: the document at the new address is known by the old one too."""
    own = base_path(item)
    for rule in item.items("redirects"):
        if rule.text("path") != own:
            continue
        target = rule.text("destination")
        path = path_of(target, capture.url)
        if path is None:
            raise ParseError(capture.url, f"the page moved to another site: {target[:200]}")
        if path == own:
            raise ParseError(capture.url, f"the page moved to itself: {target[:200]}")
        alias = Statement(kind="alias", document=page(path), fields={"alias": page(own)})
        link = Link(
            url=content(path, capture.url),
            role="attachment" if capture.link.role == "attachment" else "document",
            parent=capture.link.parent,
            facts=_led_on(capture.link) | {MOVED_FROM: own},
            token=item.time_or_none("public_updated_at") or item.time_or_none("updated_at") or "",
        )
        return Page(statements=(alias,), links=(link,))
    raise ParseError(capture.url, f"a redirect without a rule for {own}")


def _led_on(link: Link) -> dict[str, str]:
    """Return the facts of the link that a redirect leads on to: of a page that is tracked they name where it was."""
    facts = dict(link.facts)
    return facts | {TRACKED: link.url} if facts.get(TRACKED) == "yes" else facts
