"""The published effects beside the texts of a public database: ``python -m tests.law audit data/public.db``."""

import sys
from contextlib import closing
from pathlib import Path

from crawler.public.audit import audited, laws
from crawler.public.database import connect


def main(file: Path = Path("data/public.db")) -> int:
    """Print of each law how many provisions differ as its effects say, and each disagreement; 1 without a file."""
    if not file.is_file():
        print(f"no public database at {file}", file=sys.stderr)
        return 1
    with closing(connect(file)) as connection:
        if not (found := laws(connection)):
            print("no law of which two points in time and effects worked into it are held")
        for law in found:
            points = list(audited(connection, law))
            agreed, differing = (
                sum(len(point.agreed) for point in points),
                sum(len(point.agreed) + len(point.unexplained) + len(point.unseen) for point in points),
            )
            print(f"{law}: {agreed} of {differing} agree at {len(points)} points in time")
            for point in points:
                for path in point.unexplained:
                    print(f"  {point.day} {path}: differs, and no effect names it")
                for effect in point.unseen:
                    print(f"  {point.day} {effect['affected_provision']}: {effect['type']}, and the text is the same")
    return 0
