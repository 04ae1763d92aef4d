"""Titles that say that a site is closed for now, or that its server failed, though the server calls that a page.

Only whole titles say so, or a word for a site with a way to say that it is being worked on, both of one language.
"""

from __future__ import annotations

from crawler.protocols.soft_errors.normalise import WORD, listed, pattern, phrases, plain, titles
from crawler.protocols.soft_errors.not_found import ERROR

MAX_TITLE_CHARACTERS = 80
"""Most characters of such a title."""

_CLOSED = {name: pattern(ways) for name, ways in phrases("closed").items()}
_SITES = {name: frozenset(listed(words)) for name, words in phrases("site").items()}
_ALONE = titles(*phrases("failed").values())
_BARE = titles(*phrases("bare").values())
_NUMBERS = frozenset({"500", "501", "502", "503", "504"})
_SAID = ERROR | {word for whole in _ALONE for word in whole.split()}
"""Words that may stand beside the number of an error."""


def says_closed(title: str) -> bool:
    """Return whether a title says that a site is closed for now, or that its server failed.

    >>> says_closed("Site under maintenance"), says_closed("503 Service Unavailable"), says_closed("Child maintenance")
    (True, True, False)
    """
    if len(title) > MAX_TITLE_CHARACTERS:
        return False
    text = plain(title)
    words = WORD.findall(text)
    if " ".join(words) in _ALONE:
        return True
    known = set(words)
    if len(words) > 1 and known & _NUMBERS and known <= _NUMBERS | _SAID:
        return True
    return any(known & sites and _CLOSED[name].search(text) for name, sites in _SITES.items())


def may_say_closed(title: str) -> bool:
    """Return whether a title may say so: where there is next to nothing else to read.

    >>> may_say_closed("Maintenance"), may_say_closed("Maintenance payments")
    (True, False)
    """
    return len(title) <= MAX_TITLE_CHARACTERS and " ".join(WORD.findall(plain(title))) in _BARE
