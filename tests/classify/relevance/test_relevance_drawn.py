"""How many of a hundred titles drawn at random, of those that the rules take by the title alone, are relevant.

One person read ``drawn.jsonl``: the titles of the toolkit and of our own list of documents that were *in*. An own
statement of one company or council, and organised crime in general, were no subject (``relevance/taxonomy.md``). A
title that nobody read counts as not relevant. ``roundup evaluate tests/classify/relevance/drawn.jsonl`` has the
precision of all of them; it says nothing of what the rules miss.
"""

import csv
import json
import random
from pathlib import Path

import pytest

from tests.classify.relevance.samples import said
from tests.recordings.library import MORE

JUDGED = Path(__file__).with_name("drawn.jsonl")
OWN = Path(__file__).parents[2] / "coverage" / "documents.csv"
CARDS = MORE / "iasctoolkit.nottingham.ac.uk" / "_expected" / "cards.jsonl"
SEED = 20261129
DRAWN = 100
LEAST = 0.9


def taken(titles: set[str]) -> list[str]:
    """Return the titles that the rules take by nothing but the title, in the order of their letters."""
    return sorted(title for title in titles if said(title).band == "in")


def precision(titles: list[str]) -> float:
    """Return the share of a hundred drawn of these titles that are relevant."""
    judged: dict[str, float] = {
        each["title"]: each["relevant"] for each in map(json.loads, JUDGED.open(encoding="utf-8"))
    }
    drawn = random.Random(SEED).sample(titles, DRAWN)
    return sum(judged.get(title, 0) for title in drawn) / DRAWN


def own_titles() -> set[str]:
    with OWN.open(encoding="utf-8", newline="") as text:
        return {row["title"] for row in csv.DictReader(text)}


@pytest.mark.slow
def test_of_our_own_list_nine_of_ten_that_are_in_by_the_title_are_relevant() -> None:
    assert precision(taken(own_titles())) >= LEAST


@pytest.mark.recorded
@pytest.mark.skipif(not CARDS.exists(), reason="the recorded toolkit is not here: ../shared/recordings-more")
def test_of_the_toolkit_and_our_own_list_nine_of_ten_that_are_in_by_the_title_are_relevant() -> None:
    cards = {card["target"]: card["title"] for card in map(json.loads, CARDS.open(encoding="utf-8")) if card["target"]}
    titles = taken(own_titles() | set(cards.values()))
    assert len(cards) >= 234 and len(titles) >= 300
    assert precision(titles) >= LEAST
