"""Guidance of which a page names an older version than the newest that is held here."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from sqlite3 import Connection
from typing import Any

from crawler.classify.toolkit import editions
from crawler.classify.toolkit.editions import Number
from crawler.public.database import Row, rows

_KINDS = ("statutory_guidance", "guidance", "manual")
_TITLES = f"""select d.root, t.title, t.kind, d.id, d.title, t.author from documents d
  join documents t on t.id = d.root
  where t.kind in {_KINDS} and not d.private order by d.root, d.id"""
STATED = """v.title, v.label, v.note,
  coalesce((select substr(s.text, 1, 400) from sections s where s.n = json_extract(v.sections, '$[0]')), '')"""
"""What :func:`number` asks of a version."""
_VERSIONS = f"""select v.document, substr(v.captured, 1, 10), {STATED} from versions v
  where v.document in (select value from json_each(?)) order by v.captured, v.id"""


_LATER = f"""select d.id, d.title, substr(coalesce(d.updated, d.published), 1, 10) as day from documents d
  where d.kind in {_KINDS} and d.root <> :root and d.publisher <> :publisher and not d.private and d.provisions > 0
    and d.availability = 'ok' and lower(d.title) like '%statutory guidance%'
    and coalesce(d.updated, d.published) > :day order by coalesce(d.updated, d.published) desc, d.n"""


@dataclass(slots=True, eq=False)
class Guidance:
    """A family of guidance: what its titles and publisher's name say, and when each numbered version was first read."""

    id: str
    title: str
    kind: str
    author: frozenset[str]
    documents: list[str] = field(default_factory=list)
    titles: list[frozenset[str]] = field(default_factory=list)
    versions: dict[Number, str] = field(default_factory=dict)

    def newest(self, clock: str) -> tuple[Number, str] | None:
        """Return the highest version that is held, and since when; None where no version has a number."""
        return max(((number, day) for number, day in self.versions.items() if day <= clock[:10]), default=None)


def named_guidance(connection: Connection, names: Iterable[str]) -> dict[str, Sequence[Guidance]]:
    """Return the guidance with numbered versions that some words may name, by these words."""
    wanted = sorted(set(names))
    if not wanted:
        return {}
    candidates = _candidates(_families(connection), wanted)
    families = {family.id: family for listed in candidates.values() for family in listed}
    owners = {document: family for family in families.values() for document in family.documents}
    versions = connection.execute(_VERSIONS, [json.dumps(sorted(owners))])
    for document, day, *stated in versions:
        if (found := number(*stated)) is not None:
            owners[document].versions.setdefault(found, day)
    return {words: [family for family in listed if family.versions] for words, listed in candidates.items()}


def _families(connection: Connection) -> list[Guidance]:
    families: dict[str, Guidance] = {}
    for root, top_title, kind, document, title, author in connection.execute(_TITLES):
        whose = editions.words(author)
        family = families.setdefault(root, Guidance(id=root, title=top_title, kind=kind, author=whose))
        family.titles.append(editions.words(title))
        family.documents.append(document)
    return list(families.values())


def _candidates(families: Sequence[Guidance], wanted: Iterable[str]) -> dict[str, list[Guidance]]:
    """Return the families that words may name, by these words, looked up by the rarest of them.

    "The statutory guidance" is that of which nothing else is known.
    """
    by_word: dict[str, list[Guidance]] = defaultdict(list)
    for family in families:
        for word in family.author.union(*family.titles):
            by_word[word].append(family)
    statutory = [family for family in families if family.kind == "statutory_guidance"]
    candidates: dict[str, list[Guidance]] = {}
    for named in wanted:
        if words := editions.words(named):
            rarest = min((by_word.get(word, []) for word in words), key=len)
            found = [each for each in rarest if any(words <= title | each.author for title in each.titles)]
            is_statutory = "statutory" in named.lower()
            candidates[named] = [each for each in found if is_statutory and each in statutory] or found
        else:
            candidates[named] = statutory if "statutory" in named.lower() else []
    return candidates


def number(title: str, label: str, note: str, opening: str) -> Number | None:
    """Return the number of a version: by its name, its title, the publisher's note, else the words it opens with."""
    for found in (editions.number_of_label(label), editions.version_number(title), editions.noted(note)):
        if found is not None:
            return found
    return editions.version_number(opening)


def later_edition(connection: Connection, document: Mapping[str, Any]) -> Row | None:
    """Return id, title and day of a later text of statutory guidance than a copy of it that another publisher keeps.

    It is one whose title has every word of that of the copy; None where none is held, or this is no such copy.
    """
    day = str(document["updated"] or document["published"] or "")
    if not day or document["kind"] not in _KINDS or "statutory guidance" not in document["title"].lower():
        return None
    own = editions.words(document["title"])
    asked = {name: document[name] for name in ("root", "publisher")} | {"day": day}
    return next((each for each in rows(connection, _LATER, asked) if own <= editions.words(each["title"])), None)


def newer(
    document: str, names: Iterable[str], guidance: Mapping[str, Sequence[Guidance]], clock: str
) -> list[dict[str, Any]]:
    """Return the guidance of which a document names an older version than the newest held: ``version`` since ``day``.

    Where words may name more than one guidance, nothing is said.
    """
    outdated: dict[str, dict[str, Any]] = {}
    for name in names:
        named, families = editions.version_number(name), guidance.get(name, ())
        if named is None or len(families) != 1 or families[0].id == document:
            continue
        family = families[0]
        newest = family.newest(clock)
        if newest and newest[0] > named:
            outdated[family.id] = {
                "id": family.id,
                "title": family.title,
                "named": written(named),
                "version": written(newest[0]),
                "day": newest[1],
            }
    return [outdated[name] for name in sorted(outdated)]


def written(number: Number) -> str:
    """Return the number of a version as it is written."""
    return ".".join(map(str, number))
