"""Sources that are kept in part: of what does not belong into the round-up only title and decision are kept.

The list decides, by the title and the summary that it gives, whether a document's own page is asked for. What was in
before, or may be, is kept whatever its page says now; a page that was read decides by its whole text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import replace

from crawler.classify import relevance as words
from crawler.classify.relevance import Texts
from crawler.errors import IdentifierError
from crawler.identifiers import address_of, page_alias
from crawler.ingest.readings import Read
from crawler.ingest.state import State
from crawler.model import Document, Link, Page, Statement
from crawler.sources import Source, is_edition
from crawler.store import aside, documents
from crawler.store import relevance as store
from crawler.text import canonical


def filtered_page(state: State, page: Page, own: Document | None, read: Read) -> Page:
    """Return a page without texts, summaries and links of what is out; what hangs on a document shares its fate.

    What is left aside is noted, so that it can be read when its document is let in or its source kept as a whole.
    """
    source, link = read.reading.source, read.reading.capture.link
    if link.role not in ("listing", "next", "document"):
        return page
    out = set() if source.keep == "all" else _out(state, page, read)
    _now_read(state, page, own, read, out)
    if not out:
        return page
    _note_words(state, page, own, read, out)
    own_is_out = own is not None and own.id in out
    followed = {each.document for each in page.placements}
    kept = [
        each for each in page.links if each.role == "next" or not own_is_out or each.facts.get("document") in followed
    ]
    return replace(
        page,
        documents=tuple(replace(each, summary=None) if each.id in out else each for each in page.documents),
        versions=tuple(each for each in page.versions if each.document not in out),
        links=tuple(each for each in kept if not _left_aside(state, each, out, page, source)),
    )


def _now_read(state: State, page: Page, own: Document | None, read: Read, out: Set[str]) -> None:
    """Record that what a page says of documents was left aside before, and is kept now.

    Then their own page is read as if for the first time: what is attached to it is no news.
    """
    source, link = read.reading.source.id, read.reading.capture.link
    kept = None if not out else [each.id for each in page.documents if each.id not in out]
    if aside.drop(state.store, source, link, kept) and own is not None and own.id not in out:
        state.first_read = frozenset({documents.resolve(state.store, own.id)})


def _note_words(state: State, page: Page, own: Document | None, read: Read, out: Set[str]) -> None:
    source, link = read.reading.source, read.reading.capture.link
    told = {each.document for each in page.versions} | {each.id for each in page.documents if each.summary}
    for name in sorted(out & (told if own is None else told | {own.id})):
        aside.put(state.store, source.id, source.protocol, name, link, words=True)


def _left_aside(state: State, link: Link, out: Set[str], page: Page, source: Source) -> bool:
    """Return whether a link leads to the page of what is out; it is noted with its documents then."""
    names = () if link.role == "next" else sorted(_of(link, out, page))
    for name in names:
        aside.put(state.store, source.id, source.protocol, name, link, words=False)
    return bool(names)


def _out(state: State, page: Page, read: Read) -> set[str]:
    tops = [each for each in page.documents if each.parent is None or each.parent == each.id]
    doubted = {each.id: each for each in tops if _is_out_by_words(state, each, page, read)}
    if doubted:
        tracked = store.tracked(state.store)
        doubted = {name: each for name, each in doubted.items() if not _is_kept(state, each, page, read, tracked)}
    below = {each.id for each in page.documents if each.parent in doubted}
    return set(doubted) | below


def _is_out_by_words(state: State, document: Document, page: Page, read: Read) -> bool:
    source = read.reading.source
    publisher = document.publisher or state.registry.publishers[source.publisher].name
    known = documents.get(state.store, documents.resolve(state.store, document.id))
    texts = Texts(
        title=document.title,
        summary=document.summary or (known["summary"] if known else ""),
        kind=document.kind or source.kind,
        publisher=publisher,
        identifiers=(document.id, *document.aliases),
    )
    if words.classify(texts).band != "out":
        return False
    parts = tuple(_parts(document, page))
    return not parts or words.classify(replace(texts, parts=parts)).band == "out"


def _parts(document: Document, page: Page) -> Iterator[tuple[str, str]]:
    for version in page.versions:
        if version.document == document.id and version.representation != "summary":
            for section in version.sections:
                yield f"{section.path} heading", section.heading
                yield section.path, section.text


def _is_kept(state: State, document: Document, page: Page, read: Read, tracked: Mapping[str, str]) -> bool:
    """Whether a document is kept whatever its words are: it was kept before, or something stronger speaks for it.

    So do a decision, a series, being tracked or tied to what is tracked, and a source that keeps all it has.
    """
    source, link = read.reading.source, read.reading.capture.link
    name = documents.resolve(state.store, document.id)
    before = store.get(state.store, name)
    names = {document.id, name, *document.aliases, *documents.names(state.store, name)}
    decided = [state.decisions.relevance[each] for each in sorted(names) if each in state.decisions.relevance]
    if decided:
        return decided[0] == "in"
    if before is not None and before["band"] != "out":
        return True
    if names & set(tracked) or {page_alias(address_of(link))} & set(tracked):
        return True
    if any(_is_edition(each.title, each.sources, document, source) for each in state.registry.curated.series):
        return True
    known = state.registry.sources
    others = [known[each] for each in store.sources(state.store, name) if each in known]
    if any(each.keep == "all" and each.topics for each in others):
        return True
    stated = any(_ties(each, names, tracked) for each in page.statements)
    return stated or bool(store.ties(state.store, documents.names(state.store, name), tracked))


def _is_edition(pattern: str, sources: tuple[str, ...], document: Document, source: Source) -> bool:
    return source.id in sources and is_edition(pattern, document.title)


def _ties(statement: Statement, names: set[str], tracked: Mapping[str, str]) -> bool:
    """Return whether a page states something that ties a document to a tracked instrument."""
    fields = statement.fields
    if statement.kind == "effect":
        return fields["affecting"] in names and fields["affected"] in tracked
    if statement.kind != "relation":
        return False
    if statement.document in names:
        return fields["relation"] in store.OUT and fields["target"] in tracked
    return fields["target"] in names and fields["relation"] in store.IN and statement.document in tracked


def _of(link: Link, out: Set[str], page: Page) -> Set[str]:
    """Return the documents that are out of which a link is: by its name, its address, or its title; none if it is kept.

    A section of a document may have a name that the page does not know.
    """
    named = {name for name in (link.facts.get("document"), link.parent) if name}
    if named:
        return named & out
    address = page_alias(address_of(link))
    for each in page.documents:
        if address in _addresses(each):
            return {each.id} & out
    title = canonical(link.facts.get("title", ""))
    titled = {each.id for each in page.documents if title and canonical(each.title) == title}
    return titled if titled <= out else set()


def _addresses(document: Document) -> set[str]:
    found = {document.id, *document.aliases}
    with suppress(IdentifierError):
        found.add(page_alias(document.url))
    return found
