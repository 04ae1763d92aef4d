"""EU law: CELEX numbers and ELIs, from addresses, from each other and from the numbers people write.

Source: https://eur-lex.europa.eu/content/tools/eur-lex-celex-infographic-A3.pdf (how CELEX numbers are composed),
https://eur-lex.europa.eu/eli-register/about.html (ELI).
"""

import re
from datetime import date
from urllib.parse import parse_qsl, unquote

from crawler.errors import IdentifierError
from crawler.identifiers.addresses import split
from crawler.identifiers.uk import LEGISLATION_HOSTS

_CELEX = re.compile(
    r"(?P<sector>[0-9])(?P<year>\d{4})(?P<type>[A-Z]{1,2})(?P<number>\d{3,6}|/TXT|/PRO(?:/[A-Z]{2,6})?/\d{2})"
    r"(?P<nth>\(\d{2}\))?(?P<national>[A-Z]{3}_\d{1,9})?(?P<corrigendum>R\(\d{2}\))?(?P<derived>_[A-Z]{3})?"
    r"(?:-(?P<date>\d{8}))?",
    re.ASCII,
)
_IN_JOURNAL = re.compile(r"C\d{4}/\d{1,4}/\d{2}|C/\d{4}/\d{1,6}", re.ASCII)
"""Notices in the C series of the Official Journal, such as new cases of the Court, have numbers of their own."""
_PREFIX = re.compile(r"celex(?::|%3a)\s*", re.IGNORECASE)
_ELI = re.compile(
    r"(?:eli[:/])?(?P<type>[a-z]{2,6}(?:_[a-z]{2,6})?)/(?P<year>\d{4})/(?P<number>\d{1,5})"
    r"(?:/(?P<version>oj|\d{4}-\d{2}-\d{2}))?(?P<rest>(?:/[a-z]+)*)/?",
    re.ASCII,
)
_ELI_TYPES = {
    "dir": "L", "dir_impl": "L", "dir_del": "L",
    "reg": "R", "reg_impl": "R", "reg_del": "R",
    "dec": "D", "dec_impl": "D", "dec_del": "D",
    "dec_framw": "F", "reco": "H",
}  # fmt: skip
_PLACES = frozenset({"eur-lex.europa.eu", "data.europa.eu", "publications.europa.eu"})
_RESOURCE = re.compile(r"/resource/(celex|eli|consolidation)/(.+)")
_CONSOLIDATION = re.compile(r"(?:consolidation:)?(\d{4}[A-Z]{1,2}[^/]{0,12}(?:/TXT)?)/(\d{8})", re.ASCII)
_IN_UK = re.compile(r"/(?:id/)?european/(regulation|directive|decision)/(\d{4})/(\d{4})(?:/.*)?")
_FILE = re.compile(r"(?:\.[A-Za-z]{3}(?:\.[a-z0-9]+)?)?(?:/DOC_\d+)?/?$")
EU_NUMBER = re.compile(
    r"\b(?P<name>Directive|Regulation|Framework Decision|Decision)"
    r"(?: \((?:EU|EC|EEC|CFSP|JHA|Euratom)(?:, (?:EU|EC|Euratom))?\))?"
    r"(?P<no>,? [Nn]o\.?)? (?P<a>\d{1,4})/(?P<b>\d{1,4})(?:/(?:EU|EC|EEC|JHA|CFSP|Euratom|EAEC|ECSC))?(?!\d)",
    re.ASCII,
)
_LETTER = {"Directive": "L", "Regulation": "R", "Decision": "D", "Framework Decision": "F", "Recommendation": "H"}


def celex(text: str) -> str:
    """Return the id of an EU document: ``celex:`` and its CELEX number.

    Accepts a number with or without prefix, an ELI, and an address of EUR-Lex, ELI or CELLAR. A consolidated text
    is its basic act at a date (:func:`celex_consolidated` also gives the date); a corrigendum is a document.

    Raises:
        IdentifierError: names no EU document, or only an address that holds no number.

    >>> celex("CELEX:32011L0036")
    'celex:32011L0036'
    >>> celex("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX%3A02011L0036-20240714&qid=17")
    'celex:32011L0036'
    >>> celex("http://data.europa.eu/eli/dir/2011/36/oj")
    'celex:32011L0036'
    """
    number = _number(text)
    if _IN_JOURNAL.fullmatch(number):
        return f"celex:{number}"
    match = _CELEX.fullmatch(number)
    if match is None or (match["sector"] != "0" and match["date"]):
        return f"celex:{_from_eli(number, text)}"
    if match["sector"] != "0":
        return f"celex:{number}"
    if match["date"]:
        _date(match["date"], text)
    # Consolidated are acts of sector 3, treaties (1), and international agreements (2), whose letter is A.
    sector = "1" if match["number"].startswith("/") else "2" if match["type"] == "A" else "3"
    return f"celex:{sector}{number[1:].partition('-')[0]}"


def celex_consolidated(text: str) -> tuple[str, str]:
    """Return the id of the basic act and the date (ISO 8601) of a consolidated text.

    Raises:
        IdentifierError: not the number or the address of a consolidated text.

    >>> celex_consolidated("02011L0036-20240714")
    ('celex:32011L0036', '2024-07-14')
    >>> celex_consolidated("https://eur-lex.europa.eu/eli/dir/2011/36/2024-07-14/eng")
    ('celex:32011L0036', '2024-07-14')
    """
    number = _number(text)
    if (match := _CELEX.fullmatch(number)) and match["date"]:
        return celex(text), _date(match["date"], text)
    if (parts := _ELI.fullmatch(number)) and (parts["version"] or "oj") != "oj":
        return celex(text), _date(parts["version"].replace("-", ""), text)
    raise IdentifierError(f"not a consolidated text: {text!r}")


def eu_number(text: str) -> str:
    """Return the id of the act that a number as people write it names, where it can mean only one.

    Directives and decisions have the year first, regulations (and decisions with "No") had it last until 2014.

    Raises:
        IdentifierError: no such number, or one that can be read both ways.

    >>> eu_number("Directive 2011/36/EU"), eu_number("Regulation (EU) 2024/3015")
    ('celex:32011L0036', 'celex:32024R3015')
    >>> eu_number("Regulation (EU) No 604/2013"), eu_number("Framework Decision 2002/629/JHA")
    ('celex:32013R0604', 'celex:32002F0629')
    """
    match = EU_NUMBER.fullmatch(text.strip())
    if match is None:
        raise IdentifierError(f"not the number of an EU act: {text!r}")
    return eu_act(match["name"], match["a"], match["b"], no=bool(match["no"]))


def eu_act(name: str, first: str, last: str, *, no: bool, is_union: bool = False) -> str:
    """Return the id of the act with a name (``Directive``) and a number of two parts, with ``No`` before it or not.

    ``is_union``: it is said to be of the EU, which began to make acts in December 2009.

    Raises:
        IdentifierError: it can be read both ways, or not at all.

    >>> eu_act("Regulation", "625", "2017", no=True), eu_act("Directive", "95", "46", no=False)
    ('celex:32017R0625', 'celex:31995L0046')
    >>> eu_act("Regulation", "2019", "2013", no=False), eu_act("Regulation", "2021", "1999", no=False, is_union=True)
    ('celex:32019R2013', 'celex:32021R1999')
    """
    readings = _readings(name, first, last, no=no)
    if len(readings) > 1:
        readings = [(year, number) for year, number in readings if _can_be(year, number, is_union=is_union)]
    if len(readings) != 1:
        raise IdentifierError(f"not the number of one EU act: {name} {first}/{last}")
    year, number = readings[0]
    return f"celex:3{year}{_LETTER[name]}{number:04d}"


def _can_be(year: int, number: int, *, is_union: bool) -> bool:
    """Whether there can be an act of a number; from 2010 to 2014 there were fewer than 1,500 a year."""
    return year >= 2015 or (year < 2010 and not is_union) or (year >= 2010 and number < 1_500)


def _readings(name: str, first: str, last: str, *, no: bool) -> list[tuple[int, int]]:
    """Return every (year, number) that is possible under the rules of its time, or by what alone can be a year."""
    year_last = name == "Regulation" or no
    first = f"2{first}" if len(first) == 3 and first[0] == "0" else first
    readings = []
    if (year := _year(last)) and year < 2015 and year_last and int(first):
        readings.append((year, int(first)))
    if (year := _year(first)) and not no and int(last) and (year >= 2015 or not year_last):
        readings.append((year, int(last)))
    if not readings and len(last) == 4 and (year := _year(last)) and not _year(first) and int(first):
        readings.append((year, int(first)))
    return readings


def _year(text: str) -> int | None:
    year = int(text) + (1900 if len(text) == 2 else 0)
    return year if 1952 <= year <= 2099 and len(text) in (2, 4) else None


def _number(text: str) -> str:
    """Return the CELEX number or the path of the ELI that a text or an address holds."""
    plain = text.strip()
    if "://" not in plain:
        return _named(_PREFIX.sub("", plain, count=1) if _PREFIX.match(plain) else plain)
    parts = split(plain)
    if parts.netloc in LEGISLATION_HOSTS and (match := _IN_UK.fullmatch(parts.path)):
        # How legislation.gov.uk named EU acts before it published them: /european/directive/2011/0036
        return f"3{match[2]}{_LETTER[match[1].capitalize()]}{match[3]}"
    if parts.netloc not in _PLACES:
        raise IdentifierError(f"not an address of EU law: {text!r}")
    for name, value in parse_qsl(parts.query):
        if name.lower() == "uri" and _PREFIX.match(value):
            # Old addresses add language and view: CELEX:32011L0036:EN:NOT
            return _PREFIX.sub("", value, count=1).partition(":")[0]
    path = unquote(parts.path)
    if resource := _RESOURCE.fullmatch(path):
        # CELLAR adds language and format: 32011L0036.ENG.fmx4
        return _named(_FILE.sub("", resource[2]))
    return path.lstrip("/")


def _named(text: str) -> str:
    """Return the CELEX number that CELLAR's name of a consolidated text holds, and its ELI in the usual spelling.

    >>> _named("consolidation:2024R1689/20260727"), _named("eli:reg:2024:1689:2026-07-27")
    ('02024R1689-20260727', 'eli:reg/2024/1689/2026-07-27')
    """
    if match := _CONSOLIDATION.fullmatch(text):
        return f"0{match[1]}-{match[2]}"
    if text.startswith("eli:") and "/" not in text:
        return "eli:" + text[4:].replace(":", "/")
    return text


def _from_eli(path: str, text: str) -> str:
    match = _ELI.fullmatch(path)
    if match is None or match["type"] not in _ELI_TYPES:
        raise IdentifierError(f"not an EU document: {text!r}")
    return f"3{match['year']}{_ELI_TYPES[match['type']]}{int(match['number']):04d}"


def _date(digits: str, text: str) -> str:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError as error:
        raise IdentifierError(f"not a date of consolidation ({error}): {text!r}") from error
