"""A source written into the text of a local.yaml: behind those that are there, comments kept, nothing else touched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crawler.errors import SourcesError
from crawler.sources.overlay import FILE
from crawler.sources.yaml_positions import compose

_TOP = re.compile(r"[^\s#-]")
_EMPTY = re.compile(r"\s*(?:\[\s*\]|\{\s*\})?\s*(?:#.*)?")


def with_source(text: str, entry: str, publisher: str, name: str = FILE) -> str:
    """Return a local.yaml with an entry of ``sources`` and, unless empty, a line of ``publishers`` more.

    ``name`` is what mistakes call the file.

    Raises:
        SourcesError: the text is wrong, or written in a way in which nothing can be added without touching the rest.
    """
    before: Any = compose(text, name).value
    wanted = dict(before or {})
    if publisher:
        added: Any = compose(publisher, name).value
        wanted["publishers"] = {**wanted.get("publishers", {}), **added}
        text = _into(text, "publishers", f"  {publisher}\n")
    listed: Any = compose(entry, name).value
    wanted["sources"] = [*wanted.get("sources", []), *listed]
    text = _into(text, "sources", entry)
    if not _is(text, wanted, name):
        raise SourcesError([f"{name}: cannot be added to as it is written; append the entry by hand"])
    return text


def _is(text: str, wanted: Mapping[str, object], name: str) -> bool:
    try:
        return compose(text, name).value == wanted
    except SourcesError:
        return False


def _into(text: str, block: str, added: str) -> str:
    """Return a text with lines at the end of one of its blocks, which is begun where there is none."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    start = next((n for n, line in enumerate(lines) if re.match(rf"{block}\s*:", line)), None)
    if start is None:
        return "".join([*lines, *(["\n"] if lines else []), f"{block}:\n", added])
    end = next((n for n in range(start + 1, len(lines)) if _TOP.match(lines[n])), len(lines))
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1  # What stands at the margin belongs to what comes next.
    if end == start + 1 and _EMPTY.fullmatch(lines[start].partition(":")[2].rstrip("\n")):
        lines[start] = re.sub(r"\s*(?:\[\s*\]|\{\s*\})", "", lines[start], count=1)
    return "".join([*lines[:end], added, *lines[end:]])
