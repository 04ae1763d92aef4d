"""What an entry says of law beyond the provisions: by which instrument, from when, and what a new one does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.entries.dates import day
from crawler.entries.provisions import KINDS
from crawler.entries.templates import Said, listed, say, source, structure
from crawler.identifiers import citations
from crawler.store import Row, Store, told

NAMED = 2
"""Most instruments that are named."""
VERBS = ("amends", "commences", "repeals", "made under", "transposes", "adopts", "completes", "corrects", "based on")
"""Relations that are told of a new instrument, in their order."""
RANGE = 60
"""Most provisions of a range such as "ss. 12-14" that are named one by one."""

_SERIES = {"uksi": "SI", "ssi": "SSI", "wsi": "WSI", "nisr": "SR", "uksro": "SR & O", "nisi": "SI"}
_ITEM = re.compile(r"([a-z]+)/(\d{4})/(\d+)")
_CELEX = re.compile(r"celex:3(\d{4})([LRD])(\d{4})")
_ACTS = {"L": "Directive", "R": "Regulation", "D": "Decision"}
FIRST_EU = 2015
"""Year from which on acts of the EU are cited as (EU) YYYY/N: https://publications.europa.eu/code/en/en-110202.htm."""
_SPAN = re.compile(r"(.*?)(\d+)\.\.\1(\d+)")


def is_law(family: Sequence[Row]) -> bool:
    """Tell whether a family is an instrument of law: its text is structured, or it has its place among the laws."""
    top = family[0]
    return top["representation"] == "structured" or bool(_ITEM.fullmatch(top["id"]))


def brought_by(store: Store, root: str, rows: Sequence[Row]) -> Iterator[Said]:
    """Give by which instruments provisions were changed: those that do something to them on the very date."""
    changes = [row for row in rows if row["kind"] in KINDS and row["occurred"] and row["document"] == root]
    if not changes:
        return
    found: dict[str, Said] = {}
    for effect in told.effects_on(store, root):
        dates = set(re.findall(r"\d{4}-\d{2}-\d{2}", effect["in_force"]))
        affected = paths(effect["affected_provision"])
        if any(row["occurred"][:10] in dates and _covers(affected, row["path"]) for row in changes):
            found.setdefault(effect["affecting"], instrument(effect["affecting"], effect["title"]))
    if found:
        yield say("by one", instrument=listed(list(found.values()), NAMED))


def begins_in_parts(top: Row, rows: Sequence[Row]) -> bool:
    """Tell whether several provisions of a law that is in force in parts have begun: each may have a day of its own.

    The date of the whole wording is only that of the last of them.
    """
    begun = [row for row in rows if row["kind"] == "changed" and row["status_before"] != row["status_after"]]
    return top["in_force"] == "in parts" and len(begun) > 1


def applies(top: Row, rows: Sequence[Row]) -> Iterator[Said]:
    """Give from when changed provisions apply; where there are several dates, none of them."""
    changes = [row for row in rows if row["kind"] in KINDS and row["law"]]
    dates = {row["occurred"][:10] for row in changes if row["occurred"]}
    if begins_in_parts(top, rows):
        yield say("in force in parts")
    elif len(dates) == 1 and all(row["occurred"] for row in changes):
        yield say("applies from", day=structure(day(dates.pop())))
    elif dates:
        yield say("applies in parts")


def of_new(store: Store, top: Row) -> Iterator[Said]:
    """Give what a new instrument does to others that we hold, and when it is in force."""
    of_kind: dict[str, list[Said]] = {}
    for row in told.related(store, top["id"], VERBS):
        of_kind.setdefault(row["relation"], []).append(source(row["title"]))
    for relation, titles in of_kind.items():
        yield say("made by", verb=say(relation), instrument=listed(titles, NAMED))
    in_force = top["in_force"]
    if in_force in ("in parts", "not yet"):
        yield say("in force in parts" if in_force == "in parts" else "not yet in force")
    elif re.fullmatch(r"\d{4}(-\d{2}){0,2}", in_force):
        yield say("in force from", day=structure(day(in_force)))


def paths(provision: str) -> list[str]:
    """Give the paths of a provision as effects name it, none where it is not readable.

    >>> paths("s. 45(1)(a)"), paths("ss. 12-14"), paths("article-79-2"), paths("Act")
    (['section-45-1-a'], ['section-12', 'section-13', 'section-14'], ['article-79-2'], [])
    """
    if re.fullmatch(r"(?:article|annex|recital)-[0-9A-Za-z-]+", provision):
        return [provision]
    found: list[str] = []
    for each in citations(provision):
        span = _SPAN.fullmatch(each.provision) if each.kind == "provision" else None
        if span:
            numbers = range(int(span[2]), min(int(span[3]), int(span[2]) + RANGE) + 1)
            found += [f"{span[1]}{number}" for number in numbers]
        elif each.kind == "provision" and ".." not in each.provision:
            found.append(each.provision)
    return found


def _covers(affected: Sequence[str], path: str) -> bool:
    """Tell whether a provision is one of those that are affected, holds one, or lies in one."""
    return any(f"{one}-".startswith(f"{path}-") or f"{path}-".startswith(f"{one}-") for one in affected)


def instrument(name: str, title: str) -> Said:
    """Give an instrument for readers: by its title where we hold it, else by its series and number.

    >>> [str(instrument(name, "")) for name in ("uksi/2026/123", "ukpga/2023/5", "asp/2015/12")]
    ['SI 2026/123', '2023 c. 5', '2015 asp 12']
    >>> [str(instrument(name, "")) for name in ("celex:32024L1712", "celex:32011L0036")]
    ['Directive (EU) 2024/1712', 'CELEX 32011L0036']
    """
    if title:
        return source(title)
    item, act = _ITEM.fullmatch(name), _CELEX.fullmatch(name)
    if act is not None and int(act[1]) >= FIRST_EU:
        return structure(f"{_ACTS[act[2]]} (EU) {act[1]}/{int(act[3])}")
    if item is None:
        return structure(name.replace("celex:", "CELEX "))
    if item[1] in _SERIES:
        return structure(f"{_SERIES[item[1]]} {item[2]}/{item[3]}")
    mark = item[1] if item[1] in ("asp", "anaw", "asc") else "c."
    return structure(f"{item[2]} {mark} {item[3]}")
