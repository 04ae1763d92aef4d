"""How far search reaches: over everything that is kept, or over what is in the round-up alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crawler.publish.web import MissingError

IN = "in"
"""The band of what is in the round-up; what was never judged counts as that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whether only what is in the round-up is looked through, and not what is out or waits for a decision."""

    only_in: bool = False

    @property
    def params(self) -> Mapping[str, object]:
        """Give the values that :func:`reached` asks for."""
        return {"every": 0 if self.only_in else 1}


def reach_of(only: str) -> Reach:
    """Read the choice of a reader, empty for everything.

    Raises:
        MissingError: there is no such choice.
    """
    if only not in ("", IN):
        raise MissingError(f"Search cannot be limited to “{only[:40]}”; it can be limited to “{IN}”.")
    return Reach(only_in=only == IN)


def band(document: str) -> str:
    """Give the SQL of the band of a document: in, review or out."""
    return f"coalesce((select judged.band from relevance judged where judged.document = {document}), '{IN}')"


def reached(document: str) -> str:
    """Give the SQL that is true for a document that search reaches."""
    return f"(:every or {band(document)} = '{IN}')"
