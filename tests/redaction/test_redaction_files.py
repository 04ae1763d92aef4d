"""Files that are no text are not masked: one of another document that names something redacted loses its body."""

import io
import random
import zipfile
from dataclasses import replace

import pytest

from crawler import protocols
from crawler.model import Capture, Page
from crawler.redaction import mask
from crawler.sources import Source
from tests.bodies import pdf_making
from tests.protocols.test_fixtures import CASES, capture, source
from tests.redaction.test_redaction_mask import left
from tests.run.test_redacted_large import ADDRESS, HOST, MARKS, TITLE

PAGES = [pdf_making.Page(runs=tuple(pdf_making.text("Sample guidance of ours. " * 40)))]
TITLES = {
    "literal": b"/Title(%s)" % TITLE.encode(),
    "utf-16": b"/Title(\xfe\xff%s)" % TITLE.encode("utf-16-be"),
    "hexadecimal": b"/Title<FEFF%s>" % TITLE.encode("utf-16-be").hex().upper().encode(),
    "hexadecimal-latin": b"/Title<%s>" % TITLE.encode().hex().encode(),
    "xmp": b"/X(<rdf:li xml:lang='x-default'>%s</rdf:li>)" % TITLE.encode(),
    "address": b"/URI(%s)" % ADDRESS.encode(),
}
CASE = next(case for case in CASES if source(case).protocol == "page" and capture(case).link.role == "document")


@pytest.mark.parametrize("how", TITLES)
def test_what_a_pdf_says_of_itself_is_found(how: str) -> None:
    named, plain = (
        pdf_making.pdf(PAGES, trailer=b"/Sample<<%s/Producer(Sample writer)>>" % told)
        for told in (TITLES[how], b"/Title(Ours)")
    )
    assert [mask.naming_decision(body, "application/pdf", MARKS, HOST) for body in (named, plain)] == ["1", ""]
    capture_of = replace(capture(CASE), body=named, headers=(("Content-Type", "application/pdf"),))
    found = left(capture_of, source(CASE), MARKS)
    assert found.cut is not None and found.cut.whole and found.body == b"" and not found.own
    assert left(replace(capture_of, body=plain), source(CASE), MARKS).cut is None


def test_of_an_office_file_the_names_of_its_parts_are_looked_at() -> None:
    for name, found in ((TITLE, "1"), (TITLE.replace("Zzyzx", "Else"), "")):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as file:
            file.writestr("word/document.xml", "<w/>")
            file.writestr(f"word/media/{name}", b"\x89PNG")
        assert mask.naming_decision(packed.getvalue(), "", MARKS, HOST) == found


def noise(size: int) -> bytes:
    half = random.Random(1).randbytes(size // 2)
    return b"%PDF-1.7\n" + half + f"\n<dc:title>{TITLE}</dc:title>\n".encode() + half


def nested(size: int) -> bytes:
    return ("<div>word " * (size // 20) + f"<p>{TITLE}</p>" * 100 + "<b>word " * (size // 20)).encode()


@pytest.mark.parametrize(("body", "most"), [(noise(100_000), 1), (nested(20_000), 2)])
def test_a_body_is_read_twice_however_often_it_names_it(body: bytes, most: int) -> None:
    """As it is, and once more when it was masked."""
    read = 0

    def counted(one: Capture, by: Source) -> Page:
        nonlocal read
        read += 1
        return protocols.read(one, by)

    html = replace(capture(CASE), body=body, headers=(("Content-Type", "text/html"),))
    found = left(html, source(CASE), MARKS, counted)
    assert found.cut is not None and b"Zzyzx" not in found.body and 0 < read <= most
