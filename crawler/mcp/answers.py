"""The answers of the tools, and what they are made of."""

from dataclasses import dataclass

from crawler.mcp.values import About, Origin, Quoted


@dataclass(frozen=True, kw_only=True)
class Result:
    """A document, or a provision of it (`path`), that answers a question, and how it stands."""

    document: str
    title: Quoted
    kind: str
    jurisdiction: str
    path: str
    where: Quoted
    words: Quoted
    state: str
    state_day: str
    changed: str
    version: Quoted
    published: str
    in_round_up: bool
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Help:
    """A number that people in danger can call."""

    number: str
    name: str
    place: str
    who: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """What answers a question; where `nearest_only`, nothing does, and these come nearest. `help` comes first."""

    about: About
    help: tuple[Help, ...]
    results: tuple[Result, ...]
    total: int
    nearest_only: bool
    next_page: int | None


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    """A version that is held; `partial`: it is known to lack something the document has."""

    id: str
    label: Quoted
    valid_from: str
    captured: str
    format: str
    partial: bool


@dataclass(frozen=True, kw_only=True)
class ContentsLine:
    """A provision or section of a text, by the path with which to ask for it."""

    path: str
    where: Quoted


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """An entry about a document, in a line."""

    entry: str
    headline: Quoted
    seen: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document: its facts, its versions, the contents of the one shown, and what was told of it.

    `outstanding_effects`: changes in force that its text does not have yet, so that the text alone is not the law.
    `removed_from`: complete lists that do not name it any more.
    """

    about: About
    document: str
    title: Quoted
    kind: str
    jurisdiction: str
    issuer: Quoted
    extent: Quoted
    summary: Quoted
    status: str
    in_force: str
    availability: str
    published: str
    updated: str
    first_seen: str
    in_round_up: bool
    text_is_shown: bool
    version: str
    versions: tuple[VersionLine, ...]
    contents: tuple[ContentsLine, ...]
    next_part: int | None
    outstanding_effects: int
    removed_from: tuple[str, ...]
    entries: tuple[EntryLine, ...]
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Provision:
    """A provision as it stands in a version. `missing`: it is not there; what would hold it is shown.

    `in_force` is our sentence, for the day of `about.read_until`, empty beside an older version; `stated` is what it
    goes by, `notes` are those of the publisher. `next_offset`: where the rest of a long text begins.
    """

    about: About
    document: str
    title: Quoted
    path: str
    missing: bool
    where: Quoted
    text: Quoted
    text_is_shown: bool
    next_offset: int | None
    in_force: str
    stated: tuple[Quoted, ...]
    notes: tuple[Quoted, ...]
    outstanding_effects: int
    version: VersionLine
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Run:
    """Words that stayed (`kept`), went (`removed`) or came (`added`)."""

    op: str
    words: Quoted


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A difference between two texts; `flags` say what to look at, such as a duty, a number or a date."""

    what: str
    path: str
    where: Quoted
    significance: str
    flags: tuple[str, ...]
    words: tuple[Run, ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two versions of a document compared; `refusal` says why there are no differences. `more` are left out."""

    about: About
    document: str
    title: Quoted
    earlier: VersionLine
    later: VersionLine
    refusal: str
    differences: tuple[Difference, ...]
    more: int
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Change:
    """An entry: what happened to a document, when, and what it said before and after.

    `applies_from` is the day of the law, `seen` that on which it was seen. `state`: announced, corrected or withdrawn;
    what is withdrawn was wrong. `confirmed` is false where nobody confirmed yet that it belongs here.
    """

    entry: str
    headline: Quoted
    summary: Quoted
    what: str
    document: str
    kind: str
    jurisdiction: str
    significance: str
    published: str
    updated: str
    applies_from: str
    in_force: str
    seen: str
    changed: str
    state: str
    confirmed: bool
    concerns: tuple[str, ...]
    note: Quoted
    differences: tuple[Difference, ...]
    more_differences: int
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Entries of a filter that were announced or changed in meaning since a day, the newest first."""

    about: About
    since: str
    filter: str
    total: int
    changes: tuple[Change, ...]
    next_page: int | None


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """A day that a document states. `gone`: it is stated no more; `moved`: how often it moved, went or came back."""

    date: str
    what: str
    headline: Quoted
    document: str
    path: str
    stated_by: Quoted
    applies_in: str
    gone: bool
    moved: int
    changed: str
    origin: Origin


@dataclass(frozen=True, kw_only=True)
class Dates:
    """Days ahead, the next first."""

    about: About
    filter: str
    total: int
    dates: tuple[Ahead, ...]
    next_page: int | None


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with a source; an alarm makes it unhealthy."""

    severity: str
    since: str
    words: Quoted


@dataclass(frozen=True, kw_only=True)
class SourceState:
    """A source and how its reading stands; `trouble` is empty where nothing is wrong, `reason` why it is not read."""

    source: str
    name: str
    publisher: str
    kind: str
    address: str
    is_read: bool
    reason: str
    every_seconds: int
    last_read_in_full: str
    listed: int | None
    trouble: str
    faults: tuple[Fault, ...]
    complete: str


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Sources, those that could not be checked first."""

    about: About
    total: int
    troubled: int
    sources: tuple[SourceState, ...]
    next_page: int | None


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A line with which to cite, and the id that never changes, where it is of an entry."""

    about: About
    citation: Quoted
    tag: str
    origin: Origin
