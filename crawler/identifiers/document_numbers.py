"""Documents that bodies number themselves: of the Council of the EU, of the United Nations, of the Council of Europe.

Sources: https://data.consilium.europa.eu/doc/document/…, https://research.un.org/en/docs/symbols (how symbols are
made up), https://rm.coe.int (ten figures name a file, whatever words stand before them).
"""

import re
from urllib.parse import parse_qsl, unquote

from crawler.errors import IdentifierError
from crawler.identifiers.addresses import split

_COUNCIL = (
    r"(?P<number>(?:ST|WK|CM|SN|RE)[_-]\d{1,5}[_-](?:19|20)\d\d[_-]"
    r"(?:INIT|(?:ADD|REV|COR)[_-]\d{1,3}(?:[_-](?:ADD|REV|COR)[_-]\d{1,3}){0,2}))"
)
_SYMBOL = r"(?i:(?P<symbol>[A-Z]{1,12}(?:/[A-Z0-9][A-Z0-9.()_-]{0,30}){1,8}))"
_SHAPES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "consil",
        (
            rf"consil:{_COUNCIL}",
            rf"data\.consilium\.europa\.eu/doc/document/{_COUNCIL}(?:/[a-z]{{2}}(?:/[a-z]{{3}})?)?",
            rf"publications\.europa\.eu/resource/consil/{_COUNCIL}(?:\.[A-Z]{{3}}(?:\.[a-z0-9]+)?)?",
        ),
    ),
    (
        "un",
        (
            rf"un:{_SYMBOL}",
            rf"(?:undocs\.org|docs\.un\.org)/(?:[a-z]{{2}}/)?{_SYMBOL}",
            rf"(?:documents\.un\.org/api/symbol/access|(?:www\.)?un\.org/(?:en/)?ga/search/view_doc\.asp)\?{_SYMBOL}",
        ),
    ),
    ("coe", (r"coe:(?P<file>[0-9a-f]{10})", r"rm\.coe\.int/(?:[\w%.-]{1,200}/)?(?P<file>[0-9a-f]{10})(?:/pdf)?")),
)


def numbered(text: str) -> str:
    """Return the id of a document that has a number, from an id or an address: ``consil:``, ``un:`` or ``coe:``.

    Raises:
        IdentifierError: names none.

    >>> numbered("https://data.consilium.europa.eu/doc/document/ST-8665-2021-INIT/en/pdf")
    'consil:ST_8665_2021_INIT'
    >>> numbered("https://undocs.org/en/S/RES/2331%20(2016)"), numbered("un:A/HRC/47/34/Add.1")
    ('un:S/RES/2331(2016)', 'un:A/HRC/47/34/ADD.1')
    >>> numbered("https://documents.un.org/api/symbol/access?s=A/RES/79/1&l=en&t=pdf")
    'un:A/RES/79/1'
    >>> numbered("https://rm.coe.int/greta-third-evalution-report-on-the-united-kingdom/1680a43b36")
    'coe:1680a43b36'
    """
    plain = _plain(text.strip())
    for name, patterns in _SHAPES:
        for pattern in patterns:
            if match := re.fullmatch(pattern, plain, re.ASCII):
                (number,) = match.groupdict().values()
                spelled = {"consil": number.replace("-", "_"), "un": number.upper()}
                return f"{name}:{spelled.get(name, number)}"
    raise IdentifierError(f"no document with a number: {text!r}")


def _plain(text: str) -> str:
    """Return an address as host, path and the symbol of its query, without blanks; an id as it is."""
    if "://" not in text:
        return text
    parts = split(text)
    asked = {name.lower(): value for name, value in parse_qsl(parts.query)}
    symbol = asked.get("s") or asked.get("symbol") or ""
    host = "" if parts.hostname is None else parts.hostname
    path = re.sub(r"\s", "", unquote(parts.path)).rstrip("/")
    return f"{host}{path}?{symbol.replace(' ', '')}" if symbol else f"{host}{path}"


_STATED = re.compile(r"(?:command|coe|ilo|untc):(.+)|paper:(.+\))|oj:(?!.*, p\. )(.+)")
"""Ids that are a number which a document states as its own; one of the House without its session names several."""
_PAPERS = {"com": ("PC", "DC"), "swd": ("SC",), "sec": ("SC",), "join": ("JC",)}
"""Types in CELEX numbers of what the Commission numbers: of COM documents the proposals, and all others."""
_PAPER = re.compile(r"(com|swd|sec|join):(\d{4})/(\d{1,4})")
_OF_COUNCIL = re.compile(r"st:(\d{4,5})/(\d\d)(?:/(REV|ADD|COR)(\d{1,2}))?")
_PROCEDURE = re.compile(r"(procedure:\d{4}/\d{4}[A-Z]?)\([A-Z]{3}\)")


def held_as(cited: str) -> tuple[str, ...]:
    """Return other ids, and the own number, under which a paper or procedure may be held that is cited by its number.

    >>> held_as("com:2022/732"), held_as("procedure:2022/0426(COD)"), held_as("ukpga/2015/30")
    (('celex:52022PC0732', 'celex:52022DC0732', 'COM(2022)732'), ('procedure:2022/0426',), ())
    >>> held_as("command:CP 100"), held_as("paper:HC 12 (2017-19)"), held_as("paper:HC 12")
    (('CP 100',), ('HC 12 (2017-19)',), ())
    >>> held_as("st:9465/18"), held_as("st:8665/21/REV1")
    (('consil:ST_9465_2018_INIT',), ('consil:ST_8665_2021_REV_1',))
    """
    if match := _PAPER.fullmatch(cited):
        own = f"{match[1].upper()}({match[2]}){int(match[3])}"
        return (*(f"celex:5{match[2]}{kind}{int(match[3]):04}" for kind in _PAPERS[match[1]]), own)
    if match := _OF_COUNCIL.fullmatch(cited):
        later = f"{match[3]}_{int(match[4])}" if match[3] else "INIT"
        return (f"consil:ST_{match[1]}_{_century(match[2])}_{later}",)
    match = _PROCEDURE.fullmatch(cited) or _STATED.fullmatch(cited)
    return tuple(filter(None, match.groups())) if match else ()


def _century(year: str) -> str:
    return f"{'19' if year > '90' else '20'}{year}"
