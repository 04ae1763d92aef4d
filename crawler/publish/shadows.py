"""Tables as they may be shown: for each a clause of a WITH clause of the same name, in which words are left out.

What is left out: bodies of private documents (see :mod:`crawler.store.privacy`), texts whose licence does not let us
show our copy, facts that requests carried, and every row about a document that names people and was removed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from datasette.utils.sqlite import sqlite3

from crawler.feeds import hiding
from crawler.feeds.entry import ABSTRACT, RUN
from crawler.feeds.private import KINDS, private, removed, taken_down
from crawler.feeds.private import hash_only as of_licence
from crawler.store.schema import described

_START = re.compile(
    r"((?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)*(?:explain\s+(?:query\s+plan\s+)?)?)(select\b|values\b|with\b(?:\s+recursive\b)?)",
    re.IGNORECASE | re.DOTALL,
)
_PRAGMA = re.compile(r"\s*pragma\b", re.IGNORECASE)
_VIEWS = {
    "version_sections": ("version", "document", "position", "section", "path", "number", "heading", "text", "status")
}


def hash_only(document: str, main: str = "main.") -> str:
    """Give the SQL that is true where the publisher's licence does not let us show our copy of a document."""
    return of_licence(document, main)


def _unless(hidden: str, value: str, instead: str = "''") -> str:
    return f"case when {hidden} then {instead} else {value} end"


def _entries() -> dict[str, str]:
    lost, shut = hiding.lost("t", "main."), hash_only("t.document")
    down, parts = taken_down("t.document", "main."), hiding.parts("t.document", "t.details", "main.")
    names, gone = f"({private('t.document', 'main.')} or {lost})", f"({down} is not null or {lost})"
    source = "(select name from main.sources where id = t.source)"
    told = f"case when {shut} then quoted_details(t.details) else t.details end"
    title = f"when {down} is not null then 'Removed by the publisher on ' || day({down}) else t.title end"
    standing = f"(select json_group_array(json(c.value)) from json_each(t.copies) c where {_named_by('document')})"
    of_title = {
        name: f"case when {names} then '[]' else sentences_of_title(t.{name}, t.title, {source}, {parts}) end"
        for name in ("why", "sure")
    }
    return of_title | {
        "document": _unless(gone, "t.document", "null"),
        "title": f"case when {lost} then '{hiding.LOST}' {title}",
        "url": _unless(gone, "t.url"),
        "summary": _unless(names, f"summary_without(t.summary, t.details, {parts})"),
        "note": _unless(f"({names} or {parts} <> '[]')", "t.note"),
        "look_for": _unless(f"({names} or {shut} or {parts} <> '[]')", "t.look_for", "'[]'"),
        "copies": _unless(gone, f"case when t.copies = '[]' then t.copies else {standing} end", "'[]'"),
        "details": _unless(names, f"details_without({told}, {parts})", "'[]'"),
    }


def _named_by(key: str) -> str:
    """Give the SQL that is true where an object of JSON names no document that was removed."""
    return f"coalesce(json_extract(c.value, '$.{key}'), '') not in {_REMOVED}"


def _documents() -> dict[str, str]:
    names, shut = private("t.id", "main."), hash_only("t.id")
    return {
        "summary": f"case when {names} then '' when {shut} then substr(t.summary, 1, {ABSTRACT}) else t.summary end",
    }


def _changes() -> dict[str, str]:
    # A path is made of a heading, and so can name someone too.
    names, shut = private("t.document", "main."), hash_only("t.document")
    hidden = f"({names} and t.kind not in ('retitled', 'relocated', 'status'))"
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


def _standing(*columns: str) -> str:
    """Give the SQL that is true of rows that name no document that was removed, whatever name they give it."""
    return " and ".join(f"{hiding.present(f't.{name}', 'main.')} not in {_REMOVED}" for name in columns)


def _elsewhere(*columns: str) -> str:
    """Give the SQL that is true of rows whose address is not that of a document that was removed."""
    return " and ".join(f"t.{name} not in {_ADDRESSES}" for name in columns)


_REMOVED = removed("main.")
_ADDRESSES = (
    f"(select d.url from main.documents d where d.id in {_REMOVED}"
    f" union select substr(a.alias, 5) from main.aliases a where a.document in {_REMOVED}"
    f" union select substr(d.id, 5) from main.documents d where d.id in {_REMOVED}"
    f" union select f.url from main.versions v join main.fetches f on f.id = v.fetch where v.document in {_REMOVED}"
    " and f.role in ('document', 'attachment', 'statement'))"
)
"""The addresses of documents that were removed: one list for a whole statement."""
_EXCHANGES = f"(select exchange from main.fetches where url in {_ADDRESSES})"
_OPEN_ROWS = f"not {private('t.document', 'main.')}"
_OF_PEOPLE = f"exists (select 1 from main.sources s where s.id = t.source and s.kind in ({KINDS}))"
_PENDING = "case when t.key = 'read anew' then '' else t.value end"

_ANSWER = {"answer": "null", "answered_at": "''"}
_LEFT = f"t.document not in {_REMOVED}"
_SHADOWED: Mapping[str, tuple[dict[str, str], str]] = {
    "meta": ({"value": _PENDING}, ""),
    "documents": (_documents(), f"t.id not in {_REMOVED}"),
    "entries": (_entries(), ""),
    "changes": (_changes(), _LEFT),
    "versions": ({"note": _unless(private("t.document", "main."), "t.note")}, _LEFT),
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
        _LEFT,
    ),
    "aliases": ({}, _LEFT),
    "fetches": (
        {
            "asked": "(select json_group_array(json_remove(value, '$.facts')) from json_each(t.asked))",
            "problems": _unless(_OF_PEOPLE, "t.problems", "'{}'"),
        },
        f"t.exchange not in {_EXCHANGES}",
    ),
    "issues": (
        {"detail": _unless(f"({_OF_PEOPLE} and t.kind in ('entry', 'shared link'))", "t.detail")},
        f"{_elsewhere('subject')} and {_standing('subject')}",
    ),
    "relevance": (_reasons(), _LEFT),
    "document_topics": (_reasons(), _LEFT),
    "document_facets": (_reasons(), _LEFT),
    "toolkit_facts": ({}, _OPEN_ROWS),
    "signatures": ({}, _OPEN_ROWS),
    "held": ({}, _LEFT),
    "dates": ({"qualification": _unless(private("t.document", "main."), "t.qualification")}, _LEFT),
    "date_statements": ({"qualification": _unless(private("t.document", "main."), "t.qualification")}, _LEFT),
    "relations": ({}, _standing("document", "target")),
    "copies": ({}, _standing("document", "original")),
    "compared": ({}, _LEFT),
    "references_of": ({}, _LEFT),
    "unclassified": ({}, _LEFT),
    "aside": ({"facts": "'{}'"}, f"{_standing('document')} and {_elsewhere('url')}"),
    "put_off": ({}, _LEFT),
    "redaction_marks": ({}, "0"),
    "redacted_copies": ({}, "0"),
    "series_editions": ({"follows": _unless(f"t.follows in {_REMOVED}", "t.follows", "null")}, _LEFT),
    "series": ({"newest": _unless(f"t.newest in {_REMOVED}", "t.newest", "null")}, ""),
    "collection_members": ({"member": f"case when {_standing('member')} then t.member else '' end"}, ""),
    "entry_sections": (
        {"path": _unless(private(hiding.present("t.document", "main."), "main."), "t.path")},
        f"{_standing('document')}"
        f" and not exists (select 1 from main.entries e where e.id = t.entry and {hiding.lost('e', 'main.')})",
    ),
    "lessons": (
        {name: _unless(private("t.answer", "main."), f"t.{name}", other) for name, other in _ANSWER.items()},
        _OPEN_ROWS,
    ),
    "frontier": ({}, _elsewhere("url")),
    "frontier_askers": (
        {"facts": "'{}'", "parent": _unless(f"t.parent in {_REMOVED}", "t.parent")},
        f"t.frontier not in (select id from main.frontier where url in {_ADDRESSES})",
    ),
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
    if not clauses or (not start and _PRAGMA.match(sql)):
        return sql
    if not start:
        raise sqlite3.OperationalError("a statement begins with select, values, with or explain")
    before, verb = start.groups()
    rest = sql[start.end() :]
    opening = verb if verb[:4].lower() == "with" else "with"
    following = "," if verb[:4].lower() == "with" else f" {verb}"
    return f"{before}{opening} {', '.join(clauses)}{following}{rest}"
