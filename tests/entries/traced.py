"""Where each word of an entry comes from: looked up in the source, in its structure and in the templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.entries import word_limits
from crawler.entries.templates import TEMPLATES, Sentence
from crawler.entries.values import Entry
from crawler.sources.vocabulary import LANGUAGES
from crawler.store import Store

FIXED = {text for each in TEMPLATES.values() for text in re.split(r"\{[^}]*\}", each) if text}
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(T.*)?")
MONTHS = "January February March April May June July August September October November December"
NAMES = (
    f"{MONTHS} every week month year weeks months years days explanatory note text SI SSI WSI SR asp anaw asc c"
    f" CELEX ISBN Directive Regulation Decision EU footnote {' '.join(LANGUAGES.values())}"
)


def sentences(entry: Entry) -> Iterator[Sentence]:
    yield entry.title
    yield from (*entry.summary, *entry.why, *entry.look_for, *entry.sure)
    if entry.late is not None:
        yield entry.late


def corpus(store: Store) -> str:
    """Return every text that a publisher wrote, or sources.yaml says, that the database holds."""
    queries = (
        "select title || ' ' || summary || ' ' || url || ' ' || author || ' ' || id from documents",
        "select name from sources",
        "select number || ' ' || heading || ' ' || text from sections", "select title || ' ' || note from versions",
        "select before || ' ' || after || ' ' || note from changes", "select name from publishers",
        "select name from series", "select value ->> 'words' from relevance, json_each(why)",
        "select title || ' \u2013 ' || within from documents", "select type || ' ' || affecting_title from effects",
        "select text from annotations",
    )  # fmt: skip
    return "\n".join(str(value) for sql in queries for row in store.all(sql) for value in row.values())


def structure(store: Store) -> set[str]:
    """Return the words of paths, statuses and events, which no publisher wrote as running text."""
    queries = (
        "select distinct path from sections", "select distinct status from sections",
        "select distinct event from dates",
        "select distinct authority from commencements where source='default'",
        "select distinct kind from documents",
        "select distinct status from documents",
        "select distinct path from changes", "select distinct before from changes"
        " where kind in ('status', 'date', 'gone')", "select distinct note from changes where kind='gone'",
        "select distinct after from changes where kind in ('status', 'date', 'relocated')",
    )  # fmt: skip
    found = " ".join(str(value) for sql in queries for row in store.all(sql) for value in row.values())
    return set(re.findall(r"\w+", f"{found} {NAMES}".casefold()))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFacts:
    """What an entry can be made from: every text of a publisher, and the words of its structure."""

    text: str
    words: set[str]

    @classmethod
    def of(cls, store: Store) -> StoredFacts:
        return cls(text=corpus(store), words=structure(store))


def check(known: StoredFacts, entry: Entry) -> None:
    """Hold an entry against what it was made from, at the time it was made."""
    stored = entry.stored()
    assert 0 < word_limits.words(str(stored["title"])) <= word_limits.HEADLINE, stored["title"]
    assert word_limits.words(str(stored["summary"])) <= 60, stored["summary"]
    for said in sentences(entry):
        for piece in said.pieces:
            if piece.origin == "template":
                assert piece.text in FIXED or piece.text[:1].lower() + piece.text[1:] in FIXED, piece
            elif piece.origin == "source":
                for part in piece.text.split(" …"):
                    assert part.strip() in known.text, f"{part!r} stands nowhere in the source"
            else:
                unknown = set(re.findall(r"[^\W\d]{2,}", piece.text.casefold())) - known.words
                assert not {word for word in unknown if word not in " ".join(known.words)}, piece
