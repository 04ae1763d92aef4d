"""Of thirty protocols that cite recorded law, the stale citations are told, and hardly another one."""

from __future__ import annotations

import pytest

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
