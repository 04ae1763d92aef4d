"""The toolkit and lessons in the public database: cards and lists as the export makes them, and how they are asked."""

import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from crawler.classify.toolkit.vocabulary import CLOSED, PARTS
from crawler.export.toolkit import MAX_VALUES_SHOWN
from crawler.public import lessons, toolkit
from crawler.public.database import FILE, connect, rows
from crawler.sources.areas import areas
from tests.publish import publish_rows as world_rows
from tests.publish.publish_rows import CLOCK, EARLIER, NOW, SECRET, SHUT_REPORT, WHERE, copied, site
from tests.publish.publish_toolkit import REPORT, library, noted, part_of, reports

MANUAL = "url:https://example.org/manual"
CONSENT = "The workers who were found there did not consent to anything that was done to them in that place"
LAWS = "; ".join(f"the Sample Act {1990 + number}" for number in range(20))


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory, database: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("public") / "roundup.db"
    with world_rows.copied(database, path) as world:
        library(world)
        reports(world)
        world.document(MANUAL, "Supply chain manual", kind="manual")
        world.version("ngo", MANUAL, [("about", "", "About", f"See {LAWS}.")], captured=EARLIER)
        part_of(world, MANUAL)
    noted(path)
    connection = connect(path.with_name(FILE))
    yield connection
    connection.close()


def _lists(public: sqlite3.Connection, part: str) -> Mapping[tuple[str, str], frozenset[int]]:
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in rows(public, "select * from resource_lists where part = ?", [part]):
        found[row["field"], row["value"]].add(row["resource"])
    return {key: frozenset(cards) for key, cards in found.items()}


@pytest.mark.parametrize("part", PARTS)
def test_a_card_stands_in_a_list_of_every_field(public: sqlite3.Connection, part: str) -> None:
    cards = {
        row["n"]: json.loads(row["fields"]) for row in rows(public, "select * from resources where part=?", [part])
    }
    assert cards
    for field in CLOSED[part]:
        listed = {key[1]: found for key, found in _lists(public, part).items() if key[0] == field}
        assert frozenset().union(*listed.values()) == cards.keys(), field
        silent = listed.pop(toolkit.NOT_STATED, frozenset())
        assert all(field not in cards[n] for n in silent)
        for value, found in listed.items():
            meant = {value, *areas(value)} if field == "nation" else {value}
            for n, fields in cards.items():
                stated = {each["value"] for each in fields.get(field, ())}
                assert stated.isdisjoint(meant) or n in found, (field, value)


@pytest.mark.parametrize("part", PARTS)
def test_what_is_counted_is_what_is_listed(public: sqlite3.Connection, part: str) -> None:
    lists = _lists(public, part)
    counted = {(row["facet"], row["value"]): row["number"] for row in rows(
        public, "select * from counts where list = ?", [part])}  # fmt: skip
    total = counted.pop(("", ""))
    assert total == len(toolkit.cards(public, part, {}, limit=1_000))
    assert counted == {key: len(lists[key]) for key in counted}
    assert {key for key in lists if key[1] == toolkit.NOT_STATED} <= counted.keys()


@pytest.mark.parametrize("part", PARTS)
def test_two_lists_give_what_stands_in_both(public: sqlite3.Connection, part: str) -> None:
    lists, order = _lists(public, part), [row["id"] for row in toolkit.cards(public, part, {}, limit=1_000)]
    places = {row["n"]: row["document"] for row in rows(public, "select n, document from resources")}
    for (field, value), (other, second) in combinations(sorted(lists), 2):
        asked = {field: [value], other: [second]} if field != other else {field: [value, second]}
        both = lists[field, value] & lists[other, second] if field != other else (
            lists[field, value] | lists[other, second])  # fmt: skip
        page = toolkit.page(public, part, asked, limit=1_000, offset=0)
        assert page.total == len(both)
        assert [card["id"] for card in page.cards] == sorted((places[n] for n in both), key=order.index)
        assert toolkit.page(public, part, asked, limit=2, offset=1).cards == page.cards[1:3]


def test_words_are_kept_as_far_as_a_page_shows_them(public: sqlite3.Connection) -> None:
    stated = {row["document"]: json.loads(row["fields"]) for row in rows(public, "select * from resources")}
    laws = stated[MANUAL]["law"]
    assert all(law["words"] for law in laws[:MAX_VALUES_SHOWN]) and len(laws) > MAX_VALUES_SHOWN
    assert not any(law["words"] for law in laws[MAX_VALUES_SHOWN:])
    assert not any(SECRET in row["fields"] for row in rows(public, "select fields from resources"))


def test_lessons_are_counted_as_they_are_listed(public: sqlite3.Connection) -> None:
    every = lessons.lessons(public, {}, limit=1_000)
    assert lessons.states(public, {}) == Counter(row["state"] for row in every)
    names = {row["addressee"] for row in every if row["addressee"]}
    told = rows(public, "select * from lesson_addressees order by n")
    assert sum(row["lessons"] for row in told) == sum(row["addressee"] != "" for row in every)
    assert {row["label"] for row in told} <= {" ".join(name.split()) for name in names}
    for report in rows(public, "select * from lesson_reports"):
        listed = lessons.lessons(public, {"report": [report["document"]]}, limit=1_000)
        assert report["lessons"] == len(listed) == sum(lessons.states_of_report(public, report["document"]).values())
        assert report["open"] == sum(
            row["kind"] == "recommendation" and row["state"] in ("none", "unanswered") for row in listed
        )


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": ["finding"]},
        {"answer": ["answered", "none"]},
        {"answer": ["answered"], "kind": ["recommendation"]},
        {"addressee": ["home office"], "answer": ["unanswered"]},
        {"addressee": ["home office", "not-stated"], "kind": ["finding", "recommendation"]},
        {"report": [REPORT, SHUT_REPORT], "addressee": ["the council", "council"]},
        {"report": [f"{REPORT}/pdf", f"{REPORT}/html"]},
    ],
)
def test_lessons_asked_for_are_those_that_have_it(
    public: sqlite3.Connection, asked: Mapping[str, Sequence[str]]
) -> None:
    def matches(row: Mapping[str, Any]) -> bool:
        key = " ".join(row["addressee"].casefold().split()).removeprefix("the ")
        values = {
            "addressee": key or "not-stated",
            "answer": row["state"],
            "kind": row["kind"],
            "report": row["report"],
        }
        return all(values[field] in listed for field, listed in asked.items())

    documents = [row["document"] for row in rows(public, "select document from lesson_reports")]
    every = lessons.lessons(public, {"report": documents} if "report" in asked else {}, limit=1_000)
    page = lessons.page(public, asked, limit=1_000, offset=0)
    assert page.lessons == [row for row in every if matches(row)]
    assert page.states == Counter(row["state"] for row in page.lessons)
    assert lessons.lessons(public, asked, limit=1, offset=1) == page.lessons[1:2]


def test_no_question_reads_the_whole_of_a_table(public: sqlite3.Connection) -> None:
    """Hold what the planner would do with tables of any size: it is not told how small these are."""
    statements: list[str] = []
    public.set_trace_callback(statements.append)
    for asked in ({}, {"answer": ["none"]}, {"kind": ["finding"]}, {"addressee": ["home office"], "answer": ["none"]}):
        lessons.page(public, asked, limit=100, offset=0)
    toolkit.publishers(public, ["guidance", "reports"])
    for part, values in (
        ("training", {}), ("training", {"cost": ["free"], "nation": ["Wales", "England"]}), ("law", {}),
        ("guidance", {"kind": ["guidance"], "topic": ["children"]}), ("reports", {"withdrawn": ["yes"]}),
    ):  # fmt: skip
        toolkit.page(public, part, values, limit=50, offset=0)
    public.set_trace_callback(None)
    blind = sqlite3.connect(":memory:")
    public.backup(blind)
    blind.executescript("drop table sqlite_stat1; analyze sqlite_schema")
    asked_sql = [sql for sql in statements if sql.startswith("select")]
    assert len(asked_sql) > 20
    for sql in asked_sql:
        for step in blind.execute(f"explain query plan {sql}"):
            is_small = re.match(r"SCAN (c|json_each|\()", step[3])
            assert "SCAN" not in step[3] or is_small, (step[3], sql)
    blind.close()


COPY = "url:https://example.org/copy-of-the-report"


async def test_a_report_that_is_there_twice_is_counted_once(database: Path, tmp_path: Path) -> None:
    path, both = tmp_path / "one" / "roundup.db", tmp_path / "two" / "roundup.db"
    path.parent.mkdir()
    both.parent.mkdir()
    with copied(database, path) as world:
        reports(world)
    noted(path)
    with copied(path, both) as world:
        world.document(COPY, "The hidden crime of labour exploitation", kind="report", published="2026-09-02")
        names = [column.name for column in world.db["lessons"].columns if column.name != "document"]
        listed = ", ".join(f'"{name}"' for name in names)
        world.db.execute(
            f"insert into lessons (document, {listed}) select ?, {listed} from lessons where document = ?",
            [COPY, REPORT],
        )
        world.add("duplicates", document=COPY, original=REPORT, relation="copy", seen=CLOCK)
    shown = site(both, WHERE, now=NOW)
    found = BeautifulSoup((await shown.client.get("/recommendations")).text, "lxml")
    (told,) = re.findall(r"findings in (\d+) reports", found.text)
    assert int(told) == len(found.select("a[href*='report=']"))
    home_office = next(one for one in found.select("option") if one.text.startswith("The Home Office"))
    assert home_office.text == "The Home Office (2)", "and not four"
    alone = await shown.client.get("/recommendations", params={"report": COPY})
    assert alone.status_code == 200 and "4 recommendations or findings of what you chose" in alone.text, (
        "by its address it is there"
    )
