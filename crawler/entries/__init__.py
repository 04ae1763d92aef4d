"""Entries: what readers and feeds get. One for each document family and crawl, built by rule from its changes.

derive(store, crawl, clock)    the entries of a crawl, not announced yet
announcement(store, crawl)     what is to be announced, and what was and no longer follows, as the journal has it
announce(store, crawl, …)      what the journal says was announced: exactly that is in the feeds
"""

from crawler.entries.announce import announce as announce
from crawler.entries.announce import announcement as announcement
from crawler.entries.derive import derive as derive
