"""What readers of lists share: entries one by one, the next page or why there is none, documents that links name."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar
from urllib.parse import quote, urlsplit

from crawler.errors import IdentifierError, ParseError
from crawler.model import Capture, Document, Link, Problem, Walk
from crawler.sources import Source

Following = tuple[tuple[Link, ...], tuple[Problem, ...]]
"""What follows a page of a list: the link to the next one, or the problem that the rest is not read."""

_Item = TypeVar("_Item")
_Read = TypeVar("_Read")


def start(source: Source, walk: Walk) -> Iterable[Link]:
    """Return the address of the source: the first page of its list."""
    return [Link(url=source.url, role="listing")]


def unread(detail: str) -> Following:
    """Return that nothing follows, and why."""
    return (), (Problem(kind="gap", detail=detail),)


def read_each(
    items: Iterable[_Item], read: Callable[[_Item], _Read], what: str = "entry"
) -> tuple[list[_Read], tuple[Problem, ...]]:
    """Return the entries of a list as they are read, and as a problem those that are not what they should be."""
    found: list[_Read] = []
    faults: list[str] = []
    for place, item in enumerate(items, 1):
        try:
            found.append(read(item))
        except (ParseError, IdentifierError) as error:
            faults.append(f"{what} {place}: {getattr(error, 'reason', error)}")
    return found, faulty(faults)


def faulty(faults: Sequence[str]) -> tuple[Problem, ...]:
    """Return entries that cannot be read as one problem; none where there are none."""
    return (Problem(kind="entry", detail=f"{len(faults)}, the first: {faults[0]}"),) if faults else ()


def by_id(documents: Iterable[Document]) -> dict[str, Document]:
    """Return documents by their id, the first of those that share one."""
    found: dict[str, Document] = {}
    for each in documents:
        found.setdefault(each.id, each)
    return found


def number(text: str, default: int) -> int:
    """Return a whole number that an address or a header states, another one where it states none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def with_query(url: str, pairs: Iterable[tuple[str, str]], safe: str = "") -> str:
    """Return an address with these parameters in place of its own; ``safe`` are marks that stay as they are."""
    query = "&".join(f"{name}={quote(value, safe=safe)}" for name, value in pairs)
    return urlsplit(url)._replace(query=query).geturl()


def stated(facts: Mapping[str, str | None]) -> dict[str, str]:
    """Return the facts that have a value."""
    return {name: value for name, value in facts.items() if value}


def of_link(capture: Capture, what: str) -> Document:
    """Return the document that the link of a capture names, with what the link says of it.

    Raises:
        ParseError: the link names none; ``what`` was asked for.
    """
    link, facts = capture.link, capture.link.facts
    if not facts.get("document") or not facts.get("title"):
        raise ParseError(capture.url, f"{what} whose link does not name its document and title")
    return Document(
        id=facts["document"],
        title=facts["title"],
        url=facts.get("page", link.url),
        kind=facts.get("kind"),
        parent=link.parent,
        publisher=facts.get("publisher"),
        jurisdiction=facts.get("jurisdiction"),
        published=facts.get("published"),
    )
