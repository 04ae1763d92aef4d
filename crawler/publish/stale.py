"""The page of passages whose cited text changed later, and its feed."""

from collections.abc import Mapping
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler import wording
from crawler.feeds import runs
from crawler.feeds.entry import quoted_words
from crawler.feeds.feed import link
from crawler.feeds.notices import Board, Notice
from crawler.model import digest_of
from crawler.public import stale as questions
from crawler.public.database import Connection, Row
from crawler.publish import notices, objects
from crawler.publish.server.responses import ask, page, render
from crawler.wording import day, legal

MAX_ON_PAGE = 300
"""Most passages on the page; the feed has more."""

CHANGED = "The cited text changed later: check"
REISSUED = "Re-issued since, passage unchanged: check"
"""What is said of a passage: that it is to be checked, and nothing of whether it still holds."""


@page
async def stale(datasette: Datasette, request: Request) -> Response:
    """Answer with the passages to be checked and since when, those whose cited text changed last first."""
    return await render(datasette, request, "stale.html", await ask(datasette, _listed))


as_json = objects.answers(lambda connection: {"stale": questions.waiting(connection, MAX_ON_PAGE)})


@page
async def feed(datasette: Datasette, request: Request) -> Response:
    """Return them as a feed."""
    board = Board(place="stale", about="passages whose cited text changed later", page="stale")
    rows = await notices.everything(datasette, request, questions.waiting)
    return await notices.answered(datasette, request, [_notice(row) for row in rows], board)


def _listed(connection: Connection) -> dict[str, Any]:
    rows = [told(row) for row in questions.waiting(connection, MAX_ON_PAGE)]
    return {"total": questions.number(connection), "passages": rows}


def told(row: Row) -> dict[str, Any]:
    """Return a passage for a page: ``said`` of it, ``where`` it stands, what it ``cites``, what ``became`` of that."""
    cites = wording.cited(row["provision"])
    return {
        **row,
        "said": CHANGED if row["state"] == "changed" else REISSUED,
        "where": wording.where(row["path"], row["heading"], row["number"]),
        "cites": cites,
        "became": questions.became(row),
        "shown": quoted_words(runs(row["words"])),
    }


def _notice(row: Mapping[str, Any]) -> Notice:
    """Return a passage as a notice: it is another one where its cited text changes again."""
    shown = told(dict(row))
    what = f"{shown['cites']} of {row['target_title']}" if shown["cites"] else row["target_title"]
    return Notice(
        id=f"stale/{digest_of(row['document'], row['path'], row['target'], row['provision'], row['seen'])[:20]}",
        title=legal(f"{shown['said']}: {shown['where']}, {row['title']}"),
        url=link(str(row["url"] or "")),
        published=row["seen"],
        updated=row["seen"],
        text=legal(f"It cites {what}. {shown['became']}, since {day(row['since'])}."),
    )
