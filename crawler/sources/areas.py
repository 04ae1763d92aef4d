"""Where something applies, in the words of the registry and of localities.yaml, and what that means for readers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from crawler.sources.rules import mapping
from crawler.sources.territory import joined
from crawler.sources.yaml_positions import read_table

FILE = Path(__file__).parent / "localities.yaml"
WIDER = frozenset({"United Kingdom", "Great Britain", "England and Wales"})
"""Places that hold more than one nation, instead of which the nation of a locality is stated."""
KINDS = frozenset({
    "collection", "form", "governance", "guidance", "manual", "policy_paper", "report", "research", "resource",
    "template", "training",
})  # fmt: skip
"""Kinds of documents that are of the place that they name."""
_OF_PARLIAMENT = re.compile(r"\b(?:Bill|Act|Order|Regulations|Committee)\b")
_LOCAL = (
    r"(?:City|County|Borough|Metropolitan|District|Unitary|Council|Combined|Authority|Police|Constabulary|Partnerships?"
    r"|Safeguarding|Safer|Community|Anti[- ]Slavery|Modern Slavery|Network|Adults?|Children|Mayor(?:al)?|Region(?:al)?)"
)
"""What stands behind the name of a place that may be that of something else."""
_OFFICE = r"(?:City|County|(?:Royal )?Borough|Council) of "
_NOT_BEHIND = r"(?<!University of )(?<!Duchy of )(?<!Treaty of )(?<!Bank of )(?<!Duke of )(?<!New )(?<![\w-])"
_NOT_BEFORE = (
    r"(?![\w-])(?!(?:['\u2019]s)?(?: \w+){0,2} (?:Universit(?:y|ies)|College)\b)"
    r"(?! (?:Protocol|Declaration|Convention|Principles|Conference|Summit|Process|Road|Street|House|v\.? )\b)"
)


def locality(text: str) -> tuple[str, str] | None:
    """Return the places that a title names and the nation they are in; None where it names none, or those of several.

    >>> locality("SANDWELL terms of reference 2017"), locality("Reading list on slavery"), locality("Safe in Leeds")
    (('Sandwell', 'England'), None, ('Leeds', 'England'))
    >>> [locality(text) for text in ("Kent Police and Essex plan", "University of Leeds report", "Cardiff Council")]
    [('Kent and Essex', 'England'), None, ('Cardiff', 'Wales')]
    """
    known, plain, beside = _read()
    found = dict(sorted((match.start(), key) for match, key in _named(text, plain, beside)))
    whole = [key for key in found.values() if not any(key != other and key in other for other in found.values())]
    places = list(dict.fromkeys(known[key][0] for key in whole))
    nations = {known[key][1] for key in whole}
    if len(nations) != 1:
        return None
    return " and ".join(filter(None, [", ".join(places[:-1]), places[-1]])), nations.pop()


def narrow_places(kind: str, title: str, publisher: str) -> tuple[str, str] | None:
    """Return the places that a tool, report or piece of guidance is of, by its title or publisher, and their nation.

    None for documents of other kinds: in news a place is where something happened, in law what it is about.
    """
    return None if kind not in KINDS or _OF_PARLIAMENT.search(title) else locality(title) or locality(publisher)


def _named(text: str, *patterns: re.Pattern[str]) -> Iterator[tuple[re.Match[str], str]]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            said = next(filter(None, match.groups()))
            if said[0].isupper():
                yield match, said.casefold()


@cache
def _read() -> tuple[Mapping[str, tuple[str, str]], re.Pattern[str], re.Pattern[str]]:
    """Return places with their nations by what they are called in small letters, and the patterns that find them."""
    known: dict[str, tuple[str, str]] = {}
    names: dict[str, list[str]] = {"plain": [], "with": []}
    file = mapping(read_table(FILE))
    for nation in file:
        for how, row in mapping(file, nation).items():
            for name in str(row).split(", "):
                known[name.casefold()] = (name, nation)
                names[how].append(re.escape(name))
    plain, beside = ("|".join(sorted(each, key=len, reverse=True)) for each in names.values())
    return (
        known,
        re.compile(f"{_NOT_BEHIND}({plain}){_NOT_BEFORE}", re.IGNORECASE),
        re.compile(f"{_OFFICE}({beside})\\b|{_NOT_BEHIND}({beside})(?:['\u2019]s)? {_LOCAL}\\b", re.IGNORECASE),
    )


_PARTS = {
    "United Kingdom": ("Great Britain", "England and Wales", "England", "Wales", "Scotland", "Northern Ireland"),
    "Great Britain": ("England and Wales", "England", "Wales", "Scotland"),
    "England and Wales": ("England", "Wales"),
}
_NATIONS = frozenset({"England", "Wales", "Scotland", "Northern Ireland"})
_NATION = r"(?:the (?:\w+ )?English regions|England|Wales|Scotland|Northern Ireland)"
_STATED = re.compile(
    rf"\b(?:in|for|across|within|throughout|covering) {_NATION}(?![\w-])"
    rf"|(?:, | \(){_NATION}(?: and {_NATION})?\)?(?=[:\n])"
)
_SEVERAL = re.compile(rf"(?:\(|\b(?:in|for|across|covering) ){_NATION}(?:, {_NATION})*,? and {_NATION}(?![\w-])")
_NAMED = re.compile(r"\b(English regions|England|Wales|Scotland|Northern Ireland)(?![\w-])")
_NOT_ALONE = re.compile(
    r"\b(?:UK|U\.K\.|United Kingdom|(?:Great )?Britain|British Isles|Ireland(?<!Northern Ireland)|Scottish|Welsh"
    r"|elsewhere|outside|except\w*|exclud\w+|different\w*|separate\w*|other than|not|unlike|rather than)\b"
)
_BRITAIN = re.compile(
    r"\b(?:in|for|across|within|throughout|covering) Great Britain(?![\w-])|(?:, | \()Great Britain\)?(?=[:\n])"
)
_BESIDE_BRITAIN = re.compile(r"\b(?:UK|U\.K\.|United Kingdom|British Isles|Ireland)\b")
_LANGUAGE = re.compile(r"\((?:in )?(?:Welsh|Scottish Gaelic|Gaelic)(?: language)?(?: version| translation)?\)")
"""Says in which language a text is, which is no word on where it applies."""
_OF_A_PLACE = KINDS | {"correspondence", "notice", "page", "statistics", "statutory_guidance"}


def areas(jurisdiction: str) -> tuple[str, ...]:
    """Return every jurisdiction whose reader something concerns: where it applies, what lies in it, and what holds it.

    Who asks for Wales gets what applies in the United Kingdom as a whole, too; who asks for the United Kingdom gets
    what applies in Wales alone. Several places stand with commas between them.

    >>> areas("Scotland")
    ('Great Britain', 'Scotland', 'United Kingdom')
    >>> areas("Wales, Northern Ireland")
    ('England and Wales', 'Great Britain', 'Northern Ireland', 'United Kingdom', 'Wales')
    >>> areas("European Union"), areas("")
    (('European Union',), ())
    """
    places = set(filter(None, jurisdiction.split(", ")))
    found = set(places)
    for place in places:
        found |= set(_PARTS.get(place, ()))
        found |= {whole for whole, parts in _PARTS.items() if place in parts}
    return tuple(sorted(found))


def stated(wider: str, kind: str, title: str, summary: str) -> str:
    """Return the part of a wider place for which a document says that it is, empty where it states none.

    A nation is stated with a preposition, or at the end of a title; where words name another one or the whole of the
    United Kingdom beside it, or set it apart, nothing is; of several those that a title names in one. News and law only
    happen somewhere or have their own extent.

    >>> stated("United Kingdom", "statistics", "Deaths in care homes, England and Wales", "")
    'England and Wales'
    >>> stated("United Kingdom", "guidance", "Legal aid", "We help people in England. A different scheme is in Wales.")
    ''
    >>> stated("United Kingdom", "guidance", "Referral: adult (Northern Ireland and Scotland)", "")
    'Scotland, Northern Ireland'
    >>> stated("United Kingdom", "statistics", "Road traffic in Great Britain: January to March 2029", "")
    'Great Britain'
    """
    words = _LANGUAGE.sub("", f"{title}\n{summary}")
    if kind in _OF_A_PLACE and wider == "United Kingdom" and _BRITAIN.search(words):
        is_alone = not (_BESIDE_BRITAIN.search(words) or _NAMED.search(words))
        return "Great Britain" if is_alone else ""
    if kind not in _OF_A_PLACE or not _STATED.search(words) or _NOT_ALONE.search(words):
        return ""
    found = _nations(words)
    several = _SEVERAL.search(title)
    place = joined(found) if len(found) == 1 or (several and _nations(several[0]) == found) else ""
    place = "England and Wales" if found == {"England", "Wales"} else place
    return place if place and set(place.split(", ")) <= set(_PARTS.get(wider, ())) else ""


def _nations(words: str) -> set[str]:
    return {"England" if name == "English regions" else name for name in _NAMED.findall(words)}


def stated_together(kind: str, titles: Sequence[str]) -> str:
    """Return for which part of the United Kingdom, or that for all of it, titles of attachments say that they are.

    >>> stated_together("guidance", ["Statutory guidance for England and Wales and guidance for Scotland"])
    ''
    >>> stated_together("guidance", ["Rules for England and Wales", "Advice for Scotland and Northern Ireland"])
    'United Kingdom'
    >>> stated_together("guidance", ["Rules for England", "Rules in short for England"])
    'England'
    >>> stated_together("guidance", ["Rules for England and Wales", "Rules for Scotland (Welsh version)"])
    'Great Britain'
    """
    named = {name for title in titles if _STATED.search(f"{title}\n") for name in _nations(title)}
    places = {stated("United Kingdom", kind, title, "") for title in titles}
    if named >= _NATIONS or (len(places) > 1 and "" not in places):
        return joined(named)
    return places.pop() if len(places) == 1 else ""
