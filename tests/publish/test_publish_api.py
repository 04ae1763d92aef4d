"""Pages as JSON and the page for programs: what pages show, for programs of anybody; each example answers."""

from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import feedparser
import pytest
from bs4 import BeautifulSoup

from crawler.public import sql_child
from crawler.public.database import FILE
from crawler.public.named import QUERIES
from crawler.public.schema import tables, views
from crawler.publish.api import IN_EACH, PAGES
from crawler.publish.paths import encode
from tests.publish.publish_asked import page
from tests.publish.publish_rows import ACT, CLOCK, FIRST, GUIDANCE, NEWS, NOW, SECRET, TAKEN, WHERE, copied, site

ASKED = {
    "sections_at": {"document": ACT, "provision": "section-45", "date": "2026-11-20"},
    "changes_of": {"document": GUIDANCE, "provision": ""},
    "published_by": {"publisher": "home-office", "first": "2026-01-01", "last": "2026-12-31"},
    "by_facet": {"facet": "kind", "value": "guidance"},
    "search": {"words": "sample (guidance"},
}
"""What the questions ask of the world here; the others get their examples."""


async def test_every_example_answers_with_the_fields_that_are_told(shown: Any) -> None:
    found = await page(shown, "/api")
    told = {one.path: one for one in PAGES}
    sections = [section for section in found.select("section section") if section.h3.code]
    assert [section.h3.text for section in sections] == list(told)
    for section in sections:
        answer = await shown.client.get(section.a["href"])
        one = told[section.h3.text]
        assert answer.status_code == 200, answer.text[-300:]
        assert answer.headers.get_list("access-control-allow-origin") == ["*"]
        wanted = {*one.fields, *IN_EACH} - ({"sample"} if one.path.startswith("/search") else set())
        assert wanted <= set(answer.json()) <= wanted | set(one.more or ()), one.path


async def test_every_question_with_a_name_is_told_and_answers(shown: Any) -> None:
    found = await page(shown, "/api")
    links = [
        link["href"] for link in found.select("#at-named ~ section a, #at-tables ~ p a") if ".json" in link["href"]
    ]
    assert len([link for link in links if link.startswith("/roundup/")]) == len(QUERIES) + 1 >= 9
    for link in links:
        answer = await shown.client.get(link)
        assert answer.status_code == 200, (link, answer.text[-300:])
        assert answer.headers.get_list("access-control-allow-origin") == ["*"]
        held = ("sections_at", "published_by")
        assert answer.json() or not link.startswith(tuple(f"/roundup/{name}.json" for name in held)), link
    listed = (await page(shown, "/roundup")).select("#at-named ~ dl dt")
    assert [term.text for term in listed] == [query.title for query in QUERIES.values()]


@pytest.mark.parametrize("name", QUERIES)
async def test_a_question_is_a_page_and_a_sheet(shown: Any, name: str) -> None:
    query = urlencode(ASKED.get(name, QUERIES[name].example))
    found = await page(shown, f"/roundup/{name}?{query}")
    assert found.h1.text == QUERIES[name].title
    assert [label.text for label in found.select("form.sql label")] == list(QUERIES[name].parameters)
    sheet = await shown.client.get(f"/roundup/{name}.csv?{query}")
    assert sheet.status_code == 200 and sheet.headers["content-type"].startswith("text/csv")
    if name in ASKED:
        rows = (await shown.client.get(f"/roundup/{name}.json?_shape=array&{query}")).json()
        assert rows and len(sheet.text.splitlines()) > len(rows)


def test_no_question_reads_a_long_table_from_end_to_end(database: Path) -> None:
    small = ("SCAN s", "SCAN j", "SCAN p VIRTUAL", "SCAN f VIRTUAL")
    with closing(sql_child.connect(f"file:{database.with_name(FILE)}?mode=ro")) as connection:
        connection.set_authorizer(None)
        for name, query in QUERIES.items():
            plan = connection.execute(f"explain query plan {query.sql}", dict(query.example)).fetchall()
            assert [step[3] for step in plan if step[3].startswith("SCAN") and not step[3].startswith(small)] == [], (
                name
            )


async def test_questions_that_are_asked_nothing_are_pages(shown: Any) -> None:
    for name in QUERIES:
        await page(shown, f"/roundup/{name}")


def test_no_question_hides_a_table() -> None:
    assert not set(QUERIES) & {table.name for table in (*tables(), *views())}


async def test_sections_at_is_the_wording_of_that_day(shown: Any) -> None:
    words = {}
    for day in ("2026-10-31", "2026-11-20"):
        asked = urlencode({"document": ACT, "provision": "section-45", "date": day})
        rows = (await shown.client.get(f"/roundup/sections_at.json?_shape=array&{asked}")).json()
        assert {row["path"] for row in rows} == {"section-45"}
        words[day] = rows[0]["version"]
    assert len(set(words.values())) == 2


async def test_datasette_atom_makes_feeds_of_questions_beside_our_feeds(shown: Any) -> None:
    pytest.importorskip("datasette_atom")
    answer = await shown.client.get("/roundup/latest.atom")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("application/xml")
    theirs = feedparser.parse(answer.content)
    ours = feedparser.parse((await shown.client.get("/feeds/changes.atom")).content)
    ids = [{entry.id.rpartition(",")[2] for entry in feed.entries} for feed in (theirs, ours)]
    assert not theirs.bozo and ids[0] & ids[1], "the same ids, but for the authority, which this world lacks"


async def get(shown: Any, path: str, status: int = 200) -> dict[str, Any]:
    answer = await shown.client.get(path)
    assert answer.status_code == status, (path, answer.text[-300:])
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers.get_list("access-control-allow-origin") == ["*"]
    body: dict[str, Any] = answer.json()
    return body


async def test_home_gives_the_entries_that_it_shows(shown: Any) -> None:
    for query in ("", "?kind=guidance", "?jurisdiction=Scotland&kind=act"):
        page = BeautifulSoup((await shown.client.get(f"/{query or '?'}&page=1")).text, "lxml")
        found = await get(shown, f"/.json{query}")
        assert (found["clock"], found["sample"], found["next"]) == (CLOCK, False, None)
        assert [f"/entry/{entry['id']}" for entry in found["entries"]] == [
            link["href"] for link in page.select("li.entry h4 a")
        ]
        assert page.select_one(f"link[type='application/json'][href='/.json{query}']")
    assert (await get(shown, "/.json?kind=act&kind=guidance"))["filter"] == {"kind": ["act", "guidance"]}


async def test_pages_lead_to_the_next_one_until_there_is_none(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        for number in range(45):
            world.entry(f"x{number:02}", GUIDANCE, f"Entry {number}", document_kind="guidance", at=FIRST)
    shown, ids, address = site(path, WHERE, now=NOW), list[str](), "/.json?kind=guidance"
    while address:
        found = await get(shown, address)
        ids += [entry["id"] for entry in found["entries"]]
        assert found["next"] is None or found["next"].startswith("/.json?kind=guidance&page=")
        address = found["next"]
    assert len(ids) == len(set(ids)) > 45


async def test_an_entry_has_its_differences_and_what_stands_around_it(shown: Any) -> None:
    found = await get(shown, "/entry/aa01.json")
    entry = found["entry"]
    assert (entry["id"], entry["document"], entry["tag"]) == (
        "aa01",
        GUIDANCE,
        f"tag:{WHERE.authority},2026:entry/aa01",
    )
    assert ["+", "must "] in entry["details"][0]["words"] or any(op == "+" for op, _ in entry["details"][0]["words"])
    assert found["captures"][0]["url"] == "https://www.example.org/official" and found["version"]["label"] == "3.8"
    assert found["citation"].startswith("Sample Home Office, ") and found["clock"] == CLOCK
    assert set(entry["labels"]) <= {"topic", "role", "aimed_at", "exploitation", "toolkit", "jurisdiction"}


async def test_an_id_that_exists_wins_over_the_ending(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        world.entry("aa01.json", None, "An odd id")
    answer = await site(path, WHERE, now=NOW).client.get("/entry/aa01.json")
    assert answer.headers["content-type"].startswith("text/html") and "An odd id" in answer.text


async def test_sources_are_those_of_the_page(shown: Any) -> None:
    found = await get(shown, "/sources.json")
    trouble = {source["id"]: source["trouble"] for source in found["sources"]}
    assert (trouble["ngo"], trouble["never"], trouble["off"], trouble["guidance"]) == ("alarm", "never", "off", "")
    (ngo,) = [source for source in found["sources"] if source["id"] == "ngo"]
    assert ngo["faults"][0]["severity"] == "alarm" and isinstance(ngo["expect"], dict)
    assert len(found["crawls"]) == 3 and found["next"] is None


@pytest.mark.parametrize(
    "path", ["/.json?page=99", "/.json?kind=nope", "/.json?nope=1", "/entry/zz99.json", "/.json?page=x"]
)
async def test_what_is_not_there_says_so_as_json(shown: Any, path: str) -> None:
    found = await get(shown, path, 404)
    assert found["ok"] is False and found["error"]


async def test_nobody_is_named_there_either(shown: Any) -> None:
    for path in ("/.json", "/.json?kind=news", "/sources.json", *(f"/entry/bb{n:02}.json" for n in range(1, 5))):
        text = (await shown.client.get(path)).text
        assert SECRET not in text and TAKEN not in text, path


async def test_pages_are_not_for_programs_of_others(shown: Any) -> None:
    for path in ("/", "/entry/aa01", "/sources"):
        assert "access-control-allow-origin" not in (await shown.client.get(path)).headers
    for path in (
        "/feeds/changes.atom",
        "/feeds/feeds.opml",
        "/entry/aa01.txt",
        "/roundup/documents.json",
        "/health.json",
    ):
        assert (await shown.client.get(path)).headers.get_list("access-control-allow-origin") == ["*"], path


async def test_a_document_has_its_facts_its_history_and_a_part_of_its_text(shown: Any) -> None:
    found = await get(shown, f"/doc/{encode(GUIDANCE)}.json")
    assert (found["document"]["id"], found["document"]["kind"], found["clock"]) == (GUIDANCE, "guidance", CLOCK)
    assert [section["path"] for section in found["sections"]] == ["1", "2", "4"] and found["next"] is None
    assert [version["id"] for version in found["versions"]] == ["g2", "g1", "g0"]
    assert {change["kind"] for change in found["changes"]} >= {"added", "changed", "removed"}
    assert found["children"] and found["listed"] and found["labels"] is not None
    earlier = await get(shown, f"/doc/{encode(GUIDANCE)}.json?version=g1")
    assert earlier["version"]["label"] == "3.7" and [s["path"] for s in earlier["sections"]] == ["1", "2", "3"]
    paths, address = list[str](), f"/doc/{ACT}.json?at=2026-10-31"
    while address:
        part = await get(shown, address)
        assert part["version"]["id"] == "a1"
        paths += [section["path"] for section in part["sections"]]
        address = part["next"]
    assert len(paths) == len(set(paths)) > 300
    await get(shown, f"/doc/{ACT}.json?version=nope", 404)
    await get(shown, "/doc/ukpga/1999/1.json", 404)
    alias = await shown.client.get(f"/doc/{encode('https://www.example.org/old-address')}.json?part=1")
    assert alias.status_code == 302 and alias.headers["location"] == f"/doc/{encode(GUIDANCE)}.json?part=1"


async def test_of_people_a_document_as_json_has_no_words(shown: Any) -> None:
    answer = await shown.client.get(f"/doc/{encode(NEWS)}.json")
    assert answer.status_code == 200 and "sections" not in answer.json() and SECRET not in answer.text
    taken = (await shown.client.get(f"/doc/{encode(TAKEN)}.json")).text
    assert "Removed by the publisher on" in taken


async def test_an_id_that_ends_with_json_is_an_id(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        world.document("url:https://example.org/data", "Data")
        world.document("url:https://example.org/data.json", "Data as a file")
    there = site(path, WHERE, now=NOW)
    page = await there.client.get(f"/doc/{encode('url:https://example.org/data.json')}")
    assert page.headers["content-type"].startswith("text/html") and "Data as a file" in page.text
    found = await get(there, f"/doc/{encode('url:https://example.org/data.json')}.json")
    assert found["document"]["title"] == "Data as a file"


async def test_lists_that_are_judged_or_kept_by_hand_are_objects_too(shown: Any) -> None:
    review = await get(shown, "/review.json")
    page = BeautifulSoup((await shown.client.get("/review")).text, "lxml")
    assert review["total"] == len(review["waiting"]) == len(page.select("li.source")) > 0
    assert review["waiting"][0]["reasons"] is not None
    assert (await get(shown, "/series.json"))["series"] == []
    assert (await get(shown, "/collections.json"))["collections"] == []
