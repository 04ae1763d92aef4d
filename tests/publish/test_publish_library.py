"""The library: law, guidance and reports with what is current, each with its state, its editions and its files."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from crawler.classify.toolkit import SHELVES
from crawler.classify.toolkit.vocabulary import INTRODUCTIONS, THEMES
from crawler.publish.paths import encode
from crawler.sources.vocabulary import TOPICS
from tests.publish import publish_rows as rows
from tests.publish.publish_asked import page, whole
from tests.publish.publish_rows import CLOCK, EARLIER, FIRST, NOW, WHERE, site
from tests.publish.publish_toolkit import MSA, REPORT, library, noted, part_of, reports

GUIDE = "url:https://guidance.example/identify"
OLD = "url:https://guidance.example/withdrawn"
UNLISTED = "url:https://guidance.example/unlisted"
BEFORE = "url:https://guidance.example/before"
PLAN = "url:https://plans.example/"
FIGURES = "url:https://figures.example/"
BILL, CALL = "https://bills.parliament.uk/bills/4", "url:https://guidance.example/consultation"
REPEALED, ORDER = "ukpga/1990/9", "uksi/2026/77"
PAGES = [f"/{name}{query}" for name in ("library", *SHELVES) for query in ("", "?withdrawn=yes", "?topic=children")]


def shelves(world: rows.World) -> None:
    """Law that is followed by name and other law, guidance in editions, a series of reports, what is over."""
    world.add("tracked", address=MSA, source="law")
    world.db.execute(
        "update documents set jurisdiction = 'England and Wales', in_force = 'in parts' where id = ?", [MSA]
    )
    counted = {"summary": "in parts", "in_force": 14, "in_part": 1, "not_yet": 2, "not_stated": 0}
    world.add("in_force", document=MSA, **counted, first="2015-07-31", since="2016-01-01", next="")
    effects = {"url": "https://law.example/effects", "role": "statement", "time": CLOCK}
    world.add("fetches", id=91, crawl="c3", exchange="x91", **effects)
    world.add(
        "effects", id="late", fetch=91, affected=MSA, affected_provision="s. 11", affecting=ORDER,
        type="words substituted", applied=0, required=1, in_force="2026-11-01",
    )  # fmt: skip
    world.entry("lib1", MSA, "Section 52 of the Modern Slavery Act 2015 changed", document_kind="act", day="2026-11-02")
    world.document("ukpga/2011/20", "Sample Act that is only listed", kind="legislation", source="law", checked=None)
    world.document(ORDER, "The Sample Order 2026", kind="si", source="law", published="2026-11-20")
    world.document(
        REPEALED, "Sample Vagrancy Act 1990", kind="act", source="law",
        in_force="not applicable: repealed on 2012-04-01",
    )  # fmt: skip
    world.document(
        GUIDE, "Identifying victims", kind="statutory_guidance", published="2026-10-01", jurisdiction="Wales"
    )
    text = [("about", "", "About", "It rests on the Modern Slavery Act 2015.")]
    world.version("lg", GUIDE, text, captured=EARLIER, label="2.11")
    for number, day in enumerate(("2024-03-01", "2025-01-05", "2025-06-01"), 1):
        world.add("document_history", document=GUIDE, number=number, date=day, note=f"Note {number}", seen=FIRST)
    world.document(BILL, "Sample Victims Bill", kind="bill", jurisdiction="United Kingdom", published="2026-09-01")
    for event, date in (("1st reading", "2026-09-01"), ("2nd reading", "2026-10-20"), ("committee stage", "2027-01-12"),
                        ("report stage", "9999-12-31"), ("in force", "2026-11-01")):  # fmt: skip
        world.add("dates", document=BILL, event=event, provision="", qualification="", date=date, seen=FIRST)
    world.document(CALL, "Consultation on reporting", kind="consultation")
    file = f"{GUIDE}.docx"
    world.document(file, "Form", parent=GUIDE, url="https://guidance.example/form.docx")
    world.add("fetches", id=90, crawl="c3", exchange="x90", url="https://guidance.example/form.docx", bytes=84_211,
              media_type="application/octet-stream", time=CLOCK, digest="d90")  # fmt: skip
    world.version("lf", file, text, captured=EARLIER, representation="office", fetch=90)
    gone = {"availability": "withdrawn", "availability_since": "2026-11-10"}
    world.document(OLD, "Withdrawn advice", kind="guidance", **gone)
    world.document(UNLISTED, "Advice off its list", kind="guidance")
    world.add("unlisted", source="guidance", document=UNLISTED, seen=CLOCK)
    world.document(BEFORE, "Advice before", kind="guidance")
    world.add("relations", document=GUIDE, relation="replaces", target=BEFORE)
    for name, day in (("2", "2026-04"), ("1", "2026-02")):
        told = "How first responders refer victims in a sample"
        world.document(f"url:https://sample.example/v{name}.pdf", told, kind="guidance", published=day)
    for year in (2024, 2025, 2026):
        name = f"{FIGURES}{year}"
        world.document(name, f"Yearly figures {year}", kind="statistics", published=f"{year}-02-01")
        world.add("series_editions", series="figures", document=name, date=f"{year}-02-01", stated=f"{year}-02-01",
                  availability="ok")  # fmt: skip
    for edition, day in (("2028", "2026-10-02"), ("2027", "2025-10-02")):
        world.document(f"{PLAN}{edition}", f"Annual plan on sample rooms {edition}", kind="report", published=day)
        advised = [
            ("recommendation-1", "Recommendation 1", "", "The Home Office should open sample rooms."),
            ("recommendation-2", "Recommendation 2", "", f"The Home Office should paint {edition} of them."),
        ]
        world.version(f"lp{edition}", f"{PLAN}{edition}", advised, captured=EARLIER)
        part_of(world, f"{PLAN}{edition}")
    world.document(f"{PLAN}other", "Annual plan on sample tents 2027", kind="report", published="2025-10-02")
    world.add(
        "series", id="figures", name="Sample figures", publisher="home-office", kind="statistics",
        sources='["guidance"]', title="^Yearly", every=31_536_000, late=86_400, state="seen", position=9,
    )  # fmt: skip
    for document in (GUIDE, file, OLD, UNLISTED):
        part_of(world, document)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Path:
    path = tmp_path_factory.mktemp("library") / "roundup.db"
    with rows.copied(database, path) as world:
        library(world)
        reports(world)
        shelves(world)
    noted(path)
    return path


@pytest.fixture
def shown(filled: Path) -> Any:
    return site(filled, WHERE, now=NOW)


async def card(shown: Any, path: str, title: str) -> str:
    found = await page(shown, path)
    heading = next(each for each in found.select(".card > .as3") if title in each.text)
    return " ".join(heading.find_parent(class_="card").text.split())


async def titles(shown: Any, path: str) -> list[str]:
    return [each.text for each in (await page(shown, path)).select(".card > .as3")]


async def sheet(shown: Any, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((await shown.client.get(path)).text.lstrip("\ufeff"))))


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_is_whole(shown: Any, path: str) -> None:
    await whole(shown, path)


async def test_law_says_how_much_is_in_force_what_changed_last_and_what_is_outstanding(shown: Any) -> None:
    told = await card(shown, "/law", "Modern Slavery Act 2015")
    assert "14 of 17 provisions in force, 1 in part, 2 not yet" in told
    assert "Section 52 of the Modern Slavery Act 2015 changed, 2 November 2026" in told
    assert "1 change by another law" in told and "England and Wales" in told
    other = await card(shown, "/law", "The Sample Order 2026")
    assert "No change of it was told here since we first saw it on 1 November 2026" in other
    assert "Not stated: how many provisions are in force, whether its text has all changes" in other
    listed = await card(shown, "/law", "only listed")
    assert "Its text is not read here" in listed and "No change of it" not in listed
    found = await page(shown, "/law")
    assert found.select_one("main h2").text == "England and Wales, followed by name"
    assert (await titles(shown, "/law?followed=yes")) == ["Modern Slavery Act 2015"]


async def test_a_proposal_says_its_last_dated_step_and_the_next_and_is_no_law(shown: Any) -> None:
    told = await card(shown, "/proposals", "Victims Bill")
    assert "Last dated step: 2nd reading, 20 October 2026. Ahead: committee stage, 12 January 2027." in told
    assert "In force" not in told and "adapted" not in told
    assert "Not stated: a step with its date" in await card(shown, "/proposals", "Consultation")
    rows = {row["title"]: row for row in await sheet(shown, "/proposals.csv")}
    first = rows["Sample Victims Bill"]
    assert (first["last step"], first["next step stated"]) == (
        "2nd reading, 2026-10-20", "committee stage, 2027-01-12"
    )  # fmt: skip


async def test_what_is_over_stands_behind_one_switch(shown: Any) -> None:
    for path, over in (("/law", "Sample Vagrancy Act 1990"), ("/guidance", "Withdrawn advice"),
                       ("/guidance", "Advice off its list"), ("/guidance", "Advice before")):  # fmt: skip
        assert over not in await titles(shown, path)
        assert over in await titles(shown, f"{path}?withdrawn=yes")
        assert {row["withdrawn"] for row in await sheet(shown, f"{path}.csv")} == {"no"}
    assert "Off its list" in await card(shown, "/guidance?withdrawn=yes", "Advice off its list")
    assert "Replaced By its publisher\u2019s own statement, by Identifying victims" in await card(
        shown, "/guidance?withdrawn=yes", "Advice before"
    )
    assert "No longer law: repealed on 1 April 2012." in await card(shown, "/law?withdrawn=yes", "Vagrancy")
    assert "Withdrawn 10 November 2026" in await card(shown, "/guidance?withdrawn=yes", "Withdrawn advice")


async def test_guidance_shows_its_version_date_file_and_law_that_changed_since(shown: Any) -> None:
    told = await card(shown, "/guidance", "Identifying victims")
    assert "Version 2.11" in told and "1 October 2026" in told
    assert "The law it names has changed since: Modern Slavery Act 2015, last on 2 November 2026" in told
    assert "Editions by its publisher\u2019s notes: 2025 (2), 2024" in told
    found = await page(shown, "/guidance")
    (button,) = found.select(".card .button")
    assert button.text == "Download Word, 84 kB: Form" and button["href"] == "https://guidance.example/form.docx"


async def test_of_a_series_the_newest_edition_stands_with_the_earlier_ones(shown: Any) -> None:
    assert [each for each in await titles(shown, "/reports") if "figures" in each] == ["Yearly figures 2026"]
    assert "Earlier editions held: 2025, 2024 of Sample figures" in await card(shown, "/reports", "Yearly figures 2026")
    (row,) = [row for row in await sheet(shown, "/reports.csv") if row["title"] == "Yearly figures 2026"]
    assert row["earlier editions held"] == "Yearly figures 2025; Yearly figures 2024"


async def test_guidance_with_one_long_title_and_two_dates_stands_as_its_newest(shown: Any) -> None:
    assert [each for each in await titles(shown, "/guidance") if "responders" in each] == [
        "How first responders refer victims in a sample"
    ]
    told = await card(shown, "/guidance", "first responders")
    assert "Published April 2026" in told and "Earlier editions held: 2026" in told and "February 2026" in told


async def test_reports_of_no_series_whose_titles_differ_in_their_year_alone_stand_as_one(shown: Any) -> None:
    found = await titles(shown, "/reports")
    assert [each for each in found if "plan" in each] == [
        "Annual plan on sample rooms 2028", "Annual plan on sample tents 2027"
    ]  # fmt: skip
    told = await card(shown, "/reports", "rooms 2028")
    advised = (await shown.client.get("/recommendations.csv")).text
    assert [advised.count(words) for words in ("open sample rooms", "paint 2027", "paint 2028")] == [1, 1, 1]
    assert "Earlier editions held: 2027" in told and "Annual plan on sample rooms 2027, 2 October 2025" in told


async def test_a_narrowed_list_says_how_many_it_shows(shown: Any) -> None:
    for path in ("/law?nation=Wales", "/law?followed=yes", "/guidance?nation=Wales"):
        shown_there = len(await sheet(shown, path.replace("?", ".csv?")))
        assert (await page(shown, path)).find("strong", string=lambda text: text and "document" in text).text == (
            f"{shown_there} document{'s' if shown_there != 1 else ''}"
        )


async def test_a_report_shows_what_it_recommends_and_what_was_answered(shown: Any) -> None:
    told = await card(shown, "/reports", "The hidden crime")
    assert "3 recommendations: The hidden crime" in told and "(answered: 2, unanswered: 1)" in told
    found = await page(shown, "/reports")
    assert found.select_one(f'.card a[href^="/recommendations?report={encode(REPORT)[:3]}"]')


async def test_the_page_before_the_shelves_narrows_all(shown: Any) -> None:
    found = await titles(shown, "/library?nation=Wales")
    assert "Modern Slavery Act 2015" in found and "Identifying victims" in found
    assert await titles(shown, "/library?theme=nhs") == [], "no list gives it to any"
    assert (await titles(shown, "/library?kind=si"))[0] == "The Sample Order 2026"
    listed = await sheet(shown, "/library.csv?withdrawn=yes")
    assert {row["library"] for row in listed} == {"Law", "Guidance", "Reports", "Proposals"}
    objects = (await shown.client.get("/library.json")).json()
    assert objects["law"]["law"][0]["facts"]["provisions"]["in_force"] == 14


@pytest.mark.parametrize(
    "path", ["/library?page=2", "/law?kind=guidance", "/guidance?withdrawn=no", "/law?theme=hotels"]
)
async def test_what_there_is_none_of_is_not_found(shown: Any, path: str) -> None:
    assert (await shown.client.get(path)).status_code == 404


async def test_what_stopped_stands_by_its_day_on_a_page_of_its_own(shown: Any) -> None:
    found = await page(shown, "/withdrawn")
    months = [each.text for each in found.select("main h2")]
    assert months == ["November 2026", "October 2026", "April 2012"]
    told = [each.select_one("h3").text for each in found.select(".card")]
    assert told.index("Advice off its list") < told.index("Withdrawn advice") < told.index("Sample Vagrancy Act 1990")
    assert "Advice before" in told and len(set(told)) == len(told)
    assert "own statement, by Identifying victims" in found.text
    assert "Modern Slavery Act 2015" not in told and "Identifying victims" not in told
    feed = found.find("a", string="A feed of what is withdrawn")["href"]
    assert (await shown.client.get(feed)).status_code == 200
    narrowed = await page(shown, "/withdrawn?nation=European+Union")
    assert not narrowed.select(".card") and "Nothing with this was withdrawn" in narrowed.text
    objects = (await shown.client.get("/withdrawn.json")).json()
    assert objects["total"] == len(told) and [each["title"] for each in objects["withdrawn"]] == told
    rows_of = await sheet(shown, "/withdrawn.csv")
    assert [row["title"] for row in rows_of] == told and rows_of[-1]["withdrawn, or told last"] == "2012-04-01"
    for query in ("page=2", "kind=guidance", "topic=weather", "withdrawn=yes"):
        assert (await shown.client.get(f"/withdrawn?{query}")).status_code == 404


async def test_a_topic_has_what_changed_and_what_is_current_on_one_page(shown: Any) -> None:
    found = await page(shown, "/topic/children")
    heads = [each.text.split(" ")[0] for each in found.select("main h2")]
    assert heads == ["What", "Dates", "Law", "Guidance", "Reports", "Proposals", "Case", "More"]
    for shelf in SHELVES:
        assert [each.text for each in found.select(f"[aria-labelledby=at-{shelf}] .card h3")] == (
            await titles(shown, f"/{shelf}?topic=children")
        )[:5]
    links = [str(each["href"]) for each in found.select("main a[href*=children]")]
    assert {"/feeds/topic/children.atom", "/subscribe?topic=children", "/withdrawn?topic=children"} <= set(links)
    for link in links:
        assert (await shown.client.get(link)).status_code == 200, link
    objects = (await shown.client.get("/topic/children.json")).json()
    law = (await shown.client.get("/law.json?topic=children")).json()
    assert objects["law"] == {"total": law["total"], "law": law["law"][:5]}
    entries = (await shown.client.get("/topic/identification_nrm.json")).json()["entries"]
    listed = [link["href"] for link in (await page(shown, "/topic/identification_nrm")).select(".entry h3 a")]
    assert [f"/entry/{each['id']}" for each in entries] == listed and "/entry/aa01" in listed
    assert "There is no “weather” under “Topic”." in (await page(shown, "/topic/weather", 404)).text
    library = await page(shown, "/library")
    assert [link["href"] for link in library.select("#at-topics + ul a")] == [f"/topic/{topic}" for topic in TOPICS]


async def test_older_texts_that_are_not_held_are_said_to_be_so_with_an_archive(shown: Any) -> None:
    found = await page(shown, f"/doc/{encode(GUIDE)}")
    link = next(each["href"] for each in found.select("a") if each.text == "the Internet Archive")
    assert link.startswith("https://web.archive.org/web/*/https://www.example.org/")


async def test_the_feed_of_a_shelf_is_as_narrow_as_it_can_be(shown: Any) -> None:
    found = await page(shown, "/guidance?nation=Wales&topic=children")
    address = found.find("a", string="Feed of what changes here (Atom)")["href"]
    assert "kind=statutory_guidance" in address and "jurisdiction=Wales&topic=children" in address
    assert (await shown.client.get(address)).status_code == 200


def test_every_theme_is_introduced_in_one_line() -> None:
    themes = {theme for listed in THEMES.values() for theme in listed}
    assert INTRODUCTIONS.keys() == themes
    assert all(len(words.split()) <= 20 and words.endswith(".") for words in INTRODUCTIONS.values())
