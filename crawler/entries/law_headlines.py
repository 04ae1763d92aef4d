"""Headlines of what happened to a law: provision, verb, law."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from crawler.changes.law import rank
from crawler.changes.marks import is_corrigendum
from crawler.entries import provisions
from crawler.entries.causes import Cause, cause, without_places
from crawler.entries.numbered import together
from crawler.entries.templates import Sentence, capital, chain, say, source, structure
from crawler.entries.titles import short
from crawler.entries.word_limits import HEADLINE, words
from crawler.store import Row

DAY_WORDS = len(["from", "13", "March", "2026"])
"""Words of the day that is read behind a headline."""
ANY_LENGTH = 99
"""Room for any title."""
MIN_TITLE_WORDS = 9
"""Words of a long title for which names of provisions make room."""

_WEIGHT = (
    "repealed", "revoked", "in force", "inserted", "substituted", "replaced", "omitted", "removed",
    "part inserted", "part omitted",
    "words repealed", "words omitted", "words substituted", "words changed", "words inserted", "changed",
    "heading changed", "renumbered", "moved",
)  # fmt: skip
"""What happens to provisions, what matters most first; what is not here comes last."""
_PART = _WEIGHT.index("part inserted")
"""From here on only parts of provisions came or went."""
CORRECTED = "corrected"
"""What is told of provisions that a corrigendum changed."""
_MOVED = ("renumbered", "moved")
"""What is not counted beside what matters more."""
_COUNTED_AS = dict.fromkeys((*(fate for fate in _WEIGHT if fate.startswith("words ")), "heading changed"), "changed")
"""How what happened to a part of a provision is counted beside what matters more."""
_SAYING = ("provisions", "others")
"""Templates of names that say of what they are."""
_FIRST = {"repealed": "headline repealed", "revoked": "headline revoked", "in force": "headline in force"}
_BY_KIND = {
    "added": "inserted", "removed": "removed", "omitted": "omitted", "changed": "changed", "renumbered": "renumbered",
    "moved": "moved",
}  # fmt: skip
_VERBS = {"changed": "changed verb", "moved": "moved verb", "renumbered": "renumbered verb"}
_UNNAMED = re.compile(
    r"(?:Council |Commission )?(?:Framework |Implementing |Delegated )*(?:Directive|Regulation|Decision)\b.*\d"
)
_INSTRUMENT = re.compile(
    r"\b(?:Act|Order|Regulations?|Rules|Measure|Scheme|Code|Convention|Treaty|Protocol|Charter|Directive|Decision)\b"
)


def verb(row: Row) -> str:
    """Return what happened to a provision, in the verb of the law where it is known.

    >>> row = {"kind": "changed", "verb": "", "words": "[]", "status_before": "prospective", "status_after": ""}
    >>> verb(row), verb({**row, "status_after": "repealed"}), verb({**row, "kind": "added", "verb": "inserted"})
    ('in force', 'repealed', 'inserted')
    """
    if row["kind"] == "changed" and row["status_before"] != row["status_after"]:
        if not row["status_after"]:
            return "in force" if row["status_before"] == "prospective" else "changed"
        return str(row["status_after"]) if row["status_after"] in _FIRST else "changed"
    if row["verb"] == "heading changed" and provisions.is_all_heading(row):
        return "changed"
    return str(row["verb"]) or _BY_KIND[row["kind"]]


def headline(rows: Sequence[Row], title: str, taken: int = 0) -> tuple[Sentence, str] | None:
    """Return the headline for what happened to the provisions of a law, and its verb; None where nothing did.

    What matters most is told by name, as far as it came about together, of all else how many provisions had which fate.
    What corrigenda alone brought about is told as corrected. There is room for ``taken`` words behind it, and where
    that is possible for the day.
    """
    told = provisions.of_provisions(rows)
    fates = _fates(told)
    if told and all(map(_is_correction, told)):
        fates = {CORRECTED: list({row["path"]: row for row in told}.values())}
    if not fates:
        return None
    first, alike = next(iter(fates.items()))
    named = list({str(called): called for called in map(provisions.name, alike)}.values())
    most = len({str(provisions.name(row)) for row in alike if _cause(row) == _cause(alike[0])})
    others = _others(fates)
    rooms = (HEADLINE - taken - DAY_WORDS, HEADLINE - taken)
    whole = words(re.sub(r"^The (?=\S)", "", title))
    for counts in dict.fromkeys((tuple(others.items()), (("changed", others.total()),) if others else ())):
        said = [
            _said(first, names, counts, title, room)
            for several in _names(named, most)
            for room in rooms
            for names in several
        ]
        for wanted in (whole, MIN_TITLE_WORDS):
            if best := next((each for each, left in said if left >= min(wanted, whole)), None):
                return best, first
    return said[-1][0], first


def _fates(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Return changes by what happened, what matters most first: each provision once, new places where there is more.

    Of those that share a fate the ones come first that came about with the most others, as in the summary.
    """
    fates: dict[str, dict[str, Row]] = {}
    causes = Counter(map(_cause, rows))
    has_wholes = any(weight(row) < _PART for row in rows)

    def place(row: Row) -> tuple[int, bool, int, str, str]:
        found = _cause(row)
        return weight(row), not found.by, -causes[found], found.day, found.since

    for row in sorted(rows, key=place):
        if not any(row["path"] in paths for paths in fates.values()):
            words_of = "words inserted" if row["kind"] == "added" else "words omitted"
            fate = words_of if has_wholes and _is_part(row) else verb(row)
            fates.setdefault(fate, {})[row["path"]] = row
    counted = {fate: list(paths.values()) for fate, paths in fates.items()}
    return {fate: alike for place, (fate, alike) in enumerate(counted.items()) if not place or fate not in _MOVED}


def _others(fates: Mapping[str, Sequence[Row]]) -> Counter[str]:
    """Return how many provisions beside those named first had which fate; one with several parts that came is one."""
    of_provision: dict[str, str] = {}
    for fate, alike in fates.items():
        for row in alike:
            of_provision.setdefault(_provision(row), _COUNTED_AS.get(fate, fate))
    named = set(map(_provision, next(iter(fates.values()))))
    return Counter(fate for each, fate in of_provision.items() if each not in named)


def _provision(row: Row) -> str:
    return str(row.get("part") or row["path"])


def _is_correction(row: Row) -> bool:
    """Whether a provision reads otherwise by a corrigendum, which changes no law."""
    by = cause(row).by
    return bool(by) and all(is_corrigendum(name) for name, _ in by)


def _cause(row: Row) -> Cause:
    """Return what a provision is put down to, by instruments and day, as the sentences of a summary are."""
    return without_places(cause(row))


def _is_part(row: Row) -> bool:
    """Whether no whole provision came or went, but one of its parts."""
    if row["kind"] != "changed" or row["status_before"] != row["status_after"] or verb(row) not in provisions.ENDS:
        return bool(row.get("part"))
    return rank(row["path"], eu=str(row["document"]).startswith("celex:")) == "other"


def weight(row: Row) -> int:
    """Return how much matters what happened to a provision, 0 the most; the repeal of a part of it is an omission."""
    fate = verb(row)
    if _is_part(row):
        fate = "part inserted" if row["kind"] == "added" else "part omitted"
    elif fate in provisions.ENDS and row["kind"] == "changed" and row["status_before"] == row["status_after"]:
        fate = "omitted"
    return _WEIGHT.index(fate) if fate in _WEIGHT else len(_WEIGHT)


def _names(named: Sequence[Sentence], most: int) -> Iterator[Sequence[Sentence]]:
    """Yield provisions in one, first those with names, as many as can be told before fewer; then how many there are."""
    yield [together(named, count, "others") for count in range(min(3, most), 0, -1)]
    if len(named) > 1:
        yield [say("provisions", count=structure(len(named)))]


def _said(fate: str, named: Sentence, others: Sequence[tuple[str, int]], title: str, room: int) -> tuple[Sentence, int]:
    """Return a headline, and the words of its title for which it has room."""
    if fate in _FIRST and not others:
        text = say(_FIRST[fate], named=named)
    elif fate.startswith("words "):
        text = say("headline words", verb=capital(say(fate)), named=named)
    elif fate == "heading changed":
        text = say("headline heading", named=named)
    else:
        text = say("happened", named=capital(named), verb=say(_VERBS.get(fate, fate)))
    if others:
        text = say("headline others", text=text, others=chain("comma", list(_counted(others, named))))
    joint = "of law" if not others and (fate in _FIRST or fate.startswith("words ")) else "in law"
    left = room - words(str(say(joint, text=text, title=source(""))))
    shown = called(title, max(left, 1))
    has_article = str(shown).startswith("the ")
    return say(joint, text=text, title=shown), left - has_article


def _counted(others: Sequence[tuple[str, int]], named: Sentence) -> Iterator[Sentence]:
    """Yield how many other provisions had which fate; what they are is said once."""
    is_said = named.template in _SAYING
    for place, (fate, count) in enumerate(others):
        template = "counted" if place or is_said else "other counted" if count == 1 else "others counted"
        yield say(template, count=structure(count), verb=say(_VERBS.get(fate, fate)))


def called(title: str, room: int) -> Sentence:
    """Return a title inside a sentence: with the article that the name of a law has there.

    >>> [str(called(title, 9)) for title in ("The Sample Rules 2029", "Sample Act 2001", "Directive 2029/1/EU on fees")]
    ['the Sample Rules 2029', 'the Sample Act 2001', 'Directive 2029/1/EU on fees']
    """
    bare = re.sub(r"^The (?=\S)", "", title)
    if bare == title and (_UNNAMED.match(title) or not _INSTRUMENT.search(title)):
        return short(title, room)
    return say("the law", title=short(bare, max(room - 1, 1)))
