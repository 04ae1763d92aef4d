"""Whether a list was read to its end: what was met, compared with what its publisher says there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler import protocols
from crawler.sources import Source
from crawler.store import Row, Store, completeness


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStanding:
    """How far the lists of a source were read; ``listed`` is None where the publisher does not say."""

    state: str
    since: str
    listed: int | None
    read: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is known of one list: its number as ``stated``, and what is ``wanted`` where more is to be read.

    That is another look at its "front", all of it "again", or "afresh": without what was met so far.
    """

    stated: int | None
    wanted: str = ""
    reason: str = ""


def unproven(store: Store, source: Source, slices: Sequence[Row]) -> dict[int, str]:
    """Return what is wanted of the lists of which more is to be read, by their number."""
    verdicts = {number: _verdict(store, source, rows) for number, rows in _lists(slices).items()}
    return {number: each.wanted for number, each in verdicts.items() if each.wanted}


def standing(store: Store, source: Source) -> ListStanding:
    """Return how far the lists of a source were read."""
    slices = completeness.slices(store, source.id)
    verdicts = [_verdict(store, source, rows) for rows in _lists(slices).values()]
    read = completeness.different(store, source.id)
    open_states = (completeness.WAITING, completeness.OPEN)
    is_read = not any(each["state"] in open_states for each in slices) and not any(each.wanted for each in verdicts)
    reasons = [each.reason for each in verdicts if each.reason]
    if lost := completeness.given_up(store, source.id):
        reasons.append(f"{lost:,} of its pages could not be read")
    by = source.backfill.by if source.backfill else "page"
    if by == "number":
        state, listed = completeness.COMPLETE, None
    elif all(each.stated is not None for each in verdicts):
        state, listed = completeness.COMPLETE, _listed(store, source, verdicts, read)
    else:
        state, listed = completeness.LAST_PAGE, None
    state = completeness.INCOMPLETE if reasons else state
    return ListStanding(
        state=state if is_read else completeness.READING,
        since=_since(store, source),
        listed=listed,
        read=read,
        reason="; ".join(dict.fromkeys(reasons)) if is_read else "",
    )


def _listed(store: Store, source: Source, verdicts: Sequence[Verdict], read: int) -> int:
    """Return how many entries there are: those that were met, and what lists state beyond what was met on them."""
    missing = 0
    for number, each in enumerate(verdicts):
        missing += (each.stated or 0) - completeness.different(store, source.id, number)
    return read + missing


def _since(store: Store, source: Source) -> str:
    if source.backfill is None or source.backfill.by == "number":
        return ""
    if source.backfill.by == "date":
        return str(source.backfill.begins.year)
    return completeness.oldest(store, source.id)[:4]


def _lists(slices: Sequence[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for each in slices:
        found.setdefault(each["list"], []).append(each)
    return dict(sorted(found.items()))


def _verdict(store: Store, source: Source, rows: Sequence[Row]) -> Verdict:
    body = [each for each in rows if each["position"] != completeness.FRONT]
    front = next((each for each in rows if each["position"] == completeness.FRONT), None)
    met = completeness.different(store, source.id, rows[0]["list"])
    totals = [each["total"] for each in body]
    summed = None if None in totals else sum(totals)
    if failed := next((each["reason"] for each in rows if each["state"] == completeness.FAILED), ""):
        return Verdict(stated=summed if front is None else front["total"], reason=failed)
    if source.backfill is not None and source.backfill.by == "number":
        return Verdict(stated=None)
    if protocols.protocol_of(source).Options.IS_WHOLE:
        return Verdict(stated=None if summed is None else met)
    if front is None:
        is_proven = len(body) == 1 and summed == met
        return Verdict(stated=summed, wanted="" if is_proven else "front")
    return _counted(body, front, met, summed, passes=passes(store, source.id))


def passes(store: Store, source: str) -> int:
    """Return how often the lists of a source were read by now."""
    row = completeness.get(store, source)
    return row["passes"] if row else 1


def _counted(body: Sequence[Row], front: Row, met: int, summed: int | None, *, passes: int) -> Verdict:
    """Return the verdict on a list of which the front was looked at last: its number is compared with what was met.

    More were met than there are where some left the list after their slice was read as a whole. Else, where the list
    moved or an entry was met twice, it is read once again: in another order each time, a list loses others each time.
    """
    stated = front["total"]
    if stated is None or stated == met:
        return Verdict(stated=stated)
    is_whole = len(body) > 1 and all(each["total"] is not None and each["entries"] >= each["total"] for each in body)
    if met > stated and is_whole:
        return Verdict(stated=met)
    has_moved = any(each["moved"] for each in body) or summed != stated
    if passes == 1 and (has_moved or met < sum(each["entries"] for each in body)):
        return Verdict(stated=stated, wanted="afresh" if met > stated else "again")
    return Verdict(stated=stated, reason=f"the publisher states {stated:,}, its pages list {met:,}")
