"""Every recorded CLML document: how much of its text lands in sections, and how much of it twice.

``python tests/protocols/test_legislation_coverage.py`` prints the table.
"""

from collections.abc import Iterator

import pytest
from lxml import etree

from crawler.errors import ParseError
from crawler.identifiers.uk import without_extent
from crawler.model import Page
from crawler.protocols import legislation
from tests.protocols.coverage_rows import Row, check, measured, refused, table
from tests.protocols.legislation_samples import RECORDINGS, capture, recordings, source

pytestmark = pytest.mark.recorded

TEXTS = {"Primary", "Secondary", "EURetained"}
OUTSIDE = {"Contents", "Commentaries", "Versions", "Resources"}


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


def counts(character: str) -> bool:
    # The parentheses and points of printed numbers are made, and the bars between cells: none are counted.
    return not character.isspace() and character not in "().|"


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
    return measured(
        name, " ".join(law), found, counts, sections=len(sections), problems=(problem.kind for problem in page.problems)
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


@pytest.fixture(scope="module")
def found() -> list[Row]:
    return rows()


def test_coverage(found: list[Row]) -> None:
    """Trap UK-1.23: nobody had kept the XML of the Modern Slavery Act itself."""
    print("\n" + table(found, 66))
    check(found, 80)


def test_documents_without_law_say_so(found: list[Row]) -> None:
    without = {row.name: row.told for row in found if not row.characters and not row.is_refused}
    assert set(without.values()) == {"no text"}
    assert all("metadata" in name for name in without) and len(without) == 9


def test_what_is_refused_is_no_instrument(found: list[Row]) -> None:
    told = refused(found)
    assert set(told) == {
        "clml-samples/changes-affecting-ukpga-2002-38-feed.xml",
        "clml-samples/task-update-step-wsi-2020-1149-act-2020-11-08-high-level-amends.xml",
        "lex-fragments/legislation_test_1.xml",
        "lex-fragments/legislation_test_4.xml",
        "lex-fragments/legislation_test_7.xml",
    }
    assert all("root element" in each or "a feed where" in each for each in told.values())


if __name__ == "__main__":
    print(table(rows(), 66))
