"""Running text put together from the pieces of an XML tree, clean, with the places of its parts and of notes.

Notes of the editors (``Commentaries``) are no part of the text: a ``CommentaryRef``, or the attribute of that name on
an amendment, says where one stands. Their types and links are those of https://github.com/legislation/clml-schema
(schemaLegislationCommentary.xsd).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import get_args

from crawler.errors import IdentifierError
from crawler.identifiers import celex
from crawler.law import read_note
from crawler.model import Annotation, AnnotationKind, Part, Place, Problem
from crawler.protocols.legislation.names import BY_NAME, address
from crawler.protocols.legislation.tree import LEG, Element, words
from crawler.protocols.legislation.wordings import FORMER, LABEL
from crawler.text import clean, counted

_OPENING = "([\u201c\u2018"
_LOOSE = re.compile(r"(?<=[(\[\u201c\u2018]) | (?=[)\]\u201d,;:])|(?<!\.) (?=\.(?! ?\.))")
"""A space inside brackets and quotes, or before punctuation: editors of the site leave some beside their marks.

Dots in a row stand for words that were taken out, and keep theirs.
"""
_DOTS = re.compile(r"\.(?: \.){3,}")
"""A row of dots where words were taken out: as wide as the column, it says no more than one mark."""

CELLS, ROWS = "|", "||"
"""What separates the cells and the rows of a table in the text."""


@dataclass(slots=True, eq=False)
class _Open:
    path: str
    start: int = -1


@dataclass(slots=True)
class Flow:
    """Text under construction: pieces are cleaned as they come, so that offsets into the result hold."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    gapped: bool = False
    parts: list[Part] = field(default_factory=list)
    edge: str = ""
    _waiting: list[_Open] = field(default_factory=list)

    def gap(self) -> None:
        """Separate what comes next from what stands here."""
        self.gapped = True

    def glue(self) -> None:
        """Join what comes next without a space."""
        self.gapped = False

    def row(self) -> None:
        """Begin a row of a table: what comes next stands in its first cell."""
        self.gapped, self.edge = True, ROWS

    def cell(self) -> None:
        """Begin another cell of a row. Empty cells keep their place, but for the last ones."""
        self.gapped, self.edge = True, f"{self.edge} {CELLS}".strip()

    def add(self, text: str | None) -> None:
        """Add text as it stands in the tree; white space collapses across pieces."""
        if not text:
            return
        self.gapped = self.gapped or text[0].isspace()
        piece = "" if text.isspace() else _LOOSE.sub("", _DOTS.sub("\u2026", clean(text)))
        if not piece:
            return
        if self.edge and self.pieces:
            self._write(f" {self.edge}")
        self.edge = ""
        if self.gapped and self.pieces and not self._is_tight(piece):
            self._write(" ")
        for part in self._waiting:
            part.start = self.length
        self._waiting.clear()
        if self.pieces and unicodedata.combining(piece[0]):
            before = self.pieces.pop()
            self.length -= len(before)
            piece = unicodedata.normalize("NFC", before + piece)
        self._write(piece)
        self.gapped = text[-1].isspace()

    def _is_tight(self, piece: str) -> bool:
        """Whether a piece follows what stands here without a space: inside brackets and quotes, before punctuation."""
        last = self.pieces[-1][-1]
        return last in _OPENING or _LOOSE.match(f"{last} {piece[:3]}", 1) is not None

    def _write(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def begin(self, path: str) -> _Open:
        """Begin a part at the next character that is added."""
        part = _Open(path)
        self._waiting.append(part)
        return part

    def end(self, part: _Open) -> None:
        """End a part after the last character that was added; a part without any is left out."""
        if part.start >= 0:
            self.parts.append(Part(path=part.path, start=part.start, end=self.length))
        else:
            self._waiting.remove(part)

    def text(self) -> str:
        """Return the text. It is what :func:`crawler.text.clean` gives for it, so offsets stay true in the database."""
        return "".join(self.pieces)


_KINDS: Mapping[str, AnnotationKind] = {kind: kind for kind in get_args(AnnotationKind) if len(kind) == 1}
_PLACES: tuple[Place, ...] = ("number", "text", "heading")
"""Most telling first: a note at the number of a provision is about all of it."""
MAX_UNREAD_NOTES = 5
"""Statements of notes that were not read that are named."""
MAX_UNREAD_CHARACTERS = 200
MAX_NAMED_NOTES = 5
"""Most notes that a problem names."""
_EUR_LEX = re.compile(r"https?://eur-lex\.europa\.eu/\S+")


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a note stands: its id, the provision, and the place there."""

    note: str
    path: str
    place: Place
    former: str = ""
    """Words that stood there until the amendment that the note is about, and ``label`` what was done to them."""
    label: str = ""


def marks_in(element: Element, path: str, place: Place) -> Iterator[Mark]:
    """Yield the marks in an element, itself among them."""
    for each in element.iter("*"):
        yield from mark_of(each, path, place)


def mark_of(element: Element, path: str, place: Place) -> Iterator[Mark]:
    """Yield the mark that an element itself is."""
    reference = element.get("Ref") if element.tag == f"{LEG}CommentaryRef" else element.get("CommentaryRef")
    if reference:
        former, label = clean(element.get(FORMER) or ""), element.get(LABEL) or ""
        yield Mark(clean(reference), path, place, former, label)


def read_annotations(document: Element, marks: Iterable[Mark]) -> tuple[tuple[Annotation, ...], tuple[Problem, ...]]:
    """Return the notes of a document, once for each provision that has a mark of it, and what was wrong with them.

    Behind them come words that amendments took away, then notes without a mark, which stand at the document. A mark of
    no note, and a type that is none of CLML, are problems; so are notes of which something could not be read.
    """
    marks = tuple(marks)
    notes = {clean(each.get("id") or ""): each for each in document.iter(f"{LEG}Commentary")}
    places: dict[tuple[str, str], set[Place]] = {}
    for mark in marks:
        places.setdefault((mark.note, mark.path), set()).add(mark.place)
    read = {note: known for note, element in notes.items() if (known := _read(note, element)) is not None}
    standing = [
        replace(read[note], path=path, place=next(place for place in _PLACES if place in at))
        for (note, path), at in places.items()
        if note in read
    ]
    marked = {note for note, _ in places}
    unmarked = [known for note, known in read.items() if note not in marked]
    # Words that were taken away may have the number of a change alone.
    unknown = {mark.note for mark in marks if not mark.former} - notes.keys()
    problems = (*_unknown(unknown), *_untyped(notes), *_unread(read.values()))
    return (*standing, *_former(marks), *unmarked), problems


def _former(marks: Iterable[Mark]) -> Iterator[Annotation]:
    """Yield the words that each amendment took away in a provision, behind what was done to them."""
    taken: dict[tuple[str, str, str], Flow] = {}
    for mark in marks:
        if mark.former:
            flow = taken.setdefault((mark.note, mark.path, mark.label), Flow())
            flow.gap()
            flow.add(mark.former)
    for (note, path, label), flow in taken.items():
        yield Annotation(id=note, kind="former", path=path, text=f"{label}: {flow.text()}")


def _unknown(notes: Iterable[str]) -> Iterator[Problem]:
    if missing := sorted(notes):
        named = ", ".join(missing[:MAX_NAMED_NOTES])
        behind = f"{named} and {len(missing) - MAX_NAMED_NOTES} more" if len(missing) > MAX_NAMED_NOTES else named
        yield Problem(kind="unknown note", detail=f"the text refers to notes that it does not have: {behind}")


def _untyped(notes: Mapping[str, Element]) -> Iterator[Problem]:
    for note, element in notes.items():
        if element.get("Type") not in _KINDS:
            yield Problem(kind="unknown note", detail=f"{note} is of type {clean(element.get('Type') or '')!r}")


def _unread(notes: Iterable[Annotation]) -> Iterator[Problem]:
    """Yield one problem for the notes of which something could not be read as facts: their words are kept."""
    left = [words for note in notes for words in read_note(note.kind, note.text).unread]
    if left:
        named = "; ".join(words[:MAX_UNREAD_CHARACTERS] for words in left[:MAX_UNREAD_NOTES])
        yield Problem(kind="unread note", detail=f"{counted(len(left), 'statement')} kept as words: {named}")


def _read(note: str, element: Element) -> Annotation | None:
    kind = _KINDS.get(element.get("Type") or "")
    if kind is None:
        return None
    links = list(element.iter(f"{LEG}Citation", f"{LEG}CitationSubRef"))
    return Annotation(
        id=note,
        kind=kind,
        text="\n".join(_statements(element)),
        citations=_linked(links),
        operative=_linked(each for each in links if each.get("Operative") == "true"),
    )


def _statements(element: Element) -> Iterator[str]:
    """Yield the statements of a note: each of its texts is one, and so is a paragraph that holds something else."""
    for block in element:
        texts = [each for each in block if each.tag == f"{LEG}Text"]
        for each in texts if len(texts) == len(block) else [block]:
            if said := words(each):
                yield said


def _linked(links: Iterable[Element]) -> tuple[tuple[str, str], ...]:
    return tuple(found for each in links if (found := _target(each)) is not None)


def _target(link: Element) -> tuple[str, str] | None:
    """Return the instrument and the path of the provision that a link names, None where it names none.

    A range of provisions is its first and its last with two dots between.
    """
    uri = link.get("URI") or ""
    where = address(uri)
    if where is not None:
        last = address(link.get("UpTo") or "")
        ends = [each.provision.replace("/", "-") for each in (where, last) if each is not None]
        return where.item, "..".join(dict.fromkeys(ends))
    known = BY_NAME.get(link.get("Class") or "")
    made = address(f"/{known.code}/{link.get('Year')}/{link.get('Number')}") if known is not None else None
    if made is not None:
        return made.item, ""
    archived = _EUR_LEX.search(uri)
    try:
        return (celex(archived[0]), "") if archived is not None else None
    except IdentifierError:
        return None
