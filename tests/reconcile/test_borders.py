"""How often a page crosses the border to the store: what is decided on values, and carried out once, does so seldom."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from crawler import ingest
from crawler.archive import Exchange, Journal
from crawler.ingest import Read, State
from tests.fold.samples import CONTENT, GOVUK, guidance, sources
from tests.fold.world import START, Site, crawl

ROOMS = ("ingest", "reconcile", "store")
MAX_MODULES = 40
MAX_CROSSINGS = 60
"""Both are what is, and little more: they only ever fall."""


def traced(apply: Callable[..., None], stays: list[str]) -> Callable[..., None]:
    """Return a fold that records in which modules a page of GOV.UK stays, one after the other."""

    def module(frame: FrameType | None) -> str:
        while frame is not None:
            name = str(frame.f_globals.get("__name__", ""))
            if name.startswith("crawler.") and name.split(".")[1] in ROOMS:
                return name
            frame = frame.f_back
        return ""

    def profile(frame: FrameType, event: str, _: Any) -> None:
        name = module(frame if event == "call" else frame.f_back) if event in ("call", "return") else ""
        if name and stays[-1:] != [name]:
            stays.append(name)

    def applied(state: State, record: Exchange | Journal, reads: Sequence[Read] = ()) -> None:
        if not isinstance(record, Exchange) or record.url != CONTENT:
            return apply(state, record, reads)
        stays.clear()
        sys.setprofile(profile)
        try:
            apply(state, record, reads)
        finally:
            sys.setprofile(None)

    return applied


@pytest.mark.slow
def test_a_page_crosses_the_border_to_the_store_seldom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stays: list[str] = []
    monkeypatch.setattr(ingest, "apply", traced(ingest.apply, stays))
    site = Site()
    for day, words in enumerate(("Sample words.", "Other sample words within 45 days.")):
        body = guidance(f"<h2>Referral</h2><p>{words}</p>", updated=f"2026-03-0{day + 2}T09:30:00Z")
        site.put(CONTENT, body, media="application/json")
        crawl(tmp_path, site, START + timedelta(days=day), text=sources(GOVUK))
    rooms = [name.split(".")[1] for name in stays]
    crossings = sum(one != "store" == other for one, other in pairwise(rooms))
    assert 0 < crossings <= MAX_CROSSINGS
    assert len(set(stays)) <= MAX_MODULES
