"""Files attached to pages of GOV.UK: in which language they are, and what a source leaves out of them."""

from dataclasses import replace
from typing import Any

import pytest

from crawler.errors import ParseError
from crawler.model import Capture, Link, Page
from crawler.protocols import govuk
from tests.bodies import pdf_making
from tests.protocols.govuk_samples import capture_of, source
from tests.protocols.test_govuk_content import publication, read

FILE = "https://assets.publishing.service.gov.uk/media/aaaa/sample-form.pdf"


def file_link(page: Page) -> Link:
    (link,) = [each for each in page.links if "assets." in each.url]
    return link


def attached(spoken: str = "en", **stated: object) -> Link:
    """Return the link to the one file of a page in a language."""
    one = {"attachment_type": "file", "url": FILE, "title": "Sample form", **stated}
    return file_link(read(publication(attachments=[one]) | {"locale": spoken}))


@pytest.mark.parametrize(
    ("spoken", "stated", "language"),
    [
        ("en", {}, "en"),
        ("en", {"locale": "cy"}, "cy"),
        ("en", {"locale": None}, "en"),
        ("cy", {}, "cy"),
        ("cy", {"locale": "en"}, "en"),
        ("cy", {"title": "Sample form (English)"}, "en"),
        ("en", {"locale": "en", "title": "Sample form (Welsh)"}, "en"),
        ("en", {"title": "Sample form (Welsh)"}, "cy"),
        ("en", {"title": "Sample form (Welsh version)"}, "cy"),
        ("en", {"title": "Sample form - Cymraeg"}, "cy"),
        ("en", {"title": "Welsh translation"}, "cy"),
        ("en", {"title": "Sample form (Albanian)"}, "sq"),
        ("en", {"filename": "sample-form-welsh-v2.pdf"}, "cy"),
        ("en", {"filename": "sample_form_cy.pdf"}, "cy"),
        ("en", {"url": FILE.replace("form.pdf", "form-Welsh-12-03-2026.pdf")}, "cy"),
        ("en", {"title": "Welsh Government response"}, "en"),
        ("en", {"title": "Anglo-Irish", "filename": "welsh-language-scheme.pdf"}, "en"),
        ("en", {"filename": "2026.pdf"}, "en"),
    ],
)
def test_language_of_a_file(spoken: str, stated: dict[str, object], language: str) -> None:
    link = attached(spoken, **stated)
    assert link.facts["language"] == language
    found = govuk.parse(pdf_at(link), source())
    assert [version.language for version in found.versions] == [language]


def pdf_at(link: Link) -> Capture:
    words = [pdf_making.Page(runs=tuple(pdf_making.text("This file is a sample. Printed on 3 May. It ends here.")))]
    shown: dict[str, Any] = {"facts": dict(link.facts), "parent": link.parent}
    capture = capture_of(pdf_making.pdf(words), link.url, "attachment", **shown)
    return replace(capture, headers=(("Content-Type", "application/pdf"),))


def test_file_drawn_inside_a_text_has_a_language_too() -> None:
    frame = (
        '<section class="gem-c-attachment"><h2 class="gem-c-attachment__title">'
        f'<a class="govuk-link gem-c-attachment__link" href="{FILE}">Sample form (Welsh)</a></h2></section>'
    )
    page = read(publication(body=f"<p>Words.</p>{frame}", attachments=[]))
    assert file_link(page).facts["language"] == "cy"


def test_link_of_an_archive_that_names_no_language_is_read_by_its_title() -> None:
    """Links that were archived before the language stood in them."""
    facts = {"document": "govuk:a/b", "title": "Sample form (Welsh)"}
    found = govuk.parse(pdf_at(Link(url=FILE, role="attachment", facts=facts, parent="govuk:a")), source())
    assert found.versions[0].language == "cy"


def test_wrong_locale_of_a_file_is_named() -> None:
    with pytest.raises(ParseError, match=r"attachments\[0\]\.locale is 'c y', no language"):
        attached(locale="c y")


def test_scrub_is_left_out_of_files_too() -> None:
    link = attached()
    whole = govuk.parse(pdf_at(link), source())
    cut = govuk.parse(pdf_at(link), replace(source(), scrub=(r"Printed on \d{1,2} \w{3,9}\. ",)))
    assert whole.versions[0].sections[0].text == "This file is a sample. Printed on 3 May. It ends here."
    assert cut.versions[0].sections[0].text == "This file is a sample. It ends here."
