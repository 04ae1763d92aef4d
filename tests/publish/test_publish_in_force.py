"""The page of a law says when its provisions came into force, what says so, and what its publisher notes at them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.export import export
from tests.publish.publish_asked import page
from tests.publish.publish_rows import ACT, CLOCK, GUIDANCE, NOW, WHERE, World, copied, site

ORDER = "uksi/2002/9002"
NOTES: tuple[tuple[str, str, str, list[list[str]]], ...] = (
    ("F", "section-45", "Words in s. 45(1) inserted (1.2.2003) by Sample Act 2002 (c. 9), s. 3; S.I. 2003/9901, art. 2",
     [["ukpga/2002/9", ""]]),
    ("E", "section-45", "S. 45 extends to the Sample Islands only", []),
    ("I", "section-45", "S. 45 began in spring", []),
    ("C", "section-1", "S. 1 modified (E.) (1.4.2003) by S.I. 2002/9002, art. 5", [[ORDER, ""], [ORDER, "article-5"]]),
)  # fmt: skip


@pytest.fixture(scope="module")
def noted(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("noted") / "roundup.db"
    with copied(database, path) as world:
        _notes(world)
        step = {"document": ACT, "source": "annotation", "state": "in force", "places": "[]"}
        world.add(
            "commencements",
            **step,
            position=0,
            path="section-1",
            date="2001-09-01",
            instrument=ORDER,
            authority="S.I. 2002/9002, art. 2",
            qualification="for specified purposes",
        )
        world.add(
            "commencements",
            **step,
            position=1,
            path="section-1",
            date="2002-09-01",
            authority="s. 9(2)",
            instrument=ACT,
            qualification="in so far as not already in force",
        )
        world.add("commencements", **step, position=2, path="section-45-1", date="2030-01-01", authority="s. 9(3)")
        world.add("in_force", document=ACT, summary="in parts", in_force=1, not_yet=1, not_stated=2, next="2030-01-01")
    export(path)
    return path


def _notes(world: World) -> None:
    numbers = []
    for number, (kind, path, text, citations) in enumerate(NOTES, 900):
        world.add(
            "annotations",
            id=number,
            document=ACT,
            note=f"key-{number}",
            kind=kind,
            path=path,
            place="number",
            text=text,
            citations=json.dumps(citations),
            digest=str(number),
            seen=CLOCK,
            fetch=1,
        )
        numbers.append(number)
    world.db.execute("update versions set annotations = ? where id = 'a2'", [json.dumps(numbers)])


def words(found: Any) -> str:
    return " ".join(found.text.split())


def items(found: Any, path: str) -> Iterator[str]:
    return (words(item) for item in found.find(id=path).select(".standing li"))


async def test_a_provision_says_when_it_came_into_force_and_what_says_so(noted: Path) -> None:
    found = await page(site(noted, WHERE, now=NOW), f"/doc/{ACT}")
    assert words(found.find(id="section-1").select_one(".state")) == "In force since 1 September 2002."
    assert words(found.find(id="section-1").summary).startswith("What says so, and 1 note of the publisher")
    first, second, note = items(found, "section-1")
    assert first == (
        "In force from 1 September 2001 for specified purposes: S.I. 2002/9002, art. 2 (note of the publisher)"
    )
    assert second.startswith("In force from 1 September 2002 in so far as not already in force: s. 9(2)")
    assert note == "Modification: S. 1: modified (E.), from 1 April 2003, by S.I. 2002/9002, art. 5"
    linked = [link["href"] for link in found.find(id="section-1").select(".standing li a")]
    assert len(linked) == 2 and all(link.endswith("/doc/uksi/2002/9002") for link in linked), "not the law itself"


async def test_notes_are_facts_and_what_is_not_read_stays_words(noted: Path) -> None:
    found = await page(site(noted, WHERE, now=NOW), f"/doc/{ACT}")
    stands = words(found.find(id="section-45").select_one(".state"))
    assert stands.startswith("Not in force yet; from 1 January 2030.")
    assert "3 notes of the publisher" in words(found.find(id="section-45").summary)
    step, amendment, extent, unread = items(found, "section-45")
    assert step == "Section 45(1): in force from 1 January 2030: s. 9(3) (note of the publisher)"
    assert amendment == ("Amendment: Words in s. 45(1) inserted, from 1 February 2003, by Sample Act 2002 (c. 9), s. 3")
    assert extent == "Extent: S. 45 extends to the Sample Islands only"
    assert unread == "Commencement: S. 45 began in spring"


async def test_the_law_says_of_how_many_provisions_it_is_in_force(noted: Path) -> None:
    found = await page(site(noted, WHERE, now=NOW), f"/doc/{ACT}")
    facts = words(found.select_one("dl.facts"))
    assert "1 of 4 provisions in force, 1 not yet, of 2 nothing is stated; more from 1 January 2030" in facts
    rows = [
        " | ".join(words(cell) for cell in row.select("td"))
        for row in found.find(id="at-in-force").find_parent("section").select("tbody tr")
    ]
    assert len(rows) == 3 and rows[0].startswith("1 September 2001 | section 1 | In force from")
    assert rows[0].endswith("| Sample Exploitation (Commencement) Order 2002") and rows[1].endswith("| s. 9(2)")
    assert rows[2].startswith("1 January 2030 | section 45(1) |")


async def test_a_law_that_is_repealed_says_nothing_of_now(noted: Path, tmp_path: Path) -> None:
    with copied(noted, tmp_path / "roundup.db") as world:
        world.db.execute("update documents set status = 'repealed' where id = ?", [ACT])
        world.db.execute("update sections set text = '. . . . .' where document = ? and path = 'section-45'", [ACT])
    export(tmp_path / "roundup.db")
    found = await page(site(tmp_path / "roundup.db", WHERE, now=NOW), f"/doc/{ACT}")
    assert "provisions in force" not in words(found.select_one("dl.facts"))
    assert words(found.find(id="section-1").summary).startswith("1 note of the publisher")
    assert found.find(id="at-in-force") is not None, "when it came into force stays true"


async def test_another_version_shows_its_notes_alone(noted: Path) -> None:
    found = await page(site(noted, WHERE, now=NOW), f"/doc/{ACT}?version=a1")
    assert found.select(".standing") == []


async def test_a_document_that_is_no_law_has_nothing_of_it(noted: Path) -> None:
    found = await page(site(noted, WHERE, now=NOW), f"/doc/{GUIDANCE}")
    assert found.find(id="at-in-force") is None
