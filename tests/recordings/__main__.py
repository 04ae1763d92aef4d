"""Print what becomes of every recording: ``python -m tests.recordings``.

``python -m tests.recordings build DIR`` replays those of all folders into one data folder, and prints its numbers;
with a regular expression behind it only those in whose address or file name that is found.
"""

import sys
from pathlib import Path

from tests.recordings import build, table


def main() -> int:
    """Print the table, or build a folder; 1 where there are no recordings, 2 where the arguments are wrong."""
    match sys.argv[1:]:
        case []:
            return show()
        case ["build", folder, *pattern] if len(pattern) < 2:
            print("\n".join(build.numbers(build.build(Path(folder), *pattern))))
            return 0
    print(__doc__, file=sys.stderr)
    return 2


def show() -> int:
    """Print the table of the first folder; 1 where there are no recordings."""
    if not table.manifest():
        print(f"no recordings at {table.RECORDINGS}", file=sys.stderr)
        return 1
    read = []
    for row in table.rows():
        read.append(row)
        print(row)
    for file in table.files():
        if why := table.no_body(file):
            print(f"{file[-86:]:86} -   none        -         {why}")
    print("\n".join(table.summary(read)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
