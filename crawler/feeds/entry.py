"""An entry as readers may see it. What must not be shown is left out here, before any page or feed is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from crawler.feeds import hiding
from crawler.feeds.facets import value
from crawler.feeds.words import changed, day, kind, legal, where
from crawler.model import Word

AROUND = 160
"""Kept characters quoted on each side of a change."""

RUN = 600
"""Most characters quoted of one insertion or deletion, where the publisher's licence does not let us show its text."""

ABSTRACT = 300
"""Most characters of a publisher's own summary, there."""

REDACTED, UNDATED = "redacted", "undated"
"""What stands instead of the day on which a page about people was removed: it is not kept here, or no day is known."""

State = Literal["announced", "corrected", "withdrawn", "silent", "orphaned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One difference that an entry tells: where, what, and the words kept, deleted and inserted."""

    kind: str
    document: str
    path: str
    heading: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The same document elsewhere: ``relation`` is copy or translation, ``language`` an IETF tag, empty if unknown."""

    document: str
    title: str
    url: str
    publisher: str
    relation: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry. Dates are as the publisher states them, times ISO 8601 in UTC; see the columns of ``entries``.

    ``facets`` holds the values under which it is found, by facet: topic, role, aimed_at, exploitation, toolkit,
    jurisdiction. ``why`` and ``sure`` are sentences, ``flags`` of :data:`crawler.changes.FLAGS`.
    ``private``: its kind names people, so that ``told``, ``look_for`` and ``note`` are empty, ``summary`` is ours, and
    ``why`` and ``sure`` quote the title alone.
    ``removed``: the day the publisher took such a page down, "undated" where that is not known, "redacted" where
    it is not kept here any more, empty otherwise; then its title and link are left out too, and all that could repeat
    them.
    """

    id: str
    kind: str
    title: str
    summary: str
    told: tuple[Told, ...]
    url: str
    jurisdiction: str
    document: str
    document_kind: str
    document_title: str
    status: str
    publisher: str
    publisher_name: str
    source: str
    source_name: str
    topics: tuple[str, ...]
    facets: Mapping[str, tuple[str, ...]]
    why: tuple[str, ...]
    aimed_at: tuple[str, ...]
    look_for: tuple[str, ...]
    flags: tuple[str, ...]
    sure: tuple[str, ...]
    confirmed: bool
    copies: tuple[Copy, ...]
    published: str
    updated_by_publisher: str
    occurred: str
    in_force: str
    note: str
    significance: str
    late: str
    seen: str
    announced: str
    updated: str
    state: State
    capture_time: str
    capture_digest: str
    private: bool
    removed: str

    @property
    def headline(self) -> str:
        """Give the title; where the entry was corrected or taken back, that comes first."""
        mark = {"corrected": "Corrected: ", "withdrawn": "Withdrawn: "}.get(self.state, "")
        return self.title if self.title.startswith(mark) else mark + self.title

    @property
    def has_document(self) -> bool:
        """Whether it tells of a document that we know, although nothing may be said of one that was removed."""
        return self.document != "" or self.removed not in ("", REDACTED)

    @property
    def concerns(self) -> tuple[str, ...]:
        """Give whom it concerns, in words."""
        return tuple(value("aimed_at", one) for one in self.aimed_at)


def runs(text: str) -> tuple[Word, ...]:
    """Read words kept, deleted and inserted from JSON: pairs of op and text.

    Raises:
        ValueError: the text is no JSON list of such pairs.

    >>> runs('[["=", "may "], ["+", "not"]]')[1].text
    'not'
    """
    return _words(json.loads(text)) if text else ()


def quoted(words: Iterable[Word], *, around: int = AROUND, run: int | None = None) -> tuple[Word, ...]:
    """Give the words with long kept runs shortened, and insertions and deletions too where ``run`` is given.

    >>> [w.text for w in quoted((Word(op="=", text="x" * 99 + " end"), Word(op="+", text="new")), around=5)]
    ['… end', 'new']
    """
    given = list(words)
    shown = []
    for place, word in enumerate(given):
        text = word.text
        if word.op == "=":
            text = _shortened(text, around, first=place == 0, last=place == len(given) - 1)
        elif run is not None and len(text) > run:
            text = text[:run].rpartition(" ")[0] + " … "
        shown.append(Word(op=word.op, text=text))
    return tuple(shown)


def _shortened(text: str, around: int, *, first: bool, last: bool) -> str:
    """Give a kept run without its middle: only what touches a change stays."""
    if len(text) <= around * (2 - first - last) + 3:
        return text
    head = "" if first else text[:around].rpartition(" ")[0]
    tail = "" if last else text[-around:].partition(" ")[2]
    return f"{head} … {tail}".lstrip() if first else f"{head} … {tail}"


def read(row: Mapping[str, object]) -> Entry:
    """Give the entry of a row of :func:`crawler.feeds.select.newest`, without what must not be shown.

    Raises:
        KeyError: a column is missing.
        ValueError: its details are not as described in the schema.
    """
    removed = _removed(row)
    is_private = bool(row["private"]) or removed != ""
    document_kind = _text(row, "document_kind")
    hidden = frozenset(_list(row, "private_parts"))
    details = hiding.remaining("" if is_private else _text(row, "details"), hidden)
    told = _told(details, RUN if row["copy"] != "public" else None)
    title, summary, url = _text(row, "title"), _text(row, "summary"), _text(row, "url")
    document_title, updated = _text(row, "document_title"), _text(row, "updated") or _text(row, "announced")
    if hidden:
        summary = hiding.summary([(one.kind, one.path, one.heading) for one in told])
    if row["copy"] != "public" and len(summary) > ABSTRACT:
        summary = summary[:ABSTRACT].rpartition(" ")[0] + " …"
    if is_private:
        summary = f"{kind(document_kind)}: only title, date, publisher and official link are kept here."
    if removed:
        title, summary, url = *_of_removed(removed, document_kind), ""
        document_title = title
        updated = max(updated, f"{removed}T00:00:00Z") if updated and removed[:1].isdigit() else updated
    why, sure = _list(row, "why"), _list(row, "sure")
    if is_private or hidden:
        repeated = (_text(row, "source_name"), "" if removed else title)
        why, sure = hiding.of_title(why, *repeated), hiding.of_title(sure, *repeated)
    return Entry(
        id=_text(row, "id"),
        kind=_text(row, "kind"),
        title=title,
        summary=summary,
        told=told,
        url=url if url.startswith(("https://", "http://")) else "",
        document_kind=document_kind,
        document_title=document_title,
        topics=_list(row, "topics"),
        facets=_facets(row),
        aimed_at=_list(row, "aimed_at"),
        look_for=() if is_private or hidden else _list(row, "look_for"),
        flags=_list(row, "flags"),
        confirmed=bool(row["confirmed"]),
        copies=() if removed else _copies(row),
        note="" if is_private or hidden else _text(row, "note"),
        updated=updated,
        state=cast(State, _text(row, "state")),
        private=is_private,
        removed=removed,
        why=why,
        sure=sure,
        **{name: _text(row, name) for name in _PLAIN},
    )


def _removed(row: Mapping[str, object]) -> str:
    """Give since when a private document is not to be shown at all: a day or a word, empty where it is."""
    if row["lost"]:
        return REDACTED
    return "" if row["taken_down"] is None else str(row["taken_down"]) or UNDATED


def _of_removed(removed: str, document_kind: str) -> tuple[str, str]:
    """Give the title and the summary of an entry about such a document."""
    if removed == REDACTED:
        return hiding.LOST, ""
    on = "" if removed == UNDATED else f" on {day(removed)}"
    return f"Removed by the publisher{on}", f"{kind(document_kind)}: the publisher took the page down."


_PLAIN = (
    "jurisdiction", "document", "publisher", "publisher_name", "source", "source_name", "published",
    "updated_by_publisher", "occurred", "in_force", "significance", "late", "seen", "announced", "capture_time",
    "capture_digest", "status",
)  # fmt: skip


def _list(row: Mapping[str, object], name: str) -> tuple[str, ...]:
    """Give a column that holds a JSON list of texts."""
    text = row[name]
    if text in ("[]", "", None):
        return ()
    found = json.loads(_text(row, name))
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise ValueError(f"{name} is no list of texts: {found!r:.80}")
    return tuple(legal(one) for one in found)


def _facets(row: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    found = json.loads(_text(row, "facets") or "{}")
    return {legal(facet): tuple(legal(str(value)) for value in values) for facet, values in sorted(found.items())}


def _copies(row: Mapping[str, object]) -> tuple[Copy, ...]:
    """Give the copies that are still shown: of one that its publisher removed because it names people, nothing is."""
    found = json.loads(_text(row, "copies") or "[]")
    removed = frozenset(_list(row, "removed_copies"))
    return tuple(
        Copy(
            url=url if url.startswith(("https://", "http://")) else "",
            language=legal(str(one.get("language") or "")),
            **{name: legal(str(one[name] or "")) for name in ("document", "title", "publisher", "relation")},
        )
        for one in found
        if one["document"] not in removed
        for url in (legal(str(one["url"] or "")),)
    )


def _told(details: Iterable[Mapping[str, object]], run: int | None) -> tuple[Told, ...]:
    found = []
    for one in details:
        words = quoted(_words(one["words"]), run=run)
        heading = legal(str(one["heading"] or ""))
        place = {"kind": str(one["kind"]), "document": str(one["document"]), "path": str(one["path"])}
        found.append(Told(heading=heading, words=words, **place))
    return tuple(found)


def _words(pairs: object) -> tuple[Word, ...]:
    if not isinstance(pairs, list):
        raise ValueError(f"words are no list: {pairs!r:.80}")
    found = []
    for pair in pairs:
        op, text = pair
        if op not in ("=", "+", "-"):
            raise ValueError(f"words hold an unknown op: {op!r:.80}")
        found.append(Word(op=op, text=legal(text)))
    return tuple(found)


def _text(row: Mapping[str, object], name: str) -> str:
    value = row[name]
    return "" if value is None else legal(str(value))


def place(told: Told) -> str:
    """Give where a difference stands, for readers; what kind it is where it stands nowhere.

    >>> place(Told(kind="added", document="a", path="section-45-1", heading="", words=()))
    'Section 45(1)'
    """
    return where(told.path, told.heading) or changed(told.kind)
