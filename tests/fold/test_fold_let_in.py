"""What was left aside and is read later: whose doing that is, what is told of it, and when it is asked for."""

import json
from pathlib import Path

import pytest

from crawler.run.options import DATABASE
from crawler.store import Store
from tests.fold.office import pdf
from tests.fold.relevance_world import ALL, PART, TITLES, address, bands, corrections, crawl, document, entries, publish
from tests.fold.samples import CONTENT, GUIDANCE, PATH, guidance
from tests.fold.world import Site, same

WHOLE = PART.replace("keep: relevant", "keep: all")
TEXT = "A sample on human trafficking, modern slavery and the National Referral Mechanism: forced labour. " * 20
IN = f'relevance: {{"{document("fees")}": in}}'


@pytest.fixture
def site() -> Site:
    made = Site()
    publish(made, "known")
    return made


def page(site: Site, words: str) -> None:
    site.put(address("fees"), f"<main><h1>{TITLES['fees']}</h1><h2>Part</h2><p>{words}</p></main>")


def whys(data: Path, name: str) -> list[str]:
    """Return why the page of a document was asked, each time."""
    with Store.open(data / DATABASE) as store:
        rows = store.all("select asked from fetches where url=? and hop=0 order by id", address(name))
    return [json.loads(row["asked"])[0]["why"] for row in rows]


def test_what_is_read_because_its_source_is_kept_as_a_whole_is_our_doing(tmp_path: Path, site: Site) -> None:
    crawl(tmp_path, site, 0)
    publish(site, "known", "fees")
    page(site, TEXT)
    crawl(tmp_path, site, 1)
    assert bands(tmp_path)["fees"] == ("out", "words") and whys(tmp_path, "fees") == []
    publish(site, "known")
    page(site, TEXT)
    crawl(tmp_path, site, 2, text=WHOLE)
    assert whys(tmp_path, "fees") == ["aside"], "though no list names it any more"
    assert bands(tmp_path)["fees"] == ("in", "words"), "its text says so"
    assert corrections(tmp_path) == [("fees", "out", "in", "rules")] and entries(tmp_path) == []
    page(site, TEXT + "Call 0800 0121 700.")
    crawl(tmp_path, site, 3, text=ALL)
    assert [each[0] for each in entries(tmp_path)] == ["fees"], "what its publisher does from now on is told"
    same(tmp_path)


def test_it_is_asked_behind_everything_else_and_once(tmp_path: Path, site: Site) -> None:
    publish(site, "known", "fees", "signs")
    crawl(tmp_path, site, 0)
    publish(site, "known", "fees", "signs", "report")
    site.asked.clear()
    for day in (1, 2):
        crawl(tmp_path, site, day, text=WHOLE)
    asked = [url.rpartition("/")[2] for url in site.asked if url.startswith(address(""))]
    assert asked == ["report", "fees", "signs"]
    same(tmp_path)


def test_a_page_that_is_left_aside_again_with_another_state_is_asked_once(tmp_path: Path, site: Site) -> None:
    publish(site, "known", "fees")
    crawl(tmp_path, site, 0)
    site.feed([(address("known"), TITLES["known"], "x"), (address("fees"), TITLES["fees"], "Told in other words.")])
    crawl(tmp_path, site, 1)
    for day in (2, 3, 4):
        crawl(tmp_path, site, day, decisions=IN)
    assert whys(tmp_path, "fees") == ["announced"] and entries(tmp_path) == []
    same(tmp_path)


def test_a_decision_is_followed_though_the_source_is_not_due(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site, "known", "fees")
    crawl(tmp_path, site, 0)
    monkeypatch.setattr("crawler.run.crawl.due", lambda *given: [])
    site.asked.clear()
    for day in (1, 2):
        crawl(tmp_path, site, day, decisions=IN)
    assert site.asked == [address("fees")]
    same(tmp_path)


def test_what_another_protocol_left_aside_is_not_asked(tmp_path: Path, site: Site) -> None:
    publish(site, "known", "fees")
    crawl(tmp_path, site, 0)
    other = WHOLE.replace("protocol: feed", "protocol: listing").replace("follow: true", "options: {entry: li}")
    site.put("https://a.sample.invalid/feed.xml", f"<li><a href='{address('known')}'>{TITLES['known']}</a></li>")
    crawl(tmp_path, site, 1, text=other)
    assert whys(tmp_path, "fees") == []
    same(tmp_path)


def test_no_summary_is_kept_of_what_is_left_aside(tmp_path: Path, site: Site) -> None:
    text = PART.replace("protocol: feed", "protocol: listing").replace(
        "follow: true", "options: {entry: li, link: a, summary: p}"
    )
    entry = f"<li><a href='{address('fees')}'>{TITLES['fees']}</a><p>Secret words.</p></li>"
    site.put("https://a.sample.invalid/feed.xml", f"<html><body><ul>{entry}</ul></body></html>")
    crawl(tmp_path, site, 0, text=text)
    with Store.open(tmp_path / DATABASE) as store:
        assert store.value("select count(*) from skipped where document=?", document("fees")) == 2
        for table in store.tables():
            assert "Secret words" not in json.dumps(store.all(f"select * from {table}"), default=str), table
    for day in (1, 2):
        crawl(tmp_path, site, day, text=text, decisions=IN)
    with Store.open(tmp_path / DATABASE) as store:
        assert store.value("select summary from documents where id=?", document("fees")) == "Secret words."
        assert store.value("select count(*) from skipped") == 0
    same(tmp_path)


def test_what_is_attached_to_a_page_that_is_let_in_is_no_news(tmp_path: Path, site: Site) -> None:
    file = "https://assets.publishing.service.gov.uk/media/aaaa/fees.pdf"
    item = json.loads(guidance(title="Sample: fees for passports"))
    item["details"]["attachments"] = [{"attachment_type": "file", "title": "Sample fees", "url": file, "file_size": 1}]
    site.put(CONTENT, json.dumps(item), media="application/json")
    site.pages[file] = (200, "application/pdf", pdf())
    crawl(tmp_path, site, 0)
    site.feed([(address("known"), TITLES["known"], "x"), (f"https://www.gov.uk{PATH}", TITLES["report"], "x")])
    crawl(tmp_path, site, 1)
    assert bands(tmp_path)[GUIDANCE] == ("out", "words"), "its list says it is on the subject, the page itself does not"
    assert file not in site.asked
    for day in (2, 3):
        crawl(tmp_path, site, day, decisions=f'relevance: {{"{GUIDANCE}": in}}')
    assert file in site.asked and entries(tmp_path) == []
    with Store.open(tmp_path / DATABASE) as store:
        assert store.value("select count(*) from versions where document like ?", f"{GUIDANCE}%") == 2
    same(tmp_path)
