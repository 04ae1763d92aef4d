"""The rules by which recorded files answer, one by one."""

import gzip
from pathlib import Path

import pytest

from crawler.archive import Answer, Archive, Replay
from crawler.archive.replay import accepts
from tests.archive.archive_samples import LINK, NOON, PAGE, Foreign, answer, at, bodies, only, run_file, write

URL = "https://www.example.org/a"


@pytest.fixture(params=[True, False], ids=["gzip", "plain"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Foreign:
    return Foreign(tmp_path / ("file.warc.gz" if request.param else "file.warc"), gzip=request.param)


def test_responses_alone_suffice(file: Foreign) -> None:
    with file:
        file.response(URL, NOON, PAGE, status="203 Odd", headers=[("Content-Type", "text/html"), ("X", "1")])
    replay = Replay.open([file.path])
    assert only(replay, URL) == Answer(
        url=URL, method="GET", time=NOON, status=203, reason="Odd",
        headers=(("Content-Type", "text/html"), ("X", "1")), body=PAGE,
    )  # fmt: skip
    assert (replay.newest, replay.problems) == (NOON, ())
    assert replay.answer("GET", "https://www.example.org/other") is None
    assert replay.answer("POST", URL) is None
    assert replay.answer("GET", "mailto:a@example.org") is None


def test_the_newest_not_later_than_as_of(file: Foreign) -> None:
    with file:
        for minutes in (1, 3, 2):
            file.response(URL, at(minutes), b"%d" % minutes)
    assert bodies(Replay.open([file.path]), URL) == [b"3"]
    for as_of, body in ((3.5, b"3"), (3, b"3"), (2.9, b"2"), (1, b"1"), (0.9, None)):
        replay = Replay.open([file.path], at(as_of))
        assert bodies(replay, URL) == [body]
        assert replay.newest == (None if body is None else at(int(body)))


def test_the_later_record_among_equally_new_ones(tmp_path: Path) -> None:
    with Foreign(tmp_path / "b.warc.gz") as first:
        first.response(URL, NOON, b"1")
        first.response(URL, NOON, b"2")
    with Foreign(tmp_path / "a.warc.gz") as second:
        second.response(URL, NOON, b"3")
    assert bodies(Replay.open([first.path]), URL) == [b"2"]
    assert bodies(Replay.open([first.path, second.path]), URL) == [b"3"]
    assert bodies(Replay.open([second.path, first.path]), URL) == [b"2"]


def test_scheme_and_order_of_the_query_do_not_matter(file: Foreign) -> None:
    with file:
        file.response("http://www.example.org/a?x=1&y=2", NOON, PAGE)
    replay = Replay.open([file.path])
    assert only(replay, "https://www.example.org/a?y=2&x=1").url == "http://www.example.org/a?x=1&y=2"
    assert bodies(replay, "https://www.example.org/a?y=2&x=2", URL) == [None, None]


def test_captures_that_satisfy_the_accept_win(file: Foreign) -> None:
    with file:
        file.response(URL, at(1), b"old xml", headers=[("Content-Type", "application/xml; charset=utf-8")])
        file.response(URL, at(2), b"new xml", headers=[("Content-Type", "application/xml")])
        file.response(URL, at(3), b"html")
    replay = Replay.open([file.path])
    wanted = {"application/xml": b"new xml", "text/*": b"html", "": b"html", "*/*": b"html", "image/png": b"html"}
    assert {accept: only(replay, URL, accept).body for accept in wanted} == wanted


@pytest.mark.parametrize(
    ("accept", "media_type", "satisfied"),
    [
        ("text/html", "text/html", True),
        ("TEXT/HTML;level=1", "Text/html; charset=utf-8", True),
        ("text/html, */*;q=0", "image/png", False),
        ("text/html;q=0, text/*", "text/html", False),
        ("text/html;q=0, text/*", "text/plain", True),
        ("text/html;q=x", "text/html", True),
        ("application/xml", "application/atom+xml", False),
        ("text/html", "", False),
        ("*/*", "", True),
        (" ", "text/html", True),
    ],
)
def test_accept(accept: str, media_type: str, satisfied: bool) -> None:
    assert accepts(accept, media_type) is satisfied


def test_methods_come_from_requests(file: Foreign) -> None:
    with file:
        posted = file.response(URL, at(1), b"posted")
        file.request(URL, at(1), "POST", posted)
        fetched = file.response(URL, at(0), b"fetched")
        file.request(URL, at(0), "GET", fetched)
    replay = Replay.open([file.path])
    assert bodies(replay, URL) == [b"fetched"]
    found = replay.answer("POST", URL)
    assert found is not None and (found.method, found.body) == ("POST", b"posted")


def test_responses_may_name_their_request_too(tmp_path: Path) -> None:
    with Foreign(tmp_path / "file.warc.gz") as file:
        other = file.response("https://www.example.org/b", NOON, b"")
        file.request(URL, NOON, "HEAD", other)
    request_id = next(
        line.partition(b": ")[2].decode()
        for line in gzip.decompress(file.path.read_bytes()).split(b"WARC-Type: request")[1].split(b"\r\n")
        if line.startswith(b"WARC-Record-ID")
    )
    with Foreign(tmp_path / "more.warc.gz") as more:
        more.response(URL, NOON, b"x", fields={"WARC-Concurrent-To": request_id})
    assert Replay.open([file.path, more.path]).answer("HEAD", URL) is not None


def test_resource_records(file: Foreign) -> None:
    with file:
        file.response(URL, NOON, b"a text", kind="resource")
        file.response("urn:not:an:address", NOON, b"a text", kind="resource")
    found = only(Replay.open([file.path]), URL)
    assert (found.status, found.body) == (200, b"a text")
    assert found.headers == (("Content-Type", "text/plain"), ("Content-Length", "6"))


@pytest.mark.parametrize(
    ("coded", "body", "truncated"),
    [
        (b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", b"abcde", ""),
        (b"3\r\nabc\r\n0\r\nTrailer: 1\r\n\r\n", b"abc", ""),
        (b"3\r\nabc\r\n9\r\nde", b"abcde", "disconnect"),
        (b"3\r\nabc\r\n", b"abc", "disconnect"),
        (b"<html>not chunked any more", b"<html>not chunked any more", ""),
        (b"", b"", ""),
    ],
)
def test_transfer_coding_is_undone(file: Foreign, coded: bytes, body: bytes, truncated: str) -> None:
    with file:
        file.response(URL, NOON, coded, headers=[("transfer-encoding", "Chunked")])
    found = only(Replay.open([file.path]), URL)
    assert (found.body, found.truncated) == (body, truncated)


def test_content_coding_is_left(file: Foreign) -> None:
    packed = gzip.compress(PAGE)
    with file:
        file.response(URL, NOON, packed, headers=[("Content-Encoding", "gzip")], fields={"WARC-Truncated": "time"})
    found = only(Replay.open([file.path]), URL)
    assert (found.body, found.truncated) == (packed, "time")


REVISITS: list[dict[str, str]] = [
    {"WARC-Refers-To": "{id}"},
    {"WARC-Refers-To-Target-URI": "http://www.example.org/first", "WARC-Refers-To-Date": "2026-03-01T12:00:00.123456Z"},
    {"WARC-Refers-To": "<urn:uuid:of-another-revisit>", "WARC-Refers-To-Target-URI": "https://www.example.org/first"},
]


@pytest.mark.parametrize("fields", REVISITS)
@pytest.mark.parametrize("order", [1, -1])
def test_revisits_resolve_across_files(tmp_path: Path, fields: dict[str, str], order: int) -> None:
    with Foreign(tmp_path / "1.warc.gz") as first:
        original = first.response(
            "https://www.example.org/first", NOON, PAGE, headers=[("Content-Type", "text/html"), ("X", "1")]
        )
    head = original.rec_headers
    more = {
        "WARC-Profile": "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest",
        "WARC-Payload-Digest": head.get_header("WARC-Payload-Digest"),
        **{name: value.format(id=head.get_header("WARC-Record-ID")) for name, value in fields.items()},
    }
    with Foreign(tmp_path / "2.warc", gzip=False) as second:
        second.response(
            URL, at(5), b"", fields=more, kind="revisit", headers=[("Content-Type", "text/html"), ("X", "2")]
        )
    found = only(Replay.open([first.path, second.path][::order]), URL, "text/html")
    assert (found.body, found.time, found.headers[-1]) == (PAGE, at(5), ("X", "2"))
    alone = Replay.open([second.path])
    assert bodies(alone, URL) == [None] and alone.newest is None
    assert alone.problems == (f"{second.path}: offset 0: {URL}: refers to nothing in these files; left out",)


def test_not_modified_answers_with_what_was_not_modified(tmp_path: Path) -> None:
    (first,) = write(tmp_path, answer(), run="1")
    asked = answer(status=304, reason="Not Modified", body=b"", headers=(("ETag", '"a"'),), time=at(5))
    with Archive.open(tmp_path) as archive:
        archive.start("2", {})
        archive.exchange(asked, LINK, not_modified_of=first.place)
        archive.exchange(answer(url=URL, status=304, body=b""), LINK)
    replay = Replay.open(sorted(tmp_path.iterdir()))
    found = only(replay, answer().url)
    assert (found.status, found.reason, found.time, found.body) == (200, "OK", at(5), PAGE)
    assert found.headers == answer().headers
    assert len(replay.problems) == 1 and f"{URL}: refers to nothing" in replay.problems[0]


def test_our_own_archive_replays_and_is_archived_the_same(tmp_path: Path) -> None:
    sent = answer(headers=(("X", "Ã©"), ("Transfer-Encoding", "chunked")), body=PAGE)
    first, second = write(tmp_path / "1", sent, answer(url=URL, truncated="length"))
    replay = Replay.open([run_file(tmp_path / "1")])
    again = write(tmp_path / "2", *(only(replay, one.url) for one in (first, second)))
    for one, other in zip((first, second), again, strict=True):
        for name in ("time", "url", "method", "status", "headers", "body", "truncated", "payload_digest"):
            assert getattr(one, name) == getattr(other, name), name
