"""The parent of the process that reads what somebody sends, a new one each time; and all that comes back from it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime

from crawler.errors import FaultError, LimitError, ParseError, RoundupError
from crawler.model import Capture, Link
from crawler.worker import Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLaw:
    """What is held: ids by title, and what provisions are about, as :class:`crawler.identifiers.citations.Reader`."""

    titles: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


MAX_AT_ONCE = 2
MAX_WAITING = 8
"""Most texts that are read or wait at once."""
MEMORY = 512 * 2**20
"""Address space of each, in bytes: two beside the site fit into the 2 GB of its service."""
DEADLINE = 20.0
"""Seconds that reading one may take."""

_THREADS = ThreadPoolExecutor(max_workers=MAX_AT_ONCE, thread_name_prefix="sent")
_PLACES = threading.BoundedSemaphore(MAX_WAITING)


def read(body: bytes, content_type: str, known: HeldLaw, name: str = "") -> Sent:
    """Return what a form, a file or a text cites; blocks meanwhile. ``known`` is what is held.

    Raises:
        SentError: it cannot be read: damaged, encrypted, not of a kind that is read; TooLongError beyond the limits.
        FaultError: our own code failed on it.
    """
    link = Link(url=f"/{name}", role="document")
    capture = Capture(
        url=link.url, time=datetime.now(UTC), link=link, headers=(("content-type", content_type),), body=body
    )
    try:
        with Worker(module="crawler.public.sent.reading", memory=MEMORY, deadline=DEADLINE, is_silent=True) as worker:
            found: Sent = worker.ask(capture, known)
    except FaultError:
        raise
    except LimitError as error:
        raise TooLongError(_TOO_LONG) from error
    except ParseError as error:
        raise SentError(f"It could not be read: {error.reason}.") from error
    return found


async def read_in_loop(body: bytes, content_type: str, known: HeldLaw) -> Sent:
    """Return the same, and let the event loop go on meanwhile.

    Raises:
        SentError: as :func:`read`; BusyError where too many wait.
    """
    if not _PLACES.acquire(blocking=False):
        raise BusyError("Many texts are being read at the moment. Please try again in a moment.")
    try:
        return await asyncio.get_running_loop().run_in_executor(_THREADS, read, body, content_type, known)
    finally:
        _PLACES.release()


MAX_BYTES = 2_000_000
"""Most bytes of a file, or of a text."""
MAX_MENTIONS = 500
"""Most different citations of one text that are answered."""
_TOO_LONG = (
    f"It is too long or too involved to be read here: at most {MAX_BYTES // 1_000_000} MB, {DEADLINE:g} seconds and "
    f"{MEMORY // 2**20} MiB of memory. Send it in parts, or paste its words."
)


class SentError(RoundupError):
    """What was sent cannot be read: says why, for who sent it, with a ``status``."""

    status = 400


class BusyError(SentError):
    """Too many send something at the moment."""

    status = 503


class TooLongError(SentError):
    """It is beyond what is read of one text, in bytes, time or memory."""

    status = 413


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
