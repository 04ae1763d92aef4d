"""Which documents that no source takes are kept by hand, or stand on a host that is known to be closed to programs."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.errors import IdentifierError
from crawler.identifiers import same_address
from crawler.protocols.wanted import Wanted, holds, is_published_by
from crawler.sources import Host, Judgment, KeptByHand, Registry
from crawler.text import slug

_BRACKET = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_AROUND = re.compile(rf"^(?:{_YEAR.pattern}) |,? ?\b{_YEAR.pattern}$")
_ARTICLE = re.compile(r"^case of |\b(?:the|an?)\b ?", re.IGNORECASE)
_MIN_WORDS_OF_NUMBER = 3
"""So many words must a number such as A/HRC/47/34 have to name a document whoever is said to publish it."""


def by_hand(registry: Registry, wanted: Wanted) -> KeptByHand | Judgment | None:
    """Return what is kept by hand under the address of a document, its number, or its publisher and title.

    A year or number in brackets behind a title must be that of the document: else it is another edition.
    """
    curated = registry.curated
    for judgment in curated.judgments.kept:
        if _key(judgment.url) == _key(wanted.url) != "" or holds(wanted.title, judgment.citation):
            return judgment
    titled = [each for each in curated.by_hand.kept if _is_titled(each, wanted.title, _publisher(each, registry))]
    for each in curated.by_hand.kept:
        is_published = is_published_by(wanted.publisher, _publisher(each, registry))
        if (is_published and each in titled) or _is_numbered(each, wanted.title, is_published):
            return each
    addressed = [each for each in curated.by_hand.kept if _key(each.url) == _key(wanted.url) != ""]
    # Several stand behind one page that leads to them: there the address alone tells nothing.
    return addressed[0] if len(addressed) == 1 or set(titled) & set(addressed) else None


def closed(registry: Registry, wanted: Wanted) -> Host | None:
    """Return the host of a document where it is known to be closed to programs, with or without www."""
    name = (urlsplit(wanted.url).hostname or "").removeprefix("www.")
    found = (host for host in registry.hosts.values() if host.closed and host.name.removeprefix("www.") == name)
    return next(found, None)


def _is_titled(kept: KeptByHand, title: str, body: str) -> bool:
    (own, own_mark), (told, mark) = _bare(kept.title, body), _bare(title, body)
    if own != told and not (_is_named_shorter(own, told) or _is_named_shorter(told, own)):
        return False
    years = set(_YEAR.findall(own_mark)) or {kept.date[:4]}
    if set(_YEAR.findall(mark)) & years:
        return True
    known = slug(f"{own_mark} {kept.date} {kept.identifier}")
    return not re.search(r"\d", mark) or f"-{slug(mark)}-" in f"-{known}-"


def _is_named_shorter(short: str, full: str) -> bool:
    """Return whether a title is another without its subtitle, or with another one where the title has a number."""
    (main, _, sub), (own, colon, _) = short.partition(":"), full.partition(":")
    return bool(colon) and main == own and main.count("-") >= 2 and (not sub or re.search(r"\d", main) is not None)


def _is_numbered(kept: KeptByHand, title: str, published: bool) -> bool:
    least = 2 if published else _MIN_WORDS_OF_NUMBER
    return any(words >= least and holds(title, number) for number, words in _numbers(kept.identifier))


@lru_cache(maxsize=8192)
def _numbers(identifier: str) -> tuple[tuple[str, int], ...]:
    """Return the numbers of an identifier, and how many words each has."""
    numbers = [part for part in re.split(r"[,;] ", identifier) if re.search(r"\d", part)]
    return tuple((number, len(slug(number).split("-"))) for number in numbers)


@lru_cache(maxsize=8192)
def _bare(title: str, body: str) -> tuple[str, str]:
    """Return the words of a title without articles and its body, and its mark: what stands in brackets, and its year.

    A colon parts title and subtitle.

    >>> _bare("The rights of victims 2013", ""), _bare("Report on Ireland (GRETA(2022)10)", "GRETA")
    (('rights-of-victims', '2013'), ('report-on-ireland', 'GRETA(2022)10'))
    >>> _bare("County lines: drugs & harm of the Sample Agency", "Sample Agency")
    ('county-lines:drugs-and-harm-of', '')
    """
    bracket = _BRACKET.search(title)
    words = title[: bracket.start()].strip() if bracket else title.strip()
    around = _YEAR_AROUND.search(words)
    words = _YEAR_AROUND.sub("", words, count=1)
    marks = (bracket[1] if bracket else "", around[0].strip(", ") if around else "")
    plain = _ARTICLE.sub("", words.replace(body, "").replace("&", " and ") if body else words.replace("&", " and "))
    parts = (slug(part) for part in plain.split(": ", 1))
    return ":".join(filter(None, parts)), " ".join(filter(None, marks))


def _publisher(kept: KeptByHand, registry: Registry) -> str:
    found = registry.publishers.get(kept.publisher)
    return found.name if found else kept.publisher


@lru_cache(maxsize=8192)
def _key(url: str) -> str:
    try:
        return same_address(url).replace("https://www.", "https://", 1).rstrip("/")
    except IdentifierError:
        return ""
