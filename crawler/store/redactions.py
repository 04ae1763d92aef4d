"""What was redacted, and what is known of a document that is about to be: its family, its copies, and all its names."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.redaction import Mark, Redacted
from crawler.redaction.mark_hashes import words_of
from crawler.store import documents
from crawler.store.store import Row, Store, dumps

NOTICE = 3
"""Addresses that serve the same bytes from which on these are taken for a notice, and no document."""
COMMON = 3
"""Other documents in whose text the words of a title stand from which on they are taken for everybody's words."""
OWN = ("document", "attachment", "statement")
"""Roles under which a document itself is asked for."""
_OWN = str(OWN)


def put(store: Store, redacted: Iterable[Redacted], time: str) -> None:
    """Record decisions that were carried out; what is known of one already stays."""
    for each in redacted:
        row = {"id": each.id, "reason": each.reason, "date": each.date, "time": time}
        store.do("insert or ignore into redactions values (?, ?, ?, ?)", *row.values())
        for mark in sorted(each.marks, key=str):
            store.do("insert or ignore into redaction_marks values (?, ?, ?)", each.id, mark.kind, mark.value)


def known(store: Store) -> list[Redacted]:
    """Return everything that was redacted."""
    marks: dict[str, set[Mark]] = {}
    for row in store.all("select * from redaction_marks"):
        found = Mark(redaction=row["redaction"], kind=row["kind"], value=row["value"])
        marks.setdefault(row["redaction"], set()).add(found)
    return [
        Redacted(id=row["id"], reason=row["reason"], date=row["date"], marks=frozenset(marks.get(row["id"], ())))
        for row in store.all("select * from redactions order by id")
    ]


def flag(store: Store, document: str, redaction: str, seen: str) -> None:
    """Record that a document is a copy of something redacted; nothing of it is told."""
    store.upsert("redaction_pending", {"document": document, "redaction": redaction, "seen": seen}, ["document"])
    store.do(
        "update outbox set state='silent', reason='redacted' where entry is null"
        " and change in (select id from changes where document=?)",
        document,
    )


def flagged(store: Store) -> dict[str, str]:
    """Return the documents that are copies of something redacted, with the decision."""
    rows = store.all("select document, redaction from redaction_pending order by document")
    return {str(row["document"]): str(row["redaction"]) for row in rows}


# Which documents go


def of_address(store: Store, url: str) -> set[str]:
    """Return the documents at an address."""
    row = documents.find(store, url)
    rows = store.all("select id from documents where url=?", url)
    return {str(each["id"]) for each in (*rows, *([row] if row else []))}


def of_digest(store: Store, digest: str) -> set[str]:
    """Return the documents whose own page or file had the bytes of a digest."""
    rows = store.all(
        "select distinct v.document from versions v join fetches f on f.id=v.fetch"
        f" where f.digest=? and f.role in {_OWN}",
        digest,
    )
    return {str(row["document"]) for row in rows}


def with_copies(store: Store, names: Iterable[str]) -> set[str]:
    """Return documents with all that hang on them, and all that are the same: a copy names whom the original names."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found and documents.get(store, name) is not None:
            found.add(name)
            waiting += _related(store, name)
    return found


def _related(store: Store, name: str) -> Iterator[str]:
    rows = store.all(
        "select id from documents where parent=?1 union select original from duplicates where document=?1"
        " union select document from duplicates where original=?1",
        name,
    )
    yield from (str(row["id"]) for row in rows)
    same = store.all(
        "select distinct w.document from versions v join fetches f on f.id=v.fetch join fetches g on g.digest=f.digest"
        f" join versions w on w.fetch=g.id where v.document=? and f.digest<>'' and f.role in {_OWN}"
        f" and g.role in {_OWN} limit ?",
        name, NOTICE + 1,
    )  # fmt: skip
    if len(same) <= NOTICE:
        yield from (str(row["document"]) for row in same)


# What they are known by


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """What the links said that led to a document: addresses where it was asked, and titles."""

    urls: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()


def asked(store: Store, documents: Collection[str]) -> dict[str, LinkFacts]:
    """Return by document what was asked for it, and under which titles: all requests are looked through once."""
    rows = store.all(
        "select a.value ->> '$.facts.document' as document, f.url, f.role, a.value ->> '$.facts.title' as title"
        " from fetches f, json_each(f.asked) a where instr(f.asked, '\"document\"')"
        " and a.value ->> '$.facts.document' in (select value from json_each(?))",
        dumps(sorted(documents)),
    )
    urls: dict[str, set[str]] = {}
    given: dict[str, set[str]] = {}
    for row in rows:
        urls.setdefault(row["document"], set()).update([row["url"]] if row["role"] in OWN else ())
        given.setdefault(row["document"], set()).update([row["title"]] if row["title"] else ())
    return {name: LinkFacts(urls=frozenset(urls[name]), titles=frozenset(given[name])) for name in urls}


def names(store: Store, document: str) -> set[str]:
    """Return every id and address of a document, addresses as ``url:`` and the address."""
    rows = store.all("select alias from aliases where document=?", document)
    urls = store.all(
        "select d.url from documents d where d.id=?1 union select f.url from versions v join fetches f on f.id=v.fetch"
        f" where v.document=?1 and f.role in {_OWN}"
        " and not exists (select 1 from versions o where o.fetch=f.id and o.document<>?1)",
        document,
    )
    return {document, *(str(row["alias"]) for row in rows), *(f"url:{row['url']}" for row in urls)}


def digests(store: Store, targets: Collection[str], *, shared: bool = False) -> set[str]:
    """Return the digests of the pages and files of documents, those that others have too only where they are wanted."""
    rows = store.all(
        "select distinct f.digest from versions v join fetches f on f.id=v.fetch"
        f" where v.document in (select value from json_each(?1)) and f.digest<>'' and f.bytes>0 and f.role in {_OWN}"
        " and (?2 or not exists (select 1 from fetches g join versions w on w.fetch=g.id where g.digest=f.digest"
        " and w.document not in (select value from json_each(?1))))",
        dumps(sorted(targets)), shared,
    )  # fmt: skip
    return {str(row["digest"]) for row in rows}


def signatures(store: Store, document: str) -> list[int]:
    """Return the marks of the text of a document."""
    rows = store.all(
        "select mark from fingerprints join fingerprint_marks using (turn) where document=? order by mark", document
    )
    return [int(row["mark"]) for row in rows]


def titles(store: Store, document: str) -> tuple[set[str], set[str]]:
    """Return the titles and the summaries that a document has or had, in every language, by every source."""
    row = documents.get(store, document) or {}
    given = {str(row.get("title", ""))}
    given |= {str(one["title"]) for one in store.all("select distinct title from versions where document=?", document)}
    for one in store.all("select before, after from changes where document=? and kind='retitled'", document):
        given |= {str(one["before"]), str(one["after"])}
    summaries = {str(row.get("summary", ""))}
    for one in store.all("select listed, stated from document_sources where document=?", document):
        for said in (json.loads(one["listed"]), json.loads(one["stated"])):
            given |= _stated(said, "title")
            summaries |= _stated(said, "summary")
    return given - {""}, summaries - {""}


def _stated(said: Mapping[str, Any], fact: str) -> set[str]:
    return {str(value) for key, value in said.items() if key.partition("@")[0] == fact}


def others(store: Store, targets: Collection[str]) -> list[str]:
    """Return the words of the titles and summaries of all other documents, between blanks, a text for each."""
    rows: list[Row] = store.all("select id, title, summary from documents")
    return [f" {' '.join(words_of(text))} " for row in rows if row["id"] not in targets
            for text in (row["title"], row["summary"]) if text]  # fmt: skip


def files_with(store: Store, word: str, targets: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the sections of other documents with a word in lower case that were read in files, each with its digest.

    Such files cannot be cut: PDF, office.
    """
    rows = store.all(
        "select distinct s.heading || ' ' || s.text as text, f.digest"
        " from sections s join versions v on v.document=s.document"
        " join json_each(v.sections) j on j.value=s.id join fetches f on f.id=v.fetch"
        " where instr(lower(s.heading || ' ' || s.text), ?) and v.representation in ('pdf','office')"
        " and s.document not in (select value from json_each(?))",
        word, dumps(sorted(targets)),
    )  # fmt: skip
    yield from ((str(row["text"]), str(row["digest"])) for row in rows)


def files_of(store: Store, crawl: str) -> Iterator[tuple[str, str]]:
    """Yield the sections that were read in files that cannot be cut in a crawl, each with the digest of its file."""
    rows = store.all(
        "select s.heading || ' ' || s.text as text, f.digest from fetches f join versions v on v.fetch=f.id"
        " join json_each(v.sections) j join sections s on s.id=j.value"
        f" where f.crawl=? and f.role in {_OWN} and v.representation in ('pdf','office')",
        crawl,
    )
    yield from ((str(row["text"]), str(row["digest"])) for row in rows)


def is_common(store: Store, words: Collection[str], targets: Collection[str]) -> bool:
    """Whether words stand in the texts of several other documents."""
    between = r"[\W_]+"
    phrase = re.compile(rf"(?<![^\W_]){between.join(map(re.escape, words))}(?![^\W_])", re.IGNORECASE)
    rows = store.all(
        "select document, text from sections where instr(lower(text), ?)"
        " and document not in (select value from json_each(?))",
        max((word for word in words if word.isascii()), key=len, default=""), dumps(sorted(targets)),
    )  # fmt: skip
    return len({row["document"] for row in rows if phrase.search(row["text"])}) >= COMMON
