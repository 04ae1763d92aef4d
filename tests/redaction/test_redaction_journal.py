"""What the journal keeps of announced entries whose documents were redacted."""

from __future__ import annotations

from crawler.redaction.journal import retold, without_redacted
from tests.redaction.test_redaction_spellings import ADDRESS, MARKS, NAMED, TITLE


def test_an_entry_of_several_documents_loses_those_that_were_redacted_and_no_other() -> None:
    other = "url:https://a.sample.invalid/news/other"
    row = {"id": "1", "document": None, "title": "12 new documents", "documents": [NAMED, other, f"url:{ADDRESS}"]}
    told = retold("entries-announced", {"time": "2026-03-05T06:00:00Z", "new": [row], "corrected": []}, MARKS)
    assert told["new"] == [{**row, "documents": [other]}]


def test_a_text_that_only_begins_as_an_address_does_goes_as_any_other() -> None:
    told = without_redacted({"title": f"https://[{TITLE}", "other": "https://[a sample"}, MARKS)
    assert told["title"].startswith("redacted:") and told["other"] == "https://[a sample"
