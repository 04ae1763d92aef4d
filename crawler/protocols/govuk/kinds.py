"""The document types of GOV.UK (kinds.yaml): what kind of document each is, what state it says, which are none."""

from pathlib import Path
from typing import Any

from crawler.sources.yaml_positions import read_table


def names(listed: str) -> frozenset[str]:
    """Return the names in a text, set apart by spaces."""
    return frozenset(listed.split())


_TABLE: Any = read_table(Path(__file__).with_name("kinds.yaml"))
_KIND_OF: dict[str, str] = {name: kind for kind, listed in _TABLE["kinds"].items() for name in listed.split()}
_NO_DOCUMENT = names(_TABLE["no_document"])
_STATES: dict[str, str] = _TABLE["states"]
_SHOWN = frozenset(_TABLE["shown"].split(", "))
_TYPE_OF_SHOWN: dict[str, str] = _TABLE["type_of_shown"]

_NO_KIND = frozenset({"html_publication"})
"""The type says how a page is built, not what kind of document it is: that says the page it is attached to."""
_EXCLUDED = frozenset({"modern_slavery_statement"})
"""Departments' own section 54 statements: a query for "modern slavery" finds them all. ``document_types`` asks them."""


def kind(document_type: str) -> str | None:
    """Return the kind of document a document type stands for, None where it says nothing about that.

    >>> kind("detailed_guide"), kind("html_publication")
    ('guidance', None)
    """
    return _KIND_OF.get(document_type)


def is_known(document_type: str) -> bool:
    """Return whether a document type was known when this was written."""
    return document_type in _KIND_OF or document_type in _NO_KIND or document_type in _NO_DOCUMENT


def is_document(document_type: str) -> bool:
    """Return whether pages of a type are documents: not lists, indexes, people, forms to search with or pointers."""
    return document_type not in _NO_DOCUMENT


def is_wanted(document_type: str, wanted: tuple[str, ...]) -> bool:
    """Return whether a listing's entry of a type is followed; ``wanted`` empty means everything that is a document."""
    if wanted:
        return document_type in wanted
    return is_document(document_type) and document_type not in _EXCLUDED


def state(document_type: str) -> str:
    """Return the state a document type says, empty where it says none.

    A consultation keeps its address while its type moves from open to closed to outcome.

    >>> state("closed_consultation"), state("guidance")
    ('closed', '')
    """
    return _STATES.get(document_type, "")


def split(title: str, shown: str) -> tuple[str, str | None]:
    """Return the title of a feed entry without the type put before it, and the document type that says.

    ``shown`` is the type as the entry's category says it, if it says one.

    >>> split("Policy paper: A plan", ""), split("Modern slavery: a plan", "")
    (('A plan', 'policy_paper'), ('Modern slavery: a plan', None))
    """
    before, _, rest = title.partition(": ")
    name = before.lower()
    if not rest or (name not in _SHOWN and name != shown.lower()):
        return title, _type(shown.lower()) if shown else None
    return rest, _type(name)


def _type(shown: str) -> str | None:
    name = _TYPE_OF_SHOWN.get(shown, shown.replace(" ", "_"))
    return name if is_known(name) else None
