"""Where a document is: laws of what is decided, without a database; the last ties the writer to it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.model import Capture, Link, Statement
from crawler.reconcile import availability
from crawler.reconcile.intents import AddChange, Intent
from crawler.reconcile.known import DocumentState, Known, NotFound
from crawler.sources import Gone
from crawler.store import known, writer
from crawler.text import stamp
from tests.fold.test_fold_laws import address, live
from tests.fold.test_fold_redirects import watched
from tests.reconcile.evolved import evolved
from tests.reconcile.test_versions import origin

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
NAME = "url:https://a.sample.invalid/p/1"
STATUSES = st.sampled_from([200, 304, 404, 410, 500, 503, 403, None])
CRAWLS = st.lists(st.tuples(st.integers(1, 40), STATUSES, st.booleans()), max_size=12)
Crawls = Sequence[tuple[int, int | None, bool]]


def capture(status: int, clock: datetime, url: str = address(1)) -> Capture:
    return Capture(url=url, time=clock, link=Link(url=url, role="document"), status=status)


def decided(state: Known, status: int | None) -> tuple[Intent, ...]:
    """Return what an answer of the page means; None: there was no answer."""
    if status in (200, 304):
        return availability.found(state, capture(status, state.clock))
    answer = capture(status or 500, state.clock)
    return availability.missing(state, answer) if availability.says_missing(answer, None, None) else ()


def play(crawls: Crawls) -> tuple[list[str], list[str]]:
    """Return states and changes of one document, crawl by crawl: hours since the last, its answer, others answer."""
    state = Known(clock=START, document=NAME, documents={NAME: DocumentState(id=NAME, url=address(1))})
    seen: list[str] = []
    kinds: list[str] = []
    for hours, status, is_alive in crawls:
        state = replace(state, clock=state.clock + timedelta(hours=hours))
        intents = list(decided(state, status))
        state = evolved(state, intents)
        lost = NotFound(
            document=NAME, fetch=1, time=stamp(state.clock), source=None, is_alive=is_alive, is_410=status == 410
        )
        closing = replace(state, not_found=(lost,) if status in (404, 410) else ())
        intents += (weighed := availability.closing(closing, {}))
        state = evolved(state, weighed)
        kinds += [each.difference.kind for each in intents if isinstance(each, AddChange)]
        seen.append(state.documents[NAME].availability)
    return seen, kinds


@given(CRAWLS)
def test_the_same_answer_twice_says_it_once(crawls: Crawls) -> None:
    once = Known(clock=START, document=NAME, documents={NAME: DocumentState(id=NAME, url=address(1))})
    for hours, status, _ in crawls:
        once = replace(once, clock=once.clock + timedelta(hours=hours))
        once = evolved(once, decided(once, status))
        again = decided(once, status)
        assert evolved(once, again) == once
        assert not any(isinstance(each, AddChange) for each in again)


@given(CRAWLS)
def test_only_404_410_and_notices_step_towards_gone(crawls: Crawls) -> None:
    outages = [(hours, None if status in (404, 410) else status, alive) for hours, status, alive in crawls]
    seen, kinds = play(outages)
    assert set(seen) <= {"ok"}
    assert not kinds


@given(CRAWLS)
def test_gone_and_returned_alternate(crawls: Crawls) -> None:
    _, kinds = play(crawls)
    assert all((one == "returned") != (other == "returned") for one, other in pairwise(kinds))
    assert kinds[:1] != ["returned"]


@given(CRAWLS)
def test_nothing_is_gone_while_its_host_is_silent_or_too_soon(crawls: Crawls) -> None:
    assert "gone" not in play([(hours, status, False) for hours, status, _ in crawls])[1]
    assert "gone" not in play([(1, status, alive) for _, status, alive in crawls])[1]
    rule = Gone()
    assert play([(30, 404, True)] * rule.answers)[1] == ["gone"]


NOTICE = Statement(kind="withdrawn", document=NAME, fields={"note": "no longer current"})
STATUS = {"missing": 404, "withdrawn": 410}
ACTS = st.lists(st.sampled_from(["found", "missing", "withdrawn", "noticed", "stated", "closing"]), max_size=8)


def act_of(act: str, before: Known) -> tuple[Intent, ...]:
    """Return what one of the acts means."""
    answer = capture(STATUS.get(act, 200), before.clock)
    match act:
        case "noticed":
            return availability.withdrawn(before, NOTICE, answer, "source")
        case "closing":
            lost = NotFound(document=NAME, fetch=before.fetch, time=stamp(before.clock), source="news", is_alive=True)
            return availability.closing(replace(before, not_found=(lost,)), {})
        case "missing" | "withdrawn":
            return availability.missing(before, answer)
        case _:
            return availability.found(before, answer, stated_ok=act == "stated")


@pytest.mark.slow
def test_what_is_loaded_after_it_was_carried_out_is_what_was_foreseen(tmp_path: Path) -> None:
    watched(tmp_path)
    clock, link = START + timedelta(days=5), Link(url=address(1), role="document")
    with live(tmp_path) as store:
        crawl = str(store.value("select max(id) from crawls"))
        row = store.one("select * from fetches where status=200 and source is not null order by id limit 1") or {}

        @given(ACTS)
        def hold(acts: list[str]) -> None:
            nonlocal clock
            for act in acts:
                clock += timedelta(hours=13)
                answer = {"id": None, "exchange": stamp(clock), "time": stamp(clock), "status": STATUS.get(act, 200)}
                fetch = store.insert("fetches", {**row, **answer})
                before = (
                    known.of_statement(store, NOTICE, origin(fetch, clock))
                    if act == "noticed"
                    else known.of_page(store, link, fetch, clock)
                )
                intents = act_of(act, before)
                writer.carry_out(store, crawl, intents)
                after = replace(evolved(before, intents).documents[NAME], withdrawals=frozenset(), appearance="")
                assert known.of_page(store, link, fetch, clock).documents[NAME] == after

        hold()
