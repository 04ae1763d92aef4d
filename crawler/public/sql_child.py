"""The child process that runs readers' SQL: a JSON line with a statement comes in, one with its answer goes out.

It is started as a script and imports the standard library alone, so that it is there in some 40 ms. It can read one
database and nothing else: an authorizer allows what stands on a list, the limits of SQLite and of the operating system
bound the rest, and after the database is open no other file can be. What still explodes, while a statement is prepared
or in a function that cannot be interrupted, is ended by the parent, or by the alarm of the process itself.

Source of the limits: https://www.sqlite.org/limits.html.
"""

import binascii
import json
import resource
import signal
import sqlite3
import sys
import time
from typing import Any, BinaryIO

MAX_MEMORY_BYTES = 512 * 2**20
MAX_ROWS = 1_001
"""One more than the longest page has: by it a page sees that another one follows."""
MAX_ANSWER_BYTES = 2_000_000
MAX_SECONDS = 1.0
ALARM_SECONDS = 2.0
"""After these the process ends itself, whatever it does and whether or not there still is a parent to end it."""
OPS_BETWEEN_LOOKS = 1_000
"""Steps of a statement between two looks at the clock."""

LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 10_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 5,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 8,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 50,
    # A table page asks for the labels of all its rows in one statement, a variable each.
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: MAX_ROWS,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
"""Most of what one statement may have."""
MAX_SQL_BYTES = LIMITS[sqlite3.SQLITE_LIMIT_SQL_LENGTH]

AGGREGATES = "avg count max min sum total"
WINDOWS = "cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number"
DATES = "current_date current_time current_timestamp date datetime julianday strftime time timediff unixepoch"
NUMBERS = "abs ceil ceiling exp floor ln log log10 log2 mod pow power random round sign sqrt trunc"
TEXTS = "escape_fts length like lower octet_length substr substring unicode upper"
CHOICES = "coalesce ifnull iif likelihood likely nullif typeof unlikely"
JSON = "-> ->> json_array_length json_extract json_type json_valid"
SEARCH = "bm25 highlight match snippet"
FUNCTIONS = frozenset(" ".join((AGGREGATES, WINDOWS, DATES, NUMBERS, TEXTS, CHOICES, JSON, SEARCH)).split())
"""Functions that a statement may use: none makes a long value of short ones, or takes longer than its text is long.

Hence not: instr, replace, trim (quadratic), printf, format, hex, quote, char, zeroblob, randomblob, concat (long
values), group_concat and json_group_array (a value as long as the memory), glob, and whatever a later SQLite brings.
snippet and highlight are quadratic in the length of a passage, which the export keeps short.
"""
TABLE_FUNCTIONS = frozenset({"json_each"})
_OF_SQLITE = ("sqlite_", "pragma_")

_TOO_BIG, _INTERRUPTED, _AUTHORIZATION = 18, 9, 23
_FILE_ERRORS = frozenset({10, 11, 14, 26})
"""SQLite's codes for a file that cannot be read, is damaged or is no database: no statement brings them about."""


class AnswerTooLargeError(Exception):
    """The rows of an answer hold more than they may."""


def escape_fts(words: str | None) -> str | None:
    """Return words as a question to FTS5 that has no operators: what stands in quotation marks is kept together.

    >>> escape_fts('modern slavery "first responder')
    '"modern" "slavery" "first responder"'
    """
    if words is None:
        return None
    terms: list[str] = []
    for index, part in enumerate(str(words).split('"')):
        terms += [part] if index % 2 else part.split()
    return " ".join(f'"{term}"' for term in terms if term)


def connect(uri: str) -> sqlite3.Connection:
    """Return a connection on which nothing but allowed statements can be prepared.

    Raises:
        sqlite3.Error: the file cannot be read, or is no database.
    """
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, cached_statements=0)
    connection.text_factory = lambda data: str(data, "utf-8", "replace")
    connection.create_function("escape_fts", 1, escape_fts, deterministic=True)
    # Sorts and subqueries stay in memory, which is limited, and fill no disk, which may not be.
    for pragma in ("query_only = 1", "temp_store = memory", "cache_size = -16000", "mmap_size = 0"):
        connection.execute(f"pragma {pragma}").close()
    tables = {name.lower() for (name,) in connection.execute("select name from sqlite_master where type <> 'index'")}
    modules = {name.lower() for (name,) in connection.execute("select name from pragma_module_list")}
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, False)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, False)
    for limit, most in LIMITS.items():
        connection.setlimit(limit, most)
    connection.set_authorizer(_authorizer(frozenset(tables), frozenset(modules)))
    return connection


def _authorizer(tables: frozenset[str], modules: frozenset[str]) -> Any:
    """Return what SQLite asks, while it prepares a statement, whether each thing in it is allowed."""
    readable = tables | TABLE_FUNCTIONS | {"sqlite_master", "sqlite_schema"}

    def is_readable(table: str, column: str) -> bool:
        # Of a table of a WITH clause SQLite asks only where none of its columns is read, and then with its name alone.
        return table in readable or (not column and table not in modules and not table.startswith(_OF_SQLITE))

    def authorize(action: int, first: str | None, second: str | None, _schema: str | None, _view: str | None) -> int:
        if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE):
            allowed = True
        elif action == sqlite3.SQLITE_READ:
            allowed = is_readable((first or "").lower(), second or "")
        elif action == sqlite3.SQLITE_FUNCTION:
            allowed = (second or "").lower() in FUNCTIONS
        else:  # FTS5 asks by this pragma whether its index was changed.
            allowed = action == sqlite3.SQLITE_PRAGMA and first == "data_version" and second is None
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    return authorize


def answer(connection: sqlite3.Connection, question: dict[str, Any]) -> bytes:
    """Return the answer to a question as a JSON line: columns, rows and is_truncated, or an error and its text.

    Raises:
        MemoryError: the statement needs more memory than the process may have.
    """
    deadline = time.monotonic() + min(question["max_seconds"], MAX_SECONDS)
    connection.set_progress_handler(lambda: time.monotonic() > deadline, OPS_BETWEEN_LOOKS)
    try:
        return _rows(connection, question)
    except AnswerTooLargeError as error:
        return _error("large", str(error))
    except (sqlite3.Error, sqlite3.Warning) as error:
        return _error(_kind(error), str(error))
    except UnicodeEncodeError:
        return _error("sql", "half of a surrogate pair is no character")
    except (ValueError, OverflowError) as error:  # A zero character; a number of more than 64 bits.
        return _error("sql", str(error))


def _rows(connection: sqlite3.Connection, question: dict[str, Any]) -> bytes:
    """Run a statement; rows are encoded as they come, so that no more are read than an answer holds."""
    cursor = connection.execute(question["sql"], _decoded(question["params"]))
    most = min(question["max_rows"], MAX_ROWS)
    rows: list[bytes] = []
    size, is_truncated = 0, False
    for values in cursor:
        if is_truncated := len(rows) == most:
            break
        rows.append(_json(values))
        size += len(rows[-1]) + 1
        if size > MAX_ANSWER_BYTES:
            raise AnswerTooLargeError(f"the answer holds more than {MAX_ANSWER_BYTES // 1_000_000} MB")
    columns = [column[0] for column in cursor.description or ()]
    cursor.close()
    head = _json({"columns": columns, "is_truncated": is_truncated})
    return head[:-1] + b',"rows":[' + b",".join(rows) + b"]}\n"


def _json(value: object) -> bytes:
    encoded = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_encoded_blob)
    return encoded.encode("utf-8", "replace")


def _encoded_blob(blob: bytes) -> dict[str, str]:
    return {"base64": binascii.b2a_base64(blob, newline=False).decode("ascii")}


def _decoded(params: Any) -> Any:
    """Return parameters with their blobs, which come as objects."""
    if isinstance(params, dict):
        return {name: _value(value) for name, value in params.items()}
    return [_value(value) for value in params]


def _value(value: Any) -> Any:
    return binascii.a2b_base64(value["base64"]) if isinstance(value, dict) else value


def _kind(error: Exception) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _FILE_ERRORS:
        return "file"
    if str(error).startswith("not authorized"):  # A function has no code of its own.
        return "refused"
    if isinstance(error, sqlite3.ProgrammingError) and "binding" in str(error):
        return "parameters"
    return {_AUTHORIZATION: "refused", _INTERRUPTED: "time", _TOO_BIG: "large"}.get(code, "sql")


def _error(kind: str, text: str) -> bytes:
    return _json({"error": kind, "text": text}) + b"\n"


def confine() -> None:
    """Bound what the process may use, before it opens the database."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    limits = (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_AS, MAX_MEMORY_BYTES)
    for limit, most in limits:
        resource.setrlimit(limit, (most, most))


def close_in() -> None:
    """Forbid the process to open a further file, no socket, and start no other process."""
    for limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC):
        resource.setrlimit(limit, (0, 0))


def serve(connection: sqlite3.Connection, questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer until there comes no question any more; after one that the memory did not suffice for, end."""
    for line in questions:
        signal.setitimer(signal.ITIMER_REAL, ALARM_SECONDS)
        try:
            data, is_last = answer(connection, json.loads(line)), False
        except MemoryError:
            needs = f"the statement needs more than {MAX_MEMORY_BYTES // 2**20} MB of memory"
            data, is_last = _error("memory", needs), True
        answers.write(data)
        answers.flush()
        signal.setitimer(signal.ITIMER_REAL, 0)
        if is_last:
            break


def main() -> None:
    """Open the database whose URI is the argument, say so, and answer."""
    confine()
    try:
        connection = connect(sys.argv[1])
    except sqlite3.Error as error:
        sys.stdout.buffer.write(_error("file", str(error)))
        return
    close_in()
    sys.stdout.buffer.write(b'{"ready":true}\n')
    sys.stdout.buffer.flush()
    serve(connection, sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
