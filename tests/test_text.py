"""How a text is cut where it has no room: at the end of a sentence, of a clause, or between plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text import abridged, sentences

PIECES = [
    "Sample",
    "words",
    "of",
    "the",
    "report",
    "(EU)",
    "2017/745",
    "No. 3",
    "“new",
    "one”",
    "says,",
    "that.",
    "A" * 30,
]


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("See s. 4 of No. 2 here. More.", 7, "See s. 4 of No. 2 here."),
        ("It helps those who plan, run or fund partnerships.", 8, "It helps those who plan …"),
        (
            "This explains which rules apply with Regulation (EU) 2017/746 (IVDR).",
            9,
            "This explains which rules apply …",
        ),
        ("The office says “this is new and good” of it all.", 7, "The office …"),
    ],
)
def test_a_text_is_cut_where_a_reader_would_pause(text: str, words: int, said: str) -> None:
    assert abridged(text, words, 300) == said


@given(st.lists(st.sampled_from(PIECES)).map(" ".join), st.integers(2, 40), st.integers(10, 200))
def test_a_cut_text_has_room_and_begins_as_the_whole_one(text: str, words: int, letters: int) -> None:
    said = abridged(text, words, letters)
    assert len(said.split()) <= words and len(said) <= letters
    assert text.startswith(said.removesuffix(" …")) and (said == text or said.endswith((" …", ".", ".”")))
    assert " ".join(sentences(text)).split() == text.split()
