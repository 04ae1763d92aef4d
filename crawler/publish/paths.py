"""Addresses of documents: any id, with slashes, colons, queries and what else addresses hold, as one path and back.

A slash between two plain parts stays one, so that ``ukpga/2015/30`` reads as it is; every other special character is
written ``~XX``, as Datasette does, because proxies and browsers rewrite ``%XX``, ``//`` and ``..`` in paths.
"""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any
from urllib.parse import quote, unquote, urlencode

from datasette.utils.asgi import Request

_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::\d{1,5})?|\[[0-9A-Fa-f:]{2,45}\](?::\d{1,5})?")
"""A name or a number, with a port."""

_PLAIN = re.compile(r"[^A-Za-z0-9_:.\-]")


def encode(document: str) -> str:
    """Return the path of a document id, without a slash in front.

    >>> encode("ukpga/2015/30")
    'ukpga/2015/30'
    >>> encode("url:https://example.org/a?b=~1")
    'url:https:~2F~2Fexample.org/a~3Fb~3D~7E1'
    """
    parts = [_part(part) for part in document.split("/")]
    path = parts[0]
    for before, after in pairwise(parts):
        path += ("/" if before and after else "~2F") + after
    return path


def decode(path: str) -> str:
    """Return the document id of a path, also where a proxy wrote some of it as %XX; it may be none of ours.

    >>> decode("url:https%3A~2F~2Fexample.org/a~3Fb~3D~7E1")
    'url:https://example.org/a?b=~1'
    """
    return unquote(unquote(path, errors="replace").replace("%", "%25").replace("~", "%"), errors="replace")


def _part(part: str) -> str:
    if part and not part.strip("."):
        return part.replace(".", "~2E")
    return _PLAIN.sub(lambda found: quote(found[0], safe="").replace("%", "~") if found[0] != "~" else "~7E", part)


def effects_query(side: str, state: str, page: int = 1) -> str:
    """Return the query of a list on the page of its document, with the question mark.

    >>> effects_query("changed_by", "outstanding", 2), effects_query("changes", "")
    ('?changed_by=outstanding&changed_by_page=2', '')
    """
    asked = {side: state} if state else {}
    asked |= {f"{side}_page": str(page)} if page > 1 else {}
    return f"?{urlencode(asked)}" if asked else ""


def own_origin(request: Request) -> str:
    """Return scheme and host by which a reader asks, empty where no host is named that can be one."""
    return f"{request.scheme}://{request.host}" if _HOST.fullmatch(request.host or "") else ""


def page_of_change(row: Mapping[str, Any]) -> str:
    """Return the page that tells a change: its entry, else the two versions compared, else its document."""
    if row["entry"]:
        return f"entry/{encode(row['entry'])}"
    document = f"doc/{encode(row['document'])}"
    if row["previous"] and row["version"]:
        return f"{document}?{urlencode({'from': row['previous'], 'to': row['version']})}#at-changed"
    return document
