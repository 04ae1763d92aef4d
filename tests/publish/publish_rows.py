"""A database filled row by row, and the names and words that tests look for."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from sqlite_utils import Database

from crawler.changes.strength import of_words
from crawler.export import export
from crawler.feeds.entry import words_of
from crawler.public.database import FILE
from crawler.publish import SiteAddress
from crawler.publish import site as real_site
from crawler.store import schema
from tests.public.in_process import InProcess

NOW = datetime(2026, 11, 24, 11, tzinfo=UTC)
CLOCK = "2026-11-24T10:00:00Z"
EARLIER = "2026-11-20T10:00:00Z"
FIRST = "2026-11-01T10:00:00Z"
WHERE = SiteAddress(public_url="https://roundup.example.org", authority="roundup.example.org")

SECRET = "Marigoldbody"
"""A word that stands only in bodies, summaries and notes of private documents: no page may show it."""
REMOVED = "Tuberosetitle"
"""A word that stands only in titles of private documents that their publisher took down."""
SHUT = "Larkspurtext"
"""A word that stands only in unchanged texts whose licence does not let us show our copy."""
KEPT = f"{SHUT} is how it goes on for long. " * 40

SCRIPT = '<script>alert("x")</script> & <b>bold</b>'
RTL = "قانون مكافحة الاتجار بالبشر"
LONG = "Annex on identification " * 21
ACT = "ukpga/2001/9001"
ADDRESS = "url:https://example.org/report?id=1&part=b//c#d e"
NEWS = "govuk:11111111-aaaa-bbbb-cccc-000000000001"
TAKEN = "govuk:11111111-aaaa-bbbb-cccc-000000000002"
CASE = "url:https://courts.example/case/7"
SHUT_REPORT = "url:https://ngo.example/reports/9"
GUIDANCE = "govuk:22222222-aaaa-bbbb-cccc-000000000001"
CONVENTION = "url:https://conventions.example/197"

_DEFAULTS: dict[str, dict[str, Any]] = {
    "publishers": {
        "jurisdiction": "United Kingdom", "licence": "", "licence_url": "", "attribution": "", "copy": "public",
    },
    "sources": {
        "protocol": "feed", "jurisdiction": "United Kingdom", "schedule": 86400, "evidence": "recorded", "enabled": 1,
        "reason": "", "toolkit": "[]", "topics": "[]", "keep": "all", "expect": "{}", "options_digest": "r",
        "first_options": "r",
        "last_success": CLOCK, "last_walk": CLOCK, "last_entries": 12, "kind": "guidance",
    },
    "crawls": {
        "state": "ended", "live": 0, "sample": 0, "software": "0.1.0", "parsers": "{}", "registry": "",
        "file": "a.warc.gz", "offset": 0, "length": 10,
    },
    "runs": {
        "outcome": "healthy", "walk": "complete", "requests": 3, "not_modified": 0, "not_recorded": 0, "failed": 0,
        "bytes": 100, "documents": 12, "new": 0, "changed": 1, "known": 11,
    },
    "fetches": {
        "hop": 0, "accept": "", "role": "document", "status": 200, "outcome": "accepted", "reason": "", "etag": "",
        "last_modified": "", "media_type": "text/html", "bytes": 10, "options_digest": "r",
        "file": "a.warc.gz", "offset": 1, "length": 9,
    },
    "documents": {
        "kind": "guidance", "publisher": "home-office", "author": "", "jurisdiction": "United Kingdom", "extent": "",
        "summary": "", "status": "", "availability": "ok", "suspect_answers": 0, "in_force": "not applicable",
        "first_seen": FIRST, "checked": CLOCK, "source": "guidance", "published": "2026-10-05",
    },
    "versions": {
        "title": "Sample", "representation": "html", "language": "en", "label": "", "status": "", "note": "",
        "partial": 0, "source": "guidance", "fetch": 1, "annotations": "[]", "options_digest": b"",
    },
    "changes": {
        "path": "", "before": "", "after": "", "words": "[]", "position": -1, "cause": "source",
        "significance": "substantive", "flags": "[]", "reasons": "[]", "note": "", "seen": CLOCK, "crawl": "c3",
        "fetch": 1,
    },
    "entries": {
        "crawl": "c3", "kind": "changed", "summary": "One section changed.", "details": "[]",
        "url": "https://www.example.org/official", "jurisdiction": "United Kingdom", "publisher": "home-office",
        "source": "guidance", "document_kind": "guidance", "published": "2026-10-05", "in_force": "not applicable",
        "note": "", "significance": "substantive", "late": "", "seen": CLOCK, "announced": CLOCK, "updated": CLOCK,
        "state": "announced", "capture_time": CLOCK, "capture_digest": sha256(b"x").hexdigest(), "fetch": 1,
        "why": "[]", "aimed_at": "[]", "look_for": "[]", "flags": "[]", "sure": "[]", "confirmed": 1, "copies": "[]",
    },
    "dates": {"seen": FIRST, "fetch": 1},
    "effects": {"seen": FIRST, "fetch": 1, "starts": "[]", "affected_paths": "[]", "affecting_paths": "[]"},
    "relations": {"seen": FIRST, "fetch": 1},
    "issues": {"severity": "alarm", "subject": "", "crawl": "c3", "last_seen": CLOCK},
}  # fmt: skip

Part = tuple[str, int, int]


def words(*runs: str) -> list[list[str]]:
    """Return runs of words as they are stored; each starts with its op: "=kept ", "-may ", "+must "."""
    return [[run[0], run[1:]] for run in runs]


def told(kind: str, document: str, path: str, heading: str, *runs: str) -> dict[str, Any]:
    """Return one difference as an entry tells it."""
    duty = [asdict(one) for one in of_words(words_of(words(*runs)), kind, path, heading)]
    found = {"kind": kind, "document": document, "path": path, "heading": heading, "words": words(*runs)}
    return found | ({"duty": duty} if duty else {})


def lettered(path: str, text: str) -> list[Part]:
    """Give the parts of a text that has a subsection (1) with paragraphs (a) and (b), and perhaps a subsection (2)."""
    second = text.find("(2)") if "(2)" in text else len(text)
    first_end = len(text[:second].rstrip())
    if "(a)" not in text:
        return [(f"{path}-1", 0, first_end)]
    a, b = text.index("(a)"), text.index("(b)")
    found = [(f"{path}-1", 0, first_end), (f"{path}-1-a", a, b - 1), (f"{path}-1-b", b, first_end)]
    return [*found, (f"{path}-2", second, len(text))] if second < len(text) else found


def site(private: Path, where: SiteAddress, *, now: datetime | None = None) -> Datasette:
    """Return the site over the public database beside a private one, without processes of its own."""
    public = private.with_name(FILE)
    return real_site(public, where, now=now, runner=InProcess(public))


class World:
    """A database that is filled row by row."""

    def __init__(self, path: Path) -> None:
        self.db = Database(path)
        self.db.conn.execute(f"pragma page_size={schema.PAGE_BYTES}")
        self.db.enable_wal()
        if schema.is_empty(self.db.conn):
            schema.create(self.db.conn)

    def add(self, table: str, **values: Any) -> None:
        columns = self.db[table].columns
        blank = {one.name: "" if one.type == "TEXT" else 0 for one in columns if one.notnull and not one.is_pk}
        row = {**blank, **_DEFAULTS.get(table, {}), **values}
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        self.db.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))

    def document(self, id: str, title: str, **values: Any) -> None:
        values.setdefault("root", values.get("parent") or id)
        values.setdefault("url", "https://www.example.org/" + sha256(id.encode()).hexdigest()[:8])
        summary, source = values.get("summary", ""), values.get("source", "guidance")
        self.add("documents", id=id, title=title, **values)
        self.add(
            "document_sources", document=id, source=source, first_seen=FIRST, last_seen=CLOCK,
            listed=json.dumps({"title": title, "summary": summary}), stated="{}",
        )  # fmt: skip

    def version(self, id: str, document: str, sections: Iterable[Sequence[Any]], **values: Any) -> None:
        """Add a version; sections are path, number, heading, text and parts. The last one added is the one shown."""
        self.db.execute("update sections set newest = 0 where document = ?", [document])
        given = [(*section, []) if len(section) == 4 else tuple(section) for section in sections]
        ids = [self._section(document, *section) for section in given]
        self.db.execute(f"update sections set newest = 1 where id in ({', '.join(map(str, ids))})")
        self.add(
            "versions", id=id, document=document, sections=json.dumps(ids), characters=sum(len(s[3]) for s in given),
            digest=sha256(json.dumps(ids).encode()).digest(), **values,
        )  # fmt: skip
        self.db.execute("update documents set current = ? where id = ?", [id, document])

    def _section(self, document: str, path: str, number: str, heading: str, text: str, parts: Sequence[Part]) -> int:
        digest = sha256(f"{path}|{number}|{heading}|{text}".encode()).digest()
        found = "select id from sections where document = ? and digest = ?"
        known = self.db.execute(found, [document, digest]).fetchone()
        if known:
            return int(known[0])
        self.add(
            "sections", document=document, path=path, number=number, heading=heading, text=text, status="",
            parts=json.dumps(parts), digest=digest, newest=0,
        )  # fmt: skip
        return int(self.db.execute(found, [document, digest]).fetchone()[0])

    def change(self, id: str, document: str, kind: str, path: str = "", **values: Any) -> None:
        """Add a change; ``words`` are as :func:`words` gives them."""
        values["words"] = json.dumps(values.get("words", []))
        if path and kind in ("added", "changed") and "after_section" not in values:
            values["after_section"] = self._newest(document, path)
        silent, entry = values.pop("silent", ""), values.pop("entry", None)
        self.add("changes", id=id, document=document, kind=kind, path=path, **values)
        state = "silent" if silent else "announced" if entry else "waiting"
        self.add("outbox", change=id, root=document, state=state, reason=silent, since="c3", late="[]", entry=entry)

    def _newest(self, document: str, path: str) -> int | None:
        """Return the section that is shown and holds a provision, None where there is none."""
        held = "select id from sections where document = ? and newest = 1 and (path = ? or ? like path || '-%')"
        row = self.db.execute(f"{held} order by length(path) desc", [document, path, path]).fetchone()
        return None if row is None else int(row[0])

    def entry(self, id: str, document: str | None, title: str, *details: dict[str, Any], **values: Any) -> None:
        """Add an entry; ``at`` is when it was seen, announced and updated, where that is not the clock."""
        at = values.pop("at", CLOCK)
        times = {"announced": at, "updated": at, "seen": at}
        self.add("entries", id=id, document=document, title=title, details=json.dumps(details), **{**times, **values})

    def facets(self, entry: str, **values: Iterable[str]) -> None:
        """Give an entry the values by which it can be found, by facet."""
        for facet, listed in values.items():
            for value in listed:
                self.add("entry_facets", entry=entry, facet=facet, value=value)

    def places(self, entry: str, document: str, *paths: str) -> None:
        """Record what an entry tells of: a document, and provisions of it."""
        for path in ("", *paths):
            self.add("entry_sections", entry=entry, document=document, path=path)


@contextmanager
def copied(database: Path, path: Path) -> Iterator[World]:
    """Return a copy of a database, to be added to."""
    Database(database).conn.backup(Database(path).conn)
    world = World(path)
    yield world
    world.db.conn.commit()
    world.db.close()
    export(path)
