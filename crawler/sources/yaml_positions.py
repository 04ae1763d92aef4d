"""YAML as plain values that know their lines, so that every mistake can be named with file and line.

Only what a registry needs: mappings, lists and scalars of the YAML 1.2 core schema (``no`` and ``on`` are words, dates
are text). Anchors, aliases and tags are refused: they can make a small file huge, or run code.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.reader import ReaderError

from crawler.errors import SourcesError

Key = str | int
Place = tuple[Key, ...]

MAX_BYTES = 512 * 1024
MAX_DEPTH = 12
_WALKABLE = 200

_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]{1,2})?")
_WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no text may hold."""
_DOUBTFUL = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
    r"|[|>][-+0-9]*#|\?[\]},]|[\[{][^][{}\n]*\n"
)
"""What libyaml and PyYAML may take for different things.

Tabs, odd ends of lines and marks of byte order; a comment that touches the sign of a block; a question mark that ends a
word in brackets; brackets over several lines.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A value read from YAML, the line of each place in it, and what was wrong on the way.

    ``lines`` maps places (keys and indexes from the outermost in) to the line where the key or list entry stands. A
    key without a value is left out of ``value``, as if it did not stand there. ``elsewhere`` maps places that another
    file states to its name and the line there.
    """

    name: str
    value: object
    lines: dict[Place, int]
    problems: tuple[tuple[int, Place, str], ...]
    elsewhere: Mapping[Place, tuple[str, int]] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """Return the line of a place, or of the innermost place around it that the file has."""
        return self.where(place)[1]

    def where(self, place: Place) -> tuple[str, int]:
        """Return the file and line of a place, or of the innermost place around it that a file has."""
        while place and place not in self.lines and place not in self.elsewhere:
            place = place[:-1]
        return self.elsewhere.get(place) or (self.name, self.lines.get(place, 1))


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is not finished yet."""

    place: Place
    value: dict[str, object] | list[object]
    key: str | None = None
    wanted: bool = True


@dataclass(slots=True)
class _Builder:
    """What was read so far."""

    name: str
    depth: int
    value: object = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[tuple[int, Place, str]] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=list)
    documents: int = 0


def read_text(path: Path) -> str:
    """Return the text of a file of ours.

    Raises:
        SourcesError: no such file, not readable, larger than 512 KiB, or not UTF-8.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourcesError([f"{path}: cannot be read: {error.strerror or error}"]) from error
    if len(data) > MAX_BYTES:
        raise SourcesError([f"{path}: larger than {MAX_BYTES // 1024} KiB"])
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourcesError([f"{path}:{line}: not UTF-8: byte 0x{data[error.start]:02x}"]) from error


def read_table(path: Path) -> Any:
    """Return what a YAML file of this package holds, as plain values."""
    return compose(read_text(path), path.name, ours=True).value


def compose(text: str, name: str, *, limited: bool = True, ours: bool = False) -> Located:
    """Return a YAML text as plain values with their lines; ``name`` is what problems call the file.

    ``limited``: one that is larger than 512 KiB or nested more than 12 deep is refused; else only one that is nested so
    deep that it could not be walked. It is read by libyaml where that is there, which is ten times faster, and by
    PyYAML alone where anything is wrong or the two might differ: mistakes are told in its words. ``ours``: a file of
    this package, of which a test says that they do not differ.

    Repeated keys, anchors, aliases, tags and characters that no text may hold are ``problems`` of the result.

    Raises:
        SourcesError: not YAML, several documents, nested too deeply, or too large.
    """
    if limited and len(text) > MAX_BYTES:
        raise SourcesError([f"{name}: larger than {MAX_BYTES // 1024} KiB"])
    quick = _quick_events(text) if ours or not _DOUBTFUL.search(text) else None
    if quick is not None:
        try:
            located = _located(quick, name, limited=limited)
        except SourcesError:
            located = None
        if located is not None and not located.problems:
            return located
    return _located(_events(text, name), name, limited=limited)


def _located(events: Iterable[yaml.Event], name: str, *, limited: bool) -> Located:
    """Return what events say, with the lines of it."""
    builder = _Builder(name=name, depth=MAX_DEPTH if limited else _WALKABLE)
    for event in events:
        _take(builder, event)
    return Located(name=name, value=builder.value, lines=builder.lines, problems=tuple(builder.problems))


def _quick_events(text: str) -> list[yaml.Event] | None:
    """Return the events of a text as libyaml reads it; None where that is not there, or refuses it."""
    if not yaml.__with_libyaml__:
        return None
    try:
        return list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except (yaml.YAMLError, ValueError):
        return None


def _events(text: str, name: str) -> Iterator[yaml.Event]:
    line = 1
    try:
        loader = yaml.SafeLoader(text)
        try:
            while loader.check_event():
                yield loader.get_event()  # type: ignore[no-untyped-call]  # the stubs lack its type
        finally:
            line = loader.line + 1
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else line
        raise SourcesError([f"{name}:{line}: not YAML: {_cause(error)}"]) from error
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise SourcesError([f"{name}:{line}: not YAML: a character that it may not hold"]) from error
    except (ValueError, OverflowError) as error:
        # PyYAML lets these through for escapes beyond Unicode ("\UFFFFFFFF") and endless version numbers.
        raise SourcesError([f"{name}:{line}: not YAML: an escape or number out of range"]) from error


def _cause(error: yaml.MarkedYAMLError) -> str:
    problem = (error.problem or "cannot be read").replace("\n", " ")
    if "'\\t'" in problem:
        return "a tab where only spaces may stand; YAML is indented with spaces"
    return f"{problem} ({error.context})" if error.context else problem


def _take(builder: _Builder, event: yaml.Event) -> None:
    line = event.start_mark.line + 1 if event.start_mark else 1
    if isinstance(event, yaml.DocumentStartEvent):
        builder.documents += 1
        if builder.documents > 1:
            raise SourcesError([f"{builder.name}:{line}: a second document; expected one"])
    elif isinstance(event, yaml.AliasEvent):
        _problem(builder, line, f"alias *{event.anchor}: not allowed; write the value out")
        _put(builder, None, line, plain=True)
    elif isinstance(event, yaml.CollectionEndEvent):
        builder.frames.pop()
    elif isinstance(event, yaml.NodeEvent):
        _node(builder, event, line)


def _node(builder: _Builder, event: yaml.NodeEvent, line: int) -> None:
    if event.anchor:
        _problem(builder, line, f"anchor &{event.anchor}: not allowed; write the value out")
    tag = getattr(event, "tag", None)
    if tag:
        _problem(builder, line, f"tag {tag}: not allowed; write the plain value")
    if isinstance(event, yaml.ScalarEvent):
        if found := ILLEGAL.search(event.value):
            _problem(builder, line, f"character U+{ord(found[0]):04X}: no text may hold it")
        plain = event.implicit[0] or bool(tag)
        _put(builder, event.value, line, plain=plain)
        return
    if len(builder.frames) >= builder.depth:
        raise SourcesError([f"{builder.name}:{line}: nested more than {builder.depth} deep"])
    value: dict[str, object] | list[object] = {} if isinstance(event, yaml.MappingStartEvent) else []
    place = _put(builder, value, line)
    builder.frames.append(_Frame(place=place or (), value=value, wanted=place is not None))


def _put(
    builder: _Builder, value: str | dict[str, object] | list[object] | None, line: int, *, plain: bool = False
) -> Place | None:
    """Put a value where it stands, and return its place; None where it is a key, or where nothing is kept."""
    if not builder.frames:
        builder.value = _scalar(value, plain=plain)
        return ()
    frame = builder.frames[-1]
    if isinstance(frame.value, list):
        key: Key = len(frame.value)
        frame.value.append(_scalar(value, plain=plain))
    elif frame.key is None:
        frame.key = _key(builder, frame, value, line)
        return None
    else:
        key, frame.key = frame.key, None
        found = _scalar(value, plain=plain)
        if key and found is not None:
            frame.value[key] = found
    if not frame.wanted or key == "":
        return None
    place = (*frame.place, key)
    builder.lines.setdefault(place, line)
    return place


def _problem(builder: _Builder, line: int, cause: str) -> None:
    frame = builder.frames[-1] if builder.frames else None
    place = (*frame.place, frame.key) if frame and frame.key else frame.place if frame else ()
    builder.problems.append((line, place, cause))


def _key(builder: _Builder, frame: _Frame, value: object, line: int) -> str:
    """Return a key; the empty text, and a problem, for a repeated one or one that is no text: its value is left out."""
    if not frame.wanted:
        return ""
    if not isinstance(value, str) or not value:
        _problem(builder, line, "a key that is no text")
        return ""
    place = (*frame.place, value)
    if place in builder.lines:
        builder.problems.append((line, place, f"stands twice, first on line {builder.lines[place]}"))
        return ""
    builder.lines[place] = line
    return value


def _scalar(value: object, *, plain: bool) -> object:
    if not isinstance(value, str) or not plain:
        return value
    if value in _NULL:
        return None
    if value in _WORDS:
        return _WORDS[value]
    if _INT.fullmatch(value):
        return int(value)
    return float(value) if len(value) <= 24 and _FLOAT.fullmatch(value) else value
