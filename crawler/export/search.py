"""What search looks through: documents by title, names, summary and labels; pieces of their present texts; stems."""

from collections.abc import Iterator
from functools import lru_cache
from sqlite3 import Connection

from crawler.wording import kind, provision

MAX_PASSAGE_CHARACTERS = 2_000
OVERLAP_CHARACTERS = 200
MAX_PASSAGES_PER_DOCUMENT = 2_000
"""So that one long page can neither break a limit nor crowd out an index."""

_DOCUMENTS = """insert into document_search
  select d.n, d.title, cell(d.id || ' '
      || coalesce((select group_concat(alias, ' ') from (
        select alias from aliases where document = d.id order by 1)), '') || ' '
      || coalesce((select group_concat(value, ' ') from (
        select value from document_identifiers where document = d.id order by 1)), '')),
    d.summary, coalesce(x.name, '') || '; ' || d.jurisdiction || '; ' || kind_in_words(d.kind)
  from documents d left join sources s on s.id = d.source
    left join publishers x on x.id = coalesce(d.publisher, s.publisher)
  order by d.n"""

_SECTIONS = """select d.n, s.n, s.path, s.number, length(s.text) from documents d
  join versions w on w.id = d.current join json_each(w.sections) j join sections s on s.n = j.value
  where d.private = 0 and d.has_copy = 1 order by d.n, j.key"""

_provision = lru_cache(8_192)(provision)

_HASH_BYTES = 2**26
"""How much of an index is gathered in memory before it is written: pieces that are larger are merged less often."""

_INDEXES = f"""
insert into documents_fts(documents_fts, rank) values ('hashsize', {_HASH_BYTES});
insert into documents_fts(documents_fts) values ('rebuild');
insert into passages_fts(passages_fts, rank) values ('hashsize', {_HASH_BYTES});
insert into passages_fts(passages_fts) values ('rebuild');
insert into passages_fts(passages_fts) values ('optimize');
create virtual table temp.document_terms using fts5vocab(main, documents_fts, row);
create virtual table temp.passage_terms using fts5vocab(main, passages_fts, row);
insert into terms select term, sum(documents), sum(passages) from (
  select term, doc as documents, 0 as passages from temp.document_terms
  union all select term, 0, doc from temp.passage_terms) group by term order by term;
drop table temp.document_terms;
drop table temp.passage_terms
"""
"""Only pieces of texts are merged into one after they are gathered: with that a question costs 7% less. Of
documents, which are fewer, nothing is gained by it."""


def fill(connection: Connection) -> None:
    """Fill the tables that search reads, from the documents and sections of a public database, and index them."""
    connection.create_function("kind_in_words", 1, kind, deterministic=True)
    connection.execute(_DOCUMENTS)
    pieces = ((n, *piece) for n, piece in enumerate(_passages(connection.execute(_SECTIONS)), 1))
    connection.executemany("insert into passages values (?, ?, ?, ?, ?, ?)", pieces)
    for statement in _INDEXES.split(";\n"):
        connection.execute(statement)


def _passages(sections: Iterator[tuple[int, int, str, str, int]]) -> Iterator[tuple[int, int, int, int, str]]:
    """Yield document, section, begin, length and how it is cited, for each piece of sections given in order."""
    last, pieces = 0, 0
    for document, section, path, number, length in sections:
        last, pieces = document, pieces if document == last else 0
        cite = (_provision(path) or number)[:200]
        begins = 0
        while pieces < MAX_PASSAGES_PER_DOCUMENT:
            pieces += 1
            yield document, section, begins, min(MAX_PASSAGE_CHARACTERS, length - begins), cite
            begins += MAX_PASSAGE_CHARACTERS - OVERLAP_CHARACTERS
            if begins + OVERLAP_CHARACTERS >= length:
                break
