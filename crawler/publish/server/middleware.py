"""The edge of the site: what every request and every answer has in common, whichever page it is for."""

import asyncio
import gzip
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote, unquote, unquote_to_bytes

from datasette.app import Datasette
from datasette.utils.asgi import Request

from crawler.publish import csv
from crawler.publish.check import pages as check
from crawler.publish.checklist import pages
from crawler.publish.server import responses
from crawler.publish.server.responses import failure
from crawler.publish.settings import DATABASE

App = Callable[..., Awaitable[None]]

METHODS = ("GET", "HEAD")
"""Nothing is written through the site."""

MAX_QUERY_BYTES = 32_000
"""Most bytes of a query: the longest SQL of a reader fits."""
MAX_PAIRS = 150
"""Most arguments of an address."""
MAX_FACETS = 5
"""Most columns that a table is counted by at once."""
_TOO_MUCH = f"This address asks for too much at once: at most {MAX_PAIRS} values, and {MAX_FACETS} columns to count by."

POSTED = frozenset({pages.PATH, check.PATH})
"""Addresses that answer a form with a file, and store nothing of it."""

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""No page of ours needs a script, a font or anything from elsewhere."""

_HEADERS: Mapping[bytes, bytes] = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
_DATA = (b"application/", b"text/csv", b"text/markdown", b"text/plain", b"text/x-opml")
_OPEN = (b"access-control-allow-origin", b"*")
"""Said of answers that are data, so that pages of others can read them: everybody gets the same."""
_NOT_READ = frozenset({b"cookie", b"authorization"})
"""The site knows nobody: what a request says of who asks is not looked at, and cannot be wrong."""
_NOT_NEEDED = frozenset({b"origin", b"sec-fetch-site", b"x-csrftoken"})
"""What Datasette goes by to tell a form of its own from a stranger's: ours do nothing, and come from kept files too."""
_WHOLE = re.compile(rb"[a-z][a-z0-9+.-]*://[^/?]*", re.IGNORECASE)
"""What stands before the path in a whole address."""
_NOT_SAID = frozenset(_HEADERS)
"""What Datasette says of its answers, and we say otherwise."""


def with_security_headers(app: App, datasette: Datasette) -> App:
    """Return the application with our security headers on every answer, for GET and HEAD only, no body for HEAD.

    It is mounted on the base URL of its settings. Datasette puts the base into addresses that it makes from the path of
    a request, where it stands already: so it gets requests without it, and redirects it makes from those get it back.
    """
    base_url: str = datasette.setting("base_url")

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        clean = _clean(_unbased(_local(scope), base_url))
        sending = _sending(send, base_url.encode(), is_head=scope["method"] == "HEAD")
        sending = compact(sending, scope.get("headers", []))
        if clean["path"].startswith(f"/{DATABASE}") and clean["path"].endswith(".csv"):
            clean, sending = _whole(clean), _as_sheet(sending)
        is_posted = scope["method"] == "POST" and _path(clean) in POSTED
        if scope["method"] not in METHODS and not is_posted:
            allowed = (*METHODS, "POST") if _path(clean) in POSTED else METHODS
            await _refuse(datasette, clean, receive, sending, 405, "Pages here can be read, and nothing else.", allowed)
        elif _is_too_much(clean["query_string"]):
            await _refuse(datasette, clean, receive, sending, 414, _TOO_MUCH)
        else:
            clean = _hosted(clean, base_url) if clean["path"].endswith(".atom") else clean
            responses.record_purpose(clean["path"])
            await app(_without(clean, _NOT_NEEDED) if is_posted else clean, receive, sending)

    return answer


def _whole(scope: Any) -> Any:
    """Return the request for a sheet as one for all its rows, unless it asks for a number of them or for a statement.

    >>> [_whole({"path": "/roundup/documents.csv", "query_string": query})["query_string"] for query in (
    ...     b"", b"kind=act&_size=max", b"_size=5", b"_stream=on", b"_next=3")]
    [b'_stream=on', b'kind=act&_stream=on', b'_size=5', b'_stream=on', b'_next=3']
    """
    query: bytes = scope.get("query_string", b"")
    asked = [part for part in query.split(b"&") if part and part != b"_size=max"]
    if "/" not in scope["path"].strip("/") or any(
        part.startswith((b"_size=", b"_next=", b"_stream=")) for part in asked
    ):
        return scope
    return {**scope, "query_string": b"&".join((*asked, b"_stream=on"))}


def _is_too_much(query: bytes) -> bool:
    """Whether an address asks for more than pages of Datasette read in a second: each argument and facet costs it time.

    >>> _is_too_much(b"kind=act&_facet=kind"), _is_too_much(b"a=b&" * 200), _is_too_much(b"%5Ffacet=kind&" * 9)
    (False, True, True)
    """
    pairs = unquote_to_bytes(query).split(b"&")
    is_long = len(query) > MAX_QUERY_BYTES or len(pairs) > MAX_PAIRS
    return is_long or sum(pair.startswith(b"_facet") for pair in pairs) > MAX_FACETS


async def _refuse(
    datasette: Datasette, scope: Any, receive: Any, send: Any, status: int, message: str, allowed: Sequence[str] = ()
) -> None:
    """Answer what is no question of ours, before anything of Datasette looks at the request or its body."""
    await datasette.invoke_startup()
    # Datasette's templates ask for a token, which its own middleware makes further in.
    request = Request({**scope, "csrftoken": str}, receive)
    response = await failure(datasette, request, status, message)
    if allowed:
        response.headers["Allow"] = ", ".join(allowed)
    await response.asgi_send(send)


def _path(scope: Any) -> str:
    """Return the path of a request as Datasette goes by it."""
    raw: bytes | None = scope.get("raw_path")
    return scope["path"] if raw is None else raw.decode("latin-1").partition("?")[0]


def _without(scope: Any, names: frozenset[bytes]) -> Any:
    return {**scope, "headers": [pair for pair in scope.get("headers", ()) if pair[0].lower() not in names]}


def _sending(send: Any, base: bytes, *, is_head: bool) -> Any:
    async def sending(message: Any) -> None:
        if message["type"] == "http.response.start":
            kept = [(name, value) for name, value in message.get("headers", []) if name.lower() not in _NOT_SAID]
            found = [(name, _based(name, value, base)) for name, value in kept if name.lower() != _OPEN[0]]
            is_data = any(name.lower() == b"content-type" and value.startswith(_DATA) for name, value in found)
            message = {**message, "headers": [*found, *_HEADERS.items(), *([_OPEN] if is_data else [])]}
        elif message["type"] == "http.response.body" and is_head:
            message = {**message, "body": b""}
        await send(message)

    return sending


def _as_sheet(sending: Any) -> Any:
    """Return what sends Datasette's CSV as one that a spreadsheet opens as words; it sends each row by itself."""
    is_sheet = False

    async def rewriting(message: Any) -> None:
        nonlocal is_sheet
        if message["type"] == "http.response.start":
            headers = [(name.lower(), value) for name, value in message.get("headers", [])]
            is_sheet = (b"content-type", b"text/plain; charset=utf-8") in headers or any(
                name == b"content-type" and value.startswith(b"text/csv") for name, value in headers
            )
            if is_sheet:
                rest = [(name, value) for name, value in headers if name != b"content-type"]
                message = {**message, "headers": [*rest, (b"content-type", b"text/csv; charset=utf-8")]}
        elif is_sheet and message.get("body"):
            message = {**message, "body": csv.rewritten(message["body"])}
        await sending(message)

    return rewriting


def _clean(scope: Any) -> Any:
    """Return a request that can be read: a path in ASCII, and no headers about who asks."""
    headers = [pair for pair in scope.get("headers", ()) if pair[0].lower() not in _NOT_READ]
    raw: bytes | None = scope.get("raw_path")
    if raw is None or raw.isascii():
        return {**scope, "headers": headers}
    return {**scope, "headers": headers, "raw_path": quote(raw, safe="/%:@!$&'()*+,;=~-._").encode()}


def _local(scope: Any) -> Any:
    """Return a request for its path alone: a proxy may ask for a whole address (RFC 9112, 3.2.2).

    Browsers take a backslash for a slash, so a redirect never has one: ``/\\host`` would lead to another site.
    """
    raw = scope.get("raw_path") or scope["path"].encode()
    whole = _WHOLE.match(raw)
    if not whole and b"\\" not in raw:
        return scope
    start = len(whole[0]) if whole else 0
    rest = raw[start:].replace(b"\\", b"%5C") or b"/"
    return {**scope, "raw_path": rest, "path": unquote(rest.decode("latin-1"))}


def _unbased(scope: Any, base_url: str) -> Any:
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    base = base_url.encode()
    if base == b"/" or not (raw + b"/").startswith(base):
        return scope
    rest = b"/" + raw[len(base) :]
    return {**scope, "raw_path": rest, "path": "/" + scope["path"][len(base_url) :]}


def _hosted(scope: Any, base_url: str) -> Any:
    """Return the request for a table as Atom with the base behind its host: its renderer makes its address of both."""
    base, under = base_url.rstrip("/").encode(), f"/{DATABASE}"
    if not base or not scope["path"].startswith(under):
        return scope
    headers = [(name, value + base if name.lower() == b"host" else value) for name, value in scope["headers"]]
    return {**scope, "headers": headers}


def _based(name: bytes, value: bytes, base: bytes) -> bytes:
    is_ours = name.lower() == b"location" and value.startswith(b"/") and not value.startswith((base, b"//"))
    return base + value[1:] if is_ours else value


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
