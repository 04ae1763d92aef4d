"""A page that was just published and is not found yet: caches keep "not found" for a week on some sites."""

from datetime import timedelta
from pathlib import Path

from tests.fold.test_fold_laws import address, live
from tests.fold.test_fold_sources import world
from tests.fold.world import SOURCES, START, crawl, same

PATIENT = SOURCES.replace("follow: true", "follow: true\n    gone: {over: 8d}")


def test_a_page_behind_a_cached_not_found_is_asked_again_until_it_is_there(tmp_path: Path) -> None:
    """Trap UK-0.14: caches keep "not found" and effects for seven days: a text just published may hide."""
    site = world("words")
    crawl(tmp_path, site, START, text=PATIENT)
    site.feed([(address(n), f"Sample {n}", "words") for n in range(4)])
    assert address(3) not in site.pages
    for day in range(1, 7):
        crawl(tmp_path, site, START + timedelta(days=day), text=PATIENT)
    with live(tmp_path) as store:
        kept = store.one("select availability from documents where id=?", f"url:{address(3)}")
        assert kept is not None and kept["availability"] == "suspect"
        assert not store.all("select * from changes where kind='gone'")
    page = site.pages[address(2)]
    site.pages[address(3)] = page
    site.asked.clear()
    crawl(tmp_path, site, START + timedelta(days=7), text=PATIENT)
    assert address(3) in site.asked
    with live(tmp_path) as store:
        found = store.one("select availability from documents where id=?", f"url:{address(3)}")
        assert found is not None and found["availability"] == "ok"
        read = "select count(*) from versions where document=? and representation='html'"
        assert store.value(read, f"url:{address(3)}") == 1
        told = store.all("select kind from announcements where document=? and silent=''", f"url:{address(3)}")
        assert [each["kind"] for each in told] == ["new"], "neither gone nor returned: it was only hidden"
    same(tmp_path)
