"""Files by what they are, tables of text, and the names that parts of reports have in every format."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.bodies import files, tables
from crawler.bodies.html import fragment
from crawler.errors import ParseError
from crawler.model import Capture, Link
from tests.bodies import office_making as make
from tests.bodies.doc_making import doc as made_doc
from tests.bodies.office_making import para, row
from tests.bodies.pdf_making import Page, text
from tests.bodies.pdf_making import pdf as made_pdf

OCTETS = "application/octet-stream"
PDF = made_pdf([Page(runs=tuple(text("Words of a sample.")))])
CELL = "<table:table-cell><text:p>sample</text:p></table:table-cell>"
ODS = make.ods(f'<table:table table:name="S"><table:table-row>{CELL}</table:table-row></table:table>')
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


def capture(body: bytes, media_type: str = OCTETS, name: str = "sample", **headers: str) -> Capture:
    url = f"https://office.sample.invalid/files/{name}"
    stated = (("Content-Type", media_type), *((key.replace("_", "-"), value) for key, value in headers.items()))
    link = Link(url=url, role="document")
    return Capture(url=url, time=datetime(2026, 11, 24, tzinfo=UTC), link=link, headers=stated, body=body)


@pytest.mark.parametrize(
    ("body", "representation"),
    [
        (PDF, "pdf"),
        (make.docx(para("Words of a sample.")), "office"),
        (made_doc("Words of a sample."), "office"),
        (make.pptx([make.shape("Words of a sample.")]), "office"),
        (make.odt("<text:p>Words of a sample.</text:p>"), "office"),
        (make.xlsx({"S": row(1, "sample")}), "table"),
        (ODS, "table"),
    ],
)
@pytest.mark.parametrize("media_type", [OCTETS, "application/zip", "text/html", "application/pdf", ""])
def test_a_file_is_what_its_bytes_say(body: bytes, representation: str, media_type: str) -> None:
    found = files.read(capture(body, media_type))
    assert (found.representation, bool(found.sections)) == (representation, True)


@pytest.mark.parametrize(
    ("media_type", "name", "representation"),
    [
        ("text/csv; charset=utf-8", "x", "table"),
        ("text/plain", "x.csv", "table"),
        (OCTETS, "x.CSV", "table"),
        ("application/vnd.ms-excel", "x.csv", "table"),
        ("text/plain", "x.txt", "office"),
        ("text/plain", "x", "office"),
    ],
)
def test_a_text_is_what_its_type_and_name_say(media_type: str, name: str, representation: str) -> None:
    assert files.read(capture(b"a,b\n1,2\n", media_type, name)).representation == representation


@pytest.mark.parametrize(
    ("body", "media_type", "name", "reason"),
    [
        (OLE + "Workbook".encode("utf-16-le"), OCTETS, "a", "not read: an old Excel workbook (.xls)"),
        (OLE + "__substg1.0".encode("utf-16-le"), OCTETS, "a", "not read: a mail message (.msg)"),
        (OLE, OCTETS, "a", "not read: an old file of Microsoft Office"),
        (make.packed({"xl/workbook.bin": "a"}), OCTETS, "a", "not read: a binary Excel workbook (.xlsb)"),
        (make.packed({"other.txt": "a"}), OCTETS, "a.zip", "not read: a ZIP archive (.zip)"),
        (
            make.packed({"content.xml": ""}, first="application/vnd.oasis.opendocument.presentation"), OCTETS, "a",
            "not read: an OpenDocument presentation (.odp)",
        ),
        (b"{\\rtf1 sample}", "text/plain", "a", "not read: a Rich Text file (.rtf)"),
        (b"\x89PNG", "image/png", "a.png", "not read: a file of type image/png"),
        (b"anything", "", "a", f"not read: a file of type {OCTETS}"),
        (b"anything", "application/vnd.ms-powerpoint", "a", "not read: an old PowerPoint presentation (.ppt)"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_named(body: bytes, media_type: str, name: str, reason: str) -> None:
    found = files.read(capture(body, media_type, name))
    assert (found.sections, [(each.kind, each.detail) for each in found.problems]) == ((), [("unread", reason)])


def test_a_locked_office_file_is_refused() -> None:
    with pytest.raises(ParseError, match="needs a password"):
        files.read(capture(OLE + "EncryptedPackage".encode("utf-16-le"), name="a.docx"))


def test_a_file_has_the_name_its_server_states() -> None:
    named = capture(PDF, name="a%20b.pdf")
    assert files.name_of(named) == "a b.pdf"
    assert (
        files.name_of(capture(PDF, Content_Disposition='attachment; filename="Sample form.pdf"')) == "Sample form.pdf"
    )
    stated = "attachment; filename*=UTF-8''Sample%20%C3%A9.csv"
    assert files.name_of(capture(PDF, Content_Disposition=stated)) == "Sample \u00e9.csv"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"Name,Year\nsample,2026\n", "Name | Year\nsample | 2026"),
        (b"\xef\xbb\xbfName;Year\r\nsample;2,5\r\n", "Name | Year\nsample | 2,5"),
        (b"Name\tYear\nsample, one\t2026", "Name | Year\nsample, one | 2026"),
        (b'"a, b","c\nd"\n"x ""y""",z\n\n,,\n', 'a, b | c d\nx "y" | z'),
        ("Name,Pr\u00e9nom\n".encode("cp1252"), "Name | Pr\u00e9nom"),
        ("Name,Pr\u00e9nom\nsample,1\n".encode("utf-16"), "Name | Pr\u00e9nom\nsample | 1"),
        ("Name,Year\nsample,1\n".encode("utf-16-le"), "Name | Year\nsample | 1"),
        (b"one\rtwo\rthree,x\r", "one\ntwo\nthree | x"),
        (b"only one column\nand two rows", "only one column\nand two rows"),
        (b"sep,Total\nA,1\nB,2\nnote; with; semicolons,3\n", "sep | Total\nA | 1\nB | 2\nnote; with; semicolons | 3"),
    ],
)
def test_csv_is_read_in_its_encoding_and_with_its_delimiter(body: bytes, text: str) -> None:
    (section,) = tables.document(body, url="u").sections
    assert (section.path, section.text) == ("table", text)


@pytest.mark.parametrize("body", [b"", b"\n\n", b",,,\n", b"a\0b,c\n", b"\x00\x01\x02\x03"])
def test_what_is_no_csv_is_refused(body: bytes) -> None:
    with pytest.raises(ParseError):
        tables.document(body, url="u")


@given(st.binary(max_size=300))
@example(b'"' + b"x" * 140_000)
@example(b"\xff\xfe\x00")
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    for media_type in ("text/csv", "text/plain", OCTETS, "application/pdf", "application/msword"):
        for content in (body, b"PK\x03\x04" + body, OLE[:8] + body):
            try:
                found = files.read(capture(content, media_type))
                assert found.sections or found.problems
            except ParseError as error:
                assert error.reason


def test_recommendations_of_a_web_page_are_parts_however_they_are_set() -> None:
    html = (
        "<h2 id='chapter-3-what-we-found'>Chapter 3: What we found</h2><p>Words.</p>"
        "<p><strong>Recommendation 1:</strong> The Office <em>should</em> say so.</p><ul><li>soon</li></ul>"
        "<p><b>Recommendation 2: The Council should listen.</b></p><p>It does not.</p>"
        "<p>Finding 3 \u2013 nobody reads samples.</p><p>Finding 3 is repeated here.</p>"
        "<h3 id='recommendation-4-write'>Recommendation 4: write</h3><p>More <strong>Recommendation 5</strong>.</p>"
    )
    assert [(s.path, s.number, s.heading, s.text) for s in fragment(html, url="u")] == [
        ("chapter-3", "Chapter 3", "What we found", "Words."),
        ("recommendation-1", "Recommendation 1", "", "The Office should say so.\nsoon"),
        ("recommendation-2", "Recommendation 2", "The Council should listen.", "It does not."),
        ("finding-3", "Finding 3", "", "nobody reads samples. Finding 3 is repeated here."),
        ("recommendation-4", "Recommendation 4", "write", "More Recommendation 5."),
    ]


def test_a_recommendation_that_is_named_twice_has_its_chapter_before_it() -> None:
    html = "".join(
        f"<h2>{chapter}</h2><p>Words.</p><p><strong>Recommendation 1</strong> Do it.</p>"
        for chapter in ("Summary", "Chapter 2: Police")
    )
    paths = [section.path for section in fragment(html, url="u")]
    assert paths == ["summary", "summary-recommendation-1", "chapter-2", "chapter-2-recommendation-1"]


def test_hidden_recommendations_stay_hidden() -> None:
    html = "<p>Seen.</p><p><strong style='display:none'>Recommendation 1</strong> Text.</p>"
    assert [(section.path, section.text) for section in fragment(html, url="u")] == [("introduction", "Seen. Text.")]
