"""Private parts of public families, and private documents that are kept no more: their words stand nowhere."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from crawler.export import export
from crawler.publish.paths import encode
from tests.publish import publish_rows as the
from tests.publish import publish_world
from tests.publish.publish_rows import NOW, WHERE, World, site, told

NAME = "Foxglovename"
"""A word that only a private part has, or the title of a private document that is gone."""
TOP, PART, OLD = "url:https://www.example.org/inquiry", "govuk:33333333-part", "url:https://www.example.org/inquiry/old"
OTHER = "url:https://www.example.org/inquiry/terms"
GONE = "url:https://news.example/gone"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = publish_world.build(tmp_path_factory.mktemp("parts") / "roundup.db")
    world = World(path)
    world.document(TOP, "Sample inquiry into trafficking")
    world.document(PART, "Judgment in the inquiry", parent=TOP, kind="case_law", source="news")
    world.document(OTHER, "Terms of the inquiry", parent=TOP, kind="guidance")
    world.add("aliases", alias=OLD, document=PART)
    reasons = [
        {"place": "title", "start": 0, "end": 9, "words": "trafficking", "weight": 2.0, "rule": "trafficking"},
        *({"place": f"{name} body", "start": 0, "end": 9, "words": NAME, "weight": 1.0, "rule": "slave"}
          for name in (PART, OLD)),
        {"place": f"{OTHER} body", "start": 0, "end": 9, "words": "servitude", "weight": 1.0, "rule": "servitude"},
    ]  # fmt: skip
    why = json.dumps(reasons)
    world.add("relevance", document=TOP, band="in", score=4.0, decided_by="words", why=why, since=the.CLOCK, rules="1")
    world.add("document_topics", document=TOP, topic="identification_nrm", band="in", score=3.0, why=why)
    world.add("document_facets", document=TOP, facet="role", value="police", why=why)
    said = json.dumps(["Its title has “trafficking”.", f"Its text has “{NAME}”."])
    for number, part in enumerate((PART, OLD)):
        hidden = told("changed", part, "body", NAME, f"+{NAME}")
        shown = told("changed", OTHER, "2", "2 Who sits", "+Three people.")
        world.entry(
            f"cc0{number}", TOP, "Sample inquiry into trafficking", hidden, shown, summary=f"{NAME} changed.",
            why=said, sure=said, note=NAME, look_for=json.dumps([NAME]),
        )  # fmt: skip
        world.places(f"cc0{number}", part, "body")
    lost = {"summary": NAME, "note": NAME, "url": f"https://news.example/{NAME}", "why": said, "state": "orphaned"}
    world.entry("dd01", None, f"{NAME} jailed", kind="new", document_kind="news", source="news", **lost)
    world.entry("dd02", None, f"{NAME} jailed", kind="new", document_kind="guidance", source="news", **lost)
    world.add("entry_sections", entry="dd01", document=f"{GONE}/{NAME}", path="")
    world.entry("ee01", TOP, "Sample inquiry into trafficking: terms changed", fetch=2, url="https://x.example/")
    for name, document, kind, fetch, weight in (
        ("m1", TOP, "note", 2, "legal effect"), ("m2", TOP, "changed", 1, "editorial"),
        ("m3", OTHER, "changed", 3, "legal effect"),
    ):  # fmt: skip
        world.change(name, document, kind, fetch=fetch, significance=weight, entry="ee01")
    world.db.conn.commit()
    world.db.close()
    export(path)
    return path


@pytest.fixture
def shown(database: Path) -> Any:
    return site(database, WHERE, now=NOW)


def pages() -> list[str]:
    entries = [f"/entry/{name}{form}" for name in ("cc00", "cc01", "dd01", "dd02") for form in ("", ".txt", ".md")]
    tables = ("entries", "reasons", "entry_sections")
    rows = [f"/roundup/{table}{form}" for table in tables for form in ("", ".json?_shape=array&_size=max", ".csv")]
    rows += ["/roundup/entries/cc00.json", "/roundup/entries/dd01", "/roundup/entries.json?_facet=summary&_facet=url"]
    return [*entries, "/", "/review", f"/doc/{encode(TOP)}", "/feeds/changes.atom", "/feeds/changes.json", *rows]


@pytest.mark.parametrize("path", pages())
async def test_their_words_stand_nowhere(shown: Any, path: str) -> None:
    answer = await shown.client.get(path)
    assert answer.status_code == 200, (path, answer.text[-300:])
    assert NAME not in answer.text


@pytest.mark.parametrize("name", ["cc00", "cc01"])
async def test_what_remains_of_the_family_is_told(shown: Any, name: str) -> None:
    neutral = "It changed here: 2 Who sits. What is said of parts that name people is left out."
    page = (await shown.client.get(f"/entry/{name}")).text
    found = (await shown.client.get(f"/roundup/entries.json?id={name}&_shape=array")).json()[0]
    assert neutral in page and "Three people." in page and "Its title has" in page
    assert found["summary"] == neutral and [one["document"] for one in json.loads(found["details"])] == [OTHER]
    assert json.loads(found["why"]) == json.loads(found["sure"]) == ["Its title has “trafficking”."]


async def test_reasons_in_public_parts_stay(shown: Any) -> None:
    sql = "select r.facet, r.why from reasons r join documents d on d.n = r.document where d.id = :top"
    answer = await shown.client.get("/roundup.json", params={"sql": sql, "top": TOP, "_shape": "array"})
    found = {row["facet"]: [reason["place"] for reason in json.loads(row["why"])] for row in answer.json()}
    assert found == {facet: ["title", f"{OTHER} body"] for facet in ("relevance", "topic", "role")}


@pytest.mark.parametrize("name", ["dd01", "dd02"])
async def test_an_entry_about_people_outlives_its_document_without_its_title(shown: Any, name: str) -> None:
    page = (await shown.client.get(f"/entry/{name}")).text
    assert "Redacted: this page is not kept here any more" in page and ">Open the official page</a>" not in page
    assert "Sample Home Office" in page
    items = {item["id"][-4:]: item for item in (await shown.client.get("/feeds/changes.json")).json()["items"]}
    assert items[name]["title"] == "Redacted: this page is not kept here any more"
    assert "external_url" not in items[name] and "summary" not in items[name]


async def test_entries_about_the_round_up_itself_stay(shown: Any) -> None:
    page = (await shown.client.get("/entry/aa09")).text
    assert "Started watching 4 sources" in page
    assert "<dt>Published</dt>" not in page and "Weight of the change" not in page, "of no document"


async def test_the_citation_names_the_capture_of_the_main_change(shown: Any) -> None:
    digest = sha256(b"a").hexdigest()
    for form in ("", ".txt", ".md"):
        assert f"SHA-256 {digest}, and 2 more pages read" in (await shown.client.get(f"/entry/ee01{form}")).text, form
    page = BeautifulSoup((await shown.client.get("/entry/ee01")).text, "html.parser")
    assert page.select_one("dl.record dd code").text == digest, "and lists it first"
    assert "more page" not in (await shown.client.get("/entry/dd01")).text
