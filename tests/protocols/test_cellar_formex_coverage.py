"""Every recorded Formex file: how much of its law lands in sections, and how much of it twice.

``python -m tests.protocols.test_cellar_formex_coverage`` prints the table.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from lxml import etree

from crawler.errors import ParseError
from crawler.protocols.cellar import formex
from crawler.protocols.cellar.act_text import Text
from tests.protocols.cellar_texts import URL, formex_recordings

pytestmark = pytest.mark.recorded

LEAST, MOST = 0.98, 0.005
OUTSIDE = {
    "BIB.INSTANCE", "BIB.DATA", "BIB.DOC", "FAM.COMP", "INFO.CONSLEG", "INFO.PROD", "CURR.TITLE",  # about the act
    "TOC", "IMG.CNT", "DOC", "PUBLICATION",  # tables of contents, words inside images, headers
}  # fmt: skip
OPENS = re.compile(r'ID="(\w+)"[^?]*ACTION="DELETED"')
CLOSES = re.compile(r'IDREF="(\w+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    name: str
    sections: int = 0
    characters: int = 0
    covered: float = 0.0
    twice: float = 0.0
    repeated: float = 0.0
    told: str = ""


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


def letters(text: str) -> Counter[str]:
    """Count letters and figures: the signs of lists, tables, formulas and quotations are made, or set differently."""
    return Counter(each for each in text.casefold() if each.isalnum())


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return Counter(zip(*(words[start:] for start in range(8)), strict=False))


def measure(name: str, content: bytes, text: Text) -> Row:
    nodes = [" ".join(node.split()) for root in roots(content) for node in law(root)]
    # An annex by itself has no title of an act: it is called by the words that stand in its first section.
    title = "" if text.kind == "annex" else text.title
    found = title + " " + " ".join(f"{s.number} {s.heading} {s.text}" for s in text.sections)
    found = found.replace("[image]", "")
    wanted, got = letters(" ".join(nodes)), letters(found)
    before, after = shingles(" ".join(nodes)), shingles(found)
    total = sum(wanted.values())
    return Row(
        name=name,
        sections=len(text.sections),
        characters=total,
        covered=sum((wanted & got).values()) / total,
        twice=sum((got - wanted).values()) / total,
        repeated=sum(max(0, n - before[key]) for key, n in after.items() if key in before)
        / max(1, sum(before.values())),
        told="; ".join(problem.kind for problem in text.problems),
    )


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


def table(found: list[Row]) -> str:
    lines = [f"{'recording':40} {'sections':>8} {'letters':>8} {'covered':>8} {'twice':>7} {'repeated':>8}  told"]
    for row in sorted(found, key=lambda row: (row.told.startswith("refused"), row.covered, -row.twice)):
        numbers = f"{row.covered:8.2%} {row.twice:7.2%} {row.repeated:8.2%}" if row.characters else " " * 25
        lines.append(f"{row.name[:40]:40} {row.sections:8} {row.characters:8} {numbers}  {row.told}")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def found() -> list[Row]:
    return rows()


def test_coverage(found: list[Row]) -> None:
    """Trap EU-1.20: Formex: several roots, two ways to name files, schemas of twenty years."""
    print("\n" + table(found))
    with_text = [row for row in found if row.characters]
    assert len(with_text) >= 10
    assert [row for row in with_text if row.covered < LEAST] == []
    assert [row for row in with_text if row.twice > MOST or row.repeated > MOST] == []


def test_what_is_refused_holds_no_text(found: list[Row]) -> None:
    refused = {row.name: row.told for row in found if row.told.startswith("refused")}
    assert set(refused) == {
        "CL2011L0083EN0020010.0001.doc.xml",
        "L_2019130EN.01009201.doc.xml",
        "L_202401689EN.doc.fmx.xml",
        "L_202401689EN.toc.fmx.xml",
        "celex_32016R0679_fmx4_DOC_1.xml",
    }
    assert all("(DOC)" in told or "(PUBLICATION)" in told for told in refused.values())


if __name__ == "__main__":
    print(table(rows()))
