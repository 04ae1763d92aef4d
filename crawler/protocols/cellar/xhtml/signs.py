"""The signs of a consolidation on a page: what each says, by its link or by the list at the head of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from crawler.protocols.cellar.marks import Mark, Marking
from crawler.protocols.cellar.xhtml.roles import MARK, Element
from crawler.text import clean

_LABEL = re.compile(r"[\u25b6\u25ba\u25bc]\s*([A-Z]{1,2}\d{0,3})")
_TITLED = re.compile(r"\s*(?P<act>\d[0-9A-Z/_]{6,30}(?:R?\(\d\d\))?)\s*(?::\s*(?P<action>[A-Za-z]{3,30}))?")
_LINKED = re.compile(r"celex[/:=](\d[0-9A-Z]{6,30}(?:R?\(\d\d\))?)", re.IGNORECASE)


def acts(page: Element) -> dict[str, str]:
    """Return the CELEX numbers of the acts that a page has signs for, by sign (M3), from the links at its head."""
    known: dict[str, str] = {}
    for link in page.iter("a"):
        label = _label(_text(link))
        if label and label not in known and (act := _act(link)[0]):
            known[label] = act
    return known


def is_mark(element: Element) -> bool:
    """Whether an inline element is a link that is nothing but a sign."""
    return element.tag == "a" and _LABEL.match(_text(element)) is not None and not MARK.sub("", _text(element)).strip()


def mark_of(link: Element, known: Mapping[str, str]) -> Mark:
    """Return what a link that is a sign says."""
    act, action = _act(link)
    return mark(_text(link), known, act=act, action=action)


def mark(sign: str, known: Mapping[str, str], *, act: str = "", action: str = "") -> Mark:
    """Return what a sign says; the act is looked up where it is not stated."""
    label = _label(sign)
    return Mark(act=act or known.get(label, ""), action=action.lower(), inline=sign[:1] != "\u25bc", basic=label == "B")


def follow(marking: Marking, sign: Mark) -> list[Mark]:
    """Open a mark from here on; return it where it touches this line even if it holds no word."""
    if sign.inline:
        marking.open(sign)
        return [sign]
    marking.turn(sign)
    return []


def _text(link: Element) -> str:
    return clean("".join(map(str, link.itertext())))


def _label(sign: str) -> str:
    match = _LABEL.match(sign)
    return match[1] if match else ""


def _act(link: Element) -> tuple[str, str]:
    titled = _TITLED.fullmatch(link.get("title", ""))
    if titled is not None:
        return titled["act"], titled["action"] or ""
    linked = _LINKED.search(unquote(link.get("href", "")))
    return (linked[1] if linked else ""), ""
