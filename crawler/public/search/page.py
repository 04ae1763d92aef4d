"""The page of an answer: some of its results as they are shown, and the names that it needs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from crawler.public import by_hand
from crawler.public.at_day import Then, then
from crawler.public.database import Row, row
from crawler.public.search import shown as showing
from crawler.public.search.cited_by import CitedBy, asks_what_cites, cited_by
from crawler.public.search.families import Result
from crawler.public.search.parse_query import Query
from crawler.public.search.rules import search_rules
from crawler.public.search.scope import PERIODS, STATES, Scope
from crawler.public.search.score import HEADING, TEXT, Passage
from crawler.public.search.search import Found, find
from crawler.public.search.shown import Shown
from crawler.wording import kind

MIN_ANSWER_COVER = 0.7
"""Share of the question that the first result must cover to be shown as its answer."""

MIN_ANSWER_GAIN = 0.6
"""What its provision must say of what the title does not: more than words do that stand somewhere in its text."""

MIN_ANSWER_TITLED = 0.7
"""Share of the question in the title that makes up for that: the document as a whole was asked for."""


_WITHOUT_TEXT = """select id, title, url from documents where id in (select value from json_each(?))
  and weight = 1 and provisions = 0 and (kind in ('act', 'asp', 'asc', 'anaw', 'nia')) = (? = 'section') limit 1"""


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
    ``by_hand``: on the first page, documents that are kept by hand and have the words that matter. ``unread``: id,
    title and address of the law whose provision was asked for, where nothing of its text is held, with its ``path``.
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
    unread: Row | None

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
        unread=None if first else _unread(connection, found),
    )


def _is_answered(found: Found, best: Result) -> bool:
    """Whether the first result is the provision of a law that is named, or says most of what was asked."""
    if found.is_nearest or found.unheld or not best.path or asks_what_cites(found.query.text):
        return False
    id = best.scored.document["id"]
    if best.passage is None:
        return False
    if found.is_bare and id not in search_rules().lead:
        return not any(other.passage and other.passage.is_cited for other in found.results[1:])
    if id in found.named and best.passage.is_cited:
        return True
    if best.passage.is_cited and not found.query.names_law and not _is_of_the_field(best):
        return False
    if found.query.cited and not best.passage.is_cited and not _heads(best.passage, found.query):
        return False
    if _asks_for_another_sort(best, best.passage, found.query):
        return False
    is_meant = best.passage.gain >= MIN_ANSWER_GAIN or best.scored.titled >= MIN_ANSWER_TITLED
    return is_meant and best.scored.cover >= MIN_ANSWER_COVER


def _asks_for_another_sort(best: Result, passage: Passage, query: Query) -> bool:
    """Whether a question names a sort of documents (a report, a template) that this is none of nor says in its heading.

    What stands in a law is what all sorts of documents are about.
    """
    sorts = search_rules().sorts
    if best.scored.document["kind"] in {*query.kinds, *sorts["law"]}:
        return False
    return any(part < HEADING for part, word in zip(passage.parts, query.words, strict=True) if word.typed in sorts)


def _heads(passage: Passage, query: Query) -> bool:
    """Whether the heading of a passage has most words of a question beside the provision that it cites."""
    beside = [part for part, word in zip(passage.parts, query.words, strict=True) if word.provision is None]
    return sum(part > TEXT for part in beside) >= MIN_ANSWER_GAIN * len(beside)


def _unread(connection: Connection, found: Found) -> Row | None:
    """Return the law whose provision a question asks for, where it is listed and no text of it was ever read.

    Where no law is named, a section is of the first lead Act, unless another of these has it.
    """
    cited, lead = found.query.cited, search_rules().lead
    if not cited or any(each.passage and each.passage.is_cited for each in found.results if _id(each) in lead):
        return None
    names = found.titled or found.named or ([] if found.query.names_law else [lead[0]])
    law = row(connection, _WITHOUT_TEXT, [json.dumps(list(names)), cited[0].units[0][0]])
    return {**law, "path": "-".join((cited[0].path, *cited[0].inside)), "words": cited[0].words} if law else None


def _id(result: Result) -> str:
    return str(result.scored.document["id"])


def _is_of_the_field(best: Result) -> bool:
    """Whether a provision without a law may be meant of this one: a lead Act, or one about the subject by its title."""
    document, rules = best.scored.document, search_rules()
    return document["id"] in rules.lead or rules.subject.search(document["title"]) is not None


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
