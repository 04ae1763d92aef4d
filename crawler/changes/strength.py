"""In which words a changed passage binds otherwise. Nothing here says that a duty became stronger or weaker."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.changes.accounts import is_account
from crawler.changes.duty_words import AND, OR, Mark, expanded, hours, marks, with_hours_bound
from crawler.changes.enumerations import Side, alike, best, members, stems
from crawler.changes.mark_places import alone, are_close, joined, key
from crawler.changes.marked_words import marked
from crawler.changes.significance import COMMENTARY, TARGET
from crawler.model import Word
from crawler.text import canonical, sentences

FLAGS: tuple[tuple[str, str], ...] = (
    ("modal", "duty word"),
    ("negation", "condition"),
    ("period", "period"),
    ("date", "date"),
    ("sum", "sum"),
    ("number", "number"),
    ("threshold", "threshold"),
    ("joined", "and/or"),
    ("list added", "list"),
    ("list removed", "list"),
    ("sentence deleted", "sentence"),
    ("sentence added", "sentence"),
    ("moved", "words"),
    ("elsewhere", "words"),
    ("limit", "limit"),
    ("unnoted", "reason"),
)
"""Every flag, and what readers call it."""

_HOW = {
    "moved": ("went to another part", "came from another part"),
    "elsewhere": (
        "no longer stands here; another part of the new text has these words, perhaps as before, whole or in pieces",
        "is new here; another part of the old text had these words, perhaps still, whole or in pieces",
    ),
    "limit": ("", "in its publisher\u2019s note"),
}
"""What is said of words that went or came, by their flag, where that is not that they were removed or added."""
MAX_CHARACTERS = 200_000
"""Most characters of a passage that is read."""
MAX_SENTENCES = 80
"""Most sentences of either wording that the other lacks; a passage with more was written anew."""
MAX_HEADING_WORDS = 14
"""Most words of a passage that is a heading: one line without a stop at its end."""
ALIKE_ALONE = 0.2
"""Share of their words that the only sentences that differ must share to be one; what has no stop is one."""
COVERED = 0.7
"""Share of a sentence whose words stand elsewhere that makes it no deleted one."""
MAX_ITEM_WORDS = 20
"""Most words of a line without a stop that is a member of a list: a longer one is a sentence."""
LONGEST = 200
"""Most characters of a sentence that is repeated."""

_QUOTED = re.compile(r"\u201c[^\u201d]{0,4000}\u201d|\"[^\"]{0,2000}\"|(?<![\w])\u2018[^\u2019]{0,400}\u2019(?!\w)")
_EXAMPLE = re.compile(
    r"\((?:for (?:example|instance)|e\.g\.)[^)]{0,600}\)|[,;:\u2013-]?\s*\b(?:for (?:example|instance)"
    r"|e\.g\.)[^.;\n]{0,600}"
    r"|^\s*(?:example|case study)\b.{0,2000}",
    re.IGNORECASE | re.MULTILINE,
)
_ABOUT_EXAMPLES = re.compile(r"\b(?:examples?|case stud(?:y|ies)|scenarios?|illustrations?)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"^\s*(?:[\u2022\u25aa\u25cf\u25e6\u2023*\u2013-]\s+)?(?:\(?(?:\d+[A-Z]{0,2}|[a-z]{1,2}|[ivxlc]{1,6})[.)]\s+|\d+(?:\.\d+)+\.?\s+)?"
)
_DOTTED = r"\d{1,3}(?:\.\d{1,3})+"
_NUMBER = re.compile(
    rf"(?P<before>^|\n\s*|[.:?!)\]]\s+)\.?\s*{_DOTTED}\s?\.?(?=\s+[\u201c\u2018\"(\[]?[A-Z\U000f0000-\U000fffff]"
    r"|\s*(?:\n|$))"
    rf"|(?<!\S){_DOTTED}\.\s+(?=[a-z])"
    r"|(?:(?<=[a-z)\u201d])|(?<=\b20\d\d))(?<!\bto)(?<!\b[ioaAI][fnstr])(?<!\bby)(?<!\b(?:and|was|are))(?<!\b(?:than|from|para))"
    r"(?<!(?:section|hapters|version))(?<!ections)(?<!hapter)(?<!agraph)(?<!agraphs)"
    r"\s\d{1,2}\.\d{2,3}\s?(?P<stop>\.)(?=\s+[A-Z])"
)
"""The number of a paragraph, also inside a passage; a decimal stands behind other words."""
_LOOSE = re.compile(r"[^\S\n]+(?=[.?!](?:\s|\Z))")
"""What is left before a stop of an address or an example in brackets."""
_LINES = re.compile(r"\n|\s*\|\|\s*")
"""What ends a line, or a row of a table within one."""
_FIGURES = re.compile(r"\d+(?:[./-]\d+)*")
_ADDRESS = re.compile(
    rf"{TARGET.pattern}|\((?=[^\s()]*[A-Za-z]{{2}})(?=[^\s()./]*[./])[^\s()]{{3,2000}}\)"
    r"|[^\s(]*(?:://|\bwww\.|@)[^\s()]*[^\s().,;:?!]",
    re.IGNORECASE,
)
"""An address, or where a link leads: no number, day or word in it binds anybody."""
_WHOLES = ("list added", "list removed", "sentence added", "sentence deleted")
"""Flags of what came or went whole; what stands on the other side as well, as an example or in a heading, did not."""
_BEGINNING = 30
"""Characters of a sentence by which it is found in its text."""
_HIDDEN = 0xF0000
"""The first of the characters for private use that stand for quotations and examples while passages are compared."""
_WEAK = frozenset({"will", "would", "can", "could", "all", "some", "most", "both", "either", "any"})
"""Values of marks that mean little where nothing takes their place: "the council will send" is "the council sends"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyChange:
    """Words that bind, before and after; one of them is empty where they were put in or taken out."""

    flag: str
    before: str = ""
    after: str = ""

    @property
    def words(self) -> str:
        """Return the words from before to after.

        >>> DutyChange(flag="modal", before="should", after="must").words
        'should → must'
        """
        if self.flag == "unnoted":
            return self.after
        if self.before and self.after:
            return f"{self.before} → {self.after}"
        how = _HOW.get(self.flag, ("removed", "added"))
        return f"“{self.before or self.after}” {how[0] if self.before else how[1]}"


def of_words(words: Sequence[Word], kind: str, path: str, heading: str) -> tuple[DutyChange, ...]:
    """Return what binds otherwise in a change of some kind; the line with its heading is none of the passage.

    ``path`` is that of its provision: recitals and comments on the law bind nobody.
    """
    if kind not in ("changed", "renumbered"):
        return ()
    sides = ["".join(word.text for word in words if word.op != other) for other in "+-"]
    heads = [side.partition("\n")[0] for side in sides]
    if heading and canonical(heads[1]).endswith(canonical(heading)):
        sides = [_without_heading(side, other) for side, other in zip(sides, reversed(heads), strict=True)]
    if f"{path}-".startswith(tuple(f"{each}-" for each in ("recital", "heading", *COMMENTARY))):
        return ()
    found = () if _ABOUT_EXAMPLES.search(heading) or is_account(heading) else strength(*sides)
    whole = {(each.before, each.after) for each in found if each.flag.startswith("sentence")}
    own = (each for each in found if each.flag.startswith("sentence") or _says_more(each, whole))
    return tuple(dict.fromkeys(marked(own, words)))


def _says_more(change: DutyChange, whole: set[tuple[str, str]]) -> bool:
    """Whether a change is none of a whole sentence, or tells that it has a figure: a period, a day or a sum."""
    said = marks(change.before or change.after)
    has_figure = any(mark.flag == change.flag and any(map(str.isdigit, mark.value)) for mark in said)
    return (change.before, change.after) not in whole or (change.flag in ("period", "date", "sum") and has_figure)


def _without_heading(side: str, other: str) -> str:
    """Return a wording without the line of its heading, and without lines that stand in that of the other one."""
    there = f" {key(other)} "
    return "\n".join(each for each in side.split("\n")[1:] if not (said := key(each)) or f" {said} " not in there)


def strength(before: str, after: str) -> tuple[DutyChange, ...]:
    """Return in which words the second wording of a passage binds otherwise than the first, in the order of the text.

    Headings, quotations and examples in it bind nobody; numbers of paragraphs, spelling, figures for words, and
    another order of the same words are no change.

    >>> [(one.flag, one.words) for one in strength("Staff should reply in 5 days.", "Staff must reply in five days.")]
    [('modal', 'should → must')]
    """
    if max(len(before), len(after)) > MAX_CHARACTERS or _is_heading(before) or _is_heading(after):
        return ()
    quoted: dict[str, str] = {}
    sides = [_sentences(text, quoted) for text in (before, after)]
    old, new = sides
    shared = Counter(map(key, old)) & Counter(map(key, new))
    old, new = (list(_without(sentences, shared)) for sentences in (old, new))
    if max(len(old), len(new)) > MAX_SENTENCES:
        return ()
    pairs = _paired(old, new, (before, after))
    found: list[DutyChange] = []
    gone: list[Mark] = []
    come: list[Mark] = []
    everything = [set(stems(" ".join(side))) for side in sides]
    for one, two in pairs:
        if one and two:
            told, left, added = _of_pair(one, two, everything)
            found += told
            gone += left
            come += added
        elif one and _lacks(one, everything[1]):
            found += _with_marks(_whole(one, "before"))
        elif two and _lacks(two, everything[0]):
            found += _with_marks(_whole(two, "after")) if any(marks(two)) else ()
        elif _row(one or two) is None:
            (gone if one else come).extend(marks(one or two))
        elif one:
            found += (DutyChange(flag=mark.flag, before=mark.words) for mark in _of_row(one, sides[1]))
        else:
            found += (DutyChange(flag=mark.flag, after=mark.words) for mark in _of_row(two, sides[0]))
    whole_texts = " ".join(sides[0]), " ".join(sides[1])
    every = dict.fromkeys(_shown(each, quoted) for each in (*found, *_unbalanced(gone, come, whole_texts)))
    whole = {"before": f" {key(after)} ", "after": f" {key(before)} "}
    stays = {(side, said) for each in every if each.flag in _WHOLES for side in whole
             if (said := getattr(each, side)) and f" {key(said)} " in whole[side]}  # fmt: skip
    ends = {("before", end) for end in hours(before)} | {("after", end) for end in hours(after)}
    return tuple(each for each in every if _is_told(each, stays, ends))


def _is_told(change: DutyChange, stays: set[tuple[str, str]], ends: set[tuple[str, str]]) -> bool:
    """Whether words went or came; hours of a day without a counterpart are none: they became "at any time"."""
    sides = {("before", change.before), ("after", change.after)}
    is_alone = change.flag == "period" and not (change.before and change.after)
    return not stays & sides and not (is_alone and ends & sides)


def _row(sentence: str) -> tuple[str, ...] | None:
    """Return the figures in the first cell of a row of a table, by which it is another row; None of a sentence."""
    first, bar, _ = sentence.partition(" | ")
    return tuple(_FIGURES.findall(first)) if bar else None


def _of_row(row: str, others: Iterable[str]) -> Iterator[Mark]:
    """Yield the dates, sums and periods of a row that no sentence or row of the other side has."""
    known = {mark.value for each in others for mark in marks(each)}
    return (mark for mark in marks(row) if mark.group in ("date", "sum", "period") and mark.value not in known)


def _is_heading(text: str) -> bool:
    bare = text.strip()
    return (
        "\n" not in bare
        and bare[:1].isupper()
        and bare[-1:] not in (".", ";", ":", ",")
        and len(bare.split()) <= MAX_HEADING_WORDS
    )


def _sentences(text: str, quoted: dict[str, str]) -> list[str]:
    """Return the sentences of a text without addresses; a quotation or example is one character in its marks."""

    def hidden(match: re.Match[str]) -> str:
        character = quoted.setdefault(match.group(), chr(_HIDDEN + len(quoted)))
        return f" ({character})" if match.re is _EXAMPLE else f"\u201c{character}\u201d"

    plain = expanded(_EXAMPLE.sub(hidden, _ADDRESS.sub("", _QUOTED.sub(hidden, with_hours_bound(text)))))
    plain = _NUMBER.sub(lambda match: match["before"] or match["stop"] or "", _LOOSE.sub("", plain))
    found = (each for line in _LINES.split(plain) for each in sentences(line))
    return [bare for each in found if (bare := _LABEL.sub("", f"{each} ").strip())]


def _shown(change: DutyChange, quoted: dict[str, str]) -> DutyChange:
    """Return a change as readers see it: with the quotations and examples in it, cut where it is long."""
    sides = [side.replace(AND, "and").replace(OR, "or") for side in (change.before, change.after)]
    for words, character in reversed(quoted.items()):
        for hidden in (f" ({character})", f"\u201c{character}\u201d", f"({character})"):
            sides = [side.replace(hidden, words) for side in sides]
    before, after = map(cut, sides)
    return replace(change, before=before, after=after)


def cut(text: str) -> str:
    """Return a text cut where it is longer than what is repeated of a sentence."""
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] + " …"


def _without(sentences: Iterable[str], shared: Counter[str]) -> Iterator[str]:
    left = Counter(shared)
    for sentence in sentences:
        if left[said := key(sentence)]:
            left[said] -= 1
        else:
            yield sentence


def _paired(old: Sequence[str], new: Sequence[str], texts: tuple[str, str]) -> list[tuple[str, str]]:
    """Return sentences of two texts with what became of them, empty on the side where there is nothing."""
    rows = [
        [(_row(each), _inserted(each, text)) for each in side] for side, text in zip((old, new), texts, strict=True)
    ]
    if len(old) == len(new) == 1 and rows[0] == rows[1] and all(map(stems, (*old, *new))):
        are_whole = old[0].endswith(".") and new[0].endswith(".")
        if not are_whole or alike(stems(old[0]), stems(new[0])) >= ALIKE_ALONE:
            return [(old[0], new[0])]
    became = dict(best([stems(each) for each in old], [stems(each) for each in new], rows))
    rest = [("", each) for j, each in enumerate(new) if j not in became.values()]
    return [*((each, new[became[i]] if i in became else "") for i, each in enumerate(old)), *rest]


def _inserted(sentence: str, text: str) -> str:
    """Return the number of the subsection that a sentence of a text begins, where it was inserted, such as 2A."""
    label = r"\((\d+[A-Z]{1,2})\)\s+"
    found = re.match(rf"[\u2026.\s]*{label}", sentence) or re.search(label + re.escape(sentence[:_BEGINNING]), text)
    return found[1] if found else ""


def _lacks(sentence: str, words: set[str]) -> bool:
    """Whether a text says nothing of what a sentence does: most of its words stand nowhere in it."""
    said = stems(sentence)
    return bool(said) and sum(stem in words for stem in said) < COVERED * len(said)


def _whole(sentence: str, side: Side) -> DutyChange:
    is_item = not sentence.rstrip().endswith((".", "?", "!", ":")) and len(sentence.split()) <= MAX_ITEM_WORDS
    said = cut(sentence)
    if side == "before":
        return DutyChange(flag="list removed" if is_item else "sentence deleted", before=said)
    return DutyChange(flag="list added" if is_item else "sentence added", after=said)


def _with_marks(change: DutyChange) -> list[DutyChange]:
    """Return a sentence or a member of a list that came or went, also under the flags of what it says."""
    said = list(marks(change.before or change.after))
    flags = {mark.flag for mark in said} | {"negation" for mark in said if " not" in mark.value}
    return [change, *(replace(change, flag=flag) for flag in ("negation", "period", "date", "sum") if flag in flags)]


def _of_pair(one: str, two: str, words: Sequence[set[str]]) -> tuple[list[DutyChange], list[Mark], list[Mark]]:
    """Return what binds otherwise in a sentence, and the marks that it lost and won with nothing in their place."""
    lists = [
        DutyChange(flag="list removed", before=text) if side == "before" else DutyChange(flag="list added", after=text)
        for side, text in members(one, two, words)
    ]
    listed = " ".join(each.before or each.after for each in lists)
    old, new = list(marks(one)), list(marks(two))
    common = Counter(mark.value for mark in old) & Counter(mark.value for mark in new)
    gone, come = ([mark for mark in _unmatched(side, common) if mark.words not in listed] for side in (old, new))
    told, gone, come = _exchanged(gone, come, (one, two))
    told += (each for one_list in lists for each in _with_marks(one_list))
    told += (DutyChange(flag="joined", before=was, after=now) for was, now in joined(one, two))
    return told, gone, come


def _exchanged(
    gone: Sequence[Mark], come: Sequence[Mark], sentences_of: tuple[str, str]
) -> tuple[list[DutyChange], list[Mark], list[Mark]]:
    """Return the marks that took the place of others, those that went, and those that came."""
    told: list[DutyChange] = []
    left, added = list(gone), list(come)
    is_close = are_close(sentences_of, (gone, come))
    for group in dict.fromkeys(mark.group for mark in (*gone, *come)):
        pairs = zip(*([mark for mark in side if mark.group == group] for side in (gone, come)), strict=False)
        for was, now in pairs:
            follows = _ahead(sentences_of[0], was) & _ahead(sentences_of[1], now)
            if not follows and (_turns(was, now) or not is_close):
                continue
            told += _replaced(was, now)
            left.remove(was)
            added.remove(now)
    return told, left, added


def _turns(was: Mark, now: Mark) -> bool:
    """Whether a mark would say the contrary of another, or be another condition: both may be of different clauses."""
    if was.group != "modal":
        return was.group == "negation"
    return (" not" in f" {was.value}") != (" not" in f" {now.value}")


def _ahead(sentence: str, mark: Mark) -> set[str]:
    """Return the words that follow a mark in a sentence."""
    return {found[1].casefold() for found in re.finditer(rf"\b{re.escape(mark.words)}\W+(\w+)", sentence)}


def _replaced(was: Mark, now: Mark) -> Iterator[DutyChange]:
    yield DutyChange(flag=was.flag, before=was.words, after=now.words)
    if was.group == "modal" and (" not" in was.value) != (" not" in now.value):
        yield DutyChange(flag="negation", before=was.words, after=now.words)
    if was.bounds or now.bounds:
        yield DutyChange(flag="threshold", before=was.words, after=now.words)


def _unmatched(side: Iterable[Mark], common: Counter[str]) -> Iterator[Mark]:
    left = Counter(common)
    for mark in side:
        if left[mark.value]:
            left[mark.value] -= 1
        else:
            yield mark


def _unbalanced(gone: Sequence[Mark], come: Sequence[Mark], texts: tuple[str, str]) -> Iterator[DutyChange]:
    """Yield the marks that went or came, each by itself; those that only changed their sentence did neither."""
    common = Counter(mark.value for mark in gone) & Counter(mark.value for mark in come)
    left, added = ([m for m in _unmatched(side, common) if m.value not in _WEAK] for side in (gone, come))
    yield from (DutyChange(flag=mark.flag, before=said) for mark in left if (said := alone(mark.words, *texts)))
    yield from (DutyChange(flag=mark.flag, after=said) for mark in added if (said := alone(mark.words, *texts[::-1])))
