"""The answer to a question: documents and their provisions, the best first, with how the question was read."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from sqlite3 import Connection
from typing import Any

from crawler.public.database import rows
from crawler.public.search import candidates as listing
from crawler.public.search import figures, score
from crawler.public.search.act_numbers import ActNumber, act_numbers
from crawler.public.search.candidates import Candidates, Frequencies, frequencies
from crawler.public.search.cases import named_cases, names_case
from crawler.public.search.families import Result, families
from crawler.public.search.known import HELD, WHOLE, Priors, held
from crawler.public.search.named_laws import NamedLaw, named_laws
from crawler.public.search.nearest import corrections, likely, other_spellings
from crawler.public.search.parse_query import Query, Word, is_year, parse_query, search_rules, shorten
from crawler.public.search.scope import EVERYTHING, FACETS, PERIOD_SQL, STATE_SQL, Scope
from crawler.public.search.score import Importance, Passage, Scored
from crawler.public.search.stems import stem_set, stems, words
from crawler.sources.search_rules import BestBet, SearchRules

MIN_COVER = 0.3
"""Share of the question that one of the first results must cover, for something to be found at all."""

MIN_COVER_OF_CASE = 0.8
"""The same of a judgment that is named by its parties and is not held: what says so much tells of it."""

MIN_SHARE_OF_BEST = 0.45
"""Results that are much worse than the best one are left out."""

MAX_TIMES_AS_COMMON = 10
"""A spelling that is rarer than its words by more is a name (of a site) and not what is meant."""

MAX_NEAREST = 5
MAX_RESULTS = 100
MAX_DOCUMENTS_LOOKED_INTO = 6
"""Best documents in which the provision that answers is looked for once more."""

MAX_TEXT_CHARACTERS = 4_000

_DOCUMENTS = f"""select d.n, d.id, d.parent, d.root, d.original, d.kind, d.title, d.publisher, d.jurisdiction, d.status,
  d.in_force, d.availability, d.availability_since, d.published, d.updated, d.checked, d.changed, d.current, d.weight,
  d.band, d.provisions, d.url, d.extent, d.has_copy, d.issuer as publisher_name,
  substr(s.identifiers, 1, {MAX_TEXT_CHARACTERS}) as identifiers,
  substr(s.summary, 1, {MAX_TEXT_CHARACTERS}) as summary, s.labels, {PERIOD_SQL} as period, {STATE_SQL} as state
  from documents d join document_search s on s.n = d.n
  where d.n in (select value from json_each(?))"""
_TITLED = """select 1 from documents, json_each(?) t where kind in ('treaty', 'convention')
  and instr(lower(title), t.value) limit 1"""
_PASSAGES = """select p.n, p.document, p.section, p.begins, p.length, t.heading, t.cite, t.text,
  x.path, x.number, x.status from passages p join passage_texts t on t.n = p.n join sections x on x.n = p.section
  where p.n in (select value from json_each(?))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found for a question.

    ``results`` are the best first; where ``is_nearest``, none answers, and these are the nearest. ``counts`` has for
    each facet its values, the most common first, with how many results have them. ``absent`` are words that stand
    nowhere. ``named`` are the ids of documents that are named by their numbers, of judgments by their parties,
    ``titled`` of laws by their titles, ``unheld`` laws that are not held. ``places`` are the nations and states named.
    """

    query: Query
    results: Sequence[Result]
    is_nearest: bool
    counts: Mapping[str, Sequence[tuple[str, int]]]
    best_bet: tuple[BestBet, str] | None
    absent: Sequence[str]
    named: Sequence[str]
    titled: Sequence[str]
    unheld: Sequence[NamedLaw]
    places: frozenset[str]

    @property
    def is_bare(self) -> bool:
        """Whether provisions are asked for and nothing else, so that any law may be meant."""
        return all(word.provision is not None for word in self.query.words)


def find(connection: Connection, text: str, scope: Scope = EVERYTHING) -> Found:
    """Return what is found for a question within a scope."""
    rules = search_rules()
    query, counts, named, unheld = _read(connection, text, rules)
    titled = _held(connection, (law for law in named_laws(_spelled_out(query.text, rules)) if law.is_title))[1]
    asked = score.importance(query, counts, _ignored(rules), rules.subject)
    bet = best_bet(connection, query, rules)
    known = Priors.read(connection, rules, asked, named, [*titled, *([bet[1]] if bet else [])])
    scored = _scored(connection, query, counts, asked, known, scope) if query.words else []
    results = families(scored, asked)
    best = results[0].scored if results else None
    least = MIN_COVER_OF_CASE if names_case(query.text) else MIN_COVER
    is_nearest = best is None or not (best.document["id"] in named or _is_answered(results[:MAX_NEAREST], least))
    if best is not None and not is_nearest:
        least = best.score * MIN_SHARE_OF_BEST
        results = [result for result in results if result.scored.score >= least][:MAX_RESULTS]
    if number := "" if is_nearest else figures.asked(query.text):
        first = [_with_number(connection, result, asked, number) for result in results[:MAX_NEAREST]]
        results[:MAX_NEAREST] = sorted(
            first, key=lambda result: number == figures.TELEPHONE and not _has(result, number)
        )
    return Found(
        query=query,
        results=results[:MAX_NEAREST] if is_nearest else results,
        is_nearest=is_nearest,
        counts={} if is_nearest else _counts(connection, results),
        best_bet=bet,
        absent=[word.typed for word in query.words if not counts.of_word(word)],
        named=named,
        titled=titled,
        unheld=unheld,
        places=known.places,
    )


def _is_answered(results: Sequence[Result], least: float) -> bool:
    """Whether some results answer: one is a provision that was cited, or covers enough of the question."""
    return any(
        result.scored.cover >= least or (result.passage is not None and result.passage.is_cited) for result in results
    )


def best_bet(connection: Connection, query: Query, rules: SearchRules) -> tuple[BestBet, str] | None:
    """Return the answer kept by hand for a question, and the id of its document, None where there is none held.

    Other words may only shape the question; they name no sort of documents that it is none of. A year says when a
    provision is meant, or a change; else which of several laws.
    """
    ignored = _ignored(rules)
    asked = {word for word in words(query.text) if stems(word)[0] not in ignored}
    rest = stem_set(word for word in asked if word not in rules.shaping)
    years = {word for word in asked if is_year(word)}
    for bet in rules.best_bets:
        kept = [set(stems(question)) - ignored for question in bet.asked]
        if any(
            each <= stem_set(asked) and rest - (years if bet.provision or query.asks else set()) <= each
            for each in kept
        ):
            document = held(connection, bet.document)
            return (bet, document) if document and not _is_of_another_sort(connection, document, bet, asked) else None
    return None


def _is_of_another_sort(connection: Connection, document: str, bet: BestBet, asked: set[str]) -> bool:
    """Whether words beside those of a bet ask for a sort of documents, guidance say, that its document is none of."""
    kind = rows(connection, "select kind from documents where id = ?", [document])[0]["kind"]
    beside = asked - set(words(" ".join(bet.asked)))
    return any(kind not in kinds for word, kinds in search_rules().sorts.items() if word in beside)


def _ignored(rules: SearchRules) -> frozenset[str]:
    return frozenset(stem_set([" ".join(rules.ignored)]))


def _read(
    connection: Connection, text: str, rules: SearchRules
) -> tuple[Query, Frequencies, list[str], tuple[NamedLaw, ...]]:
    """Return the question as it is read here, how common its words are, the ids of documents that it names, and the
    laws that it names and are not held.
    """
    plain = shorten(text)
    laws = named_laws(plain)
    unheld = tuple(law for law in laws if not _is_held(connection, law))
    numbers, named = _held(connection, _meant(act_numbers(plain), laws))
    # Words of a title may find what is about the law, its number or what is short for it only what names it.
    cut = (law for law in unheld if any(map(str.isdigit, part := plain[law.start : law.end])) or " " not in part)
    parse = partial(parse_query, plain, rules, numbers=(*numbers, *cut), names_unheld=bool(unheld))
    known = {word: rules.misspelled[word] for word in words(plain) if word in rules.misspelled}
    query, counts = _spelled(connection, parse(corrected=known))
    if corrected := {**corrections(connection, query, counts), **likely(connection, query, counts)}:
        query, counts = _spelled(connection, parse(corrected={**known, **corrected}))
    named = list(dict.fromkeys([*named, *named_cases(connection, plain, rules)]))
    return replace(query, words=tuple(_in_full(word, counts) for word in query.words)), counts, named, unheld


def _spelled_out(text: str, rules: SearchRules) -> str:
    """Return a question with Acts by their titles, where the thesaurus has these for an abbreviation."""
    titles = ((word, rules.thesaurus.get(word.lower(), ("",))[0]) for word in text.split())
    return " ".join(title if title.endswith(" act") else word for word, title in titles)


def _spelled(connection: Connection, query: Query) -> tuple[Query, Frequencies]:
    """Return a question with words as they may be spelled, too, where that is held, and how common its words are."""
    spellings = other_spellings(query)
    counts = frequencies(connection, {*query.stem_set, *(stem for _, term in spellings for stem in term.stems)})
    terms = [list(word.terms) for word in query.words]
    for places, term in spellings:
        common = min(counts.of_word(query.words[place]) for place in places)
        if counts.is_held(term) and common <= MAX_TIMES_AS_COMMON * counts.of_word(
            Word(typed="", weight=1, terms=(term,))
        ):
            for place in places:
                terms[place].append(term)
    said = (replace(word, terms=tuple(ways)) for word, ways in zip(query.words, terms, strict=True))
    return replace(query, words=tuple(said)), counts


def _is_held(connection: Connection, law: NamedLaw) -> bool:
    """Whether a law is held: by its number, a treaty by its title, too."""
    return bool(rows(connection, HELD, [json.dumps(law.names)]) or rows(connection, _TITLED, [json.dumps(law.titles)]))


def _meant(numbers: Iterable[ActNumber], laws: Iterable[NamedLaw]) -> list[ActNumber]:
    """Return numbers, with those of laws that are named by a sort, too: a directive, and no instrument."""
    sure = [law for law in laws if not law.is_title]
    others = [each for each in numbers if not any(law.start < each.end and each.start < law.end for law in sure)]
    return sorted([*sure, *others], key=lambda number: number.start)


def _in_full(word: Word, counts: Frequencies) -> Word:
    """Return a word whose alternatives count in full where it stands nowhere itself: they are all there is."""
    if any(term.factor == 1 and counts.is_held(term) for term in word.terms):
        return word
    return replace(word, terms=tuple(replace(term, factor=1.0) for term in word.terms))


def _held(connection: Connection, numbers: Iterable[ActNumber]) -> tuple[tuple[ActNumber, ...], list[str]]:
    """Return the numbers that name documents which are held, and the ids of these."""
    kept, named = [], []
    for number in numbers:
        held = [found["id"] for found in rows(connection, HELD, [json.dumps(number.names)])]
        if held:
            kept.append(number)
            named += held
    return tuple(kept), list(dict.fromkeys(named))


def _scored(connection: Connection, query: Query, counts: Frequencies, asked: Importance, known: Priors,
            scope: Scope) -> list[Scored]:  # fmt: skip
    """Return documents that may answer, the best first; the best of them looked into for their best passages."""
    listed = listing.candidates(connection, query, counts, scope)
    extra = _numbers_of(connection, [*known.bonuses, *known.asked_as], scope)
    documents = list(dict.fromkeys([*extra, *listed.documents]))
    passages: dict[int, list[int]] = {document: list(listed.passages.get(document, ())) for document in documents}
    for passage, document in _named(connection, documents, query, known):
        passages[document].insert(0, passage)
    held = {found["n"]: found for found in rows(connection, _DOCUMENTS, [json.dumps(documents)])}
    asked_as = {number: known.asked_as.get(found["id"], {}) for number, found in held.items()}
    wanted = (passage for document in documents for passage in passages[document])
    read = _passages(connection, wanted, asked, asked_as)
    scored = [_score(held[document], read.get(document, ()), listed, asked, known) for document in documents]
    scored.sort(key=_order)
    for place, best in enumerate(scored[:MAX_DOCUMENTS_LOOKED_INTO]):
        inside = listing.passages_inside(connection, best.document["n"], query.words, counts)
        at_hand = {passage.row["n"] for passage in read.get(best.document["n"], ())}
        more = _passages(connection, (passage for passage in inside if passage not in at_hand), asked, asked_as)
        every = [*read.get(best.document["n"], ()), *more.get(best.document["n"], ())]
        scored[place] = _score(best.document, every, listed, asked, known)
    return sorted(scored, key=_order)


def _order(scored: Scored) -> tuple[float, int]:
    return -scored.score, scored.document["n"]


def _score(
    document: Mapping[str, Any], passages: Sequence[Passage], listed: Candidates, asked: Importance, known: Priors
) -> Scored:
    best = score.choose(passages, document, asked, listing.MAX_PASSAGES_PER_DOCUMENT)
    places = [listed.passage_ranks[each.row["n"]] for each in passages if each.row["n"] in listed.passage_ranks]
    ranks = (listed.document_ranks.get(document["n"]), min(places, default=None))
    bonus, asked_as = known.bonus(document, asked), known.asked_as.get(document["id"], {})
    said = asked_as.get(WHOLE, "")
    if not document["provisions"] and known.is_meant(document):
        said = " ".join(asked_as.values())  # Of a law without text, its provisions cannot be found themselves.
    return score.score_document(document, best, asked, ranks, bonus, said)


def _passages(
    connection: Connection, wanted: Iterable[int], asked: Importance, asked_as: Mapping[int, Mapping[str, str]]
) -> dict[int, list[Passage]]:
    """Return passages scored, by their document; ``asked_as`` says how people ask for provisions of documents."""
    by_document: dict[int, list[Passage]] = {}
    for found in rows(connection, _PASSAGES, [json.dumps(list(dict.fromkeys(wanted)))]):
        said = asked_as.get(found["document"], {}).get(found["path"], "")
        by_document.setdefault(found["document"], []).append(score.score_passage(found, asked, said))
    return by_document


def _named(connection: Connection, documents: Sequence[int], query: Query, known: Priors) -> list[tuple[int, int]]:
    """Return the passages of provisions that were cited or asked for in other words, each with its document."""
    paths = [path for provision in query.cited[:4] for path in provision.paths]
    paths += [path for provisions in known.asked_as.values() for path in provisions if path != WHOLE]
    return listing.passages_at(connection, documents, paths) if paths else []


def _numbers_of(connection: Connection, ids: Sequence[str], scope: Scope) -> list[int]:
    """Return the n of documents by their ids, as far as they are in a scope."""
    condition = f"and {scope.condition}" if scope.condition else ""
    sql = f"select d.n from documents d where d.id in (select value from json_each(:ids)) {condition} order by d.n"
    return [found["n"] for found in rows(connection, sql, {**scope.params, "ids": json.dumps(ids)})]


def _with_number(connection: Connection, result: Result, asked: Importance, number: str) -> Result:
    """Return a document with its best passage that has such a number as is asked for, where no provision answers."""
    if result.passage is not None:
        return result
    first = listing.passages_of(connection, result.scored.document["n"])
    read = _passages(connection, first, asked, {}).get(result.scored.document["n"], ())
    having = [passage for passage in read if figures.has(passage.row["text"], number)]
    return replace(result, passage=max(having, key=lambda passage: passage.share, default=None))


def _has(result: Result, number: str) -> bool:
    return result.passage is not None and figures.has(result.passage.row["text"], number)


def _counts(connection: Connection, results: Sequence[Result]) -> dict[str, list[tuple[str, int]]]:
    """Return for each facet its values with how many results have them, the most common first."""
    documents = [result.scored.document for result in results]
    counted = {
        facet: Counter(str(document[facet] or "") for document in documents) for facet in FACETS if facet != "topic"
    }
    topics = rows(
        connection,
        "select value from document_labels where facet = 'topic' and document in (select value from json_each(?))",
        [json.dumps([document["n"] for document in documents])],
    )
    counted["topic"] = Counter(topic["value"] for topic in topics)
    return {facet: _ordered(counted[facet]) for facet in FACETS}


def _ordered(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(((value, number) for value, number in counted.items() if value), key=lambda pair: (-pair[1], pair[0]))
