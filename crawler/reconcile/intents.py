"""What is to be done: values that :func:`crawler.store.writer.carry_out` carries out, in their order."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.model import Annotation, Availability, Cause, Difference, Link
from crawler.reconcile.known import Head, Quarantined, Stream
from crawler.reconcile.reading import Origin, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAvailability:
    """A document is there, suspect, gone or withdrawn since a time, not found in so many crawls in a row."""

    document: str
    availability: Availability
    since: str
    answers: int = 0


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


@dataclass(frozen=True, slots=True, kw_only=True)
class AddVersion:
    """A version joins its stream."""

    wording: Wording
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotate:
    """A stored version was read again in a capture, with these notes of its publisher."""

    document: str
    version: str
    annotations: tuple[Annotation, ...]
    fetch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantine:
    """A text is held."""

    stream: Stream
    held: Quarantined


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What is held of a stream is held no more: it was accepted, or something else is read now."""

    stream: Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Retract:
    """A version that was accepted is none, and the title that came with it; ``day`` is that of the crawl."""

    head: Head
    reason: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNotes:
    """The publisher's notes on what it changed, each with its date, that a capture lists and that are new."""

    document: str
    notes: tuple[tuple[str, str], ...]
    seen: str
    fetch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RewordNote:
    """The publisher put a note in other words under the same date."""

    document: str
    number: int
    note: str


Intent = (
    SetAvailability
    | Check
    | Follow
    | Skip
    | Keep
    | AddChange
    | AddVersion
    | Annotate
    | Quarantine
    | Release
    | Retract
    | AddNotes
    | RewordNote
)
