"""Traps of sources that no other test holds; tests/docs/test_traps.py has the numbers of all of them."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler import protocols
from crawler.model import Walk
from crawler.protocols import legislation
from crawler.protocols.legislation.paging import is_unordered
from crawler.sources import Source, load
from tests.protocols import cellar_samples as cellar
from tests.protocols.legislation_samples import SITE, capture, changed, fixture, source

REGISTRY = Path(__file__).parents[2] / "sources.yaml"


def registry() -> list[Source]:
    options = protocols.OPTIONS
    return list(load(REGISTRY, options).sources.values())


@pytest.mark.parametrize(
    ("url", "named"),
    [
        (f"{SITE}/all/data.feed?titel=slavery", "titel"),
        (f"{SITE}/all/data.feed?title=slavery&start=20", "start"),
        (f"{SITE}/all/data.feed?title=slavery&extent=E", "extent"),
        (f"{SITE}/new/2026-02-30/data.feed", "2026-02-30 is no day"),
        (f"{SITE}/new/2026-2-3/data.feed", "2026-2-3 is no day"),
        (f"{SITE}/uksi/2026-13-01/data.feed?title=slavery", "2026-13-01 is no day"),
    ],
)
def test_what_the_site_would_ignore_is_never_sent(url: str, named: str) -> None:
    """Trap UK-0.4: unknown parameters are dropped silently; for a day that cannot be the log serves everything."""
    (problem,) = protocols.problems(source(url))
    assert named in problem


@pytest.mark.parametrize(
    "path",
    [
        "/all/data.feed?title=slavery%20OR%20trafficking&results-count=500",
        "/new/2026-02-28/data.feed",
        "/ukpga/2015-2026/data.feed?text=slavery&sort=published&page=2",
        "/ukpga/1955/data.feed?number=19",
    ],
)
def test_what_the_site_knows_may_be_sent(path: str) -> None:
    assert protocols.problems(source(SITE + path)) == []


def test_no_list_of_legislation_is_read_as_newest_first_unless_it_is() -> None:
    """Trap UK-1.6: searches drop every order, and the manual contradicts itself on that of other lists."""
    lists = [
        each.url for each in registry() if each.protocol == "legislation" and each.options.get("feed", "list") == "list"
    ]
    assert len(lists) >= 5
    assert {url for url in lists if not is_unordered(url)} == {f"{SITE}/new/data.feed"}


def test_no_list_of_legislation_is_that_of_a_whole_year() -> None:
    """Trap UK-0.12b: the site answers such lists with 436: they are too big, and have to be split by number."""
    for each in registry():
        if each.protocol == "legislation" and each.options.get("feed", "list") == "list":
            assert "title=" in each.url or "text=" in each.url or "/new/" in each.url, each.id


def test_punctuation_of_windows_is_read_as_what_it_means() -> None:
    """U+0092 is an apostrophe; when the publisher mends it, nothing has changed."""
    base, of = fixture("act-latest")
    body = base.body.decode()
    start = body.index("<Text>") + len("<Text>")
    written = [
        capture((body[:start] + text + body[start:]).encode(), base.url, facts=base.link.facts)
        for text in ("the person\u0092s \u0096 own", "the person&#146;s &#x96; own", "the person\u2019s \u2013 own")
    ]
    pages = [legislation.parse(each, of) for each in written]
    assert pages[0].versions == pages[1].versions == pages[2].versions
    assert any("person\u2019s \u2013 own" in section.text for section in pages[0].versions[0].sections)


def test_an_event_of_before_2023_has_no_first_publication_and_is_read() -> None:
    """Trap UK-1.16: events of before July 2023 have no `published`."""
    base, _ = fixture("publication-log")
    assert b"<published>" not in base.body
    page = changed("publication-log")
    assert page.links and {each.published for each in page.documents} >= {None}
    stated = changed("publication-log", ("<updated>", "<published>2001-02-03T04:05:06Z</published><updated>"))
    assert [link.url for link in stated.links] == [link.url for link in page.links]
    assert "2001-02-03" in {each.published for each in stated.documents} - {each.published for each in page.documents}


@pytest.mark.parametrize("stated", ["5933", "c_433922a6"])
def test_numbers_of_concepts_may_be_words(stated: str) -> None:
    """Trap EU-1.18: ids of EuroVoc may not be numbers."""
    of = cellar.source(feed="search", concepts=[stated])
    assert protocols.problems(of) == []
    links = list(protocols.protocol_of(of).start(of, Walk(clock=cellar.NOW)))
    assert any(f"eurovoc.europa.eu%2F{stated}" in f"{link.url}{link.body}" for link in links)


def test_releases_with_a_short_window_are_read_twice_a_day() -> None:
    """Eurojust shows fifty, Europol ten: what fell out of the window between two walks is lost."""
    windows = {each.id: each.schedule.total_seconds() / 3600 for each in registry() if each.kind == "news"}
    assert {name: windows[name] for name in ("eurojust-press", "europol-news", "council-press")} == {
        "eurojust-press": 12, "europol-news": 12, "council-press": 12,
    }  # fmt: skip


def test_not_found_is_believed_only_when_the_cache_of_the_site_has_forgotten_it() -> None:
    """legislation.gov.uk lets caches keep "not found" for seven days: a text just published may hide behind one."""
    for each in registry():
        if urlsplit(each.url).hostname == "www.legislation.gov.uk" and each.enabled:
            assert each.gone.over.days > 7, each.id
