"""HTML pages and fragments into headed sections."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from crawler.bodies import headings, metadata, purpose
from crawler.bodies.encoding import decode, holds_bytes
from crawler.bodies.headings import Headed, sections
from crawler.bodies.lists import LINE
from crawler.bodies.purpose import stated_kind
from crawler.bodies.segmenter import Piece, pieces, words
from crawler.bodies.selectors import Scrub, by_line, patterns, select_elements, without_matches
from crawler.bodies.tree import bodies, tree, unwanted
from crawler.errors import ParseError
from crawler.model import Capture, Section
from crawler.text import clean

_KIND = re.compile(r"(?<=[a-z]{3}:)(?=[A-Z])")
"""Behind the kind of a document that its heading puts before the title, without a space: a line of its own there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlDocument:
    """What a page says: its title, language (``en``, empty where not stated), sections, and dates as ISO 8601.

    ``published`` is the date that the page shows, where it shows one; ``otherwise`` another that its metadata state.
    ``canonical`` is the address the page gives itself; ``description`` its own summary, often empty.
    ``within`` names the page above it and its site, empty where it states neither. ``serves`` says what a page is that
    serves its site and is no document, such as a notice on cookies; empty for a document. ``kind`` is what it says that
    it is, such as news; often empty. ``later`` is the address of the latest release, where it says that it is not that.
    """

    title: str
    language: str
    sections: tuple[Section, ...]
    published: str | None
    updated: str | None
    otherwise: str | None
    canonical: str | None
    description: str
    within: str
    serves: str
    kind: str
    later: str


def fragment(html: str, *, url: str, scrub: tuple[str, ...] = (), chaptered: bool = False) -> tuple[Section, ...]:
    """Return the headed sections of a fragment of HTML, such as a body from an API; all of it is content.

    ``url`` names it in errors. ``scrub`` holds regular expressions whose matches are left out. The paths of a
    ``chaptered`` text begin with the chapter or annex.

    Raises:
        ParseError: nested too deeply.
        ConfigError: a ``scrub`` that is no regular expression.
    """
    wanted = patterns(scrub)
    root = tree(html, url)
    if root is None:
        return ()
    return _sections(pieces([root], unwanted(root, page=False), url), wanted, chaptered=chaptered)


def plain_words(html: str, url: str) -> str:
    """Return the words of a fragment of HTML, without its form."""
    return clean(" ".join(f"{section.heading} {section.text}" for section in fragment(html, url=url)))


def document(capture: Capture, *, selector: str = "", title: str = "", scrub: tuple[str, ...] = ()) -> HtmlDocument:
    """Return what a captured HTML page says.

    ``selector`` and ``title`` are CSS selectors of the body and the title; without them the body is the first of
    main, role main, the only article and the body element that has words, and the title its first h1.

    Raises:
        ParseError: no text, no words, a frameset, nested too deeply, or a selector that nothing on the page matches.
        ConfigError: a selector or a ``scrub`` that is none.
    """
    wanted = patterns(scrub)
    text = decode(capture.body, capture.header("content-type"))
    if holds_bytes(text):
        raise ParseError(capture.url, "no page: it holds bytes that no text has")
    root = tree(text, capture.url)
    if root is None:
        raise ParseError(capture.url, "no HTML element and no word")
    stated = metadata.read(root, text, capture)
    serves = purpose.by_forms(root, capture.url)  # before its fields become words
    later = purpose.later_release(root, text, capture.url)
    for body in _chosen(root, selector, capture.url):
        heading = _heading(root, body, title, capture.url)
        kind = stated_kind(heading)
        dropped = set().union(*(unwanted(part, page=True) for part in body)).difference(body)
        own = without_matches(words(heading), wanted) if heading is not None else ""
        named = _KIND.sub(" ", own) or stated.title
        within = metadata.names_above(root, named, stated.site)
        inside = pieces(body, dropped if heading is None else dropped | {heading}, capture.url, heading)
        found = _sections(inside, wanted, chaptered=True)
        if found:
            return HtmlDocument(
                title=named,
                language=stated.language,
                sections=found,
                published=stated.published,
                updated=stated.updated,
                otherwise=stated.otherwise,
                canonical=stated.canonical,
                description=stated.description,
                within=within,
                serves=serves or purpose.by_title(named),
                kind="news" if purpose.is_news(root, text, capture.url) else kind,
                later=later,
            )
    raise ParseError(
        capture.url, "a frameset: its words are on other pages" if _framed(root) else "no words in the body"
    )


def _chosen(root: etree._Element, selector: str, url: str) -> Iterable[list[etree._Element]]:
    return [select_elements(root, selector, url)] if selector else ([body] for body in bodies(root))


def _heading(root: etree._Element, body: list[etree._Element], title: str, url: str) -> etree._Element | None:
    """Return the element that is the title of the page: the selector's, else the first h1 of body or page."""
    if title:
        return select_elements(root, title, url)[0]
    headings = [heading for part in body for heading in part.iter("h1")] or list(root.iter("h1"))
    worded = [(said, heading) for heading in headings if (said := words(heading))]
    if len(worded) > 1:
        # The name of the site is often an h1 too. The title element names the page, and the site behind it.
        page = metadata.title(root)
        named = [(page.index(said), place) for place, (said, _) in enumerate(worded) if said in page]
        if named:
            return worded[min(named)[1]][1]
        return worded[0][1] if body[0].tag != "body" else None
    return worded[0][1] if worded else None


def _framed(root: etree._Element) -> bool:
    return next(root.iter("frameset"), None) is not None


def _sections(found: list[Piece], wanted: Scrub, *, chaptered: bool = False) -> tuple[Section, ...]:
    parts = (
        Headed(
            level=piece.level,
            identity=piece.identity,
            heading=without_matches("".join(piece.heading), wanted),
            text=_text("".join(piece.text), wanted),
        )
        for piece in found
    )
    return sections(headings.merge_headless(parts), chaptered=chaptered)


def _text(raw: str, wanted: Scrub) -> str:
    """Return a text without what is to be left out; its lines stay where they are marked and nothing was left out."""
    if LINE not in raw:
        return without_matches(raw, wanted)
    flowing = raw.replace(LINE, " ")
    if wanted and (whole := without_matches(flowing, wanted)) != clean(flowing):
        return whole
    return by_line(raw.replace("\n", " ").replace(LINE, "\n"), ())
