"""Lists that are complete: what came, left, changed its name, place or link is told once, by kind, with its place."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawler.changes.placements import compare
from crawler.model import Placement
from tests.fold.samples import sources
from tests.fold.test_fold_laws import live
from tests.fold.world import START, Site, crawl, same

HOST = "https://a.sample.invalid"
WATCHED = sources(f"""  - id: shelf
    name: Sample library
    publisher: sample
    kind: resource
    protocol: page
    url: {HOST}/
    follow: {{menu: .menu a, links: .cards a, others: list, index: list}}
    complete: true
    topics: [partnership_governance]
    expect: {{min: 2}}
""")
Shelf = dict[str, list[tuple[str, str]]]
"""By name of a page, the entries of it: title and address."""

FIRST: Shelf = {
    "Guides": [("Guide for councils", "/f/councils.csv"), ("Guide for police", "/f/police.csv")],
    "Forms": [("Referral form", "/f/form.csv"), ("Poster", "https://elsewhere.invalid/poster"), ("Old card", "")],
}


def walked(data: Path, *states: Shelf | None, down: str = "") -> None:
    """Walk a site once for each state, a week apart; in a walk with None a page of it does not answer."""
    for number, state in enumerate(states):
        site = Site()
        shelf = state or FIRST
        menu = "".join(f'<a href="/{name}">{name}</a>' for name in shelf)
        site.put(
            f"{HOST}/", f'<html><body><main><h1>Sample library</h1><p class="menu">{menu}</p></main></body></html>'
        )
        for name, entries in shelf.items():
            cards = "".join(f'<div><p>{title}</p><a href="{url}">View</a></div>' for title, url in entries)
            body = f'<main><h1>{name}</h1><h2>Documents</h2><div class="cards">{cards}</div></main>'
            site.put(f"{HOST}/{name}", f"<html><body>{body}</body></html>")
            for _, url in entries:
                if url.startswith("/f/"):
                    site.put(HOST + url, f"name,use\n{url},on paper\n", media="text/csv")
        if state is None:
            site.down.add(f"{HOST}/Forms")
        crawl(data, site, START + timedelta(weeks=number), text=WATCHED)


def told(data: Path) -> list[tuple[str, str]]:
    """Return headline and summary of every announced entry but that on the watch."""
    with live(data) as store:
        rows = store.all(
            "select title, summary from entries where announced is not null and kind<>'watching' order by crawl, title"
        )
    return [(row["title"], row["summary"]) for row in rows]


CHANGED: dict[str, tuple[Shelf, str]] = {
    "added": (
        {**FIRST, "Training": [("Slides of 2019", "/f/slides.csv"), ("Handout", "/f/handout.csv")]},
        "2 added to Sample library: Training > Documents",
    ),
    "removed": ({**FIRST, "Guides": FIRST["Guides"][:1]}, "Removed from Sample library: Guide for police"),
    "a page that left the menu": ({"Forms": FIRST["Forms"]}, "2 removed from Sample library: Guides > Documents"),
    "emptied": (
        {**FIRST, "Guides": [FIRST["Guides"][0], ("Guide for police", "")]},
        "No longer linked by Sample library: Guide for police",
    ),
    "replaced": (
        {**FIRST, "Guides": [FIRST["Guides"][0], ("Guide for police", "/f/police-2.csv")]},
        "Leads elsewhere now in Sample library: Guide for police",
    ),
    "replaced by another": (
        {**FIRST, "Guides": [FIRST["Guides"][0], ("Guide for nurses", "/f/nurses.csv")]},
        "Leads elsewhere now in Sample library: Guide for nurses",
    ),
    "retitled": (
        {**FIRST, "Guides": [("Guide for districts", "/f/councils.csv"), FIRST["Guides"][1]]},
        "Renamed in Sample library: Guide for districts",
    ),
    "moved": (
        {"Guides": FIRST["Guides"][1:], "Forms": [*FIRST["Forms"], FIRST["Guides"][0]]},
        "Moved within Sample library: Guide for councils",
    ),
    "linked again": (
        {**FIRST, "Forms": [*FIRST["Forms"][:2], ("Old card", "https://elsewhere.invalid/card")]},
        "Linked again by Sample library: Old card",
    ),
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_change_of_a_complete_list_is_told_once_with_its_place(tmp_path: Path, name: str) -> None:
    state, headline = CHANGED[name]
    walked(tmp_path, FIRST, FIRST, state, state)
    ((title, summary),) = told(tmp_path)
    assert title == headline
    assert "Documents" in summary or "Training" in summary
    same(tmp_path)


def test_a_page_that_does_not_answer_says_nothing_of_what_stood_there(tmp_path: Path) -> None:
    walked(tmp_path, FIRST, None, FIRST)
    assert told(tmp_path) == []
    with live(tmp_path) as store:
        assert store.value("select count(*) from placements where settled") == 5


def test_what_left_the_list_is_noted_until_it_is_back(tmp_path: Path) -> None:
    short: Shelf = {**FIRST, "Guides": FIRST["Guides"][:1]}
    walked(tmp_path, FIRST, short)
    with live(tmp_path) as store:
        assert [row["document"] for row in store.all("select document from unlisted")] == [f"url:{HOST}/f/police.csv"]
    walked(tmp_path / "again", FIRST, short, FIRST)
    with live(tmp_path / "again") as store:
        assert store.all("select * from unlisted") == []


def test_lists_that_are_equal_differ_in_nothing_and_every_place_is_told_once() -> None:
    old = [Placement(document=t, title=t, url=u, block=b) for t, u, b in ("Aux", "Auy", "Bux", "Bvx", "Cwy")]
    new = [Placement(document=t, title=t, url=u, block=b) for t, u, b in ("Aux", "Buy", "Dvx", "Ezz")]
    assert compare(old, old) == []
    for before, after in ((old, new), (new, old), (old, []), ([], new)):
        found = compare(before, after)
        gone, come = ([e for e in found if e.kind == kind] for kind in ("removed", "added"))
        assert len(before) - len(gone) == len(after) - len(come)
        assert len({id(e.before) for e in found if e.before}) == sum(e.before is not None for e in found)


LISTED = sources(f"""  - id: shelf
    name: Sample list
    publisher: sample
    kind: resource
    protocol: listing
    url: {HOST}/list
    options: {{entry: li, page_parameter: page}}
    complete: true
    topics: [partnership_governance]
    expect: {{min: 2}}
""")


def test_a_list_of_several_pages_that_is_read_by_selectors_says_what_left_it(tmp_path: Path) -> None:
    every = [(f"/d/{n}", f"Guide number {n}") for n in range(5)]
    for number, entries in enumerate((every, every, every[:1] + every[2:], every[:1] + every[2:])):
        site = Site()
        for start in range(0, 6, 2):
            items = "".join(f'<li><a href="{url}">{title}</a></li>' for url, title in entries[start : start + 2])
            address = f"{HOST}/list" + (f"?page={start // 2 + 1}" if start else "")
            site.put(address, f"<html><body><main><h1>Guides</h1><ul>{items}</ul></main></body></html>")
        for url, title in entries:
            site.put(HOST + url, f"<html><body><main><h1>{title}</h1><p>Words of {title}.</p></main></body></html>")
        crawl(tmp_path, site, START + timedelta(weeks=number), text=LISTED)
    ((title, summary),) = told(tmp_path)
    assert title == "Removed from Sample list: Guide number 1"
    assert "“Guide number 1” (Guides)." in summary
    same(tmp_path)


GUIDES = [f'<li><a href="/d/{n}">Guide number {n}</a></li>' for n in range(9)]
SHAPES = {
    "no further pages": (GUIDES[:2], [], []),
    "one page twice": (GUIDES[:4], GUIDES[:4], GUIDES[8:]),
    "breaks off": (GUIDES[:4], GUIDES[4:8], None),
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_that_drops_repeats_itself_or_breaks_off_tells_of_nothing_that_left(tmp_path: Path, shape: str) -> None:
    whole = (GUIDES[:4], GUIDES[4:8], GUIDES[8:])
    for day, pages in enumerate((whole, whole, SHAPES[shape], SHAPES[shape], whole)):
        site = Site()
        for number, items in enumerate(pages, 1):
            ended = "".join(GUIDES[8:]) if items is None else "".join(items) + "</ul></main></body></html>"
            if ended.startswith("<li>"):
                address = f"{HOST}/list" + (f"?page={number}" if number > 1 else "")
                site.put(address, f"<html><body><main><h1>Guides</h1><ul>{ended}")
        for n in range(9):
            title = f"<html><body><main><h1>Guide number {n}</h1>"
            site.put(f"{HOST}/d/{n}", f"{title}<p>Words of guide {n}.</p></main></body></html>")
        crawl(tmp_path, site, START + timedelta(days=day), text=LISTED)
        with live(tmp_path) as store:
            alarms = store.value("select count(*) from issues where kind in ('drop', 'cut') and resolved is null")
        assert alarms == (1 if pages is not whole else 0), (shape, day)
    assert told(tmp_path) == []
    same(tmp_path)


@pytest.mark.parametrize("zero", [True, False])
def test_a_list_that_is_empty_is_told_where_that_is_normal(tmp_path: Path, zero: bool) -> None:
    text = LISTED.replace("{min: 2}", f"{{min: 2, zero: {str(zero).lower()}}}").replace(", page_parameter: page", "")
    for number, titles in enumerate((("One", "Two"), ("One", "Two"), (), ())):
        site = Site()
        items = "".join(f'<li><a href="/d/{title}">Guide {title}</a></li>' for title in titles)
        listed = f"<main><h1>Guides</h1><p>Our guides.</p><ul>{items}</ul></main>"
        site.put(f"{HOST}/list", f"<html><body>{listed}</body></html>")
        for title in titles:
            site.put(f"{HOST}/d/{title}", f"<html><body><main><h1>Guide {title}</h1><p>Words.</p></main></body></html>")
        crawl(tmp_path, site, START + timedelta(weeks=number), text=text)
    assert [title for title, _ in told(tmp_path)] == (["2 removed from Sample list: Guides"] if zero else [])


@pytest.mark.parametrize("day", ["", "12 May 2025"])
def test_that_a_list_states_no_dates_is_said_where_it_states_none(tmp_path: Path, day: str) -> None:
    text = LISTED.replace(", page_parameter: page", ", date: i")
    for number in range(2):
        site, items = Site(), ""
        for title in ("One", "Two", "Three")[: 2 + number]:
            items += f'<li><a href="/d/{title}">Guide {title}</a>{f"<i>{day}</i>" if day else ""}</li>'
            site.put(f"{HOST}/d/{title}", f"<html><body><main><h1>Guide {title}</h1><p>Words.</p></main></body></html>")
        site.put(f"{HOST}/list", f"<html><body><main><h1>Guides</h1><ul>{items}</ul></main></body></html>")
        crawl(tmp_path, site, START + timedelta(weeks=number), text=text)
    (summary,) = (summary for title, summary in told(tmp_path) if "added to" in title.lower())
    assert ("states no dates" in summary) == (day == "")
