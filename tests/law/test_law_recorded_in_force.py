"""The in-force tables of recorded laws are those that were read from them by hand, provision by provision."""

import pytest

from tests.law import in_force
from tests.recordings.world import SHARED

pytestmark = [
    pytest.mark.recorded,
    pytest.mark.skipif(not (SHARED / "law" / "versions").is_dir(), reason="the recordings are not here"),
]


@pytest.mark.parametrize("name", [line.split()[0] for line in in_force.heads()])
def test_every_provision_stands_as_read_by_hand(name: str) -> None:
    day, table = in_force.table(name)
    stands = in_force.states(name, day)
    assert {path: in_force.as_table(state) for path, state in stands.items()} == table


def test_a_provision_of_the_rest_is_in_force_at_the_latest_since_the_last_day() -> None:
    stands = in_force.states("law/versions/uk/ukpga-1998-42-latest.xml.gz", "2026-11-28")
    assert stands["section-3"].is_latest and not stands["section-18"].is_latest
    assert [(step.date, step.instrument) for step in stands["section-3"].steps if step.date] == [
        ("1998-11-24", "uksi/1998/2882"), ("2000-10-02", "uksi/2000/1851"),
    ]  # fmt: skip
