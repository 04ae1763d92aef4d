"""Files that the text of a page leads to, wherever they lie at the time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from crawler.bodies import naming
from crawler.bodies.encoding import decode
from crawler.bodies.page_links import joined, title_of
from crawler.bodies.selectors import select_elements
from crawler.bodies.tree import bodies, tree, unwanted
from crawler.model import Capture
from crawler.text import slug

MAX_FILES = 100
"""Most files of one page."""
_FILE = re.compile(r"\.(?:pdf|docx?|odt|rtf|xlsx?|ods|csv|pptx?)$", re.IGNORECASE)
_VERSION = re.compile(
    r"(?<![-_. ])[-_. ]*(?:\(\d+\)|\b(?:v|ver|version|rev|final|draft)[-_. ]?\d*(?:[-_.]\d+)*(?=[-_. ]|$)"
    r"|\d{1,2}[-_.]\d{1,2}[-_.]\d{2,4}|\d{4}[-_.]\d{1,2}[-_.]\d{1,2}|\b(?:19|20)\d\d\b)",
    re.IGNORECASE,
)


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
            url = joined(capture.url, link.get("href", ""))
            name = unquote(urlsplit(url).path.rpartition("/")[2])
            if not _FILE.search(name) or any(above in dropped for above in (link, *link.iterancestors())):
                continue
            key = slug(_VERSION.sub("", name.rpartition(".")[0])) or slug(name)
            if key not in keys and len(keys) < MAX_FILES:
                keys.add(key)
                yield url, title_of(link, part) or naming.of_file(name) or naming.fallback_title(url), key
