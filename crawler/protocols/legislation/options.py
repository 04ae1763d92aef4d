"""The options of a source of legislation.gov.uk, and the first links of its walks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, Literal
from urllib.parse import parse_qsl, urlsplit

from crawler.model import Link, Walk
from crawler.protocols.legislation.effects import RELATED
from crawler.protocols.legislation.names import LOG, SITE, TYPES, address, data_url, day, effects_url, uk_date
from crawler.protocols.legislation.paging import is_feed, text_of
from crawler.sources import Registry, Source, options
from crawler.sources.fields import Count, Flag, among, said, through

PARAMETERS = frozenset(
    {
        "title", "text", "sort", "sortorder", "results-count", "page", "number", "event", "new", "format", "language",
        "republished",
    }
)  # fmt: skip
"""What feeds of the site may be asked by. It drops any other without a word, and serves everything."""
_DATE = re.compile(r"(?<![^/])\d{4}-\d{1,2}-\d{1,2}(?![^/])")


def _instrument(value: object) -> object:
    where = address(f"/{value}")
    if where is None or where.item != value:
        raise ValueError(f"{value!r} is no instrument of legislation.gov.uk; expected one such as ukpga/2015/30")
    return value


def _part(value: object) -> object:
    if not re.fullmatch(r"[a-z]+(?:-[0-9A-Za-z]+)+(?:\.\.[a-z]+(?:-[0-9A-Za-z]+)+)?", str(value)):
        raise ValueError(f"{value!r} is no part; expected one such as part-5, section-45 or section-57..section-60C")
    return value


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is a list, a search, or a Publication Log (`…/update/…/data.feed`)."""

    feed: Annotated[
        Literal["list", "log", "items"],
        said("`log`: the Publication Log, day by day; `items`: those named below"),
    ] = "list"
    items: Annotated[
        tuple[Annotated[str, through(_instrument)], ...],
        said("with `items`: tracked, such as `ukpga/2015/30`"),
    ] = ()
    parts: Annotated[
        Mapping[Annotated[str, through(_instrument)], tuple[Annotated[str, through(_part)], ...]],
        said("with `items`: of these only changes of these parts are told: `part-5`, `section-57..section-60C`"),
    ] = field(default_factory=dict)
    logs: Annotated[Flag, said("with `items`: their newest events in the log")] = False
    effects: Annotated[Flag, said("read effects feeds of instruments tracked or in a log")] = False
    related: Annotated[
        tuple[Annotated[str, among(RELATED, "relation")], ...],
        said("with `items`: read instruments that stand so to them, by the effects feeds"),
    ] = ()
    associated: Annotated[Flag, said("with `items`: notes, memoranda and impact assessments")] = False
    versions: Annotated[Flag, said("with `items`: all versions listed, once")] = False
    provisions: Annotated[Flag, said("of a search by `text`: read what has it in a provision, whatever its title")] = (
        False
    )
    types: Annotated[
        tuple[Annotated[str, among(TYPES, "type")], ...], said("only these, such as `uksi`; default all")
    ] = ()
    days: Annotated[Count, said("with `log`: most of one walk")] = 7
    pages: Annotated[Count | None, said("most pages of one walk; more is a gap")] = None

    def problems(self, source: Source) -> Iterator[str]:
        """Yield what is wrong with the address, or missing."""
        if self.feed == "items":
            if not self.items:
                yield "options.items: names no instrument"
            yield from (f"options.parts: {each} is none of the items" for each in self.parts if each not in self.items)
            return
        if self.provisions and not text_of(source.url):
            yield f"options.provisions: {source.url} is no search by text"
        yield from _wrong_address(source.url)
        if self.feed == "log" and not (urlsplit(source.url).path.startswith(LOG) and is_feed(source.url)):
            yield f"url: expected a Publication Log (…/update/…/data.feed), not {source.url}"


def named_parts(registry: Registry, document: str) -> tuple[str, ...]:
    """Return the parts of a law that its sources name; none where one of them watches it whole, or it is not named."""
    found: list[str] = []
    for source in registry.sources.values():
        items = source.options.get("items") if source.protocol == "legislation" and source.enabled else None
        if isinstance(items, list | tuple) and document in items:
            if not (parts := Options.of(source).parts.get(document, ())):
                return ()
            found += parts
    return tuple(dict.fromkeys(found))


def _wrong_address(url: str) -> Iterator[str]:
    """What the site would not refuse: for a day that cannot be, its log answers with all days it ever had."""
    parts = urlsplit(url)
    for name, _ in parse_qsl(parts.query, keep_blank_values=True):
        if name not in PARAMETERS:
            known = ", ".join(sorted(PARAMETERS))
            yield f"url: unknown parameter {name!r}, which the site would ignore; expected {known}"
    for stated in _DATE.findall(parts.path):
        if day(stated) is None:
            yield f"url: {stated} is no day"


def start(source: Source, walk: Walk) -> Iterator[Link]:
    """Yield the first links of a walk over a source whose options are right."""
    options = Options.of(source)
    if options.feed == "items":
        yield from _items(options)
    elif options.feed == "log":
        yield from _days(source, walk, options.days)
    else:
        yield Link(url=source.url, role="listing")


def _days(source: Source, walk: Walk, most: int) -> Iterator[Link]:
    """Yield the log of each day since the cursor, which is the last day that was over when it was read.

    The log counts its days in local time. Each link carries the cursor that the walk leaves once all of it was read.
    """
    today = uk_date(walk.clock)
    done = day(walk.cursor)
    first = date.fromisoformat(done) + timedelta(days=1) if done else today - timedelta(days=most - 1)
    days = [first + timedelta(days=count) for count in range(min(most, (today - first).days + 1))]
    parts = urlsplit(source.url)
    for each in days:
        path = f"{LOG}{each.isoformat()}/{parts.path.removeprefix(LOG)}"
        cursor = min(days[-1], today - timedelta(days=1)).isoformat()
        yield Link(url=parts._replace(path=path).geturl(), role="listing", facts={"cursor": cursor})


def _items(options: Options) -> Iterator[Link]:
    for each in options.items:
        yield Link(url=data_url(each), role="document")
        if options.logs:
            yield Link(url=f"{SITE}{LOG}{each}/data.feed", role="statement", parent=each)
        if options.effects or {*options.related} - {"predecessors"}:
            yield Link(url=effects_url(each, "affected"), role="statement", parent=each)
        if "predecessors" in options.related:
            yield Link(url=effects_url(each, "affecting"), role="statement", parent=each)
