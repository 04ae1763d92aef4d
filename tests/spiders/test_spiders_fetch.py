"""What the engine asks and archives: validators, limits, codings, broken answers."""

import errno
import gzip
import itertools
import time
from dataclasses import replace
from tempfile import SpooledTemporaryFile

import pytest

from crawler.store import Store
from tests.spiders.server import Reply, Server, document, listed, zipped
from tests.spiders.world import World, other


def test_feed_is_walked_to_its_documents(world: World, server: Server) -> None:
    listed(server, 1, 2, 3)
    result = world.crawl()
    assert result.outcomes == {"news": "healthy"} and not result.interrupted
    assert world.documents() == {"/d/1", "/d/2", "/d/3"}
    assert server.paths()[:2] == ["/robots.txt", "/feed"]
    assert sorted(server.paths()) == ["/d/1", "/d/2", "/d/3", "/feed", "/robots.txt"]
    world.assert_rebuilds()


def test_request_says_who_asks_and_how_to_answer(world: World, server: Server) -> None:
    """Trap UK-1.2: legislation.gov.uk accepts no clients without a name and contact."""
    listed(server, 1)
    world.crawl()
    for asked in server.asked:
        assert asked.headers["user-agent"].startswith("roundup/")
        assert asked.headers["user-agent"].endswith("(+watch@sample.invalid)")
        assert asked.headers["accept-encoding"] == "gzip, deflate"
        assert asked.headers["host"] == server.host
        assert not {"cookie", "referer", "authorization"} & set(asked.headers)
    assert "application/atom+xml" in server.asked[1].headers["accept"]


def test_archive_holds_requests_as_sent(world: World, server: Server) -> None:
    listed(server, 1)
    world.crawl()
    raw = b"".join(gzip.decompress(path.read_bytes()) for path in (world.data / "archive").glob("*.warc.gz"))
    assert b"GET /d/1 HTTP/1.1\r\nHost: " + server.host.encode() in raw
    assert b"User-Agent: roundup/" in raw


def test_unchanged_pages_are_asked_with_their_validators(world: World, server: Server) -> None:
    """Trap UK-1.3: legislation.gov.uk: `If-Modified-Since` works, ETag was not seen."""
    listed(server, 1, 2)
    world.crawl()
    server.clear()
    world.crawl()
    assert server.pages_asked() == ["/feed"]
    asked = server.asked[-1]
    assert asked.status == 304
    assert asked.headers["if-none-match"].startswith('"') and "GMT" in asked.headers["if-modified-since"]
    assert world.fetches()[-1] == ("/feed", 304, "not modified")
    world.assert_rebuilds()


def test_a_feed_that_was_cut_on_its_way_is_asked_for_whole_again(world: World, server: Server) -> None:
    listed(server, 1, 2)
    whole = server.pages["/feed"]
    assert isinstance(whole, Reply)
    server.pages["/feed"] = replace(whole, length=whole.body.rindex(b"<item>") + 3)
    world.crawl()
    assert world.documents() == {"/d/1"} and "broken" in {kind for _, kind, _ in world.issues()}
    server.pages["/feed"] = whole
    world.crawl()
    assert world.documents() == {"/d/1", "/d/2"} and world.issues() == []
    world.assert_rebuilds()


@pytest.mark.slow
def test_not_modified_is_no_answer_to_a_page_that_was_never_read(world: World, server: Server) -> None:
    listed(server, 1, 2)
    server.pages["/d/2"] = Reply(status=304)
    for _ in range(2):
        world.crawl()
        assert world.documents() == {"/d/1"}
        assert world.issues() == [("news", "status", "status 304 carries no document")]
        assert ("/d/2", 304, "failed") in world.fetches()
    server.put("/d/2", document(2))
    world.crawl()
    assert world.documents() == {"/d/1", "/d/2"} and world.issues() == []
    server.pages["/feed"] = Reply(status=304)
    assert world.crawl().outcomes == {"news": "healthy"}
    world.assert_rebuilds()


def test_feed_that_answers_not_modified_from_the_first_day_on_was_not_read(world: World, server: Server) -> None:
    server.pages["/feed"] = Reply(status=304)
    assert world.crawl().outcomes == {"news": "failed"}
    assert world.issues() == [("news", "status", "status 304 carries no document")]
    world.assert_rebuilds()


def test_only_what_the_feed_announces_is_asked_again(world: World, server: Server) -> None:
    listed(server, 1, 2, 3)
    world.crawl()
    server.put("/d/2", document(2, "second"))
    server.feed([1, 2, 3], state={2: "Second issue."})
    server.clear()
    world.crawl()
    assert server.pages_asked() == ["/feed", "/d/2"]
    assert "if-none-match" in server.asked[-1].headers and server.asked[-1].status == 200
    changed = world.rows("select distinct document from changes where cause='source' and kind='changed'")
    assert [row["document"].rpartition("/")[2] for row in changed] == ["2"]


def test_compressed_body_is_archived_as_received(world: World, server: Server) -> None:
    server.feed([1])
    server.put("/d/1", zipped(document(1)), headers={"Content-Encoding": "gzip"})
    world.crawl()
    assert world.documents() == {"/d/1"}
    raw = b"".join(gzip.decompress(path.read_bytes()) for path in (world.data / "archive").glob("*.warc.gz"))
    assert zipped(document(1)) in raw
    assert world.exchanges("/d/1")[0].body == document(1).encode()


def test_broken_coding_is_refused_and_said(world: World, server: Server) -> None:
    listed(server, 1, 2)
    server.put("/d/2", zipped(document(2))[:-20], headers={"Content-Encoding": "gzip"})
    world.crawl()
    assert world.documents() == {"/d/1"}
    assert any("/d/2" in path and outcome == "quarantined" for path, _, outcome in world.fetches())


def test_chunked_body_is_read_and_archived_plain(world: World, server: Server) -> None:
    server.feed([1])
    text = document(1).encode()
    server.pages["/d/1"] = Reply(headers={"Content-Type": "text/html"}, pieces=[text[:100], text[100:]], chunked=True)
    world.crawl()
    (exchange,) = world.exchanges("/d/1")
    assert exchange.body == text and exchange.truncated == ""
    assert "transfer-encoding" not in {name.lower() for name, _ in exchange.headers}


def test_body_without_length_ends_with_the_connection(world: World, server: Server) -> None:
    server.feed([1])
    server.put("/d/1", document(1), length=-1)
    world.crawl()
    (exchange,) = world.exchanges("/d/1")
    assert exchange.truncated == "" and world.documents() == {"/d/1"}


def test_body_over_the_limit_is_cut(world: World, server: Server) -> None:
    world.configure(host="delay: 0, max_bytes: 20000")
    listed(server, 1, 2, 3)
    server.pages["/d/2"] = Reply(headers={"Content-Type": "text/html"}, pieces=[b"x" * 5000], endless=True)
    server.put("/d/3", b"<p>y</p>" * 9000)
    world.crawl()
    (endless,), (announced,) = world.exchanges("/d/2"), world.exchanges("/d/3")
    assert endless.truncated == "length" and len(endless.body) == 20000
    assert announced.truncated == "length" and announced.body == b""
    assert world.documents() == {"/d/1"}
    world.assert_rebuilds()


@pytest.mark.slow
@pytest.mark.process
def test_long_bodies_that_drip_cost_others_nothing(world: World, server: Server) -> None:
    world.configure(host="delay: 0, concurrency: 8, timeout: 2")
    listed(server, 1, 2, 3, 4)
    html = {"Content-Type": "text/html"}
    for n in (1, 2, 3):
        server.pages[f"/d/{n}"] = Reply(
            headers=html, pieces=[b"x" * 1_200_000, *([b"z"] * 99)], pause=0.2, endless=True
        )
    server.put("/d/4", document(4) + " " * 3_000_000, wait=0.5)
    world.crawl()
    assert [len(world.exchanges(f"/d/{n}")) for n in (1, 2, 3, 4)] == [1, 1, 1, 1]
    assert world.exchanges("/d/1")[0].truncated == "time" and world.documents() == {"/d/4"}


@pytest.mark.process
def test_a_long_body_whose_reading_needs_another_waits_for_none(
    world: World, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every answer is a long one, and only one has room: list, page, redirect, another try, and robots.txt."""
    for module in ("handlers", "size_limits"):
        monkeypatch.setattr(f"crawler.spiders.{module}.SHORT", 10)
    monkeypatch.setattr("crawler.spiders.network.LONG", 1)
    listed(server, *range(1, 20))
    server.put("/robots.txt", "User-agent: *\nDisallow: /none\n", "text/plain")
    server.pages["/d/2"] = Reply(status=302, headers={"Location": "/d/20"}, body=b"elsewhere" * 9)
    server.put("/d/20", document(20))
    tries = iter([Reply(status=503, body=b"later" * 9)])
    server.pages["/d/3"] = lambda _: next(
        tries, Reply(headers={"Content-Type": "text/html"}, body=document(3).encode())
    )
    world.crawl(minutes=1)
    assert world.documents() == {f"/d/{n}" for n in range(1, 20)}


def test_a_body_for_which_the_disk_has_no_room_counts_as_broken_off(
    world: World, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = SpooledTemporaryFile.write

    def write(file: SpooledTemporaryFile[bytes], data: bytes) -> int:
        if b"too long for it" in data:
            raise OSError(errno.ENOSPC, "No space left on device")
        return whole(file, data)

    monkeypatch.setattr(SpooledTemporaryFile, "write", write)
    listed(server, 1, 2)
    server.put("/d/2", "<p>too long for it</p>")
    world.crawl()
    assert world.documents() == {"/d/1"} and 1 <= len(world.exchanges("/d/2")) < 10


def test_a_text_too_long_is_kept_whole_and_marked(
    world: World, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.run.crawl.MAX_TEXT_BYTES", 20000)
    listed(server, 1, 2)
    long = document(2) + "<p>y</p>" * 9000
    server.put("/d/2", zipped(long), headers={"Content-Encoding": "gzip"})
    world.crawl()
    (exchange,) = world.exchanges("/d/2")
    assert exchange.truncated == "length" and exchange.body == long.encode()
    assert world.documents() == {"/d/1"} and [kind for _, kind, _ in world.issues()] == ["cut"]
    monkeypatch.undo()
    world.assert_rebuilds()


@pytest.mark.process
def test_slow_answers_end_in_time(world: World, server: Server) -> None:
    """Trap UK-5.6: every request needs a time-out; walks by offset die deep down."""
    world.configure(host="delay: 0, concurrency: 8, timeout: 1")
    listed(server, 1, 2, 3)
    server.pages["/d/2"] = Reply(headers={"Content-Type": "text/html"}, pieces=[b"z"], pause=0.2, endless=True)
    server.put("/d/3", document(3), wait=2.0)
    began = time.monotonic()
    world.crawl()
    assert time.monotonic() - began < 30
    (dripping,) = world.exchanges("/d/2")
    assert dripping.truncated == "time" and 0 < len(dripping.body) < 10
    assert server.paths("/d/3") == ["/d/3"] * 3
    assert ("news", "unreachable", "no answer within 1 seconds") in world.issues()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "line"),
    [(200, b"X-Sample: " + b"a" * 8000 + b"\r\n"), (100, b"\r\nHTTP/1.1 100 Continue\r\n" * 300)],
)
def test_head_without_end_is_given_up_at_once(world: World, server: Server, status: int, line: bytes) -> None:
    listed(server, 1, 2)
    server.pages["/d/2"] = Reply(status=status, pieces=[line], endless=True, headless=True)
    began = time.monotonic()
    world.crawl()
    assert time.monotonic() - began < 20
    assert ("news", "unreachable", "its headers have more than 262144 bytes") in world.issues()
    assert world.documents() == {"/d/1"}


def test_long_head_is_read_all_the_same(world: World, server: Server) -> None:
    listed(server, 1)
    server.put("/d/1", document(1), headers={f"X-Sample-{n}": "a" * 1000 for n in range(200)})
    world.crawl()
    assert world.documents() == {"/d/1"} and len(world.exchanges("/d/1")[0].headers) > 200


@pytest.mark.process
def test_lost_connections_are_tried_again(world: World, server: Server) -> None:
    listed(server, 1, 2)
    tries: list[int] = []

    def shaky(asked: object) -> Reply:
        tries.append(1)
        whole = Reply(headers={"Content-Type": "text/html"}, body=document(2).encode())
        cut = Reply(headers={"Content-Type": "text/html"}, pieces=[b"<html>"], length=5000, reset=True)
        return [cut, Reply(pieces=[], reset=True, length=-1), whole][len(tries) - 1]

    server.pages["/d/2"] = shaky
    world.crawl()
    assert world.documents() == {"/d/1", "/d/2"} and len(tries) == 3
    assert [each.truncated for each in world.exchanges("/d/2")] == ["disconnect", "disconnect", ""]
    assert world.issues() == []
    world.assert_rebuilds()


@pytest.mark.process
def test_each_try_on_a_connection_that_ends_without_an_answer_is_ours(world: World, server: Server) -> None:
    world.configure(host="delay: 0, concurrency: 1")
    listed(server, 1, 2)
    server.pages["/d/2"] = Reply(status=0)
    world.crawl()
    times = [each.time for each in server.asked if each.path == "/d/2"]
    assert len(times) == len(world.fetches("/d/2")) == 3
    assert min(later - sooner for sooner, later in itertools.pairwise(times)) > 0.09
    world.assert_rebuilds()


@pytest.mark.process
def test_wrong_length_is_a_cut_body_each_time(world: World, server: Server) -> None:
    listed(server, 1, 2)
    server.put("/d/2", document(2), length=100_000)
    world.crawl()
    assert server.paths("/d/2") == ["/d/2"] * 3
    assert [each.truncated for each in world.exchanges("/d/2")] == ["disconnect"] * 3
    assert world.documents() == {"/d/1"}


@pytest.mark.parametrize("status", [-200, 20, 20000])
def test_status_that_http_does_not_have_is_no_answer(world: World, server: Server, status: int) -> None:
    listed(server, 1, 2)
    server.pages["/d/2"] = Reply(status=status, headers={"Content-Type": "text/html"}, body=document(2).encode())
    world.crawl()
    assert world.exchanges("/d/2") == [] and world.documents() == {"/d/1"}
    ((source, kind, detail),) = world.issues()
    assert (source, kind) == ("news", "unreachable") and detail.startswith(f"its status is {status}, ")
    world.crawl()
    world.assert_rebuilds()


def test_one_request_serves_all_who_ask(world: World, server: Server) -> None:
    listed(server, 1)
    world.configure(more=other(server, "/feed"))
    world.crawl()
    assert sorted(server.pages_asked()) == ["/d/1", "/feed"]
    sources = world.rows("select source from document_sources order by source")
    assert [row["source"] for row in sources] == ["news", "other"]


def test_unlisted_loopback_host_is_no_document_and_not_asked(world: World, server: Server) -> None:
    listed(server, 1)
    other = Server()
    try:
        server.feed([1], more=f"{other.url}/d/9")
        world.crawl()
        assert other.asked == []
        with Store.open(world.data / "roundup.db") as store:
            assert store.all("select 1 from documents where instr(id, ?)", other.url) == []
    finally:
        other.close()


@pytest.mark.process
@pytest.mark.parametrize("late", [0.0, 0.5])
def test_page_is_asked_once_for_a_source_that_lists_it_later(world: World, server: Server, late: float) -> None:
    """``late``: the other source comes while the answer is under way, or when it was applied long ago."""
    listed(server, 1)
    server.put("/d/1", document(1), wait=1.0 if not late else 0.0)
    feed = server.pages["/feed"]
    assert isinstance(feed, Reply)
    server.put("/other", feed.body, "application/rss+xml", wait=late or 0.5)
    world.configure(more=other(server, "/other"))
    world.crawl()
    assert server.paths("/d/") == ["/d/1"]
    sources = world.rows("select source from document_sources where stated<>'{}' order by source")
    assert [row["source"] for row in sources] == ["news", "other"]
    assert world.rows("select count(*) as n from frontier where state='queued'")[0]["n"] == 0
    world.assert_rebuilds()
