"""Files that are no text lose what names something redacted and nothing else; what that takes grows with the file."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest

from crawler import protocols
from crawler.model import Capture
from crawler.redacting import Knife, binary, cut
from tests.bodies import pdf_making
from tests.bodies.pdf_making import Page
from tests.protocols.test_fixtures import CASES, capture, source
from tests.redacting.test_redacting_cuts import left
from tests.run.test_redacted_large import ADDRESS, HOST, MARKS, TITLE

PAGES = [Page(runs=tuple(pdf_making.text("Sample guidance of ours. " * 40)))]
TITLES = {
    "literal": b"/Title(%s)" % TITLE.encode(),
    "utf-16": b"/Title(\xfe\xff%s)" % TITLE.encode("utf-16-be"),
    "hexadecimal": b"/Title<FEFF%s>" % TITLE.encode("utf-16-be").hex().upper().encode(),
    "hexadecimal-latin": b"/Title<%s>" % TITLE.encode().hex().encode(),
    "xmp": b"/X(<rdf:li xml:lang='x-default'>%s</rdf:li>)" % TITLE.encode(),
    "address": b"/URI(%s)" % ADDRESS.encode(),
}
CASE = next(case for case in CASES if source(case).protocol == "page" and capture(case).link.role == "document")


def marked(text: str) -> str:
    return MARKS.within(text, HOST)


@pytest.mark.parametrize("how", TITLES)
def test_what_a_pdf_says_of_itself_goes_and_its_text_stays(how: str) -> None:
    told = TITLES[how]
    before = pdf_making.pdf(PAGES, trailer=b"/Sample<<%s/Producer(Sample writer)>>" % told)
    assert binary.named(before, marked) == "1"
    read: list[bytes] = []

    def fits(body: bytes) -> bool:
        read.append(body)
        return len(body) == len(before) and b"/Producer(Sample writer)" in body

    without = binary.overwritten(before, marked, fits)
    assert without is not None and len(read) == 1 and binary.named(without, marked) == ""
    changed = [at for at, pair in enumerate(zip(before, without, strict=True)) if pair[0] != pair[1]]
    start = before.index(told)
    assert start < changed[0] and changed[-1] < start + len(told), "nothing beside it is touched"


def page(body: bytes, media: str) -> Capture:
    return replace(capture(CASE), body=body, headers=(("Content-Type", media),))


def test_a_pdf_is_read_as_before() -> None:
    before = page(pdf_making.pdf(PAGES, title="Sample guidance", producer=TITLE), "application/pdf")
    found = left(before, source(CASE), MARKS)
    assert found.cut is not None and not found.cut.whole
    read = [protocols.read(each, source(CASE)) for each in (before, replace(before, body=found.body))]
    assert "ours" in read[0].versions[0].sections[0].text
    assert [each.sections for each in read[0].versions] == [each.sections for each in read[1].versions]
    assert b"Zzyzx" not in found.body


def test_where_the_text_itself_names_it_all_of_it_goes() -> None:
    words = pdf_making.text(f"{'Sample guidance of ours. ' * 20} On {TITLE}. {'More of ours. ' * 20}")
    before = page(pdf_making.pdf([Page(runs=tuple(words))], title=TITLE, compress=False), "application/pdf")
    found = left(before, source(CASE), MARKS)
    assert found.cut is not None and b"Zzyzx" not in found.body


def test_of_an_office_file_the_name_of_a_part_goes() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("word/document.xml", "<w/>")
        file.writestr(f"word/media/{TITLE}.png", b"\x89PNG")
    without = binary.overwritten(packed.getvalue(), marked, lambda body: True)
    assert without is not None
    names = zipfile.ZipFile(io.BytesIO(without)).namelist()
    assert names[0] == "word/document.xml" and not any(map(marked, names)) and len(names) == 2


def seen(body: bytes, *, fits: bool = True) -> int:
    """How many characters are looked at to take one mention out of a body."""
    looked = 0

    def looking(text: str) -> str:
        nonlocal looked
        looked += len(text)
        return marked(text)

    if binary.is_file(body):
        assert binary.overwritten(body, looking, lambda body: fits) is not None
    else:
        knife = Knife(marked=looking, fits=lambda body: fits, named=lambda body: 0, media="", listing=False)
        assert cut(body, knife) is not None
    return looked


def noise(size: int) -> bytes:
    half = random.Random(1).randbytes(size // 2)
    return b"%PDF-1.7\n" + half + f"\n<dc:title>{TITLE}</dc:title>\n".encode() + half


def nested(size: int) -> bytes:
    return ("<div>word " * (size // 20) + f"<p>{TITLE}</p>" + "<b>word " * (size // 20)).encode()


@pytest.mark.slow
@pytest.mark.parametrize("made", [noise, nested])
def test_twice_the_size_takes_about_twice_the_work(made: Callable[[int], bytes]) -> None:
    sizes = [100_000, 200_000, 400_000]
    work = [seen(made(size)) for size in sizes]
    assert work[1] < 2.5 * work[0] and work[2] < 2.5 * work[1], work
    assert work[2] < 40 * sizes[2]


def test_few_parts_are_tried_however_deep_a_page_is() -> None:
    tried = 0

    def fits(body: bytes) -> bool:
        nonlocal tried
        tried += 1
        return False

    knife = Knife(marked=marked, fits=fits, named=lambda body: 0, media="", listing=False)
    assert cut(nested(50_000), knife) is None
    assert 0 < tried <= 80
