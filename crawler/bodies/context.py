"""What a web page is part of: the page above it, by the way to it from the first page, and its site."""

from __future__ import annotations

import re

from lxml import etree

from crawler.bodies import metadata
from crawler.text import canonical, clean

MAX_WORDS = 8
"""Most words of the name of a page or site."""
_WAY = re.compile(r"breadcrumb|you are here", re.IGNORECASE)
_FIRST = frozenset({"home", "home page", "homepage", "start", "startseite", "accueil", "hafan", "inicio"})
_BETWEEN = re.compile(r"\s+[|\u2013\u2014\u00b7\u00bb:-]+\s+")


def names_above(root: etree._Element, title: str, site: str) -> str:
    """Return the names of the page above a page with this title and of its site, empty where it states neither.

    ``site`` is the name of the site in its metadata; without it that counts which stands last in the title element.
    """
    found: dict[str, str] = {}
    for name in (_above(root, title), site or _site(root, title)):
        plain = canonical(name).casefold()
        is_new = plain not in canonical(title).casefold() and not any(plain in other for other in found)
        if plain and is_new and len(name.split()) <= MAX_WORDS:
            found[plain] = name
    return " \u2013 ".join(found.values())


def _above(root: etree._Element, title: str) -> str:
    """Return the last page on the way to a page that is neither the first of the site nor the page itself."""
    for element in root.iter("nav", "div", "ol", "ul", "p"):
        if not element.keys():
            continue
        named = " ".join(element.get(name, "") for name in ("class", "id", "aria-label", "typeof"))
        if _WAY.search(named):
            steps = [clean(" ".join(map(str, link.itertext()))) for link in element.iter("a")]
            passed = [step for step in steps if step.casefold() not in {"", *_FIRST, title.casefold()}]
            return passed[-1] if passed else ""
    return ""


def _site(root: etree._Element, title: str) -> str:
    """Return what stands last in the title element, behind the title of the page or a shorter one."""
    before, own, behind = metadata.title(root).partition(title or "\n")
    parts = [part for each in _BETWEEN.split(f" {behind if own else before}") if (part := each.strip())]
    return parts[-1] if parts and (own or len(parts) > 1) else ""
