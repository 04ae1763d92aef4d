"""What the tests of texts of EU acts share: samples of our own making, and the recorded Formex files and pages."""

import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from crawler.model import Section, Version
from crawler.protocols.cellar import formex, xhtml
from crawler.protocols.cellar.act_text import Text

FIXTURES = Path(__file__).parents[1] / "fixtures/cellar"
RECORDINGS = Path(__file__).parents[2] / "../shared/recordings"
URL = "https://publications.europa.eu/resource/celex/32001L9010"


def body(case: str) -> bytes:
    (file,) = (FIXTURES / case).glob("body.*")
    return file.read_bytes()


def formex_text(case: str) -> Text:
    return formex.read(body(case), URL)


def page_text(case: str) -> Text:
    return xhtml.read(body(case), URL)


def sections(text: Text) -> dict[str, Section]:
    return {section.path: section for section in text.sections}


def parts_of(section: Section) -> dict[str, str]:
    return {part.path: section.text[part.start : part.end] for part in section.parts}


def zipped(files: Iterable[tuple[str, bytes | str]]) -> bytes:
    """Return a zip of files, in their order."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return held.getvalue()


def unzipped(case: str) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(body(case))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def act(inside: str, *, title: str = "<P>Sample Regulation (EU) 2001/9013</P>") -> bytes:
    """Return a file of a sample act with these enacting terms."""
    instance = "<BIB.INSTANCE><DOCUMENT.REF FILE='x'><LG.OJ>EN</LG.OJ></DOCUMENT.REF><LG.DOC>EN</LG.DOC></BIB.INSTANCE>"
    terms = f"<ENACTING.TERMS>{inside}</ENACTING.TERMS>"
    return f"<ACT>{instance}<TITLE><TI>{title}</TI></TITLE>{terms}</ACT>".encode()


def article(inside: str, number: str = "Article 1") -> str:
    return f"<ARTICLE><TI.ART>{number}</TI.ART>{inside}</ARTICLE>"


def version(text: Text) -> Version:
    """Return what two texts of one act are compared by, whatever their formats."""
    return Version(
        document="celex:32001L9010",
        title="",
        sections=text.sections,
        representation="structured",
        leaves_out=text.leaves_out,
    )


def manifest() -> list[dict[str, Any]]:
    """Return what is told of each recording of the two sites, or skip the test."""
    file = RECORDINGS / "manifest.jsonl"
    if not file.exists():
        pytest.skip("no recordings beside this checkout (../shared/recordings)")
    found = [json.loads(line) for line in file.read_text().splitlines()]
    return [each for each in found if each["file"].startswith(("publications.europa.eu/", "eur-lex.europa.eu/"))]


def recorded(name: str) -> bytes:
    """Return a recording by the end of its name, or skip the test."""
    files = [str(each["file"]) for each in manifest()]
    return (RECORDINGS / next(file for file in files if file.endswith(name))).read_bytes()


def formex_recordings() -> dict[str, bytes]:
    """Return every recorded Formex file by its name."""
    found = {each["file"].rpartition("/")[2]: RECORDINGS / each["file"] for each in manifest()}
    return {name: file.read_bytes() for name, file in found.items() if "/formex/" in str(file) or "_fmx4_DOC" in name}


def page_recordings() -> dict[str, bytes]:
    """Return every recorded page by its name."""
    found = {each["file"].rpartition("/")[2]: RECORDINGS / each["file"] for each in manifest()}
    return {name: file.read_bytes() for name, file in found.items() if name.endswith(("html", ".xhtml"))}
