"""Contacts, services and questions of GOV.UK: a changed number, address or answer is a change of one section."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from crawler import changes
from crawler.model import Page
from crawler.protocols import govuk
from tests.protocols.govuk_samples import body_of, capture_of, source

CONTACT: dict[str, Any] = {
    "slug": "sample-helpline", "language": "en", "quick_links": [], "query_response_time": False, "contact_groups": [],
    "phone_numbers": [
        {"title": "Sample helpline", "number": "01632 960 001", "textphone": "", "fax": "01632 960 002",
         "international_phone": "", "description": "<p>For sample concerns.</p>", "open_hours": "<p>Always open.</p>",
         "best_time_to_call": "\n"},
        {"title": "From abroad", "number": "+44 1632 960 003", "description": "\n", "open_hours": "\n"},
    ],
    "more_info_phone_number": "<p>Calls are free.</p>",
    "email_addresses": [{"title": "Sample desk", "email": "desk@sample.invalid ", "description": "\n"}],
    "contact_form_links": [{"title": "Sample form", "link": "https://sample.invalid/form", "description": "\n"}],
    "post_addresses": [
        {"title": "Sample office", "street_address": "Freepost\r\n", "locality": "", "region": "CARDIFF",
         "postal_code": "XX1 1XX", "world_location": "United Kingdom", "description": "<p>Write here.</p>"},
    ],
}  # fmt: skip
SERVICE: dict[str, Any] = {
    "introductory_paragraph": "<p>Tell us.</p>", "transaction_start_link": "https://sample.invalid/start",
    "will_continue_on": "the Sample service", "start_button_text": "Start now",
    "variants": [
        {"title": "For children", "slug": "children", "introductory_paragraph": "<p>Ask a guardian.</p>",
         "transaction_start_link": "https://sample.invalid/children"},
    ],
}  # fmt: skip
ANSWER: dict[str, Any] = {
    "body": "<p>Answer two questions.</p>",
    "nodes": [
        {"kind": "question", "slug": "age", "title": "How old?", "options": [{"label": "Under 18", "slug": "a"}]},
        {"kind": "outcome", "slug": "child", "title": "Refer", "options": [], "body": "<p>Refer without consent.</p>"},
    ],
}


def read(document_type: str, details: dict[str, Any]) -> Page:
    body = body_of("publication")
    body |= {"document_type": document_type, "details": {"change_history": [], **details}}
    return govuk.parse(capture_of(body), source())


def test_each_contact_is_a_section() -> None:
    page = read("contact", CONTACT)
    assert page.problems == ()
    assert {section.path: section.text for section in page.versions[0].sections} == {
        "phone-sample-helpline": "01632 960 001; Fax: 01632 960 002; For sample concerns.; Always open.",
        "phone-from-abroad": "+44 1632 960 003",
        "phone-more": "Calls are free.",
        "email-sample-desk": "desk@sample.invalid",
        "online-sample-form": "https://sample.invalid/form",
        "post-sample-office": "Freepost; CARDIFF; XX1 1XX; United Kingdom; Write here.",
    }


def number(details: dict[str, Any]) -> None:
    details["phone_numbers"][0]["number"] = "01632 960 009"


def start(details: dict[str, Any]) -> None:
    details["transaction_start_link"] = "https://other.invalid/start"


def variant(details: dict[str, Any]) -> None:
    details["variants"][0]["transaction_start_link"] = "https://other.invalid/children"


def outcome(details: dict[str, Any]) -> None:
    details["nodes"][1]["body"] = "<p>Refer with consent.</p>"


@pytest.mark.parametrize(
    ("document_type", "details", "edit", "path"),
    [
        ("contact", CONTACT, number, "phone-sample-helpline"),
        ("transaction", SERVICE, start, "start-now"),
        ("transaction", SERVICE, variant, "children"),
        ("simple_smart_answer", ANSWER, outcome, "child"),
    ],
)
def test_what_a_caller_needs_is_never_a_mere_edit(
    document_type: str, details: dict[str, Any], edit: Callable[[dict[str, Any]], None], path: str
) -> None:
    after = deepcopy(details)
    edit(after)
    before, now = (read(document_type, each) for each in (details, after))
    assert before.problems == now.problems == ()
    (difference,) = changes.compare(before.versions[0], now.versions[0])
    assert (difference.kind, difference.path, difference.significance) == ("changed", path, "substantive")


def test_the_day_of_an_outcome_is_stated() -> None:
    page = read(
        "consultation_outcome", {"body": "<p>Sample.</p>", "final_outcome_publication_date": "2026-02-03T10:00:00Z"}
    )
    (stated,) = [each.fields for each in page.statements if each.kind == "date"]
    assert (stated["event"], stated["date"][:10]) == ("outcome published", "2026-02-03")
