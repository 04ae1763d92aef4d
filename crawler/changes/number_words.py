"""Numbers in words: five and 5 are one number."""

import re

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {
    **{word: number for number, word in enumerate((*_ONES, *_TEENS))},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
}

ONES = "|".join(_ONES[1:])
WORDS = "|".join((*_TEENS, *_ONES[2:], *_TENS, "hundred", "thousand", "million"))
"""Words for numbers from two on; "one" is a pronoun as often as a number."""

_NUMBER = re.compile(rf"\b(?:({'|'.join(_TENS)})(?:[-\s]({ONES}))?|({'|'.join((*_TEENS, *_ONES))}))\b")
_BESIDE = re.compile(r"\b(\d+)\s*\((\d+)\)")


def in_figures(text: str) -> str:
    """Return a text in small letters with its numbers in figures.

    >>> in_figures("within thirty-five (35) days"), in_figures("two or three of them")
    ('within 35 days', '2 or 3 of them')
    """
    found = _NUMBER.sub(lambda match: str(sum(_VALUES[word] for word in match.groups() if word)), text)
    return _BESIDE.sub(lambda match: match[1] if match[1] == match[2] else match[0], found)
