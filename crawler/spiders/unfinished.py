"""What a crawl had no time for at a host that wants to be asked slowly: an issue for each source that waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from crawler.run.crawl import Crawl
from crawler.spiders.throttle import SLOW, Throttle
from crawler.store import frontier
from crawler.store.frontier import QueuedRequest, Requester
from crawler.text import counted

LOOKED_AT = 200
"""Queued requests of a host that are looked at: those that are next, listings first."""


async def tell(crawl: Crawl, pace: Throttle, host: str, unasked: Iterable[QueuedRequest]) -> None:
    """Say in the journal which sources wait for pages of a host that asks for long delays.

    It is noted at the address of the robots.txt. Where a list is among the pages, its source was not read in full.
    The pages stay queued; a host that is asked often enough gets no such note.

    Raises:
        StorageError: the journal could not be written.
    """
    if pace.asked < SLOW:
        return
    left = list(islice(_left(crawl, host, unasked), LOOKED_AT))
    askers = _askers(left)
    if not askers:
        return
    pages = f"{counted(len(left), 'page')} or more" if len(left) == LOOKED_AT else f"{len(left)} of its pages"
    reason = (
        f"{host} asks for {pace.asked:g} seconds between two requests: within the {crawl.options.minutes:g} minutes of"
        f" a crawl {pages} could not be asked, and wait for the next"
    )
    scheme = left[0].url.partition("://")[0]
    note = QueuedRequest(
        id=0,
        url=f"{scheme}://{host}/robots.txt",
        accept="",
        host=host,
        rank=frontier.LISTING,
        tries=0,
        askers=askers,
    )
    link = crawl.link(note, crawl.exchange_id(), 0)
    await crawl.failed(note, link, note.url, "slow", reason, final=False)


def _left(crawl: Crawl, host: str, unasked: Iterable[QueuedRequest]) -> Iterator[QueuedRequest]:
    yield from unasked
    while (wanted := crawl.take(host)) is not None:
        yield wanted


def _askers(left: Iterable[QueuedRequest]) -> tuple[Requester, ...]:
    """Return each source that waits once, as one that waits for a list if it waits for any."""
    lists: dict[str, bool] = {}
    for wanted in left:
        for asker in wanted.askers:
            lists[asker.source] = lists.get(asker.source, False) or wanted.rank == frontier.LISTING
    return tuple(
        Requester(
            source=source,
            role="listing" if is_list else "document",
            parent=None,
            facts={},
            token="",
            why="announced",
        )
        for source, is_list in sorted(lists.items(), key=lambda each: not each[1])
    )
