"""Every word of every entry stands in the source, in its structure, or in a template; and no entry is too long."""

import json
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from crawler.changes import FLAGS
from crawler.entries import templates, word_limits
from crawler.entries.templates import Sentence
from crawler.entries.titles import short
from crawler.entries.values import Entry, put
from crawler.store import Store
from tests.entries.kept import GOLDEN, made
from tests.entries.traced import DATE, StoredFacts, check
from tests.entries.worlds import WORLDS, told


@pytest.mark.parametrize("name", WORLDS)
def test_every_word_has_its_source(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def checked(store: Store, entry: Entry) -> None:
        check(StoredFacts.of(store), entry)
        seen.append(entry)
        put(store, entry)

    monkeypatch.setattr(import_module("crawler.entries.derive"), "put", checked)
    WORLDS[name](tmp_path)
    stored = told(tmp_path)
    assert len(seen) == len(stored) > 2
    assert {row["title"] for row in stored} == {str(entry.title) for entry in seen}


def test_a_word_without_a_source_is_found() -> None:
    """The check can fail: a word from nowhere, a template that is none, a headline too long."""
    with Store.open(":memory:") as store:
        row = {"id": "a", "crawl": "c", "kind": "new", "document_kind": "guidance", "seen": "2026-03-02T06:00:00Z"}
        for title in (
            templates.say("new", title=templates.source("Invented")),
            templates.say("new", title=templates.structure("Invented")),
            Sentence(template="", pieces=(templates.Piece(origin="template", text="Invented"),)),
            templates.say("new", title=templates.structure("7 " * 20)),
        ):
            with pytest.raises(AssertionError):
                check(StoredFacts.of(store), Entry(row=row, title=title, summary=[]))


@pytest.mark.parametrize("name", WORLDS)
def test_the_entries_are_those_of_the_golden_file(tmp_path: Path, name: str) -> None:
    found = made(name, tmp_path)
    assert found == (GOLDEN / f"{name}.json").read_text("utf-8"), "python -m tests.entries.golden; git diff"


@pytest.mark.parametrize("name", WORLDS)
def test_dates_links_and_closed_lists(tmp_path: Path, name: str) -> None:
    WORLDS[name](tmp_path)
    flags = {flag for flag, _ in FLAGS} | {"reverted"}
    for row in told(tmp_path):
        assert row["url"] == "" or row["url"].startswith(("https://", "http://"))
        assert set(row["flags"]) <= flags
        for column in ("published", "updated_by_publisher", "occurred", "seen"):
            assert row[column] is None or DATE.fullmatch(row[column]), (column, row[column])
        said = " ".join([row["title"], row["summary"], row["late"], *row["why"], *row["sure"], *row["look_for"]])
        assert not re.search(r"\b\d{4}-\d{2}-\d{2}\b", said), "a date inside a sentence is written in words"
        if row["document"]:
            assert len(row["why"]) in (1, 2, 3) and row["sure"] and row["capture_digest"]
            assert [row["document"], ""] in row["entry_sections"]
            assert any(facet == "jurisdiction" for facet, _ in row["entry_facets"])


@pytest.mark.parametrize("cut", [word_limits.cut, lambda title, room: str(short(title, room))])
def test_hostile_titles_are_cut(cut: Callable[[str, int], str]) -> None:
    for title in ("", " ", "A" * 5000, "a " * 5000, "人身取引" * 200, "— " * 500, "x 2025", "1 " * 40, "\u0301" * 400):
        short = cut(title, 11)
        assert word_limits.words(short) <= 11 and len(short) <= 700 if not title.strip("— ") else len(short) <= 230, (
            title
        )


def test_a_summary_of_anything_fits() -> None:
    many = [templates.say("attachment added", title=templates.source("word " * count)) for count in range(1, 60)]
    for count in range(len(many)):
        fitted = word_limits.fit_sentences(many[:count])
        assert word_limits.words(templates.plain(fitted)) <= 60
        assert count == 0 or fitted[-1].template == "more changes" or len(fitted) == count
    assert json.dumps([str(said) for said in word_limits.fit_sentences(many)])
