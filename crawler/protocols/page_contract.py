"""What every page must hold to, whichever parser gave it: a mistake in a parser must not stop a crawl."""

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass, replace

from crawler.errors import ParseError
from crawler.identifiers import is_address
from crawler.model import Page, Problem
from crawler.text import counted

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "status": ("status",),
    "withdrawn": (),
    "effect": ("type", "affected", "affecting"),
    "relation": ("relation", "target"),
    "date": ("event", "date"),
    "alias": ("alias",),
    "note": ("date", "note"),
}


def checked(page: Page, url: str) -> Page:
    """Return a page once it is sound, without links that nobody can ask: a link in the queue outlives the page.

    Raises:
        ParseError: a version of a document that the page does not describe, a statement without a field of its kind,
            or text that no file can hold.
    """
    for fault in _faults(page):
        raise ParseError(url, f"its parser gave a page that does not hold together: {fault}")
    links = tuple(link for link in page.links if is_address(link.url))
    if len(links) == len(page.links):
        return page
    wrong = [link for link in page.links if not is_address(link.url)]
    lead = "leads" if len(wrong) == 1 else "lead"
    of_all = f"{len(wrong)} of {counted(len(page.links), 'link')} {lead} to no address"
    detail = f"{of_all}, the first: {wrong[0].url[:200]!r}"
    return replace(page, links=links, problems=(*page.problems, Problem(kind="entry", detail=detail)))


def _faults(page: Page) -> Iterator[str]:
    described = {document.id for document in page.documents}
    yield from (f"a version of {v.document!r} only" for v in page.versions if v.document not in described)
    yield from (f"a document {d.id!r} titled {d.title!r}" for d in page.documents if not (d.id and d.title))
    for statement in page.statements:
        for name in _FIELDS[statement.kind]:
            if name not in statement.fields:
                yield f"a statement {statement.kind!r} about {statement.document!r} without {name!r}"
    yield from (f"text with half a character: {text[:40]!r}" for text in _written(page) if not _is_whole(text))


def _written(page: Page) -> Iterator[str]:
    """Yield all text of a page, that of sections in few long pieces: nearly all of it is there."""
    for version in page.versions:
        yield " ".join((version.title, version.label, version.note, version.status, version.language))
        yield " ".join(f"{s.path} {s.number} {s.heading} {s.status} {s.text}" for s in version.sections)
        yield " ".join(part.path for section in version.sections for part in section.parts)
    for value in (page.documents, page.statements, page.links, page.problems, (page.newest, page.cursor)):
        yield from _texts(value)


def _texts(value: object) -> Iterator[str]:
    """Yield every text inside a value, the last first: a recursion takes twice as long."""
    left = [value]
    while left:
        inner = left.pop()
        if isinstance(inner, str):
            yield inner
        elif isinstance(inner, tuple):
            left.extend(inner)
        elif isinstance(inner, Mapping):
            left.extend(inner)
            left.extend(inner.values())
        elif is_dataclass(inner):
            left.extend([getattr(inner, name) for name in inner.__dataclass_fields__])


def _is_whole(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
