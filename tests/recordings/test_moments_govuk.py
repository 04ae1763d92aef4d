"""Pages of GOV.UK that were recorded in two states give exactly the changes between them, and say so to a reader.

What differs was read off the two bodies, not off what the parser gives.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.recordings import world
from tests.recordings.moments import FIRST, SECOND, crawled, dated, source

pytestmark = pytest.mark.recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two recorded states of one page: what differs, and what a reader is told."""

    before: str
    after: str
    changes: tuple[tuple[str, str], ...] = ()
    title: str = ""
    summary: str = ""
    new: tuple[str, ...] = ()


COLLECTION = "document_collection/"
PAIRS = {
    "withdrawn page": Pair(
        before="corporate_information_page/best-practice-welsh-language-scheme",
        after="corporate_information_page/best-practice-welsh-language-scheme-withdrawn",
        changes=(("withdrawn", ""),),
        title="Withdrawn: Welsh language scheme",
        summary=(
            "Withdrawn on 10 February 2018. The publisher says: “This information has been withdrawn as it is out of"
            " date.”"
        ),
    ),
    "withdrawn speech": Pair(
        before="speech/best-practice-oral-statement",
        after="speech/withdrawn-speech",
        changes=(("withdrawn", ""),),
        title="Withdrawn: Reform of police stop and search powers",
        summary=(
            "Withdrawn on 15 May 2018. The publisher says: “This page has been withdrawn because it is out of date.”"
        ),
    ),
    "history mode": Pair(before="html_publication/published", after="html_publication/published_with_history_mode"),
    "attachment": Pair(
        before="publication/best-practice-foi-release",
        after="publication/publication-with-featured-attachments",
        changes=(("added", "documents"),),
        title="Attachments first seen: Number of ex-regular service personnel in FR20",
        summary=(
            "The page lists as attached: Number of ex-regular service personnel now part of FR20; perhaps not new: it"
            " states no update since 29 May 2014."
        ),
        new=("Number of ex-regular service personnel now part of FR20",),
    ),
    "note without new words": Pair(
        before="speech/best-practice-speaking-notes",
        after="speech/speech-with-updates",
        changes=(("note", ""),),  # of a speech, whose words are not repeated: nothing is left to be told
    ),
    "consultation renamed": Pair(
        before="consultation/consultation_outcome",
        after="call_for_evidence/call_for_evidence_outcome",
        changes=(("changed", "introduction"), ("changed", "outcome")),
        title="The opening and “Outcome” changed in Employee Share Schemes: NIC elections",
        summary=(
            "The opening changed: “consultation” became “call for evidence”; “Outcome” changed: “consultation” became"
            " “call for evidence”."
        ),
    ),
    "collection": Pair(
        before=f"{COLLECTION}document_collection",
        after=f"{COLLECTION}best-practice-document-collection",
        changes=(
            ("changed", "car-and-light-van"),
            ("changed", "car-and-light-van-documents"),
            ("changed", "moped-and-motorcycle"),
            ("removed", "developed-driving-competence"),
            ("removed", "developed-driving-competence-documents"),
        ),
        title="Changed: National standards for driving and riding",
        summary=(
            "“Developed driving competence” and “Developed driving competence: documents” removed; “Car and light van”"
            " changed: “standard” became “national standard for driving cars and light vans”. “Car and light van:"
            " documents” and “Moped and motorcycle” changed."
        ),
    ),
    "withdrawn pages on a list": Pair(
        before=f"{COLLECTION}document_collection_with_history",
        after=f"{COLLECTION}document_collection_with_withdrawn_links_documents",
    ),
    "announcement of statistics": Pair(
        before="statistics_announcement/cancelled_official_statistics",
        after="statistics_announcement/release_date_changed",
        changes=(("status", ""), ("removed", "cancellation"), ("added", "previous-release-date")),
        title="Was to be released on 20 January 2016 9:30am (confirmed): Diagnostic imaging dataset for September 2015",
        summary="The publisher, on 17 January 2016: “Amended after inputting an error.” Status: cancelled became "
        "confirmed. “Previous release date” added: “19 January 2016 9:30am”; “Cancellation” removed.",
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_pages_of_govuk_in_two_states(tmp_path: Path, name: str) -> None:
    pair = PAIRS[name]
    rows = [world.row(f"content-api/{each}.json") for each in (pair.before, pair.after)]
    ids = {json.loads(world.body(row))["content_id"] for row in rows}
    assert len(ids) == 1, "two states of one page"
    path = rows[0]["url"].removeprefix("https://www.gov.uk/api/content")
    pages = source("pages", "govuk", "https://www.gov.uk/api/content", f", options: {{items: ['{path}']}}")
    before, after = crawled(tmp_path, dated(rows, FIRST, SECOND, url=rows[0]["url"]), pages, [FIRST, SECOND])
    assert before.others() == [] and before.entries == []
    assert sorted(after.others()) == sorted(pair.changes)
    assert all((each["cause"], each["silent"]) == ("source", "") for each in after.changes)
    assert [each["after"] for each in after.changes if each["kind"] == "new"] == list(pair.new)
    told = [(each["title"], each["summary"], each["occurred"]) for each in after.entries]
    assert told == ([(pair.title, pair.summary, None)] if pair.title else []), "no date of law"
    assert before.issues == after.issues == set()
