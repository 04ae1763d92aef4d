"""Content codings undone, within limits, or named."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive import decode, is_long_text
from crawler.archive.content_encoding import LIMIT
from crawler.errors import LimitError, ParseError

BODY = b"This text is a sample of our own. " * 100


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(BODY, mtime=0)),
        ("X-GZIP", gzip.compress(BODY, mtime=0)),
        ("gzip", gzip.compress(BODY[:50], mtime=0) + gzip.compress(BODY[50:], mtime=0)),
        ("gzip", gzip.compress(BODY, mtime=0) + b"\x00\x00trailing"),
        ("deflate", zlib.compress(BODY)),
        ("deflate", raw_deflate(BODY)),
        ("deflate, gzip", gzip.compress(zlib.compress(BODY), mtime=0)),
        ("identity", BODY),
        ("", BODY),
    ],
)
def test_codings(coding: str, body: bytes) -> None:
    assert decode([("content-encoding", coding), ("X", "br")], body, 10_000) == BODY


def test_codings_in_two_headers_and_an_empty_body() -> None:
    twice = gzip.compress(zlib.compress(BODY), mtime=0)
    assert decode([("Content-Encoding", "deflate"), ("Content-Encoding", "gzip")], twice, 10_000) == BODY
    assert decode([("Content-Encoding", "br")], b"", 10) == b""


@pytest.mark.parametrize(
    ("coding", "body", "reason"),
    [
        ("br", b"x", "unknown content coding 'br'"),
        ("zstd, gzip", gzip.compress(b"x", mtime=0), "unknown content coding 'zstd'"),
        ("gzip", b"<html>", "not gzip: incorrect header check"),
        ("gzip", gzip.compress(BODY, mtime=0)[:-1], "gzip body ends early"),
        ("gzip", gzip.compress(BODY, mtime=0)[:-8] + bytes(8), "not gzip: incorrect data check"),
        ("deflate", b"\xff\xff\xff", "not deflate: invalid block type"),
    ],
)
def test_what_cannot_be_undone_is_named(coding: str, body: bytes, reason: str) -> None:
    with pytest.raises(ParseError) as caught:
        decode([("Content-Encoding", coding)], body, 10_000, "https://www.example.org/")
    assert str(caught.value) == f"https://www.example.org/: {reason}"


@pytest.mark.parametrize("packed", [gzip.compress(bytes(50_000_000), mtime=0), gzip.compress(b"x" * 1001, mtime=0)])
def test_a_bomb_names_the_limit(packed: bytes) -> None:
    with pytest.raises(LimitError, match="more than the limit of 1000 bytes"):
        decode([("Content-Encoding", "gzip")], packed, 1000)


def test_other_limits() -> None:
    with pytest.raises(LimitError, match="limit of 3 bytes"):
        decode([], b"four", 3)
    with pytest.raises(LimitError, match="limit of 4"):
        decode([("Content-Encoding", "gzip, gzip, gzip, gzip, gzip")], b"x", 1000)
    with pytest.raises(LimitError, match="limit of 10000 members"):
        decode([("Content-Encoding", "gzip")], gzip.compress(b"") * 10_001, 1000)


def test_exactly_the_limit_is_allowed() -> None:
    assert len(decode([("Content-Encoding", "gzip")], gzip.compress(bytes(1000)), 1000)) == 1000


@pytest.mark.slow
def test_what_was_archived_is_read_as_long_as_it_may_be_sent() -> None:
    assert LIMIT == 64 * 1024 * 1024
    assert len(decode([("Content-Encoding", "gzip")], gzip.compress(bytes(LIMIT), 1))) == LIMIT


@pytest.mark.parametrize(
    ("codings", "body", "long"),
    [
        ("", BODY, True),
        ("", BODY[:1000], False),
        ("", b"%PDF-1.7" + BODY, False),
        ("gzip", gzip.compress(BODY), True),
        ("gzip", gzip.compress(BODY[:1000]), False),
        ("gzip", gzip.compress(b"PK\x03\x04" + BODY), False),
        ("", gzip.compress(BODY), True),
        ("deflate, gzip", gzip.compress(zlib.compress(BODY)), True),
        ("gzip", gzip.compress(gzip.compress(BODY)), True),
        ("br", BODY, False),
        ("gzip", gzip.compress(BODY)[:-9], True),
        ("gzip", BODY, False),
    ],
)
def test_a_long_text_is_told_from_a_file(codings: str, body: bytes, long: bool) -> None:
    assert is_long_text([("Content-Encoding", codings)], body, 1000) is long


def test_what_is_packed_more_often_than_is_unpacked_is_no_text() -> None:
    body = BODY
    for times in range(1, 9):
        body = gzip.compress(body)
        assert is_long_text([], body, 1000) is (times <= 4), times


@given(st.sampled_from(["gzip", "deflate", "gzip, deflate", "identity"]), st.binary(max_size=200))
def test_any_bytes_give_bytes_or_a_parse_error(coding: str, body: bytes) -> None:
    try:
        decode([("Content-Encoding", coding)], body, 1000)
    except ParseError as error:
        assert error.reason
