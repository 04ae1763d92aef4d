"""What documents are called that do not name themselves, and dates that files state at their beginning."""

import pytest

from crawler.bodies.page_links import attached_files
from crawler.model import Document
from crawler.protocols import files
from crawler.sources import Expect, Source
from tests.bodies import office_making as make
from tests.bodies.office_making import para, row
from tests.bodies.pdf_making import Page, Run, pdf, text
from tests.bodies.test_bodies_files import capture
from tests.bodies.test_bodies_html import page

SOURCE = Source(
    id="sample", name="Sample", publisher="sample", kind="guidance", protocol="page", url="https://sample.invalid/",
    expect=Expect(),
)  # fmt: skip
UNNAMED = "file without a title, office.sample.invalid)"


def told(body: bytes, name: str) -> Document:
    known = Document(id="url:x", title="x", url="https://office.sample.invalid/x")
    (document,) = files.page(capture(body, name=name), known, SOURCE, language="en").documents
    return document


@pytest.mark.parametrize(("body", "name", "title"), [
    (b"PNG", "Structure%20of%20the%20partnership.png", "Structure of the partnership"),
    (b"PNG", "structure_v2_final.png", f"structure_v2_final (PNG {UNNAMED}"),
    (make.xlsx({"Metadata": row(1, "Report title:", "Sample survey")}), "tabular.xlsx", "Sample survey"),
    (make.xlsx({"Data": row(1, "Sample figures of 2026")}), "tabular.xlsx", "Sample figures of 2026"),
    (make.xlsx({"Data": row(1, "Country", "Year")}), "data_glo.xlsx", f"data_glo (XLSX {UNNAMED}"),
    (make.docx(para("Terms of a sample partnership", style="Heading1") + para("Words.")), "tor.docx",
     "Terms of a sample partnership"),
    (make.docx(para("Words.")), "tor.docx", f"tor (DOCX {UNNAMED}"),
])  # fmt: skip
def test_a_file_is_called_by_its_first_words_else_by_a_name_that_is_one(body: bytes, name: str, title: str) -> None:
    assert told(body, name).title == title


def test_a_file_states_its_dates_behind_labels_at_its_beginning() -> None:
    lines = ("Sample prompt sheet", "Last Updated: 3rd March 2026", "Use this sheet.")
    runs = [run for line, words in enumerate(lines) for run in text(words, y=100 + 40 * line)]
    found = told(pdf([Page(runs=tuple(runs))]), "sheet.pdf")
    assert (found.published, found.updated) == (None, "2026-03-03")


@pytest.mark.parametrize("link", [
    "<p>Sample form</p><a href=/f.pdf>Download</a>", "<a href=/f.pdf>Sample form (PDF, 2 MB)</a>",
    "<h3>Sample form</h3><ul><li><a href=/f.pdf>PDF version</a></li><li><a href=/x>Other</a></li></ul>",
])  # fmt: skip
def test_a_file_is_called_as_its_link_or_what_stands_before_it_says(link: str) -> None:
    html = f"<main><h1>Sample forms</h1><div>{link}</div><p><a href=/else>Else</a></p></main>"
    assert [title for _, title, _ in attached_files(page(html))] == ["Sample form"]


@pytest.mark.parametrize(("lines", "title"), [
    ((("Sample data", 100), ("Persons in samples", 150)), "Sample data: Persons in samples"),
    ((("Sample data on persons in", 100), ("samples of 2026", 124)), "Sample data on persons in samples of 2026"),
    ((("A duty to notify of a sample", 100), ("What is the duty?", 150)), "A duty to notify of a sample"),
])  # fmt: skip
def test_what_stands_apart_below_the_title_of_a_pdf_goes_with_a_short_one(
    lines: tuple[tuple[str, float], ...], title: str
) -> None:
    runs = [Run(text=words, y=y, size=20) for words, y in lines]
    body = (f"Words of a sample that say something, line {line}." for line in range(9))
    runs += [Run(text=words, y=200 + 14 * line) for line, words in enumerate(body)]
    assert told(pdf([Page(runs=tuple(runs))]), "sheet.pdf").title == title
