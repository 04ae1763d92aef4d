"""The HTML inside a feed's entry: our own few elements, never a publisher's."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape

from crawler.feeds import labels
from crawler.feeds.entry import RUN, Entry, EntryChange, event_words, place, quoted_words
from crawler.feeds.feed import link
from crawler.feeds.weight import BOUND, LAW, weight
from crawler.model import Word
from crawler.text import counted
from crawler.wording import day, kind, minute

MAX_DIFFERENCES = 20
"""Most differences listed in one entry of a feed; the entry's page has all of them."""

MAX_LISTED = 100
"""Most documents of one entry that a feed lists; the entry's page has all of them."""

MAX_RUN_CHARACTERS = 4 * RUN
"""Most characters of one insertion or deletion in a feed."""

_MADE = re.compile(r"^It states when it was (\w+), not when it was published")

EVENTS = ("withdrawn", "gone", "returned", "relocated")
"""What happens to a page, and not to the law that stands on it."""


def html(entry: Entry, address: str) -> str:
    """Return the body of an entry as HTML; ``address`` is its page, empty where there is none."""
    return "".join(_parts(entry, address))


def _parts(entry: Entry, address: str) -> Iterator[str]:
    if entry.state in ("corrected", "withdrawn"):
        yield f"<p><strong>{entry.state.capitalize()} on {day(entry.updated)}.</strong></p>"
    if entry.summary:
        yield f"<p>{escape(entry.summary)}</p>"
    yield from _documents(entry, address)
    if not entry.confirmed:
        yield f"<p><em>{escape(labels.UNCONFIRMED)}</em></p>"
    yield from _told(entry.told, address)
    if entry.note and entry.note not in entry.summary:
        yield f"<p>Note by the publisher: {escape(entry.note)}</p>"
    if entry.late:
        yield f"<p>This comes late: {escape(entry.late)}</p>"
    yield _list(f"{name}: {escape(value)}" for name, value in facts(entry) if value)
    yield _list(f"{name}: {escape(value)}" for name, value in labels.found_under(entry))
    for label, sentences in labels.lists(replace(entry, confirmed=True)):
        yield f"<h3>{label}</h3>" + _list(escape(one) for one in sentences)
    if entry.copies:
        yield "<h3>The same elsewhere</h3>" + _list(_linked(labels.copy_label(one), one.url) for one in entry.copies)
    if url := link(entry.url):
        yield f'<p><a href="{escape(url)}">Open the official page</a></p>'
    if entry.capture_time:
        digest = f"; SHA-256 <code>{escape(entry.capture_digest)}</code>" if entry.capture_digest else ""
        yield f"<p>Read on {minute(entry.capture_time)}{digest}.</p>"


def _documents(entry: Entry, address: str) -> Iterator[str]:
    """Yield the documents of an entry of several that are wanted, and how many others there are."""
    wanted = [one for one in entry.documents if one.is_wanted][:MAX_LISTED]
    yield _list(_linked(labels.document_line(one), one.url) for one in wanted)
    if others := len(entry.documents) - len(wanted):
        rest = f"and {counted(others, 'other')}"
        yield f'<p><a href="{escape(address)}">{rest}</a></p>' if address else f"<p>{rest}.</p>"


def _list(items: Iterable[str]) -> str:
    shown = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{shown}</ul>" if shown else ""


def _linked(words: str, address: str) -> str:
    url = link(address)
    return f'<a href="{escape(url)}">{escape(words)}</a>' if url else escape(words)


def facts(entry: Entry, status: str = "") -> tuple[tuple[str, str], ...]:
    """Return the labelled facts of an entry, in the order readers look for them; some values may be empty.

    ``status`` is the legal status of the document, where another is known than the entry has.
    """
    is_short = entry.document_title not in entry.headline and not entry.removed
    return (
        ("Full title", entry.document_title if is_short else ""),
        ("Kind", kind(entry.document_kind)),
        ("Published by", entry.publisher_name),
        ("Applies in", entry.applies_in or ("not stated" if entry.has_document else "")),
        ("Legal weight", weight_of(entry, status)),
        (published_as(entry), day(entry.published) + after_reading(entry, entry.published)),
        ("Updated by the publisher", day(updated := entry.updated_by_publisher) + after_reading(entry, updated)),
        ("In force", in_force(entry)),
        ("Change applies from", applies_from(entry)),
        (seen_as(entry), day(entry.seen)),
    )


def weight_of(entry: Entry, status: str = "") -> str:
    """Return the legal weight of the document of an entry, with its place; empty where it tells of several."""
    if not entry.has_document:
        return ""
    known = status or entry.status
    if entry.kind == "withdrawn" and entry.document_kind not in LAW:
        known = "withdrawn"  # What it was published as again is told by another entry.
    return weight(
        entry.document_kind, entry.document, entry.jurisdiction, status=known, in_force=entry.in_force,
        bound=entry.facets.get(BOUND, ()),
    )  # fmt: skip


def after_reading(entry: Entry, stated: str) -> str:
    """Return words behind the day of publication or update where its source states a later one than we read it."""
    read = (entry.capture_time or entry.seen)[:10]
    return ", as stated; we read it before" if read < stated[:10] else ""


def published_as(entry: Entry) -> str:
    """Return what the date of publication of an entry is: of a law the day of its making, where no other is stated."""
    found = next((match for each in entry.sure if (match := _MADE.search(each))), None)
    return found[1].capitalize() if found else "Published"


def seen_as(entry: Entry) -> str:
    """Return what is said of the day an entry was seen: the document may have been known for long before its change."""
    return "Change first seen by us" if entry.has_document and entry.kind != "new" else "First seen by us"


def in_force(entry: Entry) -> str:
    """Return since when the document is law, empty where that is no question."""
    return "" if entry.in_force in ("not applicable", "not stated") else day(entry.in_force)


_STANDING = {"in force": "yes", "not in force": "no", "no longer in force": "no longer"}
"""What a status says where its day is not stated."""


def in_force_said(entry: Entry) -> str:
    """Return since when the document is law, as stored; where that is not known, whether it is a question at all."""
    if entry.in_force in ("", "not stated") and entry.status in _STANDING:
        return f"{_STANDING[entry.status]}; the day is not stated"
    if entry.in_force in ("", "not stated"):
        return "not stated" if entry.document_kind in LAW else "not applicable"
    return entry.in_force


def applies_from(entry: Entry) -> str:
    """Return since when a change of law applies, empty where that is only the publisher's own date again.

    That a page was withdrawn or is gone is no change of law: its date is that of the event.
    """
    if entry.document_kind not in LAW or entry.kind in EVENTS:
        return ""
    known = {entry.published[:10], entry.updated_by_publisher[:10], entry.in_force}
    return "" if entry.occurred[:10] in known else day(entry.occurred)


def _told(told: tuple[EntryChange, ...], address: str) -> Iterator[str]:
    for one in told[:MAX_DIFFERENCES]:
        where, what = place(one), event_words(one)
        yield f"<h3>{escape(where if where == what else f'{where}: {what.lower()}')}</h3>"
        if one.words:
            yield f"<p>{marked_html(quoted_words(one.words, run=MAX_RUN_CHARACTERS))}</p>"
        yield _list(escape(said) for said in labels.duty_words(one.duty))
    if len(told) > MAX_DIFFERENCES:
        rest = counted(len(told) - MAX_DIFFERENCES, "more difference")
        yield f'<p><a href="{escape(address)}">{rest}</a></p>' if address else f"<p>{rest}.</p>"


def marked_html(words: Iterable[Word]) -> str:
    """Return words as HTML: inserted in ``ins``, deleted in ``del``, apart for readers that show neither."""
    names = {"+": "ins", "-": "del"}
    return "".join(
        f"<{names[word.op]}>{escape(word.text)}</{names[word.op]}>" if word.op in names else escape(word.text)
        for word in words
    ).replace("</del><ins>", "</del> <ins>")
