"""Answers, links and readers that the tests of the archive share."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import Answer, Archive, Cut, Exchange, Place, Replacement, Replay
from crawler.archive.redact import Keep

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
PAGE = b"<html><title>Sample guidance</title><p>This text is a sample of our own.</p></html>"
LINK = {"source": "sample", "url": "https://www.example.org/a", "role": "document", "facts": {"title": "Beispiel für"}}


def at(minutes: float) -> datetime:
    """Return a time after noon."""
    return NOON + timedelta(minutes=minutes)


def answer(url: str = "https://www.example.org/a?x=1&y=2", body: bytes = PAGE, **more: Any) -> Answer:
    """Return an answer as a server would send it."""
    values: dict[str, Any] = {
        "url": url,
        "method": "GET",
        "time": NOON,
        "status": 200,
        "reason": "OK",
        "headers": (("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))),
        "body": body,
        "request_headers": (("User-Agent", "sample/1 (contact@example.org)"), ("Accept", "text/html")),
    }
    return Answer(**(values | more))


def without_bodies(matches: Callable[[Exchange], str | None]) -> Keep:
    """Return what keeps of exchanges everything but the bodies for which there is a reason to take them out."""

    def keep(one: Exchange, request: bytes, refers: str) -> Replacement | None:
        reason = matches(one)
        if reason is None or one.redacted or one.revisit:
            return None
        cut = Cut(reason=reason, payload_digest=one.payload_digest, body_digest=one.digest, whole=True)
        return Replacement(url=one.url, refers=refers, headers=one.headers, request=request, link=one.link, cut=cut)

    return keep


def as_it_is(kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Keep a journal entry."""
    return payload


def write(
    directory: Path, *answers: Answer, run: str = "20260301T120000Z", link: Mapping[str, Any] = LINK
) -> list[Exchange]:
    """Write answers as one run, with a journal entry before and behind."""
    with Archive.open(directory) as archive:
        archive.start(run, {"software": "sample"})
        archive.journal("run-started", {"run": run}, NOON)
        written = [archive.exchange(each, link) for each in answers]
        archive.journal("run-ended", {"run": run}, NOON)
    return written


def run_file(directory: Path, run: str = "") -> Path:
    """Return the only file of an archive, or that of a run."""
    (path,) = directory.glob(f"*{run}.warc.gz")
    return path


def bytes_at(directory: Path, place: Place) -> bytes:
    """Return the bytes of a record as they stand in its file."""
    return (directory / place.file).read_bytes()[place.offset : place.end]


def warcio_records(path: Path) -> Iterator[tuple[str, Any, bytes]]:
    """Yield type, record and raw payload of all records, as warcio reads them, every digest verified."""
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            body = record.raw_stream.read()
            assert record.rec_type == "revisit" or record.digest_checker.passed is True
            yield record.rec_type, record, body


def fastwarc_verified(path: Path) -> list[str]:
    """Return the types of all records, as FastWARC reads them, every digest verified."""
    types = []
    for record in FastIterator(io.BytesIO(path.read_bytes()), parse_http=False):
        assert record.verify_block_digest(), record.headers
        record.parse_http()
        name = str(record.headers["WARC-Type"])
        if name == "response":
            assert record.verify_payload_digest(), record.headers
        types.append(name)
    return types


def bodies(replay: Replay, *urls: str, accept: str = "") -> list[bytes | None]:
    """Return the bodies that answer, None for addresses that were not recorded."""
    found = [replay.answer("GET", url, accept) for url in urls]
    return [None if one is None else one.body for one in found]


def only(replay: Replay, url: str, accept: str = "") -> Answer:
    """Return the answer of an address that was recorded."""
    found = replay.answer("GET", url, accept)
    assert found is not None
    return found


class Foreign:
    """A WARC file of somebody else, made with warcio."""

    def __init__(self, path: Path, gzip: bool = True) -> None:
        self.path = path
        self._stream = path.open("wb")
        self._writer = WARCWriter(self._stream, gzip=gzip, warc_version="1.1")

    def __enter__(self) -> Foreign:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def response(
        self,
        url: str,
        time: datetime,
        body: bytes,
        *,
        status: str = "200 OK",
        headers: list[tuple[str, str]] | None = None,
        fields: dict[str, str] | None = None,
        kind: str = "response",
    ) -> Any:
        """Write a response, or a record of another kind; return it."""
        http = StatusAndHeaders(status, headers or [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            http_headers=http if kind != "resource" else None,
            warc_content_type="text/plain" if kind == "resource" else "",
            warc_headers_dict={"WARC-Date": time.isoformat().replace("+00:00", "Z"), **(fields or {})},
        )
        self._writer.write_record(record)
        return record

    def request(self, url: str, time: datetime, method: str, response: Any) -> None:
        """Write the request of a response."""
        http = StatusAndHeaders(f"{method} / HTTP/1.1", [("Host", "www.example.org")], is_http_request=True)
        concurrent = response.rec_headers.get_header("WARC-Record-ID")
        date = time.isoformat().replace("+00:00", "Z")
        record = self._writer.create_warc_record(
            url, "request", http_headers=http, warc_headers_dict={"WARC-Date": date, "WARC-Concurrent-To": concurrent}
        )
        self._writer.write_record(record)
