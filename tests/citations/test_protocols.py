"""Protocols as people write them: of which law the provisions are that they cite, as /check reads them.

``protocols.jsonl``: ten of our own, then twenty, fifteen, fifteen and twenty of others, who saw nothing of the reader.
At first sight recall was 0.836 and precision 0.930 of the ten with the reader as it was; 0.857 and 0.943 of the first
fifteen, 0.921 and 0.994 of the next, 0.910 and 0.982 of the last twenty.
"""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from crawler.identifiers.citations import Citation, Reader
from crawler.public.search.parse_query import search_rules
from tests.citations import evaluate

pytestmark = pytest.mark.slow
FILE = Path(__file__).parent / "written" / "protocols.jsonl"


def test_provisions_without_a_law_are_those_of_the_law_that_is_meant() -> None:
    about = {name: {path: words for path, words in of.items() if "-" in path} for name, of in _asked().items()}
    scores: Counter[str] = Counter()
    for line in FILE.read_text("utf-8").splitlines():
        row = json.loads(line)
        reader = Reader(about=about)
        reader.read_ahead([row["text"]])
        scores += _scores(row["key"], reader.read(row["text"]))
    assert scores.total() > 700
    assert scores["right"] / scores.total() >= 0.97
    assert scores["right"] / (scores["right"] + scores["wrong"]) >= 0.99


def _asked() -> dict[str, Mapping[str, str]]:
    asked = search_rules().asked_as
    return {**asked, "cets:197": asked["url:https://rm.coe.int/168008371d"]}


def _scores(key: list[tuple[int, int, str, list[str]]], found: tuple[Citation, ...]) -> Counter[str]:
    scores: Counter[str] = Counter()
    for start, end, document, provisions in key:
        over = [each for each in found if each.start < end and start < each.end]
        is_right = any(
            evaluate.one(each.document) == evaluate.one(document)
            and set(provisions) <= set(each.provisions)
            and (len(provisions) == len(each.provisions) or each.start < start or each.end > end)
            for each in over
        )
        scores["right" if is_right else "wrong" if any(each.document for each in over) else "missed"] += 1
    return scores
