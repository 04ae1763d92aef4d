"""What is to be done: values that :func:`crawler.store.writer.carry_out` carries out, in their order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from crawler.model import Annotation, Availability, Cause, Difference, Link
from crawler.reconcile.known import DateSaid
from crawler.reconcile.reading import Origin, Wording
from crawler.reconcile.streams import Head, Quarantined, Stream


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Identify:
    """A name leads to a document."""

    alias: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two documents, or names of one, are one under the ``new`` name; ``is_described``: no page describes it now."""

    old: str
    new: str
    is_described: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Absorb:
    """A ``page`` that only a list named so far is an address of a document, with its ``aliases``; it may have moved."""

    document: str
    page: str
    aliases: tuple[str, ...]
    moved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Free:
    """An address is none of a document."""

    alias: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """A document shows its best version on a ``day``, and its publisher was seen to change it; empty: neither."""

    document: str
    day: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Describe:
    """A source says facts of a document, in its list or on the document's ``own`` page; other names lead to it, too."""

    document: str
    source: str
    seen: str
    facts: Mapping[str, str]
    own: bool = False
    aliases: tuple[str, ...] = ()
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEffect:
    """An effect of one law on another, as a row of table ``effects``; lists in it become JSON."""

    id: str
    row: Mapping[str, object]
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRelation:
    """A document has a relation to another, which need not be held."""

    document: str
    relation: str
    target: str
    seen: str
    fetch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StateDate:
    """A page states a date of law or procedure; ``is_new``: it did not, or stated another one."""

    document: str
    event: str
    provision: str
    qualification: str
    said: DateSaid
    is_new: bool
    seen: str
    fetch: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong, as it was found: about a source (None: the round-up itself), of a kind, about a subject."""

    source: str | None
    kind: str
    detail: str
    subject: str = ""
    severity: Literal["alarm", "note"] = "alarm"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteProblems:
    """What was wrong with a body that a source could read: a detail for each kind."""

    fetch: int
    source: str
    problems: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """What became of a fetch, and why."""

    fetch: int
    outcome: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReaders:
    """Only these sources could read a fetch, as they read now; or under options of this digest, these too."""

    fetch: int
    sources: tuple[str, ...]
    options_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The run of a source counts more: requests, bytes, documents, failed …"""

    source: str
    more: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A source has the answer to a link of the journal; its issues are resolved, but for the kinds ``still`` found."""

    link: Mapping[str, Any]
    source: str
    token: str
    still: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Enqueue:
    """A source asks for what a link leads to; in a ``walk`` even where it was read. ``why`` sets its rank."""

    link: Link
    source: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page of a list listed so many entries, of which so many were known, and a date of its publisher."""

    fetch: int
    source: str
    entries: int
    known: int
    newest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCursor:
    """Where the walk of a source goes on next time, if it ends complete."""

    source: str
    cursor: str


Intent = (
    SetAvailability | Check | Follow | Skip | Keep | AddChange | AddVersion | Annotate | Quarantine | Release
    | Retract | AddNotes | RewordNote | Identify | Merge | Absorb | Free | Show | Describe | AddEffect | AddRelation
    | StateDate | Finding | NoteProblems | Settle | NoteReaders | Count | Answered | Enqueue | Listed | SetCursor
)  # fmt: skip
