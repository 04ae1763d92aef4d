"""Law of the UK and the EU as running text cites it, by title and number, and what may stand before its name. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from crawler.errors import IdentifierError
from crawler.identifiers import welsh
from crawler.identifiers.acts import FIRST_BY_YEAR, by_chapter, spelled, works
from crawler.identifiers.cited_provisions import Provisions
from crawler.identifiers.cited_titles import known_title, may_end_title, title_start
from crawler.identifiers.eu import celex, eu_act

Family = Literal[
    "act", "instrument", "eu", "treaty", "convention", "case", "application", "paper", "recommendation", "un", "page",
    "rules", "provision",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Work:
    """Words that name a work, with their place; ``document`` is empty where they do not say which it is."""

    start: int
    end: int
    family: Family
    document: str
    provisions: tuple[str, ...] = ()
    is_short: bool = False
    """Whether the words mean what was named before: "that Act"."""


_FAMILIES: Mapping[str, Family] = {
    "": "provision", "celex": "eu", "eur": "eu", "eu": "treaty", "cets": "convention", "ilo": "convention", "un": "un",
    "untc": "convention",
    "immigration-rules": "rules",
    **dict.fromkeys(("ukpga", "asp", "nia", "anaw", "asc", "mwa", "apni", "mnia", "ukla"), "act"),
}  # fmt: skip


def family_of(document: str) -> Family:
    """Return the family of a law by its id, ``provision`` for none."""
    return _FAMILIES.get(re.split("[/:]", document)[0], "instrument")


_YEAR = r"(?:1[2-9]|20)\d\d"
_CHAPTER = (
    rf"\s{{0,2}}[(\[]\s?(?:{_YEAR}\s)?(?:(?:c|ch|chapter)\.?\s?(?P<c>\d{{1,3}}|[ivxlcdm]{{1,9}})\b\.?"
    r"(?P<ni>\s?\(?N\.?\s?I\.?\)?)?(?:, SIF [\d:, ]{1,30})?"
    r"|(?P<kind>asp|anaw|asc|nawm|dccc)\.?\s?(?P<n>\d{1,3}))\s?[)\]]"
)
TITLE = re.compile(
    r"(?:Acts?|Measures?|Order|Regulations|Rules|Scheme)(?:\s{1,2}\([A-Z][^()\n]{1,40}\)){0,2}"
    rf"\s{{1,2}}(?P<open>\()?(?P<year>{_YEAR})(?(open)\))(?![\w/])(?:{_CHAPTER})?"
)
OF_COURT = re.compile(rf"Act of (?:Sederunt|Adjournal)(?:\s\((?:[^()]|\([^()]{{1,80}}\)){{1,160}}\)){{1,4}}\s{_YEAR}")
_SUB = r"(?P<sub>(?:\s?\((?:W|Cy|N\.?\s?I|S|C|L)\.?\s?\d{1,4}\)){0,3})"
SERIES = r"(?:S\.?\s?S\.?\s?I|W\.?\s?S\.?\s?I|S\.?\s?R\.?\s?(?:&|and)\s?O|S\.?\s?R|S\.?\s?I)(?![A-Za-z])"
INSTRUMENT = re.compile(
    rf"(?P<series>{SERIES}|Statutory Instrument|Statutory Rule)s?\.?(?P<ni>\s?\(N\.?\s?I\.?\))?,?\s?(?:[Nn]os?\.?\s?)?"
    rf"(?P<year>(?:18|19|20)\d\d)(?:/|,?\s?[Nn]o\.?\s?)(?P<n>\d{{1,5}})(?![\d/]){_SUB}"
)
_MORE = re.compile(rf"(?:,|,?\s(?:and|or))\s(?P<year>(?:18|19|20)\d\d)/(?P<n>\d{{1,5}})(?![\d/]){_SUB}")
_LABEL = re.compile(r"\b(?:[Cc]ase|[Ff]ile|[Ff]orm|[Ii]nvoice|[Rr]ef(?:erence)?\.?|[Tt]icket):?\s(?:[Nn]o\.?\s)?\Z")
"""Before a number that is somebody's own."""
YEAR_NUMBER = re.compile(rf"(?P<year>(?:19|20)\d\d)\s{{1,2}}No\.\s(?P<n>\d{{1,5}})(?![\d/]){_SUB}")
_HEADED = re.compile(
    r"\b(?:(?P<of>SCOTTISH|WELSH)\s)?STATUTORY\s(?P<what>INSTRUMENT|RULE)S?\s{1,3}(?:OF NORTHERN IRELAND\s{1,3})?$"
)
_NO_NOUN = r"(?!\s(?!and|or|ss?\b|sections?|sch|part|as|is|was|which|by|in|to|at|of|has|for|repeal|amend|appl)[a-z])"
"""Not behind "c. 40" where that is *about forty*."""
YEAR_CHAPTER = re.compile(
    rf"(?<!/)(?P<year>{_YEAR})(?:,?\s?\((?:c|ch)\.?\s?(?P<c>\d{{1,3}})\)|\s?c\.\s?(?P<bare>\d{{1,3}})(?![\w/]){_NO_NOUN}"
    r"|,?\s?\(?(?P<kind>asp|anaw|asc|nawm)\.?\s?(?P<n>\d{1,3})(?!\w)\)?)(?P<ni>\s?\(?N\.?\s?I\.?\))?"
)
_BODIES = r"(?:EU|EC|EEC|CFSP|JHA|Euratom|EAEC|ECSC|UE)"
_EU_NUMBER = (
    rf"(?:\({_BODIES}(?:,\s?{_BODIES}){{0,2}}\)\s?)?(?P<no>,?(?:[Nn][or]s?\.?|N\s?[\u00b0\u00ba])\s?)?(?P<a>\d{{1,4}})\s?/\s?(?P<b>\d{{1,4}})"
    rf"(?P<suffix>/{_BODIES})?(?![\w/])"
)
_REIGNS = frozenset({"Edw7", "Eliz2", "Geo3", "Geo4", "Geo5", "Geo6", "Vict", "Will4"})
LAST_OF_GREAT_BRITAIN = 40
"""The session of George III after which Acts are those of the United Kingdom."""
REGNAL = re.compile(
    r"(?P<reign>Vict|Geo|Will|Edw|Eliz)\.?\s?(?P<n>[2-7]|VI{0,2}|I[IV]I?|)\.?,?\s(?:c|ch|cap)\.?\s?(?P<c>\d{1,3})(?!\w)"
)
_SESSION = re.compile(r"(?<![\d/.])(?P<first>\d{1,2})(?:\s?(?:&|and)\s?(?P<last>\d{1,2}))?\s\Z")
_AS_NAMED = {
    "Fd": "Framework Decision", "Joint Action": "Framework Decision", "Reg": "Regulation", "Reg.": "Regulation",
    "Dir": "Directive", "Dir.": "Directive",
}  # fmt: skip
EU = re.compile(
    r"(?P<lead>(?:(?:Council|Commission|European|EU|Joint|Delegated|Implementing|Parliament)\s){0,3})"
    r"(?P<name>Directive|DIRECTIVE|Dir\.|Dir(?=s?\s(?:\(|\d{2,4}/\d))|Joint\sAction(?=\s\d{2,4}/\d{1,4}/JHA)|Regulation|REGULATION|Reg\.?(?=\s\(|\s\d{3,4}/20\d\d\b)|Framework\s{1,2}Decision|FD(?=\s\d{4}/\d)|Decision|DECISION"
    rf"|Recommendation)s?,?\s{{0,2}}(?:\((?=\d))?{_EU_NUMBER}"
)
_EU_MORE = re.compile(rf"(?P<lead>(?:,|,?\s(?:and|or|to|(?:as\s)?amended\sby))\s){_EU_NUMBER}")
CELEX = re.compile(r"(?:CELEX:?\s?)?[0-9]\d{4}[A-Z]{1,2}\d{4}(?:\(\d\d\)|R\(\d\d\))?(?:-\d{8})?(?!\w)")


WITHOUT_YEAR = re.compile(r"Act(?!\w|\s(?:Ltd|Limited|LLP|PLC|plc|Inc)\b)")
AS_TYPED = re.compile(rf"(?:act|ACT)(?:\s\([A-Za-z ]{{5,20}}\))?\s{_YEAR}(?![\w/])")


def read_without_year(match: re.Match[str]) -> Iterator[Work]:
    """Yield the last word of a title that may stand without its year, as a short form: "the Modern Slavery Act"."""
    if may_end_title(match.string, match.start()):
        yield Work(match.start(), match.end(), "act", "", is_short=True)


def read_as_typed(match: re.Match[str]) -> Iterator[Work]:
    """Yield an Act whose title is known and written without its capitals, or all in them."""
    start, document = known_title(match.string, match.start(), match.end())
    if document:
        yield Work(start, match.end(), "act", document)


def read_title(match: re.Match[str]) -> Iterator[Work]:
    """Yield an Act or instrument by its title, with the chapter number behind it."""
    text = match.string
    start, document = title_start(text, match.start(), match.end("year"))
    start = min(start, match.start())
    name = text[start : match.end("year")]
    is_act = name[match.start() - start :].startswith(("Act", "Measure"))
    if start == match.start() and not (match["c"] or match["n"]):
        return  # "Act 2015" by itself is no title.
    document = _act(match, int(match["year"])) or document
    end = match.end() if match["c"] or match["n"] or match["open"] else match.end("year")
    yield Work(start, end, "act" if is_act else "instrument", document)


def read_welsh(match: re.Match[str]) -> Iterator[Work]:
    """Yield an Act or Measure by its Welsh title: ``Ddeddf Plant 1989``; and "Deddf 2014", that was named before."""
    kind = welsh.KINDS[match["kind"][0]]
    name = spelled(f"{'Deddf' if kind == 'Act' else 'Mesur'} {match['words']}{match['year']}")
    document = works().get(name, "")
    if match["n"]:
        document = f"{welsh.TYPES[match['kind_']]}/{match['year']}/{match['n']}"
    elif match["c"]:
        document = f"ukpga/{match['year']}/{match['c']}"
    if document:
        yield Work(match.start(), match.end(), "act", document)


def read_of_court(match: re.Match[str]) -> Iterator[Work]:
    """Yield an Act of Sederunt or Adjournal by its title."""
    yield Work(match.start(), match.end(), "instrument", "")


def read_year_chapter(match: re.Match[str]) -> Iterator[Work]:
    """Yield an Act by year and chapter: ``2015 c. 30``."""
    document = _act(match, int(match["year"]))
    if document:
        yield Work(match.start(), match.end(), "act", document)


def _act(match: re.Match[str], year: int) -> str:
    """Return the id of an Act cited by year and chapter; before 1963 chapters were counted by session, not year."""
    groups = match.groupdict()
    if kind := groups["kind"]:
        # A Measure of the National Assembly for Wales (nawm) has the type mwa.
        return f"{ {'nawm': 'mwa', 'dccc': 'anaw'}.get(kind, kind) }/{year}/{int(groups['n'])}"
    chapter = groups["c"] or groups.get("bare")
    is_ni = bool(groups["ni"]) or "Act (Northern Ireland) " in match[0]
    if not chapter or (year < FIRST_BY_YEAR and not is_ni):
        return by_chapter().get((str(year), str(chapter)), "")
    if not chapter.isdigit():
        return f"ukla/{year}/{_roman(chapter)}"
    kind = "ukpga"
    if is_ni:
        kind = "nia" if year >= 2000 else "mnia" if year == 1974 else "apni"
    return f"{kind}/{year}/{int(chapter)}"


def _roman(figures: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}[figure] for figure in figures]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def read_regnal(match: re.Match[str]) -> Iterator[Work]:
    """Yield an Act by the years of a reign: ``36 & 37 Vict. c. 88``."""
    before = _SESSION.search(match.string, max(0, match.start() - 12), match.start())
    reign = match["reign"] + (match["n"] if match["n"] in ("", *"234567") else str(_roman(match["n"].lower())))
    if before and reign in _REIGNS and (reign != "Geo3" or int(before["first"]) > LAST_OF_GREAT_BRITAIN):
        session = f"{before['first']}-{before['last']}" if before["last"] else before["first"]
        yield Work(before.start(), match.end(), "act", f"ukpga/{reign}/{session}/{match['c']}")


def read_instrument(match: re.Match[str]) -> Iterator[Work]:
    """Yield instruments by series, year and number: ``S.I. 2005/2050 and 2014/560``."""
    series = re.sub(r"[\s.]", "", match["series"]).replace("and", "&")
    if _LABEL.search(match.string, max(0, match.start() - 12), match.start()):
        return
    yield _numbered(match, series, bool(match["ni"]), match.start())
    while more := _MORE.match(match.string, match.end()):
        match = more
        yield _numbered(more, series, False, more.start("year"))


def read_year_number(match: re.Match[str]) -> Iterator[Work]:
    """Yield an instrument as it is headed: ``STATUTORY INSTRUMENTS 1985 No. 566 (L. 4)``."""
    headed = _HEADED.search(match.string, max(0, match.start() - 60), match.start())
    if headed:
        series = {"RULE": "SR", "SCOTTISH": "SSI", "WELSH": "WSI"}.get(headed["of"] or headed["what"], "SI")
        yield _numbered(match, series, False, match.start())


def _numbered(match: re.Match[str], series: str, ni: bool, start: int) -> Work:
    year = int(match["year"])
    if series in ("SR", "StatutoryRule") or (series == "SR&O" and ni):
        kind = "nisr" if year >= 1974 else "nisro"
        kind = "nisr" if series == "SR" and ni else kind
    elif series in ("SI", "StatutoryInstrument"):
        sub = match["sub"]
        kind = "wsi" if "(W" in sub or "(Cy" in sub else "nisi" if "(N" in sub else "uksi"
    else:
        kind = {"SSI": "ssi", "WSI": "wsi", "SR&O": "uksro"}[series]
    return Work(start, match.end(), "instrument", f"{kind}/{year}/{int(match['n'])}")


def read_eu(match: re.Match[str]) -> Iterator[Work]:
    """Yield EU acts by name and number: ``Directives 2006/48/EC and 2006/49/EC``."""
    name = " ".join(match["name"].title().split())
    name = _AS_NAMED.get(name, name)
    start = match.start()
    while True:
        try:
            document = eu_act(name, match["a"], match["b"], no=bool(match["no"]), is_union="(EU" in match[0])
        except IdentifierError:
            document = ""
        is_of_others = name.endswith("Decision") or (name == "Directive" and len(match["a"]) < len(match["b"]) == 4)
        is_told = match["suffix"] or match["no"] or "(" in match[0] or not is_of_others
        if (document and is_told) or match["suffix"]:
            yield Work(start, match.end(), "eu", document)
        more = _EU_MORE.match(match.string, match.end())
        if more is None or (more["suffix"] is None and "(" not in more[0] and more["no"] is None):
            return
        match, start = more, more.end("lead")


def read_celex(match: re.Match[str]) -> Iterator[Work]:
    """Yield an EU document by its CELEX number."""
    try:
        yield Work(match.start(), match.end(), "eu", celex(re.sub(r"\s", "", match[0])))
    except IdentifierError:
        return


_OF = re.compile(
    r"(?:[ ]\([A-Za-z][^()\n]{2,60}\)(?=\s{1,2}(?:of|to|in|under)\s))?"
    r"(?:,?\s(?:first|second|third|fourth|fifth|sixth|last)\s(?:sub-?paragraph|paragraph|indent|sentence))?"
    r"(?:,\sas\s(?:inserted|amended|substituted),)?(?:\s(?:enquir|inquir|assessment|dut|order|offence|defence|notice|statement|power|report)\w{0,4})?"
    r",?\s{0,2}(?:(?:of|to|into|in|under|from|OF|o|i|yn),?\s{1,2}|[oi]'r\s)?(?:the\s{1,2}|THE\s|an?\s)?(?:(?:retained|amending|amended|repealed|former|recast)\s|[A-Z][a-z]+'s\s)?"
)
_NAMED_OF = re.compile(r"\s(?:of\s(?:the\s)?)?(?:[a-z]?[A-Z][\w'-]{1,24}\s){1,6}\(?")
_CONVENTION_OF = re.compile(r"\sof\sthe\s(?:[A-Z][\w'-]{1,24}\s(?:(?:against|of|on)\s)?){1,6}\(?")
"""What a law is called before its number: "Article 9 of the Employers' Sanctions Directive 2009/52/EC"."""
_OF_YEAR = re.compile(r"(?<=\s)(?:18|19|20)\d\d\s\Z")
"""The year of a treaty before its name: "the 1951 Refugee Convention"."""
_UNITS_OF_NUMBERED: Mapping[Family, tuple[str, ...]] = {
    "eu": ("article", "art", "annex", "recital"),
    "instrument": ("article", "art", "regulation", "reg", "rule", "schedule", "sch"),
}
MAX_BETWEEN = 100
"""Characters between provisions and their law."""
_IBID = re.compile(r"\b(?:[Ii]bid\.?,?|(?P<its>its))\s\Z")
_THEREOF = re.compile(r"\s{1,2}(?:thereof|ibid)\b")
MAX_THEREOF = 300
"""Characters between a law and what is cited "thereof", within one sentence."""
NO_LAW = re.compile(
    r"\s(?:course|document|e-learning|factsheet|handbook|leaflet|manual|overview|pathway|policy|poster|procedure|protocol|toolkit"
    r"|training|workbook)s?\b"
)
"""Behind the name of a law: what is called by it, and is none."""


def is_of(plain: str, group: Provisions, work: Work) -> bool:
    """Whether provisions are of the work behind them; a cell of a table is not."""
    between = plain[group.end : min(work.start, group.end + MAX_BETWEEN)]
    if (
        work.start - group.end >= MAX_BETWEEN
        or NO_LAW.match(plain, work.end)
        or ("\n" in between and not between.strip())
    ):
        return False
    units = _UNITS_OF_NUMBERED.get(work.family, ())
    if work.family == "convention":
        between = _OF_YEAR.sub("", between)
        if _CONVENTION_OF.fullmatch(between):
            return group.unit.startswith("art")
    return _OF.fullmatch(between) is not None or (group.unit in units and _NAMED_OF.fullmatch(between) is not None)


def is_ibid(plain: str, tail: int, group: Provisions) -> bool:
    """Whether provisions are of what was named last, before their note or in their sentence: "ibid", "its Part 2"."""
    near = tail < group.start < tail + MAX_THEREOF
    match = _IBID.search(plain, max(tail, group.start - 8), group.start) if near else None
    return match is not None and not (match["its"] and ". " in plain[tail : group.start])


def is_thereof(plain: str, tail: int, group: Provisions) -> bool:
    """Whether provisions are of what was named last in their sentence: "…, and in particular Article 3 thereof"."""
    near = tail < group.start < tail + MAX_THEREOF
    return near and _THEREOF.match(plain, group.end) is not None and ". " not in plain[tail : group.start]


def is_its_page(plain: str, tail: int, work: Work) -> bool:
    """Whether a page of the Official Journal is that of what was named last in its sentence, behind all its title."""
    is_near = work.document.startswith("oj:") and work.start - tail < MAX_THEREOF
    return is_near and "\n" not in plain[tail : work.start] and ". " not in plain[tail : work.start]
