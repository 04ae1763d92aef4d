"""What a page says about its act beside the text: number, dates, what was consolidated, and what its signs mean.

A sign of a consolidation is explained by its link, or by the list at the head of the page.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from urllib.parse import unquote

from crawler.protocols.cellar.act_text import Text
from crawler.protocols.cellar.marks import Mark, Marking
from crawler.protocols.cellar.xhtml import roles
from crawler.protocols.cellar.xhtml.roles import MARK, Element, classes
from crawler.text import clean

_REFERENCE = re.compile(
    r"(?:0|3)?(?P<number>\d{4}[A-Z]{1,2}\d{3,4}(?:\(\d\d\))?)\s+\W\s+[A-Z]{2}\s+\W\s+(?P<day>\d{2}\.\d{2}\.\d{4})"
    r"(?:\s+\W\s+(?P<production>\d{3}\.\d{3}))?"
)
_CELEX = re.compile(r"\b(3\d{4}[A-Z]{1,2}\d{4}(?:R?\(\d\d\))?)(?![\w(])")
_TITLED = re.compile(r"(3\d{4}[A-Z]{1,2}\d{4}(?:R\(\d\d\))?)(?::.*)?", re.DOTALL)
_ELI = re.compile(r"ELI:\s*(https?://data\.europa\.eu/eli/[\w./-]+)")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_JOURNAL_DAY = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}\.\d{4}(?!\d)")
_OWN = frozenset({"title-doc-first", "title-doc-oj-reference"})
"""Classes in the row of the act itself, whose title may have changed."""
MAX_ROW = 2_000
"""Most characters of the title, journal and page of an act in a list."""
_PAGE = re.compile(r"[LC]\s?\d{1,3}\s?/\s?\d+")
_PRINTED = re.compile(r"[LC]\s?\d{1,3}(?:,|\s(?:vom|du|de|van|af))?\s(?P<day>\d{1,2}\.\d{1,2}\.\d{4}),\s\w\.\s?\d+")
_HEAD = frozenset({"hd-date", "hd-oj", "hd-coll", "hd-uniq", "title-doc-oj-reference"})
_SOURCE = re.compile(
    r"[LC]\s+\d{1,3}\s*(?:,|vom|du|de|van|af)\s*(?P<day>\d{2})/(?P<month>\d{2})/(?P<year>\d{4})\s+\w\.\s+\d+"
)


def facts(root: Element, page: Element, *, consolidated: bool) -> Text:
    """Return what a page says, without title and sections; ``page`` is the element that holds the act."""
    title = root.find("head/title")
    name = "" if title is None else roles.text_of(title)
    published = _journal_day(root, page, consolidated=consolidated)
    if not consolidated:
        stated = _CELEX.search(name)
        celex = stated[1] if stated else None
        return Text(title="", sections=(), kind="act", celex=celex, eli=_eli(page), published=published)
    lines = [roles.text_of(line) for line in page.iter("p")][:40]
    reference = next((match for text in (*lines, name) if (match := _REFERENCE.search(text))), None)
    celex = f"3{reference['number']}" if reference else None
    amended_by = {number: day for number, day in _amending(page) if number != celex}
    return Text(
        title="",
        sections=(),
        kind="consolidated",
        celex=celex,
        published=published,
        valid_from=_iso(reference["day"]) if reference else None,
        production=(reference["production"] or "") if reference else "",
        amended_by=tuple(amended_by),
        journals=tuple((number, day) for number, day in amended_by.items() if day),
    )


def _eli(page: Element) -> str | None:
    """Return the ELI that stands below an act; those of other acts stand inside sentences."""
    for line in page.iter("p"):
        match = _ELI.fullmatch(roles.text_of(line))
        if match is not None:
            return match[1]
    return None


def _amending(page: Element) -> Iterator[tuple[str, str]]:
    """Yield the CELEX numbers behind the signs of acts and corrigenda, with the days of their journals.

    The journal stands in the row of the sign, its day last; signs of the text stand in no such row.
    """
    found: dict[str, str] = {}
    for link in page.iter("a"):
        match = _TITLED.fullmatch(link.get("title", ""))
        if match is not None and roles.is_sign(link):
            row = next(link.iterancestors("tr"), None) if not found.get(match[1]) else None
            is_own = row is not None and not any(classes(line) & _OWN for line in row.iter("p"))
            days = _JOURNAL_DAY.findall(roles.text_of(row)[:MAX_ROW]) if row is not None and is_own else []
            found[match[1]] = found.get(match[1]) or (_iso(days[-1]) or "" if days else "")
    yield from found.items()


def _journal_day(root: Element, page: Element, *, consolidated: bool) -> str | None:
    """Return the day of the Official Journal, from the head of the page or its metadata."""
    told: dict[str, str] = {}
    for line in page.iter("p"):
        for name in classes(line) & _HEAD:
            told.setdefault(name, roles.text_of(line))
    day = _iso(told.get("hd-date", ""))
    if day and (_PAGE.search(told.get("hd-oj", "")) or "hd-uniq" in told):
        return day
    # The oldest consolidations have no classes: the line stands in brackets of its own.
    heads = page.iter("p") if consolidated else ()
    lines = (text for line in heads if (text := roles.text_of(line)).startswith("("))
    printed = _PRINTED.search(told.get("title-doc-oj-reference", "")) or next(
        (match for text in islice(lines, 20) if (match := _PRINTED.search(text[:60])) and text.endswith(")")), None
    )
    if printed is not None:
        return _iso(printed["day"])
    for meta in root.iter("meta"):
        source = _SOURCE.search(meta.get("content", "")) if meta.get("name", "").lower() == "dc.source" else None
        if source is not None:
            return _iso(f"{source['day']}.{source['month']}.{source['year']}")
    return None


def _iso(stated: str) -> str | None:
    match = _DAY.fullmatch(stated.strip())
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
    except ValueError:
        return None


_LABEL = re.compile(r"[\u25b6\u25ba\u25bc]\s*([A-Z]{1,2}\d{0,3})")
_TITLED_LINK = re.compile(r"\s*(?P<act>\d[0-9A-Z/_]{6,30}(?:R?\(\d\d\))?)\s*(?::\s*(?P<action>[A-Za-z]{3,30}))?")
_LINKED = re.compile(r"celex[/:=](\d[0-9A-Z]{6,30}(?:R?\(\d\d\))?)", re.IGNORECASE)


def acts(page: Element) -> dict[str, str]:
    """Return the CELEX numbers of the acts that a page has signs for, by sign (M3), from the links at its head."""
    known: dict[str, str] = {}
    for link in page.iter("a"):
        label = _label(_text(link))
        if label and label not in known and (act := _act(link)[0]):
            known[label] = act
    return known


def is_mark(element: Element) -> bool:
    """Whether an inline element is a link that is nothing but a sign."""
    return element.tag == "a" and _LABEL.match(_text(element)) is not None and not MARK.sub("", _text(element)).strip()


def mark_of(link: Element, known: Mapping[str, str]) -> Mark:
    """Return what a link that is a sign says."""
    act, action = _act(link)
    return mark(_text(link), known, act=act, action=action)


def mark(sign: str, known: Mapping[str, str], *, act: str = "", action: str = "") -> Mark:
    """Return what a sign says; the act is looked up where it is not stated."""
    label = _label(sign)
    return Mark(act=act or known.get(label, ""), action=action.lower(), inline=sign[:1] != "\u25bc", basic=label == "B")


def follow(marking: Marking, sign: Mark) -> list[Mark]:
    """Open a mark from here on; return it where it touches this line even if it holds no word."""
    if sign.inline:
        marking.open(sign)
        return [sign]
    marking.turn(sign)
    return []


def _text(link: Element) -> str:
    return clean("".join(map(str, link.itertext())))


def _label(sign: str) -> str:
    match = _LABEL.match(sign)
    return match[1] if match else ""


def _act(link: Element) -> tuple[str, str]:
    titled = _TITLED_LINK.fullmatch(link.get("title", ""))
    if titled is not None:
        return titled["act"], titled["action"] or ""
    linked = _LINKED.search(unquote(link.get("href", "")))
    return (linked[1] if linked else ""), ""
