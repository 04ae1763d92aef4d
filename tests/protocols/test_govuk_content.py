"""GOV.UK content: what is a change of a document and what is not, children, withdrawal, moves, translations."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from crawler import changes
from crawler.errors import ParseError
from crawler.model import Page
from crawler.protocols import govuk
from crawler.protocols.govuk import kinds
from tests.protocols.govuk_samples import body_of, capture_of, fixture, source

URL = "https://www.gov.uk/api/content/government/publications/sample-guidance-on-exploitation"


def read(body: object, url: str = URL, role: str = "document", **link: Any) -> Page:
    return govuk.parse(capture_of(body, url, role, **link), source())


def publication(**details: object) -> dict[str, Any]:
    body = body_of("publication")
    body["details"] |= details
    return body


def test_silent_minor_edit_is_a_change_of_the_section() -> None:
    """Trap UK-0.16: GOV.UK edits pages without moving the date that lists show."""
    before, after = (govuk.parse(fixture(case), source()) for case in ("publication", "publication-silent-edit"))
    found = changes.compare(before.versions[0], after.versions[0])
    assert [(each.kind, each.path) for each in found] == [("changed", "who-it-is-for"), ("changed", "documents")]
    assert before.documents[0] == after.documents[0]


def test_republication_alone_changes_nothing() -> None:
    """Trap UK-2.2: the Content API sends no validators: only the words tell whether a page changed."""
    body = body_of("publication")
    before = read(body)
    body |= {"updated_at": "2030-01-01T00:00:00Z", "publishing_request_id": "2-3", "rendering_app": "other"}
    body["links"] |= {"taxons": [{"content_id": "x"}], "suggested_ordered_related_items": [{"title": "Elsewhere"}]}
    body["details"] |= {"tags": {"topics": ["a"]}, "image": {"url": "https://a.example/b.png"}}
    assert read(body) == before


def test_replaced_file_keeps_its_document_and_gets_another_token() -> None:
    pages = [govuk.parse(fixture(case), source()) for case in ("publication", "publication-silent-edit")]
    links = [next(link for link in page.links if link.url.endswith(".pdf")) for page in pages]
    assert links[0].facts["document"] == links[1].facts["document"]
    assert links[0].url != links[1].url
    assert links[0].token != links[1].token


def test_file_replaced_in_place_gets_another_token() -> None:
    body = body_of("publication")
    before = read(body).links[1]
    body["details"]["attachments"][1]["file_size"] += 1
    after = read(body).links[1]
    assert (before.url, before.facts) == (after.url, after.facts)
    assert before.token != after.token


def test_html_attachment_is_asked_again_after_a_major_update_of_its_parent() -> None:
    body = body_of("publication")
    before = read(body).links[0]
    assert before.url == f"{URL}/sample-guidance-full-text"
    body["public_updated_at"] = "2026-04-01T09:30:00Z"
    assert read(body).links[0].token != before.token


def test_key_of_a_file() -> None:
    base = {"attachment_type": "file", "url": "https://a.example/files/nrm-form-offline-2026-v2.pdf", "title": "Form"}
    for stated, key in (
        ({"isbn": "978-1-00000-000-1", "unique_reference": "X 1"}, "9781000000001"),
        ({"unique_reference": "SO/2026/01", "command_paper_number": "CP 1"}, "so-2026-01"),
        ({"command_paper_number": "CP 9001"}, "cp-9001"),
        ({"hoc_paper_number": "HC 12"}, "hc-12"),
        ({}, "form"),
        ({"title": "Form (PDF, 90KB, 2 pages)"}, "form"),
        ({"title": "استمارة"}, "nrm-form-offline-2026"),
    ):
        (_, child) = read(publication(attachments=[base | stated])).documents
        assert child.id == f"govuk:00000000-0000-4000-8000-000000000001/{key}"
        assert child.aliases == (base["url"],)


def test_files_with_one_reference_are_two_documents_and_the_first_keeps_its_key() -> None:
    one = {"attachment_type": "file", "url": "https://a.example/1.pdf", "title": "Report", "isbn": "9781000000001"}
    two = one | {"url": "https://a.example/2.pdf", "title": "Report in Welsh"}
    alone = [each.id for each in read(publication(attachments=[one])).documents[1:]]
    both = [each.id.partition("/")[2] for each in read(publication(attachments=[one, two, one])).documents[1:]]
    assert both == ["9781000000001", "9781000000001-report-in-welsh"]
    assert alone[0].endswith("/9781000000001")
    same = two | {"title": "Report"}
    found = [
        each.id for each in read(publication(attachments=[one, same, same | {"url": "https://a.example/3"}])).documents
    ]
    assert len(set(found)) == 4


def test_attachment_of_an_unknown_type_is_told() -> None:
    found = read(publication(attachments=[{"attachment_type": "hologram", "url": "/a", "title": "A"}]))
    assert [(each.kind, each.detail) for each in found.problems] == [("unknown attachment type", "hologram: A")]


FRAME = (
    "<p>Sample.</p><section class='attachment embedded'><div class='attachment-details'><h2 class='title'>"
    "<a href='/government/uploads/a/form.pdf'>Sample form</a></h2><p class='metadata'>"
    "<span class='references'>Ref: <span class='unique_reference'>SO 7</span>, ISBN <span class='isbn'>{isbn}</span>"
    "</span><span class='file-size'>{size}</span></p><div class='accessibility-warning'><h2>{warning}</h2></div></div>"
    "</section><p>After. <span class='attachment-inline'><a href='https://a.example/b.ods'>Sample sheet (ODS, {size})"
    "</a></span> ends.</p>"
)


def test_frame_of_an_attached_file_is_no_text_and_names_a_child() -> None:
    pages = []
    for size, warning in (("258KB", "This file may not be suitable"), ("260KB", "Request an accessible format")):
        body = FRAME.format(isbn="978-1-00000-000-1", size=size, warning=warning)
        pages.append(read(publication(body=body, attachments=[])))
    assert pages[0].versions == pages[1].versions
    section, _ = pages[0].versions[0].sections
    assert " ".join(section.text.split()) == "Sample. Sample form After. Sample sheet ends."
    assert [each.id.partition("/")[2] for each in pages[0].documents[1:]] == ["9781000000001", "sample-sheet"]
    assert pages[0].links[0].url == "https://www.gov.uk/government/uploads/a/form.pdf"


def test_drawn_attachment_without_an_address_is_told() -> None:
    body = "<p><span class='attachment-inline'><a href='mailto:a@b.example'>Write</a></span></p>"
    found = read(publication(body=body, attachments=[]))
    assert [(each.kind, each.detail) for each in found.problems] == [("unknown attachment type", "mailto: Write")]
    assert len(found.documents) == 1


def test_heading_of_the_body_does_not_take_the_path_of_the_list_of_documents() -> None:
    body = publication(body="<h2 id='documents'>Documents</h2><p>Sample.</p>")
    assert [section.path for section in read(body).versions[0].sections] == ["documents-2", "documents", "applies-to"]


def test_unknown_field_and_type_are_told_and_the_page_is_read() -> None:
    body = publication(new_words="<p>Sample.</p>") | {"document_type": "sample_type"}
    found = read(body)
    assert {(each.kind, each.detail) for each in found.problems} == {
        ("unknown document type", "sample_type"),
        ("unknown field", "details.new_words"),
    }
    assert found.documents[0].kind is None
    assert len(found.versions[0].sections) == 4


def test_where_a_page_applies_is_part_of_its_text() -> None:
    flags = {"england": True, "wales": True, "scotland": False, "northern_ireland": True}
    stated = {key: {"label": key, "applicable": flag} for key, flag in flags.items()}
    found = read(publication(national_applicability=stated)).versions[0].sections[-1]
    assert (found.heading, found.text) == ("Applies to", "England and Wales, Northern Ireland")


def test_page_without_text_has_no_version() -> None:
    found = read(publication(body="", attachments=[]))
    assert found.versions == ()
    assert [each.kind for each in found.problems] == ["no text"]


def test_type_that_is_no_document_is_named() -> None:
    for name in ("homepage", "finder", "special_route", "placeholder", "external_content"):
        with pytest.raises(ParseError, match=f"'{name}' is no document"):
            read(body_of("publication") | {"document_type": name})


def test_excluded_type_found_through_a_feed_is_left_out() -> None:
    body = body_of("publication") | {"document_type": "modern_slavery_statement"}
    assert read(body) == Page()
    assert read(body, facts={"tracked": "yes"}).documents  # named by the registry itself
    wanted = source(document_types=["modern_slavery_statement"])
    assert govuk.parse(capture_of(body, URL), wanted).documents


def test_redirect_keeps_what_was_known_of_the_page() -> None:
    """Trap UK-2.4: 410 with a body that says why; redirects are documents."""
    asked = capture_of(body_of("redirect"), URL, "attachment", parent="govuk:x", facts={"title": "A"})
    (link,) = govuk.parse(asked, source()).links
    known = {"title": "A", "moved from": "/guidance/sample-old-address"}
    assert (link.role, link.parent, link.facts) == ("attachment", "govuk:x", known)


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ([{"path": "/guidance/sample-old-address", "destination": "https://a.example/b"}], "moved to another site"),
        ([{"path": "/guidance/sample-old-address", "destination": "/guidance/sample-old-address"}], "moved to itself"),
        ([{"path": "/other", "destination": "/a"}], "without a rule"),
        ([], "without a rule"),
        ([{"path": "/guidance/sample-old-address"}], r"\$\.redirects\[0\]\.destination is missing"),
    ],
)
def test_redirect_that_leads_nowhere_is_named(rules: list[object], reason: str) -> None:
    with pytest.raises(ParseError, match=reason):
        read(body_of("redirect") | {"redirects": rules})


def test_address_that_led_here_is_an_alias() -> None:
    """Trap UK-2.3: a path inside a longer page is answered with 303 to the page that owns it."""
    capture = fixture("guide")
    hop = "https://www.gov.uk/api/content/sample-guide/signs"
    (document,) = govuk.parse(replace(capture, hops=(hop, capture.url)), source()).documents
    assert document.aliases == ("https://www.gov.uk/sample-guide/signs",)


def test_translation_is_a_version_of_the_same_document() -> None:
    """Trap UK-2.13: translations are pages of their own."""
    welsh = body_of("translation")
    english = deepcopy(welsh) | {
        "locale": "en",
        "title": "Sample language scheme",
        "base_path": welsh["base_path"].removesuffix(".cy"),
        "description": "A sample scheme.",
    }
    pages = [read(welsh), read(english)]
    one, two = (page.documents[0] for page in pages)
    assert (one.id, one.title, one.url, one.summary) == (two.id, two.title, two.url, two.summary)
    assert [page.versions[0].language for page in pages] == ["cy", "en"]


def test_consultation_moves_on_by_status_alone() -> None:
    """Trap UK-2.12: consultations become outcomes at the same address."""
    body = body_of("consultation-outcome") | {"document_type": "open_consultation"}
    for key in ("final_outcome_detail", "public_feedback_detail"):
        del body["details"][key]
    before, after = read(body), govuk.parse(fixture("consultation-outcome"), source())
    found = [(each.kind, each.path) for each in changes.compare(before.versions[0], after.versions[0])]
    assert found[0] == ("status", "")
    assert sorted(found[1:]) == [("added", "feedback-received"), ("added", "outcome"), ("added", "outcome-next-steps")]


@pytest.mark.parametrize(("sifting", "status"), [("withdrawn", "withdrawn"), ("closed", None)])
def test_a_draft_instrument_that_was_withdrawn_says_so(sifting: str, status: str | None) -> None:
    body = body_of("publication") | {"document_type": "statutory_instrument"}
    body["details"]["metadata"] = {"sifting_status": sifting, "withdrawn_date": "2029-01-01"}
    page = read(body)
    assert page.documents[0].status == status
    days = [each.fields["date"] for each in page.statements if each.fields.get("event") == "withdrawn"]
    assert days == ["2029-01-01"]


@pytest.mark.parametrize(
    ("shown", "noted", "published"),
    [
        ("2016-04-22T12:00:00+01:00", "2016-04-23T12:00:00+01:00", "2016-04-22T11:00:00Z"),
        (None, "2016-04-23T12:00:00+01:00", "2016-04-23T11:00:00Z"),
        (None, "2016-04-01T12:00:00+01:00", "2016-04-20T10:00:00Z"),
        (None, None, "2016-04-20T10:00:00Z"),
    ],
)
def test_a_page_is_published_when_readers_are_shown_it_not_when_it_was_put_there(
    shown: str | None, noted: str | None, published: str
) -> None:
    body = body_of("publication") | {"first_published_at": "2016-04-20T10:00:00Z"}
    body["details"] |= {"first_public_at": shown, "change_history": []}
    if noted:
        body["details"]["change_history"] = [{"public_timestamp": noted, "note": "First published."}]
    assert read(body).documents[0].published == published


@pytest.mark.parametrize(("first", "published"), [(True, "2026-03-02T09:30:00Z"), (False, None), (None, None)])
def test_a_first_version_was_published_at_its_own_time(first: bool | None, published: str | None) -> None:
    body = {**body_of("html-publication"), "first_published_at": None}
    body["details"] |= {"first_published_version": first, "change_history": []}
    assert read(body).documents[0].published == published


def test_moved_closing_date_is_a_statement_and_no_change_of_words() -> None:
    body = body_of("consultation-outcome")
    before = read(body)
    body["details"]["closing_date"] = "2026-04-30T23:59:00.000+01:00"
    after = read(body)
    assert before.versions == after.versions
    assert {each.fields["date"] for each in after.statements if each not in before.statements} == {
        "2026-04-30T23:59:00+01:00"
    }


@pytest.mark.parametrize(
    ("nations", "expected"),
    [
        ({"england", "wales", "scotland", "northern_ireland"}, "UK"),
        ({"england", "wales"}, "E&W"),
        ({"england", "wales", "scotland"}, "E&W, Scotland"),
        ({"england", "scotland"}, "England, Scotland"),
        ({"northern_ireland"}, "NI"),
        (set(), None),
    ],
)
def test_jurisdiction(nations: set[str], expected: str | None) -> None:
    names = ("england", "wales", "scotland", "northern_ireland")
    stated = {name: {"label": name, "applicable": name in nations} for name in names}
    assert read(publication(national_applicability=stated)).documents[0].jurisdiction == expected


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("title",), None, r"\$\.title is empty"),
        (("content_id",), None, r"\$\.content_id is missing"),
        (("base_path",), "https://a.example/", r"\$\.base_path is 'https://a.example/', no path"),
        (("locale",), "e n", r"\$\.locale is 'e n', no language"),
        (("details", "body"), 7, r"\$\.details\.body is a number, not text"),
        (("details", "body"), [{"content_type": "text/govspeak", "content": "a"}], r"details\.body has no text/html"),
        (("details", "attachments"), [{"title": "A"}], r"\$\.details\.attachments\[0\]\.url is missing"),
        (("details", "attachments"), [{"title": "A", "url": "mailto:a"}], r"attachments\[0\]\.url is 'mailto:a', no"),
        (("details", "change_history"), [{"note": []}], r"change_history\[0\]\.note is a list, not text"),
        (
            ("details", "attachments"),
            [{"title": "A", "url": "/a", "file_size": -1}],
            r"attachments\[0\]\.file_size is -1, below zero",
        ),
        (("links",), None, r"\$\.links is missing"),
        (("public_updated_at",), "0001-01-01T00:00:00+10:00", r"public_updated_at is .*, not an ISO 8601 time"),
    ],
)
def test_wrong_field_is_named(path: tuple[str, ...], value: object, reason: str) -> None:
    body: dict[str, Any] = body_of("publication")
    place = body
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(ParseError, match=reason):
        read(body)


def test_attached_file_without_a_document_is_refused() -> None:
    asked = capture_of(b"%PDF-1.4", "https://assets.publishing.service.gov.uk/media/a/b.pdf", "attachment")
    with pytest.raises(ParseError, match="does not name its document"):
        govuk.parse(asked, source())


def test_scrub_is_left_out() -> None:
    found = govuk.parse(fixture("publication"), replace(source(), scrub=("who try this program",)))
    assert found.versions[0].sections[1].text == "It is for people ."


@pytest.mark.parametrize(
    ("kind", "types"),
    [
        ("case_law", "employment_tribunal_decision utaac_decision residential_property_tribunal_decision"),
        (
            "case",
            "cma_case sfo_case trademark_decision design_decision traffic_commissioner_regulatory_decision decision",
        ),
        ("notice", "statistics_announcement official_statistics_announcement national_statistics_announcement"),
        ("statistics", "official_statistics national_statistics statistical_data_set"),
        ("draft_si", "statutory_instrument"),
        ("page", "organisation topical_event transaction regulation promotional"),
        ("collection", "document_collection"), ("notice", "notice"), ("correspondence", "correspondence"),
        (None, "html_publication"),
    ],
)  # fmt: skip
def test_a_page_is_what_its_type_says_and_no_more(kind: str | None, types: str) -> None:
    assert {kinds.kind(each) for each in types.split()} == {kind}


@pytest.mark.parametrize(
    ("time", "shown"),
    [("2029-04-05T23:00:12Z", "2029-04-06"), ("2029-04-05T22:00:12Z", "2029-04-05T22:00:12Z")],
)
def test_the_day_of_an_update_is_the_one_that_readers_see(time: str, shown: str) -> None:
    assert read(body_of("publication") | {"public_updated_at": time}).documents[0].updated == shown
