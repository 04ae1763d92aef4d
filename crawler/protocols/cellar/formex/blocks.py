"""The building blocks of an act in Formex: preamble, articles, paragraphs, points, annexes, tables."""

from collections.abc import Iterator

from crawler.protocols.cellar.formex.maths import DASHES
from crawler.protocols.cellar.formex.parts import Element
from crawler.protocols.cellar.formex.walk import Read, Reader
from crawler.protocols.cellar.text_run import IMAGE, Call, table


def _child(element: Element, *names: str) -> Element | None:
    return next((child for child in element.iterchildren("*") if child.tag in names), None)


def _lines(title: Element | None) -> Iterator[Element]:
    """Yield the lines of a title: those of its TI, then those of its STI."""
    if title is None:
        return
    for half in title.iterchildren("TI", "STI"):
        lines = list(half.iterchildren("P", "NP", "LIST", "NO.DOC.C"))
        yield from lines or [half]


def _title(reader: Reader, element: Element | None) -> tuple[str, str, list[Call]]:
    """Return the first line of a title, the others, and the footnotes called in it."""
    read = [reader.plain(line) for line in _lines(element)]
    texts = [text for text, _ in read if text]
    calls = [note for _, notes in read for note in notes]
    return (texts[0] if texts else ""), " ".join(texts[1:]), calls


def act(reader: Reader, element: Element) -> None:
    """Read the file of an act, of a consolidation or of another text with a title of its own."""
    title = _child(element, "TITLE", "TI.CJT")
    if title is not None and not reader.title:
        reader.capitals = False
        first, rest, calls = _title(reader, title)
        reader.capitals = True
        reader.title = f"{first} {rest}".strip()
        reader.drafting.words.call(*calls)
    reader.inside(element, without=() if title is None else (title,))


def introduction(reader: Reader, element: Element) -> None:
    """Read a preamble: citations and formulas are one section, recitals others."""
    if reader.drafting.quoted:
        reader.inside(element)
        return
    reader.drafting.fixed("introduction")
    reader.inside(element)


def recital(reader: Reader, element: Element) -> None:
    """Read a recital."""
    if reader.drafting.quoted:
        reader.inside(element)
        return
    point = _child(element, "NP")
    number = _child(point, "NO.P") if point is not None else None
    reader.drafting.recital(reader.plain(number)[0] if number is not None else "")
    if point is None or number is None:
        reader.inside(element)
    else:
        reader.inside(point, without=(number,))
        reader.inside(element, without=(point,))


def enacting_terms(reader: Reader, element: Element) -> None:
    """Read the enacting terms; what stands in no article is one section."""
    articles = _child(element, "ARTICLE", "DIVISION") is not None
    if not reader.drafting.quoted and not articles:
        reader.drafting.fixed("body", points=True)
    reader.inside(element)


def division(reader: Reader, element: Element) -> None:
    """Read a part, title, chapter or section with all that it holds."""
    title = _child(element, "TITLE")
    if reader.drafting.quoted or title is None:
        reader.inside(element)
        return
    first, rest, calls = _title(reader, title)
    reader.drafting.division(first, rest)
    reader.drafting.words.call(*calls)
    reader.inside(element, without=(title,))


def article(reader: Reader, element: Element) -> None:
    """Read an article."""
    number, subject = _child(element, "TI.ART"), _child(element, "STI.ART")
    if reader.drafting.quoted or number is None:
        reader.inside(element)
        return
    printed, calls = reader.plain(number)
    heading, more = reader.plain(*([] if subject is None else [subject]))
    reader.drafting.article(printed)
    reader.drafting.here.heading = heading
    reader.drafting.words.call(*calls, *more)
    reader.depth = 0
    reader.inside(element, without=[each for each in (number, subject) if each is not None])
    reader.drafting.close(0)


def labelled(reader: Reader, element: Element) -> None:
    """Read what has a number or a letter: a paragraph, a point."""
    label = _child(element, "NO.PARAG", "NO.P", "NO.GR.SEQ")
    if label is None:
        reader.inside(element)
        return
    printed, calls = reader.plain(label)
    depth = reader.depth
    reader.drafting.label(printed, depth)
    reader.drafting.words.call(*calls)
    reader.depth = depth + 1
    reader.inside(element, without=(label,))
    reader.drafting.close(depth)


def item(reader: Reader, element: Element) -> None:
    """Read a line of a list; one without a label gets the sign that is printed before it."""
    if _child(element, "NP") is not None:
        reader.inside(element)
        return
    around = element.getparent()
    sign = DASHES.get(around.get("TYPE", ""), "") if around is not None else ""
    if sign:
        reader.drafting.label(sign, reader.depth)
    reader.depth += 1
    reader.inside(element)


def quoted(reader: Reader, element: Element) -> None:
    """Read a quotation: its articles are text of the article around it."""
    with reader.drafting.quotation():
        reader.inside(element)


def final(reader: Reader, element: Element) -> None:
    """Read the end of an act: final formula, place and date, signatories."""
    if not reader.drafting.quoted:
        reader.drafting.fixed("signature")
    reader.inside(element)


def annex(reader: Reader, element: Element) -> None:
    """Read an annex; one inside another is its own section under the path of that one."""
    title = _child(element, "TITLE")
    if reader.drafting.quoted:
        reader.inside(element)
        return
    around = reader.annex
    first, rest, calls = _title(reader, title)
    if around and first.startswith(_OPENS):
        quoted(reader, element)
        return
    reader.depth = 0
    reader.annex = reader.drafting.annex(first, rest, within=around)
    reader.drafting.words.call(*calls)
    reader.inside(element, without=() if title is None else (title,))
    reader.annex = around
    reader.drafting.leave_annexes(around)


def group(reader: Reader, element: Element) -> None:
    """Read a headed or numbered group of an annex."""
    title = _child(element, "TITLE")
    if title is None:
        labelled(reader, element)
        return
    if reader.drafting.quoted or not reader.drafting.here.points or reader.depth:
        reader.inside(element)
        return
    for line in _lines(title):
        text, calls = reader.plain(line)
        if text:
            reader.drafting.group(text)
        reader.drafting.words.call(*calls)
    reader.inside(element, without=(title,))


def contents(reader: Reader, element: Element) -> None:
    """Read the contents of an annex, or of a text that has no articles."""
    around = element.getparent()
    if not reader.drafting.quoted and around is not None and around.tag in _UNDIVIDED:
        reader.drafting.fixed("body", points=True)
    reader.inside(element)


def _rows(element: Element) -> Iterator[Element]:
    """Yield the rows of a table and the titles of its blocks, without the rows of tables inside its cells."""
    for child in element.iterchildren("ROW", "BLK", "TI.BLK", "STI.BLK"):
        if child.tag == "BLK":
            yield from _rows(child)
        else:
            yield child


def cells(reader: Reader, element: Element) -> None:
    """Read the body of a table: rows of cells, each cell told from the next."""
    rows = []
    calls: list[Call] = []
    for row in _rows(element):
        read = [reader.plain(cell) for cell in (row.iterchildren("CELL") if row.tag == "ROW" else (row,))]
        rows.append([text for text, _ in read])
        calls += [note for _, notes in read for note in notes]
    reader.drafting.words.add(table(rows))
    reader.drafting.words.call(*calls)


def term(reader: Reader, element: Element) -> None:
    """Read one line of a list of terms: the sign between term and definition is printed, too."""
    around = element.getparent()
    separator = around.get("SEPARATOR", "") if around is not None else ""
    depth = reader.depth
    for child in element.iterchildren("*"):
        if child.tag == "PREFIX":
            reader.drafting.label(reader.plain(child)[0], depth)
            reader.depth = depth + 1
            continue
        if child.tag == "DEFINITION" and separator:
            reader.drafting.words.gap()
            reader.drafting.words.add(separator)
        reader.walk(child)
    reader.drafting.close(depth)


def tabular(reader: Reader, element: Element) -> None:
    """Read a table in the order of print: its notes stand in the file before its body, and below it on the page."""
    notes = element.findall("GR.NOTES")
    reader.inside(element, without=notes)
    for each in notes:
        reader.walk(each)


def image(reader: Reader, element: Element) -> None:
    """Read an image: that there is one, and its caption."""
    reader.drafting.words.add(IMAGE)
    reader.drafting.words.gap()
    reader.inside(element)


_OPENS = ("\u2018", "\u201c", "\u201e", "\u00ab")
_UNDIVIDED = frozenset({"GENERAL", "CORR", "AGR"})
"""Roots of texts that need not have articles."""

READ: dict[str, Read] = {
    **dict.fromkeys(("ACT", "CONS.ACT", "CONS.DOC", "AGR", "GENERAL", "CORR", "CONS.OTH.DOC"), act),
    "ACT.GEN": Reader.inside,
    **dict.fromkeys(("PREAMBLE", "PREAMBLE.GEN", "PREAMBLE.FINAL", "GR.VISA", "PROLOG"), introduction),
    "CONSID": recital,
    "ENACTING.TERMS": enacting_terms,
    "DIVISION": division,
    "DIV.CONSID": division,
    "SUBDIV": Reader.inside,
    "ARTICLE": article,
    **dict.fromkeys(("PARAG", "NP"), labelled),
    "ITEM": item,
    "QUOT.S": quoted,
    "FINAL": final,
    **dict.fromkeys(("ANNEX", "CONS.ANNEX"), annex),
    "GR.SEQ": group,
    **dict.fromkeys(("CONTENTS", "CONTENTS.CORR", "COLL.LETTERS"), contents),
    "TBL": tabular,
    "CORPUS": cells,
    "DLIST.ITEM": term,
    "INCL.ELEMENT": image,
}
