"""Search: whatever people type is words, and finds what they mean."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlite_utils import Database

from crawler.export import export
from crawler.publish import matching, site
from crawler.publish.paths import encode
from crawler.publish.questions import read
from tests.publish.publish_rows import ACT, CONVENTION, GUIDANCE, NOW, WHERE, copied
from tests.tiers import examples

NEW_PART = "New part"
BITS = (
    "section", "s", "ss.", "s54", "54(2)", "(", ")", "8", "1-99999", "to", "and", "schedule", "para", "annex", "E",
    "2024/1712", "2015", "c.", "30", '"', "“", "'", "ECAT", "NEAR", "OR", "*", "^", "§", "٣", "3.4.5.6", "32011L0036",
    "IV", "https://www.legislation.gov.uk/ukpga/2015/30", "http://[", "celex:", "x" * 60,
)  # fmt: skip


async def hits(shown: Any, words: str) -> list[str]:
    answer = await shown.client.get("/search", params={"q": words})
    assert answer.status_code == 200, words
    return [link.text.strip() for link in BeautifulSoup(answer.text, "lxml").select(".entry h3 a")]


@pytest.mark.parametrize(
    "words",
    [
        "anti-slavery",
        "2024/1712",
        "section 54(2)",
        "l'esclavage",
        '"anti-slavery work"',
        "ESCLAVAGE",
        "  anti-slavery  ",
    ],
)
async def test_sections_are_found_as_people_write(shown: Any, words: str) -> None:
    assert any(NEW_PART in one for one in await hits(shown, words))


async def places(shown: Any, words: str) -> list[tuple[str, str]]:
    """Give the provisions found, as title and address."""
    answer = await shown.client.get("/search", params={"q": words})
    assert answer.status_code == 200, words
    found = BeautifulSoup(answer.text, "lxml").select("#at-provisions ~ ol .entry h3 a")
    return [(link.text, str(link["href"])) for link in found]


SECTION_45 = (ACT, "section-45", "Section 45: Defence")
ARTICLE_26 = (CONVENTION, "article-26", "Article 26: Non-punishment")
PARAGRAPH = (ACT, "schedule-2-paragraph-3", "Schedule 2 paragraph 3")
MANUAL = f"{GUIDANCE}/manual"


@pytest.mark.slow
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
    found = await places(shown, words)
    assert found and found[0] == (title, f"/doc/{encode(document)}?provision={path}#{path}")
    page = BeautifulSoup((await shown.client.get(found[0][1].partition("#")[0])).text, "lxml")
    assert page.find(id=path), "the address must lead to the provision, on whichever page of the text it is"
    assert "This text has no" not in page.text


async def test_a_number_alone_names_its_document(shown: Any) -> None:
    for words in ("2001 c. 9001", "section 45 2001 c. 9001", "2001/9001"):
        found = [title for title in await hits(shown, words) if not title.startswith(("Section", "Schedule"))]
        assert found == ["Sample Exploitation Act 2001"], words


async def test_a_bare_provision_is_found_in_every_document(shown: Any) -> None:
    assert {href.partition("?")[0] for _, href in await places(shown, "section 45")} == {
        f"/doc/{ACT}", "/doc/asp/2002/9003",
    }  # fmt: skip
    titles = [title for title, _ in await places(shown, "sections 1, 2 to 4")]
    assert titles == [f"Section {n}: Offence {n}" for n in (1, 2, 3, 4)]
    assert await places(shown, "section 8 of the grants act") == []
    assert await places(shown, '"section 45" exploitation') == [], "what stands in quotation marks is words"


async def test_what_was_understood_is_told(shown: Any) -> None:
    async def told(words: str) -> str:
        answer = await shown.client.get("/search", params={"q": words})
        return " ".join(BeautifulSoup(answer.text, "lxml").main.text.split())

    assert "Understood as section 45, with the words “exploitation”." in await told("section 45 of exploitation")
    nothing = await told("section 999(1) zzzz")
    assert "Nothing was found" in nothing and "Understood as section 999(1), with the words “zzzz”" in nothing
    nothing = await told("identification zzzz")
    assert "Looked for all of these together: “identification”, “zzzz”. By itself nowhere: “zzzz”." in nothing
    assert "Type at least one word" in await told('"')
    assert "No document has all of these words" in await told("section 45 exploitation act 2099")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("identifying", "Sample guidance on identification"),
        (GUIDANCE, "Sample guidance on identification"),
        ("https://www.example.org/old-address", "Sample guidance on identification"),
        ("ukpga/2001/9001", "Sample Exploitation Act 2001"),
        ("2001/90", "Sample Exploitation Act 2001"),
        ("ploitation Act", "Sample Exploitation Act 2001"),
        ("2001 c. 9001", "Sample Exploitation Act 2001"),
        ("2001 chapter 9001", "Sample Exploitation Act 2001"),
        ("2001/9001", "Sample Exploitation Act 2001"),
        ("https://www.legislation.gov.uk/ukpga/2001/9001/section/45", "Sample Exploitation Act 2001"),
        ("2002 asp 9003", "Sample Grants (Scotland) Act 2002"),
        ("ECAT", "Sample Convention on Action against Trafficking in Human Beings"),
    ],
)
async def test_documents_are_found_by_word_part_and_identifier(shown: Any, words: str, title: str) -> None:
    assert (await hits(shown, words))[0] == title


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
    ],
)
async def test_nothing_typed_is_syntax(shown: Any, words: str) -> None:
    await hits(shown, words)


async def test_old_texts_are_not_searched_and_words_are_marked(shown: Any) -> None:
    assert await hits(shown, "goes away") == []
    answer = await shown.client.get("/search", params={"q": "esclavage"})
    assert "<mark>esclavage</mark>" in answer.text


@examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30) | st.lists(st.sampled_from(BITS), max_size=6).map(" ".join))
def test_any_text_is_a_sound_question(database: Path, words: str) -> None:
    question = read(words)
    expressions = [matching.everything(question), matching.words(question.terms)]
    expressions += [
        expression(cited) for cited in question.provisions for expression in (matching.places, matching.numbers)
    ]
    for expression in filter(None, expressions):
        list(Database(database).query("select rowid from sections_fts where sections_fts match ?", [expression]))
    if parts := matching.fragments(question.literal):
        sql = "select rowid from document_search_trigram where document_search_trigram match ?"
        list(Database(database).query(sql, [parts]))


async def test_a_snapshot_finds_the_same(shown: Any, database: Path, tmp_path: Path) -> None:
    live = tmp_path / "live.db"
    shutil.copy(database, live)
    Database(live).execute("vacuum into ?", [str(tmp_path / "roundup.db")])
    export(tmp_path / "roundup.db")
    copy = site(tmp_path / "roundup.db", WHERE, now=NOW)
    for words in ("sample", "esclavage", "2001/90", "nothing at all"):
        assert await hits(copy, words) == await hits(shown, words)
    rows = await shown.client.get("/roundup/sections.json?_search=esclavage&_shape=array")
    assert [row["path"] for row in rows.json()] == ["4"], "the table page must search, not list every row"


async def test_what_is_out_or_not_decided_is_marked_and_can_be_left_out(database: Path, tmp_path: Path) -> None:
    """In every part of the results: provisions, documents, words of texts."""
    judged = tmp_path / "roundup.db"
    shutil.copy(database, judged)
    row = {"score": 0.0, "decided_by": "words", "why": "[]", "since": "2026-03-02T06:00:00Z", "rules": "1"}
    for document, band in ((ACT, "out"), (CONVENTION, "review")):
        Database(judged)["relevance"].upsert({"document": document, "band": band, **row}, pk="document")
    export(judged)
    here = site(judged, WHERE, now=NOW)

    async def told(words: str, **more: str) -> list[tuple[str, str]]:
        answer = await here.client.get("/search", params={"q": words, **more})
        assert answer.status_code == 200
        found = BeautifulSoup(answer.text, "lxml").select(".entry h3")
        return [(" ".join(one.a.text.split()), " ".join(tag.text for tag in one.select(".tag"))) for one in found]

    out, waiting = "Not in the round-up", "Not decided whether it belongs here"
    everything = await told("section 45")
    assert (SECTION_45[2], out) in everything and ("Section 45: Grants", "") in everything
    assert (ARTICLE_26[2], waiting) in await told("article 26 ECAT")
    assert ("Sample Exploitation Act 2001", out) in await told("exploitation act")
    assert {tag for _, tag in await told("exploitation")} >= {out}
    for words in (
        "section 45",
        "article 26 ECAT",
        "exploitation act",
        "exploitation",
        "2001 c. 9001",
        "ploitation Act",
    ):
        assert {tag for _, tag in await told(words, only="in")} <= {""}, words
    assert ("Section 45: Grants", "") in await told("section 45", only="in")
    assert ("Sample Exploitation Act 2001", "") not in await told("2001 c. 9001", only="in")
    page = (await here.client.get("/search", params={"q": "exploitation act"})).text
    assert "marked as not in the round-up" in page and "/search?q=exploitation%20act&amp;only=in" in page
    left = BeautifulSoup((await here.client.get("/search?q=exploitation+act&only=in")).text, "lxml")
    assert left.select_one("#at-only").has_attr("checked") and "Look through everything" in left.text
    assert (await here.client.get("/search?q=act&only=weather")).status_code == 404


async def test_what_is_not_in_force_or_was_withdrawn_says_so(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "roundup.db"
    with copied(database, path) as world:
        world.db.execute("update sections set status = 'prospective' where document = ? and path = 'section-45'", [ACT])
        world.db.execute("update documents set status = 'repealed' where id = ?", [ACT])
        world.db.execute("update documents set availability = 'withdrawn' where id = ?", [GUIDANCE])
    shown = site(path, WHERE, now=NOW)

    async def told(words: str, heading: str) -> list[str]:
        found = BeautifulSoup((await shown.client.get("/search", params={"q": words})).text, "lxml")
        entry = next(one for one in found.select(".entry") if one.h3.text.strip().startswith(heading))
        return [one.text for one in entry.select(".tag, .meta li")][-4:]

    act = "Sample Exploitation Act 2001"
    assert await told("section 45 exploitation act", "Section 45") == ["Prospective", act, "Act", "Repealed"]
    assert (await told("compelled", "Section 45"))[-3:] == ["Prospective", act, "Repealed"]
    assert "Repealed" in await told("Exploitation Act 2001", act)
    assert (await told("anti-slavery", f"4 {NEW_PART}"))[-1] == "Withdrawn"
