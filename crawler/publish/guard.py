"""The database as the site may show it: every statement reads through here, ours, the table pages' and readers' SQL.

Names of tables with words of people or of publishers are shadowed by a WITH clause of the same names, in which those
words are left out: bodies of private documents (see :mod:`crawler.feeds.private`), texts whose licence does not let us
show our copy, and facts that requests carried. ``main.sections`` in a reader's own SQL still reaches the table: SQL can
be switched off, and a public site serves a database without those words.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from datasette.database import Database, connections

from crawler.feeds import hiding
from crawler.feeds.entry import ABSTRACT, RUN, quoted, runs
from crawler.feeds.private import private, taken_down
from crawler.feeds.words import day
from crawler.publish.limits import bounded, told
from crawler.store.schema import described

_START = re.compile(
    r"((?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)*(?:explain\s+(?:query\s+plan\s+)?)?)(select\b|values\b|with\b(?:\s+recursive\b)?)",
    re.IGNORECASE | re.DOTALL,
)
_VIEWS = {
    "version_sections": ("version", "document", "position", "section", "path", "number", "heading", "text", "status")
}


def hash_only(document: str, main: str = "main.") -> str:
    """Give the SQL that is true where the publisher's licence does not let us show our copy of a document."""
    return (
        f"not exists (select 1 from {main}documents held join {main}sources via on via.id = held.source"
        f" join {main}publishers whose on whose.id = coalesce(held.publisher, via.publisher)"
        f" where held.id = {document} and whose.copy = 'public')"
    )


def _unless(hidden: str, value: str, instead: str = "''") -> str:
    return f"case when {hidden} then {instead} else {value} end"


def _entries() -> dict[str, str]:
    lost, shut = hiding.lost("t", "main."), hash_only("t.document")
    down, parts = taken_down("t.document", "main."), hiding.parts("t.document", "t.details", "main.")
    names, gone = f"({private('t.document', 'main.')} or {lost})", f"({down} is not null or {lost})"
    source = "(select name from main.sources where id = t.source)"
    told = f"case when {shut} then quoted_details(t.details) else t.details end"
    title = f"when {down} is not null then 'Removed by the publisher on ' || day({down}) else t.title end"
    of_title = {
        name: f"case when {names} then '[]' else sentences_of_title(t.{name}, t.title, {source}, {parts}) end"
        for name in ("why", "sure")
    }
    return of_title | {
        "title": f"case when {lost} then '{hiding.LOST}' {title}",
        "url": _unless(gone, "t.url"),
        "summary": _unless(names, f"summary_without(t.summary, t.details, {parts})"),
        "note": _unless(f"({names} or {parts} <> '[]')", "t.note"),
        "look_for": _unless(f"({names} or {shut} or {parts} <> '[]')", "t.look_for", "'[]'"),
        "copies": _unless(gone, "t.copies", "'[]'"),
        "details": _unless(names, f"details_without({told}, {parts})", "'[]'"),
    }


def _documents() -> dict[str, str]:
    names, down, shut = private("t.id", "main."), taken_down("t.id", "main."), hash_only("t.id")
    return {
        "title": f"case when {down} is not null then 'Removed by the publisher on ' || day({down}) else t.title end",
        "url": _unless(f"{down} is not null", "t.url"),
        "summary": f"case when {names} then '' when {shut} then substr(t.summary, 1, {ABSTRACT}) else t.summary end",
    }


def _changes() -> dict[str, str]:
    # A path is made of a heading, and so can name someone too.
    names, down, shut = private("t.document", "main."), taken_down("t.document", "main."), hash_only("t.document")
    hidden = f"({names} and (t.kind not in ('retitled', 'relocated', 'status') or {down} is not null))"
    short = f"t.path <> '' and {shut}"
    return {
        side: f"case when {hidden} then '' when {short} then substr(t.{side}, 1, {RUN}) else t.{side} end"
        for side in ("before", "after")
    } | {
        "words": f"case when {names} then '[]' when {shut} then quoted(t.words) else t.words end",
        "note": _unless(names, "t.note"),
        "path": _unless(names, "t.path"),
    }


def _reasons() -> dict[str, str]:
    """Give the reasons of a document, none where its words or those of one of its parts are never shown."""
    return {"why": _unless(private("t.document", "main."), hiding.reasons("t.document", "t.why", "main."), "'[]'")}


_OPEN_ROWS = f"not {private('t.document', 'main.')}"

_ANSWER = {"answer": "null", "answered_at": "''"}
_SHADOWED: Mapping[str, tuple[dict[str, str], str]] = {
    "documents": (_documents(), ""),
    "entries": (_entries(), ""),
    "changes": (_changes(), ""),
    "versions": (
        {
            "title": _unless(f"{taken_down('t.document', 'main.')} is not null", "t.title"),
            "note": _unless(private("t.document", "main."), "t.note"),
        },
        "",
    ),
    "sections": (
        {
            "text": _unless(hash_only("t.document"), "t.text"),
            "parts": _unless(hash_only("t.document"), "t.parts", "'[]'"),
        },
        _OPEN_ROWS,
    ),
    "version_sections": ({"text": _unless(hash_only("t.document"), "t.text")}, _OPEN_ROWS),
    "document_search": (
        {"summary": _unless(hash_only("t.document"), "t.summary", f"substr(t.summary, 1, {ABSTRACT})")},
        _OPEN_ROWS,
    ),
    "document_sources": (
        {name: _unless(private("t.document", "main."), f"t.{name}", "'{}'") for name in ("listed", "stated")},
        "",
    ),
    "aliases": ({}, f"{taken_down('t.document', 'main.')} is null"),
    "fetches": (
        {"asked": "(select json_group_array(json_remove(value, '$.facts')) from json_each(t.asked))"},
        "",
    ),
    "relevance": (_reasons(), ""),
    "document_topics": (_reasons(), ""),
    "document_facets": (_reasons(), ""),
    "toolkit_facts": ({}, _OPEN_ROWS),
    "signatures": ({}, _OPEN_ROWS),
    "entry_sections": (
        {"path": _unless(private(hiding.present("t.document", "main."), "main."), "t.path")},
        f"not exists (select 1 from main.entries e where e.id = t.entry and {hiding.lost('e', 'main.')})",
    ),
    "lessons": (
        {name: _unless(private("t.answer", "main."), f"t.{name}", other) for name, other in _ANSWER.items()},
        _OPEN_ROWS,
    ),
    "frontier_askers": ({"facts": "'{}'"}, ""),
}  # fmt: skip
"""Tables that are shadowed: the columns that read differently, and which rows stay."""


def _clauses() -> dict[str, str]:
    columns = {table.name: tuple(table.columns) for table in described()} | _VIEWS
    found = {}
    for table, (changed, where) in _SHADOWED.items():
        listed = ", ".join(f"{changed[name]} as {name}" if name in changed else f"t.{name}" for name in columns[table])
        condition = f" where {where}" if where else ""
        found[table] = f"{table} as not materialized (select {listed} from main.{table} t{condition})"
    return found


_CLAUSES = _clauses()


def shadowed(sql: str) -> str:
    """Give a statement with the tables it names shadowed.

    >>> shadowed("select 1")
    'select 1'
    >>> shadowed("select facts from frontier_askers")[:44]
    'with frontier_askers as not materialized (se'
    """
    clauses = [clause for table, clause in _CLAUSES.items() if re.search(rf"\b{table}\b", sql, re.IGNORECASE)]
    start = _START.match(sql)
    if not clauses or not start:
        return sql
    before, verb = start.groups()
    rest = sql[start.end() :]
    opening = verb if verb[:4].lower() == "with" else "with"
    following = "," if verb[:4].lower() == "with" else f" {verb}"
    return f"{before}{opening} {', '.join(clauses)}{following}{rest}"


def prepare(connection: Any) -> None:
    """Give a connection the functions that the shadows use."""
    connection.create_function("day", 1, day, deterministic=True)
    connection.create_function("quoted", 1, _quoted, deterministic=True)
    connection.create_function("quoted_details", 1, _quoted_details, deterministic=True)
    connection.create_function("details_without", 2, _details_without, deterministic=True)
    connection.create_function("summary_without", 3, _summary_without, deterministic=True)
    connection.create_function("sentences_of_title", 4, _of_title, deterministic=True)


def _quoted(words: str) -> str:
    return json.dumps([[word.op, word.text] for word in quoted(runs(words), run=RUN)], ensure_ascii=False)


def _quoted_details(details: str) -> str:
    found = [{**one, "words": json.loads(_quoted(json.dumps(one["words"])))} for one in json.loads(details or "[]")]
    return json.dumps(found, ensure_ascii=False)


def _details_without(details: str, hidden: str) -> str:
    parts = frozenset(json.loads(hidden))
    return json.dumps(hiding.remaining(details, parts), ensure_ascii=False) if parts else details


def _summary_without(summary: str, details: str, hidden: str) -> str:
    parts = frozenset(json.loads(hidden))
    if not parts:
        return summary
    told = hiding.remaining(details, parts)
    return hiding.summary([(one["kind"], one["path"], one["heading"] or "") for one in told])


def _of_title(sentences: str, title: str, source: str | None, hidden: str) -> str:
    if hidden == "[]":
        return sentences
    return json.dumps(hiding.of_title(json.loads(sentences), title, source or ""), ensure_ascii=False)


class Guarded(Database):  # type: ignore[misc]  # Datasette has no types
    """A database of Datasette whose every statement is shadowed and bounded, and runs on the file that is there now.

    A rebuild puts another file in its place, so that what was redacted is shown no longer.
    """

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self._opened = threading.local()

    def connect(self, write: bool = False) -> Any:
        """Give a connection; which file it reads is remembered."""
        self._opened.file = self._file()
        return super().connect(write)

    async def execute_fn(self, fn: Callable[[Any], Any]) -> Any:
        """Run something on a connection, with the bounds of the request at hand."""
        run = bounded(fn)
        return await super().execute_fn(lambda connection: run(self._current(connection)))

    def _file(self) -> tuple[int, int] | None:
        try:
            found = Path(self.path).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _current(self, connection: Any) -> Any:
        """Give the connection of this thread, a new one where the file was replaced since."""
        if self._file() in (None, self._opened.file):
            return connection
        new = self.connect()
        self.ds._prepare_connection(new, self.name)
        setattr(connections, self.name, new)
        self._all_file_connections.remove(connection)
        connection.close()
        return new

    async def execute(self, sql: str, params: Any = None, **rest: Any) -> Any:
        """Run a statement on what may be shown."""
        with told():
            return await super().execute(shadowed(sql), params, **rest)

    async def raw(self, sql: str, params: Any = None) -> list[dict[str, Any]]:
        """Run a statement of ours on everything: its caller leaves out what must not be shown."""
        return [dict(row) for row in (await super().execute(sql, params)).rows]

    async def all(self, sql: str, params: Any = None) -> list[dict[str, Any]]:
        """Give the rows of a statement on what may be shown."""
        return [dict(row) for row in (await self.execute(sql, params)).rows]
