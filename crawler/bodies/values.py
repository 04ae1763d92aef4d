"""What a file says, whatever its format: title, sections, and what of it could not be read."""

import re
from dataclasses import dataclass

from crawler.model import Problem, Representation, Section
from crawler.text import clean

_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel) - .*|.*\.(?:docx?|pdf|indd|odt|pptx?|xlsx?|ods)|untitled.*|"
    r"(?:\w+ ){0,4}document template|document ?\d*|\W*|slide \d+|powerpoint presentation|layout \d+|book ?\d+)",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a file says.

    ``title`` is what it calls itself, often empty. No ``sections`` means that nothing was read, and then ``problems``
    say why. ``partial`` marks a reading that is known to lack something of the text.
    """

    title: str = ""
    representation: Representation = "office"
    sections: tuple[Section, ...] = ()
    partial: bool = False
    problems: tuple[Problem, ...] = ()


def stated_title(stated: str) -> str:
    """Return the title that a file states about itself; empty where a program put it there, or a template did.

    >>> stated_title("Annual report"), stated_title("Microsoft Word - draft3.docx"), stated_title("Document template")
    ('Annual report', '', '')
    """
    title = clean(stated)
    return "" if _NO_TITLE.fullmatch(title) else title
