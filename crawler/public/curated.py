"""What people keep by hand: series and their editions, collections, judgments, documents that are not watched."""

import json
import re
from collections.abc import Iterable

from crawler.public.database import Connection, Row, row, rows
from crawler.text import slug

_SERIES = """select s.*, p.name as publisher_name, s.editions as count from series s
  join publishers p on p.id = s.publisher order by s.position, s.id"""
_EDITIONS = """select e.document, e.date, e.stated, d.title, d.availability from series_editions e
  join documents d on d.id = e.document where e.series = ?
  order by e.date is null, e.date desc, e.document limit ?"""
MAX_EDITIONS_BESIDE = 12
_BESIDE = f"""select e.document, coalesce(nullif(e.stated, ''), e.date) as day, d.title,
    e.date > o.date as is_later from series_editions o
  join series_editions e on e.series = o.series and e.document <> o.document join documents d on d.id = e.document
  where o.document = :document order by e.date is null, e.date desc, e.document limit {MAX_EDITIONS_BESIDE}"""
_SOURCES = "select s.id, s.name, s.enabled from json_each(?) j join sources s on s.id = j.value order by j.key"

_COLLECTIONS = """select c.id, c.name, c.about,
  (select count(*) from collection_members m where m.collection = c.id and m.kind = 'document') as documents,
  (select count(*) from collection_members m where m.collection = c.id and m.kind = 'source') as sources
  from collections c order by c.position, c.id"""
_FACTS = """d.id, d.title, d.kind, d.status, d.availability, d.availability_since, d.published, d.published_as,
  d.updated, d.in_force, d.changed"""
_NAMED = f"""select m.member, {_FACTS} from collection_members m left join aliases a on a.alias = m.member
  left join documents d on d.id = coalesce(a.document, m.member)
  where m.collection = ? and m.kind = 'document' order by m.position"""
_INSTRUMENTS = f"""select i.function, i.title as cited, i.document as member, i.provisions, i.path, i.url, i.holds,
  i.note, i.reviewed, {_FACTS} from collection_instruments i left join aliases a on a.alias = i.document
  left join documents d on d.id = coalesce(a.document, i.document) where i.collection = ? order by i.position"""
_READ = """select m.member, s.id, s.name, s.enabled, s.reason, s.last_success from collection_members m
  left join sources s on s.id = m.member where m.collection = ? and m.kind = 'source' order by m.position"""
_OF_SOURCE = f"""select {_FACTS} from document_sources x join documents d on d.id = x.document
  where x.source = ? and x.dated <> '' order by x.dated desc, x.document limit ?"""

_PROVISION = re.compile(
    r"(?P<law>.+?),? (?P<kind>section|article|regulation|schedule|rule) (?P<number>\d+[A-Z]*)\b", re.I
)

_LISTED = """select d.id, d.title, d.url, d.published, d.issuer, count(*) over () as total from documents d
  where d.kind = 'case_law' and d.band = 'in' and (:topic = '' or exists (select 1 from document_labels l
    where l.document = d.n and l.facet = 'topic' and l.value = :topic))
  order by d.published is null, d.published desc, d.n limit :limit"""
_JUDGMENTS = "select citation, court, date, url, provisions, note, reviewed from judgments order by date desc, citation"


def series(connection: Connection, most: int) -> list[Row]:
    """Return every series with its newest ``editions``, and in ``read`` the sources that would list the next one."""
    return [
        {
            **line,
            "editions": rows(connection, _EDITIONS, [line["id"], most]),
            "read": rows(connection, _SOURCES, [line["sources"]]),
        }
        for line in rows(connection, _SERIES)
    ]


def editions_beside(connection: Connection, document: str) -> list[Row]:
    """Return the other editions of the series that a document is one of, the newest first."""
    return rows(connection, _BESIDE, {"document": document})


def collections(connection: Connection) -> list[Row]:
    """Return the collections, each with how many documents and sources it names."""
    return rows(connection, _COLLECTIONS)


def collection(connection: Connection, id: str, most: int) -> Row | None:
    """Return a collection with the documents that it names, its sources with their newest documents, and instruments.

    ``instruments`` say by what each ``function`` is done (``cited``, ``provisions``, ``path``, ``url``, ``holds``,
    ``note``, ``reviewed``), with the facts of the document where it is held.
    """
    collection = row(connection, "select id, name, about from collections where id = ?", [id])
    if collection is None:
        return None
    sources = [
        {**source, "documents": rows(connection, _OF_SOURCE, [source["member"], most])}
        for source in rows(connection, _READ, [id])
    ]
    instruments = [{**each, "holds": json.loads(each["holds"])} for each in rows(connection, _INSTRUMENTS, [id])]
    return {**collection, "named": rows(connection, _NAMED, [id]), "read": sources, "instruments": instruments}


def judgments(connection: Connection, provision: str = "") -> list[Row]:
    """Return the judgments that are kept by hand, the newest first; only those that name a provision, or a part of it,
    where one is given."""
    kept = [{**each, "provisions": json.loads(each["provisions"])} for each in rows(connection, _JUDGMENTS)]
    asked = slug(provision)
    return [each for each in kept if not provision or any(_is_within(one, asked) for one in each["provisions"])]


def _is_within(provision: str, asked: str) -> bool:
    """Return whether a provision is that of a slug, or a part of it.

    >>> _is_within("ECAT Article 14(1)(a)", "ecat-article-14"), _is_within("ECAT Article 14", "ecat-article-1")
    (True, False)
    """
    return bool(asked) and f"{slug(provision)}-".startswith(f"{asked}-")


def listed_judgments(connection: Connection, topic: str, limit: int) -> list[Row]:
    """Return judgments of the round-up that its sources list, the newest first, all or those of a topic.

    ``total`` is the number of all; their words are not kept.
    """
    return rows(connection, _LISTED, {"topic": topic, "limit": limit})


def by_provision(connection: Connection, provision: str = "") -> list[Row]:
    """Return each ``provision`` that these judgments name, ``anchor`` and ``judgments``, in order; only those within
    one where it is given."""
    asked = slug(provision)
    found: dict[str, list[Row]] = {}
    for judgment in judgments(connection, provision):
        for named in judgment["provisions"]:
            if not provision or _is_within(named, asked):
                found.setdefault(named, []).append(judgment)
    return [
        {"provision": provision, "anchor": slug(provision), "judgments": found[provision]}
        for provision in sorted(found, key=_in_order)
    ]


def judged(connection: Connection, title: str) -> dict[str, Row]:
    """Return by the paths of the provisions of a law with a title which ``judgments`` name each, and its ``name``."""
    judged: dict[str, Row] = {}
    for each in by_provision(connection):
        named = _PROVISION.match(each["provision"])
        if named and f"{title} ".startswith(f"{named['law']} "):
            path = f"{named['kind']}-{named['number']}".lower()
            known = judged.setdefault(path, {"name": named[0], "judgments": []})
            known["judgments"] += [one for one in each["judgments"] if one not in known["judgments"]]
    return judged


def _in_order(provision: str) -> tuple[object, ...]:
    """Return a key by law, then by the numbers in the provision."""
    named = _PROVISION.match(provision)
    law, rest = (named["law"], provision[len(named["law"]) :]) if named else (provision, "")
    return law, [int(number) for number in re.findall(r"\d+", rest)], rest


def judgments_reviewed(connection: Connection) -> Row:
    """Return how many judgments are kept by hand (``count``), and when a person last went through them."""
    line = row(connection, "select count(*) as count, max(reviewed) as reviewed from judgments")
    return line or {"count": 0, "reviewed": None}


MAX_MATCHING = 10
"""Most of them that a search shows."""

_COLUMNS = "b.id, b.title, b.publisher, b.kind, b.date, b.identifier, b.url, b.reason, b.copies, b.note, b.checked"
_BY_HAND = f"select {_COLUMNS} from by_hand b where b.document is null order by b.publisher, b.date desc, b.title"
_MATCHING = f"""select {_COLUMNS} from by_hand_fts f join by_hand b on b.n = f.rowid
  where by_hand_fts match ? and b.document is null order by bm25(by_hand_fts, 8.0, 2.0, 6.0, 1.0), b.n
  limit {MAX_MATCHING}"""
_COUNTED = """select count(*) - count(document) as count, count(document) as taken_over, max(reviewed) as reviewed
  from by_hand"""


def listed(connection: Connection) -> list[Row]:
    """Return what no source has by now, by publisher, the newest first; ``copies`` is a list."""
    return [_read(each) for each in rows(connection, _BY_HAND)]


def matching(connection: Connection, words: Iterable[str]) -> list[Row]:
    """Return those that have all of some words, in any form, the best first; none where there are no words."""
    asked = " ".join('"' + word.replace('"', "") + '"' for word in words)
    return [_read(each) for each in rows(connection, _MATCHING, [asked])] if asked else []


def counted(connection: Connection) -> Row:
    """Return how many there are (``count``), how many a source ``taken_over``, and when they were ``reviewed``."""
    return row(connection, _COUNTED) or {"count": 0, "taken_over": 0, "reviewed": None}


def _read(found: Row) -> Row:
    return {**found, "copies": json.loads(found["copies"])}
