"""A page of a list that is read to its end: which entries it has, and what of it is left to the daily walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from crawler.identifiers import address_of, page_alias
from crawler.ingest.readings import Read
from crawler.ingest.state import State
from crawler.model import SLICE, Document, Link, Page, Problem, digest_of
from crawler.reconcile.reading import Origin
from crawler.store import Row, completeness, crawls, documents, frontier, list_pages
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
