"""Words inserted and deleted between two wordings, in bounded time and memory."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

from rapidfuzz.distance import LCSseq

from crawler.changes.edges import Run, settled
from crawler.changes.order import increasing
from crawler.model import Word

WORK = 200_000_000
"""Most cells (tokens before times tokens after) of one alignment: an eighth of that in bytes, tenths of a second."""

TINY = 3
"""Most words of a kept run between two edits that may be shown as part of the edit."""

# Bounds inside the pattern keep it linear: a start that fails has looked at 64 characters at most.
_TOKEN = re.compile(
    r"""(?: (?:https?://|www\.)\S+                # an address
          | [\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]+    # a mailbox
          | \d+(?:[.,:/]\d+)*\w*                  # a number, a time, 45A
          | \w+(?:['\u2019-]\w+)*                 # a word
          | [^\w\s]                               # one mark
        )\s* | \s+""",
    re.VERBOSE,
)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_ITEM = re.compile(r"; |(?:(?!; ).)+")
_PROSE = re.compile(r"\n|\([a-z0-9]{1,4}\)|\u2014|\.(?:\s|$)")
"""What a text has that is no list of titles with semicolons between."""
MIN_LINES = 2
"""Fewest ends of lines in either of two texts that are lists."""
MAX_LINE_CHARACTERS = 200
"""Most characters of the lines of a list, on average."""
_SENTENCE = re.compile(r"[^.;:!?\n]*[.;:!?\n]+\s*|[^.;:!?\n]+")
_SPACE = re.compile(r"\s")

_STOP = re.compile(
    "an?|and|are|as|at|be|been|by|for|from|has|have|he|her|his|in|into|is|it|its|of|on|or|she|such|than|that|the|their|"
    "them|they|this|to|was|were|which|who|with",
    re.IGNORECASE,
)

_Piece = tuple[Literal["=", "-", "+"], str]


def words(before: str, after: str) -> tuple[Word, ...]:
    """Return the runs of words that turn one wording into another.

    Joining the runs kept ("=") and deleted ("-") gives ``before``, the runs kept and inserted ("+") ``after``, exactly.
    Deleted stands before inserted; no two neighbours have the same op; kept runs are whole, however long. A lone
    stop-word or mark between two edits is shown as part of them; edits begin and end at whole units. Lists are
    aligned by the lines that both hold once, and by words between them, all else by words; in texts where that would
    pass :data:`WORK`, by sentences that both hold once, and by words between them; what still passes it is deleted and
    inserted as a whole.

    >>> [word.op + word.text for word in words("A person may appeal.", "A person must appeal.")]
    ['=A person ', '-may ', '+must ', '=appeal.']
    """
    pieces = _of_lists(before, after)
    if pieces is None:
        start = _common_start(before, after)
        kept, before, after = before[:start], before[start:], after[start:]
        end = _common_end(before, after)
        tail = before[len(before) - end :]
        middle = _aligned(before[: len(before) - end], after[: len(after) - end])
        pieces = [("=", kept), *middle, ("=", tail)]
    return tuple(_as_words(settled(_coalesced(_runs(pieces)))))


def _of_lists(before: str, after: str) -> list[_Piece] | None:
    """Return the pieces of two lists aligned by their lines, or by their titles; None where either is none."""
    is_of_titles = not (_PROSE.search(before) or _PROSE.search(after))
    between, entry = ("; ", _ITEM) if is_of_titles else ("\n", _LINE)
    if min(before.count(between), after.count(between)) < MIN_LINES:
        return None
    old, new = entry.findall(before), entry.findall(after)
    if max(len(before) / len(old), len(after) / len(new)) > MAX_LINE_CHARACTERS:
        return None
    return list(_anchored(old, new))


def _common_start(before: str, after: str) -> int:
    """Return the length of the common start, cut back to a point behind white space (or all, where one text is all)."""
    low, high = 0, min(len(before), len(after))
    if before[:high] == after[:high] and len(before) == len(after):
        return high
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if before[low:middle] == after[low:middle] else (low, middle - 1)
    while low and not before[low - 1].isspace():
        low -= 1
    return low


def _common_end(before: str, after: str) -> int:
    """Return the length of the common end, cut back to a point behind white space."""
    low, high = 0, min(len(before), len(after))
    while low < high:
        middle = (low + high + 1) // 2
        same = before[len(before) - middle : len(before) - low] == after[len(after) - middle : len(after) - low]
        low, high = (middle, high) if same else (low, middle - 1)
    space = _SPACE.search(before, len(before) - low)
    return len(before) - space.end() if space else 0


def _aligned(before: str, after: str) -> Iterator[_Piece]:
    return _by_words(before, after) or _anchored(_SENTENCE.findall(before), _SENTENCE.findall(after))


def _by_words(before: str, after: str) -> Iterator[_Piece] | None:
    """Return the pieces aligned by words; None where that would be too much work."""
    if not before or not after:
        return iter((("-", before), ("+", after)))
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    return _by_tokens(old, new) if len(old) * len(new) <= WORK else None


def _by_tokens(old: list[str], new: list[str]) -> Iterator[_Piece]:
    # Numbers stand for the tokens, because the library would compare single letters by code and others by hash.
    numbers: dict[str, int] = {}
    one = [numbers.setdefault(token.rstrip(), len(numbers)) for token in old]
    two = [numbers.setdefault(token.rstrip(), len(numbers)) for token in new]
    for code in LCSseq.opcodes(one, two):
        deleted, inserted = old[code.src_start : code.src_end], new[code.dest_start : code.dest_end]
        if code.tag == "equal":
            yield from _kept(deleted, inserted)
        else:
            yield "-", "".join(deleted)
            yield "+", "".join(inserted)


def _kept(before: list[str], after: list[str]) -> Iterator[_Piece]:
    """Yield tokens that are the same but for the white space behind them, which is an edit where it differs."""
    for one, two in zip(before, after, strict=True):
        if one == two:
            yield "=", one
        else:
            word = one.rstrip()
            yield "=", word
            yield "-", one[len(word) :]
            yield "+", two[len(word) :]


def _anchored(old: list[str], new: list[str]) -> Iterator[_Piece]:
    """Yield the pieces aligned by the sentences or lines that both texts hold once, and by words between these.

    The idea is Bram Cohen's patience diff: https://bramcohen.livejournal.com/73318.html
    """
    i = j = 0
    for k, m in [*_anchors(old, new), (len(old), len(new))]:
        deleted, inserted = "".join(old[i:k]), "".join(new[j:m])
        yield from _by_words(deleted, inserted) or (("-", deleted), ("+", inserted))
        yield from _kept(old[k : k + 1], new[m : m + 1])
        i, j = k + 1, m + 1


def _anchors(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Return the places of the sentences that both lists hold once, as many as stand in the same order in both."""
    one, two = _once(old), _once(new)
    shared = sorted((place, two[sentence]) for sentence, place in one.items() if sentence in two)
    return [shared[place] for place in increasing([place for _, place in shared])]


def _once(sentences: list[str]) -> dict[str, int]:
    counts = Counter(sentence.rstrip() for sentence in sentences)
    return {sentence.rstrip(): place for place, sentence in enumerate(sentences) if counts[sentence.rstrip()] == 1}


def _runs(pieces: Iterable[_Piece]) -> Iterator[Run]:
    """Yield the pieces merged into kept runs and edits that take turns."""
    texts: dict[str, list[str]] = {"=": [], "-": [], "+": []}
    editing = False
    for op, text in pieces:
        if not text:
            continue
        if editing != (op != "="):
            yield "".join(texts["="]), "".join(texts["-"]), "".join(texts["+"])
            texts = {"=": [], "-": [], "+": []}
            editing = not editing
        texts[op].append(text)
    yield "".join(texts["="]), "".join(texts["-"]), "".join(texts["+"])


def _coalesced(runs: Iterable[Run]) -> list[Run]:
    """Return the runs with tiny kept ones made part of the edits on their two sides."""
    done: list[Run] = []
    for run in runs:
        if not any(run):
            continue
        edits_around = len(done) > 1 and not run[0] and done[-1][0]
        if edits_around and _tiny(done[-1][0], done[-2], run):
            kept, left = done.pop()[0], done.pop()
            run = ("", left[1] + kept + run[1], left[2] + kept + run[2])
        done.append(run)
    return done


def _tiny(kept: str, left: Run, right: Run) -> bool:
    """Return whether a kept run is only a stop-word or a mark, or short beside the edits on both its sides."""
    # More than this is no handful of words, and the text may be a megabyte.
    if len(kept) > 80:
        return False
    tokens = [token.strip() for token in _TOKEN.findall(kept)]
    if len(tokens) <= 2 and all(_STOP.fullmatch(token) or not any(map(str.isalnum, token)) for token in tokens):
        return True
    return len(tokens) <= TINY and all(len(kept) <= max(len(edit[1]), len(edit[2])) for edit in (left, right))


def _as_words(runs: Iterable[Run]) -> Iterator[Word]:
    ops: tuple[Literal["=", "-", "+"], ...] = ("=", "-", "+")
    for run in runs:
        for op, text in zip(ops, run, strict=True):
            if text:
                yield Word(op=op, text=text)
