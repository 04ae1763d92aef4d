"""Where a document is: there, suspect, gone or withdrawn. An outage is never a step towards gone."""

from __future__ import annotations

import json
from dataclasses import replace

from crawler.archive import Exchange
from crawler.errors import RefusedError
from crawler.identifiers import address_of, canonical_url
from crawler.ingest import differences
from crawler.ingest.readings import Read, Reading
from crawler.ingest.state import State
from crawler.model import Link, Statement
from crawler.outbox import MIN_AGE_OF_OLDER, NEWLY_LISTED, Seen, silence
from crawler.sources import Gone
from crawler.store import Row, addresses, changes, documents, fetches, outbox, rechecks
from crawler.text import counted, latest, moment, stamp


def says_missing(record: Exchange, read: Read) -> bool:
    """Return whether an answer says that the page is not there: 404, 410, or a redirect to the home page of its host.

    A home page that is itself out of order, or hides behind a robot check, says nothing. Nor does an answer that its
    protocol reads as data: a text may be missing in one form while its document is there.
    """
    if record.status in (404, 410):
        return read.page is None
    if record.status != 200 or (isinstance(read.error, RefusedError) and read.error.kind != "soft404"):
        return False
    capture = read.reading.capture
    return bool(capture.hops) and _is_home(capture.url) and not _is_home(capture.link.url)


def _is_home(url: str) -> bool:
    return "".join(url.split("/", 3)[3:]).partition("?")[0] == ""


def document_of(state: State, reading: Reading) -> Row | None:
    """Return the document whose page a link asked for, None while no page of it was ever read."""
    return document_named(state, reading.capture.link)


def document_named(state: State, link: Link) -> Row | None:
    """Return the document that a link leads to, by what its parent stated or by the address of its page."""
    stated = link.facts.get("document")
    name = documents.resolve(state.store, stated or page_alias(address_of(link)))
    return documents.get(state.store, name)


def page_alias(url: str) -> str:
    """Return the alias under which a document is known by the address of its page."""
    return f"url:{canonical_url(url)}"


def missing(state: State, reading: Reading, fetch: int, *, gone: bool) -> None:
    """An answer "not found": withdrawn at once with 410, otherwise suspect until :func:`weigh` has seen enough.

    A document that is there under another address as well is followed at that one.
    """
    row = document_of(state, reading)
    if row is None or row["availability"] in ("gone", "withdrawn"):
        return
    if other := _elsewhere(state, reading, row):
        if row["id"].startswith("url:") and page_alias(row["url"]) == page_alias(address_of(reading.capture.link)):
            addresses.follow(state.store, row["id"], other, page_alias(row["url"]))
        return
    seen = stamp(reading.capture.time)
    if gone:
        event = differences.Event(fetch=fetch, note="the publisher answers that it is gone (410)")
        _become(state, row, "withdrawn", seen, event)
    elif row["availability"] == "ok":
        store_state(state, row["id"], "suspect", state.now, answers=0)


def _elsewhere(state: State, reading: Reading, row: Row) -> str:
    """Return another address of a document, as an alias, that answered well when it was asked last; empty for none.

    Only where every address is one of the whole document: of an act each may serve a part or another form.
    """
    capture = reading.capture
    attached = capture.link.role == "attachment" and row["id"].startswith("govuk:")
    if not attached and not row["id"].startswith("url:"):
        return ""
    lost = {page_alias(url) for url in (address_of(capture.link), capture.url, *capture.hops)}
    found = []
    for alias in addresses.addresses(state.store, row["id"]):
        last = addresses.last_answer(state.store, alias.removeprefix("url:")) if alias not in lost else None
        if last is not None and last["outcome"] in addresses.GOOD and page_alias(last["landing"]) not in lost:
            found.append((last["id"], alias))
    return max(found)[1] if found else ""


def store_state(state: State, document: str, availability: str, since: str, *, answers: int) -> None:
    """Set where a document is, since when, and how many answers in a row said that it is not found."""
    state.store.update(
        "documents",
        {"id": document},
        {"availability": availability, "availability_since": since, "suspect_answers": answers},
    )


def weigh(state: State) -> None:
    """At the end of a crawl: an answer "not found" counts where another page of the host was answered well.

    One crawl is one step, however often it asked for a document. Time goes by the clocks of crawls: that a page was
    asked minutes earlier than the day before makes no difference.
    """
    weighed: set[str] = set()
    for fetch in fetches.missing(state.store, state.crawl):
        address, row = _not_found(state, fetch)
        if row is None or row["availability"] != "suspect" or row["id"] in weighed:
            continue
        if not fetches.is_alive(state.store, state.crawl, address):
            continue
        weighed.add(row["id"])
        answers = int(row["suspect_answers"]) + 1
        row = {**row, "suspect_answers": answers}
        state.store.update("documents", {"id": row["id"]}, {"suspect_answers": answers})
        source = state.registry.sources.get(fetch["source"])
        rule = source.gone if source else Gone()
        if answers >= rule.answers and state.clock - moment(row["availability_since"]) >= rule.over:
            words = f"not found in {counted(answers, 'crawl')} since {row['availability_since'][:10]}"
            _become(state, row, "gone", fetch["time"], differences.Event(fetch=fetch["id"], note=words))


def doubtful(state: State, source: str) -> list[Link]:
    """Return the pages of a source that are asked again: they may be gone for good, or their text is held.

    Where one address of a document is gone and another is thought to be there, that one is asked whether it is.
    """
    found = []
    for link in rechecks.missing(state.store, source):
        row = document_named(state, link)
        if row is not None and row["availability"] == "suspect":
            found.append(link)
        elif row is not None and row["availability"] == "ok" and row["id"].startswith("url:"):
            found += _not_asked_since(state, source, row["id"], link)
    return found + rechecks.held(state.store, source)


def _not_asked_since(state: State, source: str, document: str, gone: Link) -> list[Link]:
    """Return the pages at other addresses of a document that were asked last before one was found to be gone."""
    last = addresses.last_answer(state.store, address_of(gone))
    found = []
    for alias in addresses.addresses(state.store, document):
        url = alias.removeprefix("url:")
        answer = addresses.last_answer(state.store, url)
        if last is not None and answer is not None and answer["id"] < last["id"]:
            found += rechecks.asked(state.store, source, url)
    return found


def _not_found(state: State, fetch: Row) -> tuple[str, Row | None]:
    """Return the address that was asked for in vain, and its document."""
    hops = fetches.hops(state.store, fetch["exchange"], fetch["hop"])
    address = str(hops[0]["url"] if hops else fetch["url"])
    for asked in json.loads(fetch["asked"]):
        row = document_named(state, Link(url=address, role=asked["role"], facts=asked["facts"]))
        if row is not None:
            return address, row
    return address, None


def withdraw(state: State, statement: Statement, reading: Reading, fetch: int) -> None:
    """A notice that a document is withdrawn; the document stays, as withdrawn.

    A log tells of a withdrawal for as long as it lists it: where the document has returned since, that is no new one.
    """
    row = documents.find(state.store, statement.document)
    if row is None or row["availability"] == "withdrawn":
        return
    note, when = statement.fields.get("note", ""), statement.fields.get("when")
    listed = reading.capture.link.role in ("listing", "next")
    if listed and changes.is_known(state.store, row["id"], "withdrawn", note=note, occurred=when):
        return
    seen = Seen(cause=reading.cause, above=_long_before(state, row, when))
    event = differences.Event(fetch=fetch, note=note, occurred=when, silent=silence(seen))
    _become(state, row, "withdrawn", stamp(reading.capture.time), event)


def _long_before(state: State, row: Row, when: str | None) -> str:
    """Return why a withdrawal is not announced: the document is no news, and was withdrawn long before it was found.

    So it counts where its first page does not say when.
    """
    then = latest(when or "")
    unread = row["checked"] is None or row["id"] in state.first_read
    is_old = then is None or then < moment(row["first_seen"]) - MIN_AGE_OF_OLDER
    silent = outbox.of_appearance(state.store, row["id"]) if unread and is_old else ""
    return "" if silent == NEWLY_LISTED else silent


def found(state: State, reading: Reading, fetch: int, *, stated_ok: bool = False) -> None:
    """The page of a document was read or confirmed. ``stated_ok``: it says itself that it is not withdrawn."""
    row = document_of(state, reading)
    if row is None:
        return
    seen = stamp(reading.capture.time)
    state.store.update("documents", {"id": row["id"]}, {"checked": seen})
    if row["availability"] == "suspect":
        store_state(state, row["id"], "ok", seen, answers=0)
    elif row["availability"] == "gone" or (row["availability"] == "withdrawn" and (stated_ok or _was_410(state, row))):
        _become(state, row, "ok", seen, differences.Event(fetch=fetch))


def _was_410(state: State, row: Row) -> bool:
    """Whether a document counts as withdrawn by nothing but an answer 410, which a page that is there refutes."""
    return changes.status_behind(state.store, row["id"], "withdrawn") == 410


def _become(state: State, row: Row, availability: str, seen: str, event: differences.Event) -> None:
    kind = "returned" if availability == "ok" else availability
    answers = 0 if availability == "ok" else int(row["suspect_answers"])
    store_state(state, row["id"], availability, event.occurred or seen, answers=answers)
    differences.of_document(state, row, kind, replace(event, before=row["availability"], after=availability))
