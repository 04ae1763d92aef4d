"""Where inside a provision its words changed."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from crawler.model import Part, Section, Word
from crawler.text import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Words deleted and inserted at one point; ``before`` and ``after`` are where they start in the two wordings."""

    before: int
    deleted: str
    after: int
    inserted: str


def edits(shown: Sequence[Word]) -> Iterator[Edit]:
    """Yield the edits in what :func:`crawler.changes.words.words` gives, without those that are the same words."""
    before = after = 0
    deleted = inserted = ""
    for word in (*shown, Word(op="=", text="")):
        if word.op == "-":
            deleted += word.text
        elif word.op == "+":
            inserted += word.text
        else:
            if canonical(deleted) != canonical(inserted):
                yield Edit(before=before, deleted=deleted, after=after, inserted=inserted)
            before += len(deleted) + len(word.text)
            after += len(inserted) + len(word.text)
            deleted = inserted = ""


def deepest(before: Section, after: Section, shown: Sequence[Word], taken: Container[str]) -> str:
    """Return the path of the smallest part that holds the whole difference in both wordings, else that of the section.

    ``shown`` are the words from one text to the other. A part that only one of them has cannot hold it: an inserted
    subsection is a change of what it was inserted into. Paths that are ``taken`` are passed over.
    """
    found = list(edits(shown)) if before.parts and after.parts else []
    if not found:
        return after.path
    first, last = found[0], found[-1]
    old = _span(before.text, first.before, last.before + len(last.deleted))
    new = _span(after.text, first.after, last.after + len(last.inserted))
    holding = {part.path for part in before.parts if _holds(part, old)}
    both = [part for part in after.parts if part.path in holding and _holds(part, new) and part.path not in taken]
    return min(both, key=lambda part: (part.end - part.start, part.path)).path if both else after.path


def _span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch of text without the white space at its ends.

    A point between two words gives the space there turned round, its end before its start: parts that touch the space
    from either side hold it.
    """
    inner, rest = text[start:end], text[end:]
    if inner.strip():
        return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
    return end + len(rest) - len(rest.lstrip()), len(text[:start].rstrip())


def _holds(part: Part, span: tuple[int, int]) -> bool:
    return part.start <= span[0] and span[1] <= part.end
