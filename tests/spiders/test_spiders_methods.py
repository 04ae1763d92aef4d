"""Requests that are no plain GET: HEAD for headers alone, POST for questions too long for an address."""

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest

from crawler import protocols
from crawler.archive import Replay
from crawler.identifiers import address_of, request_at
from crawler.model import FORM, Capture, Document, Link, Page, Section, Version, Walk
from crawler.sources import Source
from crawler.sources.options import Options
from tests.spiders.server import Asked, Reply, Server
from tests.spiders.world import World

QUESTION = "query=select ?work where { ?work ?p 'é&=' }"


class Asking:
    """A protocol that asks one question, and for the headers of one page, which announce its state."""

    Options = Options

    def start(self, source: Source, walk: Walk) -> Iterable[Link]:
        base = source.url.removesuffix("/feed")
        yield Link(url=f"{base}/ask", role="listing", method="POST", body=QUESTION, accept="application/json")
        yield Link(url=f"{base}/table", role="listing", method="HEAD")

    def parse(self, capture: Capture, source: Source) -> Page:
        if capture.method == "HEAD":
            token = capture.header("content-md5")
            return Page(links=(Link(url=capture.url, role="document", token=token),), entries=1)
        if capture.method == "POST":
            found = [f"sample:{name}" for name in json.loads(capture.body)]
            return Page(documents=tuple(Document(id=n, title=n, url=capture.url) for n in found), entries=len(found))
        name, text = "sample:table", capture.body.decode()
        version = Version(
            document=name, title="Table", sections=(Section(path="rows", text=text),), representation="html"
        )
        return Page(documents=(Document(id=name, title="Table", url=capture.url),), versions=(version,))


@pytest.fixture
def asking(world: World, server: Server, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setitem(protocols.PROTOCOLS, "feed", Asking())
    server.put("/ask", '["a", "b"]', "application/json", validators=False)
    server.put("/table", "one,two", "text/csv", headers={"Content-MD5": "first"}, validators=False)
    return world


def sent(server: Server) -> list[tuple[str, str]]:
    return sorted((each.method, each.path) for each in server.asked if each.path != "/robots.txt")


def test_question_is_posted_and_headers_are_asked_alone(asking: World, server: Server) -> None:
    assert asking.crawl().outcomes == {"news": "healthy"}
    assert sent(server) == [("GET", "/table"), ("HEAD", "/table"), ("POST", "/ask")]
    posted = next(each for each in server.asked if each.method == "POST")
    assert posted.body == QUESTION.encode() and posted.headers["content-type"] == FORM
    assert posted.headers["accept"] == "application/json"
    names = [row["id"] for row in asking.rows("select id from documents order by id")]
    assert names == ["sample:a", "sample:b", "sample:table"]
    asking.assert_rebuilds()


def test_page_is_read_again_only_when_its_headers_say_so(asking: World, server: Server) -> None:
    asking.crawl()
    server.clear()
    asking.crawl()
    assert sent(server) == [("HEAD", "/table"), ("POST", "/ask")]
    server.put("/table", "one,three", "text/csv", headers={"Content-MD5": "second"}, validators=False)
    server.clear()
    asking.crawl()
    assert sent(server) == [("GET", "/table"), ("HEAD", "/table"), ("POST", "/ask")]
    assert len(asking.rows("select 1 from changes where document='sample:table' and kind='changed'")) == 1
    asking.assert_rebuilds()


def test_archive_holds_the_question_and_a_replay_tells_questions_apart(asking: World, server: Server) -> None:
    asking.crawl()
    (file,) = (asking.data / "archive").glob("*.warc.gz")
    replay = Replay.open([file])
    url = f"{server.url}/ask"
    found = replay.answer("POST", url, body=QUESTION.encode())
    assert found is not None and found.body == b'["a", "b"]'
    assert replay.answer("POST", url, body=b"query=another") is None and replay.answer("GET", url) is None
    asking.data = asking.data.with_name("replayed")
    server.clear()
    assert asking.crawl(replay=(file,)).outcomes == {"news": "healthy"}
    assert server.asked == []
    assert {row["id"] for row in asking.rows("select id from documents")} == {"sample:a", "sample:b", "sample:table"}
    asking.assert_rebuilds()


def test_head_is_answered_by_what_a_get_brought(asking: World, server: Server) -> None:
    asking.crawl()
    (file,) = (asking.data / "archive").glob("*.warc.gz")
    found = Replay.open([file]).answer("HEAD", f"{server.url}/table")
    assert found is not None and (found.method, found.body) == ("HEAD", b"")
    assert found.header("content-md5") == "first"


@pytest.mark.parametrize(("status", "method"), [(302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
def test_redirected_question_keeps_its_method_only_where_the_status_says_so(
    asking: World, server: Server, status: int, method: str
) -> None:
    server.pages["/ask"] = Reply(status=status, headers={"Location": "/asked"})

    def answer(asked: Asked) -> Reply:
        return Reply(body=b'["c"]', headers={"Content-Type": "application/json"}, validators=False)

    server.pages["/asked"] = answer
    asking.crawl()
    (there,) = (each for each in server.asked if each.path == "/asked")
    assert there.method == method and there.body == (QUESTION.encode() if method == "POST" else b"")
    asking.assert_rebuilds()


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a",
        "https://example.org/a?b=c&d=%26",
        "https://example.org/a?__wb_method=POST&__wb_media=text%2Fplain&__wb_body=delete%3D1",
        "https://example.org/a?__wb_method=HEAD",
        "https://example.org/a?x=1&__wb_method=DELETE",
        "https://example.org/a?__wb_method=",
    ],
)
@pytest.mark.parametrize("body", ["", "query=é&x=1", "a__wb_method=GET&__wb_body=x"])
def test_request_is_named_by_one_text_and_found_in_it_again(url: str, body: str) -> None:
    asked = Link(url=url, role="listing", method="POST", body=body, media="application/sparql-query")
    request = request_at(address_of(asked))
    assert (request.url, request.method, request.media, request.body) == (url, "POST", asked.media, body)
    for method in ("GET", "HEAD"):
        plain = request_at(address_of(replace(asked, method=method)))
        assert (plain.url, plain.method, plain.body) == (url, method, "")
