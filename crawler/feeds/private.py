"""What is kept from readers, as one rule for feeds, site and search: there is no register of people here.

Releases about cases name suspects and victims. Of these kinds readers get title, date, publisher, official link,
topics and figures; never the body, never our stored copy; and once the publisher took the page down, only that.
"""

from __future__ import annotations

PRIVATE = ("news", "case_law")
"""Kinds of documents whose words are never shown."""

TAKEN_DOWN = ("gone", "withdrawn")
"""States of availability in which a private document shrinks to the day it was removed."""

_KINDS = ", ".join(f"'{kind}'" for kind in PRIVATE)


def private(document: str, main: str = "") -> str:
    """Give the SQL that is true where a document, or the top of its family, is of a private kind.

    ``document`` is an SQL expression for its id, ``main`` the schema to read from ("main." where names are shadowed).

    >>> private("e.document")[:40]
    'exists (select 1 from documents one left'
    """
    return (
        f"exists (select 1 from {main}documents one left join {main}documents top on top.id = one.root"
        f" where one.id = {document} and (one.kind in ({_KINDS}) or top.kind in ({_KINDS})))"
    )


def taken_down(document: str, main: str = "") -> str:
    """Give the SQL for the day a private document was removed by its publisher, null where it is not.

    >>> "availability_since" in taken_down("e.document")
    True
    """
    states = ", ".join(f"'{state}'" for state in TAKEN_DOWN)
    return (
        f"(select substr(coalesce(one.availability_since, ''), 1, 10) from {main}documents one"
        f" left join {main}documents top on top.id = one.root"
        f" where one.id = {document} and one.availability in ({states})"
        f" and (one.kind in ({_KINDS}) or top.kind in ({_KINDS})))"
    )
