"""What random worlds found, one by one and small: nothing is told that its publisher did not do."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.fold.test_fold_laws import HOST, Publisher, address, live, page
from tests.fold.test_fold_redirects import AUDITED, same, told
from tests.fold.world import SOURCES, START, Killed, Site, crawl

OTHER = SOURCES[SOURCES.index("  - id: news") :].replace("id: news", "id: other").replace("feed.xml", "other.xml")
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
