"""Writes the golden files anew; review what differs.

``recorded``: only those of recordings, which must stand beside the checkout. ``print``: the entries of recordings in
their words, to be read by hand; of all crawls, or of those that are named.
"""

import sys

from tests.entries import kept, masked
from tests.recordings import world


def main(arguments: list[str]) -> int:
    """Do what is asked for; 1 where the recordings are missing."""
    if not arguments:
        kept.rewrite()
    if not world.is_there():
        print(world.ABSENT, file=sys.stderr)
        return 1
    if arguments[:1] == ["print"]:
        print("\n".join(masked.spoken(arguments[1:])))
    else:
        masked.rewrite()
    return 0


sys.exit(main(sys.argv[1:]))
