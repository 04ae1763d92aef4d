"""A text is made plain, and every place leads back to the text as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.classify.relevance.normalise import plain

ODD = st.text(
    alphabet=st.sampled_from("aT \u00ad\u200b\u0301\u2019\u2013-/\n\t\u00e9\u03b1\u0442\U0001f600\u00dft\u0130")
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Human\u2011Trafficking", "human trafficking"),
        ("human \u2013 trafficking", "human trafficking"),
        ("anti-\n slavery", "anti slavery"),
        ("traf\u00adficking", "trafficking"),
        ("Traite des \u00caTRES", "traite des etres"),
        ("traite des e\u0302tres", "traite des etres"),
        ("victims\u2019", "victims'"),
        ("\u03b5\u03bc\u03c0\u03bf\u03c1\u03af\u03b1", "emporha"),
        ("\u0422\u0440\u0430\u0444\u0438\u043a", "trafik"),
        ("", ""),
    ],
)
def test_a_text_is_made_plain(text: str, words: str) -> None:
    assert plain(text).words == words


@given(st.one_of(st.text(), ODD))
def test_every_place_leads_back(text: str) -> None:
    found = plain(text)
    assert found.words.isascii()
    assert len(found.words) == len(found.marks)
    for start in range(len(found.words)):
        first, last = found.span(start, start + 1)
        assert 0 <= first < last <= len(text)
        letter = found.words[start]
        if letter.isalnum():
            assert plain(text[first:last]).words == letter


@given(st.one_of(st.text(), ODD))
def test_places_keep_their_order(text: str) -> None:
    found = plain(text)
    places = [found.span(start, start + 1)[0] for start in range(len(found.words))]
    assert places == sorted(set(places))


def test_a_text_of_many_scripts_is_made_plain() -> None:
    text = "".join(map(chr, range(0x80, 0x530))) + "victims of trafficking"
    found = plain(text)
    start = found.words.index("victims")
    assert text[slice(*found.span(start, len(found.words)))] == "victims of trafficking"
