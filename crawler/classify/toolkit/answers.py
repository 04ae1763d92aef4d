"""Answers to recommendations: which document responds to which report, and to which of its numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crawler.classify.toolkit.lessons import Lesson, LessonKind
from crawler.classify.toolkit.recommendation_items import PARAGRAPH
from crawler.model import Section
from crawler.text import canonical

UNANSWERED = "no such number"
"""Stands for the path of an answer where a response goes by numbers and has not this one: no path has a space."""

_WHOSE = (
    r"(?:the )?(?:(?:uk|united kingdom|hm|welsh|scottish|european) )?"
    r"(?:government|home office|commission|department)?(?:'s)?"
)
_BEFORE = re.compile(
    rf"{_WHOSE} ?(?:formal |full |official )?(?:response|reply|ymateb) to (?:the )?(?P<title>.+)", re.I
)
_BEHIND = re.compile(
    rf"(?P<title>.+?)(?: ?[:,\u2013-] ?| \(?){_WHOSE} ?(?:formal |full |official )?(?:response|reply)\)?", re.I
)
_NOT_WORD = re.compile(r"[^\w]+")
_SMALL = frozenset({"the", "a", "an", "of", "on", "report", "by"})
_MIN_TITLE_WORDS = 3
"""Fewest words of a title by which a report is recognised: "Response to the annual report" is one to many."""

_NUMBER = r"[a-z]?\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?(?![\w.]\d)"
_CITED = re.compile(
    r"\b(?:(?P<recommendation>recommendations?|argymhelliad(?:au)?|aanbeveling(?:en)?)|"
    r"(?P<finding>(?:key )?findings?))\s+"
    rf"(?P<numbers>{_NUMBER}(?:(?:, and |, | and | & | to | ?[-\u2013] ?){_NUMBER}){{0,30}})",
    re.I,
)
_WHOLE = re.compile(_NUMBER, re.I)
_IN_BRACKETS = re.compile(r"[(\[]paragraphs? (?P<numbers>\d[\d., and&\u2013-]{0,80})[)\]]", re.I)
_IN_HEADING = re.compile(r"\bparagraphs? (?P<numbers>\d[\d., and&\u2013-]{0,80})", re.I)
_RANGE = re.compile(rf"({_NUMBER})(?:(?: to | ?[-\u2013] ?)({_NUMBER}))?", re.I)
_MAX_RANGE_NUMBERS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A document that responds to a report, with its sections; ``partial``: some of its words could not be read."""

    document: str
    sections: tuple[Section, ...] = ()
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The document that answers a lesson, and where in it: empty for the whole, UNANSWERED where it leaves it out."""

    document: str
    path: str


def response_to(title: str) -> str:
    """Return the title of the report that a title says it responds to, empty where it says no such thing.

    >>> response_to("Government response to the report on child trafficking")
    'report on child trafficking'
    >>> response_to("Review of modern slavery: government response"), response_to("Responding to modern slavery")
    ('Review of modern slavery', '')
    """
    plain = canonical(title)
    match = _BEFORE.fullmatch(plain) or _BEHIND.fullmatch(plain)
    return match["title"].strip(" '\"") if match else ""


def is_same_title(one: str, other: str) -> bool:
    """Return whether two titles are the same words, small ones and signs aside; too short ones never are.

    >>> is_same_title("review of the Modern Slavery Act", "Review of Modern Slavery Act: report")
    True
    >>> is_same_title("annual report", "Annual report")
    False
    """
    words = _words(one)
    return len(words) >= _MIN_TITLE_WORDS and words == _words(other)


def _words(title: str) -> tuple[str, ...]:
    plain = _NOT_WORD.sub(" ", canonical(title).lower().replace("'", "")).split()
    return tuple(word for word in plain if word not in _SMALL)


def numbers(response: Response) -> dict[tuple[LessonKind, str], str]:
    """Return the numbers of recommendations and findings that a response speaks of, each with where it does so first.

    A part that is called by the number comes before one that only names it.
    """
    told: dict[tuple[LessonKind, str], str] = {}
    for section in response.sections:
        name = f"{section.number} {section.heading}"
        for key in (*_cited(name), *_paragraphs(name, _IN_HEADING)):
            told.setdefault(key, section.path)
    for section in response.sections:
        for key in (*_cited(section.text), *_paragraphs(section.text, _IN_BRACKETS)):
            told.setdefault(key, section.path)
    return told


def _paragraphs(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[LessonKind, str]]:
    """Yield the paragraphs of its report that a response names: in a heading, or in brackets behind what it quotes."""
    for match in pattern.finditer(text):
        for first, last in _RANGE.findall(match["numbers"]):
            yield from (("recommendation", f"{PARAGRAPH}{number}") for number in _between(first, last))


def _cited(text: str) -> Iterator[tuple[LessonKind, str]]:
    for match in _CITED.finditer(text):
        kind: LessonKind = "recommendation" if match["recommendation"] else "finding"
        for first, last in _RANGE.findall(match["numbers"]):
            yield from ((kind, number) for number in _between(first.lower(), last.lower()))


def _between(first: str, last: str) -> list[str]:
    """Return every number of a range of whole ones; of others, both ends."""
    if not last:
        return [first]
    if first.isdecimal() and last.isdecimal() and 0 < int(last) - int(first) <= _MAX_RANGE_NUMBERS:
        return [str(number) for number in range(int(first), int(last) + 1)]
    return [first, last]


def answers(found: Sequence[Lesson], responses: Sequence[Response]) -> Mapping[Lesson, Answer]:
    """Return the answer to each lesson, where there is one; of several responses the first that has it.

    A response that goes by no numbers answers the recommendations of its report as a whole; so does one whose numbers
    do not tell which of two with the same number is meant. A finding asks for no answer: it has one only where a
    response names its number.
    """
    read = [(response, numbers(response)) for response in responses]
    often = Counter(_key(lesson) for lesson in found)
    told: dict[Lesson, Answer] = {}
    for lesson in found:
        if answer := _answer(lesson, read, once=often[_key(lesson)] == 1):
            told[lesson] = answer
    return told


def _key(lesson: Lesson) -> tuple[LessonKind, str]:
    return lesson.kind, lesson.number.lower()


def _answer(
    lesson: Lesson, read: Sequence[tuple[Response, dict[tuple[LessonKind, str], str]]], *, once: bool
) -> Answer | None:
    for response, known in read:
        if lesson.number and once and (path := _path(lesson, known)) is not None:
            return Answer(document=response.document, path=path)
    if lesson.kind == "finding" or not read:
        return None
    by_number = [response for response, known in read if any(_is_alike(lesson, key) for key in known)]
    if not once or not by_number or any(response.partial for response, _ in read):
        return Answer(document=read[0][0].document, path="")
    return Answer(document=by_number[0].document, path=UNANSWERED)


def _path(lesson: Lesson, known: Mapping[tuple[LessonKind, str], str]) -> str | None:
    """Return where a response names a number; R4 is also said as recommendation 4."""
    kind, number = _key(lesson)
    own = _REC.sub("", number) if _REC.match(number) else number
    return next((known[kind, each] for each in (number, own) if (kind, each) in known), None)


_REC = re.compile(r"r(?:ec(?:ommendation)?)?\.? ?(?=\d)")


def _is_alike(lesson: Lesson, key: tuple[LessonKind, str]) -> bool:
    """Return whether a response goes by numbers of the kind that a lesson has: only then it can leave this one out."""
    if lesson.number.startswith(PARAGRAPH):
        return key[1].startswith(PARAGRAPH)
    numbered = _WHOLE.fullmatch(_REC.sub("", lesson.number.lower())) is not None
    return numbered and key[0] == "recommendation" and not key[1].startswith(PARAGRAPH)
