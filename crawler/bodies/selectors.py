"""What a person wrote about pages: CSS selectors, and expressions whose matches are left out of a text."""

import re
from functools import lru_cache
from typing import cast

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

from crawler import text
from crawler.errors import ConfigError, ParseError


@lru_cache(maxsize=256)
def compile_selector(selector: str) -> CSSSelector:
    """Return a CSS selector ready for use; ``:scope`` is the element it is applied to, and that may match too.

    Raises:
        ConfigError: it is no selector.
    """
    try:
        return CSSSelector(selector, translator="html")
    except (SelectorError, etree.XPathError) as error:
        raise ConfigError(f"{selector!r} is no CSS selector: {error}") from None


def select_elements(root: etree._Element, selector: str, url: str) -> list[etree._Element]:
    """Return the elements a CSS selector matches, in order, without those inside another.

    Raises:
        ConfigError: it is no selector.
        ParseError: nothing matches.
    """
    matches = elements(compile_selector(selector), root)
    if not matches:
        raise ParseError(url, f"no element matches the selector {selector!r}")
    inside = set(matches)
    return [match for match in matches if inside.isdisjoint(match.iterancestors())]


def elements(path: etree.XPath, root: etree._Element) -> list[etree._Element]:
    """Return the elements that an XPath of elements finds; the stubs of lxml only know that it finds something."""
    return cast("list[etree._Element]", path(root))


Scrub = tuple[re.Pattern[str], ...]


def patterns(scrub: tuple[str, ...]) -> Scrub:
    """Return regular expressions ready for use.

    Raises:
        ConfigError: one of them is none.
    """
    try:
        return tuple(re.compile(pattern) for pattern in scrub)
    except re.error as error:
        raise ConfigError(f"scrub: {error.pattern!r} is no regular expression: {error}") from error


def without_matches(raw: str, scrub: Scrub) -> str:
    """Return a text, cleaned, without what the expressions match."""
    cleaned = text.clean(raw)
    for pattern in scrub:
        cleaned = pattern.sub(" ", cleaned)
    return text.clean(cleaned) if scrub else cleaned


def by_line(raw: str, scrub: Scrub) -> str:
    """Return a text, cleaned and scrubbed line by line; line breaks stay where both sides have words."""
    return "\n".join(line for each in raw.split("\n") if (line := without_matches(each, scrub)))
