"""Large bodies and files that are no text, looked through for what was redacted: all of it is found, at little cost."""

import random
import tracemalloc
from datetime import UTC, datetime

import pytest

from crawler.redaction import Marks, Redacted, mark_hashes
from crawler.redaction.decodings import PIECE
from crawler.run.redact.filtering import ReceivedAnswer, RedactionFilter

TITLE = "Sample Person Zzyzx charged with sample trafficking"
HOST = "https://a.sample.invalid"
ADDRESS = f"{HOST}/news/zz-1"
MARKS = Marks([
    Redacted(
        id="1",
        reason="asked for",
        date="2026-03-05",
        marks=frozenset([*mark_hashes.phrase("1", mark_hashes.words_of(TITLE)), *mark_hashes.address("1", ADDRESS)]),
    )
])  # fmt: skip
LINK = {"url": f"{HOST}/x", "role": "document", "accept": "", "asked": []}


def met(body: bytes, media: str) -> ReceivedAnswer:
    return ReceivedAnswer(
        url=f"{HOST}/x", time=datetime(2026, 3, 6, tzinfo=UTC), method="GET", status=200,
        headers=(("Content-Type", media),), body=body, link=LINK, payload_digest="", digest="",
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("named", [TITLE, ADDRESS, f'<a href="/news/zz-1">{"x" * 20}</a>'])
@pytest.mark.parametrize("before", [0, 1, 10, 40, 60, 5_000])
def test_what_lies_across_a_border_is_found(named: str, before: int) -> None:
    filler = ("words of ours " * PIECE)[: PIECE - before - 1]
    text = f"{filler} {named} {filler}"
    assert MARKS.within(text, HOST) == "1"
    assert MARKS.within(text.replace("zz-1", "zz-2").replace("Zzyzx", "Else"), HOST) == ""


@pytest.mark.slow
def test_an_address_of_another_host_is_not_begun_in_its_middle() -> None:
    for before in range(4_000 - 30, 4_000 + 30, 7):
        text = "word " * ((PIECE - before) // 5) + "https://other.sample.invalid/news/zz-1 " + "word " * 2_000
        assert MARKS.within(text, HOST) == ""


@pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff"])
def test_a_file_is_known_by_the_words_that_stand_in_it(start: bytes) -> None:
    noise = random.Random(1).randbytes(20_000)
    withholding = RedactionFilter(MARKS, None)
    said = f"\n<dc:title>{TITLE}</dc:title>\n".encode()
    kept = withholding.left(met(start + noise, "application/octet-stream"), {})
    assert kept.cut is None and kept.body == start + noise
    left = withholding.left(met(start + noise + said + noise, "application/octet-stream"), {})
    assert left.cut is not None and b"Zzyzx" not in left.body


@pytest.mark.slow
def test_a_large_file_takes_little_memory() -> None:
    body = b"%PDF-1.7\n" + random.Random(2).randbytes(3_000_000)
    withholding = RedactionFilter(MARKS, None)
    tracemalloc.start()
    try:
        assert withholding.left(met(body, "application/pdf"), {}).cut is None
        assert MARKS.within("words of ours " * 100_000) == ""
        assert tracemalloc.get_traced_memory()[1] < 80_000_000
    finally:
        tracemalloc.stop()
