"""A small database in the form of the public one: tables, a view, search indexes, a few very long texts."""

import sqlite3
from pathlib import Path

DOCUMENTS = 3_000
LONG_TEXTS = 12
LONG = 490_000
_SCHEMA = """
create table publishers (id text primary key, name text not null) strict;
create table documents (
  n integer primary key, id text not null unique, title text not null, kind text not null,
  publisher text references publishers(id), published text, summary text not null, labels text not null
) strict;
create table document_labels (
  facet text, value text, document integer references documents(n), primary key (facet, value, document)
) strict, without rowid;
create table sections (n integer primary key, document integer references documents(n), text text not null) strict;
create table files (n integer primary key, body blob) strict;
create index documents_kind on documents(kind, n);
create view passages as select n, document, substr(text, 1, 2000) as text from sections;
create virtual table documents_fts using fts5(
  title, summary, content='documents', content_rowid='n', tokenize='porter unicode61', prefix='3'
);
create virtual table passages_fts using fts5(text, content='passages', content_rowid='n');
create virtual table words using fts5vocab(documents_fts, row);
"""


def build(path: Path, *, documents: int = DOCUMENTS, long_texts: int = LONG_TEXTS) -> Path:
    """Write the database, and return its path."""
    connection = sqlite3.connect(path)
    connection.executescript(f"pragma journal_mode = delete; pragma page_size = 8192; {_SCHEMA}")
    connection.executemany("insert into publishers values (?, ?)", [("ho", "Home Office"), ("cps", "CPS")])
    kinds = ("guidance", "act", "news")
    connection.executemany(
        "insert into documents values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                n,
                f"url:https://example.org/{n}",
                f"Sample document {n} on modern slavery",
                kinds[n % 3],
                "ho" if n % 2 else "cps",
                f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}",
                f"What a first responder does in case {n}.",
                '["victims", "labour"]' if n % 5 else "[]",
            )
            for n in range(1, documents + 1)
        ],
    )
    connection.execute(
        "insert into document_labels select 'topic', json_each.value, n from documents, json_each(labels)"
    )
    long_text = ("a" * 48 + " ") * (LONG // 49)
    connection.executemany(
        "insert into sections values (?, ?, ?)",
        [(n, n, long_text if n <= long_texts else f"Section {n}: words on slavery.") for n in range(1, documents + 1)],
    )
    connection.execute("insert into files values (1, ?), (2, null)", (b"\x00\xff\xfe blob",))
    for index in ("documents_fts", "passages_fts"):
        connection.execute(f"insert into {index}({index}) values ('rebuild')")
    connection.execute("analyze")
    connection.commit()
    connection.close()
    return path
