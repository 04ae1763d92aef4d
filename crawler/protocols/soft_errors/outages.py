"""Titles that say that a site is closed for now, or that its server failed, though the server calls that a page.

Only whole titles say so, or a word for a site with a way to say that it is being worked on, both of one language.
"""

from __future__ import annotations

from crawler.protocols.soft_errors.closures import LANGUAGES
from crawler.protocols.soft_errors.normalise import WORD, listed, pattern, plain
from crawler.protocols.soft_errors.not_found import ERROR

MAX_TITLE_CHARACTERS = 80
"""Most characters of such a title."""


def _whole(phrases: str) -> frozenset[str]:
    return frozenset(" ".join(WORD.findall(one)) for one in listed(phrases))


_CLOSED = {name: pattern(language.closed) for name, language in LANGUAGES.items()}
_SITES = {name: frozenset(listed(language.site)) for name, language in LANGUAGES.items()}
_ALONE = frozenset[str]().union(*(_whole(language.alone) for language in LANGUAGES.values()))
_BARE = frozenset[str]().union(*(_whole(language.bare) for language in LANGUAGES.values()))
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
