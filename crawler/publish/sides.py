"""The words of a provision before and after a change, side by side: each side as it stood, character for character.

Stored words tell of what moved within a text as kept where it came and not at all where it went, so that alone they do
not give the old text: here they are laid over it again.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from crawler.changes.sentences import joined
from crawler.changes.words import words
from crawler.feeds import runs
from crawler.feeds.entry import AROUND, DOTS, shortened
from crawler.model import Word, WordOp
from crawler.publish import provisions
from crawler.text import canonical

Sides = tuple[tuple[Word, ...], tuple[Word, ...]]
"""Words kept and deleted of the old text, and words kept and inserted of the new one, long kept runs shortened."""

_Piece = tuple[Literal["=", "-", "+", "<", ">"], str]
"""Words of both texts, deleted, inserted; "<" stands unmarked in the old text alone, ">" in the new one alone."""


def of_change(row: Mapping[str, Any]) -> Sides | None:
    """Return the two sides of a stored change of a provision; None where one has no edit, or its texts are not held."""
    shown = runs(row["words"])
    texts = _texts(row, "".join(word.text for word in shown if word.op != "-"))
    if not shown or texts is None:
        return None
    if texts == "".join(word.text for word in shown if word.op != "+"):
        before, after = provisions.read(row["parts_before"]), provisions.read(row["parts_after"])
        return of_words(provisions.in_lines(shown, before, after, (row["length_before"], row["length_after"])))
    return _sides(_over(texts, shown))


def of_words(shown: Iterable[Word]) -> Sides | None:
    """Return the two sides of words of which those kept and deleted are the old text; None where one has no edit.

    >>> found = of_words([Word(op="=", text="You "), Word(op="-", text="may "), Word(op="+", text="must ")])
    >>> [word.op + word.text for side in found for word in side]
    ['=You ', '-may ', '=You ', '+must ']
    """
    return _sides((word.op, word.text) for word in shown)


def _texts(row: Mapping[str, Any], new: str) -> str | None:
    """Return the old text that belongs to the new one which words give: with its heading, without, or that alone."""
    heads = [_head(row, side) for side in ("before", "after")]
    before, after = row["before"] or "", row["after"] or ""
    for old, other in ((before, after), (heads[0] + before, heads[1] + after), (heads[0], heads[1])):
        if other == new:
            return old
    return None


def _head(row: Mapping[str, Any], side: str) -> str:
    line = " ".join(part for part in (row[f"number_{side}"], row[f"heading_{side}"]) if part)
    return f"{line}\n" if line else ""


def _over(old: str, shown: Sequence[Word]) -> Iterator[_Piece]:
    """Yield words laid over the old text: "=", "-" and "<" give it, "=", "+" and ">" the new one."""
    known = "".join(word.text for word in shown if word.op != "+")
    left = deque((word.op, word.text) for word in words(old, known))
    for word in shown:
        rest = word.text
        while rest and word.op != "+":
            op, text = left.popleft()
            if op == "-":
                yield "<", text
                continue
            part, rest = rest[: len(text)], rest[len(text) :]
            if text := text[len(part) :]:
                left.appendleft((op, text))
            if op == "=":
                yield word.op, part
            elif word.op == "=":
                yield ">", part
        if word.op == "+":
            yield "+", word.text
    yield from (("<", text) for _, text in left)


def _sides(pieces: Iterable[_Piece]) -> Sides | None:
    told = list(_told(pieces))
    sides: tuple[list[Word], list[Word]] = ([], [])
    for place, (op, *texts) in enumerate(told):
        first, last = place == 0, place == len(told) - 1
        for side, text in zip(sides, texts, strict=True):
            side.append(Word(op=op, text=shortened(text, AROUND, first=first, last=last) if op == "=" else text))
    before, after = (tuple(joined(side)) for side in sides)
    if not all(any(word.op != "=" for word in side) for side in (before, after)):
        return None
    return before, after


def _told(pieces: Iterable[_Piece]) -> Iterator[tuple[WordOp, str, str]]:
    """Yield words kept, deleted and inserted: the op, and what of them stands in the old text and in the new one.

    Words of which only the form of marks differs are kept, and so are dots that stand where words were taken out.
    """
    old = new = deleted = ""
    for op, text in (*pieces, ("=", "")):
        if op == "+" and deleted and canonical(deleted) == canonical(text):
            old, new, deleted = old + deleted, new + text, ""
            continue
        gone, deleted = deleted, text if op == "-" else ""
        is_inserted = op == "+" and not (gone and DOTS.fullmatch(text))
        if gone or is_inserted:
            yield "=", old, new
            old = new = ""
        if gone:
            yield "-", gone, ""
        if is_inserted:
            yield "+", "", text
        elif op in ("=", ">", "+"):
            new += text
        old += text if op in ("=", "<") else ""
    if old or new:
        yield "=", old, new
