"""The European Parliament: adopted texts, plenary documents and procedures, from its Open Data API.

    list of a year ──▶ texts about a subject ──▶ each with titles, relations and its file
    procedure ──▶ title, state, events as dates

CC BY 4.0; 500 requests in five minutes at most. Meetings, votes and members are not read. The web sites of the
Parliament stand behind a robot check and are no sources; pages of them that were recorded are read.
"""

import re
from urllib.parse import urlsplit

from crawler.bodies import files
from crawler.errors import ParseError
from crawler.model import Capture, Document, Page
from crawler.protocols.europarl import lists, pages, procedures, works
from crawler.protocols.europarl.options import LISTS, PREFIX, TEXTS
from crawler.protocols.europarl.options import Options as Options
from crawler.protocols.europarl.options import start as start
from crawler.protocols.europarl.values import opened
from crawler.protocols.files import of_file
from crawler.sources import Source
from crawler.text import counted

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_UNREAD = (
    ("/meetings", "meetings of the European Parliament are not read"),
    ("/meps", "a list of members: no register of people is kept"),
    ("/press-room/", "a press release: read it with the protocol listing or feed"),
    ("", "an address of the European Parliament that nothing is read from"),
)
_API = re.compile(rf"{PREFIX}({'|'.join(LISTS)})(?:/([A-Za-z0-9-]+))?", re.ASCII)


def parse(capture: Capture, source: Source) -> Page:
    """Read one answer of the API, a file it serves, or a web page of the Parliament, by its address.

    Raises:
        ParseError: it is not what the API promises, or the address is none that is read here.
    """
    path = urlsplit(capture.url).path.rstrip("/")
    if match := _API.fullmatch(path):
        return _one(capture, source, match[1]) if match[2] else lists.listing(capture, source, match[1])
    if path.startswith("/distribution/") and capture.link.facts.get("document"):
        return _file(capture, source)
    if path.startswith("/doceo/document/"):
        return pages.text(capture, source)
    if path.endswith(("/procedure-file", "/ficheprocedure.do")):
        return pages.procedure_file(capture)
    if path.endswith("/document-summary"):
        return pages.summary(capture, source)
    raise ParseError(capture.url, next((why for part, why in _UNREAD if part in path), _UNREAD[-1][1]))


def _one(capture: Capture, source: Source, name: str) -> Page:
    _, data = opened(capture.url, capture.body)
    if len(data) != 1:
        raise ParseError(capture.url, f"{counted(len(data), 'entry')} where one was asked for")
    read = works.text if name in TEXTS else procedures.procedure
    return read(data[0], capture, source)


def _file(capture: Capture, source: Source) -> Page:
    """Read a file of a text. Its title and language are those that the API gives it."""
    if capture.media_type in _HTML:
        return pages.text(capture, source)
    facts, link = capture.link.facts, capture.link
    document = Document(
        id=facts["document"],
        title=facts.get("title") or link.url,
        url=f"{works.SITE}/{facts['document'].partition(':')[2]}_EN.html",
        kind=facts.get("kind"),
    )
    return of_file(document, files.read(capture, scrub=source.scrub), facts.get("language") or "en")
