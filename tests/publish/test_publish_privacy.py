"""Promise 6: no register of people. What must not be shown stands nowhere, in whatever way one asks."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.publish.paths import encode
from crawler.publish.shadows import shadowed
from crawler.store.schema import described
from tests.publish.publish_rows import CASE, NEWS, REMOVED, SECRET, SHUT, SHUT_REPORT, TAKEN

TABLES = [*(table.name for table in described()), "version_sections"]
SQL = (
    "select * from sections",
    "select * from \"sections\" where document like '%1%'",
    "select * from [changes]",
    "select group_concat(summary) from documents",
    "  -- a comment\n select details from entries",
    "/* two */ with mine as (select * from sections) select * from mine",
    "with recursive n(i) as (select 1 union select i + 1 from n where i < 3) select text from n join sections",
    "select text from sections s join documents d on d.id = s.document",
    "explain query plan select text from sections",
    "select (select group_concat(text) from sections)",
    "select * from documents union all select * from documents",
    "SELECT * FROM SECTIONS",
)


def pages() -> list[str]:
    own = [f"/doc/{encode(one)}" for one in (NEWS, TAKEN, CASE, f"{CASE}/judgment")]
    own += [f"/doc/{encode(NEWS)}?from=n1&to=n2", "/entry/bb01", "/entry/bb02", "/entry/bb03"]
    own += ["/", "/?kind=news", "/feeds/changes.atom", "/feeds/changes.json", "/sources", "/about"]
    own += [f"/feeds/changes.{form}?source=news" for form in ("atom", "json")]
    tables = [f"/roundup/{table}{form}" for table in TABLES for form in ("", ".json?_shape=objects", ".csv")]
    rows = [f"/roundup/documents/{_row(one)}{form}" for one in (NEWS, TAKEN, CASE) for form in ("", ".json")]
    rows += [f"/roundup/entries/{one}.json" for one in ("bb01", "bb02", "bb03")]
    rows += [f"/roundup/changes/{one}.json" for one in ("ch5", "ch6")]
    rows += [f"/roundup/versions/{one}.json" for one in ("n1", "t1", "k1")]
    facets = ["/roundup/changes.json?_facet=after&_facet=path", "/roundup/documents.json?_facet=summary"]
    return [*own, *tables, *rows, *facets]


def _row(document: str) -> str:
    return "".join(c if c.isalnum() or c in "-_" else f"~{ord(c):02X}" for c in document)


@pytest.mark.slow
@pytest.mark.parametrize("path", pages())
async def test_bodies_of_private_documents_stand_nowhere(shown: Any, path: str) -> None:
    answer = await shown.client.get(path)
    assert answer.status_code in (200, 404), (path, answer.text[-300:])
    assert SECRET not in answer.text and REMOVED not in answer.text


@pytest.mark.parametrize("sql", SQL)
async def test_nor_do_they_in_answers_to_sql(shown: Any, sql: str) -> None:
    for form in ("", ".json", ".csv"):
        answer = await shown.client.get(f"/roundup{form}", params={"sql": sql})
        assert answer.status_code == 200, answer.text[-300:]
        assert SECRET not in answer.text and REMOVED not in answer.text


@pytest.mark.parametrize("words", [SECRET, REMOVED, f"{SECRET} arrested", SECRET[:6]])
async def test_search_does_not_look_into_them(shown: Any, words: str) -> None:
    answer = await shown.client.get("/search", params={"q": words})
    assert "Nothing here answers" in answer.text
    for table in ("sections", "document_search"):
        found = await shown.client.get(f"/roundup/{table}.json", params={"_search": words, "_shape": "array"})
        assert found.json() == []


async def test_nor_are_their_provisions_found(shown: Any) -> None:
    for words in ("paragraph 3", "paragraph 3(1) judgment", "para 3 R v Sample", f"paragraph 3 {SECRET}"):
        answer = await shown.client.get("/search", params={"q": words})
        assert answer.status_code == 200 and "sentenced" not in answer.text, words
        assert f"{encode(CASE)}/judgment?provision" not in answer.text, words
    found = (await shown.client.get("/search", params={"q": "section 1 charity report"})).text
    assert "goes on for long" not in found, "what may not be shown is not quoted"


async def test_what_may_be_shown_is(shown: Any) -> None:
    news = (await shown.client.get(f"/doc/{encode(NEWS)}")).text
    assert "Two charged in sample case" in news and "22 November 2026" in news and "Sample Home Office" in news
    assert ">Open the official page</a>" in news
    taken = (await shown.client.get(f"/doc/{encode(TAKEN)}")).text
    assert "Removed by the publisher on" in taken and ">Open the official page</a>" not in taken
    rows = (await shown.client.get("/roundup/documents.json?kind=news&_shape=array&_col=title")).json()
    assert {row["title"] for row in rows} == {"Two charged in sample case"}, "of what was removed there is no row"
    found = (await shown.client.get("/search?q=charged")).text
    assert "Two charged in sample case" in found
    other = (await shown.client.get(f"/doc/{encode('https://news.example/' + REMOVED + '-old')}")).text
    assert "Removed by the publisher on" in other, "whoever has another name of it learns no more"


async def test_a_removal_reaches_the_feed_as_an_update(shown: Any) -> None:
    items = {item["id"][-4:]: item for item in (await shown.client.get("/feeds/changes.json")).json()["items"]}
    assert items["bb02"]["title"] == "Removed by the publisher on 20 November 2026"
    assert "external_url" not in items["bb02"]
    assert items["bb01"]["title"] == "Two charged in sample case" and "external_url" in items["bb01"]


@pytest.mark.slow
async def test_shut_texts_are_quoted_and_no_more(shown: Any) -> None:
    compared = (await shown.client.get(f"/doc/{encode(SHUT_REPORT)}?from=s1&to=s2")).text
    assert "[added: </span>15" in compared and "does not let us show" in compared
    for path in (
        "/entry/bb04",
        f"/doc/{encode(SHUT_REPORT)}?from=s1&to=s2",
        "/roundup/changes/ch7.json",
        "/",
        "/feeds/changes.atom",
    ):
        text = (await shown.client.get(path)).text
        assert text.count(SHUT) < 100, path
    assert SHUT not in (await shown.client.get("/roundup/sections.json?_shape=array&_size=max")).text
    for path in ("/search", "/search.json", "/search.atom"):
        assert SHUT not in (await shown.client.get(f"{path}?q=goes+on+for+long")).text


REFUSED = (
    "select * from main.sections",
    'select * from "main"."sections"',
    "select * from 'main' . 'sections'",
    "select * from [MAIN] /* so */ . -- or so\n sections",
    "select * from `main`.changes",
    "select * from temp.sections",
    "select * from main \ufeff.sections",
    "select * from 'main'\ufeff/**/\ufeff.\ufeffsections",
    "select (select group_concat(text) from main.sections)",
    "with mine as (select * from main.documents) select * from mine",
    "select :x(\"), (select group_concat(text) from main.sections), '\"'",
    "select :x([), (select group_concat(text) from main.sections), ']'",
    "select :x(/*), (select group_concat(text) from main.sections)",
    "select :x(--), (select group_concat(text) from main.sections)",
    "select hex(data) from sqlite_dbpage",
    "select data from 'sqlite_dbpage' where schema = 'main'",
    "select * from sqlite_dbpage('main')",
    "select sql from sqlite_stmt",
)


@pytest.mark.parametrize("sql", REFUSED)
async def test_no_way_leads_around_what_may_be_shown(shown: Any, sql: str) -> None:
    values = dict.fromkeys(re.findall(r":(x\(.*?\))", sql), "1")
    for form in ("", ".json", ".csv"):
        answer = await shown.client.get(f"/roundup{form}", params={"sql": sql, **values})
        assert answer.status_code >= 400, (form, sql)
        assert SECRET not in answer.text and REMOVED not in answer.text


async def test_nor_do_the_search_indexes_hold_it(shown: Any, database: Path) -> None:
    for sql in (
        "select * from sections_fts",
        "select * from open_sections",
        f"select * from sections_fts where sections_fts match '{SECRET}'",
        f"select snippet(sections_fts, 3, '', '', '', 60) from sections_fts where sections_fts match '{SHUT}'",
        "select * from document_search_fts",
        "select * from document_search_trigram",
        *(f"select group_concat(quote(block)) from {name}_data" for name in ("sections_fts", "document_search_fts")),
    ):
        answer = await shown.client.get("/roundup.json", params={"sql": sql, "_shape": "array"})
        blocks = re.findall(r"X'(\w+)'", answer.text)
        text = " ".join((answer.text, *(bytes.fromhex(each).decode("latin-1") for each in blocks)))
        for word in (SECRET, REMOVED):
            assert answer.status_code == 200 and word.lower() not in text.lower(), sql
        assert "goes on for long" not in answer.text, "nor do texts whose licence does not let us show them"
    with closing(sqlite3.connect(database)) as db:
        for index in ("sections_fts", "document_search_fts", "document_search_trigram"):
            db.execute(f"create virtual table temp.terms_{index} using fts5vocab(main, {index}, row)")
            terms = {term for (term,) in db.execute(f"select term from temp.terms_{index}")}
            assert terms and not [term for term in terms if term in (SECRET.lower(), REMOVED.lower())]


def test_only_statements_that_name_a_table_are_changed() -> None:
    assert shadowed("select id from sources") == "select id from sources"
    assert shadowed("pragma table_info(sections)") == "pragma table_info(sections)"
    assert shadowed("explain select 1 from sections").startswith("explain with sections as")
    with pytest.raises(sqlite3.OperationalError, match="begins with select"):
        shadowed("\ufeffselect * from sections")
