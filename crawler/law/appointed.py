"""Which provisions of another law an instrument brings into force, and when: what commencement orders say.

What they say is put into the words of a law on its own commencement, and read as those are (:mod:`crawler.law.own`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from crawler.law.days import Origin
from crawler.law.own import MENTION, own_steps
from crawler.law.pieces import DAY, iso
from crawler.law.places import Listed, Source, place_of, rows_of
from crawler.law.stated import provision_sentences as sentences
from crawler.law.stated import subsections

_WORD = (
    r"(?:[A-Z][\w'\u2019-]*,?|\((?!the\b)[A-Z][^()]{0,80}\)|and|of|the|for|etc\.?|&c\.?|to|in|from|with|on|against|by)"
)
_ACT = (
    r"(?!(?:Schedule|Part|Chapter|Secretary|Treasury|Scottish Ministers|Welsh Ministers|Department)\b)"
    rf"[A-Z][\w'\u2019-]*,?(?: {_WORD}){{0,16}}? (?:Act|Measure)(?: \(Northern Ireland\))? [12]\d{{3}}"
)
_ALIAS = r"\u201c(?P<alias>[Tt]he [^\u201d]{0,60}(?:Act|Measure))\u201d"
_NAMED = re.compile(
    rf"\b[Tt]he (?P<act>{_ACT})(?: ?\((?:c|asp|anaw|asc|nawm)\.? ?\d+(?: ?\(N\.? ?I\.?\))?\))?(?: ?\({_ALIAS}\))?"
)
_MEANS = re.compile(rf"{_ALIAS} means the (?P<act>{_ACT})")
_OF_TITLE = re.compile(rf"(?:The )?(?P<act>{_ACT})(?:, Section \d+\w*)? \((?:Commencement|Appointed)")
_TITLES = re.compile(r"\b(?:commencement|appointed days?)\b", re.IGNORECASE)
_COMING = r"coming into (?:force|operation)"
_COMES = r"(?:shall |do |does |is to |are to |to |should )?comes? into (?:force|operation)"
_ON = rf"(?P<on>{DAY.pattern})"
_DAY_FIRST = re.compile(
    rf"{_ON} (?:is|are|shall be) (?:hereby )?(?:the |an? )?(?:appointed )?(?:day |date )?(?:hereby )?(?:appointed )?"
    rf"(?:as the (?:day|date) )?"
    rf"(?:for the {_COMING} of (?P<of>.+)|(?:for|on which) (?P<for>.+?) {_COMES}(?P<tail>\W.*|$))",
    re.DOTALL,
)
_DAY_LAST = re.compile(
    rf"\bthe (?:appointed (?:day|date)|(?:day|date) (?:hereby )?appointed)\b.*?\bfor (?:the {_COMING} of (?P<of>.+?)"
    rf"|(?P<for>.+?) {_COMES}) (?:is|are|shall be)(?: to be)? {_ON}(?P<tail>.*)",
    re.DOTALL | re.IGNORECASE,
)
_BRINGS = re.compile(
    rf"(?:th(?:is|e|ese) (?:Order|Regulations|Rules|instrument)|it|they|(?:article|regulation)s? [\w(), ]+?)"
    rf"(?: \([^()]*\))? (?:also )?brings? (?:into (?:force|operation),? (?P<first>(?:on )?{DAY.pattern},? )?(?P<of>.+)"
    r"|(?P<for>.+?) into (?:force|operation)(?P<tail>\W.*|$))",
    re.DOTALL | re.IGNORECASE,
)
_INTO = re.compile(rf"\b{_COMES}\b")
_OWN = re.compile(r"\bth(?:is|ese) (?:Order|Regulations|Rules)\b")
_SCHEDULED = re.compile(
    r"\b(?:specified|listed|mentioned|set out|described|contained|referred to) in"
    r" (?:(?:the )?(?:column|\w+ column)[\w() ]* (?:of|in) )?(?:the table in )?(?:(?P<part>Part \w+) of )?"
    r"(?:the |that )?(?P<schedule>Schedule(?: \d+\w*)?)\b",
    re.IGNORECASE,
)
_LIST = re.compile(r"(?P<head>.*?\bfollowing\b[^—\u2013:]*?)\s*(?P<list>[—\u2013:-].*)", re.DOTALL)


_LAW = re.compile(r"\b(?:Act|Measure)\b")
_NAMELY = re.compile(r",? (?:that is to say|namely),?(?=\s*[—\u2013:-])")
_THIS = "this Act"
_NO_DAY = "1st January 1000"
"""What is read as the day where none is stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed:
    """Provisions of an Act that are brought into force on one day, for one purpose.

    ``act`` is its title without an article, ``paths`` are as in versions, ``first..last`` for a range; none where it is
    the whole Act, the rest of it (``is_rest``), or what could not be read (``is_read``). ``date`` is an ISO day, empty
    where none is stated; ``qualification`` says for what they are in force, as printed; empty for everything.
    """

    act: str = ""
    paths: tuple[str, ...] = ()
    date: str = ""
    qualification: str = ""
    is_rest: bool = False
    is_read: bool = True


def is_commencement_order(title: str) -> bool:
    """Whether an instrument says in its title that it brings provisions of a law into force."""
    return _TITLES.search(title) is not None


def commenced_act(title: str) -> str:
    """Return the Act that a commencement order names in its title, empty for what is none.

    >>> commenced_act("The Sample Exploitation Act 2001 (Commencement No. 2) Order 2003")
    'Sample Exploitation Act 2001'
    """
    named = _OF_TITLE.match(title)
    return named["act"] if named else ""


def appointed(title: str, sections: Sequence[Source], origin: Origin, summary: str = "") -> tuple[Appointed, ...]:
    """Return what an instrument brings into force by its own provisions, else by its note or ``summary``.

    ``sections`` are its provisions in their order, with path, heading and text.
    """
    names = _names(title, [*(section.text for section in sections), summary])
    found: list[Appointed] = []
    for section in sections:
        if section.path.partition("-")[0] in ("article", "regulation", "rule", "section", "paragraph", "order"):
            found += _of_provision(section, sections, names, origin)
    if not found or not all(each.is_read and each.date for each in found):
        notes = [section.text for section in sections if section.path.partition("-")[0] == "note"]
        told = [each for text in (*notes, summary) for each in _of_note(text, names, origin)]
        if told and all(each.is_read for each in told) and (all(each.date for each in told) or not found):
            found = told
    return tuple(dict.fromkeys(found))


def _names(title: str, texts: Sequence[str]) -> Mapping[str, str]:
    """Return by what names other laws are called, and their titles."""
    names: dict[str, str] = {}
    for text in texts:
        for match in (*_MEANS.finditer(text), *_NAMED.finditer(text)):
            names[f"the {match['act']}"] = match["act"]
            if alias := match["alias"]:
                names.setdefault(f"the {alias[4:]}", match["act"])
    own = _OF_TITLE.match(title)
    acts = set(names.values())
    if own is not None or len(acts) == 1:
        names.setdefault("the Act", own["act"] if own is not None else next(iter(acts)))
    if len(acts) == 1:
        names["that Act"] = next(iter(acts))
    return names


def _of_provision(
    section: Source, sections: Sequence[Source], names: Mapping[str, str], origin: Origin
) -> Iterator[Appointed]:
    """Yield what a provision of the instrument brings into force."""
    for _, words in subsections(section.text):
        for sentence in sentences(words):
            stated = _stated(sentence.strip())
            if stated:
                yield from _read(stated, section.text, sections, names, origin)


def _of_note(text: str, names: Mapping[str, str], origin: Origin) -> Iterator[Appointed]:
    for sentence in sentences(text):
        if stated := _stated(re.sub(r"^\([^()]*\)\s*", "", sentence.strip()), is_note=True):
            yield from _read(stated, text, (), names, origin)


def _stated(sentence: str, *, is_note: bool = False) -> str:
    """Return a sentence as *provisions come into force on a day*, empty where it says nothing of that kind."""
    found = _DAY_FIRST.search(sentence) or _DAY_LAST.search(sentence) or (_BRINGS.match(sentence) if is_note else None)
    if found is None:
        return sentence if _INTO.search(sentence) and not is_note else ""
    groups = found.groupdict()
    what, tail = groups["of"] or groups["for"], (groups.get("tail") or "").rstrip(" .")
    on = groups.get("on") or (groups.get("first") or "").strip(" ,").removeprefix("on ")
    if not on and (day := DAY.search(tail or what)):
        on = day[0]
        head, _, behind = (tail or what).partition(f"on {on}")
        what, tail = (head, behind) if not tail else (what, f"{head}{behind}")
    items = _LIST.match(what)
    if items is not None and not tail:
        what, tail = items["head"], items["list"]
    comes = f" come into force on {on}" if on else " come into force"
    return f"{what.rstrip(' ,.')}{comes}{tail}"


def _read(
    stated: str, article: str, sections: Sequence[Source], names: Mapping[str, str], origin: Origin
) -> Iterator[Appointed]:
    """Yield what a sentence states of provisions of one other law; of several nothing is read."""
    comes = _INTO.search(stated)
    if comes is None or MENTION.search(stated, 0, comes.start()):
        return
    subject = stated[: comes.start()]
    called = [name for name in sorted(names, key=len, reverse=True) if _is_in(name, subject)]
    acts = {names[name] for name in called if not any(name in longer for longer in called if longer != name)}
    day = DAY.search(stated, comes.end())
    date = iso(day) if day is not None else ""
    if len(acts) != 1:
        yield from (Appointed(is_read=False) for _ in _LAW.findall(subject)[:1])
    elif found := _SCHEDULED.search(subject):
        rows = rows_of(article, found["schedule"], found["part"] or "", sections)
        for row in rows or (Listed(paths=()),):
            on = row.date or date
            yield Appointed(
                act=next(iter(acts)), paths=row.paths, date=on, qualification=row.limit, is_read=bool(row.paths and on)
            )
    elif not _OWN.search(subject):
        aliases = [name for name in names if names[name] in acts]
        steps = list(_steps(stated, comes.end(), sorted(aliases, key=len, reverse=True), origin))
        yield from (
            replace(step, act=next(iter(acts))) for step in steps or [Appointed(act="", date=date, is_read=False)]
        )


def _steps(stated: str, end: int, aliases: Sequence[str], origin: Origin) -> Iterator[Appointed]:
    """Yield what is stated of provisions of a law, as that would state it of itself; ``end`` is that of *comes*."""
    named = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in aliases), re.IGNORECASE)
    plain = _NAMELY.sub("", stated if stated[end:].strip(" .") else f"{stated.rstrip(' .')} on {_NO_DAY}")
    printed = named.findall(plain)
    plain = f"{named.sub(_THIS, plain).rstrip(' .')}."
    for step in own_steps(place_of(""), plain, origin, is_headed=True):
        if step.reach in ("listed", "rest", "whole"):
            begin = plain[: max(plain.find(step.qualification), 0)].count(_THIS)
            yield Appointed(
                paths=step.paths,
                date="" if step.date.startswith(_NO_DAY[-4:]) else step.date,
                qualification=_restored(step.qualification, printed[begin:]),
                is_rest=step.reach == "rest",
            )


def _restored(words: str, printed: Sequence[str]) -> str:
    """Return words in which each *this Act* is what is printed there."""
    first, *others = words.split(_THIS)
    return first + "".join(f"{name}{other}" for name, other in zip(printed, others, strict=False))


def _is_in(name: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) is not None
