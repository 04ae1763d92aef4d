"""The files that the partnership checklist gives: to print and keep, as a spreadsheet, as plain text."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from crawler.publish.checklist import answers as answering
from crawler.publish.server.middleware import POLICY
from tests.publish import publish_rows as rows
from tests.publish.publish_checklist import ASKED, GIVEN, LATER
from tests.publish.publish_rows import WHERE, site


def _sent(answer: Any, ending: str) -> None:
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers
    assert answer.headers["content-disposition"] == f'attachment; filename="partnership-checklist-2026-12-20.{ending}"'


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
    counts = {h2.text: h2.find_next("p").text for h2 in found.select("h2[id]")}
    assert counts["First responders and the duty to notify"] == "1 of 5 answered"
    assert counts["The partnership itself"] == "0 of 6 answered"
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
    """Yield the fields that a browser would send."""
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


HOSTILE = [
    '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "</textarea></style><b>x", "{{ 7*7 }}{% raw %}",
    "\x00\x0b\ufffe\x1b[31m", "\u202egnp.exe", rows.RTL, "\U0001d518\U0001d52b\U0001f6a8", "]]>",
    "a\r\nb\rc", "' or 1=1 --",
]  # fmt: skip


@pytest.mark.slow
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


@pytest.mark.slow
async def test_a_file_of_an_earlier_release_still_opens(there: Any) -> None:
    """``kept/checklist-1.html`` is what the site of 2026-11 gave for this world, before ``?provision=`` was there."""
    kept = BeautifulSoup((Path(__file__).parent / "kept" / "checklist-1.html").read_bytes(), "lxml")
    again = await there.client.post("/checklist", data=dict(pages_fields(kept.select_one("form"))))
    assert again.status_code == 200
    answers = {one["id"]: (one.h3.text, one.p.text) for one in kept.select(".asked[id]")}
    found = {one["id"]: (one.h3.text, one.p.text) for one in BeautifulSoup(again.text, "lxml").select(".asked[id]")}
    assert len(answers) == 50 and answers.items() <= found.items()
    assert {told for id, (_, told) in found.items() if id not in answers} == {"Not answered"}
    links = {link["href"] for link in kept.select("a[href]") if link["href"].startswith(f"{WHERE.public_url}/")}
    named = [link for link in links if "?at=" in link]
    assert len(links) > 5 and len(named) > 2
    for link in links:
        answer = await there.client.get(link.removeprefix(WHERE.public_url), follow_redirects=True)
        assert answer.status_code == 200, link
        wanted = link.partition("#")[2]
        assert "?at=" not in link or f'id="{wanted}"' in answer.text or "No text of this document" in answer.text, link
