"""Every recorded CLML document: how much of its text lands in sections, and how much of it twice.

``python tests/protocols/test_legislation_coverage.py`` prints the table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from lxml import etree

from crawler.errors import ParseError
from crawler.identifiers.extents import without_extent
from crawler.model import Page
from crawler.protocols import legislation
from tests.protocols.legislation_samples import RECORDINGS, capture, recordings, source

pytestmark = pytest.mark.recorded

LEAST, MOST = 0.98, 0.005
TEXTS = {"Primary", "Secondary", "EURetained"}
OUTSIDE = {"Contents", "Commentaries", "Versions", "Resources"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    name: str
    sections: int = 0
    characters: int = 0
    covered: float = 0.0
    twice: float = 0.0
    repeated: float = 0.0
    told: str = ""


def local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def nodes(element: etree._Element) -> Iterator[str]:
    """Yield the text nodes under an element that are its law, collapsed."""
    if element.text:
        yield " ".join(element.text.split())
    for child in element:
        if isinstance(child.tag, str) and local(child) not in OUTSIDE:
            yield from nodes(child)
        if child.tail:
            yield " ".join(child.tail.split())


def letters(text: str) -> Counter[str]:
    # The parentheses and points of printed numbers are made, and the bars between cells: none are counted.
    return Counter(each for each in text if not each.isspace() and each not in "().|")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(zip(*(words[start:] for start in range(8)), strict=False))


def measure(name: str, body: bytes, page: Page) -> Row:
    root = etree.fromstring(body, etree.XMLParser(remove_comments=True, remove_pis=True))
    law = [each for child in root if local(child) in TEXTS for each in nodes(child) if each]
    sections = page.versions[0].sections if page.versions else ()
    notes = page.versions[0].annotations if page.versions else ()
    # Footnotes stand outside of what is measured: as sections they have a place of their own. So does what a provision
    # says again for another extent; words that are law no longer are kept beside it.
    inside = [
        each for each in sections if each.path not in ("footnotes", "margin-notes") and not without_extent(each.path)[1]
    ]
    former = [each for each in notes if each.kind == "former" and not without_extent(each.path)[1]]
    found = " ".join(
        (
            *(f"{each.number} {each.heading} {each.text}" for each in inside),
            *(each.text.partition(": ")[2] for each in former),
        )
    )
    wanted, got = letters(" ".join(law)), letters(found)
    before, after = shingles(" ".join(law)), shingles(found)
    total = sum(wanted.values())
    return Row(
        name=name,
        sections=len(sections),
        characters=total,
        covered=sum((wanted & got).values()) / total if total else 0.0,
        twice=sum((got - wanted).values()) / total if total else 0.0,
        repeated=sum(max(0, count - before[key]) for key, count in after.items() if key in before)
        / max(1, sum(before.values())),
        told="; ".join(problem.kind for problem in page.problems),
    )


def rows() -> list[Row]:
    found = []
    for about in recordings():
        name = about["file"].removeprefix("www.legislation.gov.uk/")
        body = (RECORDINGS / about["file"]).read_bytes()
        if b"<Legislation" not in body[:3000] and not name.startswith(("clml-samples", "lex-fragments")):
            continue
        try:
            page = legislation.parse(capture(body, about["url"].partition(" ")[0]), source())
        except ParseError as error:
            found.append(Row(name=name, told=f"refused: {error.reason}"))
            continue
        found.append(measure(name, body, page))
    return found


def table(found: list[Row]) -> str:
    lines = [f"{'recording':66} {'sections':>8} {'letters':>8} {'covered':>8} {'twice':>7} {'repeated':>8}  told"]
    for row in sorted(found, key=lambda row: (row.told.startswith("refused"), row.covered, -row.twice)):
        numbers = f"{row.covered:8.2%} {row.twice:7.2%} {row.repeated:8.2%}" if row.characters else " " * 25
        lines.append(f"{row.name[:66]:66} {row.sections:8} {row.characters:8} {numbers}  {row.told}")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def found() -> list[Row]:
    return rows()


def test_coverage(found: list[Row]) -> None:
    """Trap UK-1.23: nobody had kept the XML of the Modern Slavery Act itself."""
    print("\n" + table(found))
    with_text = [row for row in found if row.characters]
    assert len(with_text) >= 80
    assert [row for row in with_text if row.covered < LEAST] == []
    assert [row for row in with_text if row.twice > MOST or row.repeated > MOST] == []


def test_documents_without_law_say_so(found: list[Row]) -> None:
    without = {row.name: row.told for row in found if not row.characters and not row.told.startswith("refused")}
    assert set(without.values()) == {"no text"}
    assert all("metadata" in name for name in without) and len(without) == 9


def test_what_is_refused_is_no_instrument(found: list[Row]) -> None:
    refused = {row.name: row.told for row in found if row.told.startswith("refused")}
    assert set(refused) == {
        "clml-samples/changes-affecting-ukpga-2002-38-feed.xml",
        "clml-samples/task-update-step-wsi-2020-1149-act-2020-11-08-high-level-amends.xml",
        "lex-fragments/legislation_test_1.xml",
        "lex-fragments/legislation_test_4.xml",
        "lex-fragments/legislation_test_7.xml",
    }
    assert all("root element" in told or "a feed where" in told for told in refused.values())


if __name__ == "__main__":
    print(table(rows()))
