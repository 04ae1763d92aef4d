"""Series and editions: which edition follows which, which of a series it is, and which was not seen by us."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from crawler.entries import word_limits
from crawler.entries.dates import day
from crawler.entries.templates import Sentence, say, source, structure
from crawler.entries.titles import short as short_title
from crawler.entries.values import Entry
from crawler.model import digest_of
from crawler.store import Row, Store, families, series
from crawler.text import canonical, moment, stamp
from crawler.wording import often

MAX_TITLE_CHARACTERS = 60
"""Most characters of the title of an edition inside a summary."""


def missed_editions(store: Store, crawl: str, clock: datetime) -> Iterator[Entry]:
    """Yield an entry for each edition that is missed now and was not before, and note that it is told.

    None is made while the sources cannot be checked, nor for an edition that was due before they were watched.
    """
    for row in series.rows(store):
        since = series.watched_since(store, row)
        if row["state"] != "not seen by us" or row["expected_until"] is None or since is None:
            continue
        for number, until in enumerate(_missed(row, moment(since).date(), clock.date())):
            name = digest_of("series", row["id"], number, crawl)[:20]
            yield _entry(store, row, until, {"id": name, "crawl": crawl, "seen": stamp(clock)})
            series.settle(store, row["id"], {"announced": until.isoformat()})


def _missed(row: Row, since: date, today: date) -> Iterator[date]:
    """Yield the last days of the windows that are over without an edition, and of which no entry told.

    A window that ends less than half a period after one that was told is the same: its first day was only corrected.
    """
    every, until = timedelta(seconds=row["every"]), date.fromisoformat(row["expected_until"])
    told = date.fromisoformat(row["announced"]) + every / 2 if row["announced"] else date.min
    while until < today:
        if until >= since and until > told:
            yield until
        until += every


def _entry(store: Store, row: Row, until: date, known: Row) -> Entry:
    newest = series.newest_shown(store, row) or {"title": "", "url": "", "date": row["newest_date"], "stated": ""}
    of_series = series.sources(store, row)[0]
    due = structure(day(until.isoformat()))
    room = word_limits.HEADLINE - word_limits.words(str(say("missed", title=structure(""), day=due)))
    return Entry(
        row={
            **known,
            "kind": "late",
            "verb": "Not seen",
            "url": newest["url"],
            "jurisdiction": of_series["jurisdiction"],
            "publisher": row["publisher"],
            "source": of_series["id"],
            "document_kind": row["kind"],
        },
        title=say("missed", title=short_title(row["name"], room), day=due),
        summary=_summary(row, newest),
    )


def _summary(row: Row, newest: Row) -> list[Sentence]:
    held = structure(day(newest["stated"] or newest["date"]))
    short = word_limits.cut(newest["title"], word_limits.SUMMARY, MAX_TITLE_CHARACTERS)
    return [
        say("newest held, titled", day=held, title=source(short)) if short else say("newest held", day=held),
        say("cadence", often=structure(often(timedelta(seconds=row["every"])))),
        say("last read", day=structure(day(row["checked"]))),
    ]


def edition_note(store: Store, rows: Sequence[Row]) -> Iterator[Sentence]:
    """Give, where an entry tells of a new edition, of which series it is, and which edition it follows."""
    appeared = [row["document"] for row in rows if row["kind"] == "new"]
    for row in series.memberships(store, appeared) if appeared else []:
        name, dated = source(row["name"]), row["stated"] or row["date"]
        if row["follows"] is None:
            yield say("first edition", series=name)
        elif dated:
            yield say("edition after", series=name, day=structure(day(dated)))
        else:
            yield say("edition", series=name)
        if row["follows"] is not None and (title := families.title(store, row["follows"])):
            yield say("one before", title=source(title))


NEVER = frozenset({
    "legislation", "act", "asp", "si", "draft_si", "bill", "directive", "regulation", "decision", "treaty", "case_law",
    "debate", "parliament", "news", "case",
})  # fmt: skip
"""Kinds whose titles differ by year or number without being editions of one another."""
_COUNTED = re.compile(
    r"\b(?:19|20)\d\d/(?:19|20)?\d\d\b|(?<![/\d])"
    r"\b(?:v(?:er(?:sion)?)?\.?\s?)?\d+(?:[.-]\d+)*(?:st|nd|rd|th)?\b(?!/)|\b(?:january|february|march|april|may|june|july"
    r"|august|september|october|november|december|spring|summer|autumn|winter|first|second|third|fourth|annual"
    r"|one|two|three|four|q[1-4]|i{1,3}|iv|v|vi{1,3}|ix|x)\b"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b")
BEFORE = ("one before", "one before of")
"""Templates of what was there before: about another document, and so said last."""
MIN_OTHER_WORDS = 2
"""Fewest other words of a title for two titles to be those of editions."""


def follows(store: Store, top: Row) -> tuple[Sentence, ...]:
    """Return which edition a new document follows, where its publisher or its title says that it is a later one."""
    replaced = families.related(store, top["id"], ("replaces", "supersedes"))
    if replaced and canonical(replaced[0]["title"]) == canonical(top["title"]):
        return (say("replaces namesake"),)
    if replaced:
        return (say("replaces", title=source(replaced[0]["title"])),)
    counted = top["kind"] not in NEVER and _form(top["title"])
    before = _before(top, families.namesakes(store, top)) if counted else None
    if before is None:
        return ()
    title = source(before["title"])
    if before["published"]:
        return (say("one before of", title=title, day=structure(day(before["published"]))),)
    return (say("one before", title=title),)


def _before(top: Row, others: Sequence[Row]) -> Row | None:
    """Return of the documents with the same title, but for years and numbers, the last one before a document."""
    form, numbers = _form(top["title"]), _numbers(top["title"])
    same = [row for row in others if _form(row["title"]) == form and _numbers(row["title"]) != numbers]
    before = max((row for row in same if _order(row) < _order(top)), key=_order, default=None)
    return None if before is None or _dated_after(before, top) else before


def _dated_after(row: Row, top: Row) -> bool:
    """Return whether a document is of the same day as another one or of a later one, as far as both are dated."""
    one, other = (str(each["published"] or "")[:10] for each in (row, top))
    return bool(one and other) and one >= other


def _order(row: Row) -> tuple[list[int], list[int], str, str]:
    """Return the place of an edition among others: by the years and months of its title, by its date, by its id."""
    years = [int(each) for each in re.findall(r"\b(?:19|20)\d\d\b", row["title"])]
    months = [_MONTHS.index(each[:3]) for each in _MONTH.findall(canonical(row["title"]).casefold())]
    return years, months, row["published"] or "", row["id"]


def _form(title: str) -> str:
    """Return a title without what counts its editions, empty where nothing does or too little is left.

    >>> _form("Annual Report 2024-25"), _form("Annual report on trafficking 2025"), _form("Guidance on referral")
    ('', 'report on trafficking', '')
    """
    plain = canonical(title).casefold()
    bare = " ".join(re.findall(r"\w+", _COUNTED.sub(" ", plain)))
    counted = any(mark.isdigit() for mark in plain)
    return bare if counted and len(bare.split()) >= MIN_OTHER_WORDS else ""


def _numbers(title: str) -> tuple[str, ...]:
    return tuple(_COUNTED.findall(canonical(title).casefold()))
