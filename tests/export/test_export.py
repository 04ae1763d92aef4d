import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.errors import StorageError, StoreError
from crawler.export import export, public, search
from crawler.export.cells import MAX_CELL_CHARACTERS
from crawler.public import schema
from crawler.public.database import FILE, PublicDatabase, rows
from crawler.store import visibility
from tests.publish.publish_rows import CLOCK, World, copied

LONG = "url:https://example.org/a-million"


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def ids(connection: sqlite3.Connection) -> list[str]:
    return [row["id"] for row in rows(connection, "select id from documents order by n")]


@pytest.fixture
def data(people: Path, tmp_path: Path) -> Path:
    """A copy of the world, to be written into: its private database."""
    with copied(people, tmp_path / "roundup.db"):
        pass
    return tmp_path / "roundup.db"


@pytest.fixture(scope="module")
def long(people: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public file of a world with a section that is longer than a cell may be."""
    private = tmp_path_factory.mktemp("long") / "roundup.db"
    with copied(people, private) as world:
        _long(world)
    return private.with_name(FILE)


def _long(world: World) -> None:
    text = "Sämple words that go on. " * 50_000
    ends = len(text) - 1
    world.document(LONG, "A page of a million bytes", kind="guidance")
    parts = [("body-1", 0, 24), ("body-2", 100, ends), ("body-3", ends - 24, ends)]
    world.version("long-1", LONG, [("body", "", "Body", text, parts), ("end", "2", "End", "The end.")], captured=CLOCK)


@pytest.mark.process
def test_the_same_database_gives_the_same_bytes(sample: Path, tmp_path: Path) -> None:
    shutil.copy(sample, tmp_path / "roundup.db")
    first = export(tmp_path / "roundup.db").read_bytes()
    assert export(tmp_path / "roundup.db").read_bytes() == first
    assert sample.with_name(FILE).read_bytes() == first, "wherever it is"


def test_nothing_is_left_beside_the_database_that_was_read(data: Path) -> None:
    before, files = data.read_bytes(), set(data.parent.iterdir())
    export(data)
    assert set(data.parent.iterdir()) == files | {data.with_name(FILE)}
    assert data.read_bytes() == before
    with opened(data) as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)


@pytest.mark.process
def test_rows_of_the_file_fit_together(sample: Path, people: Path) -> None:
    for private in (sample, people):
        with opened(private.with_name(FILE)) as connection:
            assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
            assert connection.execute("pragma foreign_key_check").fetchall() == []
            assert connection.execute("pragma journal_mode").fetchone() == ("delete",)


def test_every_table_and_column_is_described() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(schema.script())
        there = {
            name: [column[1] for column in connection.execute(f"pragma table_info({name})")]
            for (name,) in connection.execute("select name from sqlite_master where type in ('table', 'view')")
            if "_fts" not in name
        }
    assert {table.name: list(table.columns) for table in (*schema.tables(), *schema.views())} == there


def test_a_long_section_is_kept_in_rows_that_readers_can_ask(long: Path) -> None:
    with opened(long) as connection:
        version = connection.execute("select sections from versions where id = 'long-1'").fetchone()[0]
        wanted = "select text, parts from sections where n = ?"
        pieces = [connection.execute(wanted, [n]).fetchone() for n in json.loads(version)]
        assert "".join(text for text, _ in pieces[:-1]) == "Sämple words that go on. " * 50_000
        assert all(len(text) <= MAX_CELL_CHARACTERS for text, _ in pieces)
        parts = [(path, text[start:end]) for text, inside in pieces for path, start, end in json.loads(inside)]
    assert parts == [("body-1", "Sämple words that go on."), ("body-3", "Sämple words that go on.")]


def test_one_long_page_cannot_crowd_out_the_index(long: Path) -> None:
    with opened(long) as connection:
        n = connection.execute("select n from documents where id = ?", [LONG]).fetchone()[0]
        pieces = connection.execute("select section, begins, length from passages where document = ?", [n]).fetchall()
    assert len(pieces) <= search.MAX_PASSAGES_PER_DOCUMENT
    assert max(length for _, _, length in pieces) == search.MAX_PASSAGE_CHARACTERS
    steps = {b[1] - a[1] for a, b in pairwise(pieces) if a[0] == b[0]}
    assert steps == {search.MAX_PASSAGE_CHARACTERS - search.OVERLAP_CHARACTERS}


def test_nothing_in_the_file_is_longer_than_a_cell_may_be(long: Path) -> None:
    with opened(long) as connection:
        for table in schema.tables():
            longest = ", ".join(f"max(length(cast({column} as blob)))" for column in table.columns)
            assert max(n or 0 for n in connection.execute(f"select {longest} from {table.name}").fetchone()) < 1_000_000


def test_all_documents_are_judged_by_the_rule_for_one(people: Path) -> None:
    rules = (visibility.private, visibility.taken_down, visibility.hash_only)
    one, down, hidden = (rule("j.document") for rule in rules)
    with opened(people) as connection:
        sql = f"select j.private, j.down, j.words, {one}, {down}, not {hidden} from ({visibility.judged()}) j"
        found = connection.execute(sql).fetchall()
        assert len(found) == connection.execute("select count(*) from documents").fetchone()[0]
    assert [row[:3] for row in found] == [row[3:] for row in found]
    assert {bool(row[0]) for row in found} == {True, False} and any(row[1] for row in found)


def test_what_was_removed_is_known_by_its_digest_alone(people: Path) -> None:
    with opened(people.with_name(FILE)) as connection:
        assert {kind for (kind,) in connection.execute("select kind from removed")} == {"news"}
        assert all(len(digest) == 64 for (digest,) in connection.execute("select digest from removed"))


def test_a_file_that_cannot_be_written_leaves_the_old_one(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = data.with_name(FILE).read_bytes()

    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(public, "_sync", full)
    with pytest.raises(StorageError, match=r"public\.db\.part: No space left on device"):
        export(data)
    assert data.with_name(FILE).read_bytes() == before
    assert not data.with_name(f"{FILE}.part").exists()


def test_what_a_kill_left_half_written_is_written_anew(data: Path) -> None:
    before = data.with_name(FILE).read_bytes()
    data.with_name(f"{FILE}.part").write_bytes(before[:5000])
    assert export(data).read_bytes() == before
    assert not data.with_name(f"{FILE}.part").exists()


def test_a_database_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "roundup.db").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match=r"roundup\.db: cannot be exported"):
        export(tmp_path / "roundup.db")
    assert not (tmp_path / FILE).exists()


def test_a_damaged_database_is_named_and_not_the_disk(data: Path) -> None:
    with opened(data) as connection:
        connection.execute("pragma journal_mode=delete")
        page = connection.execute("pragma page_size").fetchone()[0]
        root = connection.execute("select rootpage from sqlite_master where name = 'documents'").fetchone()[0]
    content = bytearray(data.read_bytes())
    content[(root - 1) * page : root * page] = b"\xff" * page
    data.write_bytes(content)
    with pytest.raises(StoreError, match=r"roundup\.db: cannot be exported: database disk image is malformed"):
        export(data)


def test_readers_see_a_new_file_without_a_restart(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.public.database.LOOK_EVERY_SECONDS", 0)
    reader = PublicDatabase(data.with_name(FILE))
    before = reader.ask(ids)
    with reopened(data) as world:
        world.document("url:https://example.org/new", "New")
    export(data)
    assert set(reader.ask(ids)) - set(before) == {"url:https://example.org/new"}


def test_readers_keep_what_they_have_while_there_is_no_file(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.public.database.LOOK_EVERY_SECONDS", 0)
    reader = PublicDatabase(data.with_name(FILE))
    before = reader.ask(ids)
    data.with_name(FILE).unlink()
    assert reader.ask(ids) == before
    with pytest.raises(StoreError, match=r"public\.db"):
        PublicDatabase(data.with_name(FILE)).ask(ids)


def test_a_file_that_cannot_be_opened_is_tried_again(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.public.database.LOOK_EVERY_SECONDS", 0)
    public = data.with_name(FILE)
    reader = PublicDatabase(public)
    before = reader.ask(ids)
    whole = public.read_bytes()
    _replace(public, b"no database" * 1000)
    with pytest.raises(StoreError, match=r"public\.db: file is not a database"):
        reader.ask(ids)
    _replace(public, whole)
    assert reader.ask(ids) == before


def _replace(public: Path, content: bytes) -> None:
    new = public.with_name("new.db")
    new.write_bytes(content)
    new.replace(public)


@contextmanager
def reopened(path: Path) -> Iterator[World]:
    world = World(path)
    yield world
    world.db.conn.commit()
    world.db.close()


def test_what_its_publisher_withdrew_has_that_as_its_status_unless_it_is_law(people: Path, tmp_path: Path) -> None:
    with copied(people, tmp_path / "roundup.db") as world:
        world.db.execute("update documents set availability = 'withdrawn', status = ''")
        kinds = dict(world.db.execute("select id, kind from documents").fetchall())
    with opened(export(tmp_path / "roundup.db")) as connection:
        found = connection.execute("select document, status from entries where document is not null").fetchall()
    assert {status for document, status in found if kinds[document] == "guidance"} == {"withdrawn"}
    assert {status for document, status in found if kinds[document] == "act"} == {""}


def test_a_file_that_names_no_publisher_has_none_on_a_site_with_files_of_others(people: Path, tmp_path: Path) -> None:
    with copied(people, tmp_path / "roundup.db") as world:
        for name, kind, author in (("own", "html", ""), ("other", "pdf", "Sample Council"), ("file", "pdf", "")):
            world.document(f"url:https://sample.invalid/{name}", "Sample", kind="guidance", author=author)
            sections = [("body", "", "Body", "Sample words.")]
            world.version(name, f"url:https://sample.invalid/{name}", sections, captured=CLOCK, representation=kind)
        host = world.db.execute("select p.name from documents d join publishers p on p.id = d.publisher"
                                " where d.id like '%/own'").fetchone()[0]  # fmt: skip
    with opened(export(tmp_path / "roundup.db")) as connection:
        issuers = dict(connection.execute("select id, issuer from documents where id like 'url:https://sample.inv%'"))
    assert {name.rpartition("/")[2]: issuer for name, issuer in issuers.items()} == {
        "own": host, "other": f"Sample Council ({host})", "file": f"not stated, on the site of {host}",
    }  # fmt: skip


def test_a_page_that_named_a_file_is_not_called_as_the_file(people: Path, tmp_path: Path) -> None:
    page, names = "url:https://sample.invalid/paper", ("read", "named")
    with copied(people, tmp_path / "roundup.db") as world:
        fetches = [each for (each,) in world.db.execute("select id from fetches limit 3").fetchall()]
        world.document(page, "Sample paper", kind="guidance")
        for name in names:
            world.document(f"{page}/{name}", f"A file that was {name}", kind="guidance", parent=page)
        world.version("read", f"{page}/read", [("body", "", "Body", "Sample words.")], captured=CLOCK)
        world.entry("e1", page, "New: Sample paper", kind="new", fetch=fetches[0])
        for place, name in enumerate((page, *(f"{page}/{name}" for name in names))):
            world.change(f"c{place}", name, "new", fetch=fetches[place], entry="e1", seen=CLOCK)
    with opened(export(tmp_path / "roundup.db")) as connection:
        titles = connection.execute("select c.title from entry_captures c join entries e on e.n = c.entry"
                                    " where e.id = 'e1' order by c.position").fetchall()  # fmt: skip
    assert [title for (title,) in titles] == ["Sample paper", "", "A file that was read"]


def test_the_title_in_an_entry_is_that_of_its_day_in_english_where_there_is_one(people: Path, tmp_path: Path) -> None:
    page, titles = (
        "url:https://sample.invalid/act",
        {"a": ("pt", "Ato"), "b": ("en", "Act"), "c": ("en", "Act renamed")},
    )
    with copied(people, tmp_path / "roundup.db") as world:
        world.document(page, "Act renamed", kind="guidance")
        for day, (name, (language, title)) in zip((1, 1, 3), titles.items(), strict=True):
            world.version(name, page, [("body", "", "Body", title)], captured=f"2026-01-0{day}T00:00:00Z")
            world.db.execute("update versions set language = ?, title = ? where id = ?", [language, title, name])
        world.entry("e1", page, "New: Act", kind="new", seen="2026-01-02T00:00:00Z")
    with opened(export(tmp_path / "roundup.db")) as connection:
        assert connection.execute("select document_title from entries where id = 'e1'").fetchone()[0] == "Act"
