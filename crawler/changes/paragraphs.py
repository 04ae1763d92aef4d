"""Numbers that stand before the paragraphs of a text, as in guidance: 2.39, 2.40, 2.41.

They are no words: all of them move on where a paragraph is put in. A number counts as one where the text has its
neighbour too, so that a date, a fee or a version, which may look alike, is none.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator

from crawler.model import Section

MAX_NUMBERS_BETWEEN = 3
"""Most other numbers of as many levels, of a list or a footnote, between a number and the one that follows it."""

_CANDIDATE = re.compile(
    # The digit first and then what stands before it: so a search leaps from digit to digit.
    r"(?P<number>[0-9](?<![^\s(\[][0-9])[0-9]{0,2}(?:\.[0-9]{1,3}){0,3})(?P<mark>[.)\]]?)"
    r"(?=\s+[\"'\u201c\u2018(]?[^\W\d_])"
)
_LABEL = re.compile(
    r"(?P<label>[^\W\d_]+\s+)?(?:\d{1,3}(?:\.\d{1,3})*[a-z]?|[A-Z]|[ivxlc]{1,5})\s*[:.)\u2013\u2014-]+\s+(?=\S)"
)


def paragraph_numbers(sections: Iterable[Section]) -> frozenset[str]:
    """Return the numbers of paragraphs in some sections, as written without mark: those that follow on each other.

    >>> sorted(paragraph_numbers([Section(path="a", text="2.9. One. 2.10 Two. 05.22 Added in 7. The end.")]))
    ['2.10', '2.9']
    """
    numbers: set[str] = set()
    recent: defaultdict[int, deque[str]] = defaultdict(lambda: deque(maxlen=MAX_NUMBERS_BETWEEN + 1))
    for section in sections:
        for candidate in _candidates(section.text):
            number = candidate["number"]
            of_level = recent[number.count(".")]
            for previous in of_level:
                if _is_next(previous, number):
                    numbers |= {previous, number}
            of_level.append(number)
    return frozenset(numbers)


def number_spans(text: str, numbers: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield where the numbers of paragraphs stand in a text, with their marks."""
    for candidate in _candidates(text):
        if candidate["number"] in numbers:
            yield candidate.span()


def without_numbers(text: str, numbers: frozenset[str]) -> str:
    """Return a text without the numbers of its paragraphs.

    >>> without_numbers("2.9. One. 2.10 Two.", frozenset({"2.9", "2.10"}))
    ' One.  Two.'
    """
    if not numbers:
        return text
    return _CANDIDATE.sub(lambda match: "" if match["number"] in numbers and _is_marked(match) else match[0], text)


def without_label(heading: str) -> str:
    """Return a heading without the number it counts itself by; its label stays.

    >>> without_label("Action 4: Notify the police"), without_label("4 decisions"), without_label("B. Fees")
    ('Action Notify the police', '4 decisions', 'Fees')
    """
    label = _LABEL.match(heading)
    return (label["label"] or "") + heading[label.end() :] if label else heading


def _candidates(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _CANDIDATE.finditer(text) if _is_marked(match))


def _is_marked(match: re.Match[str]) -> bool:
    return bool(match["mark"]) or "." in match["number"]


def _is_next(number: str, following: str) -> bool:
    """Whether one number follows another: in its own series, or as the first of the next one."""
    (*above, last), (*others, first) = (list(map(int, each.split("."))) for each in (number, following))
    if len(above) != len(others):
        return False
    return (above == others and first == last + 1) or (
        bool(above) and above[:-1] == others[:-1] and others[-1] == above[-1] + 1 and first == 1
    )
