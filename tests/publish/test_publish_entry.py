"""The page of an entry and its plain forms: all that a reader needs to trust it, and nothing that may not be shown."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from sqlite_utils import Database

from crawler.export import export
from crawler.feeds.message import MAILTO
from crawler.publish import SiteAddress
from tests.publish import publish_world as world
from tests.publish.publish_rows import (
    ACT,
    CASE,
    CLOCK,
    GUIDANCE,
    NEWS,
    NOW,
    REMOVED,
    RTL,
    SCRIPT,
    SECRET,
    SHUT_REPORT,
    TAKEN,
    WHERE,
    site,
)

FORMS = ("", ".txt", ".md")
LATER = "2026-11-24T10:30:00Z"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world, with an entry that has everything, one that follows it, and names where nothing of them may show."""
    path = world.build(tmp_path_factory.mktemp("told") / "roundup.db")
    db = Database(path)
    copy = {
        "document": SHUT_REPORT, "title": "Charity copy", "url": "https://ngo.example/9", "publisher": "Sample Charity",
        "relation": "copy", "language": "en",
    }  # fmt: skip
    welsh = {**copy, "document": "none", "title": "Canllawiau", "url": "", "relation": "translation", "language": "cy"}
    removed = {**copy, "document": TAKEN, "title": f"On {REMOVED}", "url": f"https://news.example/{REMOVED}"}
    _set(db, "aa01", why=["“identification” stands in the title."], aimed_at=["police", "ngo_support"],
         look_for=["2 Who acts"], flags=["duty word", "contact", "no such flag"], confirmed=0,
         sure=["The text was read from a web page."], copies=[copy, welsh, removed],
         document_kind="statutory_guidance")  # fmt: skip
    secret = [
        f"“Sample” stands in the title and “{SECRET}” in its text.",
        f"“{SECRET}” stands in its text.",
        "A person decided so.",
    ]
    for name in ("bb01", "bb02", "bb03"):
        _set(db, name, why=secret, sure=secret, look_for=[SECRET], copies=[removed])
    _set(db, "bb02", copies=[{**copy, "title": f"On {REMOVED}", "url": f"https://ngo.example/{REMOVED}"}])
    db.execute("delete from entry_facets where entry = 'aa01'")
    for facet, value in (
        ("topic", "identification_nrm"), ("role", "first_responder"), ("aimed_at", "police"),
        ("aimed_at", "ngo_support"), ("exploitation", "labour"), ("toolkit", "resources"),
        ("jurisdiction", "Wales"), ("jurisdiction", "United Kingdom"),
    ):  # fmt: skip
        db.execute("insert into entry_facets values ('aa01', ?, ?)", [facet, value])
    for name, of, title, seen, announced in (
        ("aa90", "aa01", "Sample guidance: new annex", LATER, LATER),
        ("aa91", "aa01", "Sample guidance: never told", LATER, None),
        ("aa92", "aa01", "Sample guidance: before", "2026-11-02T10:00:00Z", CLOCK),
        ("aa93", "bb02", f"Back again: {REMOVED}", LATER, LATER),
    ):  # fmt: skip
        row = next(db.query("select * from entries where id = ?", [of]))
        db["entries"].insert({**row, "id": name, "title": title, "seen": seen, "announced": announced})
    db.execute("update publishers set licence_url = 'https://licence.example/3' where id = 'home-office'")
    db.conn.commit()
    db.close()
    export(path)
    return path


def _set(db: Database, entry: str, **values: Any) -> None:
    db["entries"].update(entry, {n: json.dumps(v) if isinstance(v, list) else v for n, v in values.items()})


@pytest.fixture
def shown(told: Path) -> Any:
    return site(told, WHERE, now=NOW)


async def get(shown: Any, path: str, status: int = 200) -> Any:
    answer = await shown.client.get(path)
    assert answer.status_code == status, (path, answer.status_code, answer.text[-500:])
    return answer


async def soup(shown: Any, path: str) -> BeautifulSoup:
    return BeautifulSoup((await get(shown, path)).text, "lxml")


def labelled(found: BeautifulSoup) -> dict[str, str]:
    """Return the facts by label; what stands in several elements is joined by a space."""
    return {
        " ".join(dt.text.split()): " ".join(dt.find_next("dd").get_text(" ").split()).replace(" ,", ",")
        for dt in found.select("dl dt")
    }


async def test_an_entry_says_why_for_whom_and_how_sure(shown: Any) -> None:
    found = await soup(shown, "/entry/aa01")
    facts = labelled(found)
    assert facts["Why it is here"] == "“identification” stands in the title."
    assert facts["Service or profession"] == "NGO support, police" and facts["Look for"] == "2 Who acts"
    assert facts["Take note"] == ("A telephone number, an e-mail or postal address or a postcode changed No such flag")
    assert [one.text for one in found.select("section.sec .prov + ul")][:1] == ["Duty word: may → must"]
    assert (
        facts["How sure we are"] == "The text was read from a web page. Nobody has confirmed yet that it is relevant."
    )
    assert facts["Legal weight"] == "Statutory guidance; in which nations: not stated"
    assert facts["Reader"] == "Caseworker or legal adviser, First responder, Police lead"
    assert "Relevance not confirmed" in found.select_one("h1 + p.live").text
    strip = [dt.text for dt in found.select("dl.dates dt")]
    assert strip == ["Published", "Updated", "In force", "Change first seen by us"]
    law = await soup(shown, "/entry/aa02")
    assert [dt.text for dt in law.select("dl.dates dt")] == ["Published", "In force", "Change first seen by us"]
    assert law.select_one("dl.dates + p").text == "Not stated: updated."
    assert not any(char in facts["How sure we are"] for char in "0123456789%")


async def test_what_it_is_found_under_leads_to_entries(shown: Any) -> None:
    found = await soup(shown, "/entry/aa01")
    links = [str(link["href"]) for link in found.select(".glance a, .stack a")]
    for query in ("topic/identification_nrm", "?role=first_responder", "?aimed_at=police", "?exploitation=labour",
                  "?toolkit=resources", "?jurisdiction=United+Kingdom", "?publisher=home-office"):  # fmt: skip
        (link,) = [each for each in links if each.replace("%20", "+").endswith(f"/{query}")]
        page = await get(shown, link)
        assert "/entry/aa01" in page.text, link


async def test_later_entries_are_counted_on_top_and_listed_after_the_words(shown: Any) -> None:
    found = await soup(shown, "/entry/aa01")
    later = found.select_one("section[aria-labelledby=at-later]")
    assert [link["href"] for link in later.select("a")] == ["/entry/aa90"] and "24 November 2026" in later.text
    assert found.select_one("h1 + p.live > a[href='#at-later']").text == "1 later entry"
    assert not (await soup(shown, "/entry/aa90")).select("#at-later")
    text = (await get(shown, "/entry/aa01.txt")).text
    assert "Sample guidance: new annex (24 November 2026) <https://roundup.example.org/entry/aa90>" in text
    assert "never told" not in text and "before" not in text.partition("What happened")[0]
    assert not (await soup(shown, "/entry/bb02")).select("#at-later"), "of what was removed not even that is said"


async def test_copies_are_named_with_publisher_and_language(shown: Any) -> None:
    found = await soup(shown, "/entry/aa01")
    copies = found.select_one("section[aria-labelledby=at-copies]")
    assert [item.text for item in copies.select("li")] == [
        "Charity copy (Sample Charity, English)", "Canllawiau (Sample Charity, translation, Welsh)",
    ]  # fmt: skip
    assert [link["href"] for link in copies.select("a")] == ["https://ngo.example/9"]


async def test_it_can_be_cited_copied_and_sent(shown: Any) -> None:
    found = await soup(shown, "/entry/aa01")
    cited = " ".join(found.select_one(".cite").text.split())
    digest = found.select_one("dl.record code").text
    assert cited == (
        "Sample Home Office, “Sample guidance on identification”, 3.8, updated 23 November 2026,"
        f" https://www.example.org/official; as read on 24 November 2026 at 10:00 UTC, SHA-256 {digest},"
        " and 2 more pages read, https://roundup.example.org/entry/aa01."
    )
    text = await get(shown, "/entry/aa01.txt")
    assert text.headers["content-type"] == "text/plain; charset=utf-8" and cited in text.text
    area = found.select_one("textarea[readonly]")
    assert area.text.lstrip("\n") == text.text and found.select_one(f"label[for={area['id']}]")
    markdown = await get(shown, "/entry/aa01.md")
    assert markdown.headers["content-type"] == "text/markdown; charset=utf-8"
    assert markdown.text.startswith("# Sample guidance: duty to refer\n")
    (sent,) = [str(link["href"]) for link in found.select("a[href^='mailto:']")]
    assert len(sent) <= MAILTO and "This entry: https://roundup.example.org/entry/aa01" in unquote(sent)
    assert "<https://www.gov.uk/guidance/sample#2>" in text.text, "the exact provision"
    assert found.select_one("a[href='https://licence.example/3']").text == "OGL v3.0"
    assert found.select_one(f"a[href='/doc/{GUIDANCE}']")
    for form in ("txt", "md"):
        assert found.select_one(f"head link[rel=alternate][href='/entry/aa01.{form}']")


async def test_other_sites_get_words_and_no_picture(shown: Any, told: Path) -> None:
    found = await soup(shown, "/entry/aa01")
    given = {one["property"]: one["content"] for one in found.select("meta[property^='og:']")}
    assert given == {
        "og:type": "article", "og:site_name": "Counter-trafficking round-up",
        "og:title": "Sample guidance: duty to refer", "og:description": "One section changed.", "og:url": "https://roundup.example.org/entry/aa01",
    }  # fmt: skip
    assert found.select_one("meta[name=description]")["content"] == "One section changed."
    bare = site(told, SiteAddress(public_url="", authority="a.invalid"), now=NOW)
    found = await soup(bare, "/entry/aa01")
    assert not found.select("meta[property='og:url']")
    assert "tag:a.invalid,2026:entry/aa01" in found.select_one(".cite").text


async def test_a_correction_shows_on_top_of_every_form(shown: Any) -> None:
    for form in FORMS:
        text = (await get(shown, f"/entry/aa07{form}")).text
        assert "Corrected: Gone page" in text and "does not hold any more" in text
        assert text.index("does not hold any more") < text.lower().index("first seen by us")
        text = (await get(shown, f"/entry/aa08{form}")).text
        assert "We took this entry back on 24 November 2026" in BeautifulSoup(text, "lxml").text


async def test_weight_goes_by_the_status_of_the_law_and_says_when_it_ends(shown: Any, told: Path) -> None:
    said = "Binding in England and Wales, in force in parts"
    assert labelled(await soup(shown, "/entry/aa02"))["Legal weight"] == said
    db = Database(told)
    db["documents"].update(ACT, {"status": "repealed"})
    db.conn.commit()
    export(told)
    try:
        said = "Was binding in England and Wales: repealed"
        assert labelled(await soup(shown, "/entry/aa02"))["Legal weight"] == said
        assert "Legal weight: Was binding in England and Wales: repealed" in (await get(shown, "/entry/aa02.txt")).text
    finally:
        db["documents"].update(ACT, {"status": "in force"})
        db.conn.commit()
        db.close()
        export(told)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("entry", ["bb01", "bb02", "bb03", "aa93", "aa01"])
async def test_no_form_names_anyone(shown: Any, entry: str, form: str) -> None:
    answer = await get(shown, f"/entry/{entry}{form}")
    for text in (answer.text, unquote(answer.text)):
        assert SECRET not in text and REMOVED not in text
    if entry in ("bb01", "bb03"):
        assert "A person decided so." in answer.text
        assert "As we read it" not in answer.text and "compared with" not in answer.text.partition("record of what")[0]


async def test_nor_do_the_feeds(shown: Any) -> None:
    for form in ("atom", "json"):
        text = (await get(shown, f"/feeds/changes.{form}")).text
        assert SECRET not in text and REMOVED not in text
        assert "A person decided so." in text and "Charity copy" in text


async def test_hostile_titles_stay_words_in_every_form(shown: Any) -> None:
    page = (await get(shown, "/entry/aa03")).text
    assert "<script" not in page and BeautifulSoup(page, "lxml").select_one("textarea").text.lstrip("\n").startswith(
        SCRIPT
    )
    assert (await get(shown, "/entry/aa03.txt")).headers["x-content-type-options"] == "nosniff"
    markdown = (await get(shown, "/entry/aa03.md")).text
    assert "<script" not in markdown and "<b>" not in markdown
    assert RTL in (await get(shown, "/entry/aa04.txt")).text
    assert len((await soup(shown, "/entry/aa05")).select_one("a[href^='mailto:']")["href"]) <= MAILTO
    for form in FORMS:
        assert "javascript:" not in (await get(shown, f"/entry/aa03{form}")).text


@pytest.mark.parametrize("path", ["zz99.txt", "zz99.md", "aa01.pdf", "aa01.txt.md", ".txt", "~00.txt", "aa01.TXT"])
async def test_what_is_not_there_is_not_found(shown: Any, path: str) -> None:
    answer = await get(shown, f"/entry/{path}", 404)
    if path.startswith("zz99"):
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.slow
async def test_every_entry_has_every_form(shown: Any, told: Path) -> None:
    for row in Database(told).query("select id from entries"):
        for form in FORMS:
            assert "\x00" not in (await get(shown, f"/entry/{row['id']}{form}")).text


async def test_where_the_site_is_mounted_below_a_path_links_go_there(told: Path) -> None:
    below = site(told, SiteAddress(public_url="https://example.org/r", authority="a.invalid", base_url="/r/"), now=NOW)
    found = await soup(below, "/r/entry/aa01")
    assert found.select_one("a[href='/r/entry/aa01.txt']") and found.select_one(
        ".glance a[href='/r/topic/identification_nrm']"
    )
    assert "https://example.org/r/entry/aa01" in found.select_one(".cite").text


async def test_private_documents_have_no_copy_of_ours(shown: Any) -> None:
    for entry, document in (("bb01", NEWS), ("bb03", CASE)):
        assert document not in (await get(shown, f"/entry/{entry}.txt")).text


async def test_a_card_has_verb_headline_a_sentence_whom_place_and_day(tmp_path: Path) -> None:
    path = world.build(tmp_path / "roundup.db")
    db = Database(path)
    db.execute(
        "update entries set why = ?, aimed_at = ?, summary = ?, verb = 'Inserted', day = '2026-11-20'"
        " where id = 'aa01'",
        [json.dumps(["Its title has “slavery”."]), json.dumps(["police"]), "By s. 4 of SI No. 2. A second sentence."],
    )
    db.conn.commit()
    db.close()
    export(path)
    found = await soup(site(path, WHERE, now=NOW), "/")
    card = next(one for one in found.select("li.entry") if one.select_one("a[href='/entry/aa01']"))
    assert card.select_one(".tag").text == "Inserted" and card.select_one(".when time")["datetime"] == "2026-11-20"
    assert "By s. 4 of SI No. 2." in card.text and "A second sentence." not in card.text
    assert (
        card.select_one(".meta").text
        == "For caseworker or legal adviser, first responder, police lead · United Kingdom"
    )
    assert "Its title has" not in card.text and "Published" not in card.text
