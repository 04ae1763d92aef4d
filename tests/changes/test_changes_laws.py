"""The laws of comparing, on random versions: repeated wordings, swapped and renumbered provisions, empty texts."""

from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.changes import apply, compare, digest, section_digest, section_digests, words
from crawler.changes.digests import form
from crawler.changes.order import increasing
from crawler.model import Part, Section, Version
from crawler.text import canonical
from tests.tiers import examples

WORDINGS = (
    "",
    " ",
    "Repealed.",
    ". . . .",
    "A person commits an offence \u2013 whether or not it is \u201cserious\u201d.",
    'A person commits an offence - whether or not it is "serious".',
    "A person commits an offence - whether or not it is grave.",
    "The court may within 5 days make an order under section 12.",
    "The court must within 7 days make an order under section 13.",
    "This section extends to England and Wales.",
)
NUMBERS = ("", "1", "2", "99999999999999999999999999", "12A")
PATHS = tuple(f"section-{number}" for number in (1, 2, 3, 4, 5, "5A", "99999999999999999999999999", "x-\u00e9"))

anything = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30)
texts = st.one_of(st.sampled_from(WORDINGS), anything)


@st.composite
def sections(draw: st.DrawFn, path: str) -> Section:
    text = draw(texts)
    cut = draw(st.integers(0, len(text)))
    parts = (Part(path=f"{path}-1", start=0, end=cut), Part(path=f"{path}-2", start=cut, end=len(text)))
    return Section(
        path=path,
        number=draw(st.sampled_from(NUMBERS)),
        heading=draw(st.sampled_from(("", "Offences", "Offences\u00a0", "Penalties"))),
        text=text,
        status=draw(st.sampled_from(("", "", "", "repealed"))),
        parts=draw(st.sampled_from(((), parts))),
    )


PAGE, LAW = "url:https://www.example.org/sample", "ukpga/2001/9001"
"""Documents whose versions are compared in two ways."""


@st.composite
def versions(draw: st.DrawFn, document: str = PAGE) -> Version:
    paths = draw(st.lists(st.sampled_from(PATHS), unique=True))
    return Version(
        document=document,
        title=draw(st.sampled_from(("Sample Act 2001", "Sample  Act 2001", "Sample Exploitation Act 2001"))),
        sections=tuple(draw(sections(path)) for path in paths),
        representation="structured",
        status=draw(st.sampled_from(("", "in force", "repealed"))),
    )


@st.composite
def successors(draw: st.DrawFn, old: Version) -> Version:
    """Return a version made of another one by the steps that editors take: shuffle, drop, swap wordings, renumber."""
    kept = draw(st.permutations([section for section in old.sections if draw(st.integers(0, 4))]))
    spare = draw(st.permutations(PATHS))
    wordings = draw(st.permutations([section.text for section in kept]))
    renumber, swap = draw(st.booleans()), draw(st.booleans())
    made = tuple(
        Section(
            path=spare[place] if renumber else section.path,
            number=section.number,
            heading=section.heading,
            text=wordings[place] if swap else section.text,
        )
        for place, section in enumerate(kept)
    )
    return Version(document=old.document, title=old.title, sections=made, representation="structured")


def both(old: Version, new: Version) -> None:
    differences = compare(old, new)
    assert digest(apply(old, differences)) == digest(new)
    assert bool(differences) == (digest(old) != digest(new))
    ids = [(one.kind, one.path) for one in differences]
    assert len(ids) == len(set(ids))


@pytest.mark.slow
@examples(300)
@given(versions(), versions())
def test_applying_the_differences_to_the_old_version_gives_the_new(old: Version, new: Version) -> None:
    both(old, new)


@examples(300)
@given(versions(LAW), versions(LAW))
def test_applying_the_differences_to_the_old_version_of_a_law_gives_the_new(old: Version, new: Version) -> None:
    both(old, new)


@pytest.mark.parametrize("document", [PAGE, LAW])
@examples(300)
@given(st.data())
def test_the_same_holds_for_shuffled_swapped_and_renumbered_provisions(document: str, data: st.DataObject) -> None:
    old = data.draw(versions(document))
    both(old, data.draw(successors(old)))


@given(versions())
def test_a_version_does_not_differ_from_itself(version: Version) -> None:
    assert compare(version, version) == ()


@given(versions(), versions())
def test_comparing_twice_gives_the_same(old: Version, new: Version) -> None:
    assert compare(old, new) == compare(old, new)


@given(texts, texts)
def test_the_digest_of_a_section_follows_its_canonical_text(one: str, two: str) -> None:
    first, second = Section(path="section-1", text=one), Section(path="section-1", text=two)
    assert (section_digest(first) == section_digest(second)) == (canonical(one) == canonical(two))


@given(st.lists(st.builds(Section, path=texts, number=texts, heading=texts, status=texts, text=texts), max_size=4))
def test_the_digests_of_sections_together_are_those_of_their_canonical_forms(sections: list[Section]) -> None:
    assert section_digests(sections) == [sha256("\x1f".join(form(each)).encode()).hexdigest() for each in sections]


pieces = st.lists(
    st.sampled_from(
        ["a ", "a", "the ", "of ", "court ", "5 days ", ", ", ".", "\n", "  ", "\u2019s ", "\u00e9", "x@y.uk "]
    ),
    max_size=30,
).map("".join)


@examples(500)
@given(st.one_of(pieces, anything), st.one_of(pieces, anything))
def test_words_join_to_both_wordings(before: str, after: str) -> None:
    runs = words(before, after)
    assert "".join(run.text for run in runs if run.op != "+") == before
    assert "".join(run.text for run in runs if run.op != "-") == after
    assert all(run.text for run in runs)
    assert all(left.op != right.op for left, right in pairwise(runs))
    assert all((left.op, right.op) != ("+", "-") for left, right in pairwise(runs))


@given(st.lists(st.integers(0, 40), unique=True, max_size=9))
def test_increasing_is_a_longest_increasing_subsequence(values: list[int]) -> None:
    places = increasing(values)
    chosen = [values[place] for place in places]
    assert places == sorted(places) and chosen == sorted(chosen)
    best = [1] * len(values)
    for right in range(len(values)):
        best[right] = 1 + max((best[left] for left in range(right) if values[left] < values[right]), default=0)
    assert len(chosen) == max(best, default=0)
