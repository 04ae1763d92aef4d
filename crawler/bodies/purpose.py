"""What a page is for: a document of some kind, news, an older release, or a page that serves its site and is none.

Results of a search, notices on cookies and log-in pages are told by facts that any site has: a form that asks for the
parameter in the page's own address, a field for a password, the whole title in the languages of the sources.
https://www.w3.org/TR/wai-aria-1.2/#search. News is told by the type that a page states,
https://schema.org/NewsArticle or https://ogp.me/#type_article; that of an article many programs put on every page, so
that it counts in a newsroom alone. The line over a title may name its kind: "Publication - Impact assessment".
"""

import re
from collections.abc import Iterator
from itertools import chain, islice
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import etree

from crawler.bodies.segmenter import words
from crawler.text import canonical, clean

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


_RELEASE = r"(?:release|edition|version|publication|bulletin)"
_LATEST = r"(?:latest|most recent|newest)"
_SAID = re.compile(rf"\s*this(?: {_RELEASE})? is not the {_LATEST}(?: {_RELEASE})\b", re.IGNORECASE)
"""How a banner begins that says so: gov.wales, the Office for National Statistics."""
_LABEL = re.compile(rf"(?:(?:view|see|go to) (?:the )?)?{_LATEST} {_RELEASE}:?", re.IGNORECASE)
MAX_ABOVE = 2
"""Elements above a banner or a label beside which its link can stand."""


def later_release(root: etree._Element, html: str, url: str) -> str:
    """Return the address of the latest release that a page of an earlier one leads to; empty for any other page."""
    if "is not the" not in html.lower():
        return ""  # Of most pages no element is looked at.
    banner = next((each for each in root.iter(etree.Element) if each.text and _SAID.match(each.text)), None)
    if banner is None:
        return ""
    labels = (each for each in root.iter(etree.Element) if each.text and _LABEL.fullmatch(clean(each.text)))
    found = (link for each in (*labels, banner) if (link := _link(each)))
    return next((urljoin(url, link) for link in found), "")


def _link(element: etree._Element) -> str:
    """Return where the first link in an element or behind it leads, empty where there is none near."""
    above = (element, *islice(element.iterancestors(), MAX_ABOVE))
    behind = (sibling.iter("a") for each in above for sibling in each.itersiblings())
    return next((link for each in chain(element.iter("a"), *behind) if (link := each.get("href"))), "")


_NEWS = re.compile(r'"@type"\s*:\s*(?:\[[^\]]*)?"(?:\w+NewsArticle|NewsArticle)"')
_NEWSROOM = re.compile(
    r"news(?:room)?|press(?:-?(?:room|releases?|corner|centre|center))?|(?:media|news)-releases?|media-centre"
    r"|newyddion|presse(?:mitteilungen)?|communiques?(?:-de-presse)?|persberichten|nieuws|aktuelles|notas?-de-prensa",
    re.IGNORECASE,
)
"""A step of an address below which a site keeps its news, in the languages of the sources."""


def is_news(root: etree._Element, html: str, url: str) -> bool:
    """Return whether a page states that it is news, or is an article below the newsroom of its site."""
    if "NewsArticle" in html and any(
        _NEWS.search(script.text or "") for script in root.iter("script") if _is_linked_data(script)
    ):
        return True
    *above, _ = urlsplit(url).path.rstrip("/").split("/")
    return any(map(_NEWSROOM.fullmatch, above)) and any(
        (meta.get("property") or meta.get("name") or "").lower() == "og:type"
        and (meta.get("content") or "").strip().lower() == "article"
        for meta in root.iter("meta")
    )


def _is_linked_data(script: etree._Element) -> bool:
    return script.get("type", "").strip().lower() == "application/ld+json"


_NAMED_KINDS = {
    "guidance": "guidance; advice and guidance; detailed guide; practice guidance; non-statutory guidance",
    "statutory_guidance": "statutory guidance",
    "report": (
        "report; annual report; progress report; corporate report; independent report; inspection report; "
        "impact assessment; equality impact assessment; transparency data; foi release; foi/eir release; case study"
    ),
    "research": "research and analysis; research publication; research report; research paper; research findings",
    "statistics": (
        "statistics; official statistics; national statistics; accredited official statistics; statistics publication; "
        "statistics release; statistical bulletin; statistical release; statistical article"
    ),
    "policy_paper": "policy paper; strategy/plan; strategy document; action plan",
    "consultation": (
        "consultation; open consultation; closed consultation; consultation paper; consultation outcome; "
        "consultation analysis; consultation response; call for evidence"
    ),
    "collection": "collection; document collection",
    "form": "form",
    "correspondence": "correspondence; letter",
    "news": "news story; press release; media release; news release; speech/statement; speech",
}
KINDS = {name: kind for kind, names in _NAMED_KINDS.items() for name in names.split("; ")}
"""The kind of document for each name that sites show, in small letters."""
NAVIGATION = frozenset({"nav", "ol", "ul", "script", "style", "img", "picture", "figure", "form", "button"})
MAX_STEPS = 2
"""Most elements around a title whose neighbour before may be the line over it."""
MAX_ELEMENTS = 8
"""Most elements of such a line."""
_BEFORE = re.compile(r"\A.*?(?:\s[-\u2013\u2014|]|:)\s")


def stated_kind(heading: etree._Element | None) -> str:
    """Return the kind of document that the line over a title names, empty where it names none."""
    for line in _lines_over(heading):
        said = canonical(line).casefold().strip()
        if kind := KINDS.get(said) or KINDS.get(_BEFORE.sub("", said, count=1)):
            return kind
    return ""


def _lines_over(heading: etree._Element | None) -> Iterator[str]:
    """Yield the words of the element before a title, also before what it is the first element of."""
    for _ in range(MAX_STEPS):
        if heading is None:
            return
        before = next(heading.itersiblings(etree.Element, preceding=True), None)
        if before is not None:
            if before.tag not in NAVIGATION and sum(1 for _ in before.iter()) <= MAX_ELEMENTS:
                yield words(before)
            return
        heading = heading.getparent()
