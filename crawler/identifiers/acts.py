"""Titles of Acts and treaties that do not hold their number, with the ids of the works they name, and back.

The table ``titles.txt`` beside this module has one work a line, its id and its title with a tab between. Its facts are
those of the publishers: https://www.legislation.gov.uk/, https://eur-lex.europa.eu/, https://www.coe.int/conventions.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

_NHS = re.compile(r"\bnhs\b")
_ACT_OF_YEAR = re.compile(r"(\S+ \S.*\bact(?: \([a-z ]+\))?) \d{4}")
_MARKS = re.compile(r"[,.'\u2019]|\bthe\b")
_ABBREVIATED = re.compile(r"([A-Z][A-Za-z]*(?:\([A-Z]{1,3}\))?[A-Z]) \d{4}|[A-Z]{3}")
_TITLED = re.compile(r"(?: Act|\d{4})$")
MIN_WORDS = 2
"""Words of a title that may stand without its year, where no other Act that is known has it."""
MAX_TITLE_CHARACTERS = 240
FIRST_BY_YEAR = 1963
"""Year from which on chapters of Acts are counted by the year."""


def spelled(title: str) -> str:
    """Return a title as it is looked up: small letters, without commas, points and apostrophes.

    >>> spelled("Asylum and Immigration (Treatment of Claimants, etc.) Act 2004")
    'asylum and immigration (treatment of claimants etc) act 2004'
    """
    if title[-5:-4] == "(":  # "Housing Act (1996"
        title = title[:-5] + title[-4:]
    words = " ".join(_MARKS.sub("", title.lower().replace(")(", ") (").replace("&", "and").replace("-", " ")).split())
    words = words.replace("(ni)", "(northern ireland)").replace("well being", "wellbeing")
    return _NHS.sub("national health service", words) if "nhs" in words else words


@cache
def works() -> Mapping[str, str]:
    """Return the id of each work by its title as :func:`spelled`, and by that without its year where it is alone.

    >>> works()["criminal finances act"], "serious crime act" in works()
    ('ukpga/2017/22', False)
    """
    titled = {spelled(title): work for work, title in _lines()}
    bare: dict[str, str] = {}
    for title, work in titled.items():
        if match := _ACT_OF_YEAR.fullmatch(title):
            bare[match[1]] = work if bare.get(match[1], work) == work else ""
    return {**{title: work for title, work in bare.items() if work and len(title.split()) > MIN_WORDS}, **titled}


def ends(title: str) -> Iterator[str]:
    """Yield a title as spelled from each of its words on, the longest first."""
    words = title.split(" ")
    yield from (" ".join(words[first:]) for first in range(len(words)))


@cache
def ends_of_titles() -> frozenset[str]:
    """Return how the titles of all works end: no title that is known goes on where its words are none of these."""
    return frozenset(end for title in works() for end in ends(title))


@cache
def abbreviations() -> Mapping[str, tuple[str, ...]]:
    """Return the works that each abbreviation may stand for, where a year tells which or provisions stand beside it.

    >>> abbreviations()["MSA"], abbreviations()["CJA"]
    (('ukpga/2015/30',), ('ukpga/1988/33', 'ukpga/2003/44', 'ukpga/2009/25'))
    """
    found: dict[str, tuple[str, ...]] = {}
    for work, title in _lines():
        if match := _ABBREVIATED.fullmatch(title):
            short = match[1] or title
            found[short] = (*found.get(short, ()), work)
    return found


@cache
def names() -> Mapping[str, str]:
    """Return the works by names that say no year and end otherwise than Acts do: treaties, directives, codes."""
    return {title: work for work, title in _lines() if not _TITLED.search(title) and not _ABBREVIATED.fullmatch(title)}


@cache
def by_chapter() -> Mapping[tuple[str, str], str]:
    """Return the Acts that are numbered by the years of a reign, by the year of their title and their chapter.

    Of a year with two such chapters neither is there.

    >>> by_chapter()["1861", "100"]
    'ukpga/Vict/24-25/100'
    """
    found: dict[tuple[str, str], str] = {}
    for work, title in _lines():
        if _BY_REIGN.fullmatch(work) and title[-4:].isdecimal():
            key = title[-4:], work.rpartition("/")[2]
            found[key] = work if found.get(key, work) == work else ""
    return found


@cache
def titles() -> Mapping[str, str]:
    """Return the title of each work by its id, of several the first; an EU act is shown by its number."""
    return {work: title for work, title in reversed(_lines()) if not work.startswith(("celex:", "eur/"))}


def _lines() -> list[tuple[str, str]]:
    text = files("crawler.identifiers").joinpath("titles.txt").read_text("utf-8")
    rows = (line.partition("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return [(work, title) for work, _, title in rows]


ITEM = re.compile(r"([a-z]+)/(\d{4})/(\d+)")
"""Ids of instruments of the United Kingdom: series, year, number."""
EU_ACT = re.compile(r"celex:3(\d{4})([LRD])(\d{4})")
FIRST_EU = 2015
"""Year from which on acts of the EU are cited as (EU) YYYY/N: https://publications.europa.eu/code/en/en-110202.htm."""

_SERIES = {
    "uksi": "SI", "ssi": "SSI", "wsi": "WSI", "nisr": "SR", "uksro": "SR & O", "nisro": "SR & O (N.I.)", "nisi": "SI",
}  # fmt: skip
_CHAPTERS = {"asp": "asp", "anaw": "anaw", "asc": "asc", "mwa": "nawm", "ukcm": "No."}
_IRISH = ("nia", "apni", "mnia")
_BY_REIGN = re.compile(r"[a-z]+/(?P<reign>[A-Z][A-Za-z0-9]*)/(?P<session>\d+(?:-\d+)*)/(?P<chapter>\w+)")
_REIGN = re.compile(r"(?P<and>and(?P<year>\d*))?(?P<name>[A-Z][a-z]+?)(?P<number>\d*)(?=and|[A-Z]|$)")
_DRAFT = re.compile(r"[a-z]{1,4}ds[ir]/\d{4}/(\d{13})")
_CORRIGENDUM = re.compile(r"celex:3\d{4}[A-Z]\d{4}R\(\d{2}\)")
_ACTS = {"L": "Directive", "R": "Regulation", "D": "Decision"}
_RETAINED = {"eur": "Regulation", "eudr": "Directive", "eudn": "Decision"}


def called(name: str) -> str:
    """Return an instrument by its series and number, as it is cited; an id that has none of ours stays as it is.

    >>> [called(name) for name in ("uksi/2026/123", "ukpga/2023/5", "asp/2015/12", "apni/1954/33")]
    ['SI 2026/123', '2023 c. 5', '2015 asp 12', '1954 c. 33 (N.I.)']
    >>> [called(name) for name in ("ukpga/Vict/24-25/100", "apgb/Geo3/33/13", "ukpga/Will4and1Vict/7/83")]
    ['24 & 25 Vict. c. 100', '33 Geo. 3 c. 13', '7 Will. 4 & 1 Vict. c. 83']
    >>> [called(name) for name in ("celex:32024L1712", "celex:32011L0036", "celex:32016R0679R(02)", "eur/2016/679")]
    ['Directive (EU) 2024/1712', 'CELEX 32011L0036', 'corrigendum CELEX 32016R0679R(02)', 'Regulation (EU) 2016/679']
    """
    if _CORRIGENDUM.fullmatch(name):
        return f"corrigendum CELEX {name.removeprefix('celex:')}"
    item, act, draft = ITEM.fullmatch(name), EU_ACT.fullmatch(name), _DRAFT.fullmatch(name)
    if act is not None and int(act[1]) >= FIRST_EU:
        return f"{_ACTS[act[2]]} (EU) {act[1]}/{int(act[3])}"
    if draft is not None:
        return f"draft instrument ISBN {draft[1]}"
    if item is None:
        return _by_reign(name) or name.replace("celex:", "CELEX ")
    series, year, number = item.groups()
    if series in _SERIES:
        return f"{_SERIES[series]} {year}/{number}"
    if series in _RETAINED:
        kind = _RETAINED[series]
        return f"{kind} (EU) {year}/{number}" if int(year) >= FIRST_EU else f"EU {kind} {year}/{number}"
    if series not in _IRISH + tuple(_CHAPTERS) and not series.startswith("uk"):
        return name
    return f"{year} {_CHAPTERS.get(series, 'c.')} {number}" + (" (N.I.)" if series in _IRISH else "")


def _by_reign(name: str) -> str:
    """Return an Act that is numbered by the years of a reign, empty for what is none."""
    item = _BY_REIGN.fullmatch(name)
    reigns = list(_REIGN.finditer(item["reign"])) if item else []
    if item is None or "".join(each[0] for each in reigns) != item["reign"]:
        return ""
    said = [
        " ".join(filter(None, ("&" if each["and"] else "", each["year"], f"{each['name']}.", each["number"])))
        for each in reigns
    ]
    return f"{item['session'].replace('-', ' & ')} {' '.join(said)} c. {item['chapter']}"
