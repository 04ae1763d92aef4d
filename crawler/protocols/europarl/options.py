"""The options of a source of the European Parliament's Open Data API, and the first links of its walks.

The lists have no stable order: asked twice, a page brings other texts (measured 2026-09). So whole years are asked
for, on one page. Source: https://data.europarl.europa.eu/en/developer-corner/opendata-api
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.errors import IdentifierError
from crawler.identifiers import europarl_id
from crawler.model import Link, Walk
from crawler.sources import Source

OPTIONS: dict[str, tuple[type, str]] = {
    "subjects": (list, "EuroVoc concepts: only entries about one of them are kept; http://eurovoc.europa.eu/5933"),
    "words": (list, "words: entries whose title holds one of them are kept too"),
    "years": (int, "how many years are listed, with the present one as the last; default 2"),
    "languages": (list, "languages of titles and texts, the first one wins; default en"),
    "search": (dict, "further parameters of the API, such as work-type: a value or a list"),
    "items": (list, "texts or procedures that are read in every walk: TA-9-2019-0018, 2022-0426"),
    "related": (bool, "read the procedures and reports that a kept text names; default false"),
    "files": (bool, "read the file of a text, in the first language it has; default false"),
    "pages": (int, "most pages of one walk"),
}

SUBJECT = "http://eurovoc.europa.eu/5933"
"""Trafficking in human beings, in EuroVoc."""

LISTS = ("adopted-texts", "plenary-documents", "procedures")
TEXTS = ("adopted-texts", "plenary-documents")
PREFIX = "/api/v2/"
LIMIT, YEARS = 1000, 2
FORMAT = "application/ld+json"
_PARAMETERS: Mapping[str, frozenset[str]] = {
    "adopted-texts": frozenset(
        {
            "work-type", "parliamentary-term", "doc-id", "text", "title", "search-language", "language", "sort-by",
            "sitting-date", "sitting-date-end", "related-process-id", "related-process-type", "related-doc-id",
        }
    ),
    "plenary-documents": frozenset({"work-type", "language"}),
    "procedures": frozenset({"process-type"}),
}  # fmt: skip
_SUBJECT = re.compile(r"https?://eurovoc\.europa\.eu/\d{1,6}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2}", re.ASCII)


def name_of(source: Source) -> str:
    """Give which list a source reads, the empty text where its address is none."""
    name = urlsplit(source.url).path.rstrip("/").removeprefix(PREFIX)
    return name if name in LISTS else ""


def problems(source: Source) -> list[str]:
    """Give what is wrong with the options and the address of a source, one line each; none means it can be walked."""
    found = [line for key, value in source.options.items() if (line := _wrong_type(key, value))]
    name = name_of(source)
    if not name:
        found.append(f"url: expected {PREFIX} and one of {', '.join(LISTS)}, not {source.url}")
    if found:
        return found
    found += [
        f"options.subjects: {each!r} is no EuroVoc concept, such as {SUBJECT}"
        for each in words_of(source, "subjects")
        if not _SUBJECT.fullmatch(each)
    ]
    found += [
        f"options.languages: {each!r}; expected an ISO 639-1 code such as en"
        for each in words_of(source, "languages")
        if not _LANGUAGE.fullmatch(each)
    ]
    found += [f"options.items: {each!r} names none of the {name}" for each in items(source) if not _is_of(each, name)]
    found += [
        f"options.search: unknown parameter {key!r}{_near(key, _PARAMETERS[name])}"
        for key, _ in _searched(source)
        if key not in _PARAMETERS[name]
    ]
    found += [
        f"options.{key}: {source.options[key]!r}; expected at least 1"
        for key in ("years", "pages")
        if isinstance(most := source.options.get(key), int) and most < 1
    ]
    return found


def _wrong_type(key: str, value: object) -> str:
    if key not in OPTIONS:
        return f"options: unknown key {key!r}; expected {', '.join(OPTIONS)}{_near(key, OPTIONS)}"
    kind = OPTIONS[key][0]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        return f"options.{key}: expected {kind.__name__}, found {type(value).__name__}"
    flat = value if isinstance(value, list) else []
    if isinstance(value, dict):
        flat = [one for each in value.values() for one in (each if isinstance(each, list) else [each])]
    return "" if all(isinstance(each, str | int) for each in flat) else f"options.{key}: expected texts or numbers"


def _near(word: str, known: Mapping[str, object] | frozenset[str]) -> str:
    close = get_close_matches(str(word), list(known), n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _is_of(item: str, name: str) -> bool:
    try:
        return europarl_id(item).startswith("procedure:") == (name == "procedures")
    except IdentifierError:
        return False


def words_of(source: Source, key: str) -> tuple[str, ...]:
    """Give the texts of an option that is a list."""
    found = source.options.get(key)
    return tuple(str(each).strip() for each in found) if isinstance(found, list) else ()


def languages(source: Source) -> tuple[str, ...]:
    """Give the languages that are read, best first."""
    return words_of(source, "languages") or ("en",)


def items(source: Source) -> tuple[str, ...]:
    """Give the texts or procedures that are read in every walk."""
    return words_of(source, "items")


def _searched(source: Source) -> tuple[tuple[str, str], ...]:
    """Give the parameters of the options; a list is one value with commas, as the API wants it."""
    found = source.options.get("search")
    pairs = found.items() if isinstance(found, dict) else ()
    return tuple((str(name), ",".join(map(str, each)) if isinstance(each, list) else str(each)) for name, each in pairs)


def address(site: str, name: str, item: str) -> str:
    """Give the address of one text or procedure.

    >>> address("https://data.europarl.europa.eu", "procedures", "procedure:2022/0426")
    'https://data.europarl.europa.eu/api/v2/procedures/2022-0426?format=application%2Fld%2Bjson'
    """
    key = item.partition(":")[2].replace("/", "-")
    return f"{site}{PREFIX}{name}/{key}?{urlencode({'format': FORMAT})}"


def first_links(source: Source, walk: Walk) -> Iterator[Link]:
    """Give the first links of a walk over a source whose options are right.

    The years are asked for together: the API answers nothing at all, which looks like a fault, for a year that has
    no text yet. An address that carries parameters, with no options that say more, is asked as it is written.
    """
    name, parts = name_of(source), urlsplit(source.url)
    site = f"{parts.scheme}://{parts.netloc}"
    for each in items(source):
        identity = europarl_id(each)
        yield Link(url=address(site, name, identity), role="document", facts={"document": identity})
    own = dict(parse_qsl(parts.query, keep_blank_values=True))
    search = dict(_searched(source))
    if own and not search and "years" not in source.options:
        yield Link(url=source.url, role="listing")
    elif own or search or not items(source):
        asked = {**_years(source, name, walk), **own, **search}
        paging = {"format": FORMAT, "offset": "0", "limit": str(LIMIT)}
        query = urlencode({**paging, **asked}, safe=",")
        yield Link(url=parts._replace(query=query, fragment="").geturl(), role="listing")


def _years(source: Source, name: str, walk: Walk) -> dict[str, str]:
    if name not in TEXTS:
        return {}
    count = source.options.get("years", YEARS)
    last = walk.clock.year
    return {"year": ",".join(str(last - back) for back in reversed(range(count if isinstance(count, int) else YEARS)))}
