"""Which records may follow one another in a file of the archive."""

from __future__ import annotations

from crawler.archive.exchanges import Group
from crawler.archive.records import LINK, Record, where
from crawler.errors import ArchiveError

_LINK = f"kind: {LINK}\r\n".encode()


class Grouping:
    """Puts the records of one file together, one by one; ``open`` are those of an exchange that is not whole yet."""

    def __init__(self) -> None:
        self.open: list[Record] = []

    def add(self, record: Record) -> Record | Group | None:
        """Return a journal entry or a whole exchange; None where more belongs to it, and for a file's own warcinfo.

        Raises:
            ArchiveError: a record where none of its type can stand; the exchange that was open is given up.
        """
        stands, self.open = self.open, []
        if not stands and record.type == "metadata":
            if not record.block.startswith(_LINK):
                return record
            self.open = [record]
        elif len(stands) == 1 and record.type == "request":
            self.open = [*stands, record]
        elif len(stands) == 2 and record.type in ("response", "revisit"):
            return _together(stands[0], stands[1], record)
        elif stands or record.type != "warcinfo":
            expected = ("a journal entry or link", "the request of a link", "the answer to a request")[len(stands)]
            raise ArchiveError(f"{where(record.place)}: {record.type or 'untyped'} record, expected {expected}")
        return None

    def close(self) -> None:
        """Say that the file is at its end.

        Raises:
            ArchiveError: within an exchange.
        """
        if self.open:
            raise ArchiveError(f"{where(self.open[0].place)}: the file ends within this exchange")


def _together(link: Record, request: Record, answered: Record) -> Group:
    """Return the three as a group if they name each other."""
    for record in (link, request):
        if record["WARC-Concurrent-To"] != answered["WARC-Record-ID"]:
            raise ArchiveError(f"{where(record.place)}: {record.type} record does not belong to the answer behind it")
    return link, request, answered
