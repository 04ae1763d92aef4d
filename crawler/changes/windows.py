"""Lists of the newest: what left their end while newer entries came to their beginning only slid off, and is not gone.

Such a list is known by its entries alone: short ones with a date each, of which none is newer than the one before.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.bodies.dates import iso
from crawler.changes.sentences import joined
from crawler.model import Difference, Version

MIN_ENTRIES = 3
"""Fewest entries of a list on either side."""
MAX_ENTRY_CHARACTERS = 600
_DATE = re.compile(
    r"\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\.? (?:de )?[^\W\d_]{3,10}\.?,? (?:de )?\d{4}\b|\b[^\W\d_]{3,10}\.? \d{1,2}, \d{4}\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """An entry by its name, with its first and its last date."""

    name: str
    dates: tuple[str, str]


def without_slid(differences: Iterable[Difference], old: Version, new: Version) -> Iterator[Difference]:
    """Yield differences; provisions that slid off a list are ``moved``, and no words tell of lines that did so."""
    slid = _of_sections(old, new)
    for each in differences:
        if each.kind == "removed" and each.path in slid:
            yield replace(each, kind="moved", words=())
        elif each.kind == "changed" and any(word.op == "-" and "\n" in word.text for word in each.words):
            yield _without_lines(each, new.language)
        else:
            yield each


def _of_sections(old: Version, new: Version) -> frozenset[str]:
    paths = {section.path for section in old.sections} & {section.path for section in new.sections}
    sides = [
        _runs(((section.path, f"{section.heading} {section.text}") for section in version.sections), version.language)
        for version in (old, new)
    ]
    return frozenset(name for before in sides[0] for after in sides[1] for name in _slid(before, after, shared=paths))


def _slid(before: Sequence[_Entry], after: Sequence[_Entry], *, shared: Iterable[str]) -> Iterator[str]:
    """Yield the last entries of a list that are on it no more, where as many or more came to its beginning."""
    kept = set(shared)
    came = next((n for n, entry in enumerate(after) if entry.name in kept), len(after))
    left = next((n for n, entry in enumerate(reversed(before)) if entry.name in kept), len(before))
    if not 0 < left <= came:
        return
    gone = before[len(before) - left :]
    for place in (0, 1):
        dates = [entry.dates[place] for entry in (*after, *gone)]
        if dates == sorted(dates, reverse=True) and dates[0] > dates[-1]:
            yield from (entry.name for entry in gone)
            return


def _runs(entries: Iterable[tuple[str, str]], language: str) -> list[list[_Entry]]:
    """Return the runs of short entries with a date each that are long enough to be a list."""
    runs: list[list[_Entry]] = [[]]
    for name, text in entries:
        dates = _dates(text, language)
        if dates is None:
            runs.append([])
        else:
            runs[-1].append(_Entry(name=name, dates=dates))
    return [run for run in runs if len(run) >= MIN_ENTRIES]


def _dates(text: str, language: str) -> tuple[str, str] | None:
    if len(text) > MAX_ENTRY_CHARACTERS:
        return None
    dates = [date for found in _DATE.findall(text) if (date := iso(found, language=language))]
    return (dates[0], dates[-1]) if dates else None


def _lines(text: str) -> list[str]:
    return [line for each in text.split("\n") if (line := each.strip())]


def _without_lines(difference: Difference, language: str) -> Difference:
    """Return a change without the words of lines that slid off a list."""
    if difference.before is None or difference.after is None:
        return difference
    lines = [_lines(side.text) for side in (difference.before, difference.after)]
    before, after = (_runs(((line, line) for line in side), language) for side in lines)
    shared = set(lines[0]) & set(lines[1])
    slid = {line for one in before for other in after for line in _slid(one, other, shared=shared)}
    kept = (word for word in difference.words if word.op != "-" or not slid.issuperset(_lines(word.text)))
    return replace(difference, words=tuple(joined(kept))) if slid else difference
