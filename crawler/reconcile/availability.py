"""Where a document is: there, suspect, gone or withdrawn. An outage is never a step towards gone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Literal

from crawler.errors import ParseError, RefusedError
from crawler.identifiers import address_of, page_alias
from crawler.model import Capture, Cause, ChangeKind, Difference, Page, Statement
from crawler.outbox import MIN_AGE_OF_OLDER, NEWLY_LISTED, Seen, silence
from crawler.reconcile.intents import AddChange, Check, Follow, Intent, SetAvailability
from crawler.reconcile.known import DocumentState, Known, NotFound
from crawler.sources import Gone, Source
from crawler.text import counted, latest, moment, stamp

JITTER = timedelta(minutes=10)
"""By how much crawls may be closer together than a span of time that lies between them: cron is not exact."""


def says_missing(capture: Capture, page: Page | None, error: ParseError | None) -> bool:
    """Return whether an answer says that the page is not there: 404, 410, or a redirect to the home page of its host.

    A home page that is itself out of order, or hides behind a robot check, says nothing. Nor does an answer that its
    protocol reads as data: a text may be missing in one form while its document is there.
    """
    if capture.status in (404, 410):
        return page is None
    if capture.status != 200 or (isinstance(error, RefusedError) and error.kind != "soft404"):
        return False
    return bool(capture.hops) and _is_home(capture.url) and not _is_home(capture.link.url)


def _is_home(url: str) -> bool:
    return "".join(url.split("/", 3)[3:]).partition("?")[0] == ""


def missing(known: Known, capture: Capture) -> tuple[Intent, ...]:
    """Return what an answer "not found" means: suspect until :func:`closing` counts it.

    A document that is there under another address as well is followed at that one.
    """
    state = known.documents.get(known.document)
    if state is None or state.availability in ("gone", "withdrawn"):
        return ()
    if other := _elsewhere(known, state, capture):
        asked = page_alias(address_of(capture.link))
        is_main = state.id.startswith("url:") and page_alias(state.url) == asked
        return (Follow(document=state.id, alias=other, before=asked),) if is_main else ()
    if state.availability == "ok":
        return (SetAvailability(document=state.id, availability="suspect", since=stamp(known.clock)),)
    return ()


def _elsewhere(known: Known, state: DocumentState, capture: Capture) -> str:
    """Return another address of a document, as an alias, that answered well when it was asked last; empty for none.

    Only where every address is one of the whole document: of an act each may serve a part or another form.
    """
    attached = capture.link.role == "attachment" and state.id.startswith("govuk:")
    if not attached and not state.id.startswith("url:"):
        return ""
    lost = {page_alias(url) for url in (address_of(capture.link), capture.url, *capture.hops)}
    good = [
        (last.fetch, alias)
        for alias, last in known.addresses.items()
        if alias not in lost and last.is_good and page_alias(last.landing) not in lost
    ]
    return max(good)[1] if good else ""


def found(known: Known, capture: Capture, *, stated_ok: bool = False) -> tuple[Intent, ...]:
    """Return what it means that a page was read or confirmed. ``stated_ok``: it says that it is not withdrawn."""
    state, seen = known.documents.get(known.document), stamp(capture.time)
    if state is None:
        return ()
    checked = Check(document=state.id, seen=seen)
    if state.availability == "suspect":
        return checked, SetAvailability(document=state.id, availability="ok", since=seen)
    if state.availability == "gone" or (state.availability == "withdrawn" and (stated_ok or state.is_410)):
        return checked, *_become(state, "ok", seen, known)
    return (checked,)


def withdrawn(known: Known, statement: Statement, capture: Capture, cause: Cause) -> tuple[Intent, ...]:
    """Return what a notice of withdrawal means; the document stays, as withdrawn.

    A log tells of a withdrawal for as long as it lists it: where the document has returned since, that is no new one.
    """
    state = known.documents.get(known.document)
    if state is None or state.availability == "withdrawn":
        return ()
    note, when = statement.fields.get("note", ""), statement.fields.get("when")
    if capture.link.role in ("listing", "next") and (note, when) in state.withdrawals:
        return ()
    silent = silence(Seen(cause=cause, above=_long_before(known, state, when)))
    return _become(state, "withdrawn", stamp(capture.time), known, note=note, occurred=when, silent=silent)


def _long_before(known: Known, state: DocumentState, when: str | None) -> str:
    """Return why a withdrawal is not announced: the document is no news, and was withdrawn long before it was found.

    So it counts where its first page does not say when.
    """
    then = latest(when or "")
    unread = state.checked is None or state.id in known.first_read
    is_old = then is None or then < moment(state.first_seen) - MIN_AGE_OF_OLDER
    return state.appearance if unread and is_old and state.appearance != NEWLY_LISTED else ""


def closing(known: Known, sources: Mapping[str, Source]) -> tuple[Intent, ...]:
    """Return what a crawl that closes did not find: withdrawn with 410, else it counts where its host answered well.

    One crawl is one step, however often it asked for a document. Time goes by the clocks of crawls: that a page was
    asked minutes earlier than the day before makes no difference.
    """
    intents: list[Intent] = []
    counted_now: set[str] = set()
    for each in known.not_found:
        state = known.documents[each.document]
        if state.availability != "suspect" or state.id in counted_now or not each.is_alive:
            continue
        counted_now.add(state.id)
        if each.is_410:
            note = "the publisher answers that it is gone (410)"
            before = state if state.answers else replace(state, availability="ok")
            intents += _become(before, "withdrawn", each.time, each, note=note)
            continue
        state = replace(state, answers=state.answers + 1)
        source = sources.get(each.source or "")
        rule = source.gone if source else Gone()
        if state.answers >= rule.answers and known.clock - moment(state.since) >= rule.over - JITTER:
            note = f"not found in {counted(state.answers, 'visit')} since {state.since[:10]}"
            intents += _become(state, "gone", each.time, each, note=note)
        else:
            intents.append(
                SetAvailability(document=state.id, availability="suspect", since=state.since, answers=state.answers)
            )
    return tuple(intents)


def _become(
    state: DocumentState,
    availability: Literal["ok", "gone", "withdrawn"],
    seen: str,
    shown: Known | NotFound,
    *,
    note: str = "",
    occurred: str | None = None,
    silent: str = "",
) -> tuple[SetAvailability, AddChange]:
    """Return that a document is elsewhere from now on, and the change that tells it, which ``shown`` showed."""
    kind: ChangeKind = "returned" if availability == "ok" else availability
    change = AddChange(
        document=state.id,
        difference=Difference(kind=kind, path="", old=state.availability, new=availability),
        fetch=shown.fetch,
        previous=state.current,
        note=note,
        occurred=occurred,
        silent=silent or silence(Seen(is_watched=shown.is_watched)),
    )
    moved = SetAvailability(
        document=state.id,
        availability=availability,
        since=occurred or seen,
        answers=0 if availability == "ok" else state.answers,
    )
    return moved, change
