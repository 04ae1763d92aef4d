"""A tree of Formex into sections: every text node of the law lands in exactly one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from crawler.protocols.cellar.drafting import Drafting
from crawler.protocols.cellar.formex import changes, maths
from crawler.protocols.cellar.formex.names import INLINE, MATHS, SKIPPED
from crawler.protocols.cellar.formex.parts import Element
from crawler.protocols.cellar.texts import Modification
from crawler.text import clean


Read = Callable[["Reader", Element], None]


@dataclass(slots=True, eq=False)
class Reader:
    """Reads the files of one act into one text.

    ``blocks`` says how to read what stands apart from the text around it; an element that it does not name is read as
    it stands. ``title`` is that of the first file that has the title of an act.
    """

    blocks: Mapping[str, Read]
    drafting: Drafting = field(default_factory=Drafting)
    title: str = ""
    modifications: list[Modification] = field(default_factory=list)
    file: int = 0
    depth: int = 0
    capitals: bool = True
    annex: str = ""
    marks: list[tuple[Element, Element]] = field(default_factory=list)

    def read(self, root: Element) -> None:
        """Read one file."""
        self.file += 1
        self.drafting.leave_annexes()
        changes.drop_deleted(root)
        self.walk(root)

    def walk(self, element: Element) -> None:
        """Read an element, whatever it is."""
        name = str(element.tag)
        if name in SKIPPED:
            return
        if name in INLINE:
            self.drafting.words.edge()
            self.inside(element)
            self.drafting.words.edge()
            return
        if name in MARKS:
            MARKS[name](self, element)
            return
        before, place = self.depth, len(self.drafting.opened)
        self.drafting.words.gap()
        self.blocks.get(name, Reader.inside)(self, element)
        self.depth = before
        self.drafting.words.gap()
        self._settle(element, place)

    def inside(self, element: Element, *, without: Iterable[Element] = ()) -> None:
        """Read all text and children of an element, but for some children."""
        left_out = set(without)
        self.drafting.words.add(element.text)
        for child in element:
            if isinstance(child.tag, str):
                if child not in left_out:
                    self.walk(child)
            elif isinstance(child, etree._ProcessingInstruction) and child.target in (changes.OPENS, changes.CLOSES):
                self.drafting.words.edge()
                self._mark(child)
            self.drafting.words.add(child.tail)

    def plain(self, *elements: Element) -> tuple[str, list[str]]:
        """Give the text of elements, and the footnotes called in it."""
        with self.drafting.aside() as words:
            for element in elements:
                words.gap()
                self.walk(element) if element.tag in INLINE else self.inside(element)
        return words.text(), words.calls

    def _mark(self, mark: Element) -> None:
        """Keep what a consolidation says of a change that begins here: to be told of the element behind the mark."""
        if mark.target != changes.OPENS:
            return
        following = mark.getnext()
        while following is not None and not isinstance(following.tag, str):
            following = following.getnext()
        if following is None or clean(mark.tail or "") or following.tag in INLINE:
            self._tell(mark, self.drafting.where)
        else:
            self.marks.append((mark, following))

    def _settle(self, element: Element, place: int) -> None:
        """Tell of the changes that began at an element, by the path of what it opened."""
        mine = [mark for mark, following in self.marks if following is element]
        if mine:
            self.marks = [each for each in self.marks if each[1] is not element]
            opened = self.drafting.opened[place:]
            for mark in mine:
                self._tell(mark, opened[0] if opened else self.drafting.where)

    def _tell(self, mark: Element, path: str) -> None:
        told = changes.modification(mark, path)
        if told is not None:
            self.modifications.append(told)

    def set_off(self, element: Element) -> None:
        """Read highlighted text: capitals as they are printed, raised numbers as powers."""
        kind = element.get("TYPE", "")
        if kind not in ("UC", "SUP") or (kind == "UC" and not self.capitals):
            self.inside(element)
            return
        words = self.drafting.words
        text, calls = self.plain(element)
        words.add(text.upper() if kind == "UC" else maths.raised(text, words.last))
        words.call(*calls)

    def number(self, element: Element) -> None:
        """Read a number or code that the Official Journal prints in groups."""
        if len(element):
            self.inside(element)
        else:
            self.drafting.words.add(maths.grouped(element.text or "", element.get("TYPE", "")))

    def quotation_mark(self, element: Element) -> None:
        """Read the sign that opens or closes a quotation."""
        code = element.get("CODE", "")
        default = "\u2018" if element.tag == "QUOT.START" else "\u2019"
        try:
            self.drafting.words.add(chr(int(code, 16)) if code else default)
        except (ValueError, OverflowError):
            self.drafting.words.add(default)

    def formula(self, element: Element) -> None:
        """Read a formula onto one line."""
        outline = element.tag == "FORMULA" and element.get("TYPE") != "INLINE"
        if outline:
            self.drafting.words.gap()
        self.drafting.words.add(maths.formula(element))
        if outline:
            self.drafting.words.gap()

    def note(self, element: Element) -> None:
        """Keep a footnote, and note that it is called here; one of a table is called from its cells."""
        stated = element.get("NOTE.REF") or element.get("NOTE.ID") or f"at {len(self.drafting.notes)}"
        identity = f"{self.file}:{stated}"
        words = self.drafting.words
        parent = element.getparent()
        standing = parent is not None and parent.tag == "GR.NOTES"
        if not element.get("NOTE.REF"):
            text, _ = self.plain(element)
            self.drafting.note(identity, text)
        if not standing:
            words.call(identity)


MARKS: dict[str, Read] = {
    "HT": Reader.set_off,
    "FT": Reader.number,
    "QUOT.START": Reader.quotation_mark,
    "QUOT.END": Reader.quotation_mark,
    "NOTE": Reader.note,
    **dict.fromkeys(MATHS, Reader.formula),
}
"""Inside a line, but not read as they stand."""
