"""Where an edit begins and ends, among the places that come to the same: at whole units.

Words put in before "(9)" may stand in an alignment as "8A) … (": one bracket earlier they are "(8A) … ". The slider of
git does the same with lines: https://github.com/mhagger/diff-slider-tools.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

Run = tuple[str, str, str]
"""Kept, deleted and inserted text; the first is empty in an edit, the other two in a kept run."""

MAX_SLIDE = 400
"""Most characters by which an edit is moved to either side."""
MAX_WEIGHED = 5_000
"""Most characters of an edit whose brackets are counted."""
BALANCED = 12
"""What counts for an edit that has both ends of all its brackets: more than its two edges can."""
MAX_BRACKETS = 8
"""Most ends of brackets that an edit lacks."""

_OPENING, _CLOSING = "([{\u201c\u2018\u00ab", ")]}\u201d\u00bb"
_STOPS = ".!?;:\u2014"
_JOINTS = frozenset(".,:/'\u2019-@_")
"""Marks inside numbers, words and addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """An edit with the kept text on its two sides, of which ``spare`` characters stay there."""

    left: str
    deleted: str
    inserted: str
    right: str
    spare: tuple[int, int]


def settled(runs: Sequence[Run]) -> list[Run]:
    """Return the runs of an alignment with each edit at the best of the places that come to the same.

    Kept and deleted text together, and kept and inserted text together, are what they were.

    >>> settled([("(8) a. (", "", ""), ("", "", "8A) b. ("), ("9) c.", "", "")])
    [('(8) a. ', '', ''), ('', '', '(8A) b. '), ('(9) c.', '', '')]
    >>> settled([("or (", "", ""), ("", "b) fee", "c) fine"), (".", "", "")])
    [('or ', '', ''), ('', '(b) fee', '(c) fine'), ('.', '', '')]
    """
    row: list[Run] = []
    for run in runs:  # Kept text, though it be empty, stands before, between and behind edits.
        if not run[0] and len(row) % 2 == 0:
            row.append(("", "", ""))
        row.append(run)
    row.extend([("", "", "")] * (len(row) % 2 == 0))
    for at in range(1, len(row), 2):
        ends = int(at > 1), int(at + 2 < len(row))
        place = _Place(left=row[at - 1][0], deleted=row[at][1], inserted=row[at][2], right=row[at + 1][0], spare=ends)
        place = _slid(_completed(_trimmed(place)))
        row[at - 1 : at + 2] = (place.left, "", ""), ("", place.deleted, place.inserted), (place.right, "", "")
    return [run for run in row if any(run)]


def _trimmed(place: _Place) -> _Place:
    """Return an edit without the words that both its sides begin or end with."""
    old, new = place.deleted, place.inserted
    most = min(len(old), len(new))
    start = next((n for n in range(most) if old[n] != new[n]), most)
    while start and any(_splits(text, start) for text in (old, new)):
        start -= 1
    start = start if old[:start].strip() else 0
    most -= start
    end = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    while end and (any(_splits(text, len(text) - end) for text in (old, new)) or old[-end].isspace()):
        end -= 1
    end = end if end and old[-end:].strip() else 0
    left, right = place.left + old[:start], old[len(old) - end :] + place.right
    inner = old[start : len(old) - end], new[start : len(new) - end]
    return replace(place, left=left, deleted=inner[0], inserted=inner[1], right=right)


def _completed(place: _Place) -> _Place:
    """Return an edit that lacks one end of a bracket on both its sides with that end."""
    for _ in range(MAX_BRACKETS if place.deleted and place.inserted else 0):
        old, new = _loose(place.deleted), _loose(place.inserted)
        if min(old[1], new[1]) and len(place.right) > place.spare[1] and place.right[0] in _CLOSING:
            last = place.right[0]
            place = replace(place, deleted=place.deleted + last, inserted=place.inserted + last, right=place.right[1:])
        elif min(old[0], new[0]) and len(place.left) > place.spare[0] and place.left[-1] in _OPENING:
            first = place.left[-1]
            place = replace(place, left=place.left[:-1], deleted=first + place.deleted, inserted=first + place.inserted)
        else:
            break
    return place


def _loose(text: str) -> tuple[int, int]:
    """Return how many brackets and quotations end in a text that begin before it, and how many begin and do not end."""
    loose = depth = 0
    for character in text[: MAX_WEIGHED + 1]:
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            loose, depth = (loose, depth - 1) if depth else (loose + 1, depth)
    return loose, depth


def _slid(place: _Place) -> _Place:
    """Return an edit that only puts in or takes out where it begins and ends best."""
    text = place.deleted or place.inserted
    if bool(place.deleted) == bool(place.inserted):
        return place
    before, behind = place.left[-MAX_SLIDE - 1 :], place.right[: MAX_SLIDE + 1]
    shown = before + text + behind
    origin, size = len(before), len(text)
    first = last = origin
    while first > max(place.spare[0], origin - MAX_SLIDE) and shown[first - 1] == shown[first - 1 + size]:
        first -= 1
    most = origin + min(len(behind) - place.spare[1], MAX_SLIDE)
    while last < most and shown[last] == shown[last + size]:
        last += 1
    best = max(range(first, last + 1), key=lambda at: (_worth(shown, at, at + size), -abs(at - origin)))
    if best == origin:
        return place
    moved = shown[best : best + size]
    left = place.left[: len(place.left) - len(before)] + shown[:best]
    right = shown[best + size :] + place.right[len(behind) :]
    return replace(
        place, left=left, right=right, deleted=moved if place.deleted else "", inserted="" if place.deleted else moved
    )


def _worth(shown: str, start: int, end: int) -> int:
    """Return how good an edit is that begins and ends at two points of a text."""
    balanced = end - start <= MAX_WEIGHED and _loose(shown[start:end]) == (0, 0)
    return _edge(shown, start) + _edge(shown, end) + BALANCED * balanced


def _edge(shown: str, at: int) -> int:
    """Return how good a point of a text is as an edge, from -9 inside a word to 5 at the start of a line."""
    if at in (0, len(shown)) or shown[at - 1] == "\n":
        return 5
    if _splits(shown, at):
        return -9
    last, following = shown[at - 1], shown[at]
    if last in _OPENING or following in _CLOSING:
        return -3
    if last.isspace():
        stands = shown[max(0, at - 8) : at].rstrip()[-1:]
        return (3 if stands in _STOPS else 2 if stands == "," else 1) + (following in _OPENING)
    if following.isspace():
        return 2 if last in _STOPS else 1
    return (following in _OPENING) + (last in _CLOSING)


def _splits(text: str, at: int) -> bool:
    """Whether a point of a text is inside a word, a number or an address.

    >>> [at for at in range(8) if _splits("is 1.5(a)", at)]
    [1, 4, 5]
    """
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    if right in _JOINTS and at + 1 < len(text):
        right = text[at + 1]
    elif left in _JOINTS and at > 1:
        left = text[at - 2]
    return left.isalnum() and right.isalnum()
