"""A tree of Formex into sections: every text node of the law lands in exactly one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from crawler.model import Place
from crawler.protocols.cellar.act_builder import Drafting
from crawler.protocols.cellar.act_text import Modification
from crawler.protocols.cellar.formex import maths, stated
from crawler.protocols.cellar.formex.maths import INLINE, MATHS, SKIPPED
from crawler.protocols.cellar.formex.parts import Element, Mark
from crawler.protocols.cellar.marks import MAX_OPEN_MARKS
from crawler.protocols.cellar.text_run import Call
from crawler.protocols.markup import words as words_of

Read = Callable[["Reader", Element], None]
MAX_TOUCHED_PROVISIONS = 2_000
"""Most provisions that one change is told of."""
MIN_WORD_CHARACTERS = 3
"""Characters of highlighted text from which on it is words: shorter is a variable, an initial or a unit."""
_SHIFTED = ("SUP", "SUB")


@dataclass(slots=True, eq=False)
class Reader:
    """Reads the files of one act into one text.

    ``blocks`` says how to read what stands apart from the text around it; an element that it does not name is read as
    it stands. ``title`` is that of the first file that has the title of an act.
    """

    blocks: Mapping[str, Read]
    drafting: Drafting = field(default_factory=Drafting)
    title: str = ""
    modifications: dict[Modification, None] = field(default_factory=dict)
    file: int = 0
    depth: int = 0
    capitals: bool = True
    annex: str = ""
    marks: dict[str, tuple[Mark, int, int]] = field(default_factory=dict)
    told: set[Mark] = field(default_factory=set)
    noted: dict[str, tuple[Mark, ...]] = field(default_factory=dict)

    def read(self, root: Element) -> None:
        """Read one file."""
        self.file += 1
        self.drafting.leave_annexes()
        stated.drop_deleted(root)
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
        before = self.depth
        self.drafting.words.gap()
        self.blocks.get(name, Reader.inside)(self, element)
        self.depth = before
        self.drafting.words.gap()

    def inside(self, element: Element, *, without: Iterable[Element] = ()) -> None:
        """Read all text and children of an element, but for some children."""
        left_out = set(without)
        self.drafting.words.add(element.text)
        for child in element:
            if isinstance(child.tag, str):
                if child not in left_out:
                    self.walk(child)
            elif isinstance(child, Mark) and child.target in stated.MARKS:
                self.drafting.words.edge()
                self._mark(child)
            self.drafting.words.add(child.tail)

    def plain(self, *elements: Element) -> tuple[str, list[Call]]:
        """Return the text of elements, and the footnotes called in it."""
        with self.drafting.aside() as words:
            for element in elements:
                words.gap()
                self.walk(element) if element.tag in INLINE else self.inside(element)
        return words.text(), words.calls

    def _mark(self, mark: Mark) -> None:
        """Follow what a consolidation says of a change: it is told of all that opens before the change closes."""
        if mark.target == stated.GONE:
            self._gone(mark)
        elif mark.target == stated.CLOSES:
            found = self.marks.pop(stated.identity(mark), None)
            if found is not None:
                self._close(*found)
        else:
            self.marks[stated.identity(mark)] = (mark, len(self.drafting.opened), len(self.drafting.drafts))

    def _close(self, mark: Mark, opened: int, drafts: int) -> None:
        if len(self.modifications) >= stated.MAX_CHANGES:
            return
        if stated.is_deletion(mark):
            if mark not in self.told:
                self._tell(mark, self.drafting.where)
            return
        sections = [draft.path for draft in self.drafting.drafts[drafts : drafts + MAX_TOUCHED_PROVISIONS]]
        parts = _outermost(self.drafting.opened[opened : opened + MAX_TOUCHED_PROVISIONS])
        for path in sections or parts:
            self._tell(mark, path, "number")
        if not sections and not parts:
            self._tell(mark, self.drafting.where)

    def _gone(self, gone: Mark) -> None:
        """Record that a provision was deleted: an article or annex by its own path, else what held it."""
        name, printed = stated.gone(gone)
        path = self.drafting.where
        if name == "ARTICLE":
            path = self.drafting.path_of_article(printed)
        elif name == "CONS.ANNEX":
            path = self.drafting.path_of_annex(printed, "")[0]
        elif self.annex and not self.depth:
            path = self.annex
        for mark, _, _ in self.marks.values():
            if stated.is_deletion(mark):
                self.told.add(mark)
                self._tell(mark, path)

    def tell_of_notes(self) -> None:
        """Record the footnotes that were called where a change was open, once their places are known."""
        for note, marks in self.noted.items():
            for mark in marks if note in self.drafting.note_paths else ():
                self._tell(mark, self.drafting.note_paths[note])

    def _tell(self, mark: Mark, path: str, where: Place = "text") -> None:
        told = stated.modification(mark, path, where)
        if told is not None:
            self.modifications[told] = None

    def set_off(self, element: Element) -> None:
        """Read highlighted text: capitals as they are printed, raised numbers as powers; whole words stand apart."""
        kind, words = element.get("TYPE", ""), self.drafting.words
        is_apart = kind not in _SHIFTED and len(words_of(element)) >= MIN_WORD_CHARACTERS
        if is_apart:
            words.edge()
        if kind not in ("UC", "SUP") or (kind == "UC" and not self.capitals):
            self.inside(element)
        else:
            text, calls = self.plain(element)
            words.add(text.upper() if kind == "UC" else maths.raised(text, words.last))
            words.call(*calls)
        if is_apart:
            words.gap() if kind == "UC" and (element.tail or "").startswith("(") else words.edge()

    def number(self, element: Element) -> None:
        """Read a number or code that the Official Journal prints in groups."""
        if len(element):
            self.inside(element)
        else:
            self.drafting.words.add(maths.grouped(element.text or "", element.get("TYPE", "")))

    def quotation_mark(self, element: Element) -> None:
        """Read the sign that opens or closes a quotation: one that closes follows its word without a space."""
        if element.tag == "QUOT.END":
            self.drafting.words.flow.glue()
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
        stated = element.get("NOTE.ID") or element.get("NOTE.REF") or ""
        identity = f"{self.file}:{stated}"
        self.noted.setdefault(
            identity, tuple(mark for mark, *_ in islice(reversed(self.marks.values()), MAX_OPEN_MARKS))
        )
        text, _ = self.plain(element)
        if text:
            if identity in self.drafting.notes:
                identity = f"{identity} at {len(self.drafting.notes)}"  # Quoted footnotes repeat the ids of others.
            self.drafting.note(identity, text)
        parent = element.getparent()
        if parent is None or parent.tag != "GR.NOTES":
            self.drafting.words.call(identity)


def _outermost(paths: Iterable[str]) -> list[str]:
    """Return paths in the order of the text without those inside the one before.

    >>> _outermost(["article-2-1", "article-2-1-a", "article-2-10"])
    ['article-2-1', 'article-2-10']
    """
    found: list[str] = []
    for path in paths:
        if not found or not path.startswith(f"{found[-1]}-"):
            found.append(path)
    return found


MARKS: dict[str, Read] = {
    "HT": Reader.set_off,
    "FT": Reader.number,
    "QUOT.START": Reader.quotation_mark,
    "QUOT.END": Reader.quotation_mark,
    "NOTE": Reader.note,
    **dict.fromkeys(MATHS, Reader.formula),
}
"""Inside a line, but not read as they stand."""
