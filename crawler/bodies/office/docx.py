"""Word files (DOCX) into headed sections. https://ecma-international.org/publications-and-standards/standards/ecma-376/

Old Word files (DOC) are made into DOCX, and read as such. msdoc2docx keeps what a citation needs: numbers of
paragraphs, headings, tables, notes, and what is deleted or hidden. It is Python alone, so that it reads alike on every
machine.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from lxml import etree

from crawler.bodies import headings, naming
from crawler.bodies.headings import sections, without_matches
from crawler.bodies.office.numbering import Numbers, numbers
from crawler.bodies.office.package import Package, attribute, local, open_package, say_in_word
from crawler.bodies.office.paragraphs import Flow
from crawler.bodies.selectors import patterns
from crawler.bodies.values import Content, stated_title
from crawler.errors import ParseError
from crawler.model import Problem
from crawler.text import clean

_HEADING = re.compile(r"(?:heading|\u00fcberschrift|titre|kop|t\u00edtulo|pennawd)\s*([1-9])", re.I)
_RUNNING = re.compile(r"word/(?:header|footer)\d{0,3}\.xml")
_CONTENTS = re.compile(r"(?:toc|table of figures|contents)\b.*", re.I)
_LEVEL_OF_CONTENTS = re.compile(r"toc [1-9]", re.I)
_LEADS = re.compile(r"(?:\d|\b[ivxlc]{1,7})\s*$", re.I)
_UNSEEN_NAMES = "pPr rPr tblPr trPr tcPr sectPr sdtPr instrText delText del moveFrom Fallback rt"
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_CONTAINERS = frozenset({"body", "sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
_SIGNS = {**dict.fromkeys(("tab", "br", "cr", "ptab"), " "), "noBreakHyphen": "-", "sym": "\u2022"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """A paragraph style: its name as Word shows it, and its level as a heading, 0 for text."""

    name: str
    level: int


def document(body: bytes, *, url: str, scrub: tuple[str, ...] = ()) -> Content:
    """Return what a DOCX file says.

    Raises:
        ParseError: damaged, encrypted, too large once expanded, or without any word.
        ConfigError: a ``scrub`` that is no regular expression.
    """
    wanted = patterns(scrub)
    with open_package(body, url) as package:
        main = "word/document.xml"
        root = package.tree(main)
        say_in_word(root, package)
        flow, styles = Flow(), _styles(package)
        _read(root, flow, styles, numbers(package), nested=0)
        for name in ("word/footnotes.xml", "word/endnotes.xml"):
            _notes(package, name, flow)
        title = core_title(package)
        every_page = headings.section(_running(package))
    parts = sections(without_matches([*flow.parts(), *every_page], wanted), chaptered=True)
    if not parts:
        raise ParseError(url, "a Word file without any word")
    return Content(title=flow.title or naming.heading_alone(parts) or title, representation="office", sections=parts)


def _styles(package: Package) -> dict[str, _Style]:
    if "word/styles.xml" not in package.names:
        return {}
    found: dict[str, _Style] = {}
    for style in package.tree("word/styles.xml").iter("{*}style"):
        name = next((attribute(child, "val") for child in style.iter("{*}name")), "")
        outline = next((attribute(child, "val") for child in style.iter("{*}outlineLvl")), "")
        heading = _HEADING.fullmatch(name)
        level = int(heading.group(1)) if heading else _outline(outline)
        found[attribute(style, "styleId")] = _Style(name=name, level=level)
    return found


def _outline(stated: str) -> int:
    """Return the level of a heading for an outline level, which counts from 0; 9 is text."""
    return int(stated) + 1 if stated.isascii() and stated.isdigit() and int(stated) < 9 else 0


def _read(root: etree._Element, flow: Flow, styles: dict[str, _Style], counted: Numbers, *, nested: int) -> None:
    for element in root:
        name = local(element)
        if name == "p":
            _paragraph(element, flow, styles, counted)
        elif name == "tbl":
            _table(element, flow, counted)
        elif name in _CONTAINERS and not _is_contents(element) and nested < 100:
            _read(element, flow, styles, counted, nested=nested + 1)


def _is_contents(element: etree._Element) -> bool:
    """Return whether this is the block that Word makes of the headings, with page numbers."""
    if local(element) != "sdt":
        return False
    gallery = next(element.iter("{*}docPartGallery"), None)
    return gallery is not None and attribute(gallery, "val").casefold() == "table of contents"


def _paragraph(element: etree._Element, flow: Flow, styles: dict[str, _Style], counted: Numbers) -> None:
    properties = next(element.iterchildren("{*}pPr"), None)
    style, outline = _Style(name="", level=0), ""
    if properties is not None:
        named = next((attribute(child, "val") for child in properties.iterchildren("{*}pStyle")), "")
        style = styles.get(named, _Style(name=named, level=0))
        outline = next((attribute(child, "val") for child in properties.iterchildren("{*}outlineLvl")), "")
    text, lead = _words(element, counted)
    if _CONTENTS.fullmatch(style.name) and not _is_heading_set_as_contents(element, style, text):
        return
    level = _outline(outline) if outline else style.level
    if style.name.casefold() == "title" and not flow.title:
        flow.title = clean(text)
        level = 1
    if level:
        flow.heading(level, text)
    else:
        flow.text(text, lead=lead)


def _is_heading_set_as_contents(element: etree._Element, style: _Style, text: str) -> bool:
    """Return whether a line set as one of a list of contents leads nowhere: some writers set their headings so."""
    leads = _LEADS.search(text) is not None or next(element.iter("{*}hyperlink", "{*}fldChar"), None) is not None
    return not leads and _LEVEL_OF_CONTENTS.fullmatch(style.name) is not None


def _table(element: etree._Element, flow: Flow, counted: Numbers) -> None:
    for row in element.iter("{*}tr"):
        if next(row.iterancestors("{*}tbl"), None) is element:
            flow.row([_words(cell, counted)[0] for cell in row.iterchildren("{*}tc", "{*}sdt")])


def _words(element: etree._Element, counted: Numbers) -> tuple[str, str]:
    """Return the words of an element that a reader sees, and those that it opens with in bold."""
    words: list[str] = []
    lead = 0
    bold = True
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        name = local(each)
        if event == "end":
            if name in {"p", "tc", "txbxContent"}:
                words.append(" ")
        elif name in _UNSEEN or (name == "r" and _is_on(each, "vanish")):
            walk.skip_subtree()
        elif name == "p":
            if label := counted.label(each):
                words.append(f"{label} ")
        elif name == "r":
            bold = bold and (_is_on(each, "b") or not any(t.text for t in each.iter("{*}t")))
        elif name == "t":
            words.append(each.text or "")
            lead = len(words) if bold else lead
        elif name in _SIGNS:
            words.append(_SIGNS[name])
    return "".join(words), "".join(words[:lead])


def _is_on(run: etree._Element, name: str) -> bool:
    """Return whether a run has a property: stated, and not stated to be off."""
    for properties in run.iterchildren("{*}rPr"):
        for each in properties.iterchildren(f"{{*}}{name}"):
            return attribute(each, "val").casefold() not in {"0", "false", "off", "none"}
    return False


def _notes(package: Package, name: str, flow: Flow) -> None:
    if name not in package.names:
        return
    for note in package.tree(name):
        # "separator" and its like are the lines that Word draws above notes.
        if attribute(note, "type") in {"", "normal"}:
            flow.note(_words(note, Numbers())[0])


def _running(package: Package) -> Iterator[str]:
    """Yield the lines of the heads and feet of pages, without the numbers that Word counts."""
    for name in sorted(name for name in package.names if _RUNNING.fullmatch(name)):
        try:
            root = package.tree(name)
        except ParseError:
            continue  # the text itself can be read
        for field in list(root.iter("{*}fldSimple")):
            if "PAGE" in attribute(field, "instr"):
                field.clear()
        yield from (_uncounted(paragraph) for paragraph in root.iter("{*}p"))


def _uncounted(paragraph: etree._Element) -> str:
    """Return the words of a paragraph without the results of fields that count pages."""
    fields: list[str] = []
    for each in paragraph.iter():
        name = local(each)
        if name == "fldChar":
            kind = attribute(each, "fldCharType")
            fields = [*fields, ""] if kind == "begin" else fields[:-1] if kind == "end" else fields
        elif name == "instrText" and fields:
            fields[-1] += each.text or ""
        elif name == "t" and any("PAGE" in code for code in fields):
            each.text = ""
    return _words(paragraph, Numbers())[0]


def core_title(package: Package) -> str:
    """Return the title that a file of Microsoft Office states about itself."""
    name = "docProps/core.xml"
    if name not in package.names:
        return ""
    stated = next((element.text or "" for element in package.tree(name).iter("{*}title")), "")
    return stated_title(stated)


MAX_BYTES = 32 * 2**20
"""Most bytes of a file: text in pictures is not read, and words alone do not come to as many."""

_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
"""What a converter may raise on bytes that are no Word file, beside errors of its own."""


def old_document(body: bytes, *, url: str, scrub: tuple[str, ...] = ()) -> Content:
    """Return what a DOC file says; one that cannot be made into DOCX has no sections and the reason.

    Raises:
        ParseError: damaged, as one that a broken transfer cut is, or without any word.
        ConfigError: a ``scrub`` that is no regular expression.
    """
    try:
        made = _converted(body, url)
    except _RefusedError as error:
        return Content(problems=(Problem(kind="unread", detail=f"not read: an old Word file (.doc){error}"),))
    return document(made, url=url, scrub=scrub)


class _RefusedError(Exception):
    """A DOC file that is not read, and why."""


def _converted(body: bytes, url: str) -> bytes:
    """Return a DOCX file that says what a DOC file says.

    Raises:
        ParseError: damaged.
        _RefusedError: encrypted, too large, or of a form that is not known.
    """
    from doc2docx import convert  # here: few captures need it
    from doc2docx.cfb import CompoundFileLimits
    from doc2docx.errors import Doc2DocxError, EncryptedDocumentError, InvalidCompoundFile

    if len(body) > MAX_BYTES:
        raise _RefusedError(f" of more than {MAX_BYTES // 2**20} MiB")
    limits = CompoundFileLimits(max_input_bytes=MAX_BYTES, max_stream_bytes=MAX_BYTES)
    # The file has no name: nothing of it is left behind where the worker is killed.
    with TemporaryFile() as source, TemporaryDirectory(prefix="roundup-") as folder:
        source.write(body)
        source.seek(0)
        made = Path(folder, "made.docx")
        try:
            convert(f"/dev/fd/{source.fileno()}", made, limits=limits)
            return made.read_bytes()
        except InvalidCompoundFile as error:
            raise ParseError(url, f"a damaged or cut office file: {error}") from error
        except EncryptedDocumentError as error:
            raise _RefusedError(" that needs a password") from error
        except (Doc2DocxError, struct.error, *_FAULTS) as error:
            raise _RefusedError(f" whose form is not known ({type(error).__name__})") from error
