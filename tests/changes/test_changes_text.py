"""Text as it enters: nothing that reorders the words around it, and the same digests for all other text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text import canonical, clean, digest

TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
KNOWN = {
    "A person commits an offence.": "588e6eb4094ace40",
    "The victim\u2019s trans\u00adport \u2013 now\u2026": "67182c77d42b1dd6",
    "Cafe\u0301  \u00a35,000": "fdda175f6d15c7cb",
    "\u0642\u0627\u0646\u0648\u0646 \u0645\u0643\u0627\u0641\u062d\u0629": "f61e741c98c13b23",
}
"""Canonical digests, as they were before such marks were left out."""


@pytest.mark.parametrize(("text", "known"), KNOWN.items())
def test_digests_of_plain_text_are_what_they_were(text: str, known: str) -> None:
    assert digest(text)[:16] == known


@given(st.lists(st.text(max_size=8) | st.sampled_from(TURNING), max_size=12).map("".join))
def test_text_is_cleaned_once_and_for_all(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not set(once) & set(TURNING)
    assert unicodedata.is_normalized("NFC", once)
    assert canonical(canonical(text)) == canonical(text)


@given(st.text(max_size=20), st.sampled_from(TURNING), st.text(max_size=20))
def test_a_mark_that_turns_words_changes_nothing_else(before: str, mark: str, after: str) -> None:
    assert clean(before + mark + after) == clean(before + after)
    assert digest(before + mark + after) == digest(before + after)
