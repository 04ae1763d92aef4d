"""What is known before an answer is looked at, or before a crawl closes. Times are text, but for the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawler.model import Availability, Link, Representation

GOOD = frozenset({"accepted", "unchanged", "not modified"})
"""Outcomes of a request for a page that is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentState:
    """Where a document is, ``since`` when, and in how many crawls in a row it was not found (``answers``).

    ``url`` is the address at which it is followed, ``current`` the version it shows, ``checked`` when its own page was
    last read or confirmed. ``is_410``: nothing but an answer 410 says that it is withdrawn. ``withdrawals`` are notes
    and dates of those that were seen, ``appearance`` is why it is not announced that it is there.
    """

    id: str
    url: str = ""
    title: str = ""
    kind: str = ""
    parent: str | None = None
    publisher: str | None = None
    author: str = ""
    status: str = ""
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
class SourceFacts:
    """What a source of a ``kind`` says of a document: in its lists, and on the document's own page (``stated``)."""

    source: str
    kind: str
    listed: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsState:
    """What is known of a document that a page describes, under its strongest ``name``; ``document``: None if new.

    ``said`` is what sources say of it, in the order of sources.yaml, that of the page among them, ``unnamed`` its
    names that lead to no document, ``jurisdiction`` that of the publisher of the page. ``is_watched``: the first source
    that asked for the page had a complete healthy walk before. Of a new one the others are known, too:
    ``is_watched_source``: the source that reads it had one; its options reach more than then; when that was last
    walked; why the page was asked. Its ``parent``, and whether that appeared in this crawl, or is read for the first
    time: its page now, or that of its document when the only reading of its page names it. ``is_added``: the last text
    of its parent names it, and the one before did not.
    """

    name: str
    document: DocumentState | None
    said: tuple[SourceFacts, ...]
    unnamed: tuple[str, ...] = ()
    jurisdiction: str = ""
    is_watched: bool = True
    is_watched_source: bool = True
    is_reached_anew: bool = False
    last_walk: str | None = None
    why: str = ""
    parent: DocumentState | None = None
    is_parent_new: bool = False
    is_parent_first_read: bool = False
    is_added: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSaid:
    """A date that a page states, for a source at a ``position`` in sources.yaml, of its ``own`` document or another.

    The least holds: that of the document's own page, then of the earlier source, then by address.
    """

    own: bool
    position: int
    source: str
    url: str
    date: str

    def __lt__(self, other: DateSaid) -> bool:
        """Whether this one wins over another."""
        return self._rank() < other._rank()

    def _rank(self) -> tuple[bool, int, str, str]:
        return not self.own, self.position, self.source, self.url

    def is_beside(self, other: DateSaid) -> bool:
        """Return whether both are stated by one page, for one source."""
        return (self.source, self.url) == (other.source, other.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Documents by the names that a page gives, None where none is known; ``alternates`` are addresses of copies."""

    documents: Mapping[str, DocumentState | None]
    alternates: frozenset[str] = frozenset()

    def is_new(self, name: str) -> bool:
        """Return whether no document is known by a name."""
        return self.documents[name] is None

    def id(self, name: str) -> str:
        """Return the document that a name leads to, or the name itself."""
        state = self.documents[name]
        return name if state is None else state.id


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressState:
    """The last answer of an address when it was asked for a document: its number, what became of it, where it was."""

    fetch: int
    landing: str
    outcome: str

    @property
    def is_good(self) -> bool:
        """Return whether its page is there."""
        return self.outcome in GOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """An address that answered last with the bytes at hand, and its document, as the source at hand lists that.

    ``walk`` is the newest crawl in which it was part of a walk by itself, ``listed``: lists name the document,
    ``is_listed_instead``: the list at hand named it last time, and names the page at hand now.
    """

    url: str
    document: DocumentState
    answer: AddressState | None
    walk: str
    listed_title: str
    listed: bool
    is_listed_instead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalState:
    """How a page about one document was reached: statuses of its redirects, and where they led last (``landing``).

    ``is_shared``: other addresses lead there, too. ``answer`` is the last one of the address at which its document is
    followed, ``listed`` are the addresses at which lists name it; ``main_walk`` and ``walk`` are the newest crawls in
    which that address, and the one at hand, were part of a walk by themselves. ``holders`` have the same bytes.
    ``is_doubtful``: it matters what the document said before.
    """

    is_doubtful: bool = False
    hops: tuple[int, ...] = ()
    landing: str | None = None
    is_shared: bool = False
    answer: AddressState | None = None
    listed: tuple[str, ...] = ()
    main_walk: str = ""
    walk: str = ""
    holders: tuple[Holder, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextsState:
    """The words of a document by language, None where it has none; ``is_read_now``: this crawl read it in one."""

    words: Mapping[str, str | None]
    is_read_now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """An answer "not found" of a crawl; ``is_410``: for good.

    ``is_alive``: another page of its host was answered well in that crawl, or the answer is 410 and the site has not
    failed as a whole.
    """

    document: str
    fetch: int
    time: str
    source: str | None
    is_alive: bool
    is_410: bool = False
    is_watched: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesState:
    """The notes on a document, each a number, a date and its words, the oldest first.

    ``captured`` is when a version of it was captured last, None where none was; ``current`` is the version it shows,
    ``shown`` the form of that.
    """

    document: str
    notes: tuple[tuple[int, str, str], ...] = ()
    captured: str | None = None
    current: str | None = None
    shown: Representation | None = None
    is_watched: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkState:
    """What is known of the walk to which a page (``fetch``) belongs, and ``why`` it was asked for.

    ``is_watched``: its source had a complete healthy walk before. ``offered`` says of each link, but of those to next
    pages, whether the source offered it before; ``is_waiting``: one of them waits to be asked, not for a backfill
    alone. ``is_news``: a document is named that the last complete walk did not know, where one broke off since.
    ``listed`` documents were named before this crawl. ``met`` says of each link to a next page whether the walk had
    its answer already; it asks for so many ``pages`` so far, and began with so many ``lists``.
    """

    fetch: int
    why: str
    is_watched: bool
    offered: tuple[bool, ...] = ()
    is_waiting: bool = False
    is_news: bool = False
    listed: int = 0
    met: tuple[bool, ...] = ()
    pages: int = 0
    lists: int = 0


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
    page of ``link`` is left aside. Of the ``document`` of a statement: what sources ``said`` of it, the ``dates``
    stated of its event, the ``position`` of the source at hand, the document to which its alias ``led``, and whether it
    was told that it does (``is_told``).
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
    said: tuple[SourceFacts, ...] = ()
    dates: tuple[DateSaid, ...] = ()
    position: int = 0
    led: str = ""
    is_told: bool = False
