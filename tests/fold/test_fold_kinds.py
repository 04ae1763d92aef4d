"""Promise 6, when a person corrects the kind of a source: what was read before is hidden, and nothing is told."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.feeds import Feed, atom, jsonfeed
from crawler.store import Store
from crawler.store.visibility import private
from tests.fold.samples import CONTENT, GOVUK, GUIDANCE, guidance, sources
from tests.fold.test_fold_laws import HOST, Publisher, address, live, page
from tests.fold.test_fold_redirects import AUDITED, told, watched
from tests.fold.test_fold_sources import OTHER, world
from tests.fold.world import START, Site, crawl, same
from tests.public.exported import entries

SECRET = "Marigold"


def corrected(text: str, kind: str = "news", source: str = "news") -> str:
    """Return a registry in which one source is of another kind."""
    before, mark, after = text.partition(f"  - id: {source}\n")
    return before + mark + after.replace("kind: guidance", f"kind: {kind}", 1)


def hidden(store: Store) -> set[str]:
    rows = store.all(f"select id from documents d where {private('d.id')}")
    return {row["id"] for row in rows}


def feeds(store: Store) -> str:
    feed = Feed(authority="sample.invalid")
    told = entries(store)
    return (atom.render(told, feed) + jsonfeed.render(told, feed)).decode()


@pytest.mark.parametrize("kind", ["news", "case_law"])
def test_bodies_read_before_are_hidden_and_nothing_is_told(tmp_path: Path, kind: str) -> None:
    publisher = watched(tmp_path)
    publisher.texts[1] = f"{SECRET} was arrested"
    publisher.do(("publish", 1))
    crawl(tmp_path, publisher.site, START + timedelta(days=2), text=AUDITED)
    with live(tmp_path) as store:
        assert hidden(store) == set()
        assert SECRET in feeds(store)
        before = told(store)
    publisher.site.down = {address(n) for n in range(3)} | {f"{HOST}/feed.xml"}
    crawl(tmp_path, publisher.site, START + timedelta(days=3), text=corrected(AUDITED, kind))
    with live(tmp_path) as store:
        assert hidden(store) == {f"url:{address(n)}" for n in range(3)}
        assert SECRET not in feeds(store)
        assert {row["kind"] for row in store.all("select kind from documents")} == {kind}
        kinds = store.all("select distinct document_kind as kind from entries where document is not null")
        assert [row["kind"] for row in kinds] == [kind]
    publisher.site.down = set()
    for day in (4, 5):
        crawl(tmp_path, publisher.site, START + timedelta(days=day), text=corrected(AUDITED, kind))
    with live(tmp_path) as store:
        assert told(store) == before
        assert hidden(store) == {f"url:{address(n)}" for n in range(3)}
    same(tmp_path)


def test_another_source_that_is_no_news_does_not_show_what_a_news_source_names(tmp_path: Path) -> None:
    crawl(tmp_path, world("words"), START, text=OTHER)
    crawl(tmp_path, world("words"), START + timedelta(days=1), text=corrected(OTHER, source="other"))
    with live(tmp_path) as store:
        assert len(hidden(store)) == 3
        assert {row["kind"] for row in store.all("select kind from documents")} == {"guidance"}
    same(tmp_path)


def govuk(data: Path, days: dict[int, str], **more: Any) -> Store:
    site = Site()
    site.put(CONTENT, guidance(**more), media="application/json")
    site.feed([(f"https://www.gov.uk{guidance_path()}", "Sample guidance", "A release links it.")])
    for day, text in days.items():
        crawl(data, site, START + timedelta(days=day), text=text)
    same(data)
    return live(data)


def guidance_path() -> str:
    return CONTENT.removeprefix("https://www.gov.uk/api/content")


def test_a_page_that_says_itself_what_it_is_stays_shown_where_news_link_it(tmp_path: Path) -> None:
    both = corrected(sources(GOVUK) + AUDITED[AUDITED.index("  - id: news") :])
    with govuk(tmp_path, {0: both, 1: both}) as store:
        assert hidden(store) == set()
        assert store.value("select kind from documents where id=?", GUIDANCE) == "guidance"


def test_where_only_news_name_it_its_own_word_does_not_count(tmp_path: Path) -> None:
    news = corrected(sources(GOVUK), source="govuk")
    with govuk(tmp_path, {0: sources(GOVUK), 1: news}) as store:
        assert hidden(store) == {GUIDANCE}


def test_attachments_of_a_hidden_page_are_hidden(tmp_path: Path) -> None:
    publisher = Publisher()
    publisher.do(("publish", 1))
    crawl(tmp_path, publisher.site, START, text=AUDITED)
    crawl(tmp_path, publisher.site, START + timedelta(days=1), text=corrected(AUDITED))
    with live(tmp_path) as store, store.transaction():
        row = store.one("select * from documents where id=?", f"url:{address(1)}")
        assert row is not None
        store.insert("documents", {**row, "id": "annex", "parent": row["id"], "kind": "form", "current": None})
        assert "annex" in hidden(store)


LISTED = """  - id: list
    publisher: sample
    kind: report
    protocol: listing
    url: https://a.sample.invalid/list
    options: {entry: li, link: a}
    expect: {min: 1}
"""


def test_a_list_does_not_say_what_its_pages_are(tmp_path: Path) -> None:
    """Of two sources the first says it; and what a person corrects holds at once, though no page is read again."""
    publisher = watched(tmp_path / "data")
    publisher.site.tags = True
    publisher.site.put(f"{HOST}/q", page(9, "words of a list alone"))
    links = "".join(f'<li><a href="{link}">A sample page</a></li>' for link in (address(1), f"{HOST}/q"))
    publisher.site.put(f"{HOST}/list", f"<html><body><main><ul>{links}</ul></main></body></html>")
    text = AUDITED + LISTED
    for day, kind in enumerate(("report", "statistics"), 2):
        now = text.replace("kind: report", f"kind: {kind}")
        crawl(tmp_path / "data", publisher.site, START + timedelta(days=day), text=now)
        with live(tmp_path / "data") as store:
            assert store.value("select kind from documents where id=?", f"url:{address(1)}") == "guidance"
            assert store.value("select kind from documents where id=?", f"url:{HOST}/q") == kind
    same(tmp_path / "data")
