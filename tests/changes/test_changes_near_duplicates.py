"""Near-duplicate texts: found by their marks, and told from editions, other countries and filled-in templates."""

import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.bodies import files
from crawler.changes import near_duplicates
from crawler.model import Capture, Link
from tests.tiers import examples

RECORDED = Path("../shared/recordings/www.modernslavery.gov.uk")


def prose(seed: int, words: int = 400) -> list[str]:
    chance = random.Random(seed)
    lexicon = ["".join(chance.choices("abcdefghijklmnoprstuvwy", k=chance.randint(3, 9))) for _ in range(500)]
    return [chance.choice(lexicon) for _ in range(words)]


def text(words: list[str], *, per: int = 12) -> str:
    return "\n".join(" ".join(words[at : at + per]) for at in range(0, len(words), per))


def shared_marks(one: str, other: str) -> int:
    return len(set(near_duplicates.marks(one)) & set(near_duplicates.marks(other)))


WORDS = prose(1)


def test_the_same_words_set_otherwise_are_one_text() -> None:
    one, other = text(WORDS), text([word.upper() for word in WORDS], per=7).replace(" ", "\u00a0 ")
    assert near_duplicates.marks(one) == near_duplicates.marks(other)
    assert near_duplicates.likeness(one, other) == near_duplicates.Likeness(share=1.0)


def test_a_page_around_the_text_makes_it_no_other() -> None:
    other = text([*prose(2, 12), *WORDS, *prose(3, 10)])
    assert shared_marks(text(WORDS), other) >= near_duplicates.SHARED
    found = near_duplicates.likeness(text(WORDS), other)
    assert found.same and found.share < 1


def test_a_text_of_its_own_is_no_candidate() -> None:
    assert shared_marks(text(WORDS), text(prose(2))) == 0
    assert not near_duplicates.likeness(text(WORDS), text(prose(2))).same


@pytest.mark.parametrize(
    ("here", "there"),
    [("2024", "2025"), ("Ireland", "Malta"), ("Ashwood Ltd", "Birchfield and Sons"), ("0800 0121 700", "0800 0121 701"),
     ("Irlande", "Malte"), ("Österreich", "Україна")],
)  # fmt: skip
@pytest.mark.parametrize("place", [0, 200, 400])
def test_a_name_or_number_swapped_in_one_place_makes_two_documents(here: str, there: str, place: int) -> None:
    one, other = ([*WORDS[:place], *each.split(), *WORDS[place:]] for each in (here, there))
    assert shared_marks(text(one), text(other)) >= near_duplicates.SHARED
    found = near_duplicates.likeness(text(one), text(other))
    assert found.share > 0.9 and found.swapped and not found.same
    assert not near_duplicates.likeness(text(other), text(one)).same


def test_an_edition_that_only_adds_a_later_year_is_another() -> None:
    one = [*WORDS[:100], "2023", *WORDS[100:]]
    other = [*one, "and", "then", "in", "2025", "too"]
    assert near_duplicates.likeness(text(one), text(other)).swapped == (("2023", "2025"),)


def test_a_sentence_that_begins_otherwise_is_no_name() -> None:
    one = [*WORDS[:50], "The", *WORDS[50:], "the", "these"]
    other = [*WORDS[:50], "These", *WORDS[50:], "the", "these"]
    assert near_duplicates.likeness(text(one), text(other)).same


def test_what_is_too_short_is_never_the_same() -> None:
    short = text(WORDS[: near_duplicates.MIN_WORDS - 1])
    assert near_duplicates.marks(short) == () and not near_duplicates.likeness(short, short).same
    assert near_duplicates.marks("") == () and near_duplicates.likeness("", "").share == 0


def test_a_part_is_not_the_whole() -> None:
    assert not near_duplicates.likeness(text(WORDS[:200]), text(WORDS)).same


def test_scripts_without_capitals_are_read() -> None:
    chinese = " ".join("".join(chr(0x4E00 + (at * 7 + n) % 2000) for n in range(2)) for at in range(200))
    assert near_duplicates.marks(chinese) and near_duplicates.likeness(chinese, chinese).same


@pytest.mark.process
def test_marks_are_the_same_in_every_process() -> None:
    code = "import sys; from crawler.changes.near_duplicates import marks; print(marks(sys.argv[1]))"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code, text(WORDS)], capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    ]  # fmt: skip
    assert runs == [str(near_duplicates.marks(text(WORDS)))] * 2
    assert all(0 <= mark < 2**63 for mark in near_duplicates.marks(text(WORDS)))


@examples(60)
@given(st.text(max_size=400), st.text(max_size=400))
def test_any_two_texts_are_compared_the_same_way_round(one: str, other: str) -> None:
    assert near_duplicates.likeness(one, other).share == near_duplicates.likeness(other, one).share
    assert near_duplicates.likeness(one, other).same == near_duplicates.likeness(other, one).same
    assert near_duplicates.shared_share(one, one) in (0.0, 1.0)


@examples(40)
@given(st.integers(0, 10_000), st.integers(0, 40), st.data())
def test_texts_alike_share_marks_enough_to_be_found(seed: int, gone: int, data: st.DataObject) -> None:
    """With up to a tenth of the words left out in one piece, a candidate is never missed."""
    words = prose(seed)
    start = data.draw(st.integers(0, len(words) - gone))
    other = words[:start] + words[start + gone :]
    assert near_duplicates.likeness(text(words), text(other)).share >= 0.85
    assert shared_marks(text(words), text(other)) >= near_duplicates.SHARED


def read(name: str) -> str:
    path = next(RECORDED.glob(f"{name}*.pdf"))
    url = f"https://a.sample.invalid/{path.name}"
    headers = (("Content-Type", "application/pdf"),)
    link = Link(url=url, role="document")
    found = files.read(
        Capture(url=url, time=datetime(2026, 1, 1, tzinfo=UTC), link=link, headers=headers, body=path.read_bytes())
    )
    return "\n".join(f"{section.number} {section.heading}\n{section.text}" for section in found.sections)


@pytest.mark.recorded
@pytest.mark.skipif(not RECORDED.is_dir(), reason="the recordings are not here")
@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        # Saved anew: other bytes, the same text.
        ("nrm-form-offline-v1-29-04-2019@2019", "nrm-form-offline-v1-29-04-2019@2023", True),
        ("nrm-form-offline-v3-15-05-2023@2023-05-15-0", "nrm-form-offline-v3-15-05-2023@2023-05-15-a", True),
        # One page less of contents, at another address.
        ("first-responder-toolkit-england-wales@", "first-responder-toolkit-england-wales-v1-2026@2026-03", True),
        # Editions: the month on the cover is another, and little else.
        ("first-responder-toolkit-england-wales-v1-2026@2026-03", "first-responder-toolkit-england-wales-v2", False),
        ("nrm-form-offline-2026-v1@2026-03", "nrm-form-offline-2026-v2", False),
        ("nrm-form-offline-v4", "nrm-form-offline-2026-v1@2026-03", False),
        ("nrm-form-offline-v2", "nrm-form-offline-v3-15-05-2023@2023-05-15-0", False),
    ],
)
def test_recorded_files_saved_anew_are_one_and_editions_are_not(one: str, other: str, same: bool) -> None:
    assert near_duplicates.likeness(read(one), read(other)).same == same
    if same:
        assert shared_marks(read(one), read(other)) >= near_duplicates.SHARED
