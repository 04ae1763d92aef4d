"""Pages about the round-up itself: its sources, what is read of each body, who runs it, its state for machines."""

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median
from typing import Any
from urllib.parse import quote

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import CHANGES
from crawler.feeds.plain import one_line
from crawler.public import coverage, standing
from crawler.public.database import Connection, Row
from crawler.publish import objects
from crawler.publish.filtering import facets
from crawler.publish.freshness import freshness, rest
from crawler.publish.server.responses import ask, ask_kept, page, render
from crawler.publish.settings import Settings, own
from crawler.text import counted, moment, stamp


@page
async def sources(datasette: Datasette, request: Request) -> Response:
    """Return every source, how its reading stands, and what could not be checked."""
    values = await ask(datasette, _sources)
    groups = await ask_kept(datasette, "bodies", grouped)
    return await render(datasette, request, "sources.html", {**values, "groups": groups})


def _sources(connection: Connection) -> dict[str, object]:
    own_issues, mended = rest(connection)
    return {
        "sources": standing.sources(connection),
        "own_issues": own_issues,
        "mended": mended,
        "crawls": standing.crawls(connection),
    }


sources_as_json = objects.answers(_sources)


@page
async def about(datasette: Datasette, request: Request) -> Response:
    """Return what this is and is not, whose words it shows, and how to cite and to subscribe."""
    settings = own(datasette)
    values = {
        "publishers": await ask(datasette, standing.publishers),
        "public_url": settings.public_url,
        "authority": settings.authority,
        "facets": facets(),
        "changes": CHANGES,
    }
    return await render(datasette, request, "about.html", values)


@page
async def health(datasette: Datasette, request: Request) -> Response:
    """Return the state of the data for monitors, with 503 where it is overdue: clock, age, issues, sources."""
    stand = await freshness(datasette)
    sources = await ask(datasette, standing.sources)
    values = {
        "clock": stand.clock or None,
        "now": stamp(stand.now.replace(microsecond=0)),
        "age_seconds": int(stand.age.total_seconds()) if stand.clock else None,
        "overdue": stand.overdue,
        "sample": stand.sample,
        "issues_open": await ask(datasette, standing.open_issues),
        "sources_in_trouble": [source["id"] for source in sources if source["trouble"] in ("alarm", "never")],
    }
    return Response.json(values, status=503 if stand.overdue else 200, headers={"Cache-Control": "no-store"})


LONGEST_DAYS = 60
"""Longer delays are those of old documents that were listed late."""
FEWEST = 3
"""Documents that are needed before something is called usual."""
_HOURS = 36
"""Up to so many hours, delays are told in hours where publishers state times."""

UNREAD, READ, OFF = "Could not be checked", "Read as planned", "Not read here"


def grouped(connection: Connection) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the bodies in groups, in the order of their sources: unread in part or whole, read, and not read at all.

    A body has ``name``, ``sources``, ``unread`` (those with a fault or never read), ``held``, ``listed``, ``complete``,
    ``since``, ``first`` and ``last`` (when its lists were read, empty for never) and ``seen`` (in words).
    """
    listed: dict[str, list[Row]] = {}
    for source in standing.sources(connection):
        listed.setdefault(source["publisher"], []).append(source)
    known = coverage.bodies(connection)
    groups: dict[str, list[dict[str, Any]]] = {UNREAD: [], READ: [], OFF: []}
    for publisher, sources in listed.items():
        on = [source for source in sources if source["trouble"] != "off"]
        unread = [source for source in on if source["trouble"]]
        body = {
            "name": sources[0]["publisher_name"],
            "sources": sources,
            "on": len(on),
            "unread": unread,
            **{name: known.get(publisher, {}).get(name) for name in ("held", "listed", "complete", "since")},
            "first": min((source["last_success"] or "" for source in on), default=""),
            "last": max((source["last_success"] or "" for source in on), default=""),
            "seen": _usual(each for source in on for each in coverage.delays(connection, source["id"])),
        }
        groups[UNREAD if unread else READ if on else OFF].append(body)
    return [(name, bodies) for name, bodies in groups.items() if bodies]


def _usual(pairs: Iterable[tuple[str, str]]) -> str:
    """Return how long after publication documents are usually seen, empty where too few tell.

    >>> _usual([("2026-03-10", "2026-03-12T06:00:00Z")] * 3)
    '2 days'
    >>> _usual([("2026-03-10T03:00:00Z", "2026-03-10T06:00:00Z")] * 3), _usual([])
    ('3 hours', '')
    """
    given = list(pairs)
    if given and all("T" in published for published, _ in given):
        hours = [(moment(seen) - moment(published)).total_seconds() / 3600 for published, seen in given]
        usual = _middle(hours, LONGEST_DAYS * 24)
        if usual is not None and usual <= _HOURS:
            return counted(max(round(usual), 1), "hour")
    days = [(date.fromisoformat(seen[:10]) - date.fromisoformat(published[:10])).days
            for published, seen in given if len(published) >= len("2026-01-01")]  # fmt: skip
    usual = _middle(days, LONGEST_DAYS)
    return "" if usual is None else counted(round(usual), "day") if round(usual) else "the same day"


def _middle(delays: Sequence[float], longest: float) -> float | None:
    usual = [each for each in delays if 0 <= each <= longest]
    return median(usual) if len(usual) >= FEWEST else None


ASKED = "What is wrong or missing here, or what would be useful to add?"
MAX_LINE = 300
"""Most characters of an id or address in a message: mail programs cut long addresses."""


class Contact:
    """Who runs the site, for templates: ``name``, ``address`` and ``logs``, each empty where it is not said."""

    def __init__(self, settings: Settings) -> None:
        self.name = settings.run_by
        self.address = settings.contact
        self.logs = settings.logs
        self._public_url = settings.public_url.rstrip("/")

    @property
    def mailto(self) -> str:
        """Return the address of a message to who runs the site, empty where no contact is set."""
        return f"mailto:{_encoded(self.address).replace('%40', '@')}" if self.address else ""

    def about(self, what: str, id: str, path: str) -> str:
        """Return the address of a message about a thing by its kind and id, and its path on the site (RFC 6068).

        Empty where no contact is set.

        >>> settings = Settings(public_url="https://a.example", authority="a.example", now=None, contact="b@a.example")
        >>> Contact(settings).about("entry", "x&cc=y", "entry/x&cc=y")[:66]
        'mailto:b@a.example?subject=Wrong%2C%20missing%20or%20useful%3A%20e'
        """
        if not self.address:
            return ""
        subject = f"Wrong, missing or useful: {what} {_cut(id)}".rstrip()
        lines = (f"{self._public_url}/{path.lstrip('/')}"[: MAX_LINE * 2], f"{what} {_cut(id)}", "", ASKED, "")
        body = "%0D%0A".join(_encoded(one_line(line)) for line in lines)
        return f"{self.mailto}?subject={_encoded(subject)}&body={body}"


def _cut(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= MAX_LINE else f"{line[:MAX_LINE]} …"


def _encoded(text: str) -> str:
    """Return a text as it stands in a mailto address: nothing in it begins another field."""
    return quote(text.encode("utf-8", "replace"), safe="")
