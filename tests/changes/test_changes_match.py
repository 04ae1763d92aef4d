"""How pairs are found: neighbours, sketches, bonuses; and that facts are read once."""

import sys

import pytest

from crawler.changes import compare
from crawler.changes.candidates import RARE, anchored, pairs
from crawler.changes.digests import Form
from crawler.changes.match import match
from crawler.model import Part, Section, Version

SAME = "This section extends to England and Wales only."
ONE, TWO, THREE = "A person commits an offence.", "The court may make an order.", "A child has an advocate."


def forms(*texts: str) -> list[Form]:
    return [(f"section-{place}", "", "", "", text) for place, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("old", "new", "to_old"),
    [
        ((ONE, SAME), (SAME, ONE, SAME), {1: 0, 2: 1}),
        ((SAME, ONE), (TWO, SAME, ONE, SAME), {1: 0, 2: 1}),
        ((ONE, SAME, TWO, SAME, THREE), (SAME, ONE, SAME, TWO, SAME, THREE), {1: 0, 2: 1, 3: 2, 4: 3, 5: 4}),
        ((TWO, SAME, ONE), (SAME, THREE, SAME, ONE), {0: 0, 2: 1, 3: 2}),
        ((ONE, "", TWO), (THREE, ONE, "", TWO), {1: 0, 3: 2}),
    ],
)
def test_a_repeated_wording_is_paired_beside_its_neighbours(
    old: tuple[str, ...], new: tuple[str, ...], to_old: dict[int, int]
) -> None:
    assert match(forms(*old), forms(*new)) == to_old


def test_hints_come_from_the_nearest_pairs_on_both_sides() -> None:
    assert anchored([2, 3], {1: 5, 4: 9}) == {2: {6, 7}, 3: {7, 8}}
    assert anchored([0, 2], {1: 1}) == {0: {0}, 2: {2}}
    assert anchored([0], {}) == {0: set()}


WORDS = tuple(range(100, 120))


def test_of_two_that_are_alike_the_same_path_or_place_is_preferred() -> None:
    olds = dict.fromkeys((0, 5), WORDS)
    assert next(pairs(olds, {1: WORDS}, {1: None}, {1: set()})) == (0, 1)
    assert next(pairs(olds, {1: WORDS}, {1: None}, {1: {5}})) == (5, 1)
    assert next(pairs(olds, {1: WORDS}, {1: 5}, {1: set()})) == (5, 1)
    assert next(pairs(olds, {1: WORDS}, {1: 0}, {1: {5}})) == (0, 1)


def test_wording_that_many_provisions_share_finds_no_candidates() -> None:
    few = dict.fromkeys(range(RARE), WORDS)
    many = dict.fromkeys(range(RARE + 1), WORDS)
    assert list(pairs(few, {0: WORDS}, {0: None}, {0: set()}))
    assert not list(pairs(many, {0: WORDS}, {0: None}, {0: set()}))


def test_unlike_or_too_short_provisions_are_no_pair() -> None:
    unlike = (*WORDS[:10], *range(10))
    assert not list(pairs({0: WORDS}, {0: unlike}, {0: None}, {0: {0}}))
    assert list(pairs({0: WORDS}, {0: unlike}, {0: 0}, {0: set()})) == [(0, 0)]
    assert not list(pairs({0: (1, 2)}, {0: (1, 2)}, {0: None}, {0: {0}}))


def version(*sections: Section) -> Version:
    return Version(document="d", title="t", sections=sections, representation="structured")


def test_no_path_is_given_twice_where_two_sections_name_a_part_alike() -> None:
    part = (Part(path="part-a", start=0, end=12),)
    old = version(*(Section(path=f"section-{n}", text="It may be so.", parts=part) for n in (1, 2)))
    new = version(*(Section(path=f"section-{n}", text="It must be so", parts=part) for n in (1, 2)))
    assert [one.path for one in compare(old, new)] == ["section-1", "section-2"]
    wider = (Part(path="part-a", start=0, end=13),)
    old = version(*(Section(path=f"section-{n}", text="It may be so.", parts=wider) for n in (1, 2)))
    new = version(*(Section(path=f"section-{n}", text="It must be so", parts=wider) for n in (1, 2)))
    assert [one.path for one in compare(old, new)] == ["part-a", "section-2"]


def test_text_is_read_for_facts_once_however_many_edits_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    # The package exports a function of the module's name.
    module = sys.modules["crawler.changes.significance"]
    read: list[int] = []
    real = module.facts

    def counted(text: str) -> object:
        read.append(len(text))
        return real(text)

    monkeypatch.setattr(module, "facts", counted)
    before = "".join(f"person{n} keeps the thing of the kind {'ab'[n % 2]} " for n in range(1_500))
    after = before.replace(" a ", " c ")
    (found,) = compare(version(Section(path="s", text=before)), version(Section(path="s", text=after)))
    assert len(found.words) > 2_000
    assert sum(read) <= len(before) + len(after)
