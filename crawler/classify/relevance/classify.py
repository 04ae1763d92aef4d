"""Whether a document belongs in the round-up, what it is about and whom it concerns: by rule, with the reasons."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import inf

from crawler.classify.relevance.lexicon import Lexicon, lexicon
from crawler.classify.relevance.scoring import Counted, evidence
from crawler.classify.relevance.values import LISTED, Band, Classified, Found, Reason, Texts
from crawler.sources.relevance_values import CONCERNED, FACETS, Borders, Reader, Unconfirmed


def classify(
    texts: Texts, rules: Lexicon | None = None, *, is_in: bool = False, with_topics: bool = True
) -> Classified:
    """Return whether a document belongs in the round-up by its words alone, with every reason, and what it is about.

    Same texts, same result. ``rules`` are ours where none are given. What says nothing is out. What is out is about
    nothing, unless ``is_in`` says that something else than its words has put it into the round-up: then it has no topic
    that is only a guess by its kind or publisher where its words say too little of the subject. Without ``with_topics``
    nobody asks what it is about.
    """
    used = rules or lexicon()
    found = evidence(used, texts, always=is_in)
    if not found:
        return _NOTHING
    limits = used.rules.borders
    reasons = [each.reason for each in found if each.reason.weight]
    reasons += _kept(reasons, limits)
    reasons += _joined(found, reasons, limits)
    score = round(sum(reason.weight for reason in reasons), 3)
    band = band_of(score, limits)
    is_about = with_topics and (is_in or band != "out")
    topics = strongest_topics(used, found) if is_about else ()
    if is_in and sum(reason.weight for reason in reasons if reason.place != "publisher") < limits.review:
        topics = tuple(topic for topic in topics if topic.score >= limits.topic)
    return Classified(
        band=band,
        score=score,
        unconfirmed=band == "review" and _is_sure(reasons, texts.kind, used.rules.unconfirmed),
        reasons=tuple(reasons),
        topics=topics,
        facets=facets(used, found, topics, texts.kind) if is_about else {},
    )


def borders() -> Borders:
    """Return the scores from which a document is in, or waits for a person, by our own rules."""
    return lexicon().rules.borders


def _kept(reasons: Sequence[Reason], borders: Borders) -> list[Reason]:
    """Return what keeps a document in review that its context would put out: words that name the subject.

    They are as heavy as ``borders.core`` in a title, and so is nothing that speaks against them.
    """
    missing = borders.review - sum(reason.weight for reason in reasons)
    factors = {"title": borders.title, "summary": borders.summary, "identifier": 1.0}
    named = [each for each in reasons if each.weight >= borders.core * factors.get(each.place, inf)]
    if missing <= 0 or not named:
        return []
    heaviest = max(named, key=lambda reason: reason.weight)
    if any(-reason.weight >= heaviest.weight for reason in reasons):
        return []
    return [heaviest._replace(weight=missing, rule="core")]


def _joined(counted: Sequence[Counted], reasons: Sequence[Reason], borders: Borders) -> list[Reason]:
    """Return what brings a document in that the names of the subject alone would leave in review.

    That are words that say what it is about: *trafficking* alone waits, *convictions for trafficking* does not.
    """
    listed = sum(reason.weight for reason in reasons if reason.place in LISTED)
    missing = borders.in_ - sum(reason.weight for reason in reasons)
    if missing <= 0 or round(listed, 3) < borders.company or any(reason.weight < 0 for reason in reasons):
        return []
    telling = [
        (max(each.gives.topics.values()) * each.strength, each.reason)
        for each in counted
        if each.tells and each.gives.topics
    ]
    strongest, reason = max(telling, key=lambda each: each[0], default=(0.0, None))
    return [reason._replace(weight=missing, rule="company")] if reason and strongest >= borders.topic else []


def _is_sure(reasons: Sequence[Reason], kind: str, limits: Unconfirmed) -> bool:
    """Whether what would wait for a person is published without one: by title and summary, as it was measured."""
    listed = sum(reason.weight for reason in reasons if reason.place in LISTED)
    return kind in limits.kinds and round(listed, 3) >= limits.from_


def band_of(score: float, borders: Borders) -> Band:
    """Return the band of a score."""
    if score >= borders.in_:
        return "in"
    return "review" if score >= borders.review else "out"


_NOTHING = Classified(band="out", score=0.0, unconfirmed=False, reasons=(), topics=(), facets={})


def version() -> str:
    """Return the version of the rules: it is another one whenever their file is."""
    return lexicon().rules.version


_FURTHER, _MOST = 0.2, 0.4
"""What counts of each further sign of a topic, and most of all of them: what is said thrice is not thrice as strong."""
_MENTIONED = 0.1
"""What counts no more than this is a mention in a long text: it gives no kind of exploitation and no reader."""
_SECOND = 2
"""So many topics are given before the third, which must be stronger: few documents have three."""
MAX_CONCERNED = 3
"""Most roles of a document, and most whom it is aimed at."""


def strongest_topics(lexicon: Lexicon, counted: Sequence[Counted]) -> tuple[Found, ...]:
    """Return the topics, strongest first: those that are strong enough by themselves and beside the strongest.

    What a document is about otherwise counts only where nothing else is strong enough. Beside a topic that is strong
    one word alone tells little: there the others need more, or words at a second place.
    """
    borders = lexicon.rules.borders
    said: dict[str, list[float]] = {}
    reasons: dict[str, list[Reason]] = {}
    _add(said, reasons, ((counts, counts.gives.topics) for counts in counted))
    scores = {topic: _strength(strengths) for topic, strengths in said.items()}
    if max(scores.values(), default=0.0) < borders.topic:
        _add(said, reasons, ((counts, counts.gives.otherwise) for counts in counted))
        scores = {topic: _strength(strengths) for topic, strengths in said.items()}
    for special, hidden in lexicon.rules.hides.items():
        if (least := scores.get(special, 0.0)) >= borders.topic:
            scores = {topic: score for topic, score in scores.items() if topic not in hidden or score > least}
    ranked = sorted(scores, key=lambda topic: (-scores[topic], topic))
    strongest = scores[ranked[0]] if ranked else 0.0
    least = min(max(borders.topic, min(borders.share * strongest, borders.sure)), strongest)
    alone = max(least, borders.alone if strongest >= borders.strong else 0.0)
    return tuple(
        Found(value=topic, score=round(scores[topic], 3), reasons=tuple(reasons[topic]))
        for number, topic in enumerate(ranked[: borders.topics])
        if scores[topic] >= (least if not number or _places(reasons[topic]) > 1 else alone)
        and (number < _SECOND or scores[topic] >= borders.third)
    )


def _places(reasons: Sequence[Reason]) -> int:
    """Return at how many places words stand: words that overlap are one."""
    if len(reasons) == 1:
        return 1
    found: list[tuple[str, int]] = []
    for place, start, end in sorted({(reason.place, reason.start, reason.end) for reason in reasons}):
        if found and found[-1][0] == place and start < found[-1][1]:
            found[-1] = (place, max(end, found[-1][1]))
        else:
            found.append((place, end))
    return len(found)


def _add(
    said: dict[str, list[float]],
    reasons: dict[str, list[Reason]],
    signs: Iterable[tuple[Counted, Mapping[str, float]]],
) -> None:
    for counts, given in signs:
        for topic, strength in given.items():
            said.setdefault(topic, []).append(strength * counts.strength)
            reasons.setdefault(topic, []).append(counts.reason)


def _strength(strengths: Sequence[float]) -> float:
    """Return how strong a topic is by its signs: the strongest, and a little of each further one."""
    if len(strengths) == 1:
        return strengths[0]
    strongest = max(strengths)
    return strongest + min(_FURTHER * (sum(strengths) - strongest), _MOST)


def facets(
    lexicon: Lexicon, counted: Sequence[Counted], about: Sequence[Found], kind: str
) -> Mapping[str, tuple[Found, ...]]:
    """Return the values of each facet: from the words, from the topics, and whom the document concerns.

    Which tool it is, a mention in its text does not tell; nor does a single one of which kind of exploitation it is.
    """
    found: dict[str, dict[str, list[Reason]]] = {facet: {} for facet in FACETS}
    for counts in counted:
        given = counts.gives.facets
        if given and counts.strength > _MENTIONED:
            if counts.reason.place not in LISTED:
                unsaid = {"toolkit"} if counts.often > 1 else {"toolkit", "exploitation"}
                given = {facet: values for facet, values in given.items() if facet not in unsaid}
            _give(found, given, [counts.reason])
    for topic in about:
        if topic.value in lexicon.rules.topics:
            _give(found, lexicon.rules.topics[topic.value].facets, topic.reasons)
    said = {counts.reason.rule: counts.reason for counts in counted if counts.strength > _MENTIONED}
    why = {topic.value: topic.reasons for topic in about}
    concerned: dict[str, dict[str, list[Reason]]] = {facet: {} for facet in CONCERNED}
    readers = list(_readers(lexicon, tuple(why), kind, said))
    named = {value for reader, _ in readers if reader.named for value in reader.gives.get("aimed_at", ())}
    for reader, value in readers:
        reasons = why.get(value, ())
        _give(concerned, reader.gives, [*reasons, *(said[rule] for rule in sorted(reader.says & said.keys()))])
    if named:
        concerned["aimed_at"] = {value: each for value, each in concerned["aimed_at"].items() if value in named}
    whom = {facet: dict(list(values.items())[:MAX_CONCERNED]) for facet, values in concerned.items()}
    return {facet: _found(values) for facet, values in {**found, **whom}.items()}


def _readers(
    lexicon: Lexicon, topics: Sequence[str], kind: str, said: Mapping[str, Reason]
) -> Iterator[tuple[Reader, str]]:
    """Yield the readers whom a document concerns, in the order of its topics, each with the topic or none.

    ``topics`` are the strongest first, ``said`` the reasons by the rules and publishers that counted.
    """
    for number, topic in enumerate((*topics, "")):
        for reader in _of_kind(lexicon, topic, kind):
            if not (reader.lead and number) and _asks(reader, topics, said):
                yield reader, topic


@lru_cache(maxsize=4096)
def _of_kind(lexicon: Lexicon, topic: str, kind: str) -> tuple[Reader, ...]:
    """Return the readers of a topic that documents of a kind can concern."""
    readers = lexicon.readers.get(topic, ())
    return tuple(each for each in readers if (not each.kinds or kind in each.kinds) and kind not in each.but)


def _asks(reader: Reader, topics: Sequence[str], said: Mapping[str, Reason]) -> bool:
    if reader.says:
        if reader.says.isdisjoint(said):
            return False
        if reader.named and not any(said[rule].place == "title" for rule in reader.says & said.keys()):
            return False
    return reader.unsaid.isdisjoint(said) and reader.beside.isdisjoint(topics)


def _give(
    found: dict[str, dict[str, list[Reason]]], given: Mapping[str, Iterable[str]], reasons: Iterable[Reason]
) -> None:
    for facet, values in given.items():
        for value in values:
            found[facet].setdefault(value, []).extend(reasons)


def _found(given: Mapping[str, list[Reason]]) -> tuple[Found, ...]:
    return (
        ()
        if not given
        else tuple(
            Found(value=value, score=float(len(once)), reasons=once)
            for value, reasons in sorted(given.items())
            for once in [tuple({id(each): each for each in reasons}.values()) if len(reasons) > 1 else tuple(reasons)]
        )
    )
