"""The names that HUDOC gives its entries, taken apart: which work, in which language, which section of it; and options.

A link to an entry has a JSON fragment, ``#{"gretaidentifier":["GBR-REP-3-2021-12-ENG-7"]}``. Its key tells the site
(``gretaidentifier``, ``greviosectionid``, ``itemid`` of the Court) and whether its entries are sections. GRETA writes
country-type-round-year-number-language-section; every part but the language may be empty, and several are.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, unquote, urlsplit

from crawler.errors import IdentifierError
from crawler.sources import Source, options
from crawler.sources.fields import Count, Flag, Text, said

FEED, RESULTS, TEXT = "/app/transform/rss", "/app/query/results", "/app/conversion/docx/html/body"
"""Paths of the three endpoints, the same on every site of the family."""

_KEY = re.compile(r"([a-z]{3,12}?)(sectionid|(?:dc)?identifier)")
_SECTION = re.compile(r"-(\d{1,3})\Z")
_SPACE = re.compile(r"\s+")
_ENDS = " -_/."

LANGUAGES = {
    "ENG": "en", "FRE": "fr", "FRA": "fr", "ALB": "sq", "ARM": "hy", "AZE": "az", "BOS": "bs", "BUL": "bg", "CAT": "ca",
    "CZE": "cs", "DAN": "da", "DUT": "nl", "EST": "et", "FIN": "fi", "GEO": "ka", "GER": "de", "GRE": "el", "HRV": "hr",
    "HUN": "hu", "ICE": "is", "ITA": "it", "LAV": "lv", "LIT": "lt", "MAC": "mk", "MLT": "mt", "NOR": "no", "POL": "pl",
    "POR": "pt", "RUM": "ro", "RUS": "ru", "SLO": "sk", "SLV": "sl", "SPA": "es", "SRP": "sr", "SWE": "sv", "TUR": "tr",
    "UKR": "uk",
}  # fmt: skip
"""Codes that HUDOC has for languages (ISO 639-2, bibliographic), as ISO 639-1."""

_OFFICIAL = {"EN": "en", "ENG": "en", "FR": "fr", "FRA": "fr", "FRE": "fr"}
"""Only the two official languages end an identifier of the other sites: GER or SLO would be a country there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """An entry of a HUDOC site.

    ``site`` is ``greta``, ``grevio``, ``echr`` …; ``identifier`` as written; ``document`` the id of the work, without
    language and section; ``language`` ISO 639-1, empty where it is not stated; ``section`` None for a whole work.
    """

    site: str
    identifier: str
    document: str
    language: str
    section: int | None

    @property
    def parts(self) -> list[str]:
        """Return the parts of an identifier of GRETA: country, type, round, year, number."""
        return self.document.partition(":")[2].split("-")


def read(link: str) -> Name:
    """Return the name in the link of an entry.

    Raises:
        IdentifierError: the link has no fragment that names exactly one entry.

    >>> name = read('http://hudoc.greta.coe.int/eng#{"gretaidentifier":["GBR-REP-3-2021-12-ENG-7"]}')
    >>> name.document, name.language, name.section
    ('greta:GBR-REP-3-2021-12', 'en', 7)
    """
    fragment = unquote(link.partition("#")[2])
    try:
        stated = json.loads(fragment)
    except (ValueError, RecursionError):
        raise IdentifierError(f"the link of an entry has no JSON fragment: {link[:200]!r}") from None
    match list(stated.items()) if isinstance(stated, dict) else []:
        case [(str(key), [str(identifier)])] if identifier.strip():
            return named(key, identifier)
    raise IdentifierError(f"the link of an entry does not name exactly one: {link[:200]!r}")


def named(key: str, identifier: str) -> Name:
    """Return the name that an identifier of a kind (``gretaidentifier``) stands for.

    Raises:
        IdentifierError: no such kind.

    >>> named("greviosectionid", "GREVIO(2024)6_Albania_First_thematic_evaluation_report_eng-19").section
    19
    >>> named("gretaidentifier", "NLD-DOM--2022-ECLI:NL:RBAMS:2022: 674 -ENG").document
    'greta:NLD-DOM--2022-ECLI:NL:RBAMS:2022:_674'
    """
    if key == "itemid":
        return Name(
            site="echr", identifier=identifier, document=f"echr:{identifier.strip()}", language="", section=None
        )
    kind = _KEY.fullmatch(key)
    if kind is None:
        raise IdentifierError(f"unknown kind of identifier {key[:40]!r}")
    site, sectioned = kind[1], kind[2] == "sectionid"
    section = _SECTION.search(identifier) if sectioned or site == "greta" else None
    rest = identifier[: section.start()] if section else identifier
    work, language = _split_language(rest, LANGUAGES if site == "greta" else _OFFICIAL)
    if section and not sectioned and not language:
        # Of GRETA only what follows the language is the number of a section: a judgment may end in its docket.
        work, section = identifier, None
    work = _SPACE.sub("_", work.strip(_ENDS)) or _SPACE.sub("_", identifier.strip())
    number = int(section[1]) if section else None
    return Name(site=site, identifier=identifier, document=f"{site}:{work}", language=language, section=number)


def _split_language(text: str, known: dict[str, str]) -> tuple[str, str]:
    """Return a text without the code of a language at its end, and that language, empty if none."""
    match = re.search(r"[-_/ .]([A-Za-z]{2,3})\Z", text)
    language = known.get(match[1].upper(), "") if match else ""
    return (text[: match.start()], language) if match and language else (text, "")


def page_url(link: str, base: str) -> str:
    """Return the official address of an entry: the link of its feed, by https, its fragment spelled as addresses are.

    >>> page_url('http://hudoc.greta.coe.int/eng#{"gretaidentifier":["GEN--2018--ENG"]}', "")
    'https://hudoc.greta.coe.int/eng#%7B%22gretaidentifier%22:%5B%22GEN--2018--ENG%22%5D%7D'
    """
    address, _, fragment = link.partition("#")
    try:
        stated = urlsplit(address)
    except ValueError:  # Brackets where a host stands.
        stated = urlsplit(base)
    host = stated.netloc or urlsplit(base).netloc
    return f"https://{host}{stated.path}#{quote(unquote(fragment), safe='()*,:@!$;=._-~+')}"


def text_url(name: Name, base: str) -> str:
    """Return the address of the text of an entry, on the host of ``base``."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}{TEXT}?library={name.site.upper()}&id={quote(name.identifier, safe='')}"


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is the feed of a search (one page, unless `pages` says more), or its results."""

    texts: Annotated[Flag, said("read each section, 20 to 35 a report")] = False
    pages: Annotated[Count | None, said("most pages of one walk; more is a gap")] = None
    language: Annotated[Text, said("of what states none")] = "en"

    def problems(self, source: Source) -> Iterator[str]:
        """Yield what is wrong with the address."""
        if urlsplit(source.url).path not in (FEED, RESULTS):
            yield f"url: {source.url} is neither the feed ({FEED}) nor the results ({RESULTS}) of a search"
