"""Why a document is in the round-up or not, as its page says it: in plain words, with the weights beside."""

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from crawler.publish.paths import encode
from tests.publish.publish_rows import ACT, NOW, WHERE, copied, site

BESIDE = "With 2 points or more a document is in the round-up; with less than 0.8 points it is not"


def reason(place: str, words: str, rule: str, weight: float = 0.0, end: int = 0) -> dict[str, Any]:
    return {"place": place, "start": 0, "end": end, "words": words, "weight": weight, "rule": rule}


async def why(database: Path, path: Path, band: str, decided_by: str, *reasons: dict[str, Any]) -> str:
    judged = {"band": band, "score": 3.9, "decided_by": decided_by, "since": "2026-03-02T06:00:00Z", "rules": "1"}
    with copied(database, path) as world:
        world.add("relevance", document=ACT, why=json.dumps(reasons), **judged)
    answer = await site(path, WHERE, now=NOW).client.get(f"/doc/{encode(ACT)}")
    section = BeautifulSoup(answer.text, "lxml").find("section", {"aria-labelledby": "at-why"})
    assert section is not None
    return " ".join(section.text.split())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (reason("source", ACT, "a tracked instrument"), "It is always followed here, whatever it says."),
        (reason("source", "Sample list", "all of its documents"), "Everything from “Sample list” belongs here."),
        (
            reason("series", "Sample figures", "every edition of a series"),
            "Every edition of “Sample figures” belongs here.",
        ),
        (reason("relation", "Sample Act", "amends"), "Amends: Sample Act, which is always followed here."),
    ],
)
async def test_what_decides_beside_words_is_said_plainly(
    database: Path, tmp_path: Path, given: dict[str, Any], said: str
) -> None:
    told = await why(database, tmp_path / "roundup.db", "in", given["place"], given)
    assert said in told and "In the round-up since 2 March 2026." in told
    assert "tracked" not in told and BESIDE not in told


async def test_words_have_their_points_and_the_page_says_how_many_are_needed(database: Path, tmp_path: Path) -> None:
    given = (reason("title", "trafficking", "trafficking", 1.5, 11), reason("summary", "drug", "drugs", -2.25, 4))
    told = await why(database, tmp_path / "roundup.db", "review", "words", *given)
    assert "trafficking stands in the title: 1.5 points (rule trafficking, characters 0 to 11)" in told
    assert "drug stands in the summary: \u22122.25 points (rule drugs, characters 0 to 4)" in told
    assert f"All words together: 3.9 points. {BESIDE}" in told
    assert "Waiting since 2 March 2026." in told
