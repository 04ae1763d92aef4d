"""Which rules take documents of the European Union and of international bodies: see :mod:`reaching`."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from crawler.identifiers import celex, citations, document_id, europarl_id, law_year
from crawler.protocols import cellar, europarl, hudoc, numbered, oai, presscorner
from crawler.protocols.wanted import (
    Found,
    Wanted,
    first_pages,
    holds,
    is_body,
    is_on,
    is_published_by,
    is_same,
    place,
    read_by,
)
from crawler.sources import Registry, Source
from crawler.text import slug

_EU_HOSTS = frozenset({"eur-lex.europa.eu", "op.europa.eu", "publications.europa.eu", "data.consilium.europa.eu"})


def of_cellar(source: Source, wanted: Wanted, registry: Registry) -> Found:
    """Yield the rules of a source that take a document: an act, what is around one, a search, all that a body made."""
    options, name = cellar.Options.of(source), read_by(celex, wanted.url) or read_by(document_id, wanted.url)
    is_there = urlsplit(wanted.url).hostname in _EU_HOSTS
    if options.feed == "search" and (law_year(name) or "9999") >= options.since[:4]:
        yield from _searched(options, wanted, registry, is_there=is_there)
    if options.feed == "items":
        if name.removeprefix("celex:") in options.items:
            yield f"item {name.removeprefix('celex:')}", ""
        for act in options.items if options.related and is_there else ():
            # What amends, is based on or reports on an act names it in its title: by its number, or as people call it.
            found = _ACT.fullmatch(act)
            is_numbered = found and holds(wanted.title, f"{found['year']} {int(found['number'])}")
            if is_numbered or f"celex:{act}" in _cited(wanted.title):
                yield f"around {act}, which the title names", ""


@lru_cache(maxsize=8192)
def _cited(title: str) -> frozenset[str]:
    """Return the documents that a title names.

    >>> sorted(_cited("Report on the Employers' Sanctions Directive, second edition"))
    ['celex:32009L0052']
    """
    return frozenset(each.document for each in citations(title))


def _searched(options: cellar.Options, wanted: Wanted, registry: Registry, *, is_there: bool) -> Found:
    is_union = any(
        each.jurisdiction == "European Union" and is_body(wanted.publisher, each.id, each.name)
        for each in registry.publishers.values()
    )
    bodies = [one for each in options.bodies for one in each.split("|") if _is_meant(one, wanted.publisher, registry)]
    author = f" of {bodies[0]}" if bodies else ""
    is_narrowed = options.concepts or options.types or options.agents
    if is_narrowed or not (is_there or (is_union and not wanted.url) or bodies) or (options.bodies and not bodies):
        return
    path = urlsplit(wanted.url).path
    if not is_there and _NEWS.search(path):  # The catalogue has publications, and no releases.
        return
    is_publication = is_there or not path.strip("/") or _PUBLICATION.search(path) is not None
    for phrase in options.titles or (("",) if bodies and is_publication else ()):
        if not phrase or holds(wanted.title, phrase):
            yield f"search{f' title {phrase}' if phrase else ''}{author}", first_pages(options.pages)


def _is_meant(body: str, asked: str, registry: Registry) -> bool:
    """Return whether a body is asked for by its name, its initials, or its id here, such as FRA."""
    known = registry.publishers.get(slug(asked))
    return is_body(body, asked) or is_same(asked, body) or (known is not None and known.name == body)


_PUBLICATION = re.compile(r"publication|report|\.(?:pdf|docx?|xlsx?)$", re.IGNORECASE)
"""What stands in the addresses of publications of agencies, and not in those of their other pages."""
_NEWS = re.compile(r"/(?:news|press|media)(?:[/-]|room|$)")
_ACT = re.compile(r"3(?P<year>\d{4})[LFDRH](?P<number>\d{4})")


def of_numbered(source: Source, wanted: Wanted, registry: Registry) -> Found:
    """Yield the rules of a source that take a document: a number, or the title it has here, of the same body."""
    name, options = read_by(document_id, wanted.url), numbered.Options.of(source)
    is_titled = not wanted.url or is_published_by(wanted.publisher, registry.publishers[source.publisher].name)
    for number, title in options.items.items():
        if is_titled and slug(wanted.title) == slug(title) and title:
            yield f"item {number}", ""
        others = {place(each) for each in (numbered.addressed(source.url, number), *options.also.get(number, ()))}
        if name == document_id(numbered.addressed(source.url, number)) or (name and place(wanted.url) in others):
            yield f"item {number}", ""


_UN_HOSTS = frozenset({"undocs.org", "docs.un.org", "documents.un.org", "digitallibrary.un.org"})


def of_oai(source: Source, wanted: Wanted, registry: Registry) -> Found:
    """Yield the rules of a source that take a document: a word of its title, among the records that changed lately."""
    options, host = oai.Options.of(source), urlsplit(wanted.url).hostname or ""
    is_its_own = is_body(wanted.publisher, source.publisher, registry.publishers[source.publisher].name)
    if host in _UN_HOSTS or is_on(source, wanted) or (not host and is_its_own):
        for word in options.words:
            if holds(wanted.title, word):
                yield f"search title {word}", f"records changed in the last {options.days} days"


def of_europarl(source: Source, wanted: Wanted, registry: Registry) -> Found:
    """Yield the rules of a source that take a document: a text, or a search."""
    name = read_by(europarl_id, wanted.url)
    options, listed = europarl.Options.of(source), europarl.options.name_of(source)
    if name and name in {read_by(europarl_id, item) for item in options.items}:
        yield f"item {name}", ""
    taken = ("ep:TA-", "ep:A-") if options.related else ("ep:TA-",)
    if options.asked or listed != "adopted-texts" or not name.startswith(taken):
        return
    for word in options.words:
        if holds(wanted.title, word):
            yield (
                f"search {word}{' and the reports adopted' if name.startswith('ep:A-') else ''}",
                f"the last {options.years or europarl.options.YEARS} years",
            )


def of_presscorner(source: Source, wanted: Wanted, registry: Registry) -> Found:
    """Yield the rules of a source that take a document: a search."""
    words = dict(parse_qsl(urlsplit(source.url).query)).get("text", "")
    if holds(wanted.title, words) and re.match(r"https?://ec\.europa\.eu/commission/presscorner/detail/", wanted.url):
        yield f"search {words}", first_pages(presscorner.Options.of(source).pages)


def of_hudoc(source: Source, wanted: Wanted, registry: Registry) -> Found:
    """Yield the rules of a source that take a document: a case, or the whole of a site."""
    asked = dict(parse_qsl(urlsplit(source.url).query)).get("query", "")
    item = dict(parse_qsl(urlsplit(wanted.url).query)).get("i", "")
    if is_on(source, wanted) and item and f'"{item}"' in asked:
        yield f"item {item}", ""
    if not re.fullmatch(r"contentsitename:\w+", asked):
        return
    is_its_own = is_body(wanted.publisher, source.publisher) or holds(wanted.title, source.publisher)
    is_report = is_its_own and _OF_COUNTRY.search(wanted.title)
    parts = urlsplit(wanted.url)
    is_numbered = re.match(rf"/{source.publisher}-\d{{4}}-\d+", parts.path, re.I) is not None
    is_file = parts.hostname == "rm.coe.int"
    if is_on(source, wanted) or (is_report and not wanted.url) or (is_file and (is_report or is_numbered)):
        yield f"all of {urlsplit(source.url).hostname}", first_pages(hudoc.Options.of(source).pages or 1)


_OF_COUNTRY = re.compile(
    r"\b(?:evaluation|country|round) report\b|\bevaluation round\b|implementation of the convention", re.I
)
"""Titles of reports on one country, as monitoring bodies give them; their files lie on rm.coe.int too."""
