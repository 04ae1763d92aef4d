"""The words of one line of a page: footnote calls, marks of consolidation, raised numbers and images in it."""

import re
from dataclasses import replace

from crawler.protocols.cellar.formex import maths
from crawler.protocols.cellar.marks import DELETED, Marking
from crawler.protocols.cellar.text_run import IMAGE, Words
from crawler.protocols.cellar.xhtml import facts
from crawler.protocols.cellar.xhtml.roles import MARK, Element, classes
from crawler.text import clean

_BLOCK_NAMES = (
    "p div table tbody thead tfoot tr td th ul ol li dl dt dd h1 h2 h3 h4 h5 h6 hr blockquote section article center "
    "txt_te form fieldset figure pre caption"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
"""What stands apart from the text around it; ``txt_te`` is an element of EUR-Lex of before 2010."""
_SILENT_NAMES = "script style head noscript template link meta col colgroup button select input nav svg"
SILENT = frozenset(_SILENT_NAMES.split())
"""What no reader sees as text."""

_CALL = re.compile(r"\(?\s?(?:\d{1,4}|\*{1,4}\d{0,3}|[a-z])?\s?\)?")
_OPENING = ("(", "[", "\u2018", "\u201c", "\u00ab")
_HANGING = ("-", "\u2019", "\u201d", "\u00bb")
_RAISED = frozenset({"super", "superscript"})


def has_blocks(element: Element) -> bool:
    """Return whether an element holds blocks, such as a link around paragraphs."""
    return any(child.tag in BLOCKS for child in element.iter("*") if child is not element)


def is_block(element: Element) -> bool:
    """Return whether an element stands apart from the text around it."""
    if "inline-element" in classes(element) and not has_blocks(element):
        return False
    return element.tag in BLOCKS or has_blocks(element)


def call_of(element: Element) -> str:
    """Return the name of the footnote that a link calls, empty for other links."""
    href = element.get("href", "")
    if element.tag != "a" or not href.startswith("#") or "note-tag" in classes(element):
        return ""
    words = clean("".join(map(str, element.itertext())))
    return href[1:] if words and _CALL.fullmatch(words) else ""


def bare(root: Element) -> None:
    """Take the parentheses around footnote calls out of a tree: "the Treaty (1)," has them outside of the link."""
    for link in root.iter("a"):
        if not call_of(link) or "(" in "".join(map(str, link.itertext())):
            continue
        before, after = _before(link), link.tail or ""
        if before.rstrip().endswith("(") and after.lstrip().startswith(")"):
            text = before.rstrip()[:-1]
            previous, parent = link.getprevious(), link.getparent()
            if previous is not None:
                previous.tail = text
            elif parent is not None:
                parent.text = text
            link.tail = after.lstrip()[1:]


def _before(link: Element) -> str:
    previous, parent = link.getprevious(), link.getparent()
    if previous is not None:
        return previous.tail or ""
    return (parent.text or "") if parent is not None else ""


def add(words: Words, text: str | None) -> None:
    """Add text without marks of consolidation, which are followed: ▼M1, ►C2 and ◄ are no words of the law."""
    if not text:
        return
    start = 0
    for match in MARK.finditer(text):
        _add_behind(words, text[start : match.start()], start)
        if words.marking is not None:
            _follow(words, words.marking, match[0])
        start = match.end()
    _add_behind(words, text[start:], start)


def _add_behind(words: Words, piece: str, sign: int) -> None:
    """Add a piece of text; ``sign`` is where the mark before it ended, 0 where there is none."""
    if sign and words.flow.pieces:
        _join(words, piece)
    words.add(piece)


def _follow(words: Words, marking: Marking, sign: str) -> None:
    """Open or end a mark; dashes say that what stood here was deleted by the mark that holds."""
    if sign.startswith("\u25c4"):
        marking.close()
    elif not sign.startswith("\u2014"):
        words.calls.extend(facts.follow(marking, facts.mark(sign, marking.acts)))
    elif marking.active and not marking.active[-1].basic:
        words.calls.append(replace(marking.active[-1], action=DELETED, dashes=True))


def _sign(words: Words, link: Element) -> None:
    """Follow a link that is a mark of consolidation."""
    if words.marking is not None:
        words.calls.extend(facts.follow(words.marking, facts.mark_of(link, words.marking.acts)))
    if words.flow.pieces:
        _join(words, "")


def _join(words: Words, piece: str) -> None:
    """Join what a mark kept apart, where a sign belongs to the word beside it."""
    if words.flow.pieces[-1].endswith(_OPENING) or piece.lstrip()[:1] in _HANGING:
        words.flow.glue()


def say(words: Words, element: Element) -> None:
    """Add the words of an inline element."""
    if element.tag in SILENT:
        return
    if element.tag == "br":
        words.gap()
        return
    if element.tag == "img":
        words.add(IMAGE)
        return
    note = call_of(element)
    if note:
        if words.marking is not None:
            words.marking.noted[note] = words.marking.active
        words.call(note)
        return
    if facts.is_mark(element):
        _sign(words, element)
        return
    if element.tag == "sup" or classes(element) & _RAISED:
        words.add(maths.raised("".join(map(str, element.itertext())).strip(), words.last))
        return
    add(words, element.text)
    for child in element:
        say(words, child)
        add(words, child.tail)


_NAME = re.compile(r"E\d+|ntr.+")
_DATED = re.compile(r"(?<=[^\W\d_] (?:19|20)\d\d)(?=[^\W\d_]{2})")
"""Behind the dates of footnotes, newer consolidations leave out the space."""
_NUMBER = re.compile(r"\(?\s*(?:\d{1,4}|\*{1,4}\d{0,3}|[a-z])\s*\)\s*|(?:\*{1,4}|\d{1,3})\s+")


def is_note(element: Element) -> bool:
    """Return whether this is a footnote by the named link that it begins with, as below tables."""
    if element.tag not in ("p", "div") or (element.text or "").strip(" \n\t\r("):
        return False
    first = next(element.iterchildren("*"), None)
    if first is None or first.tag != "a":
        return False
    return _NAME.fullmatch(first.get("id", "")) is not None or first.get("href", "").startswith("#src.")


def name_of_note(element: Element) -> str:
    """Return the name by which calls find a footnote, empty where it has none."""
    for link in element.iter("a"):
        name = link.get("id") or link.get("name") or ""
        back = link.get("href", "")
        if name or back.startswith("#src."):
            return name or back.removeprefix("#src.")
    return element.get("id", "") if element.tag == "dd" else ""


def without_number(text: str) -> str:
    """Return the text of a footnote without the number that it begins with, words apart from the dates before them.

    >>> without_number("(1) OJ L 1, 1.1.2001, p. 1.")
    'OJ L 1, 1.1.2001, p. 1.'
    >>> without_number("(2) Directive 2001/1/EC of 5 April 2001on samples.")
    'Directive 2001/1/EC of 5 April 2001 on samples.'
    """
    match = _NUMBER.match(text)
    return _DATED.sub(" ", text[match.end() :] if match else text)


def inside(element: Element, tag: str, identity: str = "", levels: int = 1_000) -> bool:
    """Return whether an element stands inside another of that name whose id begins so, at most so many levels up."""
    for level, around in enumerate(element.iterancestors()):
        if level >= levels:
            return False
        if around.tag == tag and around.get("id", "").startswith(identity):
            return True
    return False
