"""A web server on the loopback interface that misbehaves on demand, and remembers everything it was asked.

Written on sockets, so that it can send what no library would send. It runs in threads of the test.
"""

import contextlib
import gzip
import hashlib
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as it was received, and when."""

    method: str
    path: str
    headers: Mapping[str, str]
    time: float
    status: int
    body: bytes = b""


@dataclass(kw_only=True)
class Reply:
    """What to answer. ``length`` is a Content-Length that may be a lie, -1 for none at all.

    ``pieces`` are sent one by one with ``pause`` seconds before each; ``endless`` repeats them for ever; ``reset``
    ends the connection hard after the pieces; status 0 sends nothing at all. ``chunked`` sends them with that transfer
    coding. ``headless`` ends the head never: the pieces are more of it.
    """

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    length: int | None = None
    chunked: bool = False
    pieces: list[bytes] | None = None
    pause: float = 0.0
    wait: float = 0.0
    endless: bool = False
    headless: bool = False
    reset: bool = False
    validators: bool = True


Answerer = Callable[[Asked], Reply]


class Server:
    """Serves pages by path; a page is a Reply or a function that makes one. ``asked`` is the log."""

    def __init__(self) -> None:
        self.pages: dict[str, Reply | Answerer] = {}
        self.fallback: Answerer | None = None
        self.modified: dict[str, datetime] = {}
        self.asked: list[Asked] = []
        self.active = 0
        self.most = 0
        self._lock = threading.Lock()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._socket.getsockname()[1]
        self.host = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.host}"
        self._closing = False
        threading.Thread(target=self._accept, daemon=True).start()

    def put(self, path: str, body: str | bytes, media: str = "text/html; charset=utf-8", **more: object) -> None:
        """Serve a body."""
        raw = body.encode() if isinstance(body, str) else body
        extra = dict(more.pop("headers", {}))  # type: ignore[call-overload]
        self.pages[path] = Reply(body=raw, headers={"Content-Type": media, **extra}, **more)  # type: ignore[arg-type]

    def feed(
        self, numbers: Sequence[int], *, path: str = "/feed", state: Mapping[int, str] | None = None, more: str = ""
    ) -> None:
        """Serve a feed of the documents ``/d/<number>``; ``state`` is what their entries say, ``more`` other links."""
        said = state or {}
        entries = "".join(
            f"<item><title>Sample document {n}</title><link>{self.url}/d/{n}</link>"
            f"<description>{said.get(n, 'First issue.')}</description></item>"
            for n in numbers
        ) + "".join(f"<item><title>Sample of {link}</title><link>{link}</link></item>" for link in more.split())
        text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Sample</title>{entries}</channel></rss>'
        self.put(path, text, "application/rss+xml")

    def paths(self, start: str = "") -> list[str]:
        """Return the paths asked, in order."""
        return [each.path for each in self.asked if each.path.startswith(start)]

    def pages_asked(self) -> list[str]:
        """Return the paths asked, without robots.txt."""
        return [each.path for each in self.asked if each.path != "/robots.txt"]

    def clear(self) -> None:
        """Forget the log."""
        with self._lock:
            self.asked.clear()
            self.most = 0

    def close(self) -> None:
        """Stop; connections that are open are left to end by themselves."""
        self._closing = True
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _accept(self) -> None:
        while not self._closing:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(OSError), connection, connection.makefile("rb") as incoming:
            while self._one(connection, incoming):
                pass

    def _one(self, connection: socket.socket, incoming: object) -> bool:
        """Answer one request; return whether the connection can take another."""
        line = incoming.readline(65536).decode("latin-1").split()  # type: ignore[attr-defined]
        if len(line) < 2:
            return False
        headers = {}
        while (raw := incoming.readline(65536).decode("latin-1").strip()) != "":  # type: ignore[attr-defined]
            name, _, value = raw.partition(":")
            headers[name.strip().lower()] = value.strip()
        body = incoming.read(int(headers.get("content-length", 0)))  # type: ignore[attr-defined]
        with self._lock:
            self.active += 1
            self.most = max(self.most, self.active)
        try:
            asked = Asked(method=line[0], path=line[1], headers=headers, time=time.monotonic(), status=0, body=body)
            reply = self._reply(asked)
            with self._lock:
                self.asked.append(replace(asked, status=reply.status))
            return _send(connection, reply, bodyless=line[0] == "HEAD")
        finally:
            with self._lock:
                self.active -= 1

    def _reply(self, asked: Asked) -> Reply:
        page = self.pages.get(asked.path) or (self.fallback if asked.path != "/robots.txt" else None)
        if page is None:
            return Reply(status=404, headers={"Content-Type": "text/html"}, body=b"<h1>Not found</h1>")
        reply = page(asked) if callable(page) else page
        if reply.status != 200 or not reply.validators or reply.pieces is not None:
            return reply
        etag = f'"{hashlib.sha256(reply.body).hexdigest()[:16]}"'
        modified = format_datetime(self.modified.get(asked.path, datetime(2026, 1, 5, 8, tzinfo=UTC)), usegmt=True)
        if asked.headers.get("if-none-match") == etag:
            return Reply(status=304, headers={"ETag": etag})
        return Reply(**{**vars(reply), "headers": {**reply.headers, "ETag": etag, "Last-Modified": modified}})


def _send(connection: socket.socket, reply: Reply, *, bodyless: bool = False) -> bool:
    time.sleep(reply.wait)
    if reply.status == 0:
        return False
    pieces = [reply.body] if reply.pieces is None else reply.pieces
    headers = dict(reply.headers)
    if reply.chunked:
        headers["Transfer-Encoding"] = "chunked"
    elif reply.length is None and not reply.endless:
        headers["Content-Length"] = str(sum(map(len, pieces)))
    elif reply.length is not None and reply.length >= 0:
        headers["Content-Length"] = str(reply.length)
    head = f"HTTP/1.1 {reply.status} Sample\r\n" + "".join(f"{n}: {v}\r\n" for n, v in headers.items())
    head += "" if reply.headless else "\r\n"
    if bodyless:
        connection.sendall(head.encode("latin-1"))
    elif reply.pieces is None and not reply.chunked:
        connection.sendall(head.encode("latin-1") + reply.body)
    else:
        connection.sendall(head.encode("latin-1"))
        for piece in _endless(pieces) if reply.endless else pieces:
            time.sleep(reply.pause)
            connection.sendall(b"%x\r\n%b\r\n" % (len(piece), piece) if reply.chunked else piece)
        if reply.chunked:
            connection.sendall(b"0\r\n\r\n")
    if reply.reset:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        connection.close()
        return False
    return reply.length is None and not reply.endless


def _endless(pieces: list[bytes]) -> Iterator[bytes]:
    while True:
        yield from pieces


def spelled(number: int) -> str:
    """Return a word of its own for a number: pages that differ in numbers alone are a trap.

    >>> spelled(407)
    'eah'
    """
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def document(number: int, words: str = "first") -> str:
    """Return a page of about two kilobytes."""
    said = f"of document {number}, called {spelled(number)}, in its {words} wording, about exploitation"
    parts = "".join(f"<h2>Part {k}</h2><p>Sample part {k} {said}.</p>" for k in range(1, 9))
    title = f"Sample document {number}"
    return f"<html><head><title>{title}</title></head><body><main><h1>{title}</h1>{parts}</main></body></html>"


def listed(server: Server, *numbers: int, wait: float = 0.0) -> None:
    """Serve some documents and the feed that lists them."""
    for number in numbers:
        server.put(f"/d/{number}", document(number), wait=wait)
    server.feed(numbers)


def zipped(text: str) -> bytes:
    """Return a text with content coding gzip."""
    return gzip.compress(text.encode(), mtime=0)
