"""What is known of documents beside what they say: which are meant, and in which words people ask for them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from crawler.public.database import row
from crawler.public.search import score
from crawler.public.search.citations import Cited
from crawler.public.search.parse_query import Query
from crawler.public.search.score import Importance, Row
from crawler.sources.search_rules import SearchRules
from crawler.sources.vocabulary import STATES

NUMBER_BONUS = 1.0
NATIONS = {nation: nation for nation in ("Scotland", "Northern Ireland", "Wales", "England")}
"""Nations, and the words of a question that name them."""
_PLACES = {
    **{state: state for state in STATES.values()}, **NATIONS, "United Kingdom": "united kingdom",
    "Ireland": "(?<!northern )ireland", "Czechia": "czechia|czech republic",
    "North Macedonia": "macedonia", "Bosnia and Herzegovina": "bosnia", "T\u00fcrkiye": "t[\u00fcu]rkiye|turkey",
}  # fmt: skip
_IRELAND = re.compile(r"(?<!northern )\b(?:ireland|irish)\b", re.IGNORECASE)
"""The state, where words are taken one by one."""
NATION_BONUS, OTHER_NATION_MALUS, NATION_MALUS = 0.3, 0.15, 0.05
"""What a document of one nation has where the question names it, and lacks where it names another, or none.

England is meant where none is."""
STATE_BONUS = 0.15
"""What a document of a state has where the question names it, and lacks where it names another."""
BODY_BONUS = 0.25
"""What a document has whose title or publisher is the body that a question names."""
MINOR_MALUS, ENDED_MALUS = 0.18, 0.15
ENDED = frozenset({"repealed", "revoked", "expired", "no longer in force"})
_HOME = re.compile(r"https?://[^/]+/?")
"""The first page of a site, which leads to what is asked for."""
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


def is_behind(cited: Cited, rules: SearchRules) -> bool:
    """Whether the first lead Act ends before a provision."""
    number = re.match(r"\d+", cited.units[0][1])
    return number is not None and int(number[0]) > rules.last


def is_elsewhere(jurisdiction: str, places: frozenset[str]) -> bool:
    """Whether a jurisdiction is of nations, and a question names others or a state.

    >>> is_elsewhere("England and Wales", frozenset({"Scotland"})), is_elsewhere("Wales", frozenset({"United Kingdom"}))
    (True, False)
    """
    own, others = {nation for nation in NATIONS if nation in jurisdiction}, places - {"United Kingdom"}
    return bool(own and others) and own.isdisjoint(others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """What is known of documents beside what they say, by their id: a bonus, and how people ask for provisions."""

    bonuses: Mapping[str, float]
    asked_as: Mapping[str, Mapping[str, str]]
    places: frozenset[str]
    bodies: frozenset[str]
    rules: SearchRules

    @classmethod
    def read(cls, connection: Connection, rules: SearchRules, asked: Importance, named: Sequence[str],
             titled: Sequence[str]) -> Priors:  # fmt: skip
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
            if is_behind(query.cited[0], rules):
                del bonuses[rules.lead[0]]
            elif query.cited[0].units[0][0] == "section" and row(connection, _UNREAD, [rules.lead[0]]):
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
        said = "\n".join((query.text, *(term.words for word in query.words for term in word.terms)))
        places = frozenset(each for each, name in _PLACES.items() if re.search(rf"\b(?:{name})\b", said, re.I))
        places -= {"Ireland"} if "Northern Ireland" in places and not _IRELAND.search(query.text) else set()
        bodies = frozenset() if query.asks_meaning else frozenset(rules.bodies.findall(query.text.lower()))
        return cls(bonuses=bonuses, asked_as=asked_as, places=places, bodies=bodies, rules=rules)

    def is_meant(self, document: Row) -> bool:
        """Whether a law may be meant by how people ask: that of one nation only where the question names it."""
        nation = str(document["jurisdiction"])
        return nation not in NATIONS or nation in self.places

    def bonus(self, document: Row, asked: Importance) -> float:
        """Return what a document has beside what it says: for its place, and less where it is minor or ended."""
        text = asked.query.text
        found = self.bonuses.get(document["id"], 0.0) + self._of_place(str(document["jurisdiction"]))
        if found > score.LEAD_BONUS and asked.query.kinds and document["kind"] not in asked.query.kinds:
            found -= NUMBER_BONUS - score.LEAD_BONUS  # What is asked for is about it.
        if not self.bodies.isdisjoint(self.rules.bodies.findall(f"{document['title']} {document['labels']}".lower())):
            found += BODY_BONUS
        minor = self.rules.minor.findall(document["title"].lower())
        if (minor and not any(word in text.lower() for word in minor)) or _HOME.fullmatch(document["url"]):
            found -= MINOR_MALUS
        has_ended = document["status"] in ENDED or document["availability"] in ("withdrawn", "gone")
        return found - ENDED_MALUS if has_ended and not self.rules.ended.search(text) else found

    def _of_place(self, jurisdiction: str) -> float:
        if jurisdiction in STATES.values():
            return STATE_BONUS * ((jurisdiction in self.places) - bool(self.places - {jurisdiction}))
        if is_elsewhere(jurisdiction, self.places):
            return -OTHER_NATION_MALUS
        if "England" in jurisdiction or not any(nation in jurisdiction for nation in NATIONS):
            return 0.0
        return NATION_BONUS if self.places - {"United Kingdom"} else -NATION_MALUS
