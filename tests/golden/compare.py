"""Two dumps of the same worlds compared, and the digests of a dump that are kept in the repository."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tests.golden.declared import DECLARED, Declared
from tests.golden.dump import line

NOTHING = Declared()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Lines of one table of one world that only one of two dumps has."""

    world: str
    table: str
    less: Sequence[str]
    more: Sequence[str]


def differences(old: Path, new: Path, declared: Declared = DECLARED) -> Iterator[Difference]:
    """Yield what differs between two folders of dumps, but for what is declared; of worlds that both have."""
    for world in sorted(worlds(old) & worlds(new)):
        before, after = read(old / world, declared), read(new / world, declared)
        for table in sorted(before.keys() | after.keys()):
            one, other = Counter(before.get(table, ())), Counter(after.get(table, ()))
            less, more = sorted((one - other).elements()), sorted((other - one).elements())
            if less or more:
                yield Difference(world=world, table=table, less=less, more=more)


def worlds(folder: Path) -> set[str]:
    """Return the names of the worlds of which a folder holds dumps."""
    return {each.name for each in folder.iterdir() if each.is_dir()}


def read(folder: Path, declared: Declared = DECLARED) -> dict[str, list[str]]:
    """Return the lines of a dump by table, under their present names; empty where there is no such world."""
    found: dict[str, list[str]] = {}
    for file in sorted(folder.glob("*.jsonl")):
        if file.stem in declared.dropped_tables:
            continue
        with file.open(encoding="utf-8") as stream:
            table, rows = declared.rows(file.stem, map(json.loads, stream))
            found[table] = sorted(map(line, rows))
    return found


def digests(tables: Mapping[str, Sequence[str]], declared: Declared = DECLARED) -> dict[str, str]:
    """Return the number of rows of each table and a digest of them, as one text."""
    found = {}
    for name, lines in tables.items():
        if name in declared.dropped_tables:
            continue
        table, rows = declared.rows(name, map(json.loads, lines))
        kept = sorted(map(line, rows))
        digest = sha256("\n".join(kept).encode()).hexdigest()
        found[table] = f"{len(kept)} {digest[:16]}"
    return found
