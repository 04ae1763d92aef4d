"""PDF files into headed sections.

    pages          words with their places and types, as PDFium sees them
    lines          lines in reading order
    boilerplate    without running heads, page numbers, lists of contents; notes apart
    page_sections  headings and what stands under them, as running text
    fields         words of a form that no page prints

A text whose layout shows no headings is one section: pages would be cut anew with every edit. Title and dates that a
file states about itself are changed by every program that saves it, so they are not used, but for a title where nothing
else gives one. Pictures and charts are not read, like those of a web page.
"""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawler.bodies import headings
from crawler.bodies.headings import Headed, sections, without_matches
from crawler.bodies.pdf import boilerplate, fields, lines, page_sections
from crawler.bodies.pdf.pages import MIN_LETTERS, Sheet, sheet
from crawler.bodies.selectors import Scrub, patterns
from crawler.bodies.values import Content, stated_title
from crawler.errors import ParseError
from crawler.model import Problem, Section
from crawler.text import clean, counted

STREAM = 96 * 2**20
"""Most bytes one stream may expand to; pictures, which are never expanded here, do not count."""
WHOLE = 512 * 2**20
"""Most bytes all streams of a file may expand to."""

_HEADER = b"%PDF-"
_MAX_HEADER_OFFSET = 1024
"""Bytes within which the header must stand (ISO 32000-1, annex H, implementation note 13)."""
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_DESCRIBED = 4096
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_PIECE = 2**18


def guard(body: bytes, url: str) -> None:
    """Check that bytes may be read as a PDF.

    Raises:
        ParseError: no PDF, a PDF cut off before its end, or one that expands beyond :data:`STREAM` or :data:`WHOLE`.
    """
    if _HEADER not in body[: _MAX_HEADER_OFFSET + len(_HEADER)]:
        raise ParseError(url, "no PDF: it does not begin as one")
    # The last thing in a PDF is where its table of contents stands. A file that a broken transfer cut ends before.
    if body.rfind(b"startxref") < body.rfind(b"endobj"):
        raise ParseError(url, "a PDF that is cut off: after its last object nothing says where its objects stand")
    total = 0
    for match in _STREAM.finditer(body):
        if not _is_zlib(body[match.end() : match.end() + 2]) or _is_picture(body, match.start()):
            continue
        total += _expanded(body, match.end(), url)
        if total > WHOLE:
            raise ParseError(url, f"a PDF that expands to more than {WHOLE // 2**20} MiB")


def _is_zlib(start: bytes) -> bool:
    return len(start) == 2 and start[0] & 0x0F == 8 and int.from_bytes(start) % 31 == 0


def _is_picture(body: bytes, place: int) -> bool:
    described = body[max(0, place - _DESCRIBED) : place]
    return _PICTURE.search(described, max(0, described.rfind(b"obj"))) is not None


def _expanded(body: bytes, place: int, url: str) -> int:
    """Return the size of a stream once expanded; nothing of it is kept."""
    expander, total = zlib.decompressobj(), 0
    try:
        while place < len(body) and not expander.eof:
            left = body[place : place + _PIECE]
            place += _PIECE
            while left and not expander.eof:
                total += len(expander.decompress(left, _PIECE))
                left = expander.unconsumed_tail
                if total > STREAM:
                    raise ParseError(url, f"a PDF with a stream that expands to more than {STREAM // 2**20} MiB")
    except zlib.error:
        return total  # no stream after all, or a damaged one: the reader decides
    return total


MAX_PAGES = 3000
"""Most pages of a file that are read."""
MAX_WORDS = 2_000_000
"""Most words of a file that are read."""

_SCANNED = 0.1
"""Share of pages without text from which on a reading is known to lack something; fewer are pictures, most likely."""
MAX_LEFT_OUT = 0.3
"""Share of the characters of a file from which on it is an issue that so much is no text."""
MIN_LEFT_OUT_CHARACTERS = 500
"""Fewest characters that are much."""
_UNMAPPED = 0.2
_JOINED = re.compile("[a-z\u00df-\u024f\u0370-\u04ff]{40}", re.I)
"""More letters than a word has, in scripts that part words."""
_PLACEHOLDER = 2000
_WAIT = re.compile(r"please wait|adobe (?:acrobat )?reader", re.I)


@dataclass(slots=True, kw_only=True)
class _Found:
    """What was taken out of a file: its pages, fields and title, and the pages that could not be opened."""

    sheets: list[Sheet]
    fields: list[fields.Field]
    title: str
    count: int
    unopened: list[int]
    is_xfa: bool = False


def document(body: bytes, *, url: str, scrub: tuple[str, ...] = ()) -> Content:
    """Return what a PDF says. ``scrub`` holds regular expressions whose matches are left out, line by line.

    Raises:
        ParseError: no PDF, cut off, encrypted, too large once expanded, or without any word on any page.
        ConfigError: a ``scrub`` that is no regular expression.
    """
    wanted = patterns(scrub)
    guard(body, url)
    found = _taken(body, url)
    if found.is_xfa and _is_placeholder(found):
        return Content(
            representation="pdf", problems=(Problem(kind="unread", detail="a dynamic form (XFA), not pages"),)
        )
    scanned = _scanned(found)
    problems = [*scanned, *_lacks(found)]
    if scanned and sum(_letters(page) for page in found.sheets) < MIN_LETTERS * len(found.sheets):
        return Content(representation="pdf", problems=tuple(problems))
    parts, title, dropped = _parts(found, wanted)
    if not parts:
        raise ParseError(url, f"a PDF without any word on its {counted(found.count, 'page')}")
    share = sum(page.scanned for page in _inner(found)) / max(1, len(found.sheets))
    return Content(
        title=title or found.title,
        representation="pdf",
        sections=parts,
        partial=len(problems) > len(scanned) or share >= _SCANNED,
        problems=(*problems, *dropped),
    )


def _taken(body: bytes, url: str) -> _Found:
    import pypdfium2 as pdfium  # here: a library of seven megabytes that few captures need

    try:
        pdf = pdfium.PdfDocument(body)
    except pdfium.PdfiumError as error:
        if error.err_code in {pdfium.raw.FPDF_ERR_PASSWORD, pdfium.raw.FPDF_ERR_SECURITY}:
            raise ParseError(url, "an encrypted PDF: it needs a password") from error
        raise ParseError(url, "a damaged PDF: its objects cannot be found") from error
    with pdf:
        kind = pdf.get_formtype()
        form = pdf.formenv if kind != pdfium.raw.FORMTYPE_NONE and pdf.init_forms() else None
        found = _Found(sheets=[], fields=[], title="", count=len(pdf), unopened=[])
        found.is_xfa = kind in {pdfium.raw.FORMTYPE_XFA_FULL, pdfium.raw.FORMTYPE_XFA_FOREGROUND}
        found.title = stated_title(str(pdf.get_metadata_value("Title")))
        _turn_over(pdf, form, found)
    if not found.sheets:
        raise ParseError(url, f"a damaged PDF: none of its {counted(found.count, 'page')} can be opened")
    return found


def _turn_over(pdf: Any, form: Any, found: _Found) -> None:
    import pypdfium2 as pdfium

    words = 0
    for place in range(min(found.count, MAX_PAGES)):
        if words > MAX_WORDS or (len(found.unopened) > 100 and not found.sheets):
            break
        try:
            page = pdf[place]
        except pdfium.PdfiumError:
            found.unopened.append(place + 1)
            continue
        try:
            found.sheets.append(sheet(page, place + 1))
            words += len(found.sheets[-1].words)
            if form is not None:
                found.fields += fields.fields(page, form)
        except pdfium.PdfiumError:
            found.unopened.append(place + 1)
        finally:
            page.close()


def _parts(found: _Found, wanted: Scrub) -> tuple[tuple[Section, ...], str, tuple[Problem, ...]]:
    """Return the sections of a file, the title that its first page prints, and that much of it was left out."""
    pages = [lines.lines(page) for page in found.sheets]
    text = boilerplate.without_boilerplate(
        pages, [page.height for page in found.sheets], page_sections.measure(pages).size
    )
    set_as = page_sections.measure(text.pages)
    parts = page_sections.parts(text.pages, set_as)
    if text.notes:
        notes = "\n".join(_note(note, set_as) for note in text.notes)
        parts.append(Headed(level=1, identity="footnotes", heading="Footnotes", text=notes))
    # A label is printed wherever the page has it, in a list of contents or a running head too.
    printed = " ".join(line.text for page in pages for line in page)
    if labels := fields.unprinted_values(found.fields, printed):
        parts.append(Headed(level=1, identity="form-fields", heading="Form fields", text=labels))
    parts += headings.section(text.running)
    title = clean(page_sections.printed_title(text.pages, set_as))
    return sections(without_matches(parts, wanted), chaptered=True), title, _left_out(text, found.count)


def _left_out(text: boilerplate.Text, count: int) -> tuple[Problem, ...]:
    """Return a problem where what counts as running heads and lists of contents is much of a file."""
    if text.left_out < MIN_LEFT_OUT_CHARACTERS or text.left_out < MAX_LEFT_OUT * text.characters:
        return ()
    share = round(100 * text.left_out / text.characters)
    detail = f"{share} % of the words on {counted(count, 'page')} count as running heads, page numbers or contents"
    return (Problem(kind="left out", detail=detail),)


def _note(note: Sequence[lines.Line], set_as: page_sections.Measure) -> str:
    return boilerplate.without_number(page_sections.paragraphs_text(note, set_as).replace("\n", " "))


def _letters(page: Sheet) -> int:
    return sum(sign.isalpha() for word in page.words for sign in word.text)


def _inner(found: _Found) -> list[Sheet]:
    """Return the pages of a file without its cover and back, which often are pictures."""
    covers = {1, found.count} if found.count > 2 else set()
    return [page for page in found.sheets if page.number not in covers]


def _scanned(found: _Found) -> list[Problem]:
    pages = [page.number for page in _inner(found) if page.scanned]
    if not pages:
        return []
    what = "is a picture" if len(pages) == 1 else "are pictures"
    detail = f"{len(pages)} of {counted(found.count, 'page')} {what} with hardly any text: {_listed(pages)}"
    return [Problem(kind="scanned", detail=detail)]


def _lacks(found: _Found) -> list[Problem]:
    """Return what is known to be missing from a reading, beside pages that are pictures."""
    missing = []
    if found.unopened:
        missing.append(
            f"{len(found.unopened)} of {counted(found.count, 'page')} cannot be opened: {_listed(found.unopened)}"
        )
    read = len(found.sheets) + len(found.unopened)
    if read < found.count:
        was = "was" if read == 1 else "were"
        missing.append(f"only the first {read} of {found.count} pages {was} read")
    garbled = [page.number for page in found.sheets if page.unmapped > _UNMAPPED]
    if garbled:
        missing.append(f"fonts of {counted(len(garbled), 'page')} do not say what their signs mean: {_listed(garbled)}")
    joined = [page.number for page in found.sheets if _is_joined(page)]
    if joined:
        missing.append(f"words of {counted(len(joined), 'page')} have no spaces between them: {_listed(joined)}")
    return [Problem(kind="partial text", detail=each) for each in missing]


def _is_joined(page: Sheet) -> bool:
    """Return whether words of a page run into each other, as where a text layer lost its spaces."""
    letters = sum(len(word.text) for word in page.words if _JOINED.search(word.text))
    return letters > _UNMAPPED * sum(len(word.text) for word in page.words)


def _listed(pages: Sequence[int]) -> str:
    shown = ", ".join(str(page) for page in pages[:10])
    return shown if len(pages) <= 10 else f"{shown} and more"


def _is_placeholder(found: _Found) -> bool:
    said = " ".join(word.text for page in found.sheets for word in page.words)
    return len(said) < _PLACEHOLDER and _WAIT.search(said) is not None
