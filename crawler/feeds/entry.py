"""An entry as readers may see it. What must not be shown is left out here, before any page or feed is made of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from crawler.feeds.words import changed, day, kind, legal, where
from crawler.model import Word

AROUND = 160
"""Kept characters quoted on each side of a change."""

RUN = 600
"""Most characters quoted of one insertion or deletion, where the publisher's licence does not let us show its text."""

ABSTRACT = 300
"""Most characters of a publisher's own summary, there."""

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
class Entry:
    """An entry. Dates are as the publisher states them, times ISO 8601 in UTC; see the columns of ``entries``.

    ``private``: its kind names people, so that ``told`` and ``note`` are empty and ``summary`` is ours.
    ``removed``: the day the publisher took such a page down, empty otherwise; then its title and link are left out too.
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
    publisher: str
    publisher_name: str
    source: str
    source_name: str
    topics: tuple[str, ...]
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
    removed = row["taken_down"]
    is_private = bool(row["private"]) or removed is not None
    document_kind = _text(row, "document_kind")
    told: tuple[Told, ...] = ()
    if not is_private:
        hidden = frozenset(json.loads(_text(row, "private_parts") or "[]"))
        run = RUN if row["copy"] != "public" else None
        told = _told(_text(row, "details"), hidden, run)
    title, summary, url = _text(row, "title"), _text(row, "summary"), _text(row, "url")
    document_title, updated = _text(row, "document_title"), _text(row, "updated") or _text(row, "announced")
    if row["copy"] != "public" and len(summary) > ABSTRACT:
        summary = summary[:ABSTRACT].rpartition(" ")[0] + " …"
    if is_private:
        summary = f"{kind(document_kind)}: only title, date, publisher and official link are kept here."
    if removed is not None:
        title = document_title = f"Removed by the publisher on {day(str(removed))}"
        summary, url = f"{kind(document_kind)}: the publisher took the page down.", ""
        updated = max(updated, f"{removed}T00:00:00Z") if updated and removed else updated
    return Entry(
        id=_text(row, "id"),
        kind=_text(row, "kind"),
        title=title,
        summary=summary,
        told=told,
        url=url if url.startswith(("https://", "http://")) else "",
        document_kind=document_kind,
        document_title=document_title,
        topics=tuple(json.loads(_text(row, "topics") or "[]")),
        note="" if is_private else _text(row, "note"),
        updated=updated,
        state=cast(State, _text(row, "state")),
        private=is_private,
        removed=str(removed) if removed is not None else "",
        **{name: _text(row, name) for name in _PLAIN},
    )


_PLAIN = (
    "jurisdiction", "document", "publisher", "publisher_name", "source", "source_name", "published",
    "updated_by_publisher", "occurred", "in_force", "significance", "late", "seen", "announced", "capture_time",
    "capture_digest",
)  # fmt: skip


def _told(details: str, hidden: frozenset[str], run: int | None) -> tuple[Told, ...]:
    found = []
    for one in json.loads(details or "[]"):
        if one["document"] in hidden:
            continue
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
