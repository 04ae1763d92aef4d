"""How much of the text of a file lands in sections, and how much of it twice: a row for each file."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

LEAST, MOST = 0.98, 0.005
"""Least share of the text that is in sections, and most that is there twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    name: str
    sections: int = 0
    characters: int = 0
    covered: float = 0.0
    twice: float = 0.0
    repeated: float = 0.0
    told: str = ""

    @property
    def is_refused(self) -> bool:
        return self.told.startswith("refused")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return Counter(zip(*(words[start:] for start in range(8)), strict=False))


def measured(
    name: str, law: str, found: str, counts: Callable[[str], bool], *, sections: int, problems: Iterable[str]
) -> Row:
    """Return the row of a file: its law, what of that was found, and which of its characters count."""
    wanted, got = (Counter(filter(counts, text)) for text in (law, found))
    before, after = shingles(law), shingles(found)
    total = sum(wanted.values())
    return Row(
        name=name,
        sections=sections,
        characters=total,
        covered=sum((wanted & got).values()) / max(1, total),
        twice=sum((got - wanted).values()) / max(1, total),
        repeated=sum(max(0, n - before[key]) for key, n in after.items() if key in before)
        / max(1, sum(before.values())),
        told="; ".join(problems),
    )


def table(found: list[Row], width: int) -> str:
    head = f"{'sections':>8} {'letters':>8} {'covered':>8} {'twice':>7} {'repeated':>8}  told"
    lines = [f"{'recording':{width}} {head}"]
    for row in sorted(found, key=lambda row: (row.is_refused, row.covered, -row.twice)):
        numbers = f"{row.covered:8.2%} {row.twice:7.2%} {row.repeated:8.2%}" if row.characters else " " * 25
        lines.append(f"{row.name[:width]:{width}} {row.sections:8} {row.characters:8} {numbers}  {row.told}")
    return "\n".join(lines)


def check(found: list[Row], least: int) -> None:
    """Hold that enough files were found, and that their text is in sections, once."""
    with_text = [row for row in found if row.characters]
    assert len(with_text) >= least
    assert [row for row in with_text if row.covered < LEAST] == []
    assert [row for row in with_text if row.twice > MOST or row.repeated > MOST] == []


def refused(found: list[Row]) -> dict[str, str]:
    return {row.name: row.told for row in found if row.is_refused}
