"""Headlines of what happened to a law: provision, verb, law."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawler.entries import provisions
from crawler.entries.lengths import HEADLINE, words
from crawler.entries.templates import Said, capital, listed, say, source, structure
from crawler.entries.titles import short
from crawler.store import Row

DAY_WORDS = len(["from", "13", "March", "2026"])
"""Words of the day that is read behind a headline."""
MIN_TITLE_WORDS = 9
"""Words of a long title for which names of provisions make room."""

_WEIGHT = (
    "repealed", "revoked", "in force", "inserted", "substituted", "omitted", "removed", "words repealed",
    "words omitted", "words substituted", "words inserted", "changed", "heading changed", "renumbered", "moved",
)  # fmt: skip
"""What happens to provisions, what matters most first; what is not here comes last."""
_MOVED = ("renumbered", "moved")
"""What is not counted beside what matters more."""
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
    if row["verb"] == "heading changed" and row["path"] == "introduction":
        return "changed"
    return str(row["verb"]) or _BY_KIND[row["kind"]]


def headline(rows: Sequence[Row], title: str, taken: int = 0) -> tuple[Said, str] | None:
    """Return the headline for what happened to the provisions of a law, and its verb; None where nothing did.

    What matters most is told by name, all else is counted. There is room for ``taken`` words behind it, and where that
    is possible for the day.
    """
    rows, fates = provisions.of_provisions(rows), dict[str, list[Row]]()
    for row in rows:
        fates.setdefault(verb(row), []).append(row)
    if not fates:
        return None
    first = min(fates, key=lambda fate: _WEIGHT.index(fate) if fate in _WEIGHT else len(_WEIGHT))
    told = {row["path"] for row in fates[first]}
    others = len({row["path"] for row in rows if verb(row) not in _MOVED} - told)
    named = list({str(called): called for called in map(provisions.name, fates[first])}.values())
    rooms = (HEADLINE - taken - DAY_WORDS, HEADLINE - taken)
    said = [_said(first, names, others, title, room) for room in rooms for names in _names(named)]
    whole = words(re.sub(r"^The (?=\S)", "", title))
    for wanted in (whole, MIN_TITLE_WORDS):
        if best := next((each for each, left in said if left >= min(wanted, whole)), None):
            return best, first
    return said[-1][0], first


def _names(named: Sequence[Said]) -> Iterator[Said]:
    """Yield names of provisions in one, first as many as can be told, at last how many there are."""
    for most in range(min(3, len(named)), 0, -1):
        yield together(named, most)
    if len(named) > 1:
        yield say("provisions", count=structure(len(named)))


def together(named: Sequence[Said], most: int) -> Said:
    """Return names in a row, the word that they share once.

    >>> row = [structure(f"section {number}") for number in (1, 2, "3A", 4)]
    >>> str(together(row[:2], 3)), str(together(row, 2)), str(together([*row[:1], structure("schedule 1")], 3))
    ('sections 1 and 2', 'sections 1, 2 and 2 more', 'section 1 and schedule 1')
    """
    units = {str(each).partition(" ")[0] for each in named}
    numbers = [str(each).partition(" ")[2] for each in named]
    if len(named) < 2 or len(units) > 1 or not all(re.fullmatch(r"[0-9A-Z][0-9A-Za-z().]*", each) for each in numbers):
        return listed(named, most)
    unit = units.pop()
    plural = f"{unit}es" if unit.endswith("x") else f"{unit}s"
    return say("happened", named=structure(plural), verb=listed([structure(each) for each in numbers], most))


def _said(fate: str, named: Said, others: int, title: str, room: int) -> tuple[Said, int]:
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
        text = say("headline others", text=text, count=structure(others), be=say("other" if others == 1 else "others"))
    joint = "of law" if not others and (fate in _FIRST or fate.startswith("words ")) else "in law"
    left = room - words(str(say(joint, text=text, title=source(""))))
    shown = called(title, max(left, 1))
    has_article = str(shown).startswith("the ")
    return say(joint, text=text, title=shown), left - has_article


def called(title: str, room: int) -> Said:
    """Return a title inside a sentence: with the article that the name of a law has there.

    >>> [str(called(title, 9)) for title in ("The Sample Rules 2029", "Sample Act 2001", "Directive 2029/1/EU on fees")]
    ['the Sample Rules 2029', 'the Sample Act 2001', 'Directive 2029/1/EU on fees']
    """
    bare = re.sub(r"^The (?=\S)", "", title)
    if bare == title and (_UNNAMED.match(title) or not _INSTRUMENT.search(title)):
        return short(title, room)
    return say("the law", title=short(bare, max(room - 1, 1)))
