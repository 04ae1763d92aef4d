"""The home page of a period, the issue of a month, the grid of a law, and answers that are small."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from crawler.export import export
from tests.publish.publish_asked import page
from tests.publish.publish_rows import ACT, NOW, WHERE, copied, site

pytestmark = pytest.mark.slow


def words(found: Any) -> str:
    return " ".join(found.text.split())


async def test_home_has_the_entries_of_a_period_in_groups(shown: Any) -> None:
    week = await page(shown, "/")
    assert words(week.h1) == "What changed, 17 to 24 November 2026"
    groups = {
        words(head): head.find_next("ol") for head in week.select("h2.group") if head["id"].startswith("at-group")
    }
    assert list(groups)[-1].startswith("Taken back by us"), groups
    listed = [link["href"] for group in groups.values() for link in group.select("h3 a")]
    assert "/entry/aa01" in listed and len(listed) == len(set(listed))
    month = await page(shown, "/?since=2026-11&role=first_responder")
    assert words(month.h1) == "What changed, 1 to 24 November 2026"
    assert [one["value"] for one in month.select("#at-since [selected], #at-role [selected]")] == [
        "2026-11", "first_responder",
    ]  # fmt: skip
    note = "The filter does not apply here."
    assert note in month.find(id="at-recent").find_parent("section").text and note not in week.text
    for wrong in ("x", "2026-13", "2027-01", "1999-01-01"):
        await page(shown, f"/?since={wrong}", 404)
    assert "Nothing with this filter" in (await page(shown, "/?since=2026-09&kind=act")).text


async def test_home_and_issue_name_as_many_sources_that_could_not_be_checked(shown: Any) -> None:
    month, issue = [(await page(shown, path)).text for path in ("/?since=2026-11", "/issue/2026-11")]
    counted = re.search(r"(\d+) could not be checked", month)
    assert counted and re.search(rf"\b{counted[1]}\s+could not be\s+checked", issue)


async def test_a_month_has_an_issue_that_can_be_printed_and_pasted(shown: Any) -> None:
    found = await page(shown, "/issue/2026-11")
    assert words(found.h1) == "Round-up, November 2026" and "this month is not over" in found.text
    items = found.select(".paper .item")
    assert items and all(item.h3 and item.p for item in items)
    assert "Could not be checked" in found.text and "https://roundup.example.org/issue/2026-11" in found.text
    text, mark = [(await shown.client.get(f"/issue/2026-11.{form}?kind=guidance")) for form in ("txt", "md")]
    assert text.headers["content-type"].startswith("text/plain") and mark.text.startswith("# ")
    for item in (await page(shown, "/issue/2026-11?kind=guidance")).select(".item h3 a"):
        assert " ".join(item.text.split()) in " ".join(text.text.split())
    ways = [link["href"] for link in found.select("main a") if link["href"].startswith("/issue/2026-10")]
    assert not ways, "there is no way to months before the first entry, for they have no end"
    for wrong in ("2027-01", "2026-13"):
        await page(shown, f"/issue/{wrong}", 404)
    index = await page(shown, "/issue")
    assert "/issue/2026-11" in [link["href"] for link in index.select(".chips a")]
    drawn = [words(text) for text in index.select("figure svg.bars text")]
    assert words(found.select_one(".live")).startswith(f"{drawn[-1]} entries"), "the picture counts what issues show"
    assert index.find("svg", role="img").title.text and "not how much crime" in index.figcaption.text
    counts = [int(cell.text) for cell in index.select("tbody td")]
    assert sum(counts) == int(index.find("svg", role="img").find_all("text")[-1].text)


async def test_the_grid_of_a_law_has_what_its_table_has(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        listed = json.loads(world.db.execute("select sections from versions where id = 'a2'").fetchone()[0])[:4]
        world.db.execute("update versions set sections = ? where id = 'a2'", [json.dumps(listed)])
        ids = ", ".join(map(str, listed))
        paths = [row["path"] for row in world.db.query(f"select path from sections where id in ({ids}) order by id")]
        steps = ((0, "2001-09-01", "annotation"), (1, "2002-04-01", "insertion"), (2, "2030-01-01", "annotation"))
        for place, on, source in steps:
            world.add("commencements", document=ACT, position=place, path=paths[place], date=on, source=source,
                      state="in force", places="[]")  # fmt: skip
        world.add("in_force", document=ACT, summary="in parts", in_force=2, not_yet=1, not_stated=1)
    export(path)
    found = await page(site(path, WHERE, now=NOW), f"/doc/{ACT}")
    table = found.find("div", {"aria-label": "Commencement as a table"})
    assert [words(cell) for cell in table.select("thead th")] == [
        "Provision", "1 September 2001", "1 April 2002", "1 January 2030",
    ]  # fmt: skip
    rows = [[words(cell) for cell in row.select("td")] for row in table.select("tbody tr")]
    assert rows[:3] == [["in force"] * 3, ["not in force", "in force", "in force"],
                        ["not in force", "not in force", "in force"]]  # fmt: skip
    drawn = found.select_one("svg.grid[role=img]")
    assert len(drawn.select(".no")) == len(rows) and "2 in force, 1 not in force" in drawn.desc.text


async def test_older_addresses_of_recommendations_lead_to_the_new_ones(shown: Any) -> None:
    answer = await shown.client.get("/lessons.csv?kind=finding")
    assert (answer.status_code, answer.headers["location"]) == (308, "/recommendations.csv?kind=finding")


@pytest.mark.parametrize("path", ["/", "/.json", "/assets/roundup.css", f"/doc/{ACT}"])
async def test_pages_are_small_and_asked_again_cheaply(shown: Any, path: str) -> None:
    plain = await shown.client.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.headers["vary"] == "accept-encoding"
    small = await shown.client.get(path, headers={"Accept-Encoding": "gzip"})
    assert small.headers["content-encoding"] == "gzip" and small.content == plain.content
    assert int(small.headers["content-length"]) == len(gzip.compress(plain.content, 5, mtime=0)) < len(plain.content)
    assert small.headers["etag"] == plain.headers["etag"]
    again = await shown.client.get(path, headers={"If-None-Match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"") and "content-security-policy" in again.headers
    health = await shown.client.get("/health.json")
    assert "etag" not in health.headers, "the state of now is not kept"
