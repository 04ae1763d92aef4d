"""The lists of effects on the page of a document: which part of them is asked for, and where the others are."""

from collections.abc import Mapping
from typing import Any

from datasette.utils.asgi import Request

from crawler.public import effects
from crawler.public.database import Connection
from crawler.publish.server.responses import MissingError

MAX_PAGE_DIGITS = 5


def asked(request: Request) -> dict[str, tuple[str, int]]:
    """Return of each list the state and the page that an address asks for: ``?changed_by=outstanding``.

    Raises:
        MissingError: there is no such state, or no such page.
    """
    return {
        side: (_state(request.args.get(side) or ""), _page(request.args.get(f"{side}_page") or ""))
        for side in effects.SIDES
    }


def _state(state: str) -> str:
    if state and state not in effects.STATES:
        raise MissingError(f"There are no effects called {state[:40]!r}; there are: {', '.join(effects.STATES)}.")
    return state


def _page(page: str) -> int:
    if not page:
        return 1
    if not (page.isascii() and page.isdigit() and len(page) <= MAX_PAGE_DIGITS and int(page)):
        raise MissingError(f"There is no page {page[:40]!r} of this list.")
    return int(page)


def lists(connection: Connection, id: str, wanted: Mapping[str, tuple[str, int]]) -> dict[str, Any]:
    """Return both lists of a document as asked for, and what is outstanding on it.

    Raises:
        MissingError: a list has no such page.
    """
    found = {side: effects.effects(connection, id, side, *wanted.get(side, ("", 1))) for side in effects.SIDES}
    for listed in found.values():
        if listed["page"] > listed["pages"]:
            raise MissingError(f"There is no page {listed['page']} of this list; it has {listed['pages']}.")
    return {"effects": found, "outstanding": effects.outstanding(connection, id)}
