"""Pages without the classes of the Official Journal get them, so that one reader reads all.

Documents of the Commission (proposals, communications, reports, staff papers) are made from word processors: their
classes are names of styles, without accents ("Titrearticle", "li Point0", "ManualHeading1"). Pages of before 2004
(``text/html``, ``TexteOnly``) are paragraphs and nothing else, and the oldest consolidations have styles that mean
nothing: their lines are known by what they say. Footnotes are "(1)" behind a word, and lines at the end.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from crawler.bodies.dates import iso
from crawler.protocols.cellar.kinds import of_title
from crawler.protocols.cellar.xhtml import inline, roles
from crawler.protocols.cellar.xhtml.roles import Element, Role, text_of

_STYLES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"Statut|(?:Typedudocument|Titreobjet|Accompagnant|Typeacteprincipal|Objetacteprincipal)_cp", "doc-ti"),
        (r"Logo|Emission|Rfrence\w*|CrossReference_cp|Langue\w*|Datedadoption\w*|Pagedecouverture", "reference"),
        (r"Institutionquiagit", "institution"),
        (r"SectionTitle|PartTitle|ChapterTitle", "ti-section-1"),
        (r"Titrearticle", "ti-art"),
        (r"Annexetitre\w*", "title-annex-1"),
        (r"(?:Manual)?Heading\w*|\w+titre|Typedudocument|Titreobjet|h\d", "ti-grseq-1"),
        (r"Applicationdirecte|Fait|Institutionquisigne|Personnequisigne", "signatory"),
    )
)
_COVER = frozenset({"Rfrenceinstitutionnelle", "Emission"})
_NUMBER = re.compile(r"\bCOM\s?\((?P<year>\d{4})\)\s?(?P<number>\d{1,4})\b")
_DAY = re.compile(r"\b\d{1,2}\.\d{1,2}\.\d{4}\b")
_SIGNS = frozenset({"Titrearticle", "Titreobjet_cp", "Typedudocument_cp", "Rfrenceinstitutionnelle", "ManualHeading1"})


def is_commission(page: Element) -> bool:
    """Return whether a page was made from a document of the Commission."""
    return any(_SIGNS.intersection((line.get("class") or "").split()) for line in page.iter("p"))


def cover(page: Element) -> dict[str, str]:
    """Return what the cover of a document says of its number and day, by its styles, before they are changed."""
    found: dict[str, str] = {}
    for line in page.iter("p"):
        for style in _COVER.intersection((line.get("class") or "").split()):
            found.setdefault(style, text_of(line))
    return found


def number_and_day(cover: Mapping[str, str], title: str) -> tuple[str | None, str | None]:
    """Return the CELEX number of a document and its ISO day, as its cover prints them; None for what it does not print.

    Proposals are numbered as such, all other COM documents together.

    >>> printed = {"Rfrenceinstitutionnelle": "COM(2001) 95 final", "Emission": "Brussels, 4.5.2001"}
    >>> number_and_day(printed, "Proposal for a Directive"), number_and_day(printed, "Report on samples")
    (('52001PC0095', '2001-05-04'), ('52001DC0095', '2001-05-04'))
    """
    number, day = _NUMBER.search(cover.get("Rfrenceinstitutionnelle", "")), _DAY.search(cover.get("Emission", ""))
    kind = "PC" if of_title(title) == "bill" else "DC"
    return f"5{number['year']}{kind}{int(number['number']):04d}" if number else None, iso(day[0]) if day else None


def mark(page: Element) -> None:
    """Give the lines of a page the classes of the Official Journal."""
    behind = False
    for element in list(page.iter("p", "h1", "h2", "h3", "h4", "h5", "h6")):
        styles = [*(element.get("class") or "").split(), *([element.tag] if element.tag != "p" else [])]
        name = next((name for pattern, name in _STYLES if any(map(pattern.fullmatch, styles))), "")
        behind = behind or name not in ("", "doc-ti", "reference")
        if name == "doc-ti" and behind:
            name = "ti-grseq-1"  # The cover of what is annexed is no title of this document.
        if name:
            element.set("class", name)
        if name in ("ti-art", "title-annex-1"):
            _split(element, "sti-art" if name == "ti-art" else "title-annex-2")
    _pair(page)
    for sign in page.iter("span"):
        if set((sign.get("class") or "").split()) & {"num", "list-symbol"}:
            sign.tail = f" {sign.tail or ''}"
    for note in page.iter("dd"):
        if (note.get("id") or "").startswith("footnote"):
            note.set("class", "note")


def _pair(page: Element) -> None:
    """Make the second of two titles of a division that follow each other its heading."""
    for line in list(page.iter("p")):
        before = line.getprevious()
        if line.get("class") == "ti-section-1" and before is not None and before.get("class") == "ti-section-1":
            line.set("class", "ti-section-2")


def _split(line: Element, name: str) -> None:
    """Cut a title with a line break in two: the number, and a line of its own for the heading."""
    turn = next(line.iter("br"), None)
    holder = turn.getparent() if turn is not None else None
    if turn is None or holder is None:
        return
    rest = etree.Element("p")
    rest.set("class", name)
    rest.text = turn.tail
    for child in list(turn.itersiblings()):
        rest.append(child)
    if holder is not line:
        for child in list(holder.itersiblings()):
            rest.append(child)
    holder.remove(turn)
    rest.tail, line.tail = line.tail, None
    line.addnext(rest)


_BEGINS = re.compile(r"Having regard|gest\u00fctzt auf|[Vv]u l|Visto|Vista|Gelet op|under henvisning|Whereas")
_NOTE = re.compile(r"\((\d{1,3})\)\s+(?=\S)")
_CALL = re.compile(r"(?<=[^\W\d_])\((\d{1,3})\)|(?<=[\"'\u2019\u201d])\((\d{1,3})\)")
_MAX_TITLES = 8
_CLASSES: dict[Role, str] = {"article": "ti-art", "division": "ti-section-1", "annex": "title-annex-1"}
_AWAITED: dict[Role, str] = {"article": "sti-art", "division": "ti-section-2", "annex": "title-annex-2"}


@dataclass(slots=True, eq=False)
class _Marking:
    """Where in a page its lines are being marked: which line is awaited, and whether title and end were passed."""

    titled: int = 0
    opened: bool = False
    ended: bool = False
    awaited: str = ""


def without_head(page: Element) -> None:
    """Take the head out of a consolidation: what stands before its second rule."""
    rules = [child for child in page.iterchildren("*") if child.tag == "hr"]
    if len(rules) > 1:
        for child in list(rules[1].itersiblings(preceding=True)):
            page.remove(child)


def mark_plain(page: Element) -> None:
    """Give the lines of a page classes, and its footnotes names and links; a page that is no act stays as it is."""
    lines = [line for line in page.iter("p") if not inline.has_blocks(line)]
    texts = [roles.text_of(line) for line in lines]
    if not any(roles.said(text) or _BEGINS.match(text) for text in texts):
        return
    marking = _Marking()
    for line, text in zip(lines, texts, strict=True):
        name = _class(marking, text) if text else ""
        if name:
            line.set("class", name)
    _link(lines)


def _class(marking: _Marking, text: str) -> str:
    said = roles.said(text)
    awaited, marking.awaited = marking.awaited, ""
    if said is not None:
        marking.opened = True
        marking.ended = said == "signature"
        marking.awaited = _AWAITED.get(said, "")
        return _CLASSES.get(said, "")
    if not marking.opened and not _opens(marking, text):
        marking.titled += 1
        return "doc-ti"
    if awaited and roles.is_heading(text):
        return awaited
    return "note" if marking.ended and _NOTE.match(text) else ""


def _opens(marking: _Marking, text: str) -> bool:
    """Return whether a line is behind the title: an institution in capitals, or the first citation."""
    institution = marking.titled > 0 and text == text.upper() and text.endswith((",", "\u2014", "\u2013", "-"))
    marking.opened = institution or _BEGINS.match(text) is not None or marking.titled >= _MAX_TITLES
    return marking.opened


def _link(lines: list[Element]) -> None:
    """Make links of footnotes and of their calls, which are numbered through: what is out of turn is no call."""
    notes = dict(_named(lines))
    turn = 1
    for line in lines:
        if line.get("class") == "note" or len(line) or not line.text:
            continue
        calls = []
        for match in _CALL.finditer(line.text):
            number = match[1] or match[2]
            if number == str(turn) and number in notes:
                calls.append((match, notes[number]))
                turn += 1
        if calls:
            _set_calls(line, calls)


def _named(lines: list[Element]) -> Iterator[tuple[str, str]]:
    """Name footnotes; return them by number."""
    for line in lines:
        match = _NOTE.match(line.text or "") if line.get("class") == "note" else None
        if match is not None:
            link = etree.Element("a", id=f"E{match[1]}")
            link.tail = match.string[match.end() :]
            line.text = None
            line.insert(0, link)
            yield match[1], f"E{match[1]}"


def _set_calls(line: Element, calls: list[tuple[re.Match[str], str]]) -> None:
    whole = line.text or ""
    ends = [match.start() for match, _ in calls[1:]] + [len(whole)]
    line.text = whole[: calls[0][0].start()]
    for (match, name), end in zip(calls, ends, strict=True):
        link = etree.SubElement(line, "a", href=f"#{name}")
        link.text = match[0]
        link.tail = whole[match.end() : end]
