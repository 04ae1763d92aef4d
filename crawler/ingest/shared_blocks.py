"""Blocks that a site shows on several of its pages: what changes alike on them is the site's, and no news of a page."""

import json
from collections import defaultdict
from urllib.parse import urlsplit

from crawler.ingest.state import State
from crawler.outbox import Seen, silence
from crawler.store import changes, outbox

MIN_DOCUMENTS = 3
"""Documents of one host on which a block changed alike: on two it may be a sentence that two pages share."""
MIN_MOVED = 5
"""Documents of one host whose addresses changed alike in a crawl: fewer are told one by one."""
WINDOW_DAYS = 7
"""Days in which they are read: a crawl does not reach every page of a site."""

ANNOUNCED = frozenset({"time limit", "money", "contact", "negation", "form", "status"})
"""Flags of changes that are told on however many pages they are: a helpline moves on all pages of a site at once."""
AT_AN_END = ANNOUNCED | {"duty word"}
"""Those where it is words at the beginning or end of a page: a sentence that binds may have come to several guides."""


def settle(state: State) -> None:
    """Give the cause ``template`` to changes of this crawl that other documents of their host show alike.

    So do addresses of many documents that changed in the same way: a folder of the site was moved; and one that gained
    or lost no more than "www", a slash, or the "s" of "https".

    A change is alike where the words of the block before and after are the same, or those that came or went where a
    page begins or ends. What its page changed besides is told, and so is a fact that people act on (:data:`ANNOUNCED`).
    Pages of GOV.UK and law are left out: their publishers give the text without what stands around it.
    """
    documents: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    own: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in changes.of_blocks(state.store, state.crawl, days=WINDOW_DAYS):
        block = (urlsplit(str(row["url"])).netloc, str(row["kind"]), str(row["block"]))
        documents[block].add(str(row["document"]))
        is_open = row["crawl"] == state.crawl and row["entry"] is None
        told = AT_AN_END if block[2].startswith("[[") else ANNOUNCED
        if is_open and told.isdisjoint(json.loads(str(row["flags"]))):
            own[block].append(str(row["id"]))
    moved: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    alike = [ids for block, ids in own.items() if len(documents[block]) >= MIN_DOCUMENTS]
    for row in changes.of_addresses(state.store, state.crawl):
        if _plain(str(row["before"])) == _plain(str(row["after"])):
            alike.append([str(row["id"])])
        moved[(urlsplit(str(row["before"])).netloc, *_way(str(row["before"]), str(row["after"])))].append(
            str(row["id"])
        )
    for ids in (*alike, *(each for each in moved.values() if len(each) >= MIN_MOVED)):
        for change in ids:
            state.store.update("changes", {"id": change}, {"cause": "template"})
            outbox.silence(state.store, change, silence(Seen(cause="template")))


def _way(before: str, after: str) -> tuple[str, str]:
    """Return what of an address became what, without what is the same before and behind it.

    >>> _way("https://a.example/old/1", "https://a.example/new/1"), _way("https://a.example/b", "https://a.example/b?c=1")
    (('old', 'new'), ('', '?c=1'))
    """
    start = _same(before, after)
    end = _same(before[start:][::-1], after[start:][::-1])
    return before[start : len(before) - end], after[start : len(after) - end]


def _plain(url: str) -> str:
    """Return an address without what leads to the same page with it as without it.

    >>> _plain("http://www.a.example/b/"), _plain("https://a.example/b?c=1")
    ('a.example/b', 'a.example/b?c=1')
    """
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def _same(one: str, other: str) -> int:
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
