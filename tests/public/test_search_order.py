"""Which of several documents comes first: the judgment that is named, the newest edition, the main text, its nation."""

from collections.abc import Iterator
from sqlite3 import Connection

import pytest

from crawler.export import export
from crawler.public.database import connect
from crawler.public.search import Scope, find
from crawler.public.search.page import answer
from tests.publish.publish_rows import CLOCK, World

DOCUMENTS = (
    ("c1", "CASE OF A.B.C. AND D.E. v. THE UNITED KINGDOM", "case_law", "Council of Europe", "2021-01-01", ""),
    ("c2", "CASE OF QUILL v. FRANCE", "case_law", "Council of Europe", "2022-01-01", ""),
    ("c3", "ZEBRA & Ors, R. v [2022] EWCA Crim 106", "case_law", "United Kingdom", "2022-02-01", ""),
    ("q1", "Figures of hostels, July to September 2019", "statistics", "United Kingdom", "2020-01-30", ""),
    ("q2", "Figures of hostels, April to June 2020", "statistics", "United Kingdom", "2020-08-30", ""),
    ("q3", "Hostels: a handbook", "report", "United Kingdom", "2019-03-30", ""),
    ("q4", "Hostels: a handbook", "report", "United Kingdom", "2021-03-30", ""),
    ("r1", "Survey of shelters in Germany, round 2 (2019)", "report", "Germany", "2019-05-01", ""),
    ("r2", "Survey of shelters in Germany, round 3 (2024)", "report", "Germany", "2024-05-01", ""),
    ("g1", "Referral of victims: guidance for pilot sites", "guidance", "United Kingdom", "2023-01-01", ""),
    ("g2", "Referral of victims and decisions: guidance for all", "guidance", "United Kingdom", "2020-01-01", ""),
    ("s1", "Shelter Act (Scotland) 2001", "asp", "Scotland", "2001-01-01", ""),
    ("n1", "Shelter Act (Northern Ireland) 2002", "nia", "Northern Ireland", "2002-01-01", ""),
    ("i1", "Survey of shelters in Ireland", "report", "Ireland", "2020-05-01", ""),
    ("ukpga/2015/30", "Modern Slavery Act 2015", "act", "United Kingdom", "2015-03-26", ""),
    ("e1", "Licences for hostels Act 2003", "act", "United Kingdom", "2003-01-01", "repealed"),
    ("e2", "Licences and hostels Act 2012 for all of them", "act", "United Kingdom", "2012-01-01", ""),
)  # fmt: skip


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    path = tmp_path_factory.mktemp("order") / "roundup.db"
    world = World(path)
    world.add("crawls", id="c3", clock=CLOCK, started=CLOCK, ended=CLOCK)
    world.add("publishers", id="p", name="Publisher")
    world.add("sources", id="guidance", publisher="p", name="Source", url="https://sample.invalid/")
    for id, title, kind, jurisdiction, published, status in DOCUMENTS:
        world.document(
            id, title, kind=kind, jurisdiction=jurisdiction, published=published, status=status, publisher="p"
        )
    world.db.conn.commit()
    world.db.close()
    with_answers = connect(export(path))
    yield with_answers
    with_answers.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("non-punishment of victims ABC and DE v UK judgment", "c1"),
        ("A.B.C. against the United Kingdom shelter", "c1"),
        ("referral guidance quill v. france", "c2"),
        ("R v Zebra shelter for victims", "c3"), ("hostels figures", "q2"), ("hostels handbook", "q4"),
        ("hostels figures july to september", "q1"), ("hostels handbook march 2019", "q3"),
        ("how many hostels last quarter", "q2"),
        ("shelters in Germany", "r2"), ("shelters Germany 2019", "r1"), ("latest survey of shelters", "r2"),
        ("case of ABC uk", "c1"), ("Germany Bericht shelters", "r2"), ("ireland shelters", "i1"),
        ("shelters Germany second round", "r1"), ("survey of shelters in ireland", "i1"),
        ("referral of victims guidance", "g2"), ("guidance for pilot sites referral of victims", "g1"),
        ("shelter act northern ireland", "n1"), ("scottish shelter act", "s1"),
        ("licences for hostels", "e2"), ("repealed licences for hostels act", "e1"),
    ],
)  # fmt: skip
def test_what_is_meant_comes_first(connection: Connection, text: str, document: str) -> None:
    assert find(connection, text).results[0].scored.document["id"] == document


@pytest.mark.slow
def test_a_judgment_that_is_not_held_is_none_other(connection: Connection) -> None:
    for text in ("Quill v Spain", "Smith v France", "smuggling vs trafficking", "v", " v v v "):
        assert not find(connection, text).named, text
    assert find(connection, "Quill v Spain").is_nearest and not find(connection, "Quill v France").is_nearest


@pytest.mark.slow
def test_no_section_is_of_an_act_that_ends_before_it(connection: Connection) -> None:
    unread = {
        text: answer(connection, text, Scope(params={}), 0, 5).unread
        for text in (
            "section 62 modern slavery act",
            "section 62",
            "section 63",
            "framework decision 2002/629 section 9",
        )
    }
    assert [bool(law) for law in unread.values()] == [True, True, False, False], unread


@pytest.mark.slow
def test_a_unit_with_a_wrong_letter_is_read(connection: Connection) -> None:
    asked = answer(connection, "sectoin 54 statement", Scope(params={}), 0, 5).found.query
    assert [each.words for each in asked.cited] == ["section 54"] and asked.corrected == {"sectoin": "section"}
