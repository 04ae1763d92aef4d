"""When provisions came into force, made from all that states it: notes, effects, dates and the law itself.

Any of these may be read later than the text, so this is done when a crawl has read everything; and so are the days
from which provisions that began apply.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from crawler import law
from crawler.changes.law import is_empty, rank
from crawler.changes.starts import PROSPECTIVE
from crawler.identifiers import LEGISLATION_TYPES, affected
from crawler.identifiers.affected_provisions import relation
from crawler.identifiers.uk import without_extent
from crawler.ingest import own_words
from crawler.ingest.state import State
from crawler.law import Appointed, Step, StepState
from crawler.model import Section, Version
from crawler.store import Row, changes, commencements, documents, statements, versions


def come_into_force(state: State) -> None:
    """Show the wording that applies at the clock of the crawl, where a point in time that lay ahead has come."""
    for document in versions.overdue(state.store, state.now[:10]):
        versions.show(state.store, document, state.now[:10])
        commencements.note_due(state.store, document)


def settle(state: State) -> list[str]:
    """Make the commencements of laws of which something was read, or a day has come.

    Returns the Acts of which commencement orders were read.
    """
    due = {row["document"]: row for row in commencements.due(state.store, state.now[:10])}
    laws = [document for document, row in due.items() if _is_law(document, row["kind"])]
    commencements.forget(state.store, sorted(due.keys() - set(laws)))
    named = (commencements.act_of_order(state.store, row["title"]) for row in due.values() if row["kind"] == "si")
    commenced = list(filter(None, named))
    for document in dict.fromkeys((*laws, *commenced)):
        _make(state, document)
    return commenced


def _is_law(document: str, kind: str | None) -> bool:
    """Whether a document is a law that is made, by its id and kind: None where it is not held."""
    is_of_law = document.partition("/")[0] in LEGISLATION_TYPES or own_words.is_act(document, kind or "")
    return is_of_law and kind not in (None, "draft_si")


def _make(state: State, document: str) -> None:
    held = documents.get(state.store, document)
    if held is None or not _is_law(document, held["kind"]):
        return
    dated = commencements.dates(state.store, document)
    row = commencements.version(state.store, document)
    version = versions.load(state.store, row) if row is not None else None
    effects = commencements.effects(state.store, document)
    if version is not None:
        ahead = commencements.prospective(state.store, document)
        steps = of_version(
            version, dated, effects, commencements.orders_of_act(state.store, held["title"]), ahead, held["kind"]
        )
        steps += _from_marks(version, commencements.unmarked(state.store, document) if ahead else (), steps)
    else:
        steps = list(dict.fromkeys((*_from_dates(document, dated), *_from_effects(effects))))
    if held["status"] in law.ENDED:
        law_state = law.LawState(
            stated=ended(held["status"], version, commencements.ends(state.store, document), dated)
        )
    else:
        law_state = _counted(version, steps, state.now[:10], held)
    commencements.replace(state.store, document, steps, law_state)
    documents.refresh(state.store, document)


def _counted(version: Version | None, steps: Sequence[Step], day: str, held: Row) -> law.LawState:
    """Return how a law stands; without its whole text, and of acts of the EU, which begin whole, what is stated."""
    if version is None or version.partial or own_words.is_act(version.document, held["kind"]):
        return law.law_state_without_text(steps, day)
    return law.law_state(states(version, steps, day, held["extent"]))


def ended(status: str, version: Version | None, effects: Sequence[Row], dated: Sequence[Row] = ()) -> str:
    """Return that a law has ended, and on which day if notes or effects on the whole of it, or a date, state one."""
    validity = {row["date"] for row in dated if row["event"] == "end of validity"}
    if status == "no longer in force" and len(validity) == 1:
        return f"{law.NOT_APPLICABLE}: validity ended on {validity.pop()}"
    days = {start["date"] for row in effects for start in json.loads(row["starts"]) if start["date"] != "prospective"}
    for note in version.annotations if version is not None else ():
        if note.kind == "F":
            for fact in law.read_note("F", note.text).amendments:
                is_end = fact.verb == status and not fact.what and law.is_whole(fact.provision)
                days |= {when.date for when in fact.dates if when.date} if is_end else set()
    on = f" on {days.pop()}" if len(days) == 1 and status in ("repealed", "revoked") else ""
    return f"{law.NOT_APPLICABLE}: {status}{on}"


def of_version(
    version: Version,
    dated: Sequence[Row],
    effects: Sequence[Row] = (),
    ordered: Mapping[str, Sequence[Appointed]] = MappingProxyType({}),
    ahead: Sequence[str] = (),
    kind: str = "",
) -> list[Step]:
    """Return what the notes of a text, the text itself, the dates of its law, and effects and orders on it state.

    ``ordered`` is what each commencement order for the law brings into force; a law with one does not begin by default,
    nor do provisions that were prospective: those ``ahead``.
    """
    origin = _origin(dated)
    if own_words.is_act(version.document, kind):
        return list(dict.fromkeys((*own_words.of_union_text(version, origin), *_from_dates(version.document, dated))))
    steps = list(
        dict.fromkeys((
            *law.steps_of_notes(version.document, version.annotations, origin.assent),
            *own_words.of_text(version, origin),
            *_from_dates(version.document, dated), *_from_wordings(version.document, dated), *_from_effects(effects),
            *_from_orders(ordered),
        ))
    )  # fmt: skip
    silent = () if ordered else own_words.of_silence(version, origin, steps)
    return [*steps, *(step for step in silent if step.path not in ahead)]


def _from_orders(ordered: Mapping[str, Sequence[Appointed]]) -> Iterator[Step]:
    """Yield the days that commencement orders set, as far as their words are read."""
    for order, begun in ordered.items():
        for each in begun:
            for path in each.paths or ([""] if each.is_rest or not each.qualification else []):
                if each.is_read and each.date:
                    yield Step(
                        path=path,
                        state="in force",
                        date=each.date,
                        qualification=each.qualification,
                        places=law.place_names(each.qualification),
                        instrument=order,
                        source="order",
                        is_rest=each.is_rest,
                    )


def _origin(dated: Sequence[Row]) -> law.Origin:
    """Return the days from which a law counts; of several days of one event none is sure."""
    days = {
        event: {row["date"] for row in dated if row["event"] == event}
        for event in ("enacted", "made", "laid", "adopted", "published")
    }
    one = {event: next(iter(found)) if len(found) == 1 else "" for event, found in days.items()}
    return law.Origin(
        assent=one["enacted"], made=one["made"], laid=one["laid"], adopted=one["adopted"], published=one["published"]
    )


def states(version: Version, steps: Sequence[Step], day: str, extent: str = "") -> Iterator[law.ProvisionState]:
    """Yield how each provision of a version stands on a day, those apart of which nothing is left."""
    found = law.Steps(steps, law.parts_of(section.path for section in version.sections), extent)
    for section in version.sections:
        if is_provision(section):
            children = [part.path for part in section.parts if part.path.count("-") == section.path.count("-") + 1]
            yield law.provision_state(
                found, section.path, day, children=children, is_prospective=section.status == "prospective"
            )


def is_provision(section: Section) -> bool:
    """Whether a section is a provision that can be in force: numbered, and not ended."""
    is_numbered = bool(section.number) and rank(section.path) == "provision" and not without_extent(section.path)[1]
    return is_numbered and section.status not in law.ENDED and not is_empty(section.text)


def _from_effects(rows: Sequence[Row]) -> Iterator[Step]:
    """Yield the days that effects state; one that is prospective holds where no day stands beside it."""
    for row in rows:
        starts = json.loads(row["starts"])
        dated = [start for start in starts if start["date"] != "prospective"]
        paths = ["" if path == "whole" else path for path in json.loads(row["affected_paths"])]
        for start in dated or starts:
            qualification = start.get("qualification", "")
            is_ahead = start["date"] == "prospective"
            for path in paths:
                yield Step(
                    path=path,
                    provision=row["affected_provision"],
                    state="not in force" if is_ahead else "in force",
                    date="" if is_ahead else start["date"],
                    qualification=qualification,
                    places=law.place_names(qualification),
                    instrument=start.get("instrument", "") or row["affecting"],
                    authority=start.get("provision", "") or row["affecting_provision"],
                    source="effect",
                    note=row["id"],
                )


_EVENTS: Mapping[str, StepState] = {
    "in force": "in force", "applies": "applies", "transposition deadline": "to be transposed",
}  # fmt: skip


def _from_wordings(document: str, rows: Sequence[Row]) -> Iterator[Step]:
    """Yield the days on which provisions begin that an earlier wording shows as prospective, the first of each."""
    begun: dict[str, str] = {}
    for row in rows:
        if row["event"] == "wording begins":
            begun.setdefault(row["provision"], row["date"])
    for path, date in begun.items():
        yield Step(path=path, state="in force", date=date, instrument=document, source="metadata")


def _from_marks(version: Version, unmarked: Sequence[Row], steps: Sequence[Step]) -> Iterator[Step]:
    """Yield since when provisions are not marked prospective in the text, those of which nothing else states a day."""
    known = law.Steps([step for step in steps if step.date and not step.is_rest])
    days = {row["path"]: row for row in unmarked if row["valid_from"] <= (version.valid_from or row["valid_from"])}
    for section in version.sections:
        row = days.get(section.path)
        if row is None or not is_provision(section) or section.status == "prospective":
            continue
        if not any(how != "rest" for _, how in known.about(section.path)):
            yield Step(
                path=section.path,
                state="in force",
                date=row["occurred"] or row["valid_from"],
                qualification="" if row["occurred"] else law.AT_THE_LATEST,
                instrument=version.document,
                source="text",
            )


def _from_dates(document: str, rows: Sequence[Row]) -> Iterator[Step]:
    """Yield the days of the whole law as its publisher states them; of several the last is that of the rest."""
    for event, state in _EVENTS.items():
        days = [row for row in rows if row["event"] == event]
        for row in days:
            words = row["qualification"].partition("one of several")[0].strip()
            is_last = len(days) > 1 and row is days[-1] and state == "in force"
            yield Step(
                path="",
                provision=row["provision"],
                state=state,
                date=row["date"],
                qualification=words or ("otherwise" if is_last else "for some provisions" if len(days) > 1 else ""),
                places=law.place_names(words),
                instrument=document,
                source="metadata",
            )


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def settle_beginnings(state: State) -> None:
    """Date the provisions that began in this crawl by what the publisher states of their commencement, where it does.

    Effects may be read later than the text they tell of, so this is done when all was read.
    """
    known: dict[str, list[Row]] = {}
    for row in changes.begun(state.store, state.crawl, PROSPECTIVE):
        document = str(row["document"])
        if document not in known:
            known[document] = statements.commencements(state.store, document)
        stated = _stated(row, known[document])
        if stated is not None and stated != row["occurred"]:
            state.store.update("changes", {"id": row["id"]}, {"occurred": stated})


def _stated(row: Row, known: Sequence[Row]) -> str | None:
    """Return the one day on which a provision is stated to have begun between two wordings; None where that is not one.

    What is said of the provision itself goes before what is said of what holds it; what is said of parts of it counts
    where nothing else is known.
    """
    path, dated = str(row["path"]), dict[tuple[bool, int], set[str]]()
    for each in known:
        ranks = [rank for named in affected(each["provision"]) if (rank := _rank(named, path)) is not None]
        days = {day for day in _DAY.findall(each["dates"]) if (row["before"] or "") < day <= (row["after"] or day)}
        for rank in ranks:
            dated.setdefault(rank, set()).update(days)
    nearest = next((days for _, days in sorted(dated.items()) if days), set())
    return next(iter(nearest)) if len(nearest) == 1 else None


def _rank(named: str, path: str) -> tuple[bool, int] | None:
    """Return how near a provision that is named is to another, the nearest first; None where it says nothing of it."""
    match relation(named, path):
        case "around":
            return True, 0
        case "same" | "inside":
            return False, max(0, len(path) - len(named.partition("..")[0]))
        case _:
            return None
