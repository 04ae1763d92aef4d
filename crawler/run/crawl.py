"""One crawl, as the engine drives it: what to ask next, and what becomes of every answer.

Everything that happens is appended to the archive first and applied then, in the same order. The engine only makes
requests; it decides nothing that a rebuild would have to guess.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler import __version__, entries
from crawler.archive import Answer, Cut, Exchange, Place, is_long_text
from crawler.errors import ConfigError
from crawler.ingest import State
from crawler.ingest.traps import Watch
from crawler.model import ANEW
from crawler.run import fold, opening
from crawler.run.column_filter import filter_columns
from crawler.run.options import Options, due
from crawler.run.redact import planning
from crawler.run.redact.filtering import LISTINGS, Parse
from crawler.run.writer import Writer
from crawler.sources import Source
from crawler.store import Row, crawls, fetches, frontier, list_pages
from crawler.store.frontier import QueuedRequest, Requester
from crawler.text import moment, stamp
from crawler.worker import Pool

RESUME = timedelta(hours=6)
"""A crawl that was killed is gone on with for this long; later it is closed and a new one begins."""


MAX_CONFIRMED = 30
"""Answers in a row that a page did not change after which it is asked for in full, and one before an audit does."""

MAX_TEXT_BYTES = 20 * 1024 * 1024
"""Longest text of a live answer that is read: as a tree it takes ten times as much memory."""


class Crawl:
    """A crawl under way. One task at a time applies records; they are applied in the order they were archived."""

    def __init__(
        self, state: State, options: Options, read: fold.AnyReader, parse: Parse | None = None, pool: Pool | None = None
    ) -> None:
        """Hold what a crawl needs.

        ``read`` parses what is applied, ``pool`` what waits for that, ``parse`` what something redacted is masked in.
        """
        self.state = state
        self.options = options
        self._withheld = planning.withheld(state.store, options, parse)
        self._order = Writer(state, read, self._withheld, pool)
        self._traps = Watch(state)
        self._exchanges = 0
        self._busy: set[int] = set()
        self._last: dict[int, Row | None] = {}
        self._finished: set[str] = set()
        self._looked: set[str] = set()

    @property
    def id(self) -> str:
        """Return the id of the crawl."""
        return self.state.crawl

    # The start

    def begin(self, clock: datetime, mark: str = "") -> None:
        """Start the crawl, under a name with a ``mark``, or go on with the one that was killed."""
        opening.check_authority(self.options, self.state.store)
        last = crawls.current(self.state.store)
        if last is not None and last["state"] in ("open", "closing"):
            self.state.archive.start(last["id"], {})
            if last["state"] == "open" and self._may_resume(last, clock):
                self._resume(last)
                return
            self.end("interrupted")
        self._start(clock, mark)

    def _may_resume(self, last: Row, clock: datetime) -> bool:
        same = last["registry"] == self.options.digest and bool(last["live"]) == self.options.live
        return same and self.options.live and clock - moment(last["clock"]) < RESUME

    def _start(self, clock: datetime, mark: str) -> None:
        run = opening.run_id(self.state.store, clock, mark)
        walked = due(self.options, self.state.store, clock)
        payload = opening.payload(self.state, self.options, run, clock, walked)
        self.state.archive.start(run, {"software": f"roundup/{__version__}", "sample": str(payload["sample"]).lower()})
        self._order.journal("run-started", payload)
        self._open(walked, set())

    def _resume(self, last: Row) -> None:
        """Go on with a crawl; where it was killed before it had said all that comes first, that is said now."""
        said = opening.sources_asked_again(self.state.archive, last)
        self._order.journal("run-resumed", {"time": _now()})
        self._exchanges = fetches.last_exchange(self.state.store, self.id)
        if said is not None:
            walked = crawls.open_walks(self.state.store, self.id)
            self._open([name for name in self.state.registry.sources if name in walked], said)

    def _open(self, walked: Sequence[str], said: Set[tuple[str, str]]) -> None:
        for kind, payload in opening.opening_records(self.state, self.options.decisions, walked, said):
            self._order.journal(kind, payload)

    # What to ask

    def hosts(self) -> list[str]:
        """Return the hosts that have something waiting."""
        return frontier.hosts_waiting(self.state.store, self.id)

    def take(self, host: str) -> QueuedRequest | None:
        """Return the next request for a host, counted as under way until answered; None if there is none."""
        while (ask := frontier.take(self.state.store, self.id, host, self._busy)) is not None:
            sources = {asker.source for asker in ask.askers}
            if self._withheld.marks.within(ask.url) and not any(asker.role in LISTINGS for asker in ask.askers):
                frontier.drop(self.state.store, ask.id)  # What was redacted is not asked for again.
                continue
            if not self.options.look or sources - self._looked:
                self._looked |= sources
                self._busy.add(ask.id)
                return ask
            frontier.leave(self.state.store, self.link(ask, "", 0), self.id)
        return None

    def validators(self, ask: QueuedRequest) -> dict[str, str]:
        """Return the headers that ask for a page only if it changed: those of its last capture that was accepted.

        A page of a list that is read to its end is always read.

        None where that ended early: it may have been cut on its way, and would be the same page for its server. None
        where the server said often enough that nothing changed: some say so for ever.
        """
        if any(asker.role == "slice" for asker in ask.askers):
            return {}
        row = self._read_last(ask)
        if row is None or row["hop"] or not self._read_by_all(row, ask) or '"broken"' in row["problems"]:
            return {}
        is_audit = any(asker.why == "audit" for asker in ask.askers)
        if fetches.confirmed(self.state.store, row) >= (1 if is_audit else MAX_CONFIRMED):
            return {}
        found = {"If-None-Match": row["etag"], "If-Modified-Since": row["last_modified"]}
        return {name: value for name, value in found.items() if value}

    def _read_last(self, ask: QueuedRequest) -> Row | None:
        """Return what anybody read last at an address; while it is asked for, nobody else asks there."""
        if ask.id not in self._last:
            self._last[ask.id] = fetches.last_read(self.state.store, ask.url, ask.accept)
        return self._last[ask.id]

    def _read_by_all(self, row: Row, ask: QueuedRequest) -> bool:
        return all(f'"{asker.source}"' in row["options_digest"] for asker in ask.askers)

    def exchange_id(self) -> str:
        """Return the id of a new exchange: a request with all its redirects."""
        self._exchanges += 1
        return f"{self.id}/{self._exchanges}"

    # What became of it

    def link(self, ask: QueuedRequest, exchange: str, hop: int, *, retry: bool = False) -> dict[str, Any]:
        """Return what the journal says of the request behind an answer."""
        return {
            "exchange": exchange,
            "hop": hop,
            "url": ask.url,
            "accept": ask.accept,
            "role": ask.askers[0].role,
            "retry": retry,
            "asked": [
                {
                    "source": asker.source,
                    "role": asker.role,
                    "parent": asker.parent,
                    "facts": dict(asker.facts),
                    "token": asker.token,
                    "why": asker.why,
                }
                for asker in ask.askers
            ],
        }

    async def answered(self, ask: QueuedRequest, link: Mapping[str, Any], answer: Answer, *, final: bool) -> None:
        """Archive an answer and apply it. ``final``: no redirect and no other try follows for now."""
        answer = filter_columns(answer, self._sources(link))
        if self.options.live and not answer.truncated and is_long_text(answer.headers, answer.body, MAX_TEXT_BYTES):
            answer = replace(answer, truncated="length")  # Kept whole; a rebuild reads it as little as this crawl.
        answer, link, cut = await self._kept(answer, link)
        await self._order.apply(self._archive(answer, link, cut))
        if final:
            self._traps.asked(ask.askers[0].source)
            await self._done(ask)

    async def _kept(self, answer: Answer, link: Mapping[str, Any]) -> tuple[Answer, Mapping[str, Any], Cut | None]:
        """Return an answer and its link without what was redacted, and what the body lost."""
        if not self._withheld.marks:
            return answer, link, None
        async with self._order.turn:  # The worker answers one question at a time.
            kept, left = self._withheld.answer(answer, link, self.state.registry.sources)
        return kept, left.link, left.cut

    def _archive(self, answer: Answer, link: Mapping[str, Any], cut: Cut | None) -> Exchange:
        url = answer.url if link["hop"] else link["url"]
        last = fetches.last_answer(self.state.store, url, link["accept"])
        place = None if last is None else Place(file=last["file"], offset=last["offset"], length=last["length"])
        if answer.status == 304:
            return self.state.archive.exchange(answer, link, not_modified_of=place)
        return self.state.archive.exchange(answer, link, original=place, cut=cut)

    def _sources(self, link: Mapping[str, Any]) -> list[Source]:
        known = self.state.registry.sources
        return [known[asked["source"]] for asked in link["asked"] if asked["source"] in known]

    async def robots(self, answer: Answer) -> None:
        """Archive a robots.txt."""
        answer, link, cut = await self._kept(answer, self._robots_link(answer.url))
        await self._order.apply(self.state.archive.exchange(answer, link, cut=cut))

    async def robots_failed(self, url: str, reason: str) -> None:
        """Record that a robots.txt could not be had."""
        payload = {"link": self._robots_link(url), "url": url, "kind": "unreachable", "reason": reason, "time": _now()}
        await self._order.apply(self._order.append("no-answer", payload))

    def _robots_link(self, url: str) -> dict[str, Any]:
        return {"exchange": self.exchange_id(), "hop": 0, "url": url, "accept": "", "role": "robots", "asked": []}

    def known_robots(self, url: str) -> Exchange | None:
        """Return the robots.txt that was answered in this crawl before it was killed, or None."""
        row = fetches.robots(self.state.store, self.id, url)
        if row is None:
            return None
        return self.state.archive.read(Place(file=row["file"], offset=row["offset"], length=row["length"]))

    async def failed(
        self, ask: QueuedRequest, link: Mapping[str, Any], url: str, kind: str, reason: str, *, final: bool = True
    ) -> None:
        """Record that a request brought no answer.

        ``kind`` becomes the kind of the issue: unreachable, robots, redirect, too-large; or not-recorded, lost.
        """
        payload = {"link": dict(link), "url": url, "kind": kind, "reason": reason, "time": _now()}
        await self._order.apply(self._order.append("no-answer", payload))
        if final:
            await self._done(ask)

    def is_newer(self, url: str, accept: str, time: datetime) -> bool:
        """Return whether a capture of a replay is newer than what was answered before at an address."""
        newest = fetches.newest_time(self.state.store, url, accept)
        return newest is None or moment(newest) < time

    async def deliver(self, ask: QueuedRequest) -> bool:
        """Hand an answer of this crawl to those who asked for it only afterwards; False where there is none."""
        if any(ANEW in asker.facts for asker in ask.askers):
            return False
        row = self._read_last(ask)
        if row is None or not fetches.was_read(self.state.store, self.id, ask.url, ask.accept):
            return False
        await self._deliver(ask, row, ask.askers)
        await self._done(ask)
        return True

    async def _deliver(self, ask: QueuedRequest, row: Row, askers: Sequence[Requester]) -> None:
        link = self.link(ask, row["exchange"], row["hop"])
        asked = {each["source"]: each for each in link["asked"]}
        for asker in askers:
            payload = {"exchange": row["exchange"], "hop": row["hop"], "link": link, "asked": asked[asker.source]}
            await self._order.apply(self._order.append("delivered", payload))

    async def leave_alone(self, ask: QueuedRequest, link: Mapping[str, Any], url: str) -> None:
        """Record that a replay has nothing newer for a request than what was read before: an answer without news.

        Sources that were not there when it was read get it now.
        """
        row, late = fetches.last_read(self.state.store, ask.url, ask.accept), list[Requester]()
        if row is not None:
            last = fetches.last_answer(self.state.store, ask.url, ask.accept)
            good = last is not None and last["outcome"] in (*fetches.READ_OUTCOMES, "not modified")
            late = [asker for asker in ask.askers if self._is_to_read(asker, row, good=good)]
            await self._deliver(ask, row, late)
        payload: dict[str, Any] = {"link": dict(link), "url": url, "kind": "not-newer", "reason": "", "time": _now()}
        if late:
            payload["delivered"] = [asker.source for asker in late]
        await self._order.apply(self._order.append("no-answer", payload))
        await self._done(ask)

    def _is_to_read(self, asker: Requester, row: Row, *, good: bool) -> bool:
        """Return whether a source did not read what is there, or broke off behind it and never saw what it leads to.

        ``good``: what was read last is what was answered last; behind an answer that was refused nothing is looked for.
        """
        if f'"{asker.source}"' not in row["options_digest"] or asker.role == "slice":
            return True
        is_list = good and asker.role in ("listing", "next")
        return is_list and crawls.broke_off(self.state.store, asker.source, self.id) is not None

    async def _done(self, ask: QueuedRequest) -> None:
        self._busy.discard(ask.id)
        self._last.pop(ask.id, None)
        names = {asker.source: None for asker in ask.askers if asker.source not in self._finished}
        open_walks = crawls.open_walks(self.state.store, self.id) if names else ()
        for name in names:
            if name in open_walks and not list_pages.walk_pending(self.state.store, name, self.id):
                self._finished.add(name)
                payload = {"source": name, "complete": True, "reason": ""}
                await self._order.apply(self._order.append("walk-finished", payload))

    # The end

    def end(self, state: str = "ended") -> None:
        """Finish the walks that are left, settle health, make and announce the entries, end the crawl."""
        last = crawls.current(self.state.store)
        if last is None:
            raise ConfigError("no crawl was begun")
        if last["state"] == "open":
            for name in crawls.open_walks(self.state.store, self.id):
                pending = list_pages.walk_pending(self.state.store, name, self.id)
                reason = "not all pages were asked in time" if pending else ""
                self._order.journal("walk-finished", {"source": name, "complete": not pending, "reason": reason})
            self._order.journal("run-closing", {"time": _now(), "interrupted": state == "interrupted"})
        self._announce()
        self._order.journal("run-ended", {"state": state, "ended": _now()})
        self.state.archive.sync()

    def _announce(self) -> None:
        found = entries.announcement(self.state.store, self.id)
        if any(found.values()):
            self._order.journal("entries-announced", {"time": self.state.now, **found})


def _now() -> str:
    return stamp(datetime.now(UTC))
