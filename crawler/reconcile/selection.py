"""Sources that are kept in part: of what does not belong into the round-up only title and decision are kept.

The list decides, by the title and the summary that it gives, whether a document's own page is asked for. What was in
before, or may be, is kept whatever its page says now; a page that was read decides by its whole text.
"""

from collections.abc import Iterator, Set
from contextlib import suppress
from dataclasses import dataclass, replace

from crawler.classify import relevance as words
from crawler.classify.relevance import Texts
from crawler.errors import IdentifierError
from crawler.identifiers import address_of, page_alias
from crawler.model import Document, Link, Page, Statement
from crawler.reconcile.intents import Keep, Skip
from crawler.reconcile.known import Known
from crawler.sources import Decisions, Registry, Source, is_edition
from crawler.text import canonical

OUT = (
    "adopts", "amends", "based on", "commences", "completes", "consolidates", "corrects", "implements",
    "implicitly repeals", "impact assessment of", "made under", "proposes to amend", "repeals", "replaces",
    "supersedes", "transposes",
)  # fmt: skip
"""Relations by which a document is relevant where their target is a tracked instrument."""
IN = ("became", "followed by", "superseded by", "text")
"""Relations by which the target is relevant where a tracked instrument has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a page is kept by: the source that reads it through a link, the registry, and what people decided."""

    source: Source
    link: Link
    registry: Registry
    decisions: Decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """What is kept of a page, and what is to be done; ``is_first``: its own document was left aside until now."""

    page: Page
    intents: tuple[Skip | Keep, ...] = ()
    is_first: bool = False


def select(known: Known, page: Page, own: Document | None, policy: Policy) -> Selected:
    """Return a page without texts, summaries and links of what is out; what hangs on a document shares its fate.

    What is left aside is noted, so that it can be read when its document is let in or its source kept as a whole.
    Where that was so before, the own page of a document is read as if for the first time: what is attached to it is no
    news.
    """
    source, link = policy.source, policy.link
    out = set() if source.keep == "all" else _out(known, page, policy)
    own_is_out = own is not None and own.id in out
    kept = known.skipped & {each.id for each in page.documents if each.id not in out} if out else known.skipped
    read_now = (Keep(source=source.id, link=link, documents=kept),) if kept else ()
    is_first = bool(kept) and own is not None and not own_is_out
    if not out:
        return Selected(page=page, intents=read_now, is_first=is_first)
    told = {each.document for each in page.versions} | {each.id for each in page.documents if each.summary}
    skips = [_skip(policy, name, link, words=True) for name in sorted(out & (told if own is None else told | {own.id}))]
    links: list[Link] = []
    followed = {each.document for each in page.placements}
    for each in page.links:
        if each.role == "next":
            links.append(each)
        elif not own_is_out or each.facts.get("document") in followed:
            names = sorted(_of(each, out, page))
            skips += [_skip(policy, name, each, words=False) for name in names]
            links += [] if names else [each]
    selected = replace(
        page,
        documents=tuple(replace(each, summary=None) if each.id in out else each for each in page.documents),
        versions=tuple(each for each in page.versions if each.document not in out),
        links=tuple(links),
    )
    return Selected(page=selected, intents=(*read_now, *skips), is_first=is_first)


def _skip(policy: Policy, document: str, link: Link, *, words: bool) -> Skip:
    source = policy.source
    return Skip(source=source.id, protocol=source.protocol, document=document, link=link, words=words)


def _out(known: Known, page: Page, policy: Policy) -> set[str]:
    tops = [each for each in page.documents if each.parent is None or each.parent == each.id]
    out = {
        each.id
        for each in tops
        if _is_out_by_words(known, each, page, policy) and not _is_kept(known, each, page, policy)
    }
    return out | {each.id for each in page.documents if each.parent in out}


def _is_out_by_words(known: Known, document: Document, page: Page, policy: Policy) -> bool:
    source = policy.source
    texts = Texts(
        title=document.title,
        summary=document.summary or known.verdicts[document.id].summary,
        kind=document.kind or source.kind,
        publisher=document.publisher or policy.registry.publishers[source.publisher].name,
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


def _is_kept(known: Known, document: Document, page: Page, policy: Policy) -> bool:
    """Whether a document is kept whatever its words are: it was kept before, or something stronger speaks for it.

    So do a decision, a series, being tracked or tied to what is tracked, and a source that keeps all it has.
    """
    source, verdict, decisions = policy.source, known.verdicts[document.id], policy.decisions.relevance
    names = {*verdict.names, document.id, *document.aliases}
    if decided := [decisions[each] for each in sorted(names) if each in decisions]:
        return decided[0] == "in"
    if verdict.band not in (None, "out"):
        return True
    if names & known.tracked or page_alias(address_of(policy.link)) in known.tracked:
        return True
    series = policy.registry.curated.series
    if any(source.id in each.sources and is_edition(each.title, document.title) for each in series):
        return True
    sources = policy.registry.sources
    others = [sources[each] for each in verdict.sources if each in sources]
    if any(each.keep == "all" and each.topics for each in others):
        return True
    return verdict.is_tied or any(_ties(each, names, known.tracked) for each in page.statements)


def _ties(statement: Statement, names: Set[str], tracked: Set[str]) -> bool:
    """Return whether a page states something that ties a document to a tracked instrument."""
    fields = statement.fields
    if statement.kind == "effect":
        return fields["affecting"] in names and fields["affected"] in tracked
    if statement.kind != "relation":
        return False
    if statement.document in names:
        return fields["relation"] in OUT and fields["target"] in tracked
    return fields["target"] in names and fields["relation"] in IN and statement.document in tracked


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
