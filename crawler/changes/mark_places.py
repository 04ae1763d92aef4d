"""Where words that bind stand: one that a text still has was not taken out of it, and took no other one's place."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from crawler.changes.duty_words import Mark
from crawler.changes.enumerations import WORD, alike, stems
from crawler.text import canonical

CLOSE = 0.6
"""Share of their words that two sentences share in which a word that binds took the place of any other."""
MIN_FOLLOWING, MAX_FOLLOWING = 3, 4
"""How many words are told behind one that binds and that both wordings have: the reader sees which of them it is."""

_LABEL = re.compile(r"[\u2013\u2014]?\s*\((?:\d{1,3}[A-Z]{0,2}|[a-z]{1,2}|[ivx]{1,5})\)(?=\s)")
"""The number or letter of a part of a provision: words are the same with it between them."""
MAX_MEMBER = 15
"""Most words of a member of a list that came behind a list, or went from its end, so that its conjunction moved."""
MOST_WORDS = 500
"""Most words of a sentence in which conjunctions are looked for."""
_JOINING = frozenset({"and", "or", "and/or"})
_TOKEN = re.compile(r"and/or|\w+", re.IGNORECASE)


def key(sentence: str) -> str:
    """Return the words of a sentence in small letters."""
    return " ".join(WORD.findall(canonical(sentence).casefold().replace("&", " and ")))


def alone(words: str, here: str, there: str) -> str:
    """Return words of a text that another has less often, with those behind them where it has them at all.

    >>> old, new = "Ask 24, 25 and not 26. Do not tell it.", "Ask 24, 25 and 26. Do not tell it."
    >>> alone("not", old, new), alone("24", old, new)
    ('not 26', '')
    """
    here, there = (_LABEL.sub("", each) for each in (here, there))
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
        if 1 in found:
            break  # No other is shorter, and each looks through the whole other text.
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


def joined(one: str, two: str) -> Iterator[tuple[str, str]]:
    """Yield each *and* and the *or* that took its place, or the other way round: between the same words, or in a list.

    >>> list(joined("support and care", "support or care")), list(joined("aid and rest", "aid, rest or food"))
    ([('and', 'or')], [('and', 'or')])
    >>> list(joined("this Act (and see section 17)", "this Act or section 75")), list(joined("a and b", "a b of or"))
    ([], [])
    """
    old, new = ([token.casefold() for token in _TOKEN.findall(side)] for side in (one, two))
    if max(len(old), len(new)) > MOST_WORDS:
        return
    found = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    edits = [(old[i:to_i], new[j:to_j], max(i, j)) for op, i, to_i, j, to_j in found if op != "equal"]
    for (gone, come, place), (went, came, behind) in pairwise([*edits, ([], [], len(old) + len(new) + MAX_MEMBER)]):
        if len(gone) == len(come) == 1 and _JOINING.issuperset(gone + come):
            yield gone[0], come[0]
        elif len(gone + come) == 1 and _JOINING.issuperset(gone + come) and behind - place <= MAX_MEMBER:
            # The list got longer or shorter at its end: the other conjunction begins what came or went there.
            other = came if gone else went
            is_end = bool(other) and len(went + came) == len(other) <= MAX_MEMBER + 1
            if is_end and other[0] in _JOINING and other[:1] != gone + come:
                yield (gone[0], other[0]) if gone else (other[0], come[0])
