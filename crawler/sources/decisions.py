"""decisions.yaml into Decisions, or every mistake in it at once; and decisions written into its text."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from crawler.errors import SourcesError
from crawler.sources.diagnostics import Problems, check
from crawler.sources.values import Decided, Decisions, PassageConfirmation
from crawler.sources.yaml_positions import compose, read_text


def load_decisions(path: Path) -> Decisions:
    """Return the decisions that a file holds; none where there is no file.

    Raises:
        SourcesError: the file cannot be read, or is wrong; ``problems`` has one line for each mistake.
    """
    try:
        text = read_text(path)
    except SourcesError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return Decisions()
        raise
    return loads_decisions(text, str(path))


def loads_decisions(text: str, name: str) -> Decisions:
    """Return the decisions that a YAML text holds, none of an empty one; ``name`` is what mistakes call the file.

    Raises:
        SourcesError: the text is wrong; ``problems`` has one line for each mistake.
    """
    located = compose(text, name)
    problems = Problems(located)
    decisions = check(Decisions, {} if located.value is None else located.value, (), problems)
    if decisions is None or problems.lines:
        raise SourcesError(problems.lines)
    return decisions


_PLAIN = re.compile(r"[A-Za-z][\w./@%+=~-]*(?::[\w./@%+=~-]+)*")
"""An id that YAML reads as text without quotation marks, whatever it is."""
_TOP = re.compile(r"[^\s#]")
BLOCK = "relevance"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One decision as it stands: its id, and its lines with the comments above it."""

    id: str
    lines: tuple[str, ...]


def with_decisions(text: str, name: str, made: Mapping[str, Decided]) -> str:
    """Return the text of a decisions.yaml with decisions about relevance by id of document; a new one wins.

    ``name`` is what mistakes call the file.

    Raises:
        SourcesError: the text is wrong, or written in a way in which nothing can be added without touching the rest.
    """
    before = loads_decisions(text, name)
    loads_decisions("\n".join([f"{BLOCK}:", *(f"  {_line(id, decided)}" for id, decided in made.items())]), name)
    lines = text.splitlines()
    if (start := next((n for n, line in enumerate(lines) if re.match(rf"{BLOCK}\s*:", line)), None)) is None:
        head, entries, tail = [*lines, f"{BLOCK}:"], list[_Entry](), list[str]()
    else:
        head, entries, tail = _apart(lines, start, text, name)
    indent = _indent(entries)
    kept = {entry.id: entry for entry in entries}
    for id, decided in made.items():
        comments = [line for line in kept[id].lines if line.lstrip().startswith("#")] if id in kept else []
        kept[id] = _Entry(id=id, lines=(*comments, indent + _line(id, decided)))
    written = [line for id in sorted(kept) for line in kept[id].lines]
    result = "\n".join([*head, *written, *tail]) + "\n"
    wanted = replace(before, relevance={**before.relevance, **{id: decided.band for id, decided in made.items()}})
    try:
        is_right = loads_decisions(result, name) == wanted
    except SourcesError as error:
        raise _refused(name, start or 0) from error
    if not is_right:
        raise _refused(name, start or 0)
    return result


def with_confirmed(text: str, name: str, made: PassageConfirmation) -> str:
    """Return the text of a decisions.yaml with a passage that was found to hold, above those before it.

    Raises:
        SourcesError: the text is wrong, or written in a way in which nothing can be added without touching the rest.
    """
    before = loads_decisions(text, name)
    said = {field.name: getattr(made, field.name) for field in fields(made)}
    line = ", ".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in said.items())
    lines = text.splitlines()
    start = next((n for n, each in enumerate(lines) if re.match(r"passages\s*:", each)), len(lines))
    head = re.sub(r"\[\s*\]", "", lines[start]).rstrip() if start < len(lines) else "passages:"
    following = next((each for each in lines[start + 1 :] if each.strip() and not each.lstrip().startswith("#")), "")
    indent = re.match(r"\s*(?=- )", following)
    entry = f"{indent[0] if indent else '  '}- {{{line}}}"
    result = "\n".join([*lines[:start], head, entry, *lines[start + 1 :]]) + "\n"
    try:
        is_right = loads_decisions(result, name) == replace(before, passages=(made, *before.passages))
    except SourcesError as error:
        raise _refused(name, start, "passages") from error
    if not is_right:
        raise _refused(name, start, "passages")
    return result


def _apart(lines: list[str], start: int, text: str, name: str) -> tuple[list[str], list[_Entry], list[str]]:
    """Return what stands before the decisions, these, and what stands behind them."""
    located = compose(text, name)
    value = located.value[BLOCK] if isinstance(located.value, dict) and BLOCK in located.value else {}
    places = {str(id): located.line((BLOCK, id)) - 1 for id in value}
    firsts = sorted(places.values())
    if (
        len(set(firsts)) != len(firsts)
        or (firsts and firsts[0] <= start)
        or not re.fullmatch(r"\s*(?:\{\s*\})?\s*(?:#.*)?", lines[start].partition(":")[2])
    ):
        raise _refused(name, start)
    end = next((n for n in range(start + 1, len(lines)) if _TOP.match(lines[n])), len(lines))
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1  # What stands at the margin belongs to what comes next.
    begins = {id: _with_comments(lines, first, start) for id, first in places.items()}
    ends = [*sorted(begins.values())[1:], end][: len(begins)]
    ordered = sorted(begins, key=begins.__getitem__)
    entries = [_Entry(id=id, lines=tuple(lines[begins[id] : stop])) for id, stop in zip(ordered, ends, strict=True)]
    first = min(begins.values(), default=end)
    opening = re.sub(r"\{\s*\}", "", lines[start]).rstrip() if not entries else lines[start]
    return [*lines[:start], opening, *lines[start + 1 : first]], entries, lines[end:]


def _with_comments(lines: list[str], first: int, start: int) -> int:
    while first - 1 > start and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return first


def _indent(entries: list[_Entry]) -> str:
    last = entries[0].lines[-1] if entries else "  "
    return last[: len(last) - len(last.lstrip())] or "  "


def _line(id: str, decided: Decided) -> str:
    key = id if _PLAIN.fullmatch(id) else json.dumps(id, ensure_ascii=False)
    why = json.dumps(decided.why, ensure_ascii=False)
    by = json.dumps(decided.by, ensure_ascii=False)
    return f"{key}: {{band: {decided.band}, by: {by}, on: {decided.on}, why: {why}}}"


def _refused(name: str, start: int, block: str = BLOCK) -> SourcesError:
    return SourcesError(
        [f"{name}:{start + 1}: {block}: cannot be added to as it is written; expected one document below the other"]
    )
