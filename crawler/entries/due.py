"""Which families a crawl tells of, and with which of their changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.entries.templates import Said, say, structure
from crawler.relevance import PATIENCE
from crawler.store import Row, Store, put_off, told
from crawler.text import stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A family that gets an entry: its standing in the round-up and the changes to tell.

    ``late`` says why changes of earlier crawls are told now. ``folded`` are changes of copies, which say nothing more.
    """

    root: str
    standing: Row
    rows: Sequence[Row]
    late: Said | None = None
    folded: tuple[str, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Tell whether it is known to be relevant; if not, nobody decided for so long that it is published."""
        return bool(self.standing["band"] != "review")


def due(store: Store, crawl: str, clock: datetime) -> list[Due]:
    """Give the families that get an entry in a crawl, in the order of their names.

    Raises:
        KeyError: a family was not classified.
    """
    late, later = put_off.tops(store, crawl, now=False), put_off.tops(store, crawl, now=True)
    found: dict[str, list[Row]] = {root: [] for root in (*told.published(store, stamp(clock)), *late)}
    for row in told.changes(store, crawl):
        found.setdefault(row["root"], []).append(row)
    families = {}
    for root in sorted(found.keys() - _with_copies(store, found, later)):
        standing = told.standing(store, root)
        if _is_due(standing):
            family = _with_held(store, crawl, clock, Due(root=root, standing=standing, rows=found[root]))
            families[root] = _with_put_off(store, crawl, late, family)
    return [each for each in _folded(store, families).values() if each.rows]


def whatever(store: Store, crawl: str, root: str) -> Due | None:
    """Give a family with what happened to it in a crawl, or else before it, whatever its standing; None if nothing did.

    ``late`` is left open where that lies in earlier crawls.
    """
    rows = [row for row in told.changes(store, crawl) if row["root"] == root]
    rows = rows or told.unannounced(store, crawl, root)
    return Due(root=root, standing=told.standing(store, root), rows=rows) if rows else None


def _with_held(store: Store, crawl: str, clock: datetime, family: Due) -> Due:
    """Give a family with what was held back until it was clear whether it is relevant, where that is so now.

    Where only a part of it was held back, as it became one while it waited, that is what is told beside the rest.
    """
    joined = told.joined(store, family.root, stamp(clock))
    if not joined:
        return family
    held = told.held(store, crawl, family.root)
    if family.root not in joined:
        late, held = say("late source"), [row for row in held if row["document"] in joined and row["kind"] == "new"]
    elif not family.confirmed:
        late = say("late undecided", days=structure(PATIENCE.days))
    elif family.standing["decided_by"] == "decision":
        late = say("late decision")
    else:
        late, held = say("late source"), [row for row in held if row["kind"] == "new"]
    return replace(family, rows=[*held, *family.rows], late=late) if held else family


def _with_copies(store: Store, found: Collection[str], later: Collection[str]) -> set[str]:
    """Give the families that are put off, with those that are copies of them: these are told together."""
    return {root for root in (*found, *later) if root in later or (later and told.original(store, root) in later)}


def _with_put_off(store: Store, crawl: str, late: Mapping[str, str], family: Due) -> Due:
    """Give a family with what was put off until it was read, where that was so."""
    if family.root not in late:
        return family
    known = {row["id"] for row in family.rows}
    held = told.held(store, crawl, family.root, since=late[family.root])
    missed = [row for row in held if row["id"] not in known]
    if not missed:
        return family
    return replace(family, rows=[*missed, *family.rows], late=family.late or say("late unread"))


def _folded(store: Store, families: Mapping[str, Due]) -> dict[str, Due]:
    """Give the families without what copies repeat, where readers get or got the original they repeat it from.

    That a copy appeared is no news of its own then; a file on its page that is a copy of nothing is. What else happens
    to a copy is news, unless it happened to the original in the same crawl.
    """
    found = dict(families)
    for root in families:
        head = told.original(store, root)
        if head == root or not _is_in(store, head):
            continue
        of_head = families[head].rows if head in families else ()
        known = {_what(row) for row in of_head}
        copied = {root, *told.copied(store, root)} if of_head or told.is_announced(store, head) else set()
        repeated = [row for row in families[root].rows if _repeats(row, copied, known)]
        rest = [row for row in families[root].rows if row not in repeated]
        found[root] = replace(found[root], rows=rest)
        if head in found:
            folded = (*found[head].folded, *(str(row["id"]) for row in repeated))
            found[head] = replace(found[head], folded=folded)
    return found


def _repeats(row: Row, copied: Collection[str], known: Collection[tuple[str, str, str]]) -> bool:
    return row["document"] in copied if row["kind"] == "new" else _what(row) in known


def _is_due(standing: Row) -> bool:
    """Tell whether a family is in, or waited so long on the review list that it is told unconfirmed."""
    return bool(standing["band"] == "in" or (standing["band"] == "review" and standing["published"] is not None))


def _is_in(store: Store, root: str) -> bool:
    return _is_due(told.standing(store, root))


def _what(row: Row) -> tuple[str, str, str]:
    return row["kind"], row["path"], row["after"]
