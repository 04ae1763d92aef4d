"""A folder of captures that people can read and compare, packed into a WARC: the sample world, and tests.

Every file named ``*.capture.json`` in the folder or below is one capture::

    {"url": "https://…", "time": "2026-01-05T09:00:00Z", "status": 200,
     "headers": [["Content-Type", "text/html"]], "body": "page.html"}

``body`` names a file beside it; without one the body is empty. ``method``, ``reason`` and ``truncated`` may be given,
and ``posted``, the text of the body that a POST was made with.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from crawler.archive import records as warc
from crawler.archive.foreign_warc import first_bytes
from crawler.archive.members import Fault, Member, open_to_read, read_member
from crawler.archive.values import Answer
from crawler.errors import ArchiveError, ConfigError
from crawler.text import moment

_REQUIRED = {"url": str, "time": str, "status": int, "headers": list}
_OPTIONAL = {"body": str, "method": str, "reason": str, "truncated": str, "posted": str}


def pack(folder: Path, out: Path, *, sample: bool = False) -> int:
    """Pack the captures of a folder into a WARC file, ordered by time, then by path; return how many there are.

    The same folder gives the same bytes. ``sample`` marks the file as invented, for :func:`is_sample`.

    Raises:
        ConfigError: a capture is not written as it should be, or the folder holds none.
        ArchiveError: the file could not be written.
    """
    paths = sorted(folder.rglob("*.capture.json"), key=lambda path: path.relative_to(folder).as_posix())
    if not paths:
        raise ConfigError(f"{folder}: holds no *.capture.json")
    captures = [_Capture(path.relative_to(folder).as_posix(), _read_capture(path)) for path in paths]
    captures.sort(key=lambda capture: capture.answer.time)
    info = {"format": "WARC File Format 1.1", **({"sample": "true"} if sample else {})}
    records = [_info(info, captures[-1].answer.time), *(part for capture in captures for part in _records(capture))]
    beside = out.with_name(f".{out.name}.packing")
    try:
        beside.write_bytes(b"".join(records))
        beside.replace(out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise ArchiveError(f"{out}: {error.strerror}") from error
    return len(captures)


def is_sample(file: Path) -> bool:
    """Return whether a WARC file, ours or packed, says of itself that its captures are invented.

    Raises:
        ConfigError: there is no such file, or it cannot be read.
    """
    first_bytes(file)
    with open_to_read(file) as fd:
        first = read_member(fd, 0)
    if isinstance(first, Fault):
        return False
    return _says_sample(first)


@dataclass(frozen=True, slots=True)
class _Capture:
    """A capture and its path within the folder, from which its record ids are made."""

    path: str
    answer: Answer


def _says_sample(first: Member) -> bool:
    """Return whether a record is a warcinfo with ``sample: true``."""
    head, _, block = first.data[: 64 * 1024].partition(b"\r\n\r\n")
    is_info = warc.read_fields(head).get("warc-type") == "warcinfo"
    return is_info and warc.read_fields(block).get("sample") == "true"


def _read_capture(path: Path) -> Answer:
    """Read one capture file and the body beside it."""
    try:
        told = json.loads(path.read_bytes())
        _refuse(told)
        body = (path.parent / told["body"]).read_bytes() if "body" in told else b""
        headers = [(name, value) for name, value in told["headers"]]
        if not any(name.lower() == "content-length" for name, _ in headers):
            headers.append(("Content-Length", str(len(body))))
        return Answer(
            url=told["url"],
            method=told.get("method", "GET"),
            time=moment(told["time"]),
            status=told["status"],
            reason=told.get("reason", ""),
            headers=tuple(headers),
            body=body,
            request_body=told.get("posted", "").encode(),
            truncated=told.get("truncated", ""),
        )
    except OSError as error:
        raise ConfigError(f"{path}: {error.filename}: {error.strerror}") from error
    except (TypeError, ValueError) as error:
        raise ConfigError(f"{path}: {error}") from error


def _refuse(told: Any) -> None:
    """Raise ValueError where a capture is not an object with the right keys."""
    if not isinstance(told, dict):
        raise ValueError("not a JSON object")
    for key, kind in _REQUIRED.items():
        if not isinstance(told.get(key), kind):
            raise ValueError(f"{key}: expected {kind.__name__}")
    for key, value in told.items():
        if key not in _REQUIRED and not isinstance(value, _OPTIONAL.get(key, type(None))):
            raise ValueError(
                f"{key}: " + (f"expected {_OPTIONAL[key].__name__}" if key in _OPTIONAL else "unknown key")
            )
    for header in told["headers"]:
        if not (isinstance(header, list) and len(header) == 2 and all(isinstance(part, str) for part in header)):
            raise ValueError(f"headers: expected [name, value], got {header!r}")


def _records(capture: _Capture) -> list[bytes]:
    """Return request and response of a capture; their ids are hashes of path, address and time."""
    answer = capture.answer
    common = (("WARC-Date", warc.date(answer.time)), ("WARC-Target-URI", warc.address(answer.url)))
    request_id, response_id = (_id(part, capture.path, answer.url, warc.date(answer.time)) for part in ("?", "!"))
    request = warc.record(
        (
            ("WARC-Type", "request"),
            ("WARC-Record-ID", request_id),
            *common,
            ("WARC-Concurrent-To", response_id),
            ("Content-Type", warc.REQUEST),
        ),
        warc.request_block(answer.method, answer.url, (), answer.request_body),
    )
    response = warc.record(
        (
            ("WARC-Type", "response"),
            ("WARC-Record-ID", response_id),
            *common,
            ("WARC-Payload-Digest", warc.digest(answer.body)),
            ("WARC-Truncated", answer.truncated),
            ("Content-Type", warc.RESPONSE),
        ),
        warc.http_block(f"HTTP/1.1 {answer.status:03d} {answer.reason}", answer.headers, answer.body),
    )
    return [request, response]


def _info(info: dict[str, str], time: datetime) -> bytes:
    """Return the first record; its time is that of the newest capture, so that nothing depends on the clock."""
    fields = (
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", _id("info", warc.date(time), str(info))),
        ("WARC-Date", warc.date(time)),
        ("Content-Type", warc.FIELDS),
    )
    return warc.record(fields, warc.fields_block(info))


def _id(*parts: str) -> str:
    """Return a record id that is a hash of its parts."""
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, ' '.join(('capture', *parts)))}>"
