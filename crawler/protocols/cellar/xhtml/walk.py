"""A walk over the blocks of a page: each is read by its role, and its words are handed on as lines."""

from dataclasses import dataclass, field

from crawler.protocols.cellar.marks import DELETED, Mark
from crawler.protocols.cellar.text_run import Call, Words, table
from crawler.protocols.cellar.xhtml import inline, roles
from crawler.protocols.cellar.xhtml.lines import Lines
from crawler.protocols.cellar.xhtml.roles import Element, Item, Role, cells_of, classes, is_indented, items, rows_of

_FILES = ("anx_", "L_", "C_")
"""What the ids begin with of the parts of a page that were files of their own."""
_OWN = ("art_", "fnp_")
"""What the ids begin with of the articles and the end of an act: quoted ones have no ids."""


@dataclass(slots=True, eq=False)
class Walk:
    """Reads a page.

    ``header`` is the title in its head, which counts where there is no other; ``numbered`` tells that the article that
    is open has its number already, so that the next one is quoted.
    """

    lines: Lines
    header: list[str] = field(default_factory=list)
    numbered: bool = False
    last_note: str = ""

    def block(self, element: Element) -> None:
        """Read a block, whatever it is."""
        if element.tag in inline.SILENT:
            return
        role = roles.role(element) or ("note" if inline.is_note(element) else None)
        if role is not None:
            self._by_role(role, element)
        elif element.tag == "table" and roles.is_head(element):
            self._head(element)
        elif element.tag == "hr":
            if "doc-sep" in classes(element):
                self.lines.leave_citation()
        elif not (element.tag == "div" and self._division(element)):
            self._content(element)

    def flow(self, element: Element) -> None:
        """Read what an element holds: blocks one by one, and the text between them as lines."""
        words = self._words()
        inline.add(words, element.text)
        for child in element.iterchildren("*"):
            if inline.is_block(child):
                self.lines.line(words.text(), words.calls)
                self.block(child)
                words = self._words()
            else:
                inline.say(words, child)
            inline.add(words, child.tail)
        self.lines.line(words.text(), words.calls)

    def _words(self) -> Words:
        return Words(marking=self.lines.drafting.marking)

    def read(self, element: Element) -> tuple[str, list[Call]]:
        """Return the text of an element as one line, and the footnotes called in it."""
        with self.lines.drafting.aside() as words:
            self.flow(element)
        return words.text(), words.calls

    def _content(self, element: Element) -> None:
        for caption in element.iterchildren("caption"):
            self.flow(caption)
        found = items(element)
        if found:
            for each in found:
                self._item(each)
        elif element.tag == "table":
            self._table(element)
        elif is_indented(element):
            self._indented(element)
        else:
            self.flow(element)

    # -- by role

    def _by_role(self, role: Role, element: Element) -> None:
        """Read a block by its role; inside lists and quotations titles are only text."""
        lines = self.lines
        if role == "skip":
            self._turn(element)
            return
        if role == "note":
            self._note(element)
            return
        if role == "quoted title" and not lines.drafting.quoted:
            lines.cite()
        if lines.drafting.quoted or lines.nested or role == "quoted":
            self.flow(element)
        elif role in ("signature", "preamble"):
            lines.end() if role == "signature" else lines.begin_proposal()
            self.flow(element)
        else:
            self._titled(role, element)

    def _turn(self, element: Element) -> None:
        """Follow a mark between blocks, which may say that something was deleted here."""
        words, drafting = self._words(), self.lines.drafting
        if drafting.marking is None or not str(element.xpath("string()")).lstrip().startswith("\u25bc"):
            return
        inline.say(words, element)
        marks = [call for call in words.calls if isinstance(call, Mark) and call.dashes]
        marks = marks or [mark for mark in drafting.marking.active if mark.action == DELETED]
        self.lines.gone(marks, outside=not inline.inside(element, "div", "anx_"))

    def _titled(self, role: Role, element: Element) -> None:
        text, calls = self.read(element)
        if not text:
            return
        if role == "title" and self.lines.state == "title" and not inline.inside(element, "div", "anx_"):
            (self.header if inline.inside(element, "td") else self.lines.titles).append(text)
            self.lines.drafting.call(*calls, place="heading")
        else:
            self.lines.titled(role, text, calls, own=role == "article" and self._is_own(element))

    def _is_own(self, element: Element) -> bool:
        """Return whether this is an article of this act, not one that it quotes, as far as its place tells."""
        lines = self.lines
        if lines.named and not lines.drafting.scope and lines.waiting != "annex":
            parent = element.getparent()
            first, self.numbered = not self.numbered, True
            return first and lines.own and parent is not None and parent.get("id", "").startswith("art_")
        # Quoted articles have a class of their own in consolidations.
        return lines.consolidated or not lines.quoting

    def _division(self, element: Element) -> bool:
        """Read a division of a page that its id tells: recitals, articles, enacting terms, the end."""
        lines, name = self.lines, element.get("id", "")
        if name.startswith(_FILES) or (name.startswith(_OWN) and not lines.nested):
            lines.leave_citation()
        if lines.drafting.quoted or lines.nested:
            return False
        if "eli-title" in classes(element):
            role: Role = "division heading" if lines.waiting == "division" else "subject"
            for child in element.iterchildren("*"):
                self._by_role(roles.role(child) or role, child)
        elif name.startswith("rct_"):
            self._recital(element)
        elif name.startswith("art_"):
            lines.own, self.numbered = True, False
            self.flow(element)
            lines.own = False
        else:
            if name.startswith("enc_"):
                lines.state = "terms"
            elif name.startswith("fnp_"):
                lines.end()
            return False
        return True

    def _recital(self, element: Element) -> None:
        lines = self.lines
        if lines.state == "title":
            lines.begin_preamble()
        if roles.begins_recital(f"{roles.text_of(element)} x"):
            self.flow(element)
        else:
            lines.drafting.recital()
            with lines.inside(lines.depth):
                self.flow(element)
        lines.drafting.fixed(lines.opening)

    # -- lists and tables

    def _item(self, found: Item) -> None:
        """Read a labelled line with all that it holds."""
        lines = self.lines
        marks = self._marks(found)
        if lines.drafting.quoted:
            lines.write(" ".join(label for _, label in found.labels), marks)
            self._contents(found)
            return
        if lines.in_head:
            return
        lines.settle()
        if lines.state == "title":
            lines.begin_preamble()
        first = found.labels[0][1] if found.labels else ""
        if lines.state == "preamble" and not lines.nested and roles.begins_recital(f"{first} x"):
            lines.drafting.recital(first)
            lines.drafting.call(*marks, place="number")
            with lines.inside(0):
                self._contents(found)
            lines.drafting.fixed(lines.opening)
        else:
            self._labelled(found, marks)

    def _marks(self, found: Item) -> list[Call]:
        """Return the marks that hold in the labels of a line."""
        words = self._words()
        for element in found.marked:
            inline.say(words, element)
        return [call for call in words.calls if isinstance(call, Mark)]

    def _labelled(self, found: Item, marks: list[Call]) -> None:
        lines = self.lines
        if lines.state == "terms":
            lines.begin_body()
        depth = lines.depth if lines.nested else int(lines.paragraph and not found.paragraph)
        for deeper, label in found.labels:
            if not (found.paragraph and lines.is_repeated(label)):
                lines.drafting.label(label, depth + deeper)
        lines.drafting.call(*marks, place="number")
        with lines.inside(depth + found.depth):
            self._contents(found)
        if found.paragraph:
            # What follows up to the next number belongs to the paragraph, too.
            lines.paragraph = lines.paragraph or not lines.drafting.here.points
        else:
            lines.drafting.close(depth)

    def _contents(self, found: Item) -> None:
        for content in found.contents:
            self.flow(content)

    def _indented(self, element: Element) -> None:
        """Read a line of a list whose label hangs at the left of its text."""
        lines = self.lines
        depth = lines.depth if lines.nested else int(lines.paragraph)
        with lines.inside(depth + 1, hanging=depth):
            self.flow(element)
        lines.drafting.close(depth)

    def _table(self, element: Element) -> None:
        rows = [cells_of(row) for row in rows_of(element)]
        if not rows:
            self.flow(element)
        elif len(rows) == 1 and len(rows[0]) == 1:
            self.flow(rows[0][0])
        else:
            read = [[self.read(cell) for cell in row] for row in rows if not self._is_mark(row)]
            calls = [call for row in read for _, called in row for call in called]
            self.lines.line(table([text for text, _ in row] for row in read), calls)

    def _head(self, element: Element) -> None:
        """Read the head of a page, of which only the title counts: page numbers, contents, amending acts go."""
        for child in element.iter("p"):
            if roles.role(child) == "title" and not self.lines.drafting.quoted:
                text, calls = self.read(child)
                self.header.append(text)
                self.lines.drafting.call(*calls, place="heading")

    def _note(self, element: Element) -> None:
        """Keep a footnote; a line without a name of its own goes on with the one before."""
        drafting, name = self.lines.drafting, inline.name_of_note(element)
        text, calls = self.read(element)
        text = inline.without_number(text) if name else text
        if any("quotation" in classes(link) for link in element.iter("a")):
            text = text.rstrip('" ')  # The pages end quoted footnotes with a straight quotation mark of their own.
        if name or not self.last_note:
            self.last_note = name if name and name not in drafting.notes else f"{name} at {len(drafting.notes)}"
        drafting.note(self.last_note, text)
        if drafting.marking is not None:
            inside = tuple(call for call in calls if isinstance(call, Mark) and call.inline)
            drafting.marking.noted[self.last_note] = (*drafting.marking.noted.get(self.last_note, ()), *inside)

    def _is_mark(self, row: list[Element]) -> bool:
        """Whether a row of a table holds a mark of consolidation only, which is followed."""
        marks = [line for cell in row for line in cell.iter("p") if "modref" in classes(line)]
        if not marks or any(map(roles.text_of, row)):
            return False
        for line in marks:
            self._turn(line)
        return True
