"""Other tries inside a crawl: for which answers, how many, and after how long."""

from __future__ import annotations

from datetime import datetime

from crawler.archive import Answer
from crawler.spiders.throttle import MAX_WAIT_SECONDS, TOO_FAST, retry_after

MAX_TRIES = 3
"""Tries of one request in one crawl."""

PASSING = frozenset({429, 502, 503, 504})
"""Statuses that may be gone in a moment."""


def is_not_ready(answer: Answer) -> bool:
    """Return whether an answer is the empty 202 with which EUR-Lex and others say that they are still making it."""
    return answer.status == 202 and not answer.body


def wait(answer: Answer, step: float, attempt: int, now: datetime) -> float | None:
    """Return the seconds before another try, None where none is worth it or the server asks for more than we wait.

    >>> gone = Answer(url="", method="GET", time=datetime.now(), status=404)
    >>> wait(gone, 10, 0, datetime.now()) is None
    True
    """
    if answer.status not in PASSING and not is_not_ready(answer) and answer.truncated != "disconnect":
        return None
    asked = retry_after(answer, now) or 0.0
    return None if asked > MAX_WAIT_SECONDS else max(asked, step * (attempt + 1))


def is_too_fast(answer: Answer) -> bool:
    """Return whether an answer says that the host is asked too much."""
    return answer.status in TOO_FAST or is_not_ready(answer)


def is_failure(answer: Answer) -> bool:
    """Return whether an answer speaks for a host that does not serve us, rather than for a page that is not there."""
    return is_too_fast(answer) or answer.status >= 500 or answer.truncated in ("disconnect", "time")
