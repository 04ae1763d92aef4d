"""What an instrument is for, in its publisher's words: of an Act its long title, of an order what it does by its note.

The description in the metadata is the first paragraph of the note, which often tells of another law alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crawler.model import Section
from crawler.protocols.legislation.metadata import Metadata
from crawler.protocols.legislation.tree import DC, LEG, words

MOST = 3
"""Most sentences of a note."""
FEWEST_WORDS = 8
"""Fewest words of one."""

_KIND = r"(?:Order|Regulations|Rules|Scheme|Measure|Instrument|Byelaws|Act of (?:Sederunt|Adjournal))"
_UNIT = r"(?:Article|Regulation|Rule|Paragraph|Part|Schedule)s?"
_ITSELF = re.compile(
    rf"(?:(?:This|These|The) {_KIND}|{_UNIT} [\w(), ]{{1,40}} (?:of|to) th(?:is|ese) {_KIND})\b", re.IGNORECASE
)
_DOES = re.compile(
    r"(?:,[^,]{1,60},)? (?:also |further |only |therefore |come into (?:force|operation) [^,;]{1,60} and )?"
    r"(?:(?:add|amend|appoint|approve|authorise|bring|change|"
    r"confer|consolidate|correct|define|designate|enable|establish|exempt|extend|fix|give|grant|impose|implement|"
    r"increase|insert|introduce|make|omit|permit|prescribe|prohibit|proscribe|provide|remove|repeal|replace|require|"
    r"restrict|revoke|set|substitute|suspend|transfer|transpose|update)(?:e?s)?|"
    r"(?:appl|disappl|modif|specif|var)(?:y|ies))\b"
)
_END = re.compile(
    "(?<=[a-z0-9)\\]\u201d\u2019]\\.)(?<!\\b[Nn]o\\.)(?<!\\b[Ee]tc\\.)(?<!\\b[cp]\\.)\\s+(?=[A-Z\u201c(])"
)
_LABEL = re.compile(r"^\(This note is not part of [^()]*\)\s*", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:impact assessment|transposition note|explanatory memorandum|code of practice on the carrying out)\b"
    r"|\bmade (?:in|under)\b.*\b(?:exercise|power)",
    re.IGNORECASE,
)
"""What stands in every note."""
_WORD = r"(?:[A-Z][\w'\u2019-]*,?|\([A-Z][^()]{0,80}\)|\(No\. ?\d+\)|and|of|the|for|etc\.?|to|in|from|with|on)"
_TITLE = (
    rf"[A-Z][\w'\u2019-]*,?(?: {_WORD}){{0,16}}? (?:Act|Measure|Order|Regulations|Rules|Scheme)"
    r"(?: \(Northern Ireland\))? [12]\d{3}"
)
_CALLED = re.compile(
    rf"\b[Tt]he (?P<title>{_TITLE})(?: \([^()\u201c]*\))*,? \((?:the )?\u201c(?P<alias>[^\u201d]{{3,60}})\u201d\)"
)
_ACT = re.compile(rf"\b[Tt]he (?P<title>{_TITLE})|\b(?P<that>[Tt]hat (?:Act|Measure))\b")
_SCHEDULE = re.compile(r"\b(?P<number>Schedule \w+) to (?=that |the )")
_THAT = re.compile(r"\bthat (?P<what>Act|Measure|Schedule)\b")


def summary(data: Metadata, sections: Iterable[Section]) -> str | None:
    """Return what an instrument is for: its description; where that is of a bill or of another law, words of its own.

    None where its publisher says nothing.
    """
    described = words(data.element.find(f"{DC}description"))
    if data.type.category == "primary" and (not described or described.startswith("A Bill ")):
        return words(data.root.find(f".//{LEG}PrimaryPrelims/{LEG}LongTitle")) or None
    if data.type.category == "primary" or _does(described):
        return described or None
    note = " ".join(section.text for section in sections if section.path.partition("-")[0] == "note")
    note = _LABEL.sub("", note)
    found = list(_doing(note)) or list(_doing(described))
    return " ".join(found[:MOST]) or described or " ".join(list(_telling(note))[:MOST]) or None


def _does(sentence: str) -> bool:
    """Tell whether a sentence says what the instrument does."""
    itself = _ITSELF.match(sentence)
    return itself is not None and _DOES.match(sentence, itself.end()) is not None


def _doing(note: str) -> Iterator[str]:
    """Yield the sentences of an explanatory note that say what the instrument does.

    What they call by a name that another sentence explains stands in it by its title, in square brackets.

    >>> list(_doing("The Sample Act is about samples. Article 2 of this Order adds one to its list. It was laid."))
    ['Article 2 of this Order adds one to its list.']
    >>> list(_doing("The Sample Rules 2029 (“the 2029 Rules”) are old. These Rules amend the 2029 Rules as to fees."))
    ['These Rules amend [the Sample Rules 2029] as to fees.']
    >>> before = "Schedule 2 to the Sample Act 2029 is a list. It is in that Act."
    >>> list(_doing(f"{before} This Order adds three more names to that Schedule."))
    ['This Order adds three more names to [Schedule 2 to the Sample Act 2029].']
    """
    found, before = list[str](), ""
    for sentence in _END.split(note):
        if _does(sentence) and sentence.count(" ") >= FEWEST_WORDS - 1:
            told = " ".join(found)
            yield _explained(sentence, before, told)
            found.append(sentence)
        before = f"{before} {sentence}"


def _explained(sentence: str, before: str, told: str) -> str:
    """Return a sentence with the titles of laws that only what stands ``before`` it, and is not ``told``, explains."""
    for match in _CALLED.finditer(before):
        name = f"the {match['alias'].removeprefix('the ')}"
        if match[0] not in told:
            sentence = re.sub(rf"\b{re.escape(name)}\b(?!\u201d)", f"[the {match['title']}]", sentence)
    that = _THAT.search(sentence)
    if that is None or _ACT.search(sentence, 0, that.start()) or _ACT.search(told):
        return sentence
    meant = _meant(that["what"], before)
    return f"{sentence[: that.start()]}[{meant}]{sentence[that.end() :]}" if meant else sentence


def _meant(what: str, before: str) -> str:
    """Return the Act, or the schedule of one, that was named last; empty where there is none."""
    if what == "Schedule":
        schedules = list(_SCHEDULE.finditer(before))
        act = _ACT.match(before, schedules[-1].end()) if schedules else None
        if act is None:
            return ""
        of = f"the {act['title']}" if act["title"] else _meant("Act", before[: act.start()])
        return f"{schedules[-1]['number']} to {of}" if of else ""
    titles = [match["title"] for match in _ACT.finditer(before) if match["title"]]
    return f"the {titles[-1]}" if titles and not titles[-1].endswith(("Order", "Rules")) else ""


def _telling(note: str) -> Iterator[str]:
    """Yield the sentences of a note that are on the subject, where none says what the instrument does."""
    for sentence in _END.split(note):
        if sentence.count(" ") >= FEWEST_WORDS - 1 and not _ASIDE.search(sentence):
            yield sentence
