"""The instruments that a feed of effects names: what commences and amends a tracked one, what it amended itself.

Source: https://github.com/legislation/data-documentation (model/effects.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from crawler.model import Capture, Link, Statement
from crawler.protocols.legislation.names import address, data_url, effects_url

RELATED = ("commencing", "amending", "made_under", "predecessors")
"""What instruments can be to a tracked one, by the effects on it and, the last, by its own."""
ONLY = "only"
"""Fact of a link to an effects feed of which nothing but what commences its instrument is followed."""
_POWERS = frozenset({"power exercised", "power partly exercised", "made"})


def related(statements: Iterable[Statement], capture: Capture, wanted: Collection[str]) -> Iterator[Link]:
    """Yield the links to instruments that a page of effects names; ``wanted`` are some of :data:`RELATED`.

    Of what amends also what commences it is followed, by its own feed.
    """
    tracked, only = capture.link.parent, capture.link.facts.get(ONLY)
    found: dict[str, set[str]] = {}
    for each in statements:
        fields = each.fields
        is_affected = fields["affected"] == tracked
        other = fields["affecting"] if is_affected else fields["affected"]
        role = relation(fields["nature"], fields["head"]) if is_affected else "predecessors"
        if other != tracked and role in ({only} if only else wanted) and address(f"/{other}") is not None:
            found.setdefault(other, set()).add(role)
    for other, relations in found.items():
        yield Link(url=data_url(other), role="document", token="named")
        if "amending" in relations and "commencing" in wanted:
            facts = {ONLY: "commencing"}
            yield Link(url=effects_url(other, "affected"), role="statement", parent=other, facts=facts, token="named")


def relation(nature: str, head: str) -> str:
    """Return which of :data:`RELATED` the instrument of an effect is to what it affects, empty for none."""
    if nature == "commencement":
        return "commencing"
    if head in _POWERS:
        return "made_under"
    return "amending" if nature == "textual" else ""
