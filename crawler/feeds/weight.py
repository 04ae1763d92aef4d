"""Legal weight, said with its place: whom something binds and where, else that this is not stated.

The tables were compiled on 28 November 2026 from the recitals of the acts, and wait for a lawyer's review. An act of
the EU stands in one of its own where its recitals, or a decision on it, say whether Denmark and Ireland take part
(Protocols 21 and 22 to the Treaties); of any other its own recitals say it, as far as they are read, else that is not
stated. The United Kingdom was bound by acts of the EU until the end of 2020 at the latest.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from crawler.wording import day

NOT_STATED = "Not stated"
LAW = ("legislation", "act", "asp", "si", "regulation", "directive", "decision", "treaty")
"""Kinds of documents that are law."""

NATIONS = ("United Kingdom", "Great Britain", "England and Wales", "England", "Wales", "Scotland", "Northern Ireland")
"""Places where law of legislation.gov.uk is binding."""
OF_ENGLAND_AND_WALES = ", as part of the law of England and Wales"
_PART = "United Kingdom or a part of it"
"""Where a law of the United Kingdom applies of which nothing says where."""
NARROW = ("England and Wales", "England", "Wales", "Scotland", "Northern Ireland")
"""Places that a duty to have regard to guidance can have: one for the whole United Kingdom is none of them all."""
_NO_DENMARK = "binds EU member states except Denmark"
_NO_UK = "not the United Kingdom"
INSTRUMENTS: Mapping[str, str] = MappingProxyType({
    # Recitals 35 to 37; the United Kingdom by Decision 2011/692/EU, Ireland by its own wish.
    "celex:32011L0036": f"{_NO_DENMARK} (Ireland took part); {_NO_UK}, which had opted in before it left",
    # Denmark: Protocol 22; what Ireland did was not found in the sources at hand.
    "celex:32024L1712": f"{_NO_DENMARK} (Ireland: not stated); {_NO_UK}",
    # Recitals 21 to 23: neither the United Kingdom nor Ireland nor Denmark.
    "celex:32004L0081": f"binds EU member states except Denmark and Ireland; {_NO_UK}",
    # Recitals 37 and 38: neither the United Kingdom nor Ireland nor Denmark.
    "celex:32009L0052": f"binds EU member states except Denmark and Ireland; {_NO_UK}",
    # Recitals 70 and 71: the United Kingdom and Ireland took part, Denmark did not.
    "celex:32012L0029": f"{_NO_DENMARK} (Ireland took part); {_NO_UK}, which had opted in before it left",
    # Article 21 of Directive 2011/36/EU replaces it for those who took part in that.
    "celex:32002F0629": f"replaced for the EU member states that Directive 2011/36/EU binds; {_NO_UK}",
    # Articles 50 and 114 of the TFEU, to which no protocol on justice and home affairs applies.
    "celex:32024L1760": f"binds EU member states, as to what is to be achieved; {_NO_UK}",
    # Articles 114 and 207 of the TFEU; whether it is to apply in Northern Ireland is a matter of the Windsor Framework.
    "celex:32024R3015": "binds in EU member states; not in Great Britain (Northern Ireland: not stated)",
    # Recitals on the Protocols: Denmark does not take part.
    "celex:32016R0794": f"{_NO_DENMARK} (Ireland: not stated); {_NO_UK}",
    "celex:32018R1727": f"{_NO_DENMARK} (Ireland: not stated); {_NO_UK}",
    "celex:32015R2219": f"{_NO_DENMARK} (Ireland: not stated); {_NO_UK}",
    # Recitals 44 and 45: neither Ireland nor Denmark.
    "celex:32014L0041": f"binds EU member states except Denmark and Ireland; {_NO_UK}",
    # Parts of it, each in its own article, bind the Union and the United Kingdom.
    "celex:22021A0430(01)": "binds the European Union and the United Kingdom",
})  # fmt: skip
"""What the instruments of the registry bind, one by one, by the id of their document."""

_OTHERS = "Denmark, Ireland and the United Kingdom: not stated"
UNION: Mapping[str, str] = MappingProxyType({
    "regulation": f"binds in EU member states ({_OTHERS})",
    "directive": f"binds EU member states, as to what is to be achieved ({_OTHERS})",
    "decision": "binds those it is addressed to, in the European Union",
})  # fmt: skip
"""What other acts of the EU bind, by kind (Article 288 of the TFEU)."""

BOUND = "bound"
"""The facet of entries with what an act says of Denmark and Ireland, or of all states; nothing is found under it."""
EVERYWHERE = "all member states"
"""The value of that facet where an act says itself that it binds all of them."""
PARTED = "differs by place"
"""The value of that facet where what was read of a law extends to different places in parts, or reads differently."""
_ADVISORY = "advisory"
OTHERS: Mapping[str, str] = MappingProxyType({
    "bill": "not law: a bill",
    "draft_si": "not law: a draft",
    "case_law": "decision of a court",
    **dict.fromkeys(
        ("guidance", "policy_paper", "manual", "form", "template", "training", "resource", "governance"), _ADVISORY
    ),
    "report": "not law: a report",
    "research": "not law: research",
    "statistics": "not law: statistics",
})  # fmt: skip
"""What is said of kinds that are no law. Those that stand nowhere have nothing to tell."""

_LASTING = ("report", "research", "statistics", "case_law", "bill", "draft_si")
"""Kinds whose weight does not end when their publisher withdraws them."""
ENDED = ("repealed", "revoked", "expired", "lapsed", "spent", "quashed", "superseded", "no longer in force")
_OVER = (*ENDED, "withdrawn")
_NOT_YET = ("prospective", "not yet in force")
_UNSTATED = ("", "not stated")
_PARTLY = ("in parts", "at least in part")
_UNTIL = re.compile(r"\buntil \d{4}-\d\d-\d\d\b.*")
"""The end of what was read: of a repealed law, or of a wording."""
_NATIONAL = re.compile(
    r"(?:ukpga|ukla|ukppa|ukcm|asp|aosp|nia|aip|apni|mnia|apgb|aep|anaw|asc|mwa|uksi|ssi|wsi|nisr|nisi|uksro|nisro|ukmo"
    r"|ukci)/\d.*"
)
"""Ids of the law of the United Kingdom: what it kept of the EU (eur, eudn, eudr) is judged provision by provision."""
_SENEDD = re.compile(r"(?:anaw|asc|mwa)/\d.*")
"""Ids of Acts and Measures of Wales, whose provisions are law of England and Wales (Government of Wales Act 2006)."""
_FRAMEWORK, _JOINT = re.compile(r"celex:320\d\dF"), re.compile(r"celex:319\d\dF")
"""Framework decisions bind as to the result (Article 34 of the Treaty as it was); joint actions were before them."""
_ACT = re.compile(r"celex:3\d{4}[LRDF]\d{4}.*|cellar:.+")


_ONE = r"(?:England|Wales|Scotland|Northern Ireland)"
_STATUTORY = re.compile(rf"\b(non-)?statutory guidance (?:for|in) ({_ONE}(?:(?:, and|,| and) {_ONE})*)", re.IGNORECASE)
"""The words of a title that say in which nations guidance is statutory, and in which it is not."""


def weight(
    kind: str, document: str, place: str, *, status: str = "", in_force: str = "", bound: Sequence[str] = ()
) -> str:  # fmt: skip
    """Return the legal weight of a document with its place; empty where its kind has none to tell.

    ``document`` is its id, ``place`` its jurisdiction, ``status`` its legal status, ``in_force`` since when it is law,
    ``bound`` what recitals of an act of the EU say of Denmark and Ireland, or titles of statutory guidance of nations.

    >>> weight("act", "ukpga/2015/30", "England and Wales", in_force="in parts"), weight("act", "url:x", "Scotland")
    ('Binding in England and Wales, in force in parts', 'Not stated')
    >>> weight("si", "uksi/2026/1", "Wales", in_force="2026-03-01"), weight("si", "uksi/2026/1", "Wales")
    ('Binding in Wales', 'Binding in Wales, if it is in force, which is not stated')
    >>> weight("act", "asc/2026/1", "Wales", in_force="2026-03-01")
    'Binding in Wales, as part of the law of England and Wales'
    >>> weight("act", "ukpga/2026/1", "", in_force="2026-03-01")
    'Binding in the United Kingdom or a part of it'
    >>> weight("act", "ukpga/2026/1", "Great Britain", in_force="2026-03-01", bound=[PARTED])
    'Binding in Great Britain, differing by place'
    >>> weight("si", "uksi/2026/1", "Scotland", status="revoked"), weight("guidance", "", "Wales")
    ('Was binding in Scotland: revoked', 'Advisory')
    >>> weight("si", "uksi/2026/1", "Wales", in_force="2027-03-01, until 2028-04-01: revoked")
    'Binding in Wales until 1 April 2028: revoked'
    >>> weight("guidance", "", "Wales", status="withdrawn"), weight("report", "", "", status="withdrawn")
    ('Was advisory: withdrawn', 'Not law: a report, withdrawn')
    >>> weight("decision", "celex:32002F0584", "European Union").partition(" (")[0]
    'Binds EU member states, as to what is to be achieved'
    >>> weight("decision", "celex:31998F0699", "European Union"), weight("regulation", "cellar:x", "European Union")
    ('Not stated', 'Binds in EU member states (Denmark, Ireland and the United Kingdom: not stated)')
    """
    if kind not in LAW:
        return _of_no_law(kind, place, status.casefold(), bound)
    if status.casefold() == "draft":
        return _capital(OTHERS["draft_si"])
    if _NATIONAL.fullmatch(document):
        where = place or (_PART if kind in ("act", "si") else "")
        of = OF_ENGLAND_AND_WALES if place == "Wales" and _SENEDD.fullmatch(document) else ""
        return _national(where, status.casefold(), in_force, is_parted=PARTED in bound, of=of)
    union = "" if _JOINT.match(document) else UNION.get("directive" if _FRAMEWORK.match(document) else kind, "")
    base = INSTRUMENTS.get(document) or (_by_recitals(union, bound) if _ACT.fullmatch(document) else "")
    if kind == "treaty" and not base:
        return "Binding on the states that are party to it"
    if not base:
        return f"No longer law: {status.casefold()}" if status.casefold() in ENDED else NOT_STATED
    if status.casefold() in ENDED:
        return f"No longer binding in the European Union: {status.casefold()}"
    if status.casefold() in _NOT_YET or in_force == "not yet":
        return f"{_capital(base)}; not yet in force"
    return _capital(f"{base}; in force {in_force}" if in_force in _PARTLY else base)


def _by_recitals(union: str, bound: Sequence[str]) -> str:
    """Return what an act binds, with what it says itself of states that need not take part.

    >>> _by_recitals(f"binds in EU member states ({_OTHERS})", [EVERYWHERE])
    'binds in all EU member states (the United Kingdom: not stated)'
    >>> _by_recitals(UNION["directive"], [EVERYWHERE])
    'binds all EU member states, as to what is to be achieved (the United Kingdom: not stated)'
    >>> _by_recitals(f"binds in EU member states ({_OTHERS})", ["Denmark is not bound"])
    'binds in EU member states (by its recitals Denmark is not bound; Ireland and the United Kingdom: not stated)'
    >>> _by_recitals(f"binds them ({_OTHERS})", ["Denmark is not bound", "Ireland takes part"])
    'binds them (by its recitals Denmark is not bound, Ireland takes part; the United Kingdom: not stated)'
    """
    if not bound:
        return union
    if EVERYWHERE in bound:
        return union.replace("EU member states", "all EU member states").replace(
            _OTHERS, "the United Kingdom: not stated"
        )
    left = [state for state in ("Denmark", "Ireland") if not any(each.startswith(state) for each in bound)]
    unsaid = " and ".join([*left, "the United Kingdom"])
    return union.replace(_OTHERS, f"by its recitals {', '.join(bound)}; {unsaid}: not stated")


def _of_no_law(kind: str, place: str, status: str, bound: Sequence[str]) -> str:
    said, where = OTHERS.get(kind, ""), ""
    if kind == "bill" and place == "European Union":
        said = "not law: a proposal"
    if kind == "statutory_guidance":
        in_place = f" in {place}" if place in NARROW else "; in which nations: not stated"
        said, where = "statutory guidance", f" {bound[0]}" if bound else in_place
    if not said or status not in _OVER:
        return _capital(said + where)
    if kind in _LASTING:
        return f"{_capital(said)}, {status}"
    return f"Was {said}: {status}{where}" if where.startswith(";") else f"Was {said}{where}: {status}"


def nations(title: str) -> str:
    """Return in which nations guidance is statutory and in which not, as its title says, empty where it does not.

    >>> nations("Samples: statutory guidance for England and Wales and non-statutory guidance for Scotland")
    'in England and Wales, not statutory in Scotland'
    """
    stated = {bool(match[1]): match[2] for match in _STATUTORY.finditer(title)}
    if False not in stated:
        return ""
    return f"in {stated[False]}" + (f", not statutory in {stated[True]}" if True in stated else "")


def _national(place: str, status: str, in_force: str, *, is_parted: bool, of: str) -> str:
    if place != _PART and not set(place.split(", ")) <= set(NATIONS):
        return NOT_STATED
    where = (f"{_named(place)}, differing by place" if is_parted else _named(place)) + of
    if status in ENDED:
        return f"Was binding in {where}: {status}"
    if status in _NOT_YET or in_force == "not yet":
        return f"Binding in {where} once it is in force, which it is not yet"
    if in_force in _PARTLY:
        return f"Binding in {where}, in force {in_force}"
    if found := _UNTIL.search(in_force):
        return f"Binding in {where} {day(found[0])}"
    return f"Binding in {where}" + (", if it is in force, which is not stated" if in_force in _UNSTATED else "")


def _named(place: str) -> str:
    """Return places inside a sentence.

    >>> _named("United Kingdom"), _named("England, Scotland")
    ('the United Kingdom', 'England and Scotland')
    """
    first, _, last = place.rpartition(", ")
    return f"the {place}" if place in ("United Kingdom", _PART) else f"{first} and {last}" if first else place


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
