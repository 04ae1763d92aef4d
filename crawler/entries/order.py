"""What leads among the changes of guidance: substance first, addresses after it, numbers of versions and form last."""

import json
import re

from crawler.changes.accounts import is_account
from crawler.changes.significance import TARGET
from crawler.store import Row

_VERSION = re.compile(r"(?:version|fersiwn|v\.?)[-_ ]*\d{1,3}(?:[-_.]\d{1,3}){0,3}", re.IGNORECASE)
LISTED, BETWEEN = "documents", "; "
"""The path of the section in which a page of GOV.UK lists its documents, and what stands between their titles."""
BESIDE = 2
"""Position of the number of a version and of a publisher's own list of changes: they are about the others."""
_FORMAL = frozenset({"link", "form", "version number"})
"""Flags of what changes without changing what anybody has to do."""


def position(row: Row) -> int:
    """Return where a change of guidance stands among the others, from 0, which leads, to 3; law keeps its order.

    >>> [position({"law": 0, "significance": "substantive", "flags": flags, "heading": heading, "path": "a"})
    ...  for flags, heading in (('["duty word"]', "Support"), ('["link"]', "Help"), ("[]", "Version 2.10"))]
    [0, 1, 2]
    """
    if row.get("law"):
        return 0
    if row["significance"] == "editorial":
        return 3
    heading = str(row["heading"] or "")
    if _VERSION.fullmatch(heading.strip()) or is_account(heading):
        return BESIDE
    flags = set(json.loads(str(row["flags"] or "[]")))
    return 1 if flags and flags <= _FORMAL else 0


def is_of_files(row: Row) -> bool:
    """Whether links in a part lead to other files and nothing else changed: form only, but not to be passed over.

    >>> row = {"kind": "changed", "significance": "editorial", "before": "Guide (a.pdf)", "after": "Guide (b.pdf)"}
    >>> is_of_files(row), is_of_files(row | {"after": "guide (a.pdf)"})
    (True, False)
    """
    if row["kind"] != "changed" or row["significance"] != "editorial":
        return False
    before, after = (TARGET.findall(str(row[side] or "")) for side in ("before", "after"))
    return bool(before != after)


def is_longer_list(row: Row) -> bool:
    """Return whether a change is that a page lists more documents than before, and all of those.

    >>> is_longer_list({"path": "documents", "kind": "changed", "before": "A; B", "after": "A; C; B"})
    True
    >>> is_longer_list({"path": "documents", "kind": "changed", "before": "A; B", "after": "A; C"})
    False
    """
    before, after = ({*str(row[side]).split(BETWEEN)} - {""} for side in ("before", "after"))
    return row["path"] == LISTED and row["kind"] in ("added", "changed") and before < after
