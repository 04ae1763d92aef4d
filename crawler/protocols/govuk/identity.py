"""The identity of a document of GOV.UK: its content id, the same in every language and at every address."""

from __future__ import annotations

import re

from crawler.protocols.govuk.json_access import Item

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)


def identity_or_none(item: Item) -> str | None:
    """Return the id of the document an object is about, None where it states no content id."""
    found = item.text_or_none("content_id")
    if found is None:
        return None
    if not _UUID.fullmatch(found):
        raise item.wrong("content_id", f"is {found[:60]!r}, no UUID")
    return f"govuk:{found.lower()}"


def identity(item: Item) -> str:
    """Return the id of the document an object is about."""
    found = identity_or_none(item)
    if found is None:
        raise item.wrong("content_id", "is missing")
    return found
