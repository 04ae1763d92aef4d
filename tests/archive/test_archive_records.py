"""What is written is read the same: by us, by warcio, by FastWARC and, where it is there, by pywb."""

import gzip
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from crawler.archive import Answer, Archive, Exchange, Journal, Place, check
from crawler.archive.content_encoding import CUT_LIMIT
from crawler.errors import ArchiveError
from tests.archive.archive_samples import (
    LINK,
    NOON,
    PAGE,
    answer,
    at,
    bytes_at,
    fastwarc_verified,
    run_file,
    warcio_records,
    write,
)
from tests.tiers import examples


def test_written_as_it_will_be_read(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        archive.start("20260301T120000Z", {"software": "sample", "odd": "a\r\nb"})
        written: list[Journal | Exchange] = [
            archive.journal("run-started", {"run": "1", "versions": {"feed": "abc"}, "list": [1, None, "ü"]}, NOON),
            archive.exchange(answer(), LINK),
            archive.exchange(answer(body=b"", status=301, headers=(("Location", "/b"),)), {"url": "x"}),
            archive.journal("run-ended", {}, at(1)),
        ]
        assert [*archive.records()] == written
        assert archive.read(written[1].place) == written[1]
    assert [*Archive.open(tmp_path).records()] == written
    assert check(tmp_path) == []
    entry, exchange = written[0], written[1]
    assert isinstance(entry, Journal) and entry.payload["list"] == [1, None, "ü"]
    assert isinstance(exchange, Exchange)
    assert (exchange.time, exchange.url, exchange.method, exchange.status) == (NOON, answer().url, "GET", 200)
    assert (exchange.body, exchange.link, exchange.headers) == (PAGE, LINK, answer().headers)


def test_records_of_an_exchange_in_order_for_other_readers(tmp_path: Path) -> None:
    (exchange,) = write(tmp_path, answer())
    path = run_file(tmp_path)
    assert fastwarc_verified(path) == ["warcinfo", "metadata", "metadata", "request", "response", "metadata"]
    found = [*warcio_records(path)]
    link, request, response = (record for _, record, _ in found[2:5])
    assert response.rec_headers.get_header("WARC-Date") == "2026-03-01T12:00:00.123456Z"
    assert response.rec_headers.protocol == "WARC/1.1"
    assert response.rec_headers.get_header("WARC-Record-ID") == exchange.record_id
    for record in (link, request):
        assert record.rec_headers.get_header("WARC-Concurrent-To") == exchange.record_id
    assert request.http_headers.protocol == "GET" and request.http_headers.statusline == "/a?x=1&y=2 HTTP/1.1"
    assert request.http_headers.headers == [("Host", "www.example.org"), *answer().request_headers]
    assert found[4][2] == PAGE
    assert found[0][2].startswith(b"format: WARC File Format 1.1\r\nsoftware: sample\r\n")


@pytest.mark.filterwarnings("default")  # pywb's own code warns of Python features that it uses.
def test_pywb_indexes_the_pages_and_nothing_else(tmp_path: Path) -> None:
    indexer = pytest.importorskip("pywb.indexer.archiveindexer", reason="pywb is not installed; it is no dependency")
    (exchange,) = write(tmp_path, answer())
    entries = [*indexer.DefaultRecordParser(cdxj=True).open(str(run_file(tmp_path)))]
    assert [(entry["url"], entry["mime"], entry["status"]) for entry in entries] == [(exchange.url, "text/html", "200")]
    assert (int(entries[0]["offset"]), int(entries[0]["length"])) == (exchange.place.offset, exchange.place.length)
    assert entries[0]["timestamp"] == "20260301120000"


def test_what_pywb_needs(tmp_path: Path) -> None:
    """pywb leaves out metadata of this type, reads members by offset, and follows revisits by address and date."""
    with Archive.open(tmp_path) as archive:
        archive.start("1", {})
        first = archive.exchange(answer(), LINK)
        archive.exchange(answer(time=at(5)), LINK, original=first.place)
    records = [*warcio_records(run_file(tmp_path))]
    assert {record.content_type for kind, record, _ in records if kind == "metadata"} == {"application/warc-fields"}
    assert gzip.decompress(bytes_at(tmp_path, first.place)).startswith(b"WARC/1.1\r\n")
    revisit = records[-1][1].rec_headers
    assert revisit.get_header("WARC-Refers-To-Target-URI") == first.url
    assert revisit.get_header("WARC-Refers-To-Date") == "2026-03-01T12:00:00.123456Z"
    assert revisit.get_header("WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


def test_a_cut_body_is_not_unpacked_to_more_than_was_received(tmp_path: Path) -> None:
    packed = gzip.compress(bytes(CUT_LIMIT + 1))
    coded = (("Content-Encoding", "gzip"),)
    whole, cut = write(tmp_path, *(answer(body=packed, headers=coded, truncated=why) for why in ("", "length")))
    assert (len(whole.body), whole.undecodable) == (CUT_LIMIT + 1, "")
    assert (cut.body, cut.packed, cut.undecodable[-36:]) == (b"", packed, "more than the limit of 1048576 bytes")


def test_transfer_coding_and_lengths(tmp_path: Path) -> None:
    chunked = answer(headers=(("Transfer-Encoding", "chunked"), ("Content-Type", "text/html")))
    cut = answer(headers=(("Content-Length", "5000"),), truncated="length")
    head = answer(method="HEAD", body=b"", headers=(("Content-Length", "5000"),))
    first, second, third = write(tmp_path, chunked, cut, head)
    assert first.headers == (("X-Archive-Orig-Transfer-Encoding", "chunked"), ("Content-Type", "text/html"))
    assert second.headers == (("X-Archive-Orig-Content-Length", "5000"), ("Content-Length", str(len(PAGE))))
    assert (second.truncated, second.body) == ("length", PAGE)
    assert (third.headers, third.method) == (head.headers, "HEAD")
    assert b"WARC-Truncated: length\r\n" in gzip.decompress(bytes_at(tmp_path, second.place))
    fastwarc_verified(run_file(tmp_path))


def test_content_coding_is_kept_in_the_file_and_undone_when_read(tmp_path: Path) -> None:
    packed = gzip.compress(PAGE)
    good, broken, unknown = write(
        tmp_path,
        answer(body=packed, headers=(("Content-Encoding", "gzip"),)),
        answer(body=packed[:-9], headers=(("Content-Encoding", "gzip"),)),
        answer(body=PAGE, headers=(("Content-Encoding", "br"),)),
    )
    assert packed in gzip.decompress(bytes_at(tmp_path, good.place))
    assert (good.body, good.undecodable) == (PAGE, "")
    assert (broken.body, broken.undecodable) == (b"", "gzip body ends early")
    assert (unknown.body, unknown.undecodable) == (b"", "unknown content coding 'br'")
    assert [one for one in Archive.open(tmp_path).records() if isinstance(one, Exchange)] == [good, broken, unknown]


def test_reading_on_from_a_place(tmp_path: Path) -> None:
    write(tmp_path, answer(), answer(), run="1")
    write(tmp_path, answer(), run="2")
    archive = Archive.open(tmp_path)
    everything = [*archive.records()]
    assert [one.place for one in everything] == sorted(one.place for one in everything)
    for number, one in enumerate(everything):
        assert [*archive.records(one.place)] == everything[number + 1 :]


@pytest.mark.parametrize("name", ["run-0.warc.gz", "run-5.warc.gz", "run-1.warc.gz"])
def test_a_position_that_the_archive_does_not_have(tmp_path: Path, name: str) -> None:
    write(tmp_path, answer(), run="1")
    with pytest.raises(ArchiveError, match=f"{name}: is missing or ends before"):
        [*Archive.open(tmp_path).records(Place(file=name, offset=10_000, length=1))]


def test_start_refuses_what_would_be_read_in_the_wrong_order(tmp_path: Path) -> None:
    write(tmp_path, answer(), run="2")
    archive = Archive.open(tmp_path)
    with pytest.raises(ArchiveError, match="sorts before run-2"):
        archive.start("1", {})
    with pytest.raises(ArchiveError, match="not a file name"):
        archive.start("../3", {})
    with pytest.raises(ArchiveError, match="no run was started"):
        archive.exchange(answer(), LINK)
    with pytest.raises(ArchiveError, match="read-only"):
        Archive.open(tmp_path, read_only=True).start("3", {})


def test_a_run_is_continued_in_its_file(tmp_path: Path) -> None:
    write(tmp_path, answer(), run="1")
    write(tmp_path, answer(), run="1")
    types = fastwarc_verified(run_file(tmp_path))
    assert types.count("warcinfo") == 1 and types.count("response") == 2


@pytest.mark.parametrize(
    ("kind", "payload", "time"),
    [
        ("link", {}, NOON),
        ("two words", {}, NOON),
        ("x", {"not": float("nan")}, NOON),
        ("x", {"not": b""}, NOON),
        ("x", {}, NOON.replace(tzinfo=None)),
    ],
)
def test_journal_refuses_what_cannot_be_read_back(
    tmp_path: Path, kind: str, payload: dict[str, object], time: datetime
) -> None:
    with Archive.open(tmp_path) as archive:
        archive.start("1", {})
        with pytest.raises((ValueError, TypeError)):
            archive.journal(kind, payload, time)
        assert [*archive.records()] == []


text = st.text(st.characters(codec="utf-8"), max_size=20)
token = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=":"), min_size=1, max_size=10)
value = st.text(st.characters(max_codepoint=255), max_size=30)
url = st.builds("https://www.example.org/{}".format, st.text(st.characters(codec="utf-8"), max_size=30))
json_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=6,
)
answers = st.builds(
    Answer,
    url=url,
    method=st.sampled_from(["GET", "HEAD", "POST"]),
    time=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    status=st.integers(200, 599),
    reason=value,
    headers=st.lists(st.tuples(token, value), max_size=4).map(tuple),
    body=st.binary(max_size=6000),
    request_headers=st.lists(st.tuples(token, value), max_size=3).map(tuple),
    truncated=st.sampled_from(["", "", "length", "time", "disconnect"]),
)


@pytest.mark.slow
@examples(120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(answers, st.dictionaries(text, json_value, max_size=3)), min_size=1, max_size=5))
def test_any_exchange_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, asked: list[tuple[Answer, dict[str, object]]]
) -> None:
    directory = tmp_path_factory.mktemp("archive")
    with Archive.open(directory) as archive:
        archive.start("1", {})
        written = [archive.exchange(one, link) for one, link in asked]
    assert [*Archive.open(directory).records()] == written
    assert check(directory) == []
    assert [one.link for one in written] == [link for _, link in asked]
    assert [one.time for one in written] == [one.time for one, _ in asked]
    plain = [
        (one.body, found.body)
        for (one, _), found in zip(asked, written, strict=True)
        if one.status != 304 and not found.undecodable
        and not any(name.lower() == "content-encoding" for name, _ in one.headers)
    ]  # fmt: skip
    assert all(sent == found for sent, found in plain)
    fastwarc_verified(run_file(directory))
    assert sum(1 for _ in warcio_records(run_file(directory))) == 1 + 3 * len(asked)


def test_hostile_heads_cannot_break_out_of_a_record(tmp_path: Path) -> None:
    evil = answer(
        url="https://www.example.org/a\r\nWARC-Type: warcinfo",
        headers=(("X", "1\r\n\r\nWARC/1.1\r\n"), ("Y\n", "\x00")),
        reason="OK\r\nSet-Cookie: a",
        truncated="length\r\nX: y",
    )
    (exchange,) = write(tmp_path, evil)
    assert exchange.url == "https://www.example.org/a%0D%0AWARC-Type:%20warcinfo"
    assert exchange.headers == (("X", "1 WARC/1.1 "[:-1]), ("Y ", ""))
    assert exchange.truncated == "length X: y"
    assert check(tmp_path) == []


@pytest.mark.parametrize("status", [-200, 1000, 20000])
def test_what_could_not_be_read_again_is_not_written(tmp_path: Path, status: int) -> None:
    with Archive.open(tmp_path) as archive:
        archive.start("20260301T120000Z", {})
        with pytest.raises(ValueError, match=f"status {status} is not one of HTTP"):
            archive.exchange(answer(status=status), LINK)
        kept = archive.exchange(answer(status=999), LINK)
    assert [*Archive.open(tmp_path).records()] == [kept] and check(tmp_path) == []


def test_time_zones_are_made_utc(tmp_path: Path) -> None:
    (exchange,) = write(tmp_path, answer(time=NOON.astimezone(timezone(timedelta(hours=5)))))
    assert exchange.time == NOON and exchange.time.tzinfo is UTC
    with pytest.raises(ValueError, match="no time zone"):
        write(tmp_path, answer(time=NOON.replace(tzinfo=None)))
