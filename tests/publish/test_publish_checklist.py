"""The partnership checklist: its page, the files it gives, what it refuses, and that it keeps nothing."""

from __future__ import annotations

import csv
import io
import logging
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlencode

import httpx
import publish_rows as rows
import pytest
import test_publish_pages as pages
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from publish_rows import NOW, WHERE
from sqlite_utils import Database

from crawler.publish import checklist_answers as answering
from crawler.publish import site
from crawler.publish.edge import POLICY
from crawler.sources.checklist import NATIONS, load_checklist
from crawler.store.schema import migrations

MSA = "ukpga/2015/30"
GUIDANCE = "govuk:33333333-aaaa-bbbb-cccc-000000000001"
WITHDRAWN = "ukpga/2023/54"
LATER = datetime(2026, 12, 20, 11, tzinfo=UTC)
ASKED = load_checklist()
FORM = {"content-type": "application/x-www-form-urlencoded"}
URL = "https://www.gov.uk/government/publications/modern-slavery-how-to-identify-and-support-victims"


def law(world: rows.World) -> None:
    """Add law and guidance that the checklist cites, and changes before and after its review."""
    law = {"source": "law", "publisher": "parliament"}
    world.document(MSA, "Modern Slavery Act 2015", kind="act", url=f"https://www.legislation.gov.uk/{MSA}", **law)
    old = [("section-43", "43", "Co-operation", "Old words."), ("section-52", "52", "Duty", "(1) It may notify.")]
    new = [("section-43", "43", "Co-operation", "New words."), ("section-52", "52", "Duty", "(1) It must notify.")]
    text = {"representation": "structured", "source": "law"}
    world.version("l1", MSA, old, captured="2026-11-01T10:00:00Z", valid_from="2022-01-30", label="2022-01-30", **text)
    world.version("l2", MSA, new, captured="2026-12-05T10:00:00Z", valid_from="2026-12-01", label="2026-12-01", **text)
    world.entry("law52", MSA, "Modern Slavery Act 2015: section 52 amended")
    pair = {"previous": "l1", "version": "l2"}
    told = {**pair, "entry": "law52", "seen": "2026-12-05T10:00:00Z", "occurred": "2026-12-01"}
    world.change("lc1", MSA, "changed", "section-52-1", **told)
    world.change(
        "lc2", MSA, "changed", "section-45", **{**pair, "seen": "2026-12-05T10:00:00Z"}, significance="editorial"
    )
    world.change("lc3", MSA, "changed", "section-43", **{**pair, "seen": "2026-12-05T10:00:00Z"}, cause="parser")
    world.change("lc4", MSA, "changed", "section-48", **{**pair, "seen": "2026-12-05T10:00:00Z"}, silent="first walk")
    world.change("lc5", MSA, "changed", "section-51", **{**pair, "seen": "2026-11-20T10:00:00Z"})
    world.change("lc6", MSA, "changed", "section-5", **{**pair, "seen": "2026-12-05T10:00:00Z"})
    world.change("lc7", MSA, "changed", "section-54", **{**pair, "seen": "2026-12-09T10:00:00Z"})
    world.document(GUIDANCE, "How to identify (sample)", url=URL)
    world.add("aliases", alias=URL, document=GUIDANCE)
    world.document(f"{GUIDANCE}/text", "The guidance, version 3.9", parent=GUIDANCE)
    world.version("p1", f"{GUIDANCE}/text", [("1", "1", "One", "Text.")], captured="2026-12-07T10:00:00Z", label="3.9")
    world.change("gc1", f"{GUIDANCE}/text", "changed", "1", seen="2026-12-07T10:00:00Z")
    world.document(WITHDRAWN, "Procurement Act 2023", availability="withdrawn", availability_since="2026-12-08", **law)
    world.change("wc1", WITHDRAWN, "withdrawn", seen="2026-12-08T10:00:00Z")


@pytest.fixture(scope="module")
def with_law(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Path:
    path = tmp_path_factory.mktemp("law") / "roundup.db"
    Database(database).conn.backup(Database(path).conn)
    world = rows.World(path)
    law(world)
    world.db.conn.commit()
    world.db.close()
    return path


@pytest.fixture
def there(with_law: Path) -> Any:
    return site(with_law, WHERE, now=LATER)


async def post(shown: Any, **fields: str) -> Any:
    return await shown.client.post("/checklist", data={key.replace("__", "-"): value for key, value in fields.items()})


async def test_the_page_is_whole(there: Any) -> None:
    await pages.test_every_page_is_whole(there, "/checklist")
    found = await pages.page(there, "/checklist")
    fieldsets = found.select("form[method=post] fieldset")
    assert len(fieldsets) == len(ASKED.questions) >= 25
    for fieldset, question in zip(fieldsets, ASKED.questions, strict=True):
        assert fieldset.legend.text.strip() == question.words
        values = [radio["value"] for radio in fieldset.select("input[type=radio]")]
        assert values == ["yes", "partly", "no", "not_us", ""]
        assert {radio["name"] for radio in fieldset.select("input[type=radio]")} == {f"a-{question.id}"}
        assert fieldset.select_one("textarea")["maxlength"] == str(answering.NOTE)
        assert fieldset.select_one("input[type=date]")["name"] == f"d-{question.id}"
        assert question.why in fieldset.text
        for duty in question.duties:
            assert duty.words in fieldset.text
    form = found.select_one("form[method=post]")
    assert form["action"] == "/checklist" and not found.select("script")
    assert form.select_one("[name=version]")["value"] == ASKED.version
    assert form.select_one("[name=reviewed]")["value"] == "2026-12-20"
    assert [button["value"] for button in form.select("button[name=form]")] == ["html", "csv", "text"]
    words = found.text.lower()
    for never in ("compliant", "score", "comprehensive", "up to date"):
        assert never not in words, never


@pytest.mark.parametrize("nation", NATIONS)
async def test_a_nation_has_its_own_law(there: Any, nation: str) -> None:
    found = await pages.page(there, f"/checklist?nation={quote_plus(nation)}")
    wanted = [each for each in ASKED.questions if any(duty.holds_in(nation) for duty in each.duties)]
    assert [one["id"] for one in found.select("fieldset")] == [f"at-{each.id}" for each in wanted]
    assert len(wanted) >= 25
    law = found.select_one("#at-who-must-notify")
    named = {"England": "52", "Wales": "52", "Scotland": "38", "Northern Ireland": "13"}
    if nation in named:
        assert re.findall(r"section (\d+)", law.select_one(".law li a").text) == [named[nation]]
    else:
        assert law is None
    assert found.select_one("form[method=post] [name=nation]")["value"] == nation
    assert found.select_one("option[selected]").text == nation


@pytest.mark.parametrize("query", ["nation=Atlantis", "nation=England&nation=Wales", "nation=%00", "nation=%ff"])
async def test_an_unknown_nation_is_not_found(there: Any, query: str) -> None:
    assert (await there.client.get(f"/checklist?{query}")).status_code == 404


async def test_what_changed_since_the_review_is_marked(there: Any) -> None:
    found = await pages.page(there, "/checklist")
    marked = {one["id"]: one.select_one(".marks").text for one in found.select("fieldset") if one.select(".marks")}
    notify = marked["at-who-must-notify"]
    assert "since this checklist was reviewed on 24 November 2026: Modern Slavery Act 2015, section 52." in notify
    assert "Section 52(1), seen 5 December 2026, applies from 1 December 2026" in notify
    links = [link["href"] for link in found.select("#at-who-must-notify .marks a")]
    assert links == ["/entry/law52"]
    assert found.select("#at-statement .marks a")[0]["href"].endswith("?from=l1&to=l2#at-changed")
    assert "The guidance, version 3.9" in marked["at-first-responders-known"], "an attachment belongs to its page"
    assert len(found.select("#at-first-responders-known .marks li")) == 1, "two duties cite it, one mark is enough"
    assert "Withdrawn: the document" in marked["at-exclusion-of-suppliers"]
    for quiet in ("non-punishment", "bodies-named-in-law", "guardian", "age-uncertain", "figures-known"):
        assert f"at-{quiet}" not in marked, quiet
    listed = [link["href"] for link in found.select("#at-changed ~ ul a")]
    assert listed == [f"#{id}" for id in marked]


async def test_versions_of_law_are_told(there: Any) -> None:
    found = await pages.page(there, "/checklist")
    lines = {item.a.text: item.text for item in found.select("#at-versions ~ ul li")}
    act = lines["Modern Slavery Act 2015"]
    assert "when reviewed: wording valid from 30 January 2022, read 1 November 2026, SHA-256" in act
    assert "now: wording valid from 1 December 2026, read 5 December 2026" in act
    assert "3.9, read 7 December 2026" in lines["How to identify (sample)"]
    assert "withdrawn by its publisher since 8 December 2026" in lines["Procurement Act 2023"]
    assert "not held by us" in lines["Care Act 2014"]
    assert "not held by us" in found.select_one("#at-adult-safeguarding .law").text
    assert "not found in the text that we hold" in found.select_one("#at-support-offered .law").text
    held = found.select_one("#at-who-must-notify .law li a")
    assert held["href"] == "/doc/ukpga/2015/30?at=section-52#section-52"
    assert held.find_next("a")["href"] == "https://www.legislation.gov.uk/ukpga/2015/30/section/52"


async def test_an_empty_database_has_the_page_too(tmp_path: Path) -> None:
    migrations.apply(Database(tmp_path / "roundup.db"))
    empty = site(tmp_path / "roundup.db", WHERE, now=NOW)
    assert len((await pages.page(empty, "/checklist")).select("fieldset")) == len(ASKED.questions)
    for form in answering.FORMS:
        assert (await post(empty, form=form)).status_code == 200


def _sent(answer: Any, ending: str) -> None:
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers
    assert answer.headers["content-disposition"] == f'attachment; filename="partnership-checklist-2026-12-20.{ending}"'


GIVEN = {
    "partnership": "Sampleton “A & B”", "reviewed": "2026-12-06", "a-who-must-notify": "partly",
    "n-who-must-notify": "Two lines,\r\none <b>note</b>.", "a-statement": "yes", "d-statement": "2026-12-10",
    "a-orders": "no", "a-county-lines": "not_us", "version": "0.9",
}  # fmt: skip


async def test_the_file_to_print_and_keep(there: Any) -> None:
    answer = await there.client.post("/checklist", data=GIVEN)
    _sent(answer, "html")
    found = BeautifulSoup(answer.text, "lxml")
    assert not found.select("script, link, img, iframe"), "it stands by itself"
    assert found.h1.text == "Partnership checklist: Sampleton “A & B”"
    facts = {term.text: term.find_next("dd").text for term in found.select("dt")}
    assert facts["Saved"] == "20 December 2026 at 11:00 UTC" and facts["Your review"] == "6 December 2026"
    assert facts["Checklist"] == f"version {ASKED.version}, reviewed 24 November 2026"
    assert "You answered version 0.9" in found.text
    notify = found.select_one("#at-who-must-notify")
    assert notify.select_one(".answer").text == "Partly" and "reviewed 6 December 2026" in notify.text
    assert "reviewed" not in found.select_one("#at-guardian .answer").parent.text
    assert notify.select_one(".note").text == "Two lines,\none <b>note</b>."
    assert "since this checklist was reviewed on 24 November 2026" in notify.select_one(".marks").text
    safe = found.select_one("#at-first-responders-known .marks").text
    assert "since your review of 6 December 2026" in safe
    assert "since this checklist" in found.select_one("#at-statement .marks").text, "seen a day before that review"
    opened = [item.text.split(":")[0] for item in found.select("#at-open ~ ul")[0].select("li")]
    assert opened[:3] == ["No", "Partly", "Not answered"] and set(opened[3:]) == {"Not answered"}
    assert len(opened) == len(ASKED.questions) - 2
    assert "when reviewed: wording valid from 30 January 2022" in found.select_one("#at-versions").parent.text
    links = {link["href"] for link in found.select("a") if not link["href"].startswith("#")}
    assert all(link.startswith("https://") for link in links)
    assert f"{WHERE.public_url}/entry/law52" in links


async def test_a_kept_file_can_be_sent_again(there: Any) -> None:
    first = await there.client.post("/checklist", data=GIVEN)
    form = BeautifulSoup(first.text, "lxml").select_one("form")
    assert form["action"] == "https://roundup.example.org/checklist" and form["method"] == "post"
    fields = dict(pages_fields(form))
    assert fields["version"] == ASKED.version
    from_disk = {
        "origin": b"null",
        "cookie": b"ds_csrftoken=x",
        "sec-fetch-site": b"cross-site",
        "x-csrftoken": b"\xff",
    }
    again = await there.client.post("/checklist", data=fields, headers=from_disk)
    assert again.status_code == 200
    one, two = (re.sub(r"<p><strong>You answered.*", "", text) for text in (first.text, again.text))
    assert one == two, "nothing is lost on the way"


def pages_fields(form: Any) -> Any:
    """Give the fields that a browser would send."""
    for field in form.select("input, textarea"):
        if field.get("type") == "radio" and not field.has_attr("checked"):
            continue
        # A browser drops the first line break of a text area.
        value = field.text.removeprefix("\n") if field.name == "textarea" else field["value"]
        yield field["name"], value


async def test_without_a_public_address_there_is_no_form(with_law: Path) -> None:
    nowhere = site(with_law, replace(WHERE, public_url=""), now=LATER)
    answer = await nowhere.client.post("/checklist", data=GIVEN)
    found = BeautifulSoup(answer.text, "lxml")
    assert not found.select("form") and "no public address" in found.text
    assert {link["href"][:8] for link in found.select("a")} <= {*(f"#{x}"[:8] for x in _ids(found)), "https://"}


def _ids(found: Any) -> list[str]:
    return [element["id"] for element in found.select("[id]")]


async def test_the_spreadsheet(there: Any) -> None:
    answer = await there.client.post("/checklist", data={**GIVEN, "form": "csv", "n-orders": '=HYPERLINK("x")'})
    _sent(answer, "csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [row["question id"] for row in table] == [question.id for question in ASKED.questions]
    by_id = {row["question id"]: row for row in table}
    assert by_id["orders"]["note"] == '\'=HYPERLINK("x")' and by_id["orders"]["answer"] == "No"
    assert by_id["who-must-notify"]["note"] == "Two lines,\none <b>note</b>."
    assert by_id["statement"]["reviewed on"] == "2026-12-10"
    assert by_id["figures-known"]["answer"] == "Not answered"
    assert "Changed since this checklist was reviewed" in by_id["who-must-notify"]["changed since review"]
    assert (
        "Modern Slavery Act 2015, section 52. England and Wales." in by_id["who-must-notify"]["what stands behind it"]
    )
    assert {row["version of the checklist"] for row in table} == {ASKED.version}


@pytest.mark.parametrize("start", ["=1", "+1", "-1", "@x", "\t=1", "  =1", "\uff1d1", "\n=1"])
async def test_no_cell_is_a_formula(there: Any, start: str) -> None:
    data = {"form": "csv", "n-orders": start, "partnership": start}
    body = (await there.client.post("/checklist", data=data)).content.decode("utf-8-sig")
    for row in csv.reader(io.StringIO(body, newline="")):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d")), cell


async def test_plain_text(there: Any) -> None:
    answer = await there.client.post("/checklist", data={**GIVEN, "form": "text", "nation": "Wales"})
    _sent(answer, "txt")
    text = answer.content.decode()
    assert text.startswith("PARTNERSHIP CHECKLIST: Sampleton “A & B”\n")
    assert "For: Wales\n" in text and "  Note: Two lines,\n        one <b>note</b>.\n" in text
    assert "  Answer: Partly (reviewed 6 December 2026)\n" in text
    assert "asp/2015/12/section" not in text
    assert max(len(line) for line in text.splitlines() if "https://" not in line) <= 78
    assert "when reviewed: wording valid from 30" in text


async def test_nothing_is_kept(with_law: Path, caplog: pytest.LogCaptureFixture, capsys: Any) -> None:
    caplog.set_level(logging.DEBUG)
    before = "\n".join(Database(with_law).conn.iterdump())
    there = site(with_law, WHERE, now=LATER)
    for form in answering.FORMS:
        await post(there, form=form, partnership="Foxglovename", **{"n__orders": "Foxglovenote"})
    await post(there, a__orders="Foxglovewrong")
    await post(there, **{"n__orders": "Foxglovelong" * 100})
    assert "\n".join(Database(with_law).conn.iterdump()) == before
    written = caplog.text + "".join(capsys.readouterr())
    assert "Foxglove" not in written
    page = await there.client.get("/checklist")
    assert "Foxglove" not in page.text
    for path in with_law.parent.iterdir():
        assert b"Foxglove" not in path.read_bytes()


HOSTILE = [
    '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "</textarea></style><b>x", "{{ 7*7 }}{% raw %}",
    "\x00\x0b\ufffe\x1b[31m", "\u202egnp.exe", rows.RTL, "\U0001d518\U0001d52b\U0001f6a8", "]]>",
    "a\r\nb\rc", "' or 1=1 --",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("form", answering.FORMS)
async def test_hostile_words_stay_words(there: Any, text: str, form: str) -> None:
    answer = await there.client.post("/checklist", data={"form": form, "n-orders": text, "partnership": text})
    assert answer.status_code == 200
    body = answer.content.decode()
    assert "\x00" not in body and "\x1b" not in body and "\u202e" not in body
    if form == "html":
        found = BeautifulSoup(body, "lxml")
        assert not found.select("script, img, b") and "onerror" not in str(found.select("[onerror]"))
        assert len(found.select("h1, title")) == 2
        if "<" in text:
            assert text.strip() in found.select_one("#at-orders .note").text


def _many(name: str) -> bytes:
    return urlencode([(f"{name}{number}", "x") for number in range(2000)]).encode()


REFUSED = [
    (b"a-nothing=yes", "There is no question “nothing” in this checklist."),
    (b"n-%3Cb%3E=x", "There is no question “<b>” in this checklist."),
    (b"a-=yes", "There is no question “” in this checklist."),
    (b"colour=red", "The form has no field “colour”."),
    (b"x-orders=yes", "The form has no field “x-orders”."),
    (b"=x", "The form has no field “”."),
    (b"a-orders=yes&a-orders=no", "The field “a-orders” stands twice."),
    (b"form=html&form=html", "The field “form” stands twice."),
    (b"a-orders=maybe", "The field “a-orders” cannot be “maybe”"),
    (b"form=exe", "The field “form” cannot be “exe”"),
    (b"nation=Atlantis", "cannot be “Atlantis”"),
    (b"reviewed=soon", "is no date"),
    (b"reviewed=2026-02-30", "is no date"),
    ("reviewed=\u0662\u0660".encode(), "no form that a browser sends"),
    (b"reviewed=%D9%A2%D9%A0%D9%A2%D9%A6-01-01", "is no date"),
    (b"reviewed=2027-03-01", "lies in the future"),
    (b"d-orders=9999-12-31", "lies in the future"),
    (b"n-orders=" + b"x" * 501, "is longer than 500 characters"),
    (b"partnership=" + b"x" * 121, "is longer than 120 characters"),
    (b"n-orders=%FF%FE", "no form that a browser sends"),
    (b"n-orders=%ED%A0%80", "no form that a browser sends"),
    (b"\xff\x00{", "no form that a browser sends"),
    (_many("a"), "no form that a browser sends"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "told"), REFUSED)
async def test_what_is_no_form_is_refused_by_name(there: Any, body: bytes, told: str) -> None:
    answer = await there.client.post("/checklist", content=body, headers=FORM)
    assert answer.status_code == 400
    assert answer.headers["cache-control"] == "no-store" and "content-disposition" not in answer.headers
    found = BeautifulSoup(answer.text, "lxml")
    assert told in found.main.text and "Nothing was stored" in found.main.text


@pytest.mark.parametrize("kind", ["", "text/plain", "application/json", "multipart/form-data; boundary=x", b"\xff"])
async def test_another_type_is_refused(there: Any, kind: Any) -> None:
    answer = await there.client.post("/checklist", content=b"a-orders=yes", headers={"content-type": kind})
    assert answer.status_code == 400
    said = {"content-type": "Application/X-WWW-Form-urlencoded; charset=utf-8"}
    mixed = await there.client.post("/checklist", content=b"a-orders=yes", headers=said)
    assert mixed.status_code == 200


async def test_a_form_that_is_too_large_is_not_read(there: Any) -> None:
    large = b"n-orders=" + b"x" * 1_000_000
    answer = await there.client.post("/checklist", content=large, headers=FORM)
    assert answer.status_code == 413 and "too large" in answer.text
    assert answer.headers["cache-control"] == "no-store"

    counted = await asgi(there, [b"x" * 1000] * 2000, {})
    assert counted == (413, 401), "it stops where no form is that long"
    stated = await asgi(there, [b"a-orders=yes"], {"content-length": "400001"})
    assert stated == (413, 0), "what is stated too long is not read at all"
    for odd in ("-1", "1e9", "x", "9" * 30):
        assert (await asgi(there, [b"a-orders=yes"], {"content-length": odd}))[0] == 400
    assert (await asgi(there, [b"a-orders=yes", b""], {}))[0] == 200
    assert (await asgi(there, [b"a-orders=yes", None], {}))[0] == 400, "it broke off"


async def asgi(there: Any, parts: list[bytes | None], headers: dict[str, str]) -> tuple[int, int]:
    """Give the status for a form that comes in parts, and how many parts were read; None is where it breaks off."""
    taken, status = 0, 0

    async def receive() -> dict[str, Any]:
        nonlocal taken
        part, taken = parts[taken], taken + 1
        if part is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": part, "more_body": taken < len(parts)}

    async def send(message: dict[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)

    scope = {
        "type": "http", "method": "POST", "path": "/checklist", "raw_path": b"/checklist", "query_string": b"",
        "scheme": "http", "http_version": "1.1",
        "headers": [(key.encode(), value.encode()) for key, value in {**FORM, **headers}.items()],
    }  # fmt: skip
    await there.app()(scope, receive, send)
    return status, taken


@pytest.mark.parametrize("path", ["/checklist/", "/checklist.json", "/%63hecklist", "/", "/checklist/x", "//checklist"])
async def test_nothing_else_takes_a_form(there: Any, path: str) -> None:
    answer = await there.client.post(path, data={"a-orders": "yes"})
    assert answer.status_code == 405


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_other_methods_are_refused(there: Any, method: str) -> None:
    answer = await there.client.request(method, "/checklist", content=b"a-orders=yes")
    assert answer.status_code == 405 and answer.headers["allow"] == "GET, HEAD, POST"
    assert (await there.client.head("/checklist")).content == b""


async def test_it_works_below_a_path(with_law: Path) -> None:
    below = site(with_law, replace(WHERE, base_url="/tracker/", public_url="https://x.example/tracker"), now=LATER)
    found = BeautifulSoup((await below.client.get("/checklist")).text, "lxml")
    assert found.select_one("form[method=post]")["action"] == "/tracker/checklist"
    answer = await below.client.post("/checklist", data=GIVEN)
    assert answer.status_code == 200 and 'action="https://x.example/tracker/checklist"' in answer.text


async def test_the_questions_as_json(there: Any) -> None:
    answer = await there.client.get("/checklist.json")
    assert answer.headers["cache-control"] == "public, max-age=3600"
    found = answer.json()
    assert (found["version"], found["reviewed"]) == (ASKED.version, ASKED.reviewed)
    listed = [question for section in found["sections"] for question in section["questions"]]
    assert [question["id"] for question in listed] == [question.id for question in ASKED.questions]
    notify = next(question for question in listed if question["id"] == "who-must-notify")
    assert notify["duties"][0] == {
        "words": notify["duties"][0]["words"], "strength": "must", "basis": "duty", "document": MSA,
        "path": "section-52", "title": "Modern Slavery Act 2015", "url": f"https://www.legislation.gov.uk/{MSA}",
        "holds": ["England and Wales"],
    }  # fmt: skip
    assert notify["nations"] == ["England", "Wales", "Scotland", "Northern Ireland"]


async def test_it_is_described() -> None:
    text = (Path(__file__).parents[2] / "docs" / "checklist.md").read_text()
    for name in (
        "version",
        "reviewed",
        "documents",
        "sections",
        "holds",
        "strength",
        "basis",
        "path",
        "/checklist.json",
    ):
        assert f"`{name}`" in text, name


NAMES = st.sampled_from(["a-orders", "n-orders", "d-orders", "form", "nation", "partnership", "reviewed", "version"])


@given(st.lists(st.tuples(NAMES, st.text(max_size=40)), max_size=6) | st.binary(max_size=200))
def test_any_body_is_read_or_refused(sent: Any) -> None:
    body = sent if isinstance(sent, bytes) else urlencode(sent, errors="replace").encode()
    try:
        found = answering.read(body, ASKED, date(2026, 12, 20))
    except answering.AnswersError as error:
        assert str(error) and "\n" not in str(error)
        return
    assert found.form in answering.FORMS and "\n" not in found.partnership
    assert all(len(answer.note) <= answering.NOTE for answer in found.given.values())


def test_a_real_server_neither_keeps_nor_logs_it(with_law: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    code = (
        "from pathlib import Path; from crawler.publish import Where, serve;"
        f" serve(Path({str(with_law)!r}), Where(public_url='', authority='a.invalid'), port={port})"
    )
    address, log = f"http://127.0.0.1:{port}/checklist", tmp_path / "log"
    with log.open("wb") as out, subprocess.Popen([sys.executable, "-c", code], stdout=out, stderr=out) as running:
        try:
            for _ in range(200):
                try:
                    answer = httpx.post(address, data={"n-orders": "Foxglovenote"}, trust_env=False)
                    break
                except httpx.ConnectError:
                    time.sleep(0.1)
            assert answer.status_code == 200 and "Foxglovenote" in answer.text
            large = httpx.post(address, content=b"n-orders=" + b"x" * 1_000_000, headers=FORM, trust_env=False)
            assert large.status_code == 413
            running.send_signal(signal.SIGINT)
            assert running.wait(20) == 0
        finally:
            running.kill()
    assert b"Foxglove" not in log.read_bytes() and b"Traceback" not in log.read_bytes()


@pytest.mark.parametrize(
    ("query", "said"), [("", "Questions for all nations"), ("?nation=Wales", "Questions for Wales")]
)
async def test_it_says_how_to_keep_answers_and_on_paper_for_which_nation_and_when(
    shown: Any, query: str, said: str
) -> None:
    found = await pages.page(shown, f"/checklist{query}")
    keep = found.select_one("main .keep")
    assert "To keep or print your answers, use Save below" in keep.text
    target = found.select_one(keep.a["href"])
    assert target is not None and target.find_parent(class_="save").select("button[name=form]")
    assert found.select_one("main .onpaper").text.strip() == f"{said}, as the page was on 24 November 2026"
    style = (await shown.client.get("/assets/roundup.css")).text
    paper = style[style.index("@media print") :]
    assert "details::details-content" in paper and ".onpaper { display: block; }" in paper
