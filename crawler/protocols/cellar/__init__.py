"""The Publications Office of the EU: EU law, Council documents, reports and case law from CELLAR, without EUR-Lex.

Source: the CELLAR end-user manual (https://op.europa.eu/en/web/cellar). Pages of EUR-Lex that others recorded are read
too; the site itself answers programs with a robot check and is not asked.
"""

import re
from dataclasses import replace

from crawler.errors import ParseError, RefusedError
from crawler.identifiers import celex
from crawler.model import Capture, Page
from crawler.protocols.cellar import addresses, formex, notices, notifications, responses, sparql, xhtml
from crawler.protocols.cellar.options import Options as Options
from crawler.protocols.cellar.options import sliced as sliced
from crawler.protocols.cellar.options import start as start
from crawler.protocols.markup import Element, name_of, read_xml, words
from crawler.sources import Source

_HTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_LOOKED_AT = 2000


def parse(capture: Capture, source: Source) -> Page:
    """Read one answer, by its status and by what its body is: results, notifications, a notice, or a text.

    Raises:
        RefusedError: the answer is no document, or of a kind that is not asked for; says which.
        ParseError: it is not what the Publications Office documents.
    """
    if capture.status in (404, 406):
        return responses.missing(capture)
    if capture.status == 300:
        return responses.choices(capture)
    if capture.status not in (200, 203):
        raise RefusedError(capture.url, f"status {capture.status}", "status")
    if capture.link.accept == addresses.RESULTS or sparql.is_answer(capture):
        return _wanted_links(sparql.listing(capture), source)
    if capture.body.startswith(b"PK"):
        return responses.text(capture, formex.read, "structured")
    if capture.body.startswith(b"%PDF"):
        return responses.printed(capture)
    if _HTML.search(capture.body[:_LOOKED_AT]):
        return responses.text(capture, xhtml.read, "html")
    return _xml(read_xml(capture.body.strip(), capture.url), capture, source)


def _xml(root: Element, capture: Capture, source: Source) -> Page:
    name = name_of(root)
    if name == "NOTICE":
        return _wanted_links(notices.notice(root, capture, Options.of(source).language), source)
    if notifications.is_feed(root):
        return notifications.feed(root, capture, *_wanted(source))
    if name == "Envelope":
        raise RefusedError(capture.url, _said(root), "error")
    if reason := _REFUSED.get(name):
        raise RefusedError(capture.url, reason, "error")
    if name in ("feed", "rss"):
        raise ParseError(capture.url, "a feed that is none of the notification service")
    return responses.text(capture, formex.read, "structured")


_REFUSED = {
    "RDF": "RDF, which is not read: notices are asked as XML",
    "sparql": "results as XML, which are not read: they are asked as JSON",
}


def _wanted_links(page: Page, source: Source) -> Page:
    """Return a page without links where its source reads no texts."""
    return page if Options.of(source).texts else replace(page, links=())


def _wanted(source: Source) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids and the classes of works that a source keeps of notifications."""
    options = Options.of(source)
    return frozenset(each if ":" in each else celex(each) for each in options.items), frozenset(options.classes)


def _said(envelope: Element) -> str:
    """Return why an answer of the search service of EUR-Lex, which needs an account, is no document."""
    codes = [words(each) for each in envelope.iter("{*}Value")]
    fault = (
        next((each for each in reversed(codes) if ":" in each), "") if envelope.find(".//{*}Fault") is not None else ""
    )
    text = next((words(each) for each in envelope.iter("{*}Text")), "")
    told = f": {fault} ({text})" if fault else ""
    return f"an answer of the search service of EUR-Lex, which is not asked{told}"
