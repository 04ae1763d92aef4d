"""Which rule of which source takes a document, told by its address and its title alone: nothing is asked.

A rule is a page or number that a source names, a pattern of addresses, a search whose phrase stands in the title, or
the catalogue of all that a body publishes. What only an answer could tell, such as the members of a list or the subject
of a work, is no rule here: so a source may take more than this says, and feeds, which name no pattern, take nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from crawler.identifiers import canonical_url, document_id, is_address, is_govuk, parliament_id
from crawler.protocols import followed, govuk, legislation, listing, page, parliament, reaching_union, sitemap
from crawler.protocols.govuk import options as searches
from crawler.protocols.govuk.addresses import path_of
from crawler.protocols.govuk.search import address
from crawler.protocols.legislation.names import HOSTS
from crawler.protocols.wanted import Found, Wanted, first_pages, holds, is_body, is_on, place, read_by
from crawler.sources import Registry, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What takes a document: the id of a source, and its rule in words.

    ``newest`` says how far a list is read where that is not to its end, such as ``the newest 500``: an older document
    is not read by this rule.
    """

    source: str
    words: str
    newest: str = ""


def rule(registry: Registry, wanted: Wanted) -> Rule | None:
    """Return the rule that takes a document, one that reads to the end before others, None where no source has one.

    Of sources that are off, or of which nobody is known to have seen an answer, there are none.
    """
    found = None
    for source in registry.sources.values():
        if not wanted.url and source.protocol not in _WITHOUT_ADDRESS:
            continue
        if not source.enabled or source.evidence == "assumed":
            continue
        for words, newest in _RULES[source.protocol](source, wanted, registry) if source.protocol in _RULES else ():
            if not newest:
                return Rule(source=source.id, words=words)
            found = found or Rule(source=source.id, words=words, newest=newest)
    return found


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
    name = read_by(identity, wanted.url)
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
                yield f"search {key} {phrase}", first_pages(options.pages)


_BUSINESS = {
    "bills": "bill:",
    "committees": "committee-publication:",
    "questions": "written-question:",
    "statements": "written-statement:",
    "treaties": "treaty:",
}


def _parliament(source: Source, wanted: Wanted, registry: Registry) -> Found:
    options = parliament.Options.of(source)
    api, named = options.api or "", read_by(parliament_id, wanted.url)
    if options.asked or api not in _BUSINESS or not named.startswith(_BUSINESS[api]):
        return
    if named.partition(":")[2] in options.items:
        yield f"item {named}", ""
    for term in options.terms:
        if holds(wanted.title, term):
            newest = f"the last {options.days} days" if parliament.options.APIS[api].windows else ""
            yield f"search {term}", newest or first_pages(options.pages)


def _sitemap(source: Source, wanted: Wanted, registry: Registry) -> Found:
    options, path = sitemap.Options.of(source), urlsplit(wanted.url).path
    if not is_on(source, wanted) or (options.exclude and path.startswith(options.exclude)):
        return
    for beginning in options.include or ("/",):
        if path.startswith(beginning):
            yield f"sitemap, {beginning}", ""


def _listing(source: Source, wanted: Wanted, registry: Registry) -> Found:
    options = listing.Options.of(source)
    if not is_on(source, wanted) or options.include is None or not options.include.search(wanted.url):
        return
    if options.exclude is None or not options.exclude.search(wanted.url):
        is_paged = options.next or options.page_parameter
        yield f"list, {options.include.pattern}", first_pages(options.pages if is_paged else 1)


def _page(source: Source, wanted: Wanted, registry: Registry) -> Found:
    for item in (source.url, *page.Options.of(source).items):
        if place(item) == place(wanted.url):
            yield f"item {item}", ""
    follow = source.followed
    if follow is None or not follow.include or not is_address(wanted.url):
        return
    hosts = {followed.site(each) for each in (source.url, *page.Options.of(source).items)}
    if followed.site(wanted.url) in hosts | set(follow.hosts) and followed.is_wanted(wanted.url, follow):
        yield f"links, {followed.matching(wanted.url, follow.include)}", ""


_RULES: Mapping[str, Callable[[Source, Wanted, Registry], Found]] = {
    "cellar": reaching_union.of_cellar,
    "europarl": reaching_union.of_europarl,
    "govuk": _govuk,
    "hudoc": reaching_union.of_hudoc,
    "legislation": _legislation,
    "listing": _listing,
    "numbered": reaching_union.of_numbered,
    "page": _page,
    "parliament": _parliament,
    "presscorner": reaching_union.of_presscorner,
    "sitemap": _sitemap,
}


_WITHOUT_ADDRESS = frozenset({"cellar", "hudoc"})
"""Protocols that list all that a body publishes: author and title are enough to tell what they take."""

_WITHOUT_ADDRESS = frozenset({"cellar", "hudoc"})
"""Protocols that list all that a body publishes: author and title are enough to tell what they take."""
