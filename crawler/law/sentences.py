"""A provision of law cut into its subsections and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_CHARACTERS = 20_000
MAX_MISSING = 3
"""From one subsection to the next: some may have been taken out."""

_SUBSECTION = re.compile(r"(?:^|(?<=[.;:] )|(?<=[—\u2013\n]))\((\d+[A-Z]{0,2})\) ")


def subsections(text: str) -> Iterator[tuple[str, str]]:
    """Yield the subsections of a provision, each as number and words; one without a number where there are none.

    >>> list(subsections("(1) Words. (2) More— (a) an item (3); (b) one. (4) Numbers may be missing."))
    [('1', 'Words. '), ('2', 'More— (a) an item (3); (b) one. '), ('4', 'Numbers may be missing.')]
    """
    text = text[:MAX_CHARACTERS]
    marks: list[re.Match[str]] = []
    last = 0
    for mark in _SUBSECTION.finditer(text):
        number = int(re.sub(r"\D", "", mark[1]))
        is_next = 0 < number - last <= (MAX_MISSING if marks else 1)
        if is_next or (marks and mark[1].startswith(marks[-1][1]) and mark[1] != marks[-1][1]):
            marks.append(mark)
            last = number
    if not marks:
        yield "", text
        return
    for mark, end in zip(marks, [*(mark.start() for mark in marks[1:]), len(text)], strict=True):
        yield mark[1], text[mark.end() : end]


def sentences(words: str) -> list[str]:
    """Return the sentences of a subsection.

    >>> sentences("It ends on 1 May 2003. (2) Other things follow. More.")
    ['It ends on 1 May 2003. (2) Other things follow', 'More.']
    """
    return re.split(r"(?<=[a-z)])\.\s+(?=[A-Z])", words)
