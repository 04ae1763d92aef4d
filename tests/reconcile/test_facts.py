"""Facts of documents: laws of what is decided, without a database; the last ties the writer to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.model import Capture, Document, Link, Page, Statement
from crawler.reconcile import facts, statements
from crawler.reconcile.intents import AddChange, Intent, StateDate
from crawler.reconcile.known import DateSaid, DocumentState, FactsState, Known, SourceFacts
from crawler.reconcile.reading import Origin
from crawler.sources import loads
from crawler.store import Store, crawls, fetches, known, writer
from crawler.text import stamp
from tests.fold.relevance_world import PART
from tests.reconcile.evolved import evolved_facts

CLOCK = datetime(2026, 3, 2, 6, tzinfo=UTC)
URL = "https://a.sample.invalid/p/1"
NAME = f"url:{URL}"
REGISTRY = loads(PART, "sources.yaml")
SOURCES = tuple(REGISTRY.sources)
TITLES = st.sampled_from(["Sample report", "Sample report 2026", "Report"])
STATUSES = st.sampled_from([None, "open", "closed", facts.COMPLETED])
DATES = st.sampled_from([None, "2026-02-01", "2026-02-03"])


@dataclass(frozen=True)
class Telling:
    """What a page of a source says of the document: on its own page, or in a list."""

    source: str
    own: bool
    title: str
    status: str | None
    published: str | None


TELLINGS = st.builds(Telling, st.sampled_from(SOURCES), st.booleans(), TITLES, STATUSES, DATES)


def origin(source: str, role: str = "document", cause: str = "source", clock: datetime = CLOCK) -> Origin:
    link = Link(url=URL, role=role)  # type: ignore[arg-type]
    capture = Capture(url=URL, time=clock, link=link, status=200)
    read = REGISTRY.sources[source]
    return Origin(
        clock=clock, source=read, capture=capture, cause=cause, fetch=1, time=stamp(clock), digest="",  # type: ignore[arg-type]
    )  # fmt: skip


def new(name: str = NAME) -> FactsState:
    said = tuple(SourceFacts(source=each, kind=REGISTRY.sources[each].kind) for each in SOURCES)
    return FactsState(name=name, document=None, said=said)


def tell(state: FactsState, one: Telling) -> tuple[Intent, ...]:
    document = Document(id=NAME, title=one.title, url=URL, status=one.status, published=one.published)
    page = Page(documents=(document,))
    read = origin(one.source, "document" if one.own else "listing")
    return facts.describe(state, document, page, read, own=one.own)


def told(state: FactsState, one: Telling) -> FactsState:
    return evolved_facts(state, tell(state, one))


@given(st.lists(TELLINGS, min_size=1, max_size=6))
def test_what_is_said_twice_is_no_change_and_changes_nothing(tellings: Sequence[Telling]) -> None:
    once = reduce(told, tellings, new())
    again = tell(once, tellings[-1])
    assert not any(isinstance(each, AddChange) for each in again)
    assert evolved_facts(once, again) == once


@given(st.lists(TELLINGS, min_size=1, max_size=6, unique_by=lambda one: (one.source, one.own)), st.randoms())
def test_lists_and_pages_in_any_order_say_the_same(tellings: list[Telling], random: st.DrawFn) -> None:
    other = list(tellings)
    random.shuffle(other)  # type: ignore[attr-defined]
    one, two = (facts.holding(reduce(told, each, new()).said) for each in (tellings, other))
    assert one == two


@given(TELLINGS, TELLINGS)
def test_only_the_publisher_saying_something_else_at_the_same_place_is_a_change(one: Telling, two: Telling) -> None:
    state = told(new(), one)
    changes = [each.difference.kind for each in tell(state, two) if isinstance(each, AddChange)]
    if (one.source, one.own) != (two.source, two.own):
        assert not changes
    if "retitled" in changes:
        assert one.title != two.title
    if state.document is not None:
        read = replace(state, document=replace(state.document, current="a text"))
        assert not any(isinstance(each, AddChange) for each in tell(read, two))


@pytest.mark.parametrize(
    "parent, above, expected",
    [
        (None, "", ""),
        ("new here", "", ""),
        ("read for the first time", "", "first reading"),
        ("read for the first time", "first walk", "first walk"),
        ("known", "", ""),
    ],
)
def test_an_attachment_is_as_silent_as_what_it_hangs_on(parent: str | None, above: str, expected: str) -> None:
    page = DocumentState(id="url:https://a.sample.invalid/p/2", checked=stamp(CLOCK), appearance=above)
    is_first = parent in ("new here", "read for the first time")
    state = replace(
        new(),
        parent=page if parent else None,
        is_parent_new=parent == "new here",
        is_parent_first_read=is_first,
    )
    document = Document(id=NAME, title="Annex", url=URL, parent=page.id if parent else None)
    intents = facts.describe(state, document, Page(documents=(document,)), origin(SOURCES[0]), own=False)
    change = next(each for each in intents if isinstance(each, AddChange))
    assert change.silent == expected


SAID = st.builds(
    DateSaid, own=st.booleans(), position=st.integers(0, 2), source=st.just("news"),
    url=st.sampled_from([URL, f"{URL}/2"]), date=st.sampled_from(["2026", "2026-03", "2026-03-01", "2026-04-01"]),
)  # fmt: skip


@given(st.lists(SAID, max_size=4, unique_by=lambda one: one.url), SAID)
def test_a_date_moves_only_where_the_page_that_states_it_says_another_day(dates: list[DateSaid], now: DateSaid) -> None:
    row = DocumentState(id=NAME, url=URL)
    state = Known(
        clock=CLOCK, document=NAME, documents={NAME: row}, dates=tuple(dates), position=now.position
    )  # fmt: skip
    statement = Statement(kind="date", document=NAME, fields={"event": "closes", "date": now.date})
    read = origin("news")
    read = replace(read, capture=replace(read.capture, link=Link(url=now.url, role="document")))
    intents = statements.accept(state, statement, read, about=NAME if now.own else "")
    moved = [each for each in intents if isinstance(each, AddChange)]
    stated = next(each for each in intents if isinstance(each, StateDate))
    before = min(dates, default=None)
    if moved:
        assert before is not None and before.is_beside(stated.said)
        assert not before.date.startswith(now.date) and not now.date.startswith(before.date)
    last = next((each for each in dates if each.is_beside(stated.said)), None)
    assert stated.is_new == (last is None or last.date != now.date)


@given(st.lists(SAID, min_size=1, max_size=4, unique_by=lambda one: (one.source, one.url, one.own)), st.randoms())
def test_which_date_holds_does_not_depend_on_the_order_of_pages(dates: list[DateSaid], random: st.DrawFn) -> None:
    other = list(dates)
    random.shuffle(other)  # type: ignore[attr-defined]
    assert min(dates) == min(other)


@pytest.mark.slow
def test_what_is_loaded_after_it_was_carried_out_is_what_was_foreseen() -> None:
    with Store.open(":memory:") as store:
        crawls.mirror(store, REGISTRY)
        row = {"id": "20260302T060000Z", "clock": stamp(CLOCK), "started": stamp(CLOCK), "ended": None,
               "state": "open", "live": 0, "sample": 0, "software": "", "parsers": "{}", "registry": "", "file": "",
               "offset": 0, "length": 0}  # fmt: skip
        crawls.start(store, row, [])
        crawl = str(row["id"])
        number = 0

        @given(st.lists(TELLINGS, min_size=1, max_size=4))
        def hold(tellings: list[Telling]) -> None:
            nonlocal number
            name = f"{NAME}/{number}"
            for one in tellings:
                number += 1
                read = origin(one.source, clock=CLOCK + timedelta(hours=number))
                fetch = fetches.add(store, fetch_row(crawl, one.source, number, stamp(read.clock)))
                read = replace(read, fetch=fetch)
                document = Document(id=name, title=one.title, url=name[4:], status=one.status, published=one.published)
                state = known.of_facts(store, name, document, read, crawl, (), own=one.own)
                intents = facts.describe(state, document, Page(documents=(document,)), read, own=one.own)
                writer.carry_out(store, crawl, intents)
                after = known.of_facts(store, name, document, read, crawl, (), own=one.own)
                foreseen = evolved_facts(state, intents)
                assert facts.holding(after.said) == facts.holding(foreseen.said)
                assert timeless(after.document) == timeless(foreseen.document)

        hold()


def timeless(document: DocumentState | None) -> DocumentState | None:
    return None if document is None else replace(document, first_seen="", since="")


def fetch_row(crawl: str, source: str, number: int, time: str) -> dict[str, object]:
    return {
        "crawl": crawl, "exchange": f"{number}", "hop": 0, "url": URL, "accept": "", "role": "document",
        "source": source, "asked": "[]", "time": time, "status": 200, "outcome": "accepted", "reason": "", "etag": "",
        "last_modified": "", "media_type": "", "bytes": 0, "digest": "", "options_digest": "{}", "entries": None,
        "newest": None, "file": "", "offset": 0, "length": 0,
    }  # fmt: skip
