"""Limits that a publisher's notes set to what was done to provisions: some purposes, some places, days gone by."""

import re
from collections.abc import Iterator, Sequence

from crawler.changes.strength import DutyChange
from crawler.identifiers import affected
from crawler.identifiers.affected_provisions import relation
from crawler.law import Amendment, bare_path, is_limited, read_note
from crawler.store import Row, Store, wordings

MAX_TOLD = 4
"""Most limits of one provision that are told."""
_BACK = re.compile(r"\b(?:retrospective|temp(?:orarily)?\b)")

Limits = Sequence[tuple[str, str]]
"""Paths of provisions, each with what a note says was done to it, and within which limits."""


def limits(store: Store, rows: Sequence[Row], root: str) -> Limits:
    """Return the limits in the notes that are new in the texts of a law behind some changes, in the order of the text.

    What began for the rest as well has none any more. That a provision was extended to other places stands beside them.
    """
    of_law = (row for row in rows if row.get("law") and row["document"] == root and row.get("previous"))
    pairs = dict.fromkeys((str(row["version"]), str(row["previous"])) for row in of_law)
    notes, modified = (
        dict.fromkeys(note for pair in pairs for note in wordings.new_notes(store, *pair, kind)) for kind in "FC"
    )
    facts = (fact for note in notes for fact in read_note("F", note).amendments)
    found = [(path, _said(fact)) for fact in facts if _has_limit(fact) for path in affected(fact.provision)]
    wider = (fact for note in modified for fact in read_note("C", note).modifications if fact.verb == "extended")
    said = ((path, f"{each.provision} extended {each.brackets}") for each in wider for path in affected(each.provision))
    limited = dict(found)
    return [*found, *((path, words) for path, words in said if path in limited)]


def at(known: Limits, path: str) -> Iterator[DutyChange]:
    """Yield the limits of what was done to a provision, or to parts of it."""
    names = (path, bare_path(path))
    said = dict.fromkeys(words for named, words in known if any(relation(named, each) for each in names))
    yield from (DutyChange(flag="limit", after=words) for words in list(said)[:MAX_TOLD])


def _has_limit(fact: Amendment) -> bool:
    """Whether an amendment has no day without a limit, holds in some places alone, or from before it was made.

    >>> when = ("(1.2.2029 for specified purposes)", "(1.2.2029)", "(E.W.) (1.2.2029)", "(retrospective to 1.2.2027)",
    ...  "(1.2.2029 for specified purposes, 1.3.2029 in so far as not already in force)")
    >>> notes = [read_note("F", f"S. 4 inserted {each} by 2028 c. 9") for each in when]
    >>> [_has_limit(fact) for note in notes for fact in note.amendments]
    [True, False, True, True, False]
    """
    dated = [each for each in fact.dates if each.date]
    is_in_part = bool(dated) and all(is_limited(each.qualification) for each in dated)
    return bool(is_in_part or fact.extent or _BACK.search(fact.written))


def _said(fact: Amendment) -> str:
    """Return what a note says up to the instrument: of what was done, where and when.

    >>> notes = ("Words in s. 4(2) substituted (E.W.) (1.2.2029) by 2028 c. 9", "S. 4A inserted (E.) by 2028 c. 9")
    >>> [_said(fact) for note in notes for fact in read_note("F", note).amendments]
    ['Words in s. 4(2) substituted (E.W.) (1.2.2029)', 'S. 4A inserted (E.)']
    """
    of = f"{fact.what} in {fact.provision}" if fact.what else fact.provision
    parts = (of, fact.beside, fact.verb, fact.complement, *fact.extent, fact.written)
    return " ".join(part for part in parts if part)
