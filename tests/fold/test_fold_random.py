"""Random worlds of all kinds of sources, in which anything may happen: the laws hold, killed or not.

``python -m tests.fold.random_runs 0 200`` tries more of them.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.fold.random_runs import laws
from tests.fold.test_fold_kills import GOES_ON, STARTS_ANEW

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("gap", [GOES_ON, STARTS_ANEW], ids=["goes on", "starts anew"])
@pytest.mark.parametrize("seed", [47, 302, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1000, 1060))])
def test_whatever_happens_the_laws_hold(tmp_path: Path, seed: int, gap: timedelta) -> None:
    laws(seed, tmp_path, gap)
