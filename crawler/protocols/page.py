"""Single pages and files, each watched as a document: for sites with neither a feed nor a list that can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crawler.errors import IdentifierError, ParseError
from crawler.identifiers import canonical_url
from crawler.model import Capture, Link, Page, Walk
from crawler.protocols.listing import details
from crawler.protocols.listing.options import options as list_options
from crawler.protocols.listing.options import problems as list_problems
from crawler.protocols.options import require
from crawler.sources import Source

OPTIONS: dict[str, tuple[type, str]] = {
    "items": (list, "addresses of further pages and files to watch; the address of the source is the first"),
    "body": (str, "selector of the text on a page; default main, article or body without navigation"),
    "title": (str, "selector of the title on a page; default its first h1"),
    "language": (str, "language of a page that states none, ISO 639-1; default en"),
    "drop_parameters": (list, "query parameters that do not choose a page: left out of addresses"),
}


def problems(source: Source) -> list[str]:
    """Give what is wrong with the options of a source, one line each; nothing is fetched."""
    found = [line.replace("detail_title", "title") for line in list_problems(_as_list(source))]
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
    if capture.link.role != "document":
        raise ParseError(capture.url, f"a watched page has no links of role {capture.link.role!r}")
    require(source, problems(source))
    return details.parse(capture, source, list_options(_as_list(source)))


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
    shared = {names.get(key, key): value for key, value in source.options.items() if key != "items"}
    return replace(source, options={**shared, "entry": "a"})
