"""How a changed wording reads, and that no text takes more than bounded work."""

from collections.abc import Callable, Sequence

import pytest
from rapidfuzz.distance import Indel, LCSseq

from crawler.changes import apply, candidates, compare, digest, words
from crawler.model import Section, Version


def shown(before: str, after: str) -> list[str]:
    return [word.op + word.text for word in words(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("", "", []),
        ("same", "same", ["=same"]),
        ("", "new", ["+new"]),
        ("old", "", ["-old"]),
        ("one two three", "one 2 three", ["=one ", "-two ", "+2 ", "=three"]),
        ("The Act applies.", "The Act applies. It is new.", ["=The Act applies.", "+ It is new."]),
        ("the Act, and", "the Act; and", ["=the Act", "-, ", "+; ", "=and"]),
        ("rate 3.5 now", "rate 35 now", ["=rate ", "-3.5 ", "+35 ", "=now"]),
        # A lone stop-word between two edits reads as part of them; a word with a meaning of its own stays.
        ("section 5 of the Act now", "section 7 of the Order now", None),
        ("aye person bee", "zed person yes", ["-aye ", "+zed ", "=person ", "-bee", "+yes"]),
        (
            "alpha beta tie gamma delta",
            "one two tie three four",
            ["-alpha beta tie gamma delta", "+one two tie three four"],
        ),
    ],
)
def test_words_read_well(before: str, after: str, runs: list[str] | None) -> None:
    if runs is None:
        runs = ["=section ", "-5 of the Act ", "+7 of the Order ", "=now"]
    assert shown(before, after) == runs


@pytest.mark.parametrize(
    ("before", "after", "edits"),
    [
        ("(8) “A” is a. (9) “B” is b.", "(8) “A” is a. (8A) “C” is c. (9) “B” is b.", ["+(8A) “C” is c. "]),
        ("in Article 4(7) of it", "in Article 4(1)(7) of it", ["+(1)"]),
        ("section 4(2) applies", "section 4(3) applies", ["-2", "+3"]),
        ("(a) one; (b) two; (c) three.", "(a) one; (c) three.", ["-(b) two; "]),
        ("He may go. He may stay.", "He may go. He may sit. He may stay.", ["+He may sit. "]),
        ("the “old” and the “older” one", "the “older” one", ["-the “old” and "]),
    ],
)
def test_edits_begin_and_end_at_whole_units(before: str, after: str, edits: list[str]) -> None:
    assert [run for run in shown(before, after) if run[0] != "="] == edits


def test_long_kept_runs_are_whole() -> None:
    long = "word " * 5_000
    assert shown(f"A {long}", f"B {long}") == ["-A ", "+B ", f"={long}"]


def test_space_behind_a_kept_word_is_the_only_edit() -> None:
    assert shown("one\ntwo three four", "one two three five") == [
        "=one",
        "-\n",
        "+ ",
        "=two three ",
        "-four",
        "+five",
    ]


Cells = list[int]


@pytest.fixture
def cells(monkeypatch: pytest.MonkeyPatch) -> Cells:
    """Return the sizes of all alignments made from here on."""
    sizes: Cells = []

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(one: Sequence[int], two: Sequence[int], **options: float) -> object:
            sizes.append(len(one) * len(two))
            return real(one, two, **options)

        return call

    monkeypatch.setattr(LCSseq, "opcodes", counted(LCSseq.opcodes))
    monkeypatch.setattr(Indel, "normalized_similarity", counted(Indel.normalized_similarity))
    return sizes


def numbered_words(count: int, mark: str) -> list[str]:
    return [f"w{n % 997}{mark * (n % 50 == 0)}" for n in range(count)]


def test_scattered_edits_in_8000_words_are_found_by_words(cells: Cells) -> None:
    runs = words(" ".join(numbered_words(8_000, "")), " ".join(numbered_words(8_000, "x")))
    assert len(cells) == 1
    assert sum(run.op == "+" for run in runs) == 160
    assert all(len(run.text) < 8 for run in runs if run.op != "=")


def joins(before: str, after: str) -> list[str]:
    runs = words(before, after)
    assert "".join(run.text for run in runs if run.op != "+") == before
    assert "".join(run.text for run in runs if run.op != "-") == after
    return [run.op for run in runs]


def test_a_megabyte_is_aligned_by_sentences_and_then_by_words(cells: Cells) -> None:
    before = [f"Sentence {n} says that the victim is number {n} of them all. " for n in range(18_000)]
    after = [text.replace("victim", "witness") if n % 1_000 == 500 else text for n, text in enumerate(before)]
    runs = words("".join(before), "".join(after))
    assert [run.text for run in runs if run.op == "+"] == ["witness "] * 18
    assert sum(cells) < 1_000_000


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a " * 50_000, "b " + "a " * 49_990 + "b "),
        ("a " * 50_000, "a b " * 25_000),
        ("." * 500_000, ".," * 250_000),
        ("a. " * 100_000, "b. " * 100_000),
        ("x" * 1_000_000, "x" * 1_000_001),
        ("one two " * 100_000, "three four " * 90_000),
        ("-x-" * 100_000, "y" + "-x-" * 100_000),
    ],
)
def test_repeated_and_foreign_tokens_take_bounded_work(cells: Cells, before: str, after: str) -> None:
    assert joins(before, after)
    assert sum(cells) <= 200_000_000


def version(*sections: Section) -> Version:
    return Version(document="d", title="t", sections=sections, representation="structured")


def counted_compare(old: Version, new: Version) -> tuple[str, ...]:
    differences = compare(old, new)
    assert digest(apply(old, differences)) == digest(new)
    return tuple(difference.kind for difference in differences)


@pytest.mark.slow
@pytest.mark.parametrize("path", ["section", "article"])
def test_5000_sections_with_nothing_in_common_are_compared_a_few_times_each(cells: Cells, path: str) -> None:
    count = 5_000
    old = version(
        *(Section(path=f"section-{n}", text=f"old{n} old{n + 1} old{n * 7} words of the act") for n in range(count))
    )
    new = version(
        *(Section(path=f"{path}-{n}", text=f"new{n} new{n + 1} new{n * 7} words in an order") for n in range(count))
    )
    kinds = set(counted_compare(old, new))
    assert kinds == ({"changed"} if path == "section" else {"added", "removed"})
    assert len(cells) <= count * (candidates.CANDIDATES + 4)


@pytest.mark.slow
def test_boilerplate_takes_a_few_comparisons_for_each_section(cells: Cells) -> None:
    count, text = 2_000, "The Secretary of State may by regulations make provision about fees and charges number {}{}."
    old = version(*(Section(path=f"section-{n}", text=text.format(n, "")) for n in range(count)))
    new = version(*(Section(path=f"section-{n + 1}", text=text.format(n, " and costs")) for n in range(count)))
    assert len(counted_compare(old, new)) <= count + 1
    assert len(cells) <= count * (candidates.CANDIDATES + 4)


@pytest.mark.slow
def test_one_section_of_a_megabyte_takes_bounded_work(cells: Cells) -> None:
    old = version(Section(path="section-1", text="old words here " * 70_000))
    new = version(Section(path="section-1", text="some new words here 5 " * 50_000))
    assert counted_compare(old, new) == ("changed",)
    assert sum(cells) <= 2 * 200_000_000


def test_a_list_of_titles_is_aligned_by_its_titles() -> None:
    old = "Fees (easy read); Fees; Fees (Welsh version); Forms (easy read); Forms; Forms (Welsh version)"
    new = "Fees; Fees (Welsh version); Forms; Forms (Welsh version)"
    gone = [word.text for word in words(old, new) if word.op != "="]
    assert gone == ["Fees (easy read); ", "Forms (easy read); "]
