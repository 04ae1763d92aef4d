"""Text as it enters: nothing that reorders the words around it, and the same digests for all other text."""

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


@pytest.mark.slow
def test_of_all_characters_those_alone_are_left_out_that_xml_forbids_or_that_turn_words() -> None:
    left = set(range(0x110000)) - {ord(each) for each in clean(" ".join(map(chr, range(0x110000))))}
    forbidden = {*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF, *map(ord, TURNING)}
    other = {code for code in left - forbidden if unicodedata.normalize("NFC", chr(code)) == chr(code)}
    assert left >= forbidden and {chr(code) for code in other} == {each for each in map(chr, other) if each.isspace()}


SLOWLY = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | {"\u2026": "..."}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)


@given(st.lists(st.text(max_size=4) | st.sampled_from(sorted(map(chr, SLOWLY))), max_size=12).map("".join))
def test_the_canonical_form_is_what_one_look_at_each_character_gives(text: str) -> None:
    assert canonical(text) == clean(unicodedata.normalize("NFC", text).translate(SLOWLY))
