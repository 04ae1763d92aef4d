"""Several new documents of one source in one entry: older ones that it lists only now, and very many at once."""

import json
from collections.abc import Iterable
from contextlib import closing
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from crawler.feeds import Entry, Feed, Filter, content, jsonfeed
from crawler.outbox import FLOOD
from crawler.public.database import connect
from crawler.public.entries import entry, newest
from crawler.run.options import DATABASE
from crawler.run.publish import export
from crawler.store import Store
from tests.fold import world
from tests.fold.relevance_world import ALL, HOST, crawl, document, entries
from tests.fold.world import START, Site, same
from tests.recordings.world import one_by_one

WATCHED = ALL.replace("audit: 1", "topics: [offences_law]")


def publish(site: Site, *named: tuple[str, str], days: int = 0) -> None:
    """Let a feed list documents by name and subject, each dated as many days before the first crawl."""
    items = ""
    for name, subject in named:
        dated = format_datetime(START - timedelta(days=days if name.startswith("old") else 0))
        title, link = f"Sample {name}: {subject}", f"{HOST}/doc/{name}"
        items += f"<item><title>{title}</title><link>{link}</link><pubDate>{dated}</pubDate></item>"
        site.put(link, f"<html><body><main><h1>{title}</h1><p>Sample words on {name}.</p></main></body></html>")
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Sample</title>{items}</channel></rss>'
    site.put(f"{HOST}/feed.xml", body, media="application/rss+xml")


def named(stem: str, count: int, subject: str = "human trafficking") -> list[tuple[str, str]]:
    return [(f"{stem}{number:02}", subject) for number in range(count)]


def gathered(data: Path, filter: Iterable[tuple[str, str]] = ()) -> list[Entry]:
    """Return the entries of several documents in the feed of a filter."""
    with closing(connect(export(data))) as public:
        found = newest(public, Filter(pairs=tuple(filter)))
        assert all(entry(public, each.id) is not None for each in found)
    return [each for each in found if each.kind in ("older", "several")]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site()
    publish(made, ("known", "human trafficking"))
    crawl(tmp_path, made, 0, text=WATCHED)
    return made


def test_older_documents_that_are_newly_listed_are_told_once_in_one_entry(tmp_path: Path, site: Site) -> None:
    publish(site, ("known", "human trafficking"), *named("old", 3), ("fresh", "human trafficking"), days=700)
    for day in (1, 2):
        crawl(tmp_path, site, day, text=WATCHED)
    assert [name for name, *_ in entries(tmp_path)] == ["fresh"]
    (told,) = gathered(tmp_path)
    assert told.title == "3 older documents newly listed: news"
    listed = "Each is listed in this entry, with its date and a link."
    assert told.summary == f"Their publisher dates them 1 April 2024. {listed}"
    assert [(each.document, each.date[:10]) for each in told.documents] == [
        (document(name), "2024-04-01") for name, _ in named("old", 3)
    ]
    assert f'<a href="{HOST}/doc/old00">Sample old00: human trafficking (1 April 2024)</a>' in content.html(told, "")
    same(tmp_path)


def test_one_alone_has_an_entry_of_its_own_that_says_so(tmp_path: Path, site: Site) -> None:
    publish(site, ("known", "human trafficking"), ("old", "human trafficking"), days=700)
    crawl(tmp_path, site, 1, text=WATCHED)
    with Store.open(tmp_path / DATABASE) as store:
        (told,) = store.all("select title, late from entries where announced is not null and kind='new'")
    assert told["title"] == "Newly listed: Sample old: human trafficking"
    assert told["late"] == "it is dated 1 April 2024; its source was not seen to list it before"
    same(tmp_path)


@pytest.mark.parametrize("count", [FLOOD, FLOOD + 1])
def test_more_than_ten_new_documents_at_once_are_one_entry_and_their_changes_are_not(
    tmp_path: Path, site: Site, count: int
) -> None:
    known, new = ("known", "human trafficking"), named("new", count)
    publish(site, known, *new)
    crawl(tmp_path, site, 1, text=WATCHED)
    assert len(entries(tmp_path)) == (count if count == FLOOD else 0)
    assert [len(each.documents) for each in gathered(tmp_path)] == ([] if count == FLOOD else [count])
    same(tmp_path)
    publish(site, known, *((name, "human trafficking, second edition") for name, _ in new))
    crawl(tmp_path, site, 2, text=WATCHED)
    assert len(entries(tmp_path)) == (2 * count if count == FLOOD else count), "what changes is told one by one"


def test_a_filtered_feed_has_the_documents_that_match_first_and_counts_the_others(tmp_path: Path, site: Site) -> None:
    of_children = [("child0", "child trafficking"), ("child1", "child trafficking")]
    publish(site, ("known", "human trafficking"), *named("new", FLOOD), *of_children)
    crawl(tmp_path, site, 1, text=WATCHED)
    (told,) = gathered(tmp_path, [("topic", "children")])
    assert [one.is_wanted for one in told.documents] == [True, True, *[False] * FLOOD]
    assert {one.document for one in told.documents[:2]} == {document(name) for name, _ in of_children}
    item = json.loads(jsonfeed.render([told], Feed(authority="sample.invalid")))["items"][0]
    assert [one["is_wanted"] for one in item["_roundup"]["documents"]] == [True, True, *[False] * FLOOD]
    shown = content.html(told, "https://site.invalid/entry/1")
    assert shown.count("<li><a") == 2 and f'<a href="https://site.invalid/entry/1">and {FLOOD} others</a>' in shown
    (whole,) = gathered(tmp_path)
    assert whole.id == told.id and content.html(whole, "").count("<li><a") == FLOOD + 2
    (of_one,) = gathered(tmp_path, [("document", document("child1"))])
    assert [one.document for one in of_one.documents if one.is_wanted] == [document("child1")]


def test_what_a_new_option_reaches_is_told_in_no_entry(tmp_path: Path, site: Site) -> None:
    publish(site, ("known", "human trafficking"), *named("old", 3), *named("new", FLOOD + 1), days=700)
    crawl(tmp_path, site, 1, text=WATCHED.replace("feed.xml", "all.xml"))
    site.pages[f"{HOST}/all.xml"] = site.pages[f"{HOST}/feed.xml"]
    crawl(tmp_path, site, 2, text=WATCHED.replace("feed.xml", "all.xml"))
    assert gathered(tmp_path) == [] and entries(tmp_path) == []


def test_what_was_announced_stays_as_it_was_when_our_rules_change(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site, ("known", "human trafficking"), *named("new", FLOOD + 1))
    crawl(tmp_path, site, 1, text=WATCHED)
    (before,) = gathered(tmp_path)
    monkeypatch.setattr("crawler.outbox.FLOOD", 100)
    with world.rebuilt(tmp_path) as anew:
        (row,) = anew.all("select id, title, state from entries where announced is not null and kind<>'watching'")
        assert (row["id"], row["title"], row["state"]) == (before.id, before.title, "announced")
        listed = anew.all("select document from entry_sections where entry=? order by document", row["id"])
    assert [each["document"] for each in listed] == sorted(one.document for one in before.documents)


def test_documents_about_people_are_listed_with_no_more_than_title_date_and_link(tmp_path: Path) -> None:
    site, text = Site(), WATCHED.replace("kind: guidance", "kind: news")
    publish(site, ("known", "human trafficking"))
    crawl(tmp_path, site, 0, text=text)
    publish(site, ("known", "human trafficking"), *named("new", FLOOD + 1))
    crawl(tmp_path, site, 1, text=text)
    (told,) = gathered(tmp_path)
    assert told.title == f"{FLOOD + 1} new documents: news" and not told.removed
    site.pages = {url: page for url, page in site.pages.items() if not url.endswith("new03")}
    site.put(f"{HOST}/doc/new03", "gone", status=410)
    site.tags = True
    crawl(tmp_path, site, 2, text=text + "    audit: 1\n")
    assert document("new03") not in {one.document for one in gathered(tmp_path)[0].documents}


def test_what_was_announced_one_by_one_stays_so_when_the_archive_is_read_anew(tmp_path: Path, site: Site) -> None:
    publish(site, ("known", "human trafficking"), *named("new", FLOOD + 2), *named("old", 3), days=200)
    with one_by_one():
        crawl(tmp_path, site, 1, text=WATCHED)
    sql = "select id from entries where announced is not null order by id"
    with Store.open(tmp_path / DATABASE) as live, world.rebuilt(tmp_path) as other:
        assert live.all(sql) == other.all(sql)
        assert len(live.all(sql)) >= FLOOD + 5
