"""What a golden file keeps of the entries of recordings: facts and our own words, digests of everybody else's.

Ids, titles and dates are facts. Of running text, and of whatever is quoted in a sentence, stand the number of its words
and the beginning of its SHA-256, so that a difference shows and nothing is copied.
"""

import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

from crawler.entries import word_limits
from crawler.entries.templates import Sentence
from crawler.entries.values import Entry, put
from crawler.store import Store
from tests.entries.recorded import CRAWLS

GOLDEN = Path(__file__).parent / "golden" / "recorded"
FACTS = (
    "id", "kind", "title", "document", "document_kind", "url", "publisher", "published",
    "updated_by_publisher", "occurred", "in_force", "significance", "seen", "state", "confirmed", "capture_digest",
)  # fmt: skip
QUOTED = re.compile(r"“(?!\[\d+ words, )([^”]{40,})”")
"""Words between marks that are longer than a heading is: running text, in whatever field they stand."""
LISTS = ("flags", "copies")
FACETS = ("topic", "role", "toolkit", "exploitation", "aimed_at", "jurisdiction")
ON_SUBJECT = ("releases", "evaluations", "forms")
"""Crawls of documents on the subject: what the others are about, by rules that look for it, tells readers nothing."""


@dataclass(slots=True)
class Heard:
    """The entries of a crawl in the order in which they were made, and the database behind them, still as it was."""

    entries: list[Entry] = field(default_factory=list)
    then: Callable[[Store, Entry], None] = lambda store, entry: None

    def put(self, store: Store, entry: Entry) -> None:
        self.then(store, entry)
        self.entries.append(entry)
        put(store, entry)


def crawled(name: str, data: Path, then: Callable[[Store, Entry], None] = lambda store, entry: None) -> Heard:
    """Crawl recordings into a directory; ``then`` is called with each entry when it is made."""
    heard = Heard(then=then)
    with mock.patch.object(import_module("crawler.entries.derive"), "put", heard.put):
        CRAWLS[name](data).crawl(data)
    return heard


def masked(text: str) -> str:
    """Return what is kept of words that are not ours.

    >>> masked("Sample words")
    '[2 words, 17716cb1da48]'
    """
    return f"[{word_limits.words(text)} words, {sha256(text.encode()).hexdigest()[:12]}]" if text else ""


def sentence(said: Sentence) -> str:
    """Return a sentence with the words of its source masked."""
    return "".join(masked(each.text) if each.origin == "source" else each.text for each in said.pieces)


def facts(store: Store, entry: Entry, facets: Collection[str] = FACETS) -> dict[str, Any]:
    """Return what is kept of an entry, with these of its facets."""
    stored = store.one("select * from entries where id=?", entry.row["id"]) or {}
    found = store.all("select facet, value from entry_facets where entry=? order by facet, value", stored["id"])
    told: dict[str, Any] = {name: stored[name] for name in FACTS}
    told["title"] = QUOTED.sub(lambda quoted: f"“{masked(quoted[1])}”", told["title"])
    told["summary"] = " ".join(
        sentence(each) for each in word_limits.fit_sentences(entry.summary, is_new=entry.row["kind"] == "new")
    )
    told["summary_words"] = word_limits.words(str(stored["summary"]))
    told |= {name: [sentence(each) for each in getattr(entry, name)] for name in ("why", "look_for", "sure")}
    told["late"] = "" if entry.late is None else sentence(entry.late)
    told["note"] = masked(str(stored["note"]))
    told |= {name: json.loads(stored[name]) for name in LISTS}
    told |= {facet: [row["value"] for row in found if row["facet"] == facet] for facet in facets}
    told["changes"] = [_change(store, each) for each in entry.changes]
    return {name: value for name, value in told.items() if value not in ("", None, [])}


def _change(store: Store, name: str) -> str:
    row = store.one("select * from announcements where id=?", name) or {}
    flags = " ".join(json.loads(row["flags"]))
    said = (row["document"], row["kind"], row["path"], row["significance"], row["occurred"], flags)
    return ", ".join(str(each) for each in said if each)


def rest(store: Store) -> dict[str, Any]:
    """Return what was no news: changes by cause and reason, bands, and issues that are open."""
    changes = Counter(
        f"{row['kind']}, {row['cause']}{', not told: ' if row['silent'] else ''}{row['silent']}"
        for row in store.all("select kind, cause, silent from announcements")
    )
    bands = Counter(str(row["band"]) for row in store.all("select band from relevance"))
    issues = Counter(f"{r['source']}: {r['kind']}" for r in store.all("select * from issues where resolved is null"))
    outcomes = [f"{row['crawl']} {row['source']}: {row['outcome']}" for row in store.all("select * from runs")]
    counted = {"changes": changes, "bands": bands, "issues": issues}
    return {name: dict(sorted(found.items())) for name, found in counted.items()} | {"outcomes": sorted(outcomes)}


def kept(name: str, heard: Heard, data: Path) -> str:
    """Return the golden file of a crawl: an entry after the other, one fact a line."""
    facets = FACETS if name in ON_SUBJECT else ("jurisdiction",)
    with Store.open(data / "roundup.db") as store:
        found = sorted((facts(store, each, facets) for each in heard.entries), key=_order)
        return _written({"entries": found, "beside": rest(store)})


def _order(told: Mapping[str, Any]) -> tuple[str, str, str]:
    return str(told["seen"]), str(told["title"]), str(told["id"])


def _written(told: Mapping[str, Any]) -> str:
    entries = ",\n".join(f"  {{\n{_lines(each)}\n  }}" for each in told["entries"])
    return f'{{\n "entries": [\n{entries}\n ],\n "beside": {{\n{_lines(told["beside"])}\n }}\n}}\n'


def _lines(told: Mapping[str, Any]) -> str:
    return ",\n".join(f"   {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in told.items())


def rewrite(names: Iterable[str] = tuple(CRAWLS)) -> None:
    """Write the golden files of the recordings anew."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for name in names:
        with tempfile.TemporaryDirectory() as data:
            heard = crawled(name, Path(data))
            (GOLDEN / f"{name}.json").write_text(kept(name, heard, Path(data)), "utf-8")


def spoken(names: Iterable[str] = ()) -> Iterator[str]:
    """Yield every entry of the recordings in its words, to be read: of all crawls, or of those that are named."""
    for name in names or CRAWLS:
        with tempfile.TemporaryDirectory() as data:
            for entry in crawled(name, Path(data)).entries:
                stored = entry.stored()
                yield f"\n{name} {stored['seen']} {stored['document']}"
                for column in ("title", "summary", "late", "why", "look_for", "sure", "flags", "aimed_at", "url"):
                    yield f"  {column}: {stored[column]}"
