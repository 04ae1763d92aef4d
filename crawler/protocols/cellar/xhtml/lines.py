"""The lines of a page into sections: where in an act a line stands, and what it opens there."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from crawler.protocols.cellar import numbering
from crawler.protocols.cellar.act_builder import Drafting
from crawler.protocols.cellar.marks import Mark
from crawler.protocols.cellar.text_run import Call
from crawler.protocols.cellar.xhtml import roles
from crawler.protocols.cellar.xhtml.roles import Role

State = Literal["title", "preamble", "terms", "end"]

_PARAGRAPH = re.compile(r"(?P<label>\(?\d{1,3}[a-z]{0,2}(?:\.\d{1,2}){0,3}[.)]{1,2})\s+(?=\S)")
_POINT = re.compile(r"(?P<label>\(?[a-z]{1,4}\)|\(\d{1,3}[a-z]?\)|[\u2014\u2013\u2022-])\s+(?=\S)")
_WHEREAS = re.compile(r"(?:Whereas|consid\u00e9rant|[Cc]onsiderando|in Erw\u00e4gung|overwegende)\b.{25}", re.DOTALL)
_MAX_HEADING_CHARACTERS = 2_000
_CLOSES = re.compile("[\u2019\u201d\u00bb]")
_CLOSED = re.compile(r"[\u2019\u201d\u00bb]\s*[.;,:]*$")
_IN_BRACKETS = re.compile(r"\(.+\)")


@dataclass(slots=True, eq=False)
class Lines:
    """Takes the lines of a page in their order.

    What is known of the page: ``consolidated``; ``named``: its articles stand in elements with ids of their own, so
    that others are quoted ones; ``has_title``: it has a title beside the one in its head; ``plain``: nothing but its
    words tells the depth of a point; ``free``: it need not be an act.

    Where the next line stands: ``state``, ``nested`` (how many lists around it), ``depth`` of the next label,
    ``hanging`` (that of a label which the line itself begins with) and ``hung`` (that label, behind its line),
    ``paragraph`` (a numbered one is open), ``own`` (in
    an article with an id), ``quoting`` (inside a quotation), ``citing`` (inside a quoted annex). ``pending`` are lines
    of a title that is not complete yet, and ``waiting`` says of what.
    """

    consolidated: bool = False
    named: bool = False
    has_title: bool = True
    plain: bool = False
    free: bool = False
    drafting: Drafting = field(default_factory=Drafting)
    titles: list[str] = field(default_factory=list)
    opening: str = "introduction"
    state: State = "title"
    nested: int = 0
    depth: int = 0
    hanging: int | None = None
    hung: str = ""
    paragraph: bool = False
    own: bool = False
    quoting: bool = False
    citing: bool = False
    pending: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    waiting: Literal["", "division", "annex"] = ""
    last_article: str = ""
    last_label: str = ""

    # -- one line

    def line(self, text: str, calls: list[Call]) -> None:
        """Take one line of text, and the footnotes called in it."""
        if not text and all(isinstance(call, Mark) for call in calls):
            self._mark(calls)
            return
        if roles.is_nothing(text, consolidated=self.consolidated):
            return
        if self.drafting.quoted:
            self.write(text, calls)
            return
        if self.in_head:
            return
        self.settle()
        if self.state == "title":
            self.begin_preamble()
        if self.state == "preamble" and not self.nested:
            text = self._preamble(text)
        elif self.state == "terms" and self._is_end(text):
            self.end()
        elif self.state == "terms":
            text = self._term(text)
        self.write(text, calls)

    def _mark(self, calls: list[Call]) -> None:
        """Take the marks of a line without text: signs around nothing, or dashes in the place of what was deleted."""
        marks = [] if self.in_head else [call for call in calls if isinstance(call, Mark)]
        self.drafting.call(*(mark for mark in marks if not mark.dashes))
        self.gone(mark for mark in marks if mark.dashes)

    def gone(self, marks: Iterable[Mark], *, outside: bool = False) -> None:
        """Take marks of what was deleted here; ``outside`` tells that this is in no annex, as far as the page tells."""
        for mark in marks:
            certain = self.own or self.nested > 0
            self.drafting.gap(mark, certain=certain, flat=not self.named, outside=outside and self.named)

    def write(self, text: str, calls: list[Call]) -> None:
        """Write a line as it stands into the section that is open."""
        words = self.drafting.words
        words.gap()
        words.add(text)
        self.drafting.call(*calls)
        words.gap()

    @property
    def in_head(self) -> bool:
        """Return whether this is the head of a consolidation: where it was published, what amended and corrected it."""
        return self.state == "title" and self.consolidated and self.has_title and not self.titles

    def _is_end(self, text: str) -> bool:
        return not self.nested and not self.own and not self.drafting.scope and roles.is_final(text)

    def _preamble(self, text: str) -> str:
        """Open a recital where a line of the preamble begins one; return the rest of the line."""
        match = roles.RECITAL.match(text)
        if match is not None:
            self.drafting.recital(match["label"])
            return text[match.end() :]
        if roles.is_formula(text):
            self.drafting.fixed(self.opening)
            self.state = "terms" if self.drafting.words.flow.pieces else self.state
        elif _WHEREAS.match(text):
            self.drafting.recital()
        return text

    # -- paragraphs and points

    def _term(self, text: str) -> str:
        """Write the label that a line of the enacting terms begins with, and return the rest of the line."""
        self.begin_body()
        hanging, self.hanging = self.hanging, None
        depth = hanging if hanging is not None else 0 if not self.nested and not self.quoting else None
        self._quote(text)
        match = None if depth is None else _PARAGRAPH.match(text)
        if depth is not None and match is not None:
            self._number(match["label"], depth, numbered=hanging is None)
            return text[match.end() :]
        if depth is not None and (hanging is not None or self.plain) and (match := _POINT.match(text)):
            self._point(match["label"], depth, hanging=hanging is not None)
            return text[match.end() :]
        if self.hung and f"{text} ".startswith(f"{self.hung} "):
            return text.removeprefix(self.hung).lstrip()
        return text if depth is None else self._headed(text)

    def _number(self, label: str, depth: int, *, numbered: bool) -> None:
        if not (numbered and self.consolidated and self.is_repeated(label)):
            self.drafting.label(label, depth)
        self.paragraph = self.paragraph or (numbered and not self.drafting.here.points)

    def is_repeated(self, label: str) -> bool:
        """Return whether this is the number of a paragraph that some pages repeat before each of its lines."""
        repeated, self.last_label = label == self.last_label, label
        return repeated and not label.startswith(numbering.OPENING_QUOTES)

    def _point(self, label: str, depth: int, *, hanging: bool) -> None:
        """Open a point, or a point inside the one that hangs at the left: that one is repeated before each line."""
        if not hanging:
            depth = numbering.depth_of(label, self.drafting.steps, int(self.paragraph))
        self.hung = label
        self.drafting.label(label, depth)

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
            self.quoting = text.startswith(numbering.OPENING_QUOTES) and _CLOSES.search(text) is None

    @contextmanager
    def inside(self, depth: int, hanging: int | None = None) -> Iterator[None]:
        """Take what stands inside a list: labels there have that depth."""
        before = self.nested, self.depth, self.quoting, self.hanging, self.hung
        self.nested, self.depth, self.hanging, self.hung = self.nested + 1, depth, hanging, ""
        try:
            yield
        finally:
            self.nested, self.depth, self.quoting, self.hanging, self.hung = before

    # -- parts of an act

    def begin_preamble(self) -> None:
        """Stand in the preamble, behind the title; in what need not be an act, in its text."""
        self.state = "terms" if self.free else "preamble"
        self.drafting.fixed("introduction", points=self.free)

    def begin_proposal(self) -> None:
        """Stand in the preamble of an act that is proposed, behind what explains it."""
        self.settle()
        self.drafting.leave_annexes()
        self.state, self.opening = "preamble", "preamble"
        self.drafting.fixed(self.opening)

    def begin_body(self) -> None:
        """Stand in the enacting terms: what stands there in no article is one section."""
        if self.drafting.here.path == self.opening and not self.free:
            self.drafting.fixed("body", points=True)

    def end(self) -> None:
        """Stand at the end of the act: final formula, place and date, signatories."""
        self.settle()
        self.state = "end"
        self.drafting.fixed("signature")

    def cite(self) -> None:
        """Stand in a quotation that goes on to the end of its file: an annex that an amending act puts elsewhere."""
        self.settle()
        self.citing = True
        self.drafting.quoted += 1

    def leave_citation(self) -> None:
        """Stand outside of a quoted annex again."""
        self.drafting.quoted -= self.citing
        self.citing = False

    # -- titles

    def titled(self, role: Role, text: str, calls: list[Call], *, own: bool) -> None:
        """Take a line that is a title by its role; ``own`` tells an article of this act from a quoted one."""
        if role in ("title", "annex") and text.startswith(numbering.OPENING_QUOTES):
            self.cite()
            self.write(text, calls)
        elif role == "article":
            self._article(text, calls, own=own)
        elif role == "subject":
            self._subject(text, calls)
        elif role == "group":
            self._group(text, calls)
        elif text.startswith(numbering.OPENING_QUOTES) or (self.quoting and not self._ends_quotation(role)):
            self.line(text, calls)
            self.quoting = True
        else:
            self._await(role, text, calls)

    def _ends_quotation(self, role: Role) -> bool:
        """Return whether this is the next title of a consolidation, whose quotations have classes of their own."""
        return self.consolidated and role in ("division", "annex")

    def _await(self, role: Role, text: str, calls: list[Call]) -> None:
        """Keep a line of the title of a division or an annex."""
        kind: Literal["division", "annex"] = "annex" if role in ("title", "annex", "annex heading") else "division"
        if self.waiting != kind or role in ("division", "annex"):
            self.settle()
            self.waiting = kind
        self.pending.append(text)
        self.calls += calls

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
        self.drafting.call(*calls, place="number")

    def _article(self, text: str, calls: list[Call], *, own: bool) -> None:
        if text.startswith(numbering.OPENING_QUOTES) or not (own or self._follows(text)):
            self.line(text, calls)
            return
        self.settle()
        self.state, self.paragraph, self.quoting = "terms", False, False
        self.last_article, self.last_label = numbering.article(text), ""
        self.drafting.article(text)
        self.drafting.call(*calls, place="number")

    def _follows(self, text: str) -> bool:
        """Whether this is an article whose number is the next one, which a quotation without an end does not hide."""
        number, last = numbering.article(text), self.last_article
        return not self.named and number.isdigit() and last.isdigit() and int(number) == int(last) + 1

    def _subject(self, text: str, calls: list[Call]) -> None:
        here = self.drafting.here
        if (
            here.number
            and not here.words.flow.pieces
            and not self.quoting
            and len(here.heading) < _MAX_HEADING_CHARACTERS
        ):
            here.heading = f"{here.heading} {text}".strip()
            self.drafting.call(*calls, place="heading")
        else:
            self.line(text, calls)

    def _group(self, text: str, calls: list[Call]) -> None:
        self.settle()
        if self.free and self.state == "title":
            self.begin_preamble()
        if not self.drafting.here.points or self.quoting or text.startswith(numbering.OPENING_QUOTES):
            self.line(text, calls)
            return
        if self.free and not self.drafting.scope and not numbering.headed(text)[0]:
            self.drafting.leave_annexes()  # A heading without a number stands in none of the numbered parts.
        self.drafting.group(text)
        self.drafting.call(*calls, place="heading")
