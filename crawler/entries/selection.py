"""Which families a crawl tells of, and with which of their changes: what is known of each, settled by the outbox."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler import outbox
from crawler.classify.relevance import PATIENCE
from crawler.entries.templates import Sentence, say, structure
from crawler.outbox import STILL, Family, Late
from crawler.store import Row, Store, put_off, told
from crawler.text import stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A family that gets an entry: its standing in the round-up and the changes to tell.

    ``late`` says why changes of earlier crawls are told now. ``folded`` are changes of copies, which say nothing more.
    ``is_old``: it is newly listed, and dated long before.
    """

    root: str
    standing: Row
    rows: Sequence[Row]
    late: Sentence | None = None
    folded: tuple[str, ...] = ()
    is_old: bool = False

    @property
    def confirmed(self) -> bool:
        """Return whether it is known to be relevant; if not, nobody decided for so long that it is published."""
        return bool(self.standing["band"] != "review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """New families of one source that are told in one entry."""

    source: str
    families: tuple[Due, ...]
    is_old: bool
    late: Sentence | None
    confirmed: bool


def due(store: Store, crawl: str, clock: datetime) -> tuple[list[Due], list[Several]]:
    """Return the families that get an entry in a crawl, in the order of their names, and those that share one.

    Raises:
        KeyError: a family was not classified.
    """
    waiting, now = put_off.tops(store, crawl, now=False), put_off.tops(store, crawl, now=True)
    found: dict[str, list[Row]] = {root: [] for root in (*told.published(store, stamp(clock)), *waiting)}
    for row in told.changes(store, crawl):
        found.setdefault(row["root"], []).append(row)
    families = [_family(store, crawl, clock, (root, found[root]), waiting, now) for root in sorted(found)]
    settled = outbox.settle(families)
    lots = (
        Several(
            source=lot.source,
            families=tuple(_due(store, each) for each in lot.families),
            is_old=lot.is_old,
            late=_said(lot.late),
            confirmed=lot.confirmed,
        )
        for lot in settled.gathered
    )
    return [_due(store, each) for each in settled.announced], list(lots)


def whatever(store: Store, crawl: str, root: str) -> Due | None:
    """Return a family with what happened to it in a crawl, or else before it; None if nothing did.

    ``late`` is left open where that lies in earlier crawls.
    """
    rows = [row for row in told.changes(store, crawl) if row["root"] == root]
    rows = rows or told.unannounced(store, crawl, root)
    return Due(root=root, standing=told.standing(store, root), rows=rows) if rows else None


def _due(store: Store, family: Family) -> Due:
    return Due(
        root=family.root,
        standing=told.standing(store, family.root),
        rows=family.rows,
        late=_said(family.late),
        folded=family.folded,
        is_old=family.is_old and family.is_new,
    )


def _said(late: Late) -> Sentence | None:
    if not late:
        return None
    fills = {"late undecided": {"days": structure(PATIENCE.days)}, "late unsettled": {"visits": structure(STILL)}}
    return say(late, **fills.get(late, {}))


def _family(
    store: Store,
    crawl: str,
    clock: datetime,
    of: tuple[str, list[Row]],
    waiting: Mapping[str, str],
    now: Collection[str],
) -> Family:
    """Return what is known of a family and of its changes; ``waiting`` were put off before, ``now`` are by this crawl.

    A copy of what is put off is told with it.
    """
    root, rows = of
    original = told.original(store, root)
    is_in, confirmed = _is_in(store, root)
    if root in now or original in now or not is_in:
        return Family(root=root, rows=rows, is_unread=root in now or original in now, is_in=is_in)
    held, late = _held(store, crawl, clock, root)
    if root in waiting:
        known = {row["id"] for row in (*held, *rows)}
        missed = [row for row in told.held(store, crawl, root, since=waiting[root]) if row["id"] not in known]
        held, late = [*missed, *held], late or _missed(missed)
    is_copy = original != root
    new = next((row for row in (*held, *rows) if row["kind"] == "new" and row["document"] == root), None)
    return Family(
        root=root,
        rows=rows,
        held=held,
        late=late,
        confirmed=confirmed,
        source="" if new is None else str(new["of_source"]),
        is_old=new is not None and new["appeared"] == outbox.NEWLY_LISTED and not _is_of_release(store, new),
        original=original,
        is_original_in=is_copy and _is_in(store, original)[0],
        is_original_known=is_copy and (told.is_translation(store, root) or told.is_announced(store, original)),
        copied=frozenset(told.copied(store, root)) if is_copy else frozenset(),
    )


def _missed(rows: Sequence[Row]) -> Late:
    """Return why changes of earlier crawls are told now: their words stand still, or their page was not read before."""
    if not rows:
        return ""
    return "late unsettled" if all(outbox.UNSETTLED in row["flags"] for row in rows) else "late unread"


def _held(store: Store, crawl: str, clock: datetime, root: str) -> tuple[list[Row], Late]:
    """Return what was held back of a family until it was clear whether it is relevant, where that is so now, and why.

    Where only a part of it was held back, as it became one while it waited, that is what is told beside the rest.
    """
    joined = told.joined(store, root, stamp(clock))
    held = told.held(store, crawl, root) if joined else []
    if not held:
        return [], ""
    if root not in joined:
        held = [row for row in held if row["document"] in joined and row["kind"] == "new"]
        return held, "late source" if held else ""
    standing = told.standing(store, root)
    if standing["band"] == "review":
        return held, "late undecided"
    if standing["decided_by"] == "decision":
        return held, "late decision"
    held = [row for row in held if row["kind"] == "new"]
    return held, let_in(standing) if held else ""


def let_in(standing: Row) -> Late:
    """Return what lets a family in now: a source of which everything belongs here, else the words of its publisher."""
    reasons = json.loads(standing["why"])
    whole = any(one["place"] == "source" and one["weight"] >= 0 for one in reasons)
    return "late whole" if whole else "late source"


def _is_of_release(store: Store, new: Row) -> bool:
    """Whether something new announces a release that was to come when it was seen, or not long before."""
    return any(not outbox.is_old(day, new["seen"]) for day in told.days(store, new["document"], "released"))


def _is_in(store: Store, root: str) -> tuple[bool, bool]:
    """Return whether a family is in, or waited so long on the review list that it is told; and whether that is sure."""
    standing = told.standing(store, root)
    waited = standing["band"] == "review" and standing["published"] is not None
    return standing["band"] == "in" or waited, not waited
