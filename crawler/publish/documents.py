"""The page of one document: its facts, its history, two versions compared, and the text of a version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.feeds import telling
from crawler.feeds.words import provision
from crawler.public import documents, versions
from crawler.public.database import Connection, Row
from crawler.publish import comparing, lessons, timeline
from crawler.publish.paths import decode, encode
from crawler.publish.web import MissingError, ask, page, render
from crawler.relevance import borders

MAX_SECTIONS_PER_PAGE = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which text of a document is asked for: a version, that of a day, a provision in it, a part of it; else empty."""

    version: str = ""
    day: str = ""
    provision: str = ""
    part: str = ""


@page
async def document(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of a document; another identifier of it leads there."""
    id = decode(request.url_vars["id"])
    if request.args.get("at") and not _is_day(request.args.get("at")):
        return Response.redirect(_provision_instead(datasette, id, request), status=308)
    held = await ask(datasette, documents.document, id)
    if held is None:
        return await _elsewhere(datasette, request, id)
    asked = Asked(
        version=request.args.get("version") or "",
        day=request.args.get("at") or "",
        provision=request.args.get("provision") or "",
        part=request.args.get("part") or "",
    )
    values = {"d": held, "is_law": held["kind"] in telling.LAW, "borders": borders()}
    values |= await ask(datasette, _around, held)
    values |= await lessons.of(datasette, id)
    if not held["private"]:
        values |= await ask(datasette, _text, held, asked)
        values |= await comparing.compared(datasette, held, request.args.get("from"), request.args.get("to"))
    return await render(datasette, request, "document.html", values)


async def _elsewhere(datasette: Datasette, request: Request, id: str) -> Response:
    """Answer for an id that no document has: one that another name leads to, one that was removed, or nothing."""
    other = await ask(datasette, documents.renamed, id)
    if other:
        query = f"?{request.query_string}" if request.query_string else ""
        return Response.redirect(f"{datasette.urls.path(f'doc/{encode(other)}')}{query}")
    removal = await ask(datasette, documents.removal, id)
    if removal is None:
        raise MissingError("There is no document with this address.")
    return await render(datasette, request, "document_removed.html", removal)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _provision_instead(datasette: Datasette, id: str, request: Request) -> str:
    """Return the address of what ``at`` named before it was kept for days: a provision."""
    given = dict(parse_qsl(request.query_string, keep_blank_values=True))
    provision = given.pop("at")
    query = urlencode({"provision": provision, **given})
    return f"{datasette.urls.path(f'doc/{encode(id)}')}?{query}"


def _around(connection: Connection, held: Row) -> dict[str, Any]:
    """Return what stands around the text of a document, and its history."""
    return documents.surroundings(connection, held) | timeline.history(connection, held)


def _text(connection: Connection, held: Row, asked: Asked) -> dict[str, Any]:
    """Return the version asked for, its contents, and one part of its sections: that with the provision asked for.

    Raises:
        MissingError: there is no such version, or no such part.
    """
    current = versions.version(connection, held["id"], held["current"] or "")
    version = _version(connection, held, current, asked)
    values: dict[str, Any] = {"version": version, "current": current, "asked": asked, "provision": None}
    if version is None:
        return values | {"contents": [], "sections": [], "parts": 0, "part": 1}
    numbers = versions.section_numbers(connection, version["id"])
    parts = max(1, -(-len(numbers) // MAX_SECTIONS_PER_PAGE))
    provision = _provision(connection, held["id"], numbers, asked.provision)
    part = provision["position"] // MAX_SECTIONS_PER_PAGE + 1 if provision and provision["path"] else None
    part = part or _part(asked.part, parts)
    first = (part - 1) * MAX_SECTIONS_PER_PAGE
    here = numbers[first : first + MAX_SECTIONS_PER_PAGE]
    contents = [
        {**line, "part": line["position"] // MAX_SECTIONS_PER_PAGE + 1}
        for line in versions.contents(connection, numbers)
    ]
    return values | {
        "contents": contents,
        "sections": versions.sections(connection, here) if held["has_copy"] else [],
        "parts": parts,
        "part": part,
        "provision": provision,
    }


def _version(connection: Connection, held: Row, current: Row | None, asked: Asked) -> Row | None:
    if asked.version:
        version = versions.version(connection, held["id"], asked.version)
        if version is None:
            raise MissingError("This document has no such version; choose one of those in its timeline.")
        return version
    return versions.version_on(connection, current, asked.day) if asked.day and current else current


def _part(part: str, parts: int) -> int:
    number = int(part) if part.isascii() and part.isdigit() and len(part) < 6 else 1
    if not 1 <= number <= parts or (part and not part.isdigit()):
        raise MissingError(f"There is no part {part!r} of this text.")
    return number


def _provision(connection: Connection, id: str, numbers: Sequence[int], path: str) -> Mapping[str, Any] | None:
    """Return the place of a provision, or of the nearest that would hold it; None where none was asked for.

    ``path`` is that of its section, empty where there is none; ``missing`` what was asked for and is not there.
    """
    if not path:
        return None
    missing = provision(path) or path.replace("-", " ")
    position, section, is_there = versions.place(connection, id, numbers, path) or (0, "", False)
    return {"position": position, "path": section, "missing": "" if is_there else missing}
