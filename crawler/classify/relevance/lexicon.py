"""The rules made ready for finding: automata over all phrases, patterns that are tried only where their words stand."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ahocorasick_rs import BytesAhoCorasick

from crawler.classify.relevance.normalise import plain
from crawler.sources.relevance_rules import load_rules
from crawler.sources.relevance_values import Reader, Rule, Rules, expand_phrase

FILE = Path(__file__).with_name("rules.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a phrase stands for: a rule by its place in the list, with its rank. ``open``: the word may go on."""

    rule: int
    rank: int
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Automaton:
    """Phrases that are looked for all at once, what each stands for, and the patterns that its words call for.

    They are looked for as bytes, one a character: what is plain is ASCII.
    """

    search: BytesAhoCorasick
    targets: tuple[Target | None, ...]
    needed: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """All rules, ready for finding; ``weighty`` are the phrases that weigh or cancel, all that texts are read for.

    ``ranks`` say of rules by their place which goes before at one place: what cancels, then what weighs more.
    ``readers`` are by topic, in the order of the file; those that ask for no topic are under the empty one.
    """

    rules: Rules
    ranks: tuple[int, ...]
    words: Automaton
    weighty: Automaton
    marks: Automaton
    patterns: Mapping[int, re.Pattern[str]]
    publishers: tuple[tuple[re.Pattern[str], int], ...]
    readers: Mapping[str, tuple[Reader, ...]]


@cache
def lexicon() -> Lexicon:
    """Return our own rules, read and made ready once."""
    return ready(load_rules(FILE))


def ready(rules: Rules) -> Lexicon:
    """Return rules made ready."""
    words: dict[str, Target] = {}
    marks: dict[str, Target] = {}
    needed: dict[str, list[int]] = {}
    weights = [(not rule.cancels, -abs(rule.weight)) for rule in rules.rules]
    order = {weight: rank for rank, weight in enumerate(sorted(set(weights)))}
    ranks = tuple(order[weight] for weight in weights)
    for number, rule in enumerate(rules.rules):
        words |= {form: Target(rule=number, rank=ranks[number], open=goes_on) for form, goes_on in _forms(rule.words)}
        marks |= {
            plain(form).marks: Target(rule=number, rank=ranks[number], open=False)
            for phrase in rule.marks
            for form in expand_phrase(phrase)
        }
        for form, _ in _forms(rule.needs):
            needed.setdefault(form, []).append(number)
    weighty = {form: target for form, target in words.items() if _weighs(rules.rules[target.rule])}
    return Lexicon(
        rules=rules,
        ranks=ranks,
        words=_automaton(words, needed),
        weighty=_automaton(weighty, {}),
        marks=_automaton(marks, {}),
        patterns={number: re.compile(rule.pattern) for number, rule in enumerate(rules.rules) if rule.pattern},
        publishers=_publishers(rules),
        readers=_readers(rules),
    )


def _readers(rules: Rules) -> Mapping[str, tuple[Reader, ...]]:
    found: dict[str, list[Reader]] = {}
    for reader in rules.readers:
        for topic in reader.topics or ("",):
            found.setdefault(topic, []).append(reader)
    return {topic: tuple(readers) for topic, readers in found.items()}


def _weighs(rule: Rule) -> bool:
    return bool(rule.weight) or rule.cancels


def _automaton(targets: Mapping[str, Target], needed: Mapping[str, list[int]]) -> Automaton:
    phrases = sorted({*targets, *needed})
    return Automaton(
        search=BytesAhoCorasick([phrase.encode("ascii") for phrase in phrases]),
        targets=tuple(targets.get(phrase) for phrase in phrases),
        needed=tuple(tuple(needed.get(phrase, ())) for phrase in phrases),
    )


def _forms(phrases: Iterable[str]) -> Iterable[tuple[str, bool]]:
    """Yield the plain forms of phrases, with *&* for *and* too, and whether the last word may go on (``traffick*``)."""
    for phrase in phrases:
        for form in expand_phrase(phrase):
            goes_on = form.endswith("*")
            found = plain(form.removesuffix("*")).words
            yield found, goes_on
            if " and " in found:
                yield found.replace(" and ", " & "), goes_on
            if not goes_on and len(found) > 3 and found[-1] == "y" and found[-2] not in "aeiou":
                yield f"{found[:-1]}ies", False


def _publishers(rules: Rules) -> tuple[tuple[re.Pattern[str], int], ...]:
    found = []
    for number, prior in enumerate(rules.publishers):
        names = "|".join(re.escape(plain(form).words) for name in prior.names for form in expand_phrase(name))
        found.append((re.compile(rf"(?<![a-z0-9])(?:{names})(?![a-z0-9])"), number))
    return tuple(found)
