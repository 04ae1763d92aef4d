"""Answers that are no document, whatever the protocol: told apart by status, header and the first words of a page.

Only the beginning of a body is looked at, and words count only where no legal text has them: in the title or the first
heading of a page that says little else, or in the markup of a robot check.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick, MatchKind

from crawler.bodies.encoding import decode, failed_in_part
from crawler.errors import RefusedError
from crawler.model import Capture
from crawler.protocols.soft_errors import may_say_closed, says_check, says_closed, says_missing
from crawler.sources.yaml_positions import read_table
from crawler.text import clean

TRUNCATED = "x-roundup-truncated"
"""Our own header on a capture whose body is cut (``length``, ``time``, ``disconnect``), or why it is unreadable."""

_CUTS = frozenset({"length", "time", "disconnect", "unspecified"})
"""Reasons of WARC-Truncated; what else a capture may be marked with is why its content coding could not be undone."""
_LOOKED_AT = 20_000
_MEASURED = 400_000
_MAX_FEW_CHARACTERS = 1_500
_NO_WORDS = 400
_SHORT_PAGE = 8_000
_WITH_BODY = frozenset({200, 203, 300, 304})
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?><!--.{0,500}?-->\s*)*+<(?:!doctype\s+html|html|head|title|script|body|meta)\b",
    re.I | re.S,
)

_CHALLENGE_HEADERS = (
    ("x-amzn-waf-action", re.compile(r"challenge|captcha", re.I), "AWS WAF"),
    ("cf-mitigated", re.compile(r"challenge", re.I), "Cloudflare"),
    ("x-vercel-mitigated", re.compile(r"challenge", re.I), "Vercel"),
)
_WALLS: dict[str, dict[str, str]] = read_table(Path(__file__).with_name("walls.yaml"))
_MARKUP, _WIDGETS = (
    tuple((sign, whose) for whose, signs in _WALLS[key].items() for sign in signs.split(", "))
    for key in ("markup", "widgets")
)
"""Signs of robot checks, with whose they are."""
_SIGNS = AhoCorasick([sign for sign, _ in (*_MARKUP, *_WIDGETS)])
"""All of them at once: one after the other they took a tenth of the time that a page takes to be read."""
_ANY_SIGN = BytesAhoCorasick([sign.encode() for sign, _ in (*_MARKUP, *_WIDGETS)], matchkind=MatchKind.LeftmostFirst)
"""Tells whether there is one at all, in a tenth of the time that it takes to tell which."""
_CHALLENGE_TITLE = re.compile(
    r"just a moment\W*|attention required!?.*|access (?:to this page has been )?denied|you have been blocked|"
    r"request (?:rejected|unsuccessful)|pardon our interruption\W*|robot check|(?:vercel )?security checkpoint|"
    r"(?:checking|verifying) (?:your browser|(?:that )?you are human|if the site connection is secure).*|"
    r"(?:please )?verify (?:that )?you are (?:a )?(?:human|not a robot).*|are you (?:a )?(?:human|robot)\W*|"
    r"human verification|ddos-guard|making sure you(?:'|\u2019)re not a bot\W*|azure waf|ddos protection by .*|"
    r"bot (?:verification|check|detection)|captcha|client challenge|security verification|radware .*captcha.*|"
    r"your access to this site has been limited.*|(?:checking|verifying) (?:that )?you are not a (?:bot|robot)\W*|"
    r"waiting room powered by .*|you are now in line\W*",
    re.I,
)
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,300})", re.I)
_H1 = re.compile(r"<h1(?:\s[^>]{0,300})?>(.{0,600}?)</h1", re.I | re.S)
_FILE = re.compile(r"\.(?:pdf|docx|odt|xlsx|ods|pptx)\Z", re.I)
_SEPARATOR = re.compile(r"\s+(?:[|\u2013\u2014\u00b7:-]|::|[\u00bb\u203a])\s+|\s*\|\s*")
_UNSEEN = re.compile(r"<(script|style|noscript|svg|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_SENTENCE = re.compile(r"[.:!]\s")


def refuse(capture: Capture) -> None:
    """Raise for an answer that is no document; return nothing for one that a protocol shall parse.

    Statuses 200 and 203 pass, and 300 and 304 where they have a body: legislation.gov.uk and CELLAR answer 300 with
    the list of what there is. 206 is cut. Every other status is refused, 404 and 410 too: what a missing page means
    is for the caller, by ``capture.status``.

    Raises:
        RefusedError: kind ``challenge``, ``cut``, ``status``, ``empty``, ``soft404`` or ``error`` (the site is closed
            for now, its server failed, or a page stands in the place of a file); the reason says by what sign.
    """
    _refuse_cut(capture)
    page, small = _page(capture)
    titles = _titles(page, small, capture) if small else []
    if sign := _challenge(capture, small, titles):
        raise RefusedError(
            capture.url, f"a robot check instead of a document ({sign}, status {capture.status})", "challenge"
        )
    if capture.status not in _WITH_BODY or (capture.status == 304 and not capture.body):
        raise RefusedError(capture.url, f"status {capture.status} carries no document", "status")
    if capture.method != "HEAD" and not capture.body[:_LOOKED_AT].strip() and not capture.body.strip():
        raise RefusedError(capture.url, "the body is empty", "empty")
    if words := _missing(titles, capture):
        raise RefusedError(capture.url, f"says {words!r} with status {capture.status}", "soft404")
    if words := _closed(titles, capture):
        raise RefusedError(capture.url, f"says {words!r} with status {capture.status}", "error")
    if small and not capture.body.startswith((b"%PDF-", b"PK")) and (end := _FILE.search(urlsplit(capture.url).path)):
        raise RefusedError(capture.url, f"a page in the place of a file ({end[0].lower()})", "error")
    is_short = not any(_headings(page, small)) and _length(capture) <= _MAX_FEW_CHARACTERS
    if is_short and failed_in_part(small):
        raise RefusedError(capture.url, "a program's message of its failure instead of a document", "error")


def _refuse_cut(capture: Capture) -> None:
    marked = capture.header(TRUNCATED) or capture.header("warc-truncated")
    if marked:
        words = "was cut while it was fetched" if marked in _CUTS else "cannot be decoded"
        raise RefusedError(capture.url, f"the body {words} ({marked})", "cut")
    if capture.status == 206:
        raise RefusedError(capture.url, "status 206 is a part of a document", "cut")
    announced = capture.header("content-length").strip()
    if not announced.isascii() or not announced.isdigit() or capture.method == "HEAD" or capture.status == 304:
        return
    if capture.header("content-encoding").strip().lower() in {"", "identity"} and int(announced[:18]) > len(
        capture.body
    ):
        raise RefusedError(capture.url, f"{len(capture.body)} of {announced} bytes were received", "cut")


def _page(capture: Capture) -> tuple[str, bytes]:
    """Return the beginning of an HTML page, and its bytes in small letters; both empty for everything else.

    A few words of plain text in the place of a page are looked at like one.
    """
    beginning = capture.body[:_LOOKED_AT]
    is_said = capture.media_type == "text/plain" and len(capture.body) <= _MAX_FEW_CHARACTERS
    if capture.media_type not in _HTML_TYPES and not is_said and not _HTML.match(beginning):
        return "", b""
    return beginning.decode("utf-8", "replace"), beginning.lower()


def _challenge(capture: Capture, small: bytes, titles: list[str]) -> str:
    for name, pattern, service in _CHALLENGE_HEADERS:
        if pattern.search(capture.header(name)):
            return f"{service}: {name}"
    if not small:
        return ""
    title = next((title for title in titles if _CHALLENGE_TITLE.fullmatch(title) or says_check(title)), "")
    found = _signs(small)
    markup, widget = (
        next((service for index, (_, service) in enumerate(signs, start) if index in found), "")
        for signs, start in ((_MARKUP, 0), (_WIDGETS, len(_MARKUP)))
    )
    if (sign := title or markup) and _length(capture) <= _MAX_FEW_CHARACTERS:
        return sign
    return widget if widget and _length(capture) <= _NO_WORDS else ""


def _signs(small: bytes) -> set[int]:
    if not _ANY_SIGN.find_matches_as_indexes(small):
        return set()
    text = small.decode("utf-8", "replace")
    return {index for index, _, _ in _SIGNS.find_matches_as_indexes(text, overlapping=True)}


def _missing(titles: list[str], capture: Capture) -> str:
    title = next((title for title, own in _unannounced(titles, capture) if says_missing(own)), "")
    return title if title and _length(capture) <= _SHORT_PAGE else ""


def _closed(titles: list[str], capture: Capture) -> str:
    for tells, most in ((says_closed, _MAX_FEW_CHARACTERS), (may_say_closed, _NO_WORDS)):
        title = next((title for title, own in _unannounced(titles, capture) if tells(own)), "")
        if title and _length(capture) <= most:
            return title
    return ""


def _unannounced(titles: list[str], capture: Capture) -> list[tuple[str, str]]:
    """Return the titles of an answer of status 200, each with its words beside those that announced it."""
    announced = clean(capture.link.facts.get("title", ""))
    if capture.status != 200:
        return []
    return [(title, title.replace(announced, "").strip()) for title in titles if title not in announced]


def _titles(page: str, small: bytes, capture: Capture) -> list[str]:
    """Return the title and the first h1 of a page, each as a whole and without the name of the site around it.

    Of a page that has neither and a few words, these count, and the first sentence of them.
    """
    found = [*_headings(page, small)]
    if not any(found) and len(said := _seen(page)) <= _NO_WORDS:
        found = [said, _SENTENCE.split(said)[0]]
    if any("\ufffd" in words for words in found):  # The beginning was taken for UTF-8, and is none.
        text = decode(capture.body[:_LOOKED_AT], capture.header("content-type"))
        found = [*_headings(text, text.encode().lower())]
    parts = [(words, *_SEPARATOR.split(words)) for words in found]
    return list(dict.fromkeys(words for each in parts for words in (each[0], each[1], each[-1]) if words))


def _headings(page: str, small: bytes) -> Iterator[str]:
    for opening, pattern in ((b"<title", _TITLE), (b"<h1", _H1)):
        place = small.find(opening)
        # Bytes have small letters for ASCII alone: what stands before has as many characters in both texts.
        match = pattern.match(page, len(small[:place].decode("utf-8", "replace"))) if place >= 0 else None
        if match:
            words = _TAG.sub(" ", match.group(1))
            yield clean(unescape(words) if "&" in words else words)


def _length(capture: Capture) -> int:
    """Return how many characters of a page a reader sees, at least; asked only of pages that are suspect already."""
    return len(_seen(capture.body[:_MEASURED].decode("utf-8", "replace")))


def _seen(page: str) -> str:
    return clean(_TAG.sub(" ", _UNSEEN.sub(" ", page)))
