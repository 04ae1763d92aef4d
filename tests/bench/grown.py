"""A private database as large as the round-up may become: the sample world's, multiplied, with texts of real lengths.

Every copy of a row has names, titles, dates and words of its own; the same seed gives the same database.
"""

import itertools
import json
import random
import re
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

SEED = 11
SOURCES = 8
"""Copies of each source: 152 in all, as many as sources.yaml has."""
DAYS = 2_190
"""Copies are as old as six years."""
LONG_PAGE_CHARACTERS = 1_000_000
MEAN_WORDS = 70
"""Words that a text gets beside its own, on average."""

_NAME = "{0} || '-' || c.k"
_SHIFTED = "{0} + c.k * {1}"
_SOURCE = f"{{0}} || case when c.k % {SOURCES} = 0 then '' else '-s' || (c.k % {SOURCES}) end"
_TIME = (
    "case when length({0}) = 10 then date({0}, c.shift) when length({0}) > 10"
    " then strftime('%Y-%m-%dT%H:%M:%SZ', {0}, c.shift) else {0} end"
)

_DOCUMENTS = ("document", "parent", "root", "original", "target", "affected", "affecting", "answer", "follows")
_VERSIONS = ("version", "previous", "current")
_TIMES = (
    "published", "updated", "updated_by_publisher", "first_seen", "last_seen", "checked", "changed", "captured",
    "valid_from", "occurred", "seen", "announced", "availability_since", "capture_time", "time", "date",
)  # fmt: skip
_OWN: Mapping[tuple[str, str], str] = {
    ("documents", "id"): _NAME,
    ("documents", "title"): "{0} || ' ' || phrase(r.rowid, c.k)",
    ("documents", "summary"): "{0} || ' ' || filler(r.rowid, c.k, 20)",
    ("documents", "url"): _NAME,
    ("aliases", "alias"): _NAME,
    ("document_identifiers", "value"): _NAME,
    ("versions", "id"): _NAME,
    ("versions", "sections"): "shifted(r.sections, c.k)",
    ("sections", "id"): _SHIFTED,
    ("sections", "text"): f"{{0}} || ' ' || filler(r.id, c.k, {MEAN_WORDS})",
    ("sections", "digest"): "cast(hex({0}) || '-' || c.k as blob)",
    ("fetches", "id"): _SHIFTED,
    ("fetches", "exchange"): _NAME,
    ("fetches", "url"): _NAME,
    ("fetches", "asked"): "'[]'",
    ("changes", "id"): _NAME,
    ("effects", "id"): _NAME,
    ("entries", "id"): _NAME,
    ("entries", "title"): "{0} || ' ' || phrase(r.rowid, c.k)",
    ("entries", "url"): _NAME,
    ("entries", "details"): "replace({0}, json_quote(r.document), json_quote(r.document || '-' || c.k))",
    ("lessons", "section"): _SHIFTED,
    ("lessons", "addressee"): (
        "case when c.k % 3 = 0 and {0} <> '' then {0} || ' of ' || phrase(1, c.k % 2500) else {0} end"
    ),
    ("relevance", "since"): _TIME,
    ("relevance", "unconfirmed"): "{0}",
    ("outbox", "change"): _NAME,
    ("series_editions", "series"): "{0}",
}
_TABLES = (
    "fetches", "documents", "aliases", "document_sources", "sections", "versions", "changes", "outbox", "effects",
    "dates", "relations", "duplicates", "document_identifiers", "relevance", "document_topics", "document_facets",
    "toolkit_facts", "in_force", "document_history",
    "lessons", "entries", "entry_facets", "entry_sections", "series_editions",
)  # fmt: skip
_AGAIN: Mapping[str, tuple[str, str]] = {
    "changes": ("c.k % 6 = 0", "id"),
    "outbox": ("c.k % 6 = 0", "change"),
    "lessons": ("c.k % 2 = 0", "begins"),
}
"""Tables of which some copies stand twice, under another value of a column of their key."""
_NOT_ASKED = ("pending_classification", "fingerprint_marks", "fingerprints", "frontier", "frontier_askers", "cursors")
"""Tables that no export reads."""


def grow(small: Path, big: Path, documents: int) -> None:
    """Write a database with so many documents, of a small one."""
    with closing(sqlite3.connect(small)) as source, closing(sqlite3.connect(big, isolation_level=None)) as target:
        target.execute("pragma page_size=8192")
        source.backup(target)
        for pragma in ("journal_mode=off", "synchronous=off", "cache_size=-1000000", "foreign_keys=off"):
            target.execute(f"pragma {pragma}")
        target.execute("attach ? as small", [str(small)])
        _Words(target).register()
        indexes = _stripped(target)
        copies = -(-documents // target.execute("select count(*) from documents").fetchone()[0])
        target.execute("create temp table copies_of(k integer primary key, shift text)")
        target.executemany(
            "insert into copies_of values (?, ?)", ((k, f"-{k * 7 % DAYS} days") for k in range(1, copies))
        )
        target.execute("begin")
        _sources(target)
        for table in _TABLES:
            _multiply(target, table)
        _issues(target)
        _long_page(target)
        target.execute("update crawls set sample = 0")  # It is served as a site for real is.
        for sql in indexes:
            target.execute(sql)
        target.execute("commit")
        target.execute("analyze")


def _stripped(db: sqlite3.Connection) -> list[str]:
    """Take away triggers, search indexes, what no export reads and the indexes; return how these are made again."""
    listed = db.execute("select type, name, sql from main.sqlite_master where sql is not null").fetchall()
    for kind, name, sql in listed:
        if kind == "trigger" or (kind == "index" and "unique" not in sql.lower().split()[:2]):
            db.execute(f"drop {kind} {name}")
        elif sql.lower().startswith("create virtual table"):
            db.execute(f"drop table {name}")
    for table in _NOT_ASKED:
        db.execute(f"delete from main.{table}")
    return [sql for kind, _, sql in listed if kind == "index" and "unique" not in sql.lower().split()[:2]]


def _multiply(db: sqlite3.Connection, table: str) -> None:
    steps = {
        name: db.execute(f"select max(id) + 1 from small.{owner}").fetchone()[0]
        for name, owner in (("section", "sections"), ("fetch", "fetches"))
    }
    columns = [row[1] for row in db.execute(f"select * from pragma_table_info('{table}')")]
    values = {name: _value(table, name, steps) for name in columns}
    order = "c.k, r.rowid" if _has_rowid(db, table) else "c.k"
    listed, selected = ", ".join(columns), ", ".join(values.values())
    db.execute(
        f"insert or ignore into main.{table} ({listed}) select {selected} from copies_of c"
        f" cross join small.{table} r order by {order}"
    )
    if table in _AGAIN:
        chosen, key = _AGAIN[table]
        values[key] = f"({values[key]}) || '-again'" if key in ("id", "change") else f"({values[key]}) + 1"
        selected = ", ".join(values.values())
        db.execute(
            f"insert or ignore into main.{table} ({listed}) select {selected} from copies_of c"
            f" cross join small.{table} r where {chosen} order by {order}"
        )


def _has_rowid(db: sqlite3.Connection, table: str) -> bool:
    return not db.execute("select wr from pragma_table_list where name = ?", [table]).fetchone()[0]


def _value(table: str, column: str, steps: Mapping[str, int]) -> str:
    """Return the SQL for a value of a copy."""
    rule, step = _OWN.get((table, column)), steps["fetch" if "fetch" in (column, table[:5]) else "section"]
    if rule is None:
        rule = _rule(column)
    return rule.format(f"r.{column}", step)


def _rule(column: str) -> str:
    if column in _DOCUMENTS or column in _VERSIONS or column == "entry":
        return _NAME
    if column in ("fetch", "before_section", "after_section"):
        return _SHIFTED
    if column == "source":
        return _SOURCE
    return _TIME if column in _TIMES else "{0}"


def _sources(db: sqlite3.Connection) -> None:
    for table in ("sources", "runs"):
        columns = [row[1] for row in db.execute(f"select * from pragma_table_info('{table}')")]
        named = {"id": "r.id || '-s' || n.value", "source": "r.source || '-s' || n.value",
                 "position": "r.position + 100 * n.value", "name": "r.name || ' ' || n.value"}  # fmt: skip
        selected = ", ".join(named.get(name, f"r.{name}") for name in columns)
        db.execute(
            f"insert into main.{table} ({', '.join(columns)}) select {selected} from small.{table} r,"
            f" json_each('{json.dumps(list(range(1, SOURCES)))}') n"
        )


def _issues(db: sqlite3.Connection) -> None:
    columns = [row[1] for row in db.execute("select * from pragma_table_info('issues')")]
    named = {"id": _NAME, "subject": _NAME, "source": _SOURCE}
    selected = ", ".join(named.get(name, "{0}").format(f"r.{name}") for name in columns)
    db.execute(
        f"insert into main.issues ({', '.join(columns)}) select {selected} from small.issues r, copies_of c"
        " where c.k <= 40"
    )


def _long_page(db: sqlite3.Connection) -> None:
    """Give one guidance page a text of a megabyte."""
    document, current = db.execute(
        "select d.id, d.current from small.documents d join small.document_sources s on s.document = d.id"
        " join small.sources o on o.id = s.source join small.publishers p on p.id = o.publisher"
        " where d.kind = 'guidance' and p.copy = 'public' and d.current is not null order by d.id limit 1"
    ).fetchone()
    (section,) = db.execute(
        "select json_extract(sections, '$[0]') from main.versions where id = ?", [current]
    ).fetchone()
    db.execute(
        f"update main.sections set text = long_text({LONG_PAGE_CHARACTERS}) where id = ? and document = ?",
        [section, document],
    )


class _Words:
    """Words to fill texts and titles with: those of the sample world, and many that are rare."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        rng = random.Random(SEED)
        texts = " ".join(text for (text,) in db.execute("select text from main.sections order by id"))
        known = sorted(set(re.findall(r"[a-z]{3,}", texts.lower())))
        rng.shuffle(known)
        syllables = [a + b for a in "bdfgklmnprstvw" for b in ("a", "e", "i", "o", "u", "en", "ar", "is")]
        rare = ["".join(rng.choices(syllables, k=rng.randint(2, 4))) for _ in range(30_000)]
        words = [*known, *rare]
        self._rare = rare
        weights = itertools.accumulate(1 / (place + 3) for place in range(len(words)))
        self._pool = " ".join(rng.choices(words, cum_weights=list(weights), k=400_000))
        (self._step,) = db.execute("select max(id) + 1 from main.sections").fetchone()
        # Lengths of texts: many short ones, few that are very long.
        self._lengths = sorted(rng.expovariate(1) for _ in range(1_000))

    def register(self) -> None:
        functions: tuple[tuple[str, int, Callable[..., str]], ...] = (
            ("phrase", 2, self._phrase), ("filler", 3, self._filler), ("shifted", 2, self._shifted),
            ("long_text", 1, self._long),
        )  # fmt: skip
        for name, arguments, function in functions:
            self._db.create_function(name, arguments, function, deterministic=True)

    def _phrase(self, row: int, copy: int) -> str:
        place = (row * 7_919 + copy * 104_729) % (len(self._rare) - 3)
        return f"{' '.join(self._rare[place : place + 2])} {copy}"

    def _filler(self, row: int, copy: int, words: int) -> str:
        place = (row * 15_485_863 + copy * 32_452_843) % (len(self._pool) - 40_000)
        begins = self._pool.index(" ", place) + 1
        length = int(self._lengths[(row * 31 + copy * 17) % 1_000] * words * 7)
        return self._pool[begins : begins + length].rpartition(" ")[0] + "."

    def _shifted(self, sections: str, copy: int) -> str:
        return json.dumps([section + copy * self._step for section in json.loads(sections)])

    def _long(self, characters: int) -> str:
        return (self._pool * (characters // len(self._pool) + 1))[:characters]
