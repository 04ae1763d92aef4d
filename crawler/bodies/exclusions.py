"""Expressions whose matches are left out of a text: what a publisher puts into every page and changes all the time."""

from __future__ import annotations

import re

from crawler import text
from crawler.errors import ConfigError

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
