"""Labelled titles: what people said of documents, to measure the rules against."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from crawler.classify.relevance.values import Texts
from crawler.errors import ConfigError, IdentifierError
from crawler.identifiers import owner
from crawler.sources.vocabulary import AIMED_AT, ROLES, TOPICS
from crawler.text import counted

MAX_FILE_BYTES = 64 * 2**20
"""Most bytes of a file of labelled titles."""
SHOWN = 20
"""Most mistakes of a file that are told; of the rest the number is."""
MARGINAL, CORE = 1, 3
"""Grades: a neighbouring subject, which counts as not relevant or is dropped; and what is about nothing else."""
PARTS = 3
"""One part in so many of the titles is held out: nobody takes words of the rules from it."""
_CLOSED = {"topics": ("topic", TOPICS), "roles": ("role", ROLES), "aimed_at": ("word", AIMED_AT)}
_TEXTS = ("title", "summary", "publisher", "url", "kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A document as a list shows it, and what a person said of it.

    ``grade``, ``topics``, ``roles`` and ``aimed_at`` are None where nobody said any: that is not the same as none.
    """

    title: str
    summary: str
    publisher: str
    kind: str
    url: str
    relevant: bool
    grade: int | None
    topics: frozenset[str] | None
    roles: frozenset[str] | None
    aimed_at: frozenset[str] | None
    hard: bool

    @property
    def is_held_out(self) -> bool:
        """Whether the title is in the part that words are not taken from, by its digest."""
        return int(sha256(self.title.encode()).hexdigest(), 16) % PARTS == 0

    def texts(self, *, summary: bool) -> Texts:
        """Return what is classified: the words, and an identifier that stands in the address, never its path."""
        return Texts(
            title=self.title,
            summary=self.summary if summary else "",
            publisher=self.publisher,
            kind=self.kind,
            identifiers=_identifiers(self.url),
        )


def load_labels(path: Path) -> tuple[Labelled, ...]:
    """Return the labelled titles of a file, one JSON object a line.

    Raises:
        ConfigError: the file cannot be read, holds none, or is wrong; says every mistake with its line.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
        if len(data) > MAX_FILE_BYTES:
            raise ConfigError(f"{path}: larger than {MAX_FILE_BYTES // 2**20} MiB")
        text = data.decode("utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8: byte {error.start + 1}") from error
    found: list[Labelled] = []
    wrong: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            value, causes = _read(line)
            wrong += [f"{path}:{number}: {cause}" for cause in causes]
            found += [value] if value is not None else []
    if wrong:
        more = [f"{path}: {counted(len(wrong) - SHOWN, 'more mistake')}"] if len(wrong) > SHOWN else []
        raise ConfigError("\n".join([*wrong[:SHOWN], *more]))
    if not found:
        raise ConfigError(f"{path}:1: no labelled title; expected one JSON object a line")
    return tuple(found)


def _read(line: str) -> tuple[Labelled | None, list[str]]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return None, [f"not JSON: {error}"]
    if not isinstance(value, dict):
        return None, ["not a JSON object"]
    causes = list(_causes(value))
    if causes:
        return None, causes
    grade = value.get("grade")
    texts: dict[str, str] = {name: value.get(name) or "" for name in _TEXTS}
    labelled = Labelled(
        **texts,
        relevant=bool(value["relevant"]) if "relevant" in value else grade is not None and grade > MARGINAL,
        grade=grade,
        topics=_given(value, "topics"),
        roles=_given(value, "roles"),
        aimed_at=_given(value, "aimed_at"),
        hard=bool(value.get("hard", False)),
    )
    return labelled, []


def _given(value: Mapping[str, Any], name: str) -> frozenset[str] | None:
    return None if value.get(name) is None else frozenset(value[name])


def _causes(value: Mapping[str, object]) -> Iterator[str]:
    """Yield what is wrong with one line."""
    for name in _TEXTS:
        if not isinstance(value.get(name) or "", str):
            yield f"{name}: {value[name]!r}; expected text"
    if not value.get("title"):
        yield "title: missing; it is required"
    grade = value.get("grade")
    if "relevant" not in value and grade is None:
        yield "relevant: missing; expected relevant (0 or 1) or grade (0 to 3)"
    if value.get("relevant", 0) not in (0, 1):
        yield f"relevant: {value['relevant']!r}; expected 0 or 1"
    if grade is not None and (not isinstance(grade, int) or grade not in range(CORE + 1)):
        yield f"grade: {grade!r}; expected 0, 1, 2 or 3"
    yield from _unknown(value)


def _unknown(value: Mapping[str, object]) -> Iterator[str]:
    """Yield every topic, role and value of aimed at that there is none of."""
    for name, (what, known) in _CLOSED.items():
        given = value.get(name)
        if given is not None and not isinstance(given, list):
            yield f"{name}: {given!r}; expected a list"
            continue
        for word in given or ():
            if not isinstance(word, str) or word not in known:
                yield f"{name}: {word!r}: unknown {what}; expected one of {', '.join(known)}"


def _identifiers(url: str) -> tuple[str, ...]:
    try:
        found = owner(url) if url else None
    except IdentifierError:
        return ()
    return (found,) if found else ()
