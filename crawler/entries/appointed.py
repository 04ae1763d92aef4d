"""What a new instrument brings into force: which provisions of which Act, and from which day."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.entries import law_headlines, word_limits
from crawler.entries.dates import day
from crawler.entries.law import instrument
from crawler.entries.numbered import numbered, together
from crawler.entries.templates import Sentence, capital, name_list, say, source, structure
from crawler.identifiers import singly
from crawler.law import Appointed
from crawler.store import Store, families

DETAIL = "commenced"
"""The kind of what an entry tells of one day: which provisions are brought into force on it."""
NAMED = 12
"""Most provisions, or runs of them, that a sentence names; of more the first few."""
MAX_LISTED_DAYS = 5
DAYS = 3
"""Most days that are told one by one."""
ROOM = 50
"""Most words of sentences on several days: of more it is told when the first and the last of them are."""
LIMIT_WORDS = 20
"""Most words of what limits a commencement that a sentence repeats."""
_COMPLETING = re.compile(r"\b(?:remaining|all other|so far as (?:it is |they are )?not)\b|\bnot (?:already|yet)\b")
"""What limits a commencement that makes earlier ones whole."""
_HOLDER = re.compile(r"(?:^|-)(?:part|chapter)-\w+$")
_RUN = 3
"""Fewest numbers in a row that are told as a range."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A provision or a run of them for readers, and how many they are; None where that cannot be told."""

    said: Sentence
    count: int | None = 1


def only_day(begun: Sequence[Appointed]) -> str:
    """Return the one day from which all is in force, empty where there are several or none."""
    days = {each.date for each in begun}
    return next(iter(days)) if len(days) == 1 else ""


def headline(begun: Sequence[Appointed], document: str, taken: int = 0) -> tuple[Sentence, str]:
    """Return the headline of an instrument, with room for ``taken`` words behind it, and its verb.

    As many provisions are named as there is room for beside the whole title of the Act and the number of the
    instrument; then these make room, in this order.
    """
    room = word_limits.HEADLINE - taken
    acts = list(dict.fromkeys(each.act for each in begun if each.act))
    is_read = all(each.is_read for each in begun) and len(acts) == 1
    whole = [each for each in begun if not _is_part(each)]
    rest = [each for each in begun if _is_part(each)] if only_day(whole) and is_read else []
    in_whole = {path for each in whole for path in singly(each.paths)}
    rest = [replace(each, paths=tuple(path for path in each.paths if path not in in_whole)) for each in rest]
    rest = [each for each in rest if each.paths]
    others = _counted(_names(rest))
    named = [*_several(_names(whole if rest else begun))] if is_read else []
    when, by = _when(whole if others else begun), instrument(document, "")
    if others:
        when = say("others in part", when=when, count=structure(others))
    title = name_list([law_headlines.called(act, law_headlines.ANY_LENGTH) for act in acts], 2)
    last = [*(named[-1:] if named[-1:] == [None] else ()), say("some provisions")]
    told = [_headline(each, title, when) for each in named or last]
    said = [each for text in (told[:1], told[1:]) for each in (*(say("by", text=one, by=by) for one in text), *text)]
    left = room - word_limits.words(str(by)) - 1 - word_limits.words(str(_headline(last[0], source(""), when)))
    short = law_headlines.called(acts[0], max(left, 1)) if acts else title
    said.append(say("by", text=_headline(last[0], short, when), by=by))
    return next((each for each in said if word_limits.words(str(each)) <= room), said[-1]), "In force"


def _headline(named: Sentence | None, title: Sentence, when: Sentence) -> Sentence:
    text = title if named is None else say("provisions of", named=named, title=title)
    return capital(say("begins when", text=text, when=when))


def _several(names: Sequence[_Name]) -> Iterator[Sentence | None]:
    """Yield provisions in a row, as many by name as may be, fewer, and how many they are; None for the whole Act."""
    if not names:
        yield None
        return
    for most in range(min(MAX_LISTED_DAYS, len(names)), 0, -1):
        yield _first(names, most)
    if len(names) > 1 and all(name.count for name in names):
        yield say("provisions", count=structure(sum(name.count or 0 for name in names)))


def _first(names: Sequence[_Name], most: int) -> Sentence:
    """Return the first names in a row, and how many provisions follow."""
    said, rest = [name.said for name in names], [name.count for name in names[most:]]
    if None in rest:
        return say("and others", named=together(said[:most], most))
    count = sum(filter(None, rest))
    return together([*said[:most], *(said[most:] if count == 1 else said[:1] * count)], most, "others")


def _when(begun: Sequence[Appointed]) -> Sentence:
    """Return from when provisions are in force: on one day, in stages, in part; on a day that is not stated."""
    days = sorted({each.date for each in begun if each.date})
    if not days:
        return say("begun")
    in_part = all(_is_part(each) for each in begun)
    template = "begins in stages" if len(days) > 1 else "begins in part" if in_part else "begins"
    return say(template, day=structure(day(days[0])))


def _is_part(each: Appointed) -> bool:
    return bool(each.qualification) and not _COMPLETING.search(each.qualification)


def sentences(begun: Sequence[Appointed]) -> Iterator[Sentence]:
    """Yield what an instrument brings into force: a sentence for each day, one for all where there is no room."""
    days = sorted({each.date for each in begun if each.date})
    acts = list(dict.fromkeys(each.act for each in begun if each.act))
    is_told = len(days) <= DAYS and all(each.is_read for each in begun) and len(acts) == 1
    told = list(_day_by_day(begun, days, acts[0])) if is_told else []
    if told and (len(days) < 2 or sum(word_limits.words(str(each)) for each in told) <= ROOM):
        yield from told
    else:
        named = name_list([law_headlines.called(act, law_headlines.ANY_LENGTH) for act in acts], 2)
        first, last = (structure(day(each)) for each in (days[0], days[-1])) if days else (named, named)
        template = "brings, days" if len(days) > 1 else "brings, day" if days else "brings"
        yield say(template, named=say("some provisions of", title=named), day=first, last=last)


def _day_by_day(begun: Sequence[Appointed], days: Sequence[str], act: str) -> Iterator[Sentence]:
    title = law_headlines.called(act, law_headlines.ANY_LENGTH)
    for place, date in enumerate(days or [""]):
        alike = [each for each in begun if each.date == date]
        yield from _of_day(alike, title if not place else say("same act"), date)


def _of_day(begun: Sequence[Appointed], title: Sentence, date: str) -> Iterator[Sentence]:
    whole = [each for each in begun if not each.qualification]
    limits = {each.qualification for each in begun if each.qualification}
    first = whole or begun
    names = _names(first)
    named = say("provisions of", named=_row(names), title=title) if names else title
    brings = "brings, day" if date else "brings"
    text = say(brings, named=named, day=structure(day(date)))
    if whole and limits:
        yield text
        limited = [each for each in begun if each.qualification]
        yield say("for some purposes", named=_row(_names(limited)))
    elif len(limits) == 1 and word_limits.words(next(iter(limits))) <= LIMIT_WORDS:
        yield (
            say("brings, limited", named=named, day=structure(day(date)), limit=source(limits.pop())) if date else text
        )
    elif limits:
        yield say("brings, in part", named=named, day=structure(day(date))) if date else text
    else:
        yield text


def _counted(names: Sequence[_Name]) -> int:
    """Return how many provisions there are, each once however many of its parts are named."""
    whole = {str(name.said): name.count or 1 for name in names if "(" not in str(name.said)}
    return sum(whole.values()) + len({str(name.said).partition("(")[0] for name in names} - whole.keys())


def _row(names: Sequence[_Name]) -> Sentence:
    return _first(names, len(names) if len(names) <= NAMED else MAX_LISTED_DAYS)


def _names(begun: Iterable[Appointed]) -> list[_Name]:
    """Return provisions for readers, each once, neighbours as a range; none where it is the whole Act."""
    found: dict[str, _Name] = {}
    rest = False
    for each in begun:
        rest = rest or each.is_rest
        for path in each.paths:
            for name in _of_path(path):
                found.setdefault(str(name.said), name)
    names = list(_in_runs(list(_apart(found.values()))))
    return [*names, _Name(say("remaining provisions"), None)] if rest else names


def _apart(names: Iterable[_Name]) -> Iterator[_Name]:
    """Yield names; those of a provision and of parts of it that are named beside it are not counted."""
    listed = list(names)
    holders = {str(name.said).partition("(")[0] for name in listed if "(" in str(name.said)}
    doubled = holders & {str(name.said) for name in listed}
    for name in listed:
        yield _Name(name.said, None) if str(name.said).partition("(")[0] in doubled else name


def _of_path(path: str) -> Iterator[_Name]:
    """Yield a provision, or those of a range: one by one where they are whole provisions with plain numbers."""
    first, _, last = path.partition("..")
    single = singly([path])
    if not last or (len(single) > 2 and first.rpartition("-")[0].count("-") % 2 == 0):
        for each in single:
            said = structure(numbered(each) or each.replace("-", " "))
            yield _Name(said, None if _HOLDER.search(each) else 1)
        return
    start, end = numbered(first), numbered(last)
    shared = 0
    while shared < min(len(start), len(end)) and start[shared] == end[shared]:
        shared += 1
    shared = max(start.rfind(" ", 0, shared) + 1, start.rfind("(", 0, shared + 1))
    is_within = start[shared : shared + 1] == "("
    yield _Name(structure(f"{start} to {end[shared:]}"), 1 if is_within else None)


def _in_runs(names: Sequence[_Name]) -> Iterator[_Name]:
    """Yield names, three and more with numbers in a row as a range."""
    run: list[_Name] = []
    for name in [*names, None]:
        if run and (name is None or not _follows(run[-1], name)):
            if len(run) >= _RUN:
                count = len(run) if all(each.count for each in run) else None
                yield _Name(structure(f"{run[0].said} to {str(run[-1].said).rpartition(' ')[2]}"), count)
            else:
                yield from run
            run = []
        if name is not None:
            run.append(name)


def _follows(one: _Name, other: _Name) -> bool:
    (unit, _, number), (next_unit, _, following) = (str(each.said).rpartition(" ") for each in (one, other))
    return unit == next_unit and number.isdecimal() and following.isdecimal() and int(following) == int(number) + 1


def places(store: Store, begun: Sequence[Appointed]) -> Iterator[tuple[str, str]]:
    """Yield the Acts that are brought into force, as far as we hold them, and their provisions by path."""
    for each in begun:
        if act := families.act_of_title(store, each.act):
            yield act, ""
            yield from ((act, path) for path in singly(each.paths))


def details(begun: Sequence[Appointed], root: str) -> list[dict[str, object]]:
    """Return what is brought into force, day by day, as an entry lists it."""
    rows: list[dict[str, object]] = []
    for act, date in dict.fromkeys(
        sorted(((each.act, each.date) for each in begun if each.act), key=lambda one: one[1])
    ):
        alike = [each for each in begun if (each.act, each.date) == (act, date)]
        groups: dict[str, list[Appointed]] = {}
        for each in alike:
            groups.setdefault(each.qualification if each.is_read else "?", []).append(each)
        parts = [str(_group(limit, group)) for limit, group in groups.items()]
        heading = say("act from", title=structure(act), day=structure(day(date))) if date else act
        rows.append({
            "kind": DETAIL, "verb": "", "document": root, "path": "", "heading": str(heading),
            "words": [["=", "; ".join(parts)]],
        })  # fmt: skip
    return rows


def _group(limit: str, begun: Sequence[Appointed]) -> Sentence:
    if not all(each.is_read for each in begun):
        return say("not read")
    names = [name.said for name in _names(begun)]
    named = together(names, len(names)) if names else say("whole act")
    return say("told apart", title=named, apart=source(limit)) if limit else named
