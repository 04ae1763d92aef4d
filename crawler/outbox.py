"""What is announced, what is silent, and what is gathered into one entry: decided here and nowhere else.

:func:`silence` decides of a change when it is seen, :func:`settle` of the families of a crawl when it closes. Both are
pure. What is silent stays so; a family that waits is settled again by a later crawl.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Literal

from crawler.model import Cause
from crawler.text import latest, moment

Row = dict[str, Any]
Late = Literal[
    "", "late whole", "late source", "late undecided", "late decision", "late unread", "late unsettled"
]  # fmt: skip
"""Why changes of earlier crawls are told now, as a template of :mod:`crawler.entries.templates`."""

MIN_AGE_OF_OLDER = timedelta(days=30)
"""What is dated this much before it could be seen is newly listed, not new."""
VERY_OLD = timedelta(days=365)
"""And so is what is dated this much before it was seen, although its source was not read in between."""
NEWLY_LISTED = "newly listed"
UNSETTLED = "unsettled"
"""Why a change is silent, and the flag of one, whose words go to and fro."""
RETURNS = 2
"""How often a text returns to an earlier wording until it is told as unsettled."""
STILL = 2
"""Visits at which it must stand unchanged until it is told again."""
VISITS = 5
"""Last visits of a page that are looked at for words that are new each time."""
MIN_ALIKE = 4
"""At how many of these they are new, and stand in the same words, where they are a counter."""
OF_PEOPLE = ("new", "retitled", "status", "date", "withdrawn", "gone", "returned", "relocated")
"""What is told of a document that can name people: of what else happens to it nothing may be shown."""
MAX_SINGLE_OLDER = 1
"""Most older documents of one source that have entries of their own."""
FLOOD = 10
"""Most new documents of a source that a crawl tells one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known of a change when it is seen.

    ``is_watched``: its source had a complete healthy walk before. ``is_weaker``: its document shows a better text.
    ``is_told``: another source told it. ``is_unsettled``: it was told that its words go to and fro. The others count
    for appearances: ``why`` the page was asked (a value of ``frontier.WHY``); ``is_reached_anew``: options reach it
    that its source did not have then; ``above``: why the document that it hangs on is silent, "first reading" where
    that was never read before; ``is_old``: what names it first dates it long before the visit before.
    """

    cause: Cause = "source"
    is_watched: bool = True
    is_weaker: bool = False
    is_told: bool = False
    is_unsettled: bool = False
    why: str = ""
    is_reached_anew: bool = False
    above: str = ""
    is_old: bool = False


def is_old(stated: str | None, walked: str | None, seen: str = "") -> bool:
    """Whether a document is dated long before its source was last ``walked``, or very long before it was ``seen``."""
    dated = latest(stated or "")
    if dated is None:
        return False
    return (bool(walked) and dated < moment(walked or "") - MIN_AGE_OF_OLDER) or (
        bool(seen) and dated < moment(seen) - VERY_OLD
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """One change at a place of a document: its words before and after, what it kept of them, and its ``visit``.

    ``visit`` counts the visits of the page back from the newest, which is 0.
    """

    before: str
    after: str
    kept: tuple[str, ...] = ()
    visit: int = 0


def is_unsettled(change: Flip, earlier: Sequence[Flip]) -> bool:
    """Whether a text goes to and fro: it returns to an earlier wording, as it did before at this place."""
    known, returns = set[str](), 0
    for one in earlier:
        returns += one.after in known
        known.add(one.before)
    return change.after in known and returns + 1 >= RETURNS


def is_counter(change: Flip, earlier: Sequence[Flip]) -> bool:
    """Whether a block has new words at most of the last visits, and always the same around them: it is the site's."""
    alike = {one.visit for one in earlier if one.kept == change.kept and one.visit < VISITS}
    return any(change.kept) and len(alike - {change.visit}) + 1 >= MIN_ALIKE


def silence(seen: Seen) -> str:
    """Return why a change is never announced, empty where it may be.

    That it is newly listed holds for parts of other documents: what stands alone is gathered.
    """
    found = (
        ("weaker representation", seen.is_weaker),
        ("first walk", not seen.is_watched or seen.why == "backfill"),
        ("new options", seen.why == "aside" or seen.is_reached_anew),
        (seen.cause, seen.cause != "source"),
        (seen.above, True),
        (NEWLY_LISTED, seen.is_old),
        ("told already", seen.is_told),
        (UNSETTLED, seen.is_unsettled),
    )
    return next((reason for reason, holds in found if reason and holds), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A family with what happened to it that may be announced, and what decides whether it is.

    ``rows`` are the changes of this crawl, ``held`` those of earlier crawls that are told now because of ``late``.
    ``is_unread``: it waits for a page that was not asked yet, or for that of the family it is a copy of. ``is_in``: it
    belongs into the round-up. ``source`` is that of its top; ``is_old``: it was dated long before when it
    was listed. ``original`` is the family it is a copy of, itself where it is none; ``is_original_in`` whether that is
    told of, ``is_original_known`` whether it was before; ``copied`` are its documents that are copies.
    """

    root: str
    rows: Sequence[Row] = ()
    held: Sequence[Row] = ()
    late: Late = ""
    is_unread: bool = False
    is_in: bool = True
    confirmed: bool = True
    source: str = ""
    is_old: bool = False
    original: str = ""
    is_original_in: bool = False
    is_original_known: bool = False
    copied: frozenset[str] = frozenset()
    folded: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether all there is to tell of it is that it is there, or was until long ago."""
        new = {row["document"] for row in self.rows if row["kind"] == "new"}
        return self.root in new and all(row["document"] in new and not _is_news(row) for row in self.rows)


def _is_news(row: Row) -> bool:
    """Whether a new document was withdrawn, or went, not long before it was seen."""
    occurred = latest(row["occurred"] or row["seen"]) if row["kind"] in ("withdrawn", "gone", "returned") else None
    return occurred is not None and occurred >= moment(row["seen"]) - MIN_AGE_OF_OLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """New families of one source that are told in one entry; ``is_old``: they are older than the visit before."""

    source: str
    families: tuple[Family, ...]
    is_old: bool
    late: Late
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a crawl announces, and of which families it says nothing, with the reason."""

    announced: tuple[Family, ...] = ()
    gathered: tuple[Lot, ...] = ()
    silent: Mapping[str, str] = field(default_factory=dict)


def settle(families: Sequence[Family]) -> Settled:
    """Decide of each family whether it has an entry of its own, one with others, or none."""
    silent = {each.root: "unread" if each.is_unread else "not in the round-up" for each in families if _waits(each)}
    told = {each.root: _shown(each) for each in families if each.root not in silent}
    folded = _folded(told)
    silent |= {root: "copy" if told[root].rows else "of people" for root, each in folded.items() if not each.rows}
    lots = _lots([each for each in folded.values() if each.rows])
    taken = {each.root for lot in lots for each in lot.families}
    own = (each for each in folded.values() if each.rows and each.root not in taken)
    return Settled(announced=tuple(own), gathered=tuple(lots), silent=silent)


def _waits(family: Family) -> bool:
    return family.is_unread or not family.is_in


def _shown(family: Family) -> Family:
    """Return a family with all that is told of it now: no words of documents that can name people."""
    rows = [*family.held, *family.rows]
    told = [row for row in rows if not row["private"] or row["kind"] in OF_PEOPLE]
    return replace(family, rows=told, folded=(*family.folded, *(str(row["id"]) for row in rows if row not in told)))


def _folded(families: Mapping[str, Family]) -> dict[str, Family]:
    """Return the families without what copies repeat, where readers get or got the original they repeat it from.

    That a copy appeared is no news of its own then; a file on its page that is a copy of nothing is. What else happens
    to a copy is news, unless it happened to the original in the same crawl.
    """
    found = dict(families)
    for root, family in families.items():
        if family.original in ("", root) or not family.is_original_in:
            continue
        head = families.get(family.original)
        known = {_what(row) for row in head.rows} if head else set()
        is_told = bool(head and head.rows) or family.is_original_known
        copied = {root, *family.copied} if is_told else set()
        repeated = [row for row in family.rows if _repeats(row, copied, known)]
        found[root] = replace(found[root], rows=[row for row in family.rows if row not in repeated])
        if head is not None:
            above = found[head.root]
            found[head.root] = replace(above, folded=(*above.folded, *(str(row["id"]) for row in repeated)))
    return found


def _repeats(row: Row, copied: Collection[str], known: Collection[tuple[str, str, str]]) -> bool:
    return row["document"] in copied if row["kind"] == "new" else _what(row) in known


def _what(row: Row) -> tuple[str, str, str]:
    return row["kind"], row["path"], row["after"]


def _lots(families: Sequence[Family]) -> list[Lot]:
    """Return what is gathered: several older documents of one source, and more new ones than :data:`FLOOD`."""
    groups: dict[tuple[str, bool, Late, bool], list[Family]] = defaultdict(list)
    for each in families:
        if each.is_new:
            groups[each.source, each.is_old, each.late, each.confirmed].append(each)
    return [
        Lot(source=source, families=tuple(group), is_old=is_old, late=late, confirmed=confirmed)
        for (source, is_old, late, confirmed), group in sorted(groups.items())
        if len(group) > (MAX_SINGLE_OLDER if is_old else FLOOD)
    ]
