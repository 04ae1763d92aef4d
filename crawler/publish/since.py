"""What changed in the documents of a reading list since a day or a version: the address is the list."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from crawler.changes.strength import of_words
from crawler.feeds import labels, runs
from crawler.public import changed_since
from crawler.public.database import Connection
from crawler.publish import objects, timeline
from crawler.publish.paths import decode
from crawler.publish.server.responses import MissingError, ask, page, render
from crawler.text import is_day

MAX_WITH_WORDS = 200
"""Most changes of a list that are shown in words."""

MAX_LABEL = 60
"""Most characters of a version's name."""


@page
async def since(datasette: Datasette, request: Request) -> Response:
    """Answer with what changed in each document of the list; without a list or a day with the form alone."""
    ids, stated = _asked(request)
    documents = await ask(datasette, _listed, ids, stated) if ids and stated else []
    values = {"asked": ids, "since": stated, "is_day": is_day(stated), "documents": documents}
    values["query"] = urlencode([*(("doc", id) for id in ids), ("since", stated)])
    return await render(datasette, request, "since.html", values)


@page
async def as_json(datasette: Datasette, request: Request) -> Response:
    """Answer with the same as objects; changes without their words."""
    ids, stated = _asked(request)
    if not ids or not stated:
        raise MissingError("Say which documents (doc, once or more) and since when (since).")
    found = await ask(datasette, changed_since.since, ids, stated)
    kept = ("id", "document", "kind", "path", "verb", "significance", "occurred", "seen", "entry", "times")
    documents = [
        {**one, "changes": [{name: change[name] for name in kept} for change in one["changes"]]} for one in found
    ]
    return await objects.answer(datasette, {"since": stated, "documents": documents})


def _id(word: str) -> str:
    """Return the id of a document that is named by it, or by the address of its page here.

    >>> _id("https://a.example/doc/ukpga/2015/30?provision=section-45#section-45"), _id("ukpga/2015/30")
    ('ukpga/2015/30', 'ukpga/2015/30')
    """
    before, behind, path = word.partition("/doc/")
    is_page = behind and (not before or "://" in before)
    return decode(re.split(r"[?#]", path, maxsplit=1)[0]) if is_page else word


def _asked(request: Request) -> tuple[list[str], str]:
    """Return the ids and since when is asked."""
    given = [_id(word) for value in request.args.getlist("doc") for word in value.split()]
    ids, stated = list(dict.fromkeys(given)), (request.args.get("since") or "").strip()
    if len(ids) > changed_since.MAX_DOCUMENTS:
        raise MissingError(f"A list has at most {changed_since.MAX_DOCUMENTS} documents.")
    if len(stated) > MAX_LABEL:
        raise MissingError("Say a day, such as 2026-01-01, or the name of a version, such as v3.7.")
    return ids, stated


def _listed(connection: Connection, ids: Sequence[str], stated: str) -> list[dict[str, Any]]:
    found = changed_since.since(connection, ids, stated)
    return [_shown(one, MAX_WITH_WORDS // len(found)) for one in found]


def _shown(one: Mapping[str, Any], most: int) -> dict[str, Any]:
    """Return a document with its changes, so many in words: ``formal`` are those of form alone.

    ``without_words``: of how many the place alone is told.
    """
    rows = [
        row if number < most else {**row, "words": "[]", "before": "", "after": ""}
        for number, row in enumerate(one["changes"])
    ]
    changes = [
        {
            **timeline.with_causes(row),
            "flags": labels.flag_words(json.loads(row["flags"])),
            "duty": of_words(runs(row["words"]), row["kind"], row["path"], row["heading"]),
        }
        for row in timeline.latest(rows)
    ]
    return {
        **one,
        "changes": [each for each in changes if each["significance"] != "editorial"],
        "formal": [each for each in changes if each["significance"] == "editorial"],
        "without_words": max(len(rows) - most, 0),
    }
