"""What revisit records refer to: found by the place they name, or by record id where another record stands there."""

from pathlib import Path

from crawler.archive.members import Member, is_record, open_to_read, read_member, walk, warc_files
from crawler.archive.records import REFERS_TO_PLACE, Record, read_fields, read_record, where
from crawler.archive.values import Place
from crawler.errors import ArchiveError


class RevisitTargets:
    """The responses of one archive directory, for its revisits.

    A file that was renamed, or that holds redacted records, no longer has its records at the places that revisits
    name. Then all files are read once and their record ids kept, about 300 bytes each.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._places: dict[str, Place] = {}
        self._scanned: dict[str, int] = {}

    def of(self, revisit: Record) -> Record:
        """Return the response a revisit refers to.

        Raises:
            ArchiveError: it is not in this archive.
        """
        wanted = revisit["WARC-Refers-To"]
        named = Place.of(revisit.fields.get(REFERS_TO_PLACE.lower(), ""))
        for place in (named, self._places.get(wanted)):
            found = self._at(place)
            if found is not None and found.fields.get("warc-record-id") == wanted:
                return found
        self._scan()
        found = self._at(self._places.get(wanted))
        if found is None:
            url, date = (revisit.fields.get(f"warc-refers-to-{name}", "") for name in ("target-uri", "date"))
            raise ArchiveError(
                f"{where(revisit.place)}: refers to {wanted}, {url} of {date}, which is not in {self._directory}"
            )
        return found

    def _at(self, place: Place | None) -> Record | None:
        """Return the response at a place, None where none stands there."""
        if place is None or not (path := self._directory / Path(place.file).name).is_file():
            return None
        with open_to_read(path) as fd:
            found = is_record(fd, place.offset)
        if found is None:
            return None
        try:
            record = read_record(place.file, found)
        except ArchiveError:
            return None  # Another record than the one that stood there; the search by id goes on.
        return record if record.type == "response" else None

    def _scan(self) -> None:
        """Record the places of all responses that were not noted yet."""
        for path in warc_files(self._directory):
            start = self._scanned.get(path.name, 0)
            with open_to_read(path) as fd:
                for found in walk(fd, start):
                    if isinstance(found, Member):
                        self._note(path.name, found)
                        self._scanned[path.name] = found.end

    def _note(self, file: str, member: Member) -> None:
        """Record the place of a response by its record id."""
        fields = read_fields(member.data[: member.data.find(b"\r\n\r\n") + 2])
        if fields.get("warc-type") == "response" and (record_id := fields.get("warc-record-id")):
            self._places[record_id] = Place(file=file, offset=member.offset, length=member.length)


def read_at(directory: Path, place: Place) -> Record:
    """Return the record at a place.

    Raises:
        ArchiveError: there is none, or its length is another one.
    """
    path = directory / Path(place.file).name
    with open_to_read(path) as fd:
        found = read_member(fd, place.offset)
    if not isinstance(found, Member):
        raise ArchiveError(f"{path}: offset {place.offset}: {found.reason}")
    if place.length and found.length != place.length:
        raise ArchiveError(f"{path}: offset {place.offset}: {found.length} bytes long, not {place.length}")
    return read_record(place.file, found)
