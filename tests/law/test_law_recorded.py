"""What is told of recorded laws is what their publisher marks, and of earlier moments that are made, what was made."""

import pytest

from crawler.changes import compare
from tests.law import earlier, measure, restyled, texts

pytestmark = [
    pytest.mark.recorded,
    pytest.mark.skipif(not texts.is_there(), reason="no texts of laws beside this checkout (../shared)"),
]


@pytest.mark.parametrize("name", [name for name, _, _ in texts.pairs()] if texts.is_there() else [])
def test_exactly_the_marked_provisions_are_told(name: str) -> None:
    before, after = next((before, after) for known, before, after in texts.pairs() if known == name)
    found, marked = measure.told(before, after), measure.newly_marked(before, after)
    assert marked <= found.kinds.keys()
    assert found.kinds.keys() - marked <= measure.SILENT.keys()
    assert list(measure.undotted(before, after, found.kinds)) == []
    assert "no verb" not in found.verbs


def test_the_key_of_the_recorded_act_is_told_with_its_kinds() -> None:
    assert list(measure.of_key()) == ["act_key.jsonl: 242 of 242 with their kinds, 0 beyond it"]


@pytest.mark.parametrize(("name", "fewest"), list(measure.MADE.items()))
def test_an_earlier_moment_that_is_made_differs_exactly_where_it_was_made_to(name: str, fewest: int) -> None:
    after = texts.recorded(name)
    undone = earlier.undo(after.body)
    found = measure.told(texts.Text(url=after.url, body=undone.body), after).kinds
    assert len(undone.kinds) >= fewest
    assert found == {key: [kind] for key, kind in undone.kinds.items()}


def test_the_same_text_in_the_other_markup_does_not_differ() -> None:
    read = 0
    for text in texts.recordings():
        before, after = text.page(), texts.Text(url=text.url, body=restyled.restyle(text.body)).page()
        for old, new in zip(before.versions, after.versions, strict=True):
            assert compare(old, new) == (), text.url
            read += 1
    assert read >= 90
