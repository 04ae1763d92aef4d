"""What every answer has in common: how far it can be relied on, and where its words stand officially."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from crawler.feeds.feed import Feed, link
from crawler.mcp.values import About, NotChecked, Origin, Quoted, about, plain, quoted
from crawler.public import documents, standing
from crawler.public.database import Connection, Row
from crawler.publish.paths import encode
from crawler.publish.server.responses import MissingError
from crawler.wording import where

TROUBLE = ("alarm", "never")
"""Of sources that could not be checked, or were not read completely yet."""

MAX_NAMED = 10
"""Most sources that an answer names as not checked; `source_health` has them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Whose site it is (``feed``: its authority and public address), and what time it is."""

    feed: Feed
    now: Callable[[], datetime]

    def page(self, document: str, path: str = "") -> str:
        """Return the address of our page of a document, or of a provision on it; empty where there is none."""
        there = f"?provision={quote(path)}#{quote(path)}" if path else ""
        return self.feed.address(f"doc/{encode(document)}{there}")


def limits(connection: Connection, desk: Desk, only: Iterable[str] | None = None) -> About:
    """Return how far an answer can be relied on; ``only`` are the sources that it depends on, None for all."""
    read, wanted = standing.reading(connection), None if only is None else set(only)
    troubled = (
        NotChecked(
            source=source["id"],
            name=source["name"],
            publisher=source["publisher_name"],
            since=min((one["since"] for one in source["faults"] if one["severity"] == "alarm"), default=""),
            last_read_in_full=source["last_success"] or "",
            address=link(source["url"]),
        )
        for source in standing.sources(connection)
        if source["trouble"] in TROUBLE and (wanted is None or source["id"] in wanted)
    )
    overdue, sample = read.is_overdue(desk.now()), read.sample
    return about(read.clock, tuple(troubled), overdue=overdue, sample=sample, most=MAX_NAMED)


def held(connection: Connection, id: str) -> Row:
    """Return a document by its id, or by another name of it.

    Raises:
        MissingError: there is none, or its publisher took it down.
    """
    for name in (id, documents.renamed(connection, id) or ""):
        if found := documents.document(connection, name):
            return found
    if removal := documents.removal(connection, id):
        raise MissingError(f"Its publisher took this document down: {removal['removed']}. It is not kept here.")
    raise MissingError("There is no document with this id here; search gives the ids of those that are held.")


def origins(connection: Connection, desk: Desk, ids: Iterable[str]) -> dict[str, Origin]:
    """Return where documents stand officially, and as what the versions shown were read, by their ids."""
    return {row["id"]: origin(row, desk.page(row["id"])) for row in documents.origins(connection, ids)}


def origin(row: Row, page: str, *, official: str = "") -> Origin:
    """Return where something stands, from a row of :func:`crawler.public.documents.origins`."""
    return Origin(
        official=link(official or row["url"]),
        page=page,
        publisher=quoted(row["publisher_name"]),
        captured=row["captured"] or "",
        checked=row["checked"] or "",
        sha256=row["digest"] or "",
        licence=row["licence"] or "",
        licence_url=link(row["licence_url"] or ""),
        attribution=row["attribution"] or "",
    )


def place(row: Mapping[str, str], path: str = "") -> Quoted:
    """Return where a section stands in its document, for readers."""
    return quoted(where(plain(path or row["path"]), row["heading"], row["number"]))


def pages(number: int, page: int, most: int) -> tuple[int, int | None]:
    """Return where a page begins among so many rows, and the number of the next one."""
    return (page - 1) * most, page + 1 if page * most < number else None
