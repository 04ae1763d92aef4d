"""Where the provisions of two versions of a law stand, and which of the provisions that somebody names they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from crawler.changes.law import is_eu, key, rank
from crawler.identifiers.affected_provisions import CROSSHEADING, WHOLE, relation
from crawler.model import Version

MAX_RANGES = 500
"""Most ranges of provisions of one kind that are looked through for each provision."""


T = TypeVar("T")


class Places:
    """The sections of two versions: what holds each, and which provision a crossheading begins with."""

    def __init__(self, old: Version, new: Version) -> None:
        self.is_eu = is_eu(new)
        self.sections: set[str] = set()
        self._holders: dict[str, tuple[str, ...]] = {}
        self._follower: dict[str, str] = {}
        self._led: set[str] = set()
        self._keys: dict[tuple[str, str, str], str] = {}
        for version in (old, new):
            self._read([section.path for section in version.sections])

    def _read(self, paths: list[str]) -> None:
        division, heading = "", ""
        self.sections.update(paths)
        for path in paths:
            kind = rank(path, eu=self.is_eu)
            if kind == "division":
                division, heading = path, ""
            elif kind == "crossheading":
                heading = path
            elif kind == "provision":
                self._keys.setdefault(key(path), path)
                if heading:
                    self._follower[heading] = path
                    self._led.add(path)
                heading = ""
            self._holders[path] = tuple(dict.fromkeys((*_above(path), *_prefixes(division))))

    def is_provision(self, path: str) -> bool:
        """Whether a section is a provision, and not what holds some or stands beside them."""
        return rank(path, eu=self.is_eu) == "provision"

    def holders(self, path: str) -> tuple[str, ...]:
        """Return what a section lies in, the nearest first."""
        return self._holders.get(path) or tuple(_above(path))

    def follower(self, path: str) -> str:
        """Return the provision with which a crossheading begins, empty for what is none."""
        return self._follower.get(path, "")

    def begins_run(self, path: str) -> bool:
        """Whether the heading over a provision is part of it, as in schedules, and no section before it."""
        return path.startswith(("schedule", "annex")) and path not in self._led

    def section_of(self, path: str) -> str:
        """Return the section that a path lies in, by its number where it is named differently; itself where none is."""
        return self._split(path)[0]

    def canonical(self, path: str) -> str:
        """Return a path with the name that its section has in the text."""
        section, rest = self._split(path)
        return section + rest

    def _split(self, path: str) -> tuple[str, str]:
        wholes = [path, *_above(path)]
        for whole in wholes:
            if whole in self.sections:
                return whole, path[len(whole) :]
        for whole in wholes:
            known = self._keys.get(key(whole)) if self.is_provision(whole) else None
            if known:
                return known, path[len(whole) :]
        return path, ""

    def index(self, items: Iterable[tuple[Iterable[str], T]]) -> Index[T]:
        """Return values by the provisions that they are about."""
        made: Index[T] = Index(places=self)
        for number, (paths, value) in enumerate(items):
            for path in paths:
                made.add(path, number, value)
        return made


@dataclass(slots=True)
class Index(Generic[T]):
    """Values by the provisions that they are about; those of ranges by the kind of provision."""

    places: Places
    named: dict[str, list[tuple[str, int, T]]] = field(default_factory=dict)
    ranges: dict[str, list[tuple[str, int, T]]] = field(default_factory=dict)

    def add(self, path: str, number: int, value: T) -> None:
        """Add a value about a provision; ``number`` is its place among the values."""
        if path.startswith(CROSSHEADING):
            place = CROSSHEADING + self.places.canonical(path.removeprefix(CROSSHEADING))
            self.named.setdefault(place, []).append((place, number, value))
            return
        first, _, last = path.partition("..")
        first, last = self.places.canonical(first), last and self.places.canonical(last)
        section = self.places.section_of(first)
        if last and self.places.section_of(last) != section:
            alike = self.ranges.setdefault(_kind(first), [])
            if len(alike) < MAX_RANGES:
                alike.append((f"{first}..{last}", number, value))
            return
        self.named.setdefault(section, []).append((f"{first}..{last}" if last else first, number, value))

    def on(self, section: str, path: str = "") -> list[T]:
        """Return the values about a section or what holds it, in their order; ``path`` is a place inside it.

        Of what is in a part or schedule nothing is said of the part or schedule itself, nor by a crossheading of the
        provision under it, but where the heading is one with the provision.
        """
        return list(dict(sorted(self._on(section, path or section), key=_number)).values())

    def _on(self, section: str, path: str) -> Iterator[tuple[int, T]]:
        holders, is_provision = self.places.holders(section), self.places.is_provision(section)
        for place in (section, *holders, WHOLE):
            for named, number, value in self.named.get(place, ()):
                how = relation(named, path)
                inside = how == "inside" or (place != section and named == place)
                if how == "same" or inside or (how == "around" and (is_provision or named == f"{section}-heading")):
                    yield number, value
        for named, number, value in self.ranges.get(_kind(section), ()):
            if relation(named, path):
                yield number, value
        under = self.places.follower(section) or (section if self.places.begins_run(section) else "")
        yield from ((number, value) for _, number, value in self.named.get(CROSSHEADING + under, ()) if under)


def _number(numbered: tuple[int, object]) -> int:
    return numbered[0]


def _prefixes(path: str) -> Iterator[str]:
    """Yield a path and what it lies in by its own steps, the deepest first."""
    while path:
        yield path
        path = path.rpartition("-")[0]


def _above(path: str) -> list[str]:
    return list(_prefixes(path))[1:]


def _kind(path: str) -> str:
    """Return a path without its last number: provisions of a range share it."""
    return path.rpartition("-")[0]
