"""Search: whatever people type is words, and finds what they mean."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publish_rows import GUIDANCE, NOW, WHERE
from sqlite_utils import Database

from crawler.publish import site
from crawler.publish.searching import matching

NEW_PART = "New part"


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


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("identifying", "Sample guidance on identification"),
        (GUIDANCE, "Sample guidance on identification"),
        ("https://www.example.org/old-address", "Sample guidance on identification"),
        ("ukpga/2001/9001", "Sample Exploitation Act 2001"),
        ("2001/90", "Sample Exploitation Act 2001"),
        ("ploitation Act", "Sample Exploitation Act 2001"),
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
    ],
)
async def test_nothing_typed_is_syntax(shown: Any, words: str) -> None:
    await hits(shown, words)


async def test_old_texts_are_not_searched_and_words_are_marked(shown: Any) -> None:
    assert await hits(shown, "goes away") == []
    answer = await shown.client.get("/search", params={"q": "esclavage"})
    assert "<mark>esclavage</mark>" in answer.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.text(max_size=30))
def test_any_text_is_a_sound_question(database: Path, words: str) -> None:
    question = matching(words)
    if question:
        list(Database(database).query("select rowid from sections_fts where sections_fts match ?", [question]))


async def test_a_snapshot_finds_the_same(shown: Any, database: Path, tmp_path: Path) -> None:
    live = tmp_path / "live.db"
    shutil.copy(database, live)
    Database(live).execute("vacuum into ?", [str(tmp_path / "roundup.db")])
    copy = site(tmp_path / "roundup.db", WHERE, now=NOW)
    for words in ("sample", "esclavage", "2001/90", "nothing at all"):
        assert await hits(copy, words) == await hits(shown, words)
    rows = await shown.client.get("/roundup/sections.json?_search=esclavage&_shape=array")
    assert [row["path"] for row in rows.json()] == ["4"], "the table page must search, not list every row"
