"""Through how many rooms a page goes, and how often to the store: it is loaded, decided on values, and carried out."""

import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from crawler import ingest
from crawler.archive import Exchange, Journal
from crawler.ingest import Read, State
from tests.bench import statements
from tests.fold.samples import CONTENT, GOVUK, guidance, sources
from tests.fold.world import START, Site, crawl

VALUE_MODULES = ("known", "streams", "intents", "reading")
FLOORS = ("ingest", "reconcile", "store")
VALUES = {f"crawler.{name}" for name in ("ingest.state", *(f"reconcile.{each}" for each in VALUE_MODULES))}
"""Modules of values, which a page carries along; State hands intents to the writer."""
DOORS = {"crawler.store.known", "crawler.store.arrivals", "crawler.store.writer"}
"""By these alone a page goes to the store: two load what is known, one carries out what was decided."""
MAX_ROOMS = 14
MAX_CROSSINGS = 26
"""What is, and little more: it only ever falls."""


def room(frame: FrameType | None) -> str:
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if name.startswith("crawler.") and name.split(".")[1] in FLOORS and name not in VALUES:
            return name
        frame = frame.f_back
    return ""


def traced(apply: Callable[..., None], entered: list[str]) -> Callable[..., None]:
    """Return a fold that records which rooms a page of GOV.UK enters; what the store does inside is its own."""

    def profile(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            here, before = room(frame), room(frame.f_back)
            if here != before and not before.startswith("crawler.store."):
                entered.append(here)

    def applied(state: State, record: Exchange | Journal, reads: Sequence[Read] = ()) -> None:
        if not isinstance(record, Exchange) or record.url != CONTENT:
            return apply(state, record, reads)
        entered.clear()
        sys.setprofile(profile)
        try:
            apply(state, record, reads)
        finally:
            sys.setprofile(None)

    return applied


@pytest.mark.slow
def test_a_page_goes_through_few_rooms_and_to_the_store_seldom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entered: list[str] = []
    monkeypatch.setattr(ingest, "apply", traced(ingest.apply, entered))
    site = Site()
    for day, words in enumerate(("Sample words.", "Other sample words within 45 days.")):
        body = guidance(f"<h2>Referral</h2><p>{words}</p>", updated=f"2026-03-0{day + 2}T09:30:00Z")
        site.put(CONTENT, body, media="application/json")
        crawl(tmp_path, site, START + timedelta(days=day), text=sources(GOVUK))
    doors = [name for name in entered if name.startswith("crawler.store.")]
    assert set(doors) == DOORS
    assert len(doors) <= MAX_CROSSINGS
    assert len(set(entered)) <= MAX_ROOMS


@pytest.mark.slow
@pytest.mark.parametrize(("name", "limits"), [("page of a feed", (32, 0, 47)), ("page of GOV.UK", (41, 15, 49))])
def test_a_document_costs_few_statements(name: str, limits: tuple[int, int, int]) -> None:
    """Of a first crawl, one that finds nothing new, and one that finds all eight sections of each page changed."""
    costs = statements.cost(statements.KINDS[name], 2, 4)
    assert all(sum(each.values()) <= limit for each, limit in zip(costs, limits, strict=True))
