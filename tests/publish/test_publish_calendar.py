"""The page of dates, its calendar, and the feeds about the round-up itself."""

from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import pytest
from icalendar import Calendar
from lxml import etree

from tests.feeds.test_feeds_standards import GRAMMAR
from tests.publish.publish_asked import page
from tests.publish.publish_rows import ACT, CLOCK, WHERE, copied, site

AHEAD = "2027-04-01"


@pytest.fixture(scope="module")
def dated(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world with days ahead of a law: of two provisions on one day, and one that is stated no more."""
    path = tmp_path_factory.mktemp("dated") / "roundup.db"
    rows: list[dict[str, Any]] = [
        {"id": "d1", "path": "section-45", "date": AHEAD, "sequence": 1},
        {"id": "d2", "path": "section-46", "date": AHEAD},
        {
            "id": "d6",
            "path": "section-48",
            "date": "2027-06-01",
            "instrument": "apni/1954/33",
            "authority": "Sample Interpretation Act 1954, s. 14(1)",
        },
        {"id": "d3", "path": "section-47", "date": "2027-05-01", "sequence": 2, "state": "gone"},
        {"id": "d4", "path": "", "date": "2026-10-01"},
        {"id": "d5", "path": "", "date": "2025-10-01"},
    ]
    with copied(database, path) as world:
        for row in rows:
            known = {"state": "stated", "places": "[]", "event": "in force", "stated": row["date"], "number": 1}
            times = {"first_seen": CLOCK, "changed": CLOCK}
            world.add("calendar", **{"document": ACT, "instrument": ACT, **known, **times, **row})
        world.db.execute("update runs set outcome = 'failed' where crawl = 'c2' and source = 'news'")
    return path


@pytest.fixture
def shown(dated: Path) -> Any:
    return site(dated, WHERE)


async def test_days_ahead_stand_by_month_with_what_they_are_of(shown: Any) -> None:
    found = await page(shown, "/calendar")
    assert [one.text for one in found.select("main h2")] == ["April 2027", "May 2027", "June 2027"]
    first, second, third = found.select("ul.dates li")
    assert "by Sample Interpretation Act 1954" in third.text and "apni/1954" not in third.text
    assert "Section 45, Section 46" in first.text and "Official page" in first.text and "In force" in first.text
    assert "Applies in:" in first.text and "changed, seen on 24 November 2026" in first.text
    assert "No longer stated" in second.text
    assert found.find("code", string="https://roundup.example.org/feeds/dates.ics")
    kept = await page(shown, "/calendar?kind=act")
    assert kept.select("ul.dates li") and kept.find("code", string=lambda text: text and text.endswith("ics?kind=act"))


async def test_a_period_of_the_days_ahead_is_chosen(shown: Any) -> None:
    for asked, months in (("days=30", []), ("days=365&kind=act", ["April 2027", "May 2027", "June 2027"])):
        found = await page(shown, f"/calendar?{asked}")
        assert [one.text for one in found.select("main h2")] == months
    assert found.find("a", string="All that lie ahead")["href"] == "/calendar?kind=act"
    await page(shown, "/calendar?days=7", 404)


@pytest.mark.parametrize(("query", "count"), [
    ("", 5), ("kind=act", 5), ("kind=report", 0), (f"document={ACT}&section=section-45", 2), ("source=law", 5),
    ("topic=children&kind=report", 0),
])  # fmt: skip
async def test_the_calendar_is_filtered_as_feeds_are(shown: Any, query: str, count: int) -> None:
    answer = await shown.client.get(f"/feeds/dates.ics?{query}")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    events = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    assert len(events) == count
    assert all(event.decoded("dtstart") >= date(2026, 8, 26) for event in events)
    ahead = (await shown.client.get(f"/calendar.json?{query}")).json()["dates"]
    assert {one["id"] for one in ahead} <= {str(event["uid"]).rpartition("/")[2] for event in events}
    again = await shown.client.get(f"/feeds/dates.ics?{query}", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("query", ["kind=nothing", "x=y", "change=new", "significance=editorial", "topic=%00"])
async def test_what_dates_do_not_have_is_not_found(shown: Any, query: str) -> None:
    for path in ("/calendar", "/calendar.json", "/feeds/dates.ics"):
        assert (await shown.client.get(f"{path}?{query}")).status_code == 404


async def test_what_comes_into_force_stands_with_its_day_without_one_and_lately(dated: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(dated, path) as world:
        counted = {"summary": "in parts", "in_force": 3, "in_part": 0, "not_yet": 2, "not_stated": 0, "next": ""}
        world.add("in_force", document=ACT, **counted, first="2015-07-31", since="2016-01-01")
        world.db.execute("update calendar set date = '2026-11-10', stated = '2026-11-10' where path = 'section-46'")
        world.db.execute("update calendar set event = 'closes' where path = 'section-48'")
    shown = site(path, WHERE)
    found = await page(shown, "/coming-into-force")
    assert [one.text for one in found.select("main h2")] == [
        "April 2027", "May 2027", "Not in force yet, wholly or in part, and no day stated 1", "Began in November 2026"
    ]  # fmt: skip
    assert "3 of 5 provisions in force, 2 not yet" in found.select_one("#at-no-day + ul").text
    assert "Section 46" in found.select("ul.dates")[-1].text and "Closes for answers" not in found.text
    objects = (await shown.client.get("/coming-into-force.json")).json()
    assert [day["path"] for day in objects["dates"]] == ["section-45", "section-47"]
    assert [law["document"] for law in objects["without_a_day"]] == [ACT]
    none = await page(shown, "/coming-into-force?kind=report")
    assert none.select("ul.dates") == []
    assert none.select_one("p.none a").text == "3 dates"
    assert found.find("a", string="All dates")["href"] == "/calendar"
    assert (await page(shown, "/calendar")).find("a", string="Coming into force")["href"] == "/coming-into-force"


async def test_an_empty_page_says_what_it_is(database: Path) -> None:
    found = await page(site(database, WHERE), "/calendar")
    assert "No date lies ahead in what we read." in found.text


@pytest.mark.parametrize("name", ["review", "health", "checked"])
async def test_feeds_about_the_round_up_are_valid(shown: Any, name: str) -> None:
    body = (await shown.client.get(f"/feeds/{name}.atom")).content
    GRAMMAR.assertValid(etree.fromstring(body))
    first = feedparser.parse(body)
    second = feedparser.parse((await shown.client.get(f"/feeds/{name}.rss")).content)
    items = (await shown.client.get(f"/feeds/{name}.json")).json()["items"]
    assert not first.bozo and not second.bozo
    ids = [[one["id"] for one in listed] for listed in (first.entries, second.entries, items)]
    assert ids[0] == ids[1] == ids[2] and ids[0]


async def test_a_week_without_change_is_told(shown: Any) -> None:
    first, second = (await shown.client.get("/feeds/checked.json?kind=treaty")).json()["items"]
    assert first["title"] == "Week to 22 November 2026: checked, nothing changed"
    assert first["content_text"] == (
        "3 of 4 sources that were due could be read. Not read as it should be: Sample newsroom."
        " 0 entries were announced that fit treaty."
    )
    assert second["title"].startswith("Week to 1 November 2026:") and first["id"] != second["id"]
    assert (await shown.client.get("/feeds/health.atom?kind=act")).status_code == 404
