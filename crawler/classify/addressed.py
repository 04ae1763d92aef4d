"""For whom something is made: only where its own words address somebody, not wherever somebody is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

TITLE, SUMMARY = "title", "summary"

WHO: Mapping[str, str] = MappingProxyType({
    "police": r"police(?: officers?| staff| forces?)?|law enforcement(?: officers?)?|detectives|heddlu|politie",
    "prosecutors": r"prosecutors?|crown prosecution service|erlynwyr|officieren van justitie|openbaar ministerie",
    "judges_and_defence": (
        r"judges?|judiciary|judicial authorities|magistrates|solicitors|barristers|lawyers|legal (?:practitioners|"
        r"professionals)|"
        r"barnwyr|cyfreithwyr|rechters|advocaten"
    ),
    "immigration_and_border": (
        r"border force(?: staff| officers)?|immigration (?:officers|officials|enforcement|staff)|border (?:guards?|"
        r"officials|officers|staff)|"
        r"uk visas and immigration|swyddogion mewnfudo|grenswachters|marechaussee"
    ),
    "labour_inspectors": (
        r"labour inspect(?:ors?|orates?|ions?)|licensing (?:officers|inspectors)|"
        r"gangmasters and labour abuse authority|"
        r"glaa|arbeidsinspect(?:ie|eurs)"
    ),
    "tax_and_customs": r"hmrc|tax (?:officers|officials|authorities|inspectors)|customs (?:officers|officials)|"
    r"belastingdienst|douane",
    "local_authority": (
        r"local authorit(?:y|ies)(?: staff| officers)?|councils?|councillors?|local government|"
        r"awdurdod(?:au)? lleol|cynghorau|gemeenten?"
    ),
    "adult_social_care": (
        r"adult social (?:care|workers?)|social care(?: staff| workers?| professionals| providers)?|social workers?|"
        r"safeguarding adults|gofal cymdeithasol|gweithwyr cymdeithasol|maatschappelijk werkers"
    ),
    "childrens_services": (
        r"children['\u2019]s (?:services|social (?:care|workers?))|child protection(?: staff| professionals| workers)?|"
        r"social workers?|gwasanaethau plant|gweithwyr cymdeithasol|jeugdzorg"
    ),
    "health": (
        r"health and social care(?: staff| professionals| workers?| providers)?|"
        r"health ?care(?: staff| professionals| workers?| providers)?|"
        r"health (?:staff|professionals|workers?|services|practitioners)|"
        r"nhs(?: staff| trusts)?|nurses|midwives|doctors|gps|clinicians|paramedics|gweithwyr iechyd|zorgverleners|"
        r"huisartsen"
    ),
    "education": r"teachers?|schools?|colleges|education (?:staff|professionals)|universit(?:y|ies)(?: staff)?|"
    r"athrawon|ysgolion|leraren|docenten|scholen",
    "housing": (
        r"housing (?:officers|staff|professionals|providers|associations|teams)|landlords|"
        r"homelessness (?:staff|services|workers|sector)|swyddogion tai|woningcorporaties"
    ),
    "ngo_support": (
        r"ngos?|non-governmental organisations|charit(?:y|ies)|(?:voluntary|third) sector(?: organisations| staff)?|"
        r"support workers?|civil society(?: organisations)?|volunteers|elusennau|hulpverleners"
    ),
    "trade_unions": r"trade unions?|union (?:reps|representatives)|undebau llafur|vakbonden",
    "business": (
        r"business(?:es)?|employers?|compan(?:y|ies)|recruiters|recruitment agencies|labour providers|suppliers|"
        r"(?:procurement|commercial) (?:staff|professionals|officers|teams|practitioners)|hotels?|hoteliers?|busnesau|"
        r"cyflogwyr|bedrijven|werkgevers"
    ),
    "policy_and_research": r"policy ?-?makers?|researchers|academics|ymchwilwyr|beleidsmakers|onderzoekers",
})  # fmt: skip
"""Words that name each value of aimed at."""

_PATTERNS = {value: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for value, words in WHO.items()}
_FURTHER = re.compile(
    r"\b(?:other|others|anyone|everyone|people|person|individuals|public|professionals?|practitioners?|staff|workers?"
    r"|employees|managers|officers?|officials|caseworkers|agenc(?:y|ies)|organi[sz]ations?|bodies|partners?"
    r"|partnerships?|authorities|responders?|frontline|sectors?|services|providers|teams|departments|leads?)\b",
    re.IGNORECASE,
)
"""Readers that none of the values is: where they are named beside others, those others are not all."""
_THING = (
    r"(?:guid(?:e|ance)|training|courses?|modules?|toolkit|resources?|resource packs?|e-?learning|booklet|briefing"
    r"|handbook|manual|webinars?|workshops?|advice|information|materials?|leaflet|factsheet|checklist"
    r"|codes? of practice|standards?|protocol|template|document|publication|framework|policy|page"
    r"|instructions?|cwrs|cursus|handreiking)"
)
_IN_TITLE = re.compile(
    rf"\b{_THING}\b(?: [\w'\u2019-]+){{0,6}}? for (?P<rest>.+)|\b{_THING}: for (?P<too>.+)", re.IGNORECASE
)
_ITS_TRAINING = re.compile(rf"(?P<rest>\b(?:{'|'.join(WHO.values())})) training\b", re.IGNORECASE)
_CUE = re.compile(
    rf"\b(?:(?:this|the|our) (?:[\w'\u2019-]+ ){{0,4}}?{_THING}(?: and [\w-]+)?"
    rf" (?:is|are|was|were|has been)|it is|(?:^|(?<=\. )){_THING})"
    r" (?:(?:primarily|mainly|chiefly|specifically|also) )?"
    r"(?:aimed (?:primarily |mainly )?at|(?:intended|designed|written|developed|produced) for|for use by|for)"
    r" (?P<rest>[^.;!?\n]+)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:\d[\d.]* )?(?:(?:target|intended) )?audience|(?:\d[\d.]* )?who (?:is (?:it|this(?: [\w-]+){0,2}) for"
    r"|(?:it|this(?: [\w-]+){0,2}) is (?:for|aimed at)"
    r"|should (?:attend|read|use|take|complete)(?: (?:it|this)(?: [\w-]+)?)?)",
    re.IGNORECASE,
)
_LIST_END = re.compile(
    r"\s[\u2013\u2014-]\s|[.;:!?(]|\b(?:on|about|to|who|whose|that|which|when|where|in|with|from|under|by|against|during"
    r"|of|is|are|was|were|how|what|as|at|across|supporting|working|dealing|responding)\b",
    re.IGNORECASE,
)
_UNDER = 600
"""Most characters read under a heading that asks for whom something is."""
READ = 6_000
"""Most characters of a text that are read: for whom it is a document says at its beginning."""


class Passage(NamedTuple):
    """Words at a place: ``title``, ``summary``, or the path of a part, of which a heading stands before its text."""

    place: str
    text: str
    is_heading: bool = False


class Addressed(NamedTuple):
    """A value of aimed at, and the words that give it, as offsets in characters into the text of a place."""

    value: str
    place: str
    start: int
    end: int
    words: str


def addressed(passages: Iterable[Passage]) -> tuple[Addressed, ...]:
    """Return whom a document addresses in its own words, each once; nobody where it names others beside them.

    Words that address are "guidance for" in a title, "this guidance is for", "aimed at" and the like where the document
    speaks of itself, and what stands under a heading such as "Who this guidance is for".

    >>> [one.value for one in addressed([Passage("title", "Modern slavery: a guide for councils and the police")])]
    ['local_authority', 'police']
    >>> addressed([Passage("title", "Fines for employers"), Passage("p1", "Councils and police meet.")])
    ()
    >>> addressed([Passage("summary", "This guide is for local authorities and other agencies.")])
    ()
    """
    found: dict[str, Addressed] = {}
    for passage, start, end in _spans(passages):
        words = passage.text[start:end]
        left = words
        for value, pattern in _PATTERNS.items():
            for match in pattern.finditer(words):
                left = left[: match.start()] + " " * len(match[0]) + left[match.end() :]
                one = Addressed(value, passage.place, start + match.start(), start + match.end(), match[0])
                found.setdefault(value, one)
        if _FURTHER.search(left):
            return ()
    return tuple(found[value] for value in sorted(found))


def _spans(passages: Iterable[Passage]) -> Iterator[tuple[Passage, int, int]]:
    """Yield the stretches of words that say for whom something is, with where they begin and end."""
    asked, read = False, 0
    for passage in passages:
        text = passage.text
        if passage.is_heading:
            asked = bool(_HEADING.fullmatch(text.strip(" :.?")))
            continue
        if passage.place == TITLE:
            for pattern in (_IN_TITLE, _ITS_TRAINING):
                if match := pattern.search(text):
                    name = "rest" if match["rest"] else "too"
                    yield passage, match.start(name), _end(text, match.start(name), match.end(name))
            continue
        if asked:
            yield passage, 0, min(len(text), _UNDER)
            asked = False
        for match in _CUE.finditer(text, 0, READ):
            yield passage, match.start("rest"), _end(text, match.start("rest"), match.end("rest"))
        read += len(text) if passage.place != SUMMARY else 0
        if read > READ:
            return


def _end(text: str, start: int, end: int) -> int:
    found = _LIST_END.search(text, start, end)
    return found.start() if found else end
