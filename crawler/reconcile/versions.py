"""A version joins its stream: compared with its neighbour in time, dated, held where it is suspicious."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from crawler import changes
from crawler.bodies.encoding import breaks_off, failed_in_part
from crawler.changes import named_parts
from crawler.changes.reasons import PROSPECTIVE
from crawler.changes.replaced import FILES, is_laid_out_anew, is_replaced, lost_alone, shares_words
from crawler.changes.starts import starts
from crawler.model import REPRESENTATIONS, Cause, Difference, Representation, Version
from crawler.outbox import Seen, silence
from crawler.reconcile.availability import JITTER
from crawler.reconcile.intents import AddChange, AddVersion, Annotate, Intent, Quarantine, Release, Retract
from crawler.reconcile.reading import Origin, Wording, version_id
from crawler.reconcile.streams import Announced, Head, Quarantined, Stream, StreamState
from crawler.sources import Source
from crawler.text import counted, moment, stamp

SHRUNK = 0.3
"""A text of less than this share of what it was is held until it is confirmed."""
MIN_CHARACTERS_TO_QUARANTINE = 400
"""Characters a text must have had before its shrinking is suspicious."""
ELSEWHERE = "another page says the very same, and said something else before"
REPLACED = "neither its title nor its words are there any more"
DAY = timedelta(hours=24)
"""Two later crawls that read the same shrunken text must be at least this far apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionResult:
    """What becomes of a version: new in its stream or not, different from its predecessor or not, or held and why."""

    intents: tuple[Intent, ...] = ()
    stored: bool = False
    changed: bool = False
    held: str = ""


def join(state: StreamState, wording: Wording, origin: Origin) -> VersionResult:
    """Return what is to be done with a version: nothing where its stream says the same already."""
    version = wording.version
    before, after = neighbours(state.heads, version, origin.source)
    release = (Release(stream=wording.stream(origin.source)),) if state.quarantined else ()
    if before is not None and is_same(before, wording):
        again = Annotate(
            document=version.document, version=before.id, annotations=version.annotations, fetch=origin.fetch
        )
        is_noted = version.annotations or before.annotations != "[]"
        return VersionResult(intents=(*release, again) if is_noted else release)
    if (held := hold(state, wording, origin)).held:
        return held
    added = (*release, AddVersion(wording=wording, origin=origin))
    if (other := before or after) is None or other.representation != version.representation:
        return VersionResult(intents=added, stored=True)  # Two forms of text of one address are not compared.
    if before is not None:
        history = after is not None and (after.valid_from or "") <= stamp(origin.clock)[:10]
        # One production of one day is one text, whatever a page or a file of it leaves out.
        history = history or _is_same_production(before, version)
        # What stood at several addresses was their wall: only now is the document read.
        history = history or (state.was_shared and not shares_words(state.text, version))
        history = history or is_laid_out_anew(state.text, version)
        compared, is_news = _compare(state, before, version, origin, history=history)
        return VersionResult(intents=(*added, *compared), stored=True, changed=is_news)
    return VersionResult(intents=(*added, *_compare_backwards(state, other, version, origin)), stored=True)


def is_same(head: Head, wording: Wording) -> bool:
    """Whether a stored version says what another says, from the same day."""
    return head.digest == wording.digest and head.valid_from == wording.version.valid_from


# Its neighbours


def alike(heads: Sequence[Head], version: Version, source: Source) -> list[Head]:
    """Return the stored versions that one is compared with: those that the same source gave, or that were read alike.

    Two sources that read one page under different options read it differently: that is no change, nor is what changes
    when options change, there and back. Nor is it one that two lists describe a document differently: a summary is the
    words of whoever lists it.
    """
    own = [head for head in heads if head.source == source.id]
    rows = own if version.representation == "summary" else heads
    return [head for head in rows if head.options_digest == source.options_digest] or own


def neighbours(heads: Sequence[Head], version: Version, source: Source) -> tuple[Head | None, Head | None]:
    """Return the version to compare with, and the next one in force or produced later."""
    rows = alike(heads, version, source)
    earlier = [head for head in rows if not _is_later(head, version)]
    later = [head for head in rows if _is_later(head, version)]
    return (earlier[-1] if earlier else None), (later[0] if later else None)


def production(label: str) -> str:
    """Return the number of the production that a label ends with, empty where it has none.

    >>> production("02014R0910-20241018 (002.003)"), production("enacted")
    ('002.003', '')
    """
    match = re.search(r"\((\d{3}\.\d{3})\)$", label, re.ASCII)
    return match[1] if match else ""


def _is_later(head: Head, version: Version) -> bool:
    """Whether a stored version is of a later day than another, or of the same day and produced later."""
    day, place = head.valid_from or "", version.valid_from or ""
    stored, new = production(head.label), production(version.label)
    return bool(day > place or (day == place and new and stored > new))


def _is_same_production(head: Head, version: Version) -> bool:
    number = production(version.label)
    return bool(number) and head.valid_from == version.valid_from and production(head.label) == number


def says_the_same(state: StreamState, wording: Wording, origin: Origin) -> bool:
    """Return whether a version says what was read last in its stream, or nothing was read yet."""
    before, _ = neighbours(state.heads, wording.version, origin.source)
    return before is None or before.digest == wording.digest


def said(state: StreamState, wording: Wording, origin: Origin) -> bool:
    """Return whether a stream said at some time what a version says, whatever the title; or nothing comparable."""
    heads = alike(state.heads, wording.version, origin.source)
    told = (replace(wording.version, title=head.title, status=head.status) for head in heads)
    digests = (changes.digest_over(one, wording.sections) for one in told)
    return not heads or any(one == head.digest for one, head in zip(digests, heads, strict=True))


# What is held


def hold(state: StreamState, wording: Wording, origin: Origin) -> VersionResult:
    """Return why a version is held and what follows, nothing where it is accepted or two later crawls confirm it.

    What another document was read to say from the same bytes is held, too, unless somebody was told already. Nothing
    but a person confirms what is suspicious and has nothing of the document: a wall may stand for weeks.
    """
    before, _ = neighbours(state.heads, wording.version, origin.source)
    if (before is None and not state.is_held_elsewhere) or (before and before.digest == wording.digest):
        return VersionResult()
    if origin.cause != "source" or origin.is_accepted:
        return VersionResult()
    reason = ELSEWHERE if before is None else _suspicion(state, before, wording, origin)
    is_other = before is not None and _is_replaced(state, wording, origin)
    if not reason and (not is_other or state.was_shared):
        return VersionResult()
    quarantine = confirm(state, wording, origin, "shrunk")
    if is_confirmed(quarantine.held, origin) and not (reason and is_other):
        return VersionResult()
    others = [each for each in state.others if each.is_retractable] if reason is ELSEWHERE else []
    retracted = [part for each in others for part in _retract(each, origin)]
    said = ": ".join(filter(None, (REPLACED if is_other else "", reason)))
    return VersionResult(intents=(quarantine, *retracted), held=said)


def _suspicion(state: StreamState, before: Head, wording: Wording, origin: Origin) -> str:
    version = wording.version
    if reason := _shrunk(state, before, version):
        return reason
    if version.representation == "structured" and (lost := lost_alone(state.text, version)):
        return f"it lacks {counted(lost, 'provision')} that it had on the same day, and nothing else is different"
    if version.representation == "html" and breaks_off(origin.capture.body):
        return "its page breaks off in the middle"
    if version.representation == "html" and failed_in_part(origin.capture.body):
        return "a part of its page failed on its server"
    return ELSEWHERE if state.others or state.is_held_elsewhere else ""


def _is_replaced(state: StreamState, wording: Wording, origin: Origin) -> bool:
    version = wording.version
    is_page = version.representation == "html" and version.document.startswith("url:")
    return (is_page or version.representation in FILES) and is_replaced(state.text, version, origin.capture)


def _shrunk(state: StreamState, before: Head, version: Version) -> str:
    """Return by how much a text is suspiciously shorter than the one before, empty where it is not."""
    size, was = length(version), before.characters
    if was >= MIN_CHARACTERS_TO_QUARANTINE and version.leaves_out:
        size, was = length(version, version), length(state.text, version)
    if was < MIN_CHARACTERS_TO_QUARANTINE or size >= SHRUNK * was or version.partial:
        return ""
    return f"text shrank from {was:,} to {counted(size, 'character')}"


def length(version: Version, beside: Version | None = None) -> int:
    """Return the length of the texts of a version, without those of kinds that the one beside it leaves out."""
    return sum([len(each.text) for each in version.sections if beside is None or not beside.leaves(each.path)])


def confirm(state: StreamState, wording: Wording, origin: Origin, reason: str) -> Quarantine:
    """Return how a version is held, or that it was read again. One capture counts once."""
    before, now = state.quarantined, stamp(origin.clock)
    held = Quarantined(digest=wording.digest, reason=reason, first_seen=now, fetch=origin.fetch)
    if before is not None and before.digest == wording.digest:
        since, confirmations = before.confirmed_since or now, before.confirmations + 1
        again = replace(held, first_seen=before.first_seen, confirmed_since=since, confirmations=confirmations)
        held = before if before.fetch == origin.fetch else again
    return Quarantine(stream=wording.stream(origin.source), held=held)


def is_confirmed(held: Quarantined, origin: Origin) -> bool:
    """Whether two later crawls, far enough apart by their clocks, read the same."""
    since = origin.clock if held.confirmed_since is None else moment(held.confirmed_since)
    return held.confirmations >= 2 and origin.clock - since >= DAY - JITTER


def _retract(other: Head, origin: Origin) -> tuple[Intent, ...]:
    now = stamp(origin.clock)
    held = Quarantined(digest=other.digest, reason="shrunk", first_seen=now, fetch=other.fetch)
    stream = Stream(other.document, other.representation, other.language, other.options_digest)
    return Retract(head=other, reason=ELSEWHERE, day=now[:10]), Quarantine(stream=stream, held=held)


# What is different


def is_weaker(shown: Representation | None, representation: Representation) -> bool:
    """Whether a document shows a better representation, so that a difference in this one is no news."""
    return shown is not None and REPRESENTATIONS.index(shown) < REPRESENTATIONS.index(representation)


def _compare(
    state: StreamState, before: Head, version: Version, origin: Origin, *, history: bool
) -> tuple[list[AddChange], bool]:
    """Compare with the predecessor. The same date of validity: a correction; a later one: a change of the law then.

    ``history``: a still later wording is in force already, so that this one is only better known now. In what one
    of the two leaves out, because its kind of text does not carry it, nothing was changed. Whether it is news that its
    publisher changed something is told, too.
    """
    is_coverage = before.is_partial != version.partial or history
    cause: Cause = "coverage" if is_coverage else origin.cause
    old, new = state.text, version
    if before.is_partial and version.partial:
        old, new = _common(old, new)
    weaker = is_weaker(state.shown, version.representation)
    later = version.valid_from is not None and version.valid_from != before.valid_from
    silent = silence(Seen(cause=cause, is_weaker=weaker, is_watched=cause != "source" or state.is_watched))
    change = partial(
        AddChange,
        document=version.document,
        previous=before.id,
        version=version_id(version, origin),
        fetch=origin.fetch,
        note=version.note if origin.is_noted or version.note != before.note else "",
    )
    told: list[Difference] = []
    left_out: list[Difference] = []
    for each in changes.compare(old, new):
        (left_out if changes.is_left_out(each, old, new) else told).append(each)
    since = version.valid_from if later else None
    own_days = starts(version, told)
    compared = [
        change(
            difference=each,
            cause=cause,
            occurred=_since(each, own_days, since),
            silent=silent or silence(Seen(is_told=_is_told(each, state.announced), is_outside=is_outside)),
        )
        for each, is_outside in zip(told, named_parts.outside(state.parts, told, old, new), strict=True)
    ]
    unread = silence(Seen(cause="coverage"))
    compared += [
        change(difference=each, cause="coverage", occurred=_since(each, own_days, since), silent=unread)
        for each in left_out
    ]
    return compared, bool(told) and cause == "source" and not weaker


def _since(difference: Difference, days: Mapping[str, str | None], since: str | None) -> str | None:
    """Return from when a difference applies: on a day of its own, else since its wording does.

    What is prospective is not in force on the day of the wording that first shows it.
    """
    path = "" if difference.after is None else difference.after.path
    if difference.after is not None and difference.after.status == PROSPECTIVE:
        return days.get(path)
    return days.get(path, since) if since else None


def _is_told(difference: Difference, announced: Sequence[Announced]) -> bool:
    """Return whether another source told already what a difference comes to, since the version it is measured from.

    What counts is how the provision, the title or the status stands after it: a source that was not asked for a while
    sees in one step what others saw in several.
    """
    section = difference.after or difference.before
    path = None if section is None else section.path
    is_any = section is not None and difference.kind != "moved"
    last = next((each for each in announced if each.path == path and (is_any or each.kind == difference.kind)), None)
    if last is None or section is None:
        return last is not None and last.after == difference.new
    after = None if difference.after is None else changes.section_digest(difference.after)
    return last.digest == after


def _compare_backwards(state: StreamState, after: Head, version: Version, origin: Origin) -> list[AddChange]:
    """An older point in time read late: what the next one changed against it is no news, only better known."""
    unread = silence(Seen(cause="coverage"))
    return [
        AddChange(
            document=version.document,
            difference=each,
            fetch=origin.fetch,
            previous=version_id(version, origin),
            version=after.id,
            cause="coverage",
            occurred=after.valid_from,
            silent=unread,
        )
        for each in changes.compare(version, state.text)
    ]


def _common(old: Version, new: Version) -> tuple[Version, Version]:
    """Return two partial versions cut to the provisions that both hold."""
    both = {section.path for section in old.sections} & {section.path for section in new.sections}
    return (
        replace(old, sections=tuple(s for s in old.sections if s.path in both)),
        replace(new, sections=tuple(s for s in new.sections if s.path in both)),
    )
