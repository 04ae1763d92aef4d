"""PowerPoint presentations (PPTX) into sections: one for each slide, and one for what its speaker says.

Hidden slides, footers, dates and numbers of slides, pictures and charts are not read.
https://ecma-international.org/publications-and-standards/standards/ecma-376/
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from lxml import etree

from crawler.bodies import headings, link_targets, selectors
from crawler.bodies.headings import Headed, sections
from crawler.bodies.office.docx import core_title
from crawler.bodies.office.package import Package, attribute, local, open_package
from crawler.bodies.selectors import Scrub
from crawler.bodies.values import Content
from crawler.model import Problem, Section
from crawler.text import clean, counted

_TITLES = frozenset({"title", "ctrTitle"})
_FOOTERS = frozenset({"ftr", "hdr"})
_UNSEEN_PLACES = frozenset({"sldNum", "dt", "sldImg"})
_MOVING = ("slidenum", "datetime")
"""Kinds of fields whose words change by themselves."""
_NOTES = "/notesSlide"
_SPOKEN = "speaker\u2019s notes"
_NESTED = 50
"""Most groups of shapes inside one another."""


@dataclass(slots=True, kw_only=True)
class _Shown:
    """What stands on a slide, or in its notes, by where it stands: each paragraph and each row of a table a line."""

    title: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slide:
    """A slide: its number, as hidden ones are counted, its words, and the lines of its notes."""

    number: int
    shown: _Shown
    notes: Sequence[str]

    @property
    def title(self) -> str:
        return clean(" ".join(self.shown.title))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A part of the file, and what its relations lead to by their ids: names of other parts, or addresses."""

    package: Package
    name: str
    targets: Mapping[str, str]
    notes: str = ""

    @classmethod
    def of(cls, package: Package, name: str) -> _Part:
        folder, _, file = name.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels"
        targets, notes = {}, ""
        for each in package.tree(relations) if relations in package.names else ():
            target = attribute(each, "Target")
            if attribute(each, "TargetMode") != "External":
                target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            targets[attribute(each, "Id")] = target
            notes = target if attribute(each, "Type").endswith(_NOTES) else notes
        return cls(package=package, name=name, targets=targets, notes=notes)

    def target(self, element: etree._Element, name: str = "id") -> str:
        """Return what an element leads to by an attribute that is the id of a relation; empty where it does not."""
        ids = (value for key, value in element.attrib.items() if str(key).endswith(f"/relationships}}{name}"))
        return self.targets.get(str(next(ids, "")), "")


def document(body: bytes, *, url: str, scrub: tuple[str, ...] = ()) -> Content:
    """Return what a PPTX file says; one whose slides have no words has no sections and the reason.

    Raises:
        ParseError: damaged, encrypted, or too large once expanded.
        ConfigError: a ``scrub`` that is no regular expression.
    """
    wanted = selectors.patterns(scrub)
    with open_package(body, url) as package:
        slides = list(_slides(package))
        stated = core_title(package)
    found = tuple(_sections(slides, wanted))
    if not found:
        detail = f"not read: a PowerPoint presentation (.pptx) of {counted(len(slides), 'slide')} without any word"
        return Content(problems=(Problem(kind="unread", detail=detail),))
    return Content(title=slides[0].title or stated, representation="office", sections=found)


def _sections(slides: Sequence[_Slide], scrub: Scrub) -> Iterator[Section]:
    """Yield the sections of slides. Their paths are made of titles: a slide that is put in moves all numbers."""
    parts = [
        Headed(
            level=1,
            identity="",
            heading=selectors.without_matches(slide.title, scrub) or f"Slide {slide.number}",
            text=selectors.by_line("\n".join(slide.shown.lines), scrub),
        )
        for slide in slides
    ]
    for slide, part, section in zip(slides, parts, sections(parts), strict=True):
        number = f"Slide {slide.number}"
        title = "" if part.heading == number else part.heading
        if part.text or title:
            yield replace(section, number=number, heading=title)
        if notes := selectors.by_line("\n".join(slide.notes), scrub):
            spoken = f"{title} ({_SPOKEN})" if title else _SPOKEN
            yield Section(path=f"{section.path}-speakers-notes", number=number, heading=spoken, text=notes)
    yield from sections(headings.section(line for slide in slides for line in slide.shown.footers))


def _slides(package: Package) -> Iterator[_Slide]:
    """Yield the slides that are shown, in their order."""
    presentation = _Part.of(package, "ppt/presentation.xml")
    listed = package.tree(presentation.name).iter("{*}sldId")
    # Each once: a hostile file may list one slide a million times.
    names = dict.fromkeys(name for each in listed if (name := presentation.target(each)) in package.names)
    for number, name in enumerate(names, 1):
        root = package.tree(name)
        if attribute(root, "show") not in {"0", "false"}:
            part = _Part.of(package, name)
            notes = _Shown()
            if part.notes in package.names:
                _read(_shapes(package.tree(part.notes)), _Part.of(package, part.notes), notes, nested=0)
            shown = _Shown()
            _read(_shapes(root), part, shown, nested=0)
            yield _Slide(number=number, shown=shown, notes=notes.lines)


def _shapes(root: etree._Element) -> Iterator[etree._Element]:
    return (shape for tree in root.iterfind("{*}cSld/{*}spTree") for shape in tree)


def _read(shapes: Iterator[etree._Element] | etree._Element, part: _Part, shown: _Shown, *, nested: int) -> None:
    for shape in shapes:
        name = local(shape)
        if _is_hidden(shape):
            continue
        if name == "sp":
            _shape(shape, part, shown)
        elif name == "graphicFrame":
            _frame(shape, part, shown)
        elif name == "AlternateContent":
            # One shape for newer programs and the same for older ones.
            _read(iter(next(shape.iterchildren("{*}Choice"), ())), part, shown, nested=nested + 1)
        elif name == "grpSp" and nested < _NESTED:
            _read(shape, part, shown, nested=nested + 1)


def _is_hidden(shape: etree._Element) -> bool:
    about = next(shape.iterfind("*/{*}cNvPr"), None)
    return about is not None and attribute(about, "hidden") in {"1", "true"}


def _shape(shape: etree._Element, part: _Part, shown: _Shown) -> None:
    place = next(shape.iterfind("{*}nvSpPr/{*}nvPr/{*}ph"), None)
    kind = attribute(place, "type") if place is not None else ""
    if kind in _UNSEEN_PLACES:
        return
    lines = shown.title if kind in _TITLES else shown.footers if kind in _FOOTERS else shown.lines
    for body in shape.iterchildren("{*}txBody"):
        lines += _paragraphs(body, part)


def _frame(frame: etree._Element, part: _Part, shown: _Shown) -> None:
    """Read a table, or the words of a diagram."""
    for row in frame.iterfind("{*}graphic/{*}graphicData/{*}tbl/{*}tr"):
        cells = (" ".join(_paragraphs(cell, part)) for cell in row.iterchildren("{*}tc"))
        shown.lines.append(" | ".join(cell for cell in cells if cell))
    for relations in frame.iterfind("{*}graphic/{*}graphicData/{*}relIds"):
        name = part.target(relations, "dm")
        if name in part.package.names:
            for point in part.package.tree(name).iter("{*}pt"):
                shown.lines += _paragraphs(point, part)


def _paragraphs(body: etree._Element, part: _Part) -> list[str]:
    return [line for each in body.iter("{*}p") if (line := clean(_words(each, part)))]


def _words(paragraph: etree._Element, part: _Part) -> str:
    """Return the words of a paragraph, and behind a link what must be known of where it leads."""
    runs = [(_target(run, part), _run(run)) for run in paragraph]
    said = ""
    for href, group in groupby(runs, key=lambda each: each[0]):
        words = "".join(text for _, text in group)
        told = link_targets.target(href, words) if href else ""
        said += f"{words} ({told})" if told else words
    return said


def _target(run: etree._Element, part: _Part) -> str:
    return next((part.target(link) for link in run.iterfind("{*}rPr/{*}hlinkClick")), "")


def _run(run: etree._Element) -> str:
    name = local(run)
    if name == "br":
        return " "
    if name not in {"r", "fld"} or attribute(run, "type").startswith(_MOVING):
        return ""
    # So a line break within a run is written.
    return "".join(each.text or "" for each in run.iterchildren("{*}t")).replace("_x000B_", " ")
