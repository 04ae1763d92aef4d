"""The summary of an entry: what happened, in at most 60 words; and which earlier wordings are back."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from crawler import wording
from crawler.entries import (
    appointed,
    attribution,
    described,
    ended,
    extents,
    headlines,
    law,
    lead,
    notes,
    order,
    procedures,
    provisions,
    series,
    word_limits,
)
from crawler.entries.dates import day
from crawler.entries.templates import Sentence, capital, plain, say, source, structure
from crawler.law import Appointed
from crawler.outbox import Family
from crawler.sources.vocabulary import ABSTRACT, LANGUAGES
from crawler.store import Row, Store, families, wordings
from crawler.text import canonical, latest, moment, stamp

FLIP = timedelta(days=90)
"""Time in which a wording that goes and comes back is recognised."""
QUOTED = 3
"""Most changes that are told in their words."""
_OPEN = ("open", "announced")
"""Statuses of a consultation that is not over."""
_OVER = ("closed", "outcome published", "feedback published")
"""Statuses of one that is."""
MAX_YEARS = 20
"""Years from when it was seen in which one can close: a later one is a misprint."""
LONG_AGO = timedelta(days=90)
"""Time after which a page that states no update is not known to have been updated."""
TOLD_WHAT = ("new", "returned")
"""What happened to a document of which it is told what it is."""
RESTORED = 2
"""Most provisions of which it is said that an earlier wording is back."""


def hidden_attachments(family: Sequence[Row]) -> set[str]:
    """Return the attachments of a public family that can name people: readers get none of their words."""
    return set() if family[0]["private"] else {each["id"] for each in family if each["private"]}


def shown_changes(rows: Sequence[Row], family: Sequence[Row]) -> list[Row]:
    """Return the changes of which readers get words."""
    unseen = hidden_attachments(family)
    return [row for row in rows if row["document"] not in unseen]


def summary(
    store: Store,
    due: Family,
    family: Sequence[Row],
    kind: str,
    restored: Sequence[Sentence],
    begun: Sequence[Appointed] = (),
) -> list[Sentence]:
    """Return the summary with as many short changes in their words as there is room for.

    ``begun`` is what a new instrument brings into force.
    """
    found: list[Sentence] = []
    for quoted in range(0 if family[0]["private"] else QUOTED, -1, -1):
        found = [*_summary(store, due, family, kind, quoted, begun), *restored]
        if _fits(found, family[0]):
            break
        if _fits(without := [each for each in found if each != provisions.OPENING_CHANGED], family[0]):
            found = without
            break
    if kind == "new" and all(row["kind"] != "withdrawn" for row in due.rows):
        found = _with_newest_note(store, family[0], found)
    is_silent = not found and kind in TOLD_WHAT and not family[0]["private"]
    return list(described.unsaid(store, family[0])) if is_silent else found


def _with_newest_note(store: Store, top: Row, found: list[Sentence]) -> list[Sentence]:
    """Return a summary with the newest note of the publisher on something new to us, where there is room for it.

    A note that has none beside the titles of attachments is told instead of them.
    """
    last = next((place for place, each in enumerate(found) if each.template in series.BEFORE), len(found))
    unnamed = [say("attachments unnamed") if each.template in word_limits.NAMING else each for each in found]
    tried = list[list[Sentence]]()
    for each in (found, unnamed):
        note = notes.newest(store, top, word_limits.SUMMARY - word_limits.words(plain(each)))
        with_note = [*each[:last], *note, *each[last:]]
        tried += [with_note] if _fits(with_note, top) else []
    return next((each for each in tried if not notes.untold(store, top, each)), tried[0] if tried else found)


def _fits(found: Sequence[Sentence], top: Row) -> bool:
    is_whole = not top["hash_only"] or len(plain(found)) <= ABSTRACT
    return is_whole and word_limits.words(plain(found)) <= word_limits.SUMMARY


def _summary(
    store: Store, due: Family, family: Sequence[Row], kind: str, quoted: int, begun: Sequence[Appointed]
) -> Iterator[Sentence]:
    """Yield what happened; of something new, which edition it is, what it does, and its publisher's own summary."""
    top = family[0]
    rows = as_listed(store, top, shown_changes(due.rows, family))
    is_law = law.is_law(family)
    is_attributed = is_law and _is_attributed(rows, due.root)
    attribute = partial(attribution.sentences, store) if is_attributed else None
    happened = headlines.summary(rows, due.root, quoted, attribute, stale(top, rows)) if rows else []
    happened = [each for said in happened for each in undone(store, top, rows, said)]
    is_withdrawn = kind == "withdrawn" or ended.withdrawal(rows, due.root) is not None
    of_publisher = (
        [] if top["private"] or (kind == "new" and not is_withdrawn) else notes.publisher_notes(rows, due.root)
    )
    yield from _language(top)
    edition, before = _editions(store, top, rows, kind)
    yield from edition
    yield from _of_law(store, top, kind, begun) if is_law else ()
    if not is_withdrawn:
        yield from of_publisher
    is_told = bool(begun) and all(each.is_read and each.date for each in begun)
    own = _own(store, top, kind) if rows and not is_told and (kind in TOLD_WHAT or not happened) else None
    itself: list[Sentence] = []
    if kind == "new":
        itself = _itself(store, family, own, is_alone=not (edition or happened or is_withdrawn))
    if not is_withdrawn:
        yield from itself
    yield from happened
    yield from procedures.events(store, due, top, kind)
    if is_withdrawn:
        yield from of_publisher
        yield from itself
    if any(row not in rows and not (kind == row["kind"] == "new") for row in due.rows):
        yield say("hidden")
    yield from _applies(top, rows, is_attributed=is_attributed) if is_law else ()
    yield from extents.sentences(store, top, rows) if is_law else ()
    if all(row["significance"] == "editorial" for row in due.rows):
        yield say("editorial")
    elif own is not None and kind != "new":
        yield own
    yield from before


def _of_law(store: Store, top: Row, kind: str, begun: Sequence[Appointed]) -> Iterator[Sentence]:
    """Yield of a new law when it was made and is in force, and what it does; of a draft what took its place."""
    if kind == "new":
        yield from law.of_new(store, top)
        yield from appointed.sentences(begun) if begun else ()
    if kind in ("new", "status"):
        yield from law.superseded_drafts(store, top["id"])


def _applies(top: Row, rows: Sequence[Row], *, is_attributed: bool) -> Iterator[Sentence]:
    """Yield from when a law changed, where no sentence on its provisions does, and that a text was corrected."""
    yield from law.corrects(rows)
    if not is_attributed:
        yield from law.applies(top, rows)
    elif law.begins_in_parts(top, rows):
        yield say("in force in parts")


def _is_attributed(rows: Sequence[Row], root: str) -> bool:
    """Whether sentences say by what each provision changed: of provisions of a law that changed in substance."""
    of_law = [row for row in rows if row["document"] == root and row["kind"] in wording.OF_PROVISIONS and row["law"]]
    return any(row["significance"] != "editorial" for row in of_law)


def stale(top: Row, rows: Sequence[Row]) -> str:
    """Return the day of the last update that a page states, where it lies long before changes without a note."""
    stated = latest(str(top["updated"] or ""))
    if stated is None or not rows or any(row["note"] for row in rows):
        return ""
    return str(top["updated"])[:10] if stated < moment(max(row["seen"] for row in rows)) - LONG_AGO else ""


def undone(store: Store, top: Row, rows: Sequence[Row], said: Sentence) -> Iterator[Sentence]:
    """Yield a sentence, of that something had been withdrawn also since when and why, as its publisher said then."""
    notice = families.withdrawal(store, top["id"]) if said.template == "had been withdrawn" else None
    if notice is None or str(notice["occurred"] or "") > max(row["seen"] for row in rows):
        yield said
        return
    since = notice["occurred"]
    yield say("had been withdrawn on", day=structure(day(since))) if since else said
    if notice["note"] not in ("", notes.OURS) and not top["private"]:
        yield say("said then", note=notes.shorten_note(str(notice["note"]), notes.ROOM // 2))


def _editions(store: Store, top: Row, rows: Sequence[Row], kind: str) -> tuple[list[Sentence], list[Sentence]]:
    """Return which edition something new is, and of which series; and apart from that which one was there before."""
    if all(row["kind"] != "new" for row in rows):
        return [], []
    found = list(series.edition_note(store, rows)) or (series.follows(store, top) if kind == "new" else ())
    before = [each for each in found if each.template in series.BEFORE]
    return [each for each in found if each not in before], before


def _itself(store: Store, family: Sequence[Row], own: Sentence | None, *, is_alone: bool) -> list[Sentence]:
    """Return what something new is in its publisher's words, and where it stands, such as at the end of a procedure.

    ``is_alone``: nothing else is told of it.
    """
    top, is_law = family[0], law.is_law(family)
    found = [] if own is None else [own]
    if top["status"] and not is_law:
        found.append(say("status now", after=structure(top["status"])))
    found += [*notes.release_moved(store, top), *closing_date(store, top), *_stated(store, top)]
    if is_law or top["private"]:
        return found
    if is_alone and not found:
        found += list(described.decided(store, top)) or described.unsaid(store, top)
    found += [say("later release")] if families.targets(store, top["id"], "later release") else []
    found += described.places_attached(family)
    return [*found, *described.place(top), *described.acronyms(store, top), *described.deadline(store, top)]


def closing_date(store: Store, top: Row) -> Iterator[Sentence]:
    """Return when a consultation closes, or closed, by the one day stated; a year that cannot be is so marked."""
    closing = {each[:10] for each in families.days(store, top["id"], "closes")}
    if len(closing) != 1 or top["status"] not in (*_OPEN, *_OVER):
        return
    stated = closing.pop()
    said = "closes on" if top["status"] in _OPEN else "closed on"
    if int(stated[:4]) > int(top["first_seen"][:4]) + MAX_YEARS:
        said = "closes on, as stated"
    yield say(said, day=structure(day(stated)))


def _stated(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield when something was withdrawn, cancelled or reviewed, by the one day that its publisher states of that."""
    for event in ("withdrawn", "cancelled", "reviewed"):
        days = {each[:10] for each in families.days(store, top["id"], event)}
        if len(days) == 1 and (event == "reviewed" or top["status"] == event):
            stated = days.pop()
            is_before = event == "withdrawn" and stated < str(top["published"] or "")[:10]
            yield say(f"{event} on{', before' if is_before else ''}", day=structure(day(stated)))


def _own(store: Store, top: Row, kind: str) -> Sentence | None:
    """Return the publisher's own summary; of something new without a whole one what it says of itself at its beginning.

    Else its whole title, where the headline has it cut; None where that says nothing more than the headline. What
    several pages have is a description of their site.
    """
    is_own = not _words(top["summary"]) <= _words(top["title"]) and not families.is_summary_of_site(store, top)
    own = say(word_limits.OWN, summary=source(word_limits.closed(top["summary"]))) if is_own else None
    if kind != "new" or (is_own and not word_limits.is_cut(top["summary"]) and not _goes_on(store, top)):
        return own
    begins = _begins(store, top)
    if not _words(begins) <= _words(top["title"]):
        return say(word_limits.OWN, summary=source(begins))
    if own is not None and is_own:
        cut = word_limits.closed(f"{top['summary']} \u2026" if _goes_on(store, top) else top["summary"])
        return say(word_limits.OWN, summary=source(cut))
    if re.sub(r"^The ", "", top["title"]) in str(headlines.headline(kind, top["title"])):
        return None
    return say(word_limits.OWN, summary=source(word_limits.closed(top["title"])))


def as_listed(store: Store, top: Row, rows: Sequence[Row]) -> list[Row]:
    """Return changes with new attachments in the order in which their page lists them."""
    added = [row for row in rows if row["kind"] == "new" and row["parent"]]
    if len(added) < 2:
        return list(rows)
    listed = next((row["text"] for row in wordings.headings(store, top["id"]) if row["path"] == order.LISTED), "")
    titles = {title: place for place, title in enumerate(str(listed).split(order.BETWEEN))}
    ranked = sorted(added, key=lambda row: titles.get(str(row["document_title"]), len(titles)))
    return [*(row for row in rows if row not in added), *ranked]


def _language(top: Row) -> Iterator[Sentence]:
    """Yield in which language a text was read that is not in English."""
    tag = str(top["language"] or "en").partition("-")[0].lower()
    if tag != "en" and not top["private"] and top["representation"] not in (None, "summary"):
        yield say("in language", language=structure(LANGUAGES.get(tag, f"the language “{tag}”")))


def _begins(store: Store, top: Row) -> str:
    """Return the first sentences of a text of which readers may see our copy."""
    if top["private"] or top["hash_only"] or top["representation"] not in lead.READ:
        return ""
    return lead.lead(wordings.headings(store, top["id"]), is_file=top["representation"] != "html")


def _goes_on(store: Store, top: Row) -> bool:
    """Whether a publisher's summary is the beginning of a sentence of the text: it was cut without a mark."""
    said = canonical(top["summary"]).strip()
    if not said[-1:].isalnum() or top["private"]:
        return False
    texts = (canonical(row["text"]) for row in wordings.headings(store, top["id"])[: lead.MAX_SECTIONS])
    return any(re.search(rf"{re.escape(said)} [a-z]", text) for text in texts)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", canonical(text).casefold()))


def restored_wordings(store: Store, rows: Sequence[Row], clock: datetime) -> Iterator[Sentence]:
    """Yield what earlier wordings are back: that of a whole document, else those of provisions, the first few."""
    since, whole, parts = stamp(clock - FLIP), dict[str, str | None](), 0
    for row in rows:
        if row["version"] not in whole:
            whole[row["version"]] = wordings.restored(store, row, since)
            if date := whole[row["version"]]:
                yield say("restores", day=structure(day(date)))
        if whole[row["version"]] is None and (date := wordings.restored_part(store, row, since)) and parts < RESTORED:
            parts += 1
            yield say("restores part", named=capital(provisions.name(row)), day=structure(day(date)))
