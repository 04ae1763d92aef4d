"""What a document is about and whom it concerns: topics, and values of the facets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from crawler.relevance.counting import Counted
from crawler.relevance.lexicon import Lexicon
from crawler.relevance.values import Found, Reason
from crawler.sources.relevance import FACETS

_FURTHER, _MOST = 0.2, 0.4
"""What counts of each further sign of a topic, and most of all of them: what is said thrice is not thrice as strong."""


def topics(lexicon: Lexicon, counted: Sequence[Counted]) -> tuple[Found, ...]:
    """Give the topics, strongest first: those that are strong enough by themselves and beside the strongest."""
    borders = lexicon.rules.borders
    said: dict[str, list[float]] = {}
    reasons: dict[str, list[Reason]] = {}
    for each in counted:
        for topic, strength in each.gives.topics.items():
            said.setdefault(topic, []).append(strength * each.strength)
            reasons.setdefault(topic, []).append(each.reason)
    scores = {topic: max(each) + min(_FURTHER * (sum(each) - max(each)), _MOST) for topic, each in said.items()}
    ranked = sorted(scores, key=lambda topic: (-scores[topic], topic))
    strongest = scores[ranked[0]] if ranked else 0.0
    least = min(max(borders.topic, borders.share * strongest), strongest)
    return tuple(
        Found(value=topic, score=round(scores[topic], 3), reasons=tuple(reasons[topic]))
        for topic in ranked[: borders.topics]
        if scores[topic] >= least
    )


def facets(
    lexicon: Lexicon, counted: Sequence[Counted], about: Sequence[Found], kind: str
) -> Mapping[str, tuple[Found, ...]]:
    """Give the values of each facet: from the words, from the topics, and the roles that follow from both."""
    found: dict[str, dict[str, list[Reason]]] = {facet: {} for facet in FACETS}
    for each in counted:
        if each.strength > 0:
            _give(found, each.gives.facets, [each.reason])
    for topic in about:
        if topic.value in lexicon.rules.topics:
            _give(found, lexicon.rules.topics[topic.value].gives.facets, topic.reasons)
    values = {facet: _found(given) for facet, given in found.items()}
    return {**values, "role": _roles(lexicon, about, values["aimed_at"], kind)}


def _give(
    found: dict[str, dict[str, list[Reason]]], given: Mapping[str, Iterable[str]], reasons: Iterable[Reason]
) -> None:
    for facet, values in given.items():
        for value in values:
            found[facet].setdefault(value, []).extend(reasons)


def _found(given: Mapping[str, list[Reason]]) -> tuple[Found, ...]:
    return tuple(
        Found(value=value, score=float(len(once)), reasons=once)
        for value, reasons in sorted(given.items())
        for once in [tuple({id(each): each for each in reasons}.values())]
    )


def follow(lexicon: Lexicon, given: Iterable[str], kind: str) -> Mapping[str, tuple[str, ...]]:
    """Give the values of facets that follow from topics, wherever a document has these from, and from its kind."""
    wanted = sorted(set(given))
    found: dict[str, set[str]] = {facet: set() for facet in (*FACETS, "role")}
    for topic in wanted:
        if topic in lexicon.rules.topics:
            for facet, values in lexicon.rules.topics[topic].gives.facets.items():
                found[facet].update(values)
    for role in lexicon.rules.roles:
        if (not role.kinds or kind in role.kinds) and set(role.topics) & set(wanted):
            found["role"].add(role.id)
        if found["aimed_at"] & set(role.aimed_at):
            found["role"].add(role.id)
    return {facet: tuple(sorted(values)) for facet, values in found.items() if values}


def _roles(lexicon: Lexicon, about: Sequence[Found], aimed_at: Sequence[Found], kind: str) -> tuple[Found, ...]:
    """Give the roles: of whom it is aimed at, and of the topics where the kind is one that the role reads."""
    given: dict[str, list[Reason]] = {}
    for role in lexicon.rules.roles:
        fits = not role.kinds or kind in role.kinds
        for found, wanted in ((about if fits else (), role.topics), (aimed_at, role.aimed_at)):
            for each in found:
                if each.value in wanted:
                    given.setdefault(role.id, []).extend(each.reasons)
    return _found(given)
