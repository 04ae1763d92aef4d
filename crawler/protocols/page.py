"""Single pages and files, each watched as a document: for sites with neither a feed nor a list that can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crawler.bodies.attached import attached
from crawler.errors import IdentifierError, ParseError
from crawler.identifiers import canonical_url
from crawler.model import TRACKED, Capture, Document, Link, Page, Walk
from crawler.protocols import files
from crawler.protocols.listing import details
from crawler.protocols.listing.options import options as list_options
from crawler.protocols.listing.options import problems as list_problems
from crawler.protocols.options import require
from crawler.sources import Source

OPTIONS: dict[str, tuple[type, str]] = {
    "items": (list, "addresses of further pages and files to watch; the address of the source is the first"),
    "files": (bool, "also watch the files that a page leads to, found there anew at each visit; default false"),
    "body": (str, "selector of the text on a page; default main, article or body without navigation"),
    "title": (str, "selector of the title on a page; default its first h1"),
    "language": (str, "language of a page that states none, ISO 639-1; default en"),
    "drop_parameters": (list, "query parameters that do not choose a page: left out of addresses"),
}


def problems(source: Source) -> list[str]:
    """Give what is wrong with the options of a source, one line each; nothing is fetched."""
    found = [line.replace("detail_title", "title") for line in list_problems(_as_list(source))]
    if not isinstance(source.options.get("files", False), bool):
        found.append(f"options.files: {source.options['files']!r}; expected true or false")
    stated = source.options.get("items", [])
    if not isinstance(stated, list):
        return [*found, f"options.items: {stated!r}; expected a list of addresses"]
    return found + [line for url in stated if (line := _no_address(url))]


def start(source: Source, walk: Walk) -> Iterable[Link]:
    """Give every page; each walk asks them all again, conditionally."""
    for url in (source.url, *_items(source)):
        yield Link(url=url, role="document", facts={"tracked": "yes"})


def parse(capture: Capture, source: Source) -> Page:
    """Read one page or file.

    Raises:
        ParseError: no words where the body should be, a damaged file, or a link of another role.
        ConfigError: the options of the source are wrong; :func:`problems` says so before anything is asked.
    """
    if capture.link.role not in ("document", "attachment"):
        raise ParseError(capture.url, f"a watched page has no links of role {capture.link.role!r}")
    require(source, problems(source))
    page = details.parse(capture, source, list_options(_as_list(source)))
    if page.documents and capture.link.role == "document" and source.options.get("files") and files.is_html(capture):
        return _with_files(page, capture, source)
    return page


def _with_files(page: Page, capture: Capture, source: Source) -> Page:
    """Return a page with the files it leads to as documents of their own: a file that has a new address is the same.

    Each is asked again at each walk, as the page is: it may have been replaced under the address it had.
    """
    (own,) = page.documents
    documents, links = [own], []
    for url, title, key in attached(capture, selector=str(source.options.get("body", ""))):
        name = f"{own.id}#{key}"
        documents.append(Document(id=name, title=title, url=url, parent=own.id, aliases=(url,)))
        facts = {"document": name, "title": title, TRACKED: capture.link.url}
        links.append(Link(url=url, role="attachment", parent=own.id, facts=facts))
    return replace(page, documents=tuple(documents), links=tuple(links))


def _items(source: Source) -> list[str]:
    stated = source.options.get("items", [])
    return [str(url) for url in stated] if isinstance(stated, list) else []


def _no_address(url: object) -> str:
    try:
        canonical_url(str(url))
    except IdentifierError as error:
        return f"options.items: {error}"
    return ""


def _as_list(source: Source) -> Source:
    """Give the source as a list of one entry: pages of documents are read alike."""
    names = {"title": "detail_title"}
    shared = {names.get(key, key): value for key, value in source.options.items() if key not in ("items", "files")}
    return replace(source, options={**shared, "entry": "a"})
