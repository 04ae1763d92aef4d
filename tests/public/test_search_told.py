"""What a result tells beside its title: the number asked for, how it stands, and which version it is."""

from collections.abc import Iterator
from contextlib import closing
from sqlite3 import Connection

import pytest

from crawler.export import export
from crawler.public.database import connect
from crawler.public.search import Scope
from crawler.public.search.page import answer
from crawler.public.search.shown import Shown
from tests.publish.publish_rows import CLOCK, World

LAW = "ukpga/2026/9020"
TEXTS = {
    "url:https://a.invalid/figures": ("statistics", "Sample statistics: people referred, October to December 2025", [
        ("introduction", "", "", "This is a sample of 3 March 2026; section 12 tells how to read it."),
        ("main-figures", "", "Main figures", "In this sample quarter, 1,311 people were referred."),
    ]),
    "url:https://a.invalid/helpline": ("guidance", "Sample helpline for victims", [
        ("introduction", "", "", "This is a sample with 25 words."),
        ("call", "", "Call", "It is open day and night on 0808 157 0456."),
    ]),
    "url:https://a.invalid/helpline-figures": ("statistics", "Sample helpline: number of helpline calls", []),
    "url:https://a.invalid/identify": ("statutory_guidance", "Sample guidance on how to identify victims", [
        ("introduction", "", "", "This page holds version 1.1 of the sample."),
        ("documents", "", "Documents", "Sample guidance (print version)"),
    ]),
    "url:https://a.invalid/older": ("guidance", "Sample guidance on interpreters", [
        ("introduction", "", "", "This sample replaces version 1.0."),
    ]),
    "url:https://a.invalid/boats": ("guidance", "Sample notes on boats", [
        ("introduction", "", "", "This is a sample."),
        ("night", "", "Crews at night", "Crews sleep on boats at night."),
    ]),
    "url:https://a.invalid/open": ("consultation", "Sample consultation on housing", [("a", "", "", "A sample.")]),
    "url:https://a.invalid/statements": ("consultation", "Sample consultation on statements", [("a", "", "", "One.")]),
    LAW: ("act", "Sample Recruitment Act 2026", [
        ("introduction", "", "Sample Recruitment Act 2026", "A sample Act to forbid fees."),
        ("section-1", "1", "Purpose", "This is a sample."),
        ("section-2", "2", "Fees", "Nobody may ask for a sample fee."),
        ("section-3", "3", "Short title", "This may be called a sample."),
    ]),
}  # fmt: skip


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    path = tmp_path_factory.mktemp("told") / "roundup.db"
    world = World(path)
    world.add("crawls", id="c3", clock=CLOCK, started=CLOCK, ended=CLOCK)
    world.add("publishers", id="p", name="Home Office")
    world.add("publishers", id="q", name="Sample University")
    world.add("sources", id="guidance", publisher="p", name="Sample", url="https://a.invalid/")
    world.add("fetches", id=1, crawl="c3", exchange="x1", url="https://a.invalid/", time=CLOCK)
    stated = {"url:https://a.invalid/open": "open", "url:https://a.invalid/statements": "closed"}
    for number, (id, (kind, title, sections)) in enumerate(TEXTS.items()):
        world.document(id, title, kind=kind, publisher="p", status=stated.get(id, ""),
                       in_force="in parts" if id == LAW else "")  # fmt: skip
        world.version(f"v{number}", id, sections)
    world.db.conn.execute("update documents set jurisdiction = 'Wales' where id like '%/boats'")
    world.document("ukpga/2015/30", "Modern Slavery Act 2015", kind="act", publisher="p")
    for publisher, title, day in (
        ("q", "Sample trees: statutory guidance for England", "2020-03-01"),
        ("p", "Sample trees: statutory guidance for England and Wales", "2026-02-01"),
        ("p", "Sample trees: statutory guidance for Wales", "2026-02-02"),
    ):
        id = f"url:https://{publisher}.invalid/{day}"
        world.document(id, title, kind="statutory_guidance", publisher=publisher, published=day)
        world.version(f"v{day}", id, [("a", "", "", "A sample of trees.")])
    for id, day in (("open", "2027-01-05T23:45:00+00:00"), ("statements", "2026-03-13T23:45:00+00:00")):
        world.add(
            "dates", document=f"url:https://a.invalid/{id}", event="closes", date=day, provision="", qualification=""
        )
    for number, section in enumerate(("section-1", "section-3")):
        world.add("commencements", document=LAW, state="in force", source="annotation", places="[]", instrument=LAW,
                  position=number, path=section, date="2026-03-03", qualification="", authority="s. 3")  # fmt: skip
    world.add("in_force", document=LAW, summary="in parts", in_force=2, not_stated=1)
    world.db.conn.commit()
    world.db.close()
    with closing(connect(export(path))) as opened:
        yield opened


def first(connection: Connection, text: str) -> Shown:
    return answer(connection, text, Scope(params={}), 0, 1).shown[0]


def test_a_provision_of_a_law_of_another_field_is_no_answer_where_none_was_named(connection: Connection) -> None:
    def is_answered(text: str) -> bool:
        return answer(connection, text, Scope(params={}), 0, 1).is_answered

    assert is_answered("section 2 recruitment act fees") and not is_answered("section 2 fees")


def test_what_is_of_another_sort_than_was_asked_for_is_no_answer(connection: Connection) -> None:
    def is_answered(text: str) -> bool:
        return answer(connection, text, Scope(params={}), 0, 1).is_answered

    assert is_answered("boats crews at night") and not is_answered("boats crews at night template")


@pytest.mark.parametrize(
    ("asked", "another"),
    [
        ("boats crews at night", "boats crews at night in 2019"),
        ("people referred december 2025", "people referred march 2025"),
        ("section 2 fees recruitment act", "section 2 fees protection act"),
        ("crews at night on boats in Wales", "crews at night on boats in Scotland"),
        ("crews at night on boats", "crews at night on boats qwertz"),
    ],
)
def test_what_is_of_another_law_place_or_year_is_no_answer(connection: Connection, asked: str, another: str) -> None:
    is_answered = [answer(connection, text, Scope(params={}), 0, 1).is_answered for text in (asked, another)]
    assert is_answered == [True, False]


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ("first responders in N. Ireland", {"Northern Ireland"}),
        ("Northern Irish first responders", {"Northern Ireland"}),
        ("first responders in Ireland", {"Ireland"}),
        ("first responders in Northern Ireland and in Ireland", {"Ireland", "Northern Ireland"}),
    ],
)
def test_northern_ireland_is_not_ireland(connection: Connection, asked: str, places: set[str]) -> None:
    assert answer(connection, asked, Scope(params={}), 0, 1).found.places == places


def test_of_a_copy_of_statutory_guidance_the_later_text_is_named(connection: Connection) -> None:
    found = answer(connection, "trees statutory guidance", Scope(params={}), 0, 5).shown
    later = {shown.document["id"]: shown.later["day"] if shown.later else "" for shown in found}
    assert later["url:https://q.invalid/2020-03-01"] == "2026-02-01"
    assert [day for day in later.values() if day] == ["2026-02-01"] and len(later) > 2


def test_of_a_listed_law_without_text_the_provision_is_said_to_be_missing(connection: Connection) -> None:
    def unread(text: str) -> tuple[str, str] | None:
        law = answer(connection, text, Scope(params={}), 0, 1).unread
        return (law["id"], law["path"]) if law else None

    assert unread("s.45(1) modern slavery act") == ("ukpga/2015/30", "section-45-1")
    assert unread("section 52 duty to notify") == ("ukpga/2015/30", "section-52")
    assert unread("section 2 recruitment act") is None and unread("article 8 directive") is None


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("how many people were referred october to december 2025", "1,311"),
        ("statistics of people referred october to december 2025", "1,311"),
        ("helpline number for victims", "0808 157 0456"),
        ("what is the helpline number", "0808 157 0456"),
    ],
)
def test_a_question_for_a_number_is_shown_it(connection: Connection, asked: str, said: str) -> None:
    assert said in first(connection, asked).words


@pytest.mark.parametrize(
    ("asked", "stands"),
    [
        ("which sections of the recruitment act are in force",
         ("In force in part", "", False, "2 of 3 provisions in force: sections 1 and 3.")),
        ("consultation statements closing date", ("Closed", "2026-03-13", False, "")),
        ("consultation housing", ("Open", "2027-01-05", True, "")),
    ],
)  # fmt: skip
def test_a_result_says_how_the_whole_stands(
    connection: Connection, asked: str, stands: tuple[str, str, bool, str]
) -> None:
    standing = first(connection, asked).standing
    state = standing.state
    assert state and (state.words, state.day, state.is_ahead, state.note) == stands
    assert state.words not in ("Open", "Closed") or [date["event"] for date in standing.dates] == ["closes"]


@pytest.mark.parametrize(("asked", "version"), [("guidance identify victims", "1.1"), ("guidance interpreters", "")])
def test_the_version_is_the_one_that_the_text_says_it_is(connection: Connection, asked: str, version: str) -> None:
    assert first(connection, asked).standing.version == version
