"""The ZIP file that an office file is: its parts, each read with a limit, and their XML without entities.

Where the links of a file lead is said behind their words where a reader must know it, as on a web page.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from crawler.bodies import link_targets
from crawler.errors import ParseError
from crawler.text import counted

MEMBERS = 5000
"""Most parts of a file."""
WHOLE = 512 * 2**20
"""Most bytes all parts may expand to."""
RATIO = 400
"""Most bytes that a byte may expand to, in parts of more than :data:`MAX_SMALL_BYTES` bytes; text never reaches 100."""
MAX_SMALL_BYTES = 4 * 2**20
TREE = 32 * 2**20
"""Most bytes of a part that is read as a tree."""
STREAM = 256 * 2**20
"""Most bytes of a part that is read bit by bit."""

_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_FAULTS = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, KeyError, IndexError, OverflowError,
)  # fmt: skip
"""What zipfile and zlib raise on bytes that are no ZIP file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An opened office file; ``names`` are those of its parts."""

    url: str
    names: frozenset[str]
    file: zipfile.ZipFile

    def part(self, name: str, *, limit: int = TREE) -> bytes:
        """Return the bytes of a part.

        Raises:
            ParseError: there is none of that name, it is damaged, encrypted or larger than the limit.
        """
        if name not in self.names:
            raise ParseError(self.url, f"an office file without {name}")
        about = self.file.getinfo(name)
        if about.file_size > limit:
            raise ParseError(self.url, f"{name} expands to more than {limit // 2**20} MiB")
        try:
            return self.file.read(name)
        except _FAULTS as error:
            raise ParseError(self.url, f"{name} in it is damaged: {error}") from error

    def tree(self, name: str) -> etree._Element:
        """Return the root element of a part.

        Raises:
            ParseError: as of :meth:`part`; no XML, or XML that declares entities.
        """
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(self.part(name), parser)
        except etree.XMLSyntaxError as error:
            raise ParseError(self.url, f"{name} in it is no XML: {error}") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise ParseError(self.url, f"{name} in it declares a document type, as only hostile files do")
        return root

    def elements(self, name: str, tags: tuple[str, ...]) -> Iterator[etree._Element]:
        """Yield the elements of a part by their local names, each complete, while the part is read; then it is emptied.

        Raises:
            ParseError: as of :meth:`tree`.
        """
        content = self.part(name, limit=STREAM)
        if b"<!DOCTYPE" in content[:4096]:
            raise ParseError(self.url, f"{name} in it declares a document type, as only hostile files do")
        events = etree.iterparse(
            BytesIO(content), events=("end",), tag=tuple(f"{{*}}{tag}" for tag in tags), resolve_entities=False,
            no_network=True, load_dtd=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            for _, element in events:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise ParseError(self.url, f"{name} in it is no XML: {error}") from error


@contextmanager
def open_package(body: bytes, url: str) -> Iterator[Package]:
    """Open an office file.

    Raises:
        ParseError: no ZIP file, one that is cut off or encrypted, or one that expands beyond reason.
    """
    try:
        file = zipfile.ZipFile(BytesIO(body))
    except _FAULTS as error:
        raise ParseError(url, f"a damaged or cut office file: {error}") from error
    with file:
        _limited(file, url)
        yield Package(url=url, names=frozenset(file.namelist()), file=file)


def _limited(file: zipfile.ZipFile, url: str) -> None:
    parts = file.infolist()
    if len(parts) > MEMBERS:
        raise ParseError(url, f"an office file of {counted(len(parts), 'part')}, more than {MEMBERS}")
    if sum(part.file_size for part in parts) > WHOLE:
        raise ParseError(url, f"an office file that expands to more than {WHOLE // 2**20} MiB")
    for part in parts:
        if part.file_size > MAX_SMALL_BYTES and part.file_size > RATIO * max(1, part.compress_size):
            raise ParseError(url, f"{part.filename[:80]} in it expands more than {RATIO} times")
        if part.flag_bits & 1:
            raise ParseError(url, "an encrypted office file: it needs a password")
        if part.compress_type not in _METHODS:
            raise ParseError(url, f"{part.filename[:80]} in it is compressed in a way that office files are not")


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace: there are two of each, transitional and strict."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its local name, the empty text where there is none."""
    own = element.get(name)
    if own is not None:
        return own
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def say_in_word(root: etree._Element, package: Package) -> None:
    """Add a run with what must be known of its target to each link of Word that has one."""
    links = list(root.iter("{*}hyperlink"))
    led = _relations(package, "word/_rels/document.xml.rels") if links else {}
    for link in links:
        if said := link_targets.target(led.get(attribute(link, "id"), ""), _words(link)):
            space = str(link.tag).rpartition("}")[0]
            run = etree.SubElement(link, f"{space}}}r")
            etree.SubElement(run, f"{space}}}t").text = f" ({said})"


def say_in_open_document(root: etree._Element) -> None:
    """Add what must be known of its target to the words of each link of an OpenDocument text."""
    for link in root.iter("{*}a"):
        if said := link_targets.target(attribute(link, "href"), _words(link)):
            if len(link):
                link[-1].tail = f"{link[-1].tail or ''} ({said})"
            else:
                link.text = f"{link.text or ''} ({said})"


def _relations(package: Package, name: str) -> dict[str, str]:
    if name not in package.names:
        return {}  # damaged, or a link within the file
    return {attribute(each, "Id"): attribute(each, "Target") for each in package.tree(name)}


def _words(link: etree._Element) -> str:
    return "".join(map(str, link.itertext()))
