"""What is to be done: values that :func:`crawler.store.writer.carry_out` carries out, in their order."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.model import Availability, Cause, Difference, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAvailability:
    """A document is there, suspect, gone or withdrawn since a time. ``is_410``: an answer 410 says so."""

    document: str
    availability: Availability
    since: str
    answers: int = 0
    is_410: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The own page of a document was read, or confirmed as it was."""

    document: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """A document is followed at another address from now on; both addresses are aliases (``url:…``)."""

    document: str
    alias: str
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """A source leaves the page of a link aside with a document, or the ``words`` of it that stand there."""

    source: str
    protocol: str
    document: str
    link: Link
    words: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """What a source left aside of documents on the page of a link is read now."""

    source: str
    link: Link
    documents: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddChange:
    """A difference between two versions, or of a document itself (``version`` is None), that a capture showed.

    ``silent`` says why it is not announced, ``late`` why it is late. ``mark`` tells differences of one kind that one
    capture shows of a document itself from each other.
    """

    document: str
    difference: Difference
    fetch: int
    previous: str | None = None
    version: str | None = None
    cause: Cause = "source"
    note: str = ""
    occurred: str | None = None
    silent: str = ""
    late: str = ""
    mark: str = ""


Intent = SetAvailability | Check | Follow | Skip | Keep | AddChange
