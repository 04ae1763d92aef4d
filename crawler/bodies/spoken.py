"""What a page says without text of its own: alternatives of images, and the options and hints of form fields.

The words of a label stand in the page as text. Short alternatives name a logo or an icon, and are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lxml import etree

from crawler.bodies.tree import serves_site
from crawler.text import clean

MIN_ALTERNATIVE_WORDS = 4
"""Fewest words of the alternative of an image that says something."""
MIN_HINT_WORDS = 2
"""Fewest words of a hint inside a field: "Search" is none."""
MAX_OPTIONS = 100
"""Most options of a list of choices that are read; one of all countries says no more by the rest."""
_TYPED = frozenset({"", "date", "email", "number", "search", "tel", "text", "url"})


def spell_out(root: etree._Element, unwanted: Collection[etree._Element]) -> None:
    """Put the alternatives of images, and the choices and hints of form fields, into a tree as text in their places.

    The places are those of the elements, which become lines of text; what is ``unwanted`` stays.
    """
    for element in list(root.iter("img", "select", "input", "textarea")):
        if element in unwanted or element is root or (element.tag != "img" and _is_of_site(element)):
            continue
        said = clean(_said(element))
        if not said:
            continue
        for child in list(element):
            element.remove(child)
        tail = element.tail
        element.tag = "span"
        element.attrib.clear()
        element.text, element.tail = f" {said} ", tail


def _is_of_site(element: etree._Element) -> bool:
    form = next(element.iterancestors("form"), None)
    return serves_site(element) or (form is not None and serves_site(form))


def _said(element: etree._Element) -> str:
    if element.tag == "img":
        alternative = clean(element.get("alt", ""))
        return f"(image: {alternative})" if len(alternative.split()) >= MIN_ALTERNATIVE_WORDS else ""
    if element.tag == "select":
        options = list(_options(element))
        return f"({'; '.join(options)})" if options else ""
    hint = clean(element.get("placeholder", ""))
    is_typed = element.tag == "textarea" or element.get("type", "").lower() in _TYPED
    return f"({hint})" if is_typed and len(hint.split()) >= MIN_HINT_WORDS else ""


def _options(select: etree._Element) -> Iterator[str]:
    for number, option in enumerate(select.iter("option")):
        if number >= MAX_OPTIONS:
            return
        if words := clean(option.get("label", "") or "".join(map(str, option.itertext()))):
            yield words
