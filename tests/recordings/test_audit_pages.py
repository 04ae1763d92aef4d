"""Every entry of a replay of all recordings on pages and guidance, held against what was stored of its document.

What an entry quotes stands in a text that we hold, word for word; labels have their words in the text; a document of
one nation does not apply in several; a publisher is one that the page or its source names; nothing breaks off unmarked.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from crawler.entries.word_limits import words as counted
from crawler.feeds.weight import LAW
from crawler.sources.localities import WIDER
from crawler.sources.vocabulary import PRIVATE
from crawler.text import canonical
from tests.recordings import build, library

pytestmark = pytest.mark.recorded

Row = sqlite3.Row
_QUOTED = re.compile("\u201c([^\u201c\u201d]+)\u201d")
_CUT = re.compile(r"\s*\u2026\s*")
_NATION = re.compile(r"\b(?:England and Wales|England|Wales|Scotland|Northern Ireland)\b")
_WORDS = re.compile(r"of about ([\d,]+) words")
_OPEN = re.compile(r"\([^()\u2026]*$|[,;:]$|\b(?:and|or|of|the|an?|to|for|with|by|from)$")
_LISTED = re.compile(r"(?:Attachments|Attachments added): (.*?)(?: and \d+ more)?\.(?: |$)")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not library.is_there():
        pytest.skip("no recordings beside this checkout (../shared)")
    return build.once(tmp_path_factory) / "data"


@pytest.fixture(scope="module")
def store(data: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{data / 'roundup.db'}?mode=ro", uri=True)) as found:
        found.row_factory = sqlite3.Row
        yield found


@pytest.fixture(scope="module")
def entries(store: sqlite3.Connection) -> Sequence[Row]:
    """Return the entries on documents that are no law, with what is stored of these."""
    kinds = ", ".join(f"'{kind}'" for kind in (*LAW, "bill", "draft_si"))
    return store.execute(
        "select e.*, d.title as of_title, d.summary as of_summary, d.author, d.within, d.id as of"
        f" from entries e join documents d on d.id = e.document where d.kind not in ({kinds}) order by e.id"
    ).fetchall()


def family(store: sqlite3.Connection, entry: Row) -> list[Row]:
    return store.execute("select * from documents where root = ?", [entry["of"]]).fetchall()


def texts(store: sqlite3.Connection, entry: Row) -> Iterator[str]:
    """Yield every text held of the family of an entry: titles, summaries, sections, notes, words that changed."""
    for row in family(store, entry):
        yield from (row["title"], row["summary"], row["within"], row["author"])
        one = [row["id"]]
        yield from (
            text for each in store.execute("select title, note from versions where document = ?", one) for text in each
        )
        for each in store.execute("select heading, text from sections where document = ?", one):
            yield f"{each['heading']} {each['text']}"
            yield each["text"]
        yield from (each["note"] for each in store.execute("select note from document_history where document = ?", one))
        for each in store.execute("select before, after, note from changes where document = ?", one):
            yield from (text or "" for text in each)
    yield from (
        str(row["title"]) for row in store.execute("select title from documents where source = ?", [entry["source"]])
    )


def plain(text: str) -> str:
    """Return a text as quotations are compared with it: marks between cells and lines are none of its words."""
    return " ".join(re.sub(r" \|(?: |$)|[\u201c\u201d\"';,.]", " ", canonical(text)).casefold().split())


def test_what_is_quoted_stands_there_word_for_word(store: sqlite3.Connection, entries: Sequence[Row]) -> None:
    wrong = []
    for entry in entries:
        held = "\n".join(map(plain, texts(store, entry)))
        for quoted in _QUOTED.findall(entry["summary"]):
            pieces = [plain(piece) for piece in _CUT.split(quoted)]
            if not all(piece in held for piece in pieces):
                wrong.append((entry["title"], quoted))
    assert wrong == []


def test_labels_have_their_words_in_the_text(store: sqlite3.Connection, entries: Sequence[Row]) -> None:
    wrong = []
    sql = (
        "select topic as label, why from document_topics where document = ? and band = 'in' union all"
        " select value, why from document_facets where document = ? and facet in ('exploitation', 'role', 'aimed_at')"
    )
    for entry in entries:
        held = "\n".join(map(plain, texts(store, entry)))
        for row in store.execute(sql, [entry["of"], entry["of"]]):
            said = [one for one in json.loads(row["why"]) if one["words"]]
            inside = [
                one
                for one in said
                if one["place"] not in ("source", "kind", "publisher", "identifier", "relation", "series")
            ]
            hidden = entry["document_kind"] in PRIVATE  # of words of its summary nothing is kept
            if not (said or hidden) or not all(plain(one["words"]) in held for one in inside):
                wrong.append((entry["title"], row["label"], row["why"]))
    assert wrong == []


def test_what_names_one_nation_does_not_apply_in_several(entries: Sequence[Row]) -> None:
    wrong = []
    for entry in entries:
        named = set(_NATION.findall(re.sub(r"\([^()]*\) (?:Act|Bill|Order|Regulations)", "", entry["of_title"])))
        if (
            len(named) == 1
            and entry["jurisdiction"] in WIDER - named
            and entry["document_kind"] not in ("news", "debate", "parliament")
        ):
            wrong.append((entry["title"], entry["jurisdiction"], named))
    assert wrong == []


def test_a_publisher_is_one_that_is_named(store: sqlite3.Connection, entries: Sequence[Row]) -> None:
    """A file names it on its first page; of a page of GOV.UK its data state it."""
    wrong = []
    for entry in entries:
        if entry["author"] and entry["of"].startswith("url:") and not entry["url"].startswith("https://www.gov.uk/"):
            held = "\n".join(map(plain, texts(store, entry)))
            wrong += [(entry["title"], name) for name in entry["author"].split("; ") if plain(name) not in held]
    assert wrong == []


def test_length_is_that_of_the_stored_text_and_parts_are_not_counted(
    store: sqlite3.Connection, entries: Sequence[Row]
) -> None:
    wrong = [entry["title"] for entry in entries if re.search(r" in \d+ parts", entry["summary"])]
    for entry in entries:
        if match := _WORDS.search(entry["summary"]):
            said, lengths = int(match[1].replace(",", "")), []
            for version in store.execute("select sections from versions where document = ?", [entry["of"]]):
                rows = store.execute(
                    "select heading, text from sections where id in (select value from json_each(?))",
                    [version["sections"]],
                )
                lengths.append(sum(counted(f"{row['heading']} {row['text']}") for row in rows))
            if not any(abs(length - said) <= 0.06 * length for length in lengths):
                wrong.append((entry["title"], said, lengths))
    assert wrong == []


def test_nothing_breaks_off_without_a_mark(store: sqlite3.Connection, entries: Sequence[Row]) -> None:
    wrong = []
    for entry in entries:
        summary = entry["summary"].strip()
        if _OPEN.search(summary) or _OPEN.search(entry["title"]):
            wrong.append((entry["title"], summary[-80:]))
        if summary[-1:].isalnum():
            held = "\n".join(canonical(text) for text in texts(store, entry))
            if re.search(rf"{re.escape(canonical(summary))} [a-z]", held):
                wrong.append((entry["title"], summary[-80:]))
    assert wrong == []


def test_no_document_is_named_twice(entries: Sequence[Row]) -> None:
    for entry in entries:
        for listed in _LISTED.findall(entry["summary"]):
            named = listed.split(", ")
            assert len(named) == len(set(named)), (entry["title"], listed)


def test_news_is_no_guidance(entries: Sequence[Row]) -> None:
    below = re.compile(r"/(?:news|press-room|press-releases?|speeches)/")
    assert [e["url"] for e in entries if below.search(e["url"]) and e["document_kind"] in ("guidance", "manual")] == []
