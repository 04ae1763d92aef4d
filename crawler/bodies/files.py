"""Any file body by what it is: PDF, DOCX, DOC, PPTX, ODT, XLSX, ODS, CSV and plain text are read, others are named.

What a file is, its first bytes say; then the media type; then the end of its name. Servers send much as
``application/octet-stream``, and office files as ``application/zip``. The words of a form that is filled in as an
example are those of somebody's case, and are never shown: nobody can see whether the case is invented. So what calls
itself an example of a form is not read, and neither is a form that states a day of birth with other details of a
person; a form that waits to be filled in is.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import unquote, urlsplit

from crawler.bodies import pdf, tables
from crawler.bodies.encoding import decode, holds_bytes
from crawler.bodies.headings import Headed, sections, without_matches
from crawler.bodies.office import docx, ods, odt, package, pptx, xlsx
from crawler.bodies.selectors import patterns
from crawler.bodies.values import Content
from crawler.errors import ParseError, RefusedError
from crawler.model import Capture, Problem, Section
from crawler.text import clean

_EXAMPLE = r"(?:example|completed|filled[- ](?:in|out)|worked|mock|dummy|pre-?filled)"
"""What is called a sample is a form that waits to be filled in, as often as not."""
_FORM = r"(?:form|questionnaire|referral(?! (?:pathways?|process|guid|rout)))(?!s)"
_BLANK = re.compile(r"\b(?:blank|template|how to|guidance|guide|notes? (?:on|for))\b", re.I)
_NAMED = re.compile(rf"\b{_EXAMPLE}s?\b[^.;:|]{{0,40}}\b{_FORM}|\b{_FORM}\b[^.;:|]{{0,20}}\b{_EXAMPLE}", re.I)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?\s?[./ -]\s?(?:\d{1,2}|[a-z]{3,9})\s?[./ -]\s?(?:19|20)?\d\d\b"
_BORN = re.compile(rf"\b(?:date of birth|d\.?o\.?b\.?|geburtsdatum|date de naissance)\b[^\d\n]{{0,30}}{_DAY}", re.I)
_DETAIL = re.compile(
    r"^[^\w\n]*(?:(?:full|first|last|family|given|sur|fore|middle)[ -]?names?|"
    r"name(?: of (?:the )?(?:person|child|adult|(?:potential )?victim|client|young person))?|"
    r"nationality|country of birth|gender|sex|ethnicity|"
    r"(?:home |current |last known )?address|(?:mobile|telephone|phone)(?: number| no\.?)?|first language|"
    r"(?:home office|ho|nhs|passport|police|case) (?:ref\w*|number|no\.?))\W{1,4}(?=[A-Z0-9])",
    re.I | re.M,
)
_FORM_WORDS = 8000
"""Most words of a form: a longer text may have one in it, and is read."""
_MIN_DETAILS = 2


def why_unread(names: Iterable[str], sections: Sequence[Section]) -> str:
    r"""Return why a file is not read, by its names (title, name of the file) and its text; empty where it is.

    >>> why_unread(["Example adult form - best practice"], ()), why_unread(["Referral form (example).doc"], ())
    ('an example of a form, which may be filled in', 'an example of a form, which may be filled in')
    >>> [why_unread([name], ()) for name in ("Examples of referrals in 2019", "Referral form", "Example form, blank")]
    ['', '', '']
    >>> person = "Name | Ann Sample\nDate of birth | 1 May 1990\nNationality | French"
    >>> [why_unread([], [Section(path="a", text=text)]) for text in (person, "Date of birth | DD/MM/YYYY")]
    ['a form with the details of a person in it', '']
    """
    if any(map(_is_example, names)):
        return "an example of a form, which may be filled in"
    return "a form with the details of a person in it" if _is_filled([each.text for each in sections]) else ""


def _is_example(name: str) -> bool:
    spoken = name.replace("_", " ").replace("+", " ")
    return _NAMED.search(spoken) is not None and _BLANK.search(spoken) is None


def _is_filled(texts: Sequence[str]) -> bool:
    if not any(map(_BORN.search, texts)) or sum(text.count(" ") for text in texts) > _FORM_WORDS:
        return False
    return sum(len(_DETAIL.findall(text)) for text in texts) >= _MIN_DETAILS


_READERS: dict[str, Callable[..., Content]] = {
    "pdf": pdf.document,
    "docx": docx.document,
    "doc": docx.old_document,
    "pptx": pptx.document,
    "odt": odt.document,
    "xlsx": xlsx.document,
    "ods": ods.document,
}
_NAMES = {
    "xls": "an old Excel workbook (.xls)",
    "ppt": "an old PowerPoint presentation (.ppt)",
    "xlsb": "a binary Excel workbook (.xlsb)",
    "odp": "an OpenDocument presentation (.odp)",
    "odg": "an OpenDocument drawing (.odg)",
    "rtf": "a Rich Text file (.rtf)",
    "epub": "an electronic book (.epub)",
    "zip": "a ZIP archive (.zip)",
    "msg": "a mail message (.msg)",
    "ole": "an old file of Microsoft Office",
}
_TYPES = {
    "application/pdf": "pdf",
    "application/x-pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template": "docx",
    "application/vnd.ms-word.document.macroenabled.12": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.12": "xlsx",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": "xlsb",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.ms-outlook": "msg",
    "application/rtf": "rtf",
    "text/rtf": "rtf",
    "application/epub+zip": "epub",
    "application/zip": "zip",
    "application/x-zip-compressed": "zip",
    "text/csv": "csv",
    "application/csv": "csv",
    "text/comma-separated-values": "csv",
    "text/tab-separated-values": "csv",
    "text/plain": "txt",
}
_ENDINGS = {
    "pdf": "pdf", "docx": "docx", "docm": "docx", "dotx": "docx", "odt": "odt", "ott": "odt", "xlsx": "xlsx",
    "xlsm": "xlsx", "ods": "ods", "ots": "ods", "csv": "csv", "tsv": "csv", "txt": "txt", "doc": "doc", "xls": "xls",
    "xlsb": "xlsb", "ppt": "ppt", "pptx": "pptx", "odp": "odp", "odg": "odg", "rtf": "rtf", "epub": "epub",
    "zip": "zip", "msg": "msg",
}  # fmt: skip
_UNSTATED = frozenset({"application/octet-stream", "binary/octet-stream", "application/force-download", "text/plain"})
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.spreadsheet-template": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.oasis.opendocument.graphics": "odg",
    "application/epub+zip": "epub",
}
_MAIN_PARTS = {
    "word/document.xml": "docx", "xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "ppt/presentation.xml": "pptx",
}  # fmt: skip
_DATA = frozenset({"application/json", "application/problem+json", "application/xml", "text/xml"})
_MESSAGE = 2048
"""Bytes of data in place of a document that are what a program says of its failure."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt"), ("__substg1.0", "msg"))
_BEGINNINGS = (
    ((b"<!doctype html", b"<html", b"<head", b"<body"), "a web page"),
    ((b"\x1f\x8b",), "data compressed with gzip"),
    ((b"<",), "markup"),
    ((b"{", b"["), "JSON"),
)
_FILENAME = re.compile(r"""filename\*?\s*=\s*(?:[\w-]*'[\w-]*')?["']?([^"';]+)""", re.I)


def read(capture: Capture, *, scrub: tuple[str, ...] = ()) -> Content:
    """Return what a captured file says; one of a kind that is not read gives no sections and the reason.

    Neither does a form that may be filled in.

    Raises:
        ParseError: damaged, cut off, encrypted, too large once expanded, or without any word.
        ConfigError: a ``scrub`` that is no regular expression.
    """
    what = kind(capture)
    if reader := _READERS.get(what):
        found = reader(capture.body, url=capture.url, scrub=scrub)
        names = capture.link.facts.get("title", ""), name_of(capture), found.title
        filled = why_unread(names, found.sections)
        return _unread(filled) if filled else found
    if what == "csv":
        stated = capture.header("content-type")
        return tables.document(capture.body, url=capture.url, content_type=stated, scrub=scrub)
    if what == "txt":
        return _plain(capture, scrub)
    if capture.media_type in _DATA and len(capture.body) <= _MESSAGE:
        raise RefusedError(capture.url, f"a message of {len(capture.body)} bytes ({capture.media_type})", "error")
    return _unread(_NAMES.get(what, f"a file of type {capture.media_type}"))


def _unread(named: str) -> Content:
    return Content(problems=(Problem(kind="unread", detail=f"not read: {named}"),))


def name_of(capture: Capture) -> str:
    """Return the name of a file: as its server states it, else the last part of its address; often empty."""
    stated = _FILENAME.search(capture.header("content-disposition"))
    name = stated.group(1) if stated else urlsplit(capture.url).path.rpartition("/")[2]
    return clean(unquote(name).replace("\\", "/").rpartition("/")[2])


def kind(capture: Capture) -> str:
    """Return what a file is, as the end of its name would say it: pdf, docx, odt, txt …; empty where nothing tells.

    Raises:
        ParseError: a ZIP or office file that is damaged, encrypted, or expands beyond reason; what is called
            a PDF or an office file and is none.
    """
    body = capture.body
    if b"%PDF-" in body[:1029]:
        return "pdf"
    if body.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(capture)
    if body.startswith(_OLE):
        return _compound(capture)
    if body.startswith(b"{\\rtf"):
        return "rtf"
    stated = _TYPES.get(capture.media_type, "")
    ending = _ENDINGS.get(name_of(capture).rpartition(".")[2].lower(), "")
    # Old spreadsheets are often CSV that is named so that a program opens.
    if capture.media_type in _UNSTATED or (stated == "xls" and ending == "csv"):
        stated = ending or stated
    found = stated or ending
    if found in _READERS:  # Each of them begins as none of the above does.
        raise ParseError(capture.url, f"no {found.upper()} file, as its address or server says, but {_begins(body)}")
    return found


def _begins(body: bytes) -> str:
    if not body.strip(b"\0 \t\r\n"):
        return "nothing but zeros"
    return next((what for signs, what in _BEGINNINGS if body.lstrip()[:2000].lower().startswith(signs)), "other bytes")


def _zipped(capture: Capture) -> str:
    """Return what kind of ZIP file it is, by the parts in it."""
    with package.open_package(capture.body, capture.url) as opened:
        if "mimetype" in opened.names:
            stated = opened.part("mimetype", limit=2**20).strip().decode("ascii", "replace")
            return _OPEN_DOCUMENT.get(stated, "zip")
        return next((kind for part, kind in _MAIN_PARTS.items() if part in opened.names), "zip")


def _compound(capture: Capture) -> str:
    """Return what kind of old file of Microsoft Office it is, by the names of its streams."""
    if "EncryptedPackage".encode("utf-16-le") in capture.body:
        raise ParseError(capture.url, "an encrypted office file: it needs a password")
    found = (kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") in capture.body)
    return next(found, "ole")


def _plain(capture: Capture, scrub: tuple[str, ...]) -> Content:
    text = decode(capture.body, capture.header("content-type"))
    if text.count("\0") * 100 > len(text) or holds_bytes(text):
        raise ParseError(capture.url, "no text: it holds bytes that no text has")
    found = sections(without_matches([Headed(level=0, identity="", heading="", text=text)], patterns(scrub)))
    if not found:
        raise ParseError(capture.url, "a text without any word")
    return Content(sections=found)
