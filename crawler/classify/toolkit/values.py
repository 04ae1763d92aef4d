"""What is read of a document of the toolkit, and what it states."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from crawler.model import Section

TITLE, SUMMARY, SOURCE = "title", "summary", "source"
"""Places beside the paths of a text; of ``source`` is what sources.yaml or a list states, not the page."""

MAX_TEXT_CHARACTERS = 100_000
"""Most characters of a text in which facts are looked for: what a page says of itself stands at its top."""

MAX_WORDS_CHARACTERS = 160
"""Most characters of the words that are kept with a fact."""


_OF_OTHERS = re.compile(
    r"(?:(?:annex|appendix) \w+:? )?(?:further|related|other|more|additional|useful|external|helpful|sources of) "
    r"(?:support|help|reading|information|resources|links|contacts|content|guidance|training)\b.*|"
    r"see also|references|bibliography|footnotes|endnotes|notes|links|contacts?|sources|"
    r"(?:gwybodaeth|cymorth) (?:bellach|ychwanegol)|dolenni|meer (?:informatie|lezen)|bronnen",
    re.IGNORECASE | re.DOTALL,
)
"""Headings under which a page speaks of other pages, and not of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolkitDocument:
    """What is known of one document: what its page says, and what its publisher and its files are.

    ``sections`` are those of the version shown. ``publisher`` is the name of the body, ``licence`` that of its pages as
    sources.yaml has it, ``jurisdiction`` where it applies by its list or its publisher; ``files`` are addresses of the
    files of its family.
    """

    title: str
    summary: str = ""
    sections: tuple[Section, ...] = ()
    publisher: str = ""
    licence: str = ""
    jurisdiction: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that a document states: ``words`` stand at ``place`` exactly so; of several, the first are kept.

    Of a place ``source`` they are what the registry or the address of a file says.
    """

    field: str
    value: str
    place: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of words of a page and where it stands; headings say more about what a page is than its text does."""

    place: str
    text: str
    heading: bool = False

    @property
    def named(self) -> bool:
        """Return whether it says what the page is, rather than something in passing."""
        return self.heading or self.place in (TITLE, SUMMARY)


def passages(known: ToolkitDocument) -> tuple[Passage, ...]:
    """Return title, summary, headings and texts in their order, no more than MAX_TEXT_CHARACTERS characters of texts in
    all.

    What stands under "further reading", "references" and the like is left out: it speaks of other pages.
    """
    said = (Passage(place=TITLE, text=known.title), Passage(place=SUMMARY, text=known.summary))
    return (*said, *_in_text(known.sections))


@lru_cache(maxsize=1)
def _in_text(sections: tuple[Section, ...]) -> tuple[Passage, ...]:
    """Return the passages of a text, which each part of the toolkit asks for."""
    return tuple(_read(sections))


def _read(sections: Iterable[Section]) -> Iterator[Passage]:
    left = MAX_TEXT_CHARACTERS
    for section in sections:
        if left <= 0:
            return
        if _OF_OTHERS.fullmatch(section.heading.strip(" :.")) or section.path == "footnotes":
            continue
        for text, heading in ((section.heading, True), (section.text, False)):
            cut = text[:left]
            left -= len(cut)
            if cut:
                yield Passage(place=section.path, text=cut, heading=heading)


def fact(field: str, value: str, passage: Passage, words: str) -> Fact:
    """Return a fact with its words, cut where they are long."""
    return Fact(field=field, value=value, place=passage.place, words=words[:MAX_WORDS_CHARACTERS].strip())
