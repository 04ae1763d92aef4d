"""Words that are looked for before an expression is tried hide nothing that it finds."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.bodies import lists, newer
from crawler.identifiers import citations, cited_papers

_SHORT_FORMS = sys.modules[citations.__module__]


@pytest.mark.parametrize(
    ("pattern", "words", "in_small_letters"),
    [
        (_SHORT_FORMS._SHORT, _SHORT_FORMS._KINDS_OF_SHORT, False),
        (cited_papers._HUMAN_RIGHTS, cited_papers._OF_HUMAN_RIGHTS, False),
        (lists._SAYS, lists._MAY_SAY, True),
        (newer._SAID, ("is not the",), True),
    ],
    ids=("short form", "human rights", "recommends", "later release"),
)
def test_every_match_holds_one_of_the_words(
    pattern: re.Pattern[str], words: Sequence[str], in_small_letters: bool
) -> None:
    @settings(max_examples=10)
    @given(st.from_regex(pattern, alphabet=st.characters(max_codepoint=255)))
    def holds(text: str) -> None:
        assert any(word in (text.lower() if in_small_letters else text) for word in words)

    holds()
