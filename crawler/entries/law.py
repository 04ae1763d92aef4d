"""What an entry says of law beyond the provisions: by which instrument, from when, and what a new one does."""

import re
from collections.abc import Iterator, Sequence

from crawler.entries import begins, law_headlines, provisions, union, word_limits
from crawler.entries.dates import day
from crawler.entries.templates import Sentence, chain, name_list, say, source, structure
from crawler.feeds.weight import ENDED
from crawler.identifiers.acts import EU_ACT, ITEM, called
from crawler.store import Row, Store, families, wordings
from crawler.wording import MADE, OF_PROVISIONS

NAMED = 2
"""Most instruments that are named."""
DATED = 3
"""Most dates that are told with their provisions."""
VERBS = ("amends", "commences", "repeals", "made under", "transposes", "adopts", "completes", "corrects", "based on")
"""Relations that are told of a new instrument, in their order."""

_UNION = ("regulation", "directive", "decision")
_EXTENDS = re.compile(
    r"\A[^.]*\bextent\b[^.]*\.|\b(?:extend|appl)\w* (?:\w+ ){0,3}to (?:the whole of )?"
    r"(?:the United Kingdom|Great Britain|England|Wales|Scotland|(?:Northern )?Ireland)\b",
    re.IGNORECASE,
)
"""Words on where a law is law."""
EVERYWHERE = "E+W+S+N.I."
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}")
"""The label of a revised text, in which its publisher marks extents."""
_KEPT = re.compile(r"eu(?:r|dn|dr|t)/")
"""Ids of the law of the EU of which legislation.gov.uk keeps a text, revised as the law of the United Kingdom."""
DRAFT = re.compile(r"[a-z]{1,4}ds[ir]/\d{4}/(97[89]\d{10})")
"""A draft instrument, which has the number of its print."""


def is_law(family: Sequence[Row]) -> bool:
    """Return whether a family is an instrument of law: its text is structured, or it has its place among the laws."""
    top = family[0]
    return top["representation"] == "structured" or bool(ITEM.fullmatch(top["id"]) or EU_ACT.fullmatch(top["id"]))


def begins_in_parts(top: Row, rows: Sequence[Row]) -> bool:
    """Whether provisions of a law that is in force in parts have begun, and on which day each did is not known."""
    begun = [row for row in rows if row["kind"] == "changed" and row["status_before"] != row["status_after"]]
    return (
        top["in_force"] in ("in parts", "at least in part")
        and len(begun) > 1
        and not all(row["occurred"] for row in begun)
    )


def applies(top: Row, rows: Sequence[Row]) -> Iterator[Sentence]:
    """Yield from when changed provisions apply; where there are several dates, each with its provisions or none."""
    changes = provisions.of_provisions([row for row in rows if row["kind"] in OF_PROVISIONS and row["law"]])
    dated: dict[str, list[Sentence]] = {}
    for row in changes:
        if row["occurred"]:
            named = dated.setdefault(row["occurred"][:10], [])
            called = provisions.name(row)
            named += [called] * (called not in named)
    if begins_in_parts(top, rows):
        yield say("in force in parts")
    elif len(dated) == 1 and all(row["occurred"] for row in changes):
        yield say("applies from", day=structure(day(next(iter(dated)))))
    elif len(dated) in range(2, DATED + 1) and all(row["occurred"] for row in changes):
        each = [
            say("from day", named=name_list(named, NAMED), day=structure(day(date)))
            for date, named in sorted(dated.items())
        ]
        yield say("applies from several", each=chain("semicolon", each))
    elif dated:
        yield say("applies in parts")


def corrects(rows: Sequence[Row]) -> Iterator[Sentence]:
    """Yield that a consolidation of the EU was produced again for the same day, else of which day it is."""
    for row in rows:
        old, new = (union.CONSOLIDATION.match(row[name]) for name in ("label_before", "label_after"))
        if old is not None and new is not None and old[0] == new[0]:
            yield say("text corrected", day=structure(day(f"{new['year']}-{new['month']}-{new['day']}")))
            return
    yield from union.of_changes(rows)


def made(store: Store, top: Row) -> Row | None:
    """Return what happened to a law on its date of publication: it was enacted, made, adopted."""
    return families.dated(store, top["id"], tuple(MADE), top["published"]) if top["published"] else None


def of_new(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield when a new instrument was made, what it does to others that we hold, and when it is in force."""
    in_parts = top["in_force"] in ("in parts", "not yet")
    # Beside "in force in parts" the day of enactment would read as the one on which it began.
    if not in_parts and (event := made(store, top)) is not None:
        yield say(event["event"], day=structure(day(event["date"])))
    elif not in_parts and len(days := families.days(store, top["id"], "adopted")) == 1:
        yield say("adopted", day=structure(day(days[0])))
    yield from _ended(store, top)
    yield from _validity(store, top)
    of_kind: dict[str, list[Sentence]] = {}
    for row in families.related(store, top["id"], VERBS):
        of_kind.setdefault(row["relation"], []).append(_named(row["title"]))
    for relation, titles in of_kind.items():
        yield say("made by", verb=say(relation), instrument=name_list(titles, NAMED))
    if is_union(top):
        yield from begins.of_day(top["in_force"])
        yield from union.of_new(store, top)
    else:
        yield from begins.sentences(store, top)


def _ended(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield by what a law is repealed or revoked as a whole and from when, as its publisher lists it.

    Of one that it lists without a day, and that counts as over because that instrument is of years ago, it says so.
    """
    is_over = top["status"] in ENDED
    for row in families.endings(store, top["id"])[:1]:
        how, title = source(row["type"]), str(row["affecting_title"])
        if not _stays(row["type"]):
            how = say("with exceptions", how=source(row["type"].partition(" (")[0]))
        found = {"how": how, "act": _named(title) if title and _stays(title) else instrument(row["affecting"], "")}
        days = [each for each in row["in_force"].split(", ") if each[:1].isdigit()]
        yield (
            say("listed as ended from", **found, day=structure(day(days[0])))
            if days
            else say("listed as ended since" if is_over else "listed as ended", **found)
        )


def ending_in_full(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield in its publisher's words what is excepted from the repeal of a law, where its summary has no room."""
    for row in families.endings(store, top["id"])[:1] if ITEM.fullmatch(top["id"]) else ():
        if not _stays(row["type"]):
            yield say("listed in full", how=source(row["type"]), act=instrument(row["affecting"], ""))


def _named(title: str) -> Sentence:
    """Return the whole title of a law inside a sentence, with its article."""
    return law_headlines.called(title, word_limits.words(title) + 1)


def _stays(words_of_it: str) -> bool:
    """Whether words of a source stay whole in a summary however little room it has."""
    return word_limits.words(words_of_it) <= word_limits.TITLES[-1]


def _validity(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield on which one day the validity of an act of the EU ended, or ends."""
    days = families.days(store, top["id"], "end of validity")
    if len(days) == 1:
        is_over = days[0] <= str(top["first_seen"])[:10]
        yield say("validity ended" if is_over else "validity ends", day=structure(day(days[0])))


def place(store: Store, top: Row) -> str:
    """Return where a document applies; nothing for a law of the United Kingdom of whose extent nothing is known.

    That an Act is law in the whole of it goes without saying: it is told of one that was read and says nothing else.
    """
    stated = str(top["jurisdiction"])
    if top["kind"] not in ("act", "si", "draft_si") or stated != "United Kingdom" or top.get("extent"):
        return stated
    is_read = top["kind"] == "act" and top["representation"] == "structured" and not top["partial"]
    rows = wordings.headings(store, top["id"]) if is_read else []
    return stated if rows and not any(_EXTENDS.search(f"{row['heading']}. {row['text']}") for row in rows) else ""


def whole_extent(top: Row) -> Iterator[Sentence]:
    """Yield that an instrument is marked as extending to all of the United Kingdom: it may apply in less of it.

    And that a text of the law of the EU is the one that was kept for the United Kingdom.
    """
    if not _DATED.fullmatch(str(top["label"] or "")):
        return
    if _KEPT.match(top["id"]):
        yield say("kept for the kingdom")
    elif top["kind"] == "si" and top.get("extent") == EVERYWHERE:
        yield say("extends everywhere")


def as_made(top: Row) -> Iterator[Sentence]:
    """Yield that a law of the United Kingdom was read in its first text, which later changes are not worked into."""
    if ITEM.fullmatch(top["id"]) and top["representation"] == "structured" and top["label"] in MADE:
        yield say("text as made", made=structure(MADE[top["label"]]))


def is_union(top: Row) -> bool:
    """Whether a document is an act of the EU, known by its CELEX number, or without one by its name in the journal."""
    is_numbered = str(top["id"]).startswith("celex:")
    return is_numbered or (top["kind"] in _UNION and str(top["id"]).startswith(("oj:", "eli:", "cellar:")))


def superseded_drafts(store: Store, document: str) -> Iterator[Sentence]:
    """Yield what took the place of a draft, as its publisher states it: the instrument as made, or a later draft."""
    for row in families.targets(store, document, "superseded by"):
        if draft := DRAFT.fullmatch(row["target"]):
            yield say("superseded by draft", number=structure(f"ISBN {draft[1]}"))
        elif ITEM.fullmatch(row["target"]):
            yield say("made as", instrument=instrument(row["target"], ""))


def instrument(name: str, title: str) -> Sentence:
    """Return an instrument for readers: by its title where we hold it, else by its series and number.

    >>> str(instrument("uksi/2026/123", "")), str(instrument("uksi/2026/123", "Sample Order 2026"))
    ('SI 2026/123', 'Sample Order 2026')
    """
    return source(title) if title else structure(called(name))
