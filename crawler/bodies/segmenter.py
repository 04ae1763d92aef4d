"""A walk over elements that hands every word to exactly one piece: the text before a heading, or under it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from crawler.bodies import link_targets, lists, part_labels
from crawler.bodies.selectors import elements
from crawler.bodies.tree import spell_out
from crawler.bodies.tree import unwanted as unwanted_in
from crawler.text import clean

_INLINE_NAMES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math mi mn mo ms mtext nobr q "
    "rb rp rt ruby s samp small span strike strong sub sup time tt u var wbr"
)
INLINE = frozenset(_INLINE_NAMES.split())
"""Everything else, unknown elements too, stands apart: words of two table cells must never be glued together."""
_SILENT_NAMES = (
    "script style noscript template head title meta link base svg canvas iframe noframes object embed applet video "
    "audio map select option datalist textarea input dialog progress meter"
)
SILENT = frozenset(_SILENT_NAMES.split())
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_READ = dict.fromkeys(SILENT, -1) | _LEVELS
"""By the name of an element: the level of a heading, or -1 for what is not read at all."""
_MAX_HEADING_CHARACTERS = 160
_NOTES = etree.XPath(".//*[@role='doc-endnotes']")


@dataclass(slots=True)
class Piece:
    """A heading and the raw words under it; level 0 is what stands before the first heading."""

    level: int = 0
    identity: str = ""
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def words(element: etree._Element) -> str:
    """Return the words of an element that a reader sees, cleaned, without those of hidden elements in it."""
    if not len(element) and not element.keys():
        return clean(element.text or "") if element.tag not in SILENT else ""
    reader = _Reader(unwanted=unwanted_in(element, page=False), targets=False)
    reader.read(element)
    return clean(" ".join("".join(piece.heading + piece.text) for piece in reader.found))


def pieces(
    roots: Iterable[etree._Element], unwanted: set[etree._Element], url: str, title: etree._Element | None = None
) -> list[Piece]:
    """Return the words of elements in their order, cut at every heading; without those inside unwanted elements.

    ``url`` is the address of the page. What stands behind its ``title`` is its opening, whatever box with a heading
    stands above that. The elements are changed: markup inside a line is taken away where nothing depends on it.
    """
    reader = _Reader(unwanted=unwanted, host=link_targets.host_of(url), title=title)
    plain = not any(element.tag in INLINE for element in unwanted)
    for root in roots:
        spell_out(root, unwanted)
        said = str(etree.tostring(root, method="text", encoding="unicode", with_tail=False))
        _head_named(root, unwanted, said)
        _head_notes(root)
        lists.keep(root, said)
        if plain and _flatten(root, reader.host):
            reader.read_blocks(root)
        else:
            reader.read(root)
        reader.words.append(" ")
    return reader.found


def _head_named(root: etree._Element, unwanted: set[etree._Element], said: str) -> None:
    """Make headings of names that open a paragraph, bold or with a colon: Recommendation 4, Finding 3."""
    if not part_labels.may_name(said, (root.getroottree().getroot().get("lang") or "").lower()[:2]):
        return
    for block in list(root.iter("p", "li", "td", "dd", "dt", "div", "summary")):
        bold = block[0] if len(block) and not (block.text or "").strip() and block[0].tag in {"strong", "b"} else None
        if bold is not None and bold not in unwanted:
            found = part_labels.run_in(clean("".join(map(str, bold.itertext()))), marked=True)
        elif block.tag in {"dt", "summary"}:
            found = part_labels.run_in(block.text or "", marked=True) if not len(block) else None
        else:
            found = part_labels.run_in((block.text or "").lstrip()) if block.tag == "p" else None
        if found is None:
            continue
        name, rest = found
        heading = etree.Element("h6")
        if bold is None:
            block.text, heading.text, heading.tail = "", name, rest
        elif len(block) == 1 and not (bold.tail or "").strip() and len(rest) <= _MAX_HEADING_CHARACTERS:
            heading.text, heading.tail = f"{name}: {rest}" if rest else name, bold.tail
            block.remove(bold)
        else:
            heading.text, heading.tail = name, f"{rest} {bold.tail or ''}"
            block.remove(bold)
        block.insert(0, heading)


def _head_notes(root: etree._Element) -> None:
    """Put a heading above the footnotes of a whole page, which are no part of its last section."""
    for notes in elements(_NOTES, root):
        if next(notes.iter(*_LEVELS), None) is None:
            heading = etree.Element("h2")
            heading.text, heading.tail, notes.text = "Footnotes", notes.text, None
            notes.insert(0, heading)


def _flatten(root: etree._Element, host: str) -> bool:
    """Take away markup inside lines, words left where they are: libxml2 does it ten times as fast as a walk here.

    Tell whether nothing is left of it.
    """
    if root.tag in INLINE:
        return False
    telling = link_targets.has_telling(root, host)
    etree.strip_tags(root, *(INLINE - {"a"} if telling else INLINE))
    return not telling


@dataclass(slots=True)
class _Reader:
    unwanted: set[etree._Element]
    targets: bool = True
    host: str = ""
    title: etree._Element | None = None
    found: list[Piece] = field(default_factory=lambda: [Piece()])
    words: list[str] = field(default_factory=list)
    heading: etree._Element | None = None
    links: list[tuple[etree._Element, str, list[str], int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = self.found[0].text

    def read_blocks(self, root: etree._Element) -> None:
        """Read one element without markup inside lines, as most are: every element stands apart from what is around it.

        A loop and not a recursion, because hostile pages nest thousands deep.
        """
        inside = [iter((root,))]
        parents: list[etree._Element] = []
        while inside:
            parent = self._read_until_parent(inside[-1], root)
            if parent is not None:
                parents.append(parent)
                inside.append(parent.iterchildren())
                continue
            inside.pop()
            if parents:
                parent = parents.pop()
                if parent is self.heading:
                    self._close()
                if (tail := parent.tail) and parent is not root:
                    self.words += (" ", tail)

    def _read_until_parent(self, elements: Iterator[etree._Element], root: etree._Element) -> etree._Element | None:
        """Read elements up to one that has others inside it, which is given; None where there is none.

        Most of the time that reading a page takes is spent here: what every element needs stands in the loop itself.
        """
        unwanted, words = self.unwanted, self.words
        for element in elements:
            if (level := _READ.get(element.tag, 0)) >= 0 and element not in unwanted:
                if level and self.heading is None:
                    words = self._open(element)
                # White space alone says nothing, but LINE does.
                if (text := element.text) and not (text.isspace() and text.isascii()):
                    words += (" ", text)
                if len(element):
                    return element
                if element is self.heading:
                    words = self._close()
            elif element is self.title:
                words = self._open_text()
            if (tail := element.tail) and element is not root and not (tail.isspace() and tail.isascii()):
                words += (" ", tail)
        return None

    def _open(self, heading: etree._Element) -> list[str]:
        """Begin a heading, and return where its words go."""
        self.heading = heading
        self.found.append(Piece(level=_READ[heading.tag], identity=heading.get("id", "")))
        self.words = self.found[-1].heading
        return self.words

    def _close(self) -> list[str]:
        """End the heading, and return where the words under it go."""
        self.heading = None
        self.words = self.found[-1].text
        return self.words

    def _skip(self, walk: etree.iterwalk, element: etree._Element) -> None:
        walk.skip_subtree()
        if element is self.title:
            self._open_text()

    def _open_text(self) -> list[str]:
        """Return where the words behind the title of the page go."""
        self.words = self.found[0].text
        return self.words

    def read(self, root: etree._Element) -> None:
        """Read one element; a loop and not a recursion, because hostile pages nest thousands deep."""
        unwanted = self.unwanted
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if tag in SILENT or (unwanted and element in unwanted):
                    self._skip(walk, element)
                    continue
                if tag not in INLINE:
                    self._enter_block(element, tag)
                elif tag == "a" and self.targets:
                    self._enter_link(element)
                if text := element.text:
                    self.words.append(text)
            else:
                if tag not in INLINE:
                    self._leave_block(element)
                elif self.links and tag == "a":
                    self._leave_link(element)
                if element is not root and (tail := element.tail):
                    self.words.append(tail)

    def _enter_block(self, element: etree._Element, tag: str) -> None:
        if self.heading is None and tag in _LEVELS:
            self._open(element)
        self.words.append(" ")

    def _enter_link(self, element: etree._Element) -> None:
        if link_targets.is_telling(element, self.host):
            self.links.append((element, element.get("href", ""), self.words, len(self.words)))

    def _leave_block(self, element: etree._Element) -> None:
        if element is self.heading:
            self._close()
        self.words.append(" ")

    def _leave_link(self, element: etree._Element) -> None:
        if not self.links or self.links[-1][0] is not element:
            return
        _, href, words, start = self.links.pop()
        said = link_targets.target(href, "".join(words[start:])) if words is self.words else ""
        if said:
            # Not into a heading, which names the section: what stands behind its link opens the text.
            self.found[-1].text.append(f" ({said})")
