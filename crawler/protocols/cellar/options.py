"""The options of a source of the Publications Office, and the first links of its walks."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal
from urllib.parse import urlsplit

from crawler.errors import IdentifierError
from crawler.identifiers import celex, numbered
from crawler.model import TRACKED, Cut, Link, Walk
from crawler.protocols.cellar import addresses, dates, kinds, notifications, queries, sparql
from crawler.sources import Source, options
from crawler.sources.fields import Count, Flag, among, matching, said, through

LOOK_BACK = timedelta(days=45)
"""How far back a walk looks again by date: documents enter CELLAR late."""


def _act(value: object) -> object:
    with suppress(IdentifierError):
        is_council = isinstance(value, str) and value.startswith("consil:")
        if isinstance(value, str) and value == (numbered(value) if is_council else addresses.number(celex(value))):
            return value
    raise ValueError(f"{value!r} is no CELEX number of an act; expected one such as 32011L0036")


def _resource_type(value: object) -> object:
    if unknown := kinds.unknown([str(value)]):
        raise ValueError(f"unknown resource type {unknown[0]!r}")
    return value


def _day(value: object) -> object:
    if not isinstance(value, str) or dates.day(value) != value:
        raise ValueError(f"{value!r}; expected a date such as 2000-01-01")
    return value


Act = Annotated[str, through(_act)]
Body = Annotated[str, matching("[A-Z0-9_]{1,40}", "a code such as COM")]
ResourceType = Annotated[Body, through(_resource_type)]
Day = Annotated[str, through(_day, "date")]
Concept = Annotated[str, matching("[0-9]{1,8}|c_[0-9a-f]{6,10}", "the number of a EuroVoc concept, such as 5933")]
Name = Annotated[str, matching(r"[\w .,()&|'-]{3,200}", "the English name of a body, such as Europol")]
Phrase = Annotated[str, matching(r"[\w .,()/-]{3,120}", "a phrase of 3 to 120 letters, digits and . , ( ) / -")]
Class = Annotated[str, matching("[a-z0-9_-]{1,60}", "a class of works such as act_preparatory_council")]


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is `https://publications.europa.eu/webapi/rdf/sparql`, but for `feed: address`."""

    feed: Annotated[
        Literal["address", "items", "search", "notifications"],
        said("`address`: `url` as it is; `items`: acts and what is around them; `notifications`: of changes"),
    ] = "address"
    items: Annotated[
        tuple[Act, ...],
        said("CELEX numbers, `consil:ST_1_2026_INIT`: tracked or, with `notifications`, kept"),
    ] = ()
    CUT_BY: ClassVar[tuple[str, ...]] = ("date",)
    IS_WHOLE: ClassVar[bool] = True

    related: Annotated[
        tuple[Annotated[str, among(queries.RELATED, "relation")], ...],
        said("with `items`: looked for around them"),
    ] = tuple(name for name in queries.RELATED if name not in ("corrigenda", "cited_by"))
    concepts: Annotated[tuple[Concept, ...], said("with `search`: EuroVoc numbers")] = ()
    titles: Annotated[tuple[Phrase, ...], said("with `search`: phrases of titles")] = ()
    agents: Annotated[
        tuple[Body, ...],
        said("with `search` and `cited_by`: authors such as `COM`"),
    ] = ()
    bodies: Annotated[tuple[Name, ...], said("with `search`: names of authors, `|` between those of one")] = ()
    types: Annotated[tuple[ResourceType, ...], said("with `search`: such as `DIR`")] = ()
    corrigenda: Annotated[Flag, said("with `search`: are kept too")] = False
    classes: Annotated[tuple[Class, ...], said("with `notifications`: works kept")] = ()
    since: Annotated[Day, said("with `search`: where the first walk begins")] = "2000-01-01"
    days: Annotated[Count, said("with `search`: days that a question covers")] = 366
    minutes: Annotated[Count, said("with `notifications`: minutes of a window")] = notifications.MINUTES
    windows: Annotated[Count, said("with `notifications`: most of one walk")] = notifications.WINDOWS
    texts: Annotated[Flag, said("read what is found")] = True
    language: Annotated[str, among(addresses.LANGUAGES, "language"), said("of texts and titles")] = "ENG"
    sparql_method: Annotated[queries.Method, said("how questions are asked")] = "post"
    pages: Annotated[Count | None, said("most pages of one walk; more is a gap")] = None

    def problems(self, source: Source) -> Iterator[str]:
        """Yield what is missing."""
        if self.feed == "items" and not self.items:
            yield "options.items: names no act"
        if self.feed == "search" and not (self.concepts or self.titles or self.agents or self.bodies):
            yield "options: a search needs concepts, titles, agents or bodies"


def start(source: Source, walk: Walk) -> Iterator[Link]:
    """Yield the first links of a walk over a source whose options are right."""
    options = Options.of(source)
    match options.feed:
        case "items":
            yield from _items(options, walk)
        case "search":
            yield from _search(options, walk)
        case "notifications":
            yield from notifications.windows(walk, minutes=options.minutes, most=options.windows)
        case _:
            yield _address(source.url)


def _address(url: str) -> Link:
    """Return the link to an address as it is written: a query, a window of notifications, or a resource."""
    path = urlsplit(url).path
    if path.startswith("/webapi/rdf/sparql"):
        return Link(url=url, role="listing", accept=addresses.RESULTS)
    if path.startswith("/webapi/notification/"):
        return Link(url=url, role="listing", accept=addresses.ATOM)
    return Link(url=url, role="document", accept=addresses.NOTICE if addresses.name_at(url) else "")


def _items(options: Options, walk: Walk) -> Iterator[Link]:
    """Yield the questions for the acts that are tracked, and for what is wanted around them; documents of the Council.

    The answers say which notices are news. Until the endpoint has answered once, every act is asked for by itself too.
    """
    numbers = sorted(each for each in options.items if ":" not in each)
    done = dates.brussels(walk.clock).date().isoformat()
    for place in range(0, len(numbers), queries.MAX_ACTS):
        some = numbers[place : place + queries.MAX_ACTS]
        facts = {sparql.ASKED: " ".join(some), "cursor": done}
        yield queries.link(queries.acts(some, options.language), options.sparql_method, **facts)
        if options.related:
            around = {sparql.RELATIONS: " ".join(options.related)}
            asked = queries.related(some, options.related, options.language, options.agents or ("COM",))
            yield queries.link(asked, options.sparql_method, **around)
    if not walk.cursor:
        yield from (addresses.notice(celex(each)) for each in numbers)
    yield from (addresses.notice(each, **{TRACKED: "yes"}) for each in sorted({*options.items} - {*numbers}))


def _search(options: Options, walk: Walk) -> Iterator[Link]:
    """Yield the questions of a search: everything in the first walk, later what is new, and what came late.

    The cursor is the day of the last complete walk. Every question carries the one that this walk leaves.
    """
    wanted = _wanted(options)
    today = dates.brussels(walk.clock).date()
    done = dates.as_date(walk.cursor)
    first = done - LOOK_BACK if done else dates.as_date(options.since) or today
    facts = {"cursor": today.isoformat(), sparql.SPAN: "days"}
    step = timedelta(days=options.days)
    if options.bodies:
        names = "\n".join(options.bodies)
        yield queries.link(queries.bodies(options.bodies), options.sparql_method, **{sparql.BODIES: names})
    while first <= today:
        last = min(first + step - timedelta(days=1), today)
        yield queries.link(queries.dated(wanted, first.isoformat(), last.isoformat()), options.sparql_method, **facts)
        first = last + timedelta(days=1)
    late = queries.modified(wanted, done.isoformat()) if done else queries.undated(wanted)
    yield queries.link(late, options.sparql_method, **facts)


def sliced(source: Source, cut: Cut, clock: datetime) -> Iterator[Link]:
    """Yield the question of a search for the works of a span of days; an answer has all rows, or says that it has not.

    Other feeds are no lists.
    """
    options = Options.of(source)
    if options.feed == "search":
        last = cut.last or dates.brussels(clock).date().isoformat()
        yield queries.link(queries.dated(_wanted(options), cut.first, last), options.sparql_method)


def _wanted(options: Options) -> queries.Search:
    return queries.Search(
        concepts=options.concepts,
        titles=options.titles,
        agents=options.agents,
        bodies=options.bodies,
        types=options.types,
        corrigenda=options.corrigenda,
        language=options.language,
    )
