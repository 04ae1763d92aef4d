"""Triage: whether each document belongs in the round-up, what it is about, and what decided that.

A family is judged as one, by its top and what hangs on it. It is in where a person says so, where it is an edition of a
series, tied to a tracked instrument, or of a source that tells of nothing else; else its words decide, and put it into
the round-up, on the list of what a person should look at, or aside.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from crawler.classify import relevance as words
from crawler.classify.relevance import PATIENCE, Band, Classified, Found, Reason, Texts, version
from crawler.derive import announcing, bands, calendar, citations, duplicates, toolkit
from crawler.derive.bands import Classification
from crawler.ingest import State
from crawler.sources import Source
from crawler.sources.areas import areas
from crawler.sources.vocabulary import PRIVATE, TOPICS
from crawler.store import Row, documents, dumps, families
from crawler.store import relevance as store
from crawler.text import stamp

ALL_OF_A_SOURCE = "all of its documents"
"""The rule by which a source has all it lists in the round-up, whatever that says."""
TOOLS = frozenset({"training", "governance", "resources"})
"""Parts of the toolkit of which each document is a tool to work with."""
_IN_PASSING = 0.1
"""Words that weigh less than this together are said in passing, and do not speak for the round-up."""
_AT_ONCE = 500
_REMEMBERED = 4
"""Texts of a family that are not read again: each is asked for to be judged, for the toolkit and for what it cites."""
TIED = 3
"""Most ties to tracked instruments that are told as reasons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """What is known of a family: the document at its top, what hangs on it, and its sources.

    ``names``, what was ``found`` and ``toolkit`` are by document, as in :class:`crawler.store.relevance.Families`.
    ``series`` is the name of a series that something of it is an edition of. ``text`` returns the sections of a
    version; those that were read last are remembered.
    """

    top: Row
    names: Mapping[str, Sequence[str]]
    below: Sequence[Row]
    sources: tuple[Source, ...]
    series: str
    found: Mapping[str, Row]
    toolkit: Mapping[str, Row]
    text: Callable[[str | None], Sequence[store.Said]]


def close(state: State, *, whole: bool) -> None:
    """Judge every family in which something changed, what is due to be published, and what a person decided anew.

    Before that, documents that are the same report as one seen before are told apart from those that are not; then it
    is settled what is announced. A crawl is not ``whole`` where it was killed.
    """
    duplicates.find(state)
    store.name_topics(state.store, TOPICS)
    tracked, let_in = store.tracked(state.store), set[str]()
    series = store.series(state.store)
    for family in _families(state, _to_judge(state, tracked), series):
        let_in |= _judge(state, family, tracked)
    store.settled(state.store)
    announcing.settle(state, let_in, whole=whole)
    calendar.settle(state)


def _to_judge(state: State, tracked: Mapping[str, str]) -> list[str]:
    names = set(store.waiting(state.store)) | set(store.editions(state.store))
    names |= set(store.due(state.store, stamp(state.clock - PATIENCE))) | set(store.decided(state.store))
    names |= {documents.resolve(state.store, name) for name in state.decisions.relevance}
    names |= set(store.outdated(state.store, list(state.registry.sources), tracked))
    for name in sorted(names & set(tracked.values())):
        names |= {documents.resolve(state.store, other) for other in store.related(state.store, name)}
    return sorted({str(row["root"]) for rows in _rows(state, sorted(names)) for row in rows})


def _rows(state: State, names: Sequence[str]) -> Iterator[list[Row]]:
    """Yield the documents that are there, some hundred of which are loaded at once."""
    for start in range(0, len(names), _AT_ONCE):
        state.store.load("documents", names[start : start + _AT_ONCE])
        rows = (documents.get(state.store, name) for name in names[start : start + _AT_ONCE])
        yield [row for row in rows if row is not None]


def _judge(state: State, family: Family, tracked: Mapping[str, str]) -> set[str]:
    """Judge a family; return those of its documents that come in by it."""
    judged = judge(state, family, tracked)
    row, before = family.top, family.found.get(family.top["id"])
    comes = _put(state, row["id"], judged, before)
    let_in = {row["id"]} if comes else set()
    for child in family.below:
        below = Classification(band=judged.band, decided_by="family", reasons=(), found=judged.found)
        was = family.found.get(child["id"])
        if _put(state, child["id"], below, was, comes if _was_with(was, before) else None):
            let_in.add(child["id"])
        store.put_found(state.store, child["id"], [], [])
    given = _put_found(state, family, judged, is_new=before is None)
    for name in (row["id"], *(child["id"] for child in family.below)):
        noted, is_new = {**family.toolkit[name], "band": judged.band}, name not in family.found
        toolkit.note(state, noted, family.text, given, is_new=is_new)
        citations.note(state, noted, family.text, is_new=is_new)
    return let_in


def _was_with(was: Row | None, top: Row | None) -> bool:
    """Return whether a part of a family was in the band of its top before, and because of it: then it is told with it.

    One that waited by itself, or in another family, is not.
    """
    return was is not None and top is not None and (was["decided_by"], was["band"]) == ("family", top["band"])


def _families(state: State, names: Sequence[str], series: Mapping[str, str]) -> Iterator[Family]:
    """Yield the families of those documents that are there at a top, some hundred of which are read at once."""
    for rows in _rows(state, names):
        tops = [row for row in rows if row["root"] == row["id"]]
        known = store.families(state.store, [row["id"] for row in tops])
        yield from (_family(state, top, known, series.get(top["id"], "")) for top in tops)


def _family(state: State, top: Row, known: store.Families, series: str) -> Family:
    sources = state.registry.sources
    return Family(
        top=top,
        names=known.names,
        below=known.below[top["id"]],
        sources=tuple(sources[name] for name in store.sources(state.store, top["id"]) if name in sources),
        series=series,
        found=known.found,
        toolkit=known.toolkit,
        text=lru_cache(_REMEMBERED)(partial(store.text, state.store)),
    )


def judge(state: State, family: Family, tracked: Mapping[str, str]) -> Classification:
    """Judge a family by everything that is known of it."""
    strong = tuple(_strong(state, family, tracked))
    found = _by_words(state, family, strong)
    if (decided := _decided(state, family)) is not None:
        reason = Reason(place="decision", start=0, end=0, words="", weight=0.0, rule=f"decisions.yaml: {decided}")
        return Classification(
            band=decided, decided_by="decision", reasons=(reason, *strong, *found.reasons), found=found
        )
    if strong:
        return Classification(band="in", decided_by=strong[0].place, reasons=(*strong, *found.reasons), found=found)
    before = family.found.get(family.top["id"])
    if found.band != "in" and before is not None and (before["band"], before["decided_by"]) == ("in", "words"):
        # Readers follow it: that its publisher gave it another title is news of it, not the end of it.
        kept = Reason(place="before", start=0, end=0, words="", weight=-1.0, rule="it was in before its words changed")
        return Classification(band="in", decided_by="words", reasons=(*found.reasons, kept), found=found)
    return Classification(band=found.band, decided_by="words", reasons=found.reasons, found=found)


def _decided(state: State, family: Family) -> Band | None:
    made = state.decisions.relevance
    if not made:
        return None
    every = (name for row in (family.top, *family.below) for name in family.names[row["id"]])
    return next((made[name] for name in every if name in made), None)


def _strong(state: State, family: Family, tracked: Mapping[str, str]) -> Iterator[Reason]:
    """Yield what makes a family relevant whatever its words are."""
    row = family.top
    if family.series:
        yield Reason(place="series", start=0, end=0, words=family.series, weight=0.0, rule="every edition of a series")
    if ties := _ties(state, family, tracked):
        titles = store.titles(state.store, [target for _, target in ties])
        for relation, target in ties[:TIED]:
            yield Reason(place="relation", start=0, end=0, words=titles[target], weight=0.0, rule=relation)
    if row["id"] in tracked.values():
        yield Reason(place="source", start=0, end=0, words=row["title"], weight=0.0, rule="a tracked instrument")
    for source in family.sources:
        if source.keep == "all" and source.topics:
            yield Reason(place="source", start=0, end=0, words=source.name, weight=0.0, rule=ALL_OF_A_SOURCE)


def _ties(state: State, family: Family, tracked: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return how a family is tied to tracked instruments, its top first."""
    if not tracked:
        return []
    found: list[tuple[str, str]] = []
    for row in (family.top, *family.below):
        found += store.ties(state.store, family.names[row["id"]], tracked)
    return list(dict.fromkeys(found))


def _by_words(state: State, family: Family, strong: Sequence[Reason]) -> Classified:
    """Classify a family: by title and summary first, and by its whole text where these leave something open.

    What is in for its source alone is about what its words say only where one of them speaks for the round-up:
    "support" and "identification" are words of many subjects, and the name of an Act in a footnote of a long text is
    said in passing. Where a source lists tools, they say which tool it is.
    """
    row = family.top
    texts = Texts(
        title=row["title"],
        summary=row["summary"],
        kind=row["kind"],
        publisher=store.publisher(state.store, row),
        identifiers=tuple(family.names[row["id"]]),
    )
    is_in, of_site = bool(strong), families.is_summary_of_site(state.store, row)
    by_source = is_in and all(reason.rule == ALL_OF_A_SOURCE for reason in strong) and not _of_tools(family)
    short = words.classify(texts, is_in=is_in, with_topics=not of_site)
    if is_in or short.band == "in":
        short = _of_page(short, texts, is_in=is_in) if of_site else short
        known = short.topics or (is_in and any(source.topics for source in family.sources))
        doubted = by_source and bool(short.topics or short.facets) and not _speaks(short)
        if known and not doubted:
            return short
    texts = replace(texts, parts=tuple(_parts(family)))
    whole = words.classify(texts, is_in=is_in, with_topics=not of_site)
    if by_source and not _speaks(whole):
        return replace(whole, topics=(), facets={})
    return _of_page(whole, texts, is_in=is_in) if of_site else whole


def _of_page(found: Classified, texts: Texts, *, is_in: bool) -> Classified:
    """Return what words say; a summary that describes a whole site says nothing of what one page is about."""
    own = words.classify(replace(texts, summary=""), is_in=is_in or found.band == "in")
    return replace(found, topics=own.topics, facets=own.facets)


def _of_tools(family: Family) -> bool:
    return any(source.keep == "all" and TOOLS.intersection(source.toolkit) for source in family.sources)


def _speaks(found: Classified) -> bool:
    return sum(reason.weight for reason in found.reasons if reason.weight > 0) >= _IN_PASSING


def _parts(family: Family) -> Iterator[tuple[str, str]]:
    for row in (family.top, *family.below):
        before = "" if row is family.top else f"{row['id']} "
        if before:
            yield f"{before}title", row["title"]
        for path, _, heading, text in () if row["current"] is None else family.text(row["current"]):
            yield f"{before}{path} heading", heading
            yield f"{before}{path}", text


# What was found, stored


def _put(state: State, document: str, judged: Classification, before: Row | None, comes: bool | None = None) -> bool:
    """Record the band of a document and since when it has it; return whether it comes in now though it is not new.

    ``comes`` is whether it does, where that goes by the top of its family.
    """
    is_new = before is None or before["band"] != judged.band
    unconfirmed = None if before is None or judged.band == "out" else before["unconfirmed"]
    ours = before is not None and is_new and bands.is_ours(state, document, judged, before)
    if comes is None:
        comes = before is not None and bands.comes_in(state, judged, before, ours=ours)
    if comes and judged.band == "review" and unconfirmed is None:
        unconfirmed = state.now
    reasons = _shown(judged.reasons, documents.get(state.store, document) or {})
    row = {
        "document": document,
        "band": judged.band,
        "score": round(judged.found.score, 4),
        "decided_by": judged.decided_by,
        "why": dumps([reason.row() for reason in reasons]),
        "since": state.now if before is None or is_new else before["since"],
        "unconfirmed": unconfirmed,
        "rules": version(),
    }
    store.put(state.store, row)
    if before is not None and ours and judged.decided_by != "family":
        bands.note(state, document, before["band"], judged.band)
    return comes


def _put_found(state: State, family: Family, judged: Classification, *, is_new: bool) -> toolkit.Given:
    """Record what a family is about; return the parts of the toolkit that it belongs to."""
    found, row = judged.found, family.top
    topics = {each.value: _topic(each, judged.band, row) for each in found.topics}
    parts: dict[tuple[str, str], str] = {}
    for source in family.sources:
        why = dumps([{"place": "source", "start": 0, "end": 0, "words": source.name, "weight": 0.0, "rule": source.id}])
        for topic in () if found.topics else source.topics:
            topics.setdefault(topic, {"topic": topic, "band": judged.band, "score": 1.0, "why": why})
        for part in source.toolkit:
            parts.setdefault(("toolkit", part), why)
    for facet, values in found.facets.items():
        for each in values:
            parts.setdefault((facet, each.value), dumps([one.row() for one in _shown(each.reasons, row)]))
    for area in areas(str(row["jurisdiction"] or _of_publisher(state, family))):
        parts.setdefault(("jurisdiction", area), "[]")
    facets = [{"facet": facet, "value": value, "why": why} for (facet, value), why in sorted(parts.items())]
    store.put_found(state.store, row["id"], [topics[name] for name in sorted(topics)], facets, is_new=is_new)
    return {value: json.loads(why) for (facet, value), why in parts.items() if facet == "toolkit"}


def _of_publisher(state: State, family: Family) -> str:
    """Return where the publisher speaks of a document that states no place: under it readers look for it."""
    for source in family.sources:
        return source.jurisdiction or state.registry.publishers[source.publisher].jurisdiction
    return ""


def _topic(each: Found, band: Band, row: Row) -> dict[str, object]:
    why = dumps([reason.row() for reason in _shown(each.reasons, row)])
    return {"topic": each.value, "band": band, "score": round(each.score, 4), "why": why}


def _shown(reasons: Sequence[Reason], row: Mapping[str, object]) -> list[Reason]:
    """Return reasons without the words of a text that is not shown: releases about cases name people."""
    if row.get("kind") not in PRIVATE:
        return list(reasons)
    told = ("title", "publisher", "kind", "identifier", "source", "relation", "series", "decision")
    return [each if each.place in told else each._replace(start=0, end=0, words="") for each in reasons]
