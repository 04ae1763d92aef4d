"""Where documents are, texts that are held, pages that are given up: each step, and no step too many."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.store import frontier
from tests.fold.test_fold_laws import HOST, Publisher, address, live, page
from tests.fold.test_fold_redirects import AUDITED, told, watched
from tests.fold.world import SOURCES, START, crawl, same

ONE = f"url:{address(1)}"


def state(data: Path, document: str = ONE) -> str:
    with live(data) as store:
        return str(store.value("select availability from documents where id=?", document))


def test_two_answers_not_found_a_day_apart_and_no_outage_between_counts(tmp_path: Path) -> None:
    """Trap UK-5.4: only 404 and 410 of a host that works are steps towards gone."""
    publisher = watched(tmp_path)
    publisher.do(("take down", 1))
    crawl(tmp_path, publisher.site, START + timedelta(days=2), text=AUDITED)
    assert state(tmp_path) == "suspect"
    publisher.site.down = {address(n) for n in range(3)}
    crawl(tmp_path, publisher.site, START + timedelta(days=2, hours=8), text=AUDITED)
    publisher.site.down = set()
    crawl(tmp_path, publisher.site, START + timedelta(days=2, hours=16), text=AUDITED)
    assert state(tmp_path) == "suspect", "two answers, but not over a day"
    crawl(tmp_path, publisher.site, START + timedelta(days=3, hours=1), text=AUDITED)
    assert state(tmp_path) == "gone"
    publisher.do(("put back", 1))
    crawl(tmp_path, publisher.site, START + timedelta(days=5), text=AUDITED)
    with live(tmp_path) as store:
        assert told(store) == [("gone", ONE), ("returned", ONE)]
    same(tmp_path)


def test_a_document_asked_for_under_two_addresses_is_not_gone_twice_as_fast(tmp_path: Path) -> None:
    """One crawl is one step, however many requests for the document it made."""
    both = AUDITED + (
        "  - id: other\n    publisher: sample\n    kind: guidance\n    protocol: feed\n"
        f"    url: {HOST}/other.xml\n    follow: true\n    audit: 1\n    topics: [offences_law]\n"
        "    expect: {min: 1}\n"
    )
    publisher = Publisher()
    for number in range(3):
        publisher.do(("publish", number))
    publisher.site.put(f"{HOST}/copy/1", page(1, "first words"))
    publisher.site.moves[address(1)] = (301, f"{HOST}/copy/1")
    publisher.site.feed([(f"{HOST}/copy/1", "Sample 1", "first words")], url=f"{HOST}/other.xml")
    for day in range(2):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=both)
    publisher.site.moves = {}
    del publisher.site.pages[f"{HOST}/copy/1"]
    publisher.do(("take down", 1))
    crawl(tmp_path, publisher.site, START + timedelta(days=2), text=both)
    with live(tmp_path) as store:
        rows = store.all("select id, availability, suspect_answers from documents where availability<>'ok'")
        assert [row["suspect_answers"] for row in rows] == [1] * len(rows) and rows


def test_a_page_that_was_gone_by_410_and_is_there_again_has_returned(tmp_path: Path) -> None:
    publisher = watched(tmp_path)
    publisher.site.put(address(1), "<h1>Gone</h1>", status=410)
    crawl(tmp_path, publisher.site, START + timedelta(days=2), text=AUDITED)
    assert state(tmp_path) == "withdrawn"
    publisher.do(("put back", 1))
    crawl(tmp_path, publisher.site, START + timedelta(days=3), text=AUDITED)
    assert state(tmp_path) == "ok"
    with live(tmp_path) as store:
        assert told(store) == [("withdrawn", ONE), ("returned", ONE)]
        rows = store.all("select summary, note, details from entries where document=? order by seen", ONE)
        assert [(row["summary"], row["note"], row["details"]) for row in rows] == [
            ("Its address answers that it is gone for good (status 410).", "", "[]"),
            ("It had been withdrawn.", "", "[]"),
        ]
    same(tmp_path)


def long_page(words: int) -> str:
    return page(1, " ".join(f"word{n}" for n in range(words)))


@pytest.mark.slow
def test_a_shrunken_text_is_asked_again_and_accepted_after_two_later_crawls_a_day_apart(tmp_path: Path) -> None:
    publisher = watched(tmp_path)
    publisher.site.put(address(1), long_page(300))
    for day in (2, 3):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
    publisher.site.tags = True
    publisher.site.put(address(1), long_page(12))
    for day in (4, 5):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=SOURCES)  # no audit: it is asked all the same
    crawl(tmp_path, publisher.site, START + timedelta(days=4, hours=1), text=AUDITED)
    with live(tmp_path) as store:
        assert [kind for kind, _ in told(store)] == ["changed"], "the growing only"
    for day in (6, 7):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=SOURCES)
    with live(tmp_path) as store:
        assert [kind for kind, _ in told(store)] == ["changed", "changed"]
        assert store.value("select count(*) from quarantine") == 0
        assert store.value("select count(*) from issues where kind='shrunk' and resolved is null") == 0
    same(tmp_path)


@pytest.mark.slow
def test_a_page_that_is_held_changes_no_title_and_leads_nowhere(tmp_path: Path) -> None:
    publisher = watched(tmp_path)
    title = "Sample words on trafficking"
    whole = long_page(300).replace("Sample 1", title)
    soon = page(1, "soon", "Our new platform").replace("<head>", "<head><link rel=canonical href='/new'>")
    for day, body in ((2, whole), (3, soon), (4, whole)):
        publisher.site.put(address(1), body)
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
        with live(tmp_path) as store:
            row = store.one("select title, url from documents where id=?", f"url:{address(1)}")
            assert row == {"title": title, "url": address(1)}
            assert store.value("select count(*) from aliases where alias like '%/new'") == 0
            assert [row["subject"] for row in store.all("select subject from issues where kind='shrunk'")] == (
                [] if day == 2 else [address(1)]
            )
    same(tmp_path)
    publisher.site.put(address(1), soon)
    for day in (5, 6, 7):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
    with live(tmp_path) as store:
        assert store.value("select title from documents where id=?", f"url:{address(1)}") == "Our new platform"
    same(tmp_path)


@pytest.mark.slow
def test_a_notice_in_the_place_of_many_pages_is_no_text_of_any(tmp_path: Path) -> None:
    publisher = watched(tmp_path, pages=4)
    before = {number: publisher.site.pages[address(number)] for number in range(1, 4)}
    notice = page(9, " ".join(f"We move to a new platform {n}." for n in range(30)), "Welcome")
    for day, body in ((2, notice), (3, notice), (4, ""), (5, "must refer within {n} hours of office {n}")):
        for number in range(1, 4):
            publisher.site.put(address(number), body if body is notice else page(number, body.format(n=20 + number)))
            if not body:
                publisher.site.pages[address(number)] = before[number]
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
        same(tmp_path)
        with live(tmp_path) as store:
            assert len(told(store)) == (3 if day == 5 else 0), day
            assert {row["title"] for row in store.all("select title from documents")} == {
                f"Sample {n}" for n in range(4)
            }
            alarms = store.value("select count(*) from issues where kind='shrunk' and resolved is null")
            assert alarms == {2: 2, 3: 3}.get(day, 0), day


@pytest.mark.slow
def test_a_page_that_takes_the_place_of_two_is_their_text_when_it_stays(tmp_path: Path) -> None:
    publisher = watched(tmp_path)
    one = page(9, "must refer within 24 hours, or 48", "Sample of both")
    for day in (2, 3, 4, 5):
        for number in (1, 2):
            publisher.site.put(address(number), one)
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
        same(tmp_path)
    with live(tmp_path) as store:
        assert {document for _, document in told(store)} == {f"url:{address(number)}" for number in (1, 2)}
        assert store.value("select count(*) from issues where resolved is null") == 0


FAILED = "<b>Fatal error</b>: Allowed memory size exhausted</body></html>"


@pytest.mark.parametrize("instead", ["", FAILED])
def test_a_page_that_fails_half_way_is_no_shorter_text_until_it_stays_so(tmp_path: Path, instead: str) -> None:
    publisher = watched(tmp_path)
    whole = long_page(300)
    cut = whole[: whole.index("word200")] + instead
    for day, body in ((2, whole), (3, cut), (4, whole), (5, cut)):
        publisher.site.put(address(1), body)
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
        with live(tmp_path) as store:
            assert [kind for kind, _ in told(store)] == ["changed"], "the growing only"
            open_issues = store.value("select count(*) from issues where kind='shrunk' and resolved is null")
            assert open_issues == (body is cut)
    for day in (6, 7):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
    with live(tmp_path) as store:
        assert [kind for kind, _ in told(store)] == ["changed", "changed"]
    same(tmp_path)


def test_a_page_is_given_up_only_while_its_host_answers_others(tmp_path: Path) -> None:
    """An outage of a week loses nothing: what was announced meanwhile is read when the host is back."""
    publisher = watched(tmp_path)
    publisher.do(("edit", 1))
    publisher.site.down = {address(n) for n in range(3)}
    crawl(tmp_path, publisher.site, START + timedelta(days=2))
    publisher.site.down |= {f"{HOST}/feed.xml"}
    for day in range(3, 12):
        crawl(tmp_path, publisher.site, START + timedelta(days=day))
    publisher.site.down = set()
    crawl(tmp_path, publisher.site, START + timedelta(days=12))
    with live(tmp_path) as store:
        assert store.value("select count(*) from announcements where path='part-one' and silent=''") == 1
    same(tmp_path)


def test_a_page_that_alone_fails_is_given_up_and_tried_again_when_announced(tmp_path: Path) -> None:
    publisher = watched(tmp_path)
    publisher.do(("edit", 1))
    publisher.site.down = {address(1)}
    publisher.site.put(f"{HOST}/p/0", page(0, "first words"))
    for day in range(2, 2 + frontier.MAX_TRIES + 3):
        publisher.do(("edit", 0))
        crawl(tmp_path, publisher.site, START + timedelta(days=day))
    assert publisher.site.asked.count(address(1)) == 2 + frontier.MAX_TRIES
    publisher.site.down = set()
    publisher.do(("edit", 1))
    crawl(tmp_path, publisher.site, START + timedelta(days=20))
    with live(tmp_path) as store:
        assert store.value("select count(*) from changes where path='part-one' and document=?", ONE) == 1
        assert store.value("select count(*) from issues where resolved is null and subject=?", address(1)) == 0


def test_time_until_gone_goes_by_the_clocks_of_crawls(tmp_path: Path) -> None:
    """Answered late in one crawl, early in the next: the answers are less than a day apart, the crawls are not."""
    publisher = watched(tmp_path)
    publisher.do(("take down", 1))
    publisher.site.slow = {address(1): timedelta(minutes=30)}
    crawl(tmp_path, publisher.site, START + timedelta(days=2), text=AUDITED)
    publisher.site.slow = {}
    crawl(tmp_path, publisher.site, START + timedelta(days=3) - timedelta(minutes=30), text=AUDITED)
    assert state(tmp_path) == "suspect", "half an hour is missing"
    crawl(tmp_path, publisher.site, START + timedelta(days=3) - timedelta(minutes=1), text=AUDITED)
    assert state(tmp_path) == "gone", "cron is not exact"
    same(tmp_path)


def test_the_answers_shown_are_those_that_were_counted(tmp_path: Path) -> None:
    publisher = watched(tmp_path)
    publisher.do(("take down", 1))

    def answers() -> int:
        with live(tmp_path) as store:
            return int(store.value("select suspect_answers from documents where id=?", ONE))

    found = []
    for day in (2, 3):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
        found.append((state(tmp_path), answers()))
    assert found == [("suspect", 1), ("gone", 2)]
    publisher.do(("put back", 1))
    crawl(tmp_path, publisher.site, START + timedelta(days=4), text=AUDITED)
    assert (state(tmp_path), answers()) == ("ok", 0)
    with live(tmp_path) as store:
        summary = store.value("select summary from entries where kind='gone'")
        note = store.value("select note from entries where kind='gone'")
    assert summary == "Not found in 2 visits since 4 March 2026; the publisher did not say why."
    assert note == "", "what we saw is no note of the publisher"
    same(tmp_path)


def test_a_state_that_is_announced_later_has_tries_of_its_own(tmp_path: Path) -> None:
    """Found by a random world: failures of audits counted against the next state, which then was never read."""
    publisher = watched(tmp_path)
    publisher.site.down = {address(1)}
    for day in range(2, 2 + frontier.MAX_TRIES - 1):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=AUDITED)
    publisher.do(("edit", 1))
    crawl(tmp_path, publisher.site, START + timedelta(days=8), text=AUDITED)
    publisher.site.down = set()
    crawl(tmp_path, publisher.site, START + timedelta(days=9))
    with live(tmp_path) as store:
        assert told(store) == [("changed", ONE)]
    same(tmp_path)


def test_a_page_that_was_given_up_is_audited(tmp_path: Path) -> None:
    publisher = watched(tmp_path)
    publisher.do(("edit", 1))
    publisher.site.down = {address(1)}
    for day in range(2, 2 + frontier.MAX_TRIES + 1):
        crawl(tmp_path, publisher.site, START + timedelta(days=day))
    publisher.site.down = set()
    crawl(tmp_path, publisher.site, START + timedelta(days=9))
    with live(tmp_path) as store:
        assert told(store) == [], "without an audit it waits for its list"
    crawl(tmp_path, publisher.site, START + timedelta(days=10), text=AUDITED)
    with live(tmp_path) as store:
        assert told(store) == [("changed", ONE)]
        assert store.value("select count(*) from issues where resolved is null") == 0
    same(tmp_path)
