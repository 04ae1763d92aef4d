"""Files that are broken, old or of somebody else: a clear error with its exit code, and nothing destroyed."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from crawler.archive import redact
from crawler.cli import serve
from crawler.cli.main import exit_code
from crawler.errors import ArchiveError, ConfigError, RoundupError, StoreError
from crawler.public.database import FILE
from crawler.run import publish, session
from crawler.run.options import ARCHIVE, DATABASE
from crawler.run.rebuild import rebuild
from crawler.run.redact import planning, removal
from crawler.sources import Decisions, Redaction, Settings
from crawler.store import Store
from crawler.worker import Worker
from tests.fold.tables import differences
from tests.fold.test_fold_laws import Publisher, address, live
from tests.fold.world import SOURCES, START, crawl, rebuilt, same
from tests.run.command import roundup


def two_days(data: Path) -> Publisher:
    publisher = Publisher()
    for number in range(3):
        publisher.do(("publish", number))
    for day in range(2):
        crawl(data, publisher.site, START + timedelta(days=day))
        publisher.do(("edit", 1))
    return publisher


def reopened(data: Path) -> None:
    with session.lock(data), Worker() as worker, session.open_state(data, worker):
        pass


@pytest.mark.process
@pytest.mark.parametrize("at", [0, 5000, 30000])
def test_a_damaged_database_is_a_storage_error_that_names_the_way_out(tmp_path: Path, at: int) -> None:
    two_days(tmp_path)
    for suffix in ("-wal", "-shm"):
        (tmp_path / f"{DATABASE}{suffix}").unlink(missing_ok=True)
    raw = bytearray((tmp_path / DATABASE).read_bytes())
    raw[at : at + 60000] = b"\x55" * min(60000, len(raw) - at)
    (tmp_path / DATABASE).write_bytes(bytes(raw))
    with pytest.raises(StoreError) as caught, Store.open(tmp_path / DATABASE) as store:
        for table in ("crawls", "documents", "versions", "sections", "fetches", "changes", "entries"):
            store.all(f"select * from {table}")
            store.one(f"select * from {table} order by rowid desc")
    assert exit_code(caught.value) == 4
    assert "rebuild" in str(caught.value)
    rebuild(tmp_path)
    same(tmp_path)


@pytest.mark.process
def test_a_damaged_schema_that_is_no_text_is_one_too(tmp_path: Path) -> None:
    two_days(tmp_path)
    with closing(sqlite3.connect(tmp_path / DATABASE)) as raw:
        raw.execute("pragma wal_checkpoint(truncate)")
    whole = (tmp_path / DATABASE).read_bytes()
    (tmp_path / DATABASE).write_bytes(whole.replace(b"max_bytes integer", b"m ) a \xc2\xc2\xc2 integer"))
    with pytest.raises(StoreError, match=r"damaged; `roundup rebuild` makes it anew") as caught:
        Store.open(tmp_path / DATABASE)
    assert exit_code(caught.value) == 4
    rebuild(tmp_path)
    same(tmp_path)


def older_archive(data: Path) -> Publisher:
    publisher = two_days(data)
    shutil.copytree(data / ARCHIVE, data / "back-up")
    crawl(data, publisher.site, START + timedelta(days=2))
    shutil.rmtree(data / ARCHIVE)
    (data / "back-up").rename(data / ARCHIVE)
    return publisher


def test_an_archive_older_than_the_database_destroys_nothing(tmp_path: Path) -> None:
    older_archive(tmp_path)
    with live(tmp_path) as store:
        before = store.all("select id from crawls order by id")
        store.set_meta_now(session.INTERPRETER, '{"feed": "an older one"}')
    for attempt in (reopened, rebuild):
        with pytest.raises(ArchiveError, match="is older than"):
            attempt(tmp_path)
    with live(tmp_path) as store:
        assert store.all("select id from crawls order by id") == before
        store.set_meta_now(session.INTERPRETER, session.interpreter())
    with pytest.raises(ArchiveError):
        reopened(tmp_path)


@pytest.mark.process
def test_a_database_older_than_the_archive_catches_up(tmp_path: Path) -> None:
    publisher = two_days(tmp_path)
    with live(tmp_path) as store:
        store.settle()
    shutil.copy(tmp_path / DATABASE, tmp_path / "old.db")
    crawl(tmp_path, publisher.site, START + timedelta(days=2))
    for suffix in ("", "-wal", "-shm"):
        (tmp_path / f"{DATABASE}{suffix}").unlink(missing_ok=True)
    (tmp_path / "old.db").rename(tmp_path / DATABASE)
    reopened(tmp_path)
    with live(tmp_path) as one, rebuilt(tmp_path) as other:
        assert differences(one, other) == []
        assert one.value("select count(*) from crawls") == 3


@pytest.mark.process
def test_a_kill_between_redaction_and_rebuild_leaves_no_body(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two_days(tmp_path)
    decisions = Decisions(redact=(Redaction(reason="names a person", date="2026-03-06", url=address(1)),))

    def killed(*given: object) -> int:
        redact(*given)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(removal, "redact", killed)
    with session.lock(tmp_path), Worker() as worker, pytest.raises(KeyboardInterrupt):
        planning.apply(tmp_path, decisions, worker)
    monkeypatch.setattr(removal, "redact", redact)
    with session.lock(tmp_path), Worker() as worker:
        planning.apply(tmp_path, decisions, worker)
        with session.open_state(tmp_path, worker):
            pass
    with live(tmp_path) as one, rebuilt(tmp_path) as other:
        rows = one.all("select path from sections where document=?", f"url:{address(1)}")
        assert {row["path"] for row in rows} <= {"summary"}
        assert differences(one, other) == []


def test_feeds_under_another_authority_are_refused(tmp_path: Path) -> None:
    two_days(tmp_path)
    with live(tmp_path) as store, store.transaction():
        store.do("update crawls set sample=0")
    for attempt in (publish.feeds, publish.check_sample):
        with pytest.raises(ConfigError, match="authority") as caught:
            attempt(tmp_path, Settings(authority="other.invalid"))
        assert isinstance(caught.value, RoundupError) and exit_code(caught.value) == 2
    assert not (tmp_path / "feeds").exists()


def test_a_public_file_of_another_version_is_not_served(tmp_path: Path) -> None:
    two_days(tmp_path)
    public = publish.export(tmp_path)
    with closing(sqlite3.connect(public, isolation_level=None)) as connection:
        connection.execute("update about set value = '0' where key = 'schema'")
    with pytest.raises(ConfigError, match=r"public\.db: was written by another version.*run roundup export"):
        publish.check_sample(tmp_path, Settings(authority="sample.invalid"))


def test_a_server_opens_the_public_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    two_days(data)
    publish.export(data)
    (data / DATABASE).write_bytes(b"no database")
    before = {path.name for path in data.iterdir()}
    served: list[Path] = []
    monkeypatch.setattr(serve, "become", lambda command, path, *options: served.append(Path(path)))
    (tmp_path / "sources.yaml").write_text(SOURCES)
    done = roundup("serve", "--data", data, "--sources", tmp_path / "sources.yaml")
    assert (done.code, served) == (0, [data / FILE]), done
    assert {path.name for path in data.iterdir()} == before


def test_a_full_disk_is_said_to_be_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite calls it an error of input and output: the file beside the database, which it maps, cannot grow."""

    def connected(path: Path) -> sqlite3.Connection:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("crawler.store.store._connected", connected)
    with pytest.raises(StoreError, match="cannot open the database: disk I/O error"):
        Store.open(tmp_path / DATABASE)
    monkeypatch.setattr("os.statvfs", lambda path: SimpleNamespace(f_bavail=0))
    with pytest.raises(StoreError, match=rf"{DATABASE}: cannot open the database: the disk is full") as caught:
        Store.open(tmp_path / DATABASE)
    assert exit_code(caught.value) == 4
