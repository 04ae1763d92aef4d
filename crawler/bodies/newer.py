"""The latest release in the series of a page of statistics, where the page says that it is not that one itself."""

from __future__ import annotations

import re
from itertools import chain, islice
from urllib.parse import urljoin

from lxml import etree

from crawler.text import clean

_RELEASE = r"(?:release|edition|version|publication|bulletin)"
_LATEST = r"(?:latest|most recent|newest)"
_SAID = re.compile(rf"\s*this(?: {_RELEASE})? is not the {_LATEST}(?: {_RELEASE})\b", re.IGNORECASE)
"""How a banner begins that says so: gov.wales, the Office for National Statistics."""
_LABEL = re.compile(rf"(?:(?:view|see|go to) (?:the )?)?{_LATEST} {_RELEASE}:?", re.IGNORECASE)
MAX_ABOVE = 2
"""Elements above a banner or a label beside which its link can stand."""


def later_release(root: etree._Element, html: str, url: str) -> str:
    """Return the address of the latest release that a page of an earlier one leads to; empty for any other page."""
    if "is not the" not in html.lower():
        return ""  # Of most pages no element is looked at.
    banner = next((each for each in root.iter(etree.Element) if each.text and _SAID.match(each.text)), None)
    if banner is None:
        return ""
    labels = (each for each in root.iter(etree.Element) if each.text and _LABEL.fullmatch(clean(each.text)))
    found = (link for each in (*labels, banner) if (link := _link(each)))
    return next((urljoin(url, link) for link in found), "")


def _link(element: etree._Element) -> str:
    """Return where the first link in an element or behind it leads, empty where there is none near."""
    above = (element, *islice(element.iterancestors(), MAX_ABOVE))
    behind = (sibling.iter("a") for each in above for sibling in each.itersiblings())
    return next((link for each in chain(element.iter("a"), *behind) if (link := each.get("href"))), "")
