"""The toolkit, noted: what documents of training, governance and resources state, and the lessons of reports.

Noted is what the version shown states, of documents that belong into the round-up or may; what no longer holds goes.
Of documents that can name people only their part is noted, not their words. A response answers the recommendations of
its report as soon as both are here, whichever came first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler import toolkit
from crawler.ingest.state import State
from crawler.model import Section
from crawler.store import Row
from crawler.store import toolkit as store
from crawler.toolkit import Fact, Known, Response

BANDS = ("in", "review")
"""Bands of what is noted."""

_OF_KIND = {
    "training": "training",
    "governance": "governance",
    "manual": "resources",
    "resource": "resources",
    "form": "resources",
}
"""Parts that a document belongs to by its kind; a template of governance says so, others are resources."""

_NEVER_BY_SOURCE = frozenset({
    "legislation", "act", "asp", "si", "bill", "directive", "regulation", "decision", "treaty", "case_law", "news",
    "statistics", "parliament", "debate", "consultation",
})  # fmt: skip
"""Kinds that are in no library only because something else of their source is; their own words may put them there."""

_NO_LESSONS = _NEVER_BY_SOURCE - {"statistics", "parliament", "consultation"}
"""Kinds in which "Recommendation 4" is no lesson of a report."""


def note(state: State, document: str) -> None:
    """Note what a document states and its lessons, after it was classified; take away what does not hold any more."""
    row = store.get(state.store, document)
    if row is None:
        return
    holds = row["band"] in BANDS
    store.put_facts(state.store, document, list(_facts(state, row)) if holds else [])
    reports = {*_answered(state, row), *store.answered_by(state.store, document)} - {document}
    for name in (document, *sorted(reports)):
        report = store.get(state.store, name)
        if report is not None:
            _note_lessons(state, report)


# Facts


def _facts(state: State, row: Row) -> Iterator[dict[str, str]]:
    """Give the rows of a document, sorted by what makes them different."""
    found = [
        {"part": part, "field": fact.field, "value": fact.value, "place": fact.place, "words": fact.words}
        for part, belongs in _parts(state, row).items()
        for fact in (*belongs, *(() if row["hidden"] else toolkit.facts(part, _known(state, row))))
    ]
    yield from sorted(found, key=lambda each: (each["part"], each["field"], each["value"]))


def _known(state: State, row: Row) -> Known:
    return Known(
        title=row["title"],
        summary=row["summary"],
        sections=tuple(_sections(state, row["current"])),
        publisher=row["publisher"],
        licence=row["licence"],
        jurisdiction=row["jurisdiction"],
        files=tuple(store.files(state.store, row["root"])),
    )


def _sections(state: State, version: str | None) -> list[Section]:
    return [section for _, section in store.sections(state.store, version)]


def _parts(state: State, row: Row) -> dict[str, list[Fact]]:
    """Give the parts a document belongs to, each with why; what hangs on another belongs with it, and says no why."""
    given = store.parts(state.store, row["root"])
    is_top = row["id"] == row["root"]
    found: dict[str, list[Fact]] = {}
    for part in toolkit.PARTS:
        reasons = [why for why in given.get(part, []) if why["place"] != toolkit.SOURCE]
        by_source = [why for why in given.get(part, []) if why["place"] == toolkit.SOURCE]
        if by_source and row["root_kind"] not in _NEVER_BY_SOURCE:
            found[part] = [_member("source", why) for why in by_source[:1]] if is_top else []
        if reasons or (part in given and not given[part]):
            found.setdefault(part, []).extend([_member("words", why) for why in reasons[:1]] if is_top else [])
    if by_kind := _part_of_kind(state, row):
        found.setdefault(by_kind, [])
        if is_top:
            found[by_kind].append(Fact(field=toolkit.MEMBER, value="kind", place=toolkit.SOURCE, words=row["kind"]))
    return found


def _member(by: str, why: dict[str, Any]) -> Fact:
    return Fact(field=toolkit.MEMBER, value=by, place=str(why["place"]), words=str(why["words"]))


def _part_of_kind(state: State, row: Row) -> str | None:
    if row["root_kind"] != "template":
        return _OF_KIND.get(row["root_kind"])
    top = row if row["id"] == row["root"] else store.get(state.store, row["root"])
    stated = () if top is None else toolkit.facts("governance", _known(state, top))
    return "governance" if any(fact.field == "form" for fact in stated) else "resources"


# Lessons


def _note_lessons(state: State, row: Row) -> None:
    if row["band"] not in BANDS or row["hidden"] or row["kind"] in _NO_LESSONS or _is_response(state, row):
        store.put_lessons(state.store, row["id"], [])
        return
    numbered = store.sections(state.store, row["current"])
    found = toolkit.lessons([section for _, section in numbered])
    answers = toolkit.answers(found, _responses(state, row)) if found else {}
    ids = {section.path: number for number, section in numbered}
    rows = [
        {
            "path": lesson.path,
            "kind": lesson.kind,
            "number": lesson.number,
            "addressee": lesson.addressee,
            "section": ids[lesson.path],
            "answer": answers[lesson.path].document if lesson.path in answers else None,
            "answered_at": answers[lesson.path].path if lesson.path in answers else "",
        }
        for lesson in found
    ]
    store.put_lessons(state.store, row["id"], rows)


def _is_response(state: State, row: Row) -> bool:
    """Tell whether a document answers another: its "Recommendation 4" is that of the report."""
    if toolkit.response_to(row["title"]) or toolkit.response_to(row["root_title"]):
        return True
    return bool(store.responded(state.store, row["id"]) or store.responded(state.store, row["root"]))


def _responses(state: State, row: Row) -> list[Response]:
    """Give what responds to a report: what states so, then what is called the response to its title."""
    names = store.responding(state.store, dict.fromkeys((row["id"], row["root"])))
    for other in store.titled_as_response(state.store):
        answered = toolkit.response_to(other["title"])
        if other["id"] != row["id"] and _is_titled(row, answered):
            names.append(other["id"])
    found: dict[str, Response] = {}
    for name in dict.fromkeys(names):
        for part in _whole(state, name, row["root"]):
            text = tuple(_sections(state, part["current"]))
            partial = store.is_partial(state.store, part["current"])
            found.setdefault(part["id"], Response(document=part["id"], sections=text, partial=partial))
    return list(found.values())


def _whole(state: State, name: str, report: str) -> list[Row]:
    """Give a response with what hangs on it; of one that hangs on the page of its report, only itself."""
    other = store.get(state.store, name)
    if other is None or other["hidden"]:
        return []
    return [other] if other["root"] == report or other["id"] != other["root"] else store.below(state.store, name)


def _is_titled(row: Row, answered: str) -> bool:
    return bool(answered) and any(toolkit.is_same_title(answered, row[name]) for name in ("title", "root_title"))


def _answered(state: State, row: Row) -> Iterator[str]:
    """Give the reports with lessons that a document responds to, by what it states, by its title or that of its top."""
    stated = {*store.responded(state.store, row["id"]), *store.responded(state.store, row["root"])}
    titles = [title for title in map(toolkit.response_to, (row["title"], row["root_title"])) if title]
    if not stated and not titles:
        return
    for report in store.with_lessons(state.store):
        if {report["id"], report["root"]} & stated or any(_is_titled(report, title) for title in titles):
            yield report["id"]
