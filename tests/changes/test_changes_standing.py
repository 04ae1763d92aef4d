"""Nothing is told as removed whose words stand in the new version, nor as added whose words stood in the old."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.changes import compare, standing
from crawler.model import Difference, Section, Version
from crawler.text import canonical
from tests.changes.test_changes_compare import section, told, version
from tests.changes.test_changes_laws import both, successors, versions
from tests.tiers import examples

PARTS = (
    ("Referral", "A first responder refers a possible victim in writing."),
    ("Consent", "An adult has to agree before anybody is told."),
    ("Support", "Whoever is referred gets a bed for 45 days."),
    ("Decision", "The sample office decides on the account given."),
    ("Fees", "None."),
    ("Contact", ""),
)


def guidance(*groups: Sequence[tuple[str, str]]) -> Version:
    """Return guidance of which each group is one part: the heading of its first, and all that follows as its text."""
    return Version(
        document="url:https://a.sample.invalid/p",
        title="Sample guidance",
        representation="html",
        sections=tuple(
            Section(
                path=group[0][0].lower(),
                heading=group[0][0],
                text=" ".join([group[0][1], *(f"{heading}\n{text}" for heading, text in group[1:])]),
            )
            for group in groups
        ),
    )


@st.composite
def regrouped(draw: st.DrawFn) -> Version:
    """Return guidance with some of the parts, of which some lost their heading markup."""
    parts = draw(st.lists(st.sampled_from(PARTS), unique=True, min_size=1))
    inner = draw(st.sets(st.sampled_from(range(1, len(parts))))) if len(parts) > 1 else set[int]()
    cuts = [0, *sorted(inner), len(parts)]
    return guidance(*(parts[start:end] for start, end in pairwise(cuts)))


def words(texts: Iterable[str]) -> str:
    found = re.findall(r"\w+", canonical(" ".join(texts)).casefold())
    return f" {' '.join(found)} "


def whole(of: Version) -> str:
    return words(f"{each.heading} {each.text}" for each in of.sections)


def law(old: Version, new: Version) -> None:
    both(old, new)
    sides = {"added": whole(old), "removed": whole(new)}
    for each in compare(old, new):
        if each.kind in sides:
            lost = each.after or each.before
            assert lost is not None
            own = words([lost.text])
            shown = own if len(own.split()) >= standing.MIN_WORDS else words([lost.heading, lost.text])
            assert not shown.strip() or shown not in sides[each.kind]


@examples(100)
@given(regrouped(), regrouped())
def test_words_that_stand_are_neither_removed_nor_added(old: Version, new: Version) -> None:
    law(old, new)


@examples(100)
@given(st.data())
def test_nor_are_those_of_provisions_that_were_shuffled_and_renumbered(data: st.DataObject) -> None:
    old = data.draw(versions())
    law(old, data.draw(st.one_of(versions(), successors(old))))


def test_a_part_whose_heading_was_dropped_was_not_removed() -> None:
    one, two, three, *_ = PARTS
    differences = compare(guidance([one], [two], [three]), guidance([one], [two, three]))
    assert told(differences) == [("changed", "consent"), ("moved", "support")]
    moved: Difference = differences[1]
    assert moved.before is not None and moved.after is None and moved.position == -1
    assert (moved.significance, moved.flags) == ("editorial", ())


def test_a_part_that_got_a_heading_of_its_own_was_not_added() -> None:
    one, two, three, *_ = PARTS
    differences = compare(guidance([one], [two, three]), guidance([one], [two], [three]))
    assert told(differences) == [("changed", "consent"), ("moved", "support")]
    moved: Difference = differences[1]
    assert moved.before is None and moved.after is not None and moved.position == 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Whoever is referred gets a bed for 30 days.", "removed"),
        ("WHOEVER is referred\u00a0gets a bed, for 45 days", "moved"),
        ("Whoever is referred gets a bed for 45 days and a meal.", "moved"),
        ("Whoever is referred gets a bed for 45 daysters.", "removed"),
    ],
)
def test_words_are_compared_and_not_marks_or_capitals(text: str, kind: str) -> None:
    one, two, three, *_ = PARTS
    differences = compare(guidance([one], [two], [three]), guidance([one], [two, ("Support", text)]))
    assert (kind, "support") in told(differences)


def test_numbers_of_paragraphs_are_no_words() -> None:
    one, two, (heading, text), *others = PARTS
    long = (two[0], " ".join(f"{words} {two[1]}" for _, words in (one, *others)))
    old = guidance([one], [long], [(heading, f"14.229. {text}\n14.230 It has 2.5 rooms.")])
    joined = f"14.231. {text}\n14.232 It has 2.5 rooms."
    assert ("moved", "support") in told(compare(old, guidance([one], [long, (heading, joined)])))
    other = joined.replace("2.5", "3.5")
    assert ("removed", "support") in told(compare(old, guidance([one], [long, (heading, other)])))


def test_a_short_wording_is_looked_for_with_its_heading() -> None:
    other = section(2, "Repealed.", heading="Costs")
    old = version(section(1, "A person commits an offence.", heading="Offence"), other)
    gone = compare(old, version(section(1, "A person commits an offence. Repealed.", heading="Offence")))
    assert ("removed", "section-2") in told(gone)
    kept = compare(old, version(section(1, "A person commits an offence. Costs: repealed.", heading="Offence")))
    assert ("moved", "section-2") in told(kept)


def test_what_is_too_long_to_read_counts_as_not_standing_there(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two, *_, fees, _ = PARTS
    old, new = guidance([one], [two], [fees]), guidance([one], [two, fees])
    assert ("moved", "fees") in told(compare(old, new))
    monkeypatch.setattr(standing, "MAX_READ_CHARACTERS", 10)
    assert ("removed", "fees") in told(compare(old, new))
