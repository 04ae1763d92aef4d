"""Sentences that went from one provision to another: the rest is aligned word by word without them.

Otherwise a sentence that came would be aligned with what left the place, and pieces of both would be told.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from crawler.changes.order import increasing
from crawler.changes.paragraphs import number_spans
from crawler.changes.runs import MIN_SENTENCE_WORDS, WORD, run
from crawler.changes.words import words
from crawler.model import Difference, Word

Side = Literal["-", "+"]
Spans = list[tuple[int, int]]

_Key = tuple[str, ...]
_OPS: tuple[Literal["=", "-", "+"], ...] = ("=", "-", "+")


@dataclass(slots=True, kw_only=True)
class _Text:
    """The text of a provision on one side of a difference: the sentences that the other side lacks, and the cuts."""

    text: str
    sentences: list[tuple[_Key, tuple[int, int]]]
    cuts: Spans = field(default_factory=list)


def realigned(differences: Iterable[Difference], numbers: Mapping[Side, frozenset[str]]) -> Iterator[Difference]:
    """Yield differences; where whole sentences moved, these are deleted and inserted whole, and the rest is aligned.

    ``numbers`` are the numbers of paragraphs of the old version (``-``) and of the new one (``+``).
    """
    sides = [(difference, _sides(difference, numbers)) for difference in differences]
    gone: dict[_Key, deque[tuple[_Text, tuple[int, int]]]] = {}
    for _, texts in sides:
        if (old := texts.get("-")) is not None:
            for key, span in old.sentences:
                gone.setdefault(key, deque()).append((old, span))
    for _, texts in sides:
        if (new := texts.get("+")) is not None:
            for key, span in new.sentences:
                if gone.get(key):
                    old, there = gone[key].popleft()
                    old.cuts.append(there)
                    new.cuts.append(span)
    for difference, texts in sides:
        if len(texts) == 2 and any(text.cuts for text in texts.values()):
            yield _realigned(difference, texts["-"], texts["+"])
        else:
            yield difference


def joined(pieces: Iterable[Word]) -> Iterator[Word]:
    """Yield runs of words in which no two neighbours have the same op and deleted stands before inserted."""
    texts: dict[str, list[str]] = {"=": [], "-": [], "+": []}
    for piece in (*pieces, Word(op="=", text="")):
        is_kept = piece.op == "="
        if (texts["="] and not is_kept) or (is_kept and (texts["-"] or texts["+"])):
            yield from _drained(texts)
        if piece.text:
            texts[piece.op].append(piece.text)
    yield from _drained(texts)


def _drained(texts: dict[str, list[str]]) -> Iterator[Word]:
    for op in _OPS:
        if texts[op]:
            yield Word(op=op, text="".join(texts[op]))
            texts[op].clear()


def _sides(difference: Difference, numbers: Mapping[Side, frozenset[str]]) -> dict[Side, _Text]:
    """Return the texts of a difference in which sentences may have come or gone."""
    before, after = difference.before, difference.after
    if before is not None and after is not None:
        if before.text == after.text or _head_length(difference.words, "+", after.text) < 0:
            return {}
        sides = {"-": _text(before.text, numbers["-"]), "+": _text(after.text, numbers["+"])}
        _pair_own(sides["-"], sides["+"])
        return {"-": sides["-"], "+": sides["+"]}
    if after is not None and difference.kind == "added":
        return {"+": _text(after.text, numbers["+"])}
    if before is not None and difference.kind == "removed":
        return {"-": _text(before.text, numbers["-"])}
    return {}


def _text(text: str, numbers: frozenset[str]) -> _Text:
    counted = list(number_spans(text, numbers))
    found = run(text, 0, len(text), counted)
    # The number of a paragraph goes with its first sentence.
    openings = {match.start(): start for start, end in counted if (match := WORD.search(text, end))}
    sentences = []
    for first, behind in found.sentences():
        if behind - first < MIN_SENTENCE_WORDS:
            continue
        start = found.spans[first][0]
        sentences.append((tuple(found.words[first:behind]), (openings.get(start, start), found.stop(behind - 1))))
    return _Text(text=text, sentences=sentences)


def _pair_own(old: _Text, new: _Text) -> None:
    """Leave out the sentences that both texts have; those that stand in another order are cut."""
    places: dict[_Key, deque[int]] = {}
    for place, (key, _) in enumerate(old.sentences):
        places.setdefault(key, deque()).append(place)
    pairs = [(places[key].popleft(), there) for there, (key, _) in enumerate(new.sentences) if places.get(key)]
    steady = set(increasing([place for place, _ in pairs]))
    for number, (place, there) in enumerate(pairs):
        if number not in steady:
            old.cuts.append(old.sentences[place][1])
            new.cuts.append(new.sentences[there][1])
    for text, taken in ((old, {place for place, _ in pairs}), (new, {there for _, there in pairs})):
        text.sentences = [one for place, one in enumerate(text.sentences) if place not in taken]


def _head_length(shown: Sequence[Word], side: Side, text: str) -> int:
    """Return how many characters of the words on one side are the line with number and heading, not the text."""
    return sum(len(word.text) for word in shown if word.op in ("=", side)) - len(text)


def _realigned(difference: Difference, old: _Text, new: _Text) -> Difference:
    left: dict[Side, int] = {
        "-": _head_length(difference.words, "-", old.text),
        "+": _head_length(difference.words, "+", new.text),
    }
    head: list[Word] = []
    for word in difference.words:
        if not any(left.values()):
            break
        head.append(word)
        for side in left:
            left[side] -= len(word.text) if word.op in ("=", side) else 0
    rest = _woven(words(_cut(old), _cut(new)), {"-": old, "+": new})
    return replace(difference, words=tuple(joined((*head, *rest))))


def _cut(side: _Text) -> str:
    place, kept = 0, []
    for start, end in sorted(side.cuts):
        kept.append(side.text[place:start])
        place = end
    return "".join((*kept, side.text[place:]))


def _woven(shown: Iterable[Word], texts: Mapping[Side, _Text]) -> Iterator[Word]:
    """Yield words with what was cut out of the two texts in its place, as deleted and inserted."""
    cuts = {side: deque(sorted(text.cuts)) for side, text in texts.items()}
    places = dict.fromkeys(texts, 0)
    for word in shown:
        rest = word.text
        own = [side for side in texts if word.op in ("=", side)]
        while rest:
            for side in own:
                while cuts[side] and cuts[side][0][0] == places[side]:
                    start, places[side] = cuts[side].popleft()
                    yield Word(op=side, text=texts[side].text[start : places[side]])
            size = min([len(rest), *(cuts[side][0][0] - places[side] for side in own if cuts[side])])
            yield Word(op=word.op, text=rest[:size])
            rest = rest[size:]
            for side in own:
                places[side] += size
    for side, text in texts.items():
        yield from (Word(op=side, text=text.text[start:end]) for start, end in cuts[side])
