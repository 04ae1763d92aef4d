"""What of a record must be parsed, nothing that was read before in the same way; and what of a page is read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crawler.archive import Exchange, Journal, OmittedEntries, Place
from crawler.errors import ParseError
from crawler.identifiers import link_at
from crawler.ingest.state import State, registry_at
from crawler.model import Capture, Cause, Page
from crawler.reconcile.reading import Origin
from crawler.redaction.masked_pages import without_masked
from crawler.sources import Source, validators
from crawler.store import Row, crawls, fetches
from crawler.store.known import capture
from crawler.worker import Question

REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A capture to be parsed for a source. ``fetch`` is the earlier fetch it came from, None for the record itself.

    ``cause`` is ``coverage`` where an earlier capture is read again because the options of the source changed.
    ``reduced``: something redacted is masked in it; ``left_out`` is what a list listed that was cut out.
    """

    capture: Capture
    source: Source
    cause: Cause = "source"
    fetch: int | None = None
    reduced: bool = False
    left_out: OmittedEntries = field(default_factory=OmittedEntries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A reading and what became of it: a page, or the error that says why there is none."""

    reading: Reading
    page: Page | None
    error: ParseError | None = None


def is_redirect(record: Exchange) -> bool:
    """Return whether an answer points elsewhere: the engine follows, or says in the journal why not."""
    return record.status in REDIRECTS and any(
        name.lower() == "location" and value.strip() for name, value in record.headers
    )


WHOLE = "whole"
"""Cursor of a source whose walks read everything: behind a listing that is as it was, there are pages that are not.

So it is behind a listing whose last walk broke off: its next page may never have been asked for.
"""


def readings(state: State, record: Exchange | Journal) -> list[Reading]:
    """Return what must be parsed before a record can be applied, in order."""
    if isinstance(record, Journal):
        return _delivered(state, record) if record.kind == "delivered" else []
    if is_never_read(record):
        return []
    last = fetches.last_read(state.store, record.link["url"], record.link["accept"])
    found: list[Reading] = []
    for asked in record.link["asked"]:
        source = state.registry.sources.get(asked["source"])
        if source is not None:
            found += _for_asker(state, record, asked, source, last)
    return found


def is_never_read(record: Exchange) -> bool:
    """Return whether an answer is no page for anybody: a redirect, robots.txt, a try, or what was redacted."""
    link = record.link
    return link["role"] == "robots" or bool(link.get("retry")) or is_redirect(record) or bool(record.redacted)


def read_last(
    state: State, link: Mapping[str, Any], source: str, last: Row | None, before: int | None = None
) -> Row | None:
    """Return what a source read last at an address, None if nothing; ``last`` is what anybody read there.

    A page of a list that only its backfill read is not among them: that leaves news aside, and counts nothing.
    """
    if last is None or (source in json.loads(last["options_digest"]) and not fetches.is_of_backfill(last)):
        return last
    return fetches.last_read_by(state.store, link["url"], link["accept"], source, before)


def _for_asker(
    state: State, record: Exchange, asked: dict[str, Any], source: Source, last: Row | None
) -> list[Reading]:
    if asked["role"] == "slice" and record.status != 304:
        capture = capture_of(state, record, asked)
        return [Reading(capture=capture, source=source, reduced=bool(record.reduced), left_out=record.left_out)]
    own = read_last(state, record.link, source.id, last)
    found = _otherwise(state, own, asked, source)
    whole = asked["role"] in ("listing", "next") and (
        crawls.cursor(state.store, source.id) == WHOLE
        or crawls.broke_off(state.store, source.id, state.crawl) is not None
    )
    if record.status == 304:
        if last is None:  # As it was when? It was never read, so that this is no answer.
            found.append(Reading(capture=capture_of(state, record, asked), source=source))
        elif not _says_the_same(own, last) or (whole and not found):
            found.append(_again(state, last, asked, source, "source"))
        return found
    if not is_same(record, own) or whole:
        capture = capture_of(state, record, asked)
        found.append(Reading(capture=capture, source=source, reduced=bool(record.reduced), left_out=record.left_out))
    return found


def _otherwise(state: State, own: Row | None, asked: dict[str, Any], source: Source) -> list[Reading]:
    """Return what a source read last, to be read again first, where it reads otherwise now."""
    if own is None or json.loads(own["options_digest"])[source.id] == source.options_digest:
        return []
    return [_again(state, own, asked, source, "coverage")]


def _says_the_same(own: Row | None, other: Row) -> bool:
    """Return whether what a source read last is what another fetch brought, at the same place."""
    return own is not None and (own["digest"], own["url"]) == (other["digest"], other["url"])


def is_same(record: Exchange, last: Row | None) -> bool:
    """Return whether a page answers with the bytes that were read last, and at the same place.

    Of an answer to HEAD there are none: its headers are all there is to read.
    """
    if last is None or record.method == "HEAD" or not 200 <= record.status < 300:
        return False
    here = record.url if record.link["hop"] else record.link["url"]
    return bool(last["digest"] == record.digest and last["url"] == here)


def _again(state: State, last: Row, asked: dict[str, Any], source: Source, cause: Cause) -> Reading:
    stored = stored_exchange(state, last)
    capture = capture_of(state, stored, asked, exchange=last["exchange"], hop=last["hop"])
    return Reading(
        capture=capture, source=source, cause=cause, fetch=int(last["id"]), reduced=bool(stored.reduced),
        left_out=stored.left_out,
    )  # fmt: skip


def stored_exchange(state: State, fetch: Row) -> Exchange:
    """Return an answered fetch again, from the archive."""
    return state.archive.read(Place(file=fetch["file"], offset=fetch["offset"], length=fetch["length"]))


def _delivered(state: State, record: Journal) -> list[Reading]:
    """An answer of this crawl that is asked for once more: parsed without asking twice, unless the source read it.

    Of a list it is read again what it leads to.
    """
    payload = record.payload
    fetch = fetches.of_exchange(state.store, payload["exchange"], payload["hop"])
    source = state.registry.sources.get(payload["asked"]["source"])
    if fetch is None or source is None or stored_exchange(state, fetch).redacted:
        return []
    if payload["asked"]["role"] == "slice":
        return [_again(state, fetch, payload["asked"], source, "source")]
    own = read_last(state, payload["link"], source.id, fetch)
    found = _otherwise(state, own, payload["asked"], source)
    if not _says_the_same(own, fetch) or payload["asked"]["role"] in ("listing", "next"):
        found.append(_again(state, fetch, payload["asked"], source, "source"))
    return found


def capture_of(
    state: State, record: Exchange, asked: dict[str, Any], *, exchange: str | None = None, hop: int | None = None
) -> Capture:
    """Return the capture that a source sees: the answer, and the link it followed."""
    link = record.link
    name, place = exchange or link["exchange"], link["hop"] if hop is None else hop
    return captured(record, asked, [row["url"] for row in fetches.hops(state.store, name, place)])


def captured(record: Exchange, asked: Mapping[str, Any], hops: Sequence[str]) -> Capture:
    """Return the capture that a source sees of an answer, behind the redirects ``hops``."""
    link, headers = record.link, record.headers
    if record.truncated:
        headers = (*headers, ("x-roundup-truncated", record.truncated))
    if record.undecodable:
        headers = (*headers, ("x-roundup-truncated", record.undecodable))
    is_refused = record.status == 200 and (record.truncated or record.undecodable)
    return Capture(
        url=record.url,
        time=record.time,
        link=link_at(
            link["url"],
            role="next" if asked["role"] == "slice" else asked["role"],
            parent=asked["parent"],
            facts=asked["facts"],
            token=asked["token"],
            accept=link["accept"],
        ),
        status=record.status,
        headers=headers,
        body=b"" if is_refused else record.body,  # Of what is not whole nothing is read.
        method=record.method,
        hops=tuple(hops),
    )


# What of a page is read


def admitted(state: State, read: Read, *, is_list: bool) -> Page:
    """Return what is read of a page: not what is masked in it, nor what is at addresses that are never asked.

    Those are files, and hosts of whoever asks. The first document of a page that is no list is its own, and stays.
    """
    page, own = without_redacted(read, is_list=is_list), 0 if is_list else 1
    links = tuple(link for link in page.links if _may_be_asked(state, link.url))
    left = {each.id for each in page.documents[own:] if each.url and not _may_be_asked(state, each.url)}
    if not left:
        return replace(page, links=links)
    return replace(
        page,
        documents=tuple(each for each in page.documents if each.id not in left),
        versions=tuple(each for each in page.versions if each.document not in left),
        statements=tuple(each for each in page.statements if each.document not in left),
        placements=tuple(each for each in page.placements if each.document not in left),
        links=links,
    )


def _may_be_asked(state: State, url: str) -> bool:
    host, full = validators.with_port(url)
    known = state.registry.hosts.get(full)
    return url[:4].lower() == "http" and (validators.is_public(host) or (known is not None and known.private))


def without_redacted(read: Read, *, is_list: bool) -> Page:
    """Return a page without what is masked in it; its list is counted as before, also what was once cut out of it."""
    page, reading = read.page, read.reading
    if page is None:
        raise ValueError(f"{reading.capture.url}: no page to accept")
    left = reading.left_out
    if left.entries and page.entries is not None:
        newest = max(page.newest or "", left.newest) or None
        page = replace(page, entries=page.entries + left.entries, newest=newest)
    return without_masked(page, is_list=is_list) if reading.reduced else page


def origin_of(state: State, read: Read, fetch: int) -> Origin:
    """Return how a page was read."""
    reading, (time, digest) = read.reading, capture(state.store, fetch)
    return Origin(
        clock=state.clock,
        source=reading.source,
        capture=reading.capture,
        cause=reading.cause,
        fetch=fetch,
        time=time,
        digest=digest,
        is_fresh=reading.cause == "source" and reading.fetch is None,
        is_accepted=digest in state.decisions.accept,
    )


class Guesses:
    """Goes through the records ahead of the fold, with what it needs of those between."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._registry = state.registry
        self._hops: dict[str, list[str]] = {}

    def of(self, record: Exchange | Journal) -> list[Question]:
        """Return what will probably be parsed of the next record."""
        if isinstance(record, Journal):
            if record.kind == "run-started":
                self._registry = registry_at(record)
            elif record.kind == "no-answer":
                self._hops.pop(record.payload["link"]["exchange"], None)
            return []
        link = record.link
        if is_redirect(record):
            hops = self._hops.setdefault(link["exchange"], [])
            hops.append(record.url if link["hop"] else link["url"])
            return []
        hops = self._hops.pop(link["exchange"], [])
        if is_never_read(record) or record.status == 304:
            return []
        if is_same(record, fetches.last_read(self._state.store, link["url"], link["accept"])):
            return []
        known = self._registry.sources
        return [
            (captured(record, each, hops), known[each["source"]]) for each in link["asked"] if each["source"] in known
        ]
