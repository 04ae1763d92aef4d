"""Which rules find words in a text, where, and which of them count: the longest wins, a false friend cancels."""

import re

from crawler.classify.relevance.lexicon import Automaton, Lexicon
from crawler.classify.relevance.normalise import Plain

_END = re.compile(r"(?:'s|s'|es|s)?(?![a-z0-9])", re.IGNORECASE)
_REST = re.compile(r"[a-z0-9]*", re.IGNORECASE)

Hit = tuple[int, int, int, bool, bool]
"""Words that a rule found in a plain text: the rule, start, end, and two answers. (A plain tuple: there are many.)

Whether they count: no longer words hold them, so that they weigh; and whether a longer phrase holds them.
"""
_Found = tuple[int, int, int, int, int]
"""Words before anybody asked which count, as they are sorted: start, -end, rank of the rule, number, the rule."""


def find(lexicon: Lexicon, text: Plain, *, whole: bool = True) -> list[Hit]:
    """Return the hits in a text, in order, without those that a false friend cancels.

    ``whole``: with what only tells topics, and with patterns; both are for titles and summaries: in a long text such
    words always stand somewhere, and patterns would take too long.
    """
    tried, found = set[int](), list[_Found]()
    _phrases(lexicon.words if whole else lexicon.weighty, text.words, tried, found)
    _phrases(lexicon.marks, text.marks, tried, found)
    if whole:
        for number in sorted(tried):
            for match in lexicon.patterns[number].finditer(text.words):
                found.append((match.start(), -match.end(), lexicon.ranks[number], len(found), number))
    return _resolved(lexicon, found) if found else []


def _phrases(automaton: Automaton, text: str, tried: set[int], found: list[_Found]) -> None:
    targets, needed, length = automaton.targets, automaton.needed, len(text)
    for index, start, end in automaton.search.find_matches_as_indexes(text.encode("ascii"), overlapping=True):
        if start and text[start - 1].isalnum():
            continue
        if tries := needed[index]:
            tried.update(tries)
        if (target := targets[index]) is None:
            continue
        if end < length and text[end].isalnum():
            match = (_REST if target.open else _END).match(text, end)
            if match is None:
                continue
            end = match.end() if target.open else end
        found.append((start, -end, target.rank, len(found), target.rule))


def _resolved(lexicon: Lexicon, found: list[_Found]) -> list[Hit]:
    rules, patterns, core = lexicon.rules.rules, lexicon.patterns, lexicon.rules.borders.core
    found.sort()
    kept: list[Hit] = []
    longest, told = (0, 0, 0), (0, 0)
    for start, minus, *_, number in found:
        rule, pattern, end = rules[number], number in patterns, -minus
        if pattern and not rule.cancels and _touches(start, end, lexicon, found):
            continue
        if pattern and rule.weight >= core and _hides_heavier(start, end, rule.weight, lexicon, found):
            kept.append((number, start, end, False, False))
            continue
        before, first, last = longest
        inside = end <= last
        if inside and (rules[before].cancels or rule.cancels):
            continue
        if rule.weight or rule.cancels:
            longest = longest if inside else (number, start, end)
        elif rule.topics and not pattern:
            if end <= told[1] and (start, end) != told:
                continue
            told = start, end
        within = inside and (start, end) != (first, last) and before not in patterns
        kept.append((number, start, end, not inside, within))
    return kept


def _hides_heavier(start: int, end: int, weight: float, lexicon: Lexicon, found: list[_Found]) -> bool:
    """Return whether words that weigh more lie within those of a pattern that names the subject: they count, then.

    A pattern that weighs little is there to hide them: the statement of one company.
    """
    rules = lexicon.rules.rules
    return any(start <= at and -minus <= end and rules[number].weight > weight for at, minus, _, _, number in found)


def _touches(start: int, end: int, lexicon: Lexicon, found: list[_Found]) -> bool:
    """Return whether the words of a pattern reach into those of a false friend: it is then wrong."""
    rules = lexicon.rules.rules
    return any(start < -minus and at < end and rules[number].cancels for at, minus, _, _, number in found)
