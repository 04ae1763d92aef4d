"""What was sent and what it cites: all that comes back from the process that read it."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.errors import RoundupError

MAX_BYTES = 2_000_000
"""Most bytes of a file, or of a text."""
MAX_MENTIONS = 500
"""Most different citations of one text that are answered."""


class SentError(RoundupError):
    """What was sent cannot be read: says why, for who sent it."""


class BusyError(SentError):
    """Too many send something at the moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One thing that a text cites, where it stands first; ``count``: how often.

    ``family``, ``document``, ``name`` and ``provision`` are as in :class:`crawler.identifiers.citations.Citation`, with
    one provision or none; the family of guidance that is named with its version is ``guidance``, and its name the
    words. ``words`` are those of the text, ``before`` and ``after`` a few around them, ``place`` the heading above.
    """

    family: str
    document: str
    name: str
    provision: str
    words: str
    before: str
    after: str
    place: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A text that was sent: the ``day`` asked for (empty: today), the ``form`` of answer wanted, and what it cites.

    ``more`` are different citations beyond :data:`MAX_MENTIONS`; ``problems`` what of a file could not be read;
    ``characters`` how long the text is.
    """

    day: str = ""
    form: str = ""
    mentions: tuple[Mention, ...] = ()
    more: int = 0
    characters: int = 0
    problems: tuple[str, ...] = ()
