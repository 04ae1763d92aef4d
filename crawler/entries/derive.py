"""The entries of one crawl, made from what its publishers changed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from crawler.entries import compose, series, word_limits
from crawler.entries.gathered import due, gathered_entry
from crawler.entries.lists import list_entries
from crawler.entries.templates import Sentence, chain, name_list, plain, say, source, structure
from crawler.entries.values import Entry, put
from crawler.store import Store, entries
from crawler.text import stamp


def derive(store: Store, crawl: str, clock: datetime, *, whole: bool = True) -> int:
    """Make the entries of a crawl, not announced yet; return how many.

    Of one that was not ``whole``, because it was killed, nothing is told of what it did not see.
    """
    number = 0
    for entry in _made(store, crawl, clock, whole=whole):
        # At once: the headline of the next is told apart from its own.
        put(store, entry)
        number += 1
    return number


def _made(store: Store, crawl: str, clock: datetime, *, whole: bool) -> Iterator[Entry]:
    families, lots = due(store, crawl)
    yield from (compose.compose(store, crawl, clock, family) for family in families)
    yield from (gathered_entry(store, crawl, clock, lot) for lot in lots)
    yield from list_entries(store, crawl, clock)
    yield from _watching(store, crawl, clock, whole=whole)
    if whole:
        yield from series.missed_editions(store, crawl, clock)


def _watching(store: Store, crawl: str, clock: datetime, *, whole: bool) -> list[Entry]:
    """One entry says which sources are watched from this crawl on, instead of announcing all they hold."""
    started, unread = entries.watching(store, crawl, stamp(clock))
    unread = unread if whole else []
    if not started:
        return []
    many = say("watching", count=structure(len(started))) if len(started) > 1 else say("watching one")
    title = say("watching, unread", started=many, count=structure(len(unread))) if unread else many
    summary = named(started, unread)
    row = {
        "id": compose.identifier("", crawl),
        "crawl": crawl,
        "kind": "watching",
        "verb": "Watching",
        "document_kind": "round-up",
        "seen": stamp(clock),
    }
    return [Entry(row=row, title=title, summary=summary)]


def named(started: Sequence[str], unread: Sequence[str]) -> list[Sentence]:
    """Return which sources are watched and which could not be read: all of these, of those as many as have room."""
    summary: list[Sentence] = []
    room = [(most, len(unread)) for most in range(len(started), 0, -1)] + [
        (1, most) for most in range(len(unread), 0, -1)
    ]
    for most, most_unread in room:
        summary = [say("watched", names=_listed(started, most))]
        if unread:
            summary.append(say("unread", names=_listed(unread, most_unread)))
        if word_limits.words(plain(summary)) <= word_limits.SUMMARY:
            break
    return summary


def _listed(names: Sequence[str], most: int) -> Sentence:
    """Return the names of sources as a list; of several with one name how many they are, and how many are not named."""
    counts = Counter(names)
    named = [_quoted(name, count) for name, count in counts.items()]
    told = sum(list(counts.values())[:most])
    if len(named) <= most:
        return name_list(named, most)
    return say("more named", named=chain("comma", named[:most]), count=structure(len(names) - told))


def _quoted(name: str, count: int) -> Sentence:
    quoted = say("quoted", heading=source(name))
    return quoted if count == 1 else say("quoted sources", named=quoted, count=structure(count))
