"""The effects of a document on its page: in the order of their days, paged, by how they stand; what is outstanding."""

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.publish.publish_asked import page
from tests.publish.publish_rows import ACT, CLOCK, NOW, WHERE, World, copied, site

ORDER = "uksi/2002/9002"


def add(world: World, id: str, day: str = "", **more: Any) -> None:
    """Add an effect on the sample Act, which takes effect on a day."""
    row = {"affected": ACT, "fetch": 90,
           "affecting": ORDER, "affected_provision": "s. 1", "affecting_provision": "art. 2",
           "type": "words substituted", "required": 1, "applied": 0, "in_force": day}  # fmt: skip
    world.add("effects", id=id, **{**row, **more})


def empty(world: World) -> None:
    """Take all effects out, and add a fetch that may state some."""
    world.db.execute("delete from effects")
    world.add("fetches", id=90, crawl="c3", exchange="y90", url="https://example.org/list", time=CLOCK, digest="y90")


def listed(found: BeautifulSoup, side: str = "on") -> list[list[str]]:
    heading = found.find(id=f"at-effects-{side}")
    block = heading.find_parent("section") if heading else None
    return (
        [[" ".join(cell.text.split()) for cell in row.select("td")] for row in block.select("tbody tr")]
        if block
        else []
    )


async def test_effects_are_in_the_order_of_their_days_and_paged(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        empty(world)
        for number in range(250):
            add(world, f"x{number:03}", f"{1900 + number // 2}-01-01", applied=1)
        add(world, "y", "prospective", applied=1)
    shown = site(path, WHERE, now=NOW)
    days = []
    for number, size in ((1, 100), (2, 100), (3, 51)):
        found = await page(shown, f"/doc/{ACT}?changed_by_page={number}#at-effects-on")
        rows = listed(found)
        days += [row[3] for row in rows]
        assert len(rows) == size
        block = found.find(id="at-effects-on").find_parent("section")
        assert "251 effects, by the publisher\u2019s list as last read on" in " ".join(block.text.split())
        assert f"Page {number} of 3" in block.text
    assert days[:3] == ["prospective", "1 January 2024", "1 January 2024"] and days[-1] == "1 January 1900"
    for query in (
        "changed_by_page=4",
        "changed_by_page=0",
        "changed_by_page=x",
        "changed_by=y",
        "changes=" + "z" * 500,
    ):
        answer = await shown.client.get(f"/doc/{ACT}?{query}")
        assert answer.status_code == 404, query


async def test_what_is_in_force_and_not_worked_in_is_said_above_the_text_and_beside_its_provision(
    database: Path, tmp_path: Path
) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        empty(world)
        for number in range(7):
            start = {"date": f"2026-0{number + 1}-01", "qualification": "for W." if number == 6 else "wholly in force"}
            paths = json.dumps([f"section-{number}"])
            add(
                world, f"x{number}", start["date"], affected_provision=f"s. {number}", starts=json.dumps([start]),
                affected_paths=paths,
            )  # fmt: skip
        add(world, "a", "2026-01-01", applied=1)
        add(world, "b", "2026-01-01", required=0)
        add(world, "c", "2027-01-01")
        add(world, "d", "prospective")
        add(world, "e", "")
        add(world, "f", "2026-08-01, prospective", affected=ORDER, affecting=ACT, affected_provision="art. 9")
    shown = site(path, WHERE, now=NOW)
    found = await page(shown, f"/doc/{ACT}?version=a1")
    notice = found.find(id="at-outstanding")
    text = " ".join(notice.text.split())
    assert text.startswith(
        "7 changes by other laws are in force and not worked into this text yet, by the publisher\u2019s list"
    )
    assert [item.text.split(":")[0] for item in notice.select("li")] == ["s. 6", "s. 5", "s. 4", "s. 3", "s. 2"]
    assert notice.select("li")[0].text.endswith("from 1 July 2026 (for W.).")
    assert notice.select("li")[1].text.endswith("from 1 June 2026.")
    assert found.text.index("7 changes by other laws, in force already") < found.text.index("Contents")
    assert "1 change not in this text yet" in found.find(id="section-2").text, "and nothing of others"
    assert "not in this text yet" not in found.find(id="section-9").text
    for state, number in (("outstanding", 7), ("applied", 1), ("ahead", 3), ("unneeded", 1), ("dropped", 0)):
        rows = listed(await page(shown, f"/doc/{ACT}?changed_by={state}"))
        assert len(rows) == number, state
    assert [row[0] for row in listed(found, "of")] == ["art. 2"]
    order = await page(shown, f"/doc/{ORDER}")
    assert order.find(id="at-outstanding").select_one("li").text.startswith("art. 9: words substituted, by ")


async def test_without_anything_outstanding_nothing_warns(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        empty(world)
        add(world, "a", "2026-01-01", applied=1)
    found = await page(site(path, WHERE, now=NOW), f"/doc/{ACT}")
    assert found.find(id="at-outstanding") is None and len(listed(found)) == 1


async def test_an_effect_shows_its_days_with_what_commences_it_and_what_is_noted(
    database: Path, tmp_path: Path
) -> None:
    path = tmp_path / "roundup.db"
    starts = [
        {"date": "2026-01-01", "qualification": "for specified purposes"},
        {"date": "2026-03-01", "qualification": "wholly in force", "instrument": "uksi/2026/3", "provision": "reg. 4"},
    ]
    with copied(database, path) as world:
        empty(world)
        add(world, "a", "2026-01-01, 2026-03-01", starts=json.dumps(starts), savings="s. 7", comments="<b>Sample</b>",
            affecting="ukpga/2025/9", affecting_title="Sample Borders Act 2025", type="", applied=1)  # fmt: skip
    shown = site(path, WHERE, now=NOW)
    ((_, what, by, when),) = listed(await page(shown, f"/doc/{ACT}"))
    assert what == "not stated"
    assert by == "Sample Borders Act 2025 (2025 c. 9), art. 2Savings: s. 7Publisher\u2019s note: <b>Sample</b>"
    assert when == ("1 January 2026 (for specified purposes); 1 March 2026 (wholly in force; by SI 2026/3, reg. 4)")
    answer = (await shown.client.get(f"/doc/{ACT}.json?changed_by=applied")).json()
    (row,) = answer["effects"]["changed_by"]["rows"]
    assert row["starts"] == starts and row["state"] == "applied" and answer["outstanding"]["total"] == 0
    assert answer["effects"]["changed_by"]["counts"] == {"applied": 1}


@pytest.mark.slow
async def test_what_a_publisher_lists_no_more_is_not_outstanding(database: Path, tmp_path: Path) -> None:
    path, read = tmp_path / "roundup.db", "https://www.legislation.gov.uk/ukpga/2001/9001/data.xml"

    async def days() -> list[str]:
        return [row[3] for row in listed(await page(site(path, WHERE, now=NOW), f"/doc/{ACT}"))]

    with copied(database, path) as world:
        empty(world)
        for number, name in ((91, "e2"), (92, "e3")):
            world.add("fetches", id=number, crawl="c3", exchange=f"y{number}", url=read, time=CLOCK, digest=name)
            add(world, name, "2026-01-01", fetch=number)
    assert await days() == [
        "not stated (since 24 November 2026 the publisher no longer lists it as still to be worked in)",
        "1 January 2026 (not in the text yet)",
    ]
    found = await page(site(path, WHERE, now=NOW), f"/doc/{ACT}")
    assert (
        "1 change by another law is in force and not worked into this text yet" in found.find(id="at-outstanding").text
    )
    with copied(path, tmp_path / "list.db") as world:
        world.db.execute("update fetches set role = 'statement' where url = ?", [read])
    path = tmp_path / "list.db"
    assert await days() == ["1 January 2026 (not in the text yet)"] * 2, "of a list it may stand on another page"


async def test_another_text_of_the_act_carries_the_same_list(database: Path, tmp_path: Path) -> None:
    """What was outstanding when one text was read, and is not on the list of a text read later, is so no more."""
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        empty(world)
        for number, name in ((91, "/enacted"), (92, "/2026-11-01")):
            url = f"https://www.legislation.gov.uk/ukpga/2001/9001{name}/data.xml"
            world.add("fetches", id=number, crawl="c3", exchange=f"y{number}", url=url, time=CLOCK, digest=name)
        add(world, "a", "2026-01-01", fetch=91)
        world.db.execute("update versions set fetch = 92 where id = 'a2'")
    found = await page(site(path, WHERE, now=NOW), f"/doc/{ACT}")
    assert found.find(id="at-outstanding") is None
    assert "no longer lists it" in listed(found)[0][3]


async def test_a_change_names_the_instruments_that_its_reasons_name(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    reasons = [[ORDER, "art. 2", "2026-11-01", "effect"], [ORDER, "art. 3", "2026-11-01", "annotation"],
               ["ukpga/2025/9", "", "", "annotation"]]  # fmt: skip
    with copied(database, path) as world:
        world.change(
            "why", ACT, "changed", "section-45", before="a", after="b", version="a2", previous="a1", position=1,
            significance="legal effect", reasons=json.dumps(reasons),
        )  # fmt: skip
        add(world, "a", "2026-01-01", affecting="ukpga/2025/9", affecting_title="Sample Borders Act 2025", fetch=1)
    shown = site(path, WHERE, now=NOW)
    found = await page(shown, f"/doc/{ACT}")
    text = " ".join(found.find(id="at-changed").find_parent("section").text.split())
    assert "art. 2; art. 3; Sample Borders Act 2025 (2025 c. 9)." in text
    changes = (await shown.client.get(f"/doc/{ACT}.json")).json()["changes"]
    assert [reason["title"] for reason in changes[0]["reasons"]][-1] == "Sample Borders Act 2025"
    with copied(path, tmp_path / "unexplained.db") as world:
        world.db.execute("update changes set reasons = '[]' where document = ?", [ACT])
    found = await page(site(tmp_path / "unexplained.db", WHERE, now=NOW), f"/doc/{ACT}")
    assert "Instrument not stated." in found.find(id="at-changed").find_parent("section").text
