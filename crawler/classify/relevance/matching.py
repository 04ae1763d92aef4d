"""Which rules find words in a text, where, and which of them count: the longest wins, a false friend cancels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from crawler.classify.relevance.lexicon import Automaton, Lexicon
from crawler.classify.relevance.normalise import Plain
from crawler.sources.relevance_values import Rule

_END = re.compile(r"(?:'s|s'|es|s)?(?![a-z0-9])", re.IGNORECASE)
_REST = re.compile(r"[a-z0-9]*", re.IGNORECASE)


class Hit(NamedTuple):
    """Words that a rule found in a plain text. (A tuple: there are many.)

    ``counts``: no longer words hold them, so that they weigh. ``within``: a longer phrase holds them.
    """

    rule: int
    start: int
    end: int
    counts: bool = True
    within: bool = False


_NONE = Hit(0, 0, 0)
"""What stands before all words."""


def find(lexicon: Lexicon, text: Plain, *, whole: bool = True) -> list[Hit]:
    """Return the hits in a text, in order, without those that a false friend cancels.

    ``whole``: with what only tells topics, and with patterns; both are for titles and summaries: in a long text such
    words always stand somewhere, and patterns would take too long.
    """
    tried: set[int] = set()
    words = lexicon.words if whole else lexicon.weighty
    hits = _phrases(words, text.words, tried)
    hits += _phrases(lexicon.marks, text.marks, tried)
    if whole:
        for number in sorted(tried):
            for found in lexicon.patterns[number].finditer(text.words):
                hits.append(Hit(number, found.start(), found.end()))
    return _resolved(lexicon, hits) if hits else hits


def _phrases(automaton: Automaton, text: str, tried: set[int]) -> list[Hit]:
    hits: list[Hit] = []
    targets, needed = automaton.targets, automaton.needed
    for index, start, end in automaton.search.find_matches_as_indexes(text, overlapping=True):
        if start and text[start - 1].isalnum():
            continue
        if tries := needed[index]:
            tried.update(tries)
        if (target := targets[index]) is None:
            continue
        if not text[end : end + 1].isalnum():
            hits.append(Hit(target.rule, start, end))
        elif found := (_REST if target.open else _END).match(text, end):
            hits.append(Hit(target.rule, start, found.end() if target.open else end))
    return hits


def _resolved(lexicon: Lexicon, hits: list[Hit]) -> list[Hit]:
    rules = lexicon.rules.rules
    hits.sort(key=lambda hit: (hit.start, -hit.end, not rules[hit.rule].cancels, -abs(rules[hit.rule].weight)))
    cancelling = [hit for hit in hits if rules[hit.rule].cancels]
    kept: list[Hit] = []
    longest = told = _NONE
    for hit in hits:
        rule, pattern = rules[hit.rule], hit.rule in lexicon.patterns
        if pattern and not rule.cancels and _touches(hit, cancelling):
            continue
        if pattern and rule.weight >= lexicon.rules.borders.core and _hides_heavier(hit, hits, rules):
            kept.append(Hit(hit.rule, hit.start, hit.end, counts=False))
            continue
        inside = hit.end <= longest.end
        if inside and (rules[longest.rule].cancels or rule.cancels):
            continue
        if rule.weight or rule.cancels:
            longest = longest if inside else hit
        elif rule.topics and not pattern:
            if hit.end <= told.end and (hit.start, hit.end) != (told.start, told.end):
                continue
            told = hit
        if inside:
            same = (hit.start, hit.end) == (longest.start, longest.end)
            hit = Hit(
                hit.rule, hit.start, hit.end, counts=False, within=not same and longest.rule not in lexicon.patterns
            )
        kept.append(hit)
    return kept


def _hides_heavier(hit: Hit, others: list[Hit], rules: Sequence[Rule]) -> bool:
    """Return whether words that weigh more lie within those of a pattern that names the subject: they count, then.

    A pattern that weighs little is there to hide them: the statement of one company.
    """
    weight = rules[hit.rule].weight
    return any(
        hit.start <= other.start and other.end <= hit.end and rules[other.rule].weight > weight for other in others
    )


def _touches(hit: Hit, others: list[Hit]) -> bool:
    """Return whether the words of a pattern reach into those of a false friend: it is then wrong."""
    return any(hit.start < other.end and other.start < hit.end for other in others)
