"""What cron mails: nothing while all is well, what is new at once, what is not resolved once a week, in ten lines."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.run import status
from crawler.run.options import DATABASE
from crawler.store import Store, crawls
from tests.fold.test_fold_laws import Publisher
from tests.fold.world import START, crawl

pytestmark = pytest.mark.slow

FEED = "https://a.sample.invalid/feed.xml"


def mailed(data: Path, publisher: Publisher, day: int) -> list[str]:
    crawl(data, publisher.site, START + timedelta(days=day))
    with Store.open(data / DATABASE) as store:
        last = crawls.current(store)
        assert last is not None
        return status.mail(store, last["id"], data)


def test_what_is_new_at_once_and_what_stays_once_a_week(tmp_path: Path) -> None:
    publisher = Publisher()
    publisher.do(("publish", 1))
    assert mailed(tmp_path, publisher, 0) == []  # A Monday: the first crawl of all.
    publisher.site.down.add(FEED)
    (new,) = mailed(tmp_path, publisher, 1)
    assert new.startswith("newly unhealthy or worse: news since 3 March 2026: unreachable: ")
    assert [mailed(tmp_path, publisher, day) for day in range(2, 7)] == [[]] * 5
    (still,) = mailed(tmp_path, publisher, 7)
    assert still.startswith("still unhealthy: news since 3 March 2026: unreachable: ")
    assert mailed(tmp_path, publisher, 8) == []
    publisher.site.down.clear()
    assert [mailed(tmp_path, publisher, day) for day in (9, 14)] == [[], []]


def test_held_texts_and_a_long_review_are_told_with_the_week(tmp_path: Path) -> None:
    publisher = Publisher()
    publisher.do(("publish", 1))
    mailed(tmp_path, publisher, 0)
    with Store.open(tmp_path / DATABASE) as store:
        fetch = store.value("select max(id) from fetches")
        document = store.value("select min(id) from documents")
        columns = "document, representation, language, options_digest, digest, reason, first_seen, confirmations, fetch"
        store.do(
            f"insert into quarantine ({columns}) values (?, 'html', '', '', '', 'shrunk', ?, 0, ?)",
            document, "2026-03-02T06:00:00Z", fetch,
        )  # fmt: skip
        store.do("update relevance set band='review', since='2026-03-02T06:00:00Z'")
        first = str(crawls.current(store)["id"])  # type: ignore[index]
        assert status.mail(store, first, tmp_path) == []
        held = "quarantined: 1 text, the oldest since 2 March 2026"
        assert list(status.lines_of(store, first, ())) == [held]
        for day, waits in ((13, 0), (14, 1)):
            store.do("update crawls set clock=?", f"2026-03-{2 + day:02}T06:00:00Z")
            assert len(list(status.lines_of(store, first, ()))) == 1 + waits
        line = list(status.lines_of(store, first, ()))[-1]
        assert line.startswith("waiting for a decision over 14 days: ") and line.endswith(": roundup review")


def test_ten_lines_are_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publisher = Publisher()
    publisher.site.down.add(FEED)
    monkeypatch.setattr(status, "lines_of", lambda *_: iter([f"line {number}" for number in range(12)]))
    found = mailed(tmp_path, publisher, 0)
    assert found == [*[f"line {number}" for number in range(9)], "3 more things need a look: roundup status"]
