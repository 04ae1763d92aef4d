"""The digest of a data directory, made from its public database alone."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl

from crawler.errors import ConfigError
from crawler.feeds import Feed, Filter, UnknownFilterError, chosen
from crawler.feeds.digest import FORMS, Period
from crawler.public import filters
from crawler.public.database import FILE, Connection, connect
from crawler.public.digest import digest
from crawler.public.standing import reading
from crawler.run.publish import check_sample
from crawler.sources import Settings
from crawler.text import moment, stamp

USUAL = timedelta(days=7)
"""How long a period is whose first day is not stated."""


def render(data: Path, settings: Settings, query: str, since: str | None, until: str | None, form: str) -> str:
    """Return the digest of a filter in a form: of what happened after ``since``, until ``until``.

    Raises:
        ConfigError: there is no public database, or no crawl in it; the filter or the period cannot be.
    """
    check_sample(data, settings)
    with closing(connect(data / FILE)) as public:
        clock = reading(public).clock
        if not clock:
            raise ConfigError(f"{data / FILE}: no crawl has finished yet")
        last = until or clock
        first = since or stamp(moment(last) - USUAL)
        if first >= last:
            raise ConfigError(f"a period from {first[:10]} to {last[:10]} has no day; the newest crawl is of {clock}")
        feed = feed_of(public, settings, checked(public, query))
        return FORMS[form](digest(public, feed, Period(since=first, until=last)))


def feed_of(public: Connection, settings: Settings, filter: Filter) -> Feed:
    """Return the feed of a filter, for the addresses in a digest."""
    sample = reading(public).sample
    return Feed(authority=settings.authority, public_url=settings.public_url, filter=filter, sample=sample)


def checked(public: Connection, query: str) -> Filter:
    """Return the filter of the query of an address; a whole address of a feed will do.

    Raises:
        ConfigError: it names a facet or a value that there is none of.
    """
    try:
        asked = chosen(parse_qsl(query.rpartition("?")[2], keep_blank_values=True, strict_parsing=bool(query)))
    except (UnknownFilterError, ValueError) as error:
        raise ConfigError(f"filter {query!r}: {error}") from error
    if wrong := filters.unknown(public, asked):
        facet, value = wrong[0]
        raise ConfigError(f"filter {query!r}: nothing in the database has {facet} {value!r}")
    return asked
