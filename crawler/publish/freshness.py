"""How the data stand at the time someone looks: how old they are, whether they are invented, what was not checked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from datasette.app import Datasette

from crawler.public.database import Connection, Row
from crawler.public.standing import MEANING, issues, reading
from crawler.publish.server.responses import ask
from crawler.publish.settings import own
from crawler.text import counted, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How old the data are. ``clock`` is that of the newest finished crawl, empty where none has finished."""

    clock: str
    now: datetime
    age: timedelta
    overdue: bool
    sample: bool

    @property
    def old(self) -> str:
        """Return the age in words."""
        days, hours = self.age.days, self.age.seconds // 3600
        if days >= 1:
            return counted(days, "day")
        return counted(hours, "hour") if hours >= 1 else "less than an hour"


async def freshness(datasette: Datasette) -> Freshness:
    """Return how the data stand now."""
    read = await ask(datasette, reading)
    now = own(datasette).now
    age = max(now - moment(read.clock), timedelta()) if read.clock else timedelta()
    return Freshness(clock=read.clock, now=now, age=age, overdue=read.is_overdue(now), sample=read.sample)


def rest(connection: Connection) -> tuple[list[Row], list[Row]]:
    """Return the open issues of the round-up itself, and those of anything that were mended lately.

    Each has its ``meaning`` for readers, empty where its own words have to do.
    """
    listed = [{**issue, "meaning": MEANING.get(issue["kind"], "")} for issue in issues(connection)]
    return [one for one in listed if one["resolved"] is None], [one for one in listed if one["resolved"] is not None]
