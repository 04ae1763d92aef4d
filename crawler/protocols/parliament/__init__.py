"""The UK Parliament: bills, committee publications, written questions and statements, instruments and treaties.

    bills API ──▶ a bill ──▶ its stages (dates) and publications (documents below it)
    committees, questions, statements: lists by date, read month by month from the last walk on
    inquiries of committees ──▶ what was published in each; a report ──▶ its response, and back
    instruments, treaties: lists ──▶ what Parliament did with each (dates)

Debates are not read, nor lists of members. Open Parliament Licence v3.0. ``committees.parliament.uk`` and
``publications.parliament.uk`` answer 403 to programs; the APIs, on hosts of their own, do not.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from crawler.bodies import files, html
from crawler.errors import ParseError
from crawler.model import Capture, Page
from crawler.protocols.files import of_file, of_web_page
from crawler.protocols.listed import of_link
from crawler.protocols.parliament import bills, committees, questions, treaties
from crawler.protocols.parliament.options import Options as Options
from crawler.protocols.parliament.options import sliced as sliced
from crawler.protocols.parliament.options import start as start
from crawler.sources import Source

_HTML = frozenset({"text/html", "application/xhtml+xml"})


def file(capture: Capture, source: Source) -> Page:
    """Read a file of a publication. Its title is the one that the list of publications gives it."""
    document = of_link(capture, "a file")
    if capture.media_type in _HTML:
        return of_web_page(document, html.document(capture, scrub=source.scrub))
    return of_file(document, files.read(capture, scrub=source.scrub))


_Reader = Callable[[Capture, Source], Page]

_NUMBER = r"\d{1,9}"
_ID = r"[A-Za-z0-9]{1,20}"
_DAY = r"\d{4}-\d\d-\d\d"


def _alone(read: Callable[[Capture], Page]) -> _Reader:
    return lambda capture, source: read(capture)


_READERS: tuple[tuple[str, _Reader], ...] = (
    (bills.PATH, _alone(bills.bills)),
    (rf"{bills.PATH}/{_NUMBER}", _alone(bills.bill)),
    (rf"{bills.PATH}/{_NUMBER}/Stages", _alone(bills.stages)),
    (rf"{bills.PATH}/{_NUMBER}/Publications", bills.publications),
    (rf"/api/v1/Publications/{_NUMBER}/Documents/{_NUMBER}/Download", file),
    (r"/api/v1/(?:Stages|BillTypes|PublicationTypes)", _alone(bills.reference)),
    (committees.PATH, _alone(committees.publications)),
    (rf"{committees.PATH}/{_NUMBER}", _alone(committees.publication)),
    (committees.INQUIRIES, _alone(committees.inquiries)),
    (questions.QUESTIONS, _alone(questions.questions)),
    (rf"{questions.QUESTIONS}/(?:{_NUMBER}|{_DAY}/{_ID})", _alone(questions.question)),
    (questions.STATEMENTS, _alone(questions.statements)),
    (rf"{questions.STATEMENTS}/(?:{_NUMBER}|{_DAY}/{_ID})", _alone(questions.statement)),
    (treaties.INSTRUMENTS_PATH, _alone(treaties.instruments)),
    (rf"{treaties.INSTRUMENTS_PATH}/{_ID}", _alone(treaties.instrument)),
    (treaties.PATH, _alone(treaties.treaties)),
    (rf"{treaties.PATH}/{_ID}", _alone(treaties.treaty)),
    (rf"(?:{treaties.INSTRUMENTS_PATH}|{treaties.PATH})/{_ID}/BusinessItems", _alone(treaties.steps)),
)


def parse(capture: Capture, source: Source) -> Page:
    """Read one answer of an API of Parliament, by its address.

    Raises:
        ParseError: it is not what the API promises, or the address is none that is read here.
    """
    path = urlsplit(capture.url).path.rstrip("/")
    for pattern, read in _READERS:
        if re.fullmatch(pattern, path, re.ASCII):
            return read(capture, source)
    if b"<publicwhip" in capture.body[:20_000]:
        raise ParseError(capture.url, "a debate in the XML of TheyWorkForYou: what members say is not read")
    raise ParseError(capture.url, "an address of Parliament that nothing is read from")
