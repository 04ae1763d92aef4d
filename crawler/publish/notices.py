"""The feeds about the round-up itself: what waits, how sources are read, and what was checked week by week."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import Feed, Filter
from crawler.feeds.feed import link
from crawler.feeds.notices import FORMS, Board, Notice, newest_update
from crawler.model import digest_of
from crawler.public import review, standing
from crawler.public.database import Connection
from crawler.public.standing import MEANING
from crawler.publish.filtering import asked, feed_of
from crawler.publish.server import feed_routes
from crawler.publish.server.responses import MissingError, ask, page
from crawler.text import counted, moment
from crawler.wording import day, legal

MAX_LISTED = 500
"""Most notices of one feed."""


@page
async def waiting(datasette: Datasette, request: Request) -> Response:
    """Return what waits for a person to decide whether it belongs in the round-up."""
    board = Board(place="review", about="waiting for a decision", page="review")
    rows = await everything(datasette, request, review.waiting)
    return await answered(datasette, request, [_waits(row) for row in rows], board)


@page
async def health(datasette: Datasette, request: Request) -> Response:
    """Return which sources could not be read as they should be, and which could again."""
    board = Board(place="health", about="what could not be checked", page="sources")
    rows = await everything(datasette, request, standing.alarms)
    return await answered(datasette, request, [_alarm(row) for row in rows], board)


@page
async def checked(datasette: Datasette, request: Request) -> Response:
    """Return for each week that is over what was checked, and how many entries of a filter came, though it be none."""
    filter = await asked(datasette, request)
    feed = await feed_of(datasette, filter)
    listed = await ask(datasette, _weeks, filter, feed)
    about = f"checked, week by week: {feed.words}" if feed.words else "checked, week by week"
    board = Board(place="checked", about=about, page=f"?{filter.query}" if filter.pairs else "", query=filter.query)
    return await answered(datasette, request, listed, board)


async def everything(datasette: Datasette, request: Request, question: object) -> list[dict[str, object]]:
    """Return what a question answers for a feed without filters.

    Raises:
        MissingError: the address asks for a filter.
    """
    if request.query_string:
        raise MissingError("This feed has no filters: it has everything of its kind.")
    found: list[dict[str, object]] = await ask(datasette, question, MAX_LISTED)  # type: ignore[arg-type]
    return found


async def answered(datasette: Datasette, request: Request, listed: Sequence[Notice], board: Board) -> Response:
    """Return notices in the form that an address asks for."""
    render, media_type = FORMS[request.url_vars["form"]]
    body = render(listed, board, await feed_of(datasette, Filter()))
    return feed_routes.answer(request, body, media_type, moment(newest_update(listed)))


def _waits(row: Mapping[str, object]) -> Notice:
    """Return a document that waits: since when, and the words that speak for it or against it, each with its weight."""
    reasons = [(str(each["words"]), float(each["weight"])) for each in json.loads(str(row["why"]))]
    told = ", ".join(f"“{words}” {weight:+.1f}" for words, weight in reasons if words)
    since = str(row["since"])
    return Notice(
        id=f"review/{digest_of(row['id'], since)[:20]}",
        title=legal(str(row["title"])) or "No title",
        url=link(str(row["url"])),
        published=since,
        updated=since,
        text=f"Found through {row['source_name']}, waiting since {day(since)}. "
        + (f"What counted: {told}." if told else "No words of its title or summary decide."),
    )


def _alarm(row: Mapping[str, object]) -> Notice:
    """Return an issue of a source, or of the round-up itself; one that was found mended says so."""
    name, since, resolved = row["name"] or "The round-up itself", str(row["since"]), str(row["resolved"] or "")
    meaning = MEANING.get(str(row["kind"]), "") or str(row["detail"])
    ended = f" It was found mended on {day(resolved)}." if resolved else ""
    return Notice(
        id=f"issue/{row['id']}",
        title=legal(f"{'Mended: ' if resolved else ''}{name}: {meaning.partition('. ')[0].rstrip('.')}"),
        url=link(str(row["url"] or "")),
        published=since,
        updated=resolved or since,
        text=f"Since {day(since)}: {meaning}{ended}",
    )


def _weeks(connection: Connection, filter: Filter, feed: Feed) -> list[Notice]:
    return [_week(row, feed) for row in review.weeks(connection, filter)]


def _week(row: review.Week, feed: Feed) -> Notice:
    last = (date.fromisoformat(row.monday) + timedelta(days=6)).isoformat()
    found = counted(row.entries, "entry", "entries") if row.entries else "nothing changed"
    unread = f" Not read as it should be: {'; '.join(row.unread)}." if row.unread else ""
    of = f" that fit {feed.words}" if feed.words else ""
    return Notice(
        id=f"checked/{row.monday}/{digest_of(feed.filter.query)[:12]}",
        title=f"Week to {day(last)}: checked, {found}",
        url=feed.page,
        published=row.ended,
        updated=row.ended,
        text=f"{row.read} of {counted(row.asked, 'source that was', 'sources that were')} due could be read.{unread}"
        f" {counted(row.entries, 'entry was', 'entries were')} announced{legal(of)}.",
    )
