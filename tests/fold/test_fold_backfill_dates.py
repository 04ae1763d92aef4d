"""Lists that are cut by date, by term, or into sitemaps, read to their end."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.archive import Answer
from tests.fold.test_fold_backfill import DAY, coverage
from tests.fold.test_fold_laws import live
from tests.fold.world import START, Site, crawl, same
from tests.spiders.server import spelled

pytestmark = pytest.mark.slow

HEAD = """
settings: {contact: watch@sample.invalid, authority: sample.invalid}
publishers:
  sample: {name: Sample Office, jurisdiction: United Kingdom}
sources:
  - id: papers
    publisher: sample
    kind: guidance
    topics: [offences_law]
    expect: {min: 1}
"""
SEARCH = f"""{HEAD.rstrip()}
    protocol: govuk
    url: https://www.gov.uk/api/search.json
    options: {{search: {{q: '"modern slavery"', count: 20}}, pages: 2}}
    backfill: {{by: date, since: 2016, slice: 1y}}
"""


@dataclass
class Search(Site):
    """The Search API with documents by number and day of their last major update; ``updates`` change them by request.

    It gives at most ``most`` results at a time, and states ``off`` more than there are.
    """

    updated: dict[int, str] = field(default_factory=dict)
    updates: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    most: int = 1500
    off: int = 0
    searches: list[dict[str, list[str]]] = field(default_factory=list)

    def answer(self, url: str, time: datetime, validators: Mapping[str, str] = MappingProxyType({})) -> Answer | None:
        parts = urlsplit(url)
        if parts.path == "/api/search.json":
            asked = parse_qs(parts.query)
            self.searches.append(asked)
            if move := self.updates.get(len(self.searches)):
                self.updated[move[0]] = move[1]
            self.put(url, json.dumps(self._found(asked)), media="application/json")
        elif parts.path.startswith("/api/content/"):
            self.put(url, json.dumps(self._page(parts.path.rpartition("/")[2])), media="application/json")
        return super().answer(url, time, validators)

    def _found(self, asked: dict[str, list[str]]) -> dict[str, Any]:
        span = dict(each.split(":", 1) for each in asked.get("filter_public_timestamp", [""])[0].split(",") if each)
        found = [n for n, day in self.updated.items() if span.get("from", "") <= day <= span.get("to", "9")]
        found.sort(key=lambda n: (self.updated[n], n), reverse=asked["order"][0].startswith("-"))
        start, count = int(asked.get("start", ["0"])[0]), min(self.most, int(asked["count"][0]))
        some = found[start : start + count]
        return {"results": [self._result(n) for n in some], "total": len(found) + self.off, "start": start}

    def _result(self, n: int) -> dict[str, Any]:
        return {
            "title": f"Paper {n}", "link": f"/guidance/paper-{n}", "public_timestamp": f"{self.updated[n]}T09:00:00Z",
            "content_id": f"00000000-0000-4000-8000-{n:012}", "content_store_document_type": "guidance",
        }  # fmt: skip

    def _page(self, name: str) -> dict[str, Any]:
        n = int(name.removeprefix("paper-"))
        return {
            "base_path": f"/guidance/{name}", "content_id": f"00000000-0000-4000-8000-{n:012}", "title": f"Paper {n}",
            "document_type": "guidance", "schema_name": "detailed_guide", "locale": "en", "links": {},
            "public_updated_at": f"{self.updated[n]}T09:00:00Z", "details": {"body": f"<p>On {spelled(n)}.</p>"},
        }  # fmt: skip

    def read(self) -> list[str]:
        return [url for url in self.asked if "/api/content/" in url]


def search(number: int, **how: Any) -> Search:
    days = {n: f"{2016 + n % 10}-0{1 + n % 9}-1{n % 9}" for n in range(number)}
    return Search(updated=days, **how)


def test_a_search_is_read_year_by_year(tmp_path: Path) -> None:
    site = search(150)
    crawl(tmp_path, site, START, text=SEARCH)
    found = coverage(tmp_path)
    assert (found["state"], found["since"]) == ("complete", "2016")
    assert found["listed"] == found["read"] == found["held"] == 150
    asked = [each["filter_public_timestamp"][0] for each in site.searches[1:]]
    assert asked == [f"from:{y}-01-01,to:{y}-12-31" for y in range(2016, 2026)] + ["from:2026-01-01", "from:2016-01-01"]
    same(tmp_path)


@pytest.mark.parametrize("most", [1500, 7])
def test_what_is_updated_meanwhile_is_met_in_the_newest_slice(tmp_path: Path, most: int) -> None:
    """Also where it leaves the slice that is just being read, behind which others move up."""
    site = search(150, most=most, updates={5: (41, "2026-02-27"), 6: (130, "2026-02-28"), 14: (0, "2026-03-01")})
    crawl(tmp_path, site, START, text=SEARCH)
    found = coverage(tmp_path)
    assert (found["state"], found["listed"], found["read"], found["held"]) == ("complete", 150, 150, 150)
    same(tmp_path)


def test_a_search_that_states_more_than_it_gives_is_incomplete(tmp_path: Path) -> None:
    site = search(60, off=3)
    crawl(tmp_path, site, START, text=SEARCH)
    assert coverage(tmp_path)["state"] == "incomplete"


def test_what_is_new_is_told_though_the_backfill_met_it_first(tmp_path: Path) -> None:
    """A paper is published while the list is read, on the second night, behind the daily walk."""
    site, text = search(150), SEARCH.replace("slice: 1y", "slice: 1y, per_run: 5")
    for night in range(40):
        if night == 1:
            site.updates = {len(site.searches) + 3: (777, "2026-03-03")}
        crawl(tmp_path, site, START + night * DAY, text=text)
        if coverage(tmp_path)["state"] != "reading":
            break
    assert coverage(tmp_path)["state"] == "complete"
    with live(tmp_path) as store:
        told = store.all("select title from entries where announced is not null and kind='new'")
        assert len(told) == 1
        assert store.value("select count(*) from documents") == 151
    assert len(set(site.read())) == len(site.read())
    same(tmp_path)


def test_a_burst_on_the_day_of_the_first_walk_is_read_to_its_last(tmp_path: Path) -> None:
    """The first walk reads the first page of it alone; the slice that has the rest is read on the second night."""
    site, text = Search(updated=dict.fromkeys(range(30), "2026-03-02")), SEARCH.replace("1y", "1y, per_run: 6")
    for night in range(12):
        crawl(tmp_path, site, START + night * DAY, text=text)
    found = coverage(tmp_path)
    assert (found["state"], found["listed"], found["held"]) == ("complete", 30, 30)


def test_it_is_read_again_after_a_time(tmp_path: Path) -> None:
    site, text = search(20), SEARCH.replace("slice: 1y", "slice: 2y, every: 30d")
    for day in (0, 10, 40):
        site.searches.clear()
        crawl(tmp_path, site, START + day * DAY, text=text)
        assert (len(site.searches) > 1) == (day != 10)
        assert coverage(tmp_path)["counted"][:10] == str((START + timedelta(days=day // 40 * 40)).date())


SITEMAPS = f"""{HEAD.rstrip()}
    protocol: sitemap
    url: https://a.sample.invalid/sitemap.xml
    options: {{documents: 10, include: [/p/]}}
    backfill: {{by: page}}
"""


def test_each_sitemap_of_an_index_is_a_slice(tmp_path: Path) -> None:
    site, space = Site(), "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    maps = [f"https://a.sample.invalid/map-{n}.xml" for n in range(3)]
    listed = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in maps)
    site.put("https://a.sample.invalid/sitemap.xml", f"<sitemapindex {space}>{listed}</sitemapindex>", media="text/xml")
    for n, url in enumerate(maps):
        places = [f"https://a.sample.invalid/p/{n}-{each}" for each in range(15)]
        body = "".join(f"<url><loc>{each}</loc><lastmod>2020-01-0{n + 1}</lastmod></url>" for each in places)
        site.put(
            url, f"<urlset {space}>{body}<url><loc>https://a.sample.invalid/x</loc></url></urlset>", media="text/xml"
        )
        for number, each in enumerate(places):
            said = f"<h1>{each}</h1><p>On {spelled(n * 100 + number)}.</p>"
            site.put(each, f"<title>{each}</title><main>{said}</main>")
    crawl(tmp_path, site, START, text=SITEMAPS)
    found = coverage(tmp_path)
    assert (found["state"], found["listed"], found["read"], found["held"]) == ("complete", 45, 45, 45)
    same(tmp_path)


NUMBERS = f"""{HEAD.rstrip()}
    protocol: listing
    url: https://a.sample.invalid/list
    options: {{entry: li}}
    backfill: {{by: number, since: 1, slice: 50, per_run: 150, url: "https://a.sample.invalid/n/{{number}}"}}
"""


def test_numbers_are_asked_until_there_are_no_more(tmp_path: Path) -> None:
    """Each once, also where some are not there; two hundred misses in a row end the list."""
    site, there = Site(), {n for n in range(1, 131) if n % 3}
    site.put("https://a.sample.invalid/list", "<title>News</title><ul><li><a href='/n/130'>News 130</a></li></ul>")
    for n in there:
        site.put(
            f"https://a.sample.invalid/n/{n}",
            f"<title>News {n}</title><main><h1>News {n}</h1><p>Words of {spelled(n)}.</p></main>",
        )
    for day in range(5):
        crawl(tmp_path, site, START + day * DAY, text=NUMBERS)
    found = coverage(tmp_path)
    assert (found["state"], found["read"], found["held"]) == ("complete", len(there), len(there))
    asked = [url for url in site.asked if "/n/" in url]
    assert len(asked) == len(set(asked)) == 350
    same(tmp_path)
