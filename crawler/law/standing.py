"""How a law as a whole stands on a day, from how its provisions stand or from what is stated of some of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.law.in_force import ProvisionState, is_whole_step
from crawler.law.steps import ASIDE, SOURCES, Step, StepState

NOT_APPLICABLE = "not applicable"
AT_LEAST = "at least in part"
"""Of a law of which only a part was read, something is in force."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawState:
    """How a law stands on a day: how many of its provisions are in force, in force in part, not yet, not stated.

    ``first`` and ``since`` are the first and the last day on which one of its original provisions came into force,
    ``next`` the next day ahead. ``stated`` is what is stated where the provisions themselves are not known.
    """

    in_force: int = 0
    in_part: int = 0
    not_yet: int = 0
    not_stated: int = 0
    first: str = ""
    since: str = ""
    next: str = ""
    stated: str = ""

    @property
    def provisions(self) -> int:
        """Return how many provisions there are."""
        return self.in_force + self.in_part + self.not_yet + self.not_stated

    @property
    def summary(self) -> str:
        """Return the law's state as documents have it: its day, its first and last day, in parts, not yet, not stated.

        >>> [LawState(in_force=3, first=first, since="2003-04-01").summary for first in ("2003-04-01", "2001-01-01")]
        ['2003-04-01', '2001-01-01/2003-04-01']
        >>> [state.summary for state in (LawState(in_force=1, in_part=1), LawState(in_force=1, not_stated=1))]
        ['in parts', 'at least in part']
        >>> LawState(not_yet=2).summary, LawState(not_yet=1, not_stated=2).summary
        ('not yet', 'not stated')
        """
        if self.in_force and self.in_force == self.provisions:
            return days(self.first, self.since)
        if not self.provisions and self.stated:
            return self.stated
        if self.in_part or (self.in_force and not self.not_stated) or (self.in_force and self.not_yet):
            return "in parts"
        if self.in_force:
            return AT_LEAST
        return "not yet" if self.not_yet and not self.not_stated else "not stated"


def days(first: str, last: str) -> str:
    """Return the days on which the parts of a law began: one day, or the first and the last with a slash between."""
    return f"{first}/{last}" if first and first != last else last


def law_state(states: Iterable[ProvisionState]) -> LawState:
    """Return the state of a law from those of its provisions; what was inserted later has no part in its days."""
    counted = {"in force": 0, "in part": 0, "not yet": 0, "not stated": 0}
    original: list[str] = []
    later: list[str] = []
    ahead = ""
    for state in states:
        counted[state.state] += 1
        is_later = any(step.source == "insertion" for step in state.steps)
        begun = [step.date for step in state.steps if step.date and step.date <= state.since and _begins(step)]
        (later if is_later else original).extend(filter(None, (state.since, *begun)))
        ahead = min(filter(None, (ahead, state.next)), default="")
    known = original or later
    return LawState(
        in_force=counted["in force"], in_part=counted["in part"], not_yet=counted["not yet"],
        not_stated=counted["not stated"], first=min(known, default=""), since=max(known, default=""), next=ahead,
    )  # fmt: skip


def _begins(step: Step) -> bool:
    return step.state in ("in force", "wholly in force") and not step.is_rest


def law_state_without_text(steps: Sequence[Step], day: str) -> LawState:
    """Return the state of a law of which not all provisions are known, from what is stated of some of them.

    >>> step = Step(path="section-1", state="in force", source="effect", date="2003-04-01")
    >>> [law_state_without_text([step], day).summary for day in ("2003-01-01", "2004-01-01")]
    ['not stated', 'at least in part']
    >>> whole = Step(path="", state="in force", source="metadata", date="2005-04-01")
    >>> [law_state_without_text(known, "2006-01-01").summary for known in ([whole], [step, whole])]
    ['2005-04-01', '2003-04-01/2005-04-01']
    """
    steps = [step for step in steps if step.state not in ASIDE]
    begun = [step for step in steps if step.date and _begins(step)]
    wholes = [step for step in begun if not step.path and is_whole_step(step)]
    best = min((step.source for step in wholes), key=SOURCES.index, default="")
    # Of the whole law the most exact source says when, as of a provision.
    begun = [step for step in begun if step not in wholes or step.source == best]
    whole = min((step.date for step in wholes if step.source == best), default="") or _last(steps)
    first = min((step.date for step in begun if step.source != "insertion" and step.date <= day), default="")
    ahead = min((step.date for step in begun if step.date > day), default="")
    if whole and (whole <= day or not first):
        return LawState(stated=days(min(first, whole) if first else "", whole), next=ahead)
    if whole:
        return LawState(stated="in parts", next=ahead)
    return LawState(stated=AT_LEAST if any(step.date <= day for step in begun) else "", next=ahead)


def differing(steps: Sequence[Step]) -> tuple[tuple[StepState, str, str], ...]:
    """Return of which days of a whole law its own words and its publisher's data differ: state, own day, stated day.

    >>> own = Step(path="", state="in force", source="own provision", date="2014-07-02")
    >>> stated = Step(path="", state="in force", source="metadata", date="2016-07-03")
    >>> part = Step(path="article-2", state="in force", source="metadata", date="2016-07-03")
    >>> alone = Step(path="article-2", state="in force", source="own provision", date="2014-07-02")
    >>> differing([own, stated]), differing([own, own, part]), differing([alone, stated])
    ((('in force', '2014-07-02', '2016-07-03'),), (), ())
    """
    found: list[tuple[StepState, str, str]] = []
    for state in ("in force", *ASIDE):
        spoken = [step for step in steps if step.source == "own provision" and not step.path]
        own = sorted({step.date for step in spoken if step.state == state and step.date})
        whole = [step for step in steps if step.source == "metadata" and not step.path]
        data = {step.date for step in whole if step.state == state and step.date}
        found += [(state, own[0], day) for day in sorted(data - set(own)) if own]
    return tuple(found)


def _last(steps: Sequence[Step]) -> str:
    """Return the day on which all of a law is in force by its own words on the rest, empty if they leave it open."""
    rest = any(step.is_rest and step.date and step.source == "own provision" for step in steps)
    is_open = any(not step.date or step.is_limited for step in steps if step.source == "own provision")
    return max(step.date for step in steps) if rest and not is_open else ""
