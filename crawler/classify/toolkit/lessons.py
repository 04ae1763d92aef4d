"""Lessons: recommendations and findings as sections of their report. Nothing of them is graded."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from crawler.classify.toolkit import recommendation_items
from crawler.classify.toolkit.recommendation_items import OUGHT, VERBS, RecommendationItem
from crawler.model import Section

LessonKind = Literal["recommendation", "finding"]


_RECOMMENDATION = (
    r"recommendations?|recommandations?|empfehlung(?:en)?|aanbeveling(?:en)?|recomendaci(?:\u00f3n|ones)|"
    r"argymhell(?:iad|ion)"
)
_FINDING = r"(?:key |main )?findings?|constats?|feststellung(?:en)?|bevinding(?:en)?|canfyddiad(?:au)?"
_NAMED = re.compile(
    rf"(?:(?P<recommendation>{_RECOMMENDATION})|(?P<finding>{_FINDING}))\s+(?P<number>[a-z]?\d[\w.]*|[ivxlc]+)", re.I
)
_BLOCK = re.compile(
    rf"(?:(?:summary|list|overview|table) of (?:the )?|(?:our|key|main|all|full|crynodeb o'r|samenvatting van de) )*"
    rf"(?P<mixed>conclusions (?:and|&) )?"
    rf"(?:(?P<recommendation>{_RECOMMENDATION})|(?P<finding>{_FINDING}))(?P<whom> (?:to|for) [\w ]{{1,40}})?:?",
    re.I,
)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*[a-z]?|[a-z]\)?|[ivxlc]{1,6}", re.I)

_SHOULD = re.compile(rf"(?P<who>[^.;:!?\n]{{2,200}}?)\s+(?:{OUGHT})\b")
_URGED = re.compile(
    r"(?:recommends? (?:that )?|urges?|invites?|calls? (?:on|upon)|asks?|encourages?|exhorts?)\s+"
    r"(?P<who>(?:the|all|each|every|[A-Z])[^.;:!?\n]{1,160}?)\s+to\s"
)
_THAT = re.compile(
    rf"(?:recommends?|recommended|urges?) that (?P<who>(?:the|all|each|every|[A-Z])[^.;:!?\n]{{1,120}}?)"
    rf" (?:{VERBS})(?:e?s)?\b"
)
_TO = re.compile(
    r"(?:[Tt]o|[Aa]ddressed to|[Ff]or|[Aa]r gyfer|[Ii]|[Aa]an) ?:? ?(?P<who>(?:[Tt]he |[A-Z])[^.;:!?\n]{1,120}?)\s*:"
)
_TO_LINE = re.compile(
    r"(?:Recommendation \w{1,5}[.:]? )?(?:To|Addressed to):? "
    r"(?P<who>(?:(?:the|all|every|each|chief|local|police) |[A-Z])[^.;:!?\n]{1,120}?)[ \t]*(?:\n|$)"
)
"""Whom a line of its own names."""
_WELSH = re.compile(
    r"(?:Dylai|Rhaid i|Mae angen i) (?P<who>(?:[A-Z]|y |yr )[^.;:!?\n]{1,80}?)(?= (?:[a-z]\w*io|gyhoeddi|sicrhau|"
    r"adolygu|ddarparu|barhau|weithio|ystyried)\b)"
)
_DUTCH = re.compile(r"(?P<who>(?:De|Het|de|het) [^.;:!?\n]{2,100}?) (?:moet|moeten|dient|dienen|zou(?:den)? moeten)\b")

_WHEN = re.compile(
    r"^(?:within|by|in|as|to|from|before|following|after|where|when|if|for|until|during|at|given|alongside|once|with|"
    r"while|binnen|erbyn)\b[^,]{0,120},\s*",
    re.I,
)
_LEAD = re.compile(r"^(?:(?:we|it is|the committee|the commissioner|the inspectorate|greta|i) (?:therefore |also |"
                   r"further )*"
                   r"(?:recommend(?:s|ed)?|considers?|believes?|suggests?)(?: that)?\s*,?\s*)", re.I)  # fmt: skip
_WORKING = re.compile(
    r",?\s+(?:working|together with|in (?:partnership|consultation|collaboration|conjunction)|with support)\b.*|"
    r",\s+(?:with|through|as|which|who|and through)\b.*",
    re.S,
)
_NOBODY = re.compile(
    r"(?:this|that|these|those|it|they|there|we|he|she|you|i|who|which|what|such|any|more|further|consideration|"
    r"(?:mr|mrs|ms|miss|dr|sir|dame|lord|lady|baroness|professor|prof|judge)\.? .+)(?: .*)?",
    re.I | re.S,
)
_ASKS_WHAT = re.compile(r"\b(?:what|which|whom?|they|we|you|it)$", re.I)
_BODY = re.compile(
    r"\b(?:authorit|government|police|council|force|agenc|department|minist|partner|board|service|commission|responder|"
    r"employer|business|provider|state|compan|prosecut|staff|inspector|organis|parliament|court|regulator|school|"
    r"hospital|bank|charit|ngo|landlord|union|member|office|team|chief|europol|eurojust|frontex|cepol|interpol|"
    r"gemeente|regering|llywodraeth|heddlu|awdurdod)",
    re.I,
)
_CAPITAL = re.compile(r"[A-Z]")
_MAX_HEADING_CHARACTERS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One recommendation or finding: its place, its number as the report writes it, and to whom it is addressed.

    ``number`` is empty where a report does not number, ``addressee`` where it names nobody. One of several in a section
    is the words from ``begins`` to ``ends``; where ``ends`` is 0, it is the whole section.
    """

    path: str
    kind: LessonKind
    number: str
    addressee: str
    begins: int = 0
    ends: int = 0


def lessons(sections: Sequence[Section], *, running: bool = False) -> tuple[Lesson, ...]:
    """Return the lessons of a report in their order.

    They are the sections that have a name (Recommendation 4, Finding 3.1), the numbered ones that follow a heading
    "Recommendations" or "Findings" and say what somebody should do, the entries of a list and the rows of a table
    there, and, where there is none of these, what stands under such a heading, as one without a number.

    ``running``: where a report has no such recommendation, those that it makes in a paragraph of its text count.
    """
    found = tuple(_unnamed_last(list(_lessons(sections))))
    if running and not any(lesson.kind == "recommendation" for lesson in found):
        return (*found, *_running(sections))
    return found


def _running(sections: Sequence[Section]) -> Iterator[Lesson]:
    """Return what tables of recommendations say wherever they stand, else what paragraphs recommend."""
    for find in (recommendation_items.tabled, recommendation_items.paragraph_items):
        told = [_point(section, point, "recommendation") for section in sections for point in find(section.text)]
        if told:
            return iter(told)
    return iter(())


def _lessons(sections: Sequence[Section]) -> Iterator[tuple[Lesson, bool]]:
    """Yield lessons, each with whether it is a whole block that is not numbered."""
    block: re.Match[str] | None = None
    themed = False
    for section in sections:
        if named := named_number(section.number):
            block = None
            if section.heading or section.text:
                yield _lesson(section, *named), False
            continue
        opening = _BLOCK.fullmatch(" ".join((section.heading or "").split()))
        if opening:
            block, themed = opening, not section.text and not opening["finding"]
            yield from _of_block(section, block)
        elif block and _NUMBER.fullmatch(section.number) and _is_lesson(section, _kind(block)):
            yield _lesson(section, _kind(block), section.number), False
        elif block and (told := _of_part(section, block, themed=themed)):
            yield from ((lesson, False) for lesson in told)
        else:
            block = block if _NUMBER.fullmatch(section.number or "-") else None


def _of_block(section: Section, block: re.Match[str]) -> Iterator[tuple[Lesson, bool]]:
    told = _listed(section, block)
    if told:
        yield from ((lesson, False) for lesson in told)
    elif (
        section.text
        and not block["mixed"]
        and not recommendation_items.is_of_others(section.text[:_MAX_ADDRESSEE_CHARACTERS])
    ):
        yield Lesson(path=section.path, kind=_kind(block), number="", addressee=""), True


def _of_part(section: Section, block: re.Match[str], *, themed: bool) -> list[Lesson]:
    """Return the lessons of a part inside a block: one named by its addressee, or in a themed block by its subject."""
    told = _listed(section, block) if _is_group(section) else []
    return told or (_of_theme(section, block) if themed and not section.number else [])


def _of_theme(section: Section, block: re.Match[str]) -> list[Lesson]:
    """Return the recommendations under a subject ("Housing") of a heading that has no words of its own.

    Those of its list, else the whole where it says what somebody should do. One that asks nothing ends the block.
    """
    if recommendation_items.is_of_others(f"{section.heading} {section.text[:_MAX_ADDRESSEE_CHARACTERS]}"):
        return []
    if told := [lesson for lesson in _listed(section, block) if _asks_somebody(section, lesson)]:
        return told
    lesson = _lesson(section, _kind(block), "")
    return [lesson] if lesson.addressee and _is_lesson(section, "recommendation") else []


def _asks_somebody(section: Section, lesson: Lesson) -> bool:
    return bool(lesson.addressee) or recommendation_items.orders(section.text[lesson.begins : lesson.ends])


def _is_group(section: Section) -> bool:
    """Return whether this is a part of a block that is named by whom its recommendations are addressed to."""
    return not section.number and len(section.heading.split()) <= _GROUP and bool(_grouped(section.heading))


_GROUP = 10
"""Most words of a heading that names an addressee."""


def _grouped(heading: str) -> str:
    """Return the addressee that a heading names: "For the Home Office", "Police forces"."""
    named = _FOR.sub("", heading.strip(" :"))
    said_so = named != heading.strip(" :") or _BODY.search(named)
    return named if said_so and _who(named) == named else ""


_FOR = re.compile(r"(?:to|for|addressed to|ar gyfer|aan|voor) ", re.I)


def _listed(section: Section, block: re.Match[str]) -> list[Lesson]:
    """Return the recommendations of a list in a block; of one that also concludes, those alone that ask something."""
    if _kind(block) == "finding":
        return []
    whom = _grouped(section.heading) if not _BLOCK.fullmatch(section.heading) else _grouped((block["whom"] or "")[1:])
    told = [_point(section, point, "recommendation", whom) for point in recommendation_items.list_items(section.text)]
    if block["mixed"]:
        told = [each for each in told if _asks(section.text[each.begins : each.ends], each)]
    return told


def _asks(words: str, lesson: Lesson) -> bool:
    return any(True for _ in recommendation_items.paragraph_items(words)) or bool(lesson.addressee)


def _point(section: Section, point: RecommendationItem, kind: LessonKind, whom: str = "") -> Lesson:
    words = section.text[point.begins : point.ends]
    named = (
        point.addressee or addressee("", words) or (point.lead and (addressee("", point.lead) or _grouped(point.lead)))
    )
    return Lesson(
        path=section.path,
        kind=kind,
        number=point.number,
        addressee=named or whom,
        begins=point.begins,
        ends=point.ends,
    )


def _unnamed_last(found: list[tuple[Lesson, bool]]) -> Iterator[Lesson]:
    """Return the lessons, without a block of a kind of which others are numbered: it only introduces them."""
    numbered = {lesson.kind for lesson, is_block in found if not is_block}
    return (lesson for lesson, is_block in found if not (is_block and lesson.kind in numbered))


def named_number(number: str) -> tuple[LessonKind, str] | None:
    """Return kind and number of a part that its report calls a recommendation or a finding, None for other parts.

    >>> named_number("Recommendation 4"), named_number("Key finding 3.1"), named_number("Chapter 2")
    (('recommendation', '4'), ('finding', '3.1'), None)
    """
    match = _NAMED.fullmatch(number)
    return (_kind(match), match["number"]) if match else None


def _kind(match: re.Match[str]) -> LessonKind:
    return "recommendation" if match["recommendation"] else "finding"


def _lesson(section: Section, kind: LessonKind, number: str) -> Lesson:
    return Lesson(path=section.path, kind=kind, number=number, addressee=addressee(section.heading, section.text))


def _is_lesson(section: Section, kind: LessonKind) -> bool:
    return kind == "finding" or bool(
        re.search(
            rf"\b(?:{OUGHT}|recommend\w*|dylai|moet(?:en)?|dien(?:t|en))\b", f"{section.heading} {section.text}", re.I
        )
    )


def addressee(heading: str, text: str) -> str:
    """Return whom a recommendation is addressed to, in its own words; empty where it names nobody.

    >>> addressee("", "Within six months, the Home Office should publish the figures.")
    'the Home Office'
    >>> addressee("", "This should be done."), addressee("", "GRETA urges the Dutch authorities to train judges.")
    ('', 'the Dutch authorities')
    >>> addressee("", "To chief constables, and mayors\\nWork together."), addressee("Recommendation 1. To Europol", "")
    ('chief constables, and mayors', 'Europol')
    >>> addressee("", "To improve what police forces do\\nMore is to be known.")
    ''
    """
    for words in (heading[:_MAX_ADDRESSEE_CHARACTERS], text[:_MAX_ADDRESSEE_CHARACTERS]):
        if (at := _TO.match(words) or _TO_LINE.match(words)) and (who := _who(at["who"])):
            return who
        named = sorted(_verbs(words))
        for _, said in named:
            if who := _who(said):
                return who
            break  # Whoever the first verb does not name, a later one names in passing.
    return ""


def _verbs(words: str) -> Iterator[tuple[int, str]]:
    """Yield where each way to say that somebody ought to do something stands first, and who that is."""
    for pattern in (_SHOULD, _DUTCH):
        if at := pattern.search(words):
            yield at.end("who"), at["who"]
    for pattern in (_URGED, _THAT, _WELSH):
        if at := pattern.search(words):
            yield at.start(), at["who"]


_MAX_ADDRESSEE_CHARACTERS = 1_000
"""Most characters of a recommendation that are read for its addressee."""


def _who(words: str) -> str:
    """Return the words that name a body: without when, and with whom it should work; empty where they name none."""
    who = words.strip(" \u2022\u2013-*\u201c\"'")
    for _ in range(3):
        who = _LEAD.sub("", _WHEN.sub("", who)).strip()
    who = _WORKING.sub("", who).strip(" ,")
    if not who or len(who) > _MAX_HEADING_CHARACTERS or _NOBODY.fullmatch(who) or _ASKS_WHAT.search(who):
        return ""
    # The capital that begins a sentence says nothing: "Training must be better".
    if not (_BODY.search(who) or _CAPITAL.search(who, 1)):
        return ""
    return who
