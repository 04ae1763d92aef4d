"""An entry of sources.yaml as text, as people write it by hand; and appended to a local.yaml, its comments kept."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from crawler.errors import SourcesError
from crawler.sources import Expect
from crawler.sources.overlay import FILE
from crawler.sources.yaml_positions import compose

_PLAIN = re.compile(r"[^\W\d_](?:[\w ().'/%&=+~;,?-]|:(?! ))*")
_FLOWING = re.compile(r"[^\W\d_][\w ().'/%=+~;-]*")
_DURATION = re.compile(r"[1-9]\d{0,4}[mhdw]")
_LOOKS_LIKE = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_WIDTH = 120
_COMMENT_AT = 36

Entry = Mapping[str, object]
"""Keys of a source in the order they are written."""


def source_yaml(keys: Entry, comments: Mapping[str, str], above: Iterable[str], indent: str = "  ") -> str:
    """Return a source as YAML, a key a line; ``comments`` go behind a key, ``above`` on own lines before it.

    >>> print(source_yaml({"id": "a", "expect": {"min": 1}}, {"id": "Sample."}, ["Two entries."]), end="")
      # Two entries.
      - id: a                           # Sample.
        expect: {min: 1}
    """
    lines = [f"{indent}# {one_line(line)}" for line in above]
    for number, (key, value) in enumerate(keys.items()):
        start = f"{indent}{'- ' if number == 0 else '  '}{key}: "
        first, *rest = f"{start}{_value(value, _WIDTH - len(start), indent)}".splitlines()
        first = first.rstrip()
        said = comments.get(key, "")
        lines += [f"{first:<{_COMMENT_AT - 1}} # {one_line(said)}" if said else first, *rest]
    return "\n".join(lines) + "\n"


def expect_yaml(expect: Expect) -> dict[str, object]:
    """Return what a source expects as its entry says it: only what is not understood."""
    found: dict[str, object] = {"min": expect.min}
    if expect.max is not None:
        found["max"] = expect.max
    if expect.newest is not None:
        found["newest"] = f"{expect.newest // timedelta(days=1)}d"
    if expect.zero:
        found["zero"] = True
    return found


def scalar(value: object, *, flowing: bool = False) -> str:
    """Return a text, a number or a truth as YAML, a text in quotes where it would be taken for something else.

    >>> scalar("Home Office"), scalar("a: b"), scalar("no"), scalar(True)
    ('Home Office', '"a: b"', '"no"', 'true')
    """
    if not isinstance(value, str):
        return json.dumps(value)
    text = one_line(value)
    pattern = _FLOWING if flowing else _PLAIN
    plain = pattern.fullmatch(text) and text.lower() not in _LOOKS_LIKE and text[-1] not in " :"
    return text if plain or _DURATION.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def one_line(text: str) -> str:
    """Return a text without what ends a line or may not stand in YAML, so that it stays where it is written."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _value(value: object, width: int, indent: str) -> str:
    """Return a value, a mapping in one line where it fits, else its keys each on a line below."""
    flow = _flow(value)
    if not isinstance(value, Mapping) or len(flow) <= width:
        return _one(value)
    inner = f"{indent}    "
    return "".join(f"\n{inner}{name}: {_one(each)}" for name, each in value.items())


def _one(value: object) -> str:
    return _flow(value) if isinstance(value, Mapping | list) else scalar(value)


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(name)}: {_flow(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    return scalar(value, flowing=True)


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
