"""Words that stand in both versions, though in another provision: they are told as neither added nor removed.

Headings lose their markup or get it, blocks move, paragraphs are counted anew: the provisions around the words change,
the words do not. Two laws hold for texts that are no structured law. No sentence of some words, and no run of
:data:`MIN_RUN_WORDS`, is told both as taken out of one provision and as put into another, each as often as it went or
came. Of a provision that came or went, only what the other version does not have is told.
Titles in lists of documents are looked for in such lists alone.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from crawler.changes.digests import wording
from crawler.changes.link_addresses import unlinked, with_tails_kept
from crawler.changes.listings import lists_documents
from crawler.changes.paragraphs import number_spans, paragraph_numbers
from crawler.changes.runs import MIN_SENTENCE_WORDS, WORD, Run, run, whole
from crawler.changes.sentences import Side, joined, realigned
from crawler.model import Difference, Section, Version, Word
from crawler.text import canonical

MIN_RUN_WORDS = 16
"""Fewest words that are recognised wherever they stand, inside a sentence too."""
MIN_ENDED_WORDS = 8
"""Fewest words that are recognised where a sentence, or a provision, begins before them or ends behind them."""
MAX_PLACES = 16
"""Most places of the same few words that are looked at."""

_SIDES: tuple[Side, ...] = ("-", "+")
_WHOLE: tuple[tuple[str, Side, Side], ...] = (("added", "+", "-"), ("removed", "-", "+"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A difference as it is told, and as it is weighed: without the numbers of paragraphs, which may be all it is."""

    told: Difference
    weighed: Difference


@dataclass(slots=True, kw_only=True)
class _Draft:
    """A difference with its words, and the run that each edit among them is; kept words have none."""

    difference: Difference
    words: list[Word]
    runs: list[Run | None]

    @property
    def is_list(self) -> bool:
        section = self.difference.after or self.difference.before
        return section is not None and lists_documents(section.heading)

    def of(self, side: Side) -> Iterator[Run]:
        return (each for word, each in zip(self.words, self.runs, strict=True) if each is not None and word.op == side)


def settle(differences: Iterable[Difference], old: Version, new: Version) -> Iterator[Settled]:
    """Yield differences whose words tell only what the other version does not have.

    Words that came from another provision are shown as kept; those that went to another one are not shown. Joining the
    words kept and inserted still gives the new text. A provision of which all words stand is ``moved``.
    """
    sections: dict[Side, tuple[Section, ...]] = {"-": old.sections, "+": new.sections}
    numbers: dict[Side, frozenset[str]] = {"-": paragraph_numbers(old.sections), "+": paragraph_numbers(new.sections)}
    headings = {side: frozenset(canonical(each.heading).casefold() for each in sections[side]) for side in _SIDES}
    drafts = [_draft(difference, numbers, headings) for difference in realigned(differences, numbers)]
    for drafted in ([each for each in drafts if each.is_list is is_list] for is_list in (False, True)):
        gone, came = ([one for draft in drafted for one in draft.of(side) if not one.alike] for side in _SIDES)
        _find(came, gone, once=True)
        for kind, side, other in _WHOLE:
            left = [one for each in drafted if each.difference.kind == kind for one in each.of(side) if any(one.free)]
            if left:
                among = [one for one in sections[other] if lists_documents(one.heading) or not drafted[0].is_list]
                _find(left, [whole(among, numbers[other])], once=False)
    return (_settled(draft) for draft in drafts)


def _draft(
    difference: Difference, numbers: Mapping[Side, frozenset[str]], headings: Mapping[Side, frozenset[str]]
) -> _Draft:
    shown = list(difference.words)
    if difference.kind == "added" and difference.after is not None:
        shown = [Word(op="+", text=wording(difference.after))]
    elif difference.kind == "removed" and difference.before is not None:
        shown = [Word(op="-", text=wording(difference.before))]
    elif difference.before is None or difference.after is None:
        return _Draft(difference=difference, words=shown, runs=[None] * len(shown))
    else:
        shown = list(with_tails_kept(joined(unlinked(shown, difference.before.text, difference.after.text))))
        shown = list(joined(piece for word in shown for piece in _without_rows(word, headings)))
        difference = replace(difference, words=tuple(joined(shown)))
    runs: list[Run | None] = [None] * len(shown)
    for side in _SIDES:
        own = [n for n, word in enumerate(shown) if word.op in ("=", side)]
        text = "".join(shown[n].text for n in own)
        counted = list(number_spans(text, numbers[side]))
        start = 0
        for n in own:
            end = start + len(shown[n].text)
            if shown[n].op == side:
                runs[n] = run(text, start, end, counted)
            start = end
    for each in runs if difference.kind in ("added", "removed") else ():
        if each is not None:
            each.alone = True
    draft = _Draft(difference=difference, words=shown, runs=runs)
    _mark_alike(draft)
    return draft


def _without_rows(word: Word, headings: Mapping[Side, frozenset[str]]) -> Iterator[Word]:
    """Yield a run of words; the head of a table whose columns the other version has as headings did not come or go."""
    for line in word.text.splitlines(keepends=True) if word.op != "=" and " | " in word.text else ():
        if not _is_row(line, headings["-" if word.op == "+" else "+"]):
            yield Word(op=word.op, text=line)
        elif word.op == "+":
            yield Word(op="=", text=line)
    if word.op == "=" or " | " not in word.text:
        yield word


def _is_row(text: str, headings: frozenset[str]) -> bool:
    """Whether a text is a row of a table, and what stands in each of its cells a heading.

    >>> _is_row("Myth | Fact", frozenset({"myth", "fact"})), _is_row("Myth", frozenset({"myth"}))
    (True, False)
    """
    cells = canonical(text.strip()).casefold().split(" | ")
    return len(cells) > 1 and headings.issuperset(cell.strip() for cell in cells)


def _mark_alike(draft: _Draft) -> None:
    """Mark what was put where the same words were taken out."""
    pairs = zip(draft.words, draft.runs, draft.words[1:], draft.runs[1:], strict=False)
    for word, one, following, other in pairs:
        if word.op == "-" and following.op == "+" and one is not None and other is not None:
            one.alike = other.alike = one.words == other.words


def _find(runs: Sequence[Run], others: Sequence[Run], *, once: bool) -> None:
    """Take from runs the words that others have: ``once`` means that each word of the others serves one run only."""
    # Sentences first: a long run of words may begin or end inside one.
    _find_sentences(runs, others, once=once)
    holders: dict[tuple[str, ...], list[tuple[int, int]]] = {few: [] for one in runs for few in _fews(one)}
    for number, other in enumerate(others):
        for place, few in enumerate(_fews(other)):
            if few in holders:
                holders[few].append((number, place))
    for one in runs:
        place = 0
        while place + MIN_SENTENCE_WORDS <= len(one.words):
            places = holders[tuple(one.words[place : place + MIN_SENTENCE_WORDS])][:MAX_PLACES]
            best = max(((_any_words(one, place, others[n], m), n, m) for n, m in places), default=(0, 0, 0))
            length, number, there = best
            if length:
                _take(one, place, others[number], there, length, once=once)
            place += length or 1


def _find_sentences(runs: Sequence[Run], others: Sequence[Run], *, once: bool) -> None:
    """Take whole sentences that others have, and with them the short ones around them that are there, too."""
    holders: dict[tuple[str, ...], deque[tuple[int, int]]] = {}
    theirs = [other.sentences() for other in others]
    for number, other in enumerate(others):
        for place, (start, end) in enumerate(theirs[number]):
            if end - start >= MIN_SENTENCE_WORDS:
                holders.setdefault(tuple(other.words[start:end]), deque()).append((number, place))
    for one in runs:
        own = one.sentences()
        for place, (start, end) in enumerate(own):
            waiting = holders.get(tuple(one.words[start:end])) if all(one.free[start:end]) else None
            if not waiting:
                continue
            number, there = waiting.popleft() if once else waiting[0]
            other = others[number]
            _take(one, start, other, theirs[number][there][0], end - start, once=once)
            for step in (-1, 1):
                _take_short((one, own, place), (other, theirs[number], there), step, once=once)


_Sentence = tuple[Run, list[tuple[int, int]], int]
"""A run, its sentences, and which of them."""


def _take_short(own: _Sentence, theirs: _Sentence, step: int, *, once: bool) -> None:
    """Take the sentences too short to be recognised, such as headings, that stand on one side of one in both runs."""
    (one, units, place), (other, others, there) = own, theirs
    while 0 <= (place := place + step) < len(units) and 0 <= (there := there + step) < len(others):
        (start, end), (begin, stop) = units[place], others[there]
        is_short = end - start < MIN_SENTENCE_WORDS and all(one.free[start:end]) and all(other.free[begin:stop])
        if not is_short or one.words[start:end] != other.words[begin:stop]:
            return
        _take(one, start, other, begin, end - start, once=once)


def _fews(one: Run) -> Iterator[tuple[str, ...]]:
    return zip(*(one.words[n:] for n in range(MIN_SENTENCE_WORDS)), strict=False)


def _common(one: Run, place: int, other: Run, there: int) -> int:
    """Return how many words that are free two runs have in common from two places on."""
    length = 0
    most = min(len(one.words) - place, len(other.words) - there)
    while (
        length < most
        and one.free[place + length]
        and other.free[there + length]
        and one.words[place + length] == other.words[there + length]
    ):
        length += 1
    return length


def _any_words(one: Run, place: int, other: Run, there: int) -> int:
    """Return how many words two runs have in common from two places on; 0 where they are too few to tell."""
    length = _common(one, place, other, there)
    last = place + length - 1
    # The end of a new sentence, such as the title of an act that it cites, is no sentence that was there.
    begins = max((first for first in one.first if first <= place), default=0)
    is_new = one.alone and place > begins and all(one.free[begins:place])
    is_begun = place in one.first or (not is_new and there in other.first)
    is_ended = is_begun or (not is_new and (last in one.last or there + length - 1 in other.last))
    return length if length >= (MIN_ENDED_WORDS if is_ended else MIN_RUN_WORDS) else 0


def _take(one: Run, place: int, other: Run, there: int, length: int, *, once: bool) -> None:
    is_whole = (place in one.first or there in other.first) and (
        place + length - 1 in one.last or there + length - 1 in other.last
    )
    one.loose |= not is_whole
    one.free[place : place + length] = bytes(length)
    if once:
        other.loose |= not is_whole
        other.free[there : there + length] = bytes(length)


def _settled(draft: _Draft) -> Settled:
    difference = draft.difference
    runs = [one for one in draft.runs if one is not None]
    if difference.kind in ("added", "removed"):
        return _settled_whole(difference, runs[0])
    pieces = [
        piece
        for word, one in zip(draft.words, draft.runs, strict=True)
        for piece in ([word] if one is None or word.op == "=" else _pieces(word.op, one))
    ]
    shown = tuple(joined(pieces))
    weighed = replace(difference, words=shown)
    is_edited = any(word.op != "=" for word in shown)
    if not is_edited and not any(0 in one.free for one in runs):
        return Settled(told=difference, weighed=weighed)  # only numbers of paragraphs
    if not is_edited and any(one.loose for one in runs):
        return Settled(told=weighed, weighed=difference)
    return Settled(told=weighed, weighed=weighed)


def _settled_whole(difference: Difference, one: Run) -> Settled:
    """Return a provision that came or went: ``moved`` where the other version has its text."""
    side: Side = "+" if difference.kind == "added" else "-"
    section = difference.after or difference.before
    if all(one.free) or section is None:
        return Settled(told=difference, weighed=difference)
    head = len(one.text) - len(section.text)
    of_text = [free for free, (start, _) in zip(one.free, one.spans, strict=True) if start >= head]
    if not any(of_text or one.free):
        moved = replace(difference, kind="moved")
        return Settled(told=moved, weighed=moved)
    pieces = _pieces("+", one)
    kept = (Word(op="=" if piece.op == "=" else side, text=piece.text) for piece in pieces)
    partly = replace(difference, words=tuple(joined(kept)))
    return Settled(told=partly, weighed=partly)


def _pieces(side: Side, one: Run) -> Iterator[Word]:
    """Yield the words of a run: what was found elsewhere, and the numbers of paragraphs, as kept or not at all."""
    if not one.words and not WORD.search(one.text):
        yield Word(op=side, text=one.text)
        return
    place = 0
    for number, (free, (start, _)) in enumerate(zip(one.free, one.spans, strict=True)):
        if WORD.search(one.text, place, start):  # the number of a paragraph
            yield from _piece(side, one.text[place:start], free=False)
            place = start
        stop = one.stop(number)
        yield from _piece(side, one.text[place:stop], free=bool(free))
        place = stop
    if place < len(one.text):
        yield from _piece(side, one.text[place:], free=False)


def _piece(side: Side, text: str, *, free: bool) -> Iterator[Word]:
    if free:
        yield Word(op=side, text=text)
    elif side == "+":
        yield Word(op="=", text=text)
