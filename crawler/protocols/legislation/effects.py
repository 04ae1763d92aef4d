"""Effects: what one law does to another, from the metadata of a document and from the effects feeds.

With the instruments that a feed names: what commences and amends a tracked one, what it amended itself. Source:
https://github.com/legislation/data-documentation (model/effects.md, formats/xml.md "Unapplied effects").
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from crawler.identifiers import covers
from crawler.identifiers.affected_provisions import CROSSHEADING, WHOLE
from crawler.identifiers.effect_types import effect_type
from crawler.model import Capture, Link, Page, Problem, Statement
from crawler.protocols.legislation import reach
from crawler.protocols.legislation.names import TYPES, address, data_url, effects_url
from crawler.protocols.legislation.paging import gathered, next_page, total_of
from crawler.protocols.legislation.tree import ATOM, UKM, Element
from crawler.text import clean, counted

RELATED = ("commencing", "amending", "made_under", "predecessors")
"""What instruments can be to a tracked one, by the effects on it and, the last, by its own."""
ONLY = "only"
"""Fact of a link to an effects feed of which nothing but what commences its instrument is followed."""
_POWERS = frozenset({"power exercised", "power partly exercised", "made"})


def related(statements: Iterable[Statement], capture: Capture, wanted: Collection[str]) -> Iterator[Link]:
    """Yield the links to instruments that a page of effects names; ``wanted`` are some of :data:`RELATED`.

    Of what amends also what commences it is followed, by its own feed.
    """
    tracked, only = capture.link.parent, capture.link.facts.get(ONLY)
    found: dict[str, set[str]] = {}
    for each in statements:
        fields = each.fields
        is_affected = fields["affected"] == tracked
        other = fields["affecting"] if is_affected else fields["affected"]
        role = relation(fields["nature"], fields["head"]) if is_affected else "predecessors"
        if other != tracked and role in ({only} if only else wanted) and address(f"/{other}") is not None:
            found.setdefault(other, set()).add(role)
    for other, relations in found.items():
        yield Link(url=data_url(other), role="document", token="named")
        if "amending" in relations and "commencing" in wanted:
            facts = {ONLY: "commencing"}
            yield Link(url=effects_url(other, "affected"), role="statement", parent=other, facts=facts, token="named")


def relation(nature: str, head: str) -> str:
    """Return which of :data:`RELATED` the instrument of an effect is to what it affects, empty for none."""
    if nature == "commencement":
        return "commencing"
    if head in _POWERS:
        return "made_under"
    return "amending" if nature == "textual" else ""


MAX_TYPES_SHOWN = 10
YEARS = 2
"""Years after which an instrument of which no day is known has begun."""
_ENDS = ("repealed", "revoked")


def effect(element: Element) -> Statement | Problem:
    """Return what a ``ukm:Effect`` or ``ukm:UnappliedEffect`` says, or what is wrong with it.

    ``applied`` and ``required`` are "true" or "false". ``head`` and ``nature`` are those of its type, see
    :func:`~crawler.identifiers.effect_types.effect_type`; ``affected_paths`` and ``affecting_paths`` JSON lists, see
    :func:`~crawler.protocols.legislation.reach.paths`; ``starts`` a JSON list of its days in force; ``in_force`` those
    days alone and the word prospective where it holds, joined by a comma. An effect is outstanding when it is not
    applied, required, and in force on a day that has come.
    """
    number = clean(element.get("EffectId") or "")
    affected, affecting = reach.item(element, "Affected"), reach.item(element, "Affecting")
    if not number or not affected:
        what = clean(element.get("URI") or element.get("Type") or "")
        return Problem(kind="unreadable effect", detail=f"no id or no affected instrument: {what or 'an effect'}")
    unapplied = element.tag == f"{UKM}UnappliedEffect"
    kind, starts = effect_type(element.get("Type") or ""), reach.in_force(element)
    return Statement(
        kind="effect",
        document=affected,
        fields={
            "id": number,
            "type": clean(element.get("Type") or ""),
            "head": kind.head,
            "nature": kind.nature,
            "affected": affected,
            "affected_title": reach.title(element, "Affected"),
            "affected_provision": reach.printed(element, "AffectedProvisions"),
            "affected_paths": reach.as_text(reach.paths(element, "AffectedProvisions")),
            "affecting": affecting,
            "affecting_title": reach.title(element, "Affecting"),
            "affecting_provision": reach.printed(element, "AffectingProvisions"),
            "affecting_paths": reach.as_text(reach.paths(element, "AffectingProvisions")),
            "applied": "false" if unapplied else clean(element.get("Applied") or "false").lower(),
            "required": clean(element.get("RequiresApplied") or "true").lower(),
            "in_force": ", ".join(dict.fromkeys(each["date"] for each in starts)),
            "starts": reach.as_text(starts),
            "commencement": reach.printed(element, "CommencementAuthority"),
            "savings": reach.printed(element, "Savings"),
            "comments": reach.comments(element),
            "commenced": " ".join(reach.commenced(element)),
        },
    )


def ended_by(root: Element, item: str, day: str) -> str:
    """Return repealed or revoked where the effects on an instrument say that of the whole of it, empty otherwise.

    That is so from a day that has come. Of one without a day it is so where an instrument of years ago makes it, which
    begins as it says; an Act may wait for its commencement.
    """
    for element in root.iter(f"{UKM}UnappliedEffect"):
        said = clean(element.get("Type") or "").lower()
        if said not in _ENDS or reach.item(element, "Affected") != item:
            continue
        starts = reach.in_force(element)
        days = [each["date"] for each in starts if reach.is_rest(each.get("qualification") or "wholly in force")]
        is_undated = all(each["date"] == reach.PROSPECTIVE for each in starts)
        has_begun = any(each <= day for each in days if each != reach.PROSPECTIVE)
        is_whole = reach.paths(element, "AffectedProvisions") == [WHOLE]
        if is_whole and (has_begun or (is_undated and _is_old(reach.item(element, "Affecting"), day))):
            return said
    return ""


def _is_old(item: str, day: str) -> bool:
    """Whether an id is that of an instrument that was made years before a day."""
    series, _, number = item.partition("/")
    year = number.partition("/")[0]
    is_instrument = series in TYPES and TYPES[series].category == "secondary"
    return is_instrument and year.isdecimal() and int(year) <= int(day[:4]) - YEARS


def unknown_types(statements: Iterable[Statement]) -> Iterator[Problem]:
    """Yield an issue with the types of effects of which no head is known: they are kept as words."""
    types = dict.fromkeys(
        each.fields["type"] for each in statements if each.kind == "effect" and not each.fields["head"]
    )
    if types:
        shown = "; ".join(repr(each[:80]) if each else "not stated" for each in list(types)[:MAX_TYPES_SHOWN])
        more = f"; {len(types) - MAX_TYPES_SHOWN} more" if len(types) > MAX_TYPES_SHOWN else ""
        yield Problem(kind="unknown effect type", detail=f"{shown}{more}")


def concerns(statement: Statement, provision: str) -> bool:
    """Whether an effect concerns a provision (``section/19``), what it is in, or something inside it.

    The metadata of a provision also carries the effects on its neighbours, ``section/19`` those on ``section/19A``.
    One of which nobody knows at which provision it is concerns every one.
    """
    named = json.loads(statement.fields["affected_paths"])
    # The crossheading that begins with a provision is shown above it.
    named = [each.removeprefix(CROSSHEADING) for each in named]
    return not provision or not named or covers(named, provision.replace("/", "-"))


def effects_feed(root: Element, capture: Capture, wanted: Collection[str] = ()) -> Page:
    """Return a page of ``/changes/…/data.feed``: statements, instruments ``wanted``, and the next page.

    The feed's ``<updated>`` is the time of the request, even where nothing changed: it is not read.
    """
    read = [effect(each) for each in root.iter(f"{UKM}Effect")]
    statements = unique(each for each in read if isinstance(each, Statement))
    entries = sum(1 for _ in root.iterfind(f"{ATOM}entry"))
    problems = [*(each for each in read if isinstance(each, Problem)), *unknown_types(statements)]
    if entries and not read:
        problems.append(Problem(kind="unreadable effect", detail=f"{counted(entries, 'entry')} without any effect"))
    url = next_page(root, capture, entries)
    more = (replace(capture.link, url=url),) if url else ()
    links = (*related(statements, capture, wanted), *more)
    return Page(statements=statements, links=links, problems=gathered(problems), total=total_of(root))


def unique(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return the statements without those that repeat an earlier one word for word, in order."""
    seen: dict[tuple[str, str, tuple[tuple[str, str], ...]], Statement] = {}
    for each in statements:
        seen.setdefault((each.kind, each.document, tuple(sorted(each.fields.items()))), each)
    return tuple(seen.values())
