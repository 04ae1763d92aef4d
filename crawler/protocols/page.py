"""Single pages and files, each watched as a document: for sites with neither a feed nor a list that can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated

from crawler.bodies.attached import attached_files
from crawler.errors import ParseError
from crawler.model import TRACKED, Capture, Document, Link, Page, Walk
from crawler.protocols import files
from crawler.protocols.listing import details
from crawler.protocols.listing.options import PageOptions, Parameters, Selector
from crawler.sources import Source, options
from crawler.sources.fields import Address, Code, Flag, said


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is a page or a file (PDF, office), asked again in each walk."""

    items: Annotated[tuple[Address, ...], said("further pages and files")] = ()
    files: Annotated[Flag, said("also watch the files that a page leads to")] = False
    body: Annotated[Selector, said("of the text of a page; default `main`, `article`, or body without navigation")] = ""
    title: Annotated[Selector, said("of the title; default the first `h1`")] = ""
    language: Annotated[Code, said("of what states none")] = "en"
    drop_parameters: Parameters = ()


def start(source: Source, walk: Walk) -> Iterable[Link]:
    """Yield every page; each walk asks them all again, conditionally."""
    for url in (source.url, *Options.of(source).items):
        yield Link(url=url, role="document", facts={"tracked": "yes"})


def parse(capture: Capture, source: Source) -> Page:
    """Read one page or file.

    Raises:
        ParseError: no words where the body should be, a damaged file, or a link of another role.
        ConfigError: the options of the source are wrong.
    """
    if capture.link.role not in ("document", "attachment"):
        raise ParseError(capture.url, f"a watched page has no links of role {capture.link.role!r}")
    wanted = Options.of(source)
    details_wanted = PageOptions(
        language=wanted.language, drop_parameters=wanted.drop_parameters, body=wanted.body, detail_title=wanted.title
    )
    page = details.parse(capture, source, details_wanted)
    if page.documents and capture.link.role == "document" and wanted.files and files.is_html(capture):
        return _with_files(page, capture, wanted.body)
    return page


def _with_files(page: Page, capture: Capture, selector: str) -> Page:
    """Return a page with the files it leads to as documents of their own: a file that has a new address is the same.

    Each is asked again at each walk, as the page is: it may have been replaced under the address it had.
    """
    (own,) = page.documents
    documents, links = [own], []
    for url, title, key in attached_files(capture, selector=selector):
        name = f"{own.id}#{key}"
        documents.append(Document(id=name, title=title, url=url, parent=own.id, aliases=(url,)))
        facts = {"document": name, "title": title, TRACKED: capture.link.url}
        links.append(Link(url=url, role="attachment", parent=own.id, facts=facts))
    return replace(page, documents=tuple(documents), links=tuple(links))
