"""Feeds of entries, as Atom and JSON Feed. Every filter is a feed, and its address is the saved search.

chosen(pairs)               the filter a reader asks for, or UnknownFilterError
atom.render, jsonfeed.render    entries in, bytes out
write(entries, feed, dir)   changes.atom and changes.json, replaced only where they changed
"""

from crawler.feeds import atom, jsonfeed, opml, review_queue, suggestions
from crawler.feeds.entry import Entry, EntryChange, runs
from crawler.feeds.facets import CHANGES, FACETS
from crawler.feeds.feed import NAME, PROMISE, Feed
from crawler.feeds.files import write
from crawler.feeds.select import SUBSCRIPTION, Filter, UnknownFilterError, chosen

__all__ = [
    "CHANGES",
    "FACETS",
    "NAME",
    "PROMISE",
    "SUBSCRIPTION",
    "Entry",
    "EntryChange",
    "Feed",
    "Filter",
    "UnknownFilterError",
    "atom",
    "chosen",
    "jsonfeed",
    "opml",
    "review_queue",
    "runs",
    "suggestions",
    "write",
]
