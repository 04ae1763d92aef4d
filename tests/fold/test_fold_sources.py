"""Several sources that tell of the same documents."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.fold.tables import differences
from tests.fold.test_fold_laws import HOST, address, live, page
from tests.fold.world import SOURCES, START, Site, crawl, rebuilt

OTHER = (
    SOURCES
    + """
  - id: other
    publisher: sample
    kind: guidance
    protocol: feed
    url: https://a.sample.invalid/other.xml
    follow: true
    options: {body: main}
    topics: [offences_law]
    expect: {min: 1}
"""
)
BY_OTHER = "from announcements c join versions v on v.id=c.version where v.source='other'"


def world(words: str, extra: str = "") -> Site:
    site = Site()
    site.feed([(address(n), f"Sample {n}", "as the first feed tells it" + extra) for n in range(3)])
    listed = [(address(n), f"Sample {n}", "as the other feed tells it" + extra) for n in range(3)]
    site.feed(listed, url=f"{HOST}/other.xml")
    for number in range(3):
        site.put(address(number), page(number, words if number == 1 else "no change here"))
    return site


@pytest.mark.slow
def test_what_two_sources_tell_in_their_own_words_is_announced_once(tmp_path: Path) -> None:
    crawl(tmp_path, world("must refer within 24 hours"), START, text=OTHER)
    crawl(tmp_path, world("must refer within 24 hours", " again"), START + timedelta(days=1), text=OTHER)
    with live(tmp_path) as store:
        assert store.all("select * from entries where kind<>'watching'") == []
    for day, words in ((2, "must refer within 48 hours"), (3, "must refer within 24 hours")):
        crawl(tmp_path, world(words, f" day {day}"), START + timedelta(days=day), text=OTHER)
    with live(tmp_path) as one, rebuilt(tmp_path) as other:
        told = one.all("select * from announcements where silent='' and cause='source' and kind='changed'")
        assert [row["path"] for row in told] == ["part-one", "part-one"]
        entries = one.all("select * from entries where kind='changed'")
        assert [row["document"] for row in entries] == [f"url:{address(1)}"] * 2
        assert differences(one, other) == []


@pytest.mark.slow
def test_a_source_that_looks_less_often_tells_nothing_again(tmp_path: Path) -> None:
    """Between its looks another source told of two edits, a new part that was edited, one that came and went."""
    part = "<h2>Part {}</h2><p>Sample words {}.</p>".format
    told = "as the other feed tells it"
    steps = [
        ("must refer within 24 hours", "", ""),
        ("must refer within 48 hours", part("two", "of a new part"), " day 1"),
        ("must refer within 72 hours", part("two", "that were edited") + part("three", "for a day"), " day 2"),
        ("must refer within 72 hours", part("two", "that were edited"), " day 3"),
    ]
    for day, (words, parts, extra) in enumerate([*steps, (*steps[-1][:2], " day 4")]):
        site = world(words, extra)
        site.put(address(1), page(1, words).replace("</main>", f"{parts}</main>"))
        if day < len(steps):
            site.feed([(address(n), f"Sample {n}", told) for n in range(3)], url=f"{HOST}/other.xml")
        crawl(tmp_path, site, START + timedelta(days=day), text=OTHER)
    with live(tmp_path) as one, rebuilt(tmp_path) as other:
        seen = one.all(f"select path, silent {BY_OTHER}")
        assert [(row["path"], row["silent"]) for row in seen] == [
            ("part-one", "told already"), ("part-two", "told already"),
        ]  # fmt: skip
        days = one.all("select crawl, count(*) as n from entries where kind='changed' group by crawl order by crawl")
        assert [row["n"] for row in days] == [1, 1, 1]
        assert differences(one, other) == []


def test_what_comes_after_what_was_told_is_told(tmp_path: Path) -> None:
    told = "as the other feed tells it"
    for day, hours in enumerate((24, 48, 24, 48)):
        site = world(f"must refer within {hours} hours", f" day {day}")
        if day == 3:
            site.feed([(address(n), f"Sample {n}", "as the first feed tells it day 2") for n in range(3)])
        else:
            site.feed([(address(n), f"Sample {n}", told) for n in range(3)], url=f"{HOST}/other.xml")
        crawl(tmp_path, site, START + timedelta(days=day), text=OTHER)
    with live(tmp_path) as store:
        seen = store.all(f"select silent, crawl {BY_OTHER}")
        assert [row["silent"] for row in seen] == [""]
        assert len(store.all("select * from entries where kind='changed'")) == 3


def test_a_source_that_is_switched_off_asks_nothing_more(tmp_path: Path) -> None:
    crawl(tmp_path, world("words"), START, text=OTHER)
    off = OTHER.replace("  - id: other\n", "  - id: other\n    enabled: false\n    reason: a test\n")
    site = world("words", " again")
    crawl(tmp_path, site, START + timedelta(days=1), text=off)
    assert f"{HOST}/other.xml" not in site.asked
    assert f"{HOST}/feed.xml" in site.asked
