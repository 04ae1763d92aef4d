"""Tools about one document: its facts, a provision of it, two of its versions compared, and how to cite it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from crawler import wording
from crawler.feeds import plain as forms
from crawler.mcp import answers
from crawler.mcp.desk import Desk, held, limits, origin, pages, place
from crawler.mcp.values import MAX_WORDS, Quoted, plain, quoted
from crawler.model import Word
from crawler.public import changes, documents, effects, entries, versions
from crawler.public.database import Connection, Row
from crawler.public.standing import reading
from crawler.publish import comparing, in_force, provisions
from crawler.publish.comparing import Pair
from crawler.publish.entries import context_of, label, places
from crawler.publish.server.responses import MissingError
from crawler.wording import changed, day, minute

MAX_CONTENTS = 200
MAX_VERSIONS = 20
MAX_ENTRIES = 10
MAX_TEXT = 20_000
"""Most characters of one answer that are the text of a provision."""
MAX_ROWS = 50
"""Most rows in which one very long provision is kept that are read at once."""
MAX_NOTES = 30
MAX_DIFFERENCES = 50
MAX_DIFFERENT = 20_000
"""Most characters of the differences of one answer."""
STREAM = ("representation", "language")
"""What two versions must share to be compared."""
OPS = {"=": "kept", "-": "removed", "+": "added"}


def document(connection: Connection, desk: Desk, id: str, part: int) -> answers.Document:
    """Return a document, with a part of the contents of the version shown.

    Raises:
        MissingError: there is no such document.
    """
    found = held(connection, id)
    around = documents.surroundings(connection, found)
    listed = versions.contents(connection, versions.section_numbers(connection, found["current"] or ""))
    first, following = pages(len(listed), part, MAX_CONTENTS)
    (row,) = documents.origins(connection, [found["id"]])
    return answers.Document(
        about=limits(connection, desk, [source["id"] for source in around["listed"]]),
        document=plain(found["id"]),
        title=quoted(found["title"]),
        kind=found["kind"],
        jurisdiction=found["jurisdiction"],
        issuer=quoted(found["issuer"]),
        extent=quoted(found["extent"]),
        summary=quoted(found["summary"]),
        status=plain(found["status"]),
        in_force=found["in_force"],
        availability=found["availability"],
        published=found["published"] or "",
        updated=found["updated"] or "",
        first_seen=found["first_seen"],
        in_round_up=found["band"] == "in",
        text_is_shown=bool(found["has_copy"] and found["current"]),
        version=found["current"] or "",
        versions=tuple(version_line(one) for one in versions.versions(connection, found["id"])[:MAX_VERSIONS]),
        contents=tuple(
            answers.ContentsLine(path=plain(one["path"]), where=place(one)) for one in listed[first:][:MAX_CONTENTS]
        ),
        next_part=following,
        outstanding_effects=effects.outstanding(connection, found["id"])["total"],
        removed_from=tuple(one["name"] for one in around["unlisted"]),
        entries=tuple(
            answers.EntryLine(entry=one["id"], headline=quoted(one["title"]), seen=one["seen"], state=one["state"])
            for one in changes.entries(connection, found["id"])[:MAX_ENTRIES]
        ),
        origin=origin(row, desk.page(found["id"])),
    )


def version_line(row: Row) -> answers.VersionLine:
    """Return a version in a line."""
    return answers.VersionLine(
        id=row["id"],
        label=quoted(row["label"]),
        valid_from=row["valid_from"] or "",
        captured=row["captured"],
        format=row["representation"],
        partial=bool(row["partial"]),
    )


def provision(connection: Connection, desk: Desk, id: str, path: str, version: str, offset: int) -> answers.Provision:
    """Return a provision as it stands in a version, that shown where none is named, from a character on.

    Raises:
        MissingError: there is no such document or version, or nothing that would hold the provision.
    """
    found = held(connection, id)
    shown = versions.version(connection, found["id"], version or found["current"] or "")
    if shown is None or found["private"]:
        raise MissingError("No text of this document is kept here, or it has no such version.")
    numbers = versions.section_numbers(connection, shown["id"])
    there = versions.place(connection, found["id"], numbers, path)
    if there is None:
        raise MissingError("This text has no such provision; the contents of the document give the paths that it has.")
    position, own_path, is_there = there
    section = versions.sections(connection, numbers[position : position + MAX_ROWS])[0]
    text = _part(section, path if is_there else own_path)
    told = in_force.of_text(connection, found, shown, [section], reading(connection).clock[:10]).get(own_path)
    piece = text[offset : offset + MAX_TEXT] if found["has_copy"] else ""
    official = provisions.official(found["id"], found["url"], path if is_there else own_path)
    (row,) = documents.origins(connection, [found["id"]], version=shown["id"])
    return answers.Provision(
        about=limits(connection, desk, [one["id"] for one in documents.surroundings(connection, found)["listed"]]),
        document=plain(found["id"]),
        title=quoted(found["title"]),
        path=plain(path if is_there else own_path),
        missing=not is_there,
        where=place(section, path if is_there else own_path),
        text=Quoted(quoted=plain(piece), cut=len(text) > offset + len(piece)),
        text_is_shown=bool(found["has_copy"]),
        next_offset=offset + MAX_TEXT if found["has_copy"] and len(text) > offset + MAX_TEXT else None,
        in_force=told.sentence if told else "",
        stated=tuple(_line(one) for one in told.steps[:MAX_NOTES]) if told else (),
        notes=tuple(_line(one) for one in told.notes[:MAX_NOTES]) if told else (),
        outstanding_effects=effects.outstanding(connection, found["id"])["total"],
        version=version_line(shown),
        origin=origin(row, desk.page(found["id"], path if is_there else own_path), official=official),
    )


def _part(section: Row, path: str) -> str:
    """Return the text of a section, or of the sub-provision with a path."""
    text: str = section["text"]
    for name, start, end in json.loads(section["parts"]):
        if name == path:
            return text[start:end]
    return text


def _line(line: in_force.Line) -> Quoted:
    return quoted(f"{line.words} ({line.name})" if line.name else line.words)


def pair(connection: Connection, id: str, earlier: str, later: str) -> tuple[Row, Pair]:
    """Return a document and two of its versions, the newest two of one kind where none are named.

    Raises:
        MissingError: there is no such document or version, or no two.
    """
    found = held(connection, id)
    listed = versions.versions(connection, found["id"])
    current = next((one for one in listed if one["id"] == found["current"]), listed[0] if listed else None)
    same = [one["id"] for one in listed if current and all(one[name] == current[name] for name in STREAM)]
    last = later or (same[0] if same else "")
    first = earlier or next(iter(same[same.index(last) + 1 :] if last in same else same), "")
    if found["private"] or not first or not last:
        raise MissingError("Of this document no two versions are held that can be compared.")
    return found, comparing.pair(connection, found, first, last)


def comparison(connection: Connection, desk: Desk, found: Row, shown: Mapping[str, Any]) -> answers.Comparison:
    """Return two versions compared, from what a page shows of them."""
    told = shown.get("differences", [])
    kept = differences(
        [
            (
                changed(one["verb"] or one["kind"]),
                one["path"],
                one["where"],
                one["significance"],
                one["flags"],
                one["words"],
            )
            for one in told[:MAX_DIFFERENCES]
        ]
    )
    (row,) = documents.origins(connection, [found["id"]], version=shown["new"]["id"])
    return answers.Comparison(
        about=limits(connection, desk, [one["id"] for one in documents.surroundings(connection, found)["listed"]]),
        document=plain(found["id"]),
        title=quoted(found["title"]),
        earlier=version_line(shown["old"]),
        later=version_line(shown["new"]),
        refusal=shown.get("refusal", ""),
        differences=kept,
        more=len(told) - len(kept) + shown.get("more", 0),
        origin=origin(row, desk.page(found["id"])),
    )


Told = tuple[str, str, str, str, Sequence[str], Sequence[Word]]
"""What happened, the path, where that is in words, the significance, flags in words, and the words."""


def differences(told: Sequence[Told]) -> tuple[answers.Difference, ...]:
    """Return differences until their words fill an answer."""
    found, room = list[answers.Difference](), MAX_DIFFERENT
    for what, path, where, significance, flags, words in told:
        runs = tuple(answers.Run(op=OPS[one.op], words=quoted(one.text, MAX_WORDS)) for one in words if one.text)
        room -= sum(len(run.words.quoted) for run in runs)
        if room < 0 and found:
            break
        found.append(
            answers.Difference(
                what=what,
                path=plain(path),
                where=quoted(where),
                significance=significance,
                flags=tuple(flags),
                words=runs,
            )
        )
    return tuple(found)


def of_entry(connection: Connection, desk: Desk, id: str) -> answers.Citation:
    """Return how to cite an entry.

    Raises:
        MissingError: there is no such entry.
    """
    found = entries.surroundings(connection, id)
    if found is None:
        raise MissingError("There is no entry with this id.")
    shown, row = found.entry, found.document
    source = {"url": shown.url, "publisher_name": shown.publisher_name, "checked": "", **row}
    source |= {"captured": shown.capture_time, "digest": shown.capture_digest}
    line = forms.citation(shown, desk.feed, context_of(found, desk.feed, places(found)))
    return answers.Citation(
        about=limits(connection, desk, [shown.source]),
        citation=quoted(line, MAX_WORDS * 3),
        tag=desk.feed.entry_id(shown),
        origin=origin(source, desk.feed.address(f"entry/{shown.id}")),
    )


def of_document(connection: Connection, desk: Desk, id: str, path: str, version: str) -> answers.Citation:
    """Return how to cite a document as it was read, or a provision of it.

    Raises:
        MissingError: there is no such document or version.
    """
    found = held(connection, id)
    shown = versions.version(connection, found["id"], version or found["current"] or "")
    if shown is None and version:
        raise MissingError("This document has no such version.")
    (row,) = documents.origins(connection, [found["id"]], version=shown["id"] if shown else "")
    official = provisions.official(found["id"], found["url"], path) if path else ""
    source = origin(row, desk.page(found["id"], path), official=official)
    dated = found["updated"] or found["published"]
    what = (
        source.publisher.quoted,
        f"“{found['title']}”",
        label(shown) if shown else "",
        wording.provision(path) or path.replace("-", " "),
        f"{'updated' if found['updated'] else found['published_as']} {day(dated)}" if dated else "",
        source.official,
    )
    read = (
        f"as read on {minute(source.captured)}" if source.captured else "",
        f"SHA-256 {source.sha256}" if source.sha256 else "",
        source.page,
    )
    return answers.Citation(
        about=limits(connection, desk, [one["id"] for one in documents.surroundings(connection, found)["listed"]]),
        citation=quoted(forms.cited(what, read), MAX_WORDS * 3),
        tag="",
        origin=source,
    )
