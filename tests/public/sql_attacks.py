"""Statements that a reader must not be harmed by, and what becomes of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crawler.public.sql_process import (
    SqlAnswer,
    SqlMistakeError,
    SqlParametersError,
    SqlRefusedError,
    SqlTimeoutError,
    SqlTooLargeError,
)

Outcome = tuple[type[object], ...]
"""What a statement may end with: an answer, or an error of these classes."""

ANSWER: Outcome = (SqlAnswer,)
REFUSED: Outcome = (SqlRefusedError,)
MISTAKE: Outcome = (SqlMistakeError,)
PARAMETERS: Outcome = (SqlParametersError,)
LARGE: Outcome = (SqlTooLargeError,)
ENDED: Outcome = (SqlTimeoutError, SqlTooLargeError)
"""By time or by memory, whichever comes first on the machine."""
ENDLESS = "with recursive n(x) as (select 1 union all select x + 1 from n)"
LONG = "(select text from sections where n = 1)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """A statement with its parameters, and what may become of it."""

    name: str
    sql: str
    outcome: Outcome
    params: Any = ()


def nested(levels: int, copies: int) -> str:
    """Each level puts the expression of the one below side by side: prepared, it is a tree of copies ** levels."""
    sql = "select 'x' as s"
    for _ in range(levels):
        sql = f"select {'||'.join(['s'] * copies)} as s from ({sql})"
    return sql


def doubled(tables: int) -> str:
    """Each table of the WITH clause is the union of the one before with itself."""
    parts = ["t0 as (select 1 as x)"]
    parts += [f"t{k} as (select * from t{k - 1} union all select * from t{k - 1})" for k in range(1, tables + 1)]
    return f"with {', '.join(parts)} select count(*) from t{tables}"


def joined(tables: int) -> str:
    return "select count(*) from " + ", ".join(f"documents d{k}" for k in range(tables))


MEASURED: tuple[tuple[str, str, Outcome], ...] = (
    ("fts3_tokenizer", "select fts3_tokenizer('simple', x'4141414141414141')", REFUSED),
    ("fts3_tokenizer, reading", "select fts3_tokenizer('simple')", REFUSED),
    ("fts3tokenize", "select * from fts3tokenize('simple', 'x y')", REFUSED),
    ("load_extension", "select load_extension('/lib/x86_64-linux-gnu/libc.so.6')", REFUSED),
    ("attach", "attach ':memory:' as other", REFUSED),
    ("attach a file", "attach 'file:/etc/passwd?mode=ro' as other", REFUSED),
    ("vacuum into", "vacuum into '/var/tmp/stolen.db'", REFUSED),
    ("pragma writable_schema", "pragma writable_schema = 1", REFUSED),
    ("pragma cache_size", "pragma cache_size = 100000000", REFUSED),
    ("sqlite_dbpage", "select data from sqlite_dbpage", REFUSED),
    ("endless recursion", f"{ENDLESS} select count(*) from n", ENDED),
    ("endless rows", f"{ENDLESS} select x from n where x < 0", ENDED),
    ("cross join", "select count(*) from documents a, documents b, documents c", ENDED),
    ("sort of a cross join", "select a.n from documents a, documents b order by a.title || b.title", ENDED),
    ("window over a cross join", "select sum(a.n) over (order by b.title) from documents a, documents b", ENDED),
    ("instr over long texts", "select sum(instr(text, 'aab')) from sections", REFUSED),
    ("json_group_array over an endless table", f"{ENDLESS} select json_group_array(x) from n", REFUSED),
    ("group_concat over an endless table", f"{ENDLESS} select group_concat(x) from n", REFUSED),
    ("printf of a length", "select printf('%.*c', 900000000, 'x')", REFUSED),
    ("zeroblob", "select zeroblob(900000000)", REFUSED),
    ("randomblob", "select length(randomblob(900000000))", REFUSED),
    ("hex of zeroblob", "select hex(zeroblob(400000000))", REFUSED),
    ("quote", f"select quote({LONG})", REFUSED),
    ("like with many wildcards", f"select count(*) from sections where text like '{'%a' * 24}%b'", (*ENDED, *ANSWER)),
    ("like with a longer pattern", f"select 1 from sections where text like '{'%a' * 400}%b'", MISTAKE),
    ("glob with many wildcards", f"select count(*) from sections where text glob '{'*a' * 24}*b'", REFUSED),
    ("1,000 columns", f"select {', '.join(['1'] * 1000)}", MISTAKE),
    ("400 compounds", " union all ".join(["select 1"] * 400), MISTAKE),
    ("60 joins", joined(60), ENDED),
    ("70 joins", joined(70), MISTAKE),
    (
        "snippet of everything, many times",
        "select max(s) from "
        "(select snippet(passages_fts, 0, '[', ']', '…', 60) as s from passages_fts('a*'), documents limit 30000)",
        ENDED,
    ),
    ("eight nested concatenations", nested(8, 8), ENDED),
    ("20 tables, each the union of the one before with itself", doubled(20), (*ENDED, SqlMistakeError)),
)
"""The statements of the table that the limits were measured with."""

OWN: tuple[tuple[str, str, Outcome], ...] = (
    # While it is prepared.
    ("five nested concatenations of sixteen", nested(5, 16), (*ENDED, SqlMistakeError)),
    ("twelve nested concatenations of two", nested(12, 2), ANSWER),
    ("sixteen doubled tables", doubled(16), (*ENDED, *ANSWER)),
    ("ten doubled tables", doubled(10), ANSWER),
    ("six tables, each a join of the one before with itself", "with a as (select n from documents), " + ", ".join(
        f"{new} as (select x.n from {old} x, {old} y)" for old, new in zip("abcdef", "bcdefg", strict=True)
    ) + " select count(*) from g", (*ENDED, SqlMistakeError)),
    ("an expression 2,000 deep", "select " + "(" * 2000 + "1" + ")" * 2000, ANSWER),
    ("60 nested nots", "select " + "not " * 60 + "1", MISTAKE),
    ("40 nested subqueries", "select " + "(select " * 40 + "1" + ")" * 40, MISTAKE),
    ("400 nested subqueries in from", "select * from (" * 400 + "select 1" + ")" * 400, ANSWER),
    ("a list of 4,000 numbers", f"select count(*) from documents where n in ({','.join('1' * 4000)})", ANSWER),
    ("3,000 times or", "select 1 where " + "or".join([" 1 "] * 1500), MISTAKE),
    ("a case of 400 branches", "select case n " + "when 1 then 2 " * 400 + "end from documents limit 1", ANSWER),
    ("order by 90 columns", f"select n from documents order by {', '.join(f'n+{k}' for k in range(90))}", ANSWER),
    ("order by 200 columns", f"select n from documents order by {', '.join(f'n+{k}' for k in range(200))}", MISTAKE),
    ("a long name", f'select 1 as "{"x" * 9000}"', ANSWER),
    ("10 MB", "select 1 --" + "x" * 10_000_000, LARGE),
    ("10,001 characters of two bytes", f"select '{'é' * 6000}'", MISTAKE),
    # While it runs.
    ("recursion that doubles a text",
     "with recursive t(s) as (select 'x' union all select s||s from t) select count(*) from t", LARGE),
    ("union of a recursion with itself",
     "with recursive t(x) as (select 1 union select x*2 from t union select x*2+1 from t) select count(*) from t",
     ENDED),
    ("json_each of an endless table", f"{ENDLESS} select count(*) from n, json_each('[1,2,3]')", ENDED),
    ("json_each of a cross join", "select count(*) from documents a, documents b, json_each(a.labels)", ENDED),
    ("json 2,000 deep", f"select json_extract('{'[' * 2000}{']' * 2000}', '$[0][0]')", MISTAKE),
    ("json_tree", "select * from json_tree('[1]')", REFUSED),
    ("json_patch", "select json_patch('{}', '{}')", REFUSED),
    ("regexp", "select count(*) from sections where text regexp '(a+)+$'", (SqlMistakeError, SqlRefusedError)),
    ("window frame of everything",
     "select sum(n) over (rows between unbounded preceding and unbounded following), max(text) over "
     "(order by n rows between 2999 preceding and current row) from sections",
     (*ENDED, SqlMistakeError)),
    ("lag over a cross join",
     "select lag(a.n, 500000) over (order by b.n) from documents a, documents b", (*ENDED, *ANSWER)),
    ("distinct of a cross join", "select count(distinct a.title || b.title) from documents a, documents b", ENDED),
    ("group by of a cross join", "select a.title || b.id, count(*) from documents a, documents b group by 1", ENDED),
    ("long texts side by side", f"select {', '.join(['text'] * 99)} from sections where n <= 12", ENDED),
    ("long texts put together", "select a.text || b.text || c.text from sections a, sections b, sections c", LARGE),
    ("replace", f"select length(replace({LONG}, 'a', 'aaaaaaaa'))", REFUSED),
    ("trim", f"select trim({LONG}, 'ab')", REFUSED),
    ("char", "select char(0, 1114111, 55296)", REFUSED),
    ("concat_ws", f"select concat_ws(',', {LONG})", (SqlRefusedError, SqlMistakeError)),
    ("soundex", "select soundex('x')", REFUSED),
    ("strftime with a huge format", f"select length(strftime('{'%s' * 4900}'))", ANSWER),
    ("strftime of a long text", f"select strftime({LONG}, 'now')", ANSWER),
    ("date with many modifiers",
     "select date('now','+1 day','+1 day','+1 day','+1 day','+1 day','+1 day','+1 day')", ANSWER),
    ("date with more of them", "select date('now'" + ", '+1 day'" * 20 + ")", MISTAKE),
    ("date far away",
     "select date('9999-12-31', '+9999999999999 years'), date(1e308), julianday('-4714-11-24')", ANSWER),
    ("nine arguments", "select max(1,2,3,4,5,6,7,8,9)", MISTAKE),
    ("a huge integer", "select 9223372036854775807 + 1, -9223372036854775808 - 1, 1e999, -1e999, abs(-1)", ANSWER),
    ("abs of the least integer", "select abs(-9223372036854775808)", MISTAKE),
    ("a million rows", f"{ENDLESS} select x from n", ANSWER),
    ("power and exp", "select pow(10, 400), exp(1000), sqrt(-1), ln(0), mod(1, 0), log(-1)", ANSWER),
    # Search.
    ("prefixes of one letter with near",
     "select count(*) from passages_fts where passages_fts match 'NEAR(a* s* w*, 1000)'", (*ENDED, *ANSWER)),
    ("search of 1,000 words",
     f"select count(*) from documents_fts where documents_fts match '{' OR '.join(['slavery'] * 900)}'",
     (*ENDED, *ANSWER)),
    ("brackets 1,000 deep in a search",
     f"select 1 from documents_fts where documents_fts match '{'(' * 1000}a{')' * 1000}'", MISTAKE),
    ("highlight of long texts",
     "select highlight(passages_fts, 0, '<b>', '</b>') from passages_fts('a*')", (*ENDED, *ANSWER)),
    ("bm25 of everything, sorted",
     "select bm25(documents_fts, 1e308, -1) from documents_fts('a* OR s* OR 1*') order by 1", ANSWER),
    ("a rank of another function",
     "select rank from documents_fts where documents_fts match 'slavery' and rank match 'load_extension(1)'",
     (*ANSWER, SqlMistakeError)),
    ("fts5 reads", "select * from documents_fts('*reads')", (*ANSWER, SqlMistakeError)),
    ("fts5 command", "insert into documents_fts(documents_fts) values ('delete-all')", REFUSED),
    ("fts5 integrity-check", "insert into documents_fts(documents_fts, rank) values ('integrity-check', 1)", REFUSED),
    ("fts5 by name", "select fts5(?1)", REFUSED),
    ("fts5vocab of the file", "select * from words order by doc desc limit 5", ANSWER),
    ("fts5vocab, made", "create virtual table temp.v using fts5vocab(main, documents_fts, instance)", REFUSED),
    ("a table of an index", "select id, block from documents_fts_data limit 2", ANSWER),
    ("matchinfo", "select matchinfo(documents_fts) from documents_fts('slavery')", REFUSED),
    # What is no reading.
    ("insert", "insert into documents(n) values (1)", REFUSED),
    ("update with returning", "update documents set title = 'x' returning *", REFUSED),
    ("delete", "delete from documents", REFUSED),
    ("drop", "drop table documents", REFUSED),
    ("create", "create table temp.x as select * from documents", REFUSED),
    ("begin", "begin immediate", REFUSED),
    ("savepoint", "savepoint x", REFUSED),
    ("analyze", "analyze", REFUSED),
    ("reindex", "reindex", REFUSED),
    ("detach", "detach main", REFUSED),
    ("explain of a pragma", "explain pragma writable_schema = 1", REFUSED),
    ("pragma data_version with a value", "pragma data_version = 5", REFUSED),
    ("pragma table function", "select * from pragma_database_list", REFUSED),
    ("pragma table function, counted", "select count(*) from pragma_table_info('documents')", REFUSED),
    ("compile options", "select * from pragma_compile_options", REFUSED),
    ("dbstat", "select * from dbstat", REFUSED),
    ("dbstat, counted", "select count(*) from dbstat", REFUSED),
    ("sqlite_stmt", "select sql from sqlite_stmt", (SqlRefusedError, SqlMistakeError)),
    ("sqlite_dbpage, counted", "select count(*) from main.sqlite_dbpage", REFUSED),
    ("sqlite_temp_master", "select * from sqlite_temp_master", REFUSED),
    ("generate_series", "select * from generate_series(1, 1e12)", (SqlRefusedError, SqlMistakeError)),
    ("readfile", "select readfile('/etc/passwd')", (SqlRefusedError, SqlMistakeError)),
    ("writefile", "select writefile('/var/tmp/x', 'x')", (SqlRefusedError, SqlMistakeError)),
    ("edit", "select edit('x')", (SqlRefusedError, SqlMistakeError)),
    ("sqlite_log", "select sqlite_log(1, 'x')", REFUSED),
    ("sqlite_source_id", "select sqlite_source_id(), sqlite_version()", REFUSED),
    ("last_insert_rowid", "select last_insert_rowid(), changes(), total_changes()", REFUSED),
    ("rtreecheck", "select rtreecheck('documents')", REFUSED),
    ("subtype", "select subtype(1)", REFUSED),
    # What is no statement.
    ("two statements", "select 1; drop table documents", MISTAKE),
    ("nothing", "", ANSWER),
    ("a comment", "-- select 1", ANSWER),
    ("a comment without an end", "select 1 /*", MISTAKE),
    ("a zero character", "select 1\0; drop table documents", MISTAKE),
    ("half of a surrogate pair", "select '\ud800'", MISTAKE),
    ("bytes that are no UTF-8", "select cast(x'fffe41' as text)", ANSWER),
    ("a text that ends early", "select 'x", MISTAKE),
    ("no table", "select * from nothing", MISTAKE),
)  # fmt: skip
"""Further statements, of our own."""

WITH_PARAMETERS: tuple[tuple[str, str, Any, Outcome], ...] = (
    ("a parameter too few", "select ?, ?", ["a"], PARAMETERS),
    ("a parameter too many", "select ?", ["a", "b"], PARAMETERS),
    ("a name that is not given", "select :name", {"other": 1}, PARAMETERS),
    ("a list as parameter", "select ?", [["a"]], PARAMETERS),
    ("a mapping as parameter", "select :a", {"a": {"b": 1}}, PARAMETERS),
    ("an object as parameter", "select ?", [object()], PARAMETERS),
    ("a parameter of 2 MB", "select length(?)", ["x" * 2_000_000], LARGE),
    ("a huge integer as parameter", "select ?", [2**70], MISTAKE),
    ("a larger one", "select ?", [10**5000], PARAMETERS),
    ("no number", "select ?", [float("nan")], ANSWER),
    ("half of a surrogate pair as parameter", "select ?", ["\ud800"], MISTAKE),
    ("a zero character as parameter", "select length(?)", ["a\0b"], ANSWER),
    ("the last parameter there may be", "select ?1001", ["x"], PARAMETERS),
    ("one more", "select ?1002", ["x"], MISTAKE),
    ("a pattern as parameter", "select count(*) from sections where text like ?", ["%a" * 24], (*ENDED, *ANSWER)),
)
"""Statements with parameters that do harm, or none of them does."""


def attacks() -> Iterator[Attack]:
    """Yield them all."""
    for name, sql, outcome in (*MEASURED, *OWN):
        yield Attack(name=name, sql=sql, outcome=outcome)
    for name, sql, params, outcome in WITH_PARAMETERS:
        yield Attack(name=name, sql=sql, params=params, outcome=outcome)
