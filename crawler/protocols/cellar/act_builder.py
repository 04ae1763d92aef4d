"""Sections under construction, the same way for Formex and (X)HTML: paths, parts, quotations and footnotes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from crawler.model import Place, Problem, Section
from crawler.protocols.cellar import numbering
from crawler.protocols.cellar.marks import DASHES, Gap, Mark, Marking, Touches, settle
from crawler.protocols.cellar.text_run import Call, Draft, Words
from crawler.protocols.legislation.paths import UniquePaths
from crawler.text import clean

TITLE = "title"
"""Path of what stands in the title of the act, which is no section; its footnotes are."""


@dataclass(slots=True, eq=False)
class Drafting:
    """All sections of one text, in their order. ``opened`` are the paths of sections and parts as they were opened.

    ``points``: numbered points in plain figures are sections of their own, as in annexes. Inside a quotation nothing
    opens: its articles and points belong to another act, its words to the section around it.

    ``marking`` are the marks of a page that is being read, ``touches`` what they touch, ``gaps`` what they deleted.
    """

    drafts: list[Draft] = field(default_factory=list)
    here: Draft = field(default_factory=lambda: Draft(TITLE))
    quoted: int = 0
    notes: dict[str, list[str]] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    note_paths: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    scope: str = ""
    recitals: int = 0
    opened: list[str] = field(default_factory=list)
    marking: Marking | None = None
    touches: Touches = field(default_factory=Touches)
    gaps: list[Gap] = field(default_factory=list)
    _reading: int = 0
    _units: list[tuple[str, str]] = field(default_factory=list)
    _taken: UniquePaths = field(default_factory=UniquePaths)
    _fixed: dict[str, Draft] = field(default_factory=dict)
    _title: Draft = field(init=False)

    def __post_init__(self) -> None:
        self._title = self.here

    @property
    def where(self) -> str:
        """Return the path of the part or section that is open."""
        return next((path for path, _ in reversed(self.here.parts) if path), self.here.path)

    @property
    def steps(self) -> list[str]:
        """Return the last steps of the paths of the parts that are open, outermost first."""
        return [path.rpartition("-")[2] for path, _ in self.here.parts]

    @property
    def words(self) -> Words:
        """Return the running text of the section that is open."""
        return self.here.words

    def open(self, path: str, number: str = "", heading: str = "", *, points: bool = False) -> Draft:
        """Open a section behind all others; a path that exists already is numbered."""
        self.close(0)
        self.here = Draft(self._unique(path), number, heading, points=points)
        self.drafts.append(self.here)
        return self.here

    def fixed(self, name: str, *, points: bool = False) -> None:
        """Go on with the part of the text that it has once: introduction, body, signature."""
        path = _join(self.scope, name)
        if path not in self._fixed:
            self._fixed[path] = self.open(path, points=points)
        elif self._fixed[path] is not self.here:
            self.close(0)
            self.here = self._fixed[path]
            self.here.words.gap()

    def recital(self, printed: str = "") -> None:
        """Open a recital; without a number it is counted."""
        self.recitals += 1
        self.open(_join(self.scope, f"recital-{numbering.step(printed) or self.recitals}"), clean(printed))

    def article(self, printed: str) -> None:
        """Open an article by its number as printed."""
        self.open(self.path_of_article(printed), clean(printed))

    def path_of_article(self, printed: str) -> str:
        """Return the path of an article that stands here."""
        return _join(self.scope, f"article-{numbering.article(printed)}")

    def annex(self, first: str, rest: str = "", within: str = "") -> str:
        """Open an annex by the first line of its title and the other lines; return its path."""
        name, number, heading = self.path_of_annex(first, rest)
        self._units.clear()
        self.scope = self.open(_join(within, name), number, heading, points=True).path
        return self.scope

    def path_of_annex(self, first: str, rest: str) -> tuple[str, str, str]:
        """Return the path of an annex by the lines of its title, its number and its heading."""
        word, number, more = numbering.unit(first)
        if word:
            name = _join("annex" if word in _ANNEXES else word, numbering.short(number.partition(" ")[2]))
            return name, number, clean(f"{more} {rest}")
        if first.strip(" .:").lower() in _ANNEXES:
            return "annex", clean(first), clean(rest)
        return numbering.short(first) or "annex", "", clean(f"{first} {rest}")

    def leave_annexes(self, scope: str = "") -> None:
        """Stand outside of the annex that is open, or in the one that holds it."""
        self.close(0)
        self.scope = scope
        self._units.clear()

    def division(self, first: str, rest: str = "") -> None:
        """Open a part, title, chapter or section by its number and its heading, each as printed."""
        word, number, more = numbering.unit(first)
        if word:
            heading = clean(f"{more} {rest}")
            step = numbering.short(number)
        elif rest:
            # "Kapitel I" and "CHAPITRE PREMIER" in any language: the first line is the number, the second the heading.
            number, heading, step = clean(first), clean(rest), numbering.short(first)
            word = step.partition("-")[0]
        else:
            self.group(first)
            return
        self.open(self._under(word, step), number, heading, points=self.here.points or bool(self.scope))

    def group(self, title: str) -> None:
        """Open a headed part of an annex by one line of its title, which may begin with a label.

        A line without a label behind a number without a heading is its heading: "ANNEX I", "Part A" stand so.
        """
        word, number, rest = numbering.unit(title)
        if not word and self._lacks_heading() and not numbering.headed(title)[0]:
            self.here.heading = clean(title)
            return
        if word:
            self.open(self._under(word, numbering.short(number)), number, rest, points=True)
            return
        label, rest = numbering.headed(title)
        if label:
            self.point(label)
            self.here.heading = rest
        else:
            self.open(self._under("", numbering.short(rest) or "part"), "", rest, points=True)

    def _lacks_heading(self) -> bool:
        here = self.here
        return here.points and bool(here.number) and not here.heading and not here.words.flow.pieces

    def point(self, label: str) -> None:
        """Open a numbered point of an annex."""
        kind = self._kind(label)
        while self._units and any(known == kind for known, _ in self._units):
            self._units.pop()
        around = self._units[-1][1] if self._units else self.scope
        inside = bool(self._units) and self._units[-1][0].startswith("point")
        path = _join(around, "" if inside else "point", numbering.step(label) or "unnumbered")
        self.open(path, clean(label), points=True)
        self._units.append((kind, self.here.path))

    def _kind(self, label: str) -> str:
        bare = label.strip("().")
        if bare[:1].isdigit():
            return "point-figure"
        kinds = [kind for kind, _ in self._units]
        letter = "point-letter" if bare.isupper() else "point-small"
        is_roman = numbering.is_roman(bare) and (len(bare) > 1 or (bare in "Ii" and letter not in kinds))
        roman = f"{letter}-roman"
        return roman if is_roman or (roman in kinds and numbering.is_roman(bare)) else letter

    def _under(self, word: str, step: str) -> str:
        """Return the path of a unit inside the units that hold it: those of other words that were opened before."""
        while any(known == word for known, _ in self._units):
            self._units.pop()
        around = next((path for _, path in reversed(self._units)), self.scope)
        path = _join(around, step)
        self._units.append((word, path))
        return path

    @contextmanager
    def aside(self) -> Iterator[Words]:
        """Read what stands inside into words of its own: a heading, a table cell, a footnote."""
        before = self.here
        self.here = Draft(before.path)
        self.quoted += 1
        self._reading += 1
        try:
            yield self.here.words
        finally:
            self._reading -= 1
            self.quoted -= 1
            self.here = before

    @contextmanager
    def quotation(self) -> Iterator[None]:
        """Read what stands inside as text of the section that is open."""
        self.quoted += 1
        self.words.gap()
        try:
            yield
        finally:
            self.quoted -= 1
            self.words.gap()

    def label(self, printed: str, depth: int) -> None:
        """Write the label of a paragraph or point, and begin a part there; parts of that depth and deeper end.

        In an annex a point in plain figures at depth 0 is a section of its own.
        """
        text = clean(printed)
        self.close(depth)
        if not self.quoted and not depth and self.here.points and numbering.is_figure(text):
            self.point(text)
            return
        self.words.gap()
        name = "" if self.quoted else numbering.step(text)
        if name:
            path = self._unique(self._part_path(name))
            flow = self.words.flow
            while len(self.here.parts) < depth:
                self.here.parts.append(("", _nothing))
            self.here.parts.append((path, partial(flow.end, flow.begin(path))))
        self.words.add(text)
        self.words.gap()

    def _part_path(self, name: str) -> str:
        around = next((path for path, _ in reversed(self.here.parts) if path), "")
        if around:
            return f"{around}-{name}"
        is_point = self.here.points and "-point-" not in f"-{self.here.path}"
        return _join(self.here.path, "point" if is_point else "", name)

    def close(self, depth: int) -> None:
        """End the parts of a depth and deeper; a quotation ends none of the text around it."""
        while not self.quoted and len(self.here.parts) > depth:
            _, end = self.here.parts.pop()
            end()

    def call(self, *calls: Call, place: Place = "text") -> None:
        """Record which footnotes are called in what was written last, and which marks touch it."""
        self.words.call(*(call for call in calls if isinstance(call, str)))
        for mark in dict.fromkeys(call for call in calls if isinstance(call, Mark)):
            if self._reading:
                self.words.calls.append(mark)  # What is read aside is written elsewhere.
            else:
                self.touch(mark, place)

    def touch(self, mark: Mark, place: Place = "text") -> None:
        """Record that a mark touches what is open here."""
        parts = [path for path, _ in self.here.parts if path]
        self.touches.add(mark, ["" if self.here is self._title else self.here.path, *parts], place)

    def gap(self, mark: Mark, *, certain: bool, flat: bool, outside: bool) -> None:
        """Record that a mark deleted something here; ``certain`` tells that it stood in the section that is open.

        In an annex it stood in the annex, unless it is ``outside`` of it; on a ``flat`` page it stood in the section or
        annex before unless the number of one lacks.
        """
        in_annex = bool(self.scope) and not certain
        where = self.where if certain or (flat and not in_annex) else self.scope if in_annex and not outside else ""
        certain = certain or (in_annex and not outside and not flat)
        length = self.words.flow.length
        self.gaps.append(Gap(mark=mark, sections=len(self.drafts), path=where, length=length, certain=certain))

    def note(self, identity: str, text: str) -> None:
        """Keep a line of a footnote until all are called."""
        if text:
            self.notes.setdefault(identity, []).append(text)
            self.owners.setdefault(identity, self.here.path)

    def _unique(self, path: str) -> str:
        found = self._taken(path)
        self.opened.append(found)
        return found

    def finished(self) -> tuple[Section, ...]:
        """Return the sections that hold anything, and behind them the footnotes in the order of the sections."""
        self.close(0)
        for draft in {gap.sections: self.drafts[gap.sections - 1] for gap in self.gaps if gap.sections}.values():
            if "article-" in draft.path and not draft.words.flow.pieces:
                draft.words.add(DASHES)
        sections = [draft.section() for draft in self.drafts]
        notes = list(self._notes())
        settle(self.gaps, [(each.path, each.words.flow.length) for each in (self._title, *self.drafts)], self.touches)
        return tuple(each for each in (*sections, *notes) if each.number or each.heading or each.text)

    def _notes(self) -> Iterator[Section]:
        drafts = (self._title, *self.drafts)
        given: set[str] = set()
        called = {note for draft in drafts for note in draft.words.notes}
        standing: dict[str, list[str]] = {}
        for note, owner in self.owners.items():
            if note not in called:
                standing.setdefault(owner, []).append(note)
        for draft in drafts:
            here = dict.fromkeys([*draft.words.notes, *standing.get(draft.path, ())])
            mine = [note for note in here if note in self.notes and note not in given]
            given.update(mine)
            for count, note in enumerate(mine, 1):
                path = self.note_paths[note] = self._unique(f"{draft.path}-note-{count}")
                for mark in self.marking.noted.get(note, ()) if self.marking is not None else ():
                    self.touches.add(mark, [path], "text")
                yield Section(path=path, text=" ".join(self.notes[note]))


_ANNEXES = frozenset(
    {"annex", "annexe", "anhang", "anlage", "anexo", "allegato", "bijlage", "bilag", "bilaga", "liite"}
)


def _nothing() -> None:
    """A level without a label of its own leaves nothing to end."""


def _join(*steps: str) -> str:
    return "-".join(step for step in steps if step)
