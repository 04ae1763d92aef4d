"""Guidance of which a page names an older version than the newest that is held here."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crawler.feeds.private import private, taken_down
from crawler.publish.guard import Guarded
from crawler.toolkit import editions
from crawler.toolkit.editions import Number

_KINDS = ("statutory_guidance", "guidance", "manual")
_TITLES = f"""select d.root, t.title as top_title, t.kind, d.id, d.title from documents d
  join documents t on t.id = d.root where t.kind in (select value from json_each(?)) and not {private("d.id", "main.")}
  and {taken_down("t.id", "main.")} is null order by d.root, d.id"""
_VERSIONS = """select v.document, v.title, v.label, v.note, substr(v.captured, 1, 10) as day,
  (select substr(s.text, 1, 400) from sections s where s.id = json_extract(v.sections, '$[0]')) as opening
  from versions v where v.document in (select value from json_each(?)) order by v.captured, v.id"""


@dataclass(slots=True)
class Held:
    """A family of guidance: what its titles say, and the day on which each numbered version was first read here."""

    id: str
    title: str
    kind: str
    titles: list[frozenset[str]] = field(default_factory=list)
    versions: dict[Number, str] = field(default_factory=dict)

    def newest(self, now: str) -> tuple[Number, str] | None:
        """Give the highest version that is held, and since when; None where no version has a number."""
        return max(((number, day) for number, day in self.versions.items() if day <= now[:10]), default=None)


async def held(db: Guarded, named: Iterable[str]) -> list[Held]:
    """Give the guidance with numbered versions that some words may name; nothing is looked for where there are none."""
    wanted = sorted(set(named))
    if not wanted:
        return []
    found: dict[str, Held] = {}
    family: dict[str, list[str]] = defaultdict(list)
    for row in await db.all(_TITLES, [json.dumps(_KINDS)]):
        top = found.setdefault(row["root"], Held(id=row["root"], title=row["top_title"], kind=row["kind"]))
        top.titles.append(editions.words(row["title"]))
        family[row["root"]].append(row["id"])
    near = [each for each in found.values() if any(_may_be(words, each) for words in wanted)]
    of = {name: each for each in near for name in family[each.id]}
    for row in await db.all(_VERSIONS, [json.dumps(sorted(of))]):
        number = _number(row)
        if number is not None:
            of[row["document"]].versions.setdefault(number, row["day"])
    return [each for each in near if each.versions]


def _number(row: Mapping[str, Any]) -> Number | None:
    """Give the number of a version: by its name, its title, the publisher's note, else the words it opens with."""
    for number in (editions.labelled(row["label"]), editions.named(row["title"]), editions.noted(row["note"])):
        if number is not None:
            return number
    return editions.named(row["opening"] or "")


def _may_be(named: str, guidance: Held) -> bool:
    """Tell whether words name a guidance: "the statutory guidance" is that of which nothing else is known."""
    if words := editions.words(named):
        return any(words <= title for title in guidance.titles)
    return guidance.kind == "statutory_guidance" and "statutory" in named.lower()


def newer(document: str, named: Sequence[str], guidance: Sequence[Held], now: str) -> list[dict[str, Any]]:
    """Give the guidance of which a document names an older version than the newest held: ``version`` since ``day``.

    Where words may name more than one guidance, nothing is told.
    """
    told = {}
    for each in named:
        number = editions.named(each)
        meant = [one for one in guidance if _may_be(each, one)]
        if number is None or len(meant) != 1 or meant[0].id == document:
            continue
        newest = meant[0].newest(now)
        if newest and newest[0] > number:
            told[meant[0].id] = {
                "id": meant[0].id,
                "title": meant[0].title,
                "named": _written(number),
                "version": _written(newest[0]),
                "day": newest[1],
            }
    return [told[name] for name in sorted(told)]


def _written(number: Number) -> str:
    return ".".join(map(str, number))
