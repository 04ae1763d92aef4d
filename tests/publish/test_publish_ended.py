"""A law that ended: from its day, or from one that nobody states; and texts that begin after the day asked for."""

from pathlib import Path
from typing import Any

import pytest

from crawler.public import documents
from crawler.public.database import FILE, connect
from crawler.publish.check.changes import SinceDay
from crawler.publish.check.law import LawOnDay, StateOnDay
from crawler.publish.in_force import of_text
from tests.publish.publish_rows import ACT, CLOCK, copied

pytestmark = pytest.mark.slow
TODAY = "2026-11-24"
ENDS = {"document": ACT, "seen": CLOCK, "event": "end of validity", "fetch": 1}


@pytest.fixture
def world(database: Path, tmp_path: Path) -> Any:
    def build(*statements: str, ends: dict[str, str] | None = None) -> Any:
        path = tmp_path / "roundup.db"
        with copied(database, path) as world:
            for statement in statements:
                world.db.execute(statement)
            for day, provision in (ends or {}).items():
                world.add("dates", **ENDS, date=day, provision=provision, qualification=day)
            step = {"document": ACT, "source": "annotation", "state": "in force", "places": "[]", "position": 0}
            world.add("commencements", **step, path="", date="2001-09-01")
        return connect(path.with_name(FILE))

    return build


def stood(connection: Any, day: str, path: str = "") -> StateOnDay:
    held = documents.document(connection, ACT)
    assert held is not None
    return LawOnDay(connection, held, day, TODAY).standing(path)


ENDED = f"update documents set status = 'revoked', in_force = 'not applicable: revoked{{}}' where id = '{ACT}'"
DOTS = f"update sections set text = '. . . . .' where document = '{ACT}' and path = 'section-45'"
LATE = "update versions set valid_from = '2020-01-01' where id = 'a1'"


@pytest.mark.parametrize(
    ("on", "day", "state", "said"),
    [
        ("", "2015-01-01", "ended", "Revoked; on which day is not stated."),
        (" on 2020-05-01", "2015-01-01", "in force", "In force: all"),
        (" on 2020-05-01", "2020-05-01", "repealed", "Revoked on 1 May 2020."),
    ],
)
def test_a_law_ended_on_its_day_and_without_one_nobody_knows(
    world: Any, on: str, day: str, state: str, said: str
) -> None:
    connection = world(ENDED.format(on))
    found = stood(connection, day)
    assert (found.state, found.said[: len(said)]) == (state, said)
    held = documents.document(connection, ACT) or {}
    version = {"id": "a1", "status": "", "valid_from": "2001-07-01"}
    sections = [{"path": "section-1", "number": "1", "status": "", "text": "Words.", "parts": "[]"}]
    told = of_text(connection, held, version, sections, TODAY, day)
    assert bool(told["section-1"].sentence if told else "") == (state == "in force")


def test_an_act_of_several_ends_ended_with_the_last_of_the_whole(world: Any) -> None:
    status = f"update documents set status = 'no longer in force' where id = '{ACT}'"
    connection = world(status, ends={"2010-01-01": "", "2020-01-01": "", "2022-01-01": "article 3"})
    assert (stood(connection, "2015-01-01").state, stood(connection, "2020-01-01").state) == ("in force", "repealed")


def test_a_text_that_began_later_proves_nothing_of_the_day(world: Any) -> None:
    connection = world(DOTS, LATE)
    for day, state in (("2010-01-01", "ended"), ("2021-01-01", "repealed")):
        found = stood(connection, day, "section-45")
        assert found.state == state and bool(found.notes) == (state == "ended")
        assert ("since when is not stated" in found.said) == (state == "ended")
    assert "repealed" in stood(connection, "2021-01-01").said and "repealed" not in stood(connection, "2010-01-01").said
    missing = stood(connection, "2010-01-01", "section-999")
    assert missing.state == "no such provision" and missing.notes


def test_each_nation_has_the_words_that_hold_for_it(world: Any) -> None:
    dots = f"update sections set text = '. . . . .', path = 'section-6-for-england-and-wales' where document = '{ACT}'"
    dots += " and path = 'section-6'"
    other = f"update sections set path = 'section-6-for-scotland', number = '6' where document = '{ACT}'"
    connection = world(dots, f"{other} and path = 'section-7'")
    found = stood(connection, "2015-01-01", "section-6")
    assert found.state == "in part" and found.said == (
        "For England and Wales: repealed or omitted: nothing is left of it. For Scotland: in force since 1 September"
        " 2001."
    )


def test_words_that_differ_for_one_nation_are_said_to_be_of_that_one(world: Any) -> None:
    named = f"update sections set path = 'section-{{}}-for-{{}}' where document = '{ACT}' and path = 'section-{{}}'"
    connection = world(named.format(45, "scotland", 45), named.format(45, "england-and-wales", 44))
    held = documents.document(connection, ACT) or {}
    (change,) = SinceDay(LawOnDay(connection, held, "2015-01-01", TODAY)).changes("section-45")
    assert change.words == "Its words differ for Scotland"


def test_what_the_first_text_lacks_was_put_in_later_only_where_that_is_stated(world: Any) -> None:
    gone = "update versions set sections = json_remove(sections, '$[0]') where id = 'a1'"
    assert stood(world(gone, LATE), "2010-01-01", "section-1").state == "not found"
