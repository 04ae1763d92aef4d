"""Whether provisions are in force on a day, from everything that is stated of them."""

import re
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from crawler.identifiers.affected_provisions import relation
from crawler.law.steps import ASIDE, AT_THE_LATEST, SOURCES, Step, Steps, bare_path

InForce = Literal["in force", "in part", "not yet", "not stated"]
ENDED = frozenset({
    "repealed", "revoked", "expired", "lapsed", "spent", "quashed", "superseded", "discarded", "no longer in force",
    "not valid",
})  # fmt: skip
"""Statuses of laws and provisions that are in force no more: when they came into force says nothing of now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionState:
    """How a provision stands on a day: since when, the next day ahead, and the steps behind it, in order.

    ``is_disputed``: two sources state different days for the whole of it. ``is_latest``: it may be in force since an
    earlier day, which is stated for provisions that are not named. ``applies`` is the one day from which it applies,
    where that is stated.
    ``places`` are those where it is in force, each with the day since when, of one that is so in part because of them
    alone.
    """

    state: InForce
    since: str = ""
    next: str = ""
    steps: tuple[Step, ...] = ()
    is_disputed: bool = False
    is_latest: bool = False
    applies: str = ""
    places: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def is_unmarked(self) -> bool:
        """Whether all that says since when it is in force is a text that no longer marks it prospective."""
        return bool(self.since) and {step.source for step in self.steps if step.date == self.since} == {"text"}


def provision_state(
    steps: Steps, path: str, day: str, *, children: Collection[str] = (), is_prospective: bool = False
) -> ProvisionState:
    """Return how a provision stands on a day.

    ``children`` are the paths of its direct parts, ``is_prospective`` that the publisher marks it as not in force yet.

    >>> steps = Steps([Step(path="section-1", state="in force", source="annotation", date="2003-04-01",
    ...     qualification="for specified purposes"), Step(path="section-1", state="in force", source="annotation",
    ...     date="2004-04-01", qualification="in so far as not already in force")])
    >>> [provision_state(steps, "section-1", day).state for day in ("2003-01-01", "2003-06-01", "2004-06-01")]
    ['not yet', 'in part', 'in force']
    """
    found = _without_earlier(list(steps.about(path)))
    about = [(step, how) for step, how in found if step.state not in ASIDE]
    named = _counting(about)
    aside = _counting([(step, how) for step, how in found if step.state in ASIDE and _is_about(step, path)])
    if _is_later(about):  # What a law says of its own application is no word on what was put in later.
        aside = [(step, how) for step, how in aside if step.path]
    known = sorted(
        (step for step, _ in (*named, *aside)), key=lambda step: (step.date or "9999", SOURCES.index(step.source))
    )
    whole = [step for step, how in named if how != "around" and step.date and is_whole_step(step)]
    begun = [step for step in known if step.date and step.state in ("in force", "wholly in force")]
    places: Mapping[str, str] = {}
    since = "" if _is_waiting(named) else _not_before(about, _since(named, whole, children, steps.reach, day), day)
    ahead = min((step.date for step in begun if step.date > day), default="")
    if since:
        state: InForce = "in force"
    elif any(step.date <= day for step in begun):
        state, since = "in part", min(step.date for step in begun)
        places = _where([step for step in begun if step.date <= day], _by_place(named), day)
    elif ahead or is_prospective or any(step.state == "not in force" for step in known):
        state = "not yet"
    else:
        state = "not stated"
    return ProvisionState(
        state=state,
        since=since,
        next=ahead,
        steps=tuple(known),
        is_disputed=_is_disputed(named),
        is_latest=_is_latest(named, since),
        applies=_applies(aside),
        places=places,
    )


def _without_earlier(found: list[tuple[Step, str]]) -> list[tuple[Step, str]]:
    """Return steps without those that, before a provision was put in, were said of a range or a part around it."""
    put_in = min(
        (step.date for step, how in found if how != "around" and _is_new(step) and not step.is_limited), default=""
    )
    return [(step, how) for step, how in found if how != "inside" or _is_new(step) or not "" < step.date < put_in]


def _is_new(step: Step) -> bool:
    return step.source == "insertion" and step.authority.startswith(("inserted", "added"))


def _is_later(named: Sequence[tuple[Step, str]]) -> bool:
    """Whether a provision was put in, or put in the place of another, after its law was made."""
    return any(step.source == "insertion" and how != "around" for step, how in named)


def _is_about(step: Step, path: str) -> bool:
    """Whether a statement on application says something of a provision: of it, of all, or of words that name it.

    >>> step = Step(path="", state="applies", source="own provision", provision="point (a) of Article 17(2)")
    >>> _is_about(step, "article-17"), _is_about(step, "article-7")
    (True, False)
    """
    if step.path or (step.state == "applies" and not step.provision):
        return True
    number = path.partition("-")[2].partition("-")[0]
    return re.search(rf"(?<![\w(]){re.escape(number)}(?!\w)", step.provision) is not None


def _applies(aside: Sequence[tuple[Step, str]]) -> str:
    """Return the day from which a provision applies, empty where none or several are stated of it or of parts of it."""
    stated = {step.date for step, _ in aside if step.state == "applies"}
    is_plain = all(not step.qualification and not step.provision for step, _ in aside if step.state == "applies")
    return stated.pop() if len(stated) == 1 and is_plain else ""


def _is_waiting(named: Sequence[tuple[Step, str]]) -> bool:
    """Whether a part of a provision is said to begin on a day that is not told, and nothing tells that it did."""
    begun = [step for step, how in named if step.date and how != "rest"]
    left = [step for step, how in named if how == "around" and not step.date and step.state == "to be appointed"]
    return any(not any(relation(step.path, part.path) for step in begun) for part in left)


def _counting(named: list[tuple[Step, str]]) -> list[tuple[Step, str]]:
    """Return the steps that count for a provision: of one inserted later nothing that was said of the whole law.

    What is said of the rest counts where nothing names the provision.
    """
    is_later = _is_later(named)
    is_named = any(how in ("same", "inside") and not step.is_limited for step, how in named)
    return [(step, how) for step, how in named if how != "rest" or not (is_later or (step.is_rest and is_named))]


def is_whole_step(step: Step) -> bool:
    """Whether a step states the day of the whole of its provision."""
    return step.state == "wholly in force" or (step.state == "in force" and not step.is_limited)


def _since(
    named: Sequence[tuple[Step, str]], whole: Sequence[Step], children: Collection[str], reach: Set[str], day: str
) -> str:
    """Return since when the whole of a provision is in force, empty where it is not on the day."""
    for source in SOURCES:
        stated = [step.date for step in whole if step.source == source]
        if stated and min(stated) <= day:
            return min(date for date in stated)
        if stated:
            return ""
    begun = _by_place(named)
    last = max((begun[place] for place in reach if place in begun), default="")
    is_everywhere = begun.keys() >= reach and last <= day
    return last if is_everywhere else _by_children(named, children, day)


def _where(begun: Sequence[Step], places: Mapping[str, str], day: str) -> dict[str, str]:
    """Return since when the whole of a provision is in force in which places; none where something began elsewhere.

    >>> begun = [Step(path="", state="in force", source="effect", places=(place,)) for place in ("England", "Wales")]
    >>> _where(begun, {"England": "2016-04-01", "Wales": "2018-04-01", "Scotland": "2020-04-01"}, "2019-01-01")
    {'England': '2016-04-01', 'Wales': '2018-04-01'}
    """
    there = {place: since for place, since in places.items() if since <= day}
    return there if all(step.places and there.keys() >= set(step.places) for step in begun) else {}


def _by_place(named: Sequence[tuple[Step, str]]) -> dict[str, str]:
    """Return since when the whole of a provision is in force in each part of the United Kingdom that steps name."""
    begun: dict[str, str] = {}
    for step, how in named:
        is_all = (
            not step.qualification
            or not Step(
                path="", state="in force", source="effect", qualification=_without_places(step.qualification)
            ).is_limited
        )
        if how != "around" and step.state == "in force" and step.date and step.places and is_all:
            begun |= {place: min(step.date, begun.get(place, step.date)) for place in step.places}
    return begun


def _without_places(words: str) -> str:
    return re.sub(r"\(?\bfor (?:[EWSN]\.|G\.B\.)[A-Z. ]*\)?|\([EWSN.I ]+\)", "", words).strip()


def _by_children(named: Sequence[tuple[Step, str]], children: Collection[str], day: str) -> str:
    """Return since when every direct part of a provision is in force, as steps on the parts state it."""
    begun: dict[str, str] = {}
    for step, how in named:
        if how == "around" and step.date and is_whole_step(step):
            begun |= {
                child: step.date for child in children if relation(step.path, bare_path(child)) in ("same", "inside")
            }
    last = max(begun.values(), default="")
    return last if children and len(begun) == len(children) and last <= day else ""


def _not_before(about: Sequence[tuple[Step, str]], since: str, day: str) -> str:
    """Return since when an inserted provision is in force: not before the law that it was inserted into."""
    is_later = _is_later(about)
    law = min((step.date for step, how in about if how == "rest" and step.date and is_whole_step(step)), default="")
    if not is_later:
        return since
    return since if not since or not law or law <= since else law if law <= day else ""


def _is_latest(named: Sequence[tuple[Step, str]], since: str) -> bool:
    """Whether a day is that of all that remained after an earlier day of provisions that are not named."""
    if any(step.date == since and step.qualification == AT_THE_LATEST for step, _ in named):
        return True
    rest = [step for step, _ in named if step.is_rest and step.date]
    is_of_rest = any(step.date == since and not step.is_limited for step in rest)
    is_named = any(step.date == since and not step.is_rest for step, _ in named)
    return is_of_rest and not is_named and any(step.is_limited and step.date < since for step in rest)


def _is_disputed(named: Sequence[tuple[Step, str]]) -> bool:
    """Whether two sources state different days for the whole of a provision."""
    stated: dict[str, set[str]] = {}
    for step, how in named:
        if how in ("same", "inside") and step.state == "in force" and step.date and not step.is_limited:
            stated.setdefault(step.source, set()).add(step.date)
    days = list(stated.values())
    return any(one.isdisjoint(other) for place, one in enumerate(days) for other in days[place + 1 :])
