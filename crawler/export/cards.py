"""What a card of a library shows beside what its document states: files, licence, state of law, editions, answers."""

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from sqlite3 import Connection
from typing import Any

from crawler.classify.toolkit import adaptable
from crawler.identifiers.editions import Edition, edition
from crawler.public.effects import STATES
from crawler.sources.vocabulary import FILE_TYPES
from crawler.text import slug

MAX_FILES = 6
MAX_EDITIONS = 30
MAX_PLACES = 3
"""Files, earlier editions and places in lists of one document that are kept; of further files the number is."""

_FILE = re.compile(rf"\.({'|'.join(kind for kind in FILE_TYPES if kind != 'html')})(?:[?#]|$)", re.IGNORECASE)
_MEDIA = {
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/rtf": "rtf",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/csv": "csv",
}
"""Kinds of files by their media type, for addresses that do not tell."""

_READ = "(f.url = x.url or w.representation in ('pdf', 'office', 'table'))"
"""The version shown was read from the file itself, not from a list that names it."""

_QUERIES = {
    "files": f"""select m.n, x.title, x.url,
        coalesce(case when {_READ} then f.media_type end, ''),
        coalesce(case when {_READ} then f.bytes end, (select o.bytes from p.fetches o
          where w.id is null and o.url = x.url and o.status = 200 and o.media_type not like 'text/html%'
          order by o.id desc limit 1))
      from temp.members m join visible v on v.root = m.document and not v.private
        join documents x on x.id = v.document left join p.versions w on w.id = x.current
        left join p.fetches f on f.id = w.fetch
      where m.part <> 'law' and x.url <> '' and x.availability not in ('gone', 'withdrawn')
      order by m.n, x.id <> m.document, x.published desc, x.title, x.id""",
    "licence": """select m.n, p.licence, p.licence_url from temp.members m join documents d on d.id = m.document
        join publishers p on p.id = d.publisher
      where m.part not in ('law', 'proposals') and p.licence <> ''
        and d.source not in (select id from p.sources where lists_others)
      order by m.n""",
    "law": f"""select m.n, m.is_tracked, i.in_force, i.in_part, i.not_yet, i.not_stated, i.next, e.id, e.title,
        coalesce(e.day, substr(e.announced, 1, 10)),
        (select count(*) from effects e where e.affected = m.document and {STATES["outstanding"]}),
        (select max(e.read) from effects e where e.affected = m.document)
      from temp.members m left join in_force i on i.document = m.document
        left join entries e on e.n = (select o.n from entries o where o.document = m.document
          and o.announced is not null and o.state <> 'withdrawn' and o.significance <> 'editorial'
          and o.kind not in ('new', 'watching') order by o.n limit 1)
      where m.part = 'law' order by m.n""",
    "label": """select m.n, w.label from temp.members m join documents d on d.id = m.document
        join versions w on w.id = d.current
      where m.part = 'guidance' and w.label <> '' and w.label is not w.valid_from order by m.n""",
    "whom": """select m.n, l.value from temp.members m join documents d on d.id = m.document
        join document_labels l on l.document = d.n
      where m.part in ('guidance', 'reports') and l.facet = 'role' order by m.n, l.value""",
    "history": """select m.n, substr(h.date, 1, 4) as year, count(*) from temp.members m
        join document_history h on h.document = m.document group by 1, 2 order by 1, 2 desc""",
    "editions": f"""select m.n, x.id, x.title, coalesce(e.date, nullif(f.year, ''), x.published),
        coalesce(e.stated, case when s.id is null then x.published end), x.availability, s.id, s.name
      from temp.members m join temp.folded f on f.card = m.document and f.part = m.part
        join documents x on x.id = f.document left join series s on s.id = f.series
        left join series_editions e on e.series = s.id and e.document = x.id
      where f.place <= {MAX_EDITIONS} + 1 order by m.n, f.place, x.id""",
    "steps": """select m.n, s.event, s.date, s.date > :day from temp.members m join dates s on s.document = m.document
      where m.part = 'proposals' and s.date between '1900' and '2100' and s.event <> 'in force'
      order by m.n, s.date, s.event""",
    "lessons": """select m.n, l.document, l.state, count(*) from temp.members m
        join documents x on x.root = m.document join lessons l on l.document = x.id
      where m.part = 'reports' and l.is_listed and l.kind = 'recommendation' group by 1, 2, 3 order by 1, 2, 3""",
    "places": """select distinct m.n, s.name, l.part, l.heading, l.block from temp.members m
        join visible v on v.document = m.document and not v.private
        join p.placements l on not l.settled and l.document in (select m.document
          union select alias from p.aliases where document = m.document)
        join p.sources s on s.id = l.source
      where l.heading <> '' order by m.n, l.source, l.page, l.position""",
    "replaced": """select m.n, d.id, d.title from temp.members m join temp.replaced o on o.document = m.document
        join documents d on d.id = o.later order by m.n""",
    "unlisted": """select m.n, s.name, o.seen from temp.members m join temp.off_list o on o.document = m.document
        join p.sources s on s.id = o.source order by m.n""",
}

Rows = Sequence[tuple[Any, ...]]


def facts(connection: Connection, clock: str) -> Callable[[int], dict[str, object]]:
    """Return what gives the facts of a card by its n; it is asked in the order of n.

    files (kind, title, url, bytes) and more_files; adapt (value, licence, url); followed, provisions (in_force,
    in_part, not_yet, not_stated, next), last (id, title, day) and outstanding (number, read); label; whom; last_step
    and next_step (event, date) of a proposal; history
    (years with their number of notes); editions (id, title, date, stated, availability) and series (id, name);
    recommendations (number by state) and reports; places (list, place); replaced (id, title); unlisted (list, seen).
    """
    beside = [_Beside(name, connection.execute(sql, _params(sql, clock))) for name, sql in _QUERIES.items()]

    def of(n: int) -> dict[str, object]:
        found: dict[str, object] = {}
        for facts in beside:
            while facts.n < n:
                facts.next()
            if facts.n == n:
                found |= _READERS[facts.name](facts.rows)
        return found

    return of


def _params(sql: str, clock: str) -> dict[str, str]:
    return {"day": clock[:10]} if ":day" in sql else {}


class _Beside:
    """The rows of one question, in the order of n: those of one n after another, without it."""

    n: int
    rows: Rows

    def __init__(self, name: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self.name = name
        self._groups = groupby(rows, key=itemgetter(0))
        self.next()

    def next(self) -> None:
        """Go on to the next n that has rows; behind the last of them n is larger than any."""
        self.n, group = next(self._groups, (sys.maxsize, ()))
        self.rows = [row[1:] for row in group]


def _files(rows: Rows) -> dict[str, object]:
    files = []
    for title, url, media_type, size in rows:
        kind = file_kind(url, media_type)
        if kind:
            files.append({"kind": kind, "title": title, "url": url, "bytes": size or None})
    if not files:
        return {}
    more = len(files) - MAX_FILES
    return {"files": files[:MAX_FILES], **({"more_files": more} if more > 0 else {})}


def file_kind(url: str, media_type: str) -> str:
    """Return the kind of a file by the ending of its address, else by its media type; empty for pages.

    >>> file_kind("https://example.org/a.DOCX?x=1", ""), file_kind("https://example.org/get/7", "application/pdf")
    ('docx', 'pdf')
    >>> file_kind("https://example.org/a.html", "text/html")
    ''
    """
    found = _FILE.search(url)
    return found[1].lower() if found else _MEDIA.get(media_type.partition(";")[0].strip().lower(), "")


def _licence(rows: Rows) -> dict[str, object]:
    licence, url = rows[0]
    return {"adapt": {"value": adaptable(licence), "licence": licence, "url": url}}


def _law(rows: Rows) -> dict[str, object]:
    is_tracked, *provisions, entry, title, day, outstanding, read = rows[0]
    found: dict[str, object] = {"followed": True} if is_tracked else {}
    if any(provisions[:3]):
        names = ("in_force", "in_part", "not_yet", "not_stated", "next")
        found["provisions"] = dict(zip(names, provisions, strict=True))
    if entry:
        found["last"] = {"id": entry, "title": title, "day": day}
    if read:
        found["outstanding"] = {"number": outstanding, "read": read}
    return found


def _editions(rows: Rows) -> dict[str, object]:
    names = ("id", "title", "date", "stated", "availability")
    return {
        "editions": [dict(zip(names, row, strict=False)) for row in rows],
        **({"series": {"id": rows[0][5], "name": rows[0][6]}} if rows[0][5] else {}),
    }


def _steps(rows: Rows) -> dict[str, object]:
    told = [{"event": event, "date": date} for event, date, is_ahead in rows if not is_ahead][-1:]
    ahead = [{"event": event, "date": date} for event, date, is_ahead in rows if is_ahead][:1]
    return {**({"last_step": told[0]} if told else {}), **({"next_step": ahead[0]} if ahead else {})}


def _lessons(rows: Rows) -> dict[str, object]:
    states: dict[str, int] = {}
    for _, state, number in rows:
        states[state] = states.get(state, 0) + number
    return {"recommendations": states, "reports": sorted({document for document, _, _ in rows})}


def _places(rows: Rows) -> dict[str, object]:
    places = [{"list": name, "place": " > ".join(filter(None, place))} for name, *place in rows]
    return {"places": places[:MAX_PLACES]}


_READERS: Mapping[str, Callable[[Rows], dict[str, object]]] = {
    "files": _files,
    "licence": _licence,
    "law": _law,
    "label": lambda rows: {"label": rows[0][0]},
    "whom": lambda rows: {"whom": [value for (value,) in rows]},
    "history": lambda rows: {"history": [list(row) for row in rows]},
    "editions": _editions,
    "steps": _steps,
    "lessons": _lessons,
    "places": _places,
    "replaced": lambda rows: {"replaced": {"id": rows[0][0], "title": rows[0][1]}},
    "unlisted": lambda rows: {"unlisted": {"list": rows[0][0], "seen": rows[0][1]}},
}


_MIN_WORDS = 6
"""So many words must a title of guidance have to be that of one text alone, whenever it was published."""


def by_title(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, str, str, int, str]]:
    """Yield what is folded, its part, the card on which it stands, its place there and its year.

    A row is the part, id, title and day of publication of a document, what tells whose it is, and whether it is over.
    Editions are of one body, kind and place. Titles of reports differ in nothing but when they are of; guidance has the
    same long title, and its months of publication differ. Where two are of the same time, none is folded.
    """
    alike: dict[tuple[str, ...], list[tuple[bool, Edition, str]]] = defaultdict(list)
    for part, id, title, day, *body, is_over in rows:
        form, which = edition(title) if part == "reports" else _of_month(title, day or "")
        if form:
            alike[part, form, *(each or "" for each in body)].append((not is_over, which, id))
    for (part, *_), several in alike.items():
        (_, _, card), *earlier = sorted(several, reverse=True)
        if len({which for _, which, _ in several}) == len(several):
            yield from ((id, part, card, n, str(which[0] or "")) for n, (_, which, id) in enumerate(earlier, 2))


def _of_month(title: str, day: str) -> tuple[str, Edition]:
    """Return the words of a long title and the month in which it was published; no words where either is missing.

    >>> _of_month("How to refer victims to a first responder", "2026-04"), _of_month("How to refer", "2026-04")[0]
    (('how-to-refer-victims-to-a-first-responder', (2026, 4, 0)), '')
    """
    words, year, month = slug(title), day[:4], day[5:7]
    is_told = words.count("-") >= _MIN_WORDS - 1 and year.isdecimal() and month.isdecimal()
    return (words, (int(year), int(month), 0)) if is_told else ("", (0, 0, 0))
