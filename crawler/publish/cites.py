"""What a document cites and what cites it, as its page shows that: by work, and by provision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from crawler.feeds import plain
from crawler.identifiers.acts import titles
from crawler.identifiers.called import called
from crawler.public import citing
from crawler.public.database import Connection, Row
from crawler.wording import cited as words
from crawler.wording import day, minute

_PREFIXES = ("title:", "ncn:", "echr-report:", "cjeu:", "ecli:", "procedure:", "coe-rec:", "pace-rec:", "un:",
             "command:", "paper:", "coe:", "ilo:", "oj:")  # fmt: skip
"""Beginnings of ids behind which stands what a reader knows."""


def around(connection: Connection, document: str) -> dict[str, Any]:
    """Return ``cites`` and ``cited_by`` of a document, each in groups, and ``citing``: how many documents cite it."""
    found, by = citing.cites(connection, document), citing.cited_by(connection, document)
    return {
        "cites": [_work(list(group)) for _, group in groupby(found, key=lambda row: row["cited"])],
        "more_cites": found[0]["total"] - len(found) if found else 0,
        "cited_by": [_provision(list(group)) for _, group in groupby(by, key=lambda row: row["provision"])],
        "more_cited_by": by[0]["total"] - len(by) if by else 0,
        "citing": citing.citing(connection, document) if by else 0,
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
    return "Immigration Rules" if cited == "immigration-rules" else called(cited)


def official(cited: str) -> str:
    """Return the official address of a law of the UK or the EU that is cited by its id, empty for what is none.

    >>> official("ukpga/2018/12"), official("ncn:[2021] UKSC 1")
    ('https://www.legislation.gov.uk/ukpga/2018/12', '')
    """
    if cited.startswith("celex:"):
        return f"https://eur-lex.europa.eu/legal-content/EN/TXT/?uri={cited.replace('celex', 'CELEX')}"
    return "" if ":" in cited else f"https://www.legislation.gov.uk/{cited}"


def _work(group: list[Row]) -> Mapping[str, Any]:
    first = group[0]
    paths = dict.fromkeys(row["provision"] for row in group if row["provision"])
    return {
        "name": first["title"] or name(first["cited"]),
        "target": first["target"],
        "provisions": [{"path": path.partition("..")[0], "words": words(path)} for path in paths],
    }


def _provision(group: list[Row]) -> Mapping[str, Any]:
    return {"words": words(group[0]["provision"]), "documents": list(_documents(group))}


def _documents(group: Iterable[Row]) -> Iterable[Mapping[str, Any]]:
    for (document, title), places in groupby(group, key=lambda row: (row["document"], row["title"])):
        paths = [row["path"] for row in places]
        yield {"id": document, "title": title, "path": paths[0], "words": words(paths[0]), "more": len(paths) - 1}
