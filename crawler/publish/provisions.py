"""Provisions as they are shown: sub-provisions apart, each with its own address; and where they stand officially."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from crawler.identifiers.chapters import chapter, inner
from crawler.identifiers.uk import without_extent
from crawler.model import Part, Word

_STEP = "\u2003\u2003"
"""Indent of one level below the first, in running words: wide spaces, which pages do not fold."""

_NUMBER = re.compile(r"\(?([0-9A-Za-z]{1,6})\)?[.)]?(?=\s|$)")
_PLAIN = re.compile(r"[A-Za-z0-9-]*")
_LAW = frozenset({
    "section", "article", "regulation", "rule", "schedule", "part", "chapter", "introduction", "signature",
})  # fmt: skip
_LAW_SITE = "www.legislation.gov.uk"
_GUIDANCE_SITE = "www.gov.uk"


@dataclass(slots=True)
class _Node:
    part: Part
    inside: list[_Node] = field(default_factory=list)


def laid_out(text: str, parts: Sequence[Part]) -> Markup:
    """Return the words of a section as HTML, its parts one inside the other, each with its path as its id.

    Words before, between and after parts stand where they belong. A part that does not fit into the text, or only
    half into another, is passed over: its words are shown in what holds them.

    >>> print(laid_out("It is (a) this.", (Part(path="s-a", start=6, end=15),)))
    <p>It is</p><div class="sub" id="s-a"><p><a class="anchor" href="#s-a">(a)</a> this.</p></div>
    <BLANKLINE>
    """
    root = _nested(text, parts)
    return Markup("").join(_shown(text, root, is_root=True))


def laid_out_row(row: Mapping[str, str]) -> Markup:
    """Return the words of a stored section as HTML."""
    return laid_out(row["text"], read(row["parts"]))


def read(parts: str | None) -> tuple[Part, ...]:
    """Read parts as they are stored: lists of path, start and end.

    >>> read('[["section-1-a", 0, 9]]')[0].path
    'section-1-a'
    """
    return tuple(Part(path=path, start=start, end=end) for path, start, end in json.loads(parts or "[]"))


def _nested(text: str, parts: Iterable[Part]) -> _Node:
    root = _Node(part=Part(path="", start=0, end=len(text)))
    above = [root]
    for part in sorted(parts, key=lambda part: (part.start, -part.end)):
        while len(above) > 1 and above[-1].part.end <= part.start:
            above.pop()
        if part.start < part.end and above[-1].part.start <= part.start and part.end <= above[-1].part.end:
            node = _Node(part=part)
            above[-1].inside.append(node)
            above.append(node)
    return root


def _shown(text: str, node: _Node, *, is_root: bool = False) -> Iterator[Markup]:
    place = node.part.start
    for number, child in enumerate(node.inside):
        yield _words(text[place : child.part.start], "" if is_root or number else node.part.path)
        inner = Markup("").join(_shown(text, child))
        yield Markup('<div class="sub" id="{}">{}</div>\n').format(child.part.path, inner)
        place = child.part.end
    yield _words(text[place : node.part.end], "" if is_root or node.inside else node.part.path)


def _words(text: str, path: str) -> Markup:
    """Return words as a paragraph; where they start a part, its number leads to it."""
    plain = text.strip()
    if not plain:
        return Markup("")
    number = _NUMBER.match(plain) if path else None
    if number and number[1].lower() == path.rpartition("-")[2].lower():
        rest = plain[number.end() :]
        return Markup('<p><a class="anchor" href="#{}">{}</a>{}</p>').format(path, number[0], rest)
    return Markup("<p>{}</p>").format(plain)


def contents(
    sections: Iterable[Mapping[str, Any]], part: int, address: str, marks: Mapping[str, str] = MappingProxyType({})
) -> Markup:
    """Return the items of a list of contents; they link to ``address`` with their part, or within the present one.

    What stands in a chapter is a list in its item. Without an address they are no links: the text is not shown. A list
    can have thousands of items, so they are made here and not by the template, which takes ten times as long. Every
    piece of them is escaped. ``marks`` say by path in a word or two how a provision stands.

    >>> lines = [{"path": path, "number": "", "heading": ""} for path in ("annex-f", "annex-f-legal-aid", "end")]
    >>> print(contents(lines, 1, ""))  # doctest: +NORMALIZE_WHITESPACE
    <li><span dir="auto">Annex f</span><ol><li><span dir="auto">Annex f legal aid</span></li></ol></li><li><span
    dir="auto">End</span></li>
    """
    found: list[str] = []
    base = escape(address)
    for _, group in groupby(sections, key=lambda section: chapter(section["path"], itself=True)):
        first, *others = group
        items = [_item(section, part, base, marks.get(section["path"], "")) for section in (first, *others)]
        if others and not inner(first["path"]):
            items = [items[0].removesuffix("</li>"), "<ol>", *items[1:], "</ol></li>"]
        found += items
    return Markup("".join(found))


def _item(section: Mapping[str, Any], part: int, address: Markup, mark: str) -> str:
    path = section["path"]
    words = path.replace("-", " ")
    name = escape(f"{section['number']} {section['heading']}" if section["heading"] else words[:1].upper() + words[1:])
    if mark:
        name += Markup(" <i>{}</i>").format(mark)
    if not address:
        return f'<li><span dir="auto">{name}</span></li>'
    fragment = path if _PLAIN.fullmatch(path) else quote(path)
    there = "" if section["part"] == part else f"{address}part={section['part']}"
    return f'<li><a href="{there}#{fragment}" dir="auto">{name}</a></li>'


def in_lines(
    shown: Sequence[Word], before: Sequence[Part], after: Sequence[Part], lengths: tuple[int, int]
) -> tuple[Word, ...]:
    """Return the words of a change with each sub-provision on a line of its own, indented by its depth.

    ``before`` and ``after`` are the parts of the two texts, ``lengths`` how long these are. Words of a heading may
    stand in front of those of the text.

    >>> words = (Word(op="=", text="Either (a) this, "), Word(op="+", text="or (b) that."))
    >>> [word.text for word in in_lines(words, (), (Part(path="s-a", start=7, end=17),), (0, 29))]
    ['Either \\n(a) this, ', 'or (b) that.']
    """
    old = sum(len(word.text) for word in shown if word.op != "+") - lengths[0]
    new = sum(len(word.text) for word in shown if word.op != "-") - lengths[1]
    old_starts = {old + start: depth for start, depth in _depths(before)} if old >= 0 else {}
    new_starts = {new + start: depth for start, depth in _depths(after)} if new >= 0 else {}
    found, old_place, new_place = [], 0, 0
    for word in shown:
        starts, place = (old_starts, old_place) if word.op == "-" else (new_starts, new_place)
        found.append(Word(op=word.op, text=_broken(word.text, place, starts)))
        old_place += len(word.text) if word.op != "+" else 0
        new_place += len(word.text) if word.op != "-" else 0
    return tuple(found)


def _depths(parts: Iterable[Part]) -> Iterator[tuple[int, int]]:
    """Yield where parts start, each with how deep it stands: 1 for the outermost."""
    ends: list[int] = []
    for part in sorted(parts, key=lambda part: (part.start, -part.end)):
        while ends and ends[-1] <= part.start:
            ends.pop()
        ends.append(part.end)
        yield part.start, len(ends)


def _broken(text: str, place: int, starts: Mapping[int, int]) -> str:
    """Return a text that stands at a place, with a new line at each start inside it."""
    cuts = sorted(start - place for start in starts if place <= start < place + len(text) and start)
    pieces = [text[first:last] for first, last in pairwise([0, *cuts, len(text)])]
    lines = zip(cuts, pieces[1:], strict=True)
    return pieces[0] + "".join(f"\n{_STEP * (starts[place + cut] - 1)}{piece}" for cut, piece in lines)


def official(document: str, url: str, path: str, day: str = "") -> str:
    """Return the address of a provision on the official page, empty where that has none that we know.

    With a ``day`` it is that of the text as of then, of the whole where no path is given, empty where there is none.

    Source: https://github.com/legislation/data-documentation (URIs of provisions); GOV.UK gives headings their words as
    id.

    >>> official("ukpga/2015/30", "https://www.legislation.gov.uk/ukpga/2015/30", "section-45-1-a")
    'https://www.legislation.gov.uk/ukpga/2015/30/section/45/1/a'
    >>> official("ukpga/2015/30", "https://www.legislation.gov.uk/ukpga/2015/30", "", "2020-03-01")
    'https://www.legislation.gov.uk/ukpga/2015/30/2020-03-01'
    >>> official("govuk:1", "https://www.gov.uk/guidance/x", "who-acts")
    'https://www.gov.uk/guidance/x#who-acts'
    >>> official("govuk:1", "https://www.gov.uk/guidance/x", "annex-f-legal-aid")
    'https://www.gov.uk/guidance/x#legal-aid'
    >>> official("url:https://example.org/", "https://example.org/", "who-acts")
    ''
    """
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return ""
    steps = without_extent(path)[0].split("-")
    if host == _LAW_SITE and steps[0] in _LAW and "repeat" not in steps and "crossheading" not in steps:
        return "/".join((url.rstrip("/"), *steps, *filter(None, [day])))
    if day:
        return f"{url.rstrip('/')}/{day}" if host == _LAW_SITE and not path and ":" not in document else ""
    if host == _GUIDANCE_SITE and (anchor := inner(path)) and anchor != "introduction":
        return f"{url.partition('#')[0]}#{anchor}"
    return ""
