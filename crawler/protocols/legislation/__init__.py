"""legislation.gov.uk: lists, new legislation, the Publication Log, effects, and the text of the law as CLML.

Source: the manual of the site, https://github.com/legislation/data-documentation. Never asked for: ``data.pdf``, which
robots.txt forbids, and dates that the calendar does not know, for which the log answers with all it has.
"""

import re

from crawler.errors import ParseError, RefusedError
from crawler.model import Capture, Link, Page, Problem
from crawler.protocols.legislation import clml
from crawler.protocols.legislation.clml import document
from crawler.protocols.legislation.effects import effects_feed
from crawler.protocols.legislation.listing import listing, marked
from crawler.protocols.legislation.log import log
from crawler.protocols.legislation.names import address, data_url
from crawler.protocols.legislation.options import Options as Options
from crawler.protocols.legislation.options import start as start
from crawler.protocols.legislation.paging import is_feed
from crawler.protocols.legislation.tree import ATOM, LEG, PBL, UKM, Element, name_of, read_xml, words
from crawler.sources import Source

_CHOICE = re.compile(rb'href="(/id/[^"<>]+)"')
_TITLES = {"Publication Log": "log", "Changes to Legislation": "effects"}


def parse(capture: Capture, source: Source) -> Page:
    """Read one answer of the site: by its root element, for the site answers web pages with any address and status.

    Raises:
        RefusedError: the answer is no document (a status other than 200, no body, a web page).
        ParseError: it is not what the site documents.
    """
    if capture.status == 300:
        return _choices(capture)
    if capture.status != 200:
        raise RefusedError(capture.url, _STATUSES.get(capture.status, f"status {capture.status}"), "status")
    if capture.link.role == "attachment":
        return clml.file(capture, source)
    asked = capture.hops[0] if capture.hops else capture.link.url
    if is_feed(asked) and not is_feed(capture.url):
        return _past_end(capture, asked)
    root = read_xml(capture)
    if root.tag == f"{LEG}Legislation" and capture.link.role == "statement":
        return marked(root, capture)
    if root.tag == f"{LEG}Legislation":
        wanted = Options.of(source)
        return document(root, capture, is_with_files=wanted.associated, is_with_versions=wanted.versions)
    if root.tag != f"{ATOM}feed":
        raise ParseError(capture.url, f"root element {name_of(root)} is neither Legislation nor feed")
    if capture.link.role == "document":
        raise ParseError(capture.url, "a feed where the text of an instrument was promised")
    return _feed(root, capture, source)


_STATUSES = {
    202: "status 202: the document is being made; ask again later",
    403: "status 403: asked too often; back off",
    429: "status 429: asked too often; back off",
    432: "status 432: blocked; back off",
    436: "status 436: too many results or asked too often; narrow the query or back off",
}


def _feed(root: Element, capture: Capture, source: Source) -> Page:
    kind = _TITLES.get(words(root.find(f"{ATOM}title")), "list")
    if next(root.iter(f"{PBL}Event"), None) is not None or kind == "log":
        return log(root, capture, source)
    if next(root.iter(f"{UKM}Effect"), None) is not None or kind == "effects":
        return effects_feed(root, capture, Options.of(source).related)
    return listing(root, capture, source)


def _past_end(capture: Capture, asked: str) -> Page:
    """Return the page past the end of a list, for which the site redirects to its search form."""
    if capture.link.role == "next":
        return Page(entries=0)
    problem = Problem(kind="redirected", detail=f"{asked} is no feed any more: it led to {capture.url}")
    return Page(entries=0, problems=(problem,))


def _choices(capture: Capture) -> Page:
    """Read the answer to a year and number that several instruments share: a link to each, and a problem."""
    found = [address(each.decode(errors="replace")) for each in _CHOICE.findall(capture.body)]
    items = list(dict.fromkeys(each.item for each in found if each))
    if not items:
        raise RefusedError(capture.url, "status 300 without choices", "status")
    problem = Problem(kind="ambiguous", detail=f"{capture.url} names {', '.join(items)}")
    links = tuple(Link(url=data_url(item), role="document") for item in items)
    return Page(links=links, problems=(problem,))
