"""Several sources that tell of the same documents."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

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


def world(words: str, extra: str = "") -> Site:
    site = Site()
    site.feed([(address(n), f"Sample {n}", "as the first feed tells it" + extra) for n in range(3)])
    listed = [(address(n), f"Sample {n}", "as the other feed tells it" + extra) for n in range(3)]
    site.feed(listed, url=f"{HOST}/other.xml")
    for number in range(3):
        site.put(address(number), page(number, words if number == 1 else "no change here"))
    return site


def test_what_two_sources_tell_in_their_own_words_is_announced_once(tmp_path: Path) -> None:
    crawl(tmp_path, world("must refer within 24 hours"), START, text=OTHER)
    crawl(tmp_path, world("must refer within 24 hours", " again"), START + timedelta(days=1), text=OTHER)
    with live(tmp_path) as store:
        assert store.all("select * from entries where kind<>'watching'") == []
    for day, words in ((2, "must refer within 48 hours"), (3, "must refer within 24 hours")):
        crawl(tmp_path, world(words, f" day {day}"), START + timedelta(days=day), text=OTHER)
    with live(tmp_path) as one, rebuilt(tmp_path) as other:
        told = one.all("select * from changes where silent='' and cause='source' and kind='changed'")
        assert [row["path"] for row in told] == ["part-one", "part-one"]
        entries = one.all("select * from entries where kind='changed'")
        assert [row["document"] for row in entries] == [f"url:{address(1)}"] * 2
        assert differences(one, other) == []


def test_a_source_that_is_switched_off_asks_nothing_more(tmp_path: Path) -> None:
    crawl(tmp_path, world("words"), START, text=OTHER)
    off = OTHER.replace("  - id: other\n", "  - id: other\n    enabled: false\n    reason: a test\n")
    site = world("words", " again")
    crawl(tmp_path, site, START + timedelta(days=1), text=off)
    assert f"{HOST}/other.xml" not in site.asked
    assert f"{HOST}/feed.xml" in site.asked
