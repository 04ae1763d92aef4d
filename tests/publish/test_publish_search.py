"""The page of search: whatever people type is words, finds what they mean, and is told how it was read."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from crawler.publish.paths import encode
from tests.publish.publish_rows import ACT, CONVENTION, GUIDANCE, NOW, WHERE, copied, site

NEW_PART = "New part"
TITLE = "Sample Exploitation Act 2001"


async def results(shown: Any, words: str, **more: str) -> list[Tag]:
    """Return the results of a question, the best first; those that are only near are none."""
    answer = await shown.client.get("/search", params={"q": words, **more})
    assert answer.status_code == 200, words
    return list(BeautifulSoup(answer.text, "lxml").select("main section.answer, main article.result"))


async def hits(shown: Any, words: str, **more: str) -> list[str]:
    return [result.h3.a.text.strip() for result in await results(shown, words, **more)]


@pytest.mark.parametrize(
    "words",
    [
        "anti-slavery",
        "2024/1712",
        "section 54(2) esclavage",
        "l'esclavage",
        '"anti-slavery work"',
        "ESCLAVAGE",
        "  anti-slavery  ",
    ],
)
async def test_sections_are_found_as_people_write(shown: Any, words: str) -> None:
    assert any(NEW_PART in title for title in await hits(shown, words))


SECTION_45 = (ACT, "section-45", "Section 45: Defence")
ARTICLE_26 = (CONVENTION, "article-26", "Article 26: Non-punishment")
PARAGRAPH = (ACT, "schedule-2-paragraph-3", "Schedule 2 paragraph 3")
MANUAL = f"{GUIDANCE}/manual"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("section 45 sample exploitation act", SECTION_45),
        ("Section 45 of the Sample Exploitation Act 2001", SECTION_45),
        ("s 45 exploitation", SECTION_45),
        ("s.45, exploitation act", SECTION_45),
        ("s45 exploitation", SECTION_45),
        ("exploitation act ss 45 and 46", SECTION_45),
        ("section 45 defence", SECTION_45),
        ("section 45 2001 c. 9001", SECTION_45),
        ("section 45 ukpga/2001/9001", SECTION_45),
        ("section 45 exploitation act 2099", SECTION_45),
        ("SECTION 45(1)(a) exploitation", (ACT, "section-45-1-a", "Section 45(1)(a): Defence")),
        ("section 45(9) exploitation", SECTION_45),
        ("s.54(1)", (ACT, "section-54-1", "Section 54(1): Offence 54")),
        ("s54", (ACT, "section-54", "Section 54: Offence 54")),
        ("section 319", (ACT, "section-319", "Section 319: Offence 319")),
        ("article 26 ECAT", ARTICLE_26),
        ("Art. 26 ECAT", ARTICLE_26),
        ("schedule 2 paragraph 3", PARAGRAPH),
        ("para 3 of sch. 2", PARAGRAPH),
        ("paragraph 14.5", (MANUAL, "reconsideration", "14.5 Reconsideration")),
        ("annex e", (MANUAL, "annex-e-forms", "Annex E Forms")),
    ],
)
async def test_the_provision_asked_for_comes_first(shown: Any, words: str, first: tuple[str, str, str]) -> None:
    document, path, title = first
    link = (await results(shown, words))[0].h3.a
    assert link.text.strip().startswith(f"{title}, ")
    assert link["href"] == f"/doc/{encode(document)}?provision={path}#{path}"


async def test_a_number_alone_names_its_document(shown: Any) -> None:
    for words in ("2001 c. 9001", "2001/9001", "ukpga/2001/9001", "https://www.legislation.gov.uk/ukpga/2001/9001"):
        assert (await hits(shown, words))[0] == TITLE, words


async def test_a_bare_provision_is_found_in_every_document(shown: Any) -> None:
    pages = {result.h3.a["href"].partition("?")[0] for result in await results(shown, "section 45")}
    assert {f"/doc/{ACT}", "/doc/asp/2002/9003"} <= pages
    first = (await results(shown, "sections 1, 2 to 4"))[0]
    assert first.h3.a.text.startswith("Section 1: Offence 1, ") and "Also in it: Section 2" in first.text


async def test_how_it_was_read_is_told(shown: Any) -> None:
    async def told(words: str) -> str:
        answer = await shown.client.get("/search", params={"q": words})
        return " ".join(BeautifulSoup(answer.text, "lxml").main.text.split())

    assert "read as section 45, asked for its start" in await told("when did section 45 exploitation act start")
    assert "exploitaton read as exploitation" in await told("exploitaton act")
    assert "no text here has zebra" in await told("zebra exploitation act")
    assert "There is no day 31 June 2021." in await told("section 45 exploitation act 31 June 2021")
    assert "There is no day" not in await told("section 45 exploitation act 30 June 2021")
    assert "One topic on a page: Identification and referral (NRM)." in await told("NRM")
    nothing = await told("zzzz qqqq")
    assert "Nothing here answers zzzz qqqq. No text here has zzzz, qqqq." in nothing
    assert "Who might have it" in nothing and "Legislation of the United Kingdom" in nothing
    assert "must" not in nothing, "no rule of the machine on the page"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("identifying", "Sample guidance on identification"),
        (GUIDANCE, "Sample guidance on identification"),
        ("https://www.example.org/old-address", "Sample guidance on identification"),
        ("exploitation Act", TITLE),
        ("2001 chapter 9001", TITLE),
        ("https://www.legislation.gov.uk/ukpga/2001/9001/section/45", TITLE),
        ("2002 asp 9003", "Sample Grants (Scotland) Act 2002"),
        ("ECAT", "Sample Convention on Action against Trafficking in Human Beings"),
    ],
)
async def test_documents_are_found_by_word_and_identifier(shown: Any, words: str, title: str) -> None:
    assert title in (await hits(shown, words))[0]


@pytest.mark.parametrize(
    "words",
    [
        "AND",
        "OR NOT",
        '"',
        '""',
        "*",
        "a*",
        "(",
        "NEAR(",
        "title:x",
        "-",
        "^",
        "\x00",
        "'; drop table x",
        "{",
        "é" * 300,
        "“",
        "\u2018",
        "section",
        "section (",
        "s 99999999999999999999",
        "sections 1 to 9999",
        "2024/99999",
        "http://[::1",
        "the of and",
        "x",
        "قانون مكافحة الاتجار بالبشر",
        "\u202eact\u202c",
        "🙂 🙂",
        "act " * 2_500,
        "\U0001d54aection \uff14\uff15",
        "\ud800",
    ],
)
async def test_nothing_typed_is_syntax(shown: Any, words: str) -> None:
    for path in ("/search", "/search.json"):
        answer = await shown.client.get(path, params={"q": words.encode("utf-8", "surrogatepass")})
        assert answer.status_code in ((200,) if path == "/search" else (200, 404)), words


async def test_old_texts_are_not_searched_and_words_are_marked(shown: Any) -> None:
    assert await hits(shown, "goes away") == []
    answer = await shown.client.get("/search", params={"q": "esclavage"})
    assert "<mark>esclavage</mark>" in answer.text


async def test_as_json_it_says_the_same(shown: Any) -> None:
    answer = await shown.client.get("/search.json", params={"q": "section 45 exploitation act"})
    assert answer.headers["access-control-allow-origin"] == "*"
    found = answer.json()
    assert found["read_as"]["provisions"] == ["section 45"] and found["next"] is None
    first = found["results"][0]
    assert (first["id"], first["provision"]["path"]) == (ACT, "section-45")
    assert (await shown.client.get(f"/{first['page'].partition('#')[0]}")).status_code == 200
    assert (await shown.client.get("/search.json")).status_code == 404


async def test_it_is_narrowed_with_counts(shown: Any) -> None:
    everything = (await shown.client.get("/search.json", params={"q": "sample"})).json()
    assert everything["counts"]["kind"], everything
    for kind, number in everything["counts"]["kind"].items():
        narrowed = (await shown.client.get("/search.json", params={"q": "sample", "kind": kind})).json()
        assert {result["kind"] for result in narrowed["results"]} == {kind}
        assert narrowed["total"] >= number, "a filter reduces what is looked through before what is shown"
    for facet in ("period", "state", "only"):
        assert (await shown.client.get("/search", params={"q": "act", facet: "weather"})).status_code == 404
    page = BeautifulSoup((await shown.client.get("/search?q=sample&kind=report")).text, "lxml")
    assert page.select_one(".side b").text == "Report" and page.select_one('input[name="kind"]')["value"] == "report"


async def test_what_is_out_or_not_decided_is_marked_and_can_be_left_out(database: Path, tmp_path: Path) -> None:
    judged = tmp_path / "roundup.db"
    row = {"score": 0.0, "decided_by": "words", "why": "[]", "since": "2026-03-02T06:00:00Z", "rules": "1"}
    with copied(database, judged) as world:
        for document, band in ((ACT, "out"), (CONVENTION, "review")):
            world.db["relevance"].upsert({"document": document, "band": band, **row}, pk="document")
    here = site(judged, WHERE, now=NOW)

    async def tags(words: str, **more: str) -> dict[str, str]:
        found = await results(here, words, **more)
        return {
            one.h3.a["href"].partition("?")[0]: " ".join(tag.text for tag in one.select("h3 .tag")) for one in found
        }

    assert (await tags("section 45"))[f"/doc/{ACT}"] == "Not in the round-up"
    undecided = await tags("article 26 ECAT")
    assert undecided[f"/doc/{encode(CONVENTION)}"] == "Not decided whether it belongs here"
    for words in ("section 45", "article 26 ECAT", "exploitation act", "2001 c. 9001"):
        assert set((await tags(words, only="in")).values()) <= {""}, words
    assert "/doc/asp/2002/9003" in await tags("section 45", only="in")
    left = BeautifulSoup((await here.client.get("/search?q=exploitation+act&only=in")).text, "lxml")
    assert left.select_one(".side b").text == "Only what is in the round-up"
    assert left.select_one("form.find input")["value"] == "exploitation act"


async def test_what_is_not_in_force_or_was_withdrawn_says_so(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        world.db.execute("update sections set status = 'prospective' where document = ? and path = 'section-45'", [ACT])
        world.db.execute("update documents set status = 'repealed' where id = ?", [ACT])
        world.db.execute("update documents set availability = 'withdrawn' where id = ?", [GUIDANCE])
    shown = site(path, WHERE, now=NOW)

    async def told(words: str) -> str:
        return " ".join((await results(shown, words))[0].text.split())

    assert (await told("section 45 exploitation act")).startswith("Answer Not in force. No day appointed. Section 45")
    assert "Repealed" in await told("Exploitation Act 2001")
    assert "Withdrawn" in await told("anti-slavery work")


@pytest.mark.parametrize("path", ["/search", "/search.json", "/search.atom", "/search.feed.json"])
async def test_what_is_no_filter_or_no_value_of_one_is_named(shown: Any, path: str) -> None:
    """A feed that stays silent for ever by a slip of the pen would be taken for quiet news."""
    for filter, named in (("kidn=act", "kidn"), ("kind=zzz", "zzz"), ("topic=zzz", "zzz"), ("publisher=zzz", "zzz"),
                          ("jurisdiction=Atlantis", "Atlantis"), ("state=zzz", "zzz"), ("only=zzz", "zzz"),
                          ("kind=act&kind=report", "kind")):  # fmt: skip
        answer = await shown.client.get(f"{path}?q=slavery&{filter}")
        assert answer.status_code == 404 and named in answer.text, filter
    for filter in ("kind=act", "kind=", "jurisdiction=EU", "period=year", "page=2"):
        assert (await shown.client.get(f"{path}?q=slavery&{filter}")).status_code == 200, filter


async def test_a_feed_without_filters_takes_none(shown: Any) -> None:
    assert (await shown.client.get("/feeds/review.atom")).status_code == 200
    assert (await shown.client.get("/feeds/review.atom?topic=children")).status_code == 404


async def test_a_saved_search_is_a_feed_of_what_is_new_or_changed(shown: Any) -> None:
    feed = (await shown.client.get("/search.feed.json", params={"q": "sample guidance identification"})).json()
    assert feed["title"].endswith("“sample guidance identification”")
    assert feed["feed_url"] == f"{WHERE.public_url}/search.feed.json?q=sample+guidance+identification"
    every = {item["id"] for item in (await shown.client.get("/feeds/changes.json")).json()["items"]}
    about = {item["_roundup"]["document"] for item in feed["items"]}
    assert GUIDANCE in about and {item["id"] for item in feed["items"]} <= every, "ids are those of all feeds"
    modified = [item["date_modified"] for item in feed["items"]]
    assert modified == sorted(modified, reverse=True)
    atom = await shown.client.get("/search.atom", params={"q": "sample guidance identification"})
    assert all(item["id"] in atom.text for item in feed["items"]) and "etag" in atom.headers
    nothing = (await shown.client.get("/search.feed.json", params={"q": "zzzz"})).json()
    assert nothing["items"] == [] and (await shown.client.get("/search.atom")).status_code == 404


async def test_a_saved_provision_tells_of_it_alone(shown: Any) -> None:
    feed = (await shown.client.get("/search.feed.json", params={"q": "section 45 exploitation act"})).json()
    assert feed["items"] and {item["_roundup"]["document"] for item in feed["items"]} == {ACT}
    other = (await shown.client.get("/search.feed.json", params={"q": "section 319 exploitation act"})).json()
    assert other["items"] == []
