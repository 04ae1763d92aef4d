"""The options of a source of the UK Parliament, and the first links of its walks.

Parameters and their names: the OpenAPI descriptions of each API. Unknown parameters are ignored by these services, so
that a mistyped filter would give everything: they are refused here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Annotated, ClassVar
from urllib.parse import parse_qsl, urlsplit

from crawler.model import Cut, Link, Walk
from crawler.protocols.govuk.json_access import wall
from crawler.protocols.parliament.access import address
from crawler.sources import Source, options
from crawler.sources.diagnostics import one_of, unknown
from crawler.sources.fields import Count, Flag, Parameter, among, matching, said

MAX_TAKE = 200
"""Results that committees-api gives on a page at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """One of the APIs.

    ``term`` is its search parameter; ``take`` and ``skip`` its paging; ``windows`` the pairs of parameters that bound
    a list by date, each read by itself; ``always`` what is sent with every request; ``filters`` what ``search`` may
    say: everything but members, of whom no list is made. ``whole`` is sent where a list is read to its end.
    """

    path: str
    term: str
    take: tuple[str, int]
    skip: str
    filters: frozenset[str]
    windows: tuple[tuple[str, str], ...] = ()
    always: tuple[tuple[str, str], ...] = ()
    whole: tuple[tuple[str, str], ...] = ()


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


APIS: dict[str, Api] = {
    "bills": Api(
        path="/api/v1/Bills",
        term="SearchTerm",
        take=("Take", 50),
        skip="Skip",
        always=(("SortOrder", "DateUpdatedDescending"),),
        filters=_names(
            "Session CurrentHouse OriginatingHouse DepartmentId BillStage BillStagesExcluded IsDefeated IsWithdrawn "
            "BillType BillIds IsInAmendableStage"
        ),
    ),
    "committees": Api(
        path="/api/Publications",
        term="SearchTerm",
        take=("Take", MAX_TAKE),
        skip="Skip",
        windows=(("StartDate", "EndDate"),),
        always=(("SortOrder", "PublicationDateDescending"),),
        whole=(("SortOrder", "PublicationDateAscending"),),
        filters=_names("PublicationTypeIds PaperNumbers CommitteeBusinessId CommitteeId ShowOnWebsiteOnly"),
    ),
    "inquiries": Api(
        path="/api/CommitteeBusiness",
        term="SearchTerm",
        take=("Take", MAX_TAKE),
        skip="Skip",
        always=(("SortOrder", "DateOpenedNewest"),),
        filters=_names("CommitteeId DateFrom DateTo BusinessTypeId Status ShowOnWebsiteOnly"),
    ),
    "questions": Api(
        path="/api/writtenquestions/questions",
        term="searchTerm",
        take=("take", 100),
        skip="skip",
        # A question is answered, and its answer corrected, long after it was tabled.
        windows=(
            ("tabledWhenFrom", "tabledWhenTo"),
            ("answeredWhenFrom", "answeredWhenTo"),
            ("correctedWhenFrom", "correctedWhenTo"),
        ),
        always=(("includeWithdrawn", "true"), ("sessionStatus", "Any")),
        filters=_names("house answeringBodies answered questionStatus sessionStatus uIN"),
    ),
    "statements": Api(
        path="/api/writtenstatements/statements",
        term="searchTerm",
        take=("take", 100),
        skip="skip",
        windows=(("madeWhenFrom", "madeWhenTo"),),
        always=(("sessionStatus", "Any"),),
        filters=_names("house answeringBodies sessionStatus uIN"),
    ),
    "instruments": Api(
        path="/api/v2/StatutoryInstrument",
        term="Name",
        take=("Take", 100),
        skip="Skip",
        filters=_names(
            "Procedure ScheduledDebate MotionToStop ConcernsRaisedByCommittee ParliamentaryProcessConcluded "
            "DepartmentId LayingBodyId RecommendedForProcedureChange ActOfParliamentId House"
        ),
    ),
    "treaties": Api(
        path="/api/Treaty",
        term="SearchText",
        take=("Take", 100),
        skip="Skip",
        filters=_names(
            "GovernmentOrganisationId Series ParliamentaryProcess DebateScheduled MotionsTabledAboutATreaty "
            "CommitteeRaisedConcerns House"
        ),
    ),
}


Words = Annotated[str, matching(r"(?s:..+)", "at least 2 characters")]
Id = Annotated[str, matching("[A-Za-z0-9]{1,20}", "an id")]


@dataclass(frozen=True, kw_only=True)
class Options(options.Options):
    """`url` is the list of an API: bills, publications or inquiries of committees, questions, statements, instruments,
    treaties. An inquiry is no document: all that was published in it is listed."""

    CUT_BY: ClassVar[tuple[str, ...]] = ("page", "date")

    api: Annotated[str | None, among(APIS, "API of Parliament"), said("default what `url` says")] = None
    terms: Annotated[tuple[Words, ...], said("searched for, each by itself; default everything")] = ()
    search: Annotated[Mapping[str, Parameter], said("further parameters of the API, but members")] = field(
        default_factory=dict
    )
    items: Annotated[tuple[Id, ...], said("read in every walk; alone, without the list")] = ()
    days: Annotated[Count, said("of lists by date, in the first walk")] = 31
    again: Annotated[Count, said("days before the last walk, read again")] = 2
    files: Annotated[Flag, said("of `bills`: read files that the API serves")] = False
    pages: Annotated[Count | None, said("most pages of one walk; more is a gap")] = None

    @property
    def asked(self) -> tuple[tuple[str, str], ...]:
        """Return the parameters of ``search``; a list is one pair for each value."""
        return tuple((name, each) for name, values in self.search.items() for each in values)

    def problems(self, source: Source) -> Iterator[str]:
        """Yield what is wrong with the address, with items and parameters of another API."""
        name = name_of(source)
        api = APIS.get(name)
        if api is None:
            yield f"options.api: none stated, and {source.url} is of none; {one_of(APIS)}"
            return
        if urlsplit(source.url).path.rstrip("/") != api.path:
            yield f"url: expected an address with the path {api.path}, not {source.url}"
        if self.items and name == "instruments":
            yield "options.items: an instrument is tracked by the protocol legislation"
        filters = sorted(api.filters)
        for each in self.search:
            if each not in filters:
                yield f"options.search: {each!r}: {unknown(each, filters, 'parameter')}"


def name_of(source: Source) -> str:
    """Return which API a source reads: what its options say, else what its address says, else the empty text."""
    path = urlsplit(source.url).path.rstrip("/")
    return Options.of(source).api or next((name for name, api in APIS.items() if api.path == path), "")


def start(source: Source, walk: Walk) -> Iterator[Link]:
    """Yield the first links of a walk over a source whose options are right.

    An address that carries parameters, with no options that say more, is asked exactly as it is written. A list by
    date is asked month by month from a few days before the last walk, each day of which was read, to today; its links
    carry the cursor that the walk leaves once all of it was read.
    """
    api = APIS[name_of(source)]
    options = Options.of(source)
    terms, items, search = options.terms, options.items, options.asked
    base = urlsplit(source.url)._replace(query="", fragment="").geturl().rstrip("/")
    for each in items:
        yield Link(url=f"{base}/{each}", role="document")
    own = tuple(parse_qsl(urlsplit(source.url).query, keep_blank_values=True))
    if own and not (terms or search or items):
        yield Link(url=source.url, role="listing")
    elif terms or search or own or not items:
        for term in terms or ("",):
            yield from _lists(api, base, options, walk, (*own, *search, *(((api.term, term),) if term else ())))


def sliced(source: Source, cut: Cut, clock: datetime) -> Iterator[Link]:
    """Yield for each term its list, oldest first where the API can: all of it, or that of a span of days.

    A list that is cut by several dates is cut by its first one here: what happened later moves no entry.
    """
    api, options = APIS[name_of(source)], Options.of(source)
    base = urlsplit(source.url)._replace(query="", fragment="").geturl().rstrip("/")
    whole = tuple(pair for pair in api.whole if not (cut.front and pair[0] == "SortOrder"))
    stated = (*parse_qsl(urlsplit(source.url).query, keep_blank_values=True), *options.asked, *whole)
    bounds = api.windows[0] if api.windows else ()
    window = tuple(pair for pair in zip(bounds, (cut.first, cut.last), strict=False) if pair[1])
    for term in options.terms or ("",):
        asked = (*stated, *(((api.term, term),) if term else ()), *window)
        given = {name for name, _ in asked}
        always = (pair for pair in api.always if pair[0] not in given)
        rest = (*always, (api.skip, "0"), (api.take[0], str(api.take[1])))
        yield Link(url=address(base, (*asked, *rest)), role="listing")


def _lists(api: Api, base: str, options: Options, walk: Walk, asked: tuple[tuple[str, str], ...]) -> Iterator[Link]:
    taken = {name for name, _ in asked}
    always = tuple(pair for pair in api.always if pair[0] not in taken)
    paging = ((api.skip, "0"), (api.take[0], str(api.take[1])))
    if not api.windows:
        yield Link(url=address(base, (*asked, *always, *paging)), role="listing")
        return
    today = date.fromisoformat(wall(walk.clock)[:10])
    first = _since(walk.cursor, options.again) or today - timedelta(days=options.days)
    for begin, end in _months(min(first, today), today):
        for start, stop in api.windows:
            window = ((start, begin.isoformat()), (stop, end.isoformat()))
            url = address(base, (*asked, *window, *always, *paging))
            yield Link(url=url, role="listing", facts={"cursor": today.isoformat()})


def _since(cursor: str, again: int) -> date | None:
    try:
        return date.fromisoformat(cursor) - timedelta(days=again) if cursor else None
    except (ValueError, OverflowError):
        return None


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the days between two as spans of at most a month.

    Each ends a day after its last: where an API means the midnight with which its last day begins, the day is read
    all the same, and what is met twice is one document.
    """
    while first <= last:
        after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        yield first, min(after, last + timedelta(days=1))
        first = after
