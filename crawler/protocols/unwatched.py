"""Which documents that no source takes are kept by hand, or stand on a host that is known to be closed to programs."""

import re
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.errors import IdentifierError
from crawler.identifiers import same_address
from crawler.protocols.wanted import Wanted, holds, initials, is_home, is_published_by, is_same
from crawler.sources import Host, Judgment, KeptByHand, Registry
from crawler.text import slug

_BRACKET = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_AROUND = re.compile(rf"^(?:{_YEAR.pattern}) |,? ?\b{_YEAR.pattern}(?=$|: )")
_SUBTITLE = re.compile(r": | [\u2013\u2014] |\? (?=[A-Z])")
_ARTICLE = re.compile(r"^case of |\b(?:the|an?)\b ?", re.IGNORECASE)
_MIN_WORDS_OF_TITLE = 3
_SMALL = frozenset({"and", "by", "for", "from", "in", "into", "of", "on", "or", "to", "with", "within"})
_OF_ANY_TITLE = re.compile(
    r"\b(?:action|annual|assessment|evaluation|guidance|guide|human|modern|plan|policy|report|review|servitude|slavery"
    r"|statement|statistics|strategy|trafficking)\b"
)
"""Words of which a title of two words tells nothing."""
_OF_SUBJECT = re.compile(
    r"\b(?:abuse|chains?|child(?:ren)?|count(?:y|ries)|crimes?|criminal|domestic|exploit\w*|forced|labour|lines|migrants?"
    r"|online|organised|people|persons|protect\w*|sexual|supply|support\w*|surviv\w*|victims?|women|work\w*|young)\b"
)
"""Words that many titles of the field share."""
_MIN_WORDS_OF_ANYBODY = 6
"""So many words must a title have to name a document whoever is said to publish it."""
_MIN_SHARE = 0.7
"""So much of the words of the longer title must stand in the shorter."""
_DEEP = 5
"""So many slashes has the address of a document that has chapters, and not of a part of a site that lists documents."""
_MIN_WORDS_OF_NUMBER = 3
"""So many words must a number such as A/HRC/47/34 have to name a document whoever is said to publish it."""


def by_hand(registry: Registry, wanted: Wanted) -> KeptByHand | Judgment | None:
    """Return what is kept by hand under the address of a document, its number, or its publisher and title.

    A year or number in brackets behind a title must be that of the document: else it is another edition. Whoever is
    said to have published it, a long title that is the same is of the same document; a body may stand before its
    title, and its site tells the body as well as its name does.
    """
    body, _, title = wanted.title.partition(": ")
    return _kept(registry, wanted) or (_kept(registry, replace(wanted, publisher=body, title=title)) if title else None)


def _kept(registry: Registry, wanted: Wanted) -> KeptByHand | Judgment | None:
    curated = registry.curated
    for judgment in curated.judgments.kept:
        if _key(judgment.url) == _key(wanted.url) != "" or _is_cited(judgment.citation, wanted.title):
            return judgment
    bodies = {each: _publishers(each, registry) for each in curated.by_hand.kept}
    titled = [
        each for each in curated.by_hand.kept if _is_titled(each, wanted.title, bodies[each][0], wanted.publisher)
    ]
    for each in curated.by_hand.kept:
        is_published = any(is_published_by(wanted.publisher, name) for name in bodies[each])
        is_known = is_published or _is_long_and_same(each.title, wanted.title) or _is_of_site(each, wanted)
        if (is_known and each in titled) or _is_numbered(each, wanted.title, is_published):
            return each
    addressed = [each for each in curated.by_hand.kept if _key(each.url) == _key(wanted.url) != ""]
    # Several stand behind one page that leads to them: there the address alone tells nothing.
    if len(addressed) == 1 or set(titled) & set(addressed):
        return addressed[0]
    # A chapter of a document, on a page of its own below that of the document.
    above = [each for each in curated.by_hand.kept if _is_below(wanted.url, each.url)]
    if len(above) == 1:
        return above[0]
    if not is_home(wanted.url):
        return None
    # A body, instead of what it published: that is kept by hand.
    return next((each for each in bodies if _is_of_site(each, wanted) and is_same(wanted.title, *bodies[each])), None)


def closed(registry: Registry, wanted: Wanted) -> Host | None:
    """Return the host of a document where it is known to be closed to programs, with or without www."""
    name = (urlsplit(wanted.url).hostname or "").removeprefix("www.")
    found = (host for host in registry.hosts.values() if host.closed and host.name.removeprefix("www.") == name)
    return next(found, None)


def _is_below(url: str, page: str) -> bool:
    """Return whether an address is below that of a page, which is itself no part of a site.

    >>> [_is_below(f"https://www.example.org/{path}", "https://example.org/a/b/c") for path in ("a/b/c/d", "a/b/cd")]
    [True, False]
    >>> _is_below("https://www.example.org/a/b/c", "https://example.org/a/b")
    False
    """
    return _key(page).count("/") >= _DEEP and _key(url).startswith(f"{_key(page)}/")


def _is_titled(kept: KeptByHand, title: str, body: str, asked: str) -> bool:
    titles = (re.sub(rf"^{re.escape(asked)}:? (?=\w)", "", each) if asked else each for each in (kept.title, title))
    (own, own_mark), (told, mark) = (_bare(each, body) for each in titles)
    is_named = own == told or _is_named_shorter(own, told) or _is_named_shorter(told, own)
    if not is_named and not _is_of_words(own, told, asked, kept.publisher):
        return False
    years = set(_YEAR.findall(own_mark)) or {kept.date[:4]}
    if set(_YEAR.findall(mark)) & years:
        return True
    known = slug(f"{own_mark} {kept.date} {kept.identifier}")
    return not re.search(r"\d", mark) or f"-{slug(mark)}-" in f"-{known}-"


def _is_cited(citation: str, title: str) -> bool:
    """Return whether a title ends with a citation, or holds it; its division may be left out, but be no other.

    >>> [_is_cited("[2010] UKUT 80 (IAC)", f"AM and BM [2010] UKUT 80{division}") for division in ("", " (AAC)")]
    [True, False]
    """
    plain, _, division = citation.partition(" (")
    return holds(title, citation) or bool(division and title.rstrip().endswith(plain))


def _is_of_site(kept: KeptByHand, wanted: Wanted) -> bool:
    sites = {(urlsplit(url).hostname or "").removeprefix("www.") for url in (kept.url, wanted.url)}
    return len(sites) == 1 and "" not in sites


def _is_long_and_same(own: str, told: str) -> bool:
    """Return whether two titles are the same, and so long that no second document has it."""
    words = slug(own).split("-")
    return len(words) >= _MIN_WORDS_OF_ANYBODY and words == slug(told).split("-")


def _is_named_shorter(short: str, full: str) -> bool:
    """Return whether a title is another without its subtitle, or with another one where the title tells by itself.

    >>> _is_named_shorter("precarious-journeys", "precarious-journeys:mapping-vulnerabilities")
    True
    >>> _is_named_shorter("both-sides-of-coin:county-lines", "both-sides-of-coin:response-to-drug-offending")
    True
    >>> _is_named_shorter("annual-report", "annual-report:2019")
    False
    >>> _is_named_shorter("9th-general-report", "9th-general-report-on-activities")
    True
    """
    (main, _, sub), (own, colon, _) = short.partition(":"), full.partition(":")
    if full.startswith(f"{short}-") and re.match(r"\d+[a-z]*(?:-[a-z]+){2}", short):
        return True
    if full.startswith(f"{short}:"):
        words = set(re.findall(r"[^-:]+", short))
        return len(words) >= _MIN_WORDS_OF_TITLE or (len(words) > 1 and _OF_ANY_TITLE.search(short) is None)
    words = set(_OF_SUBJECT.sub("", main).split("-")) - _SMALL - {""}
    is_telling = len(words) >= _MIN_WORDS_OF_TITLE and _OF_ANY_TITLE.search(main) is None
    has_number = main.count("-") >= 2 and re.search(r"\d", main) is not None
    return bool(colon and sub) and main == own and (has_number or is_telling)


def _is_of_words(own: str, told: str, *bodies: str) -> bool:
    """Return whether the words of one title, in any order, are those of another, with few more: of the same numbers.

    Names of bodies are left aside, and so are words such as "of".

    >>> _is_of_words("base-code:modern-slavery-guidance", "modern-slavery:base-code-guidance-for-brands", "ETI")
    True
    >>> _is_of_words("report-on-ireland-third-round", "report-on-france-third-round")
    False
    """
    names = {word for body in bodies for word in slug(body).split("-")}
    one, other = ({*re.findall(r"[^-:]+", title)} - _SMALL - names for title in (own, told))
    fewer, more = sorted((one, other), key=len)
    if len(fewer) < _MIN_WORDS_OF_TITLE + 1 or not fewer <= more:
        return False
    return len(fewer) / len(more) >= _MIN_SHARE and all(word.isalpha() for word in more - fewer)


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

    A colon, a dash or a question mark parts title and subtitle.

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
    for name in filter(None, (body, initials(body))):
        words = re.sub(rf"\b{re.escape(name)}(?!\w)", "", words)
    plain = _ARTICLE.sub("", words.replace("&", " and "))
    parts = (slug(part) for part in _SUBTITLE.split(plain))
    return ":".join(filter(None, parts)), " ".join(filter(None, marks))


def _publishers(kept: KeptByHand, registry: Registry) -> tuple[str, ...]:
    """Return the publisher as it is named, its id, and where several published together, each of them."""
    found = registry.publishers.get(kept.publisher)
    name = found.name if found else kept.publisher
    return tuple(dict.fromkeys((name, kept.publisher, *re.split(r", (?:and )?| and ", name))))


@lru_cache(maxsize=8192)
def _key(url: str) -> str:
    try:
        return same_address(url).replace("https://www.", "https://", 1).rstrip("/")
    except IdentifierError:
        return ""
