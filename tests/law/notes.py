"""How much of the editors' notes in the recordings is read: ``python -m tests.law notes``.

It prints the share of I-, F- and C-notes that give their facts, footnotes apart, and every note that does not; then
how the facts agree with the 150 notes of the key.
"""

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from crawler.law import Amendment, Commencement, Modification, Note, read_note
from crawler.protocols.legislation.flow import read_annotations
from tests.recordings.world import SHARED

FOLDERS = (SHARED / "recordings" / "www.legislation.gov.uk", SHARED / "law" / "versions" / "uk")
KEY = SHARED / "law" / "notes.jsonl"
LEAST = {"I": 0.99, "F": 0.96, "C": 0.97}
"""Share of the notes of a kind that must give their facts."""


@dataclass(slots=True)
class Count:
    """What became of the notes of one kind: how many there are, how many are footnotes, and those not read."""

    notes: int = 0
    footnotes: int = 0
    unread: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Return the share of the notes other than footnotes that were read whole."""
        return 1 - len(self.unread) / max(1, self.notes - self.footnotes)


def recorded_notes() -> Iterator[tuple[str, str]]:
    """Yield kind and text of every note in the recordings, whether the text refers to it or not."""
    for path in sorted(path for folder in FOLDERS for path in folder.rglob("*.xml*") if path.is_file()):
        body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        if b"<Commentary " in body:
            notes, _ = read_annotations(etree.fromstring(body), ())
            yield from ((note.kind, note.text) for note in notes)


def count() -> dict[str, Count]:
    """Return what became of the recorded notes, by kind."""
    counts = {kind: Count() for kind in LEAST}
    for kind, text in recorded_notes():
        if kind in counts:
            note, of_kind = read_note(kind, text), counts[kind]
            of_kind.notes += 1
            of_kind.footnotes += note.is_footnote
            if not note.is_footnote and (note.unread or not note.facts):
                of_kind.unread.append(text)
    return counts


def disagreements() -> list[str]:
    """Return where the facts of the notes of the key are others than the key says, a line for each field."""
    lines: list[str] = []
    for key in (json.loads(line) for line in KEY.read_text("utf-8").splitlines()):
        if key["facts"] is not None:
            note = read_note(key["type"], key["text"])
            lines += (f"{key['text']}: {line}" for line in _differences(note, key["facts"]))
    return lines


def _differences(note: Note, facts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if len(note.facts) != len(facts):
        yield f"{len(note.facts)} facts, not {len(facts)}"
        return
    for read, wanted in zip((_as_in_key(fact) for fact in note.facts), facts, strict=True):
        if "by" in wanted:
            # The key cuts some names of EU acts behind their provisions.
            read, wanted = ({**fact, "by": f"{fact['by']}, {fact['by_provisions']}".strip(", "), "by_provisions": ""}
                            for fact in (read, wanted))  # fmt: skip
        yield from (
            f"{name}: {read[name]!r}, not {wanted[name]!r}"
            for name in wanted
            if _bare(read[name]) != _bare(wanted[name])
        )


def _bare(value: object) -> object:
    """Return a value without the full stops at the ends of its texts, which the key leaves out with abbreviations."""
    if isinstance(value, list):
        return [_bare(each) for each in value]
    return value.rstrip(". ") if isinstance(value, str) else value


def _as_in_key(fact: Commencement | Amendment | Modification) -> dict[str, Any]:
    if isinstance(fact, Commencement):
        return {
            "provision": fact.provision, "state": fact.state, "date": fact.date or None,
            "royal_assent": fact.is_at_assent, "qualification": fact.qualification, "authority": fact.authority,
            "savings": fact.savings,
        }  # fmt: skip
    shared = {
        "provision": fact.provision, "verb": fact.verb, "dates": [day.date for day in fact.dates if day.date],
        "by": fact.by.number, "by_provisions": fact.by.provisions, "also": [str(each) for each in fact.also],
    }  # fmt: skip
    if isinstance(fact, Modification):
        return {**shared, "in_brackets": fact.brackets}
    return {
        **shared, "what": fact.what, "beside": fact.beside, "dates_as_written": fact.written,
        "extent": list(fact.extent), "by_name": fact.by.name,
        "by_provisions": f"{fact.by.provisions} {fact.by.savings}".strip(),
    }  # fmt: skip


def main() -> int:
    """Print the figures; return 1 where one falls short."""
    counts, wrong = count(), disagreements()
    for kind, of_kind in counts.items():
        read = of_kind.notes - of_kind.footnotes - len(of_kind.unread)
        print(f"{kind}: {read} of {of_kind.notes - of_kind.footnotes} read ({of_kind.share:.4f}),"
              f" {of_kind.footnotes} footnotes")  # fmt: skip
        for text in of_kind.unread:
            print(f"  not read: {text}")
    print(f"key: {len(wrong)} fields differ")
    for line in wrong:
        print(f"  {line}")
    return int(bool(wrong) or any(of_kind.share < LEAST[kind] for kind, of_kind in counts.items()))
