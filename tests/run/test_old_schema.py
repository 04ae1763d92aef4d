"""A data directory whose database was made with another schema is taken over: made anew from its archive, once."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.cli import serve
from crawler.errors import SchemaError
from crawler.public.database import FILE
from crawler.run import session
from crawler.run.options import DATABASE
from crawler.run.reparsed import pending
from crawler.sources import Decisions, Redaction
from crawler.store import Store, schema
from tests.fold.tables import differences
from tests.fold.test_fold_laws import Publisher, address, live
from tests.fold.world import START, crawl, rebuilt
from tests.run.command import roundup
from tests.run.here import Here, opened

pytestmark = pytest.mark.usefixtures("in_this_process")

ANNOUNCED = "select id, announced, updated, state, title, details from entries where announced is not null order by id"
CHANGES = "select id, document, kind, path, cause, silent, entry from announcements order by id"


def aged(data: Path) -> Path:
    """Make a database look as migrations made it: with their table, without a number, and with a column less."""
    with live(data) as store:
        for statement in (
            "create table _sqlite_migrations (id integer primary key, migration_set text, name text, applied_at text)",
            "insert into _sqlite_migrations(migration_set, name) values ('crawler', 'm001_first_tables')",
            "alter table versions drop column leaves_out",
            "pragma user_version=0",
        ):
            store.do(statement)
        store.commit()
    return data


def test_it_is_refused_by_whoever_would_go_on_with_it(data: Path) -> None:
    with pytest.raises(SchemaError, match=r"another version of this software; `roundup crawl`"):
        Store.open(aged(data) / DATABASE)
    with Store.open(data / DATABASE, any_schema=True) as store:
        assert store.value("select count(*) from documents") > 3


def test_a_crawl_makes_it_anew_with_the_same_entries_and_announces_nothing_twice(
    data: Path, made: tuple[Path, Publisher]
) -> None:
    plain = Path(shutil.copytree(data, data.parent / "plain"))
    opened(aged(data))
    with live(data) as one, live(plain) as other:
        assert one.all(ANNOUNCED) == other.all(ANNOUNCED) != []
        assert one.value("pragma user_version") == schema.VERSION
        assert not one.all("select 1 from sqlite_master where name='_sqlite_migrations'")
    text = (data.parent / "sources.yaml").read_text()
    for directory in (data, plain):
        crawl(directory, made[1].site, START + timedelta(days=9), text=text)
    with live(data) as one, live(plain) as other, rebuilt(data) as anew:
        for rows in (ANNOUNCED, CHANGES):
            assert one.all(rows) == other.all(rows), "it goes on as if nothing had happened"
        assert differences(one, anew) == []


@pytest.mark.parametrize(("missing", "noted"), [("annotations", 1), ("leaves_out", 0)])
def test_where_it_was_read_otherwise_before_columns_came_that_is_noted_as_ours(
    data: Path, missing: str, noted: int
) -> None:
    with live(data) as store:
        name = store.value("select v.id from versions v join documents d on d.current=v.id where v.sections<>'[]'")
        section = store.value("select json_extract(sections, '$[0]') from versions where id=?", name)
        store.update("versions", {"id": name}, {"digest": b"as it was read then"})
        store.update("sections", {"id": section}, {"text": "As it was read then."})
        store.do("drop table annotations")
        store.do(f"alter table versions drop column {missing}")
        store.do("pragma user_version=0")
        store.commit()
    opened(data)
    with live(data) as store:
        assert len(pending(store)) == noted, "of what cannot be understood any more nothing is noted"
        assert all(row["before"] == "As it was read then." for row in pending(store))


def test_commands_that_show_make_it_anew(data: Path) -> None:
    assert roundup("status", "--data", aged(data)).code == 0
    with Store.open(data / DATABASE) as store:
        assert store.value("select count(*) from documents") > 3


def test_the_site_is_served_from_the_public_file_and_nothing_is_opened_to_be_written(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[Path] = []
    monkeypatch.setattr(serve, "become", lambda command, path, *options: served.append(Path(path)))
    here = ("--data", aged(data), "--sources", data.parent / "sources.yaml")
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    done = roundup("serve", *here)
    assert (
        done.code == 2 and "public.db: there is no public database yet; crawl first, or run roundup export" in done.err
    )
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before
    assert roundup("export", "--data", data).code == 0
    (data / DATABASE).write_bytes(b"not a word of it is read")
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    assert roundup("serve", *here).code == 0 and served == [data / FILE]
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "older", ["update about set value = '0' where key = 'schema'", "alter table entries drop column verb"]
)
def test_a_public_file_of_another_version_is_not_served(data: Path, older: str) -> None:
    assert roundup("export", "--data", data).code == 0
    with closing(sqlite3.connect(data / FILE)) as public, public:
        public.execute(older)
    done = roundup("serve", "--data", data, "--sources", data.parent / "sources.yaml")
    assert (
        done.code == 2 and "public.db: was written by another version of this software; run roundup export" in done.err
    )


def test_what_is_redacted_meanwhile_is_taken_out(data: Path) -> None:
    from crawler.run.redact import planning

    decisions = Decisions(redact=(Redaction(reason="names a person", date="2026-03-06", url=address(1)),))
    aged(data)
    with session.lock(data):
        assert planning.apply(data, decisions, Here()) >= 1  # type: ignore[arg-type]
    with live(data) as store:
        assert store.value("select count(*) from documents where id=?", f"url:{address(1)}") == 0
        assert store.value("select count(*) from documents") > 3
