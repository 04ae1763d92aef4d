"""An entry as readers may see it: what must not be shown or repeated is left out here, before any page or feed."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from crawler.changes.strength import DutyChange
from crawler.export.cells import MAX_REMEMBERED
from crawler.feeds.entry import REDACTED, RUN, UNDATED, Copy, Entry, EntryChange, State, quoted_words, words_of
from crawler.sources.vocabulary import ABSTRACT, READER_OF
from crawler.text import abridged, counted
from crawler.wording import changed, day, kind, legal, where


def read(row: Mapping[str, object]) -> Entry:
    """Return the entry of a row of the private database as readers may see it, without what must not be shown.

    Raises:
        KeyError: a column is missing.
        ValueError: its details are not as described in the schema.
    """
    removed = _removed(row)
    is_private = bool(row["private"]) or removed != ""
    document_kind = _text(row, "document_kind")
    hidden = frozenset(_list(row, "private_parts"))
    details = without_hidden([] if is_private else listed(_text(row, "details")), hidden)
    told = _told(details, RUN if row["copy"] != "public" else None)
    title, summary, url = _text(row, "title"), _text(row, "summary"), _text(row, "url")
    document_title, updated = _text(row, "document_title"), _text(row, "updated") or _text(row, "announced")
    if hidden:
        summary = remaining_summary([(one.kind, one.path, one.heading) for one in told])
    if row["copy"] != "public" and row["document"]:
        summary = abridged(summary, len(summary), ABSTRACT)
    if is_private:
        summary = f"{kind(document_kind)}: only title, date, publisher and official link are kept here."
        summary += _former_title(row)
    names_removed = bool(row["removed_from_list"])
    if names_removed:
        title, summary = of_list(_text(row, "verb"), int(str(row["removed_from_list"])), _text(row, "source_name"))
    if removed:
        title, summary, url = *_of_removed(removed, document_kind), ""
        document_title = title
        updated = max(updated, f"{removed}T00:00:00Z") if updated and removed[:1].isdigit() else updated
    why, sure = _list(row, "why"), _list(row, "sure")
    if is_private or hidden or names_removed:
        repeated = (_text(row, "source_name"), "" if removed else title)
        why, sure = of_title(why, *repeated), of_title(sure, *repeated)
    return Entry(
        id=_text(row, "id"),
        kind=_text(row, "kind"),
        title=title,
        verb="" if removed else _text(row, "verb"),
        summary=summary,
        told=told,
        url=url if url.startswith(("https://", "http://")) else "",
        document_kind=document_kind,
        document_title=document_title,
        topics=_list(row, "topics"),
        facets=_facets(_text(row, "facets")),
        aimed_at=_list(row, "aimed_at"),
        look_for=() if is_private or hidden or names_removed else _list(row, "look_for"),
        flags=_list(row, "flags"),
        confirmed=bool(row["confirmed"]),
        copies=() if removed else _copies(row),
        note="" if is_private or hidden or names_removed else _text(row, "note"),
        updated=updated,
        state=cast(State, _text(row, "state")),
        private=is_private,
        removed=removed,
        why=why,
        sure=sure,
        documents=(),
        **{name: _text(row, name) for name in _PLAIN},
    )


def _removed(row: Mapping[str, object]) -> str:
    """Return since when a private document is not to be shown at all: a day or a word, empty where it is."""
    if row["lost"]:
        return REDACTED
    return "" if row["taken_down"] is None else str(row["taken_down"]) or UNDATED


def _former_title(row: Mapping[str, object]) -> str:
    """Return which title a document had that has a new one: an entry told of it under that."""
    changes = listed(_text(row, "details")) if row["kind"] == "retitled" else []
    words = next((one["words"] for one in changes if one["kind"] == "retitled"), ())
    former = legal("".join(str(text) for op, text in words if op != "+")).strip()
    return f" The title was: {former}." if former else ""


def _of_removed(removed: str, document_kind: str) -> tuple[str, str]:
    """Return the title and the summary of an entry about such a document."""
    if removed == REDACTED:
        return LOST, ""
    on = "" if removed == UNDATED else f" on {day(removed)}"
    return f"Removed by the publisher{on}", f"{kind(document_kind)}: the publisher took the page down."


_PLAIN = (
    "jurisdiction", "document", "publisher", "publisher_name", "source", "source_name", "published",
    "updated_by_publisher", "occurred", "day", "in_force", "significance", "late", "seen", "announced", "capture_time",
    "capture_digest", "status",
)  # fmt: skip


@lru_cache(4)
def listed(text: str | None) -> Sequence[Mapping[str, Any]]:
    """Return a column that holds a JSON list of objects; those of one row are asked for more than once."""
    found: list[dict[str, Any]] = [] if text in ("[]", "", None) else json.loads(text or "")
    return found


def _list(row: Mapping[str, object], name: str) -> tuple[str, ...]:
    """Return a column that holds a JSON list of texts."""
    return () if row[name] in ("[]", "", None) else _texts(_text(row, name), name)


@lru_cache(MAX_REMEMBERED)
def _texts(listed: str, name: str) -> tuple[str, ...]:
    texts = json.loads(listed)
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"{name} is no list of texts: {listed:.80}")
    return tuple(legal(text) for text in texts)


@lru_cache(MAX_REMEMBERED)
def _facets(listed: str) -> Mapping[str, tuple[str, ...]]:
    facets = json.loads(listed or "{}")
    readers = {READER_OF[service] for service in facets.get("aimed_at", ()) if service in READER_OF}
    if readers:
        facets["role"] = sorted(readers.union(facets.get("role", ())))
    return {legal(facet): tuple(legal(str(value)) for value in values) for facet, values in sorted(facets.items())}


def _copies(row: Mapping[str, object]) -> tuple[Copy, ...]:
    """Return the copies that are still shown: of one that its publisher removed because it names people, nothing is."""
    found = listed(_text(row, "copies"))
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


def _told(details: Iterable[Mapping[str, object]], run: int | None) -> tuple[EntryChange, ...]:
    found = []
    for one in details:
        words = words_of(one["words"])
        heading = legal(str(one["heading"] or ""))
        place = {"kind": str(one["kind"]), "document": str(one["document"]), "path": str(one["path"])}
        binding = cast("list[dict[str, str]]", one.get("duty") or ())
        duty = tuple(DutyChange(**{name: legal(text) for name, text in each.items()}) for each in binding)
        shown, verb = quoted_words(words, run=run), str(one.get("verb", ""))
        found.append(EntryChange(heading=heading, words=shown, verb=verb, duty=duty, **place))
    return tuple(found)


def _text(row: Mapping[str, object], name: str) -> str:
    value = row[name]
    return "" if value is None else legal(str(value))


LOST = "Redacted: this page is not kept here any more"
"""The title of an entry about people whose document is kept no more."""

MAX_PLACES_NAMED = 5
"""Most places that a summary of ours names."""

_QUOTES = re.compile('[“”"]')


def without_hidden(told: Sequence[Mapping[str, Any]], hidden: frozenset[str]) -> list[Mapping[str, Any]]:
    """Return the differences told without those of hidden documents."""
    return [one for one in told if hidden.isdisjoint({one["document"], legal(str(one["document"]))})]


def remaining_summary(told: Sequence[tuple[str, str, str]]) -> str:
    """Return a summary of ours from what remains to be told: kinds, paths and headings.

    >>> remaining_summary([("changed", "section-45-1", "Defence"), ("added", "annex-b", "")])
    'It changed here: Section 45(1): Defence; Annex b. What is said of parts that name people is left out.'
    >>> remaining_summary([])
    'What is said of parts that name people is left out.'
    """
    names = list(dict.fromkeys(where(path, legal(heading)) or changed(kind) for kind, path, heading in told))
    more = [f"and {len(names) - MAX_PLACES_NAMED} more"] if len(names) > MAX_PLACES_NAMED else []
    listed = "; ".join((*names[:MAX_PLACES_NAMED], *more))
    here = f"It changed here: {listed}. " if listed else ""
    return f"{here}What is said of parts that name people is left out."


def of_list(verb: str, number: int, name: str) -> tuple[str, str]:
    """Return title and summary of an entry about a complete list that names a removed document about people.

    >>> of_list("Added", 2, "Sample library")[0]
    'Added: 2 entries of Sample library'
    """
    told = "Titles are left out: the list named a page about people that its publisher took down."
    return f"{verb}: {counted(number, 'entry')} of {name}", told


def of_title(sentences: Sequence[str], *titles: str) -> tuple[str, ...]:
    """Return the sentences that repeat nothing but words of the titles: what else is quoted may hold a name.

    >>> of_title(("Its title has “Trafficking”.", "Its text has “J. Doe”.", "Its source is."), "On trafficking")
    ('Its title has “Trafficking”.', 'Its source is.')
    """
    return tuple(one for one in sentences if _is_of_title(one, "\n".join(titles).casefold()))


def _is_of_title(sentence: str, title: str) -> bool:
    """Whether all that a sentence quotes stands in a title. In doubt it does not: quotes can hold quotes."""
    marks, found = _QUOTES.findall(sentence), _QUOTES.split(sentence)
    paired = len(marks) % 2 == 0 and "”" not in marks[::2] and "“" not in marks[1::2] and "\u2018" not in sentence
    between = "".join(found[2:-1:2])
    return paired and between == between.lower() and all(quote.casefold() in title for quote in found[1::2])
