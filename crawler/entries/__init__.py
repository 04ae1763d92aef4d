"""Entries: what readers and feeds get. One for each document family and crawl, built by rule from its changes.

derive(store, crawl, clock)    the entries of a crawl, not announced yet
undue(store, crawl)            what was announced in earlier crawls and no longer follows
announce(store, record)        what the journal says was announced: exactly that is in the feeds
"""

from crawler.entries.announce import announce as announce
from crawler.entries.announce import announcement as announcement
from crawler.entries.derive import derive as derive
