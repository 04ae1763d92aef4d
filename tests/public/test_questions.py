"""The questions about documents: each is answered through an index, and a provision is found without its text."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from crawler.export import export
from crawler.public import at_day, changes, checklist, curated, documents, review, versions
from crawler.public.changed_since import resolved
from crawler.public.database import Connection, Row, connect
from tests.publish import publish_world
from tests.publish.publish_rows import ACT, ADDRESS, GUIDANCE, TAKEN, World

LONG = "url:https://example.org/endless"
SMALL = frozenset({
    ("SCAN s", "from series s"), ("SCAN c", "from collections c"), ("SCAN judgments", "from judgments"),
    ("SCAN m", "from collection_members m"),
})  # fmt: skip
"""What may be read whole: what people keep by hand."""
ORDERED = ("USING INDEX changes_corrections", "USING INDEX documents_review")
"""Lists that are read in their order, up to a limit."""


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    path = publish_world.build(tmp_path_factory.mktemp("questions") / "roundup.db")
    world = World(path)
    world.document(LONG, "Endless report")
    text = "word " * 100_000
    parts = [("endless-1", 0, 5), ("note-7", 450_000, 450_010)]
    listed = [
        ("start", "", "Start", "Short.", []),
        ("endless", "2", "Endless", text, parts),
        ("end", "", "", "End.", []),
    ]
    world.version("l1", LONG, listed, captured="2026-11-20T10:00:00Z")
    world.db.conn.commit()
    world.db.close()
    export(path)
    with closing(sqlite3.connect(path.with_name("public.db"))) as large:  # Of few rows SQLite knows that it is few.
        large.execute("delete from sqlite_stat1")
        large.commit()
    with closing(connect(path.with_name("public.db"))) as connection:
        yield connection


def ask_all(connection: Connection) -> None:
    for id in (ACT, GUIDANCE, "nothing"):
        documents.renamed(connection, id)
        documents.removal(connection, id)
        changes.entries(connection, id)
        changes.with_words(connection, changes.changes(connection, id))
        if document := documents.document(connection, id):
            documents.surroundings(connection, document)
        for listed in versions.versions(connection, id):
            version = versions.version(connection, id, listed["id"])
            assert version is not None
            at_day.beside(connection, document or {"id": id}, version, "2026-11-22")
            at_day.before_first(connection, id, at_day.stream(connection, version)[0])
            at_day.sections_at(connection, id, "2026-11-22", "section-45")
            numbers = versions.section_numbers(connection, listed["id"])
            versions.contents(connection, numbers)
            versions.sections(connection, numbers)
            versions.place(connection, id, numbers, "section-45-1-a")
    changes.changes_between(connection, "a1", "a2")
    changes.corrections(connection, 10)
    review.waiting(connection, 10)
    curated.series(connection, 5)
    curated.collections(connection)
    curated.judgments(connection)
    curated.collection(connection, "nothing", 5)
    names = checklist.named(connection, [ACT, "https://www.example.org/old-address"])
    assert set(names.values()) == {ACT, GUIDANCE}
    checklist.held(connection, [ACT], "2026-11-24")
    checklist.changes_since(connection, [ACT], "2026-11-01")


def test_no_question_reads_a_table_from_end_to_end(public: Connection) -> None:
    asked: list[str] = []
    public.set_trace_callback(asked.append)
    ask_all(public)
    public.set_trace_callback(None)
    assert len(set(asked)) > 40
    for sql in asked:
        for step in public.execute(f"explain query plan {sql}"):
            scanned = re.match(r"SCAN (\w+)", step["detail"])
            given = scanned and scanned[1] in ("j", "n", "json_each", "about", "newest", "cited", "family")
            if scanned and not given and not step["detail"].endswith(ORDERED):
                assert any(scanned[0] == small and table in sql for small, table in SMALL), (step["detail"], sql)


def test_a_long_section_is_one_again(public: Connection) -> None:
    numbers = versions.section_numbers(public, "l1")
    assert len(numbers) > 3
    assert [line["path"] for line in versions.contents(public, numbers)] == ["start", "endless", "end"]
    start, endless, end = versions.sections(public, numbers)
    assert endless["text"] == ("word " * 100_000) and end["text"] == "End." and start["text"] == "Short."
    assert json.loads(endless["parts"]) == [["endless-1", 0, 5], ["note-7", 450_000, 450_010]]


def _placed(connection: Connection, version: str, document: str, path: str) -> tuple[str, bool] | None:
    place = versions.place(connection, document, versions.section_numbers(connection, version), path)
    return None if place is None else place[1:]


def test_a_provision_is_found_where_it_lies(public: Connection) -> None:
    assert _placed(public, "a2", ACT, "section-45") == ("section-45", True)
    assert _placed(public, "a2", ACT, "section-45-1-b") == ("section-45", True)
    assert _placed(public, "a1", ACT, "section-45-1-b") == ("section-45", False), "the words of that version count"
    assert _placed(public, "a2", ACT, "section-45-9") == ("section-45", False)
    assert _placed(public, "a2", ACT, "nope-1") is None
    assert _placed(public, "l1", LONG, "note-7") == ("endless", True), (
        "its path does not begin with that of its section"
    )
    assert _placed(public, "l1", LONG, "note-8") is None
    assert _placed(public, "a2", ACT, "-" * 5_000) is None


def test_what_was_removed_is_known_by_its_digest_alone(public: Connection) -> None:
    assert documents.removal(public, TAKEN) == {"kind": "news", "removed": "2026-11-20"}
    assert documents.removal(public, ADDRESS) is None and documents.document(public, TAKEN) is None


def test_provisions_that_are_cited_are_looked_for_in_texts_that_are_held(public: Connection) -> None:
    asked = {(ACT, "section-45"), (ACT, "section-45-1"), (ACT, "schedule-2"), (ACT, "section-4500"), (ADDRESS, "x")}
    assert checklist.missing(public, asked) == {(ACT, "section-4500")}


def test_a_silence_is_told_only_where_nothing_was_announced(public: Connection) -> None:
    def silence(id: str) -> Row | None:
        return documents.document(public, id)

    awkward, guidance = silence(ADDRESS), silence(GUIDANCE)
    assert awkward and guidance and (awkward["silent"], guidance["silent"]) == ("first walk", "")


def test_days_of_single_wordings_are_not_among_the_dates_of_a_law() -> None:
    """A law has many wordings; when each held is told where one of them is."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute("create table dates(document, event, provision, date, qualification)")
        for event in ("in force", "wording ended", "wording begins"):
            connection.execute("insert into dates values ('a', ?, '', '2029-03-01', '')", [event])
        found = connection.execute(documents._LISTS["dates"], {"id": "a", "most": 9}).fetchall()
        assert [row[0] for row in found] == ["in force"]


def test_a_paper_is_held_under_another_number_than_it_is_cited_by() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        connection.executescript(
            "create table documents(n integer primary key, id, url, parent); create table aliases(alias, document);"
            "create table document_identifiers(document, kind, value);"
            "insert into documents(id) values ('celex:52022PC0732'), ('procedure:2022/0426'), ('ukpga/2015/30');"
            "insert into documents(id) values ('page');"
            "insert into document_identifiers values ('page', 'command', 'CP 100');"
            "insert into aliases values ('consil:ST_9465_2018_INIT', 'ukpga/2015/30')"
        )
        cited = ("com:2022/732", "procedure:2022/0426(COD)", "ukpga/2015/30", "st:9465/18", "com:2022/1")
        assert resolved(connection, (*cited, "command:CP 100", "paper:HC 12")) == {
            "com:2022/732": "celex:52022PC0732",
            "procedure:2022/0426(COD)": "procedure:2022/0426",
            "ukpga/2015/30": "ukpga/2015/30",
            "st:9465/18": "ukpga/2015/30",
            "command:CP 100": "page",
        }
