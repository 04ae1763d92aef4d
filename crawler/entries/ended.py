"""What is over: how a document was withdrawn, and what was over already when we first saw it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from crawler.entries.templates import Sentence, say
from crawler.store import Row

GONE = 410
"""The status of an answer that says that a page is gone for good."""
LAW = "legislation"
"""The protocol whose log tells that a text was taken off the site, which says nothing of its legal force."""
PROCEDURE = "procedure "
"""Begins what is said of a procedure, which is not the document itself."""
STATUSES: Mapping[str, str] = MappingProxyType({
    **{each: each for each in ("superseded", "repealed", "revoked", "expired", "lapsed", "quashed", "spent", "closed")},
    "withdrawn": "withdrawn", "no longer in force": "out of force",
    # Of a consultation, of an organisation, of a procedure of the European Parliament.
    "outcome published": "closed", "no longer exists": "closed", "replaced": "replaced",
    **{PROCEDURE + each: PROCEDURE + each for each in ("completed", "rejected", "lapsed or withdrawn")},
})  # fmt: skip
"""Legal and other statuses of what is over, and what a headline says of them."""


def is_gone_for_good(row: Row) -> bool:
    """Return whether a withdrawal was seen by an answer 410, whose body may give the publisher's reason."""
    return bool(row["kind"] == "withdrawn" and row["answer"] == GONE)


def is_of_log(row: Row) -> bool:
    """Return whether a withdrawal is one of the log of legislation.gov.uk: the text was taken off the site, no more."""
    return bool(row["kind"] == "withdrawn" and row["protocol"] == LAW and not is_gone_for_good(row))


def is_unpublished(rows: Sequence[Row], root: str) -> bool:
    """Return whether the log of legislation.gov.uk says that a document was taken off the site."""
    return any(row["document"] == root and is_of_log(row) for row in rows)


def at_first(rows: Sequence[Row], top: Row) -> str:
    """Return as what a new document was over already when we first saw it, empty where it was not.

    ``rows`` are all changes of its family that are told together. What became so while it waited for a decision was
    not over when it was seen.
    """
    if withdrawal(rows, top["id"]) is not None or any(_is_at_first(row, top) for row in rows):
        return "withdrawn"
    own = {row["kind"] for row in rows if row["document"] == top["id"]}
    return STATUSES.get(str(top["status"]).casefold(), "") if "new" in own and "status" not in own else ""


def _is_at_first(row: Row, top: Row) -> bool:
    """Whether a withdrawal stood on the first page that was read of a document whose appearance is told nowhere."""
    is_own = row["document"] == top["id"] and row["seen"] == top["first_seen"]
    return is_own and _is_stated_at_first(row, row)


def lead(over: str) -> tuple[str, dict[str, Sentence]]:
    """Return the template of a headline on something new that was over already, and its fills but for the title."""
    template = "over, procedure" if over.startswith(PROCEDURE) else "over"
    return template, {"over": say(f"over {over.removeprefix(PROCEDURE)}")}


def withdrawal(rows: Sequence[Row], root: str) -> Row | None:
    """Return the withdrawal that the first page of a new document states, None where it states none."""
    own = [row for row in rows if row["document"] == root]
    new = next((row for row in own if row["kind"] == "new"), None)
    return None if new is None else next((row for row in own if _is_stated_at_first(row, new)), None)


def _is_stated_at_first(row: Row, new: Row) -> bool:
    if row["kind"] != "withdrawn" or row["crawl"] != new["crawl"] or row["previous"] is not None:
        return False
    was_before = not row["occurred"] or str(row["occurred"])[:10] <= str(row["seen"])[:10]
    return was_before and not is_gone_for_good(row) and not is_of_log(row)
