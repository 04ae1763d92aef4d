"""What sources.yaml may say about an HTML list: selectors, paging, which addresses count. Selectors, no conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.bodies.selectors import compiled
from crawler.errors import ConfigError
from crawler.protocols.options import require
from crawler.sources import Source

OPTIONS: dict[str, tuple[type, str]] = {
    "entry": (str, "CSS selector of one entry of the list: its element, or its link; required"),
    "link": (str, "selector inside the entry of the link to the document; default the entry's own or first link"),
    "title": (str, "selector inside the entry of its title; default the words of the link"),
    "date": (str, "selector inside the entry of its date; default its first time element"),
    "summary": (str, "selector inside the entry of its summary; default none"),
    "month_first": (bool, "dates such as 05/01/2026 begin with the month; default false"),
    "language": (str, "language of list and documents where a page states none, ISO 639-1; default en"),
    "next": (str, "selector of the link to the next page of the list"),
    "page_parameter": (str, "name of the query parameter that counts pages; instead of next"),
    "first_page": (int, "number of the first page where page_parameter is not in the address; default 1"),
    "pages": (int, "most pages of the list to read in a walk; more is a gap, and told"),
    "include": (str, "regular expression that the address of a document must hold"),
    "exclude": (str, "regular expression that the address of a document must not hold"),
    "drop_parameters": (list, "query parameters that do not choose a document: left out of addresses"),
    "body": (str, "selector of the text on a document's page; default main, article or body without navigation"),
    "detail_title": (str, "selector of the title on a document's page; default its first h1"),
}
_SELECTORS = ("entry", "link", "title", "date", "summary", "next", "body", "detail_title")
_EXPRESSIONS = ("include", "exclude")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options of a source; an empty text, and None, where it does not state one. Meanings: :data:`OPTIONS`."""

    entry: str
    link: str
    title: str
    date: str
    summary: str
    month_first: bool
    language: str
    next: str
    page_parameter: str
    first_page: int
    pages: int | None
    include: re.Pattern[str]
    exclude: re.Pattern[str] | None
    drop: frozenset[str]
    body: str
    detail_title: str


def problems(source: Source) -> list[str]:
    """Give what is wrong with the options of a source, one line each; nothing is fetched."""
    found = [line for key in OPTIONS if (line := _wrong_type(source, key))]
    if found:
        return found
    if not _text(source, "entry"):
        found.append("options.entry: missing; expected a CSS selector of one entry of the list")
    if _text(source, "next") and _text(source, "page_parameter"):
        found.append("options.page_parameter: expected it or next, not both")
    if isinstance(most := source.options.get("pages"), int) and most < 1:
        found.append(f"options.pages: {most}; expected at least 1")
    if (language := _text(source, "language")) and not re.fullmatch("[a-z]{2,3}", language):
        found.append(f"options.language: {language!r}; expected an ISO 639 code such as en")
    return found + _wrong_selectors(source) + _wrong_expressions(source)


def options(source: Source) -> Options:
    """Give the options of a source.

    Raises:
        ConfigError: they are wrong; says everything that :func:`problems` says.
    """
    require(source, problems(source))
    most, first, drop = (source.options.get(key) for key in ("pages", "first_page", "drop_parameters"))
    exclude = _text(source, "exclude")
    return Options(
        entry=_text(source, "entry"),
        link=_text(source, "link"),
        title=_text(source, "title"),
        date=_text(source, "date"),
        summary=_text(source, "summary"),
        month_first=source.options.get("month_first") is True,
        language=_text(source, "language") or "en",
        next=_text(source, "next"),
        page_parameter=_text(source, "page_parameter"),
        first_page=first if isinstance(first, int) else 1,
        pages=most if isinstance(most, int) else None,
        include=re.compile(_text(source, "include")),
        exclude=re.compile(exclude) if exclude else None,
        drop=frozenset(map(str, drop)) if isinstance(drop, list) else frozenset(),
        body=_text(source, "body"),
        detail_title=_text(source, "detail_title"),
    )


def _text(source: Source, key: str) -> str:
    return str(source.options.get(key, ""))


def _wrong_type(source: Source, key: str) -> str:
    if key not in source.options:
        return ""
    value, kind = source.options[key], OPTIONS[key][0]
    right = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
    if right and isinstance(value, list):
        right = all(isinstance(each, str) for each in value)
    return "" if right else f"options.{key}: {value!r}; expected {'a list of texts' if kind is list else kind.__name__}"


def _wrong_selectors(source: Source) -> list[str]:
    found = []
    for key in _SELECTORS:
        try:
            if selector := _text(source, key):
                compiled(selector)
        except ConfigError as error:
            found.append(f"options.{key}: {error}")
    return found


def _wrong_expressions(source: Source) -> list[str]:
    found = []
    for key in _EXPRESSIONS:
        try:
            re.compile(_text(source, key))
        except re.error as error:
            found.append(f"options.{key}: {_text(source, key)!r} is no regular expression: {error}")
    return found
