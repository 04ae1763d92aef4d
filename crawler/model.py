"""The nouns of the project, as plain values: no input or output, no third-party imports.

Times are timezone-aware UTC ``datetime``; dates that a publisher states are ISO 8601 text, as precise as the publisher
was (``2015``, ``2015-03``, ``2015-03-26`` or a full timestamp). Addresses are absolute http(s) URLs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Literal

from crawler.pickling import pickled_by_value

Role = Literal["listing", "next", "slice", "document", "attachment", "statement"]
"""``slice`` is a page of a list that is read backwards to its end; parsers are told that it is a ``next`` one."""
Method = Literal["GET", "HEAD", "POST"]
Representation = Literal["structured", "html", "office", "pdf", "table", "summary"]
Availability = Literal["ok", "suspect", "gone", "withdrawn"]
Cause = Literal["source", "template", "parser", "coverage", "rules"]
Significance = Literal["legal effect", "substantive", "editorial"]
ChangeKind = Literal[
    # of a provision
    "added", "removed", "changed", "renumbered", "moved", "omitted",
    # of a document
    "new", "retitled", "status", "date", "note", "withdrawn", "gone", "returned", "relocated",
]  # fmt: skip
AnnotationKind = Literal["F", "C", "I", "E", "M", "X", "P", "mark", "former"]
Place = Literal["number", "heading", "text"]
Verb = Literal[
    "inserted", "omitted", "repealed", "revoked", "replaced", "substituted",
    "words inserted", "words omitted", "words repealed", "words substituted", "words changed",
    "renumbered", "heading changed", "",
]  # fmt: skip
"""What happened to a provision, in the verb of the law; empty for a document that is no law, or where none fits.

``replaced``: others were substituted for it; ``words changed``: several things were done to its words.
"""
Basis = Literal["annotation", "effect", "order", "mark", "instruction"]
StatementKind = Literal["status", "effect", "relation", "date", "alias", "withdrawn", "note"]

REPRESENTATIONS: tuple[Representation, ...] = ("structured", "html", "office", "pdf", "table", "summary")
"""Best first: a document shows its best one, and a summary never replaces a text."""

FORM = "application/x-www-form-urlencoded"
"""Media type of the body of a POST where its link states none."""
TRACKED = "tracked"
"""Fact of a link that each walk asks again: ``yes`` where the walk starts with it, else the address that led to it."""
WITHIN_HOSTS = "hosts"
"""Fact of a link that was followed: the hosts that its redirects may lead to, without ``www.``, a blank between."""


WORDING = "wording"
"""Fact of a link to a text of another day of a document that is held: the publisher's name of that version."""

SLICE = "slice"
"""Fact of a link that is asked by a backfill: the name of the slice it is a page or a number of."""
ANEW = "anew"
"""Fact of a page of a slice that is asked although the same crawl has an answer for it."""


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address worth asking, and why.

    ``token`` is the parent's own mark for the present state of the target (an updated time, a digest of the listing
    entry): a link whose token was already read is not asked again. Without a token a known link is asked only by
    audit or when its listing is. ``facts`` are what the parent stated about the target; a parser may use them.
    ``method`` is HEAD where only the headers of an answer are wanted, POST for questions that do not fit an address:
    then ``body`` is sent, as UTF-8, and ``media`` says what it is (:data:`FORM` where empty).
    """

    url: str
    role: Role
    parent: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    token: str = ""
    accept: str = ""
    method: Method = "GET"
    media: str = ""
    body: str = ""


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Exactly what a server answered, and the link that asked. The only thing a parser may look at.

    ``url`` is the address that answered; ``hops`` the addresses that redirected to it, the one asked first.
    ``body`` has no transfer or content coding left. Header names are as received; look them up with :meth:`header`.
    """

    url: str
    time: datetime
    link: Link
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    method: str = "GET"
    hops: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """Return the first value of a header, or the empty text."""
        wanted, size = name.lower(), len(name)
        for key, value in self.headers:
            if len(key) == size and key.lower() == wanted:
                return value
        return ""

    @property
    def media_type(self) -> str:
        """Return the media type in lower case without parameters, ``application/octet-stream`` where none is stated."""
        return self.header("content-type").partition(";")[0].strip().lower() or "application/octet-stream"

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the body, in hexadecimal."""
        return sha256(self.body).hexdigest()


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A sub-provision inside the text of a section: its own path, and where its words stand (start, end offsets)."""

    path: str
    start: int
    end: int


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One wording of one citable provision.

    ``path`` is stable and unique within its version (``section-45``, ``schedule-2-paragraph-3``, ``introduction``).
    ``text`` is the wording as shown; the digest is taken over its canonical form (see :mod:`crawler.text`).
    """

    path: str
    number: str = ""
    heading: str = ""
    text: str = ""
    status: str = ""
    parts: tuple[Part, ...] = ()


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What the publisher notes at a provision: what was done to it, when and by which instrument; not part of the law.

    ``id`` is the publisher's own: in recent CLML that of the effect it tells of, in a consolidation of the EU the
    CELEX number of the amending act with the place there where that is stated. ``kind`` is that of CLML (F textual
    amendment, C modification, I commencement, E extent, M citation from the margin, X editorial, P power exercised),
    ``mark``: from here on the text is that of an amending act of the EU, or ``former``: words that the text still has
    although they are law no longer, or not everywhere, behind what was done to them ("Repealed for Scotland: ...").
    ``path`` is the provision it stands at, empty for the document; ``place`` where in it. ``citations`` are the
    instruments and provisions that its links name, in order, as (document id, path), the path empty for the
    instrument and ``..`` between the ends of a range. ``operative`` are those of them that the publisher marks as
    what brings the change about.
    """

    id: str
    kind: AnnotationKind
    path: str = ""
    place: Place = "text"
    text: str = ""
    citations: tuple[tuple[str, str], ...] = ()
    operative: tuple[tuple[str, str], ...] = ()


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """By what a provision was changed: the instrument, its provision, from which day, and what says so.

    ``date`` is an ISO day, empty where none is stated; ``basis`` an annotation, a published effect, a commencement
    order, a mark of a consolidation of the EU, or an amending instruction inside one (``CLG.MDFO``). ``in_part``: on
    that day it began for some purposes or places alone.
    """

    instrument: str
    provision: str = ""
    date: str = ""
    basis: Basis = "annotation"
    in_part: bool = False


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A work (FRBR), as one capture describes it. None means: this capture does not say.

    ``id`` is its strongest identity: ``ukpga/2015/30``, ``celex:32011L0036``, ``govuk:<content id>``, ``url:<url>``.
    ``status`` is the legal one (in force, prospective, repealed …). ``aliases`` are other identifiers and addresses.
    ``within`` names the page above a web page and its site, without which a short title says little.
    """

    id: str
    title: str
    url: str
    kind: str | None = None
    parent: str | None = None
    publisher: str | None = None
    jurisdiction: str | None = None
    extent: str | None = None
    summary: str | None = None
    within: str | None = None
    status: str | None = None
    availability: Availability | None = None
    published: str | None = None
    updated: str | None = None
    in_force: str | None = None
    aliases: tuple[str, ...] = ()


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a document said (FRBR expression): an ordered list of sections in one language and representation.

    ``label`` is the publisher's own name of the version ("3.8", "enacted"); ``valid_from`` the date from which the
    wording applies in law, None for sources without legal validity; ``note`` the publisher's words on what changed.
    ``partial`` marks a reading that is known to lack something the document has. ``leaves_out`` are kinds of
    provisions, as first words of their paths, that this expression carries in part at best although its document has
    them: a consolidated act has no preamble. ``starts`` are the days from which single provisions have their wording,
    as (path, day), where the publisher states them beside ``valid_from``, which is that of the last of them.
    """

    document: str
    title: str
    sections: tuple[Section, ...]
    representation: Representation
    language: str = "en"
    label: str = ""
    valid_from: str | None = None
    status: str = ""
    note: str = ""
    partial: bool = False
    leaves_out: tuple[str, ...] = ()
    starts: tuple[tuple[str, str], ...] = ()
    annotations: tuple[Annotation, ...] = ()

    def __post_init__(self) -> None:
        paths = [section.path for section in self.sections]
        if len(paths) != len(set(paths)):
            twice = sorted({path for path in paths if paths.count(path) > 1})
            raise ValueError(f"{self.document}: sections share a path: {', '.join(twice[:5])}")

    def leaves(self, path: str) -> bool:
        """Return whether a provision is of a kind that this expression leaves out."""
        return any(f"{path}-".startswith(f"{kind}-") for kind in self.leaves_out)


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something a capture says about a document, its own or another page's.

    kind        fields
    status      status
    withdrawn   when, note, url
    effect      type, affected, affected_provision, affecting, affecting_provision, applied, required, in_force, id,
                and where known head, nature, affected_paths, affecting_paths, affected_title, affecting_title, starts,
                commencement, savings, comments, commenced: see the table ``effects``
    relation    relation (amends, made under, cites, attachment of …), target
    date        event (in force, laid, closes …), date, provision, qualification
    alias       alias
    note        date, note, only: what the publisher changed and when; all that a page lists, the oldest first, or
                only the ``latest``
    """

    kind: StatementKind
    document: str
    fields: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def relation(cls, document: str, name: str, target: str) -> Statement:
        """Return a relation between two documents."""
        return cls(kind="relation", document=document, fields={"relation": name, "target": target})


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One place in a list whose links are followed: what stands there, and where it leads.

    ``part`` is the heading of the list that led to the page, ``heading`` that of the page, ``block`` that of its
    group there; each is empty where there is none. ``url`` and ``document`` are empty where it leads nowhere.
    """

    document: str
    title: str
    url: str
    part: str = ""
    heading: str = ""
    block: str = ""

    @property
    def place(self) -> tuple[str, ...]:
        """Return its place, from the whole to the part."""
        return tuple(each for each in (self.part, self.heading, self.block) if each)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a capture that a person should look at; the rest of the capture was read."""

    kind: str
    detail: str


@pickled_by_value
@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a parser found in one capture.

    ``entries`` counts what a listing lists, for the health of its source (None for pages that are no listing);
    ``newest`` is the newest publisher's time on a listing; ``total`` the number the source says it has in all;
    ``cursor`` what :class:`Walk` shall hand to the next walk once this one is complete; ``placements`` what stands
    where on a page whose links are followed. ``listed`` names the entries of a listing, by id or alias of the document
    where the listing tells, also those that it leaves out otherwise.
    """

    documents: tuple[Document, ...] = ()
    versions: tuple[Version, ...] = ()
    statements: tuple[Statement, ...] = ()
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()
    entries: int | None = None
    newest: str | None = None
    total: int | None = None
    cursor: str | None = None
    placements: tuple[Placement, ...] = ()
    listed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """What a protocol may know when a walk over a source's listings starts.

    ``clock`` is the clock of the run; ``cursor`` what the last complete walk left behind, empty before the first.
    """

    clock: datetime
    cursor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A slice of a list: from the first to the last day (ISO 8601) or number, both in it; empty where it is open.

    ``front``: it is looked at from its newest entry on, where a protocol can ask for either end.
    """

    first: str = ""
    last: str = ""
    front: bool = False


WordOp = Literal["=", "+", "-"]
"""What happened to words: kept, inserted or deleted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A run of words inside a changed provision: kept ("="), inserted ("+") or deleted ("-")."""

    op: WordOp
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference between a version and its predecessor, before it is dated and stored.

    ``path`` is the deepest provision that holds the whole difference. ``before`` and ``after`` are the sections, None
    where there is none; ``position`` is the place of ``after`` in the new order. For differences of the document
    itself (``retitled``, ``status``) path is empty, and ``old`` and ``new`` hold the two values.
    """

    kind: ChangeKind
    path: str
    before: Section | None = None
    after: Section | None = None
    position: int = -1
    old: str = ""
    new: str = ""
    words: tuple[Word, ...] = ()
    significance: Significance = "substantive"
    flags: tuple[str, ...] = ()
    verb: Verb = ""
    reasons: tuple[Reason, ...] = ()


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def digest_of(*values: object) -> str:
    """Return the SHA-256 of JSON-able values, in hexadecimal: equal values, equal digest.

    >>> digest_of("a", 1)[:12]
    '135f17a475a6'
    """
    return sha256(_ENCODER.encode(values).encode()).hexdigest()
