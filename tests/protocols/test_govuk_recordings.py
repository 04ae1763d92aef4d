"""Real answers of GOV.UK: each is read, or refused with a reason; pages recorded in two states differ as they should.

What each pair should differ in was read off the two bodies, not off what the parser gives.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from crawler import changes
from crawler.errors import ParseError
from crawler.model import Capture, Page
from crawler.protocols import govuk
from tests.protocols.govuk_samples import capture_of, source

RECORDINGS = Path(__file__).parents[2] / "../shared/recordings"
pytestmark = [
    pytest.mark.recorded,
    pytest.mark.skipif(not RECORDINGS.is_dir(), reason=f"no recordings at {RECORDINGS}"),
]

COLLECTION = "document_collection/"
HEADED = "text of accessible formats and sizes belongs to the frame, not to the page"


@cache
def rows() -> dict[str, dict[str, object]]:
    lines = (RECORDINGS / "manifest.jsonl").read_text("utf-8").splitlines()
    found = (json.loads(line) for line in lines)
    wanted = ("www.gov.uk/content-api/", "www.gov.uk/publishing-messages/", "www.gov.uk/okf-2026-07-15/")
    return {row["file"].removeprefix("www.gov.uk/"): row for row in found if row["file"].startswith(wanted)}


def recorded(name: str) -> Capture:
    url = str(rows()[name]["url"])
    return capture_of((RECORDINGS / "www.gov.uk" / name).read_bytes(), url)


def page(name: str) -> Page:
    return govuk.parse(recorded(f"content-api/{name}.json"), source())


def differences(old: str, new: str) -> list[tuple[str, str]]:
    before, after = page(old).versions[0], page(new).versions[0]
    return [(each.kind, each.path) for each in changes.compare(before, after)]


def outcome(name: str) -> Iterator[str]:
    try:
        found = govuk.parse(recorded(name), source())
    except ParseError as error:
        yield f"refused: {error.reason}"
        return
    sections = sum(len(version.sections) for version in found.versions)
    yield (
        f"{len(found.documents)} documents, {sections} sections, {len(found.statements)} statements, "
        f"{len(found.links)} links"
    )
    yield from (f"{problem.kind}: {problem.detail}" for problem in found.problems)


def test_every_recording_is_read_or_refused_with_a_reason() -> None:
    table = {name: "; ".join(outcome(name)) for name in rows()}
    print()
    for name, told in table.items():
        print(f"{name:100} {told}")
    refused = {name: told for name, told in table.items() if told.startswith("refused")}
    raw = {name: told for name, told in refused.items() if rows()[name]["raw"]}
    assert raw == {
        "publishing-messages/external_content_message.json": "refused: a page of type 'external_content' is no document"
    }
    # The others were cut down to a list of allowed fields by whoever recorded them.
    assert {told for name, told in refused.items() if name not in raw} == {"refused: $.details is missing"}
    assert len(table) - len(refused) >= 66


def test_every_page_recorded_as_a_document_has_text() -> None:
    for name, row in rows().items():
        if row["raw"] and not any(word in name for word in ("gone", "redirect", "external_content")):
            found = govuk.parse(recorded(name), source())
            (version,) = found.versions
            assert sum(len(section.text) for section in version.sections) > 10, name
            assert not any("accessible format" in section.text for section in version.sections), f"{name}: {HEADED}"
            assert not any("assistive" in f"{section.heading}{section.path}" for section in version.sections), name
            assert not [problem for problem in found.problems if problem.kind != "unread"], name


def test_withdrawal_is_a_statement_and_no_change_of_the_text() -> None:
    """Trap UK-2.10: a page that was withdrawn still answers 200."""
    for old, new, when, note in (
        (
            "corporate_information_page/best-practice-welsh-language-scheme",
            "corporate_information_page/best-practice-welsh-language-scheme-withdrawn",
            "2018-02-10T13:02:19Z",
            "This information has been withdrawn as it is out of date.",
        ),
        (
            "speech/best-practice-oral-statement",
            "speech/withdrawn-speech",
            "2018-05-15T11:29:10Z",
            "This page has been withdrawn because it is out of date.",
        ),
    ):
        assert differences(old, new) == []
        before, after = page(old), page(new)
        assert (before.documents[0].availability, after.documents[0].availability) == ("ok", "withdrawn")
        (told,) = [each for each in after.statements if each not in before.statements]
        assert (told.kind, told.document) == ("withdrawn", after.documents[0].id)
        assert told.fields == {"when": when, "note": note}


def test_history_mode_changes_nothing_that_is_read() -> None:
    old, new = "html_publication/published", "html_publication/published_with_history_mode"
    assert page(old) == page(new)


def test_attachment_that_appears_is_one_section_and_one_child() -> None:
    """Trap UK-2.8: attachments stand in several fields, older ones as HTML."""
    old, new = "publication/best-practice-foi-release", "publication/publication-with-featured-attachments"
    assert differences(old, new) == [("added", "documents")]
    (child,) = page(new).documents[1:]
    assert child.title == "Number of ex-regular service personnel now part of FR20"
    assert page(old).documents == page(new).documents[:1]


def test_major_update_without_new_words_moves_the_date_and_the_note_only() -> None:
    old, new = "speech/best-practice-speaking-notes", "speech/speech-with-updates"
    assert differences(old, new) == []
    notes = [page(name).versions[0].note for name in (old, new)]
    assert notes == ["First published.", "Added the PDF version of the speech."]
    updated = [page(name).documents[0].updated for name in (old, new)]
    assert updated == ["2012-05-22T00:00:00Z", "2012-06-13T13:33:09Z"]


def test_consultation_become_call_for_evidence() -> None:
    old, new = "consultation/consultation_outcome", "call_for_evidence/call_for_evidence_outcome"
    assert differences(old, new) == [("changed", "introduction"), ("changed", "outcome")]
    before, after = page(old), page(new)
    assert before.documents[0].id == after.documents[0].id
    assert before.documents[1:] == after.documents[1:]  # the same file, in a field of another name
    assert before.statements == after.statements


def test_collection_in_two_states() -> None:
    found = differences(f"{COLLECTION}document_collection", f"{COLLECTION}best-practice-document-collection")
    assert sorted(found) == [
        ("changed", "car-and-light-van"),
        ("changed", "car-and-light-van-documents"),
        ("changed", "moped-and-motorcycle"),
        ("removed", "developed-driving-competence"),
        ("removed", "developed-driving-competence-documents"),
    ]


def test_withdrawn_pages_on_a_list_are_still_listed() -> None:
    old, new = "document_collection_with_history", "document_collection_with_withdrawn_links_documents"
    assert differences(f"{COLLECTION}{old}", f"{COLLECTION}{new}") == []


def test_members_of_a_collection_are_read_where_asked_for_the_withdrawn_ones_too() -> None:
    taken = recorded(f"content-api/{COLLECTION}document_collection_with_withdrawn_links_documents.json")
    members = [each["base_path"] for each in json.loads(taken.body)["links"]["documents"]]
    found = govuk.parse(taken, source("https://www.gov.uk/", items=["/a"], members=True)).links
    assert [link.url for link in found] == [f"https://www.gov.uk/api/content{path}" for path in members]
    assert {link.role for link in found} == {"document"} and all(link.token for link in found)
    assert govuk.parse(taken, source()).links == ()


def test_change_of_release_date_and_cancellation() -> None:
    """Trap UK-2.11: dates of statistics are words, move and are cancelled."""
    names = ("cancelled_official_statistics", "release_date_changed")
    cancelled, moved = (page(f"statistics_announcement/{name}") for name in names)
    assert (cancelled.versions[0].status, moved.versions[0].status) == ("cancelled", "confirmed")
    assert [each.fields["event"] for each in cancelled.statements] == ["cancelled"]
    assert [each.fields["date"] for each in moved.statements if each.kind == "date"] == ["2016-01-20"]
    assert moved.versions[0].note == "Amended after inputting an error."


def test_facts_of_a_consultation() -> None:
    found = page("consultation/consultation_outcome_with_featured_attachments")
    document, *files = found.documents
    assert (document.kind, document.jurisdiction, document.publisher) == ("consultation", "England", "Ofqual")
    assert document.status == "outcome published"
    assert document.published == "2016-04-22T11:00:00Z"
    dates = {each.fields["event"]: each.fields["date"] for each in found.statements if each.kind == "date"}
    assert dates == {
        "opens": "2016-04-22T12:00:00+01:00",
        "closes": "2016-06-17T23:45:00+01:00",
        "feedback published": "2016-09-07",
    }
    assert [each.id.partition("/")[2] for each in files] == [
        "ofqual-16-5939",
        "ofqual-16-6102",
        "ofqual-16-6104",
        "analysis-of-responses-to-our-consultation-on-setting-the-grade-standards-of-new",
    ]
    assert found.versions[0].note == "Published the decisions and analysis of responses."


def test_html_attachment_belongs_to_its_publication() -> None:
    """Trap UK-2.9: an HTML attachment is a page of its own that names its parent."""
    name = "publishing-messages/html_publication_message.json"
    (document,) = govuk.parse(recorded(name), source()).documents
    assert document.parent == "govuk:9fb97baa-180c-4983-8013-d64ea663d6db"
    assert document.kind == "guidance"


def test_search_results_of_2026() -> None:
    found = govuk.parse(recorded("okf-2026-07-15/search-6e997456ac1c.json"), source())
    assert (found.total, found.entries) == (15, 14)  # one is a smart answer: a form to fill in
    assert all(each.url.startswith("https://www.gov.uk/api/content/") and each.token for each in found.links)
    assert "govuk:5b4fb7fa-c986-496e-be54-e6d64ea218b8" in {each.id for each in found.documents}
    none = govuk.parse(recorded("okf-2026-07-15/search-3baf982e9562.json"), source())
    assert (none.total, none.entries, none.links) == (69, 0, ())


def test_recordings_with_a_field_missing_or_of_another_type_are_read_or_refused() -> None:
    for name, row in rows().items():
        if not row["raw"]:
            continue
        capture = recorded(name)
        original = json.loads(capture.body)
        holders = [("", key) for key in original] + [("details", key) for key in original["details"]]
        for (holder, key), value in product(holders, (None, 7, "a", ["a"], [{"a": 1}], {"a": [1]})):
            body = {**original, "details": dict(original["details"])}
            place = body[holder] if holder else body
            if value is None:
                del place[key]
            else:
                place[key] = value
            try:
                govuk.parse(replace(capture, body=json.dumps(body).encode()), source())
            except ParseError as error:
                assert error.url == capture.url
