"""The page of one document: its facts, its history, two versions compared, and the text of a version."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.classify.relevance import borders
from crawler.feeds.weight import LAW
from crawler.public import changes, curated, documents, guidance, lessons, toolkit, versions
from crawler.public import in_force as law_states
from crawler.public import stale as marked
from crawler.public.database import Connection, Row
from crawler.public.standing import reading
from crawler.publish import at_day, cites, commencements, comparing, effects, in_force, objects, stale, timeline
from crawler.publish.at_day import beside, marks
from crawler.publish.comparing import Pair
from crawler.publish.paths import decode, encode
from crawler.publish.server.responses import MissingError, ask, page, render
from crawler.publish.toolkit.lessons import lesson_counts
from crawler.text import is_day
from crawler.wording import provision

MAX_SECTIONS_PER_PAGE = 150
_OBJECT = ".json"
_SAME = ("representation", "language", "captured", "digest")
"""What versions share that were read from one capture under different options, and say the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentQuery:
    """Which text of a document is asked for; what is empty is not asked for.

    A version, that of a day, a provision in it, a part of it, two versions to be compared or since when, which effects.
    """

    version: str = ""
    day: str = ""
    provision: str = ""
    part: str = ""
    earlier: str = ""
    later: str = ""
    since: str = ""
    effects: Mapping[str, tuple[str, int]] = field(default_factory=dict)


_LIKE_DAY = re.compile(r"\d{4}-\d\d?(?:-|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What an id leads to: a document, the id of a document (``other``), or what was removed.

    ``is_object`` where the id ended with .json and no document has that ending.
    """

    document: Row | None = None
    around: Mapping[str, Any] = field(default_factory=dict)
    pair: Pair | None = None
    other: str = ""
    removal: Row | None = None
    is_object: bool = False


@page
async def document(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of a document; another identifier of it leads there, and .json gives it as an object."""
    id, at = decode(request.url_vars["id"]), request.args.get("at") or ""
    if at and not is_day(at):
        if _LIKE_DAY.match(at):
            raise MissingError(f"{at[:40]!r} is no day: write it as 2026-01-31.")
        return Response.redirect(_provision_instead(datasette, id, request), status=308)
    asked = DocumentQuery(
        version=request.args.get("version") or "",
        day=at,
        provision=request.args.get("provision") or "",
        part=request.args.get("part") or "",
        earlier=request.args.get("from") or "",
        later=request.args.get("to") or "",
        since=request.args.get("since") or "",
        effects=effects.asked(request),
    )
    held = await ask(datasette, _held, id, asked)
    if held.other:
        query = f"?{request.query_string}" if request.query_string else ""
        ending = _OBJECT if held.is_object else ""
        return Response.redirect(f"{datasette.urls.path(f'doc/{encode(held.other)}{ending}')}{query}")
    if held.document is None:
        return await render(datasette, request, "document_removed.html", held.removal or {})
    if held.is_object:
        return await objects.answer(
            datasette, {"document": held.document, **held.around}, next=_next(datasette, held, asked)
        )
    values = {"d": held.document, "is_law": held.document["kind"] in LAW, "borders": borders(), **held.around}
    values |= await comparing.compared(held.pair) if held.pair else {}
    return await render(datasette, request, "document.html", values)


def _held(connection: Connection, id: str, asked: DocumentQuery) -> _Held:
    """Return what an id leads to; an id that exists wins over the ending .json."""
    for name, is_object in ((id, False), (id.removesuffix(_OBJECT), True)):
        if held := documents.document(connection, name):
            if is_object:
                return _Held(document=held, around=_object(connection, held, asked), is_object=True)
            pair = None if held["private"] else _pair(connection, held, asked)
            return _Held(document=held, around=_page(connection, held, asked), pair=pair)
        if other := documents.renamed(connection, name):
            return _Held(other=other, is_object=is_object)
        if removal := documents.removal(connection, name):
            return _Held(removal=removal)
    raise MissingError("There is no document with this address.")


def _pair(connection: Connection, held: Row, asked: DocumentQuery) -> Pair:
    if asked.since:
        return comparing.since(connection, held, asked.since)
    return comparing.pair(connection, held, asked.earlier, asked.later)


def _page(connection: Connection, held: Row, asked: DocumentQuery) -> dict[str, Any]:
    """Return what the page of a document shows beside its facts, but for two versions compared."""
    around, told = documents.surroundings(connection, held), timeline.history(connection, held)
    around |= effects.lists(connection, held["id"], asked.effects)
    states = lessons.states_of_report(connection, held["id"])
    around |= {"lesson_counts": lesson_counts(states), "lesson_total": sum(states.values())}
    around |= commencements.of_law(connection, held)
    around |= timeline.days(held, around, told) | {name: told[name] for name in ("versions", "latest", "more_latest")}
    around["grid"] = commencements.grid(connection, held, around["law_counts"], _today(connection))
    around["law_since"] = toolkit.changed_since(connection, held["id"])
    around["later_text"] = guidance.later_edition(connection, held)
    around["captures"] = versions.captures(connection, held["id"])
    around |= cites.around(connection, held["id"])
    around["citation"] = cites.citation(held, around["captures"])
    around["editions"] = curated.editions_beside(connection, held["id"])
    around["judged"] = curated.judged(connection, held["title"]) if held["kind"] in LAW else {}
    return around | ({} if held["private"] else _text(connection, held, asked))


def _object(connection: Connection, held: Row, asked: DocumentQuery) -> dict[str, Any]:
    """Return the same for programs: rows as they are, the changes without their words."""
    around = documents.surroundings(connection, held) | {
        "versions": versions.versions(connection, held["id"]),
        "changes": changes.changes(connection, held["id"]),
        "entries": changes.entries(connection, held["id"]),
        "cites": documents.cites(connection, held["id"]),
        "cited_by": documents.cited_by(connection, held["id"]),
        "in_force_counts": law_states.counts(connection, held["id"]),
        "commencements": law_states.commencements(connection, held["id"]),
        **effects.lists(connection, held["id"], asked.effects),
    }
    if held["private"]:
        return around
    text = _text(connection, held, asked)
    return around | {
        name: text[name]
        for name in ("version", "at", "pending", "corrigenda", "provision", "contents", "sections", "parts", "part")
    }


def _next(datasette: Datasette, held: _Held, asked: DocumentQuery) -> str:
    """Return the address of the next part of a text, empty where there is none."""
    if held.document is None or held.around.get("part", 0) >= held.around.get("parts", 0):
        return ""
    version = {"version": held.around["version"]["id"]} if asked.version or asked.day else {}
    query = urlencode({**version, "part": held.around["part"] + 1})
    return f"{datasette.urls.path('doc/' + encode(held.document['id']) + _OBJECT)}?{query}"


def _today(connection: Connection) -> str:
    """Return the day of the newest crawl, as which the law is told."""
    return reading(connection).clock[:10]


def _provision_instead(datasette: Datasette, id: str, request: Request) -> str:
    """Return the address of what ``at`` named before it was kept for days: a provision."""
    given = dict(parse_qsl(request.query_string, keep_blank_values=True))
    provision = given.pop("at")
    query = urlencode({"provision": provision, **given})
    return f"{datasette.urls.path(f'doc/{encode(id)}')}?{query}"


def _text(connection: Connection, held: Row, asked: DocumentQuery) -> dict[str, Any]:
    """Return the version asked for, its contents, and one part of its sections: that with the provision asked for."""
    current = versions.version(connection, held["id"], held["current"] or "")
    version, day = _version(connection, held, current, asked), "" if asked.version else asked.day
    values: dict[str, Any] = {"version": version, "current": current, "asked": asked, "provision": None, "marks": {}}
    values |= at_day.around(connection, held, current, version, day, asked.provision)
    if version is None:
        return values | {"contents": [], "sections": [], "parts": 0, "part": 1, "standings": {}, "beside": {}}
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
    sections = versions.sections(connection, here) if held["has_copy"] else []
    standings = in_force.of_text(connection, held, version, sections, _today(connection), day)
    around = beside(connection, held, sections, day)
    return values | {
        "contents": contents,
        "sections": sections,
        "standings": standings,
        "beside": around,
        "marks": marks(sections, standings, around),
        "stale": {
            path: [stale.told(row) for row in found] for path, found in marked.of_sections(connection, sections).items()
        },
        "parts": parts,
        "part": part,
        "provision": provision,
    }


def _version(connection: Connection, held: Row, current: Row | None, asked: DocumentQuery) -> Row | None:
    version = current
    if asked.version:
        version = versions.version(connection, held["id"], asked.version)
        if version is None:
            raise MissingError("This document has no such version; choose one of those in its timeline.")
    elif asked.day and current:
        version = at_day.version_on(connection, current, asked.day)
    return current if current and version and all(version[name] == current[name] for name in _SAME) else version


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
