"""Pages of the libraries: the shelves of law and its like, and the three of the toolkit; as sheets and as objects."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.classify.toolkit import SHELVES
from crawler.classify.toolkit.vocabulary import INTRODUCTIONS
from crawler.public import toolkit as questions
from crawler.public.database import Connection, Row
from crawler.public.toolkit import NOT_STATED, WITHDRAWN, Resources, Values
from crawler.publish import objects
from crawler.publish.csv import sheet
from crawler.publish.objects import answer
from crawler.publish.query_params import QueryParams, parse_query
from crawler.publish.server.responses import Handler, MissingError, ask, ask_kept, page, render
from crawler.publish.toolkit.cards import view
from crawler.publish.toolkit.parts import LABELS, LIBRARY, NOT_OURS, PARTS, Part, closed, feed_query, known, other
from crawler.publish.toolkit.sheets import columns, line
from crawler.sources.vocabulary import TOPICS

SHOWN = 50
"""Documents on one page."""

FIRST = 5
"""Documents of each shelf on the page before them."""

IN_A_SHEET = 5_000
"""Most documents of a library in a sheet."""

MIN_DOCUMENTS = 10
"""Fewer documents than that are said to be few."""


def shows(part: str) -> Handler:
    """Return the handler of the page of a library."""

    @page
    async def handle(datasette: Datasette, request: Request) -> Response:
        shelf = PARTS[part]
        wanted, listed, publishers = await _listed(datasette, request, shelf)
        values = {
            **_around(shelf, wanted, listed.offered, publishers),
            "is_shelf": part in SHELVES,
            "total": listed.total,
            "every": listed.every,
            "unread": await ask(datasette, questions.unread, part),
            "withdrawn": listed.withdrawn,
            "few": MIN_DOCUMENTS,
            "pages": _pages(listed),
            "groups": [(heading, [*map(view, cards)]) for heading, cards in groupby(listed.cards, key=_heading)],
        }
        return await render(datasette, request, "library.html", values)

    return handle


@page
async def library(datasette: Datasette, request: Request) -> Response:
    """Return the page before the shelves: the first documents of each that have what was asked for."""
    wanted, publishers = await _asked(datasette, request, LIBRARY)
    if wanted.page != 1:
        raise MissingError("The page before the shelves has no further ones.")
    found = await ask(datasette, _shelves, wanted.values, FIRST)
    offered: dict[str, dict[str, int]] = {}
    for shelf in (found[part] for part in SHELVES):
        for field, numbers in shelf.offered.items():
            for value, number in numbers.items():
                offered.setdefault(field, {})[value] = offered.get(field, {}).get(value, 0) + number
    values = {
        **_around(LIBRARY, wanted, offered, publishers),
        "shelves": [(PARTS[part], replace(found[part], cards=[*map(view, found[part].cards)])) for part in SHELVES],
        "rest": [(PARTS[part], found[part].every) for part in PARTS if part not in SHELVES],
        "topics": TOPICS,
        "withdrawn": sum(found[part].withdrawn for part in SHELVES),
        "first": FIRST,
    }
    return await render(datasette, request, "shelves.html", values)


@page
async def library_as_json(datasette: Datasette, request: Request) -> Response:
    """Return the same as objects."""
    wanted, _ = await _asked(datasette, request, LIBRARY)
    found = await ask(datasette, _shelves, wanted.values, FIRST)
    return await answer(datasette, {part: {"total": found[part].total, part: found[part].cards} for part in SHELVES})


def saves(part: str) -> Handler:
    """Return the handler of a library as a sheet: what the same address without ``.csv`` lists, in one file."""

    @page
    async def handle(datasette: Datasette, request: Request) -> Response:
        shelf = LIBRARY if part == LIBRARY.id else PARTS[part]
        wanted, _ = await _asked(datasette, request, shelf)
        if wanted.page != 1:
            raise MissingError("A sheet has no pages.")
        parts = tuple(SHELVES) if shelf is LIBRARY else (part,)
        cards = [await ask(datasette, questions.cards, one, wanted.values, limit=IN_A_SHEET) for one in parts]
        lines = [line(datasette, card, parts) for listed in cards for card in listed]
        return sheet(part, columns(parts), lines)

    return handle


def answers(part: str) -> Handler:
    """Return the handler of a page of a library as objects."""

    @page
    async def handle(datasette: Datasette, request: Request) -> Response:
        wanted, listed, _ = await _listed(datasette, request, PARTS[part])
        following = wanted.at(wanted.page + 1) if wanted.page < _pages(listed) else ""
        values = {"total": listed.total, part: listed.cards}
        return await answer(datasette, values, next=datasette.urls.path(f"{part}.json{following}") if following else "")

    return handle


async def _asked(datasette: Datasette, request: Request, part: Part) -> tuple[QueryParams, Mapping[str, str]]:
    """Return what an address asks for, and the publishers that it can ask for."""
    parts = tuple(SHELVES) if part is LIBRARY else (part.id,)
    publishers = await ask(datasette, questions.publishers, parts)
    return parse_query(request, known(part, publishers)), publishers


async def _listed(
    datasette: Datasette, request: Request, part: Part
) -> tuple[QueryParams, Resources, Mapping[str, str]]:
    """Return what an address asks for, that page of a library, and its publishers."""
    wanted, publishers = await _asked(datasette, request, part)
    offset = (wanted.page - 1) * SHOWN
    listed = await ask(datasette, questions.page, part.id, wanted.values, limit=SHOWN, offset=offset)
    if wanted.page > _pages(listed):
        raise MissingError(f"There is no page {wanted.page} of this list.")
    return wanted, listed, publishers


def _shelves(connection: Connection, values: Values, limit: int) -> dict[str, Resources]:
    """Return the first documents of each shelf that have what was asked for; of the other libraries their numbers."""
    found = {part: questions.page(connection, part, values, limit=limit, offset=0) for part in SHELVES}
    return found | {
        part: questions.page(connection, part, {}, limit=0, offset=0) for part in PARTS if part not in found
    }


def _pages(listed: Resources) -> int:
    return max(1, -(-listed.total // SHOWN))


def _heading(card: Row) -> str:
    """Return under what a law stands: its nation where it is followed by name; other libraries have no headings."""
    if card["part"] != "law":
        return ""
    place = card["jurisdiction"] or "place not stated"
    return f"{place}, followed by name" if card["facts"].get("followed") else "Other law, the newest change first"


def _around(
    part: Part, wanted: QueryParams, offered: Mapping[str, Mapping[str, int]], publishers: Mapping[str, str]
) -> dict[str, Any]:
    """Return what stands above a list: the library, what was asked for, what can be, its themes and its feed."""
    each_field = (_choice(part, field, wanted, offered.get(field, {}), publishers) for field in part.choices)
    fields = [each for each in each_field if each["options"]]
    themes = {"label": LABELS["theme"], "options": [], "chosen": ()}
    return {
        "part": part,
        "labels": LABELS,
        "not_ours": NOT_OURS,
        "asked": wanted,
        "narrowed": any(field != WITHDRAWN for field in wanted.values),
        "with_withdrawn": WITHDRAWN in wanted.values,
        "other_state": _other_state(wanted),
        "choices": [each for each in fields if each["field"] not in part.more],
        "more_choices": [each for each in fields if each["field"] in part.more],
        "themes": next((each for each in fields if each["field"] == "theme"), themes),
        "introductions": INTRODUCTIONS,
        "numbers": offered,
        "feed": feed_query(part, wanted.values),
    }


def _other_state(wanted: QueryParams) -> str:
    """Return the query of the same with what is withdrawn, or without it."""
    values = dict(wanted.values)
    if not values.pop(WITHDRAWN, ()):
        values[WITHDRAWN] = ("yes",)
    return QueryParams(values=values).at(1)


def _choice(
    part: Part, field: str, wanted: QueryParams, offered: Mapping[str, int], publishers: Mapping[str, str]
) -> dict[str, Any]:
    """Return a field of the form with the values that something states, and those asked for."""
    chosen: Sequence[str] = wanted.values.get(field, ())
    values = closed(part.id, field) or publishers
    shown = {*offered, *chosen}
    options = [(value, label) for value, label in values.items() if value in shown]
    options += [(value, f"Other, {NOT_OURS}") for value in other(part.id, field) if value in shown]
    options += [(NOT_STATED, "not stated")] if NOT_STATED in shown and (options or chosen) else []
    return {"field": field, "label": LABELS[field], "options": options, "chosen": chosen}


_PAGE = Part(
    id="withdrawn",
    name="Withdrawn and replaced",
    lead="What its publisher withdrew or replaced, what is no longer found at its address or on its list, and law that"
    " has ended: the newest first. Earlier editions stand with the newest one, at its place in the library.",
    fields=(),
    more=(),
)


@page
async def withdrawn(datasette: Datasette, request: Request) -> Response:
    """Return the page of what is in no list of what is current any more."""
    wanted, cards = await _stopped(datasette, request)
    fields = {"topic": "topic", "nation": "jurisdiction"}
    narrowed = [
        (fields[field], value) for field, found in wanted.values.items() for value in found if value != NOT_STATED
    ]
    values = {
        "part": _PAGE,
        "asked": wanted,
        "choices": [
            {"field": field, "label": LABELS[field], "options": [*closed(_PAGE.id, field).items()],
             "chosen": wanted.values.get(field, ())}
            for field in _PAGE.choices
        ],
        "more_choices": [],
        "not_ours": NOT_OURS,
        "total": cards[0]["total"] if cards else 0,
        "has_more": bool(cards) and cards[0]["total"] > wanted.page * SHOWN,
        "months": [(month, [*map(view, found)]) for month, found in groupby(cards, lambda card: card["stopped"][:7])],
        "feed": urlencode([("change", "withdrawn"), ("change", "gone"), *narrowed]),
    }  # fmt: skip
    return await render(datasette, request, "withdrawn.html", values)


@page
async def withdrawn_as_json(datasette: Datasette, request: Request) -> Response:
    """Return a page of the same as objects."""
    wanted, cards = await _stopped(datasette, request)
    total = cards[0]["total"] if cards else 0
    following = datasette.urls.path(f"withdrawn.json{wanted.at(wanted.page + 1)}")
    listed = [{name: value for name, value in card.items() if name != "total"} for card in cards]
    values = {"total": total, "withdrawn": listed}
    return await objects.answer(datasette, values, next=following if total > wanted.page * SHOWN else "")


@page
async def withdrawn_as_sheet(datasette: Datasette, request: Request) -> Response:
    """Return all of it in one file."""
    _, cards = await _stopped(datasette, request, IN_A_SHEET)
    parts = tuple(PARTS)
    lines = [[card["stopped"], *line(datasette, card, parts)] for card in cards]
    return sheet(_PAGE.id, ("withdrawn, or told last", *columns(parts)), lines)


async def _stopped(datasette: Datasette, request: Request, most: int = SHOWN) -> tuple[QueryParams, list[Row]]:
    """Return what an address asks for, and that page of the cards."""
    wanted = parse_query(request, {name: values for name, values in known(_PAGE, {}).items() if name in _PAGE.choices})
    key, skipped = ("withdrawn", wanted.at(wanted.page), most), (wanted.page - 1) * most
    cards = await ask_kept(datasette, key, questions.stopped, wanted.values, limit=most, offset=skipped)
    if not cards and wanted.page > 1:
        raise MissingError(f"There is no page {wanted.page} of this list.")
    return wanted, cards
