"""The shape of an answer without most of its words: heads of lists, beginnings of texts; masked where wanted."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from lxml import etree

from crawler.bodies.dates import iso
from crawler.bodies.encoding import decode
from crawler.bodies.tree import tree
from crawler.errors import ParseError

MAX_ENTRIES = 3
"""Entries of a list that are kept."""
MAX_CHARACTERS = 200
MAX_DATE_CHARACTERS = 40
_DROPPED = frozenset({"script", "style", "svg", "noscript", "iframe", "template", "form"})
_WORDS = frozenset({"title", "alt", "aria-label", "content", "value", "placeholder", "summary"})
"""Attributes that hold words."""
_ADDRESSES = frozenset({"href", "src", "action", "srcset", "rel"})
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")
_LEFT_OUT = "[left out]"


def reduced(body: bytes, content_type: str, *, masked: bool, without: Collection[str] = ()) -> bytes | None:
    """Return the shape of a body, None where it is neither JSON nor markup.

    ``masked``: letters of its words are x, digits 1; dates and the hosts of addresses stay. ``without`` are texts that
    must stand nowhere.
    """
    found = _of_json(body, masked) or _of_markup(body, content_type, masked)
    if found is None:
        return None
    for text in without:
        found = found.replace(text, _LEFT_OUT) if text else found
    return found.encode()


def mask(text: str) -> str:
    """Return a text without its words: dates stay, and of addresses the host and the short parts of the path.

    >>> mask("A person, 12"), mask("2026-03-02"), mask("https://a.example/news/a-person?id=7")
    ('x xxxxxx, 11', '2026-03-02', 'https://a.example/news/x-xxxxxx?xx=1')
    """
    if _is_date(text):
        return text
    if text.startswith(("http://", "https://", "/")) and not re.search(r"\s", text):
        return _masked_address(text)
    return _DIGIT.sub("1", _LETTER.sub("x", text))


def _masked_address(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    *above, last = parts.path.split("/")
    segments = [_hidden(each) if re.search(r"[-_%.]", each) else each for each in above] + [_hidden(last)]
    return parts._replace(
        path="/".join(segments), query=_hidden(parts.query), fragment=_hidden(parts.fragment)
    ).geturl()


def _hidden(text: str) -> str:
    return _DIGIT.sub("1", _LETTER.sub("x", re.sub(r"%[0-9A-Fa-f]{2}", "x", text)))


def _is_date(text: str) -> bool:
    if len(text) > MAX_DATE_CHARACTERS or not _DIGIT.search(text):
        return False
    if iso(text):
        return True
    try:
        parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return False
    return True


def _shown(text: str, masked: bool) -> str:
    return mask(text[:MAX_CHARACTERS]) if masked else text[:MAX_CHARACTERS]


def _of_json(body: bytes, masked: bool) -> str | None:
    if body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in (b"{", b"["):
        return None
    try:
        value = json.loads(body.decode("utf-8-sig"))
        return json.dumps(_value(value, masked), ensure_ascii=False, indent=1)
    except (ValueError, RecursionError):
        return None


def _value(value: object, masked: bool) -> object:
    if isinstance(value, dict):
        return {key: _value(inner, masked) for key, inner in value.items()}
    if isinstance(value, list):
        return [_value(inner, masked) for inner in value[:MAX_ENTRIES]]
    return _shown(value, masked) if isinstance(value, str) else value


def _of_markup(body: bytes, content_type: str, masked: bool) -> str | None:
    if body.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] != b"<":
        return None
    root = _xml(body) if b"<html" not in body[:2000].lower() else None
    is_html = root is None
    if root is None:
        try:
            root = tree(decode(body, content_type), "")
        except ParseError:
            return None
    if root is None:
        return None
    for element in list(root.iter()):
        if element.getparent() is not None and (not isinstance(element.tag, str) or element.tag in _DROPPED):
            _drop(element)
    _shorten(root, is_html)
    for element in root.iter():
        _show(element, masked)
    return etree.tostring(root, encoding="unicode", method="html" if is_html else "xml")


def _xml(body: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except (etree.LxmlError, ValueError):
        return None


def _shorten(root: etree._Element, is_html: bool) -> None:
    """Leave of each run of like elements under one parent the first ones."""
    for parent in list(root.iter()):
        seen: Counter[object] = Counter()
        for child in list(parent):
            key = (child.tag, child.get("class") if is_html else "")
            seen[key] += 1
            if seen[key] > MAX_ENTRIES:
                _drop(child)


def _drop(element: etree._Element) -> None:
    """Take an element out, but leave the words behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _show(element: etree._Element, masked: bool) -> None:
    if element.text and element.text.strip():
        element.text = _shown(element.text.strip(), masked)
    if element.tail and element.tail.strip():
        element.tail = _shown(element.tail.strip(), masked)
    for name, value in ((str(name), str(value)) for name, value in element.attrib.items()):
        if name.lower() in _WORDS or (masked and name.lower() in _ADDRESSES and "://" in value):
            element.set(name, _shown(value, masked))
        elif masked and name.lower() in ("href", "src"):
            element.set(name, _masked_address(value))
