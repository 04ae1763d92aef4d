"""Which rules take documents of the United Kingdom: see :mod:`reaching`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from crawler.identifiers import canonical_url, document_id, is_govuk, parliament_id
from crawler.identifiers.acts import spelled, titles
from crawler.protocols import govuk, legislation, parliament
from crawler.protocols.govuk import options as searches
from crawler.protocols.govuk.addresses import path_of
from crawler.protocols.govuk.search import addresses
from crawler.protocols.legislation.effects import relation
from crawler.protocols.legislation.names import HOSTS, Address, address
from crawler.protocols.parliament.options import APIS
from crawler.protocols.wanted import Found, Wanted, first_pages, holds, is_body, read_by
from crawler.sources import Registry, Source


def of_govuk(source: Source, wanted: Wanted, registry: Registry) -> Found:
    """Yield the rules of a source that take a page: an item, a search, all of an organisation.

    Without an address author and title tell, where the author publishes there and has no site that is closed to us.
    """
    path = path_of(wanted.url) if is_govuk(wanted.url) else None
    if path is None and (wanted.url or not _is_on_govuk(wanted.publisher, registry)):
        return
    options = govuk.Options.of(source)
    for item in options.items if path else ():
        if path == item or (path or "").startswith(f"{item}/"):
            yield f"item {item}", ""
    for url in addresses(source) if searches.is_search(source.url) else ():
        yield from _of_search(dict(searches.query(url)), source, wanted, registry)


def _of_search(asked: dict[str, str], source: Source, wanted: Wanted, registry: Registry) -> Found:
    options = govuk.Options.of(source)
    words, organisation = asked.pop("q", ""), asked.pop("filter_organisations", "")
    if options.document_types or any(name.startswith(("filter_", "reject_")) for name in asked):
        return
    if organisation and not _is_of(wanted.publisher, source, registry):
        return
    phrases = [quoted or word for quoted, word in re.findall(r'"([^"]+)"|(\S+)', words)]
    # An address is made of the title that the page had at first.
    titles = (wanted.title, (is_govuk(wanted.url) and path_of(wanted.url)) or "")
    if (words or organisation) and any(all(holds(each, phrase) for phrase in phrases) for each in titles):
        newest = f"the newest {options.pages * int(asked['count'])}" if options.pages else ""
        # The newest of all that a department publishes: whether this is one, nothing tells.
        if words or not newest or source.backfill is not None:
            yield " of ".join(each for each in (f"search {words}".strip(), organisation) if each), newest


def _is_on_govuk(body: str, registry: Registry) -> bool:
    sources = [source for source in registry.sources.values() if _is_of(body, source, registry)]
    there = [each.enabled for each in sources if each.protocol == "govuk"]
    return any(there) and all(each.enabled for each in sources if each.protocol != "govuk")


def _is_of(body: str, source: Source, registry: Registry) -> bool:
    """Return whether a document of one or more bodies is of that of a source, too."""
    return _is_named(body, source.publisher, registry.publishers[source.publisher].name)


@lru_cache(maxsize=32_768)
def _is_named(body: str, id: str, name: str) -> bool:
    return is_body(body, id, name) or holds(body, name)


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
    return f"url:{canonical_url(url)}" if _beside(url) else document_id(url)


def _beside(url: str) -> Address | None:
    """Return what an address of a document beside an instrument names, None for any other."""
    parts = urlsplit(url)
    return address(url) if parts.hostname in HOSTS and _BESIDE_LAW.search(parts.path) else None


def of_legislation(source: Source, wanted: Wanted, registry: Registry) -> Found:
    """Yield the rules of a source that take an instrument, or a file beside one: an item, a search for words."""
    options = legislation.Options.of(source)
    if (beside := _beside(wanted.url)) is not None:
        if options.feed == "items" and options.associated and beside.item in options.items:
            yield f"beside {beside.item}", ""
        return
    name = read_by(identity, wanted.url)
    is_titled = not wanted.url and is_body(
        wanted.publisher, source.publisher, registry.publishers[source.publisher].name
    )
    if not is_titled and (urlsplit(wanted.url).hostname not in HOSTS or name.startswith("url:")):
        return
    if options.feed == "items":
        if name in options.items:
            yield f"item {name}", ""
        for act in options.items if {"commencing", "made_under"} & {*options.related} else ():
            if _is_under(wanted.title, act):
                yield f"around {act}, whose title it begins with", ""
    elif options.feed == "list":
        yield from _of_list(source, options, name, wanted.title)


def _of_list(source: Source, options: legislation.Options, name: str, title: str) -> Found:
    listed = urlsplit(source.url).path.split("/")[1].split("+")
    if any(
        each and name.partition("/")[0] not in each for each in ([] if listed == ["all"] else listed, options.types)
    ):
        return
    for key, asked in parse_qsl(urlsplit(source.url).query):
        for phrase in asked.split(" OR ") if key in ("title", "text") else ():
            if holds(title, phrase):
                yield f"search {key} {phrase}", first_pages(options.pages)


def _is_under(title: str, act: str) -> bool:
    """Return whether a title begins as those of instruments do that are made under an Act or commence it.

    >>> _is_under("The Illegal Migration Act 2023 (Commencement No. 1) Regulations 2023", "ukpga/2023/37")
    True
    >>> _is_under("Illegal Migration Act 2023", "ukpga/2023/37"), _is_under("A title", "ukpga/1/1")
    (False, False)
    """
    own = titles().get(act)
    return own is not None and spelled(title).startswith(f"{spelled(own)} (")


def of_effects(registry: Registry, name: str, effects: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the sources that read an instrument because effects that are held name it, each with the rule in words.

    An effect has ``affected``, ``affecting``, ``nature`` and ``head`` as in the table of effects.
    """
    found = [each for each in effects if name in (each["affected"], each["affecting"])]
    for source in registry.sources.values():
        if source.protocol != "legislation" or not source.enabled or source.evidence == "assumed":
            continue
        options = legislation.Options.of(source)
        for each in found:
            is_affecting = each["affecting"] == name
            other = each["affected" if is_affecting else "affecting"]
            role = relation(each["nature"], each["head"]) if is_affecting else "predecessors"
            if role in options.related and other in options.items:
                yield source.id, f"{_ROLES[role]} {other}, by the list of effects"


_ROLES = {
    "commencing": "commences",
    "amending": "amends",
    "made_under": "made under",
    "predecessors": "changed by",
}

_BUSINESS = {
    "bills": "bill:",
    "committees": "committee-publication:",
    "questions": "written-question:",
    "statements": "written-statement:",
    "treaties": "treaty:",
}
_REPORT = re.compile(
    r"https?://publications\.parliament\.uk/pa/(?:cm|ld|jt)(?:20(?:1[5-9]|2\d)\d\d|[56]\d\d\d)/(?:cm|ld|jt)select/"
)
"""Web pages of reports, by the session they are of: since that of 2015, as no older one is known to be in the API."""
_INQUIRY = re.compile(r"https?://committees\.parliament\.uk/work/\d+(?:/|$)")
"""Pages of inquiries, which are closed to programs: what an inquiry publishes has its name, and is in the API."""
_SINCE = ", as far back as the API goes, which nobody has written down"
_COMMITTEE = re.compile(
    r"(?:House of (?:Lords|Commons)\b.*|Joint Committee on .*|(?:Home|Foreign|European|Northern Ireland|Scottish|Welsh)"
    r" Affairs|Public Accounts|Environmental Audit|Work and Pensions|Women and Equalities|International Development"
    r"|Business,? (?:and Trade|Energy and Industrial Strategy|Innovation and Skills)|Justice|Education"
    r"|Health(?: and Social Care)?|Treasury|Public Administration.*|Levelling Up.*"
    r"|Environment, Food and Rural Affairs|Secondary Legislation Scrutiny|International Agreements)(?: Committee)?"
)
"""Names of select committees of both Houses."""


def of_parliament(source: Source, wanted: Wanted, registry: Registry) -> Found:
    """Yield the rules of a source that take a paper of Parliament: an item, a search for a term."""
    options = parliament.Options.of(source)
    api, named = options.api or "", read_by(parliament_id, wanted.url)
    if options.asked or api not in _BUSINESS:
        return
    is_report = api == "committees" and _REPORT.match(wanted.url) is not None
    is_inquiry = api == "committees" and _INQUIRY.match(wanted.url) is not None
    is_told = not wanted.url and _is_told(api, wanted)
    if not (named.startswith(_BUSINESS[api]) or is_report or is_inquiry or is_told):
        return
    if named and named.partition(":")[2] in options.items:
        yield f"item {named}", ""
    for term in options.terms:
        if holds(wanted.title, term):
            newest = f"the last {options.days} days" if APIS[api].windows else first_pages(options.pages)
            yield f"search {term}{_SINCE if is_report else ''}", newest


def _is_told(api: str, wanted: Wanted) -> bool:
    """Return whether author and title tell that a document is one of an API."""
    if api == "committees":
        return _COMMITTEE.fullmatch(wanted.publisher) is not None and wanted.publisher != "House of Commons Library"
    is_bill = re.search(r"\bBill\b(?: \[HL\])?(?: \d{4}.*| \(.*\))?$", wanted.title) is not None
    return api == "bills" and is_bill and is_body(wanted.publisher, "UK Parliament")
