"""An entry as a message to send (RFC 6068)."""

import unicodedata
from urllib.parse import quote

from crawler.feeds import labels
from crawler.feeds.content import facts
from crawler.feeds.entry import Entry
from crawler.feeds.feed import Feed, link
from crawler.feeds.labels import dated_headline
from crawler.feeds.plain import NOTICE, SAMPLE, EntryContext, address, one_line

MAILTO = 1900
"""Most characters of a mailto address: mail programs cut longer ones."""

DATES = 5
"""Place of the first date among the facts of an entry."""
_BETWEEN = "%0D%0A%0D%0A"
_SUBJECT = 300
_HEADLINE = 300
_SUMMARY = 650
_WHY = 500


def mailto(entry: Entry, feed: Feed, around: EntryContext) -> str:
    """Return an address that opens a message about an entry (RFC 6068), of at most ``MAILTO`` characters.

    It is addressed to nobody. What does not fit is left out, the least important first; the address of the entry stays.
    """
    start = f"mailto:?subject={_encoded(_cut(dated_headline(entry), _SUBJECT))}&body="
    parts = _message(entry, feed, around)
    kept: dict[int, str] = {}
    room = MAILTO - len(start)
    for number, _, words in sorted(parts, key=lambda part: part[1]):
        line = _encoded(words)
        if len(line) + len(_BETWEEN) <= room:
            kept[number] = line
            room -= len(line) + len(_BETWEEN)
    return start + _BETWEEN.join(kept[number] for number in sorted(kept))


def _message(entry: Entry, feed: Feed, around: EntryContext) -> list[tuple[int, int, str]]:
    """Return the lines of a message: their place, how soon they are chosen where there is little room, and their words.

    The address of the entry comes first of all, then the official one; a list comes last.
    """
    dates = "; ".join(f"{name.lower()} {value}" for name, value in facts(entry, around.status)[DATES:] if value)
    official, headline = link(entry.url), _cut(dated_headline(entry), _HEADLINE)
    found = (
        (3, headline),
        (2, SAMPLE if feed.sample else ""),
        (4, labels.state(entry)),
        (5, _cut(entry.summary, _SUMMARY)),
        (6, f"{dates[:1].upper()}{dates[1:]}." if dates else ""),
        (9, f"For: {'; '.join(entry.concerns)}." if entry.concerns else ""),
        (10, f"Why it is here: {_cut(' '.join(entry.why), _WHY)}" if entry.why else ""),
        (7, "" if entry.confirmed else labels.UNCONFIRMED),
        (1, f"Official page: {official}" if official else ""),
        (0, f"This entry: {address(entry, feed)}"),
        (8, NOTICE),
    )
    return [(number, rank, one_line(words)) for number, (rank, words) in enumerate(found) if words]


def _cut(given: str, most: int) -> str:
    """Return a text on one line that takes ``most`` characters in an address, cut at a word or letter."""
    line = one_line(given)
    if len(_encoded(line)) <= most:
        return line
    end = len(line)
    while len(_encoded(line[:end])) > most - len(_encoded(" …")):
        end -= 1
    while end and unicodedata.combining(line[end]):
        end -= 1
    return f"{line[:end].rpartition(' ')[0] or line[:end]} …"


def _encoded(given: str) -> str:
    """Return a line as it stands in a mailto address: nothing in it can begin another field of the message."""
    return quote(given.encode("utf-8", "replace"), safe="")
