"""Wordings that come back, each step told once under its own id; and what random worlds found, one by one and small."""

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.store import Row
from tests.fold.samples import CONTENT, GOVUK, GUIDANCE, PATH, guidance, sources
from tests.fold.test_fold_laws import HOST, Publisher, address, live, page
from tests.fold.test_fold_redirects import AUDITED, told
from tests.fold.world import SOURCES, START, Killed, Site, crawl, same

ONE = f"url:{address(1)}"


def entries(data: Path, days: Sequence[tuple[int, str, str]]) -> list[Row]:
    """Publish a page with a title and words on some days, and return what is told of it."""
    publisher = Publisher()
    publisher.do(("publish", 0))
    for day, title, words in days:
        publisher.texts[1], publisher.names[1] = words, title
        publisher.do(("tag", 9))
        crawl(data, publisher.site, START + timedelta(days=day), text=AUDITED)
    same(data)
    with live(data) as store:
        return store.all("select * from entries where document=? order by seen", ONE)


def reverted(entry: Row) -> bool:
    return "reverted" in json.loads(entry["flags"])


def test_back_and_forth_is_as_many_changes_and_the_way_back_restores(tmp_path: Path) -> None:
    calls = ("Call 0800 0121 700.", "Call 0800 0121 701.")
    found = entries(tmp_path, [(day, "Sample", calls[day % 2]) for day in range(4)])
    assert [reverted(entry) for entry in found] == [False, True, True]
    assert len({entry["id"] for entry in found}) == 3
    assert {entry["significance"] for entry in found} == {"substantive"}
    assert [entry["summary"].partition("This")[2] for entry in found] == [
        "", *(f" restores the wording of {day} March 2026." for day in (2, 3)),
    ]  # fmt: skip


def test_what_comes_back_after_months_is_a_change_like_another(tmp_path: Path) -> None:
    found = entries(tmp_path, [(0, "Sample", "first words"), (1, "Sample", "others"), (120, "Sample", "first words")])
    assert [reverted(entry) for entry in found] == [False, False]


def test_a_title_that_comes_back_restores(tmp_path: Path) -> None:
    found = entries(tmp_path, [(0, "Sample", "words"), (1, "Another", "words"), (2, "Sample", "words")])
    assert [(entry["kind"], reverted(entry)) for entry in found] == [("retitled", False), ("retitled", True)]


def test_a_provision_that_comes_back_restores_though_another_changed(tmp_path: Path) -> None:
    more = "</p><h2>Part two</h2><p>"
    texts = [f"Call 101.{more}one", f"Call 102.{more}one", f"Call 101.{more}two"]
    found = entries(tmp_path, [(day, "Sample", text) for day, text in enumerate(texts)])
    assert [reverted(entry) for entry in found] == [False, True]
    assert "“Part one”: this restores the wording of 2 March 2026." in found[1]["summary"]


OTHER = SOURCES[SOURCES.index("  - id: news") :].replace("id: news", "id: other").replace("feed.xml", "other.xml")
OTHER_PAGE = "govuk:00000000-0000-4000-8000-000000000009"
SEARCH = "https://www.gov.uk/api/search.json?count=20"
SEARCHED = GOVUK.replace("url: https://www.gov.uk/", f"url: {SEARCH}").replace(
    "    options: {items: [/government/publications/sample-guidance]}\n", ""
)
MAP = """
settings: {contact: watch@sample.invalid, authority: sample.invalid}
publishers:
  sample: {name: Sample Office, jurisdiction: United Kingdom}
sources:
  - id: map
    publisher: sample
    kind: guidance
    protocol: sitemap
    url: https://a.sample.invalid/map.xml
    topics: [offences_law]
    expect: {min: 1}
"""


def put_map(site: Site, *numbers: int) -> None:
    places = "".join(f"<url><loc>{address(n)}</loc><lastmod>2026-02-01</lastmod></url>" for n in numbers)
    site.put(f"{HOST}/map.xml", f"<urlset>{places}</urlset>", media="application/xml")
    for n in numbers:
        site.put(address(n), page(n, f"words of {n}"))


@pytest.mark.parametrize("killed", [True, False])
def test_pages_of_a_first_walk_that_are_read_in_a_later_crawl_are_no_news(tmp_path: Path, killed: bool) -> None:
    """A sitemap names no documents: each appears with its page, which may be long after the first walk."""
    site = Site()
    put_map(site, 1, 2, 3)
    if killed:
        with pytest.raises(Killed):
            crawl(tmp_path, site, START, text=MAP, kill=lambda n: n == 3)
    else:
        crawl(tmp_path, site, START, text=MAP, late=lambda n: n == 3)
    crawl(tmp_path, site, START + timedelta(hours=7), text=MAP)
    put_map(site, 1, 2, 3, 4)
    crawl(tmp_path, site, START + timedelta(days=1), text=MAP)
    with live(tmp_path) as store:
        assert store.value("select count(*) from documents") == 4
        assert told(store) == [("new", f"url:{address(4)}")]
    same(tmp_path)


def test_other_options_are_no_change_though_another_source_read_the_page_since(tmp_path: Path) -> None:
    publisher = Publisher()
    for number in (1, 2):
        publisher.do(("publish", number))
    listed = [(address(n), f"Sample {n}", "first words") for n in (1, 2)]
    publisher.site.feed(listed, f"{HOST}/other.xml")
    crawl(tmp_path, publisher.site, START, text=AUDITED + OTHER)
    # The second one alone asks, and what it gets is the newest that was read.
    publisher.site.feed([(link, title, "other words") for link, title, _ in listed], f"{HOST}/other.xml")
    crawl(tmp_path, publisher.site, START + timedelta(days=1), text=SOURCES + OTHER)
    scrubbed = AUDITED.replace("    audit: 1", '    audit: 1\n    scrub: ["first"]')
    for day in (2, 3):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=scrubbed + OTHER)
    with live(tmp_path) as store:
        assert told(store) == []
        assert {row["cause"] for row in store.all("select cause from changes where kind='changed'")} == {"coverage"}
    same(tmp_path)


@pytest.mark.parametrize("withdrawn", ["2019-05-04", "2026-02-27"])
def test_a_page_that_was_withdrawn_before_we_first_saw_it_is_told_as_that(tmp_path: Path, withdrawn: str) -> None:
    """A search that finds more than before lists pages of years ago, and some of them are no longer in use."""
    notice = {"explanation": "<p>Out of date.</p>", "withdrawn_at": f"{withdrawn}T08:00:00Z"}
    path, site = "/government/publications/other-guidance", Site()
    old = "2018-02-01T09:30:00Z"
    other = guidance(
        base_path=path, content_id=OTHER_PAGE.removeprefix("govuk:"), title="Other guidance", updated=old,
        first_published_at=old, withdrawn_notice=notice,
    )  # fmt: skip
    results = [
        {"title": title, "link": link, "content_id": name.removeprefix("govuk:"), "public_timestamp": time,
         "content_store_document_type": "guidance"}
        for title, link, name, time in (
            ("Sample guidance", PATH, GUIDANCE, "2026-02-01T09:30:00Z"),
            ("Other guidance", path, OTHER_PAGE, old),
        )
    ]  # fmt: skip
    site.put(CONTENT, guidance(), media="application/json")
    site.put(f"https://www.gov.uk/api/content{path}", other, media="application/json")
    for day, count in enumerate((1, 2, 2)):
        found = {"results": results[:count], "total": count, "start": 0}
        site.put(SEARCH, json.dumps(found), media="application/json")
        crawl(tmp_path, site, START + timedelta(days=day), text=sources(SEARCHED))
    with live(tmp_path) as store:
        assert told(store) == [("new", OTHER_PAGE)]
        (entry,) = store.all("select title, day from entries where document is not null")
    assert entry == {"title": "Already withdrawn when first seen: Other guidance", "day": withdrawn}
    same(tmp_path)
