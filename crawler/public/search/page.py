"""The page of an answer: some of its results as they are shown, and the names that it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from crawler.public import by_hand
from crawler.public.at_day import Then, then
from crawler.public.database import Row, row
from crawler.public.search import shown as showing
from crawler.public.search.cited_by import CitedBy, asks_what_cites, cited_by
from crawler.public.search.rules import search_rules
from crawler.public.search.scope import PERIODS, STATES, Scope
from crawler.public.search.search import Found, Result, find
from crawler.public.search.shown import Shown
from crawler.wording import kind

MIN_ANSWER_COVER = 0.7
"""Share of the question that the first result must cover to be shown as its answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBet:
    """The answer kept by hand for a question, as it is shown."""

    document: str
    path: str
    title: str
    why: str
    reviewed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was found, the results of one page as they are shown, and the best bet.

    ``is_answered``: the first result is a provision, and says most of what was asked; where no law is named, it is of a
    lead Act, or the only one of its number. ``clock`` is that of the data. ``cited_by``: on the first page, what cites
    that which is named.
    ``then``: how the provision of the first result read on the day that was asked for.
    ``by_hand``: on the first page, documents that are kept by hand and have the words that matter.
    """

    found: Found
    shown: Sequence[Shown]
    best_bet: ShownBet | None
    is_answered: bool
    clock: str
    names: Mapping[tuple[str, str], str]
    then: Then | None
    by_hand: Sequence[Row]
    cited_by: CitedBy | None

    def name(self, facet: str, value: str) -> str:
        """Return a value of a facet for readers."""
        if facet == "kind":
            return kind(value)
        return {**PERIODS, **STATES}.get(value) or self.names.get((facet, value), value)


def answer(connection: Connection, text: str, scope: Scope, first: int, number: int) -> Answer:
    """Return the answer to a question, with as many results as asked for, from the first on (counted from 0)."""
    found = find(connection, text, scope)
    shown = showing.details(connection, found, first, number)
    best = found.results[0] if found.results else None
    place = shown[0].place if shown and first == 0 else None
    publishers = [value for value, _ in found.counts.get("publisher", ())]
    publishers += [scope.params["publisher"]] if "publisher" in scope.params else []
    clock = row(connection, "select value from about where key = 'clock'")
    return Answer(
        found=found,
        shown=shown,
        best_bet=_best_bet(connection, found),
        is_answered=first == 0 and best is not None and _is_answered(found, best),
        clock=str(clock["value"]) if clock else "",
        names=showing.names(connection, publishers),
        then=then(connection, shown[0].document["id"], place.path, found.query.day)
        if place and found.query.day
        else None,
        by_hand=[] if first or scope.params else _by_hand(connection, found),
        cited_by=None if first else cited_by(connection, found),
    )


def _is_answered(found: Found, best: Result) -> bool:
    """Whether the first result is the provision of a law that is named, or says most of what was asked."""
    if found.is_nearest or found.unheld or not best.path or asks_what_cites(found.query.text):
        return False
    id = best.scored.document["id"]
    if found.is_bare and id not in search_rules().lead:
        return not any(other.passage and other.passage.is_cited for other in found.results[1:])
    is_named = id in found.named and best.passage is not None and best.passage.is_cited
    return is_named or best.scored.cover >= MIN_ANSWER_COVER


def _by_hand(connection: Connection, found: Found) -> list[Row]:
    """Return what is kept by hand and has all words of a question, before what has those that matter most."""
    words = [word for word in found.query.words if word.provision is None]
    most = max((word.weight for word in words), default=0.0)
    matching: dict[str, Row] = {}
    for least in (0.0, most):
        asked = [found.query.corrected.get(word.typed, word.typed) for word in words if word.weight >= least]
        matching |= {row["id"]: row for row in by_hand.matching(connection, asked) if row["id"] not in matching}
    return list(matching.values())[: by_hand.MAX_MATCHING]


def _best_bet(connection: Connection, found: Found) -> ShownBet | None:
    if found.best_bet is None:
        return None
    bet, document = found.best_bet
    title = showing.title(connection, document)
    place = showing.provision(connection, document, bet.provision) if bet.provision else None
    return ShownBet(
        document=document,
        path=place.path if place else "",
        title=f"{place.where}, {title}" if place else title,
        why=bet.why,
        reviewed=bet.reviewed,
    )
