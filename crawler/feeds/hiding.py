"""What an entry of a family must not repeat of its private parts, and of a private document that is kept no more.

A family is public where its top is; one of its parts can name people all the same. What the entry tells of such a part
is left out, under whatever id it had then: a document can get a stronger one later, and keeps the old one as an alias.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from crawler.feeds.private import PRIVATE, private
from crawler.feeds.words import changed, legal, where

LOST = "Redacted: this page is not kept here any more"
"""The title of an entry about people whose document is kept no more."""

NAMED = 5
"""Most places that a summary of ours names."""

_QUOTES = re.compile('[“”"]')
_KINDS = ", ".join(f"'{kind}'" for kind in PRIVATE)


def lost(entry: str, main: str = "") -> str:
    """Give the SQL that is true where an entry is about people, and its document is not kept any more.

    ``entry`` is the alias of a row of ``entries``, ``main`` the schema to read from.

    >>> lost("e")[:28]
    '(e.document is null and (e.d'
    """
    return (
        f"({entry}.document is null and ({entry}.document_kind in ({_KINDS})"
        f" or exists (select 1 from {main}sources origin where origin.id = {entry}.source"
        f" and origin.kind in ({_KINDS}))))"
    )


def present(document: str, main: str = "") -> str:
    """Give the SQL for the id that a document has now, from one that it may have had before."""
    return f"coalesce((select document from {main}aliases where alias = {document}), {document})"


def parts(document: str, details: str, main: str = "") -> str:
    """Give the SQL for a JSON list of the private parts of a family, by all their ids.

    ``document`` is an SQL expression for its top, ``details`` one for the differences that are told of it.
    """
    family = f"from {main}documents f where f.root = {document} and f.id <> {document} and {private('f.id', main)}"
    named = "json_extract(j.value, '$.document')"
    return (
        f"(select json_group_array(id) from (select f.id {family}"
        f" union select a.alias from {main}aliases a where a.document in (select f.id {family})"
        f" union select {named} from json_each({details}) j where {private(present(named, main), main)}))"
    )


def reasons(document: str, why: str, main: str = "") -> str:
    """Give the SQL for reasons without those whose place is in a private part.

    Such a place begins with the id of the part and a blank.
    """
    hidden = parts(document, "'[]'", main)
    return (
        f"case when {hidden} = '[]' then {why} else (select json_group_array(json(r.value)) from json_each({why}) r"
        f" where not exists (select 1 from json_each({hidden}) h"
        " where substr(json_extract(r.value, '$.place'), 1, length(h.value) + 1) = h.value || ' ')) end"
    )


def remaining(details: str, hidden: frozenset[str]) -> list[dict[str, Any]]:
    """Give the differences told, from JSON, without those of hidden documents."""
    told: list[dict[str, Any]] = json.loads(details or "[]")
    return [one for one in told if hidden.isdisjoint({one["document"], legal(str(one["document"]))})]


def summary(told: Sequence[tuple[str, str, str]]) -> str:
    """Give a summary of ours from what remains to be told: kinds, paths and headings.

    >>> summary([("changed", "section-45-1", "Defence"), ("added", "annex-b", "")])
    'It changed here: Section 45(1): Defence; Annex b. What is said of parts that name people is left out.'
    >>> summary([])
    'What is said of parts that name people is left out.'
    """
    names = list(dict.fromkeys(where(path, legal(heading)) or changed(kind) for kind, path, heading in told))
    more = [f"and {len(names) - NAMED} more"] if len(names) > NAMED else []
    listed = "; ".join((*names[:NAMED], *more))
    here = f"It changed here: {listed}. " if listed else ""
    return f"{here}What is said of parts that name people is left out."


def of_title(sentences: Sequence[str], *titles: str) -> tuple[str, ...]:
    """Give the sentences that repeat nothing but words of the titles: what else is quoted may hold a name.

    >>> of_title(("Its title has “Trafficking”.", "Its text has “J. Doe”.", "Its source is."), "On trafficking")
    ('Its title has “Trafficking”.', 'Its source is.')
    """
    return tuple(one for one in sentences if _is_of_title(one, "\n".join(titles).casefold()))


def _is_of_title(sentence: str, title: str) -> bool:
    """Tell whether all that a sentence quotes stands in a title. In doubt it does not: quotes can hold quotes."""
    marks, found = _QUOTES.findall(sentence), _QUOTES.split(sentence)
    paired = len(marks) % 2 == 0 and "”" not in marks[::2] and "“" not in marks[1::2] and "\u2018" not in sentence
    between = "".join(found[2:-1:2])
    return paired and between == between.lower() and all(quote.casefold() in title for quote in found[1::2])
