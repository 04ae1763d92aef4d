"""The fold: the archive, record by record, becomes the database. Nothing else writes an interpreted table.

readings(state, record) -> what of it must be parsed (live, the parse worker does that)
apply(state, record, reads) -> everything it means, except what looks at a whole crawl: health, relevance, entries
"""

from collections.abc import Sequence

from crawler.archive import Exchange, Journal
from crawler.ingest import answers, journal
from crawler.ingest.readings import Read as Read
from crawler.ingest.readings import Reading as Reading
from crawler.ingest.readings import readings as readings
from crawler.ingest.state import State as State


def apply(state: State, record: Exchange | Journal, reads: Sequence[Read] = ()) -> None:
    """Apply one record of the archive, with the pages that were read from it, to the open transaction.

    Raises:
        StoreError: the database could not be written.
        ArchiveError: the record is of a kind that this version does not know.
    """
    if isinstance(record, Journal):
        journal.apply(state, record, reads)
    else:
        answers.apply(state, record, reads)
