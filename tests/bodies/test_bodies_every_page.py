"""What stands on every page of a file and where its links lead: what must not change unseen is read."""

import pytest

from crawler.bodies.office import docx, odt
from crawler.bodies.values import Content
from tests.bodies import office_making as making
from tests.bodies.pdf_making import flowed
from tests.bodies.test_bodies_office import told
from tests.bodies.test_bodies_pdf import WORDS, read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
URL = "https://a.sample.invalid/form.docx"
COUNTED = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{page}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def word(footer: str, body: str = "", more: dict[str, str] | None = None) -> Content:
    part = f'<w:ftr xmlns:w="{W}">{footer}</w:ftr>'
    body = body or making.para("Sample text.")
    return docx.document(making.docx(body, more={"word/footer1.xml": part, **(more or {})}), url=URL)


@pytest.mark.parametrize(
    ("footer", "kept"),
    [
        ("Sample form, version 3.8", "Sample form, version 3.8"),
        ("v4 23-04-2025", "v4 23-04-2025"),
        ("Help: 0800 0121 700", "Help: 0800 0121 700"),
        ("Send it to nrm@sample.invalid", "Send it to nrm@sample.invalid"),
        ("www.sample.invalid/nrm", "www.sample.invalid/nrm"),
        ("Official sensitive", ""),
        ("Sample guidance", ""),
        ("Page 3 of 12", ""),
    ],
)
def test_the_foot_of_a_page_of_word_is_read_where_it_tells(footer: str, kept: str) -> None:
    assert told(word(making.para(footer)))[1:] == ([("every-page", "On every page", kept)] if kept else [])


def test_numbers_that_word_counts_are_left_out() -> None:
    feet = [f"<w:p><w:r><w:t>Form v4 | Page </w:t></w:r>{COUNTED.format(page=page)}</w:p>" for page in (1, 7)]
    simple = '<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>9</w:t></w:r></w:fldSimple>'
    simple = f"<w:p><w:r><w:t>Form v4 | </w:t></w:r>{simple}</w:p>"
    for foot in (*feet, simple):
        assert told(word(foot))[1:] == [("every-page", "On every page", "Form v4")]


def test_a_damaged_foot_hides_no_text() -> None:
    assert told(word("<w:p>")) == [("introduction", "", "Sample text.")]


def link(words: str, target: str) -> Content:
    body = f'<w:p><w:hyperlink r:id="rId7" xmlns:r="{R}"><w:r><w:t>{words}</w:t></w:r></w:hyperlink></w:p>'
    relations = f'<Relationships><Relationship Id="rId7" Target="{target}"/></Relationships>'
    return word("", body, {"word/_rels/document.xml.rels": relations})


LINKS = [
    ("Email us", "mailto:nrm@sample.invalid?subject=a", "Email us (nrm@sample.invalid)"),
    ("the portal", "https://b.sample.invalid/nrm", "the portal (b.sample.invalid/nrm)"),
    ("0800 0121 700", "tel:08000121700", "0800 0121 700"),
    ("a page", "https://b.sample.invalid/nrm", "a page"),
]


@pytest.mark.parametrize(("words", "target", "read_as"), LINKS)
def test_where_links_of_office_files_lead(words: str, target: str, read_as: str) -> None:
    assert told(link(words, target)) == [("introduction", "", read_as)]
    href = f'<text:p>See <text:a href="{target}"><text:span>{words}</text:span></text:a>.</text:p>'
    assert told(odt.document(making.odt(href), url=URL)) == [("introduction", "", f"See {read_as}.")]


def test_a_link_without_a_relation_is_its_words() -> None:
    body = f'<w:p><w:hyperlink r:id="rId7" xmlns:r="{R}"><w:r><w:t>Email us</w:t></w:r></w:hyperlink></w:p>'
    assert told(word("", body)) == [("introduction", "", "Email us")]


def test_the_foot_of_an_open_document_text() -> None:
    names = 'xmlns:style="s" xmlns:text="t" xmlns:office="o"'
    foot = "<text:p>Form version 4 | <text:page-number>3</text:page-number></text:p>"
    styles = (
        f"<office:document-styles {names}><office:master-styles><style:master-page><style:footer>{foot}</style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )
    body = making.odt("<text:p>Sample text.</text:p>", more={"styles.xml": styles})
    assert told(odt.document(body, url=URL))[1:] == [("every-page", "On every page", "Form version 4")]


def test_the_head_of_the_pages_of_a_pdf() -> None:
    def pages(head: str) -> Content:
        return read(flowed([("Heading", 16.0, True), (WORDS * 40, 11.0, False)], head=head, number=True))

    old, new = (pages(f"Sample form version 3.{n}").sections for n in (8, 9))
    assert old[:-1] == new[:-1]
    assert [(one.path, one.text) for one in (old[-1], new[-1])] == [
        ("every-page", f"Sample form version 3.{n}") for n in (8, 9)
    ]
    assert len(pages("Sample form for readers").sections) == 1
