"""How fast one host is asked: the strictest of its entry, its Crawl-delay, and what its answers teach; other tries."""

import asyncio
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from crawler.archive import Answer
from crawler.sources import Host
from crawler.spiders.session import Shutdown

MAX_WAIT_SECONDS = 120.0
"""Seconds that are waited for a host inside a crawl; one that asks for more is left for another crawl."""
SLOWEST = 60.0
"""Most seconds between two requests that answers teach; what a host asks for in robots.txt has no limit."""
SLOW = 10.0
"""Seconds between two requests from which on it is told what is left of the queue of a host."""
FAILURES = 5
"""Requests in a row that fail before a host is left alone for the rest of the crawl."""
RECOVERED = 20
"""Good answers in a row after which a host that was slowed down is asked faster again."""
FOR_EVER = 366 * 86_400.0
"""Seconds that a longer Retry-After is taken for: numbers without end are no time at all."""
GRACE = 5.0
"""Seconds that the turn of a request under way is still waited for when the crawl shall end."""
TRY_AGAIN = 10.0
"""Least seconds before a failed request is tried again."""
PRIVATE = 0.1
"""The same for private hosts, which only tests and development use; also the first step of their back-off."""

TOO_FAST = frozenset({403, 429, 432, 436, 503})
"""Statuses by which servers say that they are asked too much; 432 and 436 were seen at WAFs of public bodies."""


class Throttle:
    """The pace of one host in one crawl. ``left`` says why it is not asked any more, empty while it is."""

    def __init__(self, host: Host, stop: Shutdown) -> None:
        self.host = host
        self.left = ""
        self._stop = stop
        self._base = host.delay
        self._delay = host.delay
        self._last = 0.0
        self._next = 0.0
        self._aside = 0
        self._failures = 0
        self._good = 0

    @property
    def delay(self) -> float:
        """Return the seconds between two requests."""
        return self._delay

    @property
    def asked(self) -> float:
        """Return the seconds between two requests that its entry or its robots.txt asks for."""
        return self._base

    @property
    def step(self) -> float:
        """Return the least seconds before another try."""
        return PRIVATE if self.host.private else TRY_AGAIN

    def crawl_delay(self, seconds: float) -> None:
        """Take over a Crawl-delay, however long, where it is stricter: it counts from the last request on.

        Turns that were put aside before it was known are void.
        """
        if seconds <= self._base:
            return
        self._base = seconds
        self._delay = max(self._delay, seconds)
        self._aside = 0
        self._next = max(self._next, self._last + self._delay)

    async def gate(self) -> bool:
        """Wait until something new may be asked, and put the turn aside.

        False where the crawl is stopped or the host is left meanwhile.
        """
        taken = await self._wait(through=False)
        self._aside += taken
        return taken

    def void(self) -> None:
        """Give up a turn that was put aside, as nothing is asked: else a redirect would take it, without any delay."""
        self._aside = max(0, self._aside - 1)

    async def turn(self) -> bool:
        """Wait for a turn, if none was put aside, and take it; False where all is broken off meanwhile."""
        if self._aside > 0:
            self._aside -= 1
            return not self._stop.hard.done()
        return await self._wait(through=True)

    async def _wait(self, *, through: bool) -> bool:
        loop = asyncio.get_running_loop()
        while (left := self._next - loop.time()) > 0:
            # A host that is left alone meanwhile is not waited for, nor is a turn that comes when the crawl has ended.
            if self.left or self._next > self._stop.ends or (self._stop.asked and left > GRACE):
                return False
            if not await self._stop.sleep(min(left, GRACE), through=through):
                return False
        self._last = loop.time()
        self._next = self._last + self._delay
        return not (self._stop.hard if through else self._stop.soft).done()

    def sent(self, time: float) -> None:
        """Count the delay from when a request was sent, where that was after its turn: it may have had to wait."""
        self._last = max(self._last, time)
        self._next = max(self._next, self._last + self._delay)

    def good(self) -> None:
        """Record a useful answer."""
        self._failures = 0
        self._good += 1
        if self._good % RECOVERED == 0:
            self._delay = max(self._base, self._delay / 2)

    def slow_down(self, wait: float) -> None:
        """Halve the rate, and ask nothing for so many seconds."""
        self._good = 0
        self._delay = max(self._base, min(max(self._delay * 2, self.step), SLOWEST))
        self._next = max(self._next, asyncio.get_running_loop().time() + wait)

    def failed(self, reason: str) -> None:
        """Record a request that finally failed."""
        self._good = 0
        self._failures += 1
        if self._failures >= FAILURES and not self.left:
            self.left = f"left for another crawl after {FAILURES} failures in a row, the last: {reason}"

    def leave(self, reason: str) -> None:
        """Ask the host nothing more in this crawl."""
        self.left = self.left or reason


def retry_after(answer: Answer, now: datetime) -> float | None:
    """Return for how many seconds a server asks to be left alone, None where it does not say (RFC 9110, 10.2.3).

    Never more than a year.

    >>> asked = Answer(url="", method="GET", time=datetime.now(UTC), status=503, headers=(("Retry-After", "7"),))
    >>> retry_after(asked, datetime.now(UTC))
    7.0
    """
    value = answer.header("retry-after").strip()
    if value.isascii() and value.isdigit():
        return min(float(value), FOR_EVER)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, OverflowError):  # OverflowError: a zone of more hours than there are numbers.
        return None
    return min(max((until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds(), 0.0), FOR_EVER)


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
