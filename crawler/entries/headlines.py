"""Headlines and summaries by rule: every word comes from the source, the structure or a fixed template."""

import re
from collections.abc import Iterator, Sequence

from crawler import wording
from crawler.entries import law_headlines, notes, provisions, word_limits
from crawler.entries.dates import both_dates, day, spell_dates
from crawler.entries.ended import GONE, is_gone_for_good, is_of_log, is_unpublished, withdrawal
from crawler.entries.order import BESIDE, is_longer_list, is_of_files, position
from crawler.entries.templates import Sentence, capital, chain, name_list, say, source, structure
from crawler.entries.titles import placed, short
from crawler.entries.word_limits import HEADLINE, words
from crawler.identifiers.chapters import chapter
from crawler.reconcile.facts import LEADS
from crawler.store import Row
from crawler.text import canonical, counted
from crawler.wording import OF_PROVISIONS

ENDED_OR_BEGUN = ("in force", "repealed", "revoked", "expired", "superseded", "withdrawn", "quashed", "lapsed")
"""Statuses that are verbs of their own."""
ATTACHED = 3
"""Most attachments that are named one by one."""

Lead = tuple[str, dict[str, Sentence]]
"""The template of a headline, and its fills but for the title."""
ALIKE, KEPT = 6, 3
"""Words with which two titles begin alike before only their ends are told, and those kept of them."""
EVENTS = ("new", "withdrawn", "gone", "returned", "relocated", "retitled", "status", "date", "changed")
_ORDER = ("withdrawn", "gone", "new", "returned", "status", "date", "retitled", "changed", "relocated")


def is_formal(row: Row) -> bool:
    """Return whether a new title has the same words in other letters or marks: no renaming."""
    return bool(row["kind"] == "retitled" and row["significance"] == "editorial")


def kind_of(rows: Sequence[Row], root: str) -> str:
    """Return what happened to a family, in one word: the weightiest of its changes, those of its top first."""
    own = [row["kind"] for row in rows if row["document"] == root and not is_formal(row)]
    found = {kind if kind in EVENTS else "changed" for kind in own}
    if not found:
        return "changed"
    if withdrawal(rows, root) is not None:
        return "new"
    if any(row["document"] == root and _changes_law(row) for row in rows):
        found.discard("retitled")  # What a law says is more than what it is called.
    return next(kind for kind in _ORDER if kind in found)


def _changes_law(row: Row) -> bool:
    return bool(row["kind"] in wording.OF_PROVISIONS and row["law"] and row["significance"] != "editorial")


def headline(template: str, title: str, *, taken: int = 0, **fills: Sentence) -> Sentence:
    """Return the headline of an entry, its title shortened where it is too long; ``taken`` words stand behind it.

    >>> str(headline("withdrawn", "Sample guidance")), str(headline("unpublished", "Sample Act"))
    ('Withdrawn: Sample guidance', 'Taken off legislation.gov.uk: Sample Act')
    """
    room = word_limits.HEADLINE - taken - word_limits.words(str(say(template, title=structure(""), **fills)))
    called = law_headlines.called if "part" in fills else short
    return say(template, title=called(title, max(room, 1)), **fills)


def headline_of(
    kind: str,
    rows: Sequence[Row],
    top: Row,
    *,
    law: bool,
    taken: int = 0,
    lead: Lead | None = None,
    parts: Sequence[Row] = (),
) -> tuple[Sentence, str]:
    """Return the headline of what happened to a family, with room for ``taken`` words more, and its verb.

    ``lead`` is what it is told as whatever happened, ``parts`` are changes of guidance whose words readers are told.
    """
    root, title, fills = top["id"], placed(top["title"], top["within"]), dict[str, Sentence]()
    own = [row for row in rows if row["document"] == root]
    provisions_of = [row for row in own if row["kind"] in wording.OF_PROVISIONS and row["significance"] != "editorial"]
    match kind:
        case "changed" if law and (found := law_headlines.headline(provisions_of, title, taken)):
            said, verb = found
            return said, verb[:1].upper() + verb[1:]
        case "changed" if not law and (named := of_parts(parts, title, taken)):
            return named
        case _ if lead is not None:
            template, fills = lead
        case "changed" if all(row["kind"] == "note" for row in rows):
            template = "noted"
        case "changed" if all(row["significance"] == "editorial" for row in rows):
            template = "form"
        case "status":
            changed = next(row for row in own if row["kind"] == "status")
            template, fills = _status(changed["before"], changed["after"])
        case "withdrawn" if is_unpublished(rows, root):
            template = "unpublished"
        case "relocated" if any(row["kind"] == kind and row["path"] == LEADS for row in own):
            template = "leads elsewhere"
        case _:
            template = kind
    said = headline(template, title, taken=taken, **fills)
    return said, str(said).partition(": ")[0]


def _status(before: str, after: str) -> Lead:
    """Return the headline on a new legal status."""
    if after in ENDED_OR_BEGUN:
        return "status is", {"after": capital(structure(after))}
    return ("status now is", {"after": structure(after)}) if after else ("status is not", {"before": structure(before)})


def summary(
    rows: Sequence[Row],
    root: str,
    quoted: int = 0,
    attribute: provisions.Attribute | None = None,
    updated: str = "",
) -> list[Sentence]:
    """Return what changed: values for a document, verbs and provisions for its text, files by their titles.

    ``quoted`` is how many short changes are told in their words, ``attribute`` says by what those of law came about.
    Where there is nothing but a note of the publisher, it says so. Empty where the headline says it all. ``updated`` is
    the day on which the page says that it was last updated, where that is long past.
    """
    told = [row for row in rows if not is_formal(row)]
    added = [row for row in told if row["kind"] == "new" and row["parent"]]
    if added:  # That the list of a page's documents is longer says the same again.
        told = [row for row in told if not (row["document"] == root and is_longer_list(row))]
    found = [
        _event(row) for row in told if row["kind"] in EVENTS and row["kind"] != "changed" and row["path"] in ("", LEADS)
    ]
    sentences = list(_attached(added, root, rows, updated))
    events = [each for each in found if each is not None]
    sentences = [*events, *sentences] if any(row["kind"] == "withdrawn" for row in told) else [*sentences, *events]
    sentences += [_date(row) for row in told if row["kind"] == "date"]
    sentences += provisions.sentences(told, root, quoted, attribute)
    if all(row["kind"] == "note" for row in told):
        sentences += notes.alone(told)
    return list({str(each): each for each in sentences}.values())


def _attached(added: Sequence[Row], root: str, rows: Sequence[Row], updated: str) -> Iterator[Sentence]:
    """Yield the new attachments by their titles, the first few; beside a new document they were not added to it.

    A page that states no update since long may have had them before, where they were not listed as such.
    """
    with_it = any(row["kind"] == "new" and row["document"] == root for row in rows)
    if updated and added and not with_it:
        named = name_list([source(text) for text in dict.fromkeys(row["document_title"] for row in added)], ATTACHED)
        yield say("now attached", titles=named, day=structure(day(updated)))
        return
    titles = [source(text) for text in dict.fromkeys(row["document_title"] for row in added)]
    if len(titles) == 1:
        yield say("with attachment" if with_it else "attachment added", title=titles[0])
    elif titles:
        yield say("with attachments" if with_it else "attachments added", titles=name_list(titles, ATTACHED))


def only_attached(rows: Sequence[Row], root: str) -> bool:
    """Whether all that happened to a family is that attachments of it are listed that were not before."""
    return all(
        (row["kind"] == "new" and row["parent"]) or (row["document"] == root and is_longer_list(row)) for row in rows
    )


def _date(row: Row) -> Sentence:
    """Return a date that moved: what it is of, and both values."""
    before, after = both_dates(row["before"], row["after"])
    event = capital(structure(row["path"]))
    return say("date became", event=event, before=structure(before), after=structure(after))


def _event(row: Row) -> Sentence | None:
    title = source(row["document_title"])
    if row["parent"]:
        return _of_attachment(row, title)
    match row["kind"]:
        case "withdrawn" if is_gone_for_good(row) and not row["occurred"]:
            return say("gone for good", status=structure(GONE))
        case "withdrawn" if is_of_log(row):
            when = row["occurred"]
            return say("unpublished on", day=structure(day(when))) if when else say("unpublished plain")
        case "withdrawn":
            return say("withdrawn on", day=structure(day(row["occurred"]))) if row["occurred"] else None
        case "gone":
            return say("not found", seen=capital(structure(spell_dates(row["note"]))))
        case "returned":
            said = {"withdrawn": "had been withdrawn", "gone": "had not been found"}
            return say(said[row["before"]]) if row["before"] in said else None
        case "retitled" if row["after"] not in str(headline("retitled", row["after"])):
            before, after = _from_difference(row["before"], row["after"])
            return say("both titles", before=source(before), after=source(after))
    return _happened(row, title)


def _from_difference(before: str, after: str) -> tuple[str, str]:
    """Return two titles from shortly before the word in which they begin to differ, where they begin alike at length.

    >>> _from_difference("Act of the Parliament of 5 May on fish", "Act of the Parliament of 5 May on wine and cheese")
    ('… 5 May on fish', '… 5 May on wine and cheese')
    """
    one, two = before.split(), after.split()
    alike = next(
        (place for place, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]), min(len(one), len(two))
    )
    if alike <= ALIKE:
        return before, after
    return " ".join(("…", *one[alike - KEPT :])), " ".join(("…", *two[alike - KEPT :]))


def _of_attachment(row: Row, title: Sentence) -> Sentence | None:
    """Return what happened to an attachment, with its title: the headline does not say it."""
    match row["kind"]:
        case "retitled":
            return say("attachment renamed", before=source(row["before"]), after=source(row["after"]))
        case "relocated":
            return say("attachment moved", title=title, address=structure(row["after"]))
        case "status":
            return say("of attachment", title=title, text=status(row["before"], row["after"]))
    return _happened(row, say("attachment", title=title))


def _happened(row: Row, title: Sentence) -> Sentence | None:
    """Return what happened to a document whose title the headline does not say."""
    match row["kind"]:
        case "withdrawn" | "gone" | "returned":
            said = {"withdrawn": "was withdrawn", "gone": "is not found", "returned": "is back"}
            return say(said[row["kind"]], title=title)
        case "relocated":
            return say("leads now" if row["path"] == LEADS else "new address", address=structure(row["after"]))
        case "retitled":
            return say("old title", title=source(row["before"]))
        case "status":
            return status(row["before"], row["after"])
    return None


def status(before: str, after: str) -> Sentence:
    """Return a new legal status in a sentence.

    >>> str(status("prospective", "in force")), str(status("", "repealed")), str(status("repealed", ""))
    ('Status: prospective became in force.', 'Status: repealed.', 'Status: no longer repealed.')
    """
    if before and after:
        return say("status became", before=structure(before), after=structure(after))
    return say("status now", after=structure(after)) if after else say("status no longer", before=structure(before))


MAX_PARTS = 2
"""Most parts that a headline names."""
MAX_NAME_WORDS = 10
"""Most words of a part that a headline names."""
MIN_TITLE_WORDS = 7
"""Words of a long title for which names of parts make room."""
_VERBS = {"added": "added", "removed": "removed", "changed": "changed verb"}


def of_parts(rows: Sequence[Row], title: str, taken: int = 0) -> tuple[Sentence, str] | None:
    """Return the headline for what changed in guidance, and its verb; None where a few parts do not say it.

    ``rows`` are the changes that readers are told of. What came or went beside the text is not in it.
    """
    if any(row["kind"] not in (*OF_PROVISIONS, "note") for row in rows):
        return None
    telling = [row for row in rows if row["kind"] in OF_PROVISIONS and row["significance"] != "editorial"]
    leading = [row for row in telling if position(row) < BESIDE]
    if not leading or any(row["kind"] not in _VERBS for row in leading):
        return None
    verbs = {row["kind"] for row in leading}
    files = len({row["path"] for row in rows if is_of_files(row)})
    for kind, named in _named(leading, verbs):
        parts = name_list(named, MAX_PARTS)
        if files:
            kind, parts = (
                "changed",
                say("more parts", named=chain("comma", named), count=structure(counted(files, "more part"))),
            )
        text = say("happened", named=capital(parts), verb=say(_VERBS[kind]))
        left = HEADLINE - taken - words(str(say("in law", text=text, title=source(""))))
        if left >= min(words(title), MIN_TITLE_WORDS) and not _repeats(named, title):
            return say("in law", text=text, title=short(title, left)), kind.capitalize()
    return None


def _named(rows: Sequence[Row], verbs: set[str]) -> Iterator[tuple[str, list[Sentence]]]:
    """Yield what happened to which parts, most exactly first: to those that changed, to the chapters that hold them."""
    parts = list({str(name): name for name in map(provisions.name, rows)}.values())
    if len(parts) <= MAX_PARTS and len(verbs) == 1 and all(words(str(part)) <= MAX_NAME_WORDS for part in parts):
        yield min(verbs), parts
    chapters = list(dict.fromkeys(chapter(row["path"], itself=True) for row in rows))
    if len(chapters) <= MAX_PARTS and all(chapters):
        yield "changed", [structure(each) for each in chapters]


def _repeats(named: Sequence[Sentence], title: str) -> bool:
    """Return whether a part is called as its document is."""
    return any(part.template == "under title" or _plain(str(part)) in _plain(title) for part in named)


def _plain(text: str) -> str:
    return " ".join(["", *re.findall(r"\w+", canonical(text).casefold()), ""])
