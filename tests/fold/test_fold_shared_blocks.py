"""A block that a site changes alike on several of its pages, and what changes to and fro at one place: no news."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.store import Row
from tests.fold.test_fold_laws import live
from tests.fold.world import SOURCES, START, Site, crawl, same

HOST = "https://c.sample.invalid"
PAGES = f"""{SOURCES[: SOURCES.index("  - id: news")]}  - id: pages
    publisher: sample
    kind: guidance
    protocol: page
    url: {HOST}/a
    options: {{items: [{HOST}/b, {HOST}/c]}}
    topics: [offences_law]
    expect: {{min: 1}}
"""


def pages(box: str, words: Mapping[str, str], also: str = "") -> Site:
    site = Site()
    for name, text in words.items():
        site.put(
            f"{HOST}/{name}",
            f"<html><head><title>Human trafficking {name}</title></head><body><main><h1>Human trafficking {name}</h1>"
            f"<h2>Referral</h2><p>{text}</p><h2>News of this site</h2><p>{box if name != also else 'Other news.'}</p>"
            "</main></body></html>",
        )
    return site


def told(data: Path) -> list[tuple[str, str, str, str]]:
    with live(data) as store:
        rows = store.all("select * from announcements where kind='changed' order by document, path")
        announced = {row["id"] for row in store.all("select id from entries where announced is not null")}
    return [
        (row["document"][-1], row["path"], row["cause"], "told" if row["entry"] in announced else "") for row in rows
    ]


def test_a_block_that_changes_on_all_pages_is_the_sites(tmp_path: Path) -> None:
    words = {"a": "One.", "b": "Two.", "c": "Three."}
    crawl(tmp_path, pages("Older news of 3 May 2025.", words), START, text=PAGES)
    words["b"] = "A person must refer within two days."
    crawl(tmp_path, pages("Newer news of 4 June 2025.", words), START + timedelta(days=1), text=PAGES)
    box = [(name, "news-of-this-site", "template", "") for name in "abc"]
    assert told(tmp_path) == sorted([*box, ("b", "referral", "source", "told")])


def test_on_two_pages_alone_it_is_told(tmp_path: Path) -> None:
    words = {"a": "One.", "b": "Two.", "c": "Three."}
    crawl(tmp_path, pages("Call 0800 1.", words, also="c"), START, text=PAGES)
    crawl(tmp_path, pages("Call 0800 2.", words, also="c"), START + timedelta(days=1), text=PAGES)
    assert told(tmp_path) == [(name, "news-of-this-site", "source", "told") for name in "ab"]


@pytest.mark.parametrize(
    ("news", "cause"), [("Board visits fair", "template"), ("Applications must be made by post", "source")]
)
def test_the_news_of_a_site_are_its_own_on_two_pages_unless_they_bind(tmp_path: Path, news: str, cause: str) -> None:
    words = {"a": "One.", "b": "Two."}
    for day, box in enumerate(("Mayor opens hall", news)):
        site = pages(box, words)
        for name, (status, media, body) in site.pages.items():
            site.pages[name] = (status, media, body.replace(b"News of this site", b"Latest updates"))
        crawl(tmp_path, site, START + timedelta(days=day), text=PAGES)
    found = "" if cause == "template" else "told"
    assert told(tmp_path) == [(name, "latest-updates", cause, found) for name in "ab"]


def test_a_helpline_is_told_on_all_pages(tmp_path: Path) -> None:
    words = {"a": "One.", "b": "Two.", "c": "Three."}
    crawl(tmp_path, pages("Call the helpline on 08000 121 700.", words), START, text=PAGES)
    crawl(tmp_path, pages("Call the helpline on 08000 121 701.", words), START + timedelta(days=1), text=PAGES)
    assert told(tmp_path) == [(name, "news-of-this-site", "source", "told") for name in "abc"]


def plain(words: str) -> Site:
    site = Site()
    for name in ("ash", "birch", "cedar"):
        text = words.format(text=f"<p>The {name} office helps victims.</p><p>It keeps {name} records.</p>")
        head = f"<html><head><title>Human trafficking {name}</title></head><body><main>"
        site.put(f"{HOST}/{name[0]}", f"{head}<h1>Human trafficking {name}</h1>{text}</main></body></html>")
    return site


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("{text}<p>Tell this site what you think.</p>", "template"),
        ("<p>This site is new: say what you think.</p>{text}", "template"),
        ("{text}<h2>More</h2><p>Tell this site.</p>", "template"),
        ("{text}<p>Staff must write to the police, too.</p>", "source"),
        ("<p>Staff should write.</p>{text}<p>And call the police.</p>", "source"),
    ],
)
def test_what_comes_alike_where_pages_begin_or_end_is_the_sites(tmp_path: Path, words: str, cause: str) -> None:
    crawl(tmp_path, plain("{text}"), START, text=PAGES)
    crawl(tmp_path, plain(words), START + timedelta(days=1), text=PAGES)
    crawl(tmp_path, plain("{text}"), START + timedelta(days=2), text=PAGES)
    with live(tmp_path) as store:
        causes = [row["cause"] for row in store.all("select cause from changes where cause<>'parser' and path<>''")]
        assert causes == [cause] * 6, store.all("select * from changes")


URL, ONE = "https://a.sample.invalid/a", "url:https://a.sample.invalid/a"
TEXT = f"""{SOURCES[: SOURCES.index("  - id: news")]}  - id: pages
    publisher: sample
    kind: guidance
    protocol: page
    url: {URL}
    topics: [offences_law]
    expect: {{min: 1}}
"""


def visits(data: Path, texts: Sequence[str], heading: str = "Referral") -> list[tuple[int, Row]]:
    """Crawl a page daily, with these texts one after the other, or in vain; return its entries, each with its day."""
    for day, text in enumerate(texts):
        site = Site()
        page = f"<h1>Human trafficking</h1><h2>{heading}</h2><p>{text}</p>"
        site.put(URL, f"<html><head><title>Human trafficking</title></head><body><main>{page}</main></body></html>")
        site.down |= {URL} if not text else set()
        crawl(data, site, START + timedelta(days=day), text=TEXT)
    same(data)
    with live(data) as store:
        rows = store.all("select e.*, c.clock from entries e join crawls c on c.id=e.crawl where document=?", ONE)
    return sorted(((int(row["clock"][8:10]) - START.day, row) for row in rows), key=lambda pair: pair[0])


def is_unsettled(row: Row) -> bool:
    return "unsettled" in json.loads(row["flags"])


def test_to_and_fro_is_told_once_as_unsettled_and_when_it_stood_still_for_two_visits(tmp_path: Path) -> None:
    one, two = "Refer within two days.", "Refer within five days."
    found = visits(tmp_path, [one, two, one, two, one, two, one, one, one, one])
    assert [(day, is_unsettled(row)) for day, row in found] == [(1, False), (2, False), (3, True), (8, True)]
    assert found[-1][1]["late"] == "its words went to and fro; they stand as they are since the last 2 visits"
    assert "“five days” became “two days”" in found[-1][1]["summary"]


def test_new_words_are_told_whatever_goes_to_and_fro(tmp_path: Path) -> None:
    one, two, new = "Refer within two days.", "Refer within five days.", "Call the police first, then refer."
    found = visits(tmp_path, [one, two, one, two, one, new, new])
    assert [day for day, _ in found] == [1, 2, 3, 5]


COUNTED = [
    f"Refer at once. Viewed {n} times this week by people. Then wait." for n in (117, 254, 391, 422, 513, 666, 705)
]


def test_a_counter_is_told_once_and_the_text_beside_it_always(tmp_path: Path) -> None:
    *before, last = COUNTED
    found = visits(tmp_path, [*before, last.replace("at once", "within two days")])
    assert [day for day, _ in found] == [1, 6]
    with live(tmp_path) as store:
        causes = store.all("select cause, silent from announcements where kind='changed' order by fetch")
    told, known = {"cause": "source", "silent": ""}, {"cause": "template", "silent": "template"}
    assert causes == [told, *[known] * 4, told]


STOOD = "held until its words stood for 2 visits"
HELD = "held for 7 days, in which its words were not seen to stand for 2 visits"
BACK, AGAIN = "Write to the person in simple language.", "Let an interpreter listen to each call."
THEN = "Offer somewhere quiet with water and time."


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ([BACK, AGAIN, AGAIN], {1: ""}),
        ([BACK, AGAIN, THEN, THEN, THEN], {1: "", 4: STOOD}),
        ([BACK, AGAIN, AGAIN, AGAIN, THEN, THEN], {1: "", 4: ""}),
        ([BACK, AGAIN, THEN, *[""] * 8], {1: "", 9: HELD}),
        ([BACK, AGAIN, THEN, f"{THEN} Staff must ask for help."], {1: "", 3: ""}),
        ([f"A form is {n} pages long." for n in (7, 8, 9, 9, 9)], {1: "", 4: STOOD}),
        (["Refer within 7 days.", "Refer within 8 days.", "Refer within 9 days."], {1: "", 2: ""}),
        (["Apply by 15 May 2026.", "Apply by 29 May 2026.", "Apply by 30 May 2026."], {1: "", 2: ""}),
        ([BACK, AGAIN, "All staff must write to police."], {1: "", 2: ""}),
        (
            [f"“{words}.” Ana" for words in ("We were heard", "My door was opened", *["I was seen"] * 3)],
            {1: "", 4: STOOD},
        ),
        (["“We were heard.” Ana", "“My door was opened.” Lam", "“I was seen.” Ioan", "“Ask me.” Jo"] * 2, {1: ""}),
    ],
)
def test_what_may_be_other_words_at_each_visit_is_told_at_first_and_when_it_stands_still_or_another_change_comes(
    tmp_path: Path, texts: list[str], told: dict[int, str]
) -> None:
    found = visits(tmp_path, texts)
    assert {day: row["late"] for day, row in found} == told


@pytest.mark.parametrize(
    ("heading", "told"), [("12 responses to the consultation", [1]), ("12 responses to “Sample news”", [])]
)
def test_what_readers_write_below_a_page_is_no_part_of_it(tmp_path: Path, heading: str, told: list[int]) -> None:
    assert [day for day, _ in visits(tmp_path, [BACK, AGAIN], heading)] == told


@pytest.mark.parametrize("fact", ["08000 121 {}", "{} pounds"])
def test_a_fact_that_people_act_on_is_no_counter(tmp_path: Path, fact: str) -> None:
    found = visits(tmp_path, [f"Help is there. Call {fact.format(n)} for it." for n in (701, 702, 703, 704, 705, 706)])
    assert [day for day, _ in found] == [1, 2, 3, 4, 5]
