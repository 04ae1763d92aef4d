"""All recordings: every row of the four folders beside this checkout, who reads it, and why others are not read.

The folders are ``recordings``, ``recordings-more``, ``law/versions`` and ``series`` of ``../shared``.
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from crawler.identifiers import same_address
from crawler.text import moment
from tests.recordings import table
from tests.recordings.table import Reader
from tests.recordings.world import SHARED, time_of

MORE = SHARED / "recordings-more"
VERSIONS = SHARED / "law" / "versions"
SERIES = SHARED / "series"

_MORE_UNREAD = {
    r"_reference/.*": "documentation of an interface",
    r".*\.normalised\.json": "made over by its collector: no answer of a server",
    r".*/derived-.*": "made of several answers: no answer of a server",
    r"www\.ons\.gov\.uk/.*\.json": "a page of the ONS as JSON: no protocol reads it",
    r"www\.ons\.gov\.uk/.*@2020-09-29-2\.html": "no page: what was answered is data",
    r"caselaw\.nationalarchives\.gov\.uk/.*\.akn\.xml": "a judgment as Akoma Ntoso: no protocol reads it",
    r"www\.europol\.europa\.eu/.*fragment.*": "a fragment of what a page holds: not the page",
    r"www\.osce\.org/.*excerpt.*": "the text of an excerpt without its markup: not the page",
    r"iasctoolkit\.nottingham\.ac\.uk/.*/404\.html": "the page that says that there is none",
}
_VERSIONS_UNREAD = {
    r"eu/.*\.sparql\.json": "rows of a question of somebody else, without the names of its columns",
}
_MORE_READERS = (
    Reader(pattern=r"www\.europarl\.europa\.eu/thinktank_rss", protocol="feed", role="listing", kind="research"),
    Reader(pattern=r"caselaw\.nationalarchives\.gov\.uk/atom", protocol="feed", role="listing", kind="case_law"),
    Reader(pattern=r"www\.gov\.uk/content-api/", protocol="govuk"),
    Reader(pattern=r"iasctoolkit\.nottingham\.ac\.uk/", protocol="page", kind="resource"),
    Reader(pattern=r"", protocol="page", kind="statistics"),
)
_VERSIONS_READERS = (
    Reader(pattern=r"uk/changes-", protocol="legislation", role="statement", kind="legislation"),
    Reader(pattern=r"uk/", protocol="legislation", kind="legislation"),
    Reader(pattern=r"eu/", protocol="cellar", kind="legislation"),
)
_SERIES_READERS = (
    Reader(pattern=r"uk-act/", protocol="legislation", kind="legislation"),
    Reader(pattern=r"govuk-guidance/", protocol="govuk"),
    Reader(pattern=r"site-box/", protocol="page"),
)
_KINDS = {"legislation": "legislation", "cellar": "legislation", "hudoc": "report", "parliament": "parliament",
          "europarl": "parliament"}  # fmt: skip
_ADDRESSES = {"bills-api.parliament.uk/bills.json": "https://bills-api.parliament.uk/api/v1/Bills?CurrentHouse=All"}
"""Where nobody knows with what words a list was asked for, words of ours."""
_COURT = "hudoc.echr."


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One answer of a server: where it is kept, who reads it, and at what address and time a replay has it.

    ``name`` is its folder and file; ``raw`` whether the body is as it was served.
    """

    name: str
    raw: bool
    reader: Reader
    url: str
    time: datetime
    status: int
    media: str
    body: bytes

    @property
    def key(self) -> tuple[str, datetime]:
        """Return what tells it from all other recordings."""
        return same_address(self.url), self.time


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A file that is not replayed, and why."""

    name: str
    why: str


def is_there() -> bool:
    """Whether all four folders stand beside this checkout."""
    return all(each.is_dir() for each in (table.RECORDINGS, MORE, VERSIONS, SERIES))


def everything() -> tuple[tuple[Recording, ...], tuple[Unread, ...]]:
    """Return all recordings in a fixed order, two of one address never at one time, and what is not replayed."""
    taken: set[tuple[str, datetime]] = set()
    recordings: list[Recording] = []
    unread: list[Unread] = []
    for each in _rows():
        if isinstance(each, Unread):
            unread.append(each)
            continue
        time = each.time
        while (same_address(each.url), time) in taken:
            time += timedelta(minutes=1)
        taken.add((same_address(each.url), time))
        recordings.append(_at(each, time))
    return tuple(recordings), tuple(unread)


def _at(recording: Recording, time: datetime) -> Recording:
    return Recording(
        name=recording.name, raw=recording.raw, reader=recording.reader, url=recording.url, time=time,
        status=recording.status, media=recording.media, body=recording.body,
    )  # fmt: skip


def _rows() -> Iterator[Recording | Unread]:
    yield from _first_folder()
    yield from _folder(MORE, _MORE_READERS, _MORE_UNREAD)
    yield from _folder(VERSIONS, _VERSIONS_READERS, _VERSIONS_UNREAD)
    for file in sorted(SERIES.rglob("*.warc.gz")):
        yield from _series(file)


def _first_folder() -> Iterator[Recording | Unread]:
    for file, about in table.manifest().items():
        if why := table.no_body(file):
            yield Unread(name=f"recordings/{file}", why=why)
            continue
        reader = table.reader(file)
        assert reader is not None, file
        kind = "case_law" if file.startswith(_COURT) else _KINDS.get(reader.protocol, reader.kind)
        named = Reader(
            pattern=reader.pattern, protocol=reader.protocol, role=reader.role, kind=kind, options=reader.options
        )
        url = _ADDRESSES.get(file) or table.address(about)
        yield _recording(f"recordings/{file}", about, named, url, table.RECORDINGS / file)


def _folder(folder: Path, readers: tuple[Reader, ...], unread: Mapping[str, str]) -> Iterator[Recording | Unread]:
    for line in (folder / table.MANIFEST).read_text("utf-8").splitlines():
        about = json.loads(line)
        file, name = str(about["file"]), f"{folder.relative_to(SHARED).as_posix()}/{about['file']}"
        if why := next((why for pattern, why in unread.items() if re.fullmatch(pattern, file)), ""):
            yield Unread(name=name, why=why)
            continue
        reader = next(each for each in readers if re.match(each.pattern, file))
        yield _recording(name, about, reader, str(about["url"]).partition(" ")[0], folder / file)


def _recording(name: str, about: Mapping[str, Any], reader: Reader, url: str, file: Path) -> Recording:
    body = file.read_bytes()
    media = str(about["content_type"])
    return Recording(
        name=name,
        raw=bool(about["raw"]),
        reader=reader,
        url=url,
        time=time_of(about["recorded"]),
        status=about.get("status") or table.status(about),
        media=media if "/" in media and "(" not in media else "application/octet-stream",
        body=gzip.decompress(body) if file.suffix == ".gz" else body,
    )


def _series(file: Path) -> Iterator[Recording]:
    name = file.relative_to(SHARED).as_posix()
    reader = next(each for each in _SERIES_READERS if re.match(each.pattern, name.removeprefix("series/")))
    with file.open("rb") as stream:
        for number, record in enumerate(ArchiveIterator(stream), 1):
            yield Recording(
                name=f"{name}#{number}",
                raw=not name.startswith("series/govuk-guidance/"),
                reader=reader,
                url=str(record.rec_headers.get_header("WARC-Target-URI")),
                time=moment(str(record.rec_headers.get_header("WARC-Date"))),
                status=int(record.http_headers.get_statuscode()),
                media=str(record.http_headers.get_header("Content-Type")),
                body=record.content_stream().read(),
            )


def newest(warc: Path) -> datetime:
    """Return the time of the newest answer in a file of a series."""
    return max(each.time for each in _series(warc))
