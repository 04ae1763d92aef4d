"""What is told of recorded acts of the EU is what their consolidations mark, and by the act that they name."""

import pytest

from tests.law import eu

pytestmark = [
    pytest.mark.recorded,
    pytest.mark.skipif(not eu.is_there(), reason="no texts of acts beside this checkout (../shared)"),
]
LEAST = 0.98


def test_what_is_marked_is_told_and_what_is_told_is_marked_or_deleted() -> None:
    for before, after in eu.pairs():
        found = eu.report(before, after)
        assert found.told and found.recall >= LEAST, after.name
        assert found.precision >= LEAST, after.name
        assert found.unmarked <= eu.EXPLAINED.keys(), after.name


def test_every_change_of_a_provision_has_a_verb_and_the_act_that_its_marks_name() -> None:
    for before, after in eu.pairs():
        known, marks = eu.marked(before), eu.marked(after)
        for unit, told in eu.report(before, after).told.items():
            named = {reason.instrument for each in told for reason in each.reasons}
            assert all(each.verb and each.reasons for each in told), (after.name, unit)
            assert all(each.significance == "legal effect" for each in told), (after.name, unit)
            fresh = {f"celex:{act}" for act in marks.get(unit, set()) - known.get(unit, set())}
            assert fresh <= named, (after.name, unit)
            assert named == fresh or any(each.verb in eu.OMISSIONS for each in told), (after.name, unit)


def test_instructions_agree_in_place_act_and_action() -> None:
    recorded = [(before, after) for before, after in eu.pairs() if after.is_formex]
    assert recorded
    for before, after in recorded:
        assert eu.agreement(after.body, eu.report(before, after)) == (97, [])


def test_a_page_and_formex_of_one_production_are_the_same_tree() -> None:
    twins = list(eu.twins())
    assert twins
    for page, other in twins:
        assert set(eu.differing(page, other)) <= eu.EXPLAINED.keys()
