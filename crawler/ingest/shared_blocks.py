"""Blocks that a site shows on several of its pages: what changes alike on them is the site's, and no news of a page."""

from __future__ import annotations

import json
from collections import defaultdict
from urllib.parse import urlsplit

from crawler.ingest.state import State
from crawler.outbox import Seen, silence
from crawler.store import changes, outbox

MIN_DOCUMENTS = 3
"""Documents of one host on which a block changed alike: on two it may be a sentence that two pages share."""
WINDOW_DAYS = 7
"""Days in which they are read: a crawl does not reach every page of a site."""

ANNOUNCED = frozenset({"time limit", "money", "contact", "negation", "form", "status"})
"""Flags of changes that are told on however many pages they are: a helpline moves on all pages of a site at once."""
AT_AN_END = ANNOUNCED | {"duty word"}
"""Those where it is words at the beginning or end of a page: a sentence that binds may have come to several guides."""


def settle(state: State) -> None:
    """Give the cause ``template`` to changes of this crawl that other documents of their host show alike.

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
    for block, ids in own.items():
        if len(documents[block]) >= MIN_DOCUMENTS:
            for change in ids:
                state.store.update("changes", {"id": change}, {"cause": "template"})
                outbox.silence(state.store, change, silence(Seen(cause="template")))
