"""What is announced, what waits, what is silent, and what is gathered into one entry: decided here.

:func:`silence` decides of a change when it is seen, :func:`settle` of all that waits or is ready when a crawl closes,
:func:`gather` which families share an entry. All are pure; table ``outbox`` keeps what was decided. What is silent
stays so; what waits is settled again by a later crawl.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Literal

from crawler.model import Cause
from crawler.text import latest, moment

Row = dict[str, Any]
State = Literal["silent", "waiting", "ready", "announced", "retracted"]
Late = Literal[
    "", "late whole", "late source", "late undecided", "late decision", "late unread", "late unsettled", "late still",
    "late held",
]  # fmt: skip
"""Why changes of earlier crawls are told now, as a template of :mod:`crawler.entries.templates`: the first counts."""

MIN_AGE_OF_OLDER = timedelta(days=30)
"""What is dated this much before it could be seen is newly listed, not new."""
VERY_OLD = timedelta(days=365)
"""And so is what is dated this much before it was seen, although its source was not read in between."""
NEWLY_LISTED = "newly listed"
LISTED = "told by its list"
"""Why the appearance of what a complete list names is silent: an entry on the list tells it."""
OTHER_PARTS = "other parts"
"""Why a change is silent that lies outside the parts of a law that are named."""
UNSETTLED = "unsettled"
"""Why a change waits, and the flag of one, whose words go to and fro."""
TURNING = "turning"
"""Why a change waits at a place that may hold other words at each visit."""
MAX_HELD = timedelta(days=7)
"""Longest time for which it does, whatever changes there besides."""
CLOSING, UNREAD, REVIEW, OUT = "closing", "unread", "review", "out of scope"
"""Why a change waits: for the end of its crawl, for a page of its family, for a decision, or to come in at all."""
DUPLICATE, NO_WORDS = "duplicate", "of people"
"""Why a change is silent when its crawl closes: another family tells it, or nothing of it may be shown."""
STILL = 2
"""Visits at which it must stand unchanged until it is told again; twice as many each time that it then did not."""
OF_PEOPLE = ("new", "retitled", "status", "date", "withdrawn", "gone", "returned", "relocated")
"""What is told of a document that can name people: of what else happens to it nothing may be shown."""
MAX_SINGLE_OLDER = 1
"""Most older documents of one source that have entries of their own."""
FLOOD = 10
"""Most new documents of a source that a crawl tells one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known of a change when it is seen.

    ``is_watched``: its source had a complete healthy walk before. ``is_weaker``: its document shows a better text.
    ``is_told``: another source told it; ``is_outside``: it lies outside the parts of a law that are named.
    ``is_unsettled``: it was told that its words go to and fro. The others count for appearances: ``why`` the page was
    asked (a value of ``frontier.WHY``); ``is_reached_anew``: options reach it that its source did not have then;
    ``above``: why the document that it hangs on is silent, "first reading" where that was never read before;
    ``is_old``: what names it first dates it long before the visit before; ``is_of_list``: a complete list names it, of
    which an entry tells.
    """

    cause: Cause = "source"
    is_watched: bool = True
    is_weaker: bool = False
    is_told: bool = False
    is_outside: bool = False
    is_unsettled: bool = False
    why: str = ""
    is_reached_anew: bool = False
    above: str = ""
    is_old: bool = False
    is_of_list: bool = False


def is_old(stated: str | None, walked: str | None, seen: str = "") -> bool:
    """Whether a document is dated long before its source was last ``walked``, or very long before it was ``seen``."""
    dated = latest(stated or "")
    if dated is None:
        return False
    return (bool(walked) and dated < moment(walked or "") - MIN_AGE_OF_OLDER) or (
        bool(seen) and dated < moment(seen) - VERY_OLD
    )


def silence(seen: Seen) -> str:
    """Return why a change is never announced, empty where it may be.

    That it is newly listed holds for parts of other documents: what stands alone is gathered.
    """
    found = (
        ("weaker representation", seen.is_weaker),
        ("first walk", not seen.is_watched or seen.why == "first walk"),
        ("backfill", seen.why == "backfill"),
        ("new options", seen.why == "aside" or seen.is_reached_anew),
        (seen.cause, seen.cause != "source"),
        (seen.above, True),
        (LISTED, seen.is_of_list),
        (NEWLY_LISTED, seen.is_old),
        ("told already", seen.is_told),
        (OTHER_PARTS, seen.is_outside),
        (UNSETTLED, seen.is_unsettled),
    )
    return next((reason for reason, holds in found if reason and holds), "")


# What waits or is ready, settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A row of the outbox, with what is known of its change.

    ``root`` is the top of its family, ``told_with`` that of the family it was settled in last. ``since`` is the crawl
    since which it is in its state. ``late`` holds why it is told late, and that it is newly listed. ``visits`` counts
    the later visits at which its words were the same, ``is_last`` whether they were at all of them; ``is_known``: they
    are what was told when they stood still last; ``stills``: how often they were told so; ``is_overdue``: they waited
    for :data:`MAX_HELD` to be seen to stand still.
    """

    change: str
    root: str
    told_with: str
    state: State
    since: str
    document: str
    kind: str
    reason: str = ""
    due: str | None = None
    late: tuple[str, ...] = ()
    path: str = ""
    after: str = ""
    is_private: bool = False
    visits: int = 0
    is_last: bool = True
    is_known: bool = False
    stills: int = 0
    is_overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyStanding:
    """How a family stands when a crawl closes.

    ``is_in``: it is told of, as it belongs in the round-up or nobody decided for so long; ``is_whole``: all of its
    source belongs there. ``due``: when it is told of though nobody decided. ``original`` is the family it is a copy of,
    itself where it is none; ``is_original_in`` whether that is told of, ``is_original_known`` whether it was before;
    ``copied`` are its documents that are copies.
    """

    is_in: bool = True
    band: str = "in"
    decided_by: str = "words"
    is_whole: bool = False
    due: str | None = None
    original: str = ""
    is_original_in: bool = False
    is_original_known: bool = False
    copied: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What a crawl of the clock ``now`` knows of its families, by their tops, when it closes.

    ``unread`` are those of which pages wait that were not asked in it. ``is_interrupted``: it was killed. ``let_in``
    are documents that come into the round-up now, but for those that our own rules bring in.
    """

    crawl: str
    now: str
    families: Mapping[str, FamilyStanding]
    unread: Collection[str] = frozenset()
    is_interrupted: bool = False
    let_in: Collection[str] = frozenset()


def settle(items: Sequence[Item], situation: Situation) -> list[Item]:
    """Return those of the items that wait and change, in their new state; what does not wait is settled for good.

    What waited is ready as its crawl closes; late, as its page was read or waited for once, its words stand still, or
    it comes into the round-up. Of that, what is to be read first or is not in waits; what copies repeat is silent.
    """
    waiting = [each for each in items if each.state == "waiting"]
    due = [each for each in waiting if _is_due(each, situation)]
    again = {name for each in due for name in (each.root, situation.families[each.root].original)}
    deferred = {root for root in situation.unread if situation.is_interrupted or root not in again}
    settled = [_held(_released(each, situation), situation, deferred) for each in waiting]
    repeated = set(_repeated([each for each in settled if each.state == "ready"], situation))
    pairs = zip(settled, waiting, strict=True)
    moved = [(_moved(new, old, situation, is_repeated=new in repeated), old) for new, old in pairs]
    return [new for new, old in moved if new != old]


def _moved(new: Item, old: Item, situation: Situation, *, is_repeated: bool) -> Item:
    if is_repeated:
        new = replace(new, state="silent", reason=DUPLICATE, root=situation.families[new.root].original)
    is_same = (new.state, new.reason) == (old.state, old.reason)
    return replace(new, told_with=new.root, since=old.since if is_same else situation.crawl)


def _is_due(item: Item, situation: Situation) -> bool:
    return item.reason == UNREAD and item.since != situation.crawl


def _released(item: Item, situation: Situation) -> Item:
    """Return a waiting change as ready where what it waited for happened, and as silent where it never will."""
    if item.reason == CLOSING:
        return _ready(item)
    if item.reason == UNREAD:
        return _ready(item, _why_in(item, situation), "late unread") if _is_due(item, situation) else item
    if item.reason == TURNING:
        late: Late = "late still" if item.visits >= STILL else "late held" if item.is_overdue else ""
        return _ready(item, late) if late else item
    if item.reason == UNSETTLED:
        if not item.is_last or item.is_known:
            return replace(item, state="silent")
        return _ready(item, "late unsettled") if item.visits >= STILL << item.stills else item
    if why := _why_in(item, situation):
        return _ready(item, why)
    is_in = situation.families[item.root].is_in
    return replace(item, state="silent", reason=OUT, due=None) if is_in else item


def _ready(item: Item, *late: str) -> Item:
    found = dict.fromkeys((*item.late, *filter(None, late)))
    return replace(item, state="ready", reason="", due=None, late=tuple(found))


def _why_in(item: Item, situation: Situation) -> Late:
    """Return why a change of a family that comes in is told now, empty where it is not.

    Where a person decided or nobody did, that is all that happened to it; else that it is there, or a part of it.
    """
    family, is_new = situation.families[item.root], item.kind == "new"
    if item.root not in situation.let_in:
        return "late source" if is_new and item.document in situation.let_in else ""
    if family.band == "review":
        return "late undecided"
    if family.decided_by == "decision":
        return "late decision"
    return ("late whole" if family.is_whole else "late source") if is_new else ""


def _held(item: Item, situation: Situation, deferred: Collection[str]) -> Item:
    """Return a change that is ready, or waits for its relevance, as it stands with its family."""
    family, is_ready = situation.families[item.root], item.state == "ready"
    if not is_ready and (item.state == "silent" or item.reason not in (REVIEW, OUT)):
        return item
    if is_ready and (item.root in deferred or (family.is_original_in and family.original in deferred)):
        late = tuple(each for each in item.late if each != "late unread")
        return replace(item, state="waiting", reason=UNREAD, due=situation.now, late=late)
    if not family.is_in:
        late = tuple(each for each in item.late if each == NEWLY_LISTED)
        reason = REVIEW if family.band == "review" else OUT
        return replace(item, state="waiting", reason=reason, due=family.due if reason == REVIEW else None, late=late)
    if item.is_private and item.kind not in OF_PEOPLE:
        return replace(item, state="silent", reason=NO_WORDS)
    return item


def _repeated(ready: Sequence[Item], situation: Situation) -> Iterator[Item]:
    """Yield what copies repeat, where readers get or got the original they repeat it from.

    That a copy appeared is no news of its own then; a file on its page that is a copy of nothing is. What else happens
    to a copy is news, unless it happened to the original in the same crawl.
    """
    told = {(each.root, each.kind, each.path, each.after) for each in ready}
    roots = {each.root for each in ready}
    for each in ready:
        family = situation.families[each.root]
        if family.original in ("", each.root) or not family.is_original_in:
            continue
        is_known = family.is_original_known or family.original in roots
        is_copy = is_known and (each.document == each.root or each.document in family.copied)
        if is_copy if each.kind == "new" else (family.original, each.kind, each.path, each.after) in told:
            yield each


# What is ready, gathered


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A family that is told of: its standing in the round-up, and changes as rows. ``late`` says why it comes late.

    ``folded`` are changes that say nothing more. ``source`` is that of its top where that is new;
    ``is_listed_late``: it was dated long before when it was listed.
    """

    root: str
    standing: Row
    rows: Sequence[Row]
    late: Late = ""
    folded: tuple[str, ...] = ()
    source: str = ""
    is_listed_late: bool = False

    @property
    def confirmed(self) -> bool:
        """Whether it is known to be relevant; if not, nobody decided for so long that it is told of."""
        return bool(self.standing["band"] != "review")

    @property
    def is_old(self) -> bool:
        """Whether it is told of as older and newly listed."""
        return self.is_listed_late and self.is_new

    @property
    def is_new(self) -> bool:
        """Whether all there is to tell of it is that it is there, or was until long ago."""
        new = {row["document"] for row in self.rows if row["kind"] == "new"}
        return self.root in new and all(row["document"] in new and not _is_news(row) for row in self.rows)


def _is_news(row: Row) -> bool:
    """Whether a new document was withdrawn, or went, not long before it was seen."""
    occurred = latest(row["occurred"] or row["seen"]) if row["kind"] in ("withdrawn", "gone", "returned") else None
    return occurred is not None and occurred >= moment(row["seen"]) - MIN_AGE_OF_OLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """New families of one source that are told in one entry; ``is_old``: they are older than the visit before."""

    source: str
    families: tuple[Family, ...]
    is_old: bool
    late: Late = ""
    confirmed: bool = True


def gather(families: Sequence[Family]) -> tuple[list[Family], list[Lot]]:
    """Return the families that have entries of their own, and what shares one.

    Those are several older documents of one source, and more new ones than :data:`FLOOD`.
    """
    groups: dict[tuple[str, bool, Late, bool], list[Family]] = defaultdict(list)
    for each in families:
        if each.is_new:
            groups[each.source, each.is_old, each.late, each.confirmed].append(each)
    lots = [
        Lot(source=source, families=tuple(group), is_old=is_old, late=late, confirmed=confirmed)
        for (source, is_old, late, confirmed), group in sorted(groups.items())
        if len(group) > (MAX_SINGLE_OLDER if is_old else FLOOD)
    ]
    gathered = {each.root for lot in lots for each in lot.families}
    return [each for each in families if each.root not in gathered], lots
