"""The parse worker: whatever a page does to it, the crawl gets an answer."""

import os
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.errors import FaultError, LimitError, ParseError
from crawler.model import Capture, Link
from crawler.sources import Expect, Source
from crawler.worker import Worker, received

pytestmark = pytest.mark.process

SOURCE = Source(
    id="a", name="a", publisher="p", kind="guidance", protocol="feed", url="https://a.sample.invalid/", expect=Expect()
)


def capture(body: bytes, media: str = "application/rss+xml") -> Capture:
    url = "https://a.sample.invalid/feed.xml"
    return Capture(
        url=url,
        time=datetime(2026, 3, 2, tzinfo=UTC),
        link=Link(url=url, role="listing"),
        headers=(("Content-Type", media),),
        body=body,
    )


FEED = (
    b'<rss version="2.0"><channel><title>Sample</title><item><title>One</title><link>https://a.sample.invalid/1</link>'
    b"</item></channel></rss>"
)


def test_it_answers_in_order_and_says_what_is_wrong() -> None:
    with Worker() as worker:
        assert [d.id for d in worker.read(capture(FEED), SOURCE).documents] == ["url:https://a.sample.invalid/1"]
        with pytest.raises(ParseError, match="neither RSS, Atom nor JSON Feed"):
            worker.read(capture(b"<html><body>no feed</body></html>", "text/html"), SOURCE)
        assert worker.read(capture(FEED), SOURCE).entries == 1
        assert worker.restarts == 0


def test_a_page_that_takes_too_long_is_refused_and_the_next_one_is_read() -> None:
    with Worker(deadline=0.001) as worker:
        with pytest.raises(LimitError, match=r"longer than 0\.001 seconds"):
            worker.read(capture(FEED), SOURCE)
        worker.deadline = 60.0
        assert worker.read(capture(FEED), SOURCE).entries == 1


def test_a_page_that_needs_too_much_memory_is_refused_and_the_next_one_is_read() -> None:
    many = b'{"version": "https://jsonfeed.org/version/1.1", "items": [' + b"0," * 30_000_000 + b"0]}"
    with Worker(memory=300 * 1024 * 1024) as worker:
        with pytest.raises(LimitError, match="memory"):
            worker.read(capture(many, "application/feed+json"), SOURCE)
        assert worker.read(capture(FEED), SOURCE).entries == 1


NO_HEADERS: Any = ((1, 2),)
"""What no capture has: code of ours fails on it as it would where it is wrong."""


def test_what_our_code_fails_on_is_told_as_our_fault_and_the_next_page_is_read() -> None:
    with Worker() as worker:
        with pytest.raises(FaultError) as caught:
            worker.read(replace(capture(FEED), headers=NO_HEADERS), SOURCE)
        assert worker.read(capture(FEED), SOURCE).entries == 1
        assert worker.restarts == 0
    assert caught.value.kind == "fault"
    assert re.fullmatch(r"our code failed: \w+Error in crawler/[\w/]+\.py, line \d+ \([\w<>]+\)", caught.value.reason)


def test_what_is_larger_than_a_pipe_holds_goes_through_it_both_ways() -> None:
    words = "Sample words of a summary, again and again. " * 100_000
    body = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"url": "/1", "summary": "{words}"}}]}}'
    with Worker() as worker:
        page = worker.read(capture(body.encode(), "application/feed+json"), SOURCE)
        assert page.versions[0].sections[0].text == words.strip()
        assert worker.read(capture(FEED), SOURCE).entries == 1
        assert worker.restarts == 0


def test_a_message_that_comes_in_pieces_is_whole_and_one_that_ends_early_is_none() -> None:
    for pieces, whole in (
        ([b"\0" * 7, b"\3" + b"\0" * 8, b"N\x85", b"."], True),
        ([b"\0" * 7, b"\3" + b"\0" * 8 + b"N"], False),
        ([b"\0"], False),
    ):
        ours, theirs = socket.socketpair()
        with ours, theirs, ThreadPoolExecutor() as pool:
            found = pool.submit(received, ours)
            for piece in pieces:
                theirs.sendall(piece)
                time.sleep(0.01)
            theirs.shutdown(socket.SHUT_WR)
            if whole:
                assert found.result() == (None,)
            else:
                with pytest.raises(EOFError):
                    found.result()


ASKS = """
import time
from crawler.worker import Worker
from tests.run.test_worker import FEED, SOURCE, capture
worker = Worker()
worker.read(capture(FEED), SOURCE)
print(worker.process, flush=True)
time.sleep(60)
"""


def test_it_ends_when_the_process_that_asks_it_is_killed() -> None:
    asks = subprocess.Popen([sys.executable, "-c", ASKS], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    with asks:
        assert asks.stdout is not None
        worker = int(asks.stdout.readline())
        assert is_running(worker)
        asks.kill()
    end = time.monotonic() + 10
    while is_running(worker) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_running(worker)


def is_running(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


def test_it_keeps_the_memory_of_a_page_for_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for stated, tunables in (("", ""), ("glibc.malloc.check=0", "glibc.malloc.check=0:")):
        monkeypatch.setenv("GLIBC_TUNABLES", stated)
        with Worker() as worker:
            worker.read(capture(FEED), SOURCE)
            seen = Path(f"/proc/{worker.process}/environ").read_bytes().split(b"\0")
        assert f"GLIBC_TUNABLES={tunables}glibc.malloc.tcache_count=4000".encode() in seen
    assert os.environ["GLIBC_TUNABLES"] == "glibc.malloc.check=0"
