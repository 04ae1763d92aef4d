"""Search: how a question was read, what answers it, and how that stands; as a page and as JSON."""

import re
from dataclasses import asdict
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response
from markupsafe import Markup, escape

from crawler.feeds import Filter, UnknownFilterError, atom, jsonfeed, select
from crawler.feeds.feed import SearchFeed, newest_update
from crawler.public import danger
from crawler.public import search as engine
from crawler.public.search import Found, Scope, Shown
from crawler.public.search.named_laws import NamedLaw
from crawler.public.search.page import Answer, answer
from crawler.public.search.parse_query import Query
from crawler.public.search.scope import FACETS
from crawler.public.search.subscription import matching_entries
from crawler.publish import provisions
from crawler.publish.cites import name as named_law
from crawler.publish.cites import official
from crawler.publish.filtering import checked, feed_of
from crawler.publish.paths import encode
from crawler.publish.server import feed_routes
from crawler.publish.server.responses import MissingError, ask, page, render
from crawler.sources.vocabulary import TOPICS
from crawler.text import moment
from crawler.wording import cited as words

_BRACKETED = re.compile(r"\((\w+)\)")
NUMBER = 20
"""Results of one page."""

FACET_NAMES = {
    "kind": "Kind",
    "jurisdiction": "Place",
    "topic": "Topic",
    "publisher": "Publisher",
    "period": "Period",
    "state": "State",
}
SHARED = ("kind", "jurisdiction", "topic", "publisher")
"""Facets of search that entries can be filtered by, too."""

ELSEWHERE = (
    ("Legislation of the United Kingdom", "https://www.legislation.gov.uk/all?text={}"),
    ("Guidance and figures on GOV.UK", "https://www.gov.uk/search/all?keywords={}"),
    ("Judgments of UK courts", "https://caselaw.nationalarchives.gov.uk/search?query={}"),
    ("Law of the European Union", "https://eur-lex.europa.eu/search.html?scope=EURLEX&text={}"),
    ("Judgments of the Court of Human Rights", "https://hudoc.echr.coe.int/eng#{{%22fulltext%22:[%22{}%22]}}"),
)
"""Who might have what is not here, each with the address of its own search."""


@page
async def search(datasette: Datasette, request: Request) -> Response:
    """Return what answers the question ``q``, narrowed by the facets of search."""
    query, scope, number = await _asked(datasette, request)
    found = await ask(datasette, answer, query, scope, (number - 1) * NUMBER, NUMBER) if query else None
    values: dict[str, object] = {
        "q": query,
        "asks_for_help": danger.asks_for_help(query),
        "longest": engine.MAX_QUERY_CHARACTERS,
        "scope": scope.params,
        "found": found,
        "feed": f"search.atom?{_query(query, scope)}",
        "json": f"search.json?{_query(query, scope)}",
        "marked": mark_words,
        "elsewhere": [(name, address.format(quote(query))) for name, address in ELSEWHERE] if query else [],
    }
    if found is not None:
        values |= _laws(found)
        values |= {"facets": list(_facets(found, query, scope)), **_pages(found, query, scope, number)}
        more = {} if scope.params.get("only") else {"only": "in"}
        values["only"] = f"search?{_query(query, _without(scope, 'only'), **more)}"
    return await render(datasette, request, "search.html", values)


@page
async def as_json(datasette: Datasette, request: Request) -> Response:
    """Return what answers the question ``q`` as JSON, a page at a time."""
    query, scope, number = await _asked(datasette, request)
    if not query:
        raise MissingError("Give a question with q.")
    found = await ask(datasette, answer, query, scope, (number - 1) * NUMBER, NUMBER)
    pages = _pages(found, query, scope, number)
    body = {
        "question": query,
        "read_as": _read_as(found.found),
        "nearest_only": found.found.is_nearest,
        "clock": found.clock,
        "total": len(found.found.results),
        "day": found.found.query.day or None,
        "then": asdict(found.then) if found.then else None,
        "best_bet": _best_bet(found),
        "not_held": [
            {"id": law.document, "title": named_law(law.document), "url": official(law.document)}
            for law in found.found.unheld
        ],
        "unread": _unread(found),
        "cited_by": [
            {"id": each["id"], "title": each["title"], "page": f"doc/{encode(each['id'])}"}
            for each in (found.cited_by.documents if found.cited_by else ())
        ],
        "results": [_result(shown) for shown in found.shown],
        "by_hand": found.by_hand,
        "counts": {facet: dict(pairs) for facet, pairs in found.found.counts.items()},
        "next": f"search.json{pages['next']}" if pages["next"] else None,
    }
    return Response.json(body, headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=60"})


@page
async def feed(datasette: Datasette, request: Request) -> Response:
    """Return the newest entries about what answers the question ``q``, as Atom or JSON Feed."""
    query, scope, _ = await _asked(datasette, request)
    if not query:
        raise MissingError("Give a question with q.")
    plain = await feed_of(datasette, Filter())
    made = SearchFeed(
        authority=plain.authority,
        public_url=plain.public_url,
        words="; ".join((f"“{query}”", *scope.params.values())),
        sample=plain.sample,
        query=_query(query, scope),
    )
    entries = await ask(datasette, matching_entries, query, scope)
    form = atom if request.url_vars["form"] == "atom" else jsonfeed
    return feed_routes.answer(request, form.render(entries, made), form.TYPE, moment(newest_update(entries)))


def _laws(found: Answer) -> dict[str, object]:
    """Return the laws that are named and not held, what the listed documents cite, and which pages have more."""
    cited = found.cited_by
    law = (cited.title or named_law(cited.document)) if cited else ""
    return {
        "not_held": [(_typed(found, law), official(law.document)) for law in found.found.unheld],
        "unread": _unread(found),
        "topics": [(id, label) for id, label in TOPICS.items() if _is_named(label, found.found.query)],
        "asks_for_judgments": "case_law" in found.found.query.kinds,
        "cited": f"{words(cited.provision)} of {law}" if cited and cited.provision else law,
    }


def _is_named(label: str, query: Query) -> bool:
    """Whether a question names a topic, by its label or by the abbreviation in it."""
    asked = query.text.casefold()
    return label.casefold() in asked or any(
        short.casefold() in (term.words for word in query.words for term in word.terms)
        for short in _BRACKETED.findall(label)
    )


def _unread(found: Answer) -> dict[str, object] | None:
    """Return the law of whose provision no text is held, with the ``official`` address of that provision."""
    law = found.unread
    return law and {**law, "official": provisions.official(law["id"], law["url"], law["path"]) or law["url"]}


def _typed(found: Answer, law: NamedLaw) -> str:
    """Return a law as it was typed, with what it is called where that is something else."""
    typed, called = found.found.query.text[law.start : law.end], named_law(law.document)
    return called if typed.casefold() == called.casefold() else f"{typed} ({called})"


def mark_words(text: str) -> Markup:
    """Return words with those asked for marked, and nothing of theirs taken for HTML."""
    return Markup(escape(text).replace(engine.START, Markup("<mark>")).replace(engine.END, Markup("</mark>")))


async def _asked(datasette: Datasette, request: Request) -> tuple[str, Scope, int]:
    """Return question, scope and page that an address asks for."""
    args: dict[str, str] = {}
    for name, value in parse_qsl(request.query_string):
        if name not in ("q", "page", "only", *FACETS):
            raise UnknownFilterError(select.unknown_filter(name, FACET_NAMES))
        if args.setdefault(name, value) != value:
            raise MissingError(f"Search takes one value of each filter; there are two of {name}.")
    # These are filters of every feed too, with the same values.
    shared = await ask(datasette, checked, [(name, args[name]) for name in SHARED if name in args])
    try:
        scope = engine.read_scope({**args, **dict(shared.pairs)})
    except engine.UnknownScopeError as error:
        raise MissingError(str(error)) from error
    number = args.get("page", "")
    return engine.shorten(args.get("q", "")), scope, int(number) if number.isdecimal() and 0 < len(number) < 4 else 1


def _query(query: str, scope: Scope, **more: str) -> str:
    return urlencode({"q": query, **{**scope.params, **more}})


def _without(scope: Scope, facet: str) -> Scope:
    return Scope(params={name: value for name, value in scope.params.items() if name != facet})


def _facets(found: Answer, query: str, scope: Scope) -> Any:
    """Yield each facet with more than one value, or one that is chosen: its name, and its values with their links."""
    for facet in FACETS:
        chosen = scope.params.get(facet, "")
        values = [
            (found.name(facet, value), number, f"search?{_query(query, scope, **{facet: value})}")
            for value, number in found.found.counts.get(facet, ())[:12]
            if value != chosen
        ]
        if chosen or len(values) > 1:
            clear = f"search?{_query(query, _without(scope, facet))}" if chosen else ""
            yield FACET_NAMES[facet], found.name(facet, chosen) if chosen else "", clear, [] if chosen else values


def _pages(found: Answer, query: str, scope: Scope, number: int) -> dict[str, str]:
    """Return the queries of the page before and of the next one, empty where there is none."""
    last = -(-len(found.found.results) // NUMBER)
    before, following = (
        f"?{_query(query, scope, page=str(number - 1))}",
        f"?{_query(query, scope, page=str(number + 1))}",
    )
    return {"before": before if number > 1 else "", "next": following if number < last else ""}


def _read_as(found: Found) -> dict[str, object]:
    query = found.query
    return {
        "provisions": [cited.words for cited in query.cited],
        "asks": query.asks,
        "no_day": query.no_day,
        "corrected": dict(query.corrected),
        "not_found": list(found.absent),
    }


def _best_bet(found: Answer) -> dict[str, str] | None:
    bet = found.best_bet
    if bet is None:
        return None
    return {
        "document": bet.document,
        "provision": bet.path,
        "title": bet.title,
        "why": bet.why,
        "reviewed": bet.reviewed,
    }


def _result(shown: Shown) -> dict[str, object]:
    """Return a result as JSON."""
    document, standing, place = shown.document, shown.standing, shown.place
    state, changed = standing.state, standing.changed
    path = f"?provision={quote(place.path)}#{quote(place.path)}" if place else ""
    return {
        "id": document["id"],
        "page": f"doc/{encode(document['id'])}{path}",
        "url": document["url"],
        "title": document["title"],
        "provision": {"path": place.path, "where": place.where} if place else None,
        "kind": document["kind"],
        "publisher": document["publisher_name"],
        "jurisdiction": document["jurisdiction"],
        "band": document["band"],
        "words": shown.words.replace(engine.START, "").replace(engine.END, ""),
        "state": {"words": state.words, "day": state.day, "note": state.note} if state else None,
        "changed": {"words": changed.words, "day": changed.day, "entry": changed.entry} if changed else None,
        "version": standing.version,
        "later": shown.later,
        "published": document["published"],
        "updated": document["updated"],
        "checked": document["checked"],
        "dates": list(standing.dates),
    }
