"""Pages without classes: their lines get the classes that later pages have, by what they say.

Pages of the Official Journal of before 2004 (``text/html``, ``TexteOnly``) are paragraphs and nothing else; the oldest
consolidations have styles that mean nothing. Footnotes are "(1)" behind a word, and lines at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from crawler.protocols.cellar.xhtml import inline, roles
from crawler.protocols.cellar.xhtml.roles import Element, Role

_BEGINS = re.compile(r"Having regard|gest\u00fctzt auf|[Vv]u l|Visto|Vista|Gelet op|under henvisning|Whereas")
_NOTE = re.compile(r"\((\d{1,3})\)\s+(?=\S)")
_CALL = re.compile(r"(?<=[^\W\d_])\((\d{1,3})\)|(?<=[\"'\u2019\u201d])\((\d{1,3})\)")
_MAX_TITLES = 8
_CLASSES: dict[Role, str] = {"article": "ti-art", "division": "ti-section-1", "annex": "title-annex-1"}
_AWAITED: dict[Role, str] = {"article": "sti-art", "division": "ti-section-2", "annex": "title-annex-2"}


@dataclass(slots=True, eq=False)
class _Marking:
    """Where in a page its lines are being marked: which line is awaited, and whether title and end were passed."""

    titled: int = 0
    opened: bool = False
    ended: bool = False
    awaited: str = ""


def without_head(page: Element) -> None:
    """Take the head out of a consolidation: what stands before its second rule."""
    rules = [child for child in page.iterchildren("*") if child.tag == "hr"]
    if len(rules) > 1:
        for child in list(rules[1].itersiblings(preceding=True)):
            page.remove(child)


def mark(page: Element) -> None:
    """Give the lines of a page classes, and its footnotes names and links; a page that is no act stays as it is."""
    lines = [line for line in page.iter("p") if not inline.has_blocks(line)]
    texts = [roles.text_of(line) for line in lines]
    if not any(roles.said(text) or _BEGINS.match(text) for text in texts):
        return
    marking = _Marking()
    for line, text in zip(lines, texts, strict=True):
        name = _class(marking, text) if text else ""
        if name:
            line.set("class", name)
    _link(lines)


def _class(marking: _Marking, text: str) -> str:
    said = roles.said(text)
    awaited, marking.awaited = marking.awaited, ""
    if said is not None:
        marking.opened = True
        marking.ended = said == "signature"
        marking.awaited = _AWAITED.get(said, "")
        return _CLASSES.get(said, "")
    if not marking.opened and not _opens(marking, text):
        marking.titled += 1
        return "doc-ti"
    if awaited and roles.is_heading(text):
        return awaited
    return "note" if marking.ended and _NOTE.match(text) else ""


def _opens(marking: _Marking, text: str) -> bool:
    """Return whether a line is behind the title: an institution in capitals, or the first citation."""
    institution = marking.titled > 0 and text == text.upper() and text.endswith((",", "\u2014", "\u2013", "-"))
    marking.opened = institution or _BEGINS.match(text) is not None or marking.titled >= _MAX_TITLES
    return marking.opened


def _link(lines: list[Element]) -> None:
    """Make links of footnotes and of their calls, which are numbered through: what is out of turn is no call."""
    notes = dict(_named(lines))
    turn = 1
    for line in lines:
        if line.get("class") == "note" or len(line) or not line.text:
            continue
        calls = []
        for match in _CALL.finditer(line.text):
            number = match[1] or match[2]
            if number == str(turn) and number in notes:
                calls.append((match, notes[number]))
                turn += 1
        if calls:
            _set_calls(line, calls)


def _named(lines: list[Element]) -> Iterator[tuple[str, str]]:
    """Name footnotes; return them by number."""
    for line in lines:
        match = _NOTE.match(line.text or "") if line.get("class") == "note" else None
        if match is not None:
            link = etree.Element("a", id=f"E{match[1]}")
            link.tail = match.string[match.end() :]
            line.text = None
            line.insert(0, link)
            yield match[1], f"E{match[1]}"


def _set_calls(line: Element, calls: list[tuple[re.Match[str], str]]) -> None:
    whole = line.text or ""
    ends = [match.start() for match, _ in calls[1:]] + [len(whole)]
    line.text = whole[: calls[0][0].start()]
    for (match, name), end in zip(calls, ends, strict=True):
        link = etree.SubElement(line, "a", href=f"#{name}")
        link.text = match[0]
        link.tail = whole[match.end() : end]
