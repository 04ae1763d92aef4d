"""How values look on a page: times, words changed, links. The filters of our templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup, escape

from crawler.feeds import words
from crawler.feeds.content import applies_from, in_force
from crawler.feeds.entry import place
from crawler.feeds.feed import link
from crawler.model import Word
from crawler.publish import paths

_MARK = Markup('{3}<{0}><span class="vh">[{1}: </span>{2}<span class="vh">]</span></{0}>{4}')
_NAMES = {"+": ("ins", "added"), "-": ("del", "removed")}


def marked(shown: Iterable[Word]) -> Markup:
    """Give words kept, deleted and inserted as HTML; a hidden word says which is which where colour is not seen."""
    return Markup("").join(_mark(word) if word.op in _NAMES else escape(word.text) for word in shown)


def _mark(word: Word) -> Markup:
    """Give a run of words marked, the space around it outside: an underlined space looks like a fault."""
    text = word.text.strip()
    if not text:
        return escape(word.text)
    before, _, after = word.text.partition(text)
    return _MARK.format(*_NAMES[word.op], text, before, after)


def when(text: str | None) -> Markup:
    """Give a date as a time element; a text that is no date stays a text."""
    name = words.day(text)
    if not text or not text[:4].isdigit():
        return escape(name)
    return Markup('<time datetime="{}">{}</time>').format(text, name)


def at(text: str | None) -> Markup:
    """Give a time to the minute as a time element."""
    return Markup('<time datetime="{}">{}</time>').format(text, words.minute(text)) if text else Markup("")


def outside(url: str | None, text: str = "") -> Markup:
    """Give a link to another site, or the plain text where the address is none of the web."""
    address = link(url or "")
    if not address:
        return escape(text or url or "")
    return Markup('<a href="{}" rel="nofollow noreferrer">{}</a>').format(address, text or url)


def thousands(number: int) -> str:
    """Give a number with commas."""
    return f"{number:,}"


def often(seconds: int) -> str:
    """Give a schedule in words.

    >>> often(86400), often(3600), often(604800), often(172800)
    ('daily', 'hourly', 'weekly', 'every 2 days')
    """
    named = {3600: "hourly", 86400: "daily", 604800: "weekly"}
    if seconds in named:
        return named[seconds]
    for unit, length in (("days", 86400), ("hours", 3600)):
        if seconds >= length:
            return f"every {round(seconds / length)} {unit}"
    return f"every {seconds} seconds"


FILTERS: Mapping[str, Callable[..., object]] = {
    "marked": marked,
    "when": when,
    "at": at,
    "outside": outside,
    "thousands": thousands,
    "often": often,
    "kind": words.kind,
    "changed": words.changed,
    "doc": paths.encode,
    "place": place,
    "in_force": in_force,
    "applies_from": applies_from,
}
"""Filters that templates use."""
