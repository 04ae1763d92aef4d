"""Numbers for people in danger that were not checked for long: an issue of the round-up itself, live and rebuilt."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.sources.helplines import load_helplines
from crawler.store import Store
from tests.fold.tables import differences
from tests.fold.test_fold_laws import live
from tests.fold.test_fold_sources import world
from tests.fold.world import START, crawl, rebuilt

REVIEWED = datetime.fromisoformat(load_helplines().reviewed).replace(tzinfo=UTC)
LATER = REVIEWED + timedelta(days=400)


def issues(store: Store) -> list[tuple[str | None, str, str, bool]]:
    rows = store.all("select * from issues where kind='unchecked helpline' order by since")
    return [(row["source"], row["severity"], row["subject"], row["resolved"] is None) for row in rows]


def test_one_issue_is_open_as_long_as_numbers_are_old(tmp_path: Path) -> None:
    site = world("words")
    crawl(tmp_path, site, START)
    with live(tmp_path) as store:
        assert issues(store) == [], "the list was made later"
    for day in (0, 7):
        crawl(tmp_path, site, LATER + timedelta(days=day))
    with live(tmp_path) as store:
        assert issues(store) == [(None, "note", "helplines", True)]
        detail = store.value("select detail from issues where kind='unchecked helpline'")
        assert "90 days" in detail and "999" in detail
        with rebuilt(tmp_path) as other:
            assert differences(store, other) == []
