"""An entry as readers may see it: :mod:`crawler.export.shown` left out what must not be shown."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from crawler.changes.strength import DutyChange
from crawler.feeds.facets import small, value
from crawler.feeds.weight import BOUND, PARTED
from crawler.model import Word
from crawler.text import canonical
from crawler.wording import changed, legal, where

AROUND = 160
"""Kept characters quoted on each side of a change."""

RUN = 600
"""Most characters quoted of one insertion or deletion, where the publisher's licence does not let us show its text."""

OF_SEVERAL = ("older", "several", "list")
"""Kinds of entries that tell of several documents."""

REDACTED, UNDATED = "redacted", "undated"
"""What stands instead of the day on which a page about people was removed: it is not kept here, or no day is known."""

DOTS = re.compile(r"(?=[^.\u2026]{0,40}[.\u2026])(?:\(\w{1,4}\)|[\s.\u2026|])+")
"""What stands in a text of law where words were taken out: dots, with the numbers of provisions or between cells."""

State = Literal["announced", "corrected", "withdrawn", "silent", "orphaned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """One difference that an entry tells: where, what, and the words kept, deleted and inserted.

    ``verb`` is what happened to a provision of law, in its verb; ``duty`` the words in which it binds otherwise.
    """

    kind: str
    document: str
    path: str
    heading: str
    words: tuple[Word, ...]
    verb: str = ""
    duty: tuple[DutyChange, ...] = ()


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
class Listed:
    """A document that an entry of several tells of; ``is_wanted``: the filter by which it is read selects it.

    ``updated``: the day of its last update, empty where that is not later than its ``date``; ``ended``: the legal
    status of one that is over, such as repealed.
    """

    document: str
    title: str
    url: str
    kind: str
    date: str
    availability: str
    updated: str = ""
    ended: str = ""
    is_wanted: bool = True


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
    ``documents`` are those of an entry of several, as they stand now: those that are wanted first.
    """

    id: str
    kind: str
    title: str
    verb: str
    summary: str
    told: tuple[EntryChange, ...]
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
    day: str
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
    documents: tuple[Listed, ...] = ()

    @property
    def headline(self) -> str:
        """Return the title; where the entry was corrected or taken back, that comes first."""
        mark = {"corrected": "Corrected: ", "withdrawn": "Withdrawn: "}.get(self.state, "")
        return self.title if self.title.startswith(mark) else mark + self.title

    @property
    def has_document(self) -> bool:
        """Whether it tells of a document that we know, although nothing may be said of one that was removed."""
        return self.document != "" or self.removed not in ("", REDACTED)

    @property
    def applies_in(self) -> str:
        """Return where it applies, in words; of law that differs by place that it is so."""
        is_parted = self.jurisdiction and PARTED in self.facets.get(BOUND, ())
        return f"{self.jurisdiction} (differs by place)" if is_parted else self.jurisdiction

    @property
    def concerns(self) -> tuple[str, ...]:
        """Return the readers whom it concerns, in words; of an entry of several documents none concerns all of them."""
        readers = () if self.kind in OF_SEVERAL else self.facets.get("role", ())
        return tuple(small(value("role", one)) for one in readers)


def runs(text: str) -> tuple[Word, ...]:
    """Read words kept, deleted and inserted from JSON: pairs of op and text.

    Raises:
        ValueError: the text is no JSON list of such pairs.

    >>> runs('[["=", "may "], ["+", "not"]]')[1].text
    'not'
    """
    return words_of(json.loads(text)) if text else ()


def words_of(pairs: object) -> tuple[Word, ...]:
    """Return words kept, deleted and inserted from pairs of op and text.

    Raises:
        ValueError: they are no list of such pairs.
    """
    if not isinstance(pairs, list):
        raise ValueError(f"words are no list: {pairs!r:.80}")
    found = []
    for pair in pairs:
        op, text = pair
        if op not in ("=", "+", "-"):
            raise ValueError(f"words hold an unknown op: {op!r:.80}")
        found.append(Word(op=op, text=legal(text)))
    return tuple(found)


def quoted_words(words: Iterable[Word], *, around: int = AROUND, run: int | None = None) -> tuple[Word, ...]:
    """Return the words with long kept runs shortened, and insertions and deletions too where ``run`` is given.

    Words of which only the marks are others, such as the form of an apostrophe, are kept, and so are dots that stand
    where words were taken out. One run of kept words alone, as a list of provisions, is told as it is.

    >>> [w.text for w in quoted_words((Word(op="=", text="x" * 99 + " end"), Word(op="+", text="new")), around=5)]
    ['… end', 'new']
    >>> words = [Word(op="-", text="don\u2019t "), Word(op="+", text="don't "), Word(op="=", text="own "),
    ...          Word(op="-", text="data"), Word(op="+", text="..."), Word(op="=", text=".")]
    >>> [w.op + w.text for w in quoted_words(words)]
    ["=don't own ", '-data', '=....']
    >>> words = [Word(op="-", text="(5) Old. | It."), Word(op="+", text="(5) . . . | \u2026"),
    ...          Word(op="+", text=" (6) New.")]
    >>> [w.op + w.text for w in quoted_words(words)]
    ['-(5) Old. | It.', '=(5) . . . | \u2026', '+ (6) New.']
    """
    given = tuple(words)
    is_list = len(given) == 1 and given[0].op == "="
    given = given if is_list else tuple(_telling(given))
    shown = []
    for place, word in enumerate(given):
        text = word.text
        if word.op == "=" and not is_list:
            text = shortened(text, around, first=place == 0, last=place == len(given) - 1)
        elif run is not None and len(text) > run:
            text = text[:run].rpartition(" ")[0] + " … "
        shown.append(Word(op=word.op, text=text))
    return tuple(shown)


def _telling(words: Iterable[Word]) -> Iterator[Word]:
    """Yield words, those that only look different as kept, and no two kept runs behind each other."""
    kept = deleted = ""
    for word in (*words, Word(op="=", text="")):
        if word.op == "+" and deleted and canonical(deleted) == canonical(word.text):
            kept, deleted = kept + word.text, ""
            continue
        gone, deleted = deleted, word.text if word.op == "-" else ""
        if gone:
            yield from _kept(kept)
            yield Word(op="-", text=gone)
            kept = ""
        if word.op == "=" or (word.op == "+" and gone and DOTS.fullmatch(word.text)):
            kept += word.text
        elif word.op == "+":
            yield from _kept(kept)
            yield word
            kept = ""
    yield from _kept(kept)


def _kept(text: str) -> Iterator[Word]:
    if text:
        yield Word(op="=", text=text)


def shortened(text: str, around: int, *, first: bool, last: bool) -> str:
    """Return a kept run without its middle: only what touches a change stays."""
    if len(text) <= around * (2 - first - last) + 3:
        return text
    head = "" if first else text[:around].rpartition(" ")[0]
    tail = "" if last else text[-around:].partition(" ")[2]
    return f"{head} … {tail}".lstrip() if first else f"{head} … {tail}"


def place(told: EntryChange) -> str:
    """Return where a difference stands, for readers; what kind it is where it stands nowhere.

    >>> place(EntryChange(kind="added", document="a", path="section-45-1", heading="", words=()))
    'Section 45(1)'
    """
    return where(told.path, told.heading) or event_words(told)


def event_words(told: EntryChange) -> str:
    """Return what happened, for readers: in the verb of the law where there is one."""
    return told.verb[:1].upper() + told.verb[1:] if told.verb else changed(told.kind)
