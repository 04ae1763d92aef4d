"""Words that bind as they stand in what is marked as removed and added: nothing else is told of a changed passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawler.changes.duty_words import expanded, marks
from crawler.changes.enumerations import WORD, stems
from crawler.changes.mark_places import key

if TYPE_CHECKING:
    from crawler.changes.strength import DutyChange
    from crawler.model import Word

SHORT = 6
"""Most words of an edit that is told whole, by what took their place."""
MAX_MEMBER = 25
"""Most words of an edit that is told whole as a member of a list."""
LONG = 5
"""Fewest letters, less one, of words that are told without those behind them."""
RUN = 4
"""Words by whose sequences a sentence is found in what is marked."""
MARKED = 0.85
"""Share of the sequences of a sentence that must be marked where it is told as removed or added."""

_LEADING = re.compile(r"^(?:[\s.\u2026,;\u2013\u2014]+|\([A-Z]{0,2}\d{1,3}[A-Z]{0,3}\)\s)+")
_OPEN = re.compile(r"^(?:[\s.,;:\u2026\u2014]+)|(?:[\s,;:.\u2026\u2014]+|\s+(?:and|or))+$")
_REFERENCES = re.compile(r"(?:[\s,]|(?:and|or)\b|\(\w{1,5}\))+")
"""Letters and numbers of sub-provisions without that of which they are."""
_CLAUSE = re.compile(r"[.;:()\u2014\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edit:
    """What was removed and added at one place, and the words of the clause before and behind it that stayed."""

    removed: str
    added: str
    before: str
    behind: str

    def of(self, side: str) -> str:
        """Return what was removed (``before``) or added (``after``)."""
        return self.removed if side == "before" else self.added


def marked(changes: Iterable[DutyChange], shown: Sequence[Word]) -> Iterator[DutyChange]:
    """Yield the changes of words that bind which stand in edits, in the words of these.

    What came or went alone is told with what took its place, where that is short, else not at all; a bare word that
    the other wording has as well with those beside it. A sentence that only stands shorter is none that was removed.
    """
    edits = list(_edits(shown))
    for each in changes:
        if each.before and each.after:
            yield from (each,) if _is_exchanged(each, edits) else ()
        elif said := _of_one_side(each, "before" if each.before else "after", edits):
            yield said


def _is_exchanged(each: DutyChange, edits: Sequence[_Edit]) -> bool:
    """Whether words and those that took their place have a part in one edit, or stand whole in any."""
    sides = (("before", each.before), ("after", each.after))
    of_words = [(side, set(key(words).split())) for side, words in sides]
    if any(all(words.intersection(key(edit.of(side)).split()) for side, words in of_words) for edit in edits):
        return True
    return all(any(_has(edit.of(side), words) for edit in edits) for side, words in sides)


def _of_one_side(each: DutyChange, side: str, edits: Sequence[_Edit]) -> DutyChange | None:
    words = getattr(each, side)
    if each.flag.startswith("sentence") or words.endswith((".", "…")):
        bare = _LEADING.sub("", words)
        is_item = each.flag.startswith("sentence") and (" | " in bare or bare[:1].islower())
        flag = ("list removed" if side == "before" else "list added") if is_item else each.flag
        return replace(each, flag=flag, **{side: bare}) if _is_marked(words, side, edits) else None
    if each.flag.startswith("list"):
        return _of_list(each, side, edits)
    other = "after" if side == "before" else "before"
    values = {mark.value for mark in marks(expanded(words))}
    if any(mark.value in values for edit in edits for mark in marks(expanded(edit.of(other)))):
        return None
    for edit in sorted(edits, key=lambda one: (not _has(one.of(side), words), bool(one.of(other).strip()))):
        if not values.intersection(mark.value for mark in marks(expanded(edit.of(side)))):
            continue
        if edit.of(other).strip():
            return _replaced(each, edit) if max(map(_length, (edit.removed, edit.added))) <= SHORT else None
        if not _has(edit.of(side), words):
            return _with_context(each, edit)
        behind = r"(?: (?=[(\d])[\w()]+)?" if len(words) > LONG else r"(?: [\w()-]+){1,3}"
        found = re.search(rf"\b{re.escape(words)}{behind}", edit.of(side))
        return replace(each, **{side: found[0]}) if found else each
    return None


def _replaced(each: DutyChange, edit: _Edit) -> DutyChange | None:
    before, after = (_OPEN.sub("", text) for text in (edit.removed, edit.added))
    is_apart = before and after and not re.search(r"[()\u2026]|\.\.", before + after)
    says = not each.flag.startswith("list") or any(word.isalpha() for word in stems(f"{before} {after}"))
    return replace(each, before=before, after=after) if is_apart and says else None


def _with_context(each: DutyChange, edit: _Edit) -> DutyChange | None:
    """Return a change of a bare word with those beside it: *may transfer* became *may only transfer*."""
    if _length(edit.removed or edit.added) > SHORT or not (edit.before or edit.behind):
        return None
    texts = (" ".join(f"{edit.before} {text} {edit.behind}".split()) for text in (edit.removed, edit.added))
    before, after = (re.sub(r" (?=[,;:.)])", "", text) for text in texts)
    return replace(each, before=before, after=after) if before else None


def _of_list(each: DutyChange, side: str, edits: Sequence[_Edit]) -> DutyChange | None:
    """Return a member of a list as the edit that put it in or took it out has it, None for a piece of a longer one."""
    words, said = getattr(each, side), stems(getattr(each, side))
    other = "after" if side == "before" else "before"
    for edit in edits:
        text = edit.of(side)
        if not _has(text, words) and not (said and f" {' '.join(said)} " in f" {' '.join(stems(text))} "):
            continue
        if _length(text) <= MAX_MEMBER and not edit.of(other).strip():
            return None if _REFERENCES.fullmatch(text) else replace(each, **{side: _OPEN.sub("", text)})
        if max(_length(edit.removed), _length(edit.added)) <= SHORT:
            return None if edit.behind[:1].isupper() else _replaced(each, edit)
        if re.search(rf"(?:^|[;\u2014]|\([a-z]{{1,3}}\))\s*(?:(?:and|or)\s+)?{re.escape(words)}\s*(?:[;.]|$)", text):
            return each
    return None


def _is_marked(sentence: str, side: str, edits: Sequence[_Edit]) -> bool:
    """Whether a sentence, or its beginning, stands in what is marked on its side."""
    said = key(sentence).split()
    runs = {run for edit in edits for run in _runs(key(edit.of(side)).split())}
    own = list(_runs(said))
    return bool(own) and sum(run in runs for run in own) >= MARKED * len(own)


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for place in range(max(len(words) - RUN, 0) + 1):
        yield tuple(words[place : place + RUN])


def _edits(shown: Sequence[Word]) -> Iterator[_Edit]:
    """Yield the edits of a passage; removed stands before added, and no two neighbours have the same op."""
    place = 0
    while place < len(shown):
        here = place
        texts = {"-": "", "+": ""}
        while place < len(shown) and shown[place].op != "=":
            texts[shown[place].op] += shown[place].text
            place += 1
        if place > here:
            ahead = _CLAUSE.split(shown[here - 1].text)[-1].split() if here else []
            behind = _CLAUSE.split(shown[place].text)[0].split() if place < len(shown) else []
            yield _Edit(removed=texts["-"], added=texts["+"], before=" ".join(ahead[-2:]), behind=" ".join(behind[:2]))
        place += 1


def _has(text: str, words: str) -> bool:
    return f" {key(words)} " in f" {key(text)} "


def _length(text: str) -> int:
    return len(WORD.findall(text))
