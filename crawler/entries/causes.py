"""What changed a provision of a law, as its publisher states it: the day, and the instruments with their provisions."""

import json
from dataclasses import dataclass, replace

from crawler.store import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What changed something: the day as an ISO date, and the instruments with their provisions; empty where unsaid.

    ``since`` is an earlier day from which some of it applies: for specified purposes, in some places, some words;
    ``in_part``: that is so of ``day``, too.
    """

    day: str = ""
    since: str = ""
    in_part: bool = False
    by: tuple[tuple[str, tuple[str, ...]], ...] = ()


def cause(row: Row) -> Cause:
    """Return what a change of a provision is put down to by its publisher."""
    reasons: list[list[str]] = json.loads(row.get("reasons") or "[]")
    of_instrument: dict[str, list[str]] = {}
    for name, provision, *_ in reasons:
        of_instrument.setdefault(name, []).extend([provision] if provision else [])
    dates = {date for _, _, date, *_ in reasons if date}
    stated = next(iter(dates)) if len(dates) == 1 else ""
    by = tuple((name, tuple(dict.fromkeys(places))) for name, places in of_instrument.items())
    last = str(row.get("occurred") or stated)[:10]
    since = min(dates) if dates and max(dates) == last != min(dates) else ""
    limits = [bool(part) for _, _, date, _, *part in reasons if date == last]
    return Cause(day=last, since=since, in_part=bool(limits) and all(limits), by=by)


def without_places(found: Cause) -> Cause:
    """Return a cause without the provisions of its instruments: all that came about by these on that day."""
    return replace(found, by=tuple((name, ()) for name, _ in found.by))
