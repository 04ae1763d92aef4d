"""The registry as values: what sources.yaml and decisions.yaml say, with what each key may be and means."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator

from crawler.model import digest_of
from crawler.pickling import pickled_by_value
from crawler.sources import validators
from crawler.sources.backfill import Backfill, checked
from crawler.sources.curated.values import (
    NO_JUDGMENTS,
    NOTHING_BY_HAND,
    ByHand,
    Collection,
    Curated,
    Judgments,
    Series,
)
from crawler.sources.fields import (
    Address,
    Count,
    Day,
    Digest,
    DocumentId,
    Duration,
    Expression,
    FileType,
    Flag,
    FollowedHost,
    Jurisdiction,
    Kind,
    Number,
    Part,
    Pattern,
    Schedule,
    Slug,
    Text,
    Topic,
    Whole,
    blank,
    keyed,
    or_flag,
    or_part_of,
    said,
    through,
)  # fmt: skip

Copy = Literal["public", "hash-only"]
MAX_BYTES = 64 * 1024 * 1024
USUAL_BYTES = 24 * 1024 * 1024
Evidence = Literal["recorded", "documented", "reported", "assumed"]


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What healthy means; else an issue opens."""

    min: Annotated[Whole, said("least documents in its listing", ge=0)] = 1
    max: Annotated[Count | None, said("most documents")] = None
    newest: Annotated[Duration | None, said("greatest age of the newest document")] = None
    zero: Annotated[Flag, said("an empty listing is normal")] = False


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """When a page that answers 404 is gone."""

    answers: Annotated[Count, said("so many such answers", le=100)] = 2
    over: Annotated[Duration, said("spread over at least so long")] = timedelta(hours=24)


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What the editors of a library say of a document by its place: what is left empty they do not say."""

    at: Annotated[Text, said("heading of the list above, of the page, or of the group on it")]
    kind: Annotated[Kind | Literal[""], said("of its documents")] = ""
    part: Annotated[Part | Literal[""], said("they belong to")] = ""
    theme: Annotated[str, said("of the part")] = ""
    form: Annotated[str, said("of the part")] = ""
    use: Annotated[str, said("with part resources")] = ""
    audience: Annotated[str, said("with part training")] = ""

    def holds(self, place: Sequence[str]) -> bool:
        """Return whether a place is on this shelf."""
        return any(each.casefold() == self.at.casefold() for each in place)


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """Which links of a page are followed. Patterns are found in a path, or in a whole address."""

    links: Annotated[str, said("CSS selector of links, or of what holds them")] = ""
    include: Annotated[tuple[Expression, ...], said("one of which an address holds")] = ()
    exclude: Annotated[tuple[Expression, ...], said("none of which it holds")] = ()
    hosts: Annotated[tuple[FollowedHost, ...], said("beside that of the page")] = ()
    types: Annotated[tuple[FileType, ...], said("default all but pictures")] = ()
    others: Annotated[Literal["leave", "list"], said("links to other hosts: list without asking")] = "leave"
    whose: Annotated[Literal["publisher", "unstated"], said("publisher and place of its documents")] = "publisher"
    shelves: Annotated[tuple[Shelf, ...], said("of a library, by place")] = ()
    menu: Annotated[str, said("CSS selector of links to further such pages")] = ""
    depth: Annotated[Count, said("2: also from pages that were followed", le=2)] = 1
    max_documents: Annotated[Count, said("of the source; more is a gap")] = 150
    index: Annotated[Literal["document", "list"], said("whether the page is a document, too")] = "document"


Following = Annotated[bool | Follow, or_flag(Follow)]


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place that is read. Where facts disagree, the first source in the file wins."""

    id: Annotated[Slug, said("never change it: its history hangs on it")]
    name: Annotated[str, said("as readers know it; default the id", min_length=1, max_length=500)] = ""
    publisher: Annotated[Slug, said("whose words they are")]
    kind: Annotated[
        Kind, said("what its documents are, unless they say; of `news`, `case` and `case_law` no body is shown")
    ]
    protocol: Annotated[Slug, said("how it is read")]
    url: Annotated[Address, said("where reading starts")]
    expect: Annotated[Expect, said("what healthy means")]
    schedule: Annotated[Schedule, said("how often `crawl --due` reads it")] = timedelta(days=1)
    options: Annotated[Mapping[str, object], said("of its protocol")] = field(default_factory=dict)
    scrub: Annotated[tuple[Pattern, ...], said("whose matches are left out of texts")] = ()
    keep: Annotated[Literal["all", "relevant"], said("of what is not relevant, only titles are kept")] = "all"
    complete: Annotated[Flag, said("of a list: what leaves it was removed")] = False
    gone: Annotated[Gone, said("when a missing page is gone")] = Gone()
    audit: Annotated[
        Number, said("share of known documents asked again in each run, every other time in full", ge=0, le=1)
    ] = 0.0
    follow: Annotated[Following, said("`feed`: the pages behind its entries; `page`: which of its links")] = False
    backfill: Annotated[Backfill | None, AfterValidator(checked), said("read its list to the end")] = None
    evidence: Annotated[Evidence, said("how well it is known")] = "assumed"
    enabled: Annotated[Flag, said("whether it is read; `false` needs a `reason`")] = True
    reason: Annotated[str, said("why it is not read; readers see it")] = ""
    topics: Annotated[tuple[Topic, ...], said("where their words give none; with `keep: all` all are relevant")] = ()
    toolkit: Annotated[tuple[Part, ...], said("they belong to")] = ()
    jurisdiction: Annotated[Jurisdiction, said("where they apply; default that of the publisher")] = ""

    @property
    def options_digest(self) -> str:
        """Return a digest of everything in the registry that changes how a capture of this source is read."""
        follow = asdict(self.follow) if isinstance(self.follow, Follow) else self.follow
        complete = [True] if self.complete else []
        return digest_of(self.protocol, self.kind, dict(self.options), list(self.scrub), follow, *complete)[:16]

    @property
    def lists_others(self) -> bool:
        """Return whether its documents are those of others, of whom it says nothing."""
        return self.followed is not None and self.followed.whose == "unstated"

    @property
    def followed(self) -> Follow | None:
        """Return which links of its pages are followed, None where none is."""
        return self.follow if isinstance(self.follow, Follow) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """A body that publishes, and under which licence."""

    id: str
    name: Annotated[Text, said("as readers know it")]
    jurisdiction: Annotated[Jurisdiction, said("for which it speaks")]
    licence: Annotated[str, said("best as an SPDX id such as `OGL-UK-3.0`")] = ""
    licence_url: Annotated[str, through(blank(validators.address), "address"), said("the page that states it")] = ""
    attribution: Annotated[str, said("the line that the licence asks for")] = ""
    copy: Annotated[Copy, said("what is shown; `public` needs an open licence")] = "hash-only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """How a host is asked; a longer Crawl-delay in its robots.txt wins."""

    name: str
    delay: Annotated[Number, said("seconds from one request to the next", ge=0, le=3600)] = 1.0
    concurrency: Annotated[Count, said("requests under way at a time", le=16)] = 1
    timeout: Annotated[Number, said("seconds for a whole answer", gt=0, le=3600)] = 60.0
    max_bytes: Annotated[Whole, said("longest answer; a longer one is not read", ge=1024, le=MAX_BYTES)] = USUAL_BYTES
    private: Annotated[Flag, said("allows this loopback host and port, with a `delay` of 0")] = False
    closed: Annotated[str, said("how it refuses programs, and when that was seen", max_length=300)] = ""


Contact = Annotated[str, through(validators.contact, "e-mail or web address")]
Site = Annotated[str, through(validators.public_url, "address")]
Authority = Annotated[str, through(validators.authority, "domain name")]
Mailbox = Annotated[str, through(blank(validators.mail_address), "address of mail")]
Heartbeat = Annotated[str, through(blank(validators.address), "address")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Who runs this round-up. Variables such as `ROUNDUP_CONTACT` win."""

    contact: Annotated[Contact, said("sent with every request")] = ""
    public_url: Annotated[Site, said("of the published site, for links in feeds")] = ""
    authority: Annotated[Authority, said("in the ids of feed entries; the first crawl fixes it")] = "roundup.invalid"
    find_case_law_licence: Annotated[
        str, said("that allows searching Find Case Law; without it such sources are off")
    ] = ""
    heartbeat: Annotated[Heartbeat, said("called after each healthy crawl, for a monitor that misses it")] = ""
    contact_public: Annotated[Mailbox, said("to which readers of the site write")] = ""
    run_by: Annotated[str, said("who runs the site, by name", max_length=200)] = ""
    logs: Annotated[str, said("what the server before the site logs, a sentence for readers", max_length=500)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesFile:
    """What is read, from whom, how often, and what healthy means."""

    settings: Settings = Settings()
    publishers: Annotated[Mapping[str, Publisher], keyed("id"), said("by id")] = field(default_factory=dict)
    hosts: Annotated[Mapping[str, Host], keyed("name"), said("by host, or host and port")] = field(default_factory=dict)
    sources: Annotated[tuple[Source, ...], said("in order", min_length=1)]
    series: Annotated[tuple[Series, ...], said("publications that come out again and again")] = ()
    collections: Annotated[tuple[Collection, ...], said("documents on one subject, each a page of the site")] = ()
    judgments: Annotated[Judgments, said("of UK courts")] = NO_JUDGMENTS
    by_hand: Annotated[ByHand, said("documents that are not watched")] = NOTHING_BY_HAND


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
    """A document that must not be kept, by one of `url`, `digest` and `document`."""

    reason: Annotated[Text, said("names nobody: it stays in the archive")]
    date: Annotated[Day, said("of the decision")]
    url: Annotated[str, through(blank(validators.address), "address"), said("of the document")] = ""
    digest: Annotated[str, through(blank(validators.digest), "SHA-256"), said("of a capture of it")] = ""
    document: Annotated[str, through(blank(validators.document), "id"), said("its id")] = ""

    @property
    def id(self) -> str:
        """Return the id of the decision, in which nothing can be read."""
        return digest_of(self.url, self.digest, self.document)[:16]


def _names_one(value: Redaction) -> Redaction:
    if [value.url, value.digest, value.document].count("") != 2:
        raise ValueError("expected one of url, document and digest")
    return value


OneOf = Annotated[Redaction, AfterValidator(_names_one)]
Band = Literal["in", "out"]
BANDS = get_args(Band)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision on one document, as `roundup decide` writes it; the band alone will do."""

    band: Annotated[Band, said("whether it belongs in the round-up")]
    by: Annotated[str, said("initials of who decided", min_length=1, max_length=20)]
    on: Annotated[Day, said("of the decision")]
    why: Annotated[Text, said("names nobody: it stays in the archive")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageConfirmation:
    """A passage that a person found to hold although what it cites changed, as `roundup decide` writes it."""

    document: Annotated[DocumentId, said("the document of the passage")]
    passage: Annotated[str, said("its path", min_length=1, max_length=300)]
    by: Annotated[str, said("initials of who decided", min_length=1, max_length=20)]
    on: Annotated[Day, said("of the decision")]
    why: Annotated[Text, said("names nobody")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a reader reported, in our words, and what came of it."""

    date: Annotated[Day, said("on which it came")]
    reported: Annotated[Text, said("what; names nobody")]
    outcome: Annotated[Text, said("what came of it; names nobody")]
    about: Annotated[str, through(blank(validators.document), "id"), said("of the document or entry")] = ""
    settled: Annotated[Day, said("on which it was settled")] = ""


BandOrDecided = Annotated[Band, or_part_of(Decided, "band", BANDS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What people decided."""

    relevance: Annotated[
        Mapping[DocumentId, BandOrDecided],
        said("in or out by id of a document, against the rules; or a mapping with who decided, and why"),
    ] = field(default_factory=dict)
    passages: Annotated[tuple[PassageConfirmation, ...], said("that hold although what they cite changed")] = ()
    accept: Annotated[frozenset[Digest], said("of captures held as suspicious that are right")] = frozenset()
    redact: Annotated[tuple[OneOf, ...], said("documents that must not be kept")] = ()
    reports: Annotated[
        tuple[Report, ...], said("what readers reported, and what came of it; shown at /corrections")
    ] = ()
    confirm: Annotated[frozenset[DocumentId], said("stale marks looked at, archive files known as lost")] = frozenset()
