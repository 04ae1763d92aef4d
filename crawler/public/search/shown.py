"""What is shown of a result: where its provision is, the words with those asked for marked, and how it stands."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any

from crawler.public.database import Row, row, rows
from crawler.public.guidance import later_edition
from crawler.public.search.families import Result
from crawler.public.search.parse_query import Query
from crawler.public.search.score import Passage
from crawler.public.search.search import Found
from crawler.public.search.state import ResultState, standing
from crawler.wording import where

START, END = "\x02", "\x03"
"""Around words that were asked for: characters that no cleaned text holds."""

MAX_WHOLE_CHARACTERS = 420
MAX_WHOLE_CHARACTERS_FIRST = 800
"""A passage that is no longer is shown as a whole; of the first result more is shown."""

MAX_SNIPPET_TOKENS = 48
MAX_SUMMARY_CHARACTERS = 300
MAX_OTHERS = 3

_SNIPPET = f"""snippet({{table}}, 2, char(2), char(3), ' … ', {MAX_SNIPPET_TOKENS})"""
_WHOLE = "highlight({table}, 2, char(2), char(3))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A provision: its path, its heading as it is shown, and the same in the words of lawyers."""

    path: str
    where: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A result as it is shown.

    ``later`` is a later text of what it is a copy of: id, title, day.
    ``words`` are those of the provision, or the summary, with what was asked for between ``START`` and ``END``;
    ``also`` is another provision that answers nearly as well, with its words; ``others`` are id and title of
    further parts of its family.
    """

    document: Mapping[str, Any]
    place: Place | None
    words: str
    standing: ResultState
    also: Place | None
    also_words: str
    others: Sequence[tuple[str, str]]
    later: Row | None


def details(connection: Connection, found: Found, first: int, number: int) -> list[Shown]:
    """Return some of the results as they are shown: as many as asked for, from the first on (counted from 0)."""
    match = _match(found.query)
    return [
        _shown(connection, result, found.query, match, MAX_WHOLE_CHARACTERS if place else MAX_WHOLE_CHARACTERS_FIRST)
        for place, result in enumerate(found.results[first : first + number], first)
    ]


def names(connection: Connection, publishers: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return the names of topics, and of some publishers, by facet and id."""
    sql = """select 'topic' as facet, id, label as name from topics
      union all select 'publisher', id, name from publishers where id in (select value from json_each(?))"""
    return {(each["facet"], each["id"]): each["name"] for each in rows(connection, sql, [json.dumps(list(publishers))])}


def provision(connection: Connection, document: str, path: str) -> Place | None:
    """Return a provision of a document as it is shown, None where it has none."""
    sql = (
        "select path, number, heading, status from sections where document = ? and path = ? and is_current = 1 limit 1"
    )
    held = row(connection, sql, [document, path])
    return _place(held, held["path"]) if held else None


def title(connection: Connection, document: str) -> str:
    """Return the title of a document, empty where it is not held."""
    held = row(connection, "select title from documents where id = ?", [document])
    return held["title"] if held else ""


def _shown(connection: Connection, result: Result, query: Query, match: str, whole: int) -> Shown:
    document, passage = result.scored.document, result.passage
    place = _deepest(connection, passage, query) if passage else None
    path = place.path if place else ""
    return Shown(
        document=document,
        place=place,
        words=_words(connection, document, passage, match, whole),
        standing=standing(connection, document, path, place.status if place else ""),
        also=_place(result.also.row, result.also.row["path"]) if result.also else None,
        also_words=_words(connection, document, result.also, match, MAX_WHOLE_CHARACTERS) if result.also else "",
        others=[(other.document["id"], other.document["title"]) for other in result.others[:MAX_OTHERS]],
        later=later_edition(connection, document),
    )


def _words(connection: Connection, document: Mapping[str, Any], passage: Passage | None, match: str, whole: int) -> str:
    """Return the words to show, marked."""
    table, n, text = ("documents_fts", document["n"], document["summary"])
    if passage is not None:
        table, n, text = "passages_fts", passage.row["n"], passage.row["text"]
    if not text:
        return ""
    form = _WHOLE if len(text) <= whole else _SNIPPET
    sql = f"select {form.format(table=table)} from {table} where {table} match ? and rowid = ?"
    marked = connection.execute(sql, [match, n]).fetchone() if match else None
    if marked is not None:
        return str(marked[0])
    most = whole if passage is not None else MAX_SUMMARY_CHARACTERS
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0]} …"


def _match(query: Query) -> str:
    """Return the expression for all that was asked for, to be marked."""
    terms = dict.fromkeys(term.words for word in query.words for term in word.terms)
    return " OR ".join('"{}"'.format(term.replace('"', " ")) for term in terms)


def _deepest(connection: Connection, passage: Passage, query: Query) -> Place:
    """Return where a passage is: the deepest sub-provision that was cited of its section, else the section."""
    section = passage.row
    for cited in query.cited:
        if cited.inside and cited.rank(section["path"], section["number"]) is not None:
            held = row(connection, "select parts from sections where n = ?", [section["section"]])
            parts = {path.lower(): path for path, _, _ in json.loads(held["parts"] if held else "[]")}
            for depth in range(len(cited.inside), 0, -1):
                deep = "-".join((section["path"], *cited.inside[:depth])).lower()
                if deep in parts:
                    return _place(section, parts[deep])
    return _place(section, section["path"])


def _place(section: Mapping[str, Any] | Row, path: str) -> Place:
    return Place(path=path, where=where(path, section["heading"], section["number"]), status=section["status"])
