"""Business items: the steps that an instrument or a treaty went through in Parliament, as dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from crawler.errors import ParseError
from crawler.model import Capture, Page
from crawler.protocols.govuk.json_access import Item
from crawler.protocols.parliament.access import HOUSES, Faults, dates, event_in_house, inside, opened, stated


def steps(capture: Capture) -> Page:
    """Read the business items of the document that the link names as its parent."""
    if not capture.link.parent:
        raise ParseError(capture.url, "business items whose link does not say of which document")
    faults = Faults()
    items = opened(capture).items("items")
    found = faults.each(items, lambda item: list(_events(inside(item), faults)))
    events = [event for each in found for event in each]
    return Page(statements=dates(capture.link.parent, events), problems=faults.problems())


def week(time: datetime) -> str:
    """Return the week a time lies in: with it in its token a page is asked once a week, whatever its list says.

    >>> week(datetime(2026, 11, 24))
    '2026-W48'
    """
    year, number, _ = time.isocalendar()
    return f"{year}-W{number:02}"


def _events(item: Item, faults: Faults) -> Iterator[tuple[str, str, str | None]]:
    day = stated(item, "itemDate")
    for step in item.texts_or_empty("steps") or ((single,) if (single := item.text_or_none("stepName")) else ()):
        for house in _houses(item, faults) or ("",):
            yield event_in_house(" ".join(step.split()), house), "", day


def _houses(item: Item, faults: Faults) -> tuple[str, ...]:
    """Return the Houses of a business item: words in one API, objects in the other."""
    found = item.value.get("houses")
    if isinstance(found, list) and all(isinstance(each, str) for each in found):
        houses = item.texts_or_empty("houses")
    else:
        houses = tuple(each.text_or_none("house") or "" for each in item.items_or_empty("houses"))
    faults.unknown += [f"houses {each[:60]!r}" for each in houses if each and each not in HOUSES]
    return tuple(each for each in houses if each)
