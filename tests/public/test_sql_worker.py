"""Readers' SQL: each statement is answered or refused, and no process, file or question suffers from another."""

import asyncio
import errno
import os
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.errors import StoreError
from crawler.public import sql_worker
from crawler.public.database import identity
from crawler.public.sql_child import MAX_ROWS
from crawler.public.sql_process import (
    SqlAnswer,
    SqlBusyError,
    SqlError,
    SqlMemoryError,
    SqlProcess,
    SqlQuestion,
    SqlTimeoutError,
    SqlTooLargeError,
    encode,
)
from crawler.public.sql_worker import SqlWorkers
from tests.public import sql_world
from tests.public.sql_attacks import ENDLESS, Attack, attacks

pytestmark = pytest.mark.process

MAX_GROWTH_BYTES = 20 * 2**20
COUNT = "select count(*) from documents"
NEVER = f"{ENDLESS} select count(*) from n"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sql_world.build(tmp_path_factory.mktemp("sql") / "public.db")


@pytest.fixture(scope="module")
def shared(world: Path) -> Iterator[SqlWorkers]:
    """Workers that all attacks of this module go to, one after the other."""
    with SqlWorkers(world) as workers:
        yield workers


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return sql_world.build(tmp_path / "public.db", documents=10, long_texts=0)


def ask(workers: SqlWorkers, sql: str, params: object = (), **limits: float) -> SqlAnswer:
    return workers.ask(SqlQuestion(sql=sql, params=params, **limits))  # type: ignore[arg-type]


def resident() -> int:
    """Return the memory that this process holds, in bytes."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.parametrize("attack", [pytest.param(attack, id=attack.name) for attack in attacks()])
def test_each_is_answered_or_refused_and_the_next_question_answered(shared: SqlWorkers, attack: Attack) -> None:
    assert ask(shared, COUNT).rows == [(sql_world.DOCUMENTS,)]
    before = resident()
    outcome: object
    try:
        seconds = 0.5 if SqlTimeoutError in attack.outcome else 1.0
        outcome = ask(shared, attack.sql, attack.params, max_seconds=seconds)
    except SqlError as error:
        outcome = error
        assert str(error)
    assert isinstance(outcome, attack.outcome)
    assert resident() - before < MAX_GROWTH_BYTES
    for _ in range(sql_worker.PROCESSES):
        assert ask(shared, COUNT).rows == [(sql_world.DOCUMENTS,)]
    assert len(shared.processes()) == sql_worker.PROCESSES


def test_values_come_as_sqlite_has_them(shared: SqlWorkers) -> None:
    values = ("é\n\0\u2028🙂", 2**63 - 1, -(2**63), 1.5, b"\x00\xff", None, float("inf"))
    answer = ask(shared, f"select {', '.join('?' * len(values))}, x'' as empty", values)
    assert answer.rows == [(*values, b"")]
    assert answer.columns[-1] == "empty"
    assert ask(shared, "select :a || :b as c", {"a": "x", "b": 1, "unused": "y"}).rows == [("x1",)]
    assert ask(shared, "select n, body from files order by n").rows == [(1, b"\x00\xff\xfe blob"), (2, None)]
    assert ask(shared, "select ? = 1", [True]).rows == [(1,)]


def test_rows_are_cut_and_said_to_be(shared: SqlWorkers) -> None:
    answer = ask(shared, "select n from documents order by n", max_rows=2)
    assert (answer.rows, answer.is_truncated) == ([(1,), (2,)], True)
    whole = ask(shared, "select n from documents where n < 3", max_rows=2)
    assert (len(whole.rows), whole.is_truncated) == (2, False)
    most = ask(shared, "select n from documents", max_rows=10**9)
    assert (len(most.rows), most.is_truncated) == (MAX_ROWS, True)
    assert not ask(shared, "select n from documents limit 0").rows


def test_an_answer_of_more_than_two_megabytes_is_refused(shared: SqlWorkers) -> None:
    assert len(ask(shared, "select text from sections where n <= 4").rows) == 4
    with pytest.raises(SqlTooLargeError, match="2 MB"):
        ask(shared, "select text from sections where n <= 5")


def test_what_honest_readers_ask(shared: SqlWorkers) -> None:
    facet = "select kind as value, count(*) as n from (select * from documents) where kind is not null group by kind"
    assert sorted(ask(shared, f"{facet} order by n desc, value limit 31").rows) == [
        ("act", 1000),
        ("guidance", 1000),
        ("news", 1000),
    ]
    labels = "select distinct j.value from documents, json_each(documents.labels) j where json_type(labels) = 'array'"
    assert sorted(ask(shared, labels).rows) == [("labour",), ("victims",)]
    search = "select rowid from documents_fts where documents_fts match escape_fts(:search) order by rank limit 1"
    assert ask(shared, search, {"search": 'slavery "document 7"'}).rows == [(7,)]
    assert ask(shared, "select escape_fts(null), escape_fts('a \"b c')").rows == [(None, '"a" "b c"')]
    window = "select n, row_number() over (partition by kind order by published) from documents limit 1"
    assert len(ask(shared, window).rows) == 1
    assert ask(shared, "select count(*) from sqlite_master where type = 'view'").rows == [(1,)]
    assert ask(
        shared, "with recursive n(x) as (select 1 union all select x + 1 from n where x < 9) select max(x) from n"
    )
    assert ask(shared, "with latest as (select max(n) from documents) select count(*) from latest").rows == [(1,)]


async def test_the_loop_goes_on_while_a_statement_runs(shared: SqlWorkers) -> None:
    asking = asyncio.create_task(shared.ask_in_loop(SqlQuestion(sql=NEVER, max_seconds=0.5)))
    for _ in range(100):
        await asyncio.sleep(0)
    assert not asking.done()
    assert (await shared.ask_in_loop(SqlQuestion(sql=COUNT))).rows == [(sql_world.DOCUMENTS,)]
    with pytest.raises(SqlTimeoutError, match=r"0\.5 s"):
        await asking


async def test_where_too_many_wait_the_next_is_refused_at_once(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql_worker, "MAX_WAITING", 1)
    with SqlWorkers(small, processes=1) as workers:
        question = SqlQuestion(sql=NEVER, max_seconds=0.2)
        first, second, *more = await asyncio.gather(
            *(workers.ask_in_loop(question) for _ in range(5)), return_exceptions=True
        )
        assert isinstance(first, SqlTimeoutError)
        assert isinstance(second, SqlTimeoutError | SqlBusyError)  # Busy where the machine is, and the first took long.
        assert [type(error) for error in more] == [SqlBusyError] * 3
        assert (await workers.ask_in_loop(SqlQuestion(sql=COUNT))).rows == [(10,)]


async def test_who_asks_first_is_answered_first(small: Path) -> None:
    order: list[int] = []

    async def asks(workers: SqlWorkers, number: int) -> None:
        await workers.ask_in_loop(SqlQuestion(sql="select ?", params=[number]))
        order.append(number)

    with SqlWorkers(small, processes=1) as workers:
        await workers.ask_in_loop(SqlQuestion(sql=COUNT))
        await asyncio.gather(*(asks(workers, number) for number in range(10)))
    assert order == list(range(10))


async def test_who_waits_too_long_is_told_so_and_who_goes_away_leaves_the_place(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with SqlWorkers(small, processes=1) as workers:
        running = asyncio.create_task(workers.ask_in_loop(SqlQuestion(sql=NEVER)))
        await asyncio.sleep(0)
        gone = asyncio.create_task(workers.ask_in_loop(SqlQuestion(sql=COUNT)))
        await asyncio.sleep(0)
        gone.cancel()
        monkeypatch.setattr(sql_worker, "MAX_WAIT_SECONDS", 0.0)
        with pytest.raises(SqlBusyError):
            await workers.ask_in_loop(SqlQuestion(sql=COUNT))
        with pytest.raises(SqlBusyError):
            await asyncio.to_thread(workers.ask, SqlQuestion(sql=COUNT))
        with pytest.raises(SqlTimeoutError):
            await running
        with pytest.raises(asyncio.CancelledError):
            await gone
        monkeypatch.undo()
        assert (await workers.ask_in_loop(SqlQuestion(sql=COUNT))).rows == [(10,)]
        assert workers._asked == 0


def test_a_process_that_was_killed_is_replaced(small: Path) -> None:
    with SqlWorkers(small, processes=1) as workers:
        ask(workers, COUNT)
        (killed,) = workers.processes()
        os.kill(killed, signal.SIGKILL)
        os.waitid(os.P_PID, killed, os.WEXITED | os.WNOWAIT)
        assert ask(workers, COUNT).rows == [(10,)]
        assert workers.processes() != [killed]


def test_a_process_that_is_killed_while_it_runs_a_statement_hangs_nobody(small: Path) -> None:
    with SqlWorkers(small, processes=1) as workers:
        ask(workers, COUNT)
        (killed,) = workers.processes()
        threading.Timer(0.1, os.kill, (killed, signal.SIGKILL)).start()
        with pytest.raises(SqlMemoryError, match="ended the process"):
            ask(workers, NEVER)
        assert ask(workers, COUNT).rows == [(10,)]


def test_a_process_that_cannot_answer_is_ended(small: Path) -> None:
    """A stopped process stands for one in a function that nothing interrupts."""
    process = SqlProcess(small)
    process.start(None)
    process.answer(*asked(COUNT))
    stopped = process.pid
    assert stopped
    os.kill(stopped, signal.SIGSTOP)
    with pytest.raises(SqlTimeoutError):
        process.answer(*asked(COUNT))
    assert process.pid != stopped
    assert process.answer(*asked(COUNT)).rows == [(10,)]
    process.stop()
    assert not Path(f"/proc/{stopped}").exists()


def asked(sql: str) -> tuple[bytes, float]:
    return encode(SqlQuestion(sql=sql), 0.5), 0.5


def test_a_replaced_file_is_read_from_the_next_question_on(small: Path, tmp_path: Path) -> None:
    with SqlWorkers(small, look_every_seconds=0) as workers:
        assert [ask(workers, COUNT).rows for _ in range(3)] == [[(10,)]] * 3
        sql_world.build(tmp_path / "new.db", documents=20, long_texts=0).replace(small)
        assert [ask(workers, COUNT).rows for _ in range(3)] == [[(20,)]] * 3
        small.unlink()
        assert ask(workers, COUNT).rows == [(20,)], "a file that is missing for a moment is no new one"


def test_a_question_is_answered_from_the_file_it_began_with(small: Path, tmp_path: Path) -> None:
    process = SqlProcess(small)
    process.start(identity(small))
    assert process.answer(*asked(COUNT)).rows == [(10,)]
    sql_world.build(tmp_path / "new.db", documents=20, long_texts=0).replace(small)
    assert process.answer(*asked(COUNT)).rows == [(10,)]
    process.start(identity(small))
    assert process.answer(*asked(COUNT)).rows == [(20,)]
    process.stop()


def test_it_is_looked_at_most_once_a_second(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[Path] = []

    def look(path: Path) -> tuple[int, int, int] | None:
        looks.append(path)
        return identity(path)

    monkeypatch.setattr(sql_worker, "identity", look)
    with SqlWorkers(small, look_every_seconds=1e9) as workers:
        for _ in range(5):
            ask(workers, COUNT)
    assert looks == [small]


def test_a_file_that_is_missing_or_no_database_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "a name with ?, # and é.db"
    with SqlWorkers(path, look_every_seconds=0) as workers:
        with pytest.raises(StoreError, match="unable to open"):
            ask(workers, COUNT)
        path.write_bytes(b"no database" * 1000)
        with pytest.raises(StoreError, match="not a database"):
            ask(workers, COUNT)
        path.unlink()
        sql_world.build(path, documents=10, long_texts=0)
        assert ask(workers, COUNT).rows == [(10,)]


def test_a_damaged_file_is_no_mistake_of_the_reader(small: Path) -> None:
    data = bytearray(small.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    small.write_bytes(data)
    with SqlWorkers(small) as workers, pytest.raises(StoreError, match="malformed"):
        ask(workers, "select * from documents")


def test_a_process_inherits_nothing_and_can_open_nothing(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_THE_SITE", "x")
    with small.open("rb") as other, SqlWorkers(small, processes=1) as workers:
        os.set_inheritable(other.fileno(), True)
        ask(workers, COUNT)
        process = Path(f"/proc/{workers.processes()[0]}")
        assert b"SECRET" not in (process / "environ").read_bytes()
        files = sorted(str(file.readlink()).split(":")[0] for file in (process / "fd").iterdir())
        assert files == sorted(["/dev/null", "socket", "socket", str(small)])
        limits = {line[:26].strip(): line[26:].split()[0] for line in (process / "limits").read_text().splitlines()}
        assert limits["Max address space"] == str(512 * 2**20)
        assert {
            limits[name] for name in ("Max open files", "Max file size", "Max core file size", "Max processes")
        } == {"0"}
        assert os.getsid(workers.processes()[0]) == workers.processes()[0], "Ctrl-C is for the site alone"


async def test_closing_ends_the_processes_and_what_they_are_asked(small: Path) -> None:
    workers = SqlWorkers(small)
    asking = [asyncio.create_task(workers.ask_in_loop(SqlQuestion(sql=NEVER))) for _ in range(6)]
    await asyncio.sleep(0)
    await asyncio.to_thread(workers.close)
    for error in await asyncio.gather(*asking, return_exceptions=True):
        assert isinstance(error, SqlBusyError)
        assert "closing" in str(error)
    assert not workers.processes()
    with pytest.raises(SqlBusyError, match="closing"):
        ask(workers, COUNT)
    workers.close()


def test_closing_leaves_no_process(small: Path) -> None:
    with SqlWorkers(small) as workers:
        for _ in range(sql_worker.PROCESSES):
            ask(workers, COUNT)
        pids = workers.processes()
    assert len(pids) == sql_worker.PROCESSES
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_a_process_ends_with_its_parent(small: Path) -> None:
    process = SqlProcess(small)
    process.start(None)
    process.answer(*asked(COUNT))
    child, ours = process._process, process._socket
    assert child
    assert ours
    ours.close()
    assert child.wait(30) == 0
    process.stop()


def test_the_file_is_never_written(small: Path) -> None:
    before = small.read_bytes()
    with SqlWorkers(small) as workers:
        for sql in ("delete from documents", "pragma user_version = 3", "select 1"):
            try:
                ask(workers, sql)
            except SqlError:
                continue
    assert small.read_bytes() == before
    assert sorted(path.name for path in small.parent.iterdir()) == [small.name]
    with sqlite3.connect(small) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    connection.close()


@pytest.mark.parametrize(("code", "expected"), [(errno.EAGAIN, SqlBusyError), (errno.EACCES, StoreError)])
def test_a_process_that_cannot_be_started_is_no_rush_of_readers(
    monkeypatch: pytest.MonkeyPatch, code: int, expected: type[Exception]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, "refused")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with pytest.raises(expected):
        SqlProcess(Path("public.db")).start(None)
