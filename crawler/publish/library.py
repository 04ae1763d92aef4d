"""The documents of one part of the toolkit: which there are, what they state, and what became stale."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.feeds.private import private, taken_down
from crawler.feeds.words import provision
from crawler.publish import guidance
from crawler.publish.asking import Asked
from crawler.publish.guard import Guarded
from crawler.sources.areas import areas
from crawler.toolkit import MEMBER, SOURCE
from crawler.toolkit.laws import ACTS
from crawler.toolkit.vocabulary import CLOSED, OPEN, OTHER

NOT_STATED = "not-stated"
"""Stands in a filter for documents that do not state a field."""

_ACTS = {act: title for title, act in ACTS.items()}

_MEMBERS = f"""select distinct f.document as id from main.toolkit_facts f where f.part = :part
  and f.field = '{MEMBER}'"""
_SHOWN = f"not {private('x.id', 'main.')}"
_STATES = f"""exists (select 1 from main.documents x join main.toolkit_facts f on f.document = x.id
  where x.root = d.id and f.part = :part and f.field = :{{field}} and f.value in ({{marks}}) and {_SHOWN})"""
_SILENT = f"""not exists (select 1 from main.documents x join main.toolkit_facts f on f.document = x.id
  where x.root = d.id and f.part = :part and f.field = :{{field}} and {_SHOWN})"""
_OPEN = f"{taken_down('d.id', 'main.')} is null"
_COLUMNS = f"""d.id, d.title, d.url, d.kind, d.published, d.updated, d.first_seen, d.checked, d.availability,
  d.availability_since, d.author, p.name as publisher_name, {private("d.id", "main.")} as private"""
_ORDER = "coalesce(d.updated, d.published, d.first_seen) desc, d.id"

_FACTS = f"""select x.root, x.id as document, x.title, f.field, f.value, f.place, f.words from main.documents x
  join main.toolkit_facts f on f.document = x.id and f.part = :part
  where x.root in (select value from json_each(:ids)) and not {private("x.id", "main.")}
  order by x.root, x.id <> x.root, x.id, f.field, f.value"""
_OFFERED = f"""select distinct x.field, x.value from main.toolkit_facts x where x.part = ?
  and not {private("x.document", "main.")}"""
_LAWS = """select l.value as law, d.id, d.title from json_each(?) l join documents d on d.id = l.value
  union select l.value, a.document, d.title from json_each(?) l join main.aliases a on a.alias = l.value
  join documents d on d.id = a.document"""
_TITLED = """select d.title as law, d.id, d.title from main.documents d
  where d.kind in ('act', 'asp', 'si', 'legislation') and d.title in (select value from json_each(?)) order by d.id"""
_CHANGED = """select document, substr(coalesce(occurred, seen), 1, 10) as day, count(*) as changes from main.changes
  where document in (select value from json_each(?)) and cause = 'source' and significance <> 'editorial'
  and kind in ('added', 'removed', 'changed', 'status', 'date', 'withdrawn') group by 1, 2 order by 1, 2"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One value of a field as a page shows it: its words for readers, and where they were read.

    ``other``: the page states it in words that are none of a closed list; they are what is shown.
    """

    value: str
    label: str
    place: str
    words: str
    document: str
    attachment: str = ""
    other: bool = False

    @property
    def by_source(self) -> bool:
        """Tell whether the registry or a list says so, not the page."""
        return self.place == SOURCE


async def count(db: Guarded, part: str, asked: Asked) -> int:
    """Give how many documents of a part have what was asked for."""
    where, params = _where(part, asked)
    rows = await db.all(
        f"with m as ({_MEMBERS}) select count(*) as n from m join documents d on d.id = m.id where {where}", params
    )
    return int(rows[0]["n"])


async def documents(db: Guarded, part: str, asked: Asked, *, limit: int, now: str) -> list[dict[str, Any]]:
    """Give one page of the documents of a part, newest first, with ``fields``, ``why``, ``stale`` and ``newer``.

    ``fields`` holds the values by field; of a document that can name people there are none.
    """
    where, params = _where(part, asked)
    rows = await db.all(
        f"with m as ({_MEMBERS}) select {_COLUMNS} from m join documents d on d.id = m.id"
        f" left join publishers p on p.id = d.publisher where {where} order by {_ORDER} limit :limit offset :offset",
        {**params, "limit": limit, "offset": (asked.page - 1) * limit},
    )
    facts = await db.all(_FACTS, {"part": part, "ids": json.dumps([row["id"] for row in rows])})
    laws = await _laws(db, facts)
    changed = await _changes(db, laws)
    known = await guidance.held(db, [fact["value"] for fact in facts if fact["field"] == "guidance"])
    by_top: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for fact in facts:
        by_top[fact["root"]].append(fact)
    found = []
    for row in rows:
        fields = _fields(part, by_top[row["id"]], laws)
        named_guidance = [each.value for each in fields.get("guidance", ())]
        newer = guidance.newer(row["id"], named_guidance, known, now)
        found.append({**row, "fields": fields, "stale": _stale(row, fields, laws, changed, now), "newer": newer})
    return found


async def offered(db: Guarded, part: str) -> dict[str, set[str]]:
    """Give the values of each field of a closed list that something states."""
    rows = await db.all(_OFFERED, [part])
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row["field"] in CLOSED[part]:
            found[row["field"]].add(row["value"])
    return found


def _where(part: str, asked: Asked) -> tuple[str, dict[str, object]]:
    params: dict[str, object] = {"part": part}
    parts = [_OPEN]
    for number, (field, values) in enumerate(sorted(asked.values.items())):
        params[f"field{number}"] = field
        wanted = sorted({each for value in values for each in _alike(field, value)} - {NOT_STATED})
        marks = []
        for place, value in enumerate(wanted):
            params[f"value{number}_{place}"] = value
            marks.append(f":value{number}_{place}")
        either = [_STATES.format(field=f"field{number}", marks=", ".join(marks))] if marks else []
        if NOT_STATED in values:
            either.append(_SILENT.format(field=f"field{number}"))
        parts.append(f"({' or '.join(either)})")
    return " and ".join(parts), params


def _alike(field: str, value: str) -> Iterable[str]:
    """Give the values that answer a wish: who asks for Wales gets what applies in the United Kingdom, too."""
    return {value, *areas(value)} if field == "nation" and value != NOT_STATED else {value}


def _fields(
    part: str, facts: Sequence[Mapping[str, Any]], laws: Mapping[str, Mapping[str, Any]]
) -> dict[str, list[Stated]]:
    """Give the values by field: what the document itself states, else its attachments, else its source."""
    found = {}
    for field in (*CLOSED[part], *OPEN[part]):
        stated = [_stated(part, fact, laws) for fact in facts if fact["field"] == field]
        own = [each for each in stated if not each.attachment and not each.by_source]
        below = [each for each in stated if each.attachment and not each.by_source]
        values = own or below or stated
        if values:
            found[field] = list({each.label: each for each in reversed(values)}.values())[::-1]
    return found


def _stated(part: str, fact: Mapping[str, Any], laws: Mapping[str, Mapping[str, Any]]) -> Stated:
    field, value = fact["field"], fact["value"]
    label = CLOSED[part][field].get(value, value) if field in CLOSED[part] else value
    other = field in CLOSED[part] and value == OTHER
    if other:
        label = fact["words"]
    if field in ("law", "provision"):
        law, _, path = value.partition("#")
        label = ", ".join(text for text in (named(law, laws), provision_words(path)) if text)
    return Stated(
        value=value,
        label=label,
        place=fact["place"],
        words=fact["words"],
        document=fact["document"],
        attachment="" if fact["document"] == fact["root"] else fact["title"],
        other=other,
    )


def provision_words(path: str) -> str:
    """Give the path of a provision as lawyers write it; of a range, both ends.

    >>> provision_words("section-52"), provision_words("section-1..section-4"), provision_words("")
    ('Section 52', 'Section 1 to Section 4', '')
    """
    return " to ".join(provision(part) or part.replace("-", " ") for part in path.split("..")) if path else ""


def named(law: str, laws: Mapping[str, Mapping[str, Any]]) -> str:
    """Give the name of a law: as we hold it, else as it is known, else its number."""
    return str(laws[law]["title"]) if law in laws else _ACTS.get(law, law.removeprefix("celex:"))


# Law that has changed since


async def _laws(db: Guarded, facts: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Give the laws named that we hold, by id or by title."""
    wanted = json.dumps(sorted({f["value"].partition("#")[0] for f in facts if f["field"] in ("law", "provision")}))
    rows = [*await db.all(_TITLED, [wanted]), *await db.all(_LAWS, [wanted, wanted])]
    return {row["law"]: row for row in rows}


async def _changes(db: Guarded, laws: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Give the days on which each law changed, with how many changes."""
    found: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in await db.all(_CHANGED, [json.dumps(sorted({law["id"] for law in laws.values()}))]):
        found[row["document"]].append(row)
    return found


def _stale(
    row: Mapping[str, Any],
    fields: Mapping[str, Sequence[Stated]],
    laws: Mapping[str, Mapping[str, Any]],
    changed: Mapping[str, Sequence[Mapping[str, Any]]],
    now: str,
) -> list[dict[str, Any]]:
    """Give each law it names that changed between its date and now: changes in meaning, made by the publisher."""
    since = (row["updated"] or row["published"] or "")[:10]
    if not since:
        return []
    found = {}
    for each in (*fields.get("law", ()), *fields.get("provision", ())):
        law = laws.get(each.value.partition("#")[0])
        days = [day for day in changed.get(law["id"], ()) if since < day["day"] <= now[:10]] if law else []
        if law and days:
            changes = sum(day["changes"] for day in days)
            found[law["id"]] = {"id": law["id"], "title": law["title"], "day": days[-1]["day"], "changes": changes}
    return [found[name] for name in sorted(found)]
