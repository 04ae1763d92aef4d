"""The file of rules: every mistake at once, with its line; and what it must hold."""

from pathlib import Path

import pytest

from crawler.classify.relevance import Texts, classify
from crawler.classify.relevance.lexicon import FILE, ready
from crawler.errors import SourcesError
from crawler.sources.relevance_rules import load_rules, loads_rules
from crawler.sources.relevance_values import expand_phrase
from crawler.sources.vocabulary import AIMED_AT, EXPLOITATION, ROLES, TOPICS

BORDERS = """\
borders: {in: 2, review: 1, core: 2, company: 1.5, title: 1, summary: 0.5, text: 1, most: 2, dense: 3, topic: 1,
  topics: 3, share: 1, sure: 1, strong: 2, alone: 1, third: 1, aside: 1}
unconfirmed: {kinds: [news], from: 1.5, right: 8, of: 10}
"""
GOOD = f"{BORDERS}rules:\n  slavery: {{weight: 3, words: [slavery]}}\n"


def _mistakes(text: str) -> list[str]:
    with pytest.raises(SourcesError) as caught:
        loads_rules(text, "rules.yaml")
    return caught.value.problems


def test_other_rules_decide_otherwise() -> None:
    rules = ready(loads_rules(GOOD, "rules.yaml"))
    assert classify(Texts(title="Slavery"), rules).band == "in"
    assert classify(Texts(title="Human trafficking"), rules).band == "out"


def test_every_mistake_is_told_with_its_line() -> None:
    text = BORDERS.replace("review: 1", "review: 5") + (
        "rules:\n"
        "  one: {weight: heavy, words: [slavery]}\n"
        "  two: {words: ['a (b']}\n"
        "  three: {pattern: '(', needs: [x]}\n"
        "  four: {pattern: 'a*', needs: [a]}\n"
        "  five: {}\n"
        "  six: {words: [gang]}\n"
        "  seven: {words: [gangs, gang]}\n"
        "  eight: {pattern: 'x'}\n"
        "  nine: {wordz: [y], topics: {offence_law: 1}}\n"
        "kinds: {statistic: {}}\n"
        "publishers: {nobody: {names: [], toolkit: [trainings]}}\n"
        "rolls: {}\n"
        "readers:\n"
        "  law: {kinds: [act, statutory_instrument, case-law], aimed_at: [polic], says: [six, sixty]}\n"
    )
    found = "\n".join(_mistakes(text))
    for expected in (
        "rules.yaml:1: borders.review: 5.0; expected less than borders.in",
        "rules.yaml:5: rules.one.weight: 'heavy'; expected",
        "rules.yaml:6: rules.two.words[1]: 'a (b': a bracket without its other half",
        "rules.yaml:7: rules.three.pattern: not a regular expression",
        "rules.yaml:8: rules.four.pattern: matches the empty text",
        "rules.yaml:9: rules.five: finds nothing",
        "rules.yaml:13: rules.nine.topics.offence_law: 'offence_law' is no topic",
        'did you mean "offences_law"?',
        "rules.yaml:11: rules.seven.words[2]: 'gang': stands in rules.six already",
        "rules.yaml:15: publishers.nobody.toolkit[1]: 'trainings' is no part of the toolkit",
        "rules.yaml:12: rules.eight: a pattern needs words",
        "rules.yaml:13: rules.nine.wordz: unknown key",
        "rules.yaml:14: kinds.statistic: 'statistic' is no kind",
        'did you mean "statistics"?',
        "rules.yaml:15: publishers.nobody.names",
        "rules.yaml:16: rolls: unknown key",
        "rules.yaml:18: readers.law.kinds[2]: 'statutory_instrument' is no kind",
        "rules.yaml:18: readers.law.kinds[3]: 'case-law' is no kind",
        'did you mean "case_law"?',
        'did you mean "police"?',
        "rules.yaml:18: readers.law.says[2]: 'sixty': neither a rule nor a publisher",
    ):
        assert expected in found, found


@pytest.mark.parametrize("text", ["", "[]", "rules: {}", f"{BORDERS}rules: []", f"{BORDERS}", GOOD + "kinds: 3\n"])
def test_a_file_without_rules_is_wrong(text: str) -> None:
    assert _mistakes(text)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="cannot be read"):
        load_rules(tmp_path / "rules.yaml")


@pytest.mark.parametrize("phrase", ["a (b", "a b)", "a [b", "a | b", "a (b]", "", " ", "()", "[|a]", "a* b", "a\\"])
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        expand_phrase(phrase)


def test_a_phrase_has_a_limit_of_forms() -> None:
    with pytest.raises(ValueError, match="forms"):
        expand_phrase("a" + "(b)" * 8)


def test_a_phrase_stands_for_its_forms() -> None:
    assert expand_phrase("victim(s) of [human |]trafficking")[-1] == "victims of trafficking"
    assert expand_phrase(r"gangmasters \(licensing\) act") == ("gangmasters (licensing) act",)
    assert expand_phrase("[a(b)|c]") == ("a", "ab", "c")


def test_our_rules_give_every_value_of_the_closed_lists() -> None:
    rules = load_rules(FILE)
    priors = (*rules.publishers, *rules.topics.values(), *rules.kinds.values())
    gives = [*rules.rules, *priors]
    assert {topic for each in gives for topic in each.topics} == set(TOPICS)
    assert {value for reader in rules.readers for value in reader.gives.get("aimed_at", ())} == set(AIMED_AT)
    assert {value for each in gives for value in each.facets.get("exploitation", ())} == set(EXPLOITATION)
    assert {value for reader in rules.readers for value in reader.gives.get("role", ())} == set(ROLES)


def test_the_version_is_that_of_the_text() -> None:
    assert loads_rules(GOOD, "a").version == loads_rules(GOOD, "b").version
    assert loads_rules(GOOD, "a").version != loads_rules(GOOD.replace("weight: 3", "weight: 2"), "a").version
