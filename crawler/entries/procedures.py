"""Procedures of the EU and bills: what happened in one last, and on which day, and the act that came of it."""

import re
from collections.abc import Iterator

from crawler.entries.dates import day, is_stale
from crawler.entries.law import instrument
from crawler.entries.templates import Sentence, name_list, say, source, structure
from crawler.outbox import Family
from crawler.reconcile.facts import COMPLETED
from crawler.store import Row, Store, families, wordings

NAMED = 3
"""Most events of the last day that are named."""
PROPOSED = "Legislative proposal published"
"""The event that begins a procedure towards a law, in the words of its publisher."""
TEXTS = "ep:"
"""Ids of texts of the European Parliament begin so."""
_BEGINS = re.compile(
    r"\b(?:the|these|this) (?:amendments?|decision|rules|provisions?) (?:shall|will|is to|are to) enter into force on"
    r" [^.;:]{4,80}",
    re.IGNORECASE,
)
_ADOPTED = re.compile(r"\bTexts adopted\s*:\s*(P\d{1,2}_TA\(\d{4}\)\d{4})")
"""What the page of a text that was put to the vote says of the text that Parliament adopted."""
PREFIX = "procedure:"
"""Ids of procedures begin so."""


def is_under_way(store: Store, top: Row) -> bool:
    """Return whether a procedure had begun long before it was first seen."""
    begun = families.first_event(store, top["id"]) if str(top["id"]).startswith(PREFIX) else ""
    return bool(begun) and is_stale({**top, "published": begun})


def events(store: Store, due: Family, top: Row, kind: str) -> Iterator[Sentence]:
    """Yield the last event of a procedure up to what is told of it, and its final act; the Act that a bill became."""
    if top["kind"] == "bill" and kind in ("new", "status"):
        for relation, became in (("became", "became an act"), ("final act", "adopted as")):
            for row in families.targets(store, due.root, relation):
                yield say(became, act=instrument(row["target"], row["title"]))
    if str(top["id"]).startswith(TEXTS) and kind == "new" and not top["private"]:
        yield from _begins(store, top)
        yield from _adopted(store, top)
    document, until = due.root, max(str(top["updated"] or ""), *(str(row["seen"]) for row in due.rows))
    if not document.startswith(PREFIX) or kind not in ("new", "status", "date"):
        return
    proposed = families.days(store, document, PROPOSED)
    if kind == "new" and len(proposed) == 1:
        is_open = top["status"] != COMPLETED and not families.targets(store, document, "final act")
        yield say("proposal, not law" if is_open else "proposal published", day=structure(day(proposed[0])))
    if last := families.last_events(store, document, until):
        named = name_list([structure(row["event"]) for row in last], NAMED)
        yield say("last event", event=named, day=structure(day(last[0]["date"])))
    for row in families.targets(store, document, "final act"):
        yield say("final act", act=instrument(row["target"], row["title"]))


def _begins(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield when what a text of the European Parliament decides or proposes enters into force, in its own words."""
    found = (_BEGINS.search(row["text"]) for row in wordings.headings(store, top["id"]))
    said = list(dict.fromkeys(match[0].strip(" ,") for match in found if match is not None))
    if len(said) == 1:
        yield say("it says", words=source(said[0]))


def _adopted(store: Store, top: Row) -> Iterator[Sentence]:
    """Yield the number of the text that Parliament adopted, where the page of a motion or report states one."""
    found = {number for row in wordings.headings(store, top["id"]) for number in _ADOPTED.findall(row["text"])}
    if len(found) == 1:
        yield say("text adopted", number=source(found.pop()))
