"""Which rule of which source takes a document, told by its address and its title alone: nothing is asked.

A rule is a page or number that a source names, a pattern of addresses, a search whose phrase stands in the title, or
the catalogue of all that a body publishes. What only an answer could tell, such as the members of a list or the subject
of a work, is no rule here: so a source may take more than this says, and feeds, which name no pattern, take nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlsplit

from crawler.identifiers import is_address
from crawler.protocols import followed, listing, page, reaching_uk, reaching_union, sitemap, wordpress
from crawler.protocols.elsewhere import by_title, elsewhere
from crawler.protocols.wanted import Found, Wanted, first_pages, holds, is_home, is_on, is_published_by, is_same, place
from crawler.sources import Registry, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What takes a document: the id of a source, and its rule in words.

    ``newest`` says how far a list is read where that is not to its end, such as ``the newest 500``: an older document
    is not read by this rule. :data:`LINKED` is said of pages whose links are followed: only they tell what those are.
    """

    source: str
    words: str
    newest: str = ""


LINKED = "as far as its pages link to it"


def rule(registry: Registry, wanted: Wanted) -> Rule | None:
    """Return the rule that takes a document, one that reads to the end before others, None where no source has one.

    Of sources that are off, or of which nobody is known to have seen an answer, there are none. Other addresses of the
    document follow: see :mod:`elsewhere`. An address of a whole site, of a file whose page it does not name, or of a
    copy on a site of somebody else, tells nothing: author and title are looked at alone.
    """
    found = _of_address(registry, wanted)
    for other in (*elsewhere(wanted.url), *by_title(wanted)) if found is None or found.newest else ():
        if (same := _of_address(registry, replace(wanted, url=other))) and (found is None or not same.newest):
            return replace(same, words=f"{same.words}, as {other}")
    if found is None and wanted.url and _tells_nothing(registry, wanted.url):
        found = _of_address(registry, replace(wanted, url=""))
        found = found and replace(found, words=f"{found.words}, by author and title")
    return found or (_of_site(registry, wanted) if is_home(wanted.url) else None)


def _of_site(registry: Registry, wanted: Wanted) -> Rule | None:
    """Return what reads the list of a site where a body, and no document, is asked for: what it publishes is read."""
    there = [each for each in registry.sources.values() if each.protocol in _SITES and is_on(each, wanted)]
    lists = (each for each in there if each.enabled and each.evidence != "assumed" and _has_list(each))
    for each in lists if len({each.publisher for each in there}) == 1 else ():
        if any(holds(name, wanted.title) for name in (registry.publishers[each.publisher].name, each.name)):
            return Rule(source=each.id, words=f"site whose list is read: {each.url}", newest=LINKED)
    return None


def _has_list(source: Source) -> bool:
    return source.protocol != "page" or source.followed is not None


def _tells_nothing(registry: Registry, url: str) -> bool:
    parts = urlsplit(url)
    hosts = {(urlsplit(source.url).hostname or "").removeprefix("www.") for source in registry.sources.values()}
    host = (parts.hostname or "").removeprefix("www.")
    is_copy = host not in hosts and not f".{host}".endswith(_OFFICIAL)
    is_file = host == "assets.publishing.service.gov.uk"
    return is_copy or is_file or _MOVED.fullmatch(host) is not None or is_home(url)


_MOVED = re.compile(
    r"(?:[a-z]+\.)?(?:bis|cabinetoffice|communities|dcsf|decc|defra|dfid|dh|dwp|education|everychildmatters|fco|homeoffice"
    r"|official-documents)\.gov\.uk"
)
"""Sites of departments that moved to GOV.UK: what was there is found by author and title alone."""
_OFFICIAL = (
    ".gov.uk", ".parliament.uk", ".gov.scot", ".gov.wales", ".llyw.cymru", ".police.uk", ".nhs.uk", ".judiciary.uk",
    ".europa.eu", ".int", ".un.org", ".undocs.org", ".unodc.org", ".ohchr.org", ".ilo.org", ".osce.org",
)  # fmt: skip
"""Ends of hosts of public bodies: what lies there is no copy of somebody else."""


def _of_address(registry: Registry, wanted: Wanted) -> Rule | None:
    found = None
    for source in registry.sources.values():
        if not wanted.url and source.protocol not in _WITHOUT_ADDRESS:
            continue
        if not source.enabled or source.evidence == "assumed":
            continue
        for words, newest in _RULES[source.protocol](source, wanted, registry) if source.protocol in _RULES else ():
            if not newest or (source.backfill is not None and _LIMIT.match(newest)):
                return Rule(source=source.id, words=words)
            found = found or Rule(source=source.id, words=words, newest=newest)
    return found


def _sitemap(source: Source, wanted: Wanted, registry: Registry) -> Found:
    options, path = sitemap.Options.of(source), urlsplit(wanted.url).path
    if not is_on(source, wanted) or (options.exclude and path.startswith(options.exclude)):
        return
    for beginning in options.include or ("/",):
        if path.startswith(beginning):
            yield f"sitemap, {beginning}", ""


_LIMIT = re.compile(r"its first |the (?:last|newest) ")
"""How far a list is read in one walk: a source with a backfill reads it backwards to its end besides."""
_SUBJECT = re.compile(r"\b(?:traffick\w*|slavery|servitude|forced labour|referral mechanisms?)\b", re.IGNORECASE)


def _listing(source: Source, wanted: Wanted, registry: Registry) -> Found:
    options = listing.Options.of(source)
    is_paged = options.next or options.page_parameter
    if _is_by(source, wanted, registry):
        for _, words in parse_qsl(urlsplit(source.url).query):
            if holds(wanted.title, words):
                yield f"list, search {words}", first_pages(options.pages if is_paged else 1)
        is_whole = source.keep == "all" and source.topics and is_paged and not options.pages
        if is_whole and _SUBJECT.search(wanted.title):
            yield "list of its publications on the subject, which the title names", ""
    if not is_on(source, wanted) or options.include is None or not options.include.search(wanted.url):
        return
    if options.exclude is None or not options.exclude.search(wanted.url):
        yield f"list, {options.include.pattern}", first_pages(options.pages if is_paged else 1)


def _wordpress(source: Source, wanted: Wanted, registry: Registry) -> Found:
    options = wordpress.Options.of(source)
    for term in options.terms if is_on(source, wanted) else ():
        if holds(wanted.title, term.strip('"')):
            yield f"search {term}", f"the last {options.days} days" if options.days else first_pages(options.pages)
    if is_on(source, wanted) and not options.terms and not options.days:
        yield f"all of {urlsplit(source.url).path.rpartition('/')[2]}", first_pages(options.pages)


def _page(source: Source, wanted: Wanted, registry: Registry) -> Found:
    for item in (source.url, *page.Options.of(source).items):
        if place(item) == place(wanted.url):
            yield f"item {item}", ""
    follow = source.followed
    if follow is not None and follow.index == "list" and _is_by(source, wanted, registry):
        yield f"links of {source.url}", ""
    if follow is None or not is_address(wanted.url):
        return
    if not follow.include:  # All that a list of publications links to: whether this is one, its subject has to tell.
        is_listed = follow.index == "list" and is_on(source, wanted) and followed.is_wanted(wanted.url, follow)
        if is_listed and _SUBJECT.search(wanted.title):
            yield f"links of {source.url}", LINKED
        return
    hosts = {followed.site(each) for each in (source.url, *page.Options.of(source).items)} | set(follow.hosts)
    if followed.site(wanted.url) not in hosts:
        return
    if followed.is_wanted(wanted.url, follow):
        yield f"links, {followed.matching(wanted.url, followed.counted(follow))}", LINKED
    # The page of the list itself, instead of the document that stands on it.
    below, body = f"{wanted.url.rstrip('/')}/x", registry.publishers[source.publisher].name
    is_file = "." in urlsplit(wanted.url).path.rpartition("/")[2]
    if not is_file and followed.is_wanted(below, follow) and is_published_by(wanted.publisher, body):
        yield f"links, {followed.matching(below, followed.counted(follow))}", LINKED


def _europol(source: Source, wanted: Wanted, registry: Registry) -> Found:
    if place(source.url) == place(wanted.url):
        yield f"list {source.url}", ""
    elif place(wanted.url).startswith(f"{place(source.url)}/"):
        yield f"list {source.url}", LINKED


def _is_by(source: Source, wanted: Wanted, registry: Registry) -> bool:
    """Return whether a document without an address is of the very body whose own list a source reads."""
    return not wanted.url and is_same(wanted.publisher, source.publisher, registry.publishers[source.publisher].name)


_RULES: Mapping[str, Callable[[Source, Wanted, Registry], Found]] = {
    "cellar": reaching_union.of_cellar,
    "europarl": reaching_union.of_europarl,
    "europol": _europol,
    "govuk": reaching_uk.of_govuk,
    "hudoc": reaching_union.of_hudoc,
    "legislation": reaching_uk.of_legislation,
    "listing": _listing,
    "numbered": reaching_union.of_numbered,
    "oai": reaching_union.of_oai,
    "page": _page,
    "parliament": reaching_uk.of_parliament,
    "presscorner": reaching_union.of_presscorner,
    "sitemap": _sitemap,
    "wordpress": _wordpress,
}


_SITES = frozenset({"europol", "listing", "page", "sitemap", "wordpress"})
"""Protocols that read what one site lists."""
_WITHOUT_ADDRESS = frozenset(
    {"cellar", "govuk", "hudoc", "legislation", "listing", "numbered", "oai", "page", "parliament"}
)
"""Protocols whose lists are of a body, or searched: author and title are enough to tell what they take."""
