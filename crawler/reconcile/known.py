"""What is known before an answer is looked at, or before a crawl closes. Times are text, but for the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from crawler.model import Availability, Link

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
