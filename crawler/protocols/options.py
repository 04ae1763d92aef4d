"""What the options of sources have in common, whichever protocol they are for."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from crawler.errors import ConfigError
from crawler.sources import Source


def require(source: Source, wrong: Collection[str]) -> None:
    """Refuse a source with which something is wrong, given one line each.

    Raises:
        ConfigError: says all that is.
    """
    if wrong:
        raise ConfigError("\n".join(f"source {source.id}: {reason}" for reason in wrong))


def least_pages(source: Source) -> Iterator[str]:
    """Give what is wrong with the option ``pages``: it is a number, and of no page nothing could be read."""
    pages = source.options.get("pages", 1)
    if not isinstance(pages, int) or isinstance(pages, bool) or pages < 1:
        yield "options.pages: expected at least 1"
