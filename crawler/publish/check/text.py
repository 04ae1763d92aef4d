"""One wording of a law: its provisions, and where they are in its text."""

import json
from dataclasses import dataclass
from functools import cached_property

from crawler.identifiers.affected_provisions import relation
from crawler.identifiers.uk import without_extent
from crawler.law import bare_path
from crawler.public import changed_since, in_force, versions
from crawler.public.at_day import Wording
from crawler.public.database import Connection, Row
from crawler.publish.in_force import is_provision

_UNITS = frozenset({
    "section", "article", "regulation", "rule", "schedule", "paragraph", "part", "chapter", "annex", "appendix",
    "recital",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a provision stands: its section, its path in the text, and whether it is there, or only what holds it."""

    section: Row
    path: str
    is_there: bool


class Text:
    """The sections of one wording, found by the provisions that they hold."""

    def __init__(self, connection: Connection, wording: Wording, document: str) -> None:
        self._connection = connection
        self._document = document
        self.wording = wording
        rows = in_force.text_provisions(connection, wording.id)
        self.rows = rows
        self._by_path: dict[str, list[Row]] = {}
        self._holders: set[str] = set()
        self._repeated: set[str] = set()
        for row in rows:
            steps = _plain(row["path"]).split("-")
            known = self._by_path.setdefault("-".join(steps), [])
            known.append(row)
            if without_extent(known[0]["path"])[0] != without_extent(row["path"])[0]:
                self._repeated.add("-".join(steps))
            self._holders.update("-".join(steps[:length]) for length in range(1, len(steps)))

    @cached_property
    def lacks(self) -> Row:
        """Whether it is known to be partial, and what it leaves out."""
        return changed_since.lacks(self._connection, self.wording.id)

    def has_kind(self, path: str) -> bool:
        """Whether the text has provisions of the same kind at the same place, so that one can be seen to be missing."""
        steps = _plain(path).split("-")
        last = max((place for place, step in enumerate(steps) if step in _UNITS), default=0)
        return any(f"{_plain(row['path'])}-".startswith("-".join((*steps[: last + 1], ""))) for row in self.rows)

    def is_repeated(self, path: str) -> bool:
        """Whether several provisions have this number, in other parts of one schedule."""
        steps = _plain(path).split("-")
        return any("-".join(steps[:length]) in self._repeated for length in range(2, len(steps) + 1))

    def find(self, path: str) -> Place | None:
        """Return where a provision stands, or what would hold it; None where neither is there."""
        steps = _plain(path).split("-")
        names = ["-".join(steps[:length]) for length in range(len(steps), 1, -1)]
        name = next((each for each in names if each in self._by_path), "")
        if not name:
            return self._odd(path)
        extent = without_extent(path)[1]
        rows = self._by_path[name]
        section = next((row for row in rows if extent == without_extent(row["path"])[1]), rows[0])
        if name == names[0]:
            return Place(section=section, path=section["path"], is_there=True)
        parts = {_plain(part): part for part, _, _ in json.loads(section["parts"])}
        held = next((each for each in names if each in parts), name)
        is_there = held == names[0]
        # Where nothing is told apart below it, whether the provision is there cannot be seen.
        is_open = not any(part.startswith(f"{held}-") for part in parts) and held not in self._holders
        found = Place(section=section, path=str(parts.get(held, section["path"])), is_there=is_there or is_open)
        return found if found.is_there else self._odd(path) or found

    def _odd(self, path: str) -> Place | None:
        """Return where a part stands whose path does not begin with that of its section."""
        found = versions.place(self._connection, self._document, self.wording.sections, path)
        return Place(section=self.rows[found[0]], path=path, is_there=True) if found and found[2] else None

    def by_extent(self, place: Place) -> dict[str, Place]:
        """Return a provision as it is worded for some nations, by their names; one without a name where it is one."""
        own, _ = without_extent(place.section["path"])
        rows = [row for row in self.rows if without_extent(row["path"])[0] == own]
        found: dict[str, Place] = {}
        for row in rows if len(rows) > 1 else ():
            parts = {_plain(part): part for part, _, _ in json.loads(row["parts"])}
            parts[_plain(row["path"])] = row["path"]
            if path := parts.get(_plain(place.path)):
                found[without_extent(row["path"])[1]] = Place(section=row, path=path, is_there=True)
        return found or {"": place}

    def within(self, path: str) -> list[Row]:
        """Return the provisions of the body and the schedules, or those of a range, a part or a schedule."""
        listed = [row for row in self.rows if row["number"] and is_provision(row["path"])]
        named = _plain(path) if ".." not in path else path
        return [row for row in listed if not path or relation(named, _plain(row["path"])) in ("same", "inside")]

    def span(self, path: str) -> str:
        """Return the range of the provisions that stand in a part or chapter of the body; of all else the path."""
        if path.partition("-")[0] not in ("part", "chapter"):
            return path
        inside: list[str] = []
        is_here = False
        for row in self.rows:
            unit = row["path"].partition("-")[0]
            if unit in ("part", "chapter"):
                is_here = f"{_plain(row['path'])}-".startswith(f"{path.lower()}-")
            elif unit in ("section", "article", "regulation", "rule"):
                inside += [bare_path(row["path"])] if is_here else []
            else:
                is_here = is_here and unit.startswith("crossheading")
        return f"{inside[0]}..{inside[-1]}" if inside else path

    def words(self, place: Place) -> str:
        """Return the words of a provision."""
        numbers = [
            n for n, row in zip(self.wording.sections, self.rows, strict=True) if row["path"] == place.section["path"]
        ]
        (section, *_) = versions.sections(self._connection, numbers)
        for path, start, end in json.loads(section["parts"]):
            if path == place.path:
                return str(section["text"][start:end])
        return str(section["text"])


def _plain(path: str) -> str:
    return bare_path(path).lower()
