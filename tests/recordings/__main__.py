"""Print what becomes of every recording: ``python -m tests.recordings``."""

import sys

from tests.recordings import table


def main() -> int:
    """Print the table; 1 where there are no recordings."""
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
