"""Scrapy's download handlers: the network, or the captures of a replay. Both leave an Answer with the request.

A handler gives every hop by itself, its body as received: redirects, content codings and tries are for others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, TypeVar

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.internet.error import ConnectError, ConnectionClosed, ConnectionRefusedError, TimeoutError
from twisted.web.client import Agent, FileBodyProducer, ResponseFailed
from twisted.web.iweb import UNKNOWN_LENGTH

from crawler.archive import Answer, Replay
from crawler.sources import Host
from crawler.spiders import size_limits
from crawler.spiders.connections import Endpoints
from crawler.spiders.size_limits import SHORT, Body
from crawler.spiders.values import Limits, Room, UnansweredError

ANSWER, LIMITS, SENT, STOP = "answer", "limits", "sent", "stop"
"""Keys of ``request.meta``: what was answered, what it may take, who is told when it is sent, what ends it at once."""

T = TypeVar("T")


class NetworkHandler(HTTP11DownloadHandler):
    """Asks servers, over HTTP/1.1 with Scrapy's connections and TLS settings, and checks the address of each.

    Twisted itself drives the exchange, because Scrapy's handler drops what it has of a body that is cut.
    """

    def __init__(self, crawler: Crawler) -> None:
        from twisted.internet import reactor

        super().__init__(crawler)
        spider: Any = crawler.spider
        hosts: Mapping[str, Host] = spider.hosts
        endpoints = Endpoints(reactor, self._contextFactory, lambda name: name in hosts and hosts[name].private)
        size_limits.limit(self._pool)
        self._pool.retryAutomatically = False  # Each try is ours: at the pace of its host, and told.
        agents: Any = Agent
        self._agent = agents.usingEndpointFactory(reactor, endpoints, pool=self._pool)

    async def download_request(self, request: Request) -> Response:
        """Make one request.

        Raises:
            UnansweredError: no answer came, and why.
        """
        limits: Limits = request.meta[LIMITS]
        loop = asyncio.get_running_loop()
        wait = _Wait(loop.time() + limits.seconds, limits.seconds, request.meta[STOP])
        sent = size_limits.Outgoing(
            {name: list(values) for name, values in request.headers.items()}, request.meta[SENT]
        )
        try:
            asked = self._agent.request(request.method.encode(), request.url.encode("ascii"), sent, _posted(request))
            response: Any = await wait.until(asked.asFuture(loop))
        except (ResponseFailed, ConnectError, ConnectionClosed, OSError, ValueError) as error:
            raise UnansweredError("unreachable", cause(error), passing=True) from error
        time = datetime.now(UTC)
        bodyless = request.method == "HEAD"
        announced = 0 if bodyless else None if response.length is UNKNOWN_LENGTH else int(response.length)
        body, truncated = await self._body(response, announced, limits, wait)
        if not 100 <= response.code <= 999:
            raise UnansweredError("unreachable", f"its status is {response.code}, which HTTP does not have")
        headers = [(_text(name), _text(v)) for name, values in response.headers.getAllRawHeaders() for v in values]
        if announced is not None and not bodyless:
            headers.append(("Content-Length", str(announced)))
        request.meta[ANSWER] = Answer(
            url=request.url,
            method=request.method,
            time=time,
            status=response.code,
            reason=_text(response.phrase),
            headers=tuple(headers),
            body=body,
            request_headers=tuple((_text(name), _text(v)) for name, values in sent.getAllRawHeaders() for v in values),
            request_body=request.body,
            truncated=truncated,
        )
        return Response(request.url, status=response.code, request=request)

    async def _body(self, response: Any, announced: int | None, limits: Limits, wait: _Wait) -> tuple[bytes, str]:
        """Return the body as far as it was received, and why that is not all of it."""
        if announced == 0:
            return b"", ""
        body = Body(limits.bytes, announced)
        response.deliverBody(body)
        try:
            try:
                await wait.until(body.done, keep=True)
            except UnansweredError as error:
                body.cut("time" if error.kind == "unreachable" else "disconnect")
                if error.kind != "unreachable":
                    raise
            if limits.room is not None and body.size > SHORT:
                await wait.take(limits.room, body.size)
            return body.received(), body.done.result()
        finally:
            body.close()


def _posted(request: Request) -> Any:
    """Return what sends the body of a request, None where it has none."""
    producer: Any = FileBodyProducer
    return producer(BytesIO(request.body)) if request.method == "POST" else None


class _Wait:
    """Waits for the parts of one request until its time is over or all is stopped."""

    def __init__(self, end: float, seconds: float, stop: asyncio.Future[None]) -> None:
        self._end = end
        self._seconds = seconds
        self._stop = stop

    async def until(self, future: asyncio.Future[T], *, keep: bool = False) -> T:
        """Return the result of a future; it is cancelled where it comes too late, unless ``keep``.

        Raises:
            UnansweredError: it comes too late, or everything is stopped.
        """
        left = self._end - asyncio.get_running_loop().time()
        waiting: set[asyncio.Future[Any]] = {future, self._stop}
        await asyncio.wait(waiting, timeout=max(left, 0), return_when=asyncio.FIRST_COMPLETED)
        if future.done():
            return future.result()
        if not keep:
            future.cancel()
        if self._stop.done():
            raise UnansweredError("lost", "stopped before it was answered")
        raise UnansweredError("unreachable", f"no answer within {self._seconds:g} seconds", passing=True)

    async def take(self, room: Room, size: int) -> None:
        """Take room for a body, however long that is; the time of the request is over, and no concern of its host.

        Raises:
            UnansweredError: everything is stopped.
        """
        taking = asyncio.ensure_future(room.take(size))
        try:
            await asyncio.wait({taking, self._stop}, return_when=asyncio.FIRST_COMPLETED)
            if not taking.done():
                raise UnansweredError("lost", "stopped before its body was read")
        finally:
            taking.cancel()


def cause(error: BaseException) -> str:
    """Return the cause of a failed request in plain words, with Twisted's wrappings taken off."""
    while isinstance(error, ResponseFailed) and error.reasons:
        error = error.reasons[0].value
    if isinstance(error, UnansweredError):
        return error.reason
    if isinstance(error, ConnectionRefusedError):
        return "connection refused"
    if isinstance(error, TimeoutError):
        return "connecting took too long"
    if type(error).__module__.startswith(("OpenSSL", "service_identity", "cryptography")):
        return f"TLS: {_tls(error)}"
    words = str(error).strip().rstrip(".")
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _tls(error: BaseException) -> str:
    """Return what OpenSSL says: the last part of each entry of its list of errors."""
    found = error.args[0] if error.args else ""
    if isinstance(found, list) and found:
        return "; ".join(str(entry[-1]) for entry in found)
    return str(error) or type(error).__name__


def _text(raw: bytes) -> str:
    """Return a header as text: ISO 8859-1 loses no byte."""
    return raw.decode("latin-1")


class ReplayHandler(BaseDownloadHandler):
    """Answers from recorded captures, without any network."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        spider: Any = crawler.spider
        self._replay: Replay = spider.replay

    async def download_request(self, request: Request) -> Response:
        """Return what was recorded for a request.

        Raises:
            UnansweredError: nothing was.
        """
        accept = (request.headers.get("Accept") or b"").decode("latin-1")
        answer = self._replay.answer(request.method, request.url, accept, request.body)
        if answer is None:
            raise UnansweredError("not-recorded", "no capture of it in the files replayed")
        request.meta[ANSWER] = answer
        return Response(request.url, status=answer.status, request=request)
