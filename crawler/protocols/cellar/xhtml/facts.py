"""What a page says about its act beside the text: number, dates, place of publication, what was consolidated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from crawler.protocols.cellar.xhtml import roles
from crawler.protocols.cellar.xhtml.roles import Element, classes

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
_PAGE = re.compile(r"(?P<series>[LC])\s?(?P<issue>\d{1,3})\s?/\s?(?P<page>\d+)")
_PRINTED = re.compile(
    r"(?P<series>[LC])\s?(?P<issue>\d{1,3})(?:,|\s(?:vom|du|de|van|af))?\s(?P<day>\d{1,2}\.\d{1,2}\.\d{4}),\s\w\.\s?(?P<page>\d+)"
)
_HEAD = frozenset({"hd-date", "hd-oj", "hd-coll", "hd-uniq", "title-doc-oj-reference"})
_SOURCE = re.compile(
    r"(?P<series>[LC])\s+(?P<issue>\d{1,3})\s*(?:,|vom|du|de|van|af)\s*(?P<day>\d{2})/(?P<month>\d{2})/(?P<year>\d{4})\s+\w\.\s+(?P<page>\d+)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a page says; the fields are those of :class:`crawler.protocols.cellar.act_text.Text`.

    ``amended_by`` is what was consolidated: CELEX numbers with the day of the Official Journal, empty where not stated.
    """

    celex: str | None
    eli: str | None
    oj: str | None
    published: str | None
    valid_from: str | None
    production: str
    amended_by: Mapping[str, str]


def facts(root: Element, page: Element, *, consolidated: bool) -> Facts:
    """Return what a page says; ``page`` is the element that holds the act."""
    title = root.find("head/title")
    name = "" if title is None else roles.text_of(title)
    lines = [roles.text_of(line) for line in page.iter("p")][:40] if consolidated else []
    reference = next((match for text in (*lines, name) if (match := _REFERENCE.search(text))), None)
    oj, published = _journal(root, page, consolidated=consolidated)
    if consolidated:
        celex = f"3{reference['number']}" if reference else None
        return Facts(
            celex=celex,
            eli=None,
            oj=oj,
            published=published,
            valid_from=_iso(reference["day"]) if reference else None,
            production=(reference["production"] or "") if reference else "",
            amended_by={number: day for number, day in _amending(page) if number != celex},
        )
    stated = _CELEX.search(name)
    return Facts(
        celex=stated[1] if stated else None,
        eli=_eli(page),
        oj=oj,
        published=published,
        valid_from=None,
        production="",
        amended_by={},
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


def _journal(root: Element, page: Element, *, consolidated: bool) -> tuple[str | None, str | None]:
    """Return the reference to the Official Journal and its date, from the head of the page or its metadata."""
    told: dict[str, str] = {}
    for line in page.iter("p"):
        for name in classes(line) & _HEAD:
            told.setdefault(name, roles.text_of(line))
    match, day = _PAGE.search(told.get("hd-oj", "")), told.get("hd-date", "")
    if match is not None and _iso(day):
        return f"OJ {match['series']} {int(match['issue'])}, {day}, p. {match['page']}", _iso(day)
    if "hd-uniq" in told and _iso(day):
        return f"OJ {told.get('hd-coll', 'L')[:1]}, {told['hd-uniq']}, {day}", _iso(day)
    # The oldest consolidations have no classes: the line stands in brackets of its own.
    heads = page.iter("p") if consolidated else ()
    lines = (text for line in heads if (text := roles.text_of(line)).startswith("("))
    printed = _PRINTED.search(told.get("title-doc-oj-reference", "")) or next(
        (match for text in islice(lines, 20) if (match := _PRINTED.search(text[:60])) and text.endswith(")")), None
    )
    if printed is not None:
        on = printed["day"]
        return f"OJ {printed['series']} {int(printed['issue'])}, {on}, p. {printed['page']}", _iso(on)
    for meta in root.iter("meta"):
        source = _SOURCE.search(meta.get("content", "")) if meta.get("name", "").lower() == "dc.source" else None
        if source is not None:
            stated = f"{int(source['day'])}.{int(source['month'])}.{source['year']}"
            return f"OJ {source['series']} {int(source['issue'])}, {stated}, p. {int(source['page'])}", _iso(stated)
    return None, None


def _iso(stated: str) -> str | None:
    match = _DAY.fullmatch(stated.strip())
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
    except ValueError:
        return None
