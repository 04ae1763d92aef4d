"""Files that the text of a page leads to, wherever they lie at the time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from crawler.bodies import naming
from crawler.bodies.encoding import decode
from crawler.bodies.selectors import elements, select_elements
from crawler.bodies.tree import bodies, tree, unwanted
from crawler.model import Capture
from crawler.text import clean, slug

MAX_FILES = 100
"""Most files of one page."""
_FILE = re.compile(r"\.(?:pdf|docx?|odt|rtf|xlsx?|ods|csv)$", re.IGNORECASE)
_VERSION = re.compile(
    r"[-_. ]*(?:\(\d+\)|\b(?:v|ver|version|rev|final|draft)[-_. ]?\d*(?:[-_.]\d+)*(?=[-_. ]|$)"
    r"|\d{1,2}[-_.]\d{1,2}[-_.]\d{2,4}|\d{4}[-_.]\d{1,2}[-_.]\d{1,2}|\b(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_HEADING_BEFORE = etree.XPath("(preceding::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5])[last()]")


def attached_files(capture: Capture, *, selector: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield address, title and key of each file that a page leads to, each key once.

    The key is what stays when a file is replaced: its name without marks of version and date.

    Raises:
        ParseError: nested too deeply, or a selector that nothing on the page matches.
    """
    root = tree(decode(capture.body, capture.header("content-type")), capture.url)
    if root is None:
        return
    body = select_elements(root, selector, capture.url) if selector else [next(bodies(root))]
    keys: set[str] = set()
    for part in body:
        dropped = unwanted(part, page=True)
        for link in part.iter("a"):
            url = _address(link.get("href", ""), capture.url)
            name = unquote(urlsplit(url).path.rpartition("/")[2])
            if not _FILE.search(name) or any(above in dropped for above in (link, *link.iterancestors())):
                continue
            key = slug(_VERSION.sub("", name.rpartition(".")[0])) or slug(name)
            if key not in keys and len(keys) < MAX_FILES:
                keys.add(key)
                yield url, _title(link, part) or naming.of_file(name) or naming.fallback_title(url), key


def _title(link: etree._Element, body: etree._Element) -> str:
    """Return the words of a link where they name its file, else those beside it, else the heading before it."""
    own = clean(" ".join(map(str, link.itertext())))
    if not naming.says_nothing(title := naming.without_size(own)):
        return title
    for above in link.iterancestors():
        if sum(1 for each in above.iter("a") if each.get("href")) > 1 or above is body:
            break
        beside = naming.without_size(clean(" ".join(map(str, above.itertext())).replace(own, " ")))
        if not naming.says_nothing(beside) and len(beside.split()) <= naming.MAX_WORDS:
            return beside
    heading = next(iter(elements(_HEADING_BEFORE, link)), None)
    return "" if heading is None else clean(" ".join(map(str, heading.itertext())))


def _address(href: str, base: str) -> str:
    try:
        url = urljoin(base, href.strip())
        return url if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""
