"""Office files that are broken, cut off, locked or hostile: each is refused by its cause."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.bodies.office import docx, ods, odt, package, pptx, xlsx
from crawler.bodies.values import Content
from crawler.errors import ParseError
from tests.bodies import office_making as make
from tests.bodies.office_making import para, row
from tests.tiers import examples

URL = "https://office.sample.invalid/sample"
CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
READERS: dict[str, tuple[Callable[..., Content], bytes]] = {
    "docx": (docx.document, make.docx(para("Words of a sample."))),
    "pptx": (pptx.document, make.pptx([make.shape("Words of a sample.")])),
    "odt": (odt.document, make.odt("<text:p>Words of a sample.</text:p>")),
    "xlsx": (xlsx.document, make.xlsx({"Sheet": row(1, "Words of a sample")})),
    "ods": (
        ods.document,
        make.ods(
            f'<table:table table:name="S"><table:table-row>{CELL.format("sample")}</table:table-row></table:table>'
        ),
    ),
}


@pytest.mark.parametrize(
    "table",
    [
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" '
        'office:value-type="float" office:value="1"/></table:table-row>',
        '<table:table-row table:number-rows-repeated="99999999999999999999">' + CELL.format("x") + "</table:table-row>",
    ],
)
def test_a_cell_that_is_repeated_without_end_is_cut_and_told(table: str) -> None:
    found = ods.document(make.ods(f'<table:table table:name="S">{table}</table:table>'), url=URL)
    assert (found.partial, [problem.kind for problem in found.problems]) == (True, ["partial text"])
    assert len(found.sections[0].text) < 4_000_000


def test_two_cells_in_opposite_corners_take_no_room_between_them() -> None:
    rows = row(1, "first") + '<row r="1048576"><c r="XFD1048576"><v>2</v></c><c r="B1048576"><v>3</v></c></row>'
    assert xlsx.document(make.xlsx({"S": rows}), url=URL).sections[0].text == "first"


@pytest.mark.parametrize("kind", READERS)
def test_what_is_no_office_file_is_refused(kind: str) -> None:
    reader, body = READERS[kind]
    assert reader(body, url=URL).sections
    for broken in (b"", b"P", b"PK\x03\x04", body[: len(body) // 2], b"<html>", make.packed({"other.xml": "<a/>"})):
        with pytest.raises(ParseError):
            reader(broken, url=URL)


@pytest.mark.parametrize("kind", sorted(READERS.keys() - {"pptx"}))
def test_a_file_without_words_is_refused(kind: str) -> None:
    empty = {"docx": make.docx(""), "odt": make.odt(""), "xlsx": make.xlsx({"S": ""}), "ods": make.ods("")}
    with pytest.raises(ParseError, match="without any"):
        READERS[kind][0](empty[kind], url=URL)


def test_entities_are_never_read() -> None:
    declared = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "yyyyyyyyyy">]>'
    for name, content, reader in (
        ("word/document.xml", "<document><body><p><r><t>&x;&y;</t></r></p></body></document>", docx),
        ("content.xml", "<a><body><text><p>&x;&y;</p></text></body></a>", odt),
    ):  # fmt: skip
        with pytest.raises(ParseError, match="declares a document type"):
            reader.document(make.packed({name: declared + content}), url=URL)
    parts = {
        "xl/workbook.xml": "<workbook/>", "xl/_rels/workbook.xml.rels": "<r/>",
        "xl/sharedStrings.xml": f"{declared}<sst><si><t>&x;</t></si></sst>",
    }  # fmt: skip
    with pytest.raises(ParseError, match="declares a document type"):
        xlsx.document(make.packed(parts), url=URL)


@pytest.mark.slow
def test_zip_bombs_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = make.packed({"word/document.xml": b"<a>" + b" " * (200 * 2**20)})
    assert len(bomb) < 300_000
    with pytest.raises(ParseError, match="expands more than 400 times"):
        docx.document(bomb, url=URL)
    monkeypatch.setattr(package, "WHOLE", 1000)
    with pytest.raises(ParseError, match="office file that expands to more"):
        docx.document(make.docx(para("x" * 2000)), url=URL)
    monkeypatch.setattr(package, "MEMBERS", 3)
    with pytest.raises(ParseError, match="more than 3"):
        docx.document(make.packed({str(name): "" for name in range(4)}), url=URL)


def test_a_part_that_is_larger_than_it_says_is_refused() -> None:
    body = bytearray(make.packed({"word/document.xml": b"<a>" + b"x" * 100_000 + b"</a>"}))
    with zipfile.ZipFile(BytesIO(bytes(body))) as file:
        stated = file.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    place = body.rfind(stated)
    body[place : place + 4] = (50).to_bytes(4, "little")
    with pytest.raises(ParseError, match=r"damaged|no XML"):
        docx.document(bytes(body), url=URL)


def test_locked_files_are_refused() -> None:
    locked = make.odt("<text:p>x</text:p>", manifest="<manifest><file-entry><encryption-data/></file-entry></manifest>")
    with pytest.raises(ParseError, match="needs a password"):
        odt.document(locked, url=URL)
    body = bytearray(make.docx(para("x")))
    start = 0
    while (start := body.find(b"PK\x01\x02", start)) >= 0:
        body[start + 8] |= 1
        start += 4
    with pytest.raises(ParseError, match="needs a password"):
        docx.document(bytes(body), url=URL)


NAMES = (
    "p r t tbl tr tc pPr pStyle sdt h span s table table-row table-cell row c v is si note note-body body text list "
    "list-item b vanish spreadsheet sheetData f sp grpSp nvSpPr nvPr ph txBody graphicFrame fld br"
)
VALUES = ("", "1", "-1", "99999999999999999999", "A1", "ZZZ9", "s", "b", "inlineStr", "Heading1", "none", "title")
KEYS = ("r", "t", "s", "val", "type", "outline-level", "number-rows-repeated", "number-columns-repeated", "display")


def element(name: str, attributes: dict[str, str], inner: list[str]) -> str:
    stated = "".join(f" {key}='{value}'" for key, value in attributes.items())
    return f"<{name}{stated}>{''.join(inner)}</{name}>"


TREES = st.recursive(
    st.text("ab \u00e9", max_size=5),
    lambda inner: st.builds(
        element,
        st.sampled_from(NAMES.split()),
        st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES), max_size=3),
        st.lists(inner, max_size=4),
    ),
    max_leaves=20,
)


@examples(150)
@given(TREES)
def test_any_tree_is_read_or_refused(tree: str) -> None:
    relations = '<r><r Id="1" Target="worksheets/s.xml"/></r>'
    files = (
        (docx, {"word/document.xml": f"<d><body>{tree}</body></d>", "word/styles.xml": f"<s>{tree}</s>"}),
        (pptx, {
            "ppt/presentation.xml": f'<d xmlns:r="{make._R}"><sldId r:id="1"/></d>',
            "ppt/_rels/presentation.xml.rels": '<r><r Id="1" Target="s.xml"/></r>',
            "ppt/s.xml": f"<s><cSld><spTree>{tree}</spTree></cSld></s>",
        }),
        (odt, {"content.xml": f"<d><body><text>{tree}</text></body></d>"}),
        (ods, {"content.xml": f"<d><body><spreadsheet><table>{tree}</table></spreadsheet></body></d>"}),
        (xlsx, {
            "xl/workbook.xml": '<w><sheet name="S" id="1"/></w>', "xl/_rels/workbook.xml.rels": relations,
            "xl/worksheets/s.xml": f"<w><row>{tree}</row></w>", "xl/sharedStrings.xml": f"<s><si>{tree}</si></s>",
            "xl/styles.xml": f"<s><cellXfs>{tree}</cellXfs></s>",
        }),
    )  # fmt: skip
    for reader, parts in files:
        try:
            found = reader.document(make.packed(parts), url=URL)
            assert found.sections or found.problems
        except ParseError as error:
            assert error.reason


def test_a_tree_nested_deep_is_read_or_refused() -> None:
    for depth in (90, 250, 5000):
        nested = "<w:sdt><w:sdtContent>" * depth + para("x") + "</w:sdtContent></w:sdt>" * depth
        try:
            docx.document(make.docx(nested), url=URL)
        except ParseError as error:
            assert error.reason
