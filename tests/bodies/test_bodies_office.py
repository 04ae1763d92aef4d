"""Office files into sections: text documents and workbooks, and what of them nobody sees."""

from typing import Any

import pytest

from crawler.bodies.office import docx, ods, odt, xlsx
from crawler.bodies.values import Content
from tests.bodies import office_making as make
from tests.bodies.office_making import para, row

URL = "https://office.sample.invalid/sample"
CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def told(content: Content) -> list[tuple[str, str, str]]:
    return [(section.path, section.heading, section.text) for section in content.sections]


def word(body: str, **more: Any) -> Content:
    return docx.document(make.docx(body, **more), url=URL)


def open_text(body: str, **more: Any) -> Content:
    return odt.document(make.odt(body, **more), url=URL)


def test_word_headings_are_those_of_its_styles() -> None:
    found = word(
        para("Sample manual", style="Title")
        + para("Before the first heading.")
        + para("Chapter 2: What to do", style="Heading1")
        + para("Do this.")
        + para("Then that.")
        + para("A style of our own", style="Own")
        + para("More.")
    )
    assert told(found) == [
        ("sample-manual", "Sample manual", "Before the first heading."),
        ("chapter-2", "What to do", "Do this.\nThen that."),
        ("chapter-2-a-style-of-our-own", "A style of our own", "More."),
    ]
    assert (found.title, found.representation) == ("Sample manual", "office")


def test_a_heading_that_stands_alone_first_is_the_title_and_not_what_a_template_states() -> None:
    aim = para("", bold="Our aim in this") + para("To do so.")
    first = para("", bold="Partnership of a sample")
    assert word(first + aim, title="Mission statement").title == "Partnership of a sample"
    assert word(aim, title="Mission statement").title == "Mission statement"


def test_word_without_headings_has_its_bold_lines() -> None:
    found = word(para("", bold="Who it is for") + para("For readers of samples.") + para(" is bold.", bold="This word"))
    assert told(found) == [("who-it-is-for", "Who it is for", "For readers of samples.\nThis word is bold.")]


def test_recommendations_that_open_a_paragraph_are_parts() -> None:
    found = word(
        para("Report", style="Heading1")
        + para(" The Office should read samples.", bold="Recommendation 4")
        + para("Recommendation 5: write some.")
        + para("Recommendation 5 was not met.")
    )
    assert told(found)[1:] == [
        ("recommendation-4", "", "The Office should read samples."),
        ("recommendation-5", "", "write some.\nRecommendation 5 was not met."),
    ]


def test_word_reads_what_a_reader_sees() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        "<w:p>" + run.format("Kept") + "<w:ins>" + run.format(" put in") + "</w:ins>"
        "<w:del><w:r><w:delText> taken out</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> shown</w:t></w:r>'
        "<w:r><w:instrText> PAGE </w:instrText></w:r>"
        "<w:hyperlink>" + run.format(" a link") + "</w:hyperlink>"
        "<w:sdt><w:sdtContent>" + run.format(" a control") + "</w:sdtContent></w:sdt>"
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>"
        "</w:p>"
    )
    assert told(word(body)) == [("introduction", "", "Kept put in shown a link a controla b c-d")]


def test_word_notes_stand_apart_and_lists_of_contents_are_no_text() -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{para('Contents')}{para('Part one 3')}</w:sdtContent></w:sdt>"
    )
    notes = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>' + (
        f'<w:footnote w:id="2">{para("See the sample.")}</w:footnote>'
    )
    set_so = para("A heading set as contents", style="TOC1")
    found = word(contents + para("Part two 9", style="TOC1") + set_so + para("Text."), footnotes=notes)
    told_first = ("introduction", "", "A heading set as contents\nText.")
    assert told(found) == [told_first, ("footnotes", "Footnotes", "See the sample.")]


def test_word_tables_are_lines() -> None:
    cell = "<w:tc>{}</w:tc>"
    body = (
        "<w:tbl><w:tr>" + cell.format(para("Who")) + cell.format(para("When")) + "</w:tr>"
        "<w:tr>" + cell.format(para("Police") + para("and councils")) + cell.format(para("now")) + "</w:tr></w:tbl>"
    )
    assert told(word(body)) == [("introduction", "", "Who | When\nPolice and councils | now")]


def test_a_title_that_a_file_states_counts_where_it_shows_none() -> None:
    assert word(para("Text."), title="Sample strategy").title == "Sample strategy"
    assert word(para("Text."), title="Microsoft Word - Document1").title == ""
    assert open_text("<text:p>Text.</text:p>", title="Sample plan").title == "Sample plan"


def test_open_document_text() -> None:
    found = open_text(
        '<text:p text:style-name="Title">Sample text</text:p>'
        '<text:h text:outline-level="1">Part<text:s text:c="3"/>one</text:h>'
        "<text:p>Words<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p>"
        "</text:note-body></text:note> after<text:tab/>it.<office:annotation><text:p>No!</text:p></office:annotation>"
        "</text:p>"
        "<text:tracked-changes><text:p>Old words</text:p></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Part one 3</text:p></text:index-body></text:table-of-content>"
        "<text:list><text:list-item><text:p>First</text:p></text:list-item><text:list-item><text:p>Second</text:p>"
        "</text:list-item></text:list>"
        '<text:section text:display="none"><text:p>Hidden</text:p></text:section>'
        '<text:p><text:span text:style-name="B">Finding 2</text:span> Nobody read it.</text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert told(found) == [
        ("sample-text", "Sample text", ""),
        ("part-one", "Part one", "Words after it.\nFirst\nSecond"),
        ("finding-2", "", "Nobody read it.\na | b"),
        ("footnotes", "Footnotes", "A note."),
    ]
    assert (found.title, found.representation) == ("Sample text", "office")


def test_workbooks_have_a_section_for_each_sheet_that_is_shown() -> None:
    body = make.xlsx(
        {
            "Referrals": row(1, "Nationality", "2025", "Share") + row(2, "Albania", 0.1 + 0.2, (0.251, 2)),
            "Dates": row(1, "From", (45000, 1)) + row(3, "", (45000.5, 3)),
            "Working": row(1, "hidden"),
            "Empty": "",
        },
        hidden=["Working"],
    )
    found = xlsx.document(body, url=URL)
    assert told(found) == [
        ("referrals", "Referrals", "Nationality | 2025 | Share\nAlbania | 0.3 | 25.1%"),
        ("dates", "Dates", "From | 2023-03-15\n| 2023-03-15 12:00:00"),
    ]
    assert (found.representation, found.partial) == ("table", False)


def test_cells_of_a_workbook() -> None:
    cells = (
        '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>99</v></c><c r="C1" t="b"><v>1</v></c>'
        '<c r="D1" t="str"><f>A1</f><v>result</v></c><c r="E1" t="e"><v>#N/A</v></c>'
        '<c><v>1e3</v></c><c r="?"><v>x</v></c>'
        '<c r="A1" s="77"><v>2</v></c></row>'
    )
    found = xlsx.document(make.xlsx({"S": cells}, texts=["no", "shared"]), url=URL)
    assert found.sections[0].text == "shared | | TRUE | result | #N/A | 1000 | x | 2"


def test_open_document_workbook() -> None:
    body = make.ods(
        '<table:table table:name="Data"><table:table-header-rows><table:table-row>'
        + CELL.format("Who <text:span>it</text:span> is")
        + '<table:table-cell office:value-type="float" office:value="3.5"/></table:table-row></table:table-header-rows>'
        '<table:table-row table:number-rows-repeated="2">' + CELL.format("a") + "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
        '<table:table table:name="Hidden" table:style-name="H"><table:table-row>'
        + CELL.format("x") + "</table:table-row></table:table>"
    )  # fmt: skip
    assert told(ods.document(body, url=URL)) == [("data", "Data", "Who it is | 3.5\na\na")]


def test_a_limit_on_rows_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.bodies.tables.MAX_ROWS", 2)
    found = xlsx.document(
        make.xlsx({"Sheet": "".join(row(number, f"row {number}") for number in range(1, 9))}), url=URL
    )
    assert (found.sections[0].text, found.partial) == ("row 1\nrow 2", True)
    assert [(p.kind, p.detail) for p in found.problems] == [
        ("partial text", "of Sheet only the first 2 rows were read")
    ]
