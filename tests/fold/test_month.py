"""A month of daily crawls tells exactly what its script publishes, and raises exactly its alarms; killed or not."""

import random
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.store import Store
from tests.fold import month, tables, world
from tests.fold.month import DAYS, Month
from tests.fold.test_fold_kills import journalled
from tests.fold.world import START

MAX_RECORD = 30
"""Records of a crawl among which it is killed: most days have more."""

pytestmark = pytest.mark.slow


def check(life: Month) -> None:
    """Hold what came of a month against its script; then a day on which nothing happens tells nothing."""
    assert life.told() == life.scripted()
    assert life.issues() == sorted(month.alarms())
    life.crawl(START + timedelta(days=DAYS))
    assert life.told() == life.scripted()
    assert set(journalled(life.data).values()) == {1}
    with Store.open(life.data / "roundup.db") as store, world.rebuilt(life.data) as anew:
        assert tables.differences(store, anew) == []


def test_what_is_told_late_was_behind_a_fault_or_is_gone() -> None:
    late = [line for line in month.script() if line.told is not None and line.told > line.day and line.kind != "gone"]
    assert len(late) == 4
    for line in late:
        source = line.where.partition("/")[0]
        assert any(each[2] == source and each[0] <= line.day and line.told == each[1] for each in month.alarms()), line


def test_month_tells_what_its_script_publishes(tmp_path: Path) -> None:
    life = Month(tmp_path)
    life.live()
    check(life)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5))
def test_month_of_killed_crawls_tells_the_same(tmp_path: Path, seed: int) -> None:
    chance, life = random.Random(seed), Month(tmp_path)
    life.live(lambda day: chance.randint(1, MAX_RECORD))
    assert life.kills > DAYS // 2
    check(life)
