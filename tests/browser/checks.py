"""What must hold on every page as a browser shows it; each check gives what is wrong in words."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.metadata import files
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import html5lib
from html5lib.html5parser import ParseError
from selenium.webdriver import Chrome

from tests.browser.machine import DESK, PHONE, darken, widen

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""What axe-core is asked for: WCAG 2.2, levels A and AA, and its own good practice."""

_RUN = """const done = arguments[arguments.length - 1];
scrollTo(0, 0);  // the bar of the sample world stays in sight, and must not lie over what is measured
axe.run(document, {runOnly: {type: arguments[1], values: arguments[0]}, resultTypes: ["violations"]}).then(
  found => done(JSON.stringify(found.violations.map(one => [one.id, one.help, one.nodes.map(node => node.html)]))),
  error => done(JSON.stringify([["axe", String(error), []]])));"""

UNFOLD = "document.querySelectorAll('details:not(.menu)').forEach(one => one.open = true)"
"""What is folded away is looked at too; but for the menu of a phone, which lies over what stands below it."""

_FORM = """const all = selector => [...document.querySelectorAll(selector)];
const ids = all("[id]").map(one => one.id);
return JSON.stringify({
  h1: all("h1").length, main: all("main").length, lang: document.documentElement.lang, title: document.title,
  scripts: all("script, [onclick], [onload], [style]").length, wide: document.documentElement.scrollWidth,
  bar: (p => {
    if (!p) return 1;
    const {lineHeight, paddingTop, paddingBottom} = getComputedStyle(p);
    return Math.round((p.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom)) / parseFloat(lineHeight));
  })(document.querySelector(".sample p")),
  twice: ids.filter((id, place) => ids.indexOf(id) !== place),
  out: all("body *").filter(one => one.getBoundingClientRect().right > innerWidth + 1
    && !one.closest(".scroll, pre, .skip, .vh")).slice(0, 3).map(one => one.outerHTML.slice(0, 120)),
});"""
"""What a page is made of. Nothing but a table, which has its own bar, may stand out of the screen."""


@cache
def axe() -> str:
    """Return the script of axe-core, as a package ships it."""
    found = next(file for file in files("selenium-axe-python") or () if file.name == "axe.min.js")
    return found.read_text("utf-8")


def wrong(browser: Chrome, width: int) -> list[str]:
    """Return what is wrong with the page that is open, at a width."""
    widen(browser, width)
    found: dict[str, Any] = json.loads(browser.execute_script(_FORM))
    return [*_form(found, width), *violations(browser)]


def at_both_widths(browser: Chrome, address: str) -> list[str]:
    """Open a page and all that is folded away on it, and return what is wrong with it on a desk and on a phone."""
    widen(browser, DESK)
    browser.get(address)
    browser.execute_script(UNFOLD)
    found = [f"{width} px: {each}" for width in (DESK, PHONE) for each in wrong(browser, width)]
    darken(browser, is_dark=True)
    found += [f"dark: {each}" for each in violations(browser, "rule", ("color-contrast",))]
    darken(browser, is_dark=False)
    return [*found, *_strictly(address)]


def _strictly(address: str) -> Iterator[str]:
    """Yield where the standard of HTML has a parse error for a page."""
    try:
        page = build_opener(ProxyHandler({})).open(address, timeout=30).read()
    except HTTPError as error:
        page = error.read()
    try:
        html5lib.HTMLParser(strict=True).parse(page, transport_encoding="utf-8")
    except ParseError as error:
        yield f"html5lib: {error}"


def violations(browser: Chrome, type: str = "tag", values: tuple[str, ...] = RULES) -> list[str]:
    """Return the rules of axe-core that the page breaks, and where: those with some tags, or those of a name."""
    if not browser.execute_script("return 'axe' in window"):
        browser.execute_script(axe())
    found = json.loads(browser.execute_async_script(_RUN, list(values), type))
    return [f"axe {id}: {words}: {' | '.join(nodes)[:400]}" for id, words, nodes in found]


def _form(found: dict[str, Any], width: int) -> Iterator[str]:
    for name in ("h1", "main"):
        if found[name] != 1:
            yield f"{found[name]} {name}"
    for name in ("lang", "title"):
        if not found[name].strip():
            yield f"no {name}"
    if found["scripts"]:
        yield f"{found['scripts']} scripts or styles in the page"
    if found["wide"] > width:
        yield f"it scrolls sideways, {found['wide']} pixels wide: {found['out']}"
    elif found["out"]:
        yield f"cut off at the right: {found['out']}"
    if found["bar"] != 1:
        yield f"the bar of the sample world has {found['bar']} lines"
    if found["twice"]:
        yield f"ids that stand there twice: {found['twice']}"
