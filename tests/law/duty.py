"""Words that bind in pairs of passages, beside what a person saw: ``python -m tests.law duty [FILE]``.

A pair is a line of JSON with ``before``, ``after``, ``kind`` (change or editorial) and the ``words`` that differ.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.changes.strength import strength
from tests.law import texts

PAIRS = texts.SHARED / "law/duty_pairs.jsonl"


@dataclass(slots=True, kw_only=True)
class Judged:
    """How many pairs there are of each kind, how many of them are flagged, and what is wrong."""

    pairs: dict[str, int] = field(default_factory=lambda: {"change": 0, "editorial": 0})
    flagged: dict[str, int] = field(default_factory=lambda: {"change": 0, "editorial": 0})
    worded: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Return the share of pairs with a change that are flagged."""
        return self.flagged["change"] / self.pairs["change"]


def judged(lines: Iterable[str]) -> Judged:
    """Return how pairs of passages are judged."""
    found = Judged()
    for pair in map(json.loads, lines):
        told = strength(pair["before"], pair["after"])
        found.pairs[pair["kind"]] += 1
        found.flagged[pair["kind"]] += bool(told)
        found.worded += bool(told) and all(one.before or one.after for one in told)
        if bool(told) != (pair["kind"] == "change"):
            found.wrong.append(f"{pair['id']}: {pair['before']} | {pair['after']} | {[one.words for one in told]}")
    return found


def main(file: Path = PAIRS) -> int:
    """Print recall, how many editorial pairs are flagged, and what is wrong; 1 where there is no such file."""
    if not file.is_file():
        print(f"no pairs of passages at {file}", file=sys.stderr)
        return 1
    print("\n".join(_lines(judged(file.read_text(encoding="utf-8").splitlines()))))
    return 0


def _lines(found: Judged) -> Iterator[str]:
    flagged: Mapping[str, Any] = found.flagged
    yield f"recall {found.recall:.2f} ({flagged['change']} of {found.pairs['change']})"
    yield f"editorial pairs flagged: {flagged['editorial']} of {found.pairs['editorial']}"
    yield f"flagged with words: {found.worded} of {sum(flagged.values())}"
    yield from found.wrong
