"""Lists read backwards to their end: what is asked for a slice, and what its pages list, limits of a walk aside."""

from dataclasses import replace
from datetime import datetime

from crawler.identifiers import address_of
from crawler.model import SLICE, Cut, Link, Page
from crawler.sources import Source

LIMITS = ("pages", "documents")
"""Options that say how much of a list one walk reads."""
ENOUGH = 10**9


def is_list(link: Link) -> bool:
    """Return whether a link leads to a page of a list that a backfill asked for."""
    return SLICE in link.facts and link.role == "next"


def unlimited(source: Source) -> Source:
    """Return a source that reads its list to the end; that a span of days has no entry is normal."""
    options = {key: ENOUGH if key in LIMITS else value for key, value in source.options.items()}
    if source.protocol == "sitemap":
        options |= dict.fromkeys(LIMITS, ENOUGH)
    is_cut = source.backfill is not None and source.backfill.by == "date"
    return replace(source, options=options, expect=replace(source.expect, zero=source.expect.zero or is_cut))


def named(page: Page) -> Page:
    """Return a page of a list with the names of its entries: what its parser says, else its documents or links."""
    if page.listed or page.entries is None:
        return page
    tops = [each.id for each in page.documents if each.parent is None]
    links = [each.facts.get("document") or address_of(each) for each in page.links if each.role != "next"]
    return replace(page, listed=tuple(dict.fromkeys(tops or links)))


def filled(source: Source, cut: Cut, clock: datetime, first: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return the links of a slice by the address that the source states for one; else the lists as they are."""
    backfill = source.backfill
    if backfill is None or not backfill.url:
        return first
    if backfill.by == "number":
        numbers = range(int(cut.first), int(cut.last) + 1)
        return tuple(Link(url=backfill.url.replace("{number}", str(each)), role="document") for each in numbers)
    url = backfill.url.replace("{from}", cut.first).replace("{to}", cut.last or clock.date().isoformat())
    return tuple(replace(each, url=url) for each in first[:1])
