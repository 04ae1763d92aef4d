"""The links of a page: where each leads, what it is called, under which heading it stands; its attached files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from crawler.bodies import naming
from crawler.bodies.encoding import decode
from crawler.bodies.selectors import compile_selector, elements, select_elements
from crawler.bodies.tree import bodies, tree, unwanted
from crawler.model import Capture
from crawler.text import clean, slug

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HEADING_BEFORE = etree.XPath("(preceding::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5])[last()]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A link: its absolute address, empty where its ``href`` is; a title, which may be empty; the heading above it.

    ``is_named``: the title is made of its own words, not of those around it.
    """

    url: str
    title: str
    block: str = ""
    is_named: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPage:
    """A page of HTML: its first heading, empty where it has none, and its links in order."""

    heading: str
    links: tuple[PageLink, ...]


def linked_page(capture: Capture, *, selector: str = "") -> LinkedPage:
    """Return a page with the links of its body, or those that a selector matches or that stand in what it matches.

    What is hidden has none. Nor have menus, heads and feet, unless the selector matches what is in them alone.

    Raises:
        ParseError: nested too deeply.
        ConfigError: it is no selector.
    """
    root = tree(decode(capture.body, capture.header("content-type")), capture.url)
    if root is None:
        return LinkedPage(heading="", links=())
    base = next((joined(capture.url, href) for each in root.iter("base") if (href := each.get("href"))), "")
    blocks = _Blocks(root)
    found = []
    for link, part in _chosen(root, selector):
        href = link.get("href", "").strip()
        url = joined(base or capture.url, href) if href else ""
        if href.startswith("#") or (href and not url):
            continue
        own = naming.without_size(words(link)) or _label(link)
        is_named = not naming.says_nothing(own)
        title = own if is_named else title_of(link, part)
        found.append(PageLink(url=url, title=title, block=blocks.above(link, title), is_named=is_named))
    said = (words(each) for name in ("h1", "title") for each in root.iter(name))
    return LinkedPage(heading=next((each for each in said if each), ""), links=tuple(found))


def _chosen(root: etree._Element, selector: str) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Yield the links that count, each once and in order, with the part of the page in which each stands."""
    if not selector:
        yield from _below(next(bodies(root)))
        return
    matches = elements(compile_selector(selector), root)
    direct = [each for each in matches if each.tag == "a" and each.get("href") is not None]
    dropped = unwanted(root, page=True) if direct else set()
    in_text = [each for each in direct if dropped.isdisjoint((each, *each.iterancestors()))]
    parts = {link: part for match in matches if match.tag != "a" for link, part in _below(match)}
    parts |= dict.fromkeys(in_text or direct, root)
    yield from ((link, parts[link]) for link in root.iter("a") if link in parts)


def _below(part: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    dropped = unwanted(part, page=True) - {part}
    for link in part.iter("a"):
        if link.get("href") is not None and dropped.isdisjoint((link, *link.iterancestors())):
            yield link, part


def joined(base: str, href: str) -> str:
    """Return the absolute http(s) address of a link, empty where it has none."""
    try:
        url = urljoin(base, href.strip())
        return url if urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def title_of(link: etree._Element, body: etree._Element) -> str:
    """Return the words of a link where they name what it leads to, else those beside it, else the heading before it."""
    own = words(link)
    if not naming.says_nothing(title := naming.without_size(own)):
        return title
    for above in link.iterancestors():
        if sum(1 for each in above.iter("a") if each.get("href") is not None) > 1 or above is body:
            break
        beside = naming.without_size(clean(words(above).replace(own, " ") if own else words(above)))
        if not naming.says_nothing(beside) and len(beside.split()) <= naming.MAX_WORDS:
            return beside
    heading = next(iter(elements(_HEADING_BEFORE, link)), None)
    return "" if heading is None else words(heading)


def words(element: etree._Element) -> str:
    """Return all words in an element, in one line."""
    return clean(" ".join(map(str, element.itertext())))


def _label(link: etree._Element) -> str:
    pictured = (text for image in link.iter("img") if (text := image.get("alt")))
    return clean(link.get("aria-label") or next(pictured, "") or link.get("title") or "")


class _Blocks:
    """The headings of a page, and which of them stand before each link."""

    def __init__(self, root: etree._Element) -> None:
        dropped = unwanted(root, page=True)
        self._headings: list[etree._Element] = []
        self._before: dict[etree._Element, int] = {}
        for element in root.iter("a", *HEADINGS):
            if element.tag == "a":
                self._before[element] = len(self._headings)
            elif dropped.isdisjoint((element, *element.iterancestors())):
                self._headings.append(element)

    def above(self, link: etree._Element, title: str) -> str:
        """Return the heading of the group in which a link stands, empty where only that of the page is above it.

        A heading that holds a link, or is its title, is that of one entry; then only one of a higher level is meant.
        """
        level = len(HEADINGS)
        for heading in reversed(self._headings[: self._before[link]]):
            at, said = HEADINGS.index(str(heading.tag)), words(heading)
            if said == title or next(heading.iter("a"), None) is not None:
                level = min(level, at)
            elif at < level and said:
                return said if at > 0 else ""
        return ""


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
