"""CLML into sections: one walk over the text, in which every piece of text lands in exactly one section.

The walk keeps its own stack, so depth costs no recursion. What each element means is written down in the schema,
https://github.com/legislation/clml-schema.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from crawler.model import Part, Place, Section
from crawler.protocols.legislation.flow import Flow, Mark, mark_of, marks_in
from crawler.protocols.legislation.paths import CONTAINERS, FIXED, Paths
from crawler.protocols.legislation.tree import LEG, XHTML, Element, name_of, words
from crawler.protocols.legislation.wordings import EXTENT, settle, start, status
from crawler.text import clean

_SKIPPED = frozenset({"Contents", "Commentaries", "Versions", "Resources"})
"""No text of the law where it stands: contents, notes, images; wordings for extents were put in their places."""

_QUOTING = frozenset({"BlockAmendment", "BlockExtract", "BlockText", "Form"})
"""What stands inside is quoted: its provisions belong to other laws, and its text to the provision around it."""

_INLINE = frozenset(
    {
        "Abbreviation", "Acronym", "Addition", "Citation", "CitationSubRef", "CommentaryRef", "Definition", "Emphasis",
        "Expanded", "ExternalLink", "FootnoteRef", "Inferior", "InlineAmendment", "InternalLink", "MarginNoteRef",
        "Proviso", "Repeal", "SmallCaps", "Span", "Strike", "Strong", "Substitution", "Superior", "Term", "Underline",
        "Uppercase",
    }
)  # fmt: skip
_INLINE_HTML = frozenset({"a", "abbr", "b", "em", "i", "span", "strong", "sub", "sup", "u"})
_ROWS, _CELLS = frozenset({f"{XHTML}tr"}), frozenset({f"{XHTML}td", f"{XHTML}th"})
_OPENING = frozenset({"P1", "P1group", *CONTAINERS, *FIXED})
_WHOLE = frozenset({"P1", "Abstract"})
"""Sections inside which no other begins: the rows of an abstract only name the schedules that follow it."""
_PARTS = frozenset({"P2", "P3", "P4", "P5", "P6", "P7"})
_SLOTS = {
    "Number": "number",
    "Pnumber": "number",
    "Title": "heading",
    "TitleBlock": "heading",
    "MultilineTitle": "heading",
}
_CHAPTER = re.compile(r"\bchapter\b", re.IGNORECASE)

Undo = Callable[[], None]


@dataclass(slots=True, eq=False)
class _Draft:
    """A section under construction."""

    element: Element | None
    path: str
    status: str = ""
    number: Flow = field(default_factory=Flow)
    heading: Flow = field(default_factory=Flow)
    text: Flow = field(default_factory=Flow)
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What the text of a document holds: its sections in its own order, and where notes stand in them.

    ``starts`` are path and day of each provision whose wording is stated to apply from a day that has come, ``ahead``
    of each that has none yet on the day for which the text was asked, and the day on which it begins.
    """

    sections: tuple[Section, ...] = ()
    starts: tuple[tuple[str, str], ...] = ()
    ahead: tuple[tuple[str, str], ...] = ()
    marks: tuple[Mark, ...] = ()


def read_text(document: Element, unit: str, valid: str) -> Text:
    """Return what the text and the footnotes of a document hold.

    ``unit`` is what the document calls a provision (section, article, regulation, rule); ``valid`` the date for which
    it was asked, which tells provisions that have ended from those that have yet to begin.
    """
    settle(document)
    reader = _Reader(paths=Paths(unit), valid=valid)
    for body in document:
        if body.tag in _TEXTS:
            reader.read(body)
    sections = tuple(reader.finished())
    dated, on = list(reader.starts()), reader.valid
    return Text(
        sections=sections,
        starts=tuple((path, day) for path, day in dated if day <= (on or day)),
        ahead=tuple((path, day) for path, day in dated if on and day > on),
        marks=tuple(reader.marks(sections)),
    )


_TEXTS = frozenset(LEG + name for name in ("Primary", "Secondary", "EURetained", "Footnotes", "MarginNotes"))


@dataclass(slots=True, eq=False)
class _Reader:
    paths: Paths
    valid: str
    drafts: list[_Draft] = field(default_factory=list)
    here: _Draft = field(default_factory=lambda: _Draft(None, "text"))
    within: str = ""
    quoted: int = 0
    in_provision: bool = False
    marked: bool = False
    flow: Flow = field(init=False)

    def __post_init__(self) -> None:
        self.flow = self.here.text
        self.drafts.append(self.here)
        self.paths.unique(self.here.path)

    def read(self, root: Element) -> None:
        """Walk over one element and all in it."""
        self.marked = bool(root.xpath(f"boolean(.//@Status | .//@Match | .//@{EXTENT})"))
        stack: list[tuple[Element, Iterator[Element], Undo]] = []
        self._descend(root, stack)
        while stack:
            element, children, undo = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                undo()
                if stack:
                    self.flow.add(element.tail)
            elif not self._taken(child):
                self._descend(child, stack)
            else:
                self.flow.add(child.tail)

    def _descend(self, element: Element, stack: list[tuple[Element, Iterator[Element], Undo]]) -> None:
        undo = self._open(element, name_of(element))
        self.flow.add(element.text)
        stack.append((element, iter(element), undo))

    def _taken(self, element: Element) -> bool:
        """Deal with elements whose children need no walk; return whether this was one."""
        name = name_of(element)
        if name in _SKIPPED:
            self.flow.gap()
            return True
        if name == "Pnumber" and (self.quoted or not self._is_own(element)):
            self.here.marks.extend(marks_in(element, self.here.path, "text"))
            self.flow.gap()
            self.flow.add(punctuated(element))
            self.flow.gap()
            return True
        return False

    def _is_own(self, element: Element) -> bool:
        return self.here.element is not None and element.getparent() is self.here.element

    def _open(self, element: Element, name: str) -> Undo:
        if name in _INLINE or (element.tag.startswith(XHTML) and name in _INLINE_HTML):
            self.here.marks.extend(mark_of(element, self.here.path, self._place()))
            return _nothing
        if name == "AppendText":
            self.flow.glue()
            return self.flow.gap
        self.flow.gap()
        if element.tag in _ROWS:
            self.flow.row()
        elif element.tag in _CELLS and element.getprevious() is not None:
            self.flow.cell()
        if name in _QUOTING:
            self.quoted += 1
            return self._unquote
        if self.quoted:
            return self.flow.gap
        if name in _SLOTS and self._is_own(element):
            return self._slot(_SLOTS[name])
        if name in _OPENING and not self.in_provision:
            return self._section(element, name)
        if (name in _PARTS or (name == "Footnote" and self.here.path == "footnotes")) and self.flow is self.here.text:
            return self._part(element)
        return self.flow.gap

    def _place(self) -> Place:
        if self.flow is self.here.number:
            return "number"
        return "heading" if self.flow is self.here.heading else "text"

    def _unquote(self) -> None:
        self.quoted -= 1
        self.flow.gap()

    def _slot(self, name: str) -> Undo:
        before = self.flow
        self.flow = self.here.number if name == "number" else self.here.heading
        self.flow.gap()

        def undo() -> None:
            self.flow = before

        return undo

    def _section(self, element: Element, name: str) -> Undo:
        before = self.here, self.flow, self.within, self.in_provision
        state = status(element, self.valid) if self.marked else ""
        draft = _Draft(element, self.paths.enter(element, name), state)
        group = self.here
        # The heading of a run of provisions is that of its first; groups without any keep it.
        if name == "P1" and group.element is not None and _is_run(group.element):
            draft.heading, group.heading = group.heading, draft.heading
            draft.marks, group.marks = group.marks, draft.marks
        self.drafts.append(draft)
        self.here, self.flow, self.within = draft, draft.text, draft.path
        self.in_provision = name in _WHOLE

        def undo() -> None:
            self.paths.leave()
            self.here, self.flow, self.within, self.in_provision = before
            self.flow.gap()

        return undo

    def _part(self, element: Element) -> Undo:
        flow, before = self.flow, self.within
        self.within = self.paths.part(element, before)
        part = flow.begin(self.within)

        def undo() -> None:
            flow.end(part)
            flow.gap()
            self.within = before

        return undo

    def starts(self) -> Iterator[tuple[str, str]]:
        """Return from when provisions have their wording, each by its own date or that of its heading's group.

        Those of parts and chapters are the dates of something inside them.
        """
        for draft in self.drafts:
            stated = start(draft.element) if draft.element is not None and name_of(draft.element) == "P1" else None
            if stated:
                yield draft.path, stated

    def marks(self, sections: Iterable[Section]) -> Iterator[Mark]:
        """Yield where notes stand; those of what is no section stand at the document."""
        paths = {section.path for section in sections}
        for draft in self.drafts:
            path = draft.path if draft.path in paths else ""
            yield from (replace(mark, path=path) for mark in draft.marks)

    def finished(self) -> Iterator[Section]:
        """Yield the sections that hold anything."""
        for draft in self.drafts:
            number, heading, text = _number(draft), _normal(draft.heading), _normal(draft.text)
            if number or heading or text:
                parts = tuple(part for part in _ordered(draft.text.parts) if part.end <= len(text))
                yield Section(
                    path=draft.path, number=number, heading=heading, text=text, status=draft.status, parts=parts
                )


def _number(draft: _Draft) -> str:
    """Return the number of a section as every representation writes it: 2018 c. 12 for an Act, 1 for a provision."""
    number, name = _normal(draft.number), "" if draft.element is None else name_of(draft.element)
    if name == "PrimaryPrelims":
        return _CHAPTER.sub("c.", number)
    return number.rstrip(". ") if name == "P1" else number


def _is_run(element: Element) -> bool:
    """Whether an element only puts a heading over provisions: what is ``P1group`` as enacted is ``Pblock`` as revised.

    So it is in schedules alone; in the body a ``Pblock`` is a crossheading.
    """
    name = name_of(element)
    return name == "P1group" or (
        name == "Pblock"
        and element.find(f"{LEG}P1") is not None
        and next(element.iterancestors(f"{LEG}Schedule"), None) is not None
    )


def _ordered(parts: list[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: (part.start, -part.end))


def _normal(flow: Flow) -> str:
    text = flow.text()
    return text if unicodedata.is_normalized("NFC", text) else clean(text)


def _nothing() -> None:
    """Inline elements leave nothing to undo."""


def punctuated(element: Element) -> str:
    """Return the number of a sub-provision as it is printed: "(1)", "(a)", "1.".

    The schema prints numbers of sub-provisions in parentheses unless PuncBefore or PuncAfter say otherwise; the
    number of a whole provision has none.
    """
    text = words(element)
    before, after = element.get("PuncBefore"), element.get("PuncAfter")
    if text and (before is not None or after is not None):
        return f"{before or ''}{text}{after or ''}"
    parent = element.getparent()
    bare = text.isalnum() and parent is not None and name_of(parent) in _PARTS
    return f"({text})" if bare else text


def texts(document: Element) -> list[Element]:
    """Return the elements that hold the text of the law: none for metadata only, prelims alone for a contents page."""
    return [child for child in document if child.tag in _TEXTS and not etree.QName(child).localname.endswith("notes")]
