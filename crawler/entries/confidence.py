"""How sure we are of an entry: in sentences with the reason, never as a number."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote_plus

from crawler.bodies.dated import lone_days
from crawler.bodies.imprint import day_in
from crawler.entries.dates import day
from crawler.entries.templates import Sentence, say, structure
from crawler.store import Row

_READ = {
    "structured": "read from structured text", "html": "read from HTML", "office": "read from an office file",
    "pdf": "read from a PDF", "table": "read from a table", "summary": "read from a summary",
}  # fmt: skip
_FILES = frozenset({"pdf", "office", "table"})
_DAY = re.compile(r"\b\d{4}(?:-\d\d){0,2}\b")
_JOURNAL = re.compile(r"[?&]uri=(?:uriserv:)?OJ:(?P<series>[LC]):(?P<year>\d{4}):(?P<number>\d+):")
_ISSUE = re.compile(r"\((?P<year>\d{4})/(?P<series>[LC]) (?P<number>\d+)/\d+\)$")
"""An issue of the Official Journal, in an address and at the end of a title."""


def read_certainty(
    family: Sequence[Row],
    dated: Row | None,
    problems: Mapping[str, str],
    *,
    confirmed: bool,
    made: str = "",
    lines: Sequence[str] = (),
) -> tuple[Sentence, ...]:
    """Return how an entry was read: ``family`` is the documents, its top first, ``dated`` where its date stands.

    ``problems`` are those of the captures that were read, as JSON, by document. ``made`` is what happened to a law on
    the date that is shown as that of its publication, if it was not published then but made or enacted. ``lines`` are
    the first of a table.
    """
    unsure = () if confirmed else (say("not confirmed"),)
    if family[0]["published"] in lone_days(lines):
        unsure = (*unsure, say("date alone", day=structure(day(family[0]["published"]))))
    return (*unsure, *_of_date(family[0], dated, made, problems), *_of_text(family, problems), *_of_journal(family[0]))


def _of_journal(top: Row) -> Iterator[Sentence]:
    """Yield that an address of the Official Journal names another issue than the title of the text that was read."""
    asked, read = _JOURNAL.search(unquote_plus(str(top["url"]))), _ISSUE.search(str(top["title"]))
    if asked and read and (asked["series"], int(asked["number"])) != (read["series"], int(read["number"])):
        named = [structure(f"OJ {each['series']} {int(each['number'])} of {each['year']}") for each in (asked, read)]
        yield say("another journal", asked=named[0], read=named[1])


def dated_in(top: Row) -> str:
    """Return where the date of a file is that no page states: at the end of its ``title``, or of its ``name``."""
    if top["representation"] not in (None, *_FILES) or not top["published"]:
        return ""
    named = {"title": str(top["title"]), "name": unquote_plus(str(top["url"]).rpartition("/")[2])}
    return next((where for where, name in named.items() if day_in(name) == top["published"]), "")


def _of_date(top: Row, dated: Row | None, made: str, problems: Mapping[str, str]) -> Iterator[Sentence]:
    if top["published"] is None:
        yield say("no date")
    elif made:
        yield say(f"day of {made}")
    elif dated is not None and not dated["own"]:
        yield say("date read from a list")
    elif where := dated_in(top):
        yield say(f"date in {where}")
    elif top["representation"] in _FILES:
        yield say("date read from a PDF" if top["representation"] == "pdf" else "date read from a file")
    elif dated is not None:
        yield say("date read from the publisher's page")
        for each in json.loads(problems.get(top["id"], "{}")).values():
            if top["representation"] == "html" and (days := _DAY.findall(each.get("differing date", ""))):
                yield say("date in metadata", day=structure(day(days[-1])))


def _of_text(family: Sequence[Row], problems: Mapping[str, str]) -> Iterator[Sentence]:
    top = family[0]
    read = next((each for each in family if each["representation"] not in (None, "summary")), top)
    kinds = {kind for found in json.loads(problems.get(read["id"], "{}")).values() for kind in found}
    if read["representation"] is None or (read["representation"] == "summary" and not read["summary"]):
        yield say("nothing read")
        return
    if "scanned" in kinds:
        yield say("read from a scan")
    else:
        yield say(_READ[read["representation"]])
    if read["partial"]:
        yield say("part read")
