"""Series: an edition is seen, missed once, or cannot be known; the archive alone tells the same."""

from datetime import date, timedelta
from functools import partial
from operator import eq
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from crawler.run.options import Options
from crawler.run.status import status
from tests.fold.series_world import FEED, FIRST, OTHER, SERIES, after, edition, issues, publish, state, told, world
from tests.fold.test_fold_laws import live
from tests.fold.world import START, Killed, Site, crawl, same
from tests.tiers import examples


def test_a_missed_edition_is_told_once_and_settled_when_it_arrives(tmp_path: Path) -> None:
    site = world()
    crawl(tmp_path, site, START, text=SERIES)
    with live(tmp_path) as store:
        found = state(store)
        assert (found["state"], found["newest_date"]) == ("seen", FIRST.isoformat())
        assert (found["expected_from"], found["expected_until"]) == ("2026-03-12", "2026-03-22")
        assert found["kind"] == "statistics" and told(store) == [] and issues(store) == []
    for day in (20, 21, 22):
        crawl(tmp_path, site, after(day), text=SERIES)
    with live(tmp_path) as store:
        assert (state(store)["state"], state(store)["since"]) == ("not seen by us", "2026-03-23T06:00:00Z")
        (entry,) = told(store)
        assert entry["title"] == "Expected by 22 March 2026, not seen by us: Sample figures, monthly"
        assert entry["summary"] == (
            "The newest edition that we hold is of 10 February 2026 (“Sample figures of 2026-02-10”)."
            " One comes about every month. Its sources were last read in full on 23 March 2026."
        )
        assert entry["url"] == f"https://a.sample.invalid/p/{FIRST}/0" and entry["source"] == "news"
        assert entry["announced"] is not None and entry["document"] is None and entry["document_kind"] == "statistics"
        assert issues(store) == [("late", "note", True)]
        assert store.value("select outcome from runs where source='news' order by crawl desc") == "healthy"
        (stands,) = status(tmp_path)["series"]
        assert (stands["id"], stands["state"], stands["editions"]) == ("figures", "not seen by us", 1)
        assert stands["sources"] == ["news", "other"] and stands["checked"] == "2026-03-24T06:00:00Z"
        assert "not published" not in str(store.all("select * from entries") + store.all("select * from issues"))
    publish(site, [edition(date(2026, 3, 23)), edition(FIRST)])
    crawl(tmp_path, site, after(23), text=SERIES)
    with live(tmp_path) as store:
        assert state(store)["state"] == "seen" and issues(store) == [("late", "note", False)]
        arrived = store.one("select * from entries where kind='new'")
        assert arrived is not None and arrived["announced"] is not None
        assert arrived["summary"].startswith("Edition of “Sample figures, monthly”; follows that of 10 February 2026. ")
        rows = store.all("select document, date, follows from series_editions order by date")
        assert [row["date"] for row in rows] == ["2026-02-10", "2026-03-23"]
        assert rows[1]["follows"] == rows[0]["document"] and rows[0]["follows"] is None
        assert len(told(store)) == 1
    same(tmp_path)


def test_what_can_name_people_is_not_repeated(tmp_path: Path) -> None:
    """The other source is one of news: of an edition that it names, date alone is told."""
    text = SERIES.replace(
        f"kind: guidance\n    protocol: feed\n    url: {OTHER}", f"kind: news\n    protocol: feed\n    url: {OTHER}"
    )
    assert text != SERIES
    site = publish(Site(), [edition(date(2020, 1, 1), title="A sample page")])
    publish(site, [edition(FIRST, title="Sample figures of somebody")], OTHER)
    for day in (0, 22):
        crawl(tmp_path, site, after(day), text=text)
    with live(tmp_path) as store:
        (entry,) = told(store)
        assert "somebody" not in entry["title"] + entry["summary"] and entry["url"] == ""
        assert entry["summary"].startswith("The newest edition that we hold is of 10 February 2026. One comes")


def test_news_that_an_edition_is_out_is_none_beside_it(tmp_path: Path) -> None:
    text = SERIES.replace(
        f"kind: guidance\n    protocol: feed\n    url: {OTHER}", f"kind: news\n    protocol: feed\n    url: {OTHER}"
    )
    site = publish(Site(), [edition(FIRST)])
    publish(site, [edition(FIRST + timedelta(days=1), title="Out now: sample figures", number=1)], OTHER)
    crawl(tmp_path, site, after(0), text=text)
    with live(tmp_path) as store:
        assert [row["date"] for row in store.all("select * from series_editions")] == [FIRST.isoformat()]


@pytest.mark.slow
def test_each_further_edition_that_is_missed_is_told_once(tmp_path: Path) -> None:
    site = world()
    for day in range(0, 100, 5):
        crawl(tmp_path, site, after(day), text=SERIES)
    with live(tmp_path) as store:
        assert [entry["title"].partition(",")[0] for entry in told(store)] == [
            "Expected by 22 March 2026", "Expected by 21 April 2026", "Expected by 21 May 2026",
        ]  # fmt: skip
        assert issues(store) == [("late", "note", True)], "one issue as long as none arrives"
    same(tmp_path)


def test_what_was_missed_before_we_watched_is_no_news(tmp_path: Path) -> None:
    site = publish(world(), [edition(date(2024, 1, 5))])
    for day in (0, 1, 2):
        crawl(tmp_path, site, after(day), text=SERIES)
    with live(tmp_path) as store:
        assert state(store)["state"] == "not seen by us" and issues(store) == [("late", "note", True)]
        assert told(store) == []
    crawl(tmp_path, site, after(31), text=SERIES)
    with live(tmp_path) as store:
        assert [entry["title"].partition(",")[0] for entry in told(store)] == ["Expected by 5 March 2026"]
    same(tmp_path)


def test_a_new_definition_is_no_news(tmp_path: Path) -> None:
    site = publish(world(), [edition(FIRST), edition(date(2025, 1, 5), title="Sample numbers")])
    for day in (0, 10):
        crawl(tmp_path, site, after(day), text=SERIES)
    for day in (11, 12):
        crawl(tmp_path, site, after(day), text=SERIES.replace("title: sample figures", "title: sample numbers"))
    with live(tmp_path) as store:
        assert state(store)["newest_date"] == "2025-01-05" and state(store)["defined"] == "2026-03-13T06:00:00Z"
        assert told(store) == []
    crawl(tmp_path, site, after(13))
    with live(tmp_path) as store:
        assert store.all("select * from series") == [] and store.all("select * from series_editions") == []
        assert issues(store) == [("late", "note", False)]
    same(tmp_path)


def test_sources_that_cannot_be_read_leave_it_open(tmp_path: Path) -> None:
    site = world()
    crawl(tmp_path, site, START, text=SERIES)
    site.down |= {FEED, OTHER}
    crawl(tmp_path, site, after(2), text=SERIES)
    with live(tmp_path) as store:
        assert state(store)["state"] == "seen", "within twice the schedule"
    for day in (3, 30, 78):
        crawl(tmp_path, site, after(day), text=SERIES)
    with live(tmp_path) as store:
        assert (state(store)["state"], state(store)["since"]) == ("source not checkable", "2026-03-02T06:00:00Z")
        assert told(store) == [] and issues(store) == []
    site.down.clear()
    crawl(tmp_path, site, after(79), text=SERIES)
    with live(tmp_path) as store:
        assert state(store)["state"] == "not seen by us" and len(told(store)) == 2
        assert issues(store) == [("late", "note", True)]
    site.down |= {FEED, OTHER}
    crawl(tmp_path, site, after(90), text=SERIES)
    with live(tmp_path) as store:
        assert state(store)["state"] == "source not checkable"
        assert issues(store) == [("late", "note", True)], "what cannot be checked is not mended"
    same(tmp_path)


def test_one_readable_source_is_enough_and_none_that_is_switched_off(tmp_path: Path) -> None:
    site = world()
    site.down.add(OTHER)
    crawl(tmp_path, site, START, text=SERIES)
    crawl(tmp_path, site, after(3), text=SERIES)
    with live(tmp_path) as store:
        assert state(store)["state"] == "seen"
    off = SERIES.replace("expect: {min: 1}", "expect: {min: 1}\n    enabled: false\n    reason: a sample").replace(
        "expect: {min: 0, zero: true}", "expect: {min: 0, zero: true}\n    enabled: false\n    reason: a sample"
    )
    crawl(tmp_path, site, after(4), text=off)
    with live(tmp_path) as store:
        assert (state(store)["state"], state(store)["since"]) == ("source not checkable", "2026-03-05T06:00:00Z")
    same(tmp_path)


def test_a_pattern_that_fits_nothing_is_an_issue(tmp_path: Path) -> None:
    site = world()
    text = SERIES.replace("title: sample figures", "title: sample tables")
    site.down.add(OTHER)
    crawl(tmp_path, site, START, text=text)
    with live(tmp_path) as store:
        assert state(store)["state"] == "not seen by us" and issues(store) == [], "the other source was never read"
    site.down.clear()
    crawl(tmp_path, site, after(1), text=text)
    with live(tmp_path) as store:
        assert issues(store) == [("no edition", "note", True)]
    publish(site, [edition(START.date(), title="Sample tables")])
    crawl(tmp_path, site, after(2), text=text)
    with live(tmp_path) as store:
        assert issues(store) == [("no edition", "note", False)] and state(store)["state"] == "seen"
        (entry,) = store.all("select summary from entries where kind='new'")
        assert entry["summary"].startswith("The first edition that we hold of “Sample figures, monthly”.")
    same(tmp_path)


def test_an_edition_that_is_gone_is_still_one(tmp_path: Path) -> None:
    site = world()
    text = SERIES.replace("protocol: feed\n    url: https://a", "protocol: feed\n    follow: true\n    url: https://a")
    page = f"https://a.sample.invalid/p/{FIRST}/0"
    site.put(page, "<main><h1>Sample figures</h1><p>Some.</p></main>")
    crawl(tmp_path, site, START, text=text.replace("expect: {min: 1}", "expect: {min: 1}\n    audit: 1"))
    site.put(page, "gone", status=410)
    crawl(tmp_path, site, after(1), text=text.replace("expect: {min: 1}", "expect: {min: 1}\n    audit: 1"))
    with live(tmp_path) as store:
        (row,) = store.all("select * from series_editions")
        assert row["availability"] == "withdrawn" and state(store)["state"] == "seen"
    same(tmp_path)


def test_editions_without_a_date_and_dates_ahead_of_us(tmp_path: Path) -> None:
    site = world()
    undated = '<rss version="2.0"><channel><title>Sample</title>{}</channel></rss>'
    item = "<item><title>Sample figures {0}</title><link>https://a.sample.invalid/u/{0}</link></item>"
    site.put(FEED, undated.format(item.format(1)), media="application/rss+xml")
    crawl(tmp_path, site, START, text=SERIES)
    with live(tmp_path) as store:
        found = state(store)
        assert found["newest"] == "url:https://a.sample.invalid/u/1" and found["expected_until"] is None
        assert found["state"] == "seen", "nothing tells when the next one is due"
    site.put(FEED, undated.format(item.format(1) + item.format(2)), media="application/rss+xml")
    crawl(tmp_path, site, after(5), text=SERIES)
    with live(tmp_path) as store:
        assert state(store)["newest_date"] == "2026-03-07", "the day on which it appeared"
    same(tmp_path)


def test_an_earlier_moment_replayed_tells_nothing_twice(tmp_path: Path) -> None:
    site = world()
    for day in (0, 25, 10, 26):
        crawl(tmp_path, site, after(day), text=SERIES)
    with live(tmp_path) as store:
        assert len(told(store)) == 1
    same(tmp_path)


@pytest.mark.parametrize(
    "wrong",
    [
        "series: none\ncollections: 1\njudgments: []\n",
        "series: [{id: figures}, 7]\njudgments: {reviewed: today, list: [{citation: none}]}\n",
        "series:\n  - {id: figures, name: F, publisher: nobody, sources: [gone], title: '(a+)+', every: 1d}\n",
        "series:\n  - {id: figures, name: F, publisher: nobody, sources: [gone], title: a, every: 1d, late: never}\n",
        "collections:\n  - {id: c, name: C, about: A, documents: [no id]}\n",
    ],
)
def test_a_journal_with_broken_blocks_is_read(tmp_path: Path, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.fold import world as here

    plain = here.options(tmp_path, SERIES)
    broken = SERIES.partition("series:")[0] + wrong
    monkeypatch.setattr(here, "options", lambda data, text: Options(
        data=data, registry=plain.registry, sources_text=broken
    ))  # fmt: skip
    crawl(tmp_path, world(), START, text=SERIES)
    monkeypatch.undo()
    crawl(tmp_path, world(), after(1), text=SERIES)
    same(tmp_path)


DAYS = st.lists(
    st.tuples(st.sampled_from(["edition", "page", "outage", "nothing", "nothing"]), st.integers(1, 40), st.booleans()),
    min_size=1,
    max_size=6,
)


@pytest.mark.slow
@examples(30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=DAYS)
def test_rebuild_equals_live_and_once_is_enough(
    tmp_path_factory: pytest.TempPathFactory,
    days: list,  # type: ignore[type-arg]
) -> None:
    data = tmp_path_factory.mktemp("series")
    site, entries, clock = world(), [edition(FIRST)], START
    crawl(data, site, clock, text=SERIES)
    for act, gap, kill in days:
        clock += timedelta(days=gap)
        if act in ("edition", "page"):
            entries.insert(
                0, edition(clock.date(), title="A sample page" if act == "page" else "", number=len(entries))
            )
            publish(site, entries)
        elif act == "outage":
            site.down ^= {FEED, OTHER}
        try:
            crawl(data, site, clock, text=SERIES, kill=partial(eq, 2 if kill else None))
        except Killed:
            crawl(data, site, clock + timedelta(minutes=5), text=SERIES)
    crawl(data, site, clock + timedelta(minutes=20), text=SERIES)
    same(data)
    with live(data) as store:
        before = len(told(store))
        assert len({entry["title"] for entry in told(store)}) == before, "each missed edition once"
    crawl(data, site, clock + timedelta(minutes=40), text=SERIES)
    with live(data) as store:
        assert len(told(store)) == before
