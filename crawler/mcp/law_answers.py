"""The answers of the tools on a day of the law, on passages to be checked, and on a text that is sent."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.mcp.answers import VersionLine
from crawler.mcp.values import About, Origin, Quoted


@dataclass(frozen=True, kw_only=True)
class SectionOnDay:
    """A section as it stood on the day; these are its words from `since` until before `until`, empty: still.

    `extent`: the part of the United Kingdom that has these words, empty for all. `in_force` is our sentence.
    """

    path: str
    where: Quoted
    text: Quoted
    since: str
    until: str
    extent: str
    in_force: str


@dataclass(frozen=True, kw_only=True)
class OnDay:
    """A document as it stood on a day, with all that a provision asked for cites of it.

    Where `version` is null, the first text held began on `first`: what stood before is not known here.
    `effects_not_in_text`: changes in force on the day that this text does not have. `pending`: acts that amend it by
    then and that no consolidated text held here has; `later`: what took effect after this wording began and by then.
    """

    about: About
    document: str
    title: Quoted
    day: str
    version: VersionLine | None
    first: str
    effects_not_in_text: int
    pending: tuple[Quoted, ...]
    later: tuple[Quoted, ...]
    sections: tuple[SectionOnDay, ...]
    next_first: int | None
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A passage that cites something which changed later: to be checked, not wrong. `said`: what is said of it."""

    document: str
    title: Quoted
    path: str
    where: Quoted
    said: str
    since: str
    cites_document: str
    cites_title: Quoted
    cites_provision: str
    became: Quoted
    entry: str
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Passages:
    """Passages whose cited text changed later, those whose cited text changed last first."""

    about: About
    total: int
    passages: tuple[Passage, ...]
    next_page: int | None


@dataclass(frozen=True, kw_only=True)
class CitedChange:
    """A change of what is cited; `pending`: the publisher's text does not have it yet. `page`: ours that tells it."""

    day: str
    words: Quoted
    by: Quoted
    pending: bool
    page: str


@dataclass(frozen=True, kw_only=True)
class CitedThing:
    """One thing that the text cites. `found`: held, not held, or not resolved; `to_look_at`: see `changes`, `state`.

    `state` is that on the day: in force, in part, not yet, repealed, ended (on a day that is not known), not stated,
    not there yet, not found, no such provision, several provisions, withdrawn.
    """

    cited_as: Quoted
    times: int
    found: str
    document: str
    title: Quoted
    provision: str
    to_look_at: bool
    state: str
    said: Quoted
    evidence: tuple[Quoted, ...]
    notes: tuple[Quoted, ...]
    newer: Quoted
    changes: tuple[CitedChange, ...]
    more_changes: int
    official: str
    page: str


@dataclass(frozen=True, kw_only=True)
class CheckedText:
    """What a text cites, for the day on which it was last revised: never whether the text is right.

    `more`: further citations that are not answered.
    """

    about: About
    day: str
    summary: str
    notice: str
    cited: tuple[CitedThing, ...]
    more: int
    next_page: int | None
