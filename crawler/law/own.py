"""A law's own words on when it comes into force, as far as they are simple and sure.

``SUBJECT comes into force on the day …``, subsection by subsection. What is conditional, or counts from anything but
the day of Royal Assent or of making, is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from crawler.identifiers import affected
from crawler.law.pieces import DAY, iso

HEADING = re.compile(r"\b(?:commencement|coming into (?:force|operation)|entry into force)\b", re.IGNORECASE)
"""Headings of provisions that are read."""
MAX_CHARACTERS = 20_000

Reach = Literal["listed", "rest", "whole"]

_SUBSECTION = re.compile(r"(?:^|(?<=[.;:] )|(?<=[—\u2013\n]))\((\d+[A-Z]{0,2})\) ")
_EXCEPT = re.compile(r"\b(?:except|other than|apart from|excluding|save for|unless)\b", re.IGNORECASE)
_COMES = re.compile(r"(?:,? and )?(?:\bshall |\bdo |\bwill )?\bcomes? into (?:force|operation)\b")
_SUBJECT_TO = re.compile(
    r"^(?:(?:Subject to|Except as (?:provided|mentioned) (?:by|in)|Save as provided by) [^,]{1,120},|But) ",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"(?:this|the) (?:Act|Measure|Order|instrument)|these (?:Regulations|Rules)", re.IGNORECASE)
_REST = re.compile(
    r"(?:the )?(?:other|remaining|rest of the|remainder of the|preceding)(?: provisions| sections)?(?: of)?"
    r"(?: (?:this|the) (?:Act|Measure))?|the (?:rest|remainder) of this (?:Act|Measure)|the other provisions",
    re.IGNORECASE,
)
_THIS = re.compile(r"\bthis (section|article|regulation|rule|paragraph)\b", re.IGNORECASE)
_FOLLOWING = re.compile(
    r"\bthe following (?:provisions|sections|paragraphs)(?: of this (?:Act|Measure))?\b", re.IGNORECASE
)
_ASSENT = (
    r"(?:(?:the )?(?:day|date) (?:on which|that|when)? ?(?:(?:this|the) (?:Act|Measure)|it) (?:is passed"
    r"|receives? (?:the )?Royal Assent|is approved by H(?:er|is) Majesty in Council)"
    r"|(?:the )?passing of (?:this|the) Act|(?:the (?:day|date) of )?(?:the )?Royal Assent)"
)
_ON_ASSENT = re.compile(rf"\s*(?:on|upon|at) {_ASSENT}", re.IGNORECASE)
_AFTER_ASSENT = re.compile(
    r"\s*on the day (?:after|following) (?:(?:that on which )?(?:this Act|it) "
    rf"(?:receives (?:the )?Royal Assent|is passed)|{_ASSENT})",
    re.IGNORECASE,
)
_MADE = r"(?:it is|they are|this (?:Order|instrument) is|these (?:Regulations|Rules) are) made"
_MADE_DAY = rf"the (?:day|date) (?:(?:on which|that) )?{_MADE}"
_ON_MADE = re.compile(
    rf"\s*on (?:(?P<after>the day (?:after|following) )(?:that on which {_MADE}|{_MADE_DAY}|{_MADE})|{_MADE_DAY})",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\s*at the end of (?:the period of )?(?P<number>\w+) (?P<unit>days?|weeks?|months?) "
    rf"(?P<from>beginning (?:with|on)|beginning when this Act is passed|after)"
    rf"(?: (?:{_ASSENT}|(?P<made>{_MADE_DAY})))?",
    re.IGNORECASE,
)
_ON_DAY = re.compile(
    rf"\s*(?:at (?:[\d.:]+ ?(?:a|p)\.?m\.?|the beginning of the day) )?on {DAY.pattern}", re.IGNORECASE
)
_APPOINTED = re.compile(
    r"\s*(?:on|in accordance with) (?:(?:such|a|the)? ?(?:days?|date|provision)(?: or days| or dates)? .{0,80}?"
    r"\b(?:appoint|appointed|specified|specify)\b|(?:such (?:days?|date)|provision) .{0,80}?\bmade\b)",
    re.IGNORECASE,
)
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
_ITEM = re.compile(r"(?:^|(?<=[;—,\u2013 ]))\([a-z]{1,3}\) |;\s*")
_SO_FAR = re.compile(
    r",? ?(?=\b(?:so far as|in so far as|insofar as|to the extent|for the purposes?)\b)", re.IGNORECASE
)
_UNIT = r"(?:section|article|regulation|schedule|part|paragraph)s? \d"
_LAST = re.compile(rf",? and (?={_UNIT})(?!.* and {_UNIT})", re.IGNORECASE)
_OF_SCHEDULE = re.compile(r"\b((?:Part|paragraphs?) [^,;]{1,60}?) (?:of|to) (Schedule \w+)", re.IGNORECASE)
_BEHIND = re.compile(r"\s*(?:[.;—\u2013-]|$|, (?:and|but)\b)")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStep:
    """One statement of a law on itself: which provisions, and their ISO day, empty where it is yet to be appointed.

    ``reach``: those listed in ``paths``, the rest (all that no other statement lists), or the whole. ``subsection`` is
    the number of the subsection that states it, empty where there are none.
    """

    reach: Reach
    paths: tuple[str, ...] = ()
    date: str = ""
    qualification: str = ""
    subsection: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The ISO days of Royal Assent of an Act and of the making of an instrument, empty where not known."""

    assent: str = ""
    made: str = ""


def own_steps(path: str, text: str, origin: Origin) -> tuple[OwnStep, ...]:
    """Return what a provision on commencement states of a law of some origin.

    >>> own_steps("section-6", "This Act comes into operation on the day after the day on which this Act receives "
    ...     "Royal Assent.", Origin(assent="2022-02-02"))[0].date
    '2022-02-03'
    >>> steps = own_steps("section-9", "(1) Sections 2 to 5 come into force at the end of the period of 2 months "
    ...     "beginning with the day on which this Act is passed. (2) The other provisions come into force on such "
    ...     "day as the Minister may by order appoint.", Origin(assent="2018-05-23"))
    >>> [(step.reach, step.paths, step.date, step.subsection) for step in steps]
    [('listed', ('section-2..section-5',), '2018-07-23', '1'), ('rest', (), '', '2')]
    """
    found: list[OwnStep] = []
    is_sure = True
    for number, words in _subsections(text[:MAX_CHARACTERS]):
        for sentence in re.split(r"(?<=[a-z)])\.\s+(?=[A-Z])", words):
            read = list(_steps(path, number, sentence.strip(), origin))
            is_sure = is_sure and (bool(read) or _COMES.search(sentence) is None)
            found += read
    # A day for all the others says nothing sure where what is excepted could not be read.
    return tuple(step for step in found if is_sure or step.reach == "listed" or not step.date)


def _subsections(text: str) -> Iterator[tuple[str, str]]:
    marks: list[re.Match[str]] = []
    wanted = 1
    for mark in _SUBSECTION.finditer(text):
        if mark[1] == str(wanted) or (marks and mark[1].startswith(marks[-1][1]) and mark[1] != marks[-1][1]):
            marks.append(mark)
            wanted = int(re.sub(r"\D", "", mark[1])) + 1
    if not marks:
        yield "", text
        return
    for mark, end in zip(marks, [*(mark.start() for mark in marks[1:]), len(text)], strict=True):
        yield mark[1], text[mark.end() : end]


def _steps(path: str, subsection: str, sentence: str, origin: Origin) -> Iterator[OwnStep]:
    comes = _COMES.search(sentence)
    if comes is None:
        return
    when = _when(sentence[comes.end() :], origin)
    if when is None:
        return
    day, behind = when
    subject = sentence[: comes.start()].strip(" ,")
    limited = _SUBJECT_TO.match(subject)
    subject = subject[limited.end() :] if limited else subject
    listed = _FOLLOWING.search(subject)
    if not _BEHIND.match(behind) or _EXCEPT.search(subject) or (day and "preceding" in subject):
        return
    if _WHOLE.fullmatch(subject) or (_WHOLE.match(subject) and " cited as " in subject):
        yield OwnStep(reach="rest" if limited else "whole", date=day, subsection=subsection)
        return
    if _REST.fullmatch(subject):
        yield OwnStep(reach="rest", date=day, subsection=subsection)
        return
    items = [subject] if listed is None else [subject[: listed.start()], *_ITEM.split(behind.strip(" .—\u2013-"))]
    for item in items:
        yield from _item(path, item.strip(" ,;."), OwnStep(reach="listed", date=day, subsection=subsection))


def _item(path: str, words: str, step: OwnStep) -> Iterator[OwnStep]:
    """Yield what is said of one item of a list: its provisions, with what limits them."""
    words = re.sub(r"\s*(?:,|\band)$", "", words).strip()
    if not words:
        return
    limit = _SO_FAR.search(words)
    qualification = words[limit.end() :] if limit else ""
    bare = words[: limit.start()] if limit else words
    last = _LAST.search(bare) if limit and not limit[0].startswith(",") else None
    if last:
        yield from _item(path, bare[: last.start()], step)
        bare = bare[last.end() :]
    bare = _OF_SCHEDULE.sub(r"\2 \1", bare)
    paths = [path] if _THIS.search(bare) else []
    paths += affected(_THIS.sub("", bare))
    if paths:
        yield OwnStep(
            reach="listed", paths=tuple(dict.fromkeys(paths)), date=step.date, qualification=qualification,
            subsection=step.subsection,
        )  # fmt: skip
    elif qualification and re.match(r"(?:any|the) other provisions?", bare, re.IGNORECASE):
        yield OwnStep(reach="rest", date=step.date, qualification=qualification, subsection=step.subsection)


def _when(text: str, origin: Origin) -> tuple[str, str] | None:
    """Return the day that a text begins with, empty where it is to be appointed, and what follows; None if not sure."""
    if after := _AFTER_ASSENT.match(text):
        return _moved(origin.assent, days=1, behind=text[after.end() :])
    if on := _ON_ASSENT.match(text):
        return _moved(origin.assent, days=0, behind=text[on.end() :])
    if made := _ON_MADE.match(text):
        return _moved(origin.made, days=1 if made["after"] else 0, behind=text[made.end() :])
    if period := _PERIOD.match(text):
        return _at_end_of(period, origin.made if period["made"] else origin.assent, text[period.end() :])
    if stated := _ON_DAY.match(text):
        return (iso(stated), text[stated.end() :]) if iso(stated) else None
    if appointed := _APPOINTED.match(text):
        return "", "" if "—" not in text[appointed.end() :] else text[appointed.end() :]
    return None


def _moved(start: str, *, days: int, behind: str) -> tuple[str, str] | None:
    return ((date.fromisoformat(start) + timedelta(days=days)).isoformat(), behind) if start else None


def _at_end_of(period: re.Match[str], first: str, behind: str) -> tuple[str, str] | None:
    """Return the first day after a period that begins with a day, that of Royal Assent or of making.

    A period of months ends before the day of the same number; where a month lacks that number, nothing is sure.
    """
    number = int(period["number"]) if period["number"].isdigit() else _NUMBERS.get(period["number"].lower(), 0)
    if not first or not 0 < number < 400 or period["from"].lower() == "after":
        return None
    unit, start = period["unit"].lower().rstrip("s"), date.fromisoformat(first)
    if unit != "month":
        return _moved(first, days=number * (7 if unit == "week" else 1), behind=behind)
    if start.day > 28:
        return None
    months = start.month - 1 + number
    return start.replace(year=start.year + months // 12, month=months % 12 + 1).isoformat(), behind


def is_about_commencement(heading: str) -> bool:
    """Whether a provision is one on commencement by its heading."""
    return HEADING.search(heading) is not None
