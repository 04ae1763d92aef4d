"""The registry as values: what sources.yaml and decisions.yaml say once they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from crawler.model import digest_of
from crawler.pickling import pickled_by_value
from crawler.sources.curated.values import Curated

Evidence = Literal["recorded", "documented", "reported", "assumed"]


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What healthy means: least and most documents of a listing, age of its newest, whether none at all is normal."""

    min: int = 1
    max: int | None = None
    newest: timedelta | None = None
    zero: bool = False


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """When a page that answers 404 counts as gone: after so many answers, over at least so long."""

    answers: int = 2
    over: timedelta = timedelta(hours=24)


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place that is read: an entry under ``sources`` of sources.yaml.

    ``options`` are the protocol's own (selectors, page caps …) and part of how captures are read; ``scrub`` holds
    regular expressions whose matches are left out of texts; ``audit`` is the share of known documents asked again in
    each run; ``follow`` lets a feed read the documents behind its entries.
    """

    id: str
    name: str
    publisher: str
    kind: str
    protocol: str
    url: str
    expect: Expect
    schedule: timedelta = timedelta(days=1)
    options: Mapping[str, object] = field(default_factory=dict)
    scrub: tuple[str, ...] = ()
    keep: Literal["all", "relevant"] = "all"
    gone: Gone = Gone()
    audit: float = 0.0
    follow: bool = False
    evidence: Evidence = "assumed"
    enabled: bool = True
    reason: str = ""
    topics: tuple[str, ...] = ()
    toolkit: tuple[str, ...] = ()
    jurisdiction: str = ""

    @property
    def reading(self) -> str:
        """Give a digest of everything in the registry that changes how a capture of this source is read."""
        return digest_of(self.protocol, self.kind, dict(self.options), list(self.scrub), self.follow)[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """A body that publishes: whose words they are, under which licence they may be shown, and where that is said."""

    id: str
    name: str
    jurisdiction: str
    licence: str = ""
    licence_url: str = ""
    attribution: str = ""
    copy: Literal["public", "hash-only"] = "hash-only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """How one host is asked. Seconds and bytes; ``private`` allows exactly this loopback host and port."""

    name: str
    delay: float = 1.0
    concurrency: int = 1
    timeout: float = 60.0
    max_bytes: int = 64 * 1024 * 1024
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Who runs this round-up: a contact for the sources, the address of the site, the authority of its tag URIs."""

    contact: str = ""
    public_url: str = ""
    authority: str = "roundup.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Everything sources.yaml says. Mappings are keyed by id, in the order of the file."""

    settings: Settings
    publishers: Mapping[str, Publisher]
    hosts: Mapping[str, Host]
    sources: Mapping[str, Source]
    curated: Curated = field(default_factory=Curated)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """A document that must not be kept, by its address, its id, or the digest of one of its captures; and why."""

    reason: str
    date: str
    url: str = ""
    digest: str = ""
    document: str = ""

    @property
    def id(self) -> str:
        """Give the id of the decision, in which nothing can be read."""
        return digest_of(self.url, self.digest, self.document)[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What people decided. ``accept`` holds SHA-256 digests of held captures that are right after all."""

    relevance: Mapping[str, Literal["in", "out"]] = field(default_factory=dict)
    accept: frozenset[str] = frozenset()
    redact: tuple[Redaction, ...] = ()
    confirm: frozenset[str] = frozenset()
