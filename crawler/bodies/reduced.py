"""The shape of an answer without most of its words: heads of lists, beginnings of texts; masked where wanted."""

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

MAX_DATE_CHARACTERS = 40
_LETTER, _DIGIT, _WORD = re.compile(r"[^\W\d_]"), re.compile(r"\d"), re.compile(r"[^\W\d_]+")
_DATE_SIGNS = re.compile(r"[\w\s.,:/+-]+")
_DATE_WORDS = frozenset({
    "am", "apr", "april", "at", "aug", "august", "bst", "cest", "cet", "dec", "december", "edt", "est", "feb",
    "february", "fri", "friday", "gmt", "jan", "january", "jul", "july", "jun", "june", "mar", "march", "may", "mon",
    "monday", "nd", "nov", "november", "oct", "october", "of", "pm", "rd", "sat", "saturday", "sep", "sept",
    "september", "st", "sun", "sunday", "t", "th", "thu", "thur", "thurs", "thursday", "tue", "tues", "tuesday", "ut",
    "utc", "wed", "wednesday", "z",
})  # fmt: skip
"""All words that a text may have to be a date."""
_PATHS = frozenset({
    "api", "article", "articles", "blog", "case", "cases", "content", "decisions", "en", "feed", "feeds", "government",
    "judgments", "media", "news", "newsroom", "press", "publications", "releases", "rss", "version", "wp-json",
})  # fmt: skip
"""Parts of paths that are kept; years and months are, too."""
_PATH_NUMBER = re.compile(r"(?:19|20)\d\d|\d\d")
_SCHEMES = ("http", "https", "")
_SAID = frozenset({
    "a", "address", "age", "allows", "and", "answer", "asked", "at", "atom", "be", "byte", "bytes", "can", "cannot",
    "challenge", "come", "cut", "dates", "day", "days", "differs", "empty", "ended", "entries", "entry", "expected",
    "feed", "feeds", "first", "for", "forbids", "found", "gap", "had", "has", "host", "html", "http(s)", "in", "is",
    "it", "its", "json", "leads", "lists", "many", "media", "most", "names", "neither", "newest", "no", "none", "nor",
    "not", "nothing", "of", "on", "one", "or", "page", "parse", "read", "redirect", "redirected", "refused", "robots",
    "robots.txt", "rss", "rules", "seconds", "status", "the", "there", "this", "time", "to", "too", "type", "was",
    "web", "were", "where", "which", "with", "within", "without", "yet", "zero",
})  # fmt: skip
"""Words of our own sentences about an answer."""
_SHORT_NUMBER = re.compile(r"[\d,]{1,5}|\d{4}-\d\d-\d\d")
_LINK = re.compile(r"<([^<>]*)>[^<>]*?;\s*rel=\"?(next|prev|first|last|self|https://api\.w\.org/)\"?")


def mask(text: str) -> str:
    """Return a text without its words: dates stay, and of addresses the host and a few words of the path.

    >>> mask("A person, 12"), mask("2026-03-02"), mask("https://a.example/news/a-person?id=7")
    ('x xxxxxx, 11', '2026-03-02', 'https://a.example/news/x-xxxxxx?xx=1')
    """
    if is_date(text):
        return text
    prefix = "url:" if text.startswith("url:") else ""
    rest = text.removeprefix(prefix)
    if rest.startswith(("http://", "https://", "/")) and not re.search(r"\s", rest):
        return prefix + masked_address(rest)
    return hidden(text)


def masked_address(url: str) -> str:
    """Return an address with its host, and the parts of its path that are no names; empty where it is none.

    >>> masked_address("/people/smith/12"), masked_address("news/smith/"), masked_address("mailto:smith@a.example")
    ('/xxxxxx/xxxxx/11', 'news/xxxxx/', 'xxxxxx:xxxxx@x.xxxxxxx')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in _SCHEMES:
        return hidden(url)
    *above, last = parts.path.split("/")
    kept = [each if each in _PATHS or _PATH_NUMBER.fullmatch(each) else hidden(each) for each in above]
    return parts._replace(
        netloc=parts.netloc.rpartition("@")[2], path="/".join([*kept, hidden(last)]),
        query=hidden(parts.query), fragment=hidden(parts.fragment),
    ).geturl()  # fmt: skip


def hidden(text: str) -> str:
    """Return a text whose letters are x, and whose digits are 1."""
    return _DIGIT.sub("1", _LETTER.sub("x", re.sub(r"%[0-9A-Fa-f]{2}", "x", text)))


def masked_sentence(text: str) -> str:
    """Return a sentence of ours about an answer, without what it quotes: all but our own words, counts and dates.

    >>> masked_sentence("redirected to https://a.example/news/smith"), masked_sentence("status 404")
    ('redirected to https://a.example/news/xxxxx', 'status 404')
    """
    return " ".join(map(_said, text.split()))


def _said(word: str) -> str:
    bare = word.strip(".,:;()“”\"'")
    return word if bare in _SAID or _SHORT_NUMBER.fullmatch(bare) else mask(word)


def masked_links(header: str) -> str:
    """Return a Link header without titles, whose addresses are masked.

    >>> masked_links('<https://a.example/news/smith>; title="Smith"; rel="next"')
    '<https://a.example/news/xxxxx>; rel="next"'
    """
    return ", ".join(f'<{masked_address(url)}>; rel="{rel}"' for url, rel in _LINK.findall(header))


def is_date(text: str) -> bool:
    """Return whether a text is a date and nothing else.

    >>> is_date("Tue, 24 Nov 2026 08:00:00 GMT"), is_date("Smith, 12 Mar 2026 10:00:00"), is_date("Smith 2026")
    (True, False, False)
    """
    if len(text) > MAX_DATE_CHARACTERS or not _DIGIT.search(text) or not _DATE_SIGNS.fullmatch(text):
        return False
    if not {each.lower() for each in _WORD.findall(text)} <= _DATE_WORDS:
        return False
    if iso(text):
        return True
    try:
        parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return False
    return True


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
