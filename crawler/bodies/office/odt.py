"""OpenDocument texts (ODT) into headed sections. https://docs.oasis-open.org/office/OpenDocument/v1.3/"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from crawler.bodies import headings, naming
from crawler.bodies.headings import sections, without_matches
from crawler.bodies.office.package import Package, attribute, local, open_package, say_in_open_document
from crawler.bodies.office.paragraphs import Flow
from crawler.bodies.selectors import patterns
from crawler.bodies.values import Content, stated_title
from crawler.errors import ParseError
from crawler.text import clean

_UNSEEN_NAMES = (
    "tracked-changes annotation annotation-end table-of-content illustration-index table-index object-index user-index "
    "alphabetical-index bibliography note-citation forms sequence-decls variable-decls user-field-decls desc title "
    "object object-ole binary-data hidden-text hidden-paragraph ruby-text page-number page-count"
)
_UNSEEN = frozenset(_UNSEEN_NAMES.split())
_SPACES = frozenset({"s", "tab", "line-break"})
_LEVELS = frozenset(map(str, range(1, 11)))
_DEEPEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Styles:
    """Names of styles that are set in bold, and of those that are, or come from, the style of a title."""

    bold: frozenset[str]
    titles: frozenset[str]


def document(body: bytes, *, url: str, scrub: tuple[str, ...] = ()) -> Content:
    """Return what an ODT file says.

    Raises:
        ParseError: damaged, encrypted, too large once expanded, or without any word.
        ConfigError: a ``scrub`` that is no regular expression.
    """
    wanted = patterns(scrub)
    with open_package(body, url) as package:
        refuse_encrypted(package)
        root = package.tree("content.xml")
        title = meta_title(package)
        every_page = headings.section(_running(package))
    say_in_open_document(root)
    flow = Flow()
    for text in root.iterfind(".//{*}body/{*}text"):
        _read(text, flow, _styles(root), nested=0)
    parts = sections(without_matches([*flow.parts(), *every_page], wanted), chaptered=True)
    if not parts:
        raise ParseError(url, "an ODT file without any word")
    return Content(title=flow.title or naming.heading_alone(parts) or title, representation="office", sections=parts)


def refuse_encrypted(package: Package) -> None:
    """Check that the parts of an OpenDocument file can be read.

    Raises:
        ParseError: they are encrypted.
    """
    name = "META-INF/manifest.xml"
    if name in package.names and next(package.tree(name).iter("{*}encryption-data"), None) is not None:
        raise ParseError(package.url, "an encrypted office file: it needs a password")


def meta_title(package: Package) -> str:
    """Return the title that an OpenDocument file states about itself."""
    if "meta.xml" not in package.names:
        return ""
    return stated_title(next((each.text or "" for each in package.tree("meta.xml").iter("{*}title")), ""))


def _running(package: Package) -> Iterator[str]:
    """Yield the lines of the heads and feet of pages."""
    if "styles.xml" not in package.names:
        return
    for page in package.tree("styles.xml").iter("{*}master-page"):
        for part in page:
            if local(part).startswith(("header", "footer")):
                yield from (_words(line, None) for line in part.iter("{*}p", "{*}h"))


def _styles(root: etree._Element) -> _Styles:
    bold, titles = set(), {"Title"}
    for style in root.iter("{*}style"):
        weights = [attribute(each, "font-weight") for each in style.iter("{*}text-properties")]
        if any(weight in {"bold", "600", "700", "800", "900"} for weight in weights):
            bold.add(attribute(style, "name"))
        if attribute(style, "parent-style-name") == "Title":
            titles.add(attribute(style, "name"))
    return _Styles(bold=frozenset(bold), titles=frozenset(titles))


def _read(root: etree._Element, flow: Flow, styles: _Styles, *, nested: int) -> None:
    for element in root:
        name = local(element)
        if name in _UNSEEN or nested > _DEEPEST or attribute(element, "display") == "none":
            continue
        if name == "h":
            level = attribute(element, "outline-level")
            flow.heading(int(level) if level in _LEVELS else 1, _words(element, flow))
        elif name == "p":
            _paragraph(element, flow, styles)
        elif name == "table":
            _table(element, flow)
        else:
            _read(element, flow, styles, nested=nested + 1)


def _paragraph(element: etree._Element, flow: Flow, styles: _Styles) -> None:
    text = _words(element, flow)
    style = attribute(element, "style-name")
    if style in styles.titles and not flow.title and clean(text):
        flow.title = clean(text)
        flow.heading(1, text)
        return
    first = element[0] if len(element) and not (element.text or "").strip() else None
    if style in styles.bold:
        lead = text
    elif first is not None and local(first) == "span" and attribute(first, "style-name") in styles.bold:
        lead = "".join(map(str, first.itertext()))
    else:
        lead = ""
    flow.text(text, lead=lead)


def _table(element: etree._Element, flow: Flow) -> None:
    for row in element.iter("{*}table-row"):
        if next(row.iterancestors("{*}table"), None) is element:
            flow.row([_words(cell, flow) for cell in row.iterchildren("{*}table-cell")])


def _words(element: etree._Element, flow: Flow | None) -> str:
    """Return the words of an element that a reader sees; its notes go to the flow."""
    words: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        name = local(each)
        if event == "start":
            if name in _UNSEEN or (name == "note" and each is not element):
                if name == "note" and flow is not None:
                    flow.note(" ".join(_words(body, None) for body in each.iterchildren("{*}note-body")))
                walk.skip_subtree()
                continue
            words.append(" " if name in _SPACES or name in {"p", "h"} else "")
            words.append(each.text or "")
        else:
            words.append(" " if name in {"p", "h", "table-cell"} else "")
            if each is not element:
                words.append(each.tail or "")
    return "".join(words)
