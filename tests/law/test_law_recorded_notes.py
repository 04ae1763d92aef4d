"""The recorded notes give their facts, and those of the key give exactly what it says."""

import pytest

from tests.law import notes

pytestmark = [
    pytest.mark.recorded,
    pytest.mark.skipif(not notes.KEY.is_file(), reason="the recordings are not here"),
]


def test_enough_notes_of_every_kind_give_their_facts() -> None:
    counts = notes.count()
    assert {kind: of_kind.unread for kind, of_kind in counts.items() if of_kind.share < notes.LEAST[kind]} == {}
    assert counts["I"].notes > 2_000 and counts["F"].notes > 1_500 and counts["C"].notes > 150


def test_the_facts_of_the_key_are_read_in_full() -> None:
    assert notes.disagreements() == []
