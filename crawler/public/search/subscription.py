"""A saved search: the newest entries about documents that match, for who wants to hear of what is new or changed."""

import json
from sqlite3 import Connection

from crawler.feeds import SUBSCRIPTION, Entry
from crawler.public.database import rows
from crawler.public.entries import read, with_documents
from crawler.public.search.parse_query import Query
from crawler.public.search.scope import EVERYTHING, Scope
from crawler.public.search.search import find

MAX_MATCHING_DOCUMENTS = 20_000

_MIN_WEIGHT = 0.5

_ABOUT = """select x.entry from json_each(:places) p
    join entry_sections x on x.document = json_extract(p.value, '$[0]')
      and (x.path = json_extract(p.value, '$[1]') or x.path like json_extract(p.value, '$[1]') || '-%')
    where json_extract(p.value, '$[1]') <> ''
  union select e.n from json_each(:places) p
    join documents d on d.id = json_extract(p.value, '$[0]') join entries e on e.document = d.root
    where json_extract(p.value, '$[1]') = '' and e.is_default = 1"""

_MATCHING = f"""select e.n from entries e join documents t on t.id = e.document where e.is_default = 1 and t.n in (
    select r.n from documents d join documents r on r.id = d.root
    where (d.n in (select rowid from documents_fts where documents_fts match :match limit {MAX_MATCHING_DOCUMENTS})
      or d.n in (select p.document from passages_fts f join passages p on p.n = f.rowid
        where passages_fts match :match limit {MAX_MATCHING_DOCUMENTS})) and {{condition}})"""


def matching_entries(
    connection: Connection, text: str, scope: Scope = EVERYTHING, *, limit: int = SUBSCRIPTION
) -> tuple[Entry, ...]:
    """Return the announced entries about what a question finds, in the order of feeds.

    They are about the results of its page, about every document that has all its words in what is said of it or in
    one passage, and where the best result is a provision that was cited, about that provision of it alone.
    """
    found = find(connection, text, scope)
    results = [] if found.is_nearest else found.results
    cited = [result for result in results if result.passage is not None and result.passage.is_cited]
    places = [(result.scored.document["id"], result.path if cited else "") for result in cited or results]
    match = "" if cited else _match(found.query)
    listed = f"{_ABOUT} union {_MATCHING.format(condition=scope.condition or '1')}" if match else _ABOUT
    newest = rows(
        connection,
        f"select e.* from entries e where e.announced is not null and e.n in ({listed}) order by e.rank limit :limit",
        {**scope.params, "places": json.dumps(places), "match": match, "limit": limit},
    )
    return with_documents(connection, [read(entry) for entry in newest])


def _match(query: Query) -> str:
    """Return the expression for texts that have every word that matters, in any way of saying it."""
    words = [word for word in query.words if word.weight >= _MIN_WEIGHT]
    said = [
        "(" + " OR ".join('"{}"'.format(term.words.replace('"', " ")) for term in word.terms) + ")" for word in words
    ]
    return " AND ".join(said)
