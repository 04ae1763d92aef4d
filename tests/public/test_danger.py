"""Who asks for help, and who looks for documents: seven sets of searches, of which most were asked blind."""

import hashlib
import re
from pathlib import Path

import pytest

from crawler.public.danger import _matchers, asks_for_help, cry, normalise
from crawler.sources.danger import load_danger

SETS = (
    "danger_queries", "danger_queries_fresh", "danger_queries_last", "danger_queries_final", "danger_queries_newcomers",
    "danger_queries_blind", "danger_queries_stories",
)  # fmt: skip
UNDECIDED = frozenset({"police", "emergency"})
"""Single words that anybody may type: help is shown, since nothing is lost by it."""


def queries(name: str) -> list[tuple[bool, str]]:
    lines = (Path(__file__).parent / f"{name}.txt").read_text("utf-8").splitlines()
    pairs = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(kind == "show", words) for kind, words in pairs]


def is_kept_out(words: str) -> bool:
    """Whether a search of the first set is in the half that was kept out of tuning."""
    return int(hashlib.sha256(words.encode()).hexdigest(), 16) % 2 == 0


def test_sets_are_large_and_the_halves_of_the_first_are_alike() -> None:
    first = queries("danger_queries")
    assert sum(shown for shown, _ in first) >= 80 <= sum(not shown for shown, _ in first)
    assert 0.4 < sum(is_kept_out(words) for _, words in first) / len(first) < 0.6
    assert all(len({words for _, words in queries(name)}) == len(queries(name)) for name in SETS)


@pytest.mark.parametrize("name", SETS)
def test_people_in_danger_are_shown_help(name: str) -> None:
    assert [words for shown, words in queries(name) if shown and not asks_for_help(words)] == []


@pytest.mark.parametrize("name", SETS)
def test_practitioners_get_their_results(name: str) -> None:
    shown = {words: cry(words) for is_shown, words in queries(name) if not is_shown}
    assert {words: why for words, why in shown.items() if why is not None and words not in UNDECIDED} == {}


@pytest.mark.parametrize(
    "words",
    [
        "MY BOSS TOOK MY PASSPORT!!!",
        "my boss   took\nmy passport",
        "I\u2019m being trafficked",
        "i'm being traficked",
        "helppppp meeee",
        "Ajuta\u021bi-m\u0103",
        "ajutaţi-mă",
        "\u200bhelp\u200b me",
    ],
)
def test_spelling_of_the_same_words_does_not_matter(words: str) -> None:
    assert asks_for_help(words)


@pytest.mark.parametrize("words", ["", "   ", "?", "*", '"', "2015/30", "[2011] UKSC 1", "\x00", "((("])
def test_searches_without_words_ask_for_nothing(words: str) -> None:
    assert not asks_for_help(words)


def test_a_client_speaks_through_somebody_else() -> None:
    assert asks_for_help("my boss beats me")
    assert not asks_for_help("my client says my boss beats me")
    assert asks_for_help("help me")
    assert not asks_for_help("help me find the statutory guidance")


def test_a_teacher_is_no_practitioner_where_a_story_is_told() -> None:
    assert asks_for_help("my teacher says i am being groomed")
    assert asks_for_help("no contract he shouts")
    assert not asks_for_help("he is the judge in the case")


@pytest.mark.parametrize(("topic", "practice"), [("მონობა", "закон"), ("اتجار", "قانون"), ("贩运", "条例")])
def test_a_script_that_no_document_has_is_enough_but_for_practitioners(topic: str, practice: str) -> None:
    assert asks_for_help(topic)
    assert not asks_for_help(f"{topic} {practice}")


def test_reason_names_language_and_pattern() -> None:
    why = cry("ajutor")
    assert (
        why is not None
        and why.language == "ro"
        and why.pattern
        in {pattern.text for language in load_danger() if language.code == "ro" for pattern in language.patterns}
    )


def test_marks_of_letters_are_taken_off_and_those_of_words_are_not() -> None:
    assert normalise("Șeful mi-a LUAT pașaportul") == " seful mi a luat pasaportul"
    assert normalise("Tôi bị ép") == " toi bi ep"
    assert normalise("ЙОГО") == normalise("його")
    assert normalise("मदद करो") == " मदद करो"
    assert (normalise("hiiii helppp"), normalise("Annex III")) == (" hi help", " annex iii")


def test_no_pattern_can_take_more_than_linear_time() -> None:
    """What may stand any number of times is a run of letters of one word, or bounded."""
    for matcher in _matchers():
        for expression in (matcher.pattern, *filter(None, [matcher.vetoes])):
            outside_words = re.sub(r"\\S[*+]", "", expression.pattern)
            assert not re.search(r"(?<!\\)[*+]|\{\d+,\}", outside_words), matcher.text


@pytest.mark.parametrize("piece", ["i am ", "my friend ", "he ", "a", "i was scared and ", "我", "help to "])
def test_a_text_of_ten_thousand_characters_is_answered(piece: str) -> None:
    assert isinstance(asks_for_help((piece * 10_000)[:10_000]), bool)
