"""A document as it stood on a day: its sections, each with its days, and what must be read with them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.changes.law import rank
from crawler.classify.toolkit import editions
from crawler.identifiers.acts import called
from crawler.identifiers.citations import citations
from crawler.identifiers.uk import without_extent
from crawler.law import bare_path
from crawler.public import effects, guidance, versions
from crawler.public.database import Connection, Row, row, rows
from crawler.text import is_day

MAX_NAMED = 40
"""Most effects, savings, notes or acts that stand above a text."""

PRODUCTION = "case when label like '%(___.___)' then substr(label, -9) else '' end"
"""The number of the production of a consolidated text: the same day may be produced again, corrected."""

_STREAM = f"""select id, sections, captured, label, coalesce(valid_from, substr(captured, 1, 10)) as since
  from versions where document = :document and representation = :representation and language = :language
  and partial <= :partial order by since, {PRODUCTION}, captured, id"""
_LABELS = f"""select v.id, {guidance.STATED} from versions v where v.document = :document
  and v.representation = :representation and v.language = :language order by v.captured desc, v.id"""
_PATHS = "select s.n, s.path from json_each(?) j join sections s on s.n = j.value order by j.key"
_ANNEXED = ("schedule", "annex", "appendix")
_LATER = """select e.id, e.affected_provision, e.affecting, e.affecting_provision, e.type, e.day, d.id as known,
  coalesce(d.title, e.affecting_title) as title from effects e left join documents d on d.n = e.affecting_n
  where e.affected = :document and e.applied = 1 and e.nature = 'textual' and e.day > :since and e.day <= :day
  order by e.day, e.id limit :most"""
_SAVINGS = """select e.affected_provision, e.affecting, e.affecting_provision, e.day, d.id as known,
  coalesce(d.title, e.affecting_title) as title, e.savings || coalesce((select '; ' || group_concat(x, '; ') from (
    select distinct json_extract(j.value, '$.savings') as x from json_each(e.starts) j where x <> '')), '') as savings
  from effects e left join documents d on d.n = e.affecting_n
  where e.affected = :document and e.day <> '' and e.day <= :day and (e.savings <> ''
    or exists (select 1 from json_each(e.starts) j where json_extract(j.value, '$.savings') <> ''))
  order by e.day desc, e.id limit :most"""
_RELATED = """select d.id, d.title, d.published, d.published_as, d.in_force, 1 as known
  from relations r join documents d on d.id = r.document
  where r.relation = :relation and (r.target = :document or r.target_n = (select n from documents where id = :document))
  order by d.published, d.id limit :most"""
_AMENDING = """select e.affecting as id, max(e.affecting_title) as title, '' as published, '' as published_as,
  min(e.day) as in_force, 0 as known from effects e where e.affected = :document and e.applied = 0
  and e.required is not 0 and e.dropped is null and e.nature = 'textual' and e.affecting like 'celex:3%'
  and not exists (select 1 from documents d where d.id = e.affecting) group by e.affecting order by 5, 1 limit :most"""
_MARKS = """select distinct a.note from versions v, json_each(v.annotations) j join annotations a on a.n = j.value
  where v.id = ? and a.kind = 'mark'"""
_NOTES = """select * from (select date, '' as path, note from document_history
    where document = :document and substr(date, 1, 10) <= :before order by date desc, number desc limit :most)
  union all select * from (select '', a.path, a.text from versions v, json_each(v.annotations) j
    join annotations a on a.n = j.value where v.id = :first and a.kind in ('F', 'X') and a.text <> ''
    order by j.key limit :most)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One version of the stream of a document: since when it holds, until when (empty: still), and its sections."""

    id: str
    since: str
    until: str
    sections: tuple[int, ...]


def stream(connection: Connection, current: Row) -> tuple[Wording, ...]:
    """Return the wordings of a document in the order of their days, one for each day on which one begins.

    Of several for the same day the one that was produced, then read, last stands: it corrects the others.
    """
    keys = {name: current[name] for name in ("document", "representation", "language", "partial")}
    by_day = {line["since"]: line for line in rows(connection, _STREAM, keys)}
    days = [*sorted(by_day), ""]
    return tuple(
        Wording(id=by_day[day]["id"], since=day, until=after, sections=tuple(json.loads(by_day[day]["sections"])))
        for day, after in pairwise(days)
    )


def wording_on(held: Sequence[Wording], day: str) -> Wording | None:
    """Return the wording that was in force on a day, None where the first that is held began later."""
    return next((one for one in reversed(held) if one.since <= day), None)


def before_since(connection: Connection, current: Row, since: str) -> str | None:
    """Return the id of the version with which a reader left off: that of a day, or of a label or number it states.

    Of a day before the first version that is held it is that one. None where no version has such a label or number.
    """
    held = stream(connection, current)
    if is_day(since):
        return (wording_on(held, since) or held[0]).id
    keys = {name: current[name] for name in ("document", "representation", "language")}
    named, sought = [tuple(line.values()) for line in rows(connection, _LABELS, keys)], editions.number_of_label(since)
    by_label = [id for id, _, label, *_ in named if label.casefold() == since.strip().casefold()]
    return next(iter(by_label or [id for id, *stated in named if sought and guidance.number(*stated) == sought]), None)


def sections_at(connection: Connection, document: str, day: str, provision: str = "") -> list[Row]:
    """Return the sections of a document as they stood on a day, ``YYYY-MM-DD``; none where no text of it is held.

    Each has its words, ``since`` and ``until``: the days between which they are those of this provision, as far as
    versions are held (``until`` is the first day of others, empty where there are none), and ``extent``, for which
    parts of the United Kingdom it has these words, empty for all. With a ``provision`` those that hold it, and all of
    the same document that it cites.
    """
    held, found = _on(connection, document, day)
    if found is None:
        return []
    numbers: Sequence[int] = found.sections
    if provision:
        numbers = with_cited(connection, document, found.sections, provision)
    return dated(held, found, versions.sections(connection, numbers))


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """A provision on a day, beside its text as it is shown now.

    ``state`` is ``same``, ``other`` (its words), ``absent`` (the text of that day has none) or ``not held``: the first
    text that is held is of the day ``first``. ``since`` and ``until`` are the days of its words of that day, ``words``
    where they are others.
    """

    day: str
    state: str
    first: str
    since: str = ""
    until: str = ""
    words: str = ""


def then(connection: Connection, document: str, path: str, day: str) -> Then | None:
    """Return a provision on a day, None of a document without text."""
    held, found = _on(connection, document, day)
    if not held:
        return None
    if found is None:
        return Then(day=day, state="not held", first=held[0].since)
    shown = row(connection, "select current from documents where id = ?", [document]) or {}
    sides = [found.sections, versions.section_numbers(connection, str(shown.get("current") or ""))]
    places = [versions.place(connection, document, numbers, path) for numbers in sides]
    before, now = (
        numbers[place[0]] if place and place[2] else None for numbers, place in zip(sides, places, strict=True)
    )
    if before is None:
        return Then(day=day, state="absent", first=held[0].since)
    (dated_,) = dated(held, found, versions.sections(connection, [before]))
    state = "same" if before == now else "other"
    words = dated_["text"] if state == "other" else ""
    return Then(day=day, state=state, first=held[0].since, since=dated_["since"], until=dated_["until"], words=words)


def _on(connection: Connection, document: str, day: str) -> tuple[tuple[Wording, ...], Wording | None]:
    current = row(
        connection,
        "select v.* from documents d join versions v on v.id = d.current where d.id = ? and not d.private",
        [document],
    )
    held = stream(connection, current) if current else ()
    return held, wording_on(held, day)


def dated(held: Sequence[Wording], shown: Wording, sections: Iterable[Row]) -> list[Row]:
    """Return sections of one wording with ``since``, ``until`` and ``extent``."""
    place = held.index(shown)
    after = [(one.since, frozenset(one.sections)) for one in held[place + 1 :]]
    before = [(one.since, frozenset(one.sections)) for one in reversed(held[:place])]
    return [{**section, **_days(section, shown, before, after)} for section in sections]


def _days(
    section: Row,
    shown: Wording,
    before: Sequence[tuple[str, frozenset[int]]],
    after: Sequence[tuple[str, frozenset[int]]],
) -> dict[str, str]:
    since = shown.since
    for day, there in before:
        if section["n"] not in there:
            break
        since = day
    until = next((day for day, there in after if section["n"] not in there), "")
    return {"since": since, "until": until, "extent": without_extent(section["path"])[1]}


def with_cited(connection: Connection, document: str, numbers: Sequence[int], provision: str) -> list[int]:
    """Return the sections that hold a provision, and all of the same document that they cite, in their order.

    Of a part, a chapter or a schedule that is cited these are all sections in it, of a range all from first to last.
    """
    own = versions.place(connection, document, numbers, provision)
    if own is None:
        return []
    listed = rows(connection, _PATHS, [json.dumps(list(numbers))])
    paths = [str(line["path"]) for line in listed]
    known = {bare_path(path): place for place, path in reversed(list(enumerate(paths)))}
    known |= {path: place for place, path in reversed(list(enumerate(paths)))}
    position, path, _ = own
    wanted = set(range(position, _end(paths, position, path) + 1))
    texts = versions.sections(connection, [numbers[place] for place in sorted(wanted)])
    for cited in dict.fromkeys(cited_within(" ".join(section["text"] for section in texts), document, path)):
        ends = [_found(connection, document, numbers, known, each) for each in cited.split("..")]
        if None not in ends:
            first, last = ends[0] or 0, ends[-1] or 0
            wanted.update(range(first, _end(paths, last, paths[last]) + 1))
    return [numbers[place] for place in sorted(wanted)]


def _found(connection: Connection, id: str, numbers: Sequence[int], known: Mapping[str, int], path: str) -> int | None:
    for name in (path, "-".join(path.split("-")[:2])):
        if name in known and (name == path or rank(name) == "provision"):
            return known[name]
    near = versions.place(connection, id, numbers, path)
    return near[0] if near else None


def _end(paths: Sequence[str], position: int, path: str) -> int:
    """Return the place of the last section of a provision, a schedule, or a part of the body.

    >>> body = ["part-1", "section-1", "part-1-chapter-2", "section-2", "part-2", "section-3", "schedule-1"]
    >>> [_end(body, place, body[place]) for place in (0, 1, 2, 4)]
    [3, 1, 3, 5]
    """
    is_part = rank(path) == "division" and not path.startswith(_ANNEXED)
    place = position
    for other in paths[position + 1 :]:
        is_below = other == path or other.startswith(f"{path}-")
        if not is_below and (not is_part or rank(other) == "division" or other.startswith(_ANNEXED)):
            break
        place += 1
    return place


def cited_within(text: str, document: str, path: str) -> Iterator[str]:
    """Yield the provisions of its own document that the text of one cites: those for which it names no other.

    >>> text = "under section 3(1) or Schedule 4, not section 2 of the Police Act 1996"
    >>> list(cited_within(text, "ukpga/2015/30", "section-1"))
    ['section-3-1', 'schedule-4']
    >>> list(cited_within("sections 5 to 7 apply", "ukpga/2015/30", "section-1"))
    ['section-5..section-7']
    """
    for each in citations(text, subject=document):
        is_own = each.document == document or not (each.document or each.name)
        for provision in each.provisions if is_own else ():
            if not f"{provision}-".startswith(f"{path}-"):
                yield provision


def beside(connection: Connection, document: Row, version: Row, day: str) -> dict[str, object]:
    """Return what must be read with the wording of a day.

    ``unapplied``: effects in force on the day that the publisher has not worked into this text, with ``read``, the
    day on which its list was last read; ``later``: effects that are worked into a text of a day after this one began,
    of which no version is held; ``savings``: savings and transitional provisions that effects on it name;
    ``productions``: the earlier readings of the text for the same day.
    """
    id = document["id"]
    return {
        "unapplied": effects.outstanding(connection, id, day, MAX_NAMED),
        "later": later(connection, document, version, day),
        "savings": rows(connection, _SAVINGS, {"document": id, "day": day, "most": MAX_NAMED}),
        "productions": _productions(connection, version),
    }


def later(connection: Connection, document: Row, version: Row, day: str) -> list[Row]:
    """Return the effects worked into a text of a day after a wording began, by a day, of which no version is held."""
    keys = {"document": document["id"], "day": day, "since": version["valid_from"] or "9999", "most": MAX_NAMED}
    return rows(connection, _LATER, keys)


def before_first(connection: Connection, document: str, first: Wording) -> list[Row]:
    """Return what a publisher noted of the time before the first wording that is held: date or path, and note.

    These are its dated notes on the document up to then, and its notes on amendments in that wording.
    """
    keys = {"document": document, "before": first.since, "first": first.id, "most": MAX_NAMED}
    return rows(connection, _NOTES, keys)


def pending(connection: Connection, document: str, version: Row) -> list[Row]:
    """Return the acts that amend an act of the EU and are not in its newest consolidated text, nor older than that.

    A consolidation marks from which act its text is: what it names is taken in, whatever the days. The state resolves
    itself when a later consolidation names them. Those that are not held (``known`` is 0) come from its notice.
    """
    if not document.startswith("celex:3"):
        return []
    taken = marked(connection, version["id"])
    since = version["valid_from"] or ""
    others = rows(connection, _AMENDING, {"document": document, "most": MAX_NAMED})
    others = [{**other, "title": other["title"] or called(other["id"])} for other in others]
    return [
        act
        for act in [*_related(connection, document, "amends"), *others]
        if not any(act["id"] in name for name in taken) and begins(act) >= since
    ]


def marked(connection: Connection, version: str) -> set[str]:
    """Return the ids of the acts that the marks of a consolidation name: those of which its text is."""
    return {f"celex:{str(line['note']).partition(' ')[0]}" for line in rows(connection, _MARKS, [version])}


def begins(act: Mapping[str, str | None]) -> str:
    """Return the first day on which an act that amends is in force, that of its publication where none is stated."""
    stated = act["in_force"] or ""
    return stated[:10] if stated[:4].isdigit() else (act["published"] or "")[:10]


def _related(connection: Connection, document: str, relation: str) -> list[Row]:
    return rows(connection, _RELATED, {"document": document, "relation": relation, "most": MAX_NAMED})


def _productions(connection: Connection, version: Row) -> list[Row]:
    """Return label and time of the other readings of the text of the same day, the oldest first."""
    return rows(
        connection,
        "select label, captured from versions where document = :document and representation = :representation"
        " and language = :language and valid_from = :valid_from and digest <> :digest and partial = :partial"
        " order by captured limit 20",
        {name: version[name] for name in ("document", "representation", "language", "valid_from", "digest", "partial")},
    )
