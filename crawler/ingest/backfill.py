"""Lists read backwards to their end, once, in slices over many crawls, beside the daily walk.

    a crawl starts ──▶ :func:`begin` cuts the list, or goes on where the crawl before stopped
    a page of a slice ──▶ :func:`take`: its documents and its next page are queued, held back
    after each answer ──▶ :func:`go_on` releases what the budget of the run allows: the list first, then its documents
    no page is left ──▶ :mod:`crawler.ingest.list_slices` compares what was met with what the publisher says there is
    the crawl closes ──▶ :func:`settle` says how far it is

All of it follows from the records of the archive, so that a crawl that was killed goes on, and a rebuild ends alike.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from crawler import protocols
from crawler.errors import ConfigError
from crawler.ingest import list_slices
from crawler.ingest.state import State
from crawler.model import ANEW, SLICE, Cut, Link, Page, Problem, Role, digest_of
from crawler.protocols.listing.lists import GUESSED
from crawler.reconcile.reading import Origin
from crawler.sources import Source
from crawler.store import Row, completeness, crawls, dumps, frontier, list_pages
from crawler.text import counted, moment

AGAIN = timedelta(days=30)
"""After this long, at most, a list that ended incomplete is read again."""
OWN_WORDS = ("status", "unreachable", "robots", "redirect", "too-large", "not-recorded")
"""Kinds of failures that are not told in words of a page."""
UNSTEADY = "its pages state different numbers each time"
"""Why a slice fails of which a page states fewer entries than the one before, again and again."""
MISSES = 200
"""Numbers in a row at which nothing is, after which a list by number ends."""


def begin(state: State, due: Sequence[str]) -> None:
    """Begin or go on to read the lists of the sources that are due; forget those that are no more to be read so."""
    for row in completeness.all_of(state.store):
        source = state.registry.sources.get(row["source"])
        if source is None or source.backfill is None:
            list_pages.drop_slices(state.store, row["source"])
            frontier.release(state.store, row["source"])
            completeness.forget(state.store, row["source"])
    for name in due:
        source = state.registry.sources[name]
        if source.backfill is not None and source.enabled:
            _begin(state, source)


def _begin(state: State, source: Source) -> None:
    row, scope = completeness.get(state.store, source.id), _scope(state, source)
    if row is None or row["scope"] != scope or _is_due(row, source, state):
        try:
            planned = list(_plan(source, state))
        except ConfigError:
            return  # The walk itself has told so.
        list_pages.drop_slices(state.store, source.id)
        list_pages.read_anew(state.store, source.id)
        completeness.start(state.store, source.id, scope, state.now, planned)
    elif row["state"] == completeness.READING:
        completeness.update(state.store, source.id, asked=completeness.queued(state.store, source.id))
        _look_back(state, source)
    go_on(state, source)


def _scope(state: State, source: Source) -> str:
    how = {key: value for key, value in asdict(source.backfill).items() if key in ("by", "since", "slice", "url")}  # type: ignore[arg-type]  # it has one
    return digest_of(crawls.scope(crawls.source(state.store, source.id)), how)[:16]


def _is_due(row: Row, source: Source, state: State) -> bool:
    every = source.backfill.every if source.backfill else None
    waits = [each for each in (every, AGAIN if row["state"] == completeness.INCOMPLETE else None) if each]
    return row["ended"] is not None and bool(waits) and state.clock - moment(row["ended"]) >= min(waits)


def _plan(source: Source, state: State) -> list[dict[str, object]]:
    assert source.backfill is not None
    cuts = list(source.backfill.cuts(state.clock.date()))
    return [row for place, cut in enumerate(cuts) for row in _rows(source, cut, place, state)]


def _rows(source: Source, cut: Cut, position: int, state: State) -> list[dict[str, object]]:
    links = protocols.sliced(source, cut, state.clock)
    if source.backfill is not None and source.backfill.by == "number":
        links = links[:1]
    return [_row(link, cut, number, position) for number, link in enumerate(links)]


def _row(link: Link, cut: Cut, number: int, position: int) -> dict[str, object]:
    name = f"{number}/{position}" if position != completeness.FRONT else f"{number}/front"
    place = {"list": number, "position": position, "first": cut.first, "last": cut.last}
    return {"name": name, **place, "link": _written(link)}


def _written(link: Link) -> str:
    return dumps({key: value for key, value in asdict(link).items() if value})


def _read(text: str) -> Link:
    return Link(**json.loads(text))


def _look_back(state: State, source: Source) -> None:
    """Read the page before once more where a list without a stated number goes on: entries may have moved up."""
    for each in completeness.slices(state.store, source.id):
        if each["state"] == completeness.OPEN and each["before"] and each["total"] is None:
            _offer(state, source, _read(each["before"]), each["name"], anew=True)


def _offer(state: State, source: Source, link: Link, name: str, *, anew: bool = False) -> None:
    facts = {**{key: value for key, value in link.facts.items() if key != ANEW}, SLICE: name}
    role: Role = "document" if link.role == "document" else "slice"
    link = replace(link, role=role, facts=facts | ({ANEW: "yes"} if anew else {}))
    frontier.offer(
        state.store, link, source.id, rank=frontier.BACKFILL, crawl=state.crawl, again=role == "slice", held_back=True
    )


# A page of a slice


def take(state: State, page: Page, origin: Origin) -> tuple[Problem, ...]:
    """Queue what a page of a slice leads to; where the list shrank, the page before is read again first, once a page.

    Gives what is wrong with where it leads.

    ``page`` is without what is left aside. A page that leads to several is an index: each of them is a slice. One that
    lists what the page before does ends it: many sites answer so behind the last page.
    """
    source, capture = origin.source, origin.capture
    name = capture.link.facts[SLICE]
    row = completeness.slice_of(state.store, source.id, name)
    following = [each for each in page.links if each.role == "next"]
    for link in page.links:
        if link.role != "next":
            frontier.offer(state.store, link, source.id, rank=frontier.BACKFILL, crawl=state.crawl, held_back=True)
    if row is None:
        return ()
    here = replace(capture.link, role="slice")
    completeness.change_slice(state.store, source.id, name, **_changed(row, page, here))
    if _has_fallen(row, page) and row["before"]:
        if list_slices.mark(here) not in row["back"].split():
            _offer(state, source, _read(row["before"]), name, anew=True)
    elif len(following) > 1:
        for number, link in enumerate(following):
            each = _row(link, Cut(), row["list"], row["position"])
            completeness.add_slice(state.store, source.id, {**each, "name": f"{name}/{number}"})
    elif following and row["shown"] != (_shown(page) or " ") and not _is_end(state, row, page, following[0]):
        if endless := list_slices.endless(state, row, here, following[0]):
            completeness.change_slice(state.store, source.id, name, reason=endless.detail)
            return (endless,)
        _offer(state, source, following[0], name, anew=_is_anew(state, row))
    return ()


def _changed(row: Row, page: Page, here: Link) -> dict[str, object]:
    """Return what changes in the row of a slice by a page of it."""
    change: dict[str, object] = {"before": _written(here), "shown": _shown(page)}
    reason = next((each.detail for each in page.problems if each.kind == "gap"), "")
    if None not in (row["total"], page.total) and page.total != row["total"]:
        change["moved"] = 1
    if _has_fallen(row, page):
        reason = reason or (UNSTEADY if list_slices.mark(here) in row["back"].split() else "")
        change["back"] = f"{row['back']} {list_slices.mark(here)}".strip()
    if page.entries is not None:
        change["total"] = row["total"] if page.total is None else page.total
    elif sum(each.role == "next" for each in page.links) != 1:
        change["total"] = 0
    return change | {"reason": reason or row["reason"]}


def _has_fallen(row: Row, page: Page) -> bool:
    return page.total is not None and page.total < (row["total"] or 0)


def _shown(page: Page) -> str:
    return digest_of(list(page.listed))[:16] if page.listed else ""


def _is_anew(state: State, row: Row) -> bool:
    """Return whether pages of a slice are asked again in a crawl: its front, and all in a second pass."""
    return row["position"] == completeness.FRONT or list_slices.passes(state.store, row["source"]) > 1


def _is_end(state: State, row: Row, page: Page, following: Link) -> bool:
    """Return whether a slice ends with a page: its front where that meets what is known, else where all was listed.

    No page names the link to a next one that is only guessed.
    """
    if row["position"] == completeness.FRONT:
        return completeness.met_first(state.store, row, page.listed) < len(page.listed)
    return GUESSED in following.facts and page.total is not None and row["entries"] == page.total


# What comes next


def stopped(state: State, link: Mapping[str, Any], kind: str, reason: str) -> None:
    """Note why a page of a slice was not read, in words of ours, and go on where it was given up."""
    reason = reason if kind in OWN_WORDS else "a page could not be read"
    for asked in link["asked"]:
        if SLICE in asked["facts"] and completeness.get(state.store, asked["source"]) is not None:
            completeness.update(state.store, asked["source"], reason=reason)
    go_on_after(state, link)


def go_on_after(state: State, link: Mapping[str, Any]) -> None:
    """Go on with the slices that an answer belonged to."""
    for asked in link["asked"]:
        source = state.registry.sources.get(asked["source"])
        if SLICE in asked["facts"] and source is not None:
            go_on(state, source)


def go_on(state: State, source: Source) -> None:
    """Release what the budget of this crawl allows, and open the next slice where none is open."""
    row = completeness.get(state.store, source.id)
    if row is None or source.backfill is None or row["state"] != completeness.READING:
        return
    while not _is_open(state, source):
        waits = (each for each in completeness.slices(state.store, source.id) if each["state"] == completeness.WAITING)
        following = next(waits, None)
        if following is not None:
            _open(state, source, following)
        elif not _more(state, source):
            break
    left = source.backfill.per_run - row["asked"]
    if left > 0:
        newest_first = source.backfill.by == "date"
        released = frontier.release(state.store, source.id, left, newest_first=newest_first)
        completeness.update(state.store, source.id, asked=row["asked"] + released)


def _is_open(state: State, source: Source) -> bool:
    """Return whether a slice is open; one of which no page is left is read, or failed."""
    for each in completeness.slices(state.store, source.id):
        if each["state"] != completeness.OPEN:
            continue
        pending = completeness.pending(state.store, source.id, each["name"])
        if any(state != "given up" for state in pending):
            return True
        why = "a page of the list could not be read" if pending else each["reason"]
        ended = completeness.FAILED if why else completeness.READ
        completeness.change_slice(state.store, source.id, each["name"], state=ended, reason=why)
    return False


def _open(state: State, source: Source, row: Row) -> None:
    completeness.change_slice(state.store, source.id, row["name"], state=completeness.OPEN)
    if source.backfill is not None and source.backfill.by == "number":
        links: Sequence[Link] = protocols.sliced(source, Cut(first=row["first"], last=row["last"]), state.clock)
    else:
        links = (_read(row["link"]),)
    for link in links:
        list_slices.note_known(state, source.id, row, link)
        _offer(state, source, link, row["name"], anew=_is_anew(state, row))


def _more(state: State, source: Source) -> bool:
    """Return whether there is more to read of lists of which all slices were read: it is added to them."""
    assert source.backfill is not None
    slices = completeness.slices(state.store, source.id)
    if source.backfill.by == "number":
        misses = 0
        for each in reversed(slices):
            if each["own"]:
                break
            misses += int(each["last"]) - int(each["first"]) + 1
        if misses >= MISSES:
            return False
        cut = source.backfill.numbers(int(slices[-1]["last"]) + 1)
        added = _rows(source, cut, len(slices), state)
    else:
        wanted = list_slices.unproven(state.store, source, slices)
        if again := {number: how == "afresh" for number, how in wanted.items() if how != "front"}:
            list_pages.read_anew(state.store, source.id)
            completeness.read_again(state.store, source.id, again)
            completeness.update(state.store, source.id, passes=2)
            return True
        added = [each for each in _fronts(source, state) if each["list"] in wanted]
    for each in added:
        completeness.add_slice(state.store, source.id, each)
    return bool(added)


def _fronts(source: Source, state: State) -> list[dict[str, object]]:
    assert source.backfill is not None
    first = next(iter(source.backfill.cuts(state.clock.date()))).first
    return _rows(source, Cut(first=first, front=True), completeness.FRONT, state)


def settle(state: State) -> None:
    """Say of each list how far it was read, and whether it was read to its end, when a crawl closes."""
    for row in completeness.all_of(state.store):
        source = state.registry.sources.get(row["source"])
        if source is None or source.backfill is None:
            continue
        held = completeness.held(state.store, source.id)
        if row["state"] != completeness.READING:
            if held != row["held"]:
                completeness.update(state.store, source.id, held=held)
            continue
        found = list_slices.standing(state.store, source)
        if found.state != completeness.READING and row["counted"] is None:
            completeness.update(state.store, source.id, counted=state.now)
        left = completeness.waiting(state.store, source.id)
        if found.state != completeness.READING and not left:
            completeness.update(state.store, source.id, **asdict(found), held=held, ended=state.now)
        else:
            waits = f"{counted(left, 'request')} left" if left else ""
            told = (
                each for each in row["reason"].split("; ") if not each.endswith((" request left", " requests left"))
            )
            reason = "; ".join(filter(None, (*told, waits)))
            change = asdict(found) | {"state": completeness.READING, "reason": reason, "held": held}
            completeness.update(state.store, source.id, **change)
