"""Golden dumps: ``python -m tests.golden write DIR [WORLD …]``, ``compare OLD NEW [--all]``, ``digests DIR``.

``write`` makes the worlds and writes their tables and feeds as text; ``compare`` prints what differs between two such
folders, but for what tests/golden/declared.py declares; ``digests`` writes those of a folder into the repository.
"""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.golden import compare, dump, worlds
from tests.recordings import library

FILE = Path(__file__).parent / "digests.json"
SHOWN = 5
WIDTH = 400


def main() -> int:
    """Return 0, or 1 where two dumps differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    writing = verbs.add_parser("write")
    writing.add_argument("folder", type=Path)
    writing.add_argument("worlds", nargs="*", choices=[*worlds.ALL, []])
    comparing = verbs.add_parser("compare")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    comparing.add_argument("--all", action="store_true", help="every line, whole")
    verbs.add_parser("digests").add_argument("folder", type=Path)
    given = parser.parse_args()
    if given.verb == "write":
        return write(given.folder, given.worlds)
    if given.verb == "digests":
        return digests(given.folder)
    return told(given.old, given.new, whole=given.all)


def write(folder: Path, names: list[str]) -> int:
    """Make worlds, all of them where none is named, and write what came of them."""
    for name in names or worlds.ALL:
        if name in worlds.SHARED and not library.is_there():
            print(f"{name}: left out, its folders do not stand beside this checkout", file=sys.stderr)
            continue
        with TemporaryDirectory() as made:
            data = Path(made) / "data"
            worlds.ALL[name](data)
            dump.write(data, folder / name)
        print(f"{name}: {sum(1 for file in (folder / name).glob('*.jsonl'))} tables", flush=True)
    return 0


def digests(folder: Path) -> int:
    """Write the digests of a folder of dumps into the repository; they hold no words of anybody."""
    kept = {each.name: compare.digests(compare.read(each)) for each in sorted(folder.iterdir()) if each.is_dir()}
    FILE.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")
    return 0


def told(old: Path, new: Path, *, whole: bool) -> int:
    """Print what differs."""
    count = 0
    for name in sorted(compare.worlds(old) ^ compare.worlds(new)):
        print(f"{name}: only in one of the two")
    for each in compare.differences(old, new):
        count += 1
        print(f"{each.world} {each.table}: {len(each.less)} only old, {len(each.more)} only new")
        for sign, lines in (("-", each.less), ("+", each.more)):
            for line in lines if whole else lines[:SHOWN]:
                print(f"  {sign} {line if whole else line[:WIDTH]}")
    print(f"{count} tables differ" if count else "equal")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
