"""Titles of Acts, orders and regulations in running text, read backwards from their year. Pure."""

from __future__ import annotations

import re

from crawler.identifiers.acts import MAX_TITLE_CHARACTERS, spelled, works

_INNER = frozenset({
    "a", "against", "and", "etc", "etc.", "&c.", "&c", "&", "for", "from", "in", "into", "of", "or", "to", "with",
    "the", "y", "yng",
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
MAX_TITLE_WORDS = 34


def title_start(text: str, end: int, close: int) -> tuple[int, str]:
    """Return where a title begins whose last word ends at ``end``, its year at ``close``, and the id of its work.

    The longest title that is known is taken, else all words that may belong to one; the id is empty where unknown,
    the place is ``close`` where no title stands there.
    """
    starts: list[int] = []
    soft = close
    low = max(0, end - MAX_TITLE_CHARACTERS)
    place, last = _before_blanks(text, end, low), ""
    while len(starts) < MAX_TITLE_WORDS:
        start = _word_start(text, place, low)
        word = text[start:place]
        if not word or not _may_belong(word, last):
            break
        if word != "The" and (word[0] == "(" or word[0].isupper() or (word[0].isdigit() and last)):
            starts.append(start)
        elif word == "the" and soft == close:
            before = text[low:start].split()[-2:]
            if not (len(before) == 2 and before[1] in _THE_WITHIN and before[0].isalpha() and _is_of_title(before[0])):
                soft = starts[-1] if starts else close
        last = word
        place = _before_blanks(text, start, low)
        if place == start:
            break
    for start in reversed(starts):
        name = spelled(text[start:close])
        work = works().get(name)
        if work:
            return start, work
    if soft == close:
        soft = starts[-1] if starts else close
    return _led(text, soft, close, starts), ""


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
    while start > low and text[start - 1] not in ' \n\u00a0("\u201c\u2018[;\u2014':
        start -= 1
    return start


def _may_belong(word: str, last: str) -> bool:
    bare = word.rstrip(",")
    if word[0] == "(":
        return word[1:2].isalnum() and not _NUMBERED.match(word)
    if bare in _INNER:
        return True
    if re.fullmatch(r"(?:1[2-9]|20)\d\d", bare):
        return last[:1] == "(" or last in ("Amendment", "Regulations", "Order")
    if word[-1] in ".:;" and last and not re.fullmatch(r"(?:St|etc|&c|No|[A-Z]|Co)\.", word):
        return False
    if last and word[-1] == "," and last[0].islower() and last not in ("and", "etc.", "etc", "&"):
        return False
    return word[0].isupper() and re.fullmatch(r"[\w'\u2019&.\u2010\u2011-]+,?", word) is not None
