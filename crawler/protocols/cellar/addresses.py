"""Names of works and where CELLAR answers for them.

Source: the CELLAR end-user manual (content negotiation). A work is asked at ``/resource/<system>/<identifier>``; the
Accept header chooses what of it is wanted, a suffix language and format (``32011L0036.ENG.fmx4``). Formex is asked as a
zip: an act has several files, and asked for one by one the first is only a header.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import quote, unquote, urlsplit

from crawler.errors import IdentifierError
from crawler.identifiers import celex, celex_consolidated
from crawler.model import Link
from crawler.text import clean

SITE = "https://publications.europa.eu"
SPARQL = f"{SITE}/webapi/rdf/sparql"
NOTIFICATIONS = f"{SITE}/webapi/notification/ingestion"
RESULTS = "application/sparql-results+json"
ATOM = "application/atom+xml"
NOTICE = "application/xml;notice=tree"
ZIP = "application/zip"

ANNOUNCED = "announced"
"""Fact of a link to a text that a notice announces in the language asked for: that it is not there is worth telling."""
ELSE = "otherwise"
"""Fact of a link to a text: what is asked if it is not there, one ``media type address`` a line."""

_ACCEPT = {"fmx4": ZIP, "xhtml": "application/xhtml+xml", "html": "text/html"}
_BEST = ("fmx4", "xhtml", "html", "pdfa2a", "pdfa1a", "pdfa1b", "pdfx", "pdf")
_SYSTEMS = ("celex", "consolidation", "consil", "eli", "oj", "comnat", "immc", "uriserv", "cellar")
"""Whose names are taken for a work, the strongest first."""
_RESOURCE = re.compile(r"/resource/(?:(eli)/(.+?)/?|([a-z-]+)/([^/]+)(?:/.*)?)")
_MANIFESTATION = re.compile(r"(?P<stem>.+)\.(?P<language>[A-Z]{3})\.(?P<format>[a-z0-9]+)")
_PORTAL = re.compile(r"/(?:legal-content/)?(?P<language>[A-Z]{2})/(?:TXT|ALL|AUTO|NOT|HIS|SUM|PIN|LSU)/", re.IGNORECASE)
_ELI_LANGUAGE = re.compile(r"/eli/.+/(?P<language>[a-z]{3})(?:/(?:html|xml|pdf|pdfa))?/?")
_IN_QUERY = re.compile(r"(?:^|&)uri=(?:CELEX|OJ)[^&]*:(?P<language>[A-Z]{2}):[A-Z]+", re.IGNORECASE)

LANGUAGES = {
    "BUL": "bg", "CES": "cs", "DAN": "da", "DEU": "de", "ELL": "el", "ENG": "en", "EST": "et", "FIN": "fi",
    "FRA": "fr", "GLE": "ga", "HRV": "hr", "HUN": "hu", "ITA": "it", "LAV": "lv", "LIT": "lt", "MLT": "mt",
    "NLD": "nl", "POL": "pl", "POR": "pt", "RON": "ro", "SLK": "sk", "SLV": "sl", "SPA": "es", "SWE": "sv",
}  # fmt: skip
"""Languages of the Union: ISO 639-3 as CELLAR writes them, and ISO 639-1."""


def resource(system: str, identifier: str) -> str:
    """Return the address of a resource.

    >>> resource("consolidation", "2024R1689/20260727")
    'https://publications.europa.eu/resource/consolidation/2024R1689%2F20260727'
    """
    return f"{SITE}/resource/{system}/{quote(identifier, safe='')}"


def identity(names: Iterable[str]) -> str | None:
    """Return the id of a work from everything it is called: CELEX first; a consolidated text is its basic act.

    ``names`` are written as in notifications: ``celex:…``, ``consil:…``, ``oj:…``, ``cellar:…``.

    >>> identity(["eli:reg:2024:1689:2026-07-27", "consolidation:2024R1689/20260727", "cellar:a-b"])
    'celex:32024R1689'
    >>> identity(["immc:ST 11536 2026 INIT", "consil:ST_11536_2026_INIT"]), identity(["cellar:a-b", "oj:L_202401689"])
    ('consil:ST_11536_2026_INIT', 'oj:L_202401689')
    """
    found = [name for each in names if (name := clean(each))]
    for system in _SYSTEMS:
        for name in found:
            if not name.startswith(f"{system}:"):
                continue
            with suppress(IdentifierError):
                return celex(name) if system in ("celex", "consolidation", "eli") else name
    return None


def consolidated(names: Iterable[str]) -> tuple[str, str] | None:
    """Return the basic act and the date of a consolidated text, None where no name is that of a finished one.

    >>> consolidated(["consolidation:2024R1689/20260727", "eli:reg:2024:1689:2026-07-27"])
    ('celex:32024R1689', '2026-07-27')
    >>> consolidated(["consolidation:2024R1689/20260727_0010010"]) is None
    True
    """
    for name in names:
        with suppress(IdentifierError):
            return celex_consolidated(name)
    return None


def number(document: str) -> str:
    """Return the CELEX number of an id, the empty text where it is none.

    >>> number("celex:32011L0036"), number("consil:ST_1_2026_INIT")
    ('32011L0036', '')
    """
    return document.removeprefix("celex:") if document.startswith("celex:") else ""


def page(document: str) -> str:
    """Return the official page of a work, which people open: of EUR-Lex, the Council's register or the publisher.

    >>> page("celex:32011L0036")
    'https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32011L0036'
    >>> page("consil:ST_11536_2026_ADD_1")
    'https://data.consilium.europa.eu/doc/document/ST-11536-2026-ADD-1/en/pdf'
    >>> page("cellar:225ab30f-0a4c-11f0-b1a3-01aa75ed71a1")
    'https://op.europa.eu/en/publication-detail/-/publication/225ab30f-0a4c-11f0-b1a3-01aa75ed71a1'
    """
    if found := number(document):
        return f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:{quote(found, safe='()_')}"
    system, _, name = document.partition(":")
    if system == "consil":
        return f"https://data.consilium.europa.eu/doc/document/{quote(name.replace('_', '-'), safe='')}/en/pdf"
    if system == "cellar":
        return f"https://op.europa.eu/en/publication-detail/-/publication/{quote(name, safe='')}"
    return resource(system, name)


def name_at(url: str) -> str:
    """Return what a resource is called by its address, the empty text where it is none of CELLAR's.

    >>> name_at("http://publications.europa.eu/resource/oj/JOL_2022_333_R_0001.ENG.fmx4")
    'oj:JOL_2022_333_R_0001.ENG.fmx4'
    >>> name_at("http://publications.europa.eu/resource/eli/reg/2018/196/oj")
    'eli:reg/2018/196/oj'
    """
    try:
        found = _RESOURCE.fullmatch(urlsplit(url).path)
    except ValueError:
        return ""
    return f"{found[1] or found[3]}:{unquote(found[2] or found[4])}" if found else ""


def notice(document: str, *, token: str = "", **facts: str) -> Link:
    """Return the link to the notice of a work, which says everything about it but its text."""
    system, _, name = document.partition(":")
    stated = {"document": document, **{key: told for key, told in facts.items() if told}}
    return Link(url=resource(system, name), role="document", facts=stated, token=token, accept=NOTICE)


def language_at(url: str) -> str | None:
    """Return the language of a text by its address, which chooses it; pages of EUR-Lex state a wrong one.

    >>> language_at("https://publications.europa.eu/resource/celex/32011L0036.DEU.xhtml")
    'de'
    >>> language_at("https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32017R2403")
    'fr'
    >>> language_at("http://eur-lex.europa.eu/LexUriServ/LexUriServ.do?uri=CELEX:32011L0036:EN:NOT")
    'en'
    """
    parts = urlsplit(url)
    if found := _MANIFESTATION.fullmatch(name_at(url)):
        return LANGUAGES.get(found["language"])
    if found := _PORTAL.search(parts.path):
        return found["language"].lower()
    if found := _ELI_LANGUAGE.fullmatch(parts.path):
        return LANGUAGES.get(found["language"].upper())
    found = _IN_QUERY.search(unquote(parts.query))
    return found["language"].lower() if found else None


def manifestations(urls: Iterable[str], language: str) -> list[str]:
    """Return what to ask for a text, best first, as ``media type address``: from the addresses that a notice announces.

    Formex, then XHTML, then PDF. One address is kept for each format, the CELEX one where there is one: it is the same
    from every side, while consolidations before 2018 answer under nothing else.
    """
    found: dict[str, str] = {}
    for url in sorted(urls, key=_preference):
        match = _MANIFESTATION.fullmatch(name_at(url))
        if match and match["language"] == language and match["format"] in _BEST:
            system, _, name = match[0].partition(":")
            found.setdefault(match["format"], resource(system, name))
    wanted = [name for name in _BEST if name in found]
    pdfs = [name for name in wanted if name.startswith("pdf")]
    return [asked(name, found[name]) for name in wanted if name not in pdfs[1:]]


def _preference(url: str) -> tuple[int, str]:
    system = name_at(url).partition(":")[0]
    return (_SYSTEMS.index(system) if system in _SYSTEMS else len(_SYSTEMS), url)


def asked(form: str, url: str) -> str:
    """Return what is asked for a format, as one line."""
    return f"{_ACCEPT.get(form, 'application/pdf')} {url}"


def supposed(celex_number: str, language: str) -> list[str]:
    """Return what to ask for a text of which no notice announces anything: Formex, then XHTML.

    >>> supposed("02011L0036-20240714", "ENG")[1]
    'application/zip https://publications.europa.eu/resource/consolidation/2011L0036%2F20240714.ENG.fmx4'
    """
    stem, _, date = celex_number[1:].partition("-")
    other = resource("consolidation", f"{stem}/{date}.{language}.fmx4")
    own = [asked(form, resource("celex", f"{celex_number}.{language}.{form}")) for form in ("fmx4", "xhtml")]
    return [own[0], asked("fmx4", other), own[1]] if date else own


def text(chain: list[str], *, token: str = "", **facts: str) -> Link | None:
    """Return the link to the first of several ways to a text; the others are asked in turn where it is not there.

    >>> text(supposed("32011L0036", "ENG"), document="celex:32011L0036").url
    'https://publications.europa.eu/resource/celex/32011L0036.ENG.fmx4'
    """
    if not chain:
        return None
    accept, _, url = chain[0].partition(" ")
    stated = {key: told for key, told in facts.items() if told} | {ELSE: "\n".join(chain[1:])}
    return Link(url=url, role="document", facts=stated, token=token, accept=accept)
