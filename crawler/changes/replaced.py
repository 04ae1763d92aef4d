"""Whether an address serves something else: a wall, a parked domain, a law with a hole, a file laid out anew."""

import re
from html import unescape

from crawler.bodies.encoding import decode
from crawler.model import Capture, Version

MIN_RUNS = 20
"""Runs of three words that a text must have had: of a shorter one nothing may be left though it is only reworded."""
MIN_SHARE = 0.1
"""Share of the shorter text, in runs of three words, that stands in the other one where they are of one document."""
FILES = frozenset({"office", "pdf", "table"})
"""Forms of text that are read from files."""
_UNSEEN = re.compile(r"<(title|script|style|noscript|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_WORD = re.compile(r"\w+")
_BESIDE = re.compile(r"\s+[|\u2013\u2014\u00b7:\u00bb-]\s+|\s*\|\s*")
"""What stands between a title and the name of its site."""


def shares_words(before: Version, version: Version) -> bool:
    """Return whether a part of what a page says was there before."""
    runs, old = _runs(version), _runs(before)
    return bool(runs and old) and len(runs & old) >= MIN_SHARE * min(len(runs), len(old))


def is_replaced(before: Version, version: Version, capture: Capture) -> bool:
    """Return whether neither the title of a page nor a part of its words is left of what it said before.

    Of what is known to be unread in part that is not said. The title in the head of a page does not count: programs
    that run in a browser have it before they have a text.
    """
    if version.partial or len(_runs(before)) < MIN_RUNS or shares_words(before, version):
        return False
    title = max(_BESIDE.split(before.title), key=len)
    page = _said(version)
    if version.representation == "html":
        page = unescape(_TAG.sub(" ", _UNSEEN.sub(" ", decode(capture.body, capture.header("content-type")))))
    return f" {_plain(title)} " not in f" {_plain(page)} "


def is_laid_out_anew(before: Version, version: Version) -> bool:
    """Return whether a file says the same in other sections: what is a heading in it, its layout alone tells."""
    if version.representation not in FILES or [s.path for s in before.sections] == [s.path for s in version.sections]:
        return False
    old, new = ("".join(_plain(_said(each)).split()) for each in (before, version))
    return old == new


def lost_alone(before: Version, version: Version) -> int:
    """Return how many provisions a law lacks, of those it had on the same day, where nothing else is different.

    A provision that was repealed leaves its number or a note, or the law is shown as of another day.
    """
    is_other = version.partial or before.partial or not version.valid_from or version.valid_from != before.valid_from
    old, new = set(before.sections), set(version.sections)
    return 0 if is_other or not new < old else len(old - new)


def _said(version: Version) -> str:
    return " ".join(f"{each.number} {each.heading} {each.text}" for each in version.sections)


def _runs(version: Version) -> set[tuple[str, ...]]:
    words = _plain(_said(version)).split()
    return {tuple(words[place : place + 3]) for place in range(len(words) - 2)}


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
