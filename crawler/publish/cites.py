"""What a document cites and what cites it, as its page shows that: by work, and by provision."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from crawler.feeds import plain
from crawler.identifiers.acts import called, titles
from crawler.public import documents as questions
from crawler.public.database import Connection, Row
from crawler.wording import cited as words
from crawler.wording import day, minute

MAX_PROVISIONS = 12
MAX_CITING = 8
"""Provisions of one document, and documents that cite one provision, that a page names; the others are counted."""

_FAMILIES = (
    ("Law of the United Kingdom", re.compile(r"[a-z]+/(?:\d{4}|[A-Z])|title:|immigration-rules")),
    ("European Union", re.compile(r"(?:celex|eu|oj|procedure|com|swd|sec|join|c|ep|st|cellar):|eut?/")),
    ("Treaties and bodies of states", re.compile(r"(?:cets|coe|coe-rec|pace-rec|un|untc|ilo):")),
    ("Cases", re.compile(r"(?:ncn|ecli|cjeu|echr-app|echr-report):")),
    ("Papers and pages", re.compile("")),
)
"""Families of what is cited, by the beginnings of ids, in the order in which they are shown; the first that fits."""
_OLDER_ACT = re.compile(r"celex:3(\d{4})([LRDF])(\d{4})")
_OLDER = {"L": "Directive", "R": "Regulation No", "D": "Decision", "F": "Framework Decision"}
_PREFIXES = ("title:", "ncn:", "echr-report:", "cjeu:", "ecli:", "procedure:", "coe-rec:", "pace-rec:", "un:",
             "command:", "paper:", "coe:", "ilo:", "oj:")  # fmt: skip
"""Beginnings of ids behind which stands what a reader knows."""


def around(connection: Connection, document: str) -> dict[str, Any]:
    """Return ``cites`` and ``cited_by`` of a document, each in groups, and ``citing``: how many documents cite it."""
    found, by = questions.cites(connection, document), questions.cited_by(connection, document)
    return {
        "cites": _by_family([_work(list(group)) for _, group in groupby(found, key=lambda row: row["cited"])]),
        "more_cites": found[0]["total"] - len(found) if found else 0,
        "cited_by": [
            _provision(list(group))
            for _, group in groupby(
                sorted(by, key=lambda row: _by_number(row["provision"])), key=lambda row: row["provision"]
            )
        ],
        "more_cited_by": by[0]["total"] - len(by) if by else 0,
        "citing": questions.citing(connection, document) if by else 0,
    }


def citation(held: Mapping[str, Any], captures: Iterable[Row]) -> str:
    """Return the line with which to cite a document: what was published, and as what it was read last."""
    dated, how = (held["updated"], "updated") if held["updated"] else (held["published"], held["published_as"])
    what = (held["issuer"] or "", f"“{held['title']}”", f"{how} {day(dated)}" if dated else "", held["url"] or "")
    read = next(iter(captures), None)
    as_read = (f"as read on {minute(read['time'])}", f"SHA-256 {read['digest']}") if read else ()
    return plain.cited(what, as_read)


def name(cited: str) -> str:
    """Return what is cited as a reader knows it.

    >>> name("title:Sample Act 2031"), name("ukpga/2015/30"), name("com:2022/732"), name("echr-app:25965/04")
    ('Sample Act 2031', 'Modern Slavery Act 2015', 'COM 2022/732', 'Application no. 25965/04')
    """
    if cited in titles():
        return titles()[cited]
    if prefix := next((each for each in _PREFIXES if cited.startswith(each)), ""):
        return cited.removeprefix(prefix)
    head, _, number = cited.partition(":")
    series = {"com": "COM", "swd": "SWD", "sec": "SEC", "join": "JOIN", "c": "C", "st": "ST", "cets": "CETS No.",
              "echr-app": "Application no."}  # fmt: skip
    if head in series:
        return f"{series[head]} {number}"
    if (act := _OLDER_ACT.fullmatch(cited)) and called(cited).startswith("CELEX"):
        return f"{_older(*act.groups())} ({called(cited)})"
    if cited.startswith(("eur/", "eudr/", "eudn/")):
        return f"{called(cited)}, as law of the United Kingdom"
    return "Immigration Rules" if cited == "immigration-rules" else called(cited)


def _older(year: str, kind: str, number: str) -> str:
    """Return an act of the EU by its numbers as they were printed before 2015; which Community it is of is not known.

    >>> _older("1995", "L", "0046"), _older("2013", "R", "0575"), _older("2002", "F", "0584")
    ('Directive 95/46', 'Regulation No 575/2013', 'Framework Decision 2002/584')
    """
    printed = year[2:] if int(year) < 1999 else year
    pair = (str(int(number)), printed) if kind == "R" else (printed, str(int(number)))
    return f"{_OLDER[kind]} {'/'.join(pair)}"


def official(cited: str) -> str:
    """Return the official address of a law of the UK or the EU, or a treaty, that is cited by its id, else nothing.

    >>> official("ukpga/2018/12"), official("ncn:[2021] UKSC 1"), official("immigration-rules")
    ('https://www.legislation.gov.uk/ukpga/2018/12', '', '')
    """
    if cited.startswith("cets:"):
        return f"https://www.coe.int/en/web/conventions/full-list?module=treaty-detail&treatynum={cited[5:]}"
    if cited.startswith("celex:"):
        return f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri={cited.replace('celex', 'CELEX')}"
    if cited.startswith("untc:"):
        return f"https://treaties.un.org/Pages/ViewDetails.aspx?src=TREATY&mtdsg_no={cited[5:]}"
    return "" if ":" in cited or "/" not in cited else f"https://www.legislation.gov.uk/{cited}"


def _by_family(works: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Return works in their families, each by its name; families of which there is none are left out.

    >>> ids = ("ncn:[2021] UKSC 1", "eur/2016/679", "celex:32011L0036", "eu:teu")
    >>> works = [{"cited": id, "name": id} for id in ids]
    >>> [(family, [work["name"] for work in found]) for family, found in _by_family(works)][1:]
    [('European Union', ['celex:32011L0036', 'eu:teu']), ('Cases', ['ncn:[2021] UKSC 1'])]
    """
    found: dict[str, list[Mapping[str, Any]]] = {family: [] for family, _ in _FAMILIES}
    for work in works:
        found[next(family for family, begins in _FAMILIES if begins.match(work["cited"]))].append(work)
    return [(family, rows) for family, rows in found.items() if rows]


def _by_number(path: str) -> list[tuple[int, str]]:
    """Return what sorts paths as a law has them.

    >>> sorted(["section-10", "section-9-2", "section-9A", ""], key=_by_number)
    ['', 'section-9-2', 'section-9A', 'section-10']
    """
    return [(int(number or 0), rest) for number, rest in re.findall(r"(\d*)(\D*)", path)]


def _work(group: list[Row]) -> Mapping[str, Any]:
    first = group[0]
    paths = sorted({row["provision"] for row in group if row["provision"]}, key=_by_number)
    return {
        "cited": first["cited"],
        "more": len(paths[MAX_PROVISIONS:]),
        "name": first["title"] or name(first["cited"]),
        "target": first["target"],
        "provisions": [{"path": path.partition("..")[0], "words": words(path)} for path in paths[:MAX_PROVISIONS]],
    }


def _provision(group: list[Row]) -> Mapping[str, Any]:
    documents = list(_documents(group))
    return {
        "words": words(group[0]["provision"]),
        "documents": documents[:MAX_CITING],
        "more": len(documents[MAX_CITING:]),
    }


def _documents(group: Iterable[Row]) -> Iterable[Mapping[str, Any]]:
    for (document, title), places in groupby(group, key=lambda row: (row["document"], row["title"])):
        paths = [row["path"] for row in places]
        yield {"id": document, "title": title, "path": paths[0], "words": words(paths[0]), "more": len(paths) - 1}
