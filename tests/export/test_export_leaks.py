"""The one law of the public file: no run of 40 bytes of a hidden text, no name of what was removed, in its bytes."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.export.registry import WITHHELD, readable
from crawler.public.database import FILE
from tests.export.leaks import leaks
from tests.publish import publish_rows as rows
from tests.publish.publish_rows import World, copied
from tests.recordings import build, library

GONE = f"https://news.example/{rows.REMOVED}"
"""The address of the release that its publisher took down: no alias of it says so."""
PRIVATE_PAGE = "https://news.example/two-charged"
PART = f"{rows.GUIDANCE}/case-notes"


@pytest.fixture(scope="module")
def mentions(people: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world with all that mentions people elsewhere than in their own documents: its private database."""
    private = tmp_path_factory.mktemp("mentions") / "roundup.db"
    with copied(people, private) as world:
        _captures(world)
        _names(world)
        _issues(world)
        _words(world)
    return private


def _captures(world: World) -> None:
    """Captures at its address: behind an entry whose document was redacted, and of a page that others have too."""
    fetch = {"crawl": "c3", "time": rows.CLOCK, "source": "news", "digest": "d", "url": GONE}
    for number in (90, 91):
        world.add("fetches", id=number, exchange=f"x{number}", **fetch)
    world.entry("cc01", None, rows.REMOVED, document_kind="news", source="news", fetch=90)
    world.version("m2", f"{rows.GUIDANCE}/manual", [("1", "1", "", "A manual.")], captured=rows.CLOCK, fetch=91)
    world.version("t2", rows.TAKEN, [("body", "", "", rows.SECRET)], captured=rows.CLOCK, fetch=91)


def _names(world: World) -> None:
    """Its id and its address, where others refer to it."""
    world.add("collections", id="c", name="A collection", about="", position=0)
    for position, name in enumerate((GONE, f"url:{GONE}", rows.TAKEN)):
        world.add("relations", document=rows.GUIDANCE, relation="cites", target=name)
        world.add("citations", document=rows.GUIDANCE, path="1", cited=name, provision="")
        world.add("collection_members", collection="c", kind="document", member=name, position=position)
    copy = {"title": rows.REMOVED, "url": GONE, "publisher": "", "relation": "copy", "language": "en"}
    world.entry("cc02", rows.GUIDANCE, "Guidance", copies=json.dumps([{"document": rows.TAKEN, **copy}]))
    world.add("entry_sections", entry="cc02", document=rows.TAKEN, path=rows.REMOVED)
    world.add("duplicates", document=rows.TAKEN, original=rows.GUIDANCE, relation="copy", found_by="text",
              detail=rows.REMOVED, seen=rows.CLOCK)  # fmt: skip
    world.add("series", id="s", name="A series", publisher="home-office", title="x", newest=rows.TAKEN)
    world.add("series_editions", series="s", document=rows.GUIDANCE, follows=rows.TAKEN)


def _issues(world: World) -> None:
    """What a parser repeats of a page about people, and where an address leads."""
    issue = {"since": rows.CLOCK, "severity": "note"}
    world.add("aliases", alias=f"url:{PRIVATE_PAGE}", document=rows.NEWS)
    world.add("issues", id="l1", source="news", kind="parse", detail=f"no date: {rows.SECRET}", **issue)
    world.add("issues", id="l2", source="guidance", kind="parse", detail=rows.SECRET, subject=PRIVATE_PAGE, **issue)
    world.add("issues", id="l3", source="guidance", kind="redirect", detail=f"it leads to {GONE}", **issue)
    world.add("issues", id="l4", source="guidance", kind="status", detail="404", subject=GONE, **issue)


def _words(world: World) -> None:
    """A part of guidance that names people, with all that is stated of it, and the reasons that quote it."""
    world.document(PART, "Case notes", parent=rows.GUIDANCE, kind="case_law", extent="", summary=rows.SECRET)
    world.version("p1", PART, [("1", "1", rows.SECRET, rows.SECRET)], captured=rows.CLOCK, note=rows.SECRET)
    section = world.db.execute("select id from sections where document = ?", [PART]).fetchone()[0]
    world.add("lessons", document=PART, path="1", begins=0, kind="finding", addressee=rows.SECRET, section=section)
    world.add("toolkit_facts", document=PART, part="resources", field="member", value="1", words=rows.SECRET)
    world.add("citations", document=PART, path="1", cited=f"title:{rows.SECRET}", provision="")
    world.add("dates", document=PART, event="made", provision="", date="2026-01-01", qualification=rows.SECRET)
    why = json.dumps([{"place": f"{PART} 1", "start": 0, "end": 1, "words": rows.SECRET, "weight": 1, "rule": "r"}])
    for document in (PART, rows.GUIDANCE):
        world.add("document_facets", document=document, facet="role", value="lawyer", why=why)
    detail = rows.told("changed", PART, "1", rows.SECRET, f"+{rows.SECRET}")
    told = {"summary": rows.SECRET, "note": rows.SECRET, "look_for": json.dumps([rows.SECRET])}
    world.entry("cc03", rows.GUIDANCE, "Guidance", detail, why=json.dumps([f"It has “{rows.SECRET}”."]), **told)


def public(private: Path) -> Path:
    return private.with_name(FILE)


@pytest.mark.process
@pytest.mark.parametrize("world", ["people", "sample"])
def test_nothing_hidden_stands_in_the_file(world: str, request: pytest.FixtureRequest) -> None:
    private: Path = request.getfixturevalue(world)
    assert leaks(private, public(private)) == []


@pytest.mark.process
@pytest.mark.recorded
def test_nor_does_anything_of_all_recordings(tmp_path_factory: pytest.TempPathFactory) -> None:
    if not library.is_there():
        pytest.skip("no recordings beside this checkout (../shared)")
    private = build.once(tmp_path_factory) / "data" / "roundup.db"
    assert leaks(private, public(private)) == []


@pytest.mark.process
def test_what_is_hidden_would_be_found(people: Path, sample: Path) -> None:
    assert any(rows.REMOVED in leak for leak in leaks(people, people))
    assert any(leak.startswith("words ") for leak in leaks(sample, sample))


@pytest.mark.parametrize("word", [rows.SECRET, rows.REMOVED])
def test_nothing_else_mentions_people(mentions: Path, word: str) -> None:
    content = public(mentions).read_bytes()
    assert word.encode() not in content and word.lower().encode() not in content
    with closing(sqlite3.connect(public(mentions))) as connection:
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        held = connection.execute("select id, detail from issues where id like 'l_' order by id").fetchall()
        assert held == [(id, WITHHELD) for id in ("l1", "l2", "l3")]


@pytest.mark.parametrize("word", [rows.SECRET, rows.REMOVED])
def test_no_word_of_people_stands_in_the_file(people: Path, word: str) -> None:
    assert word.encode() in people.read_bytes()
    assert word.encode() not in public(people).read_bytes()
    assert word.lower().encode() not in public(people).read_bytes(), "nor as a term of an index"


def test_a_text_without_a_licence_is_only_quoted(people: Path) -> None:
    unquoted = f"{rows.SHUT} is how it goes on for long. " * 20
    assert unquoted.encode() in people.read_bytes()
    assert unquoted.encode() not in public(people).read_bytes()


def test_a_source_of_numbers_leads_to_its_first_document_and_before_it_has_one_to_its_site() -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        "create table documents (id, url, n); create table document_sources (document, source);"
        "insert into documents values ('un:B', 'https://un.example/B', 2), ('un:A', 'https://un.example/A', 1);"
        "insert into document_sources values ('un:B', 'symbols'), ('un:A', 'symbols')"
    )
    pattern = "https://api.un.example/symbol?s={number}"
    found = [readable(connection, source, pattern) for source in ("symbols", "others")]
    assert found == ["https://un.example/A", "https://api.un.example/"]
