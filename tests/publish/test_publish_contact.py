"""How readers tell that something is wrong, what came of it, and that no page tells anybody that they read it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.export import export
from crawler.publish.contact import ASKED, Contact
from crawler.publish.paths import encode
from crawler.publish.settings import Settings
from tests.publish.publish_asked import page, unseen, whole
from tests.publish.publish_rows import ACT, GUIDANCE, NEWS, NOW, WHERE, copied, site

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
