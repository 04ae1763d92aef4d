"""Of thirty protocols that cite recorded law, the stale citations are told, and hardly another one."""

from contextlib import closing

import pytest

from crawler.public.database import FILE, connect
from tests import shared
from tests.law import check, eu, texts
from tests.recordings import world

pytestmark = [
    pytest.mark.recorded,
    pytest.mark.slow,
    pytest.mark.skipif(
        not (texts.is_there() and eu.is_there() and world.is_there()), reason="no recordings beside this checkout"
    ),
]


def test_stale_citations_are_told_and_others_are_not(tmp_path_factory: pytest.TempPathFactory) -> None:
    score = check.measured(shared.once(tmp_path_factory, "check", check.make) / "data")
    assert sum(score.counts.values()) > 1000
    assert score.recall >= 0.95 and score.precision >= 0.97, "\n".join(score.wrong)


def test_what_cannot_be_told_apart_is_not_said_to_be_missing(tmp_path_factory: pytest.TempPathFactory) -> None:
    cited = ["paragraph 1 of Schedule 1 to", "Article 8 of Schedule 1 to", "section 6 of", "section 400 of"]
    text = "; ".join(f"{words} the Human Rights Act 1998" for words in cited)
    folder = shared.once(tmp_path_factory, "check", check.make) / "data"
    with closing(connect(folder / FILE)) as connection:
        made = check.answered(connection, text, "2026-04-10")
    states = [each.standing.state for each in made.cited]
    assert states == ["several provisions", "not found", "in force", "no such provision"]
