"""The options of a source of the Publications Office, and the first links of its walks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from crawler.errors import IdentifierError
from crawler.identifiers import celex
from crawler.model import Link, Walk
from crawler.protocols.cellar import addresses, dates, kinds, notifications, queries, sparql
from crawler.sources import Source

OPTIONS: dict[str, tuple[type, str]] = {
    "feed": (
        str,
        "how the source is walked: address (its url is asked as it is: a query, a window of notifications, a resource; "
        "the default), items (the acts named below are tracked), search (by concepts, titles, agents and types) or "
        "notifications (what CELLAR says of its changes, window by window)",
    ),
    "items": (list, "CELEX numbers of the acts that are tracked, such as 32011L0036; of notifications those to keep"),
    "related": (
        list,
        "with feed: items, what is looked for around the acts: amendments, based_on, proposals, repeals, case_law, "
        "corrigenda; all but corrigenda where it does not say",
    ),
    "concepts": (list, "with feed: search, numbers of EuroVoc concepts, such as 5933 (trafficking in human beings)"),
    "titles": (list, "with feed: search, phrases of which a title must hold one"),
    "agents": (list, "with feed: search, codes of the bodies that made the documents, such as COM or CONSIL"),
    "types": (list, "with feed: search, codes of resource types, such as DIR or COMMUNIC"),
    "corrigenda": (bool, "with feed: search, keep corrigenda too"),
    "classes": (list, "with feed: notifications, classes of works to keep, such as act_preparatory_council"),
    "since": (
        str,
        "with feed: search, the first date of documents in the first walk; 2000-01-01 where it does not say",
    ),
    "days": (int, "with feed: search, the days that one question covers; 366 where it does not say"),
    "minutes": (int, "with feed: notifications, the minutes that one window covers; 60 where it does not say"),
    "windows": (
        int,
        "with feed: notifications, the most windows of one walk, the oldest first; 48 where it does not say",
    ),
    "texts": (
        bool,
        "whether what a question finds is read, notice and text; if not, its title, date and link are kept",
    ),
    "language": (str, "language of texts and titles, as an ISO 639-3 code; ENG where it does not say"),
    "sparql_method": (str, "how questions are asked: post (the default) or get"),
    "pages": (int, "most pages of one walk"),
}

FEEDS = ("address", "items", "search", "notifications")
SINCE, DAYS, LATE = "2000-01-01", 366, timedelta(days=45)
"""How far back a walk looks again by date: documents enter CELLAR late."""
_CODE = re.compile(r"[A-Z0-9_]{1,40}")
_CONCEPT = re.compile(r"[0-9]{1,8}|c_[0-9a-f]{6,10}")
_CLASS = re.compile(r"[a-z0-9_-]{1,60}")
_PHRASE = re.compile(r"[\w .,()/-]{3,120}")


def problems(source: Source) -> list[str]:
    """Give what is wrong with the options of a source, one line each; none means it can be walked."""
    feed = source.options.get("feed", "address")
    if feed not in FEEDS:
        return [f"options.feed: expected one of {', '.join(FEEDS)}, not {feed!r}"]
    found = [*_wrong_lists(source), *_wrong_words(source)]
    if feed == "items" and not words(source, "items"):
        found.append("options.items: names no act")
    if feed == "search" and not any(words(source, name) for name in ("concepts", "titles", "agents")):
        found.append("options: a search needs concepts, titles or agents")
    for name in ("days", "minutes", "windows", "pages"):
        most = source.options.get(name, 1)
        if not isinstance(most, int) or most < 1:
            found.append(f"options.{name}: expected at least 1, not {most!r}")
    return found


def _wrong_lists(source: Source) -> Iterator[str]:
    for each in words(source, "items"):
        try:
            number = addresses.number(celex(each))
        except IdentifierError:
            number = ""
        if number != each:
            yield f"options.items: not the CELEX number of an act: {each!r}"
    yield from (
        f"options.related: unknown: {each!r}" for each in words(source, "related") if each not in queries.RELATED
    )
    patterns = {"concepts": _CONCEPT, "agents": _CODE, "types": _CODE, "classes": _CLASS, "titles": _PHRASE}
    for name, pattern in patterns.items():
        yield from (f"options.{name}: not one: {each!r}" for each in words(source, name) if not pattern.fullmatch(each))
    types = [each for each in words(source, "types") if _CODE.fullmatch(each)]
    yield from (f"options.types: unknown resource type {each!r}" for each in kinds.unknown(types))


def _wrong_words(source: Source) -> Iterator[str]:
    if language(source) not in addresses.LANGUAGES:
        yield f"options.language: expected one of {', '.join(addresses.LANGUAGES)}, not {language(source)!r}"
    method = source.options.get("sparql_method", "post")
    if method not in ("get", "post"):
        yield f"options.sparql_method: expected get or post, not {method!r}"
    since = source.options.get("since", SINCE)
    if not isinstance(since, str) or dates.day(since) != since:
        yield f"options.since: expected a date such as {SINCE}, not {since!r}"


def words(source: Source, name: str) -> list[str]:
    """Give the entries of an option that is a list, as text."""
    stated = source.options.get(name, [])
    return [str(each) for each in stated] if isinstance(stated, list) else [str(stated)]


def language(source: Source) -> str:
    """Give the language of texts and titles. The options of sources that hand addresses over are not ours."""
    return str(source.options.get("language", "ENG")) if source.protocol == "cellar" else "ENG"


def reads_texts(source: Source) -> bool:
    """Tell whether what a question finds is read itself."""
    return source.protocol != "cellar" or source.options.get("texts", True) is not False


def _number(source: Source, name: str, default: int) -> int:
    stated = source.options.get(name, default)
    return stated if isinstance(stated, int) else default


def first_links(source: Source, walk: Walk) -> Iterator[Link]:
    """Give the first links of a walk over a source whose options are right."""
    match source.options.get("feed", "address"):
        case "items":
            yield from _items(source, walk)
        case "search":
            yield from _search(source, walk)
        case "notifications":
            yield from notifications.windows(
                walk,
                minutes=_number(source, "minutes", notifications.MINUTES),
                most=_number(source, "windows", notifications.WINDOWS),
            )
        case _:
            yield _address(source.url)


def _address(url: str) -> Link:
    """Give the link to an address as it is written: a query, a window of notifications, or a resource."""
    path = urlsplit(url).path
    if path.startswith("/webapi/rdf/sparql"):
        return Link(url=url, role="listing", accept=addresses.RESULTS)
    if path.startswith("/webapi/notification/"):
        return Link(url=url, role="listing", accept=addresses.ATOM)
    return Link(url=url, role="document", accept=addresses.NOTICE if addresses.name_at(url) else "")


def _method(source: Source) -> queries.Method:
    return "get" if source.options.get("sparql_method") == "get" else "post"


def _items(source: Source, walk: Walk) -> Iterator[Link]:
    """Give the questions for the acts that are tracked, and for what stands around them.

    The answers say which notices are news. Until the endpoint has answered once, every act is asked for by itself too.
    """
    numbers = sorted(words(source, "items"))
    wanted = words(source, "related") or [name for name in queries.RELATED if name != "corrigenda"]
    done = dates.brussels(walk.clock).date().isoformat()
    for place in range(0, len(numbers), queries.MANY):
        some = numbers[place : place + queries.MANY]
        asked = {sparql.ASKED: " ".join(some), "cursor": done}
        yield queries.link(queries.acts(some, language(source)), _method(source), **asked)
        around = {sparql.RELATIONS: " ".join(wanted)}
        yield queries.link(queries.related(some, wanted, language(source)), _method(source), **around)
    if not walk.cursor:
        yield from (addresses.notice(celex(each)) for each in numbers)


def _search(source: Source, walk: Walk) -> Iterator[Link]:
    """Give the questions of a search: everything in the first walk, later what is new, and what came late.

    The cursor is the day of the last complete walk. Every question carries the one that this walk leaves.
    """
    wanted = queries.Search(
        concepts=tuple(words(source, "concepts")),
        titles=tuple(words(source, "titles")),
        agents=tuple(words(source, "agents")),
        types=tuple(words(source, "types")),
        corrigenda=source.options.get("corrigenda") is True,
        language=language(source),
    )
    today = dates.brussels(walk.clock).date()
    done = dates.as_date(walk.cursor)
    first = done - LATE if done else dates.as_date(str(source.options.get("since", SINCE))) or today
    facts = {"cursor": today.isoformat(), sparql.SPAN: "days"}
    step = timedelta(days=_number(source, "days", DAYS))
    while first <= today:
        last = min(first + step - timedelta(days=1), today)
        yield queries.link(queries.dated(wanted, first.isoformat(), last.isoformat()), _method(source), **facts)
        first = last + timedelta(days=1)
    if done:
        yield queries.link(queries.modified(wanted, done.isoformat()), _method(source), **facts)
