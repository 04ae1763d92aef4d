"""What the site says of itself: what could not be checked, how old its data are, and how readers say what is wrong."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from crawler.errors import ConfigError, StoreError
from crawler.export import export
from crawler.publish.about import ASKED, Contact
from crawler.publish.paths import encode
from crawler.publish.settings import Settings
from crawler.store import schema
from tests.publish import publish_world
from tests.publish.publish_asked import PAGES, page, unseen, whole
from tests.publish.publish_rows import ACT, CLOCK, EARLIER, FIRST, GUIDANCE, NEWS, NOW, WHERE, World, copied, site


async def test_what_could_not_be_checked_comes_first(shown: Any) -> None:
    found = await page(shown, "/sources")
    assert [head.text for head in found.select("main h2.group")] == [
        "Could not be checked 1 body", "Read as planned 2 bodies",
    ]  # fmt: skip
    assert found.select_one(".body h3").text == "Sample Charity 2 of 2 lists"
    told = [one.p.text for one in found.select("div.source")]
    assert told[0].startswith("Sample charity reports: Nothing newer than") and "Look at its own list" in told[0]
    assert told[1].startswith("Sample never read: not read completely yet.")
    off = found.select_one("#at-off").text
    assert "Switched off" in off and "forbids robots" in off
    facts = {row.dt.text: row.dd.text.split("  ")[0] for row in found.select(".body")[1].select("dl div")}
    assert list(facts) == ["Complete since", "Held", "Last read", "Usually seen after"]
    assert found.find(string=re.compile("page cap of 5 reached")).find_parent("details"), "technical words are folded"
    assert "There was more that was new" in found.text
    mended = " ".join(found.find(id="at-mended").find_next("li").text.split())
    assert "Sample statute book, fault since" in mended and "zero" not in mended, "named, not by id"


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
    export(path)
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
    found = await page(shown, "/?page=1")
    assert [day.text for day in found.select(".day")] == ["24 November 2026", "20 November 2026", "1 November 2026"]
    assert "Silent entry" not in found.text


async def test_what_was_published_lately_is_counted_without_copies(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        for number in range(30):
            day = {"published": "2026-11-20" if number == 29 else "2026-11-19"}
            world.document(f"url:https://example.org/{number}", f"Sample report {number:02}", kind="report", **day)
        first = "url:https://example.org/0"
        for number in (28, 29):
            world.add(
                "duplicates", document=f"url:https://example.org/{number}", original=first, relation="copy", seen=CLOCK
            )
        judged = {"score": 1.0, "decided_by": "words", "why": "[]", "since": CLOCK, "rules": "1"}
        world.add("relevance", document=first, band="review", **judged)
    shown = site(path, WHERE, now=NOW)
    recent = (await page(shown, "/")).select_one("#at-recent").find_parent("section")
    titles = [one.a.text for one in recent.select("li")]
    assert len(titles) == 25 and not {"Sample report 28", "Sample report 29"} & set(titles)
    assert "not decided whether it belongs here" in recent.find("a", string="Sample report 00").find_parent("li").text
    told = recent.select("p")[-1]
    assert told.text.startswith("These are the newest 25 of ")
    rows = (
        await shown.client.get(told.a["href"].replace("documents?", "documents.json?_shape=array&_size=max&"))
    ).json()
    assert {"Sample report 28", "Sample report 29"} <= {row["title"] for row in rows}
    assert f"of {len(rows) - 2}." in told.text, "the table has the copies, too"


async def test_old_data_say_so_on_every_page(database: Path) -> None:
    late = site(database, WHERE, now=NOW + timedelta(days=9))
    for path in ("/", "/about", "/roundup/documents", "/nothing"):
        assert "This data is 9 days old." in (await late.client.get(path)).text
    health = await late.client.get("/health.json")
    assert health.json()["overdue"] is True and health.status_code == 503


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


@pytest.mark.slow
async def test_sample_data_say_so_everywhere(shown: Any, sample_database: Path) -> None:
    words = "Sample: invented text, not law"
    sample = site(sample_database, WHERE, now=NOW)
    for path in (*PAGES, "/roundup/documents", "/nothing", "/?kind=nope", "/roundup/passages_fts"):
        assert words in (await sample.client.get(path)).text, path
    assert words not in (await shown.client.get("/")).text
    assert (await sample.client.get("/feeds/changes.json")).json()["title"].startswith("[Sample] ")


@pytest.mark.slow
async def test_an_empty_database_is_a_whole_site(tmp_path: Path) -> None:
    schema.create(Database(tmp_path / "roundup.db").conn)
    export(tmp_path / "roundup.db")
    empty = site(tmp_path / "roundup.db", WHERE, now=NOW)
    for path in ("/", "/sources", "/about", "/search?q=x", "/roundup", "/feeds/changes.atom", "/health.json"):
        assert (await empty.client.get(path)).status_code == 200, path
    assert "Nothing has been read completely yet" in (await empty.client.get("/")).text


def test_a_site_needs_a_database_and_a_sound_base(tmp_path: Path, database: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no public database yet; crawl first"):
        site(tmp_path / "roundup.db", WHERE)
    with pytest.raises(ConfigError, match="begins and ends with a slash"):
        site(database, replace(WHERE, base_url="x"))


async def test_an_export_is_seen_without_a_restart(tmp_path: Path, database: Path) -> None:
    copy = Database(tmp_path / "roundup.db")
    Database(database).conn.backup(copy.conn)
    export(tmp_path / "roundup.db")
    shown = site(tmp_path / "roundup.db", WHERE, now=NOW)
    assert "A second look" not in (await shown.client.get("/")).text
    copy.execute("update entries set title = 'A second look' where id = 'aa01'")
    copy.conn.commit()
    assert "A second look" not in (await shown.client.get("/")).text
    export(tmp_path / "roundup.db")
    assert "A second look" in (await shown.client.get("/")).text


RUN_BY, MAIL, LOGS = "Sample Desk & Friends", "desk+help@sample.invalid", "addresses, for seven days."
TOLD = replace(WHERE, run_by=RUN_BY, contact=MAIL, logs=LOGS)
ELSE = (
    "/review", "/corrections", "/calendar", "/series", "/collections", "/judgments", "/by-hand", "/checklist",
    "/toolkit", "/library", "/law", "/guidance", "/reports", "/governance", "/resources", "/training",
    "/recommendations", "/subscribe", "/topic/children", "/coming-into-force", "/withdrawn",
)  # fmt: skip


@pytest.fixture
def told(database: Path) -> Any:
    return site(database, TOLD, now=NOW)


def sent(address: str) -> tuple[str, str, list[str]]:
    """Return whom a message goes to, its subject and the lines of its body, and that it has no other field."""
    parts = urlsplit(address)
    fields = parse_qs(parts.query, strict_parsing=True)
    assert parts.scheme == "mailto" and not parts.fragment and set(fields) == {"subject", "body"}
    return parts.path.replace("%2B", "+"), fields["subject"][0], fields["body"][0].split("\r\n")


@pytest.mark.parametrize(
    ("path", "what", "address"),
    [
        ("/entry/aa01", "entry aa01", "entry/aa01"),
        (f"/doc/{ACT}", f"document {ACT}", f"doc/{ACT}"),
        (f"/doc/{encode(GUIDANCE)}", f"document {GUIDANCE}", f"doc/{encode(GUIDANCE)}"),
        (f"/doc/{encode(NEWS)}", f"document {NEWS}", f"doc/{encode(NEWS)}"),
        ("/search?q=zzzz%26cc%3Dqqqq", "search for zzzz&cc=qqqq", "search?q=zzzz%26cc%3Dqqqq"),
        ("/corrections", "page corrections", "corrections"),
    ],
)
async def test_a_reader_tells_with_one_click(told: Any, path: str, what: str, address: str) -> None:
    (link,) = (await page(told, path)).select("a.tell")
    assert link.text == f"Wrong, missing, or useful to add? Tell {RUN_BY}"
    to, subject, lines = sent(str(link["href"]))
    assert (to, subject) == (MAIL, f"Wrong, missing or useful: {what}")
    assert lines == [f"https://roundup.example.org/{address}", what, "", ASKED, ""]


async def test_each_source_can_be_told_about(told: Any) -> None:
    found = await page(told, "/sources")
    assert len(found.select("a.tell")) == len(found.select("li.source"))
    (link,) = [one for one in found.select("a.tell") if one.text.endswith("about Sample statute book")]
    assert sent(str(link["href"]))[1].endswith("source law")


async def test_nobody_is_named_where_no_contact_is_set_nor_where_help_is_asked_for(shown: Any, told: Any) -> None:
    for path in ("/entry/aa01", f"/doc/{ACT}", "/search?q=zzzz", "/sources", "/corrections", "/privacy"):
        assert not (await page(shown, path)).select('a[href^="mailto:"]:not([href^="mailto:?"])'), path
    assert not (await page(told, "/search?q=I+am+being+trafficked+zzzz")).select("a.tell")


@given(st.text(max_size=400), st.text(max_size=400))
def test_nothing_in_an_id_begins_another_field(id: str, path: str) -> None:
    made = Contact(Settings(public_url="https://a.example", authority="a", now=datetime.now(UTC), contact=MAIL))
    to, subject, lines = sent(made.about("entry", id, path))
    assert to == MAIL and len(lines) == 5 and "\n" not in subject and made.about("", id, path).isascii()


@pytest.mark.slow
async def test_who_runs_it_and_what_is_recorded(shown: Any, told: Any) -> None:
    for at in (shown, told):
        for path in ("/privacy", "/accessibility", "/corrections"):
            await whole(at, path)
        links = {one["href"] for one in (await page(at, "/")).select("footer a")}
        assert {"/privacy", "/accessibility", "/corrections"} <= links
    text = (await page(told, "/privacy")).select_one("main").text
    assert all(words in text for words in (RUN_BY, MAIL, f"The server in front of it: {LOGS}"))
    bare = (await page(shown, "/privacy")).select_one("main").text
    assert all(words in bare for words in ("Who runs it has not been said", "No contact has been set", "has not been"))


async def test_what_came_of_reports(tmp_path: Path, database: Path) -> None:
    reports = [
        {
            "date": "2026-11-02",
            "reported": "Section 4 <b>",
            "outcome": "Corrected.",
            "about": ACT,
            "settled": "2026-11-03",
        },
        {
            "date": "2026-11-09",
            "reported": "A link",
            "outcome": "Its publisher was told.",
            "about": "aa01",
            "settled": "",
        },
        {"date": "2026-11-01", "reported": "A page", "outcome": "Not ours.", "about": "gone", "settled": ""},
    ]
    with copied(database, tmp_path / "roundup.db") as world:
        world.add("meta", key="reports", value=json.dumps(reports))
    export(tmp_path / "roundup.db")
    found = await page(site(tmp_path / "roundup.db", TOLD, now=NOW), "/corrections")
    rows = [
        (row.th.text, row.a and row.a["href"], row.select("td")[1].text) for row in found.select("section tbody tr")
    ]
    assert rows == [
        ("A linkaa01", "/entry/aa01", "Its publisher was told."),
        (f"Section 4 <b>{ACT}", f"/doc/{ACT}", "Corrected. (3 November 2026)"),
        ("A page", None, "Not ours."),
    ]


async def test_without_reports_the_page_says_so(told: Any) -> None:
    assert "No reports were answered here yet." in (await page(told, "/corrections")).text


@pytest.mark.slow
async def test_other_pages_tell_nobody_that_they_are_read(told: Any) -> None:
    for path in ELSE:
        await whole(told, path)
    for path, status in (("/nothing/here", 404), ("/?topic=weather", 404)):
        unseen(await page(told, path, status))
