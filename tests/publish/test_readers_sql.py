"""Datasette on the public database, its SQL run by worker processes: pages, rows, facets, SQL, JSON, CSV, mistakes."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.database import QueryInterrupted

from crawler.public.sql_process import SqlAnswer, SqlBusyError, SqlQuestion, SqlTimeoutError
from crawler.public.sql_worker import SqlWorkers
from crawler.publish.readers_sql import ReadersDatabase, SqlRunner
from crawler.publish.server.responses import record_purpose
from tests.public import sql_world
from tests.public.in_process import InProcess
from tests.public.sql_attacks import ENDLESS, nested

pytestmark = pytest.mark.process

WIDE = "select " + ", ".join(f"n + {number} as c{number}" for number in range(100)) + " from documents"
NEVER = f"{ENDLESS} select count(*) from n"
METADATA = {
    "databases": {
        "roundup": {
            "tables": {"documents": {"fts_table": "documents_fts", "fts_pk": "n", "label_column": "title"}},
            "queries": {
                "by_kind": {"sql": "select n, title from documents where kind = :kind order by n limit 3"},
                "with_magic": {"sql": "select :_now_epoch > 0 as later, :kind as kind"},
            },
        }
    }
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sql_world.build(tmp_path_factory.mktemp("sql") / "public.db", documents=1200, long_texts=5)


def serve(path: Path, runner: SqlRunner | None = None, **settings: Any) -> Datasette:
    """Serve a public database as the site does, without our own pages."""
    datasette = Datasette([], metadata=METADATA, settings={"suggest_facets": False, **settings})
    datasette.add_database(ReadersDatabase(datasette, path, runner=runner), name="roundup")
    return datasette


@pytest.fixture(params=["in process", "processes"])
async def served(request: pytest.FixtureRequest, world: Path) -> AsyncIterator[Datasette]:
    runner = InProcess(world) if request.param == "in process" else SqlWorkers(world)
    yield serve(world, runner)
    runner.close()


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Datasette not print the variables of every frame: it takes a second each time."""
    monkeypatch.setattr("datasette.handle_exception.rich", None)


@pytest.fixture
def database(world: Path) -> ReadersDatabase:
    found: ReadersDatabase = serve(world, InProcess(world)).get_database("roundup")
    return found


async def objects(served: Datasette, path: str, **params: Any) -> list[dict[str, Any]]:
    response = await served.client.get(path, params={**params, "_shape": "array"})
    assert response.status_code == 200, response.text
    rows: list[dict[str, Any]] = response.json()
    return rows


async def test_pages_of_tables_and_rows(served: Datasette) -> None:
    front = await served.client.get("/roundup")
    assert front.status_code == 200
    assert "1,200 rows" in front.text
    page = await served.client.get("/roundup/documents", params={"kind": "act", "_sort": "n", "_size": 5})
    assert page.status_code == 200
    assert "400 rows" in page.text
    assert "Home Office" in page.text, "the label of a publisher stands in its place"
    row = await served.client.get("/roundup/documents/7")
    assert row.status_code == 200
    assert "Sample document 7 on modern slavery" in row.text
    assert (await served.client.get("/roundup/documents/70000")).status_code == 404
    assert (await served.client.get("/roundup/passages?_size=2")).status_code == 200
    assert (await served.client.get("/roundup/files")).status_code == 200
    blob = await served.client.get("/roundup/files/1.blob?_blob_column=body")
    assert blob.content == b"\x00\xff\xfe blob"


async def test_filters_facets_and_search(served: Datasette) -> None:
    found = await served.client.get(
        "/roundup/documents.json",
        params={"_facet": "kind", "_facet_array": "labels", "_facet_date": "published", "_size": 1},
    )
    facets = found.json()["facet_results"]
    assert {result["value"]: result["count"] for result in facets["kind"]["results"]} == dict.fromkeys(
        ("act", "guidance", "news"), 400
    )
    assert {result["value"] for result in facets["labels"]["results"]} == {"victims", "labour"}
    assert len(facets["published"]["results"]) == 30
    assert [row["n"] for row in await objects(served, "/roundup/documents.json", _search="document 77")] == [77]
    assert len(await objects(served, "/roundup/documents.json", title__contains="document 119")) == 11
    assert len(await objects(served, "/roundup/documents.json", labels__arraycontains="labour", _size=9)) == 9
    assert [row["n"] for row in await objects(served, "/roundup/documents.json", _where="n in (3, 4)")] == [3, 4]
    assert [row["n"] for row in await objects(served, "/roundup/documents.json", n__in="5,6")] == [5, 6]


async def test_every_page_of_a_table_is_reached(served: Datasette) -> None:
    seen: list[int] = []
    path = "/roundup/documents.json?_size=max&_labels=on"
    while path:
        answer = (await served.client.get(path)).json()
        seen += [row["n"] for row in answer["rows"]]
        path = (answer["next_url"] or "").replace("http://localhost", "")
    assert seen == list(range(1, 1201))


async def test_sql_as_page_json_and_csv(served: Datasette) -> None:
    sql = "select n, title from documents where kind = :kind order by n"
    page = await served.client.get("/roundup", params={"sql": sql, "kind": "act"})
    assert page.status_code == 200
    assert "Sample document 1 on modern slavery" in page.text
    assert (await objects(served, "/roundup.json", sql=sql, kind="act"))[1]["n"] == 4
    lines = (await served.client.get("/roundup.csv", params={"sql": sql, "kind": "act"})).text.splitlines()
    assert lines[:2] == ["n,title", "1,Sample document 1 on modern slavery"]
    assert len(lines) == 401
    table = (await served.client.get("/roundup/documents.csv?_stream=on")).text.splitlines()
    assert len(table) == 1201
    whole = (await served.client.get("/roundup.json", params={"sql": "select n from documents"})).json()
    assert (len(whole["rows"]), whole["truncated"]) == (1000, True)
    blobs = (await served.client.get("/roundup.json", params={"sql": "select body from files"})).json()
    assert blobs["rows"] == [[{"$base64": True, "encoded": "AP/+IGJsb2I="}], [None]]


async def test_a_page_of_sql_holds_so_many_cells_as_are_made_in_a_moment(
    database: ReadersDatabase,
) -> None:
    record_purpose("/roundup")
    cut = await database.execute(WIDE, truncate=True)
    assert (len(cut), cut.truncated) == (50, True)
    assert len(await database.execute(f"{WIDE} limit 600")) == 600, "what Datasette asks for itself"
    with pytest.raises(sqlite3.OperationalError, match="at most 50 rows"):
        await database.execute(f"{WIDE} limit 201", truncate=True, page_size=200)
    assert len(await database.execute(f"{WIDE} limit 21", truncate=True, page_size=20)) == 21
    record_purpose("/roundup.json")
    whole = await database.execute(WIDE, truncate=True)
    assert (len(whole), whole.truncated) == (1000, True)
    assert len(await database.execute(WIDE, truncate=True, page_size=1000)) == 1001


async def test_canned_queries(served: Datasette) -> None:
    assert [row["n"] for row in await objects(served, "/roundup/by_kind.json", kind="act")] == [1, 4, 7]
    assert "Sample document 4" in (await served.client.get("/roundup/by_kind?kind=act")).text
    assert await objects(served, "/roundup/with_magic.json", kind="act") == [{"later": 1, "kind": "act"}]


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("select * from absent", "no such table: absent"),
        ("select instr(title, 'a') from documents", "not authorized to use function: instr"),
        ("select * from sqlite_dbpage", "prohibited"),
        ("select text from sections where n < 6", "more than 2 MB"),
        ("select ?2, ?5", "has no name"),
        (f"select {'1 + ' * 60} 1", "Expression tree is too large"),
    ],
)
async def test_a_statement_that_is_wrong_says_why(served: Datasette, sql: str, message: str) -> None:
    page = await served.client.get("/roundup", params={"sql": sql})
    assert page.status_code == 400
    assert message in page.text
    answer = await served.client.get("/roundup.json", params={"sql": sql})
    assert answer.status_code == 400
    assert message in answer.json()["error"]
    where = await served.client.get("/roundup/documents.json", params={"_where": "instr(title, 'a')"})
    assert (where.status_code, where.json()["error"]) == (400, "not authorized to use function: instr")


async def test_what_takes_too_long_is_interrupted(served: Datasette) -> None:
    page = await served.client.get("/roundup", params={"sql": NEVER, "_timelimit": 20})
    assert page.status_code == 400
    assert "SQL query took too long" in page.text
    assert (await served.client.get("/roundup.json", params={"sql": NEVER, "_timelimit": 20})).status_code == 400


async def test_what_explodes_while_it_is_prepared_harms_nobody(world: Path) -> None:
    with SqlWorkers(world) as workers:
        served = serve(world, workers)
        answer = await served.client.get("/roundup.json", params={"sql": nested(8, 8)})
        assert answer.status_code == 400
        assert await objects(served, "/roundup.json", sql="select count(*) as n from documents") == [{"n": 1200}]


class Spoilt:
    """A runner that gives no answer, and remembers what it was asked."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.asked: list[SqlQuestion] = []

    async def ask_in_loop(self, question: SqlQuestion) -> SqlAnswer:
        self.asked.append(question)
        raise self.error

    def close(self) -> None:
        pass


async def test_busy_is_503_and_no_mistake_of_the_reader(world: Path) -> None:
    served = serve(world)
    await served.client.get("/roundup/documents.json")
    database = served.get_database("roundup")
    database.close()
    database._runner = Spoilt(SqlBusyError("Please try again in a moment."))
    for path in ("/roundup?sql=select+1", "/roundup/documents", "/roundup/documents/1"):
        page = await served.client.get(path)
        assert page.status_code == 503
        assert "Please try again" in page.text
    answer = await served.client.get("/roundup.json?sql=select+1")
    assert (answer.status_code, answer.json()["error"]) == (503, "Please try again in a moment.")
    assert (await served.client.get("/roundup.csv?sql=select+1")).status_code == 503


async def test_limits_of_time_and_rows_are_datasettes_where_they_are_lower(world: Path) -> None:
    served = serve(world, Spoilt(SqlTimeoutError("x")), sql_time_limit_ms=400, max_returned_rows=100)
    database = served.get_database("roundup")

    async def limits_of(**arguments: Any) -> tuple[float, int]:
        with pytest.raises(QueryInterrupted):
            await database.execute("select 1", **arguments)
        question = database._runner.asked[-1]
        return question.max_seconds, question.max_rows

    assert await limits_of() == (0.4, 1001)
    assert await limits_of(custom_time_limit=50, truncate=True, page_size=20) == (0.05, 100)
    assert await limits_of(custom_time_limit=5000, truncate=True, page_size=100) == (0.4, 101)
    slow = serve(world, Spoilt(SqlTimeoutError("x")), sql_time_limit_ms=60_000, max_returned_rows=0)
    database = slow.get_database("roundup")
    assert await limits_of(truncate=True) == (1.0, 1001)


async def test_without_truncate_nothing_is_cut_in_silence(database: ReadersDatabase) -> None:
    results = await database.execute("select n from documents limit 1000")
    assert (len(results), results.truncated) == (1000, False)
    with pytest.raises(sqlite3.OperationalError, match="more than 1,001 rows"):
        await database.execute("select n from documents")
    cut = await database.execute("select n from documents", truncate=True)
    assert (len(cut), cut.truncated) == (1000, True)


async def test_rows_are_what_templates_and_views_take(database: ReadersDatabase) -> None:
    results = await database.execute("select n as Number, title from documents where n = :n", {"n": 3})
    row = results.first()
    assert (row["number"], row["Number"], row[0], row[-1], row[:1], tuple(row)) == (3, 3, 3, row["title"], (3,), row)
    assert dict(row) == {"Number": 3, "title": "Sample document 3 on modern slavery"}
    assert (row.keys(), results.columns, len(row), row) == (["Number", "title"],) * 2 + (2, (3, row[1]))
    with pytest.raises(IndexError):
        row["nothing"]
    assert (await database.execute("select 1")).single_value() == 1
    assert (await database.execute("-- nothing")).columns == []
    doubled = (await database.execute("select 1 as a, 2 as a")).first()
    assert (doubled["a"], list(doubled)) == (1, [1, 2])


async def test_a_replaced_file_is_served_and_counted_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.public.database.LOOK_EVERY_SECONDS", 0.0)
    path = sql_world.build(tmp_path / "public.db", documents=10, long_texts=0)
    with SqlWorkers(path, look_every_seconds=0) as workers:
        served = serve(path, workers)
        assert "10 rows" in (await served.client.get("/roundup")).text
        sql_world.build(tmp_path / "new.db", documents=20, long_texts=0).replace(path)
        assert "20 rows" in (await served.client.get("/roundup")).text
        assert "20 rows" in (await served.client.get("/roundup/documents")).text


async def test_counts_are_made_once_for_a_file(database: ReadersDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = await database.table_counts(1)
    assert counts["documents"] == 1200
    monkeypatch.setattr(database, "_runner", Spoilt(SqlBusyError("x")))
    assert await database.table_counts(1) == counts


async def test_without_sql_no_reader_writes_any_and_the_tables_stay(world: Path) -> None:
    runner = InProcess(world)
    served = serve(world, runner, default_allow_sql=False)
    for path in ("/roundup?sql=select+1", "/roundup.json?sql=select+1", "/roundup/documents.json?_where=1"):
        assert (await served.client.get(path)).status_code == 403
    assert len(await objects(served, "/roundup/documents.json", kind="act", _size=3)) == 3
    runner.close()


async def test_without_threads_the_schema_is_read_too(world: Path) -> None:
    runner = InProcess(world)
    served = serve(world, runner, num_sql_threads=0)
    assert (await served.client.get("/roundup/documents/7.json")).status_code == 200
    runner.close()


async def test_closing_the_database_ends_its_processes(world: Path) -> None:
    served = serve(world)
    database = served.get_database("roundup")
    await database.execute("select 1")
    pids = database._runner.processes()
    await asyncio.to_thread(database.close)
    assert pids
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
