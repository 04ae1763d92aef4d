"""A walk that broke off between two pages of a list: the next one goes on behind a page that is as it was."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.run.options import DATABASE
from crawler.store import Store
from tests.fold import tables
from tests.fold.world import START, Killed, Site, crawl, rebuilt

pytestmark = pytest.mark.slow

HOST = "https://a.sample.invalid"


def feed(site: Site, path: str, numbers: tuple[int, ...], following: str = "") -> None:
    entries = "".join(
        f"<entry><id>{HOST}/d/{n}</id><title>Sample {n}</title><link href='{HOST}/d/{n}'/>"
        f"<updated>2026-03-0{n}T00:00:00Z</updated></entry>"
        for n in numbers
    )
    link = f"<link rel='next' href='{HOST}{following}'/>" if following else ""
    head = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Sample</title><id>x:y</id>"
    body = f"{head}<updated>2026-03-01T00:00:00Z</updated>{link}{entries}</feed>"
    site.put(HOST + path, body, media="application/atom+xml")


def world(tags: bool) -> Site:
    site = Site(tags=tags)
    for n in range(1, 10):
        site.put(f"{HOST}/d/{n}", f"<html><main><h1>Sample {n}</h1><p>Sample words on {n}.</p></main></html>")
    feed(site, "/feed.xml", (1, 2, 3), "/feed2.xml")
    feed(site, "/feed2.xml", (4, 5))
    feed(site, "/feed3.xml", (6,))
    return site


def documents(data: Path) -> set[str]:
    with Store.open(data / DATABASE) as store:
        return {row["id"][-1] for row in store.all("select id from documents where checked is not null")}


@pytest.mark.parametrize("tags", [False, True])
@pytest.mark.parametrize("later", [timedelta(minutes=5), timedelta(hours=7), timedelta(days=3)])
def test_what_stands_behind_the_page_that_was_read_last_is_found(tmp_path: Path, tags: bool, later: timedelta) -> None:
    site = world(tags)
    crawl(tmp_path, site, START)
    assert documents(tmp_path) == set("12345")
    feed(site, "/feed.xml", (7, 8, 1), "/feed2.xml")
    feed(site, "/feed2.xml", (9, 2, 3), "/feed3.xml")
    clock = START + timedelta(days=1)
    with pytest.raises(Killed):
        crawl(tmp_path, site, clock, kill=lambda n: n == 2)
    for day in range(2):
        crawl(tmp_path, site, clock + later + timedelta(days=day))
    assert documents(tmp_path) == set("123456789"), "page 2 was asked, and page 3 behind it"
    with Store.open(tmp_path / DATABASE) as live, rebuilt(tmp_path) as anew:
        assert tables.differences(live, anew) == []
    site.asked.clear()
    crawl(tmp_path, site, clock + timedelta(days=9))
    assert f"{HOST}/feed2.xml" not in site.asked, "once a walk was complete, an unchanged first page is the end of it"
