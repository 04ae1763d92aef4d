"""What is withdrawn, replaced or no longer law, of all libraries, by the day on which it stopped."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.public import toolkit as questions
from crawler.public.database import Row
from crawler.public.toolkit import NOT_STATED
from crawler.publish import objects
from crawler.publish.csv import sheet
from crawler.publish.query_params import QueryParams, parse_query
from crawler.publish.server.responses import MissingError, ask_kept, page, render
from crawler.publish.toolkit.cards import view
from crawler.publish.toolkit.libraries import IN_A_SHEET, SHOWN
from crawler.publish.toolkit.parts import LABELS, NOT_OURS, PARTS, Part, closed, known
from crawler.publish.toolkit.sheets import columns, line

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
    wanted, cards = await _listed(datasette, request)
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
async def as_json(datasette: Datasette, request: Request) -> Response:
    """Return a page of the same as objects."""
    wanted, cards = await _listed(datasette, request)
    total = cards[0]["total"] if cards else 0
    following = datasette.urls.path(f"withdrawn.json{wanted.at(wanted.page + 1)}")
    listed = [{name: value for name, value in card.items() if name != "total"} for card in cards]
    values = {"total": total, "withdrawn": listed}
    return await objects.answer(datasette, values, next=following if total > wanted.page * SHOWN else "")


@page
async def as_sheet(datasette: Datasette, request: Request) -> Response:
    """Return all of it in one file."""
    _, cards = await _listed(datasette, request, IN_A_SHEET)
    parts = tuple(PARTS)
    lines = [[card["stopped"], *line(datasette, card, parts)] for card in cards]
    return sheet(_PAGE.id, ("withdrawn, or told last", *columns(parts)), lines)


async def _listed(datasette: Datasette, request: Request, most: int = SHOWN) -> tuple[QueryParams, list[Row]]:
    """Return what an address asks for, and that page of the cards."""
    wanted = parse_query(request, {name: values for name, values in known(_PAGE, {}).items() if name in _PAGE.choices})
    key, skipped = ("withdrawn", wanted.at(wanted.page), most), (wanted.page - 1) * most
    cards = await ask_kept(datasette, key, questions.stopped, wanted.values, limit=most, offset=skipped)
    if not cards and wanted.page > 1:
        raise MissingError(f"There is no page {wanted.page} of this list.")
    return wanted, cards
