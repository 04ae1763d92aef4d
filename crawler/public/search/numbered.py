"""The number of the version of guidance that a result is: by its own text, else by the one text of its publication."""

import re
from collections.abc import Mapping
from sqlite3 import Connection
from typing import Any

from crawler.classify.toolkit import editions
from crawler.classify.toolkit.editions import Number
from crawler.public.database import row, rows

MAX_OPENING_CHARACTERS = 400

_OPENING = f"""select substr(text, 1, {MAX_OPENING_CHARACTERS}) as text from sections
  where n = json_extract(:sections, '$[0]')"""
_FAMILY = """select v.label, v.title, v.note, v.sections from documents d join versions v on v.id = d.current
  where d.root = ? and d.id <> ? limit 20"""
_ANY = re.compile(r"\b(?:version|fersiwn|v\.?) ?(\d[\d.]*)", re.IGNORECASE)
_ANOTHER = re.compile(
    r"\b(?:replac|supersed|previous|earlier|old|former|chang\w* (?:from|since|to|in)|since|before|withdr|draft|next)"
    r"[^.;]{0,40}\bversion",
    re.IGNORECASE,
)
"""Words of a version that is not the one which they stand in."""


def version_number(connection: Connection, document: Mapping[str, Any], version: Mapping[str, Any]) -> str:
    """Return the number of a version with its words, as ``1.1``; its label where that is no number, else empty."""
    number = _number(connection, version) if version else None
    if number is None and version.get("label"):
        return str(version["label"])
    if number is None and version:
        # A page that has no number of its own shows that of the text which it publishes.
        texts = rows(connection, _FAMILY, [document["root"], document["id"]])
        every = {each for text in texts if (each := _number(connection, text))}
        number = every.pop() if len(every) == 1 else None
    return ".".join(map(str, number)) if number else ""


def _number(connection: Connection, version: Mapping[str, Any]) -> Number | None:
    known = editions.number_of_label(version["label"] or "") or editions.version_number(version["title"] or "")
    return known or editions.noted(version["note"] or "") or _opening(connection, version)


def _opening(connection: Connection, version: Mapping[str, Any]) -> Number | None:
    """Return the number that a text opens with, where it names one version alone, and as its own."""
    held = row(connection, _OPENING, {"sections": version["sections"] or "[]"})
    text = held["text"] if held else ""
    numbers = {number.strip(".") for number in _ANY.findall(text)}
    return editions.version_number(text) if len(numbers) == 1 and not _ANOTHER.search(text) else None
