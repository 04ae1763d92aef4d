"""What the journal says without what was redacted: links, requests that brought nothing, announced entries."""

from collections.abc import Mapping
from typing import Any

from crawler.redaction.mark_hashes import Mark, Redacted, concealed_address, concealed_id
from crawler.redaction.marks import Marks

LOST = "Redacted: this page is not kept here any more"
"""The title of an entry whose document was redacted."""

_SILENT = {"title": LOST, "summary": "", "url": "", "why": "[]"}
"""What an announced entry says whose document was redacted."""


def journal_payload(redacted: Redacted) -> dict[str, Any]:
    """Return a decision as the journal keeps it."""
    marks = sorted([mark.kind, mark.value] for mark in redacted.marks)
    return {"id": redacted.id, "reason": redacted.reason, "date": redacted.date, "marks": marks}


def told_of(payload: Mapping[str, Any]) -> Redacted:
    """Read what :func:`journal_payload` gives."""
    marks = (Mark(redaction=payload["id"], kind=kind, value=value) for kind, value in payload["marks"])
    return Redacted(id=payload["id"], reason=payload["reason"], date=payload["date"], marks=frozenset(marks))


def name(marks: Marks, text: str) -> str:
    """Return what stands for an id or an address: itself, or where it is redacted a hash of it."""
    if text.startswith(("http://", "https://")):
        return concealed_address(text) if marks.address(text) else text
    return concealed_id(text) if marks.name(text) else text


def without_redacted(value: Any, marks: Marks) -> Any:
    """Return a value of JSON in which no text names what was redacted: one that did says nothing at all.

    A text of several lines, such as sources.yaml, only loses what names it.
    """
    if isinstance(value, str):
        plain = name(marks, value)
        if plain != value or not marks.within(value):
            return plain
        if "\n" in value:
            return marks.masked(value)
        return concealed_address(value) if value.startswith(("http://", "https://")) else ""
    if isinstance(value, Mapping):
        return {without_redacted(key, marks): without_redacted(each, marks) for key, each in value.items()}
    return [without_redacted(each, marks) for each in value] if isinstance(value, list) else value


def link(payload: Mapping[str, Any], marks: Marks, *, own: bool) -> dict[str, Any]:
    """Return a link; where it leads to something redacted (``own``), without what the pages that named it stated."""
    asked = [{**each, "facts": {}} if own else each for each in payload.get("asked", ())]
    found: dict[str, Any] = without_redacted({**payload, "asked": asked}, marks)
    if payload.get("role") in ("listing", "next", "slice"):  # Where a source is read says sources.yaml.
        found["url"] = payload["url"]
    return found


def leads(payload: Mapping[str, Any], marks: Marks) -> str:
    """Return whether a link of the journal leads to something redacted: give the id of the decision."""
    named = (each.get("facts", {}).get("document", "") for each in payload.get("asked", ()))
    found = (marks.name(text) for text in named if text)
    return marks.address(str(payload.get("url", ""))) or next(filter(None, found), "")


def retold(kind: str, payload: Mapping[str, Any], marks: Marks) -> dict[str, Any]:
    """Return the payload of a journal entry without what was redacted."""
    told = dict(payload)
    if kind in ("delivered", "no-answer"):
        own = bool(leads(told["link"], marks) or marks.address(str(told.get("url", ""))))
        told["link"] = link(told["link"], marks, own=own)
        if "asked" in told and own:
            told["asked"] = {**told["asked"], "facts": {}}
    elif kind == "asked-again":
        told["links"] = [each for each in told["links"] if not _names_one(each, marks)]
    elif kind == "read-anew":
        told["changes"] = [each for each in told["changes"] if not marks.name(str(each["document"]))]
    elif kind == "entries-announced":
        told["new"] = [_entry(each, marks) for each in told["new"]]
    return {str(key): without_redacted(value, marks) for key, value in told.items()}


def _names_one(each: Mapping[str, Any], marks: Marks) -> bool:
    return bool(marks.address(str(each["url"])) or marks.name(str(each.get("facts", {}).get("document", ""))))


def _entry(row: Mapping[str, Any], marks: Marks) -> dict[str, Any]:
    """Return an announced entry; one about something redacted keeps its id, and says so."""
    if "documents" in row:
        row = {**row, "documents": [name for name in row["documents"] if not marks.name(name)]}
    if not marks.name(str(row["document"] or "")):
        named = {key for key, value in row.items() if isinstance(value, str) and marks.within(value)}
        return {**row, **{key: _SILENT.get(key, "[]" if str(row[key]).startswith("[") else "") for key in named}}
    return {**row, **{key: value for key, value in _SILENT.items() if key in row}}
