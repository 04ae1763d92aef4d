"""A few pages of the sample world in a real browser; `make browser` looks at all of them."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.support.wait import WebDriverWait

from crawler.public.database import FILE
from crawler.publish import SiteAddress, plugin, site
from tests.browser import checks, machine, pages
from tests.browser.keyboard import press
from tests.public.in_process import InProcess

pytestmark = pytest.mark.browser


def test_pages_that_people_read_most(browser: Chrome, data: Path, home: str) -> None:
    found = {
        name: wrong
        for name, path in pages.few(data / "roundup.db").items()
        if (wrong := checks.at_both_widths(browser, home + path))
    }
    assert not found


def test_every_page_of_ours_is_looked_at(data: Path) -> None:
    """Whoever adds a page adds it to the pages that are looked at."""
    where = SiteAddress(public_url="https://roundup.example.org", authority="sample.invalid")
    routes = plugin.register_routes(site(data / FILE, where, runner=InProcess(data / FILE)))
    others = ("json", "csv", "txt", "opml", "atom", "ics", "assets", "favicon", "sitemap", "public", "/-")
    shown = [pattern for pattern, _ in routes if not any(other in pattern for other in others)]
    assert len(shown) > 15
    every = pages.every(data / "roundup.db")
    assert not [pattern for pattern in shown if not pages.matches(pattern, every)]


def test_the_checks_find_what_is_wrong(browser: Chrome, data: Path, home: str) -> None:
    page = data / "wrong.html"
    page.write_text(
        "<!DOCTYPE html><html lang=en><title>no</title><main><h1>No</h1><p><b>No</p></main>"
        "<style>@media (prefers-color-scheme: dark) { h1 { color: #222; background: #111 } }</style>"
    )
    found = " ".join(checks.at_both_widths(browser, page.as_uri()))
    assert "dark: axe color-contrast" in found and "html5lib: " in found
    browser.get(f"{home}/corrections")
    browser.execute_script("""document.documentElement.lang = "";
      document.querySelector("main").innerHTML = '<h1>One</h1><h1 id="a">Two</h1><p id="a">'
        + '<img src="/assets/icon.svg"><a href="/">pale</a></p><script></script>';
      Object.assign(document.querySelector("main p").style, {width: "2000px"});
      Object.assign(document.querySelector("main a").style, {color: "#ddd"});""")
    found = " ".join(checks.wrong(browser, machine.PHONE))
    for each in ("2 h1", "no lang", "sideways", "twice", "scripts or styles", "image-alt", "color-contrast"):
        assert each in found, each


def test_scripts_are_off_where_they_shall_be(browser: Chrome, data: Path) -> None:
    page = data / "script.html"
    page.write_text("<!DOCTYPE html><title>no</title><script>document.title = 'yes'</script>", "utf-8")
    titles = []
    for run in (True, False, True):
        machine.scripts(browser, run=run)
        browser.get(page.as_uri())
        titles.append(browser.title)
    assert titles == ["yes", "no", "yes"]


def test_skip_link_is_first_and_leads_to_the_words(browser: Chrome, home: str) -> None:
    browser.get(f"{home}/")
    press(browser, "\ue004", "\ue007", "\ue004")
    inside = browser.execute_script("return document.querySelector('main').contains(document.activeElement)")
    assert browser.current_url.endswith("#at-main") and inside


def test_menu_of_a_phone_is_opened_by_keyboard(browser: Chrome, home: str) -> None:
    machine.widen(browser, machine.PHONE)
    browser.get(f"{home}/corrections")
    for _ in range(4):  # To the main content, home, search, and the menu.
        press(browser, Keys.TAB)
    press(browser, Keys.ENTER, Keys.TAB)
    assert browser.execute_script("return document.activeElement.pathname") == "/"
    assert not checks.wrong(browser, machine.PHONE)


POSITIONS = {
    "home": (".entries .entry", 259, 287), "entry": (".sec", 222, 263), "act": (".provision", 448, 531),
    "search": (".answer", 227, 272),
}  # fmt: skip
"""What people come for by page, and how far down the drafts of the pages have it on a desk and on a phone, in px."""
LOWER = 12
"""Pixels that another font may take: the drafts were measured with Liberation Serif and DejaVu Sans."""


@pytest.mark.parametrize("width", [machine.DESK, machine.PHONE])
@pytest.mark.parametrize("name", POSITIONS)
def test_what_people_come_for_stands_on_the_first_screen(
    browser: Chrome, home: str, data: Path, name: str, width: int
) -> None:
    with closing(sqlite3.connect(f"file:{data / 'roundup.db'}?mode=ro", uri=True)) as connection:
        (entry,) = connection.execute(
            "select id from entries where kind = 'changed' and document_kind = 'act'"
        ).fetchone()
    path = {
        "home": "/",
        "entry": f"/entry/{entry}",
        "act": "/doc/ukpga~2F2001~2F9001",
        "search": "/search?q=section+12A",
    }
    wanted, *drafted = POSITIONS[name]
    machine.widen(browser, width)
    browser.get(home + path[name])
    top = "return document.querySelector(arguments[0]).getBoundingClientRect().top"
    assert browser.execute_script(top, "h1") <= 105
    assert browser.execute_script(top, wanted) < drafted[width == machine.PHONE] + LOWER


def test_words_are_large_enough_to_be_read(browser: Chrome, home: str) -> None:
    smallest = """return Math.min(...[...document.querySelectorAll("body *")].filter(one => one.offsetHeight
      && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
      .map(one => parseFloat(getComputedStyle(one).fontSize)))"""
    machine.widen(browser, machine.PHONE)
    for name in ("home", "search, found", "subscribe", "sources", "law", "library", "api", "table"):
        browser.get(home + pages.SOME[name])
        browser.execute_script(checks.UNFOLD)
        assert browser.execute_script(smallest) >= 13, name


_UNFOLDED = """for (const one of document.querySelectorAll("details")) one.open = true;
  requestAnimationFrame(() => requestAnimationFrame(arguments[0]));"""
_TABLES = """return [...document.querySelectorAll(".scroll")].map(one => [one.scrollWidth > one.clientWidth,
  getComputedStyle(one.querySelector(".sideways")).display !== "none", one.getAttribute("role"), one.tabIndex,
  Boolean(one.getAttribute("aria-label"))]);"""


def test_a_table_that_is_wider_than_the_page_says_so_and_the_keyboard_scrolls_it(browser: Chrome, home: str) -> None:
    """One that fits says nothing."""
    seen = set()
    for path in ("/roundup/entries", "/roundup/publishers", "/judgments", "/doc/ukpga~2F2001~2F9001"):
        for width in (machine.DESK, machine.PHONE):
            machine.widen(browser, width)
            browser.get(home + path)
            browser.execute_async_script(_UNFOLDED)
            tables = browser.execute_script(_TABLES)
            assert tables, path
            for is_wider, says_so, *region in tables:
                assert says_so == is_wider, (path, width)
                assert region == ["region", 0, True]
                seen.add((width, is_wider))
    assert seen >= {(machine.PHONE, True), (machine.DESK, True), (machine.DESK, False)}
    browser.get(f"{home}/roundup/entries")
    browser.execute_script("document.querySelector('.scroll').focus()")
    press(browser, *[Keys.ARROW_RIGHT] * 5)
    scrolled = "return document.querySelector('.scroll').scrollLeft > 0"
    assert WebDriverWait(browser, 5).until(lambda shown: shown.execute_script(scrolled))
