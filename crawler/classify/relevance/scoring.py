"""What counts for a document: words in its title, summary and text, its publisher, kind and identifiers."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from crawler.classify.relevance.lexicon import Lexicon
from crawler.classify.relevance.matching import Hit, find
from crawler.classify.relevance.normalise import Plain, plain
from crawler.classify.relevance.values import Reason, Texts
from crawler.sources.relevance_values import Prior, RuleLabels

MAX_REASONS = 40
"""So many reasons are given of a text, those that weigh most; all words count."""
_WITHIN = 0.5
"""What words count for topics within longer ones of another rule: "support for victims" in the name of an Act."""
_LETTERS = 6
"""Letters of a word with the space behind it."""
_APART = "\0"
_CONSOLIDATED = re.compile(r"celex:0([0-9]{4}[A-Z]{1,2}[0-9]{4})(?:-[0-9]{8})?")


class Counted(NamedTuple):
    """One thing that counted, what it gives beside its weight, and how strongly it does.

    ``tells``: words in title or summary that say only what a document is about, and weigh nothing anywhere. ``often``:
    how many times words of the rule stand there.
    """

    reason: Reason
    gives: RuleLabels
    strength: float
    tells: bool = False
    often: int = 1


_Said = tuple[str, str, Plain, Hit, float]
"""Words of a rule in a title or summary, before anybody asked where exactly they stand: place, text, hit and weight."""


@dataclass(slots=True)
class _Tally:
    """How often a rule found words in a text, and where first."""

    count: int
    path: str
    start: int
    end: int
    words: str


def evidence(lexicon: Lexicon, texts: Texts, *, always: bool = False) -> list[Counted]:
    """Return all that counts for a document: a rule counts once, where it weighs most.

    Where no words weigh anything, nothing counts, unless ``always``: a heading may say only what a provision is about.
    """
    borders = lexicon.rules.borders
    said: dict[int, _Said] = {}
    for place, text, factor in (("title", texts.title, borders.title), ("summary", texts.summary, borders.summary)):
        if text:
            plain_text, hits = _listed(lexicon, text)
            for hit in hits:
                rule, _, _, counts, _ = hit
                weight = lexicon.rules.rules[rule].weight * factor if counts else 0.0
                before = said.get(rule)
                if before is None or abs(weight) > abs(before[4]):
                    said[rule] = (place, text, plain_text, hit, weight)
    everything = list(_priors(lexicon, texts))
    if texts.parts:
        everything += _written(lexicon, texts.parts)
    if always or any(weight > 0 for *_, weight in said.values()) or any(each.reason.weight > 0 for each in everything):
        return [*(_counted(lexicon, *each) for each in said.values()), *everything]
    return []


@lru_cache(maxsize=8)
def _listed(lexicon: Lexicon, text: str) -> tuple[Plain, list[Hit]]:
    """Return what is found in a title or summary. The last ones are remembered: they are asked for with a text, too."""
    plain_text = plain(text)
    return plain_text, find(lexicon, plain_text)


def _counted(lexicon: Lexicon, place: str, text: str, plain_text: Plain, hit: Hit, weight: float) -> Counted:
    number, start, end, _, is_within = hit
    rule = lexicon.rules.rules[number]
    start, end = plain_text.span(start, end)
    strength = 1.0 if place == "title" else lexicon.rules.borders.aside
    return Counted(
        Reason(place, start, end, text[start:end], weight, rule.id),
        rule,
        strength * _WITHIN if is_within else strength,
        not rule.weight,
    )


def _priors(lexicon: Lexicon, texts: Texts) -> Iterator[Counted]:
    for number in _publishers(lexicon, texts.publisher) if texts.publisher else ():
        yield _prior(lexicon.rules.publishers[number], "publisher", texts.publisher)
    kind = lexicon.rules.kinds.get(texts.kind)
    if kind is not None:
        yield _prior(kind, "kind", texts.kind)
    seen: set[str] = set()
    for identifier in texts.identifiers:
        name = _CONSOLIDATED.sub(r"celex:3\1", identifier) if identifier.startswith("celex:0") else identifier
        name = name if name in lexicon.rules.instruments else "/".join(name.split("/")[:3])
        instrument = lexicon.rules.instruments.get(name)
        if instrument is not None and name not in seen:
            seen.add(name)
            yield _prior(instrument, "identifier", identifier)


def _prior(prior: Prior, place: str, text: str) -> Counted:
    """Return what counts by itself, with its whole text: a part of a name names nobody."""
    reason = Reason(place=place, start=0, end=len(text), words=text, weight=prior.weight, rule=prior.id)
    return Counted(reason=reason, gives=prior, strength=1.0)


@lru_cache(maxsize=4096)
def _publishers(lexicon: Lexicon, publisher: str) -> tuple[int, ...]:
    """Return the publishers of the rules that a name holds. Names repeat, so they are kept."""
    text = plain(publisher)
    return tuple(number for pattern, number in lexicon.publishers if pattern.search(text.words))


@lru_cache(maxsize=1)
def _written(lexicon: Lexicon, parts: tuple[tuple[str, str], ...]) -> list[Counted]:
    """Return what counts in a text: how many different things are said, each the more the more often, up to a limit.

    A long report does not become relevant by a few mentions: all weights fall with the share of such words in it. The
    last text is remembered: it is asked for again where its summary is left out.
    """
    borders = lexicon.rules.borders
    tallies: dict[int, _Tally] = {}
    _tally(lexicon, [(path, text) for path, text in parts if text], tallies)
    rules = lexicon.rules.rules
    strong = sum(tally.count for number, tally in tallies.items() if rules[number].weight > 0)
    words = sum(len(text) for _, text in parts) / _LETTERS
    density = min(1.0, strong * 1000 / max(words, 1.0) / borders.dense)
    weights = {number: borders.text * density * rules[number].weight * (1 - 0.5**tally.count)
               for number, tally in tallies.items()}  # fmt: skip
    whole = sum(weight for weight in weights.values() if weight > 0)
    limit = min(1.0, borders.most / whole) if whole else 1.0
    found = [
        Counted(
            reason=Reason(
                place=tally.path, start=tally.start, end=tally.end, words=tally.words,
                weight=max(weights[number] * limit, 0.0), rule=rules[number].id,
            ),
            gives=rules[number],
            strength=density * borders.text * min(1.0, tally.count * 1000 / max(words, 1.0)),
            often=tally.count,
        )
        for number, tally in tallies.items()
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-each.reason.weight, each.reason.rule))[:MAX_REASONS]


def _tally(lexicon: Lexicon, parts: Sequence[tuple[str, str]], tallies: dict[int, _Tally]) -> None:
    """Count what rules find in parts of a text, looked through at once with a mark between that no words hold."""
    plain_text = plain(_APART.join(text for _, text in parts))
    begins = list(accumulate((len(text) + len(_APART) for _, text in parts), initial=0))
    for number, start, end, counts, _ in find(lexicon, plain_text, whole=False):
        tally = tallies.get(number)
        if tally is not None:
            tally.count += counts
        elif counts:
            start, end = plain_text.span(start, end)
            part = bisect_right(begins, start) - 1
            path, text = parts[part]
            start, end = start - begins[part], end - begins[part]
            tallies[number] = _Tally(1, path, start, end, text[start:end])
