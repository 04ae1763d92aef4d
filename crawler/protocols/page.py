"""Single pages and files, each watched as a document: for sites with neither a feed nor a list that can be read.

With ``follow`` each is a list of links, too, and what they lead to is watched with it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Annotated

from crawler.bodies.page_links import attached_files, linked_page
from crawler.bodies.selectors import compile_selector
from crawler.errors import ConfigError, ParseError
from crawler.model import TRACKED, Capture, Document, Link, Page, Problem, Walk
from crawler.protocols import files, followed
from crawler.protocols.listing import details
from crawler.protocols.listing.options import PageOptions, Parameters, Selector
from crawler.sources import Follow, Source, options
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

    def problems(self, source: Source) -> Iterator[str]:
        """Yield what is wrong with the selectors of the links that are followed."""
        follow = source.followed or Follow()
        for key, selector in (("links", follow.links), ("menu", follow.menu)):
            try:
                compile_selector(selector or "a")
            except ConfigError as error:
                yield f"follow.{key}: {error}"


def start(source: Source, walk: Walk) -> Iterable[Link]:
    """Yield every page; each walk asks them all again, conditionally."""
    is_list = source.followed is not None and source.followed.index == "list"
    for url in (source.url, *Options.of(source).items):
        yield Link(url=url, role="listing" if is_list else "document", facts={TRACKED: "yes"})


def parse(capture: Capture, source: Source) -> Page:
    """Read one page or file: as a list of links, as a document, or as both.

    Raises:
        ParseError: no words where the body should be, a damaged file, or a link of another role.
        ConfigError: the options of the source are wrong.
    """
    wanted, follow, role = Options.of(source), source.followed, capture.link.role
    if role in ("listing", "next") and follow is not None:
        if not files.is_html(capture):
            raise ParseError(capture.url, f"{capture.media_type} where a page with links is expected")
        return _with_links(Page(), capture, source, wanted, follow)
    if role not in ("document", "attachment"):
        raise ParseError(capture.url, f"a watched page has no links of role {role!r}")
    if follow is not None and followed.steps(capture.link) and (reason := followed.led_astray(capture, source, follow)):
        return Page(problems=(Problem(kind="no document", detail=reason),))
    page = details.parse(capture, source, _details(wanted))
    if not page.documents or role != "document" or not files.is_html(capture):
        return page
    if follow is not None and followed.steps(capture.link) < follow.depth:
        page = _with_links(page, capture, source, wanted, follow)
    return _with_files(page, capture, wanted.body) if wanted.files else page


def _details(wanted: Options) -> PageOptions:
    return PageOptions(
        language=wanted.language, drop_parameters=wanted.drop_parameters, body=wanted.body, detail_title=wanted.title
    )


def _with_links(page: Page, capture: Capture, source: Source, wanted: Options, follow: Follow) -> Page:
    """Return a page with what its links lead to; those that a page followed has itself are looked for in its body."""
    own = next(iter(page.documents), None)
    is_named = followed.steps(capture.link) == 0
    found = linked_page(capture, selector=follow.links if is_named else "")
    targets = followed.followed(found, capture, source, follow, own=own, drop=wanted.drop_parameters)
    menu = linked_page(capture, selector=follow.menu).links if follow.menu and is_named else ()
    further = followed.further(menu, found.heading, capture, source)
    return replace(
        page,
        documents=(*page.documents, *targets.documents),
        links=(*page.links, *targets.links, *further),
        placements=targets.placements,
        entries=len(targets.placements) if targets.placements or not further else None,
        cursor="whole" if further else None,  # Each walk goes to all lists, also those that are as they were.
    )


def _with_files(page: Page, capture: Capture, selector: str) -> Page:
    """Return a page with the files it leads to as documents of their own: a file that has a new address is the same.

    Each is asked again at each walk, as a page is that is named: it may have been replaced under the address it had.
    """
    own, known = page.documents[0], {link.url for link in page.links}
    documents, links = list(page.documents), list(page.links)
    tracked = {TRACKED: capture.link.url} if followed.steps(capture.link) == 0 else {}
    for url, title, key in attached_files(capture, selector=selector):
        if url not in known:
            name = f"{own.id}#{key}"
            documents.append(Document(id=name, title=title, url=url, parent=own.id, aliases=(url,)))
            facts = {"document": name, "title": title, **tracked}
            links.append(Link(url=url, role="attachment", parent=own.id, facts=facts))
    return replace(page, documents=tuple(documents), links=tuple(links))
