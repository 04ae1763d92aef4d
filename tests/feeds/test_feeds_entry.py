"""What an entry may say: of what names people, in whatever column it stands, nothing but the title."""

import json
from typing import Any

import pytest

from crawler.export.shown import read
from crawler.feeds import Entry, atom, jsonfeed, message, plain
from crawler.feeds.content import after_reading, applies_from, html
from crawler.feeds.plain import EntryContext
from tests.feeds.feeds_entries import ENTRY, FEED, row

NAME = "Marigold Suspect"
COPY = {"document": "d1", "title": "Sample Act", "url": "https://ngo.example/a", "publisher": "P", "relation": "copy"}


def everywhere(entry: Entry) -> str:
    """All that is ever made of an entry."""
    around = EntryContext(label="3.8", status="in force", licence="OGL v3.0")
    return "\n".join((
        plain.text(entry, FEED, around), plain.markdown(entry, FEED, around), message.mailto(entry, FEED, around),
        plain.citation(entry, FEED, around), atom.render([entry], FEED).decode(),
        jsonfeed.render([entry], FEED).decode(), repr(entry),
    ))  # fmt: skip


def named(**values: Any) -> dict[str, object]:
    """A row with a name in every column that can hold one."""
    said = [
        f"Its title has “Trafficking” and its text “{NAME}”.",
        "Its source is on this.",
        "Its title has “Trafficking”.",
    ]
    texts = {"why": said, "sure": said, "look_for": [NAME]}
    given = {name: json.dumps(value) for name, value in texts.items()}
    return row(**{**given, "title": "On trafficking", "note": NAME, "summary": NAME, "document_kind": "news", **values})


def test_private_entries_quote_the_title_alone() -> None:
    shown = read(named(private=1))
    assert NAME not in everywhere(shown) and "Marigold" not in everywhere(shown)
    assert shown.why == shown.sure == ("Its source is on this.", "Its title has “Trafficking”.")
    assert shown.look_for == () and shown.aimed_at == ENTRY.aimed_at and shown.flags == ENTRY.flags


def test_of_a_removed_one_nothing_that_repeats_its_title_stays() -> None:
    copies = json.dumps([{**COPY, "title": f"On {NAME}", "url": f"https://x.example/{NAME.split()[0]}"}])
    shown = read(named(private=1, taken_down="2026-12-01", title=f"Trafficking: {NAME}", copies=copies,
                       document_title=NAME, url=f"https://x.example/{NAME}"))  # fmt: skip
    assert (
        NAME not in everywhere(shown) and "Marigold" not in everywhere(shown) and "Trafficking" not in everywhere(shown)
    )
    assert shown.why == ("Its source is on this.",) and shown.copies == ()
    assert "Removed by the publisher on 1 December 2026" in plain.text(shown, FEED, EntryContext())


def test_a_family_with_a_private_part_keeps_what_it_can() -> None:
    other = {"kind": "changed", "document": "d2", "path": "section-2", "heading": "Who acts", "words": [["+", "now"]]}
    hidden = {**other, "document": "d", "heading": NAME, "words": [["+", NAME]]}
    details = json.dumps([hidden, other])
    shown = read(named(private_parts='["d"]', document_kind="report", details=details))
    assert NAME not in everywhere(shown) and [one.document for one in shown.told] == ["d2"]
    assert shown.summary == (
        "It changed here: Section 2: Who acts. What is said of parts that name people is left out."
    )
    many = [{**other, "path": f"section-{number}", "heading": ""} for number in range(1, 9)]
    shown = read(named(private_parts='["d"]', document_kind="report", details=json.dumps([hidden, *many])))
    assert "Section 5; and 3 more." in shown.summary and "Section 6" not in shown.summary
    assert read(named(private_parts='["d"]', document_kind="report", copy="hash-only")).note == ""


def test_of_a_document_about_people_that_is_kept_no_more_only_the_publisher_is_told() -> None:
    copies = json.dumps([{**COPY, "title": NAME}])
    shown = read(named(lost=1, title=f"Trafficking: {NAME}", copies=copies, document=None, document_title=None,
                       url=f"https://x.example/{NAME}", state="corrected"))  # fmt: skip
    assert NAME not in everywhere(shown) and "Marigold" not in everywhere(shown)
    assert shown.private and shown.removed == "redacted" and shown.url == shown.summary == "" and shown.copies == ()
    assert shown.headline == "Corrected: Redacted: this page is not kept here any more"
    assert shown.publisher_name == ENTRY.publisher_name and shown.why == ("Its source is on this.",)


def test_a_removal_without_a_day_is_one_all_the_same() -> None:
    shown = read(named(private=1, taken_down="", title=NAME, document_title=NAME, copies="[]"))
    assert shown.removed and shown.title == "Removed by the publisher" and NAME not in everywhere(shown)
    assert shown.updated == ENTRY.updated


@pytest.mark.parametrize(
    "sentence",
    [
        f"Its text has “{NAME}”.",
        f"Its text has “trafficking” {NAME} “trafficking”.",
        f"Its text has “trafficking” and {NAME}” says.",
        f"Its text has “a “trafficking” by {NAME}”.",
        f'Its text has "{NAME}".',
        f"Its text has “{NAME}",
        f"Its text has {NAME}”",
        f"Its text has \u2018{NAME}\u2019",
        f"Its text has “trafficking ” of {NAME} “ trafficking”.",
    ],
)
def test_quotes_inside_quotes_do_not_get_out(sentence: str) -> None:
    assert read(named(private=1, why=json.dumps([sentence]))).why == ()


def test_copies_are_shown_where_they_may_be() -> None:
    copies = json.dumps([
        {**COPY, "language": "cy"},
        {**COPY, "document": "d2", "title": NAME, "url": "https://x.example/marigold"},
        {**COPY, "document": "d3", "title": "Third", "url": "javascript:alert(1)"},
    ])  # fmt: skip
    shown = read(row(copies=copies, removed_copies='["d2"]'))
    assert [(one.title, one.url, one.language) for one in shown.copies] == [
        ("Sample Act", "https://ngo.example/a", "cy"), ("Third", "", ""),
    ]  # fmt: skip
    assert (
        NAME not in everywhere(shown) and "marigold" not in everywhere(shown) and "javascript" not in everywhere(shown)
    )
    unseen = row(copies=copies)
    del unseen["removed_copies"]
    with pytest.raises(KeyError):
        read(unseen)


@pytest.mark.parametrize("name", ["why", "aimed_at", "look_for", "flags", "sure"])
@pytest.mark.parametrize("value", ['{"a": 1}', "[1]", '"text"', "[null]"])
def test_columns_that_are_not_as_described_are_refused(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        read(row(**{name: value}))


def test_what_is_said_is_clean() -> None:
    shown = read(row(why='["a\\u0000b"]', facets='{"topic": ["x\\u000b"], "aimed_at": null}'.replace("null", "[]")))
    assert shown.why == ("ab",) and shown.facets == {"aimed_at": (), "topic": ("x",)}


def test_what_was_withdrawn_was_advisory_though_it_is_published_again() -> None:
    shown = read(row(kind="withdrawn", document_kind="guidance", status=""))
    assert (
        json.loads(jsonfeed.render([shown], FEED))["items"][0]["_roundup"]["legal_weight"] == "Was advisory: withdrawn"
    )


def test_of_a_page_that_can_name_people_the_former_title_is_told_where_it_has_a_new_one() -> None:
    words = [["-", "Sample network stopped"], ["+", "Sample raids"]]
    change = {"kind": "retitled", "verb": "", "document": "d", "path": "", "heading": "", "words": words}
    shown = read(row(kind="retitled", private=1, details=json.dumps([change])))
    assert shown.summary.endswith("are kept here. The title was: Sample network stopped.")
    change["words"] = [["-", "Raids to stop sample "], ["+", "Raids against a "], ["=", "network"]]
    shown = read(row(kind="retitled", private=1, details=json.dumps([change])))
    assert shown.summary.endswith("The title was: Raids to stop sample network.")
    assert "The title was" not in read(row(kind="changed", private=1, details=json.dumps([change]))).summary


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("repealed", "Was binding in England and Wales: repealed"),
        ("", "Binding in England and Wales, in force in parts"),
        (None, "Binding in England and Wales, in force in parts"),
    ],
)
def test_every_form_of_an_entry_says_the_same_of_its_legal_weight(status: str | None, said: str) -> None:
    shown = read(row(status=status))
    item = json.loads(jsonfeed.render([shown], FEED))["items"][0]
    assert item["_roundup"]["legal_weight"] == said and f"Legal weight: {said}<" in item["content_html"]
    assert f"Legal weight: {said}\n" in plain.text(shown, FEED, EntryContext())
    assert f"Legal weight: {said}" in html(shown, "") and f"Legal weight: {said}".encode() in atom.render([shown], FEED)


@pytest.mark.parametrize(
    ("kind", "document_kind", "said"),
    [
        ("changed", "act", "1 November 2026"), ("new", "si", "1 November 2026"), ("status", "act", "1 November 2026"),
        ("withdrawn", "act", ""), ("gone", "act", ""), ("returned", "directive", ""), ("withdrawn", "guidance", ""),
        ("changed", "guidance", ""), ("changed", "report", ""),
    ],
)  # fmt: skip
def test_only_changes_of_law_apply_from_a_day(kind: str, document_kind: str, said: str) -> None:
    shown = read(row(kind=kind, document_kind=document_kind))
    assert applies_from(shown) == said
    assert ("applies from" in plain.text(shown, FEED, EntryContext())) == bool(said)


@pytest.mark.parametrize(("stated", "before"), [("2026-03-07", True), ("2026-03-02T02:00:00Z", False), ("2026", False)])
def test_a_day_after_our_reading_is_said_to_be_so(stated: str, before: bool) -> None:
    found = read(row(capture_time="2026-03-02T06:00:00Z", published=stated, updated_by_publisher=""))
    assert after_reading(found, stated) == (", as stated; we read it before" if before else "")
    assert ("as stated; we read it before" in plain.text(found, FEED, EntryContext())) == before
