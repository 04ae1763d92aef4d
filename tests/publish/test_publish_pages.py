"""Every page, as a reader gets it: in process, without a port."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlite_utils import Database

from crawler.export import export
from crawler.public import standing
from crawler.public.database import FILE
from crawler.publish.paths import encode
from crawler.text import stamp
from tests.publish import publish_world
from tests.publish.publish_asked import PAGES, page, whole
from tests.publish.publish_rows import ACT, FIRST, GUIDANCE, LONG, NOW, RTL, SCRIPT, WHERE, site


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
async def test_every_page_is_whole(shown: Any, path: str) -> None:
    await whole(shown, path)


@pytest.mark.slow
async def test_hostile_titles_are_text(shown: Any) -> None:
    for path in ("/", "/entry/aa03", f"/doc/{encode('url:https://example.org/script')}", "/search?q=alert"):
        answer = await shown.client.get(path)
        assert SCRIPT not in answer.text
        assert SCRIPT in BeautifulSoup(answer.text, "lxml").text
    home = await page(shown, "/")
    assert LONG.strip() in home.text
    assert home.find("a", string=RTL).find_parent(dir="auto")
    odd = await shown.client.get("/entry/aa06")
    assert "\x0b" not in odd.text and "\ufffe" not in odd.text


async def test_an_entry_says_what_when_where_and_proves_it(shown: Any) -> None:
    found = await page(shown, "/entry/aa01")
    assert [mark.text for mark in found.select(".prov del, .prov ins")] == [
        "[removed: may]",
        "[added: must]",
        "[added: A new box.]",
    ]
    facts = {term.text: term.find_next("dd").text for term in found.select("dl dt")}
    assert facts["Published"] == "5 October 2026"
    assert facts["Updated"] == "23 November 2026"
    assert facts["Change first seen by us"] == "24 November 2026"
    assert facts["Publisher"] == "Sample Home Office"
    assert found.find("a", string="Open the official page")["href"] == "https://www.example.org/official"
    assert "https://roundup.example.org/entry/aa01" in found.select_one(".cite").text
    assert (await page(shown, "/entry/aa07")).h1.text.startswith("Corrected: ")
    assert "We took this entry back" in (await page(shown, "/entry/aa08")).text
    assert "in no feed" in (await page(shown, "/entry/aa10")).text
    assert "Why this comes late" in (await page(shown, "/entry/aa05")).text
    law = await page(shown, "/entry/aa02")
    assert "Section 45: 45 Defence" in law.text and "Legal effect" in law.text
    await page(shown, "/entry/zz99", 404)


async def test_a_document_has_facts_history_and_text(shown: Any) -> None:
    found = await page(shown, f"/doc/{encode(GUIDANCE)}")
    timeline = found.select_one(".timeline").text
    assert "Version read: 3.8 (web page)" in timeline and "We read the same bytes differently" not in timeline
    assert found.find("a", string="Annex A: sample form")
    assert "https://www.example.org/old-address" in found.text
    assert [section["id"] for section in found.select(".provision")] == ["1", "2", "4"]
    law = await page(shown, f"/doc/{ACT}?part=3")
    assert [section["id"] for section in law.select(".provision")][:2] == ["section-301", "section-302"]
    assert law.select_one(".contents a[href='/doc/ukpga/2001/9001?part=1#section-45']")
    assert "for certain purposes" in law.text and "words substituted" in law.text and "no longer lists it" in law.text
    await page(shown, f"/doc/{ACT}?part=4", 404)
    await page(shown, f"/doc/{ACT}?part=x", 404)


async def test_words_for_pages_that_are_not_found(shown: Any) -> None:
    suspect = await page(shown, f"/doc/{encode('url:https://example.org/suspect')}")
    assert "We could not find this page since 20 November 2026" in suspect.text
    assert "does not mean that the publisher withdrew it" in suspect.text
    gone = await page(shown, f"/doc/{encode('url:https://example.org/gone')}")
    assert "has not been found since 20 November 2026" in gone.text and "The publisher withdrew" not in gone.text
    withdrawn = await page(shown, f"/doc/{encode('url:https://example.org/withdrawn')}")
    assert "The publisher withdrew this on 20 November 2026" in withdrawn.text


async def test_an_alias_leads_to_its_document(shown: Any) -> None:
    answer = await shown.client.get(f"/doc/{encode('https://www.example.org/old-address')}")
    assert answer.status_code == 302 and answer.headers["location"] == f"/doc/{encode(GUIDANCE)}"
    await page(shown, "/doc/ukpga/1999/1", 404)


@pytest.mark.parametrize(("kind", "applies"), [("act", True), ("guidance", False)])
async def test_only_law_applies_from_a_day(database: Path, tmp_path: Path, kind: str, applies: bool) -> None:
    copy = tmp_path / "roundup.db"
    with closing(sqlite3.connect(database)) as before, closing(sqlite3.connect(copy)) as after:
        before.backup(after)
        assert after.execute("update changes set occurred = '2026-11-22' where document = ?", [GUIDANCE]).rowcount
        after.execute("update documents set kind = ? where id = ?", [kind, GUIDANCE])
        after.commit()
    export(copy)
    told = (await site(copy, WHERE, now=NOW).client.get(f"/doc/{encode(GUIDANCE)}")).text
    assert ("applies from this day" in BeautifulSoup(told, "lxml").select_one(".timeline").text) is applies


async def test_what_is_out_is_not_among_what_was_published_lately(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "roundup.db"
    with closing(sqlite3.connect(database)) as before, closing(sqlite3.connect(copy)) as after:
        before.backup(after)
        after.execute(
            "insert or replace into relevance (document, band, score, decided_by, why, since, rules)"
            " select id, 'out', 0, 'words', '[]', '2026-11-01T00:00:00Z', '1' from documents"
            " where title = 'Report with an awkward address'"
        )
        after.commit()
    export(copy)
    found = await site(copy, WHERE, now=NOW).client.get("/")
    recent = BeautifulSoup(found.text, "lxml").select_one("#at-recent").find_parent("section").text
    assert "Report with an awkward address" not in recent and "2026" in recent


@pytest.mark.slow
async def test_the_home_page_tells_of_a_crawl_under_way_until_it_ends(database: Path, tmp_path: Path) -> None:
    own, note = tmp_path / database.name, tmp_path / standing.FILE
    shutil.copy(database.with_name(FILE), tmp_path)
    now = {"what": "requests; the slowest host is www.office.example, about 2.5 hours", "done": 1200, "total": 3400}
    note.write_text(json.dumps({**now, "at": stamp(NOW)}), "utf-8")
    there = site(own, WHERE, now=NOW)
    told = (await page(there, "/")).find(role="status").get_text(" ", strip=True)
    assert "1,200 of 3,400 requests" in told and "the slowest host is www.office.example, about 2.5 hours" in told
    note.write_text(json.dumps({**now, "at": FIRST}), "utf-8")
    assert (await page(there, "/")).find(role="status") is None, "it was killed"


@pytest.mark.slow
async def test_a_site_can_be_mounted_anywhere(database: Path) -> None:
    mounted = site(database, replace(WHERE, base_url="/x/"), now=NOW)
    for path in (*PAGES, "/roundup/documents"):
        answer = await mounted.client.get(path)
        assert answer.status_code == 200, path
        found = BeautifulSoup(answer.text, "lxml")
        inside = [
            str(one.get("href") or one.get("action")) for one in found.select("a[href], link[href], form[action]")
        ]
        wrong = [one for one in inside if one.startswith("/") and not one.startswith("/x/")]
        assert not wrong, (path, wrong[:3])
        assert not [one for one in inside if one.startswith("/x//") or "/x/x/" in one], path
    for path, there in (
        ("/x/roundup/documents/", "/x/roundup/documents"),
        (
            "/x/roundup/documents?_filter_column=kind&_filter_op=exact&_filter_value=act",
            "/x/roundup/documents?kind__exact=act",
        ),
        (f"/x/doc/{encode('https://www.example.org/old-address')}", f"/x/doc/{encode(GUIDANCE)}"),
    ):
        answer = await mounted.client.request("GET", path, avoid_path_rewrites=True)
        assert (answer.status_code, answer.headers["location"]) == (302, there)
    assert (await mounted.client.request("GET", "/x", avoid_path_rewrites=True)).status_code == 200
    table = BeautifulSoup((await mounted.client.get("/roundup/latest.atom")).text, "xml")
    assert table.find("link", rel="self")["href"] == "http://localhost/x/roundup/latest.atom"
    style = BeautifulSoup((await mounted.client.get("/")).text, "lxml").select_one("link[rel=stylesheet]")["href"]
    assert (await mounted.client.get(style.removeprefix("/x"))).status_code == 200


async def test_pages_of_entries_follow_each_other(tmp_path: Path, database: Path) -> None:
    copy = Database(tmp_path / "roundup.db")
    Database(database).conn.backup(copy.conn)
    others = [column for column in copy["entries"].columns_dict if column not in ("id", "announced")]
    for number in range(45):
        copy.execute(
            f"insert into entries (id, announced, {', '.join(others)}) select 'x' || ?, ?, {', '.join(others)}"
            " from entries where id = 'aa01'",
            [f"{number:02}", FIRST],
        )
    copy.conn.commit()
    export(tmp_path / "roundup.db")
    shown = site(tmp_path / "roundup.db", WHERE, now=NOW)
    first, second = await page(shown, "/?kind=guidance&page=1"), await page(shown, "/?kind=guidance&page=2")
    assert first.select_one("[rel=next]")["href"] == "/?kind=guidance&page=2"
    links = [{link["href"] for link in found.select(".entry h4 a")} for found in (first, second)]
    assert len(links[0]) == 30 and links[1] and not links[0] & links[1]
    for wrong in ("3", "0", "x", "-1", "9" * 50):
        await page(shown, f"/?kind=guidance&page={wrong}", 404)


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/", "/entry/aa01", f"/doc/{ACT}", "/checklist", "/sources", "/roundup", "/nowhere"])
async def test_the_parts_of_the_toolkit_are_reached_from_every_page(shown: Any, path: str) -> None:
    answer = await shown.client.get(path)
    found = BeautifulSoup(answer.text, "lxml")
    menu = {link["href"]: link.get("aria-current") for link in found.select("header nav a")}
    assert list(menu) == ["/", "/library", "/toolkit", "/calendar", "/subscribe"]
    assert [there for there, current in menu.items() if current] == ([path] if path in menu else [])
    parts = [link["href"] for link in (await page(shown, "/toolkit")).select("nav.parts a")]
    assert parts == ["/library", "/governance", "/resources", "/training", "/checklist", "/check", "/recommendations"]
    foot = [link["href"] for link in found.select("footer .doors a")]
    for there in {*menu, *parts, *foot}:
        assert (await shown.client.get(there)).status_code == 200


async def test_counts_of_one_are_singular(tmp_path: Path) -> None:
    path = publish_world.build(tmp_path / "roundup.db")
    db = Database(path)
    db.execute(
        "insert into judgments values ('[2026] UKSC 1', 'Court', '2026-01-01', 'https://x.example', '[]', '', '', 0)"
    )
    db.conn.commit()
    db.close()
    export(path)
    text = (await page(site(path, WHERE, now=NOW), "/collections")).text
    assert "1 judgment," in text and "1 judgments" not in text


async def test_links_are_large_enough_for_fingers(shown: Any) -> None:
    """WCAG 2.2, 2.5.8: targets are 24 px high and wide; what the contents of a law list are a line of links each."""
    found = await page(shown, f"/doc/{ACT}")
    assert len(found.select("nav.contents li > a")) > 300
    style = (await shown.client.get("/assets/roundup.css")).text
    for rule in (".contents a {", ".menu a, .menu a:visited {"):
        assert "display: inline-block" in style.partition(rule)[2].partition("}")[0], rule
    assert "min-width: 24px; min-height: 24px" in style.partition(".contents a {")[2].partition("}")[0]
