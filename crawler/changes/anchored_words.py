"""Words of a provision of a law: aligned subsection by subsection, else around the longest run that moved in it."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

from crawler.changes.order import increasing
from crawler.changes.sentences import joined
from crawler.changes.words import words
from crawler.model import Section, Word

MIN_RUN_WORDS = 12
"""Fewest words of a run that went to another place."""
WORK = 2_000_000
"""Most cells (words times words) that are looked at for such a run."""

_Block = tuple[int, int, int]
"""Where a run stands in the older and the newer text, in characters, and its length."""


def of_law(before: Section, after: Section) -> tuple[Word, ...]:
    """Return the words of a provision, those of a subsection beside those of the one with its number alone.

    One that came or went is told whole, unless more of what is told as deleted would then stand in the newer text.

    >>> def of(number, start):
    ...     text = f"(1) One. ({number}) The report must include the account of the year."
    ...     parts = (Part(path="s-1", start=0, end=8), Part(path=f"s-{number}", start=9, end=len(text)))
    ...     return Section(path="s", text=text, parts=parts)
    >>> from crawler.model import Part
    >>> [word.op for word in of_law(of("2", 9), of("3", 9))]
    ['=', '-', '+']
    """
    shown = anchored(words(before.text, after.text), before.text, after.text)
    old, new = _subsections(before), _subsections(after)
    if len(old) < 2 or len(new) < 2:
        return shown
    places = {path: place for place, (path, _) in enumerate(new)}
    pairs = [(place, places[path]) for place, (path, _) in enumerate(old) if path in places]
    steady = [pairs[k] for k in increasing([there for _, there in pairs])]
    pieces: list[Word] = []
    i = j = 0
    for k, m in [*steady, (len(old), len(new))]:
        pieces += (Word(op="-", text=text) for _, text in old[i:k])
        pieces += (Word(op="+", text=text) for _, text in new[j:m])
        pieces += words(old[k][1], new[m][1]) if k < len(old) else ()
        i, j = k + 1, m + 1
    other = tuple(joined(pieces))
    return other if _told(other, after.text)[1] <= _told(shown, after.text)[1] else shown


def _subsections(section: Section) -> list[tuple[str, str]]:
    """Return the subsections of a provision: their paths and texts, under the empty path what stands before them."""
    inside = len(section.path) + 1
    first = [part for part in section.parts if "-" not in part.path[inside:]]
    starts = dict(sorted({part.start: part.path for part in reversed(first)}.items()))
    ends = [*starts, len(section.text)]
    head = [("", section.text[: ends[0]])] if ends[0] else []
    return head + [(starts[start], section.text[start:end]) for start, end in pairwise(ends)]


def anchored(shown: tuple[Word, ...], before: str, after: str) -> tuple[Word, ...]:
    """Return words; where some told as deleted stand in the newer text, aligned by them if fewer such ones are left.

    >>> run = "work of any kind in an office of the owner in the area, whether or not it is paid"
    >>> old, new = f"(1) It applies to {run}. (2) And to {run[:-2]} abroad.", f"(1) (2) It applies to {run}."
    >>> "".join(word.text for word in anchored(words(old, new), old, new) if word.op != "-") == new
    True
    """
    block, size = _told(shown, after)
    if block is None:
        return shown
    start, there, length = block
    pieces = (
        *words(before[:start], after[:there]),
        Word(op="=", text=before[start : start + length]),
        *words(before[start + length :], after[there + length :]),
    )
    other = tuple(joined(pieces))
    return other if _told(other, after)[1] < size else shown


def _told(shown: Sequence[Word], after: str) -> tuple[_Block | None, int]:
    """Return the longest run of words told as deleted that the newer text has, and how many words all of these have."""
    best: tuple[int, _Block | None] = (0, None)
    total = place = 0
    new = after.split(" ")
    for word in shown:
        own = word.text.split(" ")
        if word.op == "-" and len(own) >= MIN_RUN_WORDS and len(own) * len(new) <= WORK:
            match = SequenceMatcher(None, own, new, autojunk=False).find_longest_match()
            if match.size >= MIN_RUN_WORDS:
                total += match.size
                length = len(" ".join(own[match.a : match.a + match.size]))
                found = (place + _start(own, match.a), _start(new, match.b), length)
                best = max(best, (match.size, found), key=lambda one: one[0])
        place += len(word.text) if word.op != "+" else 0
    return best[1], total


def _start(of: Sequence[str], place: int) -> int:
    return list(accumulate((len(each) + 1 for each in of[:place]), initial=0))[-1]
