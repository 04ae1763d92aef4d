"""Where a document is: there, suspect, gone or withdrawn. An outage is never a step towards gone."""

from __future__ import annotations

from crawler.archive import Exchange
from crawler.identifiers import canonical_url
from crawler.ingest import differences
from crawler.ingest.readings import Read, Reading
from crawler.ingest.state import State
from crawler.model import Link, Statement
from crawler.sources import Gone
from crawler.store import Row, documents, fetches, revisits
from crawler.text import moment, stamp


def says_missing(record: Exchange, read: Read) -> bool:
    """Tell whether an answer says that the page is not there: 404, 410, or a redirect to the home page of its host."""
    if record.status in (404, 410):
        return record.status == 404 or read.page is None
    capture = read.reading.capture
    return bool(capture.hops) and _is_home(capture.url) and not _is_home(capture.link.url)


def _is_home(url: str) -> bool:
    return "".join(url.split("/", 3)[3:]).partition("?")[0] == ""


def document_of(state: State, reading: Reading) -> Row | None:
    """Give the document whose page a link asked for, None while no page of it was ever read."""
    return document_named(state, reading.capture.link)


def document_named(state: State, link: Link) -> Row | None:
    """Give the document that a link leads to, by what its parent stated or by the address of its page."""
    stated = link.facts.get("document")
    name = documents.resolve(state.store, stated or page_alias(link.url))
    return documents.get(state.store, name)


def page_alias(url: str) -> str:
    """Give the alias under which a document is known by the address of its page."""
    return f"url:{canonical_url(url)}"


def missing(state: State, reading: Reading, fetch: int, *, gone: bool) -> None:
    """An answer "not found": withdrawn at once with 410, otherwise suspect until :func:`weigh` has seen enough."""
    row = document_of(state, reading)
    if row is None or row["availability"] in ("gone", "withdrawn"):
        return
    seen = stamp(reading.capture.time)
    if gone:
        _become(state, row, "withdrawn", fetch, seen, "the publisher answers that it is gone (410)")
    elif row["availability"] == "ok":
        store_state(state, row["id"], "suspect", seen, answers=0)


def store_state(state: State, document: str, availability: str, since: str, *, answers: int) -> None:
    """Set where a document is, since when, and how many answers in a row said that it is not found."""
    state.store.update(
        "documents",
        {"id": document},
        {"availability": availability, "availability_since": since, "suspect_answers": answers},
    )


def weigh(state: State) -> None:
    """At the end of a crawl: an answer "not found" counts where another page of the host was answered well."""
    for fetch in fetches.missing(state.store, state.crawl):
        source = state.registry.sources.get(fetch["source"])
        name = documents.resolve(state.store, page_alias(_asked_address(state, fetch)))
        row = documents.get(state.store, name)
        if row is None or row["availability"] != "suspect":
            continue
        if not fetches.alive_hosts(state.store, state.crawl, fetch["url"]):
            continue
        answers = int(row["suspect_answers"]) + 1
        state.store.update("documents", {"id": name}, {"suspect_answers": answers})
        rule = source.gone if source else Gone()
        waited = moment(fetch["time"]) - moment(row["availability_since"])
        if answers >= rule.answers and waited >= rule.over:
            words = f"not found in {answers} crawls since {row['availability_since']}"
            _become(state, row, "gone", fetch["id"], fetch["time"], words)


def doubtful(state: State, source: str) -> list[Link]:
    """Give the pages of a source that are asked again to see whether they are gone for good."""
    found = []
    for link in revisits.missing(state.store, source):
        row = document_named(state, link)
        if row is not None and row["availability"] == "suspect":
            found.append(link)
    return found


def _asked_address(state: State, fetch: Row) -> str:
    hops = fetches.hops(state.store, fetch["exchange"], fetch["hop"])
    return str(hops[0]["url"] if hops else fetch["url"])


def withdraw(state: State, statement: Statement, reading: Reading, fetch: int) -> None:
    """A notice that a document is withdrawn; the document stays, as withdrawn."""
    row = documents.find(state.store, statement.document)
    if row is None or row["availability"] == "withdrawn":
        return
    _become(
        state, row, "withdrawn", fetch, stamp(reading.capture.time),
        statement.fields.get("note", ""), statement.fields.get("when"),
    )  # fmt: skip


def found(state: State, reading: Reading, fetch: int, *, stated_ok: bool = False) -> None:
    """The page of a document was read or confirmed. ``stated_ok``: it says itself that it is not withdrawn."""
    row = document_of(state, reading)
    if row is None:
        return
    seen = stamp(reading.capture.time)
    state.store.update("documents", {"id": row["id"]}, {"checked": seen})
    if row["availability"] == "suspect":
        store_state(state, row["id"], "ok", seen, answers=0)
    elif row["availability"] == "gone" or (row["availability"] == "withdrawn" and stated_ok):
        _become(state, row, "ok", fetch, seen, "")


def _become(
    state: State, row: Row, availability: str, fetch: int, seen: str, note: str, occurred: str | None = None
) -> None:
    kind = "returned" if availability == "ok" else availability
    store_state(state, row["id"], availability, occurred or seen, answers=int(row["suspect_answers"]))
    event = differences.Event(fetch=fetch, before=row["availability"], after=availability, note=note, occurred=occurred)
    differences.of_document(state, row, kind, event)
