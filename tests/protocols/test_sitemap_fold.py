"""A sitemap through the whole fold: every sitemap of an index in every walk, and only pages whose lastmod moved."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.run.options import DATABASE
from crawler.store import Store
from tests.fold import world
from tests.fold.tables import differences

SITE = "https://prosecutors.sample.invalid"
SOURCES = f"""
settings: {{contact: watch@sample.invalid, authority: sample.invalid}}
publishers:
  sample: {{name: Sample Office, jurisdiction: United Kingdom}}
sources:
  - id: guidance
    publisher: sample
    kind: guidance
    protocol: sitemap
    url: {SITE}/sitemap.xml
    options: {{include: [/guidance/]}}
    expect: {{min: 2}}
"""


def put(site: world.Site, pages: dict[str, str], name: str) -> None:
    """Give a sitemap of pages with the times of their last change."""
    places = "".join(f"<url><loc>{SITE}{path}</loc><lastmod>{time}</lastmod></url>" for path, time in pages.items())
    site.put(f"{SITE}/{name}", f"<urlset>{places}</urlset>", media="application/xml")


def page(site: world.Site, path: str, text: str) -> None:
    site.put(f"{SITE}{path}", f"<html><body><main><h1>Sample {path}</h1><p>{text}</p></main></body></html>")


def crawl(data: Path, site: world.Site, days: int) -> tuple[list[str], list[tuple[str, str, str]]]:
    site.asked.clear()
    world.crawl(data, site, world.START + timedelta(days=days), text=SOURCES)
    with Store.open(data / DATABASE) as store:
        last = store.value("select max(id) from crawls")
        found = store.all("select document, kind, silent from announcements where crawl=? order by document", last)
        assert store.value("select outcome from runs where crawl=?", last) == "healthy"
        with world.rebuilt(data) as other:
            assert differences(store, other) == []
    asked = sorted(url.removeprefix(SITE) for url in site.asked)
    return asked, [(each["document"].rpartition("/")[2], each["kind"], each["silent"]) for each in found]


def index(site: world.Site, made: str) -> None:
    """Give an index of two sitemaps, with the time at which it was made."""
    maps = "".join(f"<sitemap><loc>{SITE}/{name}</loc></sitemap>" for name in ("one.xml", "two.xml"))
    body = f"<sitemapindex><!-- {made} -->{maps}</sitemapindex>"
    site.put(f"{SITE}/sitemap.xml", body, media="application/xml")


@pytest.mark.parametrize("dated", [True, False])
def test_walks_over_an_index(tmp_path: Path, dated: bool) -> None:
    site = world.Site(tags=True)
    index(site, "0")
    put(site, {"/guidance/a": "2026-02-01", "/news/x": "2026-02-01"}, "one.xml")
    put(site, {"/guidance/b": "2026-02-02"}, "two.xml")
    for path in ("/guidance/a", "/guidance/b"):
        page(site, path, "A sample of guidance.")
    lists = ["/one.xml", "/sitemap.xml", "/two.xml"]
    asked, changes = crawl(tmp_path, site, 0)
    assert asked == ["/guidance/a", "/guidance/b", *lists]
    assert changes == [("a", "new", "first walk"), ("b", "new", "first walk")]
    index(site, "1" if dated else "0")
    assert crawl(tmp_path, site, 1) == (lists, [])
    # The second sitemap alone differs: the index and the first one say what they said before.
    put(site, {"/guidance/b": "2026-03-04", "/guidance/c": "2026-03-04"}, "two.xml")
    page(site, "/guidance/b", "Another sample of guidance.")
    page(site, "/guidance/c", "A third sample.")
    index(site, "2" if dated else "0")
    asked, changes = crawl(tmp_path, site, 2)
    assert asked == ["/guidance/b", "/guidance/c", *lists]
    assert changes == [("b", "changed", ""), ("c", "new", "")]
    # A page that left the map is asked no more, and is not gone.
    put(site, {"/guidance/c": "2026-03-04"}, "two.xml")
    index(site, "3" if dated else "0")
    assert crawl(tmp_path, site, 3) == (lists, [])
