"""The files of a Formex manifestation as trees, in the order that its header names: read strictly, never recovered.

What is in a manifestation: a header (root ``DOC``, file name ``….doc.xml`` or ``….doc.fmx.xml``), the act and its
annexes, a table of contents of the Official Journal (root ``PUBLICATION``), and images. Schema and description:
https://op.europa.eu/en/web/eu-vocabularies/formex.
"""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from lxml import etree

from crawler.errors import ParseError, RefusedError
from crawler.model import Problem
from crawler.protocols.markup import strict
from crawler.text import counted

Element = etree._Element
Mark = etree._ProcessingInstruction

MAX_UNPACKED_BYTES = 64 * 1024 * 1024
"""Most that the files of one manifestation may unpack to; the largest acts have about 30 MB."""
MAX_FILES = 5_000

ROOTS = ("ACT", "CONS.ACT", "AGR", "GENERAL", "CORR", "CONS.OTH", "ANNEX")
"""Roots of files that hold text, the main ones first."""
_ENVELOPES = frozenset({"COMBINED.FMX", "LEXP.COMBINED", "ANNEXES"})
"""Roots that others put around the files of one act."""
_ZIP_FAULTS = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError,
    ValueError, KeyError, IndexError, OverflowError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What the standard library raises on archives that are damaged, encrypted or packed in ways it does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The trees of a manifestation: those that hold text, in order, its header, and what is wrong with it.

    ``journal`` is what the table of contents says of the Official Journal.
    """

    texts: tuple[Element, ...]
    header: Element | None = None
    journal: Element | None = None
    problems: tuple[Problem, ...] = ()


def parts(body: bytes, url: str) -> Parts:
    """Read a zip of Formex files or one Formex file.

    Raises:
        RefusedError: the body is empty, or a web page: CELLAR answers 300 with a list where it wants a choice.
        ParseError: a damaged, encrypted or oversized zip, a file that is not well-formed, or no text among the files.
    """
    if not body.strip():
        raise RefusedError(url, "the body is empty", "empty")
    files = _unpacked(body, url) if body.startswith(b"PK") else {"": body}
    if not files:
        raise ParseError(url, "a zip without any XML file")
    roots = [(name, root) for name, content in files.items() for root in _opened(_tree(content, name, url))]
    header = next((root for _, root in roots if root.tag == "DOC"), None)
    texts = [each for each in roots if each[1].tag not in ("DOC", "PUBLICATION")]
    texts, missing = _included(texts)
    found, problems = _ordered(texts, header, url)
    if not found:
        what = "only the header of an act (DOC)" if header is not None else "a table of contents (PUBLICATION)"
        raise ParseError(url, f"{what} without its text")
    journal = next((root.find("OJ/BIB.OJ") for _, root in roots if root.tag == "PUBLICATION"), None)
    return Parts(texts=tuple(found), header=header, journal=journal, problems=(*missing, *problems))


def _unpacked(body: bytes, url: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return dict(_files(archive, url))
    except _ZIP_FAULTS as error:
        raise ParseError(url, f"a damaged zip: {error or type(error).__name__}") from error


def _files(archive: zipfile.ZipFile, url: str) -> Iterator[tuple[str, bytes]]:
    """Yield the XML files of an archive; sizes are counted while unpacking, as those that are stated may lie."""
    members = archive.infolist()
    if len(members) > MAX_FILES:
        raise ParseError(url, f"a zip of {counted(len(members), 'file')}; no act has more than {MAX_FILES}")
    left = MAX_UNPACKED_BYTES
    for member in members:
        if not member.filename.lower().endswith(".xml"):
            continue
        with archive.open(member) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            raise ParseError(url, f"a zip that unpacks to more than {MAX_UNPACKED_BYTES // 1024 // 1024} MiB")
        yield PurePosixPath(member.filename).name, content


def _opened(root: Element) -> Iterator[Element]:
    """Yield a root, or what an envelope holds."""
    if root.tag not in _ENVELOPES:
        yield root
        return
    for child in root.iterchildren("*"):
        yield from _opened(child)


def _tree(content: bytes, name: str, url: str) -> Element:
    where = f"{name}: " if name else ""
    if b"<!ENTITY" in content:
        raise ParseError(url, f"{where}declares entities of its own")
    try:
        root = etree.fromstring(content, strict(instructions=True))
    except (etree.LxmlError, ValueError, LookupError) as error:
        _refuse_web_page(content, url)
        raise ParseError(url, f"{where}not well-formed XML: {error}") from error
    if root is None:
        raise ParseError(url, f"{where}no root element")
    _refuse_web_page(content, url)
    # An entity that stays unresolved is text that nobody reads: refuse it instead of dropping it.
    if next(root.iter(etree.Entity), None) is not None:
        raise ParseError(url, f"{where}refers to an entity that the document defines itself")
    return root


def _refuse_web_page(content: bytes, url: str) -> None:
    start = content[:4096].lower()
    if b"<html" not in start and b"<!doctype html" not in start:
        return
    if b"multiple-choice response" in start:
        raise RefusedError(url, "a list of files to choose from (300 Multiple Choices), not the text in them", "error")
    raise RefusedError(url, "a web page where Formex was promised", "error")


def _included(roots: list[tuple[str, Element]]) -> tuple[list[tuple[str, Element]], list[Problem]]:
    """Put files that others include (``INCL.ELEMENT TYPE="FORMEX.DOC"``) in their place there, each once."""
    named = {name: root for name, root in roots if name}
    used: set[str] = set()
    problems: list[Problem] = []
    for _, root in roots:
        for place in [each for each in root.iter("INCL.ELEMENT") if each.get("TYPE") == "FORMEX.DOC"]:
            file, parent = place.get("FILEREF", ""), place.getparent()
            if parent is None or parent.tag == "INCLUSIONS" or file in used:
                continue
            if file not in named:
                problems.append(Problem(kind="missing part", detail=f"{file} is included, but not there"))
            elif named[file] is not root and root not in named[file].iter("*"):
                used.add(file)
                named[file].tail = place.tail
                parent.replace(place, named[file])
    return [each for each in roots if each[0] not in used], problems


def _ordered(roots: list[tuple[str, Element]], header: Element | None, url: str) -> tuple[list[Element], list[Problem]]:
    """Return the roots with text in the order of the header, else the act first and the rest by file name."""
    for name, root in roots:
        if root.tag not in ROOTS:
            where = f"{name}: " if name else ""
            raise ParseError(url, f"{where}root element {root.tag!r} is no text of Formex")
    # Files put into one envelope have no names any more, and stand in their order.
    listed = [] if header is None or any(not name for name, _ in roots) else _listed(header)
    places = {name: place for place, name in enumerate(listed)}
    if listed:
        roots.sort(key=lambda each: places.get(each[0], len(listed)))
    else:
        roots.sort(key=lambda each: (each[1].tag == "ANNEX", each[0]))
    have = {name for name, _ in roots}
    problems = [
        Problem(kind="missing part", detail=f"{name} is named by the header, but not there")
        for name in listed
        if name not in have
    ]
    problems += [
        Problem(kind="unlisted part", detail=f"{name} is not named by the header")
        for name, _ in roots
        if listed and name not in places
    ]
    return [root for _, root in roots], problems


def _listed(header: Element) -> list[str]:
    """Return the names of the files with text, as the header orders them."""
    return [
        reference.get("FILE", "")
        for reference in header.iterfind("FMX//REF.PHYS")
        if reference.get("TYPE", "DOC.XML") == "DOC.XML" and reference.get("FILE")
    ]
