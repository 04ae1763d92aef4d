"""Members of a list inside a sentence that came or went: what commas, *and* and *or* part in both wordings."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

Side = Literal["before", "after"]

ALIKE = 0.4
"""Share of their words that two sentences, or two members of a list, must share to be one."""
MAX_MEMBER_WORDS = 15

WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_EMPTY = re.compile(
    "a|about|all|also|an|and|any|are|as|at|be|been|but|by|can|do|for|from|further|had|has|have|he|her|his|however|if|in|into"
    "|is|it|its|more|no|not|note|of|on|or|other|our|out|please|she|so|such|than|that|the|their|them|then|there|therefore"
    "|these|they|this|those|to|was|we|were|what|when|which|who|will|with|you|your"
)
"""Words without which a sentence says the same."""
_SEPARATOR = re.compile(
    r"\s*(?:(?:,(?!\d)|;|:(?!\S))\s*(?:(and/or|and|or)\b\s*)?|\b(and/or|and|or)\b\s*|&\s*)", re.IGNORECASE
)
_NO_MEMBER = re.compile(
    r"(?:and/or |and |or )?(?:in|of|by|for|where|if|when|whether|under|subject|after|before|without|as|that|which|who"
    r"|includ(?:es?|ing)|such|despite|except|although|because|unless|until|since|during|see)\b"
    r"|.*\b(?:is|are|was|were|be|been|has|have|had|does|do|did|must|shall|may|can|cannot|will|would|should|could|might"
    r"|means|applies|apply)\b|[^A-Za-z]*\Z",
    re.IGNORECASE | re.DOTALL,
)
"""Words that begin no member of a list, words that stand in none (a clause is no member), and what has no letter."""

_OPEN_END = re.compile(r"(?:\s+(?:of|in|to|for|by|with|and|or|the|an?|under|as|at|from))+\Z")
_TORN = re.compile(r"[A-Z][^,;]*\s(?:by|in so far as|which|that|who|is|are|under)\s")
_CAPITAL_END = re.compile(r"\b[A-Z][\w\u2019']*\Z")
"""What goes on behind a name with commas in it: a piece of that is no member of a list."""


class _Segment(NamedTuple):
    """What separators part, with the conjunction before it; ``is_apart``: a comma or the like stands before it."""

    text: str
    stems: list[str]
    start: int
    end: int
    is_apart: bool


def stems(text: str) -> list[str]:
    """Return the words that carry meaning, without endings and in one spelling."""
    found = (word.casefold().replace("-", "").replace("\u2019", "'").removesuffix("'s") for word in WORD.findall(text))
    return [
        re.sub(r"(?:ies|es|s|ed|ing|e|y)$", "", re.sub(r"is(?=e|ing|ation)", "iz", word)) if len(word) > 3 else word
        for word in found
        if not _EMPTY.fullmatch(word)
    ]


def alike(one: Iterable[str], two: Iterable[str]) -> float:
    """Return the share of their words, of both, that two lists of words share."""
    old, new = Counter(one), Counter(two)
    total = sum(old.values()) + sum(new.values())
    return 2 * sum((old & new).values()) / total if total else 0.0


def best(
    old: Sequence[Sequence[str]], new: Sequence[Sequence[str]], rows: Sequence[Sequence[object]] = ()
) -> Iterator[tuple[int, int]]:
    """Yield which of some lists of words became which, by their places; the most alike first.

    ``rows`` tell on either side which row of a table each is: no row becomes another one.
    """
    scores = sorted(
        (
            (alike(one, two), -abs(i - j), i, j)
            for i, one in enumerate(old)
            for j, two in enumerate(new)
            if not rows or rows[0][i] == rows[1][j]
        ),
        reverse=True,
    )
    left, right = set(range(len(old))), set(range(len(new)))
    for score, _, i, j in scores:
        if score >= ALIKE and i in left and j in right:
            left.discard(i)
            right.discard(j)
            yield i, j


def members(one: str, two: str, everything: Sequence[set[str]]) -> Iterator[tuple[Side, str]]:
    """Yield the members of a list that came or went; ``everything`` are the words of the whole passage on each side.

    What stands between commas is one member, with the *and* in it; a clause is none, nor is a word put before another.

    >>> old, new = "Ask a court, a council and a bank.", "Ask a court, a council, the Aid and Rescue Agency and a bank."
    >>> list(members(old, new, [set(stems(old)), set(stems(new))]))
    [('after', 'the Aid and Rescue Agency')]
    """
    old, new = _segments(one), _segments(two)
    if max(len(old), len(new)) < 2:
        return
    pairs = dict(best([each.stems for each in old], [each.stems for each in new]))
    gone = [i for i in range(len(old)) if i not in pairs]
    come = [j for j in range(len(new)) if j not in pairs.values()]
    is_replaced = len(gone) == len(come) and min(len(old), len(new)) > 2
    sides: tuple[tuple[Side, list[_Segment], list[int], list[int], tuple[str, str], set[str]], ...] = (
        ("before", old, gone, come, (one, two), everything[1]),
        ("after", new, come, gone, (two, one), everything[0]),
    )
    for side, segments, mine, other, sentences, elsewhere in sides:
        if not (len(mine) > len(other) or is_replaced):
            continue
        whole = [i for i in mine if not elsewhere.intersection(segments[i].stems)]
        found: Iterator[str] = iter(())
        if whole and len(pairs) + 1 >= min(len(old), len(new)):
            found = (_run(segments, run, *sentences) for run in _runs(whole, mine, segments))
        elif not whole and len(mine) > len(other) and max(len(old), len(new)) > 2:
            found = _alone(segments, elsewhere)
        yield from ((side, text) for text in found if text)


def _runs(whole: Sequence[int], mine: Sequence[int], segments: Sequence[_Segment]) -> Iterator[list[int]]:
    """Yield places of segments that stand together, commas between them only in names, the first with own words."""
    run: list[int] = []
    for place in mine:
        if run and (place != run[-1] + 1 or (segments[place].is_apart and not _is_of_name(segments, place))):
            yield run
            run = []
        if run or place in whole:
            run.append(place)
    if run:
        yield run


def _is_of_name(segments: Sequence[_Segment], place: int) -> bool:
    """Whether a segment may go on with a name that has a comma in it, such as the Board for Care, Health and Work."""
    text = segments[place].text
    return bool(_CAPITAL_END.search(segments[place - 1].text)) and text[:1].isupper() and text[1:2].islower()


def _run(segments: Sequence[_Segment], run: Sequence[int], sentence: str, other: str) -> str:
    """Return a member: what commas part, or all that one sentence has more than the other."""
    first, last = segments[run[0]], segments[run[-1]]
    beside = segments[max(run[0] - 1, 0) : run[-1] + 2]
    rest = sentence[: segments[run[0] - 1].end if run[0] else 0], sentence[last.end :]
    is_all = WORD.findall(" ".join(rest)) == WORD.findall(other)
    text = first.text + sentence[first.end : last.end]
    if run[0] and first.is_apart and _is_of_name(segments, run[0]) and _TORN.match(text):
        return ""
    return _shown(text) if is_all or any(each.is_apart for each in beside) else ""


def _alone(segments: Sequence[_Segment], elsewhere: set[str]) -> Iterator[str]:
    """Yield the one member of which a word stands nowhere else; the last of a list runs on, so of it that word."""
    new = [
        (segment, word)
        for segment in segments
        for word in WORD.findall(segment.text)
        if any(stem not in elsewhere for stem in stems(word))
    ]
    if len(new) != 1:
        return
    segment, word = new[0]
    if re.match(rf"(?:(?:and/or|and|or|an?|the) )*{re.escape(word)}\b", segment.text) and word.isalpha():
        yield word if segment is segments[-1] else _shown(segment.text)


def _shown(text: str) -> str:
    """Return a member as readers see it, empty where it is none.

    >>> _shown("and 45A)"), _shown("in this Part"), _shown("or (ba) is not one"), _shown("(4)")
    ('and 45A', '', '', '')
    """
    bare = _OPEN_END.sub("", text.strip(" ,;:"))
    bare = bare.rstrip(")") if bare.count(")") > bare.count("(") else bare
    return "" if _NO_MEMBER.match(bare) or len(bare.split()) > MAX_MEMBER_WORDS else bare


def _segments(sentence: str) -> list[_Segment]:
    """Return what commas, *and* and *or* part, with the conjunction before it, and its words that carry meaning."""
    found: list[_Segment] = []
    start, joint, is_apart = 0, "", False
    for match in (*_SEPARATOR.finditer(sentence), None):
        end = match.start() if match else len(sentence)
        text = sentence[start:end].strip().rstrip(".?!")
        if said := stems(text):
            whole = f"{joint} {text}".strip()
            found.append(
                _Segment(whole, said, start, start + len(sentence[start:end].rstrip().rstrip(".?!")), is_apart)
            )
        if match:
            start, joint = match.end(), match[1] or match[2] or ""
            is_apart = match.group().strip()[:1] in (",", ";", ":")
    return found
