"""Versions in words: what each was read from and is called, and why something of it was not announced."""

from __future__ import annotations

from collections.abc import Mapping

from crawler import wording

REPRESENTATIONS: Mapping[str, str] = {
    "structured": "structured text",
    "html": "web page",
    "office": "office file",
    "pdf": "PDF",
    "table": "table",
    "summary": "summary",
}
"""What a version was read from, for readers."""

SILENT: Mapping[str, str] = {
    "first walk": "it was there when we began to read its source",
    "first reading": "it was there when we first read the page that names it",
    "new options": "it was there when we began to read more of its source",
    "unsettled": "its words went to and fro, which was told",
    "newly listed": "its source listed it long after its date",
    "known already": "we knew it already",
    "told already": "it was told already",
    "other parts": "only other parts of this law are watched",
    "weaker representation": "a better text of it is shown",
    "template": "the site changed alike on several pages",
    "parser": "we read the same bytes differently",
    "coverage": "we read more or less of it than before",
    "rules": "it is our own correction",
}
"""Why something was not announced, for readers."""


def representation(text: str) -> str:
    """Return what a version was read from, for readers."""
    return REPRESENTATIONS.get(text, text)


def silence(text: str) -> str:
    """Return why something was not announced, for readers."""
    return SILENT.get(text, text)


def version(row: Mapping[str, str | None]) -> str:
    """Return what to call a version: the publisher's name of it and since when it holds, or when it was read.

    >>> version({"label": "3.8", "valid_from": None, "captured": "2026-01-05T09:00:00Z"})
    '3.8, read 5 January 2026'
    >>> version({"label": "2026-03-06", "valid_from": "2026-03-06", "captured": "2026-03-09T06:00:00Z"})
    'Wording valid from 6 March 2026'
    """
    day = wording.day(row["valid_from"] or row["captured"])
    since = f"wording valid from {day}" if row["valid_from"] else f"read {day}"
    named = "" if row["label"] in (None, "", row["valid_from"]) else f"{row['label']}, "
    return f"{named}{since}" if named else f"{since[:1].upper()}{since[1:]}"
