"""Texts, addresses and sentences without their words, for what may name people."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from crawler.bodies.dates import iso

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
