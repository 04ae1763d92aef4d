"""The paragraphs of a text document in order, gathered into headed parts."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.bodies import part_labels
from crawler.bodies.headings import Headed
from crawler.text import clean

_MAX_HEADING_CHARACTERS = 120
"""Most characters of a bold paragraph that stands for a heading, in a document that has no others."""
_NAMED_LEVEL = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraph:
    """``level`` is that of a heading, 0 for text; ``lead`` the words that open it in bold."""

    level: int
    text: str
    lead: str


@dataclass(slots=True)
class Flow:
    """What a reader of one format fills. ``title`` is the paragraph that is set as the title."""

    title: str = ""
    paragraphs: list[_Paragraph] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def heading(self, level: int, text: str) -> None:
        """Add a heading; one without words is none."""
        if words := clean(text):
            self.paragraphs.append(_Paragraph(level=level, text=words, lead=""))

    def text(self, text: str, *, lead: str = "") -> None:
        """Add a paragraph; ``lead`` are the words it opens with in bold."""
        if words := clean(text):
            self.paragraphs.append(_Paragraph(level=0, text=words, lead=clean(lead)))

    def row(self, cells: Sequence[str]) -> None:
        """Add a row of a table."""
        self.text(" | ".join(cell for each in cells if (cell := clean(each))))

    def note(self, text: str) -> None:
        """Add a footnote or an endnote."""
        if words := clean(text):
            self.notes.append(words)

    def parts(self) -> list[Headed]:
        """Return the headed parts; where no paragraph is a heading by its style, short bold ones are."""
        styled = any(paragraph.level for paragraph in self.paragraphs)
        found: list[tuple[int, str, list[str]]] = [(0, "", [])]
        for paragraph in self.paragraphs:
            named = part_labels.run_in(paragraph.text, marked=bool(paragraph.lead)) if not paragraph.level else None
            if paragraph.level or (not styled and _stands_out(paragraph)):
                found.append((paragraph.level or 2, paragraph.text, []))
            elif named is not None:
                found.append((_NAMED_LEVEL, named[0], [named[1]] if named[1] else []))
            else:
                found[-1][2].append(paragraph.text)
        if self.notes:
            found.append((1, "Footnotes", self.notes))
        return [
            Headed(level=level, identity="", heading=heading, text="\n".join(text)) for level, heading, text in found
        ]


def _stands_out(paragraph: _Paragraph) -> bool:
    bold = paragraph.lead == paragraph.text and len(paragraph.text) <= _MAX_HEADING_CHARACTERS
    return bold and not paragraph.text.endswith((".", ",", ";"))
