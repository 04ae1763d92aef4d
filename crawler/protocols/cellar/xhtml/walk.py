"""A page into sections: a walk over its blocks, each read by its role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from crawler.protocols.cellar import labels
from crawler.protocols.cellar.drafting import Drafting, Words, table
from crawler.protocols.cellar.xhtml import inline, roles
from crawler.protocols.cellar.xhtml.items import Item, cells_of, is_indented, item, rows_of
from crawler.protocols.cellar.xhtml.roles import Element, Role, classes

State = Literal["title", "preamble", "terms", "end"]

_PARAGRAPH = re.compile(r"(?P<label>\(?\d{1,3}[a-z]{0,2}(?:\.\d{1,2}){0,3}[.)]{1,2})\s+(?=\S)")
_POINT = re.compile(r"(?P<label>\(?[a-z]{1,4}\)|\(\d{1,3}[a-z]?\)|[\u2014\u2013\u2022-])\s+(?=\S)")
_RECITAL = re.compile(r"(?P<label>\(\d{1,3}[a-z]?\))\s+(?=\S)")
_WHEREAS = re.compile(r"(?:Whereas|consid\u00e9rant|[Cc]onsiderando|in Erw\u00e4gung|overwegende)\b.{25}", re.DOTALL)
_COLOPHON = re.compile(r"ELI:\s*https?://\S+|ISSN\s\d{4}-\d{3}[\dX].*")
_DELETED = re.compile(r"[\u2014\u2013\u2015_-]{3,}")
_IN_BRACKETS = re.compile(r"\(.+\)")
_OPENS = ("\u2018", "\u201c", "\u201e", "\u00ab")
_CLOSES = re.compile("[\u2019\u201d\u00bb]")
_CLOSED = re.compile(r"[\u2019\u201d\u00bb]\s*[.;,:]*$")


@dataclass(slots=True, eq=False)
class Reader:
    """Reads a page into sections.

    ``plain``: nothing but the words of a line tells its depth. ``free``: it need not be an act. ``named``: its articles stand in elements with ids of their own (``art_1``), so that others are quoted ones.
    ``nested`` counts the lists around a block, ``depth`` is that of the next label, ``hanging`` that of a label which
    the next line begins with. ``citing``: what a quoted title begins, to the end of its file, is quoted; ``own``: the
    block stands in an article that has an id. ``pending`` are lines of a title that is not complete yet, and ``waiting`` says of what.
    """

    consolidated: bool = False
    named: bool = False
    has_title: bool = True
    plain: bool = False
    free: bool = False
    opening: str = "introduction"
    drafting: Drafting = field(default_factory=Drafting)
    titles: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    state: State = "title"
    nested: int = 0
    depth: int = 0
    hanging: int | None = None
    paragraph: bool = False
    quoting: bool = False
    pending: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    waiting: Literal["", "division", "annex"] = ""
    citing: bool = False
    own: bool = False
    last_article: str = ""
    last_note: str = ""

    def walk(self, element: Element) -> None:
        """Read a block, whatever it is."""
        if element.tag in inline.SILENT:
            return
        role = roles.role(element) or ("note" if inline.is_note(element) else None)
        if role is not None:
            self._as(role, element)
            return
        if element.tag == "div" and self._opens(element):
            return
        if element.tag == "table" and roles.is_head(element):
            self._head(element)
            return
        found = item(element)
        if found is not None:
            self._item(found)
        elif element.tag == "table":
            self._table(element)
        elif is_indented(element):
            self._indented(element)
        else:
            self.flow(element)

    def flow(self, element: Element) -> None:
        """Read what an element holds: blocks one by one, and the text between them as lines."""
        words = Words()
        inline.add(words, element.text)
        for child in element.iterchildren("*"):
            if inline.is_block(child):
                self.line(words.text(), words.calls)
                words = Words()
                self.walk(child)
            else:
                inline.say(words, child)
            inline.add(words, child.tail)
        self.line(words.text(), words.calls)

    def read(self, *elements: Element) -> tuple[str, list[str]]:
        """Give the text of elements as one line, and the footnotes called in it."""
        with self.drafting.aside() as words:
            for element in elements:
                self.flow(element)
        return words.text(), words.calls

    def line(self, text: str, calls: list[str]) -> None:
        """Read one line of text."""
        if not text and not calls:
            return
        if self.drafting.quoted:
            self._write(text, calls)
            return
        if _COLOPHON.fullmatch(text) or (self.consolidated and _DELETED.fullmatch(text)):
            return
        if self._in_head():
            return
        self.settle()
        if self.state == "title":
            self.begin_preamble()
        if self.state == "preamble" and not self.nested:
            text = self._preamble(text)
        elif self.state == "terms" and self._is_end(text):
            self.end()
        elif self.state == "terms":
            text = self._labelled(text)
        self._write(text, calls)

    def _is_end(self, text: str) -> bool:
        return not self.nested and not self.own and not self.drafting.scope and roles.is_final(text)

    def _write(self, text: str, calls: list[str]) -> None:
        words = self.drafting.words
        words.gap()
        words.add(text)
        words.call(*calls)
        words.gap()

    def _labelled(self, text: str) -> str:
        """Write the label that a line begins with, and give the rest of the line."""
        if self.drafting.here.path == self.opening and not self.free:
            self.drafting.fixed("body", points=True)
        depth = self.hanging if self.hanging is not None else 0 if not self.nested and not self.quoting else None
        hanging, self.hanging = self.hanging is not None, None
        self._quote(text)
        if depth is None:
            return text
        match = _PARAGRAPH.match(text)
        numbered = match is not None and not hanging
        if match is None and (hanging or self.plain):
            match = _POINT.match(text)
            depth = depth if hanging or match is None else self._depth_of(match["label"])
        if match is None:
            return self._headed(text)
        self.drafting.label(match["label"], depth)
        self.paragraph = self.paragraph or (numbered and not self.drafting.here.points)
        return text[match.end() :]

    def _depth_of(self, label: str) -> int:
        """Give the depth of a point on a page that does not tell: (i) below (c) is inside it, below (h) is not."""
        depth = int(self.paragraph)
        step, open_now = labels.step(label), self.drafting.steps
        if labels.is_roman(step) and len(open_now) > depth and open_now[depth].isalpha():
            before = open_now[depth]
            follows = len(step) == len(before) == 1 and ord(step) == ord(before) + 1
            return depth + (not follows)
        return depth

    def _headed(self, text: str) -> str:
        """Keep a line as the subject of the article it follows, where nothing else says what it is."""
        here = self.drafting.here
        if not self.consolidated or self.named or self.nested or here.points or not here.number:
            return text
        if here.words.flow.pieces or not roles.is_heading(text) or (here.heading and not _IN_BRACKETS.fullmatch(text)):
            return text
        here.heading = f"{here.heading} {text}".strip()
        return ""

    def _quote(self, text: str) -> None:
        """Follow a quotation over several lines: an article inside it is none of this act."""
        if self.named or self.consolidated:
            return
        if self.quoting:
            self.quoting = _CLOSED.search(text) is None
        else:
            self.quoting = text.startswith(_OPENS) and _CLOSES.search(text) is None

    def _in_head(self) -> bool:
        """Tell whether this is the head of a consolidation: where it was published, what amended and corrected it."""
        return self.state == "title" and self.consolidated and self.has_title and not self.titles

    # -- parts of an act

    def begin_preamble(self) -> None:
        """Stand in the preamble, behind the title."""
        self.state = "terms" if self.free else "preamble"
        self.drafting.fixed("introduction", points=self.free)

    def end(self) -> None:
        """Stand at the end of the act: final formula, place and date, signatories."""
        self.settle()
        self.state = "end"
        self.drafting.fixed("signature")

    def _preamble(self, text: str) -> str:
        """Open a recital where a line of the preamble begins one; give the rest of the line."""
        match = _RECITAL.match(text)
        if match is not None:
            self.drafting.recital(match["label"])
            return text[match.end() :]
        if roles.is_formula(text):
            self.drafting.fixed(self.opening)
            self.state = "terms" if self.drafting.words.flow.pieces else self.state
        elif _WHEREAS.match(text):
            self.drafting.recital()
        return text

    def settle(self) -> None:
        """Open what the lines of a title announced, once there are no more of them."""
        if not self.waiting:
            return
        first, rest = self.pending[0], " ".join(self.pending[1:])
        waiting, self.waiting = self.waiting, ""
        calls, self.pending, self.calls = self.calls, [], []
        self.paragraph = self.quoting = False
        if waiting == "annex":
            self.drafting.leave_annexes()
            self.drafting.annex(first, rest)
        else:
            self.drafting.division(first, rest)
        self.state = "terms"
        self.drafting.words.call(*calls)

    def _opens(self, element: Element) -> bool:
        """Read a division of a page that its id tells: recitals, enacting terms, the end."""
        name = element.get("id", "")
        if self.citing and name.startswith(("anx_", "L_", "C_")):
            self.citing = False
            self.drafting.quoted -= 1
        if self.drafting.quoted or self.nested:
            return False
        if "eli-title" in classes(element):
            role: Role = "division heading" if self.waiting == "division" else "subject"
            for child in element.iterchildren("*"):
                self._as(roles.role(child) or role, child)
            return True
        if name.startswith("rct_"):
            if self.state == "title":
                self.begin_preamble()
            if not _RECITAL.match(f"{roles.text_of(element)} x"):
                self.drafting.recital()
                with self.inside(self.depth):
                    self.flow(element)
            else:
                self.flow(element)
            self.drafting.fixed(self.opening)
            return True
        if name.startswith("art_"):
            self.own = True
            self.flow(element)
            self.own = False
            return True
        if name.startswith("enc_"):
            self.state = "terms"
        elif name.startswith("fnp_"):
            self.end()
        return False

    @contextmanager
    def inside(self, depth: int) -> Iterator[None]:
        """Read what stands inside a list: labels there have that depth."""
        before = self.nested, self.depth, self.quoting, self.hanging
        self.nested, self.depth, self.hanging = self.nested + 1, depth, None
        try:
            yield
        finally:
            self.nested, self.depth, self.quoting, self.hanging = before

    # -- blocks

    def _as(self, role: Role, element: Element) -> None:
        """Read a block by its role; inside lists and quotations titles are only text."""
        if role == "skip":
            return
        if role == "note":
            self._note(element)
            return
        if role == "quoted title" and not self.citing and not self.drafting.quoted:
            self.settle()
            self.citing = True
            self.drafting.quoted += 1
        if self.drafting.quoted or self.nested or role == "quoted":
            self.flow(element)
            return
        if role == "signature":
            self.end()
            self.flow(element)
        elif role == "preamble":
            self.settle()
            self.drafting.leave_annexes()
            self.state, self.opening = "preamble", "preamble"
            self.drafting.fixed(self.opening)
            self.flow(element)
        else:
            text, calls = self.read(element)
            if text:
                self._titled(role, element, text, calls)

    def _titled(self, role: Role, element: Element, text: str, calls: list[str]) -> None:
        if role == "article":
            self._article(element, text, calls)
        elif role == "subject":
            self._subject(text, calls)
        elif role == "group":
            self._group(text, calls)
        elif role == "title" and self._is_title(element):
            (self.header if inline.inside(element, "td") else self.titles).append(text)
            self.drafting.words.call(*calls)
        elif self.quoting or text.startswith(_OPENS):
            self.line(text, calls)
            self.quoting = True
        else:
            self._of_title(role, text, calls)

    def _is_title(self, element: Element) -> bool:
        return self.state == "title" and not inline.inside(element, "div", "anx_")

    def _of_title(self, role: Role, text: str, calls: list[str]) -> None:
        """Keep a line of the title of a division or an annex."""
        kind: Literal["division", "annex"] = "annex" if role in ("title", "annex", "annex heading") else "division"
        begins = role in ("division", "annex")
        if self.waiting != kind or begins:
            self.settle()
            self.waiting = kind
        self.pending.append(text)
        self.calls += calls

    def _article(self, element: Element, text: str, calls: list[str]) -> None:
        if not self._is_own(element, text):
            self.line(text, calls)
            return
        self.settle()
        self.state, self.paragraph, self.quoting = "terms", False, False
        self.last_article = labels.article(text)
        self.drafting.article(text)
        self.drafting.words.call(*calls)

    def _is_own(self, element: Element, text: str) -> bool:
        """Tell an article of this act from one that it quotes."""
        if text.startswith(_OPENS):
            return False
        if self.named and not self.drafting.scope and self.waiting != "annex":
            parent = element.getparent()
            return self.own and parent is not None and parent.get("id", "").startswith("art_")
        if self.consolidated:
            return True  # Quoted articles have a class of their own there.
        number = labels.article(text)
        follows = number.isdigit() and self.last_article.isdigit() and int(number) == int(self.last_article) + 1
        return not self.quoting or follows

    def _subject(self, text: str, calls: list[str]) -> None:
        here = self.drafting.here
        if here.number and not here.words.flow.pieces and not self.quoting:
            here.heading = f"{here.heading} {text}".strip()
            here.words.call(*calls)
        else:
            self.line(text, calls)

    def _group(self, text: str, calls: list[str]) -> None:
        self.settle()
        if not self.drafting.here.points or self.quoting or text.startswith(_OPENS):
            self.line(text, calls)
            return
        self.drafting.group(text)
        self.drafting.words.call(*calls)

    def _item(self, found: Item) -> None:
        """Read a labelled line with all that it holds."""
        if self.drafting.quoted:
            self._write(found.label, [])
            for content in found.contents:
                self.flow(content)
            return
        if self._in_head():
            return
        self.settle()
        if self.state == "title":
            self.begin_preamble()
        if self.state == "preamble" and not self.nested and _RECITAL.match(f"{found.label} x"):
            self.drafting.recital(found.label)
            with self.inside(0):
                self._contents(found)
            self.drafting.fixed(self.opening)
            return
        if self.drafting.here.path == self.opening and self.state == "terms":
            self.drafting.fixed("body", points=True)
        depth = self.depth if self.nested else int(self.paragraph and not found.paragraph)
        self.drafting.label(found.label, depth)
        with self.inside(depth + 1 if found.label else depth):
            self._contents(found)
        if found.paragraph:
            # What follows up to the next number belongs to the paragraph, too.
            self.paragraph = self.paragraph or not self.drafting.here.points
        else:
            self.drafting.close(depth)

    def _contents(self, found: Item) -> None:
        for content in found.contents:
            self.flow(content)

    def _indented(self, element: Element) -> None:
        """Read a line of a list whose label hangs at the left of its text."""
        depth = self.depth if self.nested else int(self.paragraph)
        with self.inside(depth + 1):
            self.hanging = depth
            self.flow(element)
        self.drafting.close(depth)

    def _table(self, element: Element) -> None:
        rows = [cells_of(row) for row in rows_of(element)]
        if len(rows) == 1 and len(rows[0]) == 1:
            self.flow(rows[0][0])
        else:
            read = [[self.read(cell) for cell in row] for row in rows if not _is_mark(row)]
            calls = [call for row in read for _, called in row for call in called]
            self.line(table([text for text, _ in row] for row in read), calls)

    def _head(self, element: Element) -> None:
        """Read the head of a page, of which only the title counts: page numbers, contents, amending acts go."""
        for child in element.iter("p"):
            if roles.role(child) == "title" and not self.drafting.quoted:
                self.header.append(self.read(child)[0])

    def _note(self, element: Element) -> None:
        """Keep a footnote; a line without a name of its own goes on with the one before."""
        name = inline.name_of_note(element)
        text, _ = self.read(element)
        text = inline.without_number(text) if name else text
        if any("quotation" in classes(link) for link in element.iter("a")):
            text = text.rstrip('" ')  # The pages end quoted footnotes with a straight quotation mark of their own.
        if name or not self.last_note:
            self.last_note = name or f"at {len(self.drafting.notes)}"
            self.drafting.note(self.last_note, text)
        else:
            self.drafting.notes[self.last_note] = f"{self.drafting.notes.get(self.last_note, '')} {text}".strip()


def _is_mark(row: list[Element]) -> bool:
    """Tell a row of a table that holds a mark of consolidation only."""
    return not any(map(roles.text_of, row)) and any(classes(line) & {"modref"} for cell in row for line in cell.iter("p"))
