"""A block that a site changes alike on several of its pages is not news of any of them; what else they change is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fold.test_fold_laws import live
from tests.fold.world import SOURCES, START, Site, crawl

HOST = "https://c.sample.invalid"
PAGES = f"""{SOURCES[: SOURCES.index("  - id: news")]}  - id: pages
    publisher: sample
    kind: guidance
    protocol: page
    url: {HOST}/a
    options: {{items: [{HOST}/b, {HOST}/c]}}
    topics: [offences_law]
    expect: {{min: 1}}
"""


def pages(box: str, words: Mapping[str, str], also: str = "") -> Site:
    site = Site()
    for name, text in words.items():
        site.put(
            f"{HOST}/{name}",
            f"<html><head><title>Human trafficking {name}</title></head><body><main><h1>Human trafficking {name}</h1>"
            f"<h2>Referral</h2><p>{text}</p><h2>News of this site</h2><p>{box if name != also else 'Other news.'}</p>"
            "</main></body></html>",
        )
    return site


def told(data: Path) -> list[tuple[str, str, str, str]]:
    with live(data) as store:
        rows = store.all("select * from announcements where kind='changed' order by document, path")
        announced = {row["id"] for row in store.all("select id from entries where announced is not null")}
    return [
        (row["document"][-1], row["path"], row["cause"], "told" if row["entry"] in announced else "") for row in rows
    ]


def test_a_block_that_changes_on_all_pages_is_the_sites(tmp_path: Path) -> None:
    words = {"a": "One.", "b": "Two.", "c": "Three."}
    crawl(tmp_path, pages("Older news of 3 May 2025.", words), START, text=PAGES)
    words["b"] = "A person must refer within two days."
    crawl(tmp_path, pages("Newer news of 4 June 2025.", words), START + timedelta(days=1), text=PAGES)
    box = [(name, "news-of-this-site", "template", "") for name in "abc"]
    assert told(tmp_path) == sorted([*box, ("b", "referral", "source", "told")])


def test_on_two_pages_alone_it_is_told(tmp_path: Path) -> None:
    words = {"a": "One.", "b": "Two.", "c": "Three."}
    crawl(tmp_path, pages("Call 0800 1.", words, also="c"), START, text=PAGES)
    crawl(tmp_path, pages("Call 0800 2.", words, also="c"), START + timedelta(days=1), text=PAGES)
    assert told(tmp_path) == [(name, "news-of-this-site", "source", "told") for name in "ab"]


def test_a_helpline_is_told_on_all_pages(tmp_path: Path) -> None:
    words = {"a": "One.", "b": "Two.", "c": "Three."}
    crawl(tmp_path, pages("Call the helpline on 08000 121 700.", words), START, text=PAGES)
    crawl(tmp_path, pages("Call the helpline on 08000 121 701.", words), START + timedelta(days=1), text=PAGES)
    assert told(tmp_path) == [(name, "news-of-this-site", "source", "told") for name in "abc"]


def plain(words: str) -> Site:
    site = Site()
    for name in ("ash", "birch", "cedar"):
        text = words.format(text=f"<p>The {name} office helps victims.</p><p>It keeps {name} records.</p>")
        head = f"<html><head><title>Human trafficking {name}</title></head><body><main>"
        site.put(f"{HOST}/{name[0]}", f"{head}<h1>Human trafficking {name}</h1>{text}</main></body></html>")
    return site


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("{text}<p>Tell this site what you think.</p>", "template"),
        ("<p>This site is new: say what you think.</p>{text}", "template"),
        ("{text}<h2>More</h2><p>Tell this site.</p>", "template"),
        ("{text}<p>Staff must write to the police, too.</p>", "source"),
        ("<p>Staff should write.</p>{text}<p>And call the police.</p>", "source"),
    ],
)
def test_what_comes_alike_where_pages_begin_or_end_is_the_sites(tmp_path: Path, words: str, cause: str) -> None:
    crawl(tmp_path, plain("{text}"), START, text=PAGES)
    crawl(tmp_path, plain(words), START + timedelta(days=1), text=PAGES)
    crawl(tmp_path, plain("{text}"), START + timedelta(days=2), text=PAGES)
    with live(tmp_path) as store:
        causes = [row["cause"] for row in store.all("select cause from changes where cause<>'parser' and path<>''")]
        assert causes == [cause] * 6, store.all("select * from changes")
