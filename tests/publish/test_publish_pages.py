"""Every page, as a reader gets it: in process, without a port."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import publish_world
import pytest
from bs4 import BeautifulSoup
from publish_rows import ACT, ADDRESS, CASE, EARLIER, FIRST, GUIDANCE, LONG, NEWS, NOW, RTL, SCRIPT, TAKEN, WHERE, World
from sqlite_utils import Database

from crawler.errors import ConfigError, StoreError
from crawler.publish import site
from crawler.publish.paths import encode
from crawler.store.schema import migrations

PAGES = (
    "/",
    "/?kind=guidance",
    "/?jurisdiction=International&kind=report&source=guidance",
    *(f"/entry/aa{number:02}" for number in range(1, 11)),
    *(f"/entry/bb{number:02}" for number in range(1, 5)),
    f"/doc/{encode(GUIDANCE)}",
    f"/doc/{encode(GUIDANCE)}?from=g1&to=g2",
    f"/doc/{encode(GUIDANCE)}?from=g0&to=g2",
    f"/doc/{encode(GUIDANCE + '/annex-a')}",
    f"/doc/{encode(ADDRESS)}",
    f"/doc/{ACT}",
    f"/doc/{ACT}?part=3",
    f"/doc/{ACT}?at=section-45-1-b",
    f"/doc/{ACT}?at=nope",
    f"/doc/{ACT}?from=a1&to=a2",
    f"/doc/{encode(NEWS)}",
    f"/doc/{encode(TAKEN)}",
    f"/doc/{encode(CASE)}",
    *(f"/doc/{encode(f'url:https://example.org/{name}')}" for name in ("script", "rtl", "long", "odd", "gone")),
    "/search",
    "/search?q=sample",
    "/search?q=nothing-at-all",
    "/search?q=section+45+exploitation",
    "/search?q=section+999+zzzz",
    "/sources",
    "/about",
    "/roundup",
    "/roundup?sql=select+id,+title+from+documents+where+kind+%3D+:k&k=report",
    "/roundup/documents/ukpga~2F2001~2F9001",
    "/roundup/entries?_facet=kind&kind=new&_sort=seen",
    "/-/metadata",
)  # fmt: skip


async def page(shown: Any, path: str, status: int = 200) -> BeautifulSoup:
    answer = await shown.client.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.text[-500:])
    return BeautifulSoup(answer.text, "lxml")


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_is_whole(shown: Any, path: str) -> None:
    found = await page(shown, path)
    assert found.html["lang"] == "en-GB"
    assert len(found.select("h1")) == 1
    assert len(found.select("main")) == 1
    assert found.select_one("a.skip")["href"] == "#at-main"
    assert not found.select("script, style, [style], [onclick], iframe")
    ids = [one["id"] for one in found.select("[id]")]
    assert len(ids) == len(set(ids)), f"an id stands twice: {[one for one in ids if ids.count(one) > 1][:3]}"
    for field in found.select("input:not([type=hidden]), select, textarea"):
        assert found.select_one(f'label[for="{field["id"]}"]'), f"{field} has no label"
    for link in found.select("a[href]"):
        assert link["href"].partition(":")[0] not in ("javascript", "data"), link
    levels = [int(heading.name[1]) for heading in found.select("main h1, main h2, main h3, main h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


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
    assert "Version read: 3.8 (web page)" in timeline and "We read the same bytes differently" in timeline
    assert found.find("a", string="Annex A: sample form")
    assert "https://www.example.org/old-address" in found.text
    assert [section["id"] for section in found.select(".provision")] == ["1", "2", "4"]
    law = await page(shown, f"/doc/{ACT}?part=3")
    assert [section["id"] for section in law.select(".provision")][:2] == ["section-301", "section-302"]
    assert law.select_one(".contents a[href='/doc/ukpga/2001/9001?part=1#section-45']")
    assert "for certain purposes" in law.text and "words substituted" in law.text and "not in the text yet" in law.text
    await page(shown, f"/doc/{ACT}?part=4", 404)
    await page(shown, f"/doc/{ACT}?part=x", 404)


async def test_what_could_not_be_checked_comes_first(shown: Any) -> None:
    found = await page(shown, "/sources")
    assert [head.text.partition("(")[0].strip() for head in found.select("main h2")][:2] == [
        "What could not be checked", "Everything else that is watched",
    ]  # fmt: skip
    assert [one.text.split("\n")[0].strip() for one in found.select("li.source h3")] == [
        "Sample charity reports Could not be checked", "Sample never read Not read completely yet",
    ]  # fmt: skip
    assert [one.th.a.text for one in found.select("tr.source")] == [
        "Sample guidance", "Sample statute book", "Sample newsroom", "Sample switched off",
    ]  # fmt: skip
    assert "page cap of 5 reached" not in found.text and "There was more that was new" in found.text


async def test_words_for_pages_that_are_not_found(shown: Any) -> None:
    suspect = await page(shown, f"/doc/{encode('url:https://example.org/suspect')}")
    assert "We could not find this page since 20 November 2026" in suspect.text
    assert "does not mean that the publisher withdrew it" in suspect.text
    gone = await page(shown, f"/doc/{encode('url:https://example.org/gone')}")
    assert "has not been found since 20 November 2026" in gone.text and "The publisher withdrew" not in gone.text
    withdrawn = await page(shown, f"/doc/{encode('url:https://example.org/withdrawn')}")
    assert "The publisher withdrew this on 20 November 2026" in withdrawn.text


async def test_much_that_could_not_be_checked_is_told_in_short(tmp_path: Path) -> None:
    path = publish_world.build(tmp_path / "roundup.db")
    world = World(path)
    for number in range(12):
        world.add("sources", id=f"off-{number}", name=f"Sample off {number}", publisher="ngo", position=9, enabled=0,
                  reason="a long story", url="https://a.example/")  # fmt: skip
        given = {"publisher": "ngo", "position": 10 + number, "last_success": None, "url": "https://a.example/"}
        world.add("sources", id=f"new-{number}", name=f"Sample new {number}", **given)
        world.add("sources", id=f"bad-{number}", name=f"Sample bad {number}", **given)
        world.add("issues", id=f"b{number}", source=f"bad-{number}", kind="zero", detail="none", since=EARLIER)
    for number in range(7):
        world.add(
            "issues", id=f"p{number}", source="ngo", kind="parse", detail=f"page {number} is none",
            severity="alarm", since=FIRST if number == 3 else EARLIER,
        )  # fmt: skip
    world.db.conn.commit()
    world.db.close()
    shown = site(path, WHERE, now=NOW)
    trouble = (await page(shown, "/")).select_one(".trouble")
    assert [one.text for one in trouble.select("summary")] == [
        "5 more sources could not be checked",
        "13 sources have not been read completely yet",
        "13 sources are switched off",
    ]
    assert "Sample off 11" in trouble.text and "a long story" not in trouble.text
    for number in range(12):
        assert f"Sample bad {number}" in trouble.text and f"Sample new {number}" in trouble.text, "all are named"
    assert trouble.text.count("Its list was empty") == 7
    ngo = (await page(shown, "/sources")).select_one("#at-ngo")
    assert [one.text for one in ngo.select(".issue strong")] == [
        "Fault since 20 November 2026:",
        "Fault since 1 November 2026 (7 times):",
    ]
    assert ngo.text.count("is none") == 5
    rest = ngo.select_one(".issue a")
    assert rest.text.startswith("2 more") and (await shown.client.get(rest["href"])).text.count("is none") == 7


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
    told = (await site(copy, WHERE, now=NOW).client.get(f"/doc/{encode(GUIDANCE)}")).text
    assert ("Applies from" in BeautifulSoup(told, "lxml").select_one(".timeline").text) is applies


async def test_home_says_what_could_not_be_checked(shown: Any) -> None:
    found = await page(shown, "/")
    trouble = found.select_one(".trouble").text
    assert "Sample charity reports" in trouble and "not a robot" in trouble and "20 November 2026" in trouble
    assert "Sample never read" in trouble and "Sample switched off (forbids robots)" in trouble
    assert "Sample guidance" not in trouble, "a note is no alarm"
    assert "This data is" not in found.text
    recent = found.select_one("#at-recent").find_parent("section").text
    assert "Report with an awkward address" in recent, "silent documents are listed too"
    assert "Sample Exploitation Act 2001" not in recent
    assert [day.text for day in found.select(".day")] == ["24 November 2026", "20 November 2026", "1 November 2026"]
    assert "Silent entry" not in found.text


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
    found = await site(copy, WHERE, now=NOW).client.get("/")
    recent = BeautifulSoup(found.text, "lxml").select_one("#at-recent").find_parent("section").text
    assert "Report with an awkward address" not in recent and "2026" in recent


async def test_old_data_say_so_on_every_page(database: Path) -> None:
    late = site(database, WHERE, now=NOW + timedelta(days=9))
    for path in ("/", "/about", "/roundup/documents", "/nothing"):
        assert "This data is 9 days old." in (await late.client.get(path)).text
    assert (await late.client.get("/health.json")).json()["overdue"] is True


async def test_health_for_machines(shown: Any) -> None:
    assert (await shown.client.get("/health.json")).json() == {
        "clock": "2026-11-24T10:00:00Z",
        "now": "2026-11-24T11:00:00Z",
        "age_seconds": 3600,
        "overdue": False,
        "sample": False,
        "issues_open": 3,
        "sources_in_trouble": ["ngo", "never"],
    }


async def test_sample_data_say_so_everywhere(shown: Any, sample_database: Path) -> None:
    words = "Sample: invented text, not law"
    sample = site(sample_database, WHERE, now=NOW)
    for path in (*PAGES, "/roundup/documents", "/nothing", "/?kind=nope", "/roundup/sections_fts"):
        assert words in (await sample.client.get(path)).text, path
    assert words not in (await shown.client.get("/")).text
    assert (await sample.client.get("/feeds/changes.json")).json()["title"].startswith("[Sample] ")


async def test_a_site_can_be_mounted_anywhere(database: Path) -> None:
    mounted = site(database, replace(WHERE, base_url="/x/"), now=NOW)
    for path in (*PAGES, "/roundup/documents"):
        answer = await mounted.client.get(path)
        assert answer.status_code == 200, path
        found = BeautifulSoup(answer.text, "lxml")
        inside = [one.get("href") or one.get("action") for one in found.select("a[href], link[href], form[action]")]
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
    shown = site(tmp_path / "roundup.db", WHERE, now=NOW)
    first, second = await page(shown, "/?kind=guidance"), await page(shown, "/?kind=guidance&page=2")
    assert first.select_one("[rel=next]")["href"] == "/?kind=guidance&page=2"
    links = [{link["href"] for link in found.select(".entry h4 a")} for found in (first, second)]
    assert len(links[0]) == 30 and links[1] and not links[0] & links[1]
    for wrong in ("3", "0", "x", "-1", "9" * 50):
        await page(shown, f"/?kind=guidance&page={wrong}", 404)


async def test_an_empty_database_is_a_whole_site(tmp_path: Path) -> None:
    migrations.apply(Database(tmp_path / "roundup.db"))
    empty = site(tmp_path / "roundup.db", WHERE, now=NOW)
    for path in ("/", "/sources", "/about", "/search?q=x", "/roundup", "/feeds/changes.atom", "/health.json"):
        assert (await empty.client.get(path)).status_code == 200, path
    assert "Nothing has been read completely yet" in (await empty.client.get("/")).text


def test_a_site_needs_a_database_and_a_sound_base(tmp_path: Path, database: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no database yet"):
        site(tmp_path / "roundup.db", WHERE)
    with pytest.raises(ConfigError, match="begins and ends with a slash"):
        site(database, replace(WHERE, base_url="x"))


async def test_a_crawl_may_write_while_pages_are_read(tmp_path: Path, database: Path) -> None:
    copy = Database(tmp_path / "roundup.db")
    Database(database).conn.backup(copy.conn)
    copy.enable_wal()
    shown = site(tmp_path / "roundup.db", WHERE, now=NOW)
    assert "A second look" not in (await shown.client.get("/")).text
    copy.execute("update entries set title = 'A second look' where id = 'aa01'")
    copy.conn.commit()
    assert "A second look" in (await shown.client.get("/")).text


@pytest.mark.parametrize("path", ["/", "/entry/aa01", f"/doc/{ACT}", "/checklist", "/sources", "/roundup", "/nowhere"])
async def test_the_parts_of_the_toolkit_are_reached_from_every_page(shown: Any, path: str) -> None:
    answer = await shown.client.get(path)
    found = BeautifulSoup(answer.text, "lxml")
    menu = [link["href"] for link in found.select("header nav.kit a")]
    assert menu == ["/governance", "/resources", "/training", "/checklist", "/lessons"]
    every = [link["href"] for link in found.select("header nav a")]
    assert len(every) == len(set(every)), "none twice"
    for there in menu:
        assert (await shown.client.get(there)).status_code == 200


async def test_counts_of_one_are_singular(tmp_path: Path) -> None:
    path = publish_world.build(tmp_path / "roundup.db")
    db = Database(path)
    db.execute(
        "insert into judgments values ('[2026] UKSC 1', 'Court', '2026-01-01', 'https://x.example', '[]', '', '', 0)"
    )
    db.conn.commit()
    db.close()
    text = (await page(site(path, WHERE, now=NOW), "/collections")).text
    assert "1 judgment," in text and "1 judgments" not in text


async def test_links_are_large_enough_for_fingers(shown: Any) -> None:
    """WCAG 2.2, 2.5.8: targets are 24 px high and wide; what the contents of a law list are a line of links each."""
    found = await page(shown, f"/doc/{ACT}")
    assert len(found.select("details.contents li > a")) > 300
    style = (await shown.client.get("/assets/roundup.css")).text
    for rule in (".contents a {", ".top nav a, .top nav a:visited {"):
        assert "display: inline-block" in style.partition(rule)[2].partition("}")[0], rule
    assert "min-width: 24px; min-height: 24px" in style.partition(".contents a {")[2].partition("}")[0]
