"""The partnership checklist: its page, and what it tells of the law behind it."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
from bs4 import BeautifulSoup
from sqlite_utils import Database

from crawler.export import export
from crawler.publish.checklist import answers as answering
from crawler.publish.checklist.files import library, library_path
from crawler.publish.toolkit.parts import PARTS
from crawler.sources.checklist import MAX_SHORT, NATIONS
from crawler.store import schema
from tests.publish.publish_asked import page, whole
from tests.publish.publish_checklist import ASKED, GIVEN, LATER, MSA, post
from tests.publish.publish_rows import NOW, WHERE, site


@pytest.fixture(scope="module")
def pages(with_law: Path) -> Mapping[str, BeautifulSoup]:
    """The page of each nation, and of all under no name: asked of one site, as starting it costs more than a page."""

    async def ask() -> dict[str, BeautifulSoup]:
        asked = site(with_law, WHERE, now=LATER)
        queries = {"": "", **{nation: f"?nation={quote_plus(nation)}" for nation in NATIONS}}
        return {nation: await page(asked, f"/checklist{query}") for nation, query in queries.items()}

    return asyncio.run(ask())


@pytest.mark.slow
async def test_the_page_is_whole(there: Any) -> None:
    await whole(there, "/checklist")
    found = await page(there, "/checklist")
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
    assert not form.select("[checked]") and not form.select_one("[name=reviewed]").has_attr("value"), (
        "nothing is preset"
    )
    assert [button["value"] for button in form.select("button[name=form]")] == ["html", "csv", "text"]
    words = found.text.lower()
    for never in ("compliant", "score", "comprehensive", "up to date"):
        assert never not in words, never


@pytest.mark.slow
def test_each_part_is_a_step_with_its_count_and_leads_to_the_next_of_either_form(
    pages: Mapping[str, BeautifulSoup],
) -> None:
    for found in pages.values():
        steps = found.select(".checklist > .step")
        parts = {step["id"]: step.select(".asked") for step in steps}
        short = {id: [one for one in asked if "long" not in one["class"]] for id, asked in parts.items()}
        assert 10 <= sum(map(len, short.values())) <= MAX_SHORT
        for step, (id, asked) in zip(steps, parts.items(), strict=True):
            assert ("long" in step["class"]) == (not short[id])
            counts = step.select_one(".done")
            assert counts["data-all"] == str(len(asked))
            assert counts["data-short"] == str(len(short[id]) or len(asked))
        for form, led in (("all", list(parts)), ("short", [id for id, asked in short.items() if asked])):
            walked, at = [], led[0]
            while at != "at-you":
                walked.append(at)
                at = str(found.select_one(f"#{at} .onward .in-{form}")["href"]).removeprefix("#")
            assert walked == led and found.select_one("#at-you")
        total = found.select_one(".done.total")
        assert total["data-all"] == str(len(found.select(".asked")))


async def test_each_question_leads_to_a_library_with_a_value_chosen(shown: Any) -> None:
    for question in ASKED.questions:
        for chosen in question.libraries:
            assert library(chosen).startswith(PARTS[chosen.part].name), question.id
    paths = {library_path(chosen) for question in ASKED.questions for chosen in question.libraries}
    assert len(paths) > 25
    linked = {str(link["href"]) for link in (await page(shown, "/checklist")).select(".asked a[href*='?']")}
    assert {f"/{path}" for path in paths} <= linked
    for path in sorted(paths)[::9]:
        found = await page(shown, f"/{path}")
        assert found.select_one(f"option[selected][value='{path.partition('=')[2]}']"), path


@pytest.mark.parametrize("nation", NATIONS)
def test_a_nation_has_its_own_law(pages: Mapping[str, BeautifulSoup], nation: str) -> None:
    found = pages[nation]
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


def test_what_changed_since_the_review_is_marked(pages: Mapping[str, BeautifulSoup]) -> None:
    found = pages[""]
    marked = {one["id"]: one.select_one(".marks").text for one in found.select("fieldset") if one.select(".marks")}
    notify = marked["at-who-must-notify"]
    assert "since this checklist was reviewed on 24 November 2026: Modern Slavery Act 2015, section 52." in notify
    assert "Section 52(1): Duty, seen 5 December 2026, applies from 1 December 2026" in notify
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


def test_versions_of_law_are_told(pages: Mapping[str, BeautifulSoup]) -> None:
    found = pages[""]
    lines = {item.a.text: item.text for item in found.select("#at-versions ul li")}
    act = lines["Modern Slavery Act 2015"]
    assert "when reviewed: wording valid from 30 January 2022, read 1 November 2026, SHA-256" in act
    assert "now: wording valid from 1 December 2026, read 5 December 2026" in act
    assert "3.9, read 7 December 2026" in lines["How to identify (sample)"]
    assert "withdrawn by its publisher since 8 December 2026" in lines["Procurement Act 2023"]
    assert "not held by us" in lines["Care Act 2014"]
    assert "not held by us" in found.select_one("#at-adult-safeguarding .law").text
    assert "not found in the text that we hold" in found.select_one("#at-support-offered .law").text
    held = found.select_one("#at-who-must-notify .law li a")
    assert held["href"] == "/doc/ukpga/2015/30?provision=section-52#section-52"
    assert held.find_next("a")["href"] == "https://www.legislation.gov.uk/ukpga/2015/30/section/52"


async def test_an_empty_database_has_the_page_too(tmp_path: Path) -> None:
    schema.create(Database(tmp_path / "roundup.db").conn)
    export(tmp_path / "roundup.db")
    empty = site(tmp_path / "roundup.db", WHERE, now=NOW)
    assert len((await page(empty, "/checklist")).select("fieldset")) == len(ASKED.questions)
    for form in answering.FORMS:
        assert (await post(empty, form=form)).status_code == 200


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
        "libraries",
        "short",
        "/checklist.json",
    ):
        assert f"`{name}`" in text, name


@pytest.mark.parametrize(
    ("query", "said"), [("", "Questions for all nations"), ("?nation=Wales", "Questions for Wales")]
)
async def test_it_says_how_to_keep_answers_and_on_paper_for_which_nation_and_when(
    shown: Any, query: str, said: str
) -> None:
    found = await page(shown, f"/checklist{query}")
    keep = found.select_one("main .keep")
    assert "To keep or print your answers, use Save below" in keep.text
    target = found.select_one(str(keep.a["href"]))
    assert target is not None and target.find_parent(class_="save").select("button[name=form]")
    assert found.select_one("main .onpaper").text.strip() == f"{said}, as the page was on 24 November 2026"
    style = (await shown.client.get("/assets/roundup.css")).text
    paper = style[style.index("@media print") :]
    assert "details::details-content" in paper and ".onpaper { display: block; }" in paper
