"""The page of an answer: some of its results as they are shown, and what cites the law that a question names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from sqlite3 import Connection

from crawler.law.days import MONTHS
from crawler.public import curated
from crawler.public.at_day import Then, then
from crawler.public.database import Row, row, rows
from crawler.public.search import figures
from crawler.public.search import shown as showing
from crawler.public.search.citations import provisions
from crawler.public.search.families import Result
from crawler.public.search.known import is_behind, is_elsewhere
from crawler.public.search.parse_query import LAW, Query, is_year, search_rules
from crawler.public.search.scope import PERIODS, STATES, Scope
from crawler.public.search.score import HEADING, TEXT, Passage, dated
from crawler.public.search.search import Found, find
from crawler.public.search.shown import Shown, title
from crawler.public.search.stems import stem_set, stems
from crawler.wording import kind

MIN_ANSWER_COVER = 0.7
"""Share of the question that the first result must cover to be shown as its answer."""

MIN_ANSWER_GAIN = 0.6
"""What its provision must say of what the title does not: more than words do that stand somewhere in its text."""

MIN_ANSWER_TITLED = 0.7
"""Share of the question in the title that makes up for that: the document as a whole was asked for."""


MAX_LACKING = 0.2
"""Share of the words of a question, whatever their rarity, that its answer may lack."""

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
    if _is_of_another(best, best.passage, found) or _lacks(best, best.passage, found.query, found.absent):
        return False
    is_meant = best.passage.gain >= MIN_ANSWER_GAIN or best.scored.titled >= MIN_ANSWER_TITLED
    return is_meant and best.scored.cover >= MIN_ANSWER_COVER


def _is_of_another(best: Result, passage: Passage, found: Found) -> bool:
    """Whether another sort of document is asked for than the first result, another place, law or year, or a number."""
    held, number = best.scored.document, figures.asked(found.query.text)
    said = stem_set([held["title"], held["jurisdiction"], passage.row["heading"], passage.row["text"]])
    return (
        is_elsewhere(held["jurisdiction"], found.places)
        or any(not said.issuperset(stems(place)) for place in found.places - {"United Kingdom", "England"})
        or (number != "" and not figures.has(passage.row["text"], number))
        or _asks_for_another_sort(best, passage, found.query)
        or _names_another(best, passage, found.query)
    )


def _asks_for_another_sort(best: Result, passage: Passage, query: Query) -> bool:
    """Whether a question names a sort of documents (a report, a template) that this is none of nor says in its heading.

    What stands in a law is what all sorts of documents are about.
    """
    sorts = search_rules().sorts
    if best.scored.document["kind"] in {*query.kinds, *sorts["law"]}:
        return False
    return any(part < HEADING for part, word in zip(passage.parts, query.words, strict=True) if word.typed in sorts)


def _lacks(best: Result, passage: Passage, query: Query, absent: Sequence[str]) -> bool:
    """Whether neither a passage nor the title of its document has a fifth of the words, or one that stands nowhere."""
    held = best.scored.document
    title = dated(held) | stem_set([held["title"], held["identifiers"], held["jurisdiction"]])
    lacking = [
        word
        for part, word in zip(passage.parts, query.words, strict=True)
        if not part and not any(title.issuperset(term.stems) for term in word.terms)
    ]
    if any(word.weight == 1 and word.typed in absent for word in lacking):
        return True
    return sum(word.weight for word in lacking) > MAX_LACKING * sum(word.weight for word in query.words)


def _names_another(best: Result, passage: Passage, query: Query) -> bool:
    """Whether a question names another law than that of the first result, or another year or month.

    A law is named by the word right before its sort: the protection act, the labour regulation.
    """
    held = best.scored.document
    named = stem_set([held["title"], held["identifiers"], held["labels"], passage.row["heading"]])
    days = dated(held) | stem_set([held["title"], held["identifiers"], passage.row["text"]])
    before = {
        one.typed: two.typed for two, one in pairwise(query.words) if f"{two.typed} {one.typed}" in query.text.lower()
    }
    asked = {word.typed for word in query.words if is_year(word.typed) or word.typed in MONTHS}
    return any(stem_set([day]).isdisjoint(days) and day not in days for day in asked) or any(
        word.weight == 1
        and word.typed in (before.get(sort) for sort in LAW.difference(("order", "guidance")))
        and not any(named.issuperset(term.stems) for term in word.terms)
        for word in query.words
    )


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
    names = [name for name in names if name != lead[0] or not is_behind(cited[0], search_rules())]
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
        matching |= {row["id"]: row for row in curated.matching(connection, asked) if row["id"] not in matching}
    return list(matching.values())[: curated.MAX_MATCHING]


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


MAX_DOCUMENTS = 12

_ASKS = re.compile(r"\b(?:cit(?:e|es|ed|ing)|mention(?:s|ed|ing)?|refer(?:s|red|ring)? to|quot(?:e|es|ed|ing))\b", re.I)
_CITING = f"""select d.id, d.title, d.kind, d.n, s.path, c.provision from citations c join sections s on s.n = c.section
    join documents d on d.id = s.document
  where (c.target in (select value from json_each(:names)) or c.cited in (select value from json_each(:names)))
    and d.id not in (select value from json_each(:names)) and s.is_current = 1
    and (:path = '' or c.provision = :path or substr(c.provision, 1, length(:path) + 1) = :path || '-')
    and (:kinds = '[]' or d.kind in (select value from json_each(:kinds)))
  group by d.id order by d.band = 'in' desc, d.n, s.n limit {MAX_DOCUMENTS}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedBy:
    """A law and its provision, empty for the whole, with documents that cite it and the path of the first place.

    ``title`` is empty where the law is not held.
    """

    document: str
    title: str
    provision: str
    documents: Sequence[Row]


def asks_what_cites(text: str) -> bool:
    """Whether a question asks for what cites something: "guidance citing section 45"."""
    return _ASKS.search(text) is not None


def cited_by(connection: Connection, found: Found) -> CitedBy | None:
    """Return what cites that which a question names, None where it does not ask, or nothing does.

    A provision without a law is that of the first lead Act whose provision is cited.
    """
    rules = search_rules()
    cited, _ = provisions(found.query.text)
    path = "-".join((cited[0].path, *cited[0].inside)) if cited else ""
    if found.unheld:
        names, paths = [found.unheld[0].names], dict.fromkeys((path, ""))
    elif (path and found.is_bare) or (asks_what_cites(found.query.text) and (found.named or path)):
        names, paths = [tuple(found.named)] if found.named else [(lead,) for lead in rules.lead], {path: None}
    else:
        return None
    asked = _asked(connection, names, paths, sorted(found.query.kinds.difference(rules.sorts["law"])))
    return next(asked, None) or next(_asked(connection, names, paths, []), None)


def _asked(
    connection: Connection, names: Sequence[Sequence[str]], paths: Iterable[str], kinds: Sequence[str]
) -> Iterator[CitedBy]:
    for each in names:
        for path in paths:
            params = {"names": json.dumps(each), "path": path, "kinds": json.dumps(kinds)}
            if documents := rows(connection, _CITING, params):
                yield CitedBy(document=each[0], title=title(connection, each[0]), provision=path, documents=documents)
