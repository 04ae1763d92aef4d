"""Lists that are read to their end: what a page of one has, what is left to the daily walk, and whether it is whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from crawler import protocols
from crawler.identifiers import address_of, page_alias
from crawler.ingest.readings import Read
from crawler.ingest.state import State
from crawler.model import SLICE, Document, Link, Page, Problem, digest_of
from crawler.reconcile.reading import Origin
from crawler.sources import Source
from crawler.store import Row, Store, completeness, crawls, documents, frontier, list_pages
from crawler.text import counted, latest, moment

MAX_PAGES = 10_000
"""Most pages of one slice of a list."""
DAILY = timedelta(days=2)
"""What is dated this shortly before the last walk, or later, is left to the daily walk, which tells of it."""


def without_news(state: State, page: Page, origin: Origin) -> Page:
    """Return a page of a slice without what is left to the daily walk, which tells of it: here it would be silent.

    That is what is dated lately, after the day of the first walk, which read the first page alone; and what is not
    dated and came to the list while it was read.
    """
    source = origin.source
    row = crawls.source(state.store, source.id)
    if not row["first_complete_walk"] or not row["last_walk"]:
        return page
    since, first = moment(row["last_walk"]) - DAILY, row["first_complete_walk"][:10]
    is_front = origin.capture.link.facts[SLICE].endswith("/front")

    def is_news(date: str, *, known: bool) -> bool:
        dated = latest(date)
        return not known and (is_front if dated is None else dated >= since and date[:10] > first)

    news = {each.id for each in page.documents if is_news(_date(each), known=_is_known(state, each))}
    offered = frontier.known(state.store, page.links, source.id)
    links = tuple(
        each
        for each, known in zip(page.links, offered, strict=True)
        if each.role == "next" or not (each.facts.get("document") in news or is_news(_date_of(each), known=known))
    )
    if not news and len(links) == len(page.links):
        return page
    return replace(
        page,
        documents=tuple(each for each in page.documents if each.id not in news),
        versions=tuple(each for each in page.versions if each.document not in news),
        statements=tuple(each for each in page.statements if each.document not in news),
        links=links,
    )


def _is_known(state: State, document: Document) -> bool:
    return documents.get(state.store, documents.resolve(state.store, document.id)) is not None


def _date(document: Document) -> str:
    return document.published or document.updated or ""


def _date_of(link: Link) -> str:
    return next((link.facts[name] for name in ("published", "updated", "changed") if link.facts.get(name)), "")


def endless(state: State, row: Row, here: Link, following: Link) -> Problem | None:
    """Return why the next page of a slice is not asked for, None where it is; one that is read again leads on."""
    url = address_of(following)
    is_read = url == address_of(here) or list_pages.is_read_in_slice(state.store, following, row["source"], row["name"])
    if is_read and mark(following) not in row["back"].split():
        return Problem(kind="circle", detail=f"leads back to {url}, which was read: its list ends here")
    if row["pages"] >= MAX_PAGES:
        detail = f"stopped after {counted(MAX_PAGES, 'page')}, the most of one list; the next is {url}"
        return Problem(kind="gap", detail=detail)
    return None


def mark(link: Link) -> str:
    """Return what stands for a page of a slice in its row."""
    return digest_of(address_of(link))[:16]


def note(state: State, read: Read) -> None:
    """Note the entries of a page of a slice, as the parser found them."""
    page, source, facts = read.page or Page(), read.reading.source.id, read.reading.capture.link.facts
    row = completeness.slice_of(state.store, source, facts[SLICE])
    if row is None:
        return
    dates = {each.facts.get("document", ""): _date_of(each) for each in page.links}
    dates |= {each.id: _date(each) for each in page.documents}
    place = {"source": source, "list": row["list"], "slice": row["name"]}
    for name in page.listed:
        completeness.enter(state.store, {**place, "entry": name, "date": dates.get(name, "")[:10]})
    counts = {"entries": row["entries"] + (page.entries or 0), "pages": row["pages"] + 1}
    completeness.change_slice(state.store, source, row["name"], **counts)


def note_number(state: State, link: Mapping[str, Any], source: str) -> None:
    """Note that there is something at a number of a slice."""
    name = next((each["facts"].get(SLICE, "") for each in link["asked"] if each["source"] == source), "")
    row = completeness.slice_of(state.store, source, name) if link["role"] == "document" and name else None
    if row is not None:
        _enter_number(state, source, row, link["url"])


def note_known(state: State, source: str, row: Row, link: Link) -> None:
    """Note what is at a number where it was read before its slice was opened."""
    if link.role == "document" and documents.find(state.store, page_alias(link.url)) is not None:
        _enter_number(state, source, row, link.url)


def _enter_number(state: State, source: str, row: Row, url: str) -> None:
    place = {"source": source, "list": row["list"], "slice": row["name"], "date": ""}
    completeness.enter(state.store, {**place, "entry": page_alias(url)})


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStanding:
    """How far the lists of a source were read; ``listed`` is None where the publisher does not say."""

    state: str
    since: str
    listed: int | None
    read: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is known of one list: its number as ``stated``, and what is ``wanted`` where more is to be read.

    That is another look at its "front", all of it "again", or "afresh": without what was met so far.
    """

    stated: int | None
    wanted: str = ""
    reason: str = ""


def unproven(store: Store, source: Source, slices: Sequence[Row]) -> dict[int, str]:
    """Return what is wanted of the lists of which more is to be read, by their number."""
    verdicts = {number: _verdict(store, source, rows) for number, rows in _lists(slices).items()}
    return {number: each.wanted for number, each in verdicts.items() if each.wanted}


def standing(store: Store, source: Source) -> ListStanding:
    """Return how far the lists of a source were read."""
    slices = completeness.slices(store, source.id)
    verdicts = [_verdict(store, source, rows) for rows in _lists(slices).values()]
    read = completeness.different(store, source.id)
    open_states = (completeness.WAITING, completeness.OPEN)
    is_read = not any(each["state"] in open_states for each in slices) and not any(each.wanted for each in verdicts)
    reasons = [each.reason for each in verdicts if each.reason]
    if lost := completeness.given_up(store, source.id):
        reasons.append(f"{lost:,} of its pages could not be read")
    by = source.backfill.by if source.backfill else "page"
    if by == "number":
        state, listed = completeness.COMPLETE, None
    elif all(each.stated is not None for each in verdicts):
        state, listed = completeness.COMPLETE, _listed(store, source, verdicts, read)
    else:
        state, listed = completeness.LAST_PAGE, None
    state = completeness.INCOMPLETE if reasons else state
    return ListStanding(
        state=state if is_read else completeness.READING,
        since=_since(store, source),
        listed=listed,
        read=read,
        reason="; ".join(dict.fromkeys(reasons)) if is_read else "",
    )


def _listed(store: Store, source: Source, verdicts: Sequence[Verdict], read: int) -> int:
    """Return how many entries there are: those that were met, and what lists state beyond what was met on them."""
    missing = 0
    for number, each in enumerate(verdicts):
        missing += (each.stated or 0) - completeness.different(store, source.id, number)
    return read + missing


def _since(store: Store, source: Source) -> str:
    if source.backfill is None or source.backfill.by == "number":
        return ""
    if source.backfill.by == "date":
        return str(source.backfill.begins.year)
    return completeness.oldest(store, source.id)[:4]


def _lists(slices: Sequence[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for each in slices:
        found.setdefault(each["list"], []).append(each)
    return dict(sorted(found.items()))


def _verdict(store: Store, source: Source, rows: Sequence[Row]) -> Verdict:
    body = [each for each in rows if each["position"] != completeness.FRONT]
    front = next((each for each in rows if each["position"] == completeness.FRONT), None)
    met = completeness.different(store, source.id, rows[0]["list"])
    totals = [each["total"] for each in body]
    summed = None if None in totals else sum(totals)
    if failed := next((each["reason"] for each in rows if each["state"] == completeness.FAILED), ""):
        return Verdict(stated=summed if front is None else front["total"], reason=failed)
    if source.backfill is not None and source.backfill.by == "number":
        return Verdict(stated=None)
    if protocols.protocol_of(source).Options.IS_WHOLE:
        return Verdict(stated=None if summed is None else met)
    if front is None:
        is_proven = len(body) == 1 and summed == met
        return Verdict(stated=summed, wanted="" if is_proven else "front")
    return _counted(body, front, met, summed, passes=passes(store, source.id))


def passes(store: Store, source: str) -> int:
    """Return how often the lists of a source were read by now."""
    row = completeness.get(store, source)
    return row["passes"] if row else 1


def _counted(body: Sequence[Row], front: Row, met: int, summed: int | None, *, passes: int) -> Verdict:
    """Return the verdict on a list of which the front was looked at last: its number is compared with what was met.

    More were met than there are where some left the list after their slice was read as a whole. Else, where the list
    moved or an entry was met twice, it is read once again: in another order each time, a list loses others each time.
    """
    stated = front["total"]
    if stated is None or stated == met:
        return Verdict(stated=stated)
    is_whole = len(body) > 1 and all(each["total"] is not None and each["entries"] >= each["total"] for each in body)
    if met > stated and is_whole:
        return Verdict(stated=met)
    has_moved = any(each["moved"] for each in body) or summed != stated
    if passes == 1 and (has_moved or met < sum(each["entries"] for each in body)):
        return Verdict(stated=stated, wanted="afresh" if met > stated else "again")
    return Verdict(stated=stated, reason=f"the publisher states {stated:,}, its pages list {met:,}")
