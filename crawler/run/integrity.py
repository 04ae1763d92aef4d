"""Is the archive the one that the database was made from? Asked by crawl, rebuild and check alike, in the same words.

The database notes, in the transaction of each record, how far it has applied each file. A file that is missing, shorter
or longer than that, or that holds no answer where one was read, is no archive to go on from: a database made from it
would have less than this one. Only the newest file may have grown: a kill leaves records behind the commit.
"""

from collections.abc import Iterator
from pathlib import Path

from crawler.archive import Mismatch, Place, file_lengths, holds_nothing, mismatches, refusal, stands
from crawler.errors import StoreError
from crawler.run.options import ARCHIVE, DATABASE
from crawler.store import Store, applied


def require(data: Path, *, readable: bool = True) -> None:
    """Refuse an archive that is not whole, or not the one the database was made from. Nothing is written.

    Where the database must not be ``readable``, one that is damaged tells what it can.

    Raises:
        ArchiveError: what is wrong, file by file, and the way out.
        StoreError: the database cannot be read.
    """
    if found := differences(data, readable=readable):
        raise refusal(data / ARCHIVE, found, f"is older than {data / DATABASE}, or another one")
    if found := mismatches(data / ARCHIVE):
        raise refusal(data / ARCHIVE, found)


def differences(data: Path, *, readable: bool) -> list[Mismatch]:
    """Return what of the archive is not what the database was made from; nothing where there is no database.

    Raises:
        ArchiveError: a file cannot be read.
        StoreError: the database cannot be read, though it must be ``readable``.
    """
    found: list[Mismatch] = []
    if not Store.is_at(data / DATABASE):
        return found
    try:
        with Store.open(data / DATABASE, any_schema=True) as store:
            found.extend(_compared(store, data / ARCHIVE))
    except StoreError:
        if readable:
            raise
    return found


def _compared(store: Store, directory: Path) -> Iterator[Mismatch]:
    """Yield the files that are not what a database was made from, in archive order."""
    known, places, damaged = applied.files(store), [], None
    try:
        places = list(_places(store))
    except StoreError as error:
        damaged = error
    lengths = file_lengths(directory)  # Behind the database: a crawl may be writing both.
    newest = max(known, default="")
    wrong = set()
    strange = {name for name in lengths if name < newest and name not in known and not holds_nothing(directory / name)}
    for file in sorted(known.keys() | strange):
        mismatch = _of_file(file, known, lengths, newest)
        if mismatch is not None:
            wrong.add(file)
            yield mismatch
    for place, is_last in places:
        found, expected = lengths.get(place.file), known.get(place.file) or place.end
        if place.file in wrong:
            continue
        if found is None or found < place.end:
            yield Mismatch(file=place.file, expected=expected, found=found)
        elif not stands(directory, place, to_its_end=is_last):
            reason = f"at offset {place.offset} no longer stands what was read there"
            yield Mismatch(file=place.file, expected=expected, found=found, reason=reason)
        else:
            continue
        wrong.add(place.file)
    if damaged is not None:
        raise damaged


def _places(store: Store) -> Iterator[tuple[Place, bool]]:
    """Yield where the database says that records stand, and of each whether it is the last that was applied.

    These are the last record of all, the last answer of each file, and the first entry of each crawl; none where they
    were forgotten.
    """
    position = Place.of(store.meta(applied.POSITION) or "")
    if position is None:
        return
    yield position, True
    for row in applied.last_records(store):
        yield Place(file=row["file"], offset=row["offset"], length=row["length"]), False


def _of_file(file: str, known: dict[str, int | None], lengths: dict[str, int], newest: str) -> Mismatch | None:
    """Return what is wrong with the length of one file."""
    found = lengths.get(file)
    if file not in known:
        return Mismatch(file=file, found=found, reason="was not there when the database was made", lost=False)
    expected = known[file]
    if found is None:
        return Mismatch(file=file, expected=expected)
    if expected is None or found == expected or (found > expected and file == newest):
        return None
    return Mismatch(file=file, expected=expected, found=found, lost=found < expected)
