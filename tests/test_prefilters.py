"""Words that are looked for before an expression is tried hide nothing that it finds."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.bodies import lists, purpose
from crawler.identifiers import cited_papers, cited_works, short_forms


@pytest.mark.parametrize(
    ("pattern", "words", "in_small_letters"),
    [
        (cited_papers._HUMAN_RIGHTS, cited_papers._OF_HUMAN_RIGHTS, False),
        (lists._SAYS, lists._MAY_SAY, True),
        (purpose._SAID, ("is not the",), True),
    ],
    ids=("human rights", "recommends", "later release"),
)
def test_every_match_holds_one_of_the_words(
    pattern: re.Pattern[str], words: Sequence[str], in_small_letters: bool
) -> None:
    @settings(max_examples=10)
    @given(st.from_regex(pattern, alphabet=st.characters(max_codepoint=255)))
    def holds(text: str) -> None:
        assert any(word in (text.lower() if in_small_letters else text) for word in words)

    holds()


@settings(max_examples=20)
@given(st.from_regex(short_forms._SHORT, alphabet=st.characters(max_codepoint=255)))
def test_every_short_form_is_found_by_its_kind(text: str) -> None:
    wanted = [match.span() for match in short_forms._SHORT.finditer(text)]
    assert [(short.start, short.end) for short in short_forms._shorts(text)] == wanted


@pytest.mark.parametrize("first", ["A", "C", "S", "n", "s", "t", "1", "["])
def test_every_sign_of_a_work_or_provision_is_found_by_how_it_begins(first: str) -> None:
    every = re.compile("|".join(each.pattern for each in cited_works._SIGN_BY_FIRST.values()))

    @settings(max_examples=10)
    @given(st.from_regex(cited_works._SIGN_BY_FIRST[first], alphabet=st.characters(max_codepoint=255)))
    def holds(text: str) -> None:
        assert [sign.span() for sign in cited_works._signs(text)] == [sign.span() for sign in every.finditer(text)]

    holds()
