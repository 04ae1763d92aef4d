"""Traps: a calendar without end is one issue and no entry, and a real list of as many documents is a list."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.fold.test_fold_laws import HOST, live
from tests.fold.world import SOURCES, START, Killed, Site, crawl, same

pytestmark = pytest.mark.slow

DAYS = [date(2027, 1, 1) + timedelta(days=n) for n in range(153)]
NEW = DAYS[3:]
FEED = "protocol: feed\n    url: https://a.sample.invalid/feed.xml\n    follow: true"
MAP = "protocol: sitemap\n    url: https://a.sample.invalid/map.xml"
Make = Callable[[date], tuple[str, str, str]]


def letters(number: int) -> str:
    """Return a name without a digit for a number."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def calendar(day: date) -> tuple[str, str, str]:
    more = f'<a href="/calendar/{day + timedelta(days=1)}">Next day</a>'
    return f"/calendar/{day}", f"Events on {day:%d %B %Y}", f"On {day:%A}, {day}, there are no events. {more}"


def session(day: date) -> tuple[str, str, str]:
    return f"/list?event={day.toordinal():x}a&page=1", "Publications", "Guidance about exploitation. " * 40


def empty(day: date) -> tuple[str, str, str]:
    return f"/node/{day.toordinal()}", "Sample Office", ""


def statements(day: date) -> tuple[str, str, str]:
    name = letters(day.toordinal()).title()
    return f"/statement/{day.toordinal()}", f"{name} Limited", f"Statement of {day} on modern slavery."


def statistics(day: date) -> tuple[str, str, str]:
    numbers = " ".join(str(day.toordinal() * factor % 9973) for factor in range(3, 15))
    return f"/statistics/{day}", f"Referrals, {day:%d %B %Y}", f"By kind of exploitation: {numbers}."


def with_file(day: date) -> tuple[str, str, str]:
    return f"/minutes/{day}", f"Minutes, {day}", f'<a href="/files/{day}.csv">Minutes of {day} (CSV, 1 KB)</a>'


def reports(day: date) -> tuple[str, str, str]:
    """Return a page whose words are those of others, in sentences of its own."""
    things = ("wages", "papers", "meals", "debts", "shifts", "rooms", "boats")
    said = ", then ".join(things[day.toordinal() // 7**n % 7] for n in range(4))
    return f"/report/{day.toordinal()}", "Report on exploitation", f"They asked about {said}."


TRAPS: dict[Make, str] = {calendar: "/calendar/#-#-#", session: "/list?event=#&page=#", empty: "/node/#"}
"""Pages of traps, and the shape of their addresses."""


def put(site: Site, made: list[tuple[str, str, str]], *, listed: bool) -> None:
    """Serve pages, and the list that leads to them: a feed, or a sitemap, which names no documents."""
    for path, title, text in made:
        body = (
            f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
        )
        site.put(HOST + path, body)
    links = [(HOST + path.replace("&", "&amp;"), title, "") for path, title, _ in made]
    if listed:
        site.feed(links)
    else:
        places = "".join(f"<url><loc>{link}</loc></url>" for link, _, _ in links)
        site.put(f"{HOST}/map.xml", f"<urlset>{places}</urlset>", media="application/xml")


def outcome(data: Path) -> tuple[dict[str, str], list[str]]:
    """Return the details of the open issues of a source by kind, and the documents that entries tell of."""
    with live(data) as store:
        found = store.all("select kind, detail from issues where source is not null and resolved is null")
        told = store.all("select document from announcements where state='announced' order by 1")
    assert len({row["kind"] for row in found}) == len(found), found
    return {row["kind"]: row["detail"] for row in found}, [row["document"] for row in told]


def crawled(data: Path, make: Make, *, listed: bool) -> int:
    """Crawl a list of three statements, then of 150 pages more, killed once; return how many requests these made."""
    site, text = Site(), SOURCES if listed else SOURCES.replace(FEED, MAP)
    known = [statements(day) for day in DAYS[:3]]
    put(site, known, listed=listed)
    crawl(data, site, START, text=text)
    put(site, [*map(make, NEW), *known], listed=listed)
    before = len(site.asked)
    with pytest.raises(Killed):
        crawl(data, site, START + timedelta(days=1), text=text, kill=lambda n: n == 25)
    crawl(data, site, START + timedelta(days=1, minutes=1), text=text)
    return len(site.asked) - before


@pytest.mark.parametrize("listed", [True, False], ids=["feed", "sitemap"])
@pytest.mark.parametrize("make", TRAPS)
def test_a_trap_is_one_issue_and_no_entry_and_is_not_followed_on(tmp_path: Path, make: Make, listed: bool) -> None:
    assert crawled(tmp_path, make, listed=listed) < 64
    issues, told = outcome(tmp_path)
    assert f"{HOST}{TRAPS[make]}; 1" in issues["trap"]
    assert issues.keys() <= {"trap", "none read"} and told == []
    same(tmp_path)


def test_what_says_something_of_its_own_in_a_trap_is_told_once_it_is_read(tmp_path: Path) -> None:
    site = Site()
    listed = [statements(day) for day in DAYS[:3]]
    put(site, listed, listed=True)
    crawl(tmp_path, site, START)
    path, title, _ = calendar(NEW[-1])
    listed += [*map(calendar, NEW[:-1]), (path, title, "A conference on forced labour in Leeds.")]
    put(site, listed, listed=True)
    found = []
    for day in range(1, 12):
        crawl(tmp_path, site, START + timedelta(days=day))
        found.append(outcome(tmp_path))
    assert {kind for issues, _ in found for kind in issues} == {"trap"} and found[-1][0] == {}
    assert found[0][1] == [] and found[-1][1] == [f"url:{HOST}{path}"]
    same(tmp_path)


@pytest.mark.parametrize("make", [statements, statistics, with_file, reports])
def test_a_list_of_as_many_documents_is_none(tmp_path: Path, make: Make) -> None:
    assert crawled(tmp_path, make, listed=make is not statistics) > len(NEW)
    issues, told = outcome(tmp_path)
    assert issues == {} and len(told) == len(NEW)
    same(tmp_path)
