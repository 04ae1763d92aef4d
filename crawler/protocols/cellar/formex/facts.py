"""What the files of an act say about it beside its text: language, dates, numbers, what was consolidated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from crawler.protocols.cellar.act_text import Kind
from crawler.protocols.cellar.formex.parts import Element, Parts
from crawler.text import clean

_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_PRODUCTION = re.compile(r"\d{3}\.\d{3}")
_KINDS: dict[str, Kind] = {
    "ACT": "act",
    "CONS.ACT": "consolidated",
    "CONS.OTH": "consolidated",
    "ANNEX": "annex",
    "CORR": "corrigendum",
    "AGR": "agreement",
    "GENERAL": "other",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a manifestation says about its act; the fields are those of :class:`crawler.protocols.cellar.act_text.Text`.

    ``amended_by`` is what was consolidated: CELEX numbers with the day of the Official Journal, empty where not stated.
    """

    kind: Kind
    language: str | None
    legal_value: str | None
    celex: str | None
    eli: str | None
    oj: str | None
    date: str | None
    published: str | None
    valid_from: str | None
    production: str
    amended_by: Mapping[str, str]


def facts(parts: Parts) -> Facts:
    """Return what the files say, the header before the act, the basic act of a consolidation before what amended it."""
    root = parts.texts[0]
    consolidated = root.find("INFO.CONSLEG")
    family = root.find("CONS.DOC/FAM.COMP")
    own = root.find("BIB.INSTANCE")
    basic = family.find("BIB.DATA") if family is not None else own
    main = parts.header.find("FMX/DOC.MAIN.PUB") if parts.header is not None else None
    publication = parts.header.find("PUBLICATION.REF") if parts.header is not None else None
    instance = basic.find("BIB.INSTANCE.CONS") if family is not None and basic is not None else own
    published = day(_iso(publication)) or day(_iso(parts.journal))
    published = published or (day(_iso(instance)) if family is not None else _own_journal(root, own))
    return Facts(
        kind=_KINDS[str(root.tag)],
        language=_language(main, instance, root.find("CONS.DOC/BIB.INSTANCE")),
        legal_value=_text(main, "LEGAL.VALUE") or (family.get("LEG.VAL") if family is not None else None),
        celex=_text(main, "NO.CELEX") or _text(basic, "NO.CELEX"),
        eli=_eli(parts.header),
        oj=_oj(instance, published),
        date=day(_iso(main)) or day(_iso(basic)),
        published=published,
        valid_from=day(consolidated.get("START.DATE")) if consolidated is not None else None,
        production=_production(consolidated.get("PROD.SEQ")) if consolidated is not None else "",
        amended_by=dict(_amending(family)),
    )


def day(stated: str | None) -> str | None:
    """Return a date as ISO 8601, None for none, for one outside the calendar and for the sentinels of Formex.

    >>> day("20241018"), day("99999999"), day("10010101"), day(None)
    ('2024-10-18', None, None, None)
    """
    match = _DAY.fullmatch(clean(stated or ""))
    if match is None:
        return None
    try:
        found = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    # 1001-01-01 stands for a date that a later decision will fix, 9999-12-31 for no end.
    return found.isoformat() if 1950 <= found.year <= 2150 else None


def _production(stated: str | None) -> str:
    """Return the number of a production as pages have it: 002.003 for 002.003.0."""
    match = _PRODUCTION.match(clean(stated or ""))
    return match[0] if match else ""


def _text(element: Element | None, path: str) -> str | None:
    found = element.findtext(path) if element is not None else None
    return clean(found or "") or None


def _iso(element: Element | None) -> str | None:
    found = element.find("DATE") if element is not None else None
    return found.get("ISO") or found.text if found is not None else None


def _language(*elements: Element | None) -> str | None:
    for element in elements:
        stated = _text(element, "LG.DOC") or _text(element, ".//LG.OJ")
        if stated:
            return stated.lower()
    return None


def _eli(header: Element | None) -> str | None:
    found = header.find("BIB.DOC/NO.ELI") if header is not None else None
    return clean(found.get("ID") or "") or None if found is not None else None


def _oj(instance: Element | None, published: str | None) -> str | None:
    """Return the reference to the Official Journal as printed: issue, date and page; since October 2023 the number."""
    if instance is None:
        return None
    reference = instance.find("DOCUMENT.REF") if instance.tag == "BIB.INSTANCE" else instance.find("DOCUMENT.REF.CONS")
    series, issue, page = _text(reference, "COLL"), _text(reference, "NO.OJ"), _text(instance, "PAGE.FIRST")
    on = _printed(published) or _text(reference, "YEAR")
    if series and issue and on:
        return f"OJ {series} {issue.lstrip('0')}, {on}" + (f", p. {page}" if page else "")
    number, of = _text(reference, "NO.DOC/NO.CURRENT"), _text(reference, "NO.DOC/YEAR")
    parts = [f"OJ {series}", f"{of}/{number}", *([_printed(published)] if published else [])]
    return ", ".join(parts) if series and number and of else None


def _own_journal(root: Element, instance: Element | None) -> str | None:
    """Return the day of the issue of the Official Journal in which a text stands, as its own references date that."""
    own = instance.find("DOCUMENT.REF") if instance is not None else None
    issue = tuple(_text(own, name) or "" for name in ("COLL", "NO.OJ", "YEAR"))
    for each in root.iter("REF.DOC.OJ") if all(issue) else ():
        on = day(each.get("DATE.PUB"))
        cited = (each.get("COLL") or "", (each.get("NO.OJ") or "").lstrip("0"), (on or "")[:4])
        if on and cited == (issue[0], issue[1].lstrip("0"), issue[2]):
            return on
    return None


def _printed(day: str | None) -> str:
    """Return a date as the Official Journal prints it: 22.11.2011."""
    year, month, number = day.split("-") if day else ("", "", "")
    return f"{int(number)}.{int(month)}.{year}" if year else ""


def _amending(family: Element | None) -> Iterator[tuple[str, str]]:
    """Yield the CELEX numbers of what was consolidated, corrigenda too, with the days of their journals."""
    if family is None:
        return
    for act in family.iter("MOD.ACT", "CORRIG"):
        number = _text(act, "BIB.DATA/NO.CELEX")
        if number:
            yield number, day(_iso(act.find("BIB.DATA/BIB.INSTANCE.CONS"))) or ""
