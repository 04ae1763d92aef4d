"""From when a new law is in force: on which day or days, or under which condition in its own words."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from crawler import law
from crawler.entries import part_read, word_limits
from crawler.entries.dates import day
from crawler.entries.numbered import numbered
from crawler.entries.templates import Sentence, name_list, say, source, structure
from crawler.entries.word_limits import NOTE
from crawler.store import Row, Store, commencements, families, wordings
from crawler.text import abridged, counted
from crawler.text import sentences as text_sentences
from crawler.wording import MADE

DAYS = 3
"""Most days on which parts of it began that are told."""
MANY = 5
"""Most of them where it is told as well how many provisions are in force."""


_SPEAKING = ("si", "decision", "regulation", "directive")
"""Kinds of laws that say when they come into force as a whole."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LAID = re.compile(
    r"\blaid before (?:[^.;]|\bc\. ?\d){3,200}? for approval by (resolution of [^.;,]{3,40}?)(?= within|[.;,]|$)"
)
_TRANSITION = re.compile(r"\b(?:contains?|makes?|includes?) [^.;]{0,80}\b(?:transitional|savings?)\b", re.IGNORECASE)
_BACK = re.compile(r"\b(?:have|has|given|with) retrospective effect\b")
MAX_QUOTED = 46
"""Most words of a law on when it begins, with those of the paragraph that they point to: a summary holds no more."""
MAX_NOTED = 36
"""Most words of the sentence of an explanatory note that says from when something has effect, in a summary."""
MAX_BESIDE = 120
"""Most words of either beside the summary."""
LIMITS = 5
"""Most sentences on to what a law does not apply."""


def sentences(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield from when a law of the United Kingdom is in force; of a day that it names without date, by what that is.

    A law made after we first read it says nothing here.
    """
    days = _reckoned(store, top["id"])
    if is_undated(store, top):
        yield say("not yet in force")
        yield from (say("begins as it says", words=source(each.words)) for each in days)
        return
    yield from _begun(store, top)
    yield from _back(store, top)
    if (part := part_read.part_read(store, top)) is not None:
        yield from part_read.sentences(store, top, part)
    elif top.get("representation") == "structured" and _DAY.fullmatch(str(top["label"] or "")):
        yield part_read.text_as_at(store, top)
    yield from _left_out(store, top)
    for each, date in days.items():
        yield say("reckoned", words=source(each.words), day=structure(day(date)), authority=structure(each.authority))


def _left_out(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield how many changes its publisher lists that are not in the text that was read of a law, and in force.

    It lists those that are not in its last text, so of a text as made those that are in that one stand beside them. The
    repeal of all of it is told by itself.
    """
    if top.get("representation") != "structured":
        return
    read = str(top["first_seen"])[:10]
    told = next(iter(families.endings(store, top["id"])), {"id": ""})["id"]
    number, waiting = families.unapplied(store, top["id"], read, told)
    if number:
        made = MADE.get(str(top["label"]))
        several, one = ("more left out", "one more left out") if made else ("changes left out", "change left out")
        not_in = say(several if number > 1 else one, count=structure(number))
        found = say("read as made", made=structure(made), count=not_in) if made else say("text lacks", count=not_in)
        on = structure(day(read))
        if waiting == number:
            waits = "more left out, waiting" if made else "left out, waiting"
            yield say(waits if number > 1 else "left out, waits", said=found, day=on)
        else:
            in_part = say("left out, waiting in part", said=found, count=structure(waiting), day=on)
            yield in_part if waiting else say("full stop", text=found)


def is_undated(store: Store, top: Row) -> bool:
    """Whether what fixed the date of a day that a law names was made after we first read it: no date is told then."""
    return any(each.since > top["first_seen"][:10] for each in _reckoned(store, top["id"]))


def _reckoned(store: Store, document: str) -> dict[law.Reckoned, str]:
    """Return the days of a law that nothing states but its own words, which name no date, and their dates."""
    steps = commencements.stated(store, document)
    stated = {step.date for step in steps if law.reckoned(step.qualification) is None}
    found = {law.reckoned(step.qualification): step.date for step in steps if step.date not in stated}
    return {each: date for each, date in found.items() if each is not None}


def _begun(store: Store, top: Row) -> Iterator[Sentence]:
    in_force, document = top["in_force"], top["id"]
    if in_force == "in parts":
        yield _in_parts(store, document)
    elif in_force == "not yet":
        yield from _not_yet(store, document)
    elif in_force == "not stated" and top["kind"] in _SPEAKING:
        yield from _with_room(_own_words(store, top))
    elif in_force.startswith(law.NOT_APPLICABLE):
        yield from ended(store, document)
    elif in_force in ("not stated", "at least in part"):
        yield from _open(store, top)
    elif _excepted(store, top):
        yield say("in force from, with exceptions", day=structure(day(in_force)))
    else:
        yield from of_day(in_force)


def _excepted(store: Store, top: Row) -> str:
    """Return on which day an instrument comes into force and what it excepts, where one day is known of it alone."""
    if top["kind"] != "si" or not _DAY.fullmatch(str(top["in_force"])):
        return ""
    rows = (row for row in wordings.headings(store, top["id"]) if law.is_about_commencement(row["heading"]))
    return next(filter(None, (law.excepted(row["text"]) for row in rows)), "")


def of_day(in_force: str) -> Iterator[Sentence]:
    """Yield from when a law is in force, as documents have it: a day, the first and the last, in parts, not yet."""
    if in_force in ("in parts", "not yet"):
        yield say("in force in parts" if in_force == "in parts" else "not yet in force")
    elif re.fullmatch(r"\d{4}(-\d{2}){0,2}", in_force):
        yield say("in force from", day=structure(day(in_force)))
    elif "/" in in_force:
        first, _, last = in_force.partition("/")
        yield say("in force in stages", first=structure(day(first)), last=structure(day(last)))


def ended(store: Store, document: str) -> Iterator[Sentence]:
    """Yield from when a law was in force that is not any more: the day of the whole, else the few of parts of it."""
    steps = [step for step in commencements.stated(store, document) if step.state == "in force" and step.date]
    days = sorted({step.date for step in steps})
    is_whole = len(days) == 1 and any(not step.path and not step.is_limited for step in steps)
    if 0 < len(days) <= DAYS:
        named = name_list([structure(day(date)) for date in days], DAYS)
        yield say("had come into force" if is_whole else "parts had come into force", days=named)


def _back(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield from which days before it was made an instrument has effect, by its own words."""
    if top["kind"] != "si" or not top["published"]:
        return
    found = [row for row in wordings.headings(store, top["id"]) if not row["path"].startswith("schedule")]
    notes = [said for row in found if _is_note(row) for said in text_sentences(row["text"])]
    rows = [row for row in found if not _is_note(row)]
    days = {each for row in rows for each in law.reaches_back(row["text"], str(top["published"])[:10])}
    if days:
        named = [structure(day(each)) for each in sorted(days)]
        yield say("reaches back", days=name_list(named, DAYS + (len(named) == DAYS + 1)))
    else:
        made = str(top["published"])[:10]
        for words in islice((each for each in notes if _BACK.search(each) or law.reaches_back(each, made)), 1):
            yield say("its note says", words=source(abridged(" ".join(words.split()), MAX_NOTED, NOTE).rstrip(".")))


def not_settled(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield that an instrument was laid for approval, of which its text says no more, and that it has transition."""
    if top["kind"] != "si" or top.get("representation") != "structured":
        return
    rows = wordings.headings(store, top["id"])
    introduction = " ".join(str(row["text"]) for row in rows if row["path"] == "introduction")
    if (laid := _LAID.search(" ".join(introduction.split()))) is not None:
        yield say("laid for approval", by=source(laid[1]))
    if any(_TRANSITION.search(str(row["text"])) for row in rows if _is_note(row)):
        yield say("has transition")


def by_default(store: Store, document: str) -> Iterator[Sentence]:
    """Yield by which law provisions began of which a law does not say when they come into force."""
    steps = commencements.stated(store, document)
    for authority in dict.fromkeys(step.authority for step in steps if step.source == "default"):
        yield say("begins by default", authority=structure(authority))


def _open(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield that days of a law are left to be appointed, where its whole text was read."""
    days, is_open = families.begun(store, top["id"])
    if is_open and not top["partial"]:
        yield _in_parts(store, top["id"]) if days else _waits(store, top["id"])


def _waits(store: Store, document: str) -> Sentence:
    """Return that days are to be appointed; where that is so of all but some provisions, of which in its own words."""
    if all(not step.is_rest for step in commencements.stated(store, document)):
        return say("to be appointed")
    rows = (row for row in wordings.headings(store, document) if law.is_about_commencement(row["heading"]))
    found = (law.appointing(row["text"]) for row in rows)
    words = next((each for each in found if each and len(each.split()) <= MAX_NOTED), "")
    return say("it says", words=source(words)) if words else say("rest to be appointed")


def _in_parts(store: Store, document: str) -> Sentence:
    """Return from which days parts of a law are in force, of many the first and the last, and whether others are open.

    Of many it says how much of the law is in force, too, where that is known.
    """
    days, is_open = families.begun(store, document)
    if not days or (len(days) == 1 and not is_open):
        return say("in force in parts")
    if len(days) > DAYS:
        whole, every = commencements.counted(store, document)
        of = say("provisions wholly", count=structure(whole), every=structure(every))
        each = [structure(day(date)) for date in days]
        on = name_list(each, MANY) if len(days) <= MANY else say("days between", first=each[0], last=each[-1])
        later = {step.date for step in commencements.stated(store, document) if step.source == "insertion"}
        counted = "in force in parts, counted and later" if later - set(days) else "in force in parts, counted"
        return say(counted, of=of, days=on) if whole else say("in force in parts from", days=on)
    named = name_list([structure(day(date)) for date in days], DAYS)
    if not is_open:
        return say("in force in parts from", days=named)
    steps = commencements.stated(store, document)
    begun = {step.path for step in steps if step.date and step.path}
    waiting = {step.path for step in steps if not step.date}
    if not waiting or not waiting <= begun:
        return say("in force in parts, open", days=named)
    listed = [structure(numbered(path)) for path in sorted(waiting)]
    of = name_list(listed, DAYS) if len(listed) <= DAYS and all(map(str, listed)) else say("these")
    return say("in force in parts, purposes open", days=named, of=of)


def _not_yet(store: Store, document: str) -> Iterator[Sentence]:
    days, is_open = families.begun(store, document)
    if days:
        whole = len(days) == 1 and not is_open
        yield say("not yet in force, from" if whole else "not yet in force, parts from", day=structure(day(days[0])))
    else:
        yield say("not yet in force")
        yield from _with_room(list(_stated(store, document)))


def _is_note(row: Row) -> bool:
    return str(row["path"]).partition("-")[0] == "note"


def untold(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield what a law says on when it comes into force for which its summary has no room, and the days it leaves open.

    Those it states for some purposes, without a date.
    """
    if (top["in_force"] == "not stated" and top["kind"] in _SPEAKING) or top["in_force"] == "not yet":
        told = _own_words(store, top)
        with_room = list(_with_room(told))
        yield from (each for each in told if each not in with_room)
    if words := _excepted(store, top):
        yield say("it says", words=source(abridged(words, MAX_BESIDE, len(words))))
    rows = wordings.headings(store, top["id"]) if top["kind"] == "si" else ()
    limits = [each for row in rows if law.is_about_commencement(row["heading"]) for each in law.unapplied(row["text"])]
    yield from (say("it says", words=source(abridged(each, MAX_BESIDE, len(each)))) for each in limits[:LIMITS])
    if len(limits) > LIMITS:
        yield say("more limits", count=structure(counted(len(limits) - LIMITS, "more sentence")))
    steps = [step for step in commencements.stated(store, top["id"]) if step.source == "own provision"]
    undated = [step for step in steps if not step.date and step.qualification]
    for words in dict.fromkeys(step.qualification for step in undated):
        named = [structure(numbered(step.path)) for step in undated if step.qualification == words]
        if all(map(str, named)) and len(words.split()) <= MAX_BESIDE:
            yield say("undated", named=name_list(named, DAYS), words=source(words))


def _own_words(store: Store, top: Row) -> list[Sentence]:
    return list(_stated(store, top["id"])) or list(_noted(store, top["id"]))


def _with_room(told: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield what a summary has room for: when a law comes into force always, what that points to, and a note."""
    room = MAX_QUOTED
    for each in told:
        room -= sum(word_limits.words(piece.text) for piece in each.pieces if piece.origin == "source")
        least = MAX_QUOTED - MAX_NOTED if each.template == "its note says" else 0
        if each.template == "begins as it says" or room >= least:
            yield each


def _noted(store: Store, document: str) -> Iterator[Sentence]:
    """Yield from when what an instrument is about has effect, as its explanatory note says in a sentence with dates."""
    for row in filter(_is_note, wordings.headings(store, document)):
        for noted in law.noted(row["text"], MAX_BESIDE):
            yield say("its note says", words=source(noted.rstrip(".")))


def _stated(store: Store, document: str) -> Iterator[Sentence]:
    """Yield when an instrument comes into force in its own words, and the paragraphs to which these point."""
    for row in wordings.headings(store, document):
        is_bare = not row["heading"] and document.startswith("eu")
        if (is_bare or law.is_about_commencement(row["heading"])) and (own := law.stated(row["text"])):
            yield say("begins as it says", words=source(own))
            yield from (say("it says", words=source(each)) for each in law.pointed(own, row["text"], MAX_BESIDE))
            return
