"""Addresses of the European Union, the Council of Europe and the United Nations that have protocols of their own."""

import json
import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from crawler.add.detect.values import Proposal
from crawler.errors import IdentifierError
from crawler.identifiers import celex, europarl_id
from crawler.protocols.cellar import addresses
from crawler.protocols.europarl.options import LISTS, PREFIX, SUBJECT
from crawler.protocols.hudoc.names import FEED, RESULTS
from crawler.sources import Expect

EMPTY = Expect(min=0, zero=True)
_SECTORS = {"1": "treaty", "2": "treaty", "5": "report", "6": "case_law"}
"""First digits of CELEX numbers that do not stand for legislation."""
_PUBLICATION = re.compile(r"/[a-z]{2}/(?:web/[^/]+/)?publication-detail/-/publication/([0-9a-f-]{36})(?:/.*)?")


def cellar(url: str) -> Proposal | None:
    """Return how an act or a document of EU law is watched, from any address or number of it: through CELLAR."""
    try:
        number = addresses.number(celex(url))
    except IdentifierError:
        number = ""
    if number:
        kind = _SECTORS.get(number[0], "legislation")
        options: dict[str, object] = {"feed": "items", "items": [number]}
        return _cellar(addresses.SPARQL, f"cellar {number}", f"EU document {number}", kind, options)
    parts = urlsplit(url)
    if parts.hostname == "op.europa.eu" and (found := _PUBLICATION.fullmatch(parts.path)):
        return _cellar(addresses.resource("cellar", found[1]), f"cellar {found[1]}", f"EU publication {found[1]}")
    if parts.hostname != "publications.europa.eu":
        return None
    if parts.path.startswith("/webapi/notification/"):
        notes = ("Without items or classes all changes of CELLAR are kept: thousands a day.",)
        options = {"feed": "notifications"}
        name = "Notifications of CELLAR"
        return _cellar(addresses.SPARQL, "cellar notifications", name, "legislation", options, EMPTY, notes)
    if parts.path.startswith("/webapi/rdf/sparql") and parts.query:
        return _cellar(url, "cellar query", "Query of CELLAR", "legislation", {}, EMPTY)
    if name := addresses.name_at(url):
        return _cellar(url, f"cellar {name}", f"EU document {name}")
    return None


def _cellar(
    url: str, label: str, name: str, kind: str = "report", options: dict[str, object] | None = None,
    expect: Expect | None = None, notes: tuple[str, ...] = (),
) -> Proposal:  # fmt: skip
    return Proposal(
        protocol="cellar",
        url=url,
        label=label,
        name=name,
        kind=kind,
        kinds=("legislation",) if kind == "report" else (),
        options=options or {},
        expect=expect or Expect(),
        notes=notes,
    )


def europarl(url: str) -> Proposal | None:
    """Return how texts and procedures of the European Parliament are watched: through its Open Data API."""
    parts = urlsplit(url)
    if not f".{parts.hostname}".endswith(".europarl.europa.eu"):
        return None
    name = parts.path.rstrip("/").removeprefix(PREFIX)
    if name in LISTS:
        notes = (f"Only what is about {SUBJECT} (trafficking in human beings) is kept; words adds words of titles.",)
        return _europarl(name, name, {"subjects": [SUBJECT]}, EMPTY, f"?{parts.query}" if parts.query else "", notes)
    try:
        system, _, identifier = europarl_id(url).partition(":")
    except IdentifierError:
        return None
    item = identifier.replace("/", "-")
    if system == "procedure":
        return _europarl("procedures", item, {"items": [item]}, Expect())
    kept = "adopted-texts" if item.startswith("TA-") else "plenary-documents"
    return _europarl(kept, item, {"items": [item]}, Expect())


def _europarl(
    name: str, words: str, options: dict[str, object], expect: Expect, query: str = "", notes: tuple[str, ...] = ()
) -> Proposal:
    return Proposal(
        protocol="europarl",
        url=f"https://data.europarl.europa.eu{PREFIX}{name}{query}",
        label=f"ep {words}",
        name=f"European Parliament, {words}",
        kind="parliament",
        options=options,
        expect=expect,
        notes=notes,
    )


_HUDOC = re.compile(r"hudoc\.([a-z]{3,12})\.coe\.int")
_COURT = frozenset({"article", "respondent", "languageisocode", "documentcollectionid2", "importance"})
_COLUMNS = (
    "itemid,docname,doctype,appno,article,conclusion,ecli,importance,kpdate,languageisocode,respondent"
    "&sort=kpdate%20Descending&start=0&length=100"
)


def hudoc(url: str) -> Proposal | None:
    """Return how a site of HUDOC is watched: the Court by the results of a search, all others by their feed."""
    parts = urlsplit(url)
    site = _HUDOC.fullmatch(parts.hostname or "")
    if site is None:
        return None
    name, base = site[1], f"https://{site[0]}"
    if parts.path in (FEED, RESULTS) and parts.query:
        address = f"{base}{parts.path}?{parts.query}"
        return _hudoc(address, name, {"pages": 10} if parts.path == RESULTS else {})
    if name != "echr":
        query = f"library={name}eng&query=contentsitename%3A{name.upper()}&sort=&start=1"
        return _hudoc(f"{base}{FEED}?{query}", name, {})
    wanted, dropped = _conditions(unquote(parts.fragment))
    query = " AND ".join(["contentsitename:ECHR", *wanted])
    notes = [f"Left out of the search: {', '.join(dropped)}."] if dropped else []
    if not wanted:
        notes.append("These are all judgments; search at HUDOC first, by article say, and add the address of that.")
    address = f"{base}{RESULTS}?query={quote(query, safe='()')}&select={_COLUMNS}"
    return _hudoc(address, name, {"pages": 10}, tuple(notes))


def _hudoc(url: str, name: str, options: dict[str, object], notes: tuple[str, ...] = ()) -> Proposal:
    return Proposal(
        protocol="hudoc",
        url=url,
        label=f"hudoc {name}",
        name=f"HUDOC, {name.upper()}",
        kind="case_law" if name == "echr" else "report",
        options=options,
        evidence="reported",
        notes=notes,
    )


def _conditions(fragment: str) -> tuple[list[str], list[str]]:
    """Return the conditions of a search as HUDOC writes them behind ``#``, and the names of unknown ones."""
    try:
        stated = json.loads(fragment) if fragment.startswith("{") else {}
    except (ValueError, RecursionError):
        stated = {}
    wanted, dropped = [], []
    for name, values in stated.items() if isinstance(stated, dict) else ():
        texts = [each for each in values if isinstance(each, str)] if isinstance(values, list) else []
        if name in _COURT and texts and not any('"' in each for each in texts):
            field = name.removesuffix("2")
            wanted.append("(" + " OR ".join(f'({field}="{each}")' for each in texts) + ")")
        elif name not in ("sort", "tabview"):
            dropped.append(re.sub(r"\W", "", name)[:40])
    return wanted, dropped


def europol(url: str) -> Proposal | None:
    """Return how the newsroom of Europol is watched: by its feed."""
    parts = urlsplit(url)
    newsroom = ("/cms/api/rss/news", "/media-press/newsroom", "/newsroom", "/rss")
    if parts.hostname not in ("www.europol.europa.eu", "europol.europa.eu") or not parts.path.startswith(newsroom):
        return None
    return Proposal(
        protocol="europol",
        url="https://www.europol.europa.eu/cms/api/rss/news",
        label="europol news",
        name="Europol news",
        kind="news",
        expect=Expect(min=5),
        evidence="reported",
    )


def presscorner(url: str) -> Proposal | None:
    """Return how the press corner of the European Commission is watched: a search, or its feed."""
    parts = urlsplit(url)
    if parts.hostname != "ec.europa.eu" or not parts.path.startswith("/commission/presscorner"):
        return None
    site = "https://ec.europa.eu/commission/presscorner/api"
    asked = {name.lower(): value for name, value in parse_qsl(parts.query)}
    words = asked.get("keywords") or asked.get("text") or ""
    address = f"{site}/rss?{urlencode({'language': 'en', 'pageSize': 50})}"
    notes: tuple[str, ...] = ()
    if words:
        paging = {"language": "en", "text": words, "pagesize": 100, "pagenumber": 1}
        address = f"{site}/search?{urlencode(paging, quote_via=quote)}"
    elif "/detail/" in parts.path:
        notes = ("A single release is no source: this is the feed of all, of which it was one.",)
    return Proposal(
        protocol="presscorner",
        url=address,
        label=" ".join(["commission press", *words.split()]),
        name=f"European Commission press corner: {words}" if words else "European Commission press corner",
        kind="news",
        options={"pages": 5} if words else {},
        evidence="reported",
        notes=notes,
    )


def sherloc(url: str) -> Proposal | None:
    """Return how the laws or the cases of SHERLOC are watched."""
    parts = urlsplit(url)
    is_there = parts.hostname == "sherloc.unodc.org" or (
        parts.hostname in ("www.unodc.org", "unodc.org") and parts.path.startswith("/cld/")
    )
    if not is_there:
        return None
    cases = any(word in f"{parts.path}?{parts.query}".lower() for word in ("cldb", "case-law", "case_law"))
    base = "cldb" if cases else "legdb"
    return Proposal(
        protocol="sherloc",
        url=f"https://www.unodc.org/cld/v3/sherloc/{base}/data.json",
        label=f"sherloc {'cases' if cases else 'laws'}",
        name=f"UNODC SHERLOC, {'cases' if cases else 'laws'} on trafficking in persons",
        kind="case_law" if cases else "legislation",
        evidence="reported",
        notes=("country chooses one country by its English name; crime_type another crime.",),
    )
