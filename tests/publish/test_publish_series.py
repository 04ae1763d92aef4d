"""Pages of series, collections, judgments and documents kept by hand, as a reader gets them."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote_plus

import pytest
from sqlite_utils import Database

from crawler.export import export
from crawler.publish.paths import encode
from crawler.sources.curated.values import Reason
from crawler.store import schema
from crawler.wording import day
from tests.publish import publish_rows as rows
from tests.publish.publish_asked import page, whole
from tests.publish.publish_rows import ACT, CLOCK, FIRST, GUIDANCE, NEWS, NOW, REMOVED, SECRET, TAKEN, WHERE, site
from tests.publish.test_publish_api import get

NAMES = ("/series", "/collections", "/collection/co-operation", "/judgments", "/by-hand", "/entry/late1")


def series(world: rows.World, id: str, **values: Any) -> None:
    row = {
        "name": f"Sample {id}", "publisher": "home-office", "kind": "statistics", "sources": '["guidance","off"]',
        "title": "sample", "every": 91 * 86400, "late": 30 * 86400, "state": "seen", "since": FIRST, "checked": CLOCK,
    }  # fmt: skip
    world.add("series", id=id, **{**row, **values})


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Path:
    path = tmp_path_factory.mktemp("kept") / "roundup.db"
    with rows.copied(database, path) as world:
        series(
            world, "quarterly", note="A sample of a cadence.", newest=GUIDANCE, newest_date="2026-10-05",
            expected_from="2027-01-04", expected_until="2027-02-03", position=1,
        )  # fmt: skip
        series(
            world, "yearly", state="not seen by us", every=365 * 86400, expected_from="2026-09-01",
            expected_until="2026-10-01", position=2,
        )  # fmt: skip
        series(world, "unread", state="source not checkable", checked=None, sources='["off","nowhere"]', position=3)
        series(world, "never", state="", checked=None, since=None, sources='["never"]', position=4)
        for number in range(15):
            name = f"url:https://www.example.org/figures/{number}"
            gone = {"availability": "withdrawn", "availability_since": CLOCK} if number == 14 else {}
            world.document(name, f"Sample figures {number:02}", published=f"2025-{number % 12 + 1:02}-05", **gone)
            world.add(
                "series_editions", series="yearly", document=name, date=f"2025-{number % 12 + 1:02}-05",
                stated="" if number == 11 else f"2025-{number % 12 + 1:02}-05", availability="ok",
            )  # fmt: skip
        world.add(
            "series_editions", series="quarterly", document=GUIDANCE, date="2026-10-05", stated="2026-10-05",
            availability="ok",
        )  # fmt: skip
        world.add(
            "collections", id="co-operation", name="Sample co-operation", about="What belongs together.", position=0
        )
        members = [("document", ACT), ("document", "ukpga/1999/9999"), ("document", NEWS), ("document", TAKEN),
                   ("document", "https://www.example.org/old-address"), ("source", "guidance"), ("source", "never"),
                   ("source", "off")]  # fmt: skip
        for place, (kind, member) in enumerate(members):
            world.add("collection_members", collection="co-operation", kind=kind, member=member, position=place)
        for place, (document, at) in enumerate(((ACT, "section-45"), ("celex:1", ""))):
            world.add(
                "collection_instruments", collection="co-operation", position=place, title=f"Sample text {place}",
                function="Surrender", document=document, provisions="Section 45", path=at, reviewed="",
                note="Warrants", url=f"https://www.legislation.gov.uk/{document}", holds='["United Kingdom"]',
            )  # fmt: skip
        for place, citation in enumerate(("[2018] EWCA Crim 667", "[2020] UKSC 9")):
            world.add(
                "judgments", citation=citation, court="Sample court", date=f"20{18 + 2 * place}-03-28",
                url="https://caselaw.nationalarchives.gov.uk/ewca/crim/2018/667", note="Who proves it.", position=place,
                provisions=json.dumps(["Sample Exploitation Act 2001, section 45", "ECHR Article 4"]),
                reviewed="2026-11-24",
            )  # fmt: skip
        for place, (title, url) in enumerate((("Sample thematic inspection of farms", "https://closed.example/farms"),
                                              ("Taken over", "https://www.example.org/old-address"),
                                              ("Known by its number", "https://closed.example/number"),
                                              ("SAMPLE — Figures, 03", "https://closed.example/title"))):  # fmt: skip
            world.add(
                "by_hand", id=f"hand{place}", title=title, kind="report",
                date="2019-05", identifier="GRETA (2016) 21" if place == 2 else "ISBN 978-0-00", url=url,
                address=url, reason="closed",
                note="On harvests", position=place,
                publisher="Sample Home Office" if place == 3 else "Sample inspectorate",
                copies=json.dumps([{"url": "https://copy.example", "whose": "official", "checked": "2026-01-02"}]),
                checked="2026-11-20", reviewed="2026-11-24",
            )  # fmt: skip
        world.add("document_identifiers", document=GUIDANCE, kind="coe", value="GRETA(2016)21", strong=1, place="title")
        for source, document, before in (("guidance", ACT, ["A list", "Acts", ""]), ("law", "old:name", ["", "", ""])):
            world.add("unlisted", source=source, document=document, seen=CLOCK)
            placed = dict(zip(("part", "heading", "block"), before, strict=True), document=document)
            world.add(
                "list_changes", crawl="c3", source=source, position=0, kind="removed", before=json.dumps(placed),
                after="null", seen=CLOCK,
            )  # fmt: skip
        for id, kind in (("echr:001-9001", "case_law"), ("echr:001-9002", "case_law"), ("govuk:9003", "case")):
            world.document(id, f"CASE OF SAMPLE {id[-4:]}", kind=kind, published=f"2025-01-0{id[-1]}")
        world.db.execute("insert or ignore into topics(id, label) values ('children', 'Children')")
        world.add("document_topics", document="echr:001-9002", topic="children", band="in", score=1.0, why="[]")
        world.add("aliases", alias="old:name", document=ACT)
        world.add(
            "entries", id="late1", document=None, kind="late", title="Not seen by us: Sample yearly", fetch=None,
            summary="The newest edition that we hold is of 5 December 2025.", significance="editorial",
            capture_time=None,
        )  # fmt: skip
    return path


@pytest.fixture
def there(kept: Path) -> Any:
    return site(kept, WHERE, now=NOW)


@pytest.mark.parametrize("path", NAMES)
async def test_every_page_is_whole(there: Any, path: str) -> None:
    await whole(there, path)


async def test_series_say_how_they_stand(there: Any) -> None:
    found = await page(there, "/series")
    tags = {part["id"]: part.select_one("h2 .tag").text for part in found.select(".source")}
    assert tags == {
        "at-quarterly": "Seen",
        "at-yearly": "Not seen by us",
        "at-unread": "Source not checkable, never read",
        "at-never": "Not looked at yet",
    }
    seen = found.select_one("#at-quarterly")
    facts = {term.text: term.find_next("dd").text for term in seen.select("dt")}
    assert facts["Comes out"] == "About every 3 months"
    assert facts["Next edition expected"] == "4 January 2027 to 3 February 2027"
    assert facts["Newest edition held"].endswith("5 October 2026") and facts["Its sources last read"]
    assert seen.select_one("dd a")["href"] == f"/doc/{encode(GUIDANCE)}"
    assert "A sample of a cadence." in seen.text and "Sample switched off (switched off)" in seen.text
    late = found.select_one("#at-yearly")
    assert "Expected by 1 October 2026; not seen by us until 24 November 2026." in late.text
    editions = late.select("details li")
    assert len(editions) == 12 and "Editions held: 15" in late.text
    assert "first seen 5 December 2025" in editions[0].text
    assert late.select_one("details p a")["href"] == "/roundup/series_editions?series=yearly"
    assert "Cannot be told" in found.select_one("#at-unread").text
    assert "not published" not in found.text.lower()
    listed = await page(there, "/?change=late")
    assert [link.text for link in listed.select(".entry h3 a") if "/entry/" in link["href"]] == [
        "Not seen by us: Sample yearly"
    ]
    entry = await page(there, "/entry/late1")
    assert entry.find("a", string="All series and their editions")["href"] == "/series"


async def test_a_collection_names_what_is_held_and_what_is_not(there: Any) -> None:
    index = await page(there, "/collections")
    assert index.select_one(".source h2 a")["href"] == "/collection/co-operation"
    assert "4 documents by name, and those of 3 sources" in index.text
    assert "2 judgments" in index.text and "last reviewed 24 November 2026" in index.text
    found = await page(there, "/collection/co-operation")
    named = found.select_one("#at-named").find_parent("section").select(".entry")
    assert [entry.h3.text for entry in named][:2] == ["Sample Exploitation Act 2001", "ukpga/1999/9999 Not held by us"]
    assert named[3].h3.a["href"] == f"/doc/{encode(GUIDANCE)}", "an alias leads to its document"
    of_source = found.select_one("#at-guidance").find_parent("section").select(".entry")
    assert len(of_source) > 10
    assert "Nothing of this source is held by us yet" in found.select_one("#at-off").find_parent("section").text
    await page(there, "/collection/nothing", 404)


async def test_a_collection_says_by_what_each_thing_is_done_and_that_nobody_reviewed_it(there: Any) -> None:
    found = await page(there, "/collection/co-operation")
    part = found.select_one("#at-functions").find_parent("section")
    assert "No person has gone through this list yet." in part.text and part.h3.text == "Surrender"
    held, other = part.select(".plain > li")
    official = f"https://www.legislation.gov.uk/{ACT}/section/45"
    assert [link["href"] for link in held.select("a")] == [f"/doc/{encode(ACT)}", official]
    assert "section 45" in held.text and "Warrants." in held.text and "Not held by us" not in held.text
    assert "Not held by us" in other.text and other.a["href"].endswith("celex:1")
    listed = (await get(there, "/collection/co-operation.json"))["collection"]["instruments"]
    assert [each["cited"] for each in listed] == ["Sample text 0", "Sample text 1"]


async def test_of_people_nothing_is_shown(there: Any) -> None:
    found = await page(there, "/collection/co-operation")
    assert SECRET not in found.text and REMOVED not in found.text


async def test_judgments_are_a_list_by_hand(there: Any) -> None:
    found = await page(there, "/judgments")
    assert found.select_one(".kicker").text == "Not searched automatically"
    assert "last reviewed on 24 November 2026" in found.text and "computational analysis" in found.text
    assert [cell.text for cell in found.select("tbody th")] == ["[2020] UKSC 9", "[2018] EWCA Crim 667"]
    first = found.select("tbody tr")[1]
    assert first.a["href"] == "https://caselaw.nationalarchives.gov.uk/ewca/crim/2018/667"
    assert "Sample Exploitation Act 2001, section 45" in first.text and "28 March 2018" in first.text
    assert all(cell["scope"] == "col" for cell in found.select("thead th"))


async def test_judgments_that_courts_list_stand_before_those_kept_by_hand(there: Any) -> None:
    async def listed(address: str) -> list[str]:
        found = await page(there, address)
        return [link.text for link in found.select("main a[href^='/doc/echr']")]

    assert await listed("/judgments") == ["CASE OF SAMPLE 9002", "CASE OF SAMPLE 9001"]
    for address in ("/judgments?topic=children", "/topic/children"):
        assert await listed(address) == ["CASE OF SAMPLE 9002"], address
    assert await listed("/judgments?topic=supply_chains") == [] == await listed("/judgments?provision=ECHR+Article+4")
    assert "There is no “weather”" in (await page(there, "/judgments?topic=weather", 404)).text
    for question in ("case law on children", "children&kind=case_law"):
        found = await page(there, f"/search?q={question}")
        assert found.select_one("main a[href^='/judgments?topic=']"), question
    assert (await page(there, "/library")).select_one("main a[href='/judgments']")


async def test_an_edition_names_the_others_of_its_series_and_how_to_cite_it(there: Any) -> None:
    found = await page(there, f"/doc/{encode('url:https://www.example.org/figures/9')}")
    others = next(each for each in found.select(".box dt") if each.text == "Other editions").find_next("dd")
    assert "Sample figures 11" in others.text.split(";")[0] and "(later: 5 December 2025)" in others.text
    assert "(earlier: 5 August 2025)" in others.text and "Sample figures 09" not in others.text
    assert found.select_one(".live a[href='#at-cite']")
    cite = found.select_one(".cite").text
    assert "“Sample figures 09”, published 5 October 2025, https://www.example.org/" in cite and ";." not in cite


async def test_judgments_stand_by_provision_and_each_provision_leads_to_them(there: Any) -> None:
    found = await page(there, "/judgments")
    provisions = [term.text for term in found.select("dl.record dt")]
    assert provisions == ["ECHR Article 4", "Sample Exploitation Act 2001, section 45"]
    assert len(found.select("#sample-exploitation-act-2001-section-45 dd a")) == 2
    law = await page(there, f"/doc/{encode(ACT)}")
    (link,) = law.select("#section-45 .doors a[href*=judgments]")
    assert link.text.startswith("Judgments that name this provision (2)")
    named = await page(there, str(link["href"]))
    assert [term.text for term in named.select("dl.record dt")] == ["Sample Exploitation Act 2001, section 45"]
    assert [cell.text for cell in named.select("tbody th")] == ["[2020] UKSC 9", "[2018] EWCA Crim 667"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [("ECHR Article 4", 1), ("echr article 4(2)", 0), ("ECHR Article", 1), ("ECHR Art", 0), ("ECHR Article 41", 0)],
)
async def test_judgments_of_a_provision_are_those_that_name_it_or_a_part_of_it(
    there: Any, asked: str, found: int
) -> None:
    shown = await page(there, f"/judgments?provision={quote_plus(asked)}")
    assert len(shown.select("dl.record dt")) == found
    assert f"{2 * found} judgments on this list name {asked}" in shown.text


async def test_a_name_of_no_provision_is_not_found(there: Any) -> None:
    for asked in ("%00", "x" * 201):
        await page(there, f"/judgments?provision={asked}", 404)


def test_every_reason_for_keeping_by_hand_has_words() -> None:
    words = files("crawler.publish").joinpath("templates/_by_hand.html").read_text("utf-8")
    assert [reason for reason in get_args(Reason) if f'"{reason}": "' not in words] == []


async def test_documents_kept_by_hand_are_listed_found_and_counted_apart(there: Any) -> None:
    found = await page(there, "/by-hand")
    (line,) = found.select("section li")
    assert line.a["href"] == "https://closed.example/farms" and line.a["rel"] == ["nofollow", "noreferrer"]
    assert "Kept by hand, not watched" in line.text and "Report, May 2019; ISBN 978-0-00." in line.text
    assert "On harvests. Why by hand: its host refuses programs. Last checked 20 November 2026." in line.text
    assert "Copy kept by a public body, opened 2 January 2026." in line.text
    assert "Left out: 3 documents that a source lists by now." in found.text
    for words in ("inspection farm", "inspectorate harvest"):
        searched = await page(there, f"/search?q={words.replace(' ', '+')}")
        assert "Sample thematic inspection of farms" in searched.select_one("#at-by-hand").find_parent("section").text
    assert (await page(there, "/search?q=nothing+like+farms")).select_one("#at-by-hand") is None
    (hit,) = (await get(there, "/search.json?q=inspection+of+farms"))["by_hand"]
    assert (hit["id"], hit["copies"][0]["whose"]) == ("hand0", "official")
    listed = await get(there, "/by-hand.json")
    assert [each["id"] for each in listed["documents"]] == ["hand0"]
    assert listed["counted"] == {"count": 1, "taken_over": 3, "reviewed": "2026-11-24"}
    assert "1 document kept by hand, because the host refuses programs" in (await page(there, "/collections")).text


async def test_what_a_complete_list_does_not_name_any_more_says_so(there: Any) -> None:
    told = [note.text.strip() for note in (await page(there, f"/doc/{encode(ACT)}")).select(".notice")]
    off = "Whether it is still published, that list does not say."
    assert f"Taken off Sample guidance, as seen on {day(CLOCK)}. It stood under A list > Acts. {off}" in told
    assert f"Taken off Sample statute book, as seen on {day(CLOCK)}. {off}" in told
    found = await page(there, "/search?q=Sample+Exploitation+Act+2001")
    marked = [tag.parent.text for tag in found.select(".tag") if tag.text == "Taken off a list"]
    assert f"Taken off a list Sample guidance does not name it any more, as seen on {day(CLOCK)}." in marked
    listed = (await get(there, f"/doc/{encode(ACT)}.json"))["unlisted"]
    assert {(each["source"], each["place"]) for each in listed} == {("guidance", "A list > Acts"), ("law", "")}


async def test_they_are_linked_from_every_page_and_may_be_empty(tmp_path: Path) -> None:
    schema.create(Database(tmp_path / "roundup.db").conn)
    export(tmp_path / "roundup.db")
    empty = site(tmp_path / "roundup.db", WHERE, now=NOW)
    home = await page(empty, "/")
    menu = [link["href"] for link in home.select("footer .doors a")]
    assert "/series" in menu and "/collections" in menu
    for path in ("/series", "/collections", "/judgments", "/by-hand"):
        await page(empty, path)
