"""Which part of a law alone was read, where no more of it was: it is told of that part, not of the whole law."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler import law
from crawler.changes.law import rank
from crawler.entries import law_headlines
from crawler.entries.dates import day
from crawler.entries.headlines import Lead
from crawler.entries.look_for import DIVISIONS, division
from crawler.entries.numbered import numbered
from crawler.entries.templates import Sentence, capital, name_list, say, structure
from crawler.entries.word_limits import HEADLINE, words
from crawler.identifiers.acts import ITEM
from crawler.identifiers.uk import NATIONS, named
from crawler.store import Row, Store, commencements, families, wordings

NAMED = 3
"""Most provisions that are named one by one."""
_FRAME = ("introduction", "footnotes", "signature", "note")
"""What a page of contents has of the text of a law."""
_SCHEDULE = "schedule"
"""The path of the only schedule of a law."""
_BEGUN = ("in force", "wholly in force")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRead:
    """A part of a law: its name, the paths of its provisions where they are few, the ISO day of its wording or none."""

    named: Sentence
    paths: tuple[str, ...] = ()
    day: str = ""


def part_read(store: Store, top: Row) -> PartRead | None:
    """Return the part of a law of the United Kingdom that alone was read, None of one read as a whole or not at all.

    Of a law of which a page of contents was read that is its introduction.
    """
    if not (top.get("partial") and ITEM.fullmatch(top["id"])):
        return None
    rows = wordings.headings(store, top["id"])
    dated = str(top["label"] or "")
    date = dated if _DAY.fullmatch(dated) else ""
    read = dict.fromkeys(_provision(row) for row in rows if row["text"] and _is_provision(row))
    paths = tuple(path for path in read if path.rpartition("-")[0] not in read)
    if 0 < len(paths) <= NAMED:
        several = [structure(numbered(path)) for path in paths]
        return PartRead(named=name_list(several, NAMED), paths=paths, day=date)
    if paths:
        first, number = str(rows[0]["path"]), str(rows[0].get("number", ""))
        is_of_one = sum(bool(DIVISIONS.fullmatch(row["path"])) for row in rows) == 1 and DIVISIONS.fullmatch(first)
        return PartRead(named=structure(division(first, number)), day=date) if is_of_one else None
    held = {str(row["path"]): str(row.get("number", "")) for row in rows if row["path"].partition("-")[0] not in _FRAME}
    path = next(iter(held), "")
    if len(held) == 1 and (path == _SCHEDULE or DIVISIONS.fullmatch(path)):
        named = say("the schedule") if path == _SCHEDULE else structure(division(path, held[path]))
        return PartRead(named=named, day=date)
    return PartRead(named=say("its introduction"), day=date) if rows and not held else None


def lead(store: Store, top: Row, otherwise: Lead | None) -> Lead | None:
    """Return the headline on a new law as ``otherwise``: on the part of it that was read, where one alone was."""
    found = part_read(store, top)
    if found is None or found.named.template == "its introduction":
        return otherwise
    dated = say("part of day", part=found.named, day=structure(day(found.day))) if found.day else found.named
    template = "new part" if otherwise is None else "newly listed part"
    for part in (dated, found.named):
        # A title that is cut would make it a provision of another law.
        whole = say(template, part=part, title=law_headlines.called(str(top["title"]), law_headlines.ANY_LENGTH))
        if words(str(whole)) <= HEADLINE:
            return template, {"part": part}
    return otherwise


def sentences(store: Store, top: Row, found: PartRead) -> Iterator[Sentence]:
    """Yield which part was read, in the wording of which day, and since when that one provision is in force."""
    if found.day:
        yield say("read at", named=found.named, on=_held(store, top, found.day))
    else:
        yield say("read alone", named=found.named)
    if len(found.paths) == 1 and (begun := since(commencements.stated(store, top["id"]), found.paths[0])):
        date, is_whole = begun
        said = "part begun" if is_whole else "part wholly begun"
        yield say(said, named=capital(found.named), day=structure(day(date)))


def since(steps: Sequence[law.Step], path: str) -> tuple[str, bool] | None:
    """Return since when all of a provision is in force, and whether it began as a whole; None where not sure.

    A subsection of which nothing is said began with its section.
    """
    named = [step for step in steps if step.path == path]
    whole = [step for step in steps if step.path and path.startswith(f"{step.path}-")]
    own = [step for step in named or whole if step.date and step.state in _BEGUN]
    state = law.provision_state(law.Steps(steps), path, max((step.date for step in own), default=""))
    if state.state != "in force" or state.is_disputed or state.since not in {step.date for step in own}:
        return None
    return state.since, len({step.date for step in own}) == 1


def text_as_at(store: Store, top: Row) -> Sentence:
    """Return of which day the text of a whole law was read, and until when it held where that is over."""
    return say("text as at", on=_held(store, top, str(top["label"])))


def _held(store: Store, top: Row, date: str) -> Sentence:
    until, part = families.wording_ended(store, top["id"], str(top["label"]))
    on = structure(day(date))
    if not until:
        return say("as at", day=on)
    is_over = until <= str(top.get("first_seen") or until)[:10]
    template = "as at, until" if is_over else "as at, to end"
    codes = [code for code in (part or "").split("+") if code in NATIONS]
    if codes:
        return say(f"{template} in", day=on, until=structure(day(until)), places=structure(named(codes)))
    return say(template if part is None else f"{template} in part", day=on, until=structure(day(until)))


def _is_provision(row: Row) -> bool:
    return rank(row["path"]) == "provision" and bool(numbered(_provision(row)))


def _provision(row: Row) -> str:
    """Return the section, article or regulation that a row is of, or the one subsection of it that was read.

    Of a schedule each paragraph is one.

    >>> parts = '[["section-43-1", 0, 9], ["section-43-1-a", 4, 9]]'
    >>> _provision({"path": "section-43", "parts": parts}), _provision({"path": "section-43-1-a", "parts": "[]"})
    ('section-43-1', 'section-43')
    >>> _provision({"path": "schedule-1-paragraph-3", "parts": "[]"})
    'schedule-1-paragraph-3'
    """
    path = str(row["path"])
    if path.startswith("schedule"):
        return path
    whole = "-".join(path.split("-")[:2])
    direct = [(part, start) for part, start, _ in json.loads(row["parts"]) if (part.count("-") == path.count("-") + 1)]
    return direct[0][0] if len(direct) == 1 and direct[0][1] == 0 and path == whole else whole
