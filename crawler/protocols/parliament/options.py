"""The options of a source of the UK Parliament, and the first links of its walks.

Parameters and their names: the OpenAPI descriptions of each API. Unknown parameters are ignored by these services, so
that a mistyped filter would give everything: they are refused here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from urllib.parse import parse_qsl, urlsplit

from crawler.model import Link, Walk
from crawler.protocols.govuk.access import wall
from crawler.protocols.parliament.access import address
from crawler.sources import Source

OPTIONS: dict[str, tuple[type, str]] = {
    "api": (str, "bills, committees, questions, statements, instruments or treaties; default what url says"),
    "terms": (list, "words that are searched for, each by itself; none means everything"),
    "search": (dict, "further parameters of the API, such as Session or CommitteeId: a value or a list"),
    "items": (list, "ids that are read in every walk: of bills, publications, questions, statements or treaties"),
    "days": (int, "days that the first walk of a list by date reads; default 31"),
    "again": (int, "days before the last walk that are read again, as entries come late; default 2"),
    "files": (bool, "read the files of bills that the API itself serves; default false"),
    "pages": (int, "most pages of one walk"),
}

DAYS, AGAIN = 31, 2
MOST_TAKE = 200
"""Results that committees-api gives on a page at most."""

_ITEM = re.compile(r"[A-Za-z0-9]{1,20}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """One of the APIs.

    ``term`` is its search parameter; ``take`` and ``skip`` its paging; ``windows`` the pairs of parameters that bound
    a list by date, each read by itself; ``always`` what is sent with every request; ``filters`` what ``search`` may
    say: everything but members, of whom no list is made.
    """

    path: str
    term: str
    take: tuple[str, int]
    skip: str
    filters: frozenset[str]
    windows: tuple[tuple[str, str], ...] = ()
    always: tuple[tuple[str, str], ...] = ()


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
        take=("Take", MOST_TAKE),
        skip="Skip",
        windows=(("StartDate", "EndDate"),),
        always=(("SortOrder", "PublicationDateDescending"),),
        filters=_names("PublicationTypeIds PaperNumbers CommitteeBusinessId CommitteeId ShowOnWebsiteOnly"),
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
        always=(("includeWithdrawn", "true"),),
        filters=_names("house answeringBodies answered questionStatus sessionStatus uIN"),
    ),
    "statements": Api(
        path="/api/writtenstatements/statements",
        term="searchTerm",
        take=("take", 100),
        skip="skip",
        windows=(("madeWhenFrom", "madeWhenTo"),),
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


def name_of(source: Source) -> str:
    """Give which API a source reads: what its options say, else what its address says, else the empty text."""
    stated = source.options.get("api")
    if isinstance(stated, str):
        return stated
    path = urlsplit(source.url).path.rstrip("/")
    return next((name for name, api in APIS.items() if api.path == path), "")


def problems(source: Source) -> list[str]:
    """Give what is wrong with the options and the address of a source, one line each; none means it can be walked."""
    found = [line for key, value in source.options.items() if (line := _wrong_type(key, value))]
    api = APIS.get(name_of(source))
    if api is None:
        expected = f"expected one of {', '.join(APIS)}"
        return [*found, f"options.api: {source.options.get('api')!r} is no API of Parliament; {expected}"]
    if urlsplit(source.url).path.rstrip("/") != api.path:
        found.append(f"url: expected an address with the path {api.path}, not {source.url}")
    if found:
        return found
    found += [
        f"options.terms: {each!r} has less than 2 characters" for each in _texts(source, "terms") if len(each) < 2
    ]
    found += [f"options.items: {each!r} is no id" for each in _texts(source, "items") if not _ITEM.fullmatch(each)]
    if _texts(source, "items") and name_of(source) == "instruments":
        found.append("options.items: an instrument is tracked by the protocol legislation")
    found += [
        f"options.search: unknown parameter {name!r}{_near(name, api.filters)}"
        for name, _ in _searched(source)
        if name not in api.filters
    ]
    found += [
        f"options.{key}: {source.options[key]!r}; expected at least 1"
        for key in ("days", "again", "pages")
        if isinstance(most := source.options.get(key), int) and most < 1
    ]
    return found


def _wrong_type(key: str, value: object) -> str:
    if key not in OPTIONS:
        return f"options: unknown key {key!r}; expected {', '.join(OPTIONS)}{_near(key, OPTIONS)}"
    kind = OPTIONS[key][0]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        return f"options.{key}: expected {kind.__name__}, found {type(value).__name__}"
    inner = value if isinstance(value, list) else [*_pairs(value)] if isinstance(value, dict) else []
    if not all(isinstance(each, str | int) for each in inner):
        return f"options.{key}: expected texts or numbers"
    return ""


def _pairs(value: dict[object, object]) -> Iterator[object]:
    for name, each in value.items():
        yield name
        yield from each if isinstance(each, list) else [each]


def _near(word: str, known: object) -> str:
    close = get_close_matches(word, list(known) if isinstance(known, frozenset | dict) else [], n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _texts(source: Source, key: str) -> tuple[str, ...]:
    found = source.options.get(key)
    return tuple(str(each).strip() for each in found) if isinstance(found, list) else ()


def _searched(source: Source) -> tuple[tuple[str, str], ...]:
    found = source.options.get("search")
    pairs = found.items() if isinstance(found, dict) else ()
    return tuple((str(name), _written(each)) for name, value in pairs for each in _listed(value))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _number(source: Source, key: str, default: int) -> int:
    found = source.options.get(key, default)
    return found if isinstance(found, int) else default


def first_links(source: Source, walk: Walk) -> Iterator[Link]:
    """Give the first links of a walk over a source whose options are right.

    An address that carries parameters, with no options that say more, is asked exactly as it is written. A list by
    date is asked month by month from a few days before the last walk, each day of which was read, to today; its links
    carry the cursor that the walk leaves once all of it was read.
    """
    api = APIS[name_of(source)]
    terms, items, search = _texts(source, "terms"), _texts(source, "items"), _searched(source)
    base = urlsplit(source.url)._replace(query="", fragment="").geturl().rstrip("/")
    for each in items:
        yield Link(url=f"{base}/{each}", role="document")
    own = tuple(parse_qsl(urlsplit(source.url).query, keep_blank_values=True))
    if own and not (terms or search or items):
        yield Link(url=source.url, role="listing")
    elif terms or search or own or not items:
        for term in terms or ("",):
            yield from _lists(api, base, source, walk, (*own, *search, *(((api.term, term),) if term else ())))


def _lists(api: Api, base: str, source: Source, walk: Walk, asked: tuple[tuple[str, str], ...]) -> Iterator[Link]:
    taken = {name for name, _ in asked}
    always = tuple(pair for pair in api.always if pair[0] not in taken)
    paging = ((api.skip, "0"), (api.take[0], str(api.take[1])))
    if not api.windows:
        yield Link(url=address(base, (*asked, *always, *paging)), role="listing")
        return
    today = date.fromisoformat(wall(walk.clock)[:10])
    first = _since(walk.cursor, _number(source, "again", AGAIN)) or today - timedelta(
        days=_number(source, "days", DAYS)
    )
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
    """Give the days between two as spans of at most a month.

    Each ends a day after its last: where an API means the midnight with which its last day begins, the day is read
    all the same, and what is met twice is one document.
    """
    while first <= last:
        after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        yield first, min(after, last + timedelta(days=1))
        first = after
