"""What search answers, on sample law and guidance: the figures that hold, and questions that mean harm."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from crawler.export import export
from crawler.public.database import connect, row
from crawler.public.search import Scope, find, state
from crawler.public.search.nearest import other_spellings
from crawler.public.search.page import answer
from crawler.public.search.parse_query import parse_query, search_rules
from crawler.public.search.score import Importance, Passage, Row, score_passage
from crawler.public.search.search import MAX_RESULTS
from tests.public.test_search_reading import BITS
from tests.publish.publish_rows import CLOCK, NOW, WHERE, World, site
from tests.search import measure, search_world
from tests.shared import once
from tests.tiers import examples

MSA = "ukpga/2015/30"
LAW, ORDER = "ukpga/2001/9001", "uksi/2002/9002"


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "search", lambda folder: search_world.build(folder / "roundup.db")) / "public.db"


@pytest.fixture
def connection(world: Path) -> Iterator[Connection]:
    opened = connect(world)
    yield opened
    opened.close()


@pytest.mark.slow
async def test_questions_are_answered(connection: Connection, world: Path) -> None:
    """On the sample alone: fewer documents, fewer false friends than ``python -m tests.search`` has."""
    asked = [question for question in measure.questions("questions.txt", connection) if question.is_kept_out]
    shown = await measure.pages(site(world.with_name("roundup.db"), WHERE, now=NOW), asked)
    figures = measure.figures(measure.measure(connection, asked, shown))
    assert figures["questions"] >= 40
    assert figures["hit@5"] >= 0.92 and figures["hit@1"] >= 0.7 and figures["answer shown"] >= 0.8, figures


@pytest.mark.slow
@pytest.mark.parametrize("name", ["fifth_questions.txt", "sixth_questions.txt"])
def test_questions_of_readers_are_answered(connection: Connection, name: str) -> None:
    figures = measure.figures(measure.measure(connection, measure.questions(name, connection)))
    assert figures["questions"] >= 40 and figures["hit@5"] >= 0.9 and figures["hit@1"] >= 0.8, figures


def first(connection: Connection, text: str) -> tuple[str, str]:
    result = find(connection, text).results[0]
    return result.scored.document["id"], result.path


def test_a_section_without_a_law_means_the_lead_act(connection: Connection) -> None:
    assert first(connection, "section 1") == (MSA, "section-1")
    assert first(connection, "section 4 scotland act")[0] == "asp/2015/12"
    assert first(connection, "article 8") == ("celex:32011L0036", "article-8")


def test_a_number_alone_answers(connection: Connection) -> None:
    for text in ("2015 c. 30", "ukpga/2015/30", "2015/30", "https://www.legislation.gov.uk/ukpga/2015/30"):
        assert first(connection, text)[0] == MSA, text
    assert first(connection, "https://www.legislation.gov.uk/ukpga/2015/30/section/45") == (MSA, "section-45")
    assert first(connection, "GRETA(2021)12")[0] == "url:https://rm.coe.int/greta-2021-12-fgr-gbr-en"


@pytest.mark.parametrize(
    ("text", "document", "others"),
    [
        ("directive 2014/65/eu", "celex:32014L0065", 0), ("SI 2099/1", "uksi/2099/1", 0),
        ("forced labour regulation (eu) 2099/3015", "celex:32099R3015", 1),
        ("section 71 sexual offences act 2003", "ukpga/2003/42", 0), ("article 6 gdpr", "celex:32016R0679", 0),
        ("OSA penalty", "ukpga/2023/50", 0), ("s 104 SOA 2003", "ukpga/2003/42", 0),
        ("article 6 istanbul convention", "cets:210", 0), ("return directive", "celex:32008L0115", 0),
    ],
)  # fmt: skip
def test_a_law_that_is_not_held_is_said_to_be(connection: Connection, text: str, document: str, others: int) -> None:
    told = answer(connection, text, Scope(params={}), 0, 5)
    assert [law.document for law in told.found.unheld] == [document]
    assert not told.is_answered and bool(told.shown) >= bool(others)
    assert not any(shown.place and shown.place.path in ("section-71", "article-6") for shown in told.shown)


HELD = ("directive 2011/36/EU", "directive 2024/1712", "modern slavery act 2015", "act 2015", "modern slavery act",
        "art 26 ECAT", "anti-trafficking directive", "theft act")  # fmt: skip


@pytest.mark.parametrize("text", HELD)
def test_a_law_that_is_held_is_not_said_to_be_missing(connection: Connection, text: str) -> None:
    assert not find(connection, text).unheld


def test_a_provision_of_any_law_is_answered_by_the_lead_act_alone(connection: Connection) -> None:
    assert answer(connection, "section 45", Scope(params={}), 0, 5).is_answered
    several = answer(connection, "section 200", Scope(params={}), 0, 5)
    assert not several.is_answered


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("traficking", "trafficking"), ("trafiking", "trafficking"), ("trafficcking", "trafficking"),
        ("reperation", "reparation"), ("guardain", "guardian"), ("guradian", "guardian"), ("slvery", "slavery"),
        ("slavrey", "slavery"), ("lsavery", "slavery"), ("exploitaiton", "exploitation"), ("modren", "modern"),
        ("comissioner", "commissioner"), ("statment", "statement"), ("xqzv", ""), ("barcelona", ""),
        ("trafficing", "trafficking"), ("pickets", ""),
    ],
)  # fmt: skip
def test_a_word_that_is_nowhere_is_read_as_the_nearest(connection: Connection, typed: str, near: str) -> None:
    assert find(connection, f"{typed} act").query.corrected.get(typed, "") == near
    found = find(connection, typed)
    assert found.query.corrected.get(typed, "") == near and found.is_nearest == (not near), "one word alone"


def test_a_result_says_how_it_stands(connection: Connection) -> None:
    def stands(text: str) -> tuple[str, str, str]:
        state = answer(connection, text, Scope(params={}), 0, 1).shown[0].standing.state
        return (state.words, state.day, state.note) if state else ("", "", "")

    assert stands("section 45 modern slavery act") == ("In force", "2015-07-31", "")
    assert stands("section 48 modern slavery act") == ("In force in part", "2016-02-01", "for making regulations")
    assert stands("section 58 NABA") == ("Not in force", "", "No day appointed.")
    assert stands("section 22 illegal migration act") == ("Repealed", "2025-12-02", "")
    assert stands("competent authority guidance version 8") == ("Withdrawn", "2020-03-24", "")
    changed = answer(connection, "section 45 modern slavery act", Scope(params={}), 0, 1).shown[0].standing.changed
    assert stands("introduction of the modern slavery act") == stands("modern slavery act")
    assert changed and (changed.day, changed.cause and changed.cause.id) == ("2026-04-29", "ukpga/2026/20")


def effect(provision: str, kind: str, in_force: str) -> dict[str, Any]:
    return {
        "affected_provision": provision, "affecting": "uksi/2020/1", "affecting_provision": "reg. 2", "type": kind,
        "applied": 1, "in_force": in_force, "title": "Sample", "held": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("effects", "words", "day"),
    [
        ([("s. 3", "repealed", "2020-05-01")], "Repealed", "2020-05-01"),
        ([("s. 3(9)", "omitted", "2020-05-01")], "In force", ""),
        ([("s. 3(9)", "inserted", "2020-05-01")], "In force", ""),
        ([("s. 3", "words repealed", "2020-05-01")], "In force", ""),
        ([("ss. 1-5", "coming into force", "2019-01-01")], "In force", "2019-01-01"),
        ([("s. 3", "inserted", "2019-01-01, prospective")], "In force in part", "2019-01-01"),
        ([("s. 3", "coming into force", "2030-01-01")], "Not in force", "2030-01-01"),
    ],
)
def test_what_happens_to_a_part_is_not_told_of_the_whole(
    effects: list[tuple[str, str, str]], words: str, day: str
) -> None:
    law = {"kind": "act", "availability": "ok", "in_force": "in parts", "status": "in force"}
    told = state.of_provision(law, "section-3", "", [effect(*each) for each in effects], [], "2026-01-01")
    assert told and (told.words, told.day) == (words, day)


def test_the_statements_on_its_commencement_say_how_a_provision_stands(tmp_path: Path) -> None:
    world = World(tmp_path / "roundup.db")
    world.add("crawls", id="c3", clock=CLOCK, started=CLOCK, ended=CLOCK)
    world.add("publishers", id="p", name="Parliament")
    world.add("sources", id="guidance", publisher="p", name="Law", url="https://law.sample.invalid/")
    world.add("fetches", id=1, crawl="c3", exchange="x1", url="https://law.sample.invalid/", time=CLOCK)
    world.document(LAW, "Sample Act 2001", kind="act", in_force="in parts")
    world.document(ORDER, "Sample Commencement Order 2002", kind="si")
    world.version("v1", LAW, [(f"section-{n}", str(n), "Sample", "This is a sample.") for n in (1, 2, 3)])
    step = {"document": LAW, "state": "in force", "source": "annotation", "places": "[]", "instrument": ORDER}
    for number, (path, day, words) in enumerate((("section-1", "2002-04-01", ""), ("section-2", "2002-04-01", "for W."),
                                                 ("section-2", "2030-01-01", "otherwise"))):  # fmt: skip
        authority = "S.I. 2002/9002, art. 2"
        world.add("commencements", **step, position=number, path=path, date=day, qualification=words,
                  authority=authority)  # fmt: skip
    world.add("in_force", document=LAW, summary="in parts", in_force=1, in_part=1, not_stated=1)
    world.db.conn.commit()
    world.db.close()
    with closing(connect(export(tmp_path / "roundup.db"))) as connection:
        law = row(connection, "select * from documents where id = ?", [LAW])
        assert law is not None
        paths = ("section-1", "section-2", "section-3", "")
        stands = [state.standing(connection, law, path, "").state for path in paths]
    assert [(stand.words, stand.day, stand.note) if stand else None for stand in stands] == [
        ("In force", "2002-04-01", ""),
        ("In force in part", "2002-04-01", "more of it from 1 January 2030"),
        None,
        ("In force in part", "", "1 of 3 provisions in force: section 1."),
    ]
    cause = state.Cause(id=ORDER, title="Sample Commencement Order 2002", provision="art. 2")
    assert stands[0] and stands[0].cause == cause


def test_an_answer_kept_by_hand_is_shown_with_its_day(connection: Connection) -> None:
    bet = answer(connection, "What is the duty to notify?", Scope(params={}), 0, 5).best_bet
    assert bet and (bet.document, bet.path, bet.reviewed) == (MSA, "section-52", "2026-11-28")
    dated = answer(connection, "what changed in section 54 since July 2022", Scope(params={}), 0, 5).best_bet
    assert dated and (dated.document, dated.path) == (MSA, "section-54")
    assert answer(connection, "duty to notify scotland", Scope(params={}), 0, 5).best_bet is None
    assert answer(connection, "modern slavery statement guidance", Scope(params={}), 0, 5).best_bet is None


def test_words_are_found_however_they_are_parted(connection: Connection) -> None:
    assert first(connection, "unlicensed gang master")[0] == first(connection, "unlicensed gangmaster")[0]
    assert find(connection, "countylines signs").query.corrected == {"countylines": "county lines"}
    assert first(connection, "countylines signs")[0] == first(connection, "county lines signs")[0]
    spelled = other_spellings(parse_query("VCL v UK", search_rules()))
    assert [(places, term.words) for places, term in spelled] == [((0,), "v c l"), ((1,), "u k")]


def test_a_filter_reduces_what_is_looked_through(connection: Connection) -> None:
    found = find(connection, "trafficking", Scope(params={"jurisdiction": "Scotland"}))
    assert {result.scored.document["jurisdiction"] for result in found.results} == {"Scotland"}
    counted = dict(find(connection, "trafficking").counts["jurisdiction"])
    assert len(found.results) >= counted["Scotland"] > 0
    for facet, values in find(connection, "trafficking victims").counts.items():
        for value, _ in values:
            assert find(connection, "trafficking victims", Scope(params={facet: value})).results, (facet, value)


def test_nothing_found_gives_the_nearest(connection: Connection) -> None:
    found = find(connection, "zebra crossing maintenance of guidance")
    assert found.is_nearest and 0 < len(found.results) <= 5 and "zebra" in found.absent


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("my client was made to grow cannabis, is there a way out of prosecution", "section-45"),
        ("does the council have to tell the home office about a possible victim", "section-52"),
        ("stpo what must an application prove", "section-15"),
    ],
)
def test_a_provision_is_found_by_how_people_ask_for_it(connection: Connection, text: str, path: str) -> None:
    best = find(connection, text).results[0]
    assert (best.scored.document["id"], best.path) == ("ukpga/2015/30", path)


def test_acts_of_nations_are_known_by_their_short_names(connection: Connection) -> None:
    for text, document in (("s 22 NI human trafficking act", "nia/2015/2"),
                           ("section 9 scottish human trafficking act", "asp/2015/12")):  # fmt: skip
        found = find(connection, text)
        assert found.titled == [document] and found.results[0].scored.document["id"] == document


def test_a_word_says_which_kinds_of_documents_answer() -> None:
    rules = search_rules()
    assert "statistics" in parse_query("how many victims", rules).kinds
    assert {"act", "si"} <= parse_query("offence of slavery", rules).kinds
    assert not parse_query("slavery", rules).kinds


@examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80) | st.lists(st.sampled_from(BITS), max_size=12).map(" ".join))
def test_no_question_fails(connection: Connection, text: str) -> None:
    assert len(answer(connection, text, Scope(params={}), 0, 20).found.results) <= MAX_RESULTS


@pytest.mark.parametrize(
    "text", ["act " * 60, "trafficking slavery " * 30, "section " + "1, " * 90, "a" * 10_000, "\x00" * 50]
)
def test_no_question_looks_at_more_than_a_few_passages(
    connection: Connection, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work of a question is bounded by what is scored, not by what there is."""
    scored: list[int] = []

    def count(row: Row, asked: Importance, asked_as: str) -> Passage:
        scored.append(row["n"])
        return score_passage(row, asked, asked_as)

    monkeypatch.setattr("crawler.public.search.score.score_passage", count)
    find(connection, text)
    assert len(scored) <= 1_000
