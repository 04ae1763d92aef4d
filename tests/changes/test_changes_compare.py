"""What is told about provisions: added, removed, changed, renumbered, moved, and where."""

import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from crawler.changes import apply, compare, digest, section_digest
from crawler.model import Difference, Part, Section, Version

SUBJECTS = """
slavery servitude exploitation travel arrangement offence sentence confiscation detention vessel aircraft premises order
appeal guidance referral victim defence compulsion commissioner report strategy transparency turnover statement
injunction child advocate legal aid immigration wage gangmaster licence search warrant seizure
"""


def version(*sections: Section, **facts: Any) -> Version:
    base = Version(document="bill:9001", title="Sample Act", sections=sections, representation="structured")
    return replace(base, **facts)


def section(number: int | str, text: str, **facts: Any) -> Section:
    return Section(path=f"section-{number}", number=str(number), text=text, **facts)


def wording(seed: int) -> str:
    """Return a distinct sentence or two."""
    subjects = SUBJECTS.split()
    chosen = [subjects[(seed * step + step) % len(subjects)] for step in (1, 3, 7, 11, 13, 17)]
    return f"This provision, {seed} of its kind, is about the {' and the '.join(chosen)} and about nothing else."


def told(differences: tuple[Difference, ...]) -> list[tuple[str, str]]:
    return [(one.kind, one.path) for one in differences]


def checked(old: Version, new: Version) -> tuple[Difference, ...]:
    differences = compare(old, new)
    assert digest(apply(old, differences)) == digest(new)
    return differences


def test_the_digest_covers_the_words_and_not_what_is_around_them() -> None:
    base = version(section(1, "A \u2013 b", heading="H"), section(2, "c"), status="in force")
    assert digest(base) == digest(replace(base, label="3.8", note="n", valid_from="2024", language="cy", partial=True))
    others = (
        replace(base, title="T"),
        replace(base, status=""),
        replace(base, sections=base.sections[::-1]),
        replace(base, sections=base.sections[:1]),
    )
    assert len({digest(base), *map(digest, others)}) == 5
    one = base.sections[0]
    assert section_digest(replace(one, text="A  - b", parts=(Part(path="p", start=0, end=1),))) == section_digest(one)
    for name, value in (("path", "x"), ("number", "2"), ("heading", "I"), ("status", "repealed"), ("text", "A b")):
        changed: dict[str, Any] = {name: value}
        assert section_digest(replace(one, **changed)) != section_digest(one)


def test_another_typography_is_no_difference() -> None:
    old = version(section(1, 'the victim\'s "right" - now', heading="The victim's right"))
    new = version(section(1, "the victim\u2019s \u201cright\u201d \u2013\u00a0now", heading="The victim\u2019s right"))
    assert compare(old, new) == ()


def test_inserting_one_section_gives_one_added_and_the_rest_renumbered() -> None:
    texts = [wording(seed) for seed in range(500)]
    old = version(*(section(place, text) for place, text in enumerate(texts, 1)))
    new = version(
        *(section(place, text) for place, text in enumerate([texts[0], "An entirely new duty.", *texts[1:]], 1))
    )
    found = checked(old, new)
    assert Counter(one.kind for one in found) == {"added": 1, "renumbered": 499}
    assert found[0].path == "section-2" and found[0].position == 1
    assert all(one.words == () for one in found)
    assert [one.position for one in found] == list(range(1, 501))


def test_inserting_into_boilerplate_is_no_change_of_every_section() -> None:
    texts = [f"The Secretary of State may by regulations make provision about matter {n}." for n in range(100)]
    new_text = "The Secretary of State may by regulations make provision about a wholly new matter."
    old = version(*(section(place, text) for place, text in enumerate(texts, 1)))
    new = version(*(section(place, text) for place, text in enumerate([*texts[:1], new_text, *texts[1:]], 1)))
    assert Counter(one.kind for one in checked(old, new)) == {"added": 1, "renumbered": 99}


def test_inserting_and_amending_the_next_ones_is_told_as_renumbered_with_words() -> None:
    texts = [wording(seed) for seed in range(12)]
    amended = [text.replace("nothing else", "little else") if 3 <= n <= 6 else text for n, text in enumerate(texts)]
    old = version(*(section(place, text) for place, text in enumerate(texts, 1)))
    new = version(*(section(place, text) for place, text in enumerate(["A new duty to notify.", *amended], 1)))
    found = checked(old, new)
    assert Counter(one.kind for one in found) == {"added": 1, "renumbered": 12}
    assert [one.path for one in found if one.words] == ["section-5", "section-6", "section-7", "section-8"]
    edit = next(one for one in found if one.path == "section-5")
    assert ("-", "nothing ") in [(word.op, word.text) for word in edit.words]


def test_every_section_amended_and_renumbered_is_still_recognised() -> None:
    texts = [wording(seed) for seed in range(60)]
    amended = [text.replace("nothing else", "little else") for text in texts]
    old = version(*(section(place, text) for place, text in enumerate(texts, 1)))
    new = version(*(section(place, text) for place, text in enumerate(amended, 2)))
    found = checked(old, new)
    assert {one.kind for one in found} == {"renumbered"} and len(found) == 60
    assert all(one.before is not None and one.after is not None for one in found)
    assert all(f", {place} of its kind," in one.before.text for place, one in enumerate(found) if one.before)


def test_removing_one_section_gives_one_removed_where_it_stood() -> None:
    texts = [wording(seed) for seed in range(6)]
    old = version(*(section(place, text) for place, text in enumerate(texts, 1)))
    new = version(*(section(place, text) for place, text in enumerate(texts[:2] + texts[3:], 1)))
    assert told(checked(old, new)) == [
        ("removed", "section-3"),
        ("renumbered", "section-3"),
        ("renumbered", "section-4"),
        ("renumbered", "section-5"),
    ]


def test_swapped_wordings_are_renumbered_and_not_changed() -> None:
    old = version(section(1, wording(1)), section(2, wording(2)))
    new = version(section(1, wording(2)), section(2, wording(1)))
    assert told(checked(old, new)) == [("renumbered", "section-1"), ("renumbered", "section-2")]


def test_a_copy_of_a_section_that_is_amended_at_once_says_nothing_new() -> None:
    text = wording(1)
    amended = text.replace("nothing else", "little else")
    old = version(section(1, wording(3)), section(2, text))
    new = version(section(1, wording(3)), section(2, amended), section(9, text))
    assert told(checked(old, new)) == [("changed", "section-2"), ("moved", "section-9")]
    assert told(checked(new, old)) == [("changed", "section-2"), ("moved", "section-9")]


def test_a_plain_wording_does_not_wander() -> None:
    two = section(2, wording(2))
    old = version(section(1, "Repealed."), two, section(3, "A child has an independent advocate."))
    new = version(section(1, "Whoever holds another in servitude is guilty."), two, section(3, "Repealed."))
    assert told(checked(old, new)) == [("changed", "section-1"), ("changed", "section-3")]


def test_repeated_wordings_follow_their_neighbours() -> None:
    same = "This section extends to England and Wales only."
    old = version(*(section(n, same if n % 2 else wording(n)) for n in range(1, 9)))
    shifted = tuple(section(n + 1, one.text) for n, one in enumerate(old.sections, 1))
    found = checked(old, version(section(1, "A new duty to notify."), *shifted))
    assert Counter(one.kind for one in found) == {"added": 1, "renumbered": 8}


def test_a_section_moved_is_one_difference() -> None:
    one, two, three, four = (section(n, wording(n)) for n in (1, 2, 3, 4))
    found = checked(version(one, two, three, four), version(four, one, two, three))
    assert told(found) == [("moved", "section-4")]
    assert found[0].position == 0 and found[0].significance == "editorial" and found[0].flags == ()


def test_a_section_moved_and_changed_is_two_differences() -> None:
    one, two, three = (section(n, wording(n)) for n in (1, 2, 3))
    amended = replace(three, text=three.text.replace("nothing", "little"), status="repealed")
    found = checked(version(one, two, three), version(amended, one, two))
    assert told(found) == [("changed", "section-3"), ("moved", "section-3")]
    assert (found[0].flags, found[1].flags) == (("status",), ())


def test_a_new_heading_or_number_or_status_is_a_change() -> None:
    base = section(1, "Text stays.", heading="Slavery")
    for after, joined in (
        (replace(base, heading="Slavery and servitude"), "1 Slavery and servitude\n"),
        (replace(base, number="1A"), "1A Slavery\n"),
        (replace(base, status="repealed"), ""),
    ):
        (found,) = checked(version(base), version(after))
        assert (found.kind, found.path) == ("changed", "section-1")
        assert "".join(word.text for word in found.words if word.op != "-") == joined
        assert found.significance == "legal effect"


def test_the_document_comes_first() -> None:
    old = version(section(1, "a"), title="Sample Bill", status="prospective")
    new = version(section(1, "b"), title="Sample Act", status="in force")
    found = checked(old, new)
    assert told(found) == [("retitled", ""), ("status", ""), ("changed", "section-1")]
    assert (found[0].old, found[0].new) == ("Sample Bill", "Sample Act")
    assert [(word.op, word.text) for word in found[0].words] == [("=", "Sample "), ("-", "Bill"), ("+", "Act")]
    assert (found[1].old, found[1].new, found[1].flags) == ("prospective", "in force", ("status",))


def parted(*texts: str, path: str = "section-45", names: tuple[str, ...] = ("1", "1-a", "1-b", "2", "3")) -> Section:
    """Return a section of subsections; those named 1-… lie inside subsection 1."""
    text, parts = "", []
    for name, piece in zip(names, texts, strict=False):
        text += " " * bool(text)
        parts.append(Part(path=f"{path}-{name}", start=len(text), end=len(text) + len(piece)))
        text += piece
    inner = [part for part in parts if part.path.startswith(f"{path}-1")]
    parts[0] = replace(parts[0], end=inner[-1].end)
    return Section(path=path, number="45", text=text, parts=tuple(parts))


LAW = ("(1) A person is guilty if", "(a) the act is done, and", "(b) it was compelled.", "(2) Compulsion counts.")


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ((LAW[0], "(a) the deed is done, and", *LAW[2:]), "section-45-1-a"),
        ((LAW[0], LAW[1], "(b) it was compelled by another.", LAW[3]), "section-45-1-b"),
        ((LAW[0], "(a) the deed is done, and", "(b) it was forced.", LAW[3]), "section-45-1"),
        ((*LAW[:3], "(2) Compulsion does not count."), "section-45-2"),
        ((LAW[0], "(a) the deed is done, and", LAW[2], "(2) Compulsion does not count."), "section-45"),
        ((*LAW, "(3) This is a new subsection."), "section-45"),
        (LAW[:3], "section-45"),
    ],
)
def test_the_path_is_that_of_the_deepest_part_that_holds_all(changed: tuple[str, ...], path: str) -> None:
    (found,) = checked(version(parted(*LAW)), version(parted(*changed)))
    assert (found.kind, found.path) == ("changed", path)


def test_deleting_the_last_sentence_of_a_part_stays_in_it() -> None:
    old = parted("(1) One. Two goes.", "(2) Three.", names=("1", "2"))
    new = parted("(1) One.", "(2) Three.", names=("1", "2"))
    assert told(checked(version(old), version(new))) == [("changed", "section-45-1")]
    assert told(checked(version(new), version(old))) == [("changed", "section-45-1")]


def test_typography_elsewhere_does_not_widen_the_path() -> None:
    old = parted("(1) The victim's act is done.", "(2) It may be so.", names=("1", "2"))
    new = parted("(1) The victim\u2019s act is done.", "(2) It must be so.", names=("1", "2"))
    (found,) = checked(version(old), version(new))
    assert (found.path, found.flags) == ("section-45-2", ("duty word",))


def test_a_part_never_takes_the_path_of_a_section() -> None:
    old, new = parted(*LAW), parted(LAW[0], "(a) the deed is done, and", *LAW[2:])
    other = Section(path="section-45-1-a", text="A section of that name.")
    found = checked(version(old, other), version(new, replace(other, text="Another text.")))
    assert told(found) == [("changed", "section-45-1"), ("changed", "section-45-1-a")]


def test_versions_of_different_kinds_are_refused() -> None:
    base = version(section(1, "a"))
    with pytest.raises(ValueError, match="representation"):
        compare(base, replace(base, representation="pdf"))
    with pytest.raises(ValueError, match="language"):
        compare(base, replace(base, language="cy"))


def test_differences_of_another_version_are_refused() -> None:
    old = version(section(1, "a"), section(2, "b"))
    gone = Difference(kind="removed", path="section-7", before=section(7, "x"))
    far = Difference(kind="added", path="section-7", after=section(7, "x"), position=9)
    here = Difference(kind="added", path="section-7", after=section(7, "x"), position=0)
    also = Difference(kind="added", path="section-8", after=section(8, "x"), position=0)
    for wrong, why in (([gone], "no section-7"), ([far], "no such place"), ([here, also], "that of section-7")):
        with pytest.raises(ValueError, match=why):
            apply(old, wrong)
    assert apply(old, [Difference(kind="withdrawn", path="", old="ok", new="withdrawn")]) == old


PROGRAM = """
from crawler.changes import compare
from crawler.model import Section, Version
def version(shift):
    made = [Section(path=f"s-{n}", text=f"{'of the ' * (n % 3)}duty {(n + shift) % 7} to act within {n % 5} days "
            f"may not {'x' * (n % 4)} be waived") for n in range(40 - shift)]
    return Version(document="d", title="t", sections=tuple(made), representation="html")
print(compare(version(0), version(3)))
"""


@pytest.mark.process
def test_the_order_of_hashing_does_not_matter() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1 and "Difference" in outputs.pop()


def test_one_amendment_of_a_long_act_is_found_in_linear_time() -> None:
    def spent(sections: int) -> float:
        long = [section(number, f"words of section {number}, " * 80) for number in range(sections)]
        amended = [replace(one) for one in long]
        amended[sections // 2] = replace(long[sections // 2], text=f"other {long[sections // 2].text}")
        before = time.process_time()
        differences = compare(version(*long), version(*amended))
        assert told(differences) == [("changed", f"section-{sections // 2}")]
        return time.process_time() - before

    few, many = (min(spent(sections) for _ in range(3)) for sections in (500, 2000))
    assert many < 8 * few  # 4 times the sections; 16 where each is compared with each
