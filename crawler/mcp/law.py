"""Tools about the law in time, and their answers: a document on a day, passages to be checked, a text that is sent."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.mcp.answers import VersionLine
from crawler.mcp.desk import Desk, held, limits, origin, origins, pages, place
from crawler.mcp.reading import MAX_TEXT, version_line
from crawler.mcp.values import About, Origin, Quoted, plain, quoted
from crawler.public import at_day, documents, effects, stale, versions
from crawler.public.database import Connection
from crawler.public.sent.process import Sent
from crawler.publish import in_force
from crawler.publish.check import answer, files
from crawler.publish.check.answer import Cited
from crawler.publish.server.responses import MissingError
from crawler.publish.stale import told
from crawler.wording import day as in_words

MAX_PASSAGES = 15
MAX_CITED = 20
MAX_SECTIONS = 60
MAX_EVIDENCE = 5


def on_day(connection: Connection, desk: Desk, id: str, day: str, provision: str, first: int) -> OnDay:
    """Return a document as it stood on a day, from its section ``first`` on, or a provision and all that it cites.

    Raises:
        MissingError: there is no such document, no text of it is kept, or it had no such provision.
    """
    found = held(connection, id)
    current = versions.version(connection, found["id"], found["current"] or "")
    if current is None or found["private"] or not found["has_copy"]:
        raise MissingError("No text of this document is kept here.")
    stream = at_day.stream(connection, current)
    wording = at_day.wording_on(stream, day)
    version = versions.version(connection, found["id"], wording.id) if wording else None
    listed = at_day.sections_at(connection, found["id"], day, provision)
    if provision and version and not listed:
        raise MissingError("Its text of that day has no such provision; without one it gives the paths that it has.")
    shown, room = 0, MAX_TEXT
    for section in listed[first : first + MAX_SECTIONS]:
        room -= len(section["text"])
        if room < 0 and shown:
            break
        shown += 1
    here = listed[first : first + shown]
    states = in_force.of_text(connection, found, version, here, day, day) if version else {}
    amending = [act for act in at_day.pending(connection, found["id"], current) if at_day.begins(act) <= day]
    later = at_day.later(connection, found, version, day) if version else []
    (row,) = documents.origins(connection, [found["id"]], version=version["id"] if version else "")
    return OnDay(
        about=limits(connection, desk, [one["id"] for one in documents.surroundings(connection, found)["listed"]]),
        document=plain(found["id"]),
        title=quoted(found["title"]),
        day=day,
        version=version_line(version) if version else None,
        first=stream[0].since,
        effects_not_in_text=effects.outstanding(connection, found["id"], day)["total"],
        pending=tuple(quoted(answer.amended_by(act, day)) for act in amending),
        later=tuple(
            quoted(
                f"{each['affected_provision'] or 'The whole'}: {each['type']}, by {each['title'] or each['affecting']},"
                f" from {in_words(each['day'])}"
            )
            for each in later
        ),
        sections=tuple(
            SectionOnDay(
                path=plain(section["path"]),
                where=place(section),
                text=quoted(section["text"], MAX_TEXT),
                since=section["since"],
                until=section["until"],
                extent=section["extent"],
                in_force=states[section["path"]].sentence if section["path"] in states else "",
            )
            for section in here
        ),
        next_first=first + shown if first + shown < len(listed) else None,
        origin=origin(row, desk.page(found["id"])),
    )


def passages(connection: Connection, desk: Desk, page: int) -> Passages:
    """Return a page of the passages whose cited text changed later."""
    total = stale.number(connection)
    first, following = pages(total, page, MAX_PASSAGES)
    listed = [told(row) for row in stale.waiting(connection, first + MAX_PASSAGES)[first:]]
    known = origins(connection, desk, {row["document"] for row in listed})
    return Passages(
        about=limits(connection, desk),
        total=total,
        passages=tuple(
            Passage(
                document=plain(row["document"]),
                title=quoted(row["title"]),
                path=plain(row["path"]),
                where=quoted(row["where"]),
                said=row["said"],
                since=row["since"],
                cites_document=plain(row["target"]),
                cites_title=quoted(row["target_title"]),
                cites_provision=row["cites"],
                became=quoted(row["became"]),
                entry=row["entry"] or "",
                origin=known[row["document"]],
            )
            for row in listed
        ),
        next_page=following,
    )


def checked(connection: Connection, desk: Desk, sent: Sent, day: str, page: int) -> CheckedText:
    """Return a page of what a text cites, how that stood on a day, and what changed since; what to look at first."""
    found = answer.answer(connection, sent, day, desk.now().date().isoformat(), seconds=answer.MAX_SECONDS)
    every = [each for _, _, group in found.groups for each in group]
    first, following = pages(len(every), page, MAX_CITED)
    return CheckedText(
        about=limits(connection, desk),
        day=day,
        summary=found.summary,
        notice=answer.NOTICE,
        cited=tuple(_thing(each, desk) for each in every[first : first + MAX_CITED]),
        more=found.more,
        next_page=following,
    )


def _thing(each: Cited, desk: Desk) -> CitedThing:
    return CitedThing(
        cited_as=quoted(each.mention.words),
        times=each.mention.count,
        found=each.resolved,
        document=plain(each.document),
        title=quoted(each.title),
        provision=each.provision,
        to_look_at=each.is_to_look_at,
        state=each.standing.state,
        said=quoted(each.standing.said),
        evidence=tuple(quoted(line) for line in files.evidence(each)[:MAX_EVIDENCE]),
        notes=tuple(quoted(note) for note in each.notes),
        newer=quoted(each.newer),
        changes=tuple(
            CitedChange(
                day=change.day,
                words=quoted(change.words),
                by=quoted(change.by),
                pending=change.is_pending,
                page=desk.feed.address(change.link) if change.link else "",
            )
            for change in each.changes
        ),
        more_changes=each.more_changes,
        official=each.official,
        page=desk.feed.address(each.page) if each.page else "",
    )


@dataclass(frozen=True, kw_only=True)
class SectionOnDay:
    """A section as it stood on the day; these are its words from `since` until before `until`, empty: still.

    `extent`: the part of the United Kingdom that has these words, empty for all. `in_force` is our sentence.
    """

    path: str
    where: Quoted
    text: Quoted
    since: str
    until: str
    extent: str
    in_force: str


@dataclass(frozen=True, kw_only=True)
class OnDay:
    """A document as it stood on a day, with all that a provision asked for cites of it.

    Where `version` is null, the first text held began on `first`: what stood before is not known here.
    `effects_not_in_text`: changes in force on the day that this text does not have. `pending`: acts that amend it by
    then and that no consolidated text held here has; `later`: what took effect after this wording began and by then.
    """

    about: About
    document: str
    title: Quoted
    day: str
    version: VersionLine | None
    first: str
    effects_not_in_text: int
    pending: tuple[Quoted, ...]
    later: tuple[Quoted, ...]
    sections: tuple[SectionOnDay, ...]
    next_first: int | None
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A passage that cites something which changed later: to be checked, not wrong. `said`: what is said of it."""

    document: str
    title: Quoted
    path: str
    where: Quoted
    said: str
    since: str
    cites_document: str
    cites_title: Quoted
    cites_provision: str
    became: Quoted
    entry: str
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Passages:
    """Passages whose cited text changed later, those whose cited text changed last first."""

    about: About
    total: int
    passages: tuple[Passage, ...]
    next_page: int | None


@dataclass(frozen=True, kw_only=True)
class CitedChange:
    """A change of what is cited; `pending`: the publisher's text does not have it yet. `page`: ours that tells it."""

    day: str
    words: Quoted
    by: Quoted
    pending: bool
    page: str


@dataclass(frozen=True, kw_only=True)
class CitedThing:
    """One thing that the text cites. `found`: held, not held, or not resolved; `to_look_at`: see `changes`, `state`.

    `state` is that on the day: in force, in part, not yet, repealed, ended (on a day that is not known), not stated,
    not there yet, not found, no such provision, several provisions, withdrawn.
    """

    cited_as: Quoted
    times: int
    found: str
    document: str
    title: Quoted
    provision: str
    to_look_at: bool
    state: str
    said: Quoted
    evidence: tuple[Quoted, ...]
    notes: tuple[Quoted, ...]
    newer: Quoted
    changes: tuple[CitedChange, ...]
    more_changes: int
    official: str
    page: str


@dataclass(frozen=True, kw_only=True)
class CheckedText:
    """What a text cites, for the day on which it was last revised: never whether the text is right.

    `more`: further citations that are not answered.
    """

    about: About
    day: str
    summary: str
    notice: str
    cited: tuple[CitedThing, ...]
    more: int
    next_page: int | None
