"""One request of the frontier, to its end: redirects, other tries, and exactly one final word on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from crawler.archive import Answer
from crawler.identifiers import request_at
from crawler.model import WITHIN_HOSTS
from crawler.run.crawl import Crawl
from crawler.spiders import redirects, throttle
from crawler.spiders.network import Network
from crawler.spiders.throttle import MAX_WAIT_SECONDS, Throttle, retry_after
from crawler.spiders.values import UnansweredError
from crawler.store.frontier import QueuedRequest, host_of
from crawler.text import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """Another try is worth it, after so many seconds; ``reason`` is why this one failed."""

    seconds: float
    reason: str


async def ask(network: Network, wanted: QueuedRequest) -> None:
    """Make a request until there is a final answer or failure, and hand it over; none is made twice in a crawl.

    Raises:
        StorageError: it could not be archived or applied.
    """
    if await network.crawl.deliver(wanted):
        network.pace(wanted.host).void()
        return
    for attempt in range(throttle.MAX_TRIES):
        chain = _Chain(network, wanted, may_try_again=attempt < throttle.MAX_TRIES - 1, attempt=attempt)
        try:
            again = await chain.follow()
        finally:
            chain.room.give_back()
        if again is None:
            return
        if not await network.stop.sleep(again.seconds):
            link = network.crawl.link(wanted, network.crawl.exchange_id(), 0)
            reason = f"{again.reason}; the crawl ended before another try"
            await network.crawl.failed(wanted, link, wanted.url, "unreachable", reason)
            return


class _Chain:
    """One try: a request and the redirects it leads through, under one exchange id.

    In a replay the hops are archived only once it is clear that the page at their end is newer than what was read.
    """

    def __init__(self, network: Network, wanted: QueuedRequest, *, may_try_again: bool, attempt: int) -> None:
        self._network = network
        self._crawl: Crawl = network.crawl
        self._ask = wanted
        self._may_try_again = may_try_again and network.live
        self._attempt = attempt
        self._exchange = network.crawl.exchange_id()
        self._request = request_at(wanted.url)
        self._seen = [self._request.url]
        self.room = network.room()
        self._held: list[tuple[Mapping[str, Any], Answer]] = []

    @property
    def _url(self) -> str:
        return self._seen[-1]

    @property
    def _named(self) -> str:
        """Return what the present hop is called in the database: the request itself, then the addresses it led to."""
        return self._ask.url if len(self._seen) == 1 else self._url

    @property
    def _pace(self) -> Throttle:
        return self._network.pace(host_of(self._url))

    def _link(self, *, retry: bool = False) -> dict[str, Any]:
        return self._crawl.link(self._ask, self._exchange, len(self._seen) - 1, retry=retry)

    async def follow(self) -> Retry | None:
        """Ask, and follow redirects; None where the final word was said."""
        headers = {"Accept": self._ask.accept} if self._ask.accept else {}
        plain = self._request.method == "GET"
        validators = self._crawl.validators(self._ask) if self._network.live and plain else {}
        while True:
            try:
                answer = await self._get(headers | validators)
            except UnansweredError as error:
                return await self._unanswered(error)
            validators = {}  # They belong to the address first asked.
            stated = redirects.location(answer)
            if stated is None:
                return await self._answered(answer)
            await self._hop(answer)
            target = redirects.target(self._url, stated)
            hosts = self._network.hosts.values()
            reason = redirects.refusal(target, self._seen, self._network.allowed, hosts)
            if reason or (reason := self._strays(target)):
                await self._refused(target, f"{self._url} redirects to {target}: {reason}")
                return None
            self._request = redirects.request(self._request, target, answer.status)
            self._seen.append(target)

    def _strays(self, target: str) -> str:
        """Return why a redirect leads away from the hosts that all who follow a link to the page keep to."""
        within = [asker.facts.get(WITHIN_HOSTS, "") for asker in self._ask.askers]
        return redirects.strays(target, {host for hosts in within for host in hosts.split()}) if all(within) else ""

    async def _get(self, headers: Mapping[str, str]) -> Answer:
        rules = await self._network.rules(self._url)
        if reason := rules.refusal(self._url):
            if self._attempt == 0 and len(self._seen) == 1:
                self._pace.void()
            raise UnansweredError(rules.kind, reason)
        return await self._network.get(self._request, headers, self.room)

    async def _unanswered(self, error: UnansweredError) -> Retry | None:
        """Record a failure: for good, or until the next try."""
        again = self._may_try_again and error.passing and not self._network.stop.asked
        link = self._link(retry=again)
        await self._crawl.failed(self._ask, link, self._url, error.kind, error.reason, final=not again)
        if again:
            return Retry(seconds=self._pace.step * (self._attempt + 1), reason=error.reason)
        if error.kind == "unreachable":
            self._pace.failed(error.reason)
        return None

    async def _answered(self, answer: Answer) -> Retry | None:
        """Record an answer: for good, or until the next try."""
        if not self._network.live:
            await self._replayed(answer)
            return None
        again = self._learn(answer)
        link = self._link(retry=again is not None)
        await self._crawl.answered(self._ask, link, answer, final=again is None)
        return again

    def _learn(self, answer: Answer) -> Retry | None:
        """Set the pace of a host by an answer; return whether another try is worth it, and when."""
        now, pace = datetime.now(UTC), self._pace
        wait = throttle.wait(answer, pace.step, self._attempt, now)
        reason = f"status {answer.status}" + (f", body cut ({answer.truncated})" if answer.truncated else "")
        if throttle.is_too_fast(answer):
            asked = retry_after(answer, now) or 0.0
            if asked > MAX_WAIT_SECONDS:
                pace.leave(f"status {answer.status}: asks to be left alone for {counted(round(asked), 'second')}")
            pace.slow_down(min(asked, MAX_WAIT_SECONDS))
        if wait is not None and self._may_try_again and not self._network.stop.asked and not pace.left:
            return Retry(seconds=wait, reason=reason)
        if throttle.is_failure(answer):
            pace.failed(reason)
        else:
            pace.good()
        return None

    async def _hop(self, answer: Answer) -> None:
        if self._network.live:
            await self._crawl.answered(self._ask, self._link(), answer, final=False)
            self.room.give_back()
        else:
            self._held.append((self._link(), answer))

    async def _refused(self, target: str, reason: str) -> None:
        """Record a redirect that is not followed."""
        if self._held and not self._crawl.is_newer(self._named, self._ask.accept, self._held[-1][1].time):
            await self._crawl.leave_alone(self._ask, self._link(), self._named)
            return
        await self._release()
        link = self._crawl.link(self._ask, self._exchange, len(self._seen))
        await self._crawl.failed(self._ask, link, target, "redirect", reason)

    async def _replayed(self, answer: Answer) -> None:
        """Hand over a capture of a replay, unless one as new was read before."""
        if self._crawl.is_newer(self._named, self._ask.accept, answer.time):
            await self._release()
            await self._crawl.answered(self._ask, self._link(), answer, final=True)
        else:
            await self._crawl.leave_alone(self._ask, self._link(), self._named)

    async def _release(self) -> None:
        """Archive the hops that were held back."""
        held, self._held = self._held, []
        for link, answer in held:
            await self._crawl.answered(self._ask, link, answer, final=False)
