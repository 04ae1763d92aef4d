"""What is kept from readers, as one rule for feeds, site and search: there is no register of people here.

Releases about cases name suspects and victims. Of these kinds readers get title, date, publisher, official link,
topics and figures; never the body, never our stored copy; and once the publisher took the page down, only that.

A document is of such a kind where it is so itself, or the top of its family is, or where a source that names one of
them is of such a kind *now*: whoever corrects the kind of a source in sources.yaml hides what was read before. In doubt
the words are hidden: another source of another kind shows them again only where the page itself says that it is
something else, as an Act does that a news feed links.
"""

from __future__ import annotations

from crawler.sources.vocabulary import PRIVATE as PRIVATE

TAKEN_DOWN = ("gone", "withdrawn")
"""States of availability in which a private document shrinks to the day it was removed."""

_KINDS = ", ".join(f"'{kind}'" for kind in PRIVATE)


def private(document: str, main: str = "") -> str:
    """Give the SQL that is true where the words of a document are never shown.

    ``document`` is an SQL expression for its id, ``main`` the schema to read from ("main." where names are shadowed).

    >>> private("e.document")[:40]
    'exists (select 1 from documents one left'
    """
    return (
        f"exists (select 1 from {main}documents one left join {main}documents top on top.id = one.root"
        f" where one.id = {document} and {_is_private(main)})"
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
        f" where one.id = {document} and one.availability in ({states}) and {_is_private(main)})"
    )


def _is_private(main: str) -> str:
    """Give the SQL about the rows ``one`` and ``top`` of documents."""
    own = f"one.kind in ({_KINDS}) or top.kind in ({_KINDS})"
    return f"({own} or {_named('one.id', main)} or (top.id <> one.id and {_named('top.id', main)}))"


def _named(document: str, main: str) -> str:
    """Give the SQL that is true where a source of a private kind names a document, and nothing speaks against it."""

    def sources(alias: str, test: str) -> str:
        return (
            f"exists (select 1 from {main}document_sources {alias}"
            f" join {main}sources whose on whose.id = {alias}.source"
            f" where {alias}.document = {document} and {test})"
        )

    stated = "json_extract(page.stated, '$.kind')"
    return (
        f"({sources('via', f'whose.kind in ({_KINDS})')}"
        f" and not ({sources('other', f'whose.kind not in ({_KINDS})')}"
        f" and {sources('page', f'{stated} is not null and {stated} not in ({_KINDS})')}))"
    )
