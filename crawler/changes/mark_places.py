"""Where words that bind stand: one that a text still has was not taken out of it, and took no other one's place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.changes.duty_words import Mark
from crawler.changes.enumerations import WORD, alike, stems
from crawler.text import canonical

CLOSE = 0.6
"""Share of their words that two sentences share in which a word that binds took the place of any other."""
MIN_FOLLOWING, MAX_FOLLOWING = 3, 4
"""How many words are told behind one that binds and that both wordings have: the reader sees which of them it is."""


def key(sentence: str) -> str:
    """Return the words of a sentence in small letters."""
    return " ".join(WORD.findall(canonical(sentence).casefold().replace("&", " and ")))


def alone(words: str, here: str, there: str) -> str:
    """Return words of a text that another has less often, with those behind them where it has them at all.

    >>> old, new = "Ask 24, 25 and not 26. Do not tell it.", "Ask 24, 25 and 26. Do not tell it."
    >>> alone("not", old, new), alone("24", old, new)
    ('not 26', '')
    """
    said, own, other = key(words), f" {key(here)} ", f" {key(there)} "
    if said and len(re.findall(f"(?= {re.escape(said)} )", own)) <= len(re.findall(f"(?= {re.escape(said)} )", other)):
        return ""
    if f" {said} " not in other:
        return words
    if words.isdigit():
        return ""
    found: dict[int, str] = {}
    following = rf"(?=((?:[^\w.;:?!()\u2014]+\w+){{1,{MAX_FOLLOWING}}}))"
    for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w){following}", here):
        behind = re.findall(r"\W+\w+", match[1])
        for length in range(1, len(behind) + 1):
            if f" {key(words + ''.join(behind[:length]))} " not in other:
                found.setdefault(length, words + "".join(behind[: max(length, MIN_FOLLOWING)]))
                break
    return found[min(found)] if found else ""


def are_close(sentences: tuple[str, str], found: tuple[Sequence[Mark], Sequence[Mark]]) -> bool:
    """Whether two sentences are one but for words that bind otherwise, so that these took each other's place."""
    one, two = map(_without_marks, sentences, found)
    return one == two or alike(one, two) >= CLOSE


def _without_marks(sentence: str, found: Sequence[Mark]) -> list[str]:
    """Return the words of a sentence that carry meaning, without figures and those that bind otherwise."""
    for mark in found:
        sentence = sentence.replace(mark.words, " ", 1)
    return [stem for stem in stems(sentence) if not stem[0].isdigit()]
