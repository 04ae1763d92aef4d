"""Copies of something redacted that only their wording shows: taken out once, also where nothing else tells of them."""

from pathlib import Path
from typing import Any

import pytest

from crawler.archive import redact
from crawler.derive import duplicates
from crawler.run.redact import planning, removal
from crawler.store import Row, Store
from crawler.store import redactions as store_of
from tests.fold.europe import pdf, prose
from tests.fold.tables import differences
from tests.fold.test_fold_laws import live
from tests.fold.world import rebuilt
from tests.run.here import Here
from tests.run.redacted_world import MIRROR, RELEASE, TITLE, World, traces

REWORDED = prose(7, 300).replace(" ", " Zzyzx ", 40).replace(" Zzyzx ", " ", 39)
"""The text of the release with another beginning."""

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("in_this_process")]


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many records each pass through the archive rewrote."""
    found: list[int] = []

    def counted(*given: Any) -> int:
        found.append(redact(*given))
        return found[-1]

    monkeypatch.setattr(removal, "redact", counted)
    return found


@pytest.fixture
def redacted(tmp_path: Path) -> World:
    world = World(tmp_path / "data")
    world.published = True
    world.crawl()
    world.redact(url=RELEASE)
    world.crawl()
    return world


def homes(count: int) -> list[tuple[str, str]]:
    """Home pages that serve a copy under a short title: addresses of whole sites are no marks, nor are such titles."""
    return [(f"https://m{number}.sample.invalid/", "Update today") for number in range(count)]


def is_gone(world: World, passes: list[int]) -> None:
    assert traces(world.data) == []
    passes.clear()
    world.crawl()
    world.crawl()
    assert passes == [], "nothing is gone through again"
    assert traces(world.data) == []
    with live(world.data) as one, rebuilt(world.data) as other:
        assert differences(one, other) == []


@pytest.mark.parametrize("count", [1, 6])
def test_copies_at_addresses_of_whole_sites_are_taken_out_once(redacted: World, passes: list[int], count: int) -> None:
    """Six serve the same bytes, so that these look like a notice."""
    redacted.more, redacted.copied = homes(count), REWORDED
    redacted.crawl()
    assert sum(map(bool, passes)) == 1
    is_gone(redacted, passes)


def test_pages_that_become_a_copy_are_taken_out(redacted: World, passes: list[int]) -> None:
    redacted.more, redacted.copied = homes(1), prose(8, 300)
    redacted.crawl()
    assert passes == []
    redacted.copied = REWORDED
    redacted.crawl()
    assert sum(map(bool, passes)) == 1
    is_gone(redacted, passes)


def test_a_copy_by_which_nothing_tells_is_taken_out_with_the_bytes_it_shares(
    redacted: World, passes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others serve the same, and are not known to be copies: before, each crawl went through the archive twice."""
    redacted.more, redacted.copied = homes(5), REWORDED
    flag = store_of.flag

    def one_alone(store: Store, document: str, redaction: str, seen: str) -> None:
        if "m3" in document:
            flag(store, document, redaction, seen)

    monkeypatch.setattr(store_of, "flag", one_alone)
    monkeypatch.setattr(duplicates, "_join", lambda *given: [])
    redacted.crawl()
    assert sum(map(bool, passes)) == 1
    is_gone(redacted, passes)


def test_what_cannot_be_found_is_looked_for_once(
    redacted: World, passes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    redacted.more, redacted.copied = homes(1), REWORDED
    monkeypatch.setattr(planning, "_marks", lambda *given: iter(()))
    monkeypatch.setattr(planning, "_captures", lambda *given: iter(()), raising=False)
    for _ in range(3):
        redacted.crawl()
    assert passes == []
    with live(redacted.data) as store:
        assert store.value("select count(*) from redaction_pending") == 1


def test_a_file_of_others_that_quotes_it_later_is_taken_out(redacted: World, passes: list[int]) -> None:
    """Over two lines of a page, and packed, so that nothing is seen before it is read."""
    url = f"{MIRROR}/reports/annual.pdf"
    redacted.more, redacted.copied = [(url, "Annual report of the sample mirror")], ""
    words = f"{prose(12, 60)} {TITLE} {prose(13, 60)}"
    plain = redacted.publish

    def publish() -> None:
        plain()
        redacted.site.pages[url] = (200, "application/pdf", pdf(words))

    redacted.publish = publish  # type: ignore[method-assign]
    redacted.crawl()
    assert sum(map(bool, passes)) == 1
    with live(redacted.data) as store:
        kept = store.one("select id, current from documents where url=?", url)
        assert kept is not None and kept["current"] is None, "the document stays, without that text"
        assert store.value("select count(*) from issues where kind='redacted' and subject=?", url) == 1
    is_gone(redacted, passes)


def test_all_requests_are_looked_through_once_however_many_documents_go(
    redacted: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    plain = Store.all

    def noted(store: Store, sql: str, *values: object) -> list[Row]:
        asked.append(sql)
        return plain(store, sql, *values)

    with live(redacted.data) as store:
        names = [row["id"] for row in store.all("select id from documents")]
    assert len(names) > 5
    for name in names:
        redacted.redact(document=name)
    monkeypatch.setattr(Store, "all", noted)
    planning.apply(redacted.data, redacted.decisions, Here())  # type: ignore[arg-type]
    assert sum("fetches f, json_each(f.asked)" in sql and "$.facts.document" in sql for sql in asked) == 1
    with live(redacted.data) as store:
        assert store.value("select count(*) from documents") == 0
