"""Words of a changed part that came from another part, or went to one: its own words do not tell them as such."""

import re
from collections.abc import Sequence

from crawler.changes.link_addresses import without
from crawler.changes.mark_places import key
from crawler.changes.runs import MIN_SENTENCE_WORDS
from crawler.changes.strength import MAX_CHARACTERS, DutyChange, cut
from crawler.changes.words import words as aligned
from crawler.model import Word

_NUMBERS = re.compile(r"\A\s*(?:\d{1,3}(?:\.\d{1,3})+\.?\s+)+|(?<=[.?!])(?:\s+\d{1,3}(?:\.\d{1,3})+\.?)+\s*\Z")
"""Numbers of paragraphs before and behind some sentences."""


def elsewhere(shown: Sequence[Word], kind: str) -> tuple[DutyChange, ...]:
    """Return which sentences of a part that came or went stand in another part: they are not marked in it.

    Whether they went there, or stood there before and stand once fewer now, is not told. Numbers of paragraphs at
    their ends are left out.

    >>> shown = [Word(op="-", text="They are new. "), Word(op="=", text="Each person has to agree.")]
    >>> elsewhere(shown, "removed")[0].words.partition(";")[0]
    '“Each person has to agree.” no longer stands here'
    """
    side = {"removed": "before", "added": "after"}.get(kind)
    kept = (_NUMBERS.sub("", word.text) for word in shown if word.op == "=")
    said = (text.strip() for text in kept if len(key(text).split()) >= MIN_SENTENCE_WORDS)
    return tuple(DutyChange(flag="elsewhere", **{side: cut(text)}) for text in said) if side else ()


def moved(shown: Sequence[Word], before: str, after: str) -> tuple[DutyChange, ...]:
    """Return what came to a text from another part, kept as if it stood before, and what went to one, told nowhere.

    >>> shown = [Word(op="+", text="They are new. "), Word(op="=", text="Each person has to agree.")]
    >>> [one.words for one in moved(shown, "Nobody else is asked.", "They are new. Each person has to agree.")]
    ['“Nobody else is asked” went to another part', '“Each person has to agree” came from another part']
    """
    known = "".join(word.text for word in shown if word.op != "+")
    is_of_text = after == "".join(word.text for word in shown if word.op != "-")
    if not is_of_text or known == before or max(len(before), len(known)) > MAX_CHARACTERS:
        return ()
    found = [
        word
        for word in aligned(before, known)
        if word.op != "=" and len(key(without(word.text)).split()) >= MIN_SENTENCE_WORDS
    ]
    here = {side: " ".join(key(word.text) for word in found if word.op == side) for side in "+-"}
    return tuple(
        DutyChange(flag="moved", **{"before" if word.op == "-" else "after": cut(word.text.strip())})
        for word in found
        if key(word.text) not in here["+" if word.op == "-" else "-"]
    )
