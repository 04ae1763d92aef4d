"""What is read in a body that was masked: all else as before, and nothing of what was redacted."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from crawler.errors import ParseError
from crawler.identifiers import address_of, owner
from crawler.model import Document, Link, Page, Statement, Version
from crawler.redaction.mark_hashes import words_text
from crawler.redaction.marks import Marks
from crawler.redaction.mask import Others

_Said = TypeVar("_Said", Document, Version, Statement, Link)
Read = Page | ParseError
"""What a source reads in a body, or why it reads nothing."""

MASKS = frozenset("xX1")
"""What stands in the place of letters and digits."""
_MASKED = re.compile(r"(?<![^\W_])(?:[xX]{3,}|[xX1]{4,})(?![^\W_])")
"""A word of which every letter and digit is masked."""
_PART = re.compile(
    r"[^\s:;()|\"\u201c\u201d\u2013\u2014](?:[^:;()|\"\u201c\u201d\u2013\u2014]*[^\s:;()|\"\u201c\u201d\u2013\u2014])?"
)
"""A part of a title, which may be made of several fields."""
_SLUG = re.compile(r"[^/?#]*[A-Za-z0-9][-_][A-Za-z0-9][^/?#]{8,}\Z")
"""The end of an address that is made of a title."""
_DATE = re.compile(r"|.{1,3}|(?:19|20)[0-9]{2}(?:-[0-9-]+)?|[^0-9]*")
"""A part of an id that tells nothing: a year, a date, a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a page lists: ``marks`` that know all that it says of redacted documents, and what the others are called.

    ``others`` is None for what is no list, or is not read as one.
    """

    marks: Marks
    others: Others | None


def is_it(document: Document, marks: Marks, base: str) -> str:
    """Return whose document it is by its names, its address or its whole title, or what it is attached to."""
    found = marks.address(document.url, base) or marks.title(document.title)
    return found or next(filter(None, map(marks.name, (document.id, *document.aliases, document.parent or ""))), "")


def marks_of_lists(marks: Marks, pages: list[Read], base: str, *, is_list: bool) -> Listed:
    """Return marks that also know what pages list of redacted documents: their other addresses, titles and words.

    ``is_list``: all that a page tells of are its entries; else the first is its own, and no other.
    """
    read = [page for page in pages if isinstance(page, Page)]
    entries = [each for page in read for each in page.documents[0 if is_list else 1 :]]
    gone = {each.id: found for each in entries if (found := _named_as(each, marks, base))}
    own, others, names = set[str](), set[str](), set[str]()
    for page in read:
        for document in page.documents:
            (own if document.id in gone else others).update(_said(document))
            names |= {document.id, *document.aliases, f"url:{document.url}"} if document.id in gone else set()
        for version in page.versions:
            lines = [line for each in version.sections for line in (each.heading, *each.text.split("\n"))]
            (own if version.document in gone else others if is_list else set()).update(lines)
        names |= {f"url:{address_of(link)}" for link in page.links if link.facts.get("document", "") in gone}
    left = {each.id: {*map(words_text, _said(each))} for each in entries if each.id not in gone}
    apart = [said - {*map(words_text, own)} for said in left.values()] if read and is_list else None
    if not gone:
        return Listed(marks=marks, others=apart)
    known = "\n".join(map(words_text, others))
    texts = {each for each in own if words_text(each) not in known}
    return Listed(marks=marks.also(next(iter(gone.values())), texts, names), others=apart)


def _named_as(document: Document, marks: Marks, base: str) -> str:
    return is_it(document, marks, base) or marks.within(document.url, base) or marks.within(document.title, base)


def _said(document: Document) -> Iterator[str]:
    """Yield what a document may be called: its title, parts of it side by side, its summary, parts of its id."""
    parts = [match.span() for match in _PART.finditer(document.title)]
    for at, (start, _) in enumerate(parts):
        yield from (document.title[start:end] for _, end in parts[at:])
    yield document.summary or ""
    yield from _SLUG.findall(document.url)
    if not document.id.startswith("url:"):
        local = document.id.partition(":")[2]
        yield from (each for each in (local, *re.split("[:/]", document.id)) if not _DATE.fullmatch(each))


def is_as_before(before: Read, after: Read, marks: Marks, more: Marks, base: str, *, is_list: bool) -> bool:
    """Return whether a body is read as before once it was masked, but for the documents that it does not name any more.

    It was masked by ``more``, those of :func:`marks_of_lists`. How many entries a list has may differ, and a problem
    may be gone: a masked entry may not be read as one.
    """
    if not isinstance(before, Page) or not isinstance(after, Page):
        return type(before) is type(after) and getattr(before, "kind", "") == getattr(after, "kind", "")
    gone = [each for each in before.documents[0 if is_list else 1 :] if _named_as(each, marks, base)]
    expected = without_masked(_masked(_without(before, gone), more, base), is_list=is_list)
    left = without_masked(after, is_list=is_list)
    return (
        without_masked(before, is_list=is_list) == before
        and _alike(_plain(expected), _plain(left))
        and not Counter(each.kind for each in left.problems) - Counter(each.kind for each in before.problems)
        and _next(before) == _next(left)
        and not any(is_it(each, marks, base) for each in left.documents)
    )


def _next(page: Page) -> list[Link]:
    return [each for each in page.links if each.role == "next"]


def without_masked(page: Page, *, is_list: bool) -> Page:
    """Return a page without the documents that are masked in it, and without what it says of them.

    Of a page that is no list the first is its own: it stays, whatever is masked in it.
    """
    listed = page.documents[0 if is_list else 1 :]
    return _without(page, [each for each in listed if any(map(_MASKED.search, (each.id, each.title, each.url)))])


def _without(page: Page, gone: Collection[Document]) -> Page:
    names = {name for each in gone for name in (each.id, *each.aliases, each.url, f"url:{each.url}", each.title)}

    def is_about(*texts: str | None) -> bool:
        return any(text in names or (" " not in text and _MASKED.search(text)) for text in texts if text)

    return replace(
        page,
        documents=tuple(each for each in page.documents if each not in gone),
        versions=tuple(each for each in page.versions if each.document not in names),
        statements=tuple(each for each in page.statements if not is_about(each.document, *each.fields.values())),
        links=tuple(
            each for each in page.links
            if not is_about(each.url, owner(each.url), each.parent, each.facts.get("document"), each.facts.get("title"))
        ),
        problems=tuple(each for each in page.problems if not _MASKED.search(each.detail)),
        placements=tuple(
            each for each in page.placements
            if not is_about(each.document, each.url) and each.title not in names and not _MASKED.search(each.title)
        ),
        listed=tuple(each for each in page.listed if not is_about(each)),
    )  # fmt: skip


def _masked(page: Page, marks: Marks, base: str) -> Page:
    """Return a page whose documents, statements and links are masked."""

    def mask(value: Any) -> Any:
        if isinstance(value, str):
            return marks.masked(value, base)
        if isinstance(value, Mapping):
            return {key: mask(each) for key, each in value.items()}
        return tuple(map(mask, value)) if isinstance(value, tuple) else value

    def each(values: tuple[_Said, ...], *names: str) -> tuple[_Said, ...]:
        return tuple(replace(one, **{name: mask(getattr(one, name)) for name in names}) for one in values)

    return replace(
        page,
        documents=each(page.documents, "id", "title", "url", "aliases"),
        versions=each(page.versions, "document"),
        statements=each(page.statements, "document", "fields"),
        links=each(page.links, "url", "parent", "facts"),
    )


def _plain(page: Page) -> Page:
    """Return a page without what counts or digests other parts of it."""
    links = tuple(replace(each, token="") for each in page.links)
    return replace(page, links=links, problems=(), entries=None, newest=None, total=None, listed=())


def _alike(one: object, other: object) -> bool:
    """Return whether two values say the same but for letters and digits that are masked in one of them."""
    if isinstance(one, str) and isinstance(other, str):
        pairs = zip(one, other, strict=False)
        return one == other or (len(one) == len(other) and all(a == b or a in MASKS or b in MASKS for a, b in pairs))
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_alike(value, other[key]) for key, value in one.items())
    if is_dataclass(one) and type(one) is type(other):
        return all(_alike(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))
    return one == other
