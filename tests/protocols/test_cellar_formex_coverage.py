"""Every recorded Formex file: how much of its law lands in sections, and how much of it twice.

``python -m tests.protocols.test_cellar_formex_coverage`` prints the table.
"""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from lxml import etree

from crawler.errors import ParseError
from crawler.protocols.cellar import formex
from crawler.protocols.cellar.act_text import Text
from tests.protocols.cellar_texts import URL, formex_recordings
from tests.protocols.coverage_rows import Row, check, measured, refused, table

pytestmark = pytest.mark.recorded

OUTSIDE = {
    "BIB.INSTANCE", "BIB.DATA", "BIB.DOC", "FAM.COMP", "INFO.CONSLEG", "INFO.PROD", "CURR.TITLE",  # about the act
    "TOC", "IMG.CNT", "DOC", "PUBLICATION",  # tables of contents, words inside images, headers
}  # fmt: skip
OPENS = re.compile(r'ID="(\w+)"[^?]*ACTION="DELETED"')
CLOSES = re.compile(r'IDREF="(\w+)"')


def roots(content: bytes) -> Iterator[etree._Element]:
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield etree.fromstring(archive.read(name))
    else:
        yield etree.fromstring(content)


def law(root: etree._Element) -> Iterator[str]:
    """Yield the text nodes of a file that are its law: not what is about it, nor what its marks say was deleted."""
    deleted: set[str] = set()

    def walk(element: etree._Element) -> Iterator[str]:
        if not deleted and element.text:
            yield element.text
        for child in element:
            if isinstance(child.tag, str):
                if child.tag not in OUTSIDE:
                    yield from walk(child)
            elif str(getattr(child, "target", "")) == "CLG.MDFO":
                deleted.update(OPENS.findall(child.text or ""))
            elif str(getattr(child, "target", "")) == "CLG.MDFC":
                deleted.difference_update(CLOSES.findall(child.text or ""))
            if not deleted and child.tail:
                yield child.tail

    if root.tag not in OUTSIDE:
        yield from walk(root)


def measure(name: str, content: bytes, text: Text) -> Row:
    nodes = [" ".join(node.split()) for root in roots(content) for node in law(root)]
    # An annex by itself has no title of an act: it is called by the words that stand in its first section.
    title = "" if text.kind == "annex" else text.title
    found = title + " " + " ".join(f"{s.number} {s.heading} {s.text}" for s in text.sections)
    # The signs of lists, tables, formulas and quotations are made, or set differently: letters and figures count.
    return measured(
        name, " ".join(nodes).casefold(), found.replace("[image]", "").casefold(), str.isalnum,
        sections=len(text.sections), problems=(problem.kind for problem in text.problems),
    )  # fmt: skip


def rows() -> list[Row]:
    found = []
    for name, content in formex_recordings().items():
        try:
            text = formex.read(content, URL)
        except ParseError as error:
            found.append(Row(name=name, told=f"refused: {error.reason}"))
        else:
            found.append(measure(name, content, text))
    return found


@pytest.fixture(scope="module")
def found() -> list[Row]:
    return rows()


def test_coverage(found: list[Row]) -> None:
    """Trap EU-1.20: Formex: several roots, two ways to name files, schemas of twenty years."""
    print("\n" + table(found, 40))
    check(found, 10)


def test_what_is_refused_holds_no_text(found: list[Row]) -> None:
    told = refused(found)
    assert set(told) == {
        "CL2011L0083EN0020010.0001.doc.xml",
        "L_2019130EN.01009201.doc.xml",
        "L_202401689EN.doc.fmx.xml",
        "L_202401689EN.toc.fmx.xml",
        "celex_32016R0679_fmx4_DOC_1.xml",
    }
    assert all("(DOC)" in each or "(PUBLICATION)" in each for each in told.values())


if __name__ == "__main__":
    print(table(rows(), 40))
