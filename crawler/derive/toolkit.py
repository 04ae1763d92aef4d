"""The toolkit, noted: what documents of training, governance and resources state, and the lessons of reports.

Noted is what the version shown states, of documents that belong into the round-up or may; what no longer holds goes.
Of documents that can name people only their part is noted, not their words. A response answers the recommendations of
its report as soon as both are here, whichever came first.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crawler.classify import toolkit
from crawler.classify.toolkit import Fact, Response, ToolkitDocument
from crawler.classify.toolkit.vocabulary import CLOSED
from crawler.ingest.state import State
from crawler.model import Section
from crawler.sources import Shelf
from crawler.sources.vocabulary import PRIVATE
from crawler.store import Row, placements
from crawler.store import toolkit as store
from crawler.store.relevance import Said

ReadText = Callable[[str | None], Sequence[Said]]
"""Returns the sections of a version."""
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

_MAY = frozenset({
    "guidance", "statutory_guidance", "manual", "template", "training", "resource", "governance", "form", "collection",
    "report", "research", "policy_paper", "statistics",
})  # fmt: skip
"""Kinds that can stand in a library; law has its own places. News can tell of training alone."""

_TITLED = _MAY - {"report", "research", "policy_paper", "statistics"}
"""Kinds that belong into the governance library where their title says that they are a form of governance."""

_TELLING = {
    "training": frozenset({"form", "level", "length", "certificate", "cost"}),
    "governance": frozenset({"form"}),
    "resources": frozenset({"form", "use"}),
}
"""Fields of which a document that is put into a part by its words alone must state one."""

MAX_TEXT_CHARACTERS = 6_000
"""Characters of a text, to the end of the section they end in, in which facts are read: a page says what it is at its
beginning, and each word costs."""

_NO_LESSONS = frozenset({
    "legislation", "act", "asp", "si", "bill", "directive", "regulation", "decision", "treaty", "debate", *PRIVATE,
})  # fmt: skip
"""Kinds in which "Recommendation 4" is no lesson of a report."""

_RUNNING = frozenset({"report", "research", "statistics"})
"""Kinds that recommend in their running text; guidance that recommends gives advice."""

_LESSONS = (
    "recomm", "recomend", "finding", "constat", "empfehl", "feststell", "aanbevel", "bevind", "argymhell", "canfydd",
)  # fmt: skip
"""Beginnings of the words for recommendations and findings that headings have."""


Given = Mapping[str, Sequence[dict[str, Any]]]
"""The parts of the toolkit that a family belongs to by its words or its sources, each with what gave it."""


def note(state: State, row: Row, text: ReadText, given: Given, *, is_new: bool) -> None:
    """Record what a document states and its lessons, after it was classified; take away what does not hold any more.

    ``row`` is that of :func:`crawler.store.toolkit.get`; ``given`` are the parts of its family. ``is_new``: it was
    never classified before.
    """
    document = row["id"]
    holds = row["band"] in BANDS
    found = list(_facts(_Noted(state, row, text, given))) if holds else []
    store.put_facts(state.store, document, found, is_new=is_new)
    responded = _responded(state, row)
    reports = {*_answered(state, row, responded), *store.answered_by(state.store, document)} - {document}
    _note_lessons(state, row, text, is_response=_is_titled_response(row) or bool(responded), is_new=is_new)
    for name in sorted(reports):
        report = store.get(state.store, name)
        if report is not None:
            is_response = _is_titled_response(report) or bool(_responded(state, report))
            _note_lessons(state, report, text, is_response=is_response)


# Facts


@dataclass(slots=True)
class _Noted:
    """A document that is noted, with what is asked for more than once of it."""

    state: State
    row: Row
    text: ReadText
    given: Given
    _shelved: tuple[tuple[Shelf, str], ...] | None = None
    _known: ToolkitDocument | None = None

    @property
    def shelved(self) -> tuple[tuple[Shelf, str], ...]:
        """Return on which shelves of libraries it stands, each with its place in words."""
        if self._shelved is None:
            self._shelved = tuple(_shelved(self.state, self.row))
        return self._shelved

    @property
    def known(self) -> ToolkitDocument:
        """Return what is known of it, with the beginning of its text."""
        if self._known is None:
            self._known = _known(self.row, self.text(self.row["current"]))
        return self._known


def _facts(noted: _Noted) -> Iterator[dict[str, str]]:
    """Yield the rows of a document, sorted by what makes them different."""
    found = [
        {"part": part, "field": fact.field, "value": fact.value, "place": fact.place, "words": fact.words}
        for part, belongs in _parts(noted).items()
        for fact in (*belongs, *_by_place(noted, part), *(() if noted.row["hidden"] else _read(noted, part)))
    ]
    once = {(each["part"], each["field"], each["value"]): each for each in reversed(found)}
    yield from (once[key] for key in sorted(once))


def _read(noted: _Noted, part: str) -> tuple[Fact, ...]:
    """Return what a text states; law and reports are on their shelves whatever theirs says."""
    if part == toolkit.ROUND_UP and noted.row["kind"] not in toolkit.SHELVES["guidance"]:
        return ()
    known = noted.known
    if part == "governance":
        known = replace(known, files=tuple(store.files(noted.state.store, noted.row["root"])))
    return toolkit.facts(part, known)


def _shelved(state: State, row: Row) -> Iterator[tuple[Shelf, str]]:
    """Yield on which shelves of libraries a document stands, each with its place in words."""
    for placed in placements.of_document(state.store, row["id"]):
        source = state.registry.sources.get(placed["source"])
        place = [each for each in (placed["part"], placed["heading"], placed["block"]) if each]
        for shelf in source.followed.shelves if source is not None and source.followed is not None else ():
            if shelf.holds(place):
                yield shelf, " > ".join(place)


def _by_place(noted: _Noted, part: str) -> Iterator[Fact]:
    """Yield what the editors of a library say of a document by where they put it."""
    for shelf, place in noted.shelved:
        for field in ("theme", "form", "use", "audience") if shelf.part in ("", part) else ():
            value = str(getattr(shelf, field))
            if value in CLOSED[part].get(field, {}):
                yield Fact(field=field, value=value, place=toolkit.SOURCE, words=place)


def _known(row: Row, text: Sequence[Said]) -> ToolkitDocument:
    return ToolkitDocument(
        title=row["title"],
        summary=row["summary"],
        sections=tuple(_beginning(text)),
        publisher=row["publisher"],
        licence=row["licence"],
        jurisdiction=row["jurisdiction"],
    )


def _beginning(text: Sequence[Said]) -> Iterator[Section]:
    left = MAX_TEXT_CHARACTERS
    for path, number, heading, words in text:
        if left <= 0:
            return
        left -= len(heading) + len(words)
        yield Section(path=path, number=number, heading=heading, text=words)


def _parts(noted: _Noted) -> dict[str, list[Fact]]:
    """Return the parts a document belongs to, each with why; what hangs on another belongs with it, and says no why.

    The top of a family is noted before what hangs on it.
    """
    state, row = noted.state, noted.row
    if row["id"] != row["root"]:
        return {part: [] for part in store.member_of(state.store, row["root"], toolkit.MEMBER)}
    found = {part: list(_why(noted, part, noted.given.get(part, ()))) for part in toolkit.PARTS}
    found[toolkit.ROUND_UP] = list(_on_shelf(noted))
    return {part: why for part, why in found.items() if why}


def _on_shelf(noted: _Noted) -> Iterator[Fact]:
    """Yield why something is noted of a document of the round-up: its text is read, or a list gives it a theme."""
    kind = noted.row["kind"]
    if kind in toolkit.SHELVES["guidance"] or any(shelf.part == toolkit.ROUND_UP for shelf, _ in noted.shelved):
        yield Fact(field=toolkit.MEMBER, value="kind", place=toolkit.SOURCE, words=kind)


def _why(noted: _Noted, part: str, reasons: Sequence[dict[str, Any]]) -> Iterator[Fact]:
    """Yield why the top of a family belongs to a part: its kind, a source that is of that part, its words."""
    top = noted.row
    kind = top["kind"]
    if kind not in _MAY and (kind, part) != ("news", "training"):
        return
    shelved = [(shelf.part, place) for shelf, place in noted.shelved if shelf.part]
    if shelved:  # People put it there: that is worth more than words.
        words = next((place for shelf, place in shelved if shelf == part), "")
        if words:
            yield Fact(field=toolkit.MEMBER, value="source", place=toolkit.SOURCE, words=words)
        return
    by_place = {str(why["place"]): why for why in reversed(reasons)}
    of_kind = _part_of_kind(noted)
    if part == of_kind or (_BY_KIND in by_place and kind != "template"):
        yield Fact(field=toolkit.MEMBER, value="kind", place=toolkit.SOURCE, words=kind)
    if toolkit.SOURCE in by_place and kind in _MAY:
        words = str(by_place[toolkit.SOURCE]["words"])
        yield Fact(field=toolkit.MEMBER, value="source", place=toolkit.SOURCE, words=words)
    worded = [why for why in reasons if why["place"] not in (toolkit.SOURCE, _BY_KIND)]
    if worded and (telling := _telling(noted, part)):
        # Of a page that can name people no place but its title may be told.
        open_ = [why for why in worded if why["place"] == "title" or not top["hidden"]]
        place, words = (open_[0]["place"], open_[0]["words"]) if open_ else (telling.place, telling.words)
        yield Fact(field=toolkit.MEMBER, value="words", place=str(place), words=str(words))
    elif part == "governance" and kind in _TITLED:
        stated = [fact for fact in toolkit.facts(part, ToolkitDocument(title=top["title"])) if fact.field == "form"]
        yield from (replace(fact, field=toolkit.MEMBER, value="words") for fact in stated[:1])


def _telling(noted: _Noted, part: str) -> Fact | None:
    """Return the first fact by which a document shows that it belongs to the part that its words put it near."""
    return next((fact for fact in toolkit.facts(part, _shown(noted)) if fact.field in _TELLING[part]), None)


_BY_KIND = "kind"
"""The place of a reason that is a document's kind."""


def _part_of_kind(noted: _Noted) -> str | None:
    kind = noted.row["kind"]
    if kind != "template":
        return _OF_KIND.get(kind)
    stated = {fact.field for fact in toolkit.facts("governance", noted.known)}
    return "governance" if "form" in stated else "resources"


def _shown(noted: _Noted) -> ToolkitDocument:
    """Return what is known of a document; of one that can name people, its title alone."""
    return ToolkitDocument(title=noted.row["title"]) if noted.row["hidden"] else noted.known


# Lessons


def _note_lessons(state: State, row: Row, text: ReadText, *, is_response: bool, is_new: bool = False) -> None:
    """Record the lessons of a report; one that ``is_response`` to another has none of its own."""
    running = row["kind"] in _RUNNING
    is_noted = row["band"] in BANDS and not row["hidden"] and row["kind"] not in _NO_LESSONS and not is_response
    if not is_noted or not _may_hold_lessons(text(row["current"]), running=running):
        store.put_lessons(state.store, row["id"], [], is_new=is_new)
        return
    numbered = store.sections(state.store, row["current"])
    found = toolkit.lessons([section for _, section in numbered], running=running)
    answers = toolkit.answers(found, _responses(state, row)) if found else {}
    ids = {section.path: number for number, section in numbered}
    rows = [
        {
            "path": lesson.path,
            "kind": lesson.kind,
            "number": lesson.number,
            "addressee": lesson.addressee,
            "section": ids[lesson.path],
            "begins": lesson.begins,
            "ends": lesson.ends,
            "answer": answers[lesson].document if lesson in answers else None,
            "answered_at": answers[lesson].path if lesson in answers else "",
        }
        for lesson in found
    ]
    store.put_lessons(state.store, row["id"], rows, is_new=is_new)


def _may_hold_lessons(text: Sequence[Said], *, running: bool) -> bool:
    """Return whether a heading speaks of recommendations or findings, in a language that is read.

    ``running``: also whether the text recommends anything.
    """
    headings = "\n".join(f"{number} {heading}" for _, number, heading, _ in text).lower()
    if any(stem in headings for stem in _LESSONS):
        return True
    return running and any("recommend" in small or "greta " in small for small in (words.lower() for *_, words in text))


def _is_titled_response(row: Row) -> bool:
    """Return whether a document is called the answer to another: its "Recommendation 4" is that of the report."""
    return bool(toolkit.response_to(row["title"]) or toolkit.response_to(row["root_title"]))


def _responded(state: State, row: Row) -> set[str]:
    """Return the documents that a document, or the top of its family, states it responds to."""
    return set(store.responded(state.store, dict.fromkeys((row["id"], row["root"]))))


def _responses(state: State, row: Row) -> list[Response]:
    """Return what responds to a report: what states so, then what is called the response to its title."""
    names = store.responding(state.store, dict.fromkeys((row["id"], row["root"])))
    for other in store.titled_as_response(state.store):
        answered = toolkit.response_to(other["title"])
        if other["id"] != row["id"] and _is_titled(row, answered):
            names.append(other["id"])
    found: dict[str, Response] = {}
    for name in dict.fromkeys(names):
        for part in _whole(state, name, row["root"]):
            sections = tuple(section for _, section in store.sections(state.store, part["current"]))
            partial = store.is_partial(state.store, part["current"])
            found.setdefault(part["id"], Response(document=part["id"], sections=sections, partial=partial))
    return list(found.values())


def _whole(state: State, name: str, report: str) -> list[Row]:
    """Return a response with what hangs on it; of one that hangs on the page of its report, only itself."""
    other = store.get(state.store, name)
    if other is None or other["hidden"]:
        return []
    return (
        [other] if other["root"] == report or other["id"] != other["root"] else store.family_versions(state.store, name)
    )


def _is_titled(row: Row, answered: str) -> bool:
    return bool(answered) and any(toolkit.is_same_title(answered, row[name]) for name in ("title", "root_title"))


def _answered(state: State, row: Row, stated: set[str]) -> Iterator[str]:
    """Return the reports with lessons that a document responds to, by what it ``stated``, or by a title."""
    titles = [title for title in map(toolkit.response_to, (row["title"], row["root_title"])) if title]
    if not stated and not titles:
        return
    for report in store.with_lessons(state.store):
        if {report["id"], report["root"]} & stated or any(_is_titled(report, title) for title in titles):
            yield report["id"]
