"""Every word of every entry stands in the source, in its structure, or in a template; and no entry is too long."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from crawler.changes import FLAGS
from crawler.entries import lengths, templates
from crawler.entries.templates import TEMPLATES, Said
from crawler.entries.values import Entry, put
from crawler.store import Store
from tests.entries.kept import GOLDEN, made
from tests.entries.worlds import WORLDS, told

FIXED = {text for each in TEMPLATES.values() for text in re.split(r"\{[^}]*\}", each) if text}
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(T.*)?")
MONTHS = "January February March April May June July August September October November December"
NAMES = (
    f"{MONTHS} every week month year weeks months years days explanatory note text SI SSI WSI SR asp anaw asc c CELEX"
)


def sentences(entry: Entry) -> Iterator[Said]:
    yield entry.title
    yield from (*entry.summary, *entry.why, *entry.look_for, *entry.sure)
    if entry.late is not None:
        yield entry.late


def corpus(store: Store) -> str:
    """Give every text that a publisher wrote, or sources.yaml says, that the database holds."""
    queries = (
        "select title || ' ' || summary || ' ' || url || ' ' || author from documents", "select name from sources",
        "select number || ' ' || heading || ' ' || text from sections", "select title || ' ' || note from versions",
        "select before || ' ' || after || ' ' || note from changes", "select name from publishers",
        "select name from series", "select value ->> 'words' from relevance, json_each(why)",
    )  # fmt: skip
    return "\n".join(str(value) for sql in queries for row in store.all(sql) for value in row.values())


def structure(store: Store) -> set[str]:
    """Give the words of paths, statuses and events, which no publisher wrote as running text."""
    queries = (
        "select distinct path from sections", "select distinct status from sections",
        "select distinct kind from documents",
        "select distinct status from documents",
        "select distinct path from changes", "select distinct before from changes"
        " where kind in ('status', 'date', 'gone')", "select distinct note from changes where kind='gone'",
        "select distinct after from changes where kind in ('status', 'date', 'relocated')",
    )  # fmt: skip
    found = " ".join(str(value) for sql in queries for row in store.all(sql) for value in row.values())
    return set(re.findall(r"\w+", f"{found} {NAMES}".casefold()))


def check(store: Store, entry: Entry) -> None:
    """Hold an entry against what it was made from, at the time it was made."""
    stored = entry.stored()
    assert 0 < lengths.words(str(stored["title"])) <= 12, stored["title"]
    assert lengths.words(str(stored["summary"])) <= 60, stored["summary"]
    text, known = corpus(store), structure(store)
    for said in sentences(entry):
        for piece in said.pieces:
            if piece.origin == "template":
                assert piece.text in FIXED or piece.text[:1].lower() + piece.text[1:] in FIXED, piece
            elif piece.origin == "source":
                for part in piece.text.split(" …"):
                    assert part.strip() in text, f"{part!r} stands nowhere in the source"
            else:
                unknown = set(re.findall(r"[^\W\d]{2,}", piece.text.casefold())) - known
                assert not {word for word in unknown if word not in " ".join(known)}, piece


@pytest.mark.parametrize("name", WORLDS)
def test_every_word_has_its_source(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def checked(store: Store, entry: Entry) -> None:
        check(store, entry)
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
            Said(template="", pieces=(templates.Piece(origin="template", text="Invented"),)),
            templates.say("new", title=templates.structure("7 " * 12)),
        ):
            with pytest.raises(AssertionError):
                check(store, Entry(row=row, title=title, summary=[]))


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


@pytest.mark.parametrize("cut", [lengths.cut, lengths.dated])
def test_hostile_titles_are_cut(cut: Callable[[str, int], str]) -> None:
    for title in ("", " ", "A" * 5000, "a " * 5000, "人身取引" * 200, "— " * 500, "x 2025", "1 " * 40, "\u0301" * 400):
        short = cut(title, 11)
        assert lengths.words(short) <= 11 and len(short) <= 700 if not title.strip("— ") else len(short) <= 130, title


def test_a_summary_of_anything_fits() -> None:
    many = [templates.say("attachment added", title=templates.source("word " * count)) for count in range(1, 60)]
    for count in range(len(many)):
        fitted = lengths.fitted(many[:count])
        assert lengths.words(templates.plain(fitted)) <= 60
        assert count == 0 or str(fitted[-1]) == "More below." or len(fitted) == count
    assert json.dumps([str(said) for said in lengths.fitted(many)])
