"""The facets by which entries can be filtered: their names, their values, and both in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from crawler.sources.vocabulary import AIMED_AT, EXPLOITATION, JURISDICTIONS, KINDS, ROLES, TOOLKIT, TOPICS
from crawler.wording import changed, kind, where

CHANGES = (
    "new", "changed", "retitled", "status", "date", "withdrawn", "gone", "returned", "relocated", "watching",
    "late", "older", "several", "list",
)  # fmt: skip
"""Kinds of entries."""

SIGNIFICANCES: Mapping[str, str] = MappingProxyType({
    "legal effect": "legal effect",
    "substantive": "substantive change",
    "editorial": "editorial change",
})  # fmt: skip
"""How much a change matters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A facet: its ``label`` for readers, and its closed list of values with their words, None where there is none.

    ``more``: the database may have values beside that list. ``before`` are the words that stand before its values in a
    title, where those alone would not tell what they are. ``column`` is that of ``entries``; where it is empty, the
    values stand in ``entry_facets``.
    """

    name: str
    label: str
    values: Mapping[str, str] | None = None
    more: bool = False
    before: str = ""
    column: str = ""


def _listed(*facets: Facet) -> Mapping[str, Facet]:
    return MappingProxyType({facet.name: facet for facet in facets})


FACETS: Mapping[str, Facet] = _listed(
    Facet(name="topic", label="Topic", values=TOPICS),
    Facet(name="role", label="Reader", values=ROLES, before="for "),
    Facet(name="aimed_at", label="Service or profession", values=AIMED_AT, before="aimed at "),
    Facet(name="exploitation", label="Type of exploitation", values=EXPLOITATION, before="type of exploitation: "),
    Facet(name="toolkit", label="Part of the toolkit", values=TOOLKIT),
    Facet(name="jurisdiction", label="Where it applies", values={name: name for name in JURISDICTIONS}, more=True),
    Facet(name="kind", label="Kind", values={name: kind(name) for name in KINDS}, more=True, column="document_kind"),
    Facet(name="publisher", label="Published by", before="published by ", column="publisher"),
    Facet(name="source", label="Source", before="from ", column="source"),
    Facet(
        name="change", label="What happened", values={name: changed(name) for name in CHANGES},
        before="what happened: ", column="kind",
    ),
    Facet(name="significance", label="Weight of the change", values=SIGNIFICANCES, column="significance"),
    Facet(name="document", label="Document"),
    Facet(name="section", label="Section"),
)  # fmt: skip
"""Every facet, in the order in which a title tells them."""

LISTED = tuple(name for name in FACETS if name not in ("document", "section"))
"""The facets whose values can be chosen from a list."""

SHARED = ("topic", "role", "aimed_at", "exploitation", "toolkit", "jurisdiction")
"""The facets of ``entry_facets``: an entry may have several values of each."""


def value(facet: str, value: str, names: Mapping[tuple[str, str], str] = MappingProxyType({})) -> str:
    """Return a value of a facet in words; ``names`` are those of the database, by facet and value.

    >>> value("topic", "labour_exploitation"), value("kind", "si"), value("jurisdiction", "Atlantis")
    ('Labour exploitation', 'Statutory instrument', 'Atlantis')
    """
    known = FACETS[facet].values or {}
    found = names.get((facet, value)) or known.get(value)
    if found:
        return found
    if facet == "section":
        return where(value, "")
    return kind(value) if facet == "kind" else value


def small(text: str) -> str:
    """Return words with a small first letter, as inside a sentence; what is a name or an abbreviation keeps its own.

    >>> small("Labour exploitation"), small("NGO support"), small("Act of the Scottish Parliament"), small("Act")
    ('labour exploitation', 'NGO support', 'Act of the Scottish Parliament', 'Act')
    """
    first = text.partition(" ")[0]
    return text if first == "Act" or first[1:] != first[1:].lower() else text[:1].lower() + text[1:]


def title(pairs: tuple[tuple[str, str], ...], names: Mapping[tuple[str, str], str] = MappingProxyType({})) -> str:
    """Return a filter in plain words: its values with "or", its facets with ";" between them.

    >>> title((("jurisdiction", "European Union"), ("kind", "report"), ("kind", "guidance"), ("topic", "children")))
    'children; European Union; guidance or report'
    >>> title((("document", "a"), ("section", "section-45")), {("document", "a"): "Sample Act"})
    'Sample Act; Section 45 and below'
    """
    parts = []
    for name, facet in FACETS.items():
        chosen = sorted({value(name, one, names) for found, one in pairs if found == name}, key=str.casefold)
        if not chosen:
            continue
        if name not in ("jurisdiction", "publisher", "source", "document", "section"):
            chosen = [small(one) for one in chosen]
        below = " and below" if name == "section" else ""
        parts.append(facet.before + " or ".join(chosen) + below)
    return "; ".join(parts)
