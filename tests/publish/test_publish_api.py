"""The page for programs: each example answers, with the fields that it names; each question with a name has rows."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import feedparser
import pytest

from crawler.public import sql_child
from crawler.public.database import FILE
from crawler.public.named import QUERIES
from crawler.public.schema import tables, views
from crawler.publish.api import IN_EACH, PAGES
from tests.publish.publish_asked import page
from tests.publish.publish_rows import ACT, GUIDANCE

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
