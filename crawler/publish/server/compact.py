"""Answers as small as they can be: compressed, and "not modified" where the reader has the same already."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

Send = Callable[[Any], Awaitable[None]]

SMALLEST = 1_000
"""Bytes below which compressing gains nothing."""
_INLINE = 64_000
"""Bytes up to which it is quicker to compress at once than to hand over to a thread."""
_LEVEL = 5
_TEXT = (b"text/", b"application/json", b"application/feed+json", b"application/atom+xml", b"application/rss+xml",
         b"application/xml", b"image/svg+xml")  # fmt: skip
_KEPT = frozenset({b"cache-control", b"etag", b"last-modified", b"vary"})
"""What a 304 says beside its status (RFC 9110, 15.4.5)."""
# Of what Datasette says that its answers depend on nothing is kept: they are the same for everybody.


def compact(send: Send, asked: list[tuple[bytes, bytes]]) -> Send:
    """Return what sends an answer that is text and comes whole compressed, with a tag; anything else as it is.

    ``asked`` are the headers of the request.
    """
    wanted = {name.lower(): value for name, value in asked}
    start: Any = None

    async def sending(message: Any) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            headers = [pair for pair in message.get("headers", ()) if pair[0].lower() != b"vary"]
            # One tag for an answer, compressed or not: it tells what it says, not its bytes.
            start = {
                **message,
                "headers": [(name, _weak(value) if name.lower() == b"etag" else value) for name, value in headers],
            }
            return
        if start is not None:
            first, start = start, None
            if message["type"] == "http.response.body" and not message.get("more_body") and _is_text(first):
                first, message = await _smaller(first, message, wanted)
            await send(first)
        await send(message)

    return sending


def _is_text(start: Any) -> bool:
    headers = {name.lower(): value for name, value in start.get("headers", ())}
    is_plain = b"content-encoding" not in headers and b"no-store" not in headers.get(b"cache-control", b"")
    return start["status"] == 200 and is_plain and headers.get(b"content-type", b"").startswith(_TEXT)


async def _smaller(start: Any, message: Any, wanted: dict[bytes, bytes]) -> tuple[Any, Any]:
    headers = [(name.lower(), value) for name, value in start["headers"]]
    body: bytes = message.get("body", b"")
    tag = dict(headers).get(b"etag") or f'W/"{sha256(body).hexdigest()[:32]}"'.encode()
    headers = [pair for pair in headers if pair[0] != b"etag"] + [(b"vary", b"accept-encoding")]
    known = [one.strip().removeprefix(b"W/") for one in wanted.get(b"if-none-match", b"").split(b",")]
    if tag.removeprefix(b"W/") in known:
        kept = [pair for pair in headers if pair[0] in _KEPT]
        return {**start, "status": 304, "headers": [*kept, (b"etag", tag)]}, {**message, "body": b""}
    if len(body) >= SMALLEST and _takes_gzip(wanted.get(b"accept-encoding", b"")):
        made = gzip.compress(body, _LEVEL, mtime=0) if len(body) < _INLINE else await asyncio.to_thread(
            gzip.compress, body, _LEVEL, mtime=0
        )  # fmt: skip
        headers = [pair for pair in headers if pair[0] != b"content-length"]
        headers += [(b"content-encoding", b"gzip"), (b"content-length", str(len(made)).encode())]
        body = made
    return {**start, "headers": [*headers, (b"etag", tag)]}, {**message, "body": body}


def _weak(tag: bytes) -> bytes:
    return tag if tag.startswith(b"W/") else b"W/" + tag


def _takes_gzip(accepted: bytes) -> bool:
    """Whether a reader takes gzip: it names it, and not with a weight of nothing.

    >>> _takes_gzip(b"br, gzip;q=0.8"), _takes_gzip(b"gzip;q=0"), _takes_gzip(b"identity")
    (True, False, False)
    """
    for each in accepted.lower().split(b","):
        name, _, weight = each.partition(b";")
        if name.strip() == b"gzip":
            return weight.replace(b" ", b"") not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000")
    return False
