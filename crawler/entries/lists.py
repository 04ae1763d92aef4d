"""What happened to a list that is complete: one entry for each kind of change that a walk saw."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from urllib.parse import unquote, urlsplit

from crawler.changes.placements import ListChange, places
from crawler.entries import word_limits
from crawler.entries.templates import Sentence, name_list, say, source, structure
from crawler.entries.titles import short
from crawler.entries.values import Entry
from crawler.model import Placement
from crawler.store import Row, Store, crawls, documents, families
from crawler.store import placements as store_placements
from crawler.text import counted, stamp

MOST = 3
"""Most entries of a list, and most of its pages, that a summary names."""
_YEAR = re.compile(r"(?<!\d)(?:19[89]\d|20[0-4]\d)(?!\d)")
_VERBS = {
    "added": "Added", "replaced": "Leads elsewhere", "emptied": "No longer linked", "relinked": "Linked again",
    "retitled": "Renamed", "moved": "Moved", "removed": "Removed",
}  # fmt: skip


def list_entries(store: Store, crawl: str, clock: datetime) -> Iterator[Entry]:
    """Yield the entries of a crawl about complete lists, under ids made of source, kind of change and crawl."""
    for name, found in store_placements.changes(store, crawl).items():
        for kind, group in groupby(found, key=lambda each: each[0].kind):
            yield _entry(store, crawl, clock, name, kind, list(group))


def _entry(
    store: Store, crawl: str, clock: datetime, name: str, kind: str, group: Sequence[tuple[ListChange, Row]]
) -> Entry:
    of_source, changes = crawls.source(store, name), [change for change, _ in group]
    names = dict.fromkeys(
        documents.resolve(store, _placed(each).document) for each in changes if _placed(each).document
    )
    known = [each for each in names if documents.get(store, each) is not None]
    facets = {pair for each in known for pair in families.facets(store, each)} if kind == "added" else set()
    return Entry(
        row={
            "id": store_placements.entry_id(name, kind, crawl),
            "crawl": crawl,
            "kind": store_placements.LIST,
            "verb": _VERBS[kind],
            "source": name,
            "publisher": of_source["publisher"],
            "jurisdiction": of_source["jurisdiction"],
            "document_kind": "collection",
            "url": of_source["url"],
            "significance": "substantive" if kind in ("added", "replaced", "removed") else "editorial",
            "seen": group[0][1]["seen"] or stamp(clock),
            "fetch": group[0][1]["fetch"],
        },
        title=_headline(kind, str(of_source["name"]), changes),
        summary=_summary(kind, changes, is_dated=store_placements.is_dated(store, name)),
        facets=sorted(facets),
        sections=[(each, "") for each in known],
    )


def _placed(change: ListChange) -> Placement:
    placed = change.after or change.before
    assert placed is not None
    return placed


def _headline(kind: str, name: str, changes: Sequence[ListChange]) -> Sentence:
    """Return a headline that names the list, and what it is about: the one entry, or the place that several share."""
    if len(changes) == 1:
        template, fills = f"list {kind} one", {"title": _placed(changes[0]).title}
    else:
        shared = _shared([_placed(each).place for each in changes])
        template, fills = f"list {kind}", {"place": " > ".join(shared)} if shared else {}
        template += ", placed" if shared else ""
    count, of_list = structure(len(changes)), short(name, word_limits.HEADLINE // 2)
    blank = dict.fromkeys(fills, structure(""))
    room = word_limits.HEADLINE - word_limits.words(str(say(template, name=of_list, count=count, **blank)))
    said = {key: short(text, max(room, 3)) for key, text in fills.items()}
    return say(template, name=of_list, count=count, **said)


def _shared(found: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the beginning that all places have."""
    first, *others = found
    size = next((n for n in range(len(first), 0, -1) if all(each[:n] == first[:n] for each in others)), 0)
    return first[:size]


def _summary(kind: str, changes: Sequence[ListChange], *, is_dated: bool) -> list[Sentence]:
    if kind == "added":
        undated = [] if is_dated else [say("list undated")]
        return [*_pages(changes), *_targets(changes), *undated, *_years(changes)]
    named = [_named(kind, each) for each in changes]
    more = [say("list more", count=structure(len(named) - MOST))] if len(named) > MOST else []
    ending = {"emptied": "list stays", "removed": "list unlisted"}.get(kind, "")
    ending = f"{ending} one" if ending and len(changes) == 1 else ending
    return [*([say(ending)] if ending else []), *named[:MOST], *more]


def _named(kind: str, change: ListChange) -> Sentence:
    """Return what happened to one entry of a list, with its place there."""
    placed, before = _placed(change), change.before or _placed(change)
    fills = {
        "title": source(word_limits.cut(placed.title, 14)),
        "place": source(" > ".join(placed.place) or urlsplit(placed.url).netloc),
        "before": source(_target(before.url)), "after": source(_target(placed.url)),
        "was": source(word_limits.cut(before.title, 14)), "from": source(" > ".join(before.place)),
    }  # fmt: skip
    template = f"list {kind} item"
    if kind == "replaced" and placed.title != before.title:
        template = "list replaced both item"
    return say(template, **fills)


def _target(url: str) -> str:
    """Return an address as readers want it: its host, and the name of what is there."""
    parts = urlsplit(url)
    name = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return f"{parts.netloc.removeprefix('www.')}/…/{name}" if name else parts.netloc.removeprefix("www.")


def _pages(changes: Sequence[ListChange]) -> Iterator[Sentence]:
    """Yield on which pages entries were added, those with the most first."""
    found = sorted((each for each in places(changes) if each[0]), key=lambda each: -each[1])
    if len(found) == 1:
        place = _placed(changes[0]).place if len(changes) == 1 else found[0][0]
        yield say("list on one page" if len(changes) > 1 else "list in one place", place=source(" > ".join(place)))
    elif found:
        named = [say("list page", page=source(place[-1]), count=structure(count)) for place, count in found]
        yield say("list on pages", count=structure(len(named)), names=name_list(named, MOST))


def _targets(changes: Sequence[ListChange]) -> Iterator[Sentence]:
    """Yield what was added: how many files, how many links to pages, or where the only entry leads."""
    urls = [_placed(each).url for each in changes]
    if len(urls) == 1:
        if urls[0]:
            yield say("list leads to", target=source(_target(urls[0])))
        return
    files, linked = sum(map(_is_file, urls)), sum(map(bool, urls))
    counts = [(files, "file", "files"), (linked - files, "link to a page", "links to pages")]
    counts.append((len(urls) - linked, "entry without a link", "entries without a link"))
    said = [structure(counted(number, one, many)) for number, one, many in counts if number]
    yield say("list targets", counts=name_list(said, len(said)))


def _is_file(url: str) -> bool:
    name = urlsplit(url).path.rpartition("/")[2]
    return bool(re.search(r"\.(?:pdf|docx?|pptx?|xlsx?|od[tsp]|rtf|csv|png|jpe?g)$", name, re.I))


def _years(changes: Sequence[ListChange]) -> Iterator[Sentence]:
    """Yield which years stand in titles and names of files: all that a list without dates says of how old it is."""
    found = [
        _YEAR.findall(f"{each.title} {unquote(urlsplit(each.url).path.rpartition('/')[2])}")
        for each in map(_placed, changes)
    ]
    years = sorted(year for each in found for year in each)
    if years and len(found) > 1:
        number, total = sum(1 for each in found if each), structure(len(changes))
        template = "list years" if years[0] != years[-1] else "list year"
        yield say(template, number=structure(number), count=total, first=structure(years[0]), last=structure(years[-1]))
