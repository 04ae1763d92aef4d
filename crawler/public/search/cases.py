"""Judgments that a question names by their parties: ``VCL and AN v UK``, ``B.B. against Slovakia``."""

import re
from collections.abc import Iterator
from itertools import chain, islice
from sqlite3 import Connection

from crawler.public.search.parse_query import shorten
from crawler.public.search.stems import stems, words
from crawler.sources.search_rules import SearchRules
from crawler.sources.vocabulary import STATES

_VERSUS = re.compile(r"\s(?:v|vs|versus|against|contre|gegen)\.?\s|\sc\.\s", re.IGNORECASE)
_POINTS = re.compile(r"(?<=\b\w)\.\s?(?=\w\b)|(?<=\b\w)\.")
"""Points between and behind initials."""

_BESIDE = frozenset({
    "and", "the", "others", "another", "et", "autres", "of", "case", "la", "le", "republic", "government",
})  # fmt: skip
"""Words beside the name of a party, which questions leave out."""

_STATES = frozenset({"uk", "united", "turkey", "russia", *(state.lower().split()[0] for state in STATES.values())})

MAX_NAMED = 4
MAX_PARTY_WORDS = 6
MAX_CASES_LOOKED_AT = 400

_JUDGMENTS = f"""select d.id, d.title from documents_fts f join documents d on d.n = f.rowid
  where documents_fts match ? and d.kind = 'case_law' limit {MAX_CASES_LOOKED_AT}"""


def named_cases(connection: Connection, text: str, rules: SearchRules) -> list[str]:
    """Return the ids of judgments whose parties a question names: the one right before, the other right behind the v.

    Of the first party any name is enough; ``UK`` is the United Kingdom.
    """
    found: dict[str, None] = {}
    named = chain(_parties(shorten(text)), _against_states(shorten(text)))
    for before, behind in islice(named, MAX_NAMED):
        party, state = before[-1], behind[0]
        ways = [[state], *(_named(other) for other in rules.thesaurus.get(state, ()))]
        sides = (f"({_any(party, ' '.join(party))})", f"({_any(*(' '.join(way) for way in ways))})")
        for id, title in connection.execute(_JUDGMENTS, [f"title : ({' AND '.join(sides)})"]):
            if any(_is(party, ways, *sides) for sides in _parties(title)):
                found[id] = None
    return list(found)


def names_case(text: str) -> bool:
    """Whether a text is all but surely the name of a judgment.

    >>> names_case("Rantsev v Cyprus and Russia"), names_case("smuggling vs trafficking"), names_case("section v")
    (True, False, False)
    """
    return re.search(r"\sv\.?\s", text) is not None and any(_parties(text))


def _parties(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the words of both parties of each case that a text may name, initials written as one.

    >>> list(_parties("AAD & Ors, R. v [2022] EWCA Crim 106"))
    [(['r'], ['aad', 'ors'])]
    >>> list(_parties("CASE OF V.C.L. AND A.N. v. THE UNITED KINGDOM"))
    [(['vcl', 'an'], ['united', 'kingdom'])]
    >>> list(_parties("section 45")), list(_parties("R v")), list(_parties("B.B. against Slovakia 2024"))
    ([], [], [(['bb'], ['slovakia', '2024'])])
    """
    for match in _VERSUS.finditer(text):
        before, behind = _named(text[: match.start()]), _named(text[match.end() :])
        if len(before) > 1 and before[-1] == "r" and (not behind or behind[0].isdigit()):
            before, behind = ["r"], before[:-1]
        if before and behind:
            yield before[-MAX_PARTY_WORDS:], behind[:MAX_PARTY_WORDS]


def _against_states(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield each word right before a state, and what follows: judgments are named so, too.

    >>> list(_against_states("judgment rantsev Cyprus"))
    [(['judgment', 'rantsev'], ['cyprus'])]
    """
    said = _named(text)
    for place, word in enumerate(said[1:], 1):
        if word in _STATES:
            yield said[:place], said[place : place + MAX_PARTY_WORDS]


def _named(text: str) -> list[str]:
    return [word for word in words(_POINTS.sub("", text)) if word not in _BESIDE]


def _any(*said: str) -> str:
    return " OR ".join(dict.fromkeys(f'"{each}"' for each in said))


def _is(party: str, ways: list[list[str]], before: list[str], behind: list[str]) -> bool:
    return party in before and any(stems(" ".join(way)) == stems(" ".join(behind))[: len(way)] for way in ways)
