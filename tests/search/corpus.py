"""Sample law and guidance, invented in its words, with the ids and many of the facts of real law."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
_STEP = re.compile(r"@(\w+) (\d{4}-\d{2}-\d{2})(?: (\S+) ((?:reg|s|art|Art|Sch)\. \S+))?(?: (.+))?")


@dataclass(kw_only=True)
class Event:
    """What happened to a provision: force, part, inserted, changed or repealed, on a day, by what."""

    kind: str
    day: str
    by: str = ""
    provision: str = ""
    words: str = ""


@dataclass(kw_only=True)
class Section:
    path: str
    number: str
    heading: str
    status: str = ""
    text: str = ""
    events: list[Event] = field(default_factory=list)


@dataclass(kw_only=True)
class Document:
    id: str
    facts: dict[str, str] = field(default_factory=dict)
    sections: list[Section] = field(default_factory=list)


def documents() -> Iterator[Document]:
    """Yield the documents of the sample."""
    for path in sorted(FOLDER.glob("*.txt")):
        for block in re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            yield _document(block)


def _document(block: str) -> Document:
    head, *parts = re.split(r"^## ", block, flags=re.MULTILINE)
    id, *lines = head.strip().splitlines()
    facts = {name.rstrip(":"): value for name, _, value in (line.partition(": ") for line in lines)}
    return Document(id=id.strip(), facts=facts, sections=[_section(part) for part in parts])


def _section(block: str) -> Section:
    first, *lines = block.strip().splitlines()
    path, number, heading, *status = first.split(" | ")
    section = Section(path=path, number=number, heading=heading, status=status[0] if status else "")
    for line in lines:
        if match := _STEP.fullmatch(line):
            kind, day, by, provision, words = match.groups("")
            section.events.append(Event(kind=kind, day=day, by=by, provision=provision, words=words))
        elif line:
            section.text = f"{section.text} {line}".strip()
    return section
