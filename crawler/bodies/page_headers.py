"""What stands at the head and foot of every page of a file: kept once, where it says what must not change unseen.

Most of it is the title and the number of the page, and says nothing. A form often has its version there, or a helpline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.bodies.headings import Headed
from crawler.text import clean

_TELLING = re.compile(
    r"\b(?:version|fersiwn|revision|rev\.?|edition|issue|release|ver\.?|v\.?)\s?(?:no\.?\s?|number\s?|:\s?)?\d"
    r"|\b(?:published|issued) by\b|\w@\w|\bhttps?://|\bwww\.|\.(?:gov\.uk|org|eu|int)\b|\bportal\b|[\u00a3\u20ac]\s?\d"
    r"|\b(?:call|tel|telephone|phone|text|helpline|hotline|ff\u00f4n)\b[^|]{0,30}\d{3}"
    r"|(?<!\d)\+?\(?0\d{2,4}\)?[ -]?\d{3}",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"\b(?:page|pages|p\.|tudalen|seite|pagina|p\u00e1gina|blz\.?)\s*\d{0,4}(?:\s*(?:of|o|/|von|van|de|sur)\s*\d{1,4})?(?!\w)"
    r"|(?:^|\s)(?:\d{1,4}\s*)?(?:of|/|von|van|sur)\s*\d{1,4}(?=\s|$)|[|\u2022\u00b7]\s*\d{1,4}\s*$|^\s*\d{1,4}\s*[|\u2022\u00b7]",
    re.IGNORECASE,
)
"""The number of a page, or what stands around it where that was taken away."""


def section(lines: Iterable[str]) -> list[Headed]:
    """Return one part with those of the lines that tell something, each once, without numbers of pages; none else.

    >>> [part.text for part in section(["Sample form v4 | Page 2 of 9", "Sample form v4 | Page 3 of 9", "Official"])]
    ['Sample form v4']
    """
    told = dict.fromkeys(
        clean(_PAGE.sub(" ", line)).strip(" |\u2022\u00b7-\u2013") for line in lines if _TELLING.search(line)
    )
    text = "\n".join(line for line in told if _TELLING.search(line))
    return [Headed(level=1, identity="every-page", heading="On every page", text=text)] if text else []


def common(lines: Iterable[str]) -> str:
    """Return the words that lines of different pages share, each in its place: a number that differs is that of a page.

    >>> common(["Form v4 page 1 of 9", "Form v4 page 2 of 9"]), common(["1", "2"])
    ('Form v4 page of 9', '')
    """
    split = [line.split() for line in lines]
    return " ".join(words[0] for words in zip(*split, strict=False) if len(set(words)) == 1)
