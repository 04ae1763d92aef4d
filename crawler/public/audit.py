"""The texts of a law at its points in time, beside its publisher's own list of effects: where the two agree."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.changes.law import rank
from crawler.identifiers.affected_provisions import relation
from crawler.identifiers.uk import without_extent
from crawler.law import bare_path
from crawler.public import at_day
from crawler.public.at_day import Wording, stream
from crawler.public.database import Connection, Row, row, rows

_PATHS = "select n, path from sections where document = ?"
_EFFECTS = """select e.id, e.affected_provision, e.affected_paths, e.type, e.affecting, e.affecting_provision, e.starts,
  e.day, d.id as known, coalesce(d.title, e.affecting_title) as title
  from effects e left join documents d on d.n = e.affecting_n
  where e.affected = ? and e.applied = 1 and e.nature = 'textual' order by e.day, e.id"""
_LAWS = """select v.document as id from versions v join documents d on d.id = v.document
  where v.valid_from is not null and v.representation = 'structured' and not d.private
  and exists (select 1 from effects e where e.affected = v.document and e.applied = 1 and e.nature = 'textual')
  group by v.document having count(distinct v.valid_from) > 1 order by v.document"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """What changed in a law on the day on which one of its wordings began, by its text and by the published effects.

    ``agreed`` are the provisions (paths) that differ and that an effect names; ``unexplained`` those that differ and
    that no effect names; ``unseen`` the effects that are said to be worked in, and of which no provision differs.
    """

    day: str
    agreed: tuple[str, ...]
    unexplained: tuple[str, ...]
    unseen: tuple[Row, ...]


def laws(connection: Connection) -> list[str]:
    """Return the laws of which two points in time or more are held, and effects that were worked into them."""
    return [str(line["id"]) for line in rows(connection, _LAWS)]


def audited(connection: Connection, document: str, day: str = "") -> Iterator[Audited]:
    """Yield what the two say of each wording but the first, in the order of their days; or of that of one day.

    Effects that state no day are of the wording that first marks their act. Of a wording that began before the days of
    all effects that are held nothing is yielded: a list may be held in part.
    """
    current = row(
        connection, "select v.* from documents d join versions v on v.id = d.current where d.id = ?", [document]
    )
    effects = [(effect, _days(effect), _paths(effect)) for effect in rows(connection, _EFFECTS, [document])]
    if current is None or not effects:
        return
    paths = {line["n"]: str(line["path"]) for line in rows(connection, _PATHS, [document])}
    for before, after in pairwise(stream(connection, current)):
        if day not in ("", after.since):
            continue
        marked = at_day.marked(connection, after.id) - at_day.marked(connection, before.id)
        within = [
            (effect, named)
            for effect, days, named in effects
            if named
            and any(before.since < day <= after.since if day else effect["affecting"] in marked for day in days)
        ]
        if within or any("" < day <= before.since for _, days, _ in effects for day in days):
            yield _compared(before, after, paths, within)


def _days(effect: Row) -> set[str]:
    return {effect["day"], *(start["date"] for start in json.loads(effect["starts"]) if start.get("date"))}


def _paths(effect: Row) -> tuple[str, ...]:
    """Return the provisions that an effect names: of a heading its section, no cross-headings, not the whole."""
    named: list[str] = json.loads(effect["affected_paths"])
    return tuple(path.removesuffix("-heading") for path in named if ":" not in path and path not in ("", "whole"))


def _compared(
    before: Wording, after: Wording, paths: Mapping[int, str], effects: Sequence[tuple[Row, tuple[str, ...]]]
) -> Audited:
    old, new = (_by_path(wording, paths) for wording in (before, after))
    changed = {path for path in {*old, *new} if old.get(path) != new.get(path)}
    agreed: set[str] = set()
    unseen = []
    for effect, named in effects:
        about = {path for path in changed if any(_is_about(each, path) for each in named)}
        agreed |= about
        if not about:
            unseen.append(effect)
    unexplained = tuple(path for path in sorted(changed - agreed) if _is_audited(path))
    return Audited(day=after.since, agreed=tuple(sorted(agreed)), unexplained=unexplained, unseen=tuple(unseen))


def _is_audited(path: str) -> bool:
    """Whether an effect must name what differs: a provision or what is in an annex, no recital (texts leave them out).

    >>> [path for path in ("article-2", "annex-ii-point-3", "recital-4", "chapter-ii") if _is_audited(path)]
    ['article-2', 'annex-ii-point-3']
    """
    return path.startswith("annex") or (rank(path) == "provision" and not path.startswith("recital"))


def _by_path(wording: Wording, paths: Mapping[int, str]) -> dict[str, list[int]]:
    """Return the rows of each provision: a very long one has several."""
    found: dict[str, list[int]] = {}
    for n in wording.sections:
        found.setdefault(paths.get(n, ""), []).append(n)
    return found


def _is_about(named: str, path: str) -> bool:
    return relation(named, bare_path(without_extent(path)[0])) != ""
