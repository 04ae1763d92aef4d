"""No entry on law of the recordings says what is stored nowhere, ends in the middle or lists a document twice."""

import json
import re
import sqlite3
from collections.abc import Iterator

import pytest

from crawler.changes.law import names_law, rank
from crawler.changes.marks import NOTE
from crawler.entries.provisions import HOLDING
from crawler.identifiers.acts import ITEM
from tests.entries import audit
from tests.recordings import build, library

pytestmark = pytest.mark.recorded

_PROVISION = re.compile(r"((?:article|paragraph|regulation|rule|section)-[^-]+)-.*")
PREFIXES = ("procedure:", "bill:", "ep:")
"""Ids of what is on the way to become law."""


def is_of_law(document: str) -> bool:
    return names_law(document) or document.startswith(PREFIXES)


def entries(connection: sqlite3.Connection) -> Iterator[sqlite3.Row]:
    """Yield the entries on law."""
    connection.row_factory = sqlite3.Row
    for entry in connection.execute("select * from entries where document is not null order by n"):
        if is_of_law(str(entry["document"])):
            yield entry


def faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what is wrong with the entries on law: entry, class of fault, words."""
    for entry in entries(connection):
        said = f"{entry['title']} {entry['summary']}"
        documents = [
            str(row[0])
            for row in connection.execute("select document from entry_sections where entry=?", (entry["n"],))
        ]
        family = sorted({str(entry["document"]), *documents})
        stored = audit.stored(connection, family)
        known = audit.facts(connection, family) | audit.days(" ".join(audit.words(connection, family)))
        found = [("quotation", words) for words in audit.unfounded(said, stored)]
        found += [("day", day) for day in sorted(audit.days(said) - known)]
        found += [("open end", words) for words in audit.open_ends(str(entry["summary"]))]
        if audit.is_late(entry["verb"], entry["seen"], audit.dated(connection, str(entry["document"]))):
            found.append(("old", str(entry["title"])))
        if entry["kind"] == "changed" and not _is_counted(entry):
            found.append(("count", str(entry["title"])))
        found += [("place", each) for each in _places(connection, entry)]
        found += [("part", str(entry["title"])) for _ in _parts(connection, entry)]
        found += [("version", label) for label in _versions(connection, entry)]
        found += [("in force", each) for each in _begun(connection, entry)]
        if repeated := audit.repeated(str(entry["summary"])):
            found.append(("repeated", repeated))
        yield from (f"e{entry['n']} {entry['document']} {kind}: {words}" for kind, words in found)


def _places(connection: sqlite3.Connection, entry: sqlite3.Row) -> Iterator[str]:
    """Yield the place of a law of the United Kingdom that lies beyond its extent."""
    rows = connection.execute("select extent from documents where id=?", (entry["document"],))
    if ITEM.fullmatch(str(entry["document"])) and not entry["document"].startswith("eu"):
        yield from (entry["jurisdiction"] for row in rows if audit.is_beyond(entry["jurisdiction"], row["extent"]))


def _parts(connection: sqlite3.Connection, entry: sqlite3.Row) -> Iterator[str]:
    """Yield a new law of the United Kingdom of which one part was read, where its entry does not say so."""
    rows = connection.execute(
        "select v.id from documents d join versions v on v.id=d.current where d.id=? and v.partial=1",
        (entry["document"],),
    )
    is_silent = entry["kind"] == "new" and not audit.tells_part(entry["summary"])
    yield from (row["id"] for row in rows if is_silent and ITEM.fullmatch(str(entry["document"])))


def _versions(connection: sqlite3.Connection, entry: sqlite3.Row) -> Iterator[str]:
    """Yield the label of the text that was read of a new law where it is of a day that its entry does not tell."""
    rows = connection.execute(
        "select label from versions where document=? and partial=0 and representation='structured'",
        (entry["document"],),
    ).fetchall()
    # Of several the entry may tell of an earlier one than is shown.
    for (label,) in rows if entry["kind"] == "new" and len(rows) == 1 else ():
        on = audit.day_of_label(str(label))
        if on and on not in audit.days(entry["summary"]):
            yield str(label)


def _begun(connection: sqlite3.Connection, entry: sqlite3.Row) -> Iterator[str]:
    """Yield the day on which a new law came into force as a whole where that is stated and its entry tells no day."""
    rows = connection.execute(
        "select distinct date from commencements where document=? and path='' and state='in force' and date<>''"
        " and qualification='' and not is_rest",
        (entry["document"],),
    )
    versions = connection.execute("select count(*) from versions where document=?", (entry["document"],)).fetchone()[0]
    days = {str(row["date"]) for row in rows} if entry["kind"] == "new" and versions == 1 else set[str]()
    told = audit.days(entry["summary"]) | {day for day in days if day in str(entry["in_force"])}
    yield from () if days & told or entry["in_force"] == "not yet" else sorted(days)[:1]


def _is_counted(entry: sqlite3.Row) -> bool:
    """Whether a headline counts the provisions that its entry lists; a schedule told for all in it is one of them.

    Parts of one provision may count as one.
    """
    number, document = audit.counted(entry["title"]), str(entry["document"])
    paths = {each["path"] for each in json.loads(entry["details"]) if each["document"] == document}
    ranks = [str(rank(path, eu=document.startswith("celex:"))) for path in paths if NOTE not in path]
    least = {_PROVISION.sub(r"\1", path) for path in paths if NOTE not in path}
    return not number or len(least) - sum(map(ranks.count, HOLDING)) <= number <= len(ranks)


def test_what_entries_on_law_say_is_stored(tmp_path_factory: pytest.TempPathFactory) -> None:
    if not library.is_there():
        pytest.skip("no recordings beside this checkout (../shared)")
    with sqlite3.connect(build.once(tmp_path_factory) / "data" / "public.db") as connection:
        assert sum(1 for _ in entries(connection)) > 100
        assert list(faults(connection)) == []
