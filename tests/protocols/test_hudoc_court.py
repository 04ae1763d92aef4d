"""HUDOC: judgments of the Court as results of a search, texts of sections, and whatever else a server may answer."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ParseError
from crawler.model import Capture, Link, Page, Role
from crawler.protocols import hudoc
from crawler.protocols.page_contract import checked
from tests.protocols.test_hudoc import FEED, RESULTS, capture, item, kinds, source
from tests.tiers import examples

TEXT = "https://hudoc.greta.coe.int/app/conversion/docx/html/body?library=GRETA&id=A-REP-1-2026-1-ENG-1"


def results(*columns: dict[str, Any], total: int = 9) -> bytes:
    return json.dumps({"resultcount": total, "results": [{"columns": each} for each in columns]}).encode()


def court(body: bytes, url: str = RESULTS, facts: dict[str, str] | None = None, **options: Any) -> Page:
    made = capture(body, url, media="application/json", facts=facts or {})
    return checked(hudoc.parse(made, source(RESULTS, **options)), url)


CASE = {
    "itemid": "001-1",
    "docname": "CASE OF SAMPLE v. NOWHERE",
    "kpdate": "2026-03-30T00:00:00",
    "languageisocode": "ENG",
}


def test_paging_of_results() -> None:
    (link,) = court(results(CASE, {**CASE, "itemid": "001-2"})).links
    assert link.role == "next" and link.url.endswith("&start=2&length=2")
    assert court(results(CASE), link.url, {"page": "2"}).links[0].url.endswith("&start=3&length=2")
    assert court(results(CASE, total=3), link.url).links == ()
    assert court(results(total=3), link.url).links == ()
    assert kinds(court(results(CASE), pages=1)) == ["gap"]
    far = RESULTS.replace("start=0", "start=9999")
    assert kinds(court(results(CASE, total=20_000), far)) == ["gap"]


def test_results_say_nothing_of_the_text_and_are_asked_for_nothing() -> None:
    page = court(results({**CASE, "article": "4;4-2", "importance": "1", "appno": "1/20"}, total=1))
    assert page.links == () and page.versions == ()
    (document,) = page.documents
    assert (document.id, document.kind) == ("echr:001-1", "case_law")
    assert document.summary == "Application no. 1/20 · Importance 1 · Articles 4; 4-2"
    assert document.url == "https://hudoc.echr.coe.int/eng?i=001-1"


def test_two_languages_with_one_ecli_are_one_judgment_in_any_order() -> None:
    ecli = {"ecli": "ECLI:CE:ECHR:2026:0330JUD000000120"}
    english = {**CASE, **ecli}
    french = {**english, "itemid": "001-2", "docname": "AFFAIRE ÉCHANTILLON", "languageisocode": "FRE"}
    pages = [court(results(*each, total=2)) for each in ([english, french], [french, english])]
    assert pages[0].documents == pages[1].documents
    (document,) = pages[0].documents
    assert document.title == "CASE OF SAMPLE v. NOWHERE" and document.aliases == ("echr:001-1", "echr:001-2")


def test_one_bad_result_does_not_hide_the_others() -> None:
    page = court(results({"docname": "No name"}, CASE, {**CASE, "itemid": 7}, total=3))
    assert len(page.documents) == 1 and page.problems[0].detail.startswith("2, the first: result 1: ")


# Texts


def test_text_of_a_section() -> None:
    facts = {"document": "greta:A-REP-1-2026-1/1", "title": "Sample"}
    link = Link(url=TEXT, role="document", parent="greta:A-REP-1-2026-1", facts=facts)
    made = replace(capture(b"<style>.x{}</style><p>1. Sample.</p>", TEXT, "document", media="text/html"), link=link)
    page = hudoc.parse(made, source())
    assert page.documents[0].parent == "greta:A-REP-1-2026-1"
    assert [section.text for section in page.versions[0].sections] == ["1. Sample."]
    empty = hudoc.parse(replace(made, body=b"<style>.x{}</style>"), source())
    assert empty.versions == () and kinds(empty) == ["no text"]
    with pytest.raises(ParseError, match="application/pdf where a text in HTML is expected"):
        hudoc.parse(replace(made, headers=(("Content-Type", "application/pdf"),)), source())
    with pytest.raises(ParseError, match="does not name its document"):
        hudoc.parse(replace(made, link=Link(url=TEXT, role="document")), source())


# Hostile


def survives(made: Capture) -> None:
    try:
        checked(hudoc.parse(made, source(texts=True, pages=3)), made.url)
    except ParseError as error:
        assert error.url == made.url and error.reason


@examples(150)
@given(
    url=st.sampled_from([FEED, RESULTS, TEXT, "https://hudoc.greta.coe.int/elsewhere"]),
    role=st.sampled_from(["listing", "next", "document", "attachment"]),
    body=st.binary() | st.sampled_from([b"<rss><channel><item>", b"[" * 100_000, b"\xff\xfe<rss/>", b"<!DOCTYPE rss>"]),
)
def test_any_bytes(url: str, role: Role, body: bytes) -> None:
    survives(capture(body, url, role, media="text/html", facts={"document": "greta:x", "title": "Sample"}))


ABOUT = st.sampled_from(["3 - A - B", " -  - ", "x - 1/2", "x - 0 - y"]) | st.text(max_size=20)


@examples(150)
@given(
    fields=st.lists(st.tuples(st.text(max_size=30), st.text(max_size=20), ABOUT, st.text(max_size=30)), max_size=5),
)
def test_any_entries(fields: list[tuple[str, str, str, str]]) -> None:
    body = "".join(item(identifier.replace('"', "'"), title, about, date) for identifier, title, about, date in fields)
    survives(capture(f"<rss><channel>{body}</channel></rss>".encode("utf-8", "surrogatepass")))


VALUES = st.none() | st.integers() | st.text(max_size=20) | st.lists(st.none(), max_size=1) | st.just("\ud800")


@examples(150)
@given(
    columns=st.lists(
        st.dictionaries(st.sampled_from([*CASE, "ecli", "appno", "conclusion", "article"]), VALUES), max_size=4
    ),
    total=VALUES,
)
def test_any_results(columns: list[dict[str, Any]], total: Any) -> None:
    body = json.dumps({"resultcount": total, "results": [{"columns": each} for each in columns]}).encode()
    survives(capture(body, RESULTS, media="application/json"))
