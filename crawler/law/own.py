"""A law's own words on when it comes into force, as far as they are simple and sure.

``SUBJECT comes into force on the day …``, subsection by subsection.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from crawler.identifiers import affected
from crawler.law.days import Origin, StatedDay, begun
from crawler.law.places import Place
from crawler.law.stated import provision_sentences as sentences
from crawler.law.stated import subsections

HEADING = re.compile(r"\b(?:commencement|coming into (?:force|operation)|entry into force)\b", re.IGNORECASE)
"""Headings of provisions that are read."""

Reach = Literal["listed", "rest", "whole", "excepted", "doubted"]

_COMES = re.compile(
    r"(?:,? and )?(?:\bshall |\bdo |\bwill |\b(?:is|are|shall be) (?:to be )?(?:treated as having|deemed to have) )?"
    r"\b(?:comes? into (?:force|operation)|enters? into force)\b['\u2019]?"
)
MENTION = re.compile(
    r"\b(?:(?:day|date|time)s?(?: on which| when| that)?|on which|when|where|before|after|until|unless|if|since)"
    r" [^,;.]*$",
    re.IGNORECASE,
)
"""What stands before *comes into force* where that is only mentioned, not stated."""
_POINTS = re.compile(
    r"\s*in accordance with (?:(?:this|the following)|(?:sub-?)?(?:paragraph|section|article|regulation)s?) "
)
"""Where else in the law its commencement stands."""
_SUBJECT_TO = re.compile(
    r"^(?:(?:Subject to|(?:Except|Save) as (?:otherwise )?(?:provided|mentioned|specified|stated) (?:by|in)|Despite) "
    r"[^,]{1,120},|Otherwise,|But,?) ",
    re.IGNORECASE,
)
_KINDS = r"(?:Act|Measure|Order|Regulations?|Rules|Scheme|Byelaws|instrument|Directive|Decision)"
_WHOLE = re.compile(rf"(?:(?:all )?(?:the )?provisions of )?(?:this|the|these) {_KINDS}|they|it", re.IGNORECASE)
_TITLE = re.compile(rf"(?:this|the|these) {_KINDS}\b.* (?:cited|known) as |the title of (?:this|these) ", re.IGNORECASE)
_NAMED_LAST = re.compile(r"\band ((?:section|article|regulation|rule|schedule|part|paragraph)s? [\w(),\- ]+)$", re.I)
_OTHERS = (
    rf"(?:(?:all )?(?:the |of the )?(?:other|remaining|preceding)(?: provisions| sections| articles| regulations| rules"
    rf"| paragraphs)?(?: (?:of|in) (?:this|the|these) {_KINDS})?"
    rf"|the (?:rest|remainder)(?: of (?:the provisions of )?(?:this|the|these) {_KINDS})?)"
)
_REST = re.compile(_OTHERS, re.IGNORECASE)
_EXCEPT = re.compile(
    r"[ ,(]*\b(?:except(?:ing)?(?: for)?|other than|apart from|excluding|save for|with the exception of)"
    r" (?P<listed>[^()—]*(?:\([^()]*\)[^()—]*)*?)(?:\)|,(?= ?$)|$)",
    re.IGNORECASE,
)
_EXCEPT_FIRST = re.compile(
    r"(?:except(?:ing)?(?: for)?|with the exception of|apart from|other than) (?P<listed>[^—]*?), "
    r"(?=(?:this|these|the) )",
    re.IGNORECASE,
)
_ELSEWHERE_LISTED = re.compile(
    r"\b(?:specified|mentioned|listed|referred to|brought into force) (?:in|by) (?:sub-?section|paragraph)s? \("
)
_SUBJECT_BEHIND = re.compile(
    r",? (?:but )?subject to (?:sub)?(?:section|paragraph|article|regulation)s? [\w() ,]+?[.;]?$"
)
_UNSURE = re.compile(
    r"\b(?:except|other than|apart from|excluding|save|unless|made by|effected by|but see)\b", re.IGNORECASE
)
_OTHER_LAW = re.compile(
    r"\bof (?:the (?!following\b)[^,;]{0,80}?\b(?:Act|Order|Regulations|Rules)\b|that |those |[A-Z][\w().]* \d{4}\b)"
)
_FOLLOWING = re.compile(
    rf"\bthe following(?: (?:provisions|sections|paragraphs|articles|regulations))?(?: of (?:this|these) {_KINDS})?\b",
    re.IGNORECASE,
)
_MAKES = re.compile(
    r"(?:the )?(?:amendments?|repeals?|revocations?|modifications?) (?:made|effected) by "
    r"(?=(?:this )?(?:section|article|regulation|rule|paragraph)\b)",
    re.I,
)
_SELF = re.compile(
    r"(?:this (?:section|article|regulation|rule|paragraph|part|chapter|schedule)"
    r"|(?:part|chapter|paragraph)s? [\w ,()]{1,80} (?:of|to) this schedule)",
    re.IGNORECASE,
)
_PREDICATES = re.compile(r"[—\u2013]\s*\(a\) (?:have|has|extends?|applies|apply)\b")
_ITEM = re.compile(r"(?:^|(?<=[;—:,\u2013 ]))\([a-z]{1,4}\) |;\s*")
_SO_FAR = re.compile(
    r",? ?(?=\b(?:so far as|in so far as|insofar as|to the extent"
    r"|for (?:the|(?:all )?(?:other|remaining)|certain|specified|limited) purposes?"
    r"|in relation to|as respects|as regards)\b)",
    re.IGNORECASE,
)
_FOR_PROVISIONS = re.compile(r"for the purposes? of ((?:section|article|regulation|rule|paragraph)s? [\w ,()]+)")
_BESIDE = re.compile(r" ?\((?:and|together with) ((?:[^()]|\([^()]*\))*)\)")
_UNIT = r"(?:section|article|regulation|schedule|part|paragraph)s? \d"
_LAST = re.compile(rf",? and (?={_UNIT})(?!.* and {_UNIT})", re.IGNORECASE)
_BEHIND = re.compile(
    r"\s*(?:[.;]|$|, (?:and|but)\b(?!.*\bif\b)| (?:and|but),? (?:(?:except|subject|save)\b[^,]*, )?"
    r"(?:shall |do |does |will )?(?:not )?(?:have|has|apply|applies|extends?|expires?|ceases?|is|are)\b)"
)
_ELSEWHERE = re.compile(
    r"\s*((?:on|at|when|upon|immediately|if|in accordance|as soon|\w+ (?:days?|weeks?|months?|years?) after) "
    r".{3,160}?)[.;]?$",
    re.DOTALL,
)
"""A day that cannot be told from the law itself."""
_NEXT = re.compile(r",? (?:and|but) (?=.*\bcomes? into (?:force|operation)\b)")
_FORCE = re.compile(r"\binto (?:force|operation)\b|\bcommence", re.IGNORECASE)
_CLAUSE = re.compile(r"\s*;\s*(?:(?:and|but),? )?(?=\w)")
"""Where another clause begins that may set another day."""
_SHORT = re.compile(
    rf"(?P<subject>(?:{_OTHERS}|{_UNIT}[\w (),]*?)) (?=(?:on|at|when|upon|immediately|in accordance|\w+ \w+ after) )",
    re.IGNORECASE,
)
"""A clause that does not say again that something comes into force: *the rest on such day as …*."""
_ITEMS = re.compile(r"\s*(?:as follows|in accordance with the following)?\s*[—\u2013:-]+\s*(?=\([a-z]\) )")
_QUOTES = re.compile(r"\b(?:insert|substitute|inserted|substituted|added|add)\b[^.]{0,80}[—\u2013-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStep:
    """One statement of a law on itself: which provisions, and their ISO day, empty where it is yet to be appointed.

    ``reach``: those listed in ``paths``; the rest (all that no other statement lists); the whole; or those of
    ``paths`` are *excepted*: what is said of the rest does not hold of them; *doubted*: of what is not read.
    ``subsection`` is the number of the
    subsection that states it, empty where there are none.
    """

    reach: Reach
    paths: tuple[str, ...] = ()
    date: str = ""
    qualification: str = ""
    subsection: str = ""


def own_steps(place: Place, text: str, origin: Origin, *, is_headed: bool = True) -> tuple[OwnStep, ...]:
    """Return what a provision states of the commencement of a law of some origin.

    Of a provision that is not headed as one on commencement only what it says of itself, its part or its schedule.

    >>> own_steps(Place(path="section-6"), "This Act comes into operation on the day after the day on which this Act "
    ...     "receives Royal Assent.", Origin(assent="2022-02-02"))[0].date
    '2022-02-03'
    >>> steps = own_steps(Place(path="section-9"), "(1) Sections 2 to 5 come into force at the end of the period of 2 "
    ...     "months beginning with the day on which this Act is passed. (2) The other provisions come into force on "
    ...     "such day as the Minister may by order appoint.", Origin(assent="2018-05-23"))
    >>> [(step.reach, step.paths, step.date, step.subsection) for step in steps]
    [('listed', ('section-2..section-5',), '2018-07-23', '1'), ('rest', (), '', '2')]
    """
    found: list[OwnStep] = []
    is_sure = True
    for number, words in subsections(text):
        if not is_headed and _QUOTES.search(words):
            continue
        for sentence in sentences(words):
            if not is_headed and not _is_of_itself(sentence):
                continue
            read = [replace(step, subsection=number) for step in _steps(place, sentence.strip(), origin)]
            is_sure = (
                is_sure and (bool(read) or not _states(sentence)) and all(each.reach != "doubted" for each in read)
            )
            found += [step for step in read if step.reach != "doubted"]
    # A day for all the others says nothing sure where what is excepted could not be read.
    return tuple(step for step in found if is_sure or step.reach in ("listed", "excepted") or not step.date)


def _is_of_itself(sentence: str) -> bool:
    """Whether a sentence is about the provision in which it stands, or about what holds that."""
    comes = _COMES.search(sentence)
    return comes is not None and _SELF.fullmatch(_bare(sentence[: comes.start()])) is not None


def _bare(subject: str) -> str:
    """Return a subject without what else is said of it, and without the amendments that a provision makes."""
    cut = _PREDICATES.search(subject)
    return _MAKES.sub("", (subject[: cut.start()] if cut else subject).strip(" ,"))


def unread_subjects(place: Place, text: str, origin: Origin) -> list[str]:
    """Return of what of its law a provision states when it comes into force, in sentences that are not read."""
    found: list[str] = []
    for _, words in subsections(text):
        for sentence in sentences(words):
            comes = _COMES.search(sentence)
            if comes and _states(sentence) and not list(_steps(place, sentence.strip(), origin)):
                subject = sentence[: comes.start()]
                found += [] if _OTHER_LAW.search(subject) else [subject]
    return found


def _states(sentence: str) -> bool:
    """Whether a sentence states that something comes into force, and does not only mention that it does."""
    return any(
        not MENTION.search(sentence, 0, comes.start()) and not _POINTS.match(sentence, comes.end())
        for comes in _COMES.finditer(sentence)
    )


def _steps(place: Place, sentence: str, origin: Origin) -> Iterator[OwnStep]:
    """Yield what a sentence states, nothing where a part of it could not be read."""
    comes = _COMES.search(sentence)
    if comes is None or MENTION.search(sentence, 0, comes.start()):
        return
    subject, behind = sentence[: comes.start()].strip(" ,"), sentence[comes.end() :]
    if items := _ITEMS.match(behind):
        yield from _by_item(place, subject, behind[items.end() :], origin)
        return
    when = begun(behind, origin)
    if when is None:
        untold = _ELSEWHERE.match(behind)
        when = StatedDay(date="", words=untold[1]) if untold else None
    if when is None:
        return
    said = list(_subject(place, subject, when))
    other = _NEXT.match(when.behind) or _CLAUSE.match(when.behind)
    further = _spelled(when.behind[other.end() :]) if other else ""
    if said and further:
        more = list(_steps(place, further, origin))
        yield from (*said, *more) if more else ()
    else:
        yield from said


def _spelled(clause: str) -> str:
    """Return a further clause of a sentence in full; empty for one that says nothing of commencement."""
    if not _COMES.search(clause) and (short := _SHORT.match(clause)):
        return f"{short['subject']} come into force {clause[short.end() :]}"
    return clause if _FORCE.search(clause) else ""


def _by_item(place: Place, subject: str, listed: str, origin: Origin) -> Iterator[OwnStep]:
    """Yield what a list states that sets a day in each of its items: of other provisions, or for other purposes."""
    made: list[OwnStep] = []
    for item in _ITEM.split(listed):
        words = re.sub(r"(?:[,;]|\b(?:and|or))\s*$", "", item.strip()).strip(" ,;.")
        if not words:
            continue
        comes = _COMES.search(words) if _states(words) else None
        if comes is not None and words[comes.end() :].strip(" —\u2013-:") == "":
            subject = words[: comes.start()].strip(" ,")
            continue
        read = list(_steps(place, words, origin)) if comes else list(_limited(place, subject, words, origin))
        if not read:
            return
        made += read
    yield from made


def _limited(place: Place, subject: str, words: str, origin: Origin) -> Iterator[OwnStep]:
    """Yield what an item says of the subject of its list: a day, with what stands before or behind it."""
    first = begun(words, origin)
    if first is not None:
        yield from _subject(place, subject, first)
        return
    for match in re.finditer(r",? (?=(?:on|at|immediately|\w+ (?:days?|weeks?)) )", words):
        day = begun(words[match.end() :], origin)
        if day is not None and _BEHIND.match(day.behind):
            limit = words[: match.start()].strip(" ,")
            if only := _FOR_PROVISIONS.fullmatch(limit):
                yield from _item(place, only[1], OwnStep(reach="listed", date=day.date, qualification=day.words))
                return
            yield from (
                replace(step, qualification=f"{limit} {step.qualification}".strip())
                for step in _subject(place, subject, day)
            )
            return
    yield from _subject(place, subject, StatedDay(date="", words=words))


def _subject(place: Place, subject: str, when: StatedDay) -> Iterator[OwnStep]:
    """Yield what is said of a subject: the whole, the rest or a list, with a day and what limits it."""
    limited = _SUBJECT_TO.match(subject)
    subject = _bare(subject[limited.end() :] if limited else subject)
    is_limited = limited is not None or "subject to" in subject
    if behind := _SUBJECT_BEHIND.match(when.behind):
        is_limited, when = True, replace(when, behind=when.behind[behind.end() :])
    listed = _FOLLOWING.search(subject)
    if listed is None and (limit := _SO_FAR.match(when.behind)):
        words = f"{when.words} {when.behind[limit.end() :].strip(' .;')}".strip()
        when = StatedDay(date=when.date, words=words)
    is_list = listed is not None and when.behind.lstrip()[:1] in ("—", "\u2013", "-", ":")
    is_ended = bool(_BEHIND.match(when.behind) or _NEXT.match(when.behind) or is_list)
    if not is_ended or (when.date and "preceding" in subject):
        return
    if _TITLE.match(subject):
        last = _NAMED_LAST.search(subject)
        subject = last[1] if last and affected(last[1]) else "this Act"
    first = _EXCEPT_FIRST.match(subject)
    excepted = first or _EXCEPT.search(subject)
    general = subject if excepted is None else subject[first.end() :] if first else subject[: excepted.start()]
    general = general.strip(" ,")
    if _WHOLE.fullmatch(general) or _REST.fullmatch(general):
        is_rest = is_limited or excepted is not None or not _WHOLE.fullmatch(general)
        is_elsewhere = excepted is not None and _ELSEWHERE_LISTED.search(excepted["listed"]) is not None
        listed_out = None if excepted is None or is_elsewhere else place.paths(excepted["listed"])
        # What precedes a provision is not that provision itself.
        listed_out = [place.path] if "preceding" in general and excepted is None else listed_out
        yield from _general(listed_out, when, is_rest=is_rest)
        return
    if _UNSURE.search(subject) or _OTHER_LAW.search(subject):
        return
    items = [subject] if listed is None else [subject[: listed.start()], *_ITEM.split(when.behind.strip(" .—\u2013-:"))]
    for item in items:
        yield from _item(place, item.strip(" ,;."), OwnStep(reach="listed", date=when.date, qualification=when.words))


def _general(excepted: Sequence[str] | None, when: StatedDay, *, is_rest: bool) -> Iterator[OwnStep]:
    """Yield what is said of the whole or of the rest, apart from what is excepted; nothing where no day is told."""
    if (excepted is not None and not excepted) or (when.words and not when.date):
        return
    if excepted:
        yield OwnStep(reach="excepted", paths=tuple(excepted))
    yield OwnStep(reach="rest" if is_rest else "whole", date=when.date, qualification=when.words)


def _item(place: Place, words: str, step: OwnStep) -> Iterator[OwnStep]:
    """Yield what is said of one item of a list: its provisions, with what limits them."""
    words = re.sub(r"\s*(?:,|\band)$", "", words).strip()
    if _UNSURE.search(words) or words.endswith(("—", "\u2013")):
        yield replace(step, reach="doubted")
        return
    if beside := _BESIDE.search(words):
        yield from _item(place, beside[1], step)
        words = f"{words[: beside.start()]}{words[beside.end() :]}".strip()
    if not words:
        return
    limit = _SO_FAR.search(words)
    qualification = " ".join(filter(None, (step.qualification, words[limit.end() :] if limit else "")))
    bare = words[: limit.start()] if limit else words
    last = _LAST.search(bare) if limit and not limit[0].startswith(",") else None
    if last:
        yield from _item(place, bare[: last.start()], step)
        bare = bare[last.end() :]
    if paths := place.paths(bare):
        yield replace(step, paths=tuple(paths), qualification=qualification)
    elif limit and re.match(r"(?:any|the) other provisions?", bare, re.IGNORECASE):
        yield replace(step, reach="rest", qualification=qualification)


def is_about_commencement(heading: str) -> bool:
    """Whether a provision is one on commencement by its heading."""
    return HEADING.search(heading) is not None
