"""The shape of an answer without most of its words: heads of lists, beginnings of texts; masked where wanted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection

from lxml import etree

from crawler.bodies.encoding import decode
from crawler.bodies.masking import hidden, mask, masked_address
from crawler.bodies.tree import tree
from crawler.errors import ParseError

MAX_ENTRIES = 3
"""Entries of a list that are kept."""
MAX_CHARACTERS = 200
_DROPPED = frozenset({"script", "style", "svg", "noscript", "iframe", "template", "form"})
_WORDS = frozenset({"title", "alt", "aria-label", "content", "value", "placeholder", "summary"})
"""Attributes that hold words."""
_STRUCTURAL = frozenset({
    "class", "type", "rel", "lang", "version", "ispermalink", "charset", "http-equiv", "property", "itemprop", "medium",
    "role", "colspan", "rowspan",
})  # fmt: skip
"""Attributes that name no more than the place in a page; all others are masked."""
_ADDRESSES = frozenset({"href", "src", "url"})
_MASKED = _WORDS | _ADDRESSES | {
    "id", "name", "datetime", "srcset", "label", "term", "domain", "for", "action", "headers",
}  # fmt: skip
"""Attributes of a page that stay, masked; others, which may be words of a text without quotation marks, do not."""
_PERSONAL = ("tag-", "author-", "category-", "term-", "person-", "post-", "postid-")
"""Beginnings of classes that programs make of titles and names."""
_KEYS = frozenset({
    "NodeLoader", "alias", "appno", "article", "bindings", "body", "columns", "conclusion", "content", "content_html",
    "content_id", "content_store_document_type", "content_text", "crimeAreas", "data", "date", "date_gmt",
    "date_modified", "date_published", "description", "docname", "docuLanguageListResources", "docuLanguageResource",
    "ecli", "eventDate", "excerpt", "external_url", "head", "href", "htmlContent", "id", "importance", "introduction",
    "itemid", "items", "kpdate", "language", "languageCode", "languageisocode", "leadText", "link", "links", "lists",
    "modified", "modified_gmt", "name", "next_url", "node", "pageNumber", "pageSize", "public_timestamp", "publishDate",
    "published", "refCd", "refCode", "reference", "rel", "rendered", "resultcount", "results", "start", "status",
    "subtitle", "summary", "text", "title", "total", "totalNumber", "type", "updated", "url", "value", "vars",
    "version",
})  # fmt: skip
"""Keys of JSON that the protocols of such sources read."""
_LEFT_OUT = "[left out]"


def reduced(body: bytes, content_type: str, *, masked: bool, without: Collection[str] = ()) -> bytes | None:
    """Return the shape of a body, None where it is neither JSON nor markup.

    ``masked``: letters are x and digits 1, but for dates, the hosts of addresses, and the names that make its shape.
    ``without`` are texts that must stand nowhere.
    """
    found = _of_json(body, masked) or _of_markup(body, content_type, masked)
    if found is None:
        return None
    for text in without:
        found = found.replace(text, _LEFT_OUT) if text else found
    return found.encode()


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
        return {
            hidden(key) if masked and key not in _KEYS else key: _value(inner, masked) for key, inner in value.items()
        }
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
        _show(element, masked=masked, is_html=is_html)
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


def _show(element: etree._Element, *, masked: bool, is_html: bool) -> None:
    if element.text and element.text.strip():
        element.text = _shown(element.text.strip(), masked)
    if element.tail and element.tail.strip():
        element.tail = _shown(element.tail.strip(), masked)
    for name, value in ((str(name), str(value)) for name, value in element.attrib.items()):
        local = name.rpartition("}")[2].lower()
        if not masked:
            if local in _WORDS:
                element.set(name, _shown(value, masked))
        elif local in _STRUCTURAL or (local == "name" and element.tag == "meta"):
            element.set(name, " ".join(map(_class, value.split())))
        elif is_html and local not in _MASKED and not local.startswith(("data-", "aria-")):
            del element.attrib[name]
        else:
            element.set(name, masked_address(value) if local in _ADDRESSES else _shown(value, masked))


def _class(name: str) -> str:
    return hidden(name) if name.startswith(_PERSONAL) else name
