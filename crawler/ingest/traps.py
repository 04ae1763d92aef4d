"""Traps: what waits at addresses of their shape is put off to another crawl, and what appeared there is one issue."""

from collections import Counter
from collections.abc import Collection, Mapping

from crawler.ingest.state import State
from crawler.outbox import Seen, silence
from crawler.reconcile.intents import Finding
from crawler.reconcile.traps import MIN_PAGES, ThinPage, shape, traps
from crawler.store import crawls, issues, outbox, thin_pages
from crawler.text import counted

AGAIN = 16
"""Requests of a source after which what waits in its traps is put off again."""


class Watch:
    """Looks for traps while a crawl is under way: where it was killed, it begins anew. It only puts off."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._requests: Counter[str] = Counter()
        self._found: dict[str, frozenset[str]] = {}

    def asked(self, source: str) -> None:
        """Count a request of a source that is done; where these are a power of two, look for traps."""
        self._requests[source] += 1
        number = self._requests[source]
        if number % AGAIN:
            return
        if not number & (number - 1):
            found = traps(_thin(self._state, source))
            self._found[source] = self._found.get(source, frozenset()) | set(found)
        if shapes := self._found.get(source):
            _put_off(self._state, source, shapes)


def settle(state: State) -> None:
    """Raise an issue for each source that has a trap, and let what appeared there be silent, read or not.

    What says something of its own is told, whatever its address; of what is read in another crawl, then.
    """
    silent = []
    for run in crawls.runs(state.store, state.crawl):
        source = str(run["source"])
        pages = _thin(state, source) if run["requests"] >= MIN_PAGES or _since(state, source) != state.crawl else []
        found = traps(pages)
        hollow = {name for names in found.values() for name in names}
        silent += sorted(hollow)
        left = _put_off(state, source, found)
        _silence(state, source, found, hollow)
        if any(page.crawl == state.crawl and page.document in hollow for page in pages):
            _report(state, source, found, len(hollow), left)
        elif run["walk"] == "complete":
            issues.resolve(state.store, clock=state.now, source=source, kind="trap")
        for url in (page.url for page in pages if page.document in hollow):
            for kind in ("parse", "empty"):  # That it could not be read is told once, with the others.
                issues.resolve(state.store, clock=state.now, source=source, kind=kind, subject=url)
    read = thin_pages.read_after_all(state.store, state.crawl, silent)
    for change in read:
        state.store.update("changes", {"id": change}, {"cause": "source"})
    outbox.add(state.store, read, silence(Seen()), "late unread")


def _put_off(state: State, source: str, shapes: Collection[str]) -> int:
    """Leave what waits at addresses of some shapes to another crawl; return how much waits."""
    waiting = [row for row in thin_pages.queued(state.store, source) if shape(row["url"]) in shapes] if shapes else []
    for row in waiting:
        state.store.update("frontier", {"id": row["id"]}, {"crawl": state.crawl})
    return len(waiting)


def _silence(state: State, source: str, found: Mapping[str, Collection[str]], hollow: Collection[str]) -> None:
    for row in thin_pages.appeared(state.store, state.crawl, source) if found else ():
        if row["document"] in hollow or (not row["is_read"] and shape(row["url"]) in found):
            state.store.update("changes", {"id": row["id"]}, {"cause": "template"})
            outbox.silence(state.store, row["id"], silence(Seen(cause="template")))


def _report(state: State, source: str, found: Collection[str], number: int, left: int) -> None:
    pages = counted(number, "new page says nothing of its own", "new pages say nothing of their own")
    more = f"; {counted(left, 'more waits', 'more wait')} for another crawl" if left else ""
    finding = Finding(source=source, kind="trap", detail=f"{pages}: {', '.join(sorted(found))}{more}")
    issues.report(state.store, finding, crawl=state.crawl, clock=state.now)


def _thin(state: State, source: str) -> list[ThinPage]:
    return thin_pages.read_since(state.store, _since(state, source), source)


def _since(state: State, source: str) -> str:
    """Return the crawl whose pages are the first to count: that which found the trap that is still open, or this."""
    found = (issue["crawl"] for issue in issues.open_of(state.store, source) if issue["kind"] == "trap")
    return next(found, state.crawl)
