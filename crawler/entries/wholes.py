"""Schedules and parts that came or went as a whole: told as one, not paragraph by paragraph."""

from collections import Counter
from collections.abc import Iterator, Sequence

from crawler.changes.law import is_empty, rank
from crawler.changes.verbs import ENDED
from crawler.entries.law_headlines import verb
from crawler.store import Row, Store, wordings

WHOLE = "whole"
"""What the row of a schedule or part has that is told for all that stands in it."""
_FATES = frozenset({"inserted", "substituted", "omitted", "repealed", "revoked", "replaced"})
_SIDES = ("before", "after")
_OWN_NUMBERS = ("schedule", "annex", "appendix")


def fold_wholes(store: Store, rows: Sequence[Row], root: str) -> list[Row]:
    """Return the changes of a family; of a schedule or part of its top that came or went whole, that alone.

    It is put down to what most of its provisions are; those of another day or instrument are told beside it.
    """
    found = list(rows)
    for row in [row for row in rows if _may_be_whole(row, root)]:
        of_law = [each for each in found if each["document"] == root and each["path"]]
        if any(each is row for each in of_law):
            inside = _inside(store, row, of_law)
            found = found if inside is None else list(_as_one(row, inside, found))
    return found


def _may_be_whole(row: Row, root: str) -> bool:
    if row["document"] != root or not row["law"] or row["kind"] not in ("added", "removed", "omitted"):
        return False
    return verb(row) in _FATES and rank(row["path"], eu=_is_eu(row)) == "division"


def _is_eu(row: Row) -> bool:
    return str(row["document"]).startswith("celex:")


def _inside(store: Store, whole: Row, rows: Sequence[Row]) -> list[Row] | None:
    """Return the changes of what stands in a schedule or part that share its fate, None unless all of it does.

    What was inserted may have been omitted since.
    """
    sections = wordings.sections_of(store, whole["version"])
    if all(section["path"] != whole["path"] for section in sections):
        sections = wordings.sections_of(store, whole["previous"])
    held = list(_held(whole["path"], sections, eu=_is_eu(whole)))
    paths, above = {section["path"] for section in held}, f"{whole['path']}-"
    of_it = [row for row in rows if row is not whole and (row["path"] in paths or row["path"].startswith(above))]
    inside = [row for row in of_it if verb(row) == verb(whole)]
    changed = {row["path"] for row in inside}
    if any(row["path"] not in changed for row in of_it):
        return None
    provisions = [section for section in held if rank(section["path"], eu=_is_eu(whole)) == "provision"]
    if any(each["path"] not in changed and not _is_ended(each, whole) for each in provisions):
        return None
    order = {section["path"]: place for place, section in enumerate(held)}
    inside.sort(key=lambda row: order.get(row["path"], len(order)))
    return inside if provisions or whole["after"] or whole["before"] else None


def _is_ended(section: Row, whole: Row) -> bool:
    """Whether what stands in a schedule or part that went was gone before."""
    return whole["kind"] != "added" and (section["status"] in ENDED or is_empty(section["text"]))


def _held(whole: str, sections: Sequence[Row], *, eu: bool) -> Iterator[Row]:
    """Yield what stands in a schedule or part: all behind it up to the next that is none of its own parts."""
    schedule = f"{'-'.join(whole.split('-')[:2])}-" if whole.partition("-")[0] in _OWN_NUMBERS else ""
    begun = False
    for section in sections:
        path = section["path"]
        if begun and not path.startswith(f"{whole}-"):
            is_out = not path.startswith(schedule) if schedule else path.partition("-")[0] in _OWN_NUMBERS
            if is_out or rank(path, eu=eu) == "division":
                return
        if begun:
            yield section
        begun = begun or path == whole


def _lines(row: Row, side: str) -> str:
    """Return a provision as it stands in the schedule or part: its number and heading, then its words."""
    return "\n".join(filter(None, [" ".join(filter(None, [row["number"], row["heading"]])), row[side]]))


def _as_one(whole: Row, inside: Sequence[Row], rows: Sequence[Row]) -> Iterator[Row]:
    """Yield changes without those inside a schedule or part that have its cause, that of most of them."""
    of_provisions = [row for row in inside if rank(row["path"], eu=_is_eu(row)) == "provision"]
    causes = Counter((row["reasons"], row["occurred"]) for row in of_provisions)
    cause = causes.most_common(1)[0][0] if causes else (whole["reasons"], whole["occurred"])
    apart = {row["id"] for row in of_provisions if (row["reasons"], row["occurred"]) != cause}
    gone = {row["id"] for row in inside} - apart
    told = [row for row in inside if row["id"] in gone]
    text = {side: "\n".join([whole[side], *(_lines(row, side) for row in told)]).strip() for side in _SIDES}
    for row in rows:
        if row is whole:
            yield {**row, WHOLE: True, "reasons": cause[0], "occurred": cause[1], **text}
        elif row["id"] not in gone:
            yield row
