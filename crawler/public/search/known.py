"""What is known of documents beside what they say: which are meant, and in which words people ask for them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from crawler.public.database import row
from crawler.public.search import score
from crawler.public.search.parse_query import Query
from crawler.public.search.score import Importance, Row
from crawler.sources.search_rules import SearchRules

NUMBER_BONUS = 1.0
NATIONS = ("Scotland", "Northern Ireland", "Wales")
WHOLE = "document"
"""The key of the words by which people ask for a document as a whole."""

MIN_ASKED_AS_COVER = 0.4
"""Share of the question that the words by which people ask for a provision must cover, for these to count."""

HELD = """select n.value as name, coalesce(d.id, a.document, r.document) as id from json_each(?) n
  left join documents d on d.id = n.value left join aliases a on a.alias = n.value
  left join document_identifiers r on r.value = n.value and d.id is null and a.document is null
  where coalesce(d.id, a.document, r.document) is not null order by n.key, id"""
"""The documents that are held of those with some names, each with the name."""

_UNREAD = "select 1 as found from documents where id = ? and provisions = 0"


def held(connection: Connection, name: str) -> str:
    """Return the id of a document that is held, by its id, an alias or its address; empty where it is not."""
    found = row(connection, HELD, [json.dumps([name, f"url:{name}"])])
    return str(found["id"]) if found else ""


def _cites(query: Query, said: str) -> bool:
    """Whether words by which people ask for a provision say one that a question cites: an article in a schedule."""
    return any(f" {each.words} " in f" {said} " for each in query.cited)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of documents beside what they say, by their id: a bonus, and how people ask for provisions."""

    bonuses: Mapping[str, float]
    asked_as: Mapping[str, Mapping[str, str]]

    @classmethod
    def read(cls, connection: Connection, rules: SearchRules, asked: Importance, named: Sequence[str],
             titled: Sequence[str]) -> Known:  # fmt: skip
        """Return what is known for a question.

        ``named`` are the ids of documents that it names by their numbers, ``titled`` of laws by their titles: these are
        meant where it asks for a provision, a start or a change.
        """
        query = asked.query
        bonuses = dict.fromkeys(titled, score.LEAD_BONUS) if query.cited or query.asks else {}
        bonuses |= dict.fromkeys(named, NUMBER_BONUS)
        if query.cited and query.cited[0].units[0][0] != "paragraph" and not named and not query.names_law:
            # The first lead Act goes before the others where all of them have the provision.
            bonuses |= {lead: score.LEAD_BONUS - 0.02 * place for place, lead in enumerate(rules.lead)}
            if query.cited[0].units[0][0] == "section" and row(connection, _UNREAD, [rules.lead[0]]):
                # None of its own provisions can be found: the others of that number are not meant.
                bonuses[rules.lead[0]] = NUMBER_BONUS
        asked_as: dict[str, dict[str, str]] = {}
        for document, provisions in rules.asked_as.items():
            covers = {path: score.cover(said, asked) for path, said in provisions.items()}
            fitting = {
                path: said
                for path, said in provisions.items()
                if covers[path] >= MIN_ASKED_AS_COVER or (document in named and _cites(query, said))
            }
            if fitting and (id := held(connection, document)):
                asked_as[id] = fitting
        return cls(bonuses=bonuses, asked_as=asked_as)

    def is_meant(self, document: Row, asked: Importance) -> bool:
        """Whether a law may be meant by how people ask: that of one nation only where the question names it."""
        nation = str(document["jurisdiction"])
        return nation not in NATIONS or nation.lower() in asked.query.text.lower()
