"""What is known before an answer is looked at, or before a crawl closes. Times are text, but for the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawler.model import Availability, Link, Representation, Version

OUT = (
    "adopts", "amends", "based on", "commences", "completes", "consolidates", "corrects", "implements",
    "implicitly repeals", "impact assessment of", "made under", "proposes to amend", "repeals", "replaces",
    "supersedes", "transposes",
)  # fmt: skip
"""Relations by which a document is relevant where their target is a tracked instrument."""
IN = ("became", "followed by", "superseded by", "text")
"""Relations by which the target is relevant where a tracked instrument has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentState:
    """Where a document is, ``since`` when, and in how many crawls in a row it was not found (``answers``).

    ``url`` is the address at which it is followed, ``current`` the version it shows, ``checked`` when its own page was
    last read or confirmed. ``is_410``: nothing but an answer 410 says that it is withdrawn. ``withdrawals`` are notes
    and dates of those that were seen, ``appearance`` is why it is not announced that it is there.
    """

    id: str
    url: str = ""
    current: str | None = None
    first_seen: str = ""
    checked: str | None = None
    availability: Availability = "ok"
    since: str = ""
    answers: int = 0
    is_410: bool = False
    withdrawals: frozenset[tuple[str, str | None]] = frozenset()
    appearance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressState:
    """The last answer of an address when it was asked for a document: its number, and the address it landed at."""

    fetch: int
    landing: str
    is_good: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """An answer "not found" of a crawl. ``is_alive``: another page of its host was answered well in that crawl."""

    document: str
    fetch: int
    time: str
    source: str | None
    is_alive: bool
    is_watched: bool = True


@dataclass(frozen=True, slots=True)
class Stream:
    """What versions are compared with each other: those of a document in one form and language, under some options."""

    document: str
    representation: Representation
    language: str
    options_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A stored version without its sections; ``annotations`` are the numbers of its notes, as JSON.

    ``is_retractable``: this crawl read it as the newest of several, and nobody was told.
    """

    id: str
    document: str
    representation: Representation
    language: str
    title: str
    label: str
    valid_from: str | None
    status: str
    digest: str
    note: str
    is_partial: bool
    characters: int
    source: str
    options_digest: str
    fetch: int
    annotations: str
    is_retractable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """A text that is held: its digest and reason, the clocks of the crawls that read it first and confirmed it first.

    ``confirmations`` is how many later crawls read the same, ``fetch`` its newest capture.
    """

    digest: str
    reason: str
    first_seen: str
    fetch: int
    confirmed_since: str | None = None
    confirmations: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A change that another source announced: its place (None: the document itself), and what stands there after it."""

    path: str | None
    kind: str
    after: str
    digest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamState:
    """What is known of the stream of a version: the versions in it, in order, and what is held of it.

    ``neighbour`` is the version that the one at hand is compared with. ``shown`` is the form in which the document is
    shown. ``others`` are versions of other documents from the same bytes, where these said something else before;
    ``is_held_elsewhere``: such a one is held. ``announced`` is what other sources told since the version before, the
    newest first; ``is_watched``: the source had a complete healthy walk before.
    """

    heads: tuple[Head, ...] = ()
    neighbour: Version | None = None
    quarantined: Quarantined | None = None
    shown: Representation | None = None
    others: tuple[Head, ...] = ()
    is_held_elsewhere: bool = False
    announced: tuple[Announced, ...] = ()
    is_watched: bool = True

    @property
    def text(self) -> Version:
        """Return the neighbour with its sections.

        Raises:
            KeyError: it was not loaded.
        """
        if self.neighbour is None:
            raise KeyError("neighbour")
        return self.neighbour


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesState:
    """The notes on a document, each a number, a date and its words, the oldest first.

    ``captured`` is when a version of it was captured last, None where none was; ``current`` is the version it shows.
    """

    document: str
    notes: tuple[tuple[int, str, str], ...] = ()
    captured: str | None = None
    current: str | None = None
    is_watched: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What speaks for keeping a document: all its names, its summary, its band before (None: none), and its sources.

    ``is_tied``: a relation or an effect that was read ties it to a tracked instrument.
    """

    names: frozenset[str]
    summary: str = ""
    band: str | None = None
    sources: tuple[str, ...] = ()
    is_tied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known when a crawl of this ``clock`` comes to an answer (``fetch``), or closes.

    ``document`` is the one whose page was asked for, empty while no page of it was read; ``documents`` are by their
    ids, ``addresses`` those of that document by their aliases. ``is_watched``: the source that asked had a complete
    healthy walk before. ``first_read`` are documents whose own page is being read for the first time. ``not_found`` is
    what a crawl that closes did not find, in order. ``verdicts`` are those on what stands at the top
    of a page, by its ids there, ``tracked`` all names of tracked instruments, ``skipped`` the documents with which the
    page of ``link`` is left aside.
    """

    clock: datetime
    fetch: int = 0
    is_watched: bool = True
    document: str = ""
    documents: Mapping[str, DocumentState] = field(default_factory=dict)
    addresses: Mapping[str, AddressState] = field(default_factory=dict)
    first_read: frozenset[str] = frozenset()
    not_found: tuple[NotFound, ...] = ()
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    tracked: frozenset[str] = frozenset()
    link: Link | None = None
    skipped: frozenset[str] = frozenset()
