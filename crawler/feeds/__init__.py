"""Feeds of entries, as Atom, JSON Feed and RSS. Every filter is a feed, and its address is the saved search.

chosen(pairs)               the filter a reader asks for, or UnknownFilterError
atom.render, jsonfeed.render, rss.render    entries in, bytes out
write(entries, feed, dir)   a feed in its three forms, replaced only where they changed
"""

from crawler.feeds import atom, jsonfeed, opml, rss, select
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
    "rss",
    "runs",
    "select",
    "write",
]
