"""Effects: what one law does to another, from the metadata of a document and from the effects feeds.

Source: https://github.com/legislation/data-documentation (model/effects.md, formats/xml.md "Unapplied effects").
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.model import Capture, Link, Page, Problem, Statement
from crawler.protocols.legislation.faults import gathered
from crawler.protocols.legislation.names import BY_NAME, address, day
from crawler.protocols.legislation.paging import next_page, total_of
from crawler.protocols.legislation.tree import ATOM, UKM, Element, words
from crawler.text import clean, counted

_LABELS = {"s": "section", "art": "article", "reg": "regulation", "rule": "rule", "Sch": "schedule"}
_NUMBERLESS = frozenset({"section", "article", "regulation", "rule", "paragraph"})
_LABEL = re.compile(r"\b(s|art|reg|rule|Sch)\. ?(\d+[A-Z]*)")
_NUMBERED = re.compile(r"(\d+)([A-Za-z]*)")


def effect(element: Element) -> Statement | Problem:
    """Give what a ``ukm:Effect`` or ``ukm:UnappliedEffect`` says, or what is wrong with it.

    ``applied`` and ``required`` are "true" or "false"; ``in_force`` holds dates and the word prospective, joined by a
    comma. An effect is outstanding when it is not applied, required, and in force on a date that has come.
    """
    number = clean(element.get("EffectId") or "")
    affected, affecting = _item(element, "Affected"), _item(element, "Affecting")
    if not number or not affected:
        what = clean(element.get("URI") or element.get("Type") or "")
        return Problem(kind="unreadable effect", detail=f"no id or no affected instrument: {what or 'an effect'}")
    unapplied = element.tag == f"{UKM}UnappliedEffect"
    return Statement(
        kind="effect",
        document=affected,
        fields={
            "id": number,
            "type": clean(element.get("Type") or ""),
            "affected": affected,
            "affected_provision": _provisions(element, "Affected"),
            "affecting": affecting,
            "affecting_provision": _provisions(element, "Affecting"),
            "applied": "false" if unapplied else clean(element.get("Applied") or "false").lower(),
            "required": clean(element.get("RequiresApplied") or "true").lower(),
            "in_force": ", ".join(_in_force(element)),
        },
    )


def _item(element: Element, side: str) -> str:
    """Give the id of the affected or affecting instrument, the empty text where the effect names none."""
    found = address(element.get(f"{side}URI") or "")
    if found:
        return found.item
    known = BY_NAME.get(element.get(f"{side}Class") or "")
    year, number = element.get(f"{side}Year") or "", element.get(f"{side}Number") or ""
    made = address(f"/{known.code}/{year}/{number}") if known else None
    return made.item if made else ""


def _provisions(element: Element, side: str) -> str:
    stated = clean(element.get(f"{side}Provisions") or "")
    return stated or words(element.find(f"{UKM}{side}Provisions"))


def _in_force(element: Element) -> list[str]:
    found = set()
    for date in element.iterfind(f"{UKM}InForceDates/{UKM}InForce"):
        stated = day(date.get("Date"))
        if stated:
            found.add(stated)
        elif date.get("Prospective") == "true":
            found.add("prospective")
    return sorted(found)


def concerns(element: Element, provision: str) -> bool:
    """Tell whether an effect concerns a provision (``section/19``), what it is in, or something inside it.

    The metadata of a provision also carries the effects on its neighbours, ``section/19`` those on ``section/19A``:
    addresses are compared step by step, and ranges by number.
    """
    if not provision:
        return True
    named = element.iterfind(f"{UKM}AffectedProvisions//*")
    spans = [_span(each.get("URI"), each.get("UpTo")) for each in named]
    spans.append(_span(element.get("AffectedURI"), element.get("AffectedUpTo")))
    steps = provision.split("/")
    # Where a provision could not be resolved its address ends in the bare word ("…/section"): what is printed tells.
    whole = [(start, end) for start, end in spans if start and start.rpartition("/")[2] not in _NUMBERLESS]
    if not whole:
        printed = _LABEL.search(_provisions(element, "Affected"))
        return printed is None or _related(steps, [_LABELS[printed[1]], printed[2]])
    return any(_within(steps, start.split("/"), end.split("/")) for start, end in whole)


def _span(start: str | None, end: str | None) -> tuple[str, str]:
    first, last = address(start or ""), address(end or start or "")
    return (first.provision if first else "", last.provision if last else "")


def _within(provision: list[str], start: list[str], end: list[str]) -> bool:
    if _related(provision, start) or _related(provision, end):
        return True
    size = len(start)
    if size != len(end) or start[:-1] != end[:-1] or provision[: size - 1] != start[:-1] or len(provision) < size:
        return False
    first, here, last = (_order(steps[size - 1]) for steps in (start, provision, end))
    return first is not None and here is not None and last is not None and first <= here <= last


def _related(one: list[str], other: list[str]) -> bool:
    size = min(len(one), len(other))
    return one[:size] == other[:size]


def _order(step: str) -> tuple[int, str] | None:
    found = _NUMBERED.fullmatch(step)
    return (int(found[1]), found[2]) if found else None


def effects_feed(root: Element, capture: Capture) -> Page:
    """Read a page of ``/changes/…/data.feed``: one statement per effect, and the page after it.

    The feed's ``<updated>`` is the time of the request, even where nothing changed: it is not read.
    """
    found = [effect(each) for each in root.iter(f"{UKM}Effect")]
    entries = sum(1 for _ in root.iterfind(f"{ATOM}entry"))
    problems = [each for each in found if isinstance(each, Problem)]
    if entries and not found:
        problems.append(Problem(kind="unreadable effect", detail=f"{counted(entries, 'entry')} without any effect"))
    url = next_page(root, capture, entries)
    links = (Link(url=url, role="statement", parent=capture.link.parent, token=capture.link.token),) if url else ()
    return Page(
        statements=unique(each for each in found if isinstance(each, Statement)),
        links=links,
        problems=gathered(problems),
        total=total_of(root),
    )


def unique(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Give the statements without those that repeat an earlier one word for word, in order."""
    seen: dict[tuple[str, str, tuple[tuple[str, str], ...]], Statement] = {}
    for each in statements:
        seen.setdefault((each.kind, each.document, tuple(sorted(each.fields.items()))), each)
    return tuple(seen.values())
