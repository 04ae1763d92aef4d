"""Issues of pages that could be read all the same: open until a reading of other bytes finds them mended."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler import protocols
from crawler.errors import FaultError
from crawler.model import Capture, Page
from crawler.sources import Source
from tests.fold.test_fold_laws import HOST, live, page
from tests.fold.world import START, Site, crawl, rebuilt, same

FEED = f"{HOST}/feed.xml"
PAGE = f"{HOST}/p/1"
ITEM = f"<item><title>One</title><link>{HOST}/p/1</link><description>words</description></item>"
NOWHERE = "<item><title>Two</title><link>mailto:press@a.sample.invalid</link></item>"


def site(items: str, end: str = "</channel></rss>") -> Site:
    made = Site()
    made.put(f"{HOST}/p/1", page(1, "words"))
    made.put(FEED, f'<rss version="2.0"><channel><title>S</title>{items}{end}', media="application/rss+xml")
    return made


def issues(data: Path) -> list[tuple[str, str]]:
    with live(data) as store:
        rows = store.all("select kind, last_seen from issues where resolved is null and subject=? order by kind", FEED)
    return [(row["kind"], row["last_seen"][:10]) for row in rows]


@pytest.mark.parametrize("tags", [True, False])
def test_an_answer_that_nothing_changed_confirms_what_was_wrong(tmp_path: Path, tags: bool) -> None:
    """With ``tags`` it is 304 Not Modified, without them the same bytes again."""
    broken = site(ITEM + NOWHERE, end="<item></channel></rss>")
    broken.tags = tags
    crawl(tmp_path, broken, START)
    assert [kind for kind, _ in issues(tmp_path)] == ["broken", "entry"]
    for day in (1, 2, 3):
        crawl(tmp_path, broken, START + timedelta(days=day))
        seen = (START + timedelta(days=day)).date().isoformat()
        assert issues(tmp_path) == [("broken", seen), ("entry", seen)]
    mended = site(ITEM)
    mended.tags = tags
    crawl(tmp_path, mended, START + timedelta(days=4))
    assert issues(tmp_path) == []
    same(tmp_path)


def test_an_outage_between_is_mended_and_what_was_wrong_before_is_not(tmp_path: Path) -> None:
    broken = site(ITEM + NOWHERE)
    broken.tags = True
    crawl(tmp_path, broken, START)
    broken.down = {FEED}
    crawl(tmp_path, broken, START + timedelta(days=1))
    assert [kind for kind, _ in issues(tmp_path)] == ["entry", "unreachable"]
    broken.down = set()
    crawl(tmp_path, broken, START + timedelta(days=2))
    assert [kind for kind, _ in issues(tmp_path)] == ["entry"]
    same(tmp_path)


def test_several_problems_of_one_kind_are_one_issue_that_names_them(tmp_path: Path) -> None:
    crawl(tmp_path, site(ITEM + NOWHERE + NOWHERE.replace("Two", "Three")), START)
    with live(tmp_path) as store:
        detail = store.value("select detail from issues where kind='entry'")
    assert "Two" in detail and "Three" in detail


def test_what_our_own_code_failed_on_is_an_alarm_and_is_read_once_it_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a single page too: nothing else would say that the program has to be mended."""
    reading = protocols.read

    def failing(capture: Capture, source: Source) -> Page:
        if capture.url == PAGE:
            raise FaultError(capture.url, "our code failed: KeyError in crawler/sample.py, line 1 (parse)")
        return reading(capture, source)

    monkeypatch.setattr(protocols, "read", failing)
    crawl(tmp_path, site(ITEM), START)
    with live(tmp_path) as store:
        assert store.all("select kind, severity, subject, detail from issues where resolved is null order by kind") == [
            {
                "kind": "fault",
                "severity": "alarm",
                "subject": PAGE,
                "detail": "our code failed: KeyError in crawler/sample.py, line 1 (parse)",
            },
        ]
        assert store.all("select 1 from versions where representation = 'html'") == []
    monkeypatch.setattr(protocols, "read", reading)
    with rebuilt(tmp_path) as store:
        assert store.all("select kind from issues where resolved is null") == []
        assert len(store.all("select 1 from versions where representation = 'html'")) == 1
