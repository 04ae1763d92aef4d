"""PDFs that are broken, cut off, locked or hostile: each is refused by its cause, and none stops anybody."""

import random
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.bodies import pdf
from crawler.errors import LimitError, ParseError
from crawler.model import Capture, Link
from crawler.sources import Expect, Source
from crawler.worker import Worker
from tests.bodies.pdf_making import Page, Run, assembled, flowed, text
from tests.bodies.pdf_making import pdf as made
from tests.tiers import examples

pytestmark = pytest.mark.slow

RECORDED = Path(__file__).parents[2] / "../shared/recordings/www.modernslavery.gov.uk"
SAMPLE = made(flowed([("Sample heading", 20.0, False), ("Words of a sample. " * 200, 11.0, False)]), compress=False)
URL = "https://office.sample.invalid/sample.pdf"


def source() -> Source:
    return Source(
        id="sample", name="Sample", publisher="office", kind="guidance", protocol="listing",
        url="https://office.sample.invalid/", expect=Expect(), options={"entry": "li"},
    )  # fmt: skip


def capture(body: bytes) -> Capture:
    link = Link(url=URL, role="document", facts={"title": "Sample"})
    when = datetime(2026, 11, 24, tzinfo=UTC)
    return Capture(url=URL, time=when, link=link, headers=(("Content-Type", "application/pdf"),), body=body)


def bomb(mebibytes: int, *, twice: bool = False) -> bytes:
    """A page whose content expands to so much white space, packed once or twice."""
    packer = zlib.compressobj(9)
    piece = b" " * 2**20
    data = b"".join(packer.compress(piece) for _ in range(mebibytes)) + packer.flush()
    filters = b"[/FlateDecode/FlateDecode]" if twice else b"/FlateDecode"
    data = zlib.compress(data) if twice else data
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<>>>>",
            b"<</Length %d/Filter%s>>stream\n%s\nendstream" % (len(data), filters, data),
        ],
        b"/Root 1 0 R",
    )


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(deadline=30) as running:
        yield running


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "no PDF"),
        (b"%", "no PDF"),
        (b"<!DOCTYPE html><p>Not a form", "no PDF"),
        (b"%PDF-1.4", "objects cannot be found"),
        (b"%PDF-1.4\n" + b"\x00" * 5000, "objects cannot be found"),
        (SAMPLE[: len(SAMPLE) // 2], "cut off"),
        (SAMPLE[: SAMPLE.rindex(b"startxref")], "cut off"),
    ],
)
def test_what_is_no_whole_pdf_is_refused_by_its_cause(body: bytes, reason: str) -> None:
    with pytest.raises(ParseError, match=reason) as caught:
        pdf.document(body, url=URL)
    assert caught.value.url == URL


def test_what_stands_behind_the_end_does_not_matter() -> None:
    assert pdf.document(b"\n" * 200 + SAMPLE + b"<!-- cached -->", url=URL).sections


def test_a_locked_file_is_refused() -> None:
    locked = made(
        [Page(runs=tuple(text("Words of a sample.")))],
        trailer=b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>/ID[(a)(a)]" % (b"o" * 32, b"u" * 32),
    )
    with pytest.raises(ParseError, match="encrypted PDF"):
        pdf.document(locked, url=URL)


def test_a_file_of_one_megabyte_that_expands_to_a_gibibyte_is_refused_before_it_is_read() -> None:
    body = bomb(1024)
    assert len(body) < 1_100_000
    started = time.process_time()
    with pytest.raises(ParseError, match="stream that expands to more than 96 MiB"):
        pdf.document(body, url=URL)
    assert time.process_time() - started < 5


def test_many_streams_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.bodies.pdf.WHOLE", 20_000)
    with pytest.raises(ParseError, match="expands to more than"):
        pdf.document(made(flowed([("Words of a sample. " * 4000, 11.0, False)])), url=URL)


def test_pictures_may_be_large() -> None:
    """Nobody expands them: a scan of one page has a hundred megabytes."""
    data = zlib.compress(b"\xff" * (97 * 2**20), 1)
    about = b"/Type/XObject/Subtype/Image/Width 9/Height 9/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
    body = SAMPLE.replace(
        b"startxref", b"9 0 obj\n<<%s/Length %d>>stream\n%s\nendstream\nendobj\nstartxref" % (about, len(data), data)
    )
    assert pdf.document(body, url=URL).sections


def test_a_tree_of_pages_that_holds_itself_is_refused() -> None:
    body = assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1000000>>"], b"/Root 1 0 R")
    with pytest.raises(ParseError, match="none of its 1,000,000 pages can be opened"):
        pdf.document(body, url=URL)


def test_a_limit_on_pages_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    pages = [Page(runs=(*text(f"Page {name} of a sample."),)) for name in ("one", "two", "three")]
    found = pdf.document(made(pages), url=URL)
    assert (found.partial, [problem.detail for problem in found.problems]) == (
        True, ["only the first 2 of 3 pages were read"],
    )  # fmt: skip


def test_a_page_of_very_many_words_ends_soon() -> None:
    runs = tuple(Run(text="a b c d e f g h", x=10 + place % 500, y=10 + place % 800) for place in range(20_000))
    started = time.process_time()
    assert pdf.document(made([Page(runs=runs)]), url=URL).sections
    assert time.process_time() - started < 20


@pytest.mark.process
@pytest.mark.recorded
def test_the_worker_reads_a_file_within_its_memory(worker: Worker) -> None:
    found = worker.read(capture(SAMPLE), source())
    assert found.versions[0].representation == "pdf"
    for file in sorted(RECORDED.glob("first-responder-*.pdf")):
        assert worker.read(capture(file.read_bytes()), source()).versions, file.name
    assert worker.restarts == 0


@pytest.mark.process
def test_a_bomb_that_is_packed_twice_kills_the_worker_alone() -> None:
    with Worker(deadline=30) as own:
        with pytest.raises(LimitError, match="768 MiB of memory"):
            own.read(capture(bomb(1024, twice=True)), source())
        assert own.read(capture(SAMPLE), source()).versions


@given(st.binary(max_size=400))
@example(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF")
@example(b"%PDF-1.4\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF")
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    for candidate in (body, b"%PDF-1.4\n" + body, b"%PDF-1.4\n1 0 obj\n" + body + b"\nendobj\nstartxref\n9\n%%EOF"):
        try:
            pdf.document(candidate, url=URL)
        except ParseError as error:
            assert error.reason


@pytest.mark.process
@examples(60)
@given(st.integers(0, 2**32))
def test_damaged_files_are_read_or_refused(worker: Worker, seed: int) -> None:
    chance = random.Random(seed)
    body = bytearray(SAMPLE)
    for _ in range(chance.choice([1, 5, 50, 500])):
        body[chance.randrange(len(body))] = chance.randrange(256)
    if chance.random() < 0.3:
        del body[chance.randrange(len(body)) :]
    try:
        worker.read(capture(bytes(body)), source())
    except ParseError as error:
        assert error.reason


@pytest.mark.process
@pytest.mark.recorded
@pytest.mark.skipif(not RECORDED.exists(), reason=f"no recordings at {RECORDED}")
@examples(30)
@given(st.integers(0, 2**32))
def test_recordings_that_were_cut_or_damaged_are_read_or_refused(worker: Worker, seed: int) -> None:
    chance = random.Random(seed)
    body = bytearray(chance.choice(sorted(RECORDED.glob("nrm-*.pdf"))).read_bytes())
    if chance.random() < 0.4:
        del body[chance.randrange(len(body)) :]
    else:
        start = chance.randrange(len(body))
        del body[start : start + chance.randrange(1, 30_000)]
    try:
        worker.read(capture(bytes(body)), source())
    except ParseError as error:
        assert error.reason
