"""What a document said at one time: its versions, their sections, where a provision stands in them; corrigenda."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from crawler.identifiers.acts import called
from crawler.identifiers.affected_provisions import relation
from crawler.law import bare_path
from crawler.law.pieces import DAY, iso
from crawler.public.database import Connection, Row, row, rows

MAX_VERSIONS = 200
"""Most versions of a document that are listed."""

MAX_CONTENTS = 3_000
"""Most sections that the contents of a text list."""

MAX_PATH_CHARACTERS = 200
"""Most characters of a path that is looked for."""

_FACTS = """id, document, representation, language, title, label, valid_from, captured, status, digest, note, partial,
  source, characters"""

_LISTED = f"""select min(id) as id, representation, language, label, valid_from, captured, note, partial, characters,
  digest from versions where document = ? group by representation, language, captured, digest
  order by coalesce(valid_from, captured) desc, captured desc, representation, language, id
  limit {MAX_VERSIONS}"""
"""Two that were read from one capture under different options, and say the same, are listed once."""

_CAPTURES = f"""select distinct c.url, c.time, c.digest from versions v join captures c on c.n = v.capture
  where v.document = ? order by c.time desc, c.n limit {MAX_VERSIONS}"""
_SECTIONS = """select s.n, s.path, s.number, s.heading, s.text, s.status, s.parts from json_each(?) j
  join sections s on s.n = j.value order by j.key"""
_CONTENTS = """select s.path, s.number, s.heading, j.key as position from json_each(?) j
  join sections s on s.n = j.value order by j.key"""
_NAMED = """select n, path, parts from sections
  where document = :document and path in (select value from json_each(:paths))"""
_ODD = """select s.n, s.path, s.parts from section_parts p join sections s on s.n = p.section
  where p.document = :document and p.path = :path"""
_AMENDMENTS = """select a.note, a.path, a.text from versions v, json_each(v.annotations) j
  join annotations a on a.n = j.value where v.id = ? and a.kind = 'F' order by j.key"""


def versions(connection: Connection, document: str) -> list[Row]:
    """Return the versions of a document, the newest first."""
    return rows(connection, _LISTED, [document])


def version(connection: Connection, document: str, id: str) -> Row | None:
    """Return a version of a document, None where it has none of this id."""
    return row(connection, f"select {_FACTS} from versions where id = ? and document = ?", [id, document])


def amendments(connection: Connection, id: str) -> list[Row]:
    """Return the notes on amendments that the publisher of a version has at its provisions: note, path and text."""
    return rows(connection, _AMENDMENTS, [id])


def captures(connection: Connection, document: str) -> list[Row]:
    """Return the captures from which the versions of a document were read: address, time, SHA-256; the newest first."""
    return rows(connection, _CAPTURES, [document])


def section_numbers(connection: Connection, version: str) -> list[int]:
    """Return the ``n`` of the sections of a version, in their order."""
    listed = connection.execute("select sections from versions where id = ?", [version]).fetchone()
    numbers: list[int] = json.loads(listed[0]) if listed else []
    return numbers


def contents(connection: Connection, numbers: Sequence[int]) -> list[Row]:
    """Return path, number, heading and position of sections, without their words."""
    listed = rows(connection, _CONTENTS, [json.dumps(numbers[:MAX_CONTENTS])])
    return [line for before, line in zip([None, *listed], listed, strict=False) if not before or _is_new(before, line)]


def sections(connection: Connection, numbers: Sequence[int]) -> list[Row]:
    """Return sections with their words; one that is kept in several rows as one."""
    return list(_joined(rows(connection, _SECTIONS, [json.dumps(list(numbers))])))


def _is_new(before: Mapping[str, Any], section: Mapping[str, Any]) -> bool:
    return bool(before["path"] != section["path"])


def _joined(listed: Iterable[Row]) -> Iterator[Row]:
    """Yield sections, the rows of a very long one put together; each row has the parts that lie in its piece."""
    current: Row | None = None
    for section in listed:
        if current is None or _is_new(current, section):
            if current is not None:
                yield current
            current = section
        else:
            begins = len(current["text"])
            parts = json.loads(current["parts"])
            parts += [[path, start + begins, end + begins] for path, start, end in json.loads(section["parts"])]
            current = {**current, "text": current["text"] + section["text"], "parts": json.dumps(parts)}
    if current is not None:
        yield current


def place(connection: Connection, document: str, numbers: Sequence[int], path: str) -> tuple[int, str, bool] | None:
    """Return where a provision stands: position and path of its section, and whether it is there itself.

    Where it is not, the nearest section that would hold it counts; None where there is none.
    """
    steps = path[:MAX_PATH_CHARACTERS].split("-")
    paths = ["-".join(steps[:length]) for length in range(len(steps), 0, -1)]
    named = rows(connection, _NAMED, {"document": document, "paths": json.dumps(paths)})
    named += rows(connection, _ODD, {"document": document, "path": paths[0]})
    among = set(numbers)
    positions = {section["n"]: numbers.index(section["n"]) for section in named if section["n"] in among}
    there = [section for section in named if section["n"] in positions]
    for section in sorted(there, key=lambda section: (section["path"] != path, positions[section["n"]])):
        if section["path"] == path or any(part == path for part, _, _ in json.loads(section["parts"])):
            return positions[section["n"]], section["path"], True
    nearest = max(there, key=lambda section: (section["path"] in paths, len(section["path"])), default=None)
    return None if nearest is None else (positions[nearest["n"]], nearest["path"], False)


def position_of(connection: Connection, document: str, path: str) -> int:
    """Return the place, from 0, of a provision in the version of a document that is shown; 0 where it has none."""
    shown = row(connection, "select current from documents where id = ? and provisions > 1", [document])
    if shown is None or shown["current"] is None:
        return 0
    found = place(connection, document, section_numbers(connection, shown["current"]), path)
    return 0 if found is None else found[0]


MAX_CORRIGENDA = 40

_OF = """with told as (
    select e.affecting as id, e.affecting_title as title, e.affected_paths as paths from effects e
      where e.affected = :document and e.dropped is null and e.affecting glob 'celex:*R([0-9][0-9])'
    union all select r.document, '', '[]' from relations r where r.relation = 'corrects'
      and (r.target = :document or r.target_n = (select n from documents where id = :document)))
  select t.id, coalesce(max(d.title), nullif(max(t.title), ''), '') as title, max(d.published) as published,
    max(d.id) is not null as known, json_group_array(json(t.paths)) as paths
  from told t left join documents d on d.id = t.id group by t.id order by t.id limit :most"""


def corrigenda(connection: Connection, document: str) -> list[Row]:
    """Return the corrigenda of an act: id, title, ``day`` of the Official Journal (empty where it is not told), paths.

    ``paths`` are the provisions that it is told to correct, none where that is not told; ``known``: it is held.
    """
    if not document.startswith("celex:3"):
        return []
    found = rows(connection, _OF, {"document": document, "most": MAX_CORRIGENDA})
    return [
        {
            **line,
            "title": line["title"] or called(line["id"]),
            "day": (line["published"] or "")[:10] or ((match := DAY.search(line["title"])) and iso(match)) or "",
            "paths": sorted({bare_path(path) for each in json.loads(line["paths"]) for path in each}),
        }
        for line in found
    ]


def corrected_since(connection: Connection, document: str, provision: str, day: str) -> list[Row]:
    """Return the corrigenda of a provision, or of a whole act, that were published after a day or are of no known day.

    One of which is not told what it corrects is among those of the whole act alone.
    """
    return [
        each
        for each in corrigenda(connection, document)
        if (not each["day"] or each["day"] > day)
        and (not provision or any(relation(provision, path) for path in each["paths"]))
    ]
