"""EU acts of our own making, written as Formex and as each generation of pages of the Official Journal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point with its label, such as ``(a)`` or a dash, and the points below it."""

    label: str
    text: str
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph, with its number where it has one."""

    text: str
    number: str = ""
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article; acts of some kinds give it no heading."""

    number: str
    paragraphs: tuple[Paragraph, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act: its title line by line, its recitals in order, its articles by chapter (without a number: none)."""

    title: tuple[str, ...]
    recitals: tuple[str, ...]
    chapters: tuple[tuple[str, str, tuple[Article, ...]], ...]


# -- Formex


def formex(act: Act) -> bytes:
    """Return an act as one Formex file."""
    title = "".join(f"<P>{escape(line)}</P>" for line in act.title)
    recitals = "".join(
        f"<CONSID><NP><NO.P>({number})</NO.P><TXT>{escape(text)}</TXT></NP></CONSID>"
        for number, text in enumerate(act.recitals, 1)
    )
    terms = "".join(_division(*chapter) for chapter in act.chapters)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ACT><BIB.INSTANCE><DOCUMENT.REF FILE="L_2001101EN.01000101.doc.xml">'
        "<COLL>L</COLL><NO.OJ>101</NO.OJ><YEAR>2001</YEAR><LG.OJ>EN</LG.OJ></DOCUMENT.REF><LG.DOC>EN</LG.DOC>"
        f"</BIB.INSTANCE><TITLE><TI>{title}</TI></TITLE><PREAMBLE><PREAMBLE.INIT>THE SAMPLE COUNCIL,</PREAMBLE.INIT>"
        f"<GR.CONSID><GR.CONSID.INIT>Whereas:</GR.CONSID.INIT>{recitals}</GR.CONSID>"
        "<PREAMBLE.FINAL>HAS ADOPTED THIS ACT:</PREAMBLE.FINAL></PREAMBLE>"
        f"<ENACTING.TERMS>{terms}</ENACTING.TERMS></ACT>"
    ).encode()


def _division(number: str, heading: str, articles: Iterable[Article]) -> str:
    inside = "".join(map(_article, articles))
    if not number:
        return inside
    return f"<DIVISION><TITLE><TI><P>{number}</P></TI><STI><P>{escape(heading)}</P></STI></TITLE>{inside}</DIVISION>"


def _article(article: Article) -> str:
    heading = f"<STI.ART>{escape(article.heading)}</STI.ART>" if article.heading else ""
    inside = "".join(map(_paragraph, article.paragraphs))
    return f"<ARTICLE><TI.ART>Article {article.number}</TI.ART>{heading}{inside}</ARTICLE>"


def _paragraph(paragraph: Paragraph) -> str:
    text = escape(paragraph.text)
    if paragraph.points:
        text = f"<P>{text}</P>{_list(paragraph.points)}"
    words = f"<ALINEA>{text}</ALINEA>"
    if not paragraph.number:
        return words
    return f"<PARAG><NO.PARAG>{paragraph.number}.</NO.PARAG>{words}</PARAG>"


def _list(points: Iterable[Point]) -> str:
    items = "".join(f"<ITEM>{_item(point)}</ITEM>" for point in points)
    return f"<LIST>{items}</LIST>"


def _item(point: Point) -> str:
    below = f"<P>{_list(point.points)}</P>" if point.points else ""
    return f"<NP><NO.P>{point.label}</NO.P><TXT>{escape(point.text)}</TXT>{below}</NP>"


# -- Pages of the Official Journal


def page(act: Act, *, prefix: str = "oj-") -> bytes:
    """Return an act as a page: with ``oj-`` and divisions as since 2019, without either as before."""
    new = bool(prefix)
    lines = "".join(f'<p class="{prefix}doc-ti">{escape(line)}</p>' for line in act.title)
    title = f'<div class="eli-main-title" id="tit_1">{lines}</div>' if new else lines
    recitals = "".join(
        _boxed(_row(f"({number})", _p(text, prefix), prefix), f"rct_{number}", new=new)
        for number, text in enumerate(act.recitals, 1)
    )
    chapters = "".join(_chapter(*chapter, prefix) for chapter in act.chapters)
    around = ('<div class="eli-subdivision" id="pbl_1">', "</div>") if new else ("", "")
    terms = ('<div class="eli-subdivision" id="enc_1">', "</div>") if new else ("", "")
    return (
        '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        f"<title>L_2001101EN.01000101.xml</title></head><body>{title}{around[0]}{_p('THE SAMPLE COUNCIL,', prefix)}"
        f"{_p('Whereas:', prefix)}{recitals}{_p('HAS ADOPTED THIS ACT:', prefix)}{around[1]}"
        f"{terms[0]}{chapters}{terms[1]}</body></html>"
    ).encode()


def _p(text: str, prefix: str) -> str:
    return f'<p class="{prefix}normal">{escape(text)}</p>'


def _boxed(inside: str, name: str, *, new: bool) -> str:
    return f'<div class="eli-subdivision" id="{name}">{inside}</div>' if new else inside


def _row(label: str, inside: str, prefix: str) -> str:
    return (
        '<table width="100%"><col width="4%"/><col width="96%"/><tbody><tr><td valign="top">'
        f'{_p(label, prefix)}</td><td valign="top">{inside}</td></tr></tbody></table>'
    )


def _chapter(number: str, heading: str, articles: Iterable[Article], prefix: str) -> str:
    inside = "".join(_shown(article, prefix) for article in articles)
    if not number:
        return inside
    said = f'<p class="{prefix}ti-section-2"><span class="{prefix}bold">{escape(heading)}</span></p>'
    name = f"cpt_{number.rpartition(' ')[2]}"
    head = f'<p class="{prefix}ti-section-1">{number}</p>'
    if not prefix:
        return head + said + inside
    return f'<div id="{name}">{head}<div class="eli-title">{said}</div>{inside}</div>'


def _shown(article: Article, prefix: str) -> str:
    heading = ""
    if article.heading:
        heading = f'<p class="{prefix}sti-art">{escape(article.heading)}</p>'
        heading = f'<div class="eli-title">{heading}</div>' if prefix else heading
    inside = "".join(_told(paragraph, prefix) for paragraph in article.paragraphs)
    head = f'<p class="{prefix}ti-art">Article {article.number}</p>'
    return _boxed(head + heading + inside, f"art_{article.number}", new=bool(prefix))


def _told(paragraph: Paragraph, prefix: str) -> str:
    number = f"{paragraph.number}.\u00a0\u00a0\u00a0" if paragraph.number else ""
    inside = _p(number + paragraph.text, prefix) + _points(paragraph.points, prefix)
    return f"<div>{inside}</div>" if prefix and number else inside


def _points(points: Iterable[Point], prefix: str) -> str:
    return "".join(_row(each.label, _p(each.text, prefix) + _points(each.points, prefix), prefix) for each in points)
