"""Why provisions of a law changed, found when all of a crawl was read: effects may be read later than the text."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from crawler.changes.law import names_law, rank
from crawler.changes.reasons import Effect, Start, begins, days, with_reasons
from crawler.ingest.state import State
from crawler.model import Difference, Reason, Section, Version, Word
from crawler.store import Row, changes, commencements, statements, versions
from crawler.store.writer import reasons_as_text


def settle(state: State, ordered: Sequence[str]) -> None:
    """Give the changes of this crawl their reasons, and earlier ones that had none where effects or orders came since.

    ``ordered`` are the Acts of which commencement orders were read in this crawl.

    A change of this crawl is dated by its reasons where these say better than the wording from when it applies. One
    that readers may know already keeps its day. Where the editors note each amendment, new words without a note are a
    correction: the day from which their provision is in force is not the day of the change.
    """
    affected = sorted({*statements.affected_in(state.store, state.crawl), *ordered})
    rows = changes.explainable(state.store, state.crawl, affected)
    of_law = sorted((row for row in rows if names_law(row["document"])), key=_pair)
    effects: dict[str, list[Row]] = {}
    for (document, previous, version), group in groupby(of_law, key=_pair):
        if document not in effects:
            effects = {document: statements.effects_about(state.store, document)}
        before, after = (versions.row(state.store, name) for name in (previous, version))
        old, new = versions.load(state.store, before), versions.load(state.store, after)
        published = [effect_of(row, after["fetch"]) for row in effects[document]]
        _explain(state, list(group), old, new, [*published, *_orders(state, document, published)])


def _orders(state: State, document: str, published: Sequence[Effect]) -> Iterator[Effect]:
    """Yield what commencement orders that are held bring into force, of which no effects are published."""
    known = {name for each in published for name in (each.instrument, *(start.instrument for start in each.starts))}
    for row in commencements.ordered(state.store, document):
        if row["instrument"] not in known:
            start = Start(date=row["date"], qualification=row["qualification"])
            yield Effect(
                id="", nature="commencement", paths=(row["path"],), instrument=row["instrument"], starts=(start,),
                basis="order",
            )  # fmt: skip


def _pair(row: Row) -> tuple[str, str, str]:
    return row["document"], row["previous"], row["version"]


def _explain(state: State, rows: Sequence[Row], old: Version, new: Version, effects: Sequence[Effect]) -> None:
    is_annotated = any(note.kind == "F" for note in new.annotations)
    for row, difference in zip(
        rows, with_reasons([difference_of(row) for row in rows], old, new, effects), strict=True
    ):
        stated: Row = {}
        if (reasons := reasons_as_text(difference)) != row["reasons"]:
            stated["reasons"] = reasons
        # What began is dated by its commencement, see :mod:`crawler.ingest.commencements`.
        if row["crawl"] == state.crawl and not begins(difference):
            date = days(difference, old.valid_from, new.valid_from)
            is_corrected = is_annotated and not difference.reasons and _is_of_words(difference)
            if date or is_corrected:
                stated["occurred"] = date
        if stated:
            state.store.update("changes", {"id": row["id"]}, stated)


def _is_of_words(difference: Difference) -> bool:
    """Whether a provision of a law has other words."""
    section = difference.after
    return (
        difference.kind == "changed"
        and bool(difference.words)
        and section is not None
        and rank(section.path) == "provision"
    )


def difference_of(row: Row) -> Difference:
    """Return of a stored change what its reasons depend on."""
    return Difference(
        kind=row["kind"],
        path=row["path"],
        before=_section(row, "before"),
        after=_section(row, "after"),
        words=(Word(op="=", text=""),) if row["has_words"] else (),
        reasons=tuple(
            Reason(instrument=instrument, provision=provision, date=date, basis=basis, in_part=bool(part))
            for instrument, provision, date, basis, *part in json.loads(row["reasons"])
        ),
    )


def _section(row: Row, side: str) -> Section | None:
    path = row[f"path_{side}"]
    return None if path is None else Section(path=path, status=row[f"status_{side}"])


def effect_of(row: Row, fetch: int) -> Effect:
    """Return a stored effect; ``fetch`` is the capture of the text: what was open then or later is not in it."""
    return Effect(
        id=row["id"],
        nature=row["nature"],
        head=row["head"],
        paths=tuple(json.loads(row["affected_paths"])),
        instrument=row["affecting"],
        provision=row["affecting_provision"],
        starts=tuple(
            Start(
                date=each["date"],
                qualification=each.get("qualification", ""),
                instrument=each.get("instrument", ""),
                provision=each.get("provision", ""),
            )
            for each in json.loads(row["starts"])
        ),
        is_open=not row["applied"] and row["fetch"] >= fetch,
    )  # fmt: skip
