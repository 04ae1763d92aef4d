"""Captures, versions, sections and changes as readers may see them."""

import json
from collections.abc import Iterator, Sequence
from sqlite3 import Connection

from crawler.export.cells import MAX_CELL_CHARACTERS, json_text
from crawler.feeds.entry import RUN
from crawler.identifiers.document_numbers import held_as

_CAPTURES = """insert into captures
  select f.id, f.url, f.time, f.status, f.media_type, f.digest, f.file, f.offset, f.length from p.fetches f
  where f.id in (select fetch from shown_fetches) and f.url not in (select address from removed_addresses)
  order by f.id"""

# The capture of a version, and what an entry tells was read from or compared with: see crawler.export.entries.
_SHOWN_FETCHES = """
create temp table shown_fetches(fetch integer primary key);
insert or ignore into shown_fetches select w.fetch from p.versions w join visible v on v.document = w.document;
insert or ignore into shown_fetches select fetch from behind"""

_VERSIONS = """insert into versions
  select w.id, w.document, w.representation, w.language, w.title, w.label, w.valid_from, w.captured, w.status,
    lower(hex(w.digest)),
    case when v.private then '' else cell(w.note) end, w.partial, w.leaves_out, w.source,
    (select n from captures where n = w.fetch), w.characters, case when v.private then '[]' else w.sections end,
    case when v.private then '[]' else w.annotations end
  from p.versions w join visible v on v.document = w.document order by w.id"""

_SECTIONS = f"""insert into sections
  select s.id, s.document, s.path, s.number, s.heading, case when v.words then s.text else '' end, s.status,
    case when v.words then s.parts else '[]' end, s.newest
  from p.sections s join visible v on v.document = s.document
  where not v.private and (length(s.text) <= {MAX_CELL_CHARACTERS} or not v.words) order by s.id"""

_ANNOTATIONS = """insert into annotations
  select a.id, a.document, a.note, a.kind, a.path, a.place, case when v.words then cell(a.text) else '' end,
    a.citations, a.seen
  from p.annotations a join visible v on v.document = a.document where not v.private order by a.id"""

_LONG = f"""select s.id, s.document, s.path, s.number, s.heading, s.text, s.status, s.parts, s.newest
  from p.sections s join visible v on v.document = s.document
  where not v.private and v.words and length(s.text) > {MAX_CELL_CHARACTERS} order by s.id"""

_PARTS = """insert or ignore into section_parts select s.document, json_extract(j.value, '$[0]'), s.n
  from sections s, json_each(s.parts) j
  where substr(json_extract(j.value, '$[0]'), 1, length(s.path) + 1) <> s.path || '-' order by 1, 2, 3"""

_CITED = """
create temp table cited as select distinct c.cited, null as target from p.citations c
  join visible v on v.document = c.document and not v.private and v.words
  where c.cited not in (select name from removed_names) and c.cited not in (select address from removed_addresses);
update cited set target = coalesce(
  (select d.id from documents d where d.id = cited),
  (select a.document from aliases a where a.alias = cited),
  (select a.document from aliases a where a.alias = 'url:' || cited),
  (select min(d.id) from documents d where d.title = substr(cited, 7) and cited like 'title:%'
    and d.kind in ('act', 'asp', 'si', 'legislation')));
create unique index temp.cited_cited on cited(cited)"""
"""Names that documents cite whose words are shown: of which document each is, is looked up once."""

_HELD_AS = """update temp.cited set target = coalesce((select d.id from documents d where d.id = ?1),
  (select a.document from aliases a where a.alias = ?1),
  (select x.document from document_identifiers x join documents d on d.id = x.document where x.value = ?1
    order by d.n limit 1)) where cited = ?2 and target is null"""

_CITATIONS = """insert or ignore into citations select s.id, c.cited, c.provision, t.target from p.citations c
  join temp.cited t on t.cited = c.cited
  join visible v on v.document = c.document and not v.private and v.words
  join p.sections s on s.document = c.document and s.path = c.path and s.newest = 1
  where c.document is not t.target order by 1, 2, 3"""

_OF_LONG = """select w.id, w.sections from versions w where w.document in (
  select document from p.sections where id in (select value from json_each(?))) order by w.id"""

_CHANGES = f"""insert into changes
  select c.id, c.document, c.version, c.previous, c.kind, case when v.private then '' else c.path end,
    case when {{hidden}} then '' when {{short}} then substr(c.before, 1, {RUN}) else cell(c.before) end,
    case when {{hidden}} then '' when {{short}} then substr(c.after, 1, {RUN}) else cell(c.after) end,
    case when v.private then '[]' when not v.words then quoted(c.words)
      when length(c.words) > {MAX_CELL_CHARACTERS} then '[]' else c.words end,
    case when v.private then null else c.before_section end, case when v.private then null else c.after_section end,
    c.position, c.verb, c.reasons, c.cause, c.significance, c.flags, case when v.private then '' else cell(c.note) end,
    c.occurred, c.seen, c.silent, c.entry
  from p.announcements c join visible v on v.document = c.document
  where c.cause in ('source', 'template', 'rules') order by c.id"""
_HIDDEN = "v.private and c.kind not in ('retitled', 'relocated', 'status')"
_SHORT = "c.path <> '' and not v.words"

# A version whose reading was taken back since is no version to be compared with.
_LOOSE = """
update changes set version = null where version is not null and version not in (select id from versions);
update changes set previous = null where previous is not null and previous not in (select id from versions)"""


def fill(connection: Connection) -> None:
    """Fill the tables of what documents said; what entries are based on must be known by then."""
    for statement in (*_SHOWN_FETCHES.split(";\n"), _CAPTURES, _VERSIONS, _SECTIONS, _ANNOTATIONS):
        connection.execute(statement)
    _long_sections(connection)
    connection.execute(_PARTS)
    for statement in _CITED.split(";\n"):
        connection.execute(statement)
    unknown = connection.execute("select cited from temp.cited where target is null").fetchall()
    connection.executemany(_HELD_AS, ((other, cited) for (cited,) in unknown for other in held_as(cited)))
    connection.execute(_CITATIONS)
    connection.execute(_CHANGES.format(hidden=_HIDDEN, short=_SHORT))
    for statement in _LOOSE.split(";\n"):
        connection.execute(statement)


def _long_sections(connection: Connection) -> None:
    """Keep sections that are longer than a cell may be in several rows, and name these in their versions."""
    next_n = connection.execute("select coalesce(max(id), 0) + 1 from p.sections").fetchone()[0]
    pieces: dict[int, list[int]] = {}
    for n, document, path, number, heading, text, status, parts, newest in connection.execute(_LONG).fetchall():
        for place, (piece, inside) in enumerate(_split(text, json.loads(parts))):
            row = n if place == 0 else next_n
            next_n += place > 0
            pieces.setdefault(n, []).append(row)
            connection.execute(
                "insert into sections values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (row, document, path, number, heading, piece, status, json_text(inside), newest),
            )
    for version, sections in connection.execute(_OF_LONG, [json.dumps(list(pieces))]).fetchall():
        rows = [row for n in json.loads(sections) for row in pieces.get(n, [n])]
        connection.execute("update versions set sections = ? where id = ?", (json_text(rows), version))


def _split(text: str, parts: Sequence[tuple[str, int, int]]) -> Iterator[tuple[str, list[tuple[str, int, int]]]]:
    """Yield the pieces of a long text, cut at blanks, each with the sub-provisions that lie inside it."""
    begins = 0
    while begins < len(text):
        ends = min(begins + MAX_CELL_CHARACTERS, len(text))
        if ends < len(text):
            blank = text.rfind(" ", begins + 1, ends)
            ends = blank + 1 if blank > 0 else ends
        inside = [(path, start - begins, end - begins) for path, start, end in parts if begins <= start and end <= ends]
        yield text[begins:ends], inside
        begins = ends
