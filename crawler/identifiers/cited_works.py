"""Works and provisions in running text: found in one pass over the signs that each kind begins with. Pure.

Each expression reads on over a bounded number of characters, so the time grows with the length of the text alone.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from string import ascii_uppercase

from ahocorasick_rs import AhoCorasick, Implementation

from crawler.identifiers import cited_law as law
from crawler.identifiers import cited_papers as papers
from crawler.identifiers import initials, welsh
from crawler.identifiers import report_numbers as numbers
from crawler.identifiers.acts import abbreviations, names
from crawler.identifiers.cited_law import Work
from crawler.identifiers.cited_provisions import PROVISION, RULES

_READ: tuple[tuple[str, re.Pattern[str], Callable[..., Iterator[Work]]], ...] = (
    ("eghlw", papers.URL, papers.read_address),
    ("DFM", welsh.TITLE, law.read_welsh),
    ("A", law.OF_COURT, law.read_of_court),
    ("AMORS", law.TITLE, law.read_title),
    ("aA", law.AS_TYPED, law.read_as_typed),
    ("A", law.WITHOUT_YEAR, law.read_without_year),
    ("".join(sorted({title[0] for title in abbreviations()})), initials.ABBREVIATED, initials.read_abbreviated),
    ("CEDFIJPR", law.EU, law.read_eu),
    ("SW", law.INSTRUMENT, law.read_instrument),
    ("C0123456789", law.CELEX, law.read_celex),
    ("12", papers.PROCEDURE, papers.simple("paper", lambda match: f"procedure:{match['n']}({match['t']})")),
    ("12", law.YEAR_NUMBER, law.read_year_number),
    ("12", law.YEAR_CHAPTER, law.read_year_chapter),
    ("VGWE", law.REGNAL, law.read_regnal),
    ("CSJ", papers.PAPER, papers.read_paper),
    ("E", papers.ECLI, papers.simple("case", lambda match: f"ecli:{match[0][5:]}")),
    ("E", papers.ECLI_BARE, papers.simple("case", lambda match: f"ecli:{match[0]}")),
    ("ABP", papers.EP, papers.read_ep),
    ("rRUGH", papers.RESOLUTION, papers.read_resolution),
    ("CTFJc", papers.CJEU, papers.read_cjeu),
    ("AaNn0123456789", papers.APPLICATION, papers.read_application),
    ("SCDd0123456789", papers.COUNCIL, papers.read_council),
    ("CE", papers.CETS, papers.simple("convention", lambda match: f"cets:{int(match['n']):03d}")),
    ("R", papers.RECOMMENDATION, papers.read_recommendation),
    ("C", papers.CM, papers.simple("recommendation", lambda match: f"coe-rec:CM/Rec({match['y']}){int(match['n'])}")),
    ("U", papers.COUNCIL_OF_SECURITY, papers.simple("un", lambda match: f"un:S/RES/{match['n']}({match['y']})")),
    ("I", papers.ILO_CONVENTION, papers.simple("convention", lambda match: f"ilo:C{int(match['n']):03d}")),
    ("CPR", papers.ILO_NUMBER, papers.read_ilo),
    ("ASEC", papers.UN, papers.read_un),
    ("".join(sorted({name[0] for name in names()} | {"D"})), papers.WELL_KNOWN, papers.read_well_known),
    ("[", papers.CASE, papers.read_case),
    ("E", papers.EHRR, papers.read_report),
    ("O[", numbers.OJ, numbers.reader("oj")),
    ("C", numbers.COMMAND, numbers.reader("command")),
    ("H", numbers.HOUSE, numbers.reader("paper")),
    ("CEGT", numbers.COE, numbers.reader("coe")),
    ("GI", numbers.ILO, numbers.reader("ilo")),
)
_PROVISION = re.compile(PROVISION)
_BY_FIRST: Mapping[str, tuple[tuple[re.Pattern[str], Callable[..., Iterator[Work]]], ...]] = {
    first: tuple((pattern, read) for firsts, pattern, read in _READ if first in firsts)
    for first in sorted({first for firsts, _, _ in _READ for first in firsts})
}
_DASH = r"\s?[-\u2010\u2011\u2013]\s?\d"
_FIXED: Mapping[str, str] = {
    "Act": r"s?(?!\w)", "Application": r"s?\s[Nn]o", "A/": "", "Art": "", "Annex": "", "Append": "", "ARTICLE": "",
    "act": r"\s[(12]", "ACT": r"\s[(12]", "ILO": r"\W", "International": r"\sL",
    "application": r"s?\s[Nn]o", "art": "", "annex": "", "append": "",
    "Res": r"(?:olutions?|\.)?\s", "res": r"(?:olutions?|\.)?\s", "GA": r"\s[Rr]es", "gov.uk/": "", "HRC": r"\s[Rr]es",
    "Council": r"\s", "Commission": r"\s", "CELEX": "", "COM": r"[\s(/:_-]", "Case": r"s?\s", "CETS": "", "CM/Rec": "",
    "Charter": "", "Convention": "", "Chap": r"(?:ters?|\.)?\s", "C": rf"(?:{_DASH}|[A-Z]{{2,4}}/|\(\d|\d{{3}}(?!\d))",
    "P": r"\d{3}(?!\d)", "R": r"\d{3}(?!\d)",
    "case": r"s?\s", "Directive": r"s?[\s,]", "Decision": r"s?[\s,]", "Delegated": "", "Doc.": "",
    "DIRECTIVE": r"\s", "DECISION": r"\s", "Dir": r"s?\.?\s[(\d]",
    "app": r"s?\.?\s\d", "App": r"s?\.?\s\d", "Ch": r"\.?\s\d", "REGULATION": r"\s",
    "Deddf": "", "doc.": "", "Euro": "", "EU": "", "ECLI": "", "ETS": "", "E/": "",
    "Framework": "", "FD": r"\s\d", "FEU": "", "F": _DASH, "http": r"s?://",
    "Implementing": "", "Joint": r"\s", "JOIN": "", "Joined": "",
    "Measure": r"s?\s", "No": r"s?\.?\s\d", "no": r"s?\.?\s\d", "Order": r"s?\s",
    "Parliament": r"\s", "Par": "", "Pt": r"s?\.?\s?\d|Pts?\.", "par": "", "pt": r"s?\.?\s?\d|pts?\.",
    "Recital": r"s?\s", "recital": r"s?\s",
    "legislation.gov": "", "eur-lex.e": "", "chap": r"(?:ters?|\.)?\s", "Sec": r"t?\.?\s?\d", "sec": r"t?\.?\s?\d",
    "OJ": r"\.?\s", "O.J": r"\.?\s", "CP": r"\.?(?:/[A-Z]|\s?[\d(])", "CPT": "/", "Cm": r"(?:n?d)?\.?\s?\d",
    "HC": r"\s", "HL": r"\s[Pp]", "EHRR": r"\s", "E.H.R": "", "GRE": r"(?:TA|VIO)[\s/(]", "ECRI": r"\s?\(",
    "THB-": "CP/", "Greco": r"(?:Eval|RC)", "GB.": r"\d", "ILC": r"\.\d", "s": r"s?\.?\s?\d",
    "Regulation": r"s?[\s,]", "Rule": r"s?\s", "Recommendation": "", "Reg": "", "reg": "", "rule": r"s?\s",
    "r": r"r?\.?\s?\d", "Subsection": r"s?\s\(", "subsection": r"s?\s\(", "CrimPR": "",
    "Scheme": r"\s", "Statutory": r"\s(?:I|R)", "SWD": "", "SEC": r"[\s(/:_-]",
    "SECTION": r"S?\s\d", "Vict": "", "Geo": "", "Will": "", "Edw": "", "Eliz": "",
    "Section": r"s?\s?\d", "Schedule": r"s?\s?\d|Schedules?\s",
    "Sch": r"s?\.?\s?\d|Sch(?:s|ed)?\.?\s",
    "S": r"(?:\.?\s?[SIR]\.?|T[\s-]|/|s?\.?\s?\d)",
    "section": r"s?\s?\d", "schedule": r"s?\s?\d|schedules?\s", "sch": r"s?\.?\s?\d|sch(?:s|ed)?\.?\s",
    "The": r"\s(?:[Ss]chedule|Annex)", "T": _DASH,
    "the": r"\s(?:[Ss]chedule|Annex)",
    "UN": r"[\sS]", "UNGA": r"\s", "W": r"\.?\s?S\.?\s?I", "www.": "",
    **{f"{kind}{term}{mark}": "" for kind, mark in (("A", "-"), ("B", "-"), ("P", "_TA")) for term in range(4, 15)},
    **{re.split(r"\W", name)[0]: r"(?!\w)" for name in abbreviations()},
    **welsh.FIRST,
}  # fmt: skip


def _with_names(fixed: Mapping[str, str]) -> dict[str, str]:
    """Return how works begin with the names of works by themselves, each found by its first word and the next."""
    every = {**fixed}
    for name in names():
        first, *others = re.split(r"[\s'-]+", name)
        behind = rf"'?[\s-][{others[0][0]}{others[0][0].lower()}]" if others else ""
        known = every.get(first, behind)
        every[first] = known and behind and (known if behind in known else f"(?:{known}|{behind})")
    return every


_SIGNS = _with_names(_FIXED)
"""How a work or a provision begins: letters, by which places are found, and what goes on behind them."""
_NUMBER = r"(?:1[2-9]|20)\d\d(?=,?\s?\(?[ca]|/\d{4}|\s(?:n|No\.))|\d{5}[A-Z]|\d{4,5}(?:/\d)?/\d\d(?!\d)"
_SIGN_BY_FIRST: Mapping[str, re.Pattern[str]] = (
    {
        first: re.compile(r"\b(?:" + "|".join(each + rest for each, rest in _SIGNS.items() if each[0] == first) + ")")
        for first in sorted({each[0] for each in _SIGNS})
    }
    | dict.fromkeys("0123456789", re.compile(rf"\b(?:{_NUMBER})"))
    | {"[": re.compile(r"\[(?=\d{4}\]\s[A-Z])")}
)
_SPACES = [each for each in map(chr, range(0x3001)) if each.isspace()]
_MAYBE_SPACE = ("", *_SPACES)
_DASHED = [f"{space}{dash}" for space in _MAYBE_SPACE for dash in "-\u2010\u2011\u2013"]
_NUMBER_OF = [".", *(f"{space}{digit}" for space in _MAYBE_SPACE for digit in "0123456789")]
_NUMBERED_S = [*_NUMBER_OF, *(f"s{each}" for each in _NUMBER_OF)]
_NUMBERED_R = [*_NUMBER_OF, *(f"r{each}" for each in _NUMBER_OF)]
_NUMBERED_NO = [f"{end}{space}" for end in ("", "s", ".", "s.") for space in _SPACES]
_RESOLVED = ["o", ".", *_SPACES]
_DATED = [f"{space}{first}" for space in _SPACES for first in "(12"]
_OF_A_SCHEDULE = [f"{space}{word}" for space in _SPACES for word in ("Schedule", "schedule", "Annex")]
_LONGER: Mapping[str, Sequence[str]] = {
    "s": _NUMBERED_S,
    "r": _NUMBERED_R,
    "S": [*_NUMBERED_S, "T", "/", *(f"{space}{letter}" for space in _MAYBE_SPACE for letter in "SIR")],
    "C": ["(", *_DASHED, *ascii_uppercase, *"0123456789"], "P": [*"0123456789"], "R": [*"0123456789"],
    "F": _DASHED,
    "T": _DASHED,
    "W": [".", *(f"{space}S" for space in _MAYBE_SPACE)],
    "act": _DATED, "ACT": _DATED,
    "no": _NUMBERED_NO, "No": _NUMBERED_NO, "the": _OF_A_SCHEDULE, "The": _OF_A_SCHEDULE,
    "e": [f"{mark}{gap}{letter}" for mark in ("", "'") for gap in ("-", *_SPACES) for letter in "Ee"], "res": _RESOLVED,
}  # fmt: skip
"""What goes on behind beginnings that stand everywhere: with it they are looked for."""
_LOOKED_FOR = (
    *(each + more for each in _SIGNS for more in _LONGER.get(each, ("",))), *(f"{number:03}" for number in range(1000)),
    "[",
)  # fmt: skip
_BEGINNINGS = AhoCorasick(_LOOKED_FOR, implementation=Implementation.DFA)
_OF_WORKS = AhoCorasick([each for each in _LOOKED_FOR if each[0] in _BY_FIRST], implementation=Implementation.DFA)


def may_name_works(text: str) -> bool:
    """Return whether a sign with which a work can begin stands in a text: where none does, :func:`found` finds none."""
    return any(_SIGN_BY_FIRST[text[start]].match(text, start) for start in _starts(_OF_WORKS, text))


def _starts(beginnings: AhoCorasick, text: str) -> list[int]:
    return [
        start
        for _, start, _ in beginnings.find_matches_as_indexes(text, overlapping=True)
        if not start or not text[start - 1].isalnum() or text[start] == "["
    ]


def _signs(text: str) -> Iterator[re.Match[str]]:
    """Yield the signs of works and provisions in order, without overlap: all beginnings are looked for at once."""
    done = 0
    for start in sorted(set(_starts(_BEGINNINGS, text))):
        if start >= done and (sign := _SIGN_BY_FIRST[text[start]].match(text, start)):
            done = sign.end()
            yield sign


def found(text: str) -> tuple[list[Work], list[tuple[int, str]]]:
    """Return the works that a text names, without overlap, and where with which words provisions, in their order."""
    works_: list[Work] = []
    cited: list[tuple[int, str]] = []
    done = 0
    for sign in _signs(text):
        place = sign.start()
        if place < done:
            continue
        read = _work(text, place)
        if read:
            while works_ and read[0].start <= works_[-1].start:
                works_.pop()
            for each in read:
                _add(text, works_, each)
            done = read[-1].end if read[-1].family != "act" or sign[0][0] != "A" else place
        if sign[0].endswith("PR") and (rules := RULES.match(text, sign.end() + 1)):
            cited.append((rules.start(), rules[0]))
            done = rules.end()
        elif not read and (match := _PROVISION.match(text, place)):
            cited.append((place, match[0]))
            done = match.end()
    return works_, cited


def _add(text: str, works_: list[Work], new: Work) -> None:
    """Add a work that lies behind the others; the number behind a title belongs to it."""
    last = works_[-1] if works_ else None
    if last and new.start < last.end:
        return
    between = text[last.end : new.start] if last and new.start - last.end < 5 else "-"
    is_number = new.family == "instrument" or (new.family == "act" and last and not (last.document or last.is_short))
    if last and is_number and last.family == new.family and _NUMBERED.fullmatch(between):
        end = new.end + ("(" in between and text[new.end : new.end + 1] == ")")
        works_[-1] = Work(last.start, end, new.family, new.document)
    else:
        works_.append(new)


_NUMBERED = re.compile(r",?\s{0,2}[(\[]?\s?")


def _work(text: str, place: int) -> list[Work]:
    for pattern, read in _BY_FIRST.get(text[place], ()):
        match = pattern.match(text, place)
        if match and (works_ := list(read(match))):
            return works_
    return []
