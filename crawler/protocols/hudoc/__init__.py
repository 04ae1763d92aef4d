"""HUDOC: what the monitoring bodies of the Council of Europe and its Court hold, one site each (GRETA, GREVIO, ECHR …).

    RSS of a search ──▶ one document for each report, judgment or other work; the sections of a report are its version
    results of a search (JSON) ──▶ judgments of the Court, title, date and number only
    text of a section ──▶ a document under its report, where ``texts`` asks for it

The feed has one entry for each *section*, at most 2,000 of them, newest first, and no word about what it leaves out.
Measured on recordings of eleven sites, May to July 2025. Judgments are listed and never read: they name people.
"""

from urllib.parse import urlsplit

from crawler.errors import ParseError
from crawler.model import Capture, Page
from crawler.protocols.hudoc import cases, rss
from crawler.protocols.hudoc.names import RESULTS, TEXT
from crawler.protocols.hudoc.names import Options as Options
from crawler.protocols.listed import start as start
from crawler.sources import Source


def parse(capture: Capture, source: Source) -> Page:
    """Read the feed of a search, its results in JSON, or the text of a section.

    Raises:
        ParseError: the capture is not what its address promises.
    """
    path = urlsplit(capture.link.url).path
    if path == TEXT:
        return rss.section_text(capture, source)
    if capture.link.role not in ("listing", "next"):
        raise ParseError(capture.url, f"neither a search nor a text: {path}")
    return cases.parse(capture, source) if path == RESULTS else rss.parse(capture, source)
