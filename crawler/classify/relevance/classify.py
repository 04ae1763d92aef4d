"""Whether a document belongs in the round-up, what it is about and whom it concerns: by rule, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from crawler.classify.relevance import topics as topic_rules
from crawler.classify.relevance.lexicon import Lexicon, lexicon
from crawler.classify.relevance.scoring import Counted, evidence
from crawler.classify.relevance.values import LISTED, Band, Classified, Reason, Texts
from crawler.sources.relevance_values import Borders, Unconfirmed


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
    topics = topic_rules.topics(used, found) if is_about else ()
    if is_in and sum(reason.weight for reason in reasons if reason.place != "publisher") < limits.review:
        topics = tuple(topic for topic in topics if topic.score >= limits.topic)
    return Classified(
        band=band,
        score=score,
        unconfirmed=band == "review" and _is_sure(reasons, texts.kind, used.rules.unconfirmed),
        reasons=tuple(reasons),
        topics=topics,
        facets=topic_rules.facets(used, found, topics, texts.kind) if is_about else {},
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
