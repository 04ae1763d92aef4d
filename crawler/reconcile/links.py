"""Links of a page: which are asked for, and whether its walk goes on to the next page of its list."""

from collections.abc import Mapping
from typing import Any, Literal

from crawler.identifiers import address_of
from crawler.model import TRACKED, WORDING, Link, Page, Problem
from crawler.reconcile.intents import Count, Enqueue, Finding, Intent, Listed, SetCursor
from crawler.reconcile.known import WalkState
from crawler.sources import Source
from crawler.text import counted

LISTINGS = ("listing", "next")
MAX_PAGES_PER_WALK = 50
"""Most pages of one walk behind each list that it begins with, where the source has no option ``pages``."""


def empty(page: Page, source: Source, link: Link) -> Finding | None:
    """Return that a listing lists nothing although its source always has something, None where that is not so."""
    if page.entries != 0 or link.role != "listing" or source.expect.zero:
        return None
    detail = "the listing lists no document; its source always has some"
    return Finding(source=source.id, kind="zero", detail=detail, subject=address_of(link))


def tracked(source: str, asked: Mapping[str, Any], *, known: bool) -> tuple[Count, ...]:
    """Return that a document that its source tracks by itself was read or confirmed: it counts as listed, once."""
    is_walked = asked["why"] == "walk" and asked["role"] in ("document", "attachment")
    is_counted = is_walked and asked["facts"].get(TRACKED, "yes") == "yes"
    return (Count(source=source, more={"documents": 1, "known": int(known)}),) if is_counted else ()


def offered(state: WalkState, page: Page, source: Source, link: Link) -> tuple[Enqueue, ...]:
    """Return that what a page leads to is to be asked for, but for the next page of its list.

    What leads on from a page that was left aside, or asked for a backfill, is as late as that; so are texts of other
    days of a document.
    """
    why = "announced" if state.is_watched else "first walk"
    if link.role not in LISTINGS and state.why in ("aside", "backfill"):
        why = state.why
    return tuple(
        Enqueue(link=each, source=source.id, why="backfill" if WORDING in each.facts else why)
        for each in page.links
        if each.role != "next"
    )


def walked(state: WalkState, page: Page, source: Source, link: Link, *, is_fresh: bool) -> tuple[Intent, ...]:
    """Return what a page counts in its walk, and that the next one is asked for while this one had something new.

    ``is_fresh``: a document or a text of it was new. The first walk of a list with a backfill reads its first page
    alone: the backfill reads the others.
    """
    intents: list[Intent] = []
    if page.entries is not None and (link.role in LISTINGS or source.followed is not None):
        known = max(sum(state.offered), state.listed)
        intents.append(
            Listed(fetch=state.fetch, source=source.id, entries=page.entries, known=known, newest=page.newest)
        )
    following = [each for each in page.links if each.role == "next"]
    is_fresh = is_fresh or not all(state.offered) or state.is_waiting or state.is_news
    if following and _goes_on(state, source, page, is_fresh=is_fresh):
        intents += _follow(state, source, page, following)
    if page.cursor is not None:
        intents.append(SetCursor(source=source.id, cursor=page.cursor))
    return tuple(intents)


def _goes_on(state: WalkState, source: Source, page: Page, *, is_fresh: bool) -> bool:
    """Return whether a walk goes on behind a page: where something is new, or each walk reads everything.

    The first walk does, but where a backfill reads the list: then only behind an index, which lists nothing itself.
    """
    if state.is_watched:
        return is_fresh or page.cursor is not None
    return source.backfill is None or page.entries is None


def _follow(state: WalkState, source: Source, page: Page, links: list[Link]) -> list[Intent]:
    """Return that pages are asked for that the walk did not read yet, as many as it may.

    An index lists nothing itself, and counts for none of them.
    """
    stated = source.options.get("pages", MAX_PAGES_PER_WALK)
    most = (stated if isinstance(stated, int) else MAX_PAGES_PER_WALK) * max(1, state.lists)
    fresh = [each for each, is_met in zip(links, state.met, strict=True) if not is_met]
    room = max(0, most + (page.entries is None) - state.pages)
    intents: list[Intent] = [Enqueue(link=each, source=source.id, why="walk") for each in fresh[:room]]
    if fresh[room:]:
        detail = (
            f"stopped after {counted(most, 'page')}, the most of one walk (pages), without meeting only what was known:"
            f" something may be missing behind; the next is {address_of(fresh[room])}"
        )
        severity: Literal["alarm", "note"] = "alarm" if state.is_watched else "note"
        intents.append(Finding(source=source.id, kind="gap", detail=detail, severity=severity))
    return intents


def circle(state: WalkState, page: Page, source: Source) -> tuple[Problem, ...]:
    """Return that a page of a list leads only to pages that its walk read before, where that is no menu."""
    if not state.met or not all(state.met) or source.followed is not None:
        return ()
    back = address_of(next(each for each in page.links if each.role == "next"))
    return (Problem(kind="circle", detail=f"leads back to {back}, which was read: its list ends here"),)
