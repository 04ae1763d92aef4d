"""Which rule of which source takes a document, told by its address and its title alone: nothing is asked.

A rule is a page that a source names, a pattern of addresses, or a search whose phrase stands in the title. What only an
answer could tell, such as the members of a list or the subject of a work, is no rule here: so a source may take more
than this says, and feeds, which name no pattern, take nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from crawler.errors import IdentifierError
from crawler.identifiers import (
    canonical_url,
    celex,
    document_id,
    europarl_id,
    is_govuk,
    law_year,
    parliament_id,
    same_address,
)
from crawler.protocols import (
    cellar,
    europarl,
    govuk,
    hudoc,
    legislation,
    listing,
    page,
    parliament,
    presscorner,
    sitemap,
)
from crawler.protocols.govuk import options as searches
from crawler.protocols.govuk.addresses import path_of
from crawler.protocols.govuk.search import address
from crawler.protocols.legislation.names import HOSTS
from crawler.sources import Registry, Source
from crawler.text import slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A document that is looked for. ``publisher`` is a name or an id; ``url`` may be empty."""

    title: str
    publisher: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What takes a document: the id of a source, and its rule in words.

    ``newest`` says how far a list is read where that is not to its end, such as ``the newest 500``: an older document
    is not read by this rule.
    """

    source: str
    words: str
    newest: str = ""


Found = Iterator[tuple[str, str]]
"""Rules in words, each with how far its list is read."""


def rule(registry: Registry, wanted: Wanted) -> Rule | None:
    """Return the rule that takes a document, one that reads to the end before others, None where no source has one.

    Of sources that are off, or of which nobody is known to have seen an answer, there are none.
    """
    found = None
    for source in registry.sources.values() if wanted.url else ():
        if not source.enabled or source.evidence == "assumed":
            continue
        for words, newest in _RULES[source.protocol](source, wanted, registry) if source.protocol in _RULES else ():
            if not newest:
                return Rule(source=source.id, words=words)
            found = found or Rule(source=source.id, words=words, newest=newest)
    return found


def is_body(asked: str, *names: str) -> bool:
    """Return whether a body is meant by one of the names: they are the same words, or hold them.

    >>> is_body("GRETA", "GRETA, Council of Europe"), is_body("Home Office", "home-office"), is_body("NA", "NAO")
    (True, True, False)
    """
    return any(holds(name, asked) for name in names)


def holds(text: str, phrase: str) -> bool:
    """Return whether the words of a phrase stand in a text, in order and whole; no words stand nowhere.

    >>> holds("Modern-slavery: a guide", "modern slavery"), holds("Antislavery", "slavery"), holds("A guide", "")
    (True, False, False)
    """
    return bool(slug(phrase)) and f"-{slug(phrase)}-" in f"-{slug(text)}-"


def _govuk(source: Source, wanted: Wanted, registry: Registry) -> Found:
    path = path_of(wanted.url) if is_govuk(wanted.url) else None
    if path is None:
        return
    options = govuk.Options.of(source)
    for item in options.items:
        if path == item or path.startswith(f"{item}/"):
            yield f"item {item}", ""
    asked = dict(searches.query(address(source))) if searches.is_search(source.url) else {}
    words, organisation = asked.pop("q", ""), asked.pop("filter_organisations", "")
    if options.document_types or any(name.startswith(("filter_", "reject_")) for name in asked):
        return
    if organisation and not is_body(wanted.publisher, source.publisher, registry.publishers[source.publisher].name):
        return
    phrases = re.findall(r'"([^"]+)"|(\S+)', words)
    if (words or organisation) and all(holds(wanted.title, quoted or word) for quoted, word in phrases):
        newest = f"the newest {options.pages * int(asked['count'])}" if options.pages else ""
        if words or not newest:  # The newest of all that a department publishes: whether this is one, nothing tells.
            yield " of ".join(each for each in (f"search {words}".strip(), organisation) if each), newest


_BESIDE_LAW = re.compile(r"/(?:notes|memorandum|impacts|resources|pdfs)(?:/|$)")
"""Addresses of documents beside an instrument, which begin like its own."""


def identity(url: str) -> str:
    """Return the id of the document at an address; what stands beside an instrument is called by its address.

    Raises:
        IdentifierError: not an absolute http(s) address.

    >>> identity("https://www.legislation.gov.uk/ukpga/2015/30/section/1")
    'ukpga/2015/30'
    >>> identity("https://www.legislation.gov.uk/ukpga/2015/30/notes")
    'url:https://www.legislation.gov.uk/ukpga/2015/30/notes'
    """
    parts = urlsplit(url)
    is_beside = parts.hostname in HOSTS and _BESIDE_LAW.search(parts.path)
    return f"url:{canonical_url(url)}" if is_beside else document_id(url)


def _legislation(source: Source, wanted: Wanted, registry: Registry) -> Found:
    name = _named(identity, wanted.url)
    if urlsplit(wanted.url).hostname not in HOSTS or name.startswith("url:"):
        return
    options = legislation.Options.of(source)
    if options.feed == "items" and name in options.items:
        yield f"item {name}", ""
    if options.feed != "list":
        return
    listed = urlsplit(source.url).path.split("/")[1].split("+")
    if listed != ["all"] and name.partition("/")[0] not in listed:
        return
    for key, asked in parse_qsl(urlsplit(source.url).query):
        for phrase in asked.split(" OR ") if key in ("title", "text") else ():
            if holds(wanted.title, phrase) and (not options.types or name.partition("/")[0] in options.types):
                yield f"search {key} {phrase}", _pages(options.pages)


_EU_HOSTS = frozenset({"eur-lex.europa.eu", "op.europa.eu", "publications.europa.eu"})


def _cellar(source: Source, wanted: Wanted, registry: Registry) -> Found:
    name = _named(celex, wanted.url)
    options = cellar.Options.of(source)
    if options.feed == "items" and name.removeprefix("celex:") in options.items:
        yield f"item {name.removeprefix('celex:')}", ""
    narrowed = options.concepts or options.agents or options.types
    if options.feed != "search" or narrowed or not (name or urlsplit(wanted.url).hostname in _EU_HOSTS):
        return
    if (law_year(name) or "9999") >= options.since[:4]:
        for phrase in options.titles:
            if holds(wanted.title, phrase):
                yield f"search title {phrase}", _pages(options.pages)


_BUSINESS = {
    "bills": "bill:",
    "committees": "committee-publication:",
    "questions": "written-question:",
    "statements": "written-statement:",
    "treaties": "treaty:",
}


def _parliament(source: Source, wanted: Wanted, registry: Registry) -> Found:
    options = parliament.Options.of(source)
    api, named = options.api or "", _named(parliament_id, wanted.url)
    if options.asked or api not in _BUSINESS or not named.startswith(_BUSINESS[api]):
        return
    if named.partition(":")[2] in options.items:
        yield f"item {named}", ""
    for term in options.terms:
        if holds(wanted.title, term):
            newest = f"the last {options.days} days" if parliament.options.APIS[api].windows else ""
            yield f"search {term}", newest or _pages(options.pages)


def _europarl(source: Source, wanted: Wanted, registry: Registry) -> Found:
    name = _named(europarl_id, wanted.url)
    options, listed = europarl.Options.of(source), europarl.options.name_of(source)
    if name and name in {_named(europarl_id, item) for item in options.items}:
        yield f"item {name}", ""
    if options.asked or listed != "adopted-texts" or not name.startswith("ep:TA-"):
        return
    for word in options.words:
        if holds(wanted.title, word):
            yield f"search {word}", f"the last {options.years or europarl.options.YEARS} years"


def _presscorner(source: Source, wanted: Wanted, registry: Registry) -> Found:
    words = dict(parse_qsl(urlsplit(source.url).query)).get("text", "")
    if holds(wanted.title, words) and re.match(r"https?://ec\.europa\.eu/commission/presscorner/detail/", wanted.url):
        yield f"search {words}", _pages(presscorner.Options.of(source).pages)


def _hudoc(source: Source, wanted: Wanted, registry: Registry) -> Found:
    asked = dict(parse_qsl(urlsplit(source.url).query)).get("query", "")
    if _is_on(source, wanted) and re.fullmatch(r"contentsitename:\w+", asked):
        yield f"all of {urlsplit(source.url).hostname}", _pages(hudoc.Options.of(source).pages or 1)


def _sitemap(source: Source, wanted: Wanted, registry: Registry) -> Found:
    options, path = sitemap.Options.of(source), urlsplit(wanted.url).path
    if not _is_on(source, wanted) or (options.exclude and path.startswith(options.exclude)):
        return
    for beginning in options.include or ("/",):
        if path.startswith(beginning):
            yield f"sitemap, {beginning}", ""


def _listing(source: Source, wanted: Wanted, registry: Registry) -> Found:
    options = listing.Options.of(source)
    if not _is_on(source, wanted) or options.include is None or not options.include.search(wanted.url):
        return
    if options.exclude is None or not options.exclude.search(wanted.url):
        is_paged = options.next or options.page_parameter
        yield f"list, {options.include.pattern}", _pages(options.pages if is_paged else 1)


def _page(source: Source, wanted: Wanted, registry: Registry) -> Found:
    for item in (source.url, *page.Options.of(source).items):
        if _key(item) == _key(wanted.url):
            yield f"item {item}", ""


_RULES: Mapping[str, Callable[[Source, Wanted, Registry], Found]] = {
    "cellar": _cellar,
    "europarl": _europarl,
    "govuk": _govuk,
    "hudoc": _hudoc,
    "legislation": _legislation,
    "listing": _listing,
    "page": _page,
    "parliament": _parliament,
    "presscorner": _presscorner,
    "sitemap": _sitemap,
}


def _named(read: Callable[[str], str], url: str) -> str:
    try:
        return read(url)
    except IdentifierError:
        return ""


def _pages(most: int | None) -> str:
    return "" if most is None else "its first page" if most == 1 else f"its first {most} pages"


def _is_on(source: Source, wanted: Wanted) -> bool:
    """Return whether an address is on the host of a source, with or without www."""
    hosts = ((urlsplit(url).hostname or "").removeprefix("www.") for url in (source.url, wanted.url))
    return len(set(hosts)) == 1


def _key(url: str) -> str:
    return _named(same_address, url).replace("https://www.", "https://", 1).rstrip("/")
