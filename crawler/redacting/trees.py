"""The source of a body as a tree of parts that can be cut out: JSON, XML, HTML, one inside the other; else lines.

Parts are places in the text, so that what stays is byte for byte as it was. A tree says where something begins and ends
and no more; whether a cut was right is seen by reading what is left.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
"""Elements of HTML that have no end: https://html.spec.whatwg.org/multipage/syntax.html#void-elements."""
BLOCKS = frozenset(
    ("article", "aside", "blockquote", "dd", "div", "dt", "entry", "figure", "footer", "h1", "h2", "h3", "h4", "h5",
     "h6", "header", "item", "li", "nav", "p", "pre", "script", "section", "style", "table", "td", "th", "title", "tr",
     "url")
)  # fmt: skip
"""Elements that are said as one: where a line of a text is cut, the whole of the nearest one goes."""
_ALONE = ("li", "p", "tr", "td", "th", "dt", "dd", "option")
"""Elements that a next one of their kind ends, where nothing else does."""
_RAW = ("script", "style", "textarea", "title")
"""Elements of HTML in which nothing begins."""

_PLAIN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[(?P<data>.*?)\]\]>|<\?.*?\?>|<![A-Za-z][^>]*+>"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][\w:.-]*+)(?P<rest>(?:\"[^\"]{0,20000}+\"|'[^']{0,20000}+'|[^'\"<>])*+)>",
    re.DOTALL,
)
_IN_XML = re.compile(
    r"(?:&lt;|&#0*60;|&#[xX]0*3[cC];)(?P<end>/?)(?P<name>[A-Za-z][\w:.-]*+)"
    r"(?P<rest>(?:(?!&lt;|&gt;|&#0*6[02];|&#[xX]0*3[cCeE];)[^<]){0,20000})(?:&gt;|&#0*62;|&#[xX]0*3[eE];)"
)
_IN_JSON = re.compile(
    r"(?:<|\\u003[cC])(?P<end>(?:\\?/)?)(?P<name>[A-Za-z][\w:.-]*+)"
    r"(?P<rest>(?:(?!\\u003[cCeE])[^<>]){0,20000})(?:>|\\u003[eE])"
)
_BEFORE = "\ufeff \t\r\n"
_DECODER = json.JSONDecoder(strict=False)
_OPENS = re.compile(r"[{\[](?=\s*[\"{\[])")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]:,]|[^\s{}\[\]:,"]++', re.DOTALL)


@dataclass(slots=True)
class Node:
    """A part of a text: where it begins and ends, and the parts in it.

    ``cut`` is what goes where it is cut out: in a list of JSON a comma too. ``block``: it is said as one.
    """

    start: int
    end: int
    kids: list[Node] = field(default_factory=list)
    cut: tuple[int, int] = (-1, -1)
    block: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """Give what goes where it is cut out."""
        return self.cut if self.cut[0] >= 0 else (self.start, self.end)


def tree(text: str, media: str = "") -> Node:
    """Give the parts of a text, whatever it is; ``media`` is what its headers say it is."""
    begins = text.lstrip(_BEFORE)
    if begins[:1] in ("{", "["):
        start = len(text) - len(begins)
        end = _value(text, start)
        if not text[end:].strip():
            return Node(0, len(text), _Json(text, (start, end)).root().kids)
    if begins.startswith("<") or "</" in text or "/>" in text:
        is_xml = begins.startswith("<?xml") or ("xml" in media.lower() and "html" not in media.lower())
        return Node(0, len(text), _elements(text, (0, len(text)), _PLAIN, is_xml=is_xml))
    return _lines(text)


def entries(root: Node) -> list[list[Node]]:
    """Give the lists in a text, the longest first: entries of JSON, rows, items, paragraphs side by side."""
    found: list[list[Node]] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        waiting += node.kids
        if listed := [kid for kid in node.kids if kid.block]:
            found.append(listed)
    return sorted(found, key=lambda kids: kids[0].start - kids[-1].end)


def _value(text: str, start: int) -> int:
    """Give where a value of JSON ends that begins at an offset; the offset itself where none does."""
    try:
        return _DECODER.raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        return start


def _lines(text: str) -> Node:
    """Give the lines of a text with their ends."""
    root, start = Node(0, len(text)), 0
    for line in text.splitlines(keepends=True):
        root.kids.append(Node(start, start + len(line), block=True))
        start += len(line)
    return root


class _Json:
    """Reads JSON that is well formed: entries of lists, members of objects, and what stands in their texts."""

    def __init__(self, text: str, place: tuple[int, int]) -> None:
        self._text = text
        self._place = place
        self._tokens = [match.span() for match in _TOKEN.finditer(text, *place)]

    def root(self) -> Node:
        """Give the value that the text holds."""
        root = Node(*self._place)
        open_: list[tuple[Node, str]] = [(root, "")]
        entry = Node(-1, -1)  # The entry or member that is being read.
        for start, end in self._tokens:
            sign = self._text[start]
            if sign in "{[":
                entry.start = start if entry.start < 0 else entry.start
                open_.append((entry, sign))
                entry = Node(-1, -1)
            elif sign in "}],":
                if entry.start >= 0:
                    entry.block = open_[-1][1] == "["
                    open_[-1][0].kids.append(entry)
                entry = Node(-1, -1)
                if sign != ",":
                    entry, _ = open_.pop()
                    self._separate(entry)
                    entry.end = end
            elif sign != ":":
                entry.start = start if entry.start < 0 else entry.start
                entry.end = end
                if sign == '"':
                    entry.kids = self._markup(start + 1, end - 1)
        root.kids = entry.kids
        return root

    def _separate(self, container: Node) -> None:
        """Note which comma goes with each entry."""
        kids = container.kids
        for at, kid in enumerate(kids):
            if at + 1 < len(kids):
                kid.cut = (kid.start, kids[at + 1].start)
            elif at:
                kid.cut = (kids[at - 1].end, kid.end)

    def _markup(self, start: int, end: int) -> list[Node]:
        if "<" in self._text[start:end] or "\\u003" in self._text[start:end]:
            return _elements(self._text, (start, end), _IN_JSON)
        return []


def _elements(text: str, place: tuple[int, int], tags: re.Pattern[str], *, is_xml: bool = False) -> list[Node]:
    """Give the elements of a piece of markup. What ends nothing is ignored, what has no end ends with what holds it."""
    root = Node(*place)
    open_: list[tuple[str, Node]] = [("", root)]
    raw = ""
    for match in tags.finditer(text, *place):
        name = (match["name"] or "").lower()
        if raw and not (match["end"] and name == raw):
            continue
        raw = ""
        if not name:
            open_[-1][1].kids.append(_other(text, match))
        elif match["end"]:
            _end(open_, name, match)
        else:
            _begin(open_, name, match, is_xml=is_xml)
            raw = name if name in _RAW and not is_xml and tags is _PLAIN and open_[-1][0] == name else ""
    while open_:
        node = open_.pop()[1]
        node.end = node.end if node.end >= 0 else place[1]
    for leaf in _leaves(root):
        inside = text[leaf.start : leaf.end]
        if is_xml and ("&lt;" in inside or "&#" in inside):
            leaf.kids = _elements(text, (leaf.start, leaf.end), _IN_XML)
        elif inside[:7].lower() == "<script":
            leaf.kids = _data(text, leaf)
    return root.kids


def _data(text: str, script: Node) -> list[Node]:
    """Give the largest value of JSON that stands in a script: many pages hold what they show as one."""
    found, start = (0, 0), script.start
    while (match := _OPENS.search(text, start, script.end)) is not None:
        end = min(_value(text, match.start()), script.end)
        found = max(found, (match.start(), end), key=lambda place: place[1] - place[0])
        start = max(end, match.end())
    return _Json(text, found).root().kids if found[1] else []


def _leaves(node: Node) -> Iterator[Node]:
    """Give the nodes below one that have none below them."""
    waiting = list(node.kids)
    while waiting:
        each = waiting.pop()
        if each.kids:
            waiting += each.kids
        else:
            yield each


def _other(text: str, match: re.Match[str]) -> Node:
    """Give a comment or an instruction, or what a CDATA section holds."""
    node = Node(match.start(), match.end())
    if match.re is _PLAIN and match["data"]:
        node.kids = _elements(text, match.span("data"), _PLAIN)
    return node


def _begin(open_: list[tuple[str, Node]], name: str, match: re.Match[str], *, is_xml: bool) -> None:
    if not is_xml and name in _ALONE and open_[-1][0] == name:
        open_.pop()[1].end = match.start()
    node = Node(match.start(), -1, block=name in BLOCKS)
    open_[-1][1].kids.append(node)
    if match["rest"].endswith("/") or (not is_xml and name in VOID):
        node.end = match.end()
    else:
        open_.append((name, node))


def _end(open_: list[tuple[str, Node]], name: str, match: re.Match[str]) -> None:
    depth = next((at for at in range(len(open_) - 1, 0, -1) if open_[at][0] == name), 0)
    if not depth:
        return
    for _, node in open_[depth + 1 :]:
        node.end = match.start()
    open_[depth][1].end = match.end()
    del open_[depth:]
