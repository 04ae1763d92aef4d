"""What is classified, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, NamedTuple

Band = Literal["in", "review", "out"]
BANDS: tuple[Band, ...] = ("in", "review", "out")
PATIENCE = timedelta(days=14)
"""Time after which a part of what nobody decided is published, marked as not confirmed: what is surely relevant."""


LISTED = frozenset({"title", "summary", "publisher", "kind", "identifier"})
"""Places of what a list shows of a document; a reason stands there or in its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What is known of a document when it is classified: the same for a title on a list and for a whole report.

    ``publisher`` is the name of the body (the publisher's own words on who published it, where there are any),
    ``identifiers`` are ids and numbers of it (``ukpga/2015/30``, a CELEX number, ``url:https://…`` of which the words
    of the path never count). ``parts`` hold its text by path, in order; a path names the place in a reason.
    """

    title: str
    summary: str = ""
    kind: str = ""
    publisher: str = ""
    identifiers: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()


class Reason(NamedTuple):
    """One thing that counted: words at a place, and their weight. (A tuple, as :class:`Found`: there are many.)

    ``place`` is title, summary, publisher, kind, identifier, or the path of a part of the text; also source, relation,
    series or decision, where no words decided. ``start`` and ``end`` are offsets in characters into the text of that
    place as it is stored: ``words`` stand exactly there. ``rule`` names the rule in the file of rules.
    """

    place: str
    start: int
    end: int
    words: str
    weight: float
    rule: str

    def row(self) -> dict[str, object]:
        """Return it as it is stored."""
        return self._asdict()


class Found(NamedTuple):
    """One value of a facet or one topic, with its score and what gave it."""

    value: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """Whether a document belongs in the round-up, by its words alone, and what it is about.

    ``unconfirmed``: in the band *review*, whether it is published after a while though nobody confirmed it; the rest
    waits. ``facets`` holds values by facet: aimed_at, role, exploitation and toolkit
    (:mod:`crawler.sources.vocabulary`).
    """

    band: Band
    score: float
    unconfirmed: bool
    reasons: tuple[Reason, ...]
    topics: tuple[Found, ...]
    facets: Mapping[str, tuple[Found, ...]]
