"""What is kept from readers, as one rule for the export and for evidence: there is no register of people here.

Releases about cases name suspects and victims. Of these kinds readers get title, date, publisher, official link,
topics and figures; never the body, never our stored copy; and once the publisher took the page down, only that.

A document is of such a kind where it is so itself, or the top of its family is, or where a source that names one of
them is of such a kind *now*: whoever corrects the kind of a source in sources.yaml hides what was read before. In doubt
the words are hidden: another source of another kind shows them again only where the page itself says that it is
something else, as an Act does that a news feed links.

The public database is made by this rule (:mod:`crawler.export`), and nothing that reads it asks again.
"""

from crawler.sources.vocabulary import PRIVATE

TAKEN_DOWN = ("gone", "withdrawn")
"""States of availability in which a private document shrinks to the day it was removed."""

_STATES = ", ".join(f"'{state}'" for state in TAKEN_DOWN)
_IS_DOWN = f"(one.availability in ({_STATES}) or top.availability in ({_STATES}))"
_DAY = (
    f"substr(coalesce(case when one.availability in ({_STATES}) then one.availability_since"
    " else top.availability_since end, ''), 1, 10)"
)
KINDS = ", ".join(f"'{kind}'" for kind in PRIVATE)


def private(document: str, main: str = "") -> str:
    """Return the SQL that is true where the words of a document are never shown.

    ``document`` is an SQL expression for its id, ``main`` the schema to read from ("p." for an attached database).

    >>> private("e.document")[:40]
    'exists (select 1 from documents one left'
    """
    return (
        f"exists (select 1 from {main}documents one left join {main}documents top on top.id = one.root"
        f" where one.id = {document} and {_is_private(main)})"
    )


def taken_down(document: str, main: str = "") -> str:
    """Return the SQL for the day a private document was removed by its publisher, null where it is not.

    What is attached to a page goes with it.

    >>> "availability_since" in taken_down("e.document")
    True
    """
    return (
        f"(select {_DAY} from {main}documents one left join {main}documents top on top.id = one.root"
        f" where one.id = {document} and {_IS_DOWN} and {_is_private(main)})"
    )


def judged(main: str = "") -> str:
    """Return the SQL for every document with what is kept of it: place, document, root, private, down and words.

    ``place`` is its rowid; ``private``, ``down`` and ``words`` are :func:`private`, :func:`taken_down` and whether our
    copy may be shown.

    >>> judged("p.")[:38]
    'select one.rowid as place, one.id as d'
    """
    # Outside a condition, as one value, SQLite would look at all sources of each document.
    is_private = f"case when {_is_private(main)} then 1 else 0 end"
    return (
        f"select one.rowid as place, one.id as document, one.root, {is_private} as private,"
        f" case when {_IS_DOWN} and {_is_private(main)} then {_DAY} end as down,"
        f" not {hash_only('one.id', main)} as words"
        f" from {main}documents one left join {main}documents top on top.id = one.root"
    )


def lost(entry: str, main: str = "") -> str:
    """Return the SQL that is true where an entry is about people, and its document is not kept any more.

    ``entry`` is the alias of a row of ``entries``, ``main`` the schema to read from.

    >>> lost("e")[:25]
    '(e.document is null and e'
    """
    return (
        f"({entry}.document is null and {entry}.kind not in ('older', 'several')"
        f" and ({entry}.document_kind in ({KINDS})"
        f" or exists (select 1 from {main}sources origin where origin.id = {entry}.source"
        f" and origin.kind in ({KINDS}))))"
    )


def hash_only(document: str, main: str = "") -> str:
    """Return the SQL that is true where the publisher's licence does not let us show our copy of a document."""
    return (
        f"not exists (select 1 from {main}documents held join {main}sources via on via.id = held.source"
        f" join {main}publishers whose on whose.id = coalesce(held.publisher, via.publisher)"
        f" where held.id = {document} and whose.copy = 'public')"
    )


def _is_private(main: str) -> str:
    """Return the SQL about the rows ``one`` and ``top`` of documents."""
    own = f"one.kind in ({KINDS}) or top.kind in ({KINDS})"
    return f"({own} or {_named('one.id', main)} or (top.id <> one.id and {_named('top.id', main)}))"


def _named(document: str, main: str) -> str:
    """Return the SQL that is true where a source of a private kind names a document, and nothing speaks against it."""

    def sources(alias: str, test: str) -> str:
        return (
            f"exists (select 1 from {main}document_sources {alias}"
            f" join {main}sources whose on whose.id = {alias}.source"
            f" where {alias}.document = {document} and {test})"
        )

    stated = "json_extract(page.stated, '$.kind')"
    return (
        f"({sources('via', f'whose.kind in ({KINDS})')}"
        f" and not ({sources('other', f'whose.kind not in ({KINDS})')}"
        f" and {sources('page', f'{stated} is not null and {stated} not in ({KINDS})')}))"
    )
