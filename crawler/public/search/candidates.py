"""Documents and passages that may answer, found under a budget: what is read does not grow with the database."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from crawler.public.database import rows
from crawler.public.search.citations import Cited
from crawler.public.search.parse_query import Query, Term, Word
from crawler.public.search.scope import Scope

MAX_RANKED_ROWS = 4_000
"""Rows that bm25 may read in one index: it reads the whole list of each word, so common words are never ranked."""

MAX_ROWS_PER_LIST = 40
MAX_DOCUMENTS = 150
MAX_PASSAGES_PER_DOCUMENT = 2
MAX_PASSAGES_LOOKED_AT = 40
"""Passages of one document that are looked at for its best ones."""

_MIN_WEIGHT = 0.5
"""Words that only shape a question are not asked of an index where there are others."""

_DOCUMENTS = "documents_fts"
_PASSAGES = "passages_fts"
_BM25 = {_DOCUMENTS: "bm25(documents_fts, 8.0, 6.0, 2.0, 3.0)", _PASSAGES: "bm25(passages_fts, 3.0, 4.0, 1.0)"}
_JOIN = {
    _DOCUMENTS: "join documents d on d.n = f.rowid",
    _PASSAGES: "join passages p on p.n = f.rowid join documents d on d.n = p.document",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequencies:
    """How common stems are: ``known`` has in how many documents and passages each is; and how many of these there are.

    Stems that are nowhere are not in it.
    """

    known: Mapping[str, tuple[int, int]]
    documents: int
    passages: int

    def of_term(self, term: Term, index: str) -> int:
        """Return how many rows of an index have a term at most: as many as have its rarest stem."""
        place = 0 if index == _DOCUMENTS else 1
        return min((self.known.get(stem, (0, 0))[place] for stem in term.stems), default=0)

    def is_held(self, term: Term) -> bool:
        """Whether a term may stand anywhere."""
        return bool(self.of_term(term, _DOCUMENTS) or self.of_term(term, _PASSAGES))

    def of_word(self, word: Word) -> int:
        """Return how many documents and passages have a word at most, in the way of saying it that is most common."""
        each = (self.of_term(term, _DOCUMENTS) + self.of_term(term, _PASSAGES) for term in word.terms)
        return max(each, default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """What may answer: documents by their n, passages by document; and the place of each in the ranked lists."""

    documents: Sequence[int]
    passages: Mapping[int, Sequence[int]]
    document_ranks: Mapping[int, int]
    passage_ranks: Mapping[int, int]


def frequencies(connection: Connection, stems: Iterable[str]) -> Frequencies:
    """Return how common some stems are."""
    known = connection.execute(
        "select term, documents, passages from terms where term in (select value from json_each(?))",
        [json.dumps(sorted(set(stems)))],
    )
    counted = connection.execute(
        "select (select coalesce(max(n), 0) from document_search), (select coalesce(max(n), 0) from passages)"
    ).fetchone()
    return Frequencies(
        known={term: (documents, passages) for term, documents, passages in known},
        documents=counted[0],
        passages=counted[1],
    )


def candidates(connection: Connection, query: Query, counts: Frequencies, scope: Scope) -> Candidates:
    """Return what may answer a question within a scope: of documents some 150, of passages some hundred."""
    ranked_documents, more_documents = _lists(connection, query, counts, scope, _DOCUMENTS)
    ranked_passages, more_passages = _lists(connection, query, counts, scope, _PASSAGES)
    passages = [*_cited(connection, query.cited, scope), *ranked_passages, *more_passages]
    held = _documents_of(connection, passages)
    by_document: dict[int, list[int]] = {}
    for passage in dict.fromkeys(passages):
        by_document.setdefault(held[passage], []).append(passage)
    order = [*ranked_documents[:20], *by_document, *ranked_documents[20:], *more_documents]
    documents = list(dict.fromkeys(order))[:MAX_DOCUMENTS]
    return Candidates(
        documents=documents,
        passages={document: by_document.get(document, []) for document in documents},
        document_ranks={document: place for place, document in enumerate(ranked_documents)},
        passage_ranks={passage: place for place, passage in enumerate(ranked_passages)},
    )


def passages_inside(connection: Connection, document: int, words: Sequence[Word], counts: Frequencies) -> list[int]:
    """Return passages of a document that have any of some words, in their order."""
    first, last = connection.execute("select min(n), max(n) from passages where document = ?", [document]).fetchone()
    match = " OR ".join(_said(word, counts, _PASSAGES) for word in words if _said(word, counts, _PASSAGES))
    if first is None or not match:
        return []
    sql = "select rowid from passages_fts where passages_fts match ? and rowid between ? and ? limit ?"
    return [row[0] for row in connection.execute(sql, [match, first, last, MAX_PASSAGES_LOOKED_AT])]


def passages_of(connection: Connection, document: int) -> list[int]:
    """Return the first passages of a document, in their order."""
    sql = "select n from passages where document = ? order by n limit ?"
    return [row[0] for row in connection.execute(sql, [document, MAX_PASSAGES_LOOKED_AT])]


def _lists(
    connection: Connection, query: Query, counts: Frequencies, scope: Scope, index: str
) -> tuple[list[int], list[int]]:
    """Return rows of an index: the best of those with rare words, then of those with several or all words."""
    held = [word for word in query.words if _said(word, counts, index)]
    words = [word for word in held if word.weight >= _MIN_WEIGHT] or held
    rare = _rare(words, counts, index)
    ranked = _rows(connection, index, rare, scope, order=_BM25[index]) if rare else []
    more: list[int] = []
    for match in _together(words, counts, index):
        found = _rows(connection, index, match, scope)
        more = [*found, *more]
        if len(found) < MAX_ROWS_PER_LIST:
            break
    return ranked, more


def _rare(words: Sequence[Word], counts: Frequencies, index: str) -> str:
    """Return the terms whose rows together stay within the budget, joined by OR."""
    terms = {term.words: counts.of_term(term, index) for word in words for term in word.terms}
    budget, taken = MAX_RANKED_ROWS, []
    for term, number in sorted(terms.items(), key=lambda item: (item[1], item[0])):
        if number and number <= budget:
            budget -= number
            taken.append(_quoted(term))
    return " OR ".join(taken)


def _together(words: Sequence[Word], counts: Frequencies, index: str) -> list[str]:
    """Return expressions for rows that have the rarest two words, the rarest three, all, all in their title.

    The rows of each are among those of the one before it.
    """
    rarest = sorted((word for word in words if _said(word, counts, index)), key=counts.of_word)
    groups = [rarest[:2], rarest[:3], rarest]
    matches = [" AND ".join(dict.fromkeys(_said(word, counts, index) for word in group)) for group in groups if group]
    if matches:
        matches.append(f"{'title' if index == _DOCUMENTS else 'heading'} : ({matches[-1]})")
    return list(dict.fromkeys(matches))


def _said(word: Word, counts: Frequencies, index: str) -> str:
    """Return the expression for rows that have a word in any way of saying it, empty where none has.

    A phrase that has another way of saying it within itself adds no row.
    """
    terms = {term.stems: term for term in reversed(word.terms) if counts.of_term(term, index)}
    single = {stems[0] for stems in terms if len(stems) == 1}
    needed = [term for stems, term in terms.items() if len(stems) == 1 or single.isdisjoint(stems)]
    return f"({' OR '.join(_quoted(term.words) for term in reversed(needed))})" if needed else ""


def _rows(connection: Connection, index: str, match: str, scope: Scope, *, order: str = "") -> list[int]:
    join, condition = (_JOIN[index], f"and {scope.condition}") if scope.condition else ("", "")
    # Without an order rows come by n, which is given by weight.
    sql = f"select f.rowid from {index} f {join} where {index} match :match {condition}"
    sql = f"{sql} order by {order}" if order else sql
    limited = f"{sql} limit {MAX_ROWS_PER_LIST}"
    return [row[0] for row in connection.execute(limited, {**scope.params, "match": match})]


def _cited(connection: Connection, cited: Sequence[Cited], scope: Scope) -> list[int]:
    """Return passages that are a provision which was cited, of law first."""
    found: list[int] = []
    for provision in cited[:4]:
        unit, number = provision.units[-1]
        found += _rows(connection, _PASSAGES, f"cite : {_quoted(f'{unit} {number}')}", scope)
        if "." in number:
            found += _rows(connection, _PASSAGES, f"cite : {_quoted(number)}", scope)
    return found


def passages_at(connection: Connection, documents: Sequence[int], paths: Sequence[str]) -> list[tuple[int, int]]:
    """Return the first passages of provisions with some paths, in some documents, each with its document."""
    held = rows(
        connection,
        """select p.n, p.document from json_each(:documents) j join documents d on d.n = j.value
          join sections s on s.document = d.id and s.is_current = 1
            and s.path in (select value from json_each(:paths)) join passages p on p.section = s.n and p.begins = 0""",
        {"documents": json.dumps(list(documents)), "paths": json.dumps(list(paths))},
    )
    return [(row["n"], row["document"]) for row in held]


def _documents_of(connection: Connection, passages: Sequence[int]) -> dict[int, int]:
    sql = "select n, document from passages where n in (select value from json_each(?))"
    return dict(connection.execute(sql, [json.dumps(list(passages))]).fetchall())


def _quoted(words: str) -> str:
    return '"{}"'.format(words.replace('"', " "))
