"""Titles of Acts, orders and regulations in running text, read backwards from their year. Pure."""

import re
from collections.abc import Callable, Iterator, Set

from crawler.identifiers.acts import MAX_TITLE_CHARACTERS, ends_of_titles, spelled, works

_INNER = frozenset({
    "a", "against", "and", "etc", "etc.", "&c.", "&c", "&", "for", "from", "in", "into", "of", "or", "other", "to",
    "with", "the", "y", "yng",
})  # fmt: skip
"""Words of titles that are written small."""
_LEAD = frozenset({
    "Under", "The", "In", "See", "By", "Of", "And", "For", "With", "Section", "Part", "Chapter", "Schedule", "If",
    "When", "Since", "From", "This", "That", "Both", "Our", "UK", "Annex", "As", "To", "Paragraph", "Article", "While",
    "Although", "After", "Before", "Secretary", "Where", "Regulation", "Sections", "On", "At", "Or",
})  # fmt: skip
"""Words with a capital that begin a sentence or cite a provision, and no title."""
_THE_WITHIN = frozenset({"of", "against", "with", "to"})
"""Words of titles before "the": Ministers of the Crown Act."""
_NUMBERED = re.compile(r"\((?:c\.|S\.|SI\b|asp|anaw|asc|nawm)")
"""The number of another law in brackets ends its title."""
_WORD = re.compile(r"\([^()]*\)|[^\s()\"'\u201c\u2018]+")
MAX_TITLE_WORDS = 34
MIN_WRAPPED = 40
"""Characters of a line that goes on in the next; shorter ones are cells or members of a list."""


def title_start(text: str, end: int, close: int) -> tuple[int, str]:
    """Return where a title begins whose last word ends at ``end``, its year at ``close``, and the id of its work.

    The longest title that is known is taken, else all words that may belong to one; the id is empty where unknown,
    the place is ``close`` where no title stands there.
    """
    starts, soft, listed = _starts(text, end, close)
    for start in reversed(starts):
        name = spelled(text[start:close])
        work = works().get(name)
        if work:
            return start, work
    place, work = known_title(text, end, close)  # It may have words that are in no other: "at Work etc."
    if work:
        return place, work
    if listed >= 0:
        starts = starts[:listed]
        soft = close if starts and soft < starts[-1] else soft
    if soft == close:
        soft = starts[-1] if starts else close
    return _led(text, soft, close, starts), ""


def may_end_title(text: str, place: int) -> bool:
    """Whether the word before a place has a capital and may belong to a title."""
    before = text[max(0, place - 40) : place].split()
    return bool(before) and (before[-1][-1] == ")" or _is_of_title(before[-1].lstrip("(\"'") or "a"))


def known_title(text: str, end: int, close: int) -> tuple[int, str]:
    """Return place and work as :func:`title_start` does, of a title that is known, however its words are written."""
    known = close, ""
    for word in reversed([*_WORD.finditer(text, max(0, end - MAX_TITLE_CHARACTERS), end)]):
        name = spelled(text[word.start() : close])
        if name not in ends_of_titles():
            break
        known = (word.start(), works()[name]) if name in works() else known
    return known


def without_year(text: str, end: int, own: Set[str]) -> Iterator[tuple[int, str]]:
    """Yield where a title that ends without its year may begin, and its words as spelled, the longest first.

    It is read back as far as titles that are known end in its words, or those do whose ends are the ``own``.
    """
    starts, _, _ = _starts(text, end, end, lambda words: words in ends_of_titles() or words in own)
    yield from ((start, spelled(text[start:end])) for start in reversed(starts))


def _is_wrapped(text: str, end: int, low: int) -> bool:
    """Whether a line that ends at a place goes on in the next: it is long, or its last word belongs to another."""
    line = text[text.rfind("\n", low, end) + 1 : end]
    return len(line) >= MIN_WRAPPED or line.rpartition(" ")[2] in _INNER


def _starts(
    text: str, end: int, close: int, may_end: Callable[[str], bool] | None = None
) -> tuple[list[int], int, int]:
    """Return where a title may begin, the nearest first; where by "the"; and how many lie on its own line.

    The last is -1 where no line ends between them. A title that ``may_end`` refuses goes no further back.
    """
    starts: list[int] = []
    soft = close
    low = max(0, end - MAX_TITLE_CHARACTERS)
    place, last, listed = _before_blanks(text, end, low), "", -1
    while len(starts) < MAX_TITLE_WORDS:
        start = _word_start(text, place, low)
        word = text[start:place]
        if not word or not _may_belong(word, last) or (may_end and not may_end(spelled(text[start:close]))):
            break
        if word != "The" and (word[0] == "(" or word[0].isupper() or (word[0].isdigit() and last)):
            starts.append(start)
        elif word == "the" and soft == close:
            soft = close if _is_within(text[low:start]) else starts[-1] if starts else close
        last = word
        place = _before_blanks(text, start, low)
        is_broken = "\n" in text[place:start]
        if (
            "\t" in text[place:start]
            or (place == start and text[start - 1 : start] != ")")
            or (word == "The" and is_broken)
        ):
            break
        if is_broken and listed < 0 and not _is_wrapped(text, place, low):
            listed = len(starts)
    return starts, soft, listed


def _is_within(before: str) -> bool:
    """Whether "the" behind some words stands within a title."""
    words = before.split()[-2:]
    return len(words) == 2 and words[1] in _THE_WITHIN and words[0].isalpha() and _is_of_title(words[0])


def _is_of_title(word: str) -> bool:
    return word[0].isupper() and word not in _LEAD


def _led(text: str, start: int, close: int, starts: list[int]) -> int:
    """Return the start of a title without the words before it that lead to it."""
    for place in sorted(each for each in starts if each >= start):
        word = text[place:close].split(None, 1)[0].strip(",")
        if word not in _LEAD and not word[0].isdigit() and word[0] != "(":
            return place
    return close


def _before_blanks(text: str, place: int, low: int) -> int:
    while place > low and text[place - 1].isspace():
        place -= 1
    return place


def _word_start(text: str, place: int, low: int) -> int:
    """Return where the word ends begins that ends at ``place``; brackets with all in them are one word."""
    if text[place - 1 : place] == ")":
        depth = 0
        for at in range(place - 1, low - 1, -1):
            depth += (text[at] == ")") - (text[at] == "(")
            if not depth:
                return at
        return place
    start = place
    while start > low and text[start - 1] not in ' \t\n\u00a0("\u201c\u2018[;\u2014':
        start -= 1
    return start


def _may_belong(word: str, last: str) -> bool:
    bare = word.rstrip(",")
    if word[0] == "(":
        return word[1:2].isalnum() and not _NUMBERED.match(word)
    if bare in _INNER:
        return True
    if re.fullmatch(r"(?:1[2-9]|20)\d\d", bare):
        return last[:1] == "(" or last in ("Amendment", "Regulations", "Order", "Section", "Schedule")
    if last[:1] == "(" and re.fullmatch(r"\d{1,3}[A-Z]?", word):
        return True  # The Finance Act 2015, Section 23 (Appointed Day) Regulations 2015
    if word[-1] in ".:;" and last and not re.fullmatch(r"(?:St|etc|&c|No|[A-Z]|Co)\.", word):
        return False
    if last and word[-1] == "," and last[0].islower() and last not in ("and", "etc.", "etc", "&"):
        return False
    return word[0].isupper() and re.fullmatch(r"[\w'\u2019&.\u2010\u2011-]+,?", word) is not None
