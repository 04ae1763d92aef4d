"""What readers get of the sample world: what belongs here, its entries, its filters and its toolkit."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from crawler.feeds import chosen
from crawler.public.database import connect
from crawler.public.entries import newest
from crawler.store import Store
from tests.sample import world
from tests.sample.replayed import Told

pytestmark = pytest.mark.process

# Whether it belongs here


@pytest.mark.parametrize("name", world.MOMENTS)
def test_what_is_out_or_to_be_decided_is_that_and_no_entry(crawled: tuple[Path, dict[str, Told]], name: str) -> None:
    _, told = crawled
    wanted = world.aside(name)
    assert {row["document"]: row["band"] for row in told[name]["aside"]} == wanted
    assert not {row["document"] for each in told.values() for row in each["entries"]} & set(wanted)


def test_pages_of_what_is_out_are_not_asked_for(crawled: tuple[Path, dict[str, Told]]) -> None:
    data, _ = crawled
    with Store.open(data / "roundup.db") as store:
        asked = {row["url"] for row in store.all("select url from fetches")}
    addresses = {
        document.removeprefix("url:"): band
        for document, band in world.aside("moment-3").items()
        if document.startswith("url:")
    }
    assert set(addresses.values()) == {"out", "review"}
    assert {url for url, band in addresses.items() if band == "out"} & asked == set()
    assert {url for url, band in addresses.items() if band == "review"} <= asked


def test_a_title_that_says_nothing_is_in_by_its_tie_to_a_tracked_act(crawled: tuple[Path, dict[str, Told]]) -> None:
    data, told = crawled
    with Store.open(data / "roundup.db") as store:
        row = store.one("select band, decided_by from relevance where document='nisr/2026/9030'")
    assert row is not None and (row["band"], row["decided_by"]) == ("in", "relation")
    (entry,) = [row for row in told["moment-3"]["entries"] if row["document"] == "nisr/2026/9030"]
    assert "made under “Sample Exploitation Act 2001”, which is always followed here" in entry["why"]


# Entries


@pytest.mark.parametrize("name", world.MOMENTS)
def test_exactly_the_expected_entries_are_made(crawled: tuple[Path, dict[str, Told]], name: str) -> None:
    _, told = crawled
    found = {
        (row["document"] or "", row["title"], row["significance"], bool(row["confirmed"]))
        for row in told[name]["entries"]
    }
    wanted = [
        (each["document"], each["headline"], each["significance"], each["confirmed"])
        for each in world.expected()[name]["entries"]
    ]
    assert found == set(wanted)
    assert len(told[name]["entries"]) == len(wanted)


def _about(told: Told, name: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    found = {row["document"] or "": told["topics"].get(row["id"], []) for row in told["entries"]}
    return found, {each["document"]: each["topics"] for each in world.expected()[name]["entries"]}


@pytest.mark.parametrize("name", world.MOMENTS)
def test_entries_have_the_expected_topics(crawled: tuple[Path, dict[str, Told]], name: str) -> None:
    found, wanted = _about(crawled[1][name], name)
    assert found == wanted


def test_headlines_and_summaries_are_short(crawled: tuple[Path, dict[str, Told]]) -> None:
    _, told = crawled
    rows = [row for each in told.values() for row in each["entries"]]
    assert len(rows) > 30
    assert [row["title"] for row in rows if _length(row["title"]) > 20] == []
    assert [row["summary"] for row in rows if _length(row["summary"]) > 60] == []


def _length(text: str) -> int:
    """Return how many words a text has; the mark of what was left out is none."""
    return len([word for word in text.split() if word != "…"])


@pytest.mark.parametrize("name", world.MOMENTS)
def test_every_filter_gives_exactly_the_expected_entries(crawled: tuple[Path, dict[str, Told]], name: str) -> None:
    data, told = crawled
    found = {
        query: sorted(row["document"] or "" for row in _filtered(data, query) if row["crawl"] == told[name]["crawl"])
        for query in world.expected()[name]["filters"]
    }
    assert found == world.expected()[name]["filters"]


def _filtered(data: Path, query: str) -> list[sqlite3.Row]:
    """The rows of the entries that a feed with a filter would hold."""
    with closing(connect(data / "public.db")) as public:
        ids = [entry.id for entry in newest(public, chosen(parse_qsl(query)), limit=1000)]
    with closing(sqlite3.connect(f"file:{data / 'roundup.db'}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        marks = ", ".join("?" * len(ids))
        return connection.execute(f"select * from entries where id in ({marks})", ids).fetchall()


def test_labour_exploitation_in_the_union_holds_no_law_of_the_united_kingdom(
    crawled: tuple[Path, dict[str, Told]],
) -> None:
    data, _ = crawled
    rows = _filtered(data, "topic=labour_exploitation&jurisdiction=European+Union")
    assert {row["jurisdiction"] for row in rows} == {"European Union"}
    assert len(rows) == 3
    domestic = _filtered(data, "topic=labour_exploitation&jurisdiction=United+Kingdom&kind=act")
    assert {row["document"] for row in domestic} >= {"ukpga/2026/9020"}


def test_an_act_in_force_in_parts_shows_no_single_date(crawled: tuple[Path, dict[str, Told]]) -> None:
    _, told = crawled
    (entry,) = [row for row in told["moment-2"]["entries"] if row["document"] == "ukpga/2026/9020"]
    assert (entry["occurred"], entry["in_force"]) == (None, "in parts")
    stated = "In force in parts, from 3 March 2026; for other parts it states no date."
    assert stated in entry["summary"] and "2026-03" not in entry["summary"]


def test_provisions_that_begin_on_different_days_share_no_date(crawled: tuple[Path, dict[str, Told]]) -> None:
    _, told = crawled
    (entry,) = [row for row in told["moment-3"]["entries"] if row["document"] == "ukpga/2026/9020"]
    assert entry["occurred"] is None
    assert re.findall(r"On ([^:]+): (section \d+) ", entry["summary"]) == [
        ("10 March 2026", "section 2"), ("13 March 2026", "section 3")
    ]  # fmt: skip


def test_each_provision_has_the_day_on_which_it_began(crawled: tuple[Path, dict[str, Told]]) -> None:
    _, told = crawled
    begun = {
        row["path"]: row["occurred"] for row in told["moment-3"]["changes"] if row["document"] == "ukpga/2026/9020"
    }
    assert begun == {"section-2": "2026-03-10", "section-3": "2026-03-13"}


def test_one_report_of_three_publishers_is_one_entry_and_a_new_edition_names_it(
    crawled: tuple[Path, dict[str, Told]],
) -> None:
    _, told = crawled
    for name in world.MOMENTS:
        wanted = [each for earlier in world.MOMENTS if earlier <= name for each in world.copies(earlier)]
        assert [dict(row) for row in sorted(told[name]["copies"], key=lambda row: str(row["document"]))] == wanted
    (first,) = [row for row in told["moment-2"]["entries"] if (row["document"] or "").endswith("/meat-1")]
    named = {(each["document"], each["relation"]) for each in json.loads(first["copies"])}
    assert named == {(each["document"], each["relation"]) for each in world.copies("moment-2")}
    (second,) = [row for row in told["moment-3"]["entries"] if (row["document"] or "").endswith("/meat-2")]
    titled = "“Forced labour in meat processing: sample report, edition 1”"
    before = f"The newest earlier one so titled that is held here: {titled}"
    assert before in second["summary"]
    assert second["copies"] == "[]"


def test_a_changed_number_of_a_helpline_is_told_and_a_changed_footer_is_not(
    crawled: tuple[Path, dict[str, Told]],
) -> None:
    data, told = crawled
    flags = {row["document"]: row["flags"] for row in told["moment-3"]["entries"]}
    assert "contact" in flags["url:https://helpline.sample.invalid/reach-us"]
    every = {row["document"] for row in _filtered(data, "")}
    assert "url:https://helpline.sample.invalid/reach-us" in every
    assert "url:https://helpline.sample.invalid/your-rights" not in every
    assert "url:https://helpline.sample.invalid/your-rights" in {
        row["document"] for row in _filtered(data, "significance=editorial")
    }


# The toolkit


def test_each_part_of_the_toolkit_shows_several_documents_and_what_they_state(
    crawled: tuple[Path, dict[str, Told]],
) -> None:
    data, _ = crawled
    with Store.open(data / "roundup.db") as store:
        rows = store.all("select document, part, field, value from toolkit_facts")
    parts = {
        part: {row["document"] for row in rows if row["part"] == part}
        for part in ("training", "governance", "resources")
    }
    assert {part: len(documents) >= 4 for part, documents in parts.items()} == dict.fromkeys(parts, True)
    stated = {(row["document"].rpartition("/")[2], row["field"], row["value"]) for row in rows}
    assert stated >= {
        ("first-responders", "cost", "paid"), ("first-responders", "length", "4 hours"),
        ("first-responders", "certificate", "yes"), ("teachers", "certificate", "no"), ("teachers", "cost", "free"),
        ("landlords", "level", "awareness"), ("prosecutors", "certificate", "cpd"),
        ("terms-of-reference", "form", "terms-of-reference"), ("referral-pathway.docx", "file", "docx"),
        ("information-sharing", "form", "information-sharing-agreement"), ("operation-day", "form", "protocol"),
    }  # fmt: skip
    assert {field for name, field, _ in stated if name == "interpreters"}.isdisjoint({"cost", "certificate", "length"})


def test_recommendations_are_answered_unanswered_or_without_an_answer_seen(
    crawled: tuple[Path, dict[str, Told]],
) -> None:
    data, _ = crawled
    with Store.open(data / "roundup.db") as store:
        rows = store.all("select document, path, answer, answered_at from lessons where kind='recommendation'")
    review = {
        row["path"]: row["answered_at"] for row in rows if row["document"].endswith("/car-washes") and row["answer"]
    }
    assert review == {
        "recommendation-1": "recommendation-1",
        "recommendation-2": "recommendation-2",
        "recommendation-3": "no such number",
        "recommendation-4": "recommendation-4",
    }
    assert [row["answer"] for row in rows if row["document"].endswith("/housing")] == [None, None]


def test_a_release_that_was_taken_down_is_shown_as_removed(crawled: tuple[Path, dict[str, Told]]) -> None:
    data, _ = crawled
    with closing(connect(data / "public.db")) as public:
        removed = [entry for entry in newest(public, chosen([]), limit=1000) if entry.removed]
    assert [(entry.private, entry.removed, entry.document) for entry in removed] == [(True, "2026-03-16", "")] * 2
    feeds = [file.read_text(encoding="utf-8") for file in (data / "feeds").rglob("*") if file.is_file()]
    assert any("Removed by the publisher" in text for text in feeds)
    assert not [text for text in feeds if "Suspect charged" in text]
