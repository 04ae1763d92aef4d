"""Pages that serve their site and are no documents: results of a search, notices on cookies, log-in pages.

They are told by facts that any site has: a form that asks for the parameter in the page's own address, a field for a
password, the whole title in the languages of the sources. https://www.w3.org/TR/wai-aria-1.2/#search
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from crawler.text import clean

LOG_IN = "a log-in page"
_NAMES = {
    "a notice on cookies": (
        r"(?:(?:our |the )?(?:use of |about |managing |manage )?cookies?(?: (?:and privacy|policy|policies|notice"
        r"|statement|preferences|settings|information|consent))?|details about cookies(?: on .+)?|cookies on .+"
        r"|polisi cwcis|cwcis|politique (?:en matière de|relative aux|des|de) cookies|gestion des cookies"
        r"|cookie-?(?:richtlinien?|hinweise?|einstellungen|beleid|verklaring|instellingen)|política de cookies)"
    ),
    "a privacy notice": (
        r"(?:(?:website |site |our )?privacy(?: and cookies?)?(?: (?:policy|notice|statement|settings|cookie notice))?"
        r"|data protection (?:policy|notice|statement)"
        r"|(?:polisi|hysbysiad) preifatrwydd|preifatrwydd|(?:politique|charte) de confidentialité"
        r"|protection des données personnelles|datenschutz(?:erklärung|hinweise?)?"
        r"|privacy ?(?:beleid|verklaring|reglement)|política de privacidad)"
    ),
    "a statement on accessibility": (
        r"(?:(?:website |web )?accessibility(?: (?:policy|help)| statement(?: for .+)?)?|(?:datganiad )?hygyrchedd"
        r"|(?:déclaration d['\u2019])?accessibilité(?: numérique)?|(?:erklärung zur )?barrierefreiheit"
        r"|toegankelijkheid(?:sverklaring)?|(?:declaración de )?accesibilidad)"
    ),
    "terms of a site": (
        r"(?:(?:website |site )?terms (?:and conditions|of use|of service)(?: of use)?|legal notices?|disclaimer"
        r"|copyright(?: (?:notice|statement|and disclaimer))?|impressum|mentions légales|aviso legal|telerau ac amodau"
        r"|gebruiksvoorwaarden|nutzungsbedingungen|conditions d['\u2019]utilisation)"
    ),
    "a map of a site": (
        r"(?:site ?map|map o['\u2019]r (?:safle|wefan)|plan du site|seitenübersicht|inhaltsverzeichnis der website"
        r"|mapa (?:del sitio|web))"
    ),
    LOG_IN: (
        r"(?:(?:user |staff |member )?(?:log[ -]?in|log[ -]?on|sign[ -]?in)(?: to (?:your|my|the) .+)?|mewngofnodi"
        r"|(?:se )?connexion|connectez-vous|anmelden|einloggen|inloggen|iniciar sesión)"
    ),
    "results of a search": (
        r"(?:search(?: page)?|search results?(?: for .*)?|search (?:the|this|our) (?:site|website|toolkit|library"
        r"|database|catalogue|publications|news|resources)|(?:canlyniadau )?chwilio|résultats? de (?:la )?recherche"
        r"|rechercher|such(?:e|ergebnisse?)|zoek(?:en|resultaten)|(?:resultados de la )?búsqueda|buscar)"
    ),
}
_KINDS = {name: re.compile(words, re.I) for name, words in _NAMES.items()}
_SEPARATOR = re.compile(r"\s+[|\u2013\u2014\u00b7:\u00bb-]\s+|\s*\|\s*")
_SEARCHED = frozenset({
    "s", "q", "query", "search", "keys", "keyword", "keywords", "searchterm", "search_query", "search_api_fulltext",
    "searchtext", "text", "term", "fulltext",
})  # fmt: skip
"""Names of parameters with what somebody looks for."""
MAX_LOGIN_WORDS = 200
"""Most words in paragraphs of a page that is there to log in: a longer one says something beside."""


def by_title(title: str) -> str:
    """Return what a page with a title is that serves its site, empty for any other.

    >>> by_title("Cookies policy - Sample toolkit"), by_title("Privacy"), by_title("Search powers")
    ('a notice on cookies', 'a privacy notice', '')
    """
    said = _SEPARATOR.split(clean(title))[0].strip(" .:")
    return next((kind for kind, words in _KINDS.items() if words.fullmatch(said)), "")


def by_forms(root: etree._Element, url: str) -> str:
    """Return ``results of a search`` or ``a log-in page`` for a page that is one by its forms, empty for any other.

    The address of a page of results has what somebody looks for, in a parameter that a form on it asks for.
    """
    query = parse_qsl(urlsplit(url).query)
    asked = {name for name, value in query if name.lower() in _SEARCHED and value.strip()}
    fields = [field for field in root.iter("input") if next(field.iterancestors("form"), None) is not None]
    if any(field.get("name") in asked for field in fields):
        return "results of a search"
    asks_password = any(field.get("type", "").lower() == "password" for field in fields)
    return LOG_IN if asks_password and _words(root) <= MAX_LOGIN_WORDS else ""


def _words(root: etree._Element) -> int:
    return sum(len(" ".join(map(str, part.itertext())).split()) for part in root.iter("p"))
