"""Changed provisions of recorded laws name what the publisher names for them, and nothing else."""

import pytest

from tests.law import effects, texts

pytestmark = [
    pytest.mark.recorded,
    pytest.mark.skipif(not texts.is_there(), reason="no texts of laws beside this checkout (../shared)"),
]


def test_every_provision_of_the_key_has_its_instruments_and_days() -> None:
    score = effects.against_key()
    assert score.wrong == [] and score.missed == []
    assert score.right == score.dated == score.wanted == 242


@pytest.mark.parametrize("name", [name for name, _, _ in effects.pairs()] if texts.is_there() else [])
def test_no_provision_names_what_neither_its_notes_nor_its_effects_name(name: str) -> None:
    before, after = next((before, after) for known, before, after in effects.pairs() if known == name)
    assert list(effects.unfounded(before, after)) == []


def test_what_the_publisher_says_is_worked_in_is_told_as_changed_by_the_same_instrument() -> None:
    first, *others = effects.audited()
    assert first == "effects of the feed: 50, applied, dated and textual 41, 41 agree (6 about crossheadings alone)"
    assert not any("DISAGREES" in line for line in others)
