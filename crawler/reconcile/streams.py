"""Streams: the versions of a document that are compared with each other, and what is known of one."""

from dataclasses import dataclass

from crawler.model import Representation, Version


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
    ``is_held_elsewhere``: such a one is held; ``was_shared``: others said what the neighbour says. ``announced`` is
    what other sources told since the version before, the newest first; ``is_watched``: the source had a complete
    healthy walk before. ``parts`` of a law are named where only they matter.
    """

    heads: tuple[Head, ...] = ()
    neighbour: Version | None = None
    quarantined: Quarantined | None = None
    shown: Representation | None = None
    others: tuple[Head, ...] = ()
    is_held_elsewhere: bool = False
    was_shared: bool = False
    announced: tuple[Announced, ...] = ()
    is_watched: bool = True
    parts: tuple[str, ...] = ()

    @property
    def text(self) -> Version:
        """Return the neighbour with its sections.

        Raises:
            KeyError: it was not loaded.
        """
        if self.neighbour is None:
            raise KeyError("neighbour")
        return self.neighbour
