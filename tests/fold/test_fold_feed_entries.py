"""Entries of feeds from day to day: shared links, moved dates, titles in other letters."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from crawler.feeds import Entry, Filter
from crawler.store import Store
from tests.fold.test_fold_laws import HOST, live, page
from tests.fold.test_fold_redirects import told
from tests.fold.world import SOURCES, START, Site, crawl, same
from tests.public.exported import entries

FEED = f"{HOST}/feed.xml"
ONE = f"url:{HOST}/p/1"
PLAIN = SOURCES.replace("    follow: true\n", "")


def feed(*items: tuple[str, str, datetime | None]) -> Site:
    """Return a site whose feed has entries of title, path and date."""
    site = Site()
    told = "".join(
        f"<item><title>{title}</title><link>{HOST}{path}</link><description>words</description>"
        + (f"<pubDate>{format_datetime(date)}</pubDate>" if date else "")
        + "</item>"
        for title, path, date in items
    )
    body = f'<rss version="2.0"><channel><title>S</title>{told}</channel></rss>'
    site.put(FEED, body, media="application/rss+xml")
    site.put(f"{HOST}/p/1", page(1, "words"))
    return site


def on(day: int, month: int = 2) -> datetime:
    return datetime(2026, month, day, 10, tzinfo=UTC)


def dates(store: Store) -> tuple[str, str | None]:
    row = store.one("select published, updated from documents where id=?", ONE)
    assert row is not None
    return row["published"], row["updated"]


def news(store: Store) -> list[Entry]:
    """Return what the feed of all tells of documents; a document's own feed has its editorial changes, too."""
    told = [entry for entry in entries(store) if entry.document]
    own = entries(store, Filter(pairs=(("document", ONE),)))
    assert {entry.id for entry in told} <= {entry.id for entry in own}
    return told


@pytest.mark.parametrize("text", [PLAIN, SOURCES])
def test_a_date_of_publication_that_moves_is_an_update(tmp_path: Path, text: str) -> None:
    found = []
    for number, date in enumerate((on(1), on(1), on(20), on(20), on(25), on(1))):
        crawl(tmp_path, feed(("Sample 1", "/p/1", date)), START + timedelta(days=number), text=text)
        with live(tmp_path) as store:
            found.append(dates(store))
            assert told(store) == []
    first = "2026-02-01T10:00:00Z"
    assert found[:5] == [(first, None)] * 2 + [(first, "2026-02-20T10:00:00Z")] * 2 + [(first, "2026-02-25T10:00:00Z")]
    assert found[5][0] == first
    same(tmp_path)


def test_a_date_of_publication_that_was_too_late_is_mended(tmp_path: Path) -> None:
    for number, date in enumerate((on(20), on(1), on(1))):
        crawl(tmp_path, feed(("Sample 1", "/p/1", date)), START + timedelta(days=number), text=PLAIN)
    with live(tmp_path) as store:
        assert dates(store) == ("2026-02-01T10:00:00Z", None)


def test_a_date_far_ahead_is_no_update_each_day(tmp_path: Path) -> None:
    """It is cut down to the time of each capture, which the publisher never stated."""
    found = []
    for number in range(3):
        ahead = datetime(3200, 1, 1, tzinfo=UTC)
        crawl(tmp_path, feed(("Sample 1", "/p/1", ahead)), START + timedelta(days=number), text=PLAIN)
        with live(tmp_path) as store:
            found.append(dates(store))
    assert len(set(found)) == 1 and found[0][1] is None
    same(tmp_path)


@pytest.mark.parametrize(
    ("after", "tells"),
    [
        ("Sample Report: Guidance For All", False),
        ("SAMPLE REPORT - guidance for all.", False),
        ("Sample report guidance for most", True),
        ("Sample report: guidance for all, part 2", True),
    ],
)
@pytest.mark.parametrize("text", [PLAIN, SOURCES])
def test_a_title_in_other_letters_or_marks_is_history_but_no_news(
    tmp_path: Path, text: str, after: str, tells: bool
) -> None:
    """``text``: the title stands on the feed alone, or on the page that it leads to."""
    before = "Sample report: guidance for all"
    for number, title in enumerate((before, before, after, after)):
        site = feed((title, "/p/1", None))
        site.put(f"{HOST}/p/1", page(1, "words").replace("<h1>Sample 1</h1>", f"<h1>{title}</h1>"))
        audited = text.replace("follow: true", "follow: true\n    audit: 1")
        crawl(tmp_path, site, START + timedelta(days=number), text=audited)
    with live(tmp_path) as store:
        assert [entry.kind for entry in news(store)] == (["retitled"] if tells else [])
        rows = store.all("select significance from announcements where kind='retitled' and silent=''")
        assert [row["significance"] == "editorial" for row in rows] == [not tells]
        assert store.value("select title from documents where id=?", ONE) == after
    same(tmp_path)


def test_a_title_seen_only_on_a_list_is_weighed_too(tmp_path: Path) -> None:
    """No text was ever read of the page behind it."""
    before = "Sample report: guidance for all"
    for number, title in enumerate((before, before, before.upper(), "Sample report for most")):
        site = feed((title, "/p/1", None))
        site.down = {f"{HOST}/p/1"}
        crawl(tmp_path, site, START + timedelta(days=number), text=SOURCES)
    with live(tmp_path) as store:
        rows = store.all("select significance from changes where kind='retitled' order by seen")
        assert [row["significance"] for row in rows] == ["editorial", "substantive"]
        assert [entry.kind for entry in news(store)] == ["retitled"]
    same(tmp_path)


def test_new_letters_beside_new_words_are_no_new_name(tmp_path: Path) -> None:
    for number, (title, words) in enumerate(
        (("Sample report", "old"), ("Sample report", "old"), ("SAMPLE REPORT", "new"))
    ):
        site = feed((title, "/p/1", None))
        site.put(f"{HOST}/p/1", page(1, words).replace("<h1>Sample 1</h1>", f"<h1>{title}</h1>"))
        audited = SOURCES.replace("follow: true", "follow: true\n    audit: 1")
        crawl(tmp_path, site, START + timedelta(days=number), text=audited)
    with live(tmp_path) as store:
        row = store.one("select * from entries where document=?", ONE)
        assert row is not None
        assert (row["kind"], row["title"]) == ("changed", "Changed: SAMPLE REPORT")
        assert "The title was" not in row["summary"]


def test_a_page_with_news_under_one_link_is_told_when_it_changes_and_stays_an_issue(tmp_path: Path) -> None:
    """Entries fall off the feed and are put in another order: only a newer one is news."""
    news = [("February", "/p/1#feb", on(2)), ("January", "/p/1#jan", on(1)), ("December", "/p/1", on(1, 1))]
    days = (news, list(reversed(news)), news[:2], [("March", "/p/1#mar", on(3)), *news[:2]])
    for number, items in enumerate(days):
        crawl(tmp_path, feed(*items), START + timedelta(days=number), text=PLAIN)
        with live(tmp_path) as store:
            issue = store.one("select kind, detail from issues where resolved is null and severity='note'")
            assert issue is not None and issue["kind"] == "shared link"
            assert str(len(items) - 1) in issue["detail"]
            assert [kind for kind, _ in told(store)] == ([] if number < 3 else ["retitled"])
    same(tmp_path)


def test_marks_that_turn_the_direction_of_words_do_not_get_in(tmp_path: Path) -> None:
    hostile = "Report \u202efdp.exe\u202c \u2066and\u2069 \u200emore\u200f"
    site = feed((hostile, "/p/1", None))
    body = page(1, f"words {hostile}").replace("<h1>Sample 1</h1>", f"<h1>{hostile}</h1>")
    site.put(f"{HOST}/p/1", body)
    crawl(tmp_path, site, START)
    with live(tmp_path) as store:
        texts = [
            str(value)
            for table in store.tables()
            for row in store.all(f"select * from {table}")
            for value in row.values()
        ]
        assert store.value("select title from documents where id=?", ONE) == "Report fdp.exe and more"
    assert not any(
        mark in text for text in texts for mark in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    )


@pytest.mark.parametrize("text", [PLAIN, SOURCES])
@pytest.mark.parametrize(
    "spelled", [f"{HOST}/p/1/", f"{HOST}/p/1".replace("https", "http"), "https://www.a.sample.invalid/p/1"]
)
def test_an_address_that_is_spelled_otherwise_names_nothing_new(tmp_path: Path, text: str, spelled: str) -> None:
    """A site that goes over to https, or to paths with a slash at their end, lists all that it has at new addresses."""
    listed = ("Sample 1", "/p/1", on(1, 3))
    for day in range(4):
        site = feed(listed)
        if day >= 2:
            status, media, body = site.pages[FEED]
            site.pages[FEED] = (
                status,
                media,
                body.replace(f"<link>{HOST}/p/1<".encode(), f"<link>{spelled}<".encode()),
            )
            site.put(spelled, page(1, "words" if day == 2 else "other words"))
        if day == 3:
            status, media, body = site.pages[FEED]
            site.pages[FEED] = (status, media, body.replace(b">words<", b">other words<"))
        crawl(tmp_path, site, START + timedelta(days=day), text=text)
        with live(tmp_path) as store:
            assert told(store) == ([] if day < 3 else [("changed", ONE)])
            assert store.value("select count(*) from documents") == 1
            assert store.value("select count(*) from issues where resolved is null") == 0
    same(tmp_path)
