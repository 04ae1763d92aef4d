"""The law on a day: which wording stands on it, whatever order the versions were read in."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, timedelta
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.public import at_day, audit, schema, versions
from crawler.public.named import QUERIES
from tests.tiers import examples

DOCUMENT = "ukpga/2015/9001"
FIRST = date(2015, 7, 6)
CURRENT = {"document": DOCUMENT, "representation": "structured", "language": "en", "partial": 0}

Held = tuple[int, int, int]
"""A version: day of its wording, number of its production, and when it was read, as counts."""


@contextmanager
def stored(held: Sequence[Held]) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        connection.executescript(schema.without_indexes())
        connection.execute("pragma foreign_keys = off")
        for n, (day, production, read) in enumerate(held):
            since = day_of(day)
            connection.execute(
                "insert into versions (id, document, representation, language, title, label, valid_from, captured,"
                " status, digest, note, partial, leaves_out, source, characters, sections, annotations)"
                " values (?, ?, 'structured', 'en', '', ?, ?, ?, '', ?, '', 0, '[]', 's', 0, ?, '[]')",
                (
                    f"v{n}",
                    DOCUMENT,
                    f"0 ({production:03}.001)",
                    since,
                    f"2026-01-{read + 1:02}",
                    str(n),
                    json.dumps([n]),
                ),
            )
        yield connection


def day_of(count: int) -> str:
    return (FIRST + timedelta(days=count)).isoformat()


def on(held: Sequence[Held], day: str) -> Held | None:
    """The version in force on a day, found by looking at all of them."""
    begun = [one for one in held if day_of(one[0]) <= day]
    return max(begun, key=lambda one: one, default=None)


many = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 3), st.integers(0, 20)), min_size=1, max_size=8, unique=True
)


@given(held=many)
@examples(40)
def test_between_two_versions_the_one_in_force_stands(held: list[Held]) -> None:
    """Its sections are those of the question with a name and of the page alike, each with its days."""
    with stored(held) as connection:
        insert(connection, "documents", id=DOCUMENT, current="v0")
        for n in range(len(held)):
            insert(connection, "sections", n=n, document=DOCUMENT, path="section-1", text=f"words {n}", parts="[]")
        stream = at_day.stream(connection, CURRENT)
        for count in range(-1, 14):
            day = day_of(count)
            found, expected = at_day.wording_on(stream, day), on(held, day)
            assert (found.id if found else None) == (f"v{held.index(expected)}" if expected else None)
            sections = at_day.sections_at(connection, DOCUMENT, day)
            assert [row["text"] for row in sections] == ([f"words {held.index(expected)}"] if expected else [])
            assert all(row["since"] <= day and (not row["until"] or day < row["until"]) for row in sections)
            asked = {"document": DOCUMENT, "provision": "section-1", "date": day}
            named = connection.execute(QUERIES["sections_at"].sql, asked).fetchall()
            assert [row["text"] for row in named] == [row["text"] for row in sections]


@given(held=many, older=st.integers(0, 12))
@examples(40)
def test_an_older_version_read_later_changes_only_its_neighbours(held: list[Held], older: int) -> None:
    with stored(held) as one, stored([*held, (older, 9, 20)]) as two:
        before, after = at_day.stream(one, CURRENT), at_day.stream(two, CURRENT)
    kept = {(each.id, each.since, each.until) for each in before}
    changed = {(each.id, each.since, each.until) for each in after} - kept
    assert len(changed) <= 2, "itself, and when the one before it ends"
    day = day_of(older)
    assert all(each[1] == day or each[2] == day for each in changed)


def insert(connection: sqlite3.Connection, table: str, **values: object) -> None:
    """Add a row, its other columns empty."""
    columns = connection.execute("select name, type from pragma_table_info(?)", [table]).fetchall()
    row = [values.get(name, "" if kind == "TEXT" else 0) for name, kind in columns]
    connection.execute(f"insert into {table} values ({', '.join('?' * len(row))})", row)


def test_an_amendment_is_pending_until_a_consolidated_text_names_its_act() -> None:
    act = "celex:32011L0036"
    with stored([(0, 1, 0)]) as connection:
        for n, (id, day) in enumerate((("celex:32024L1712", "2024-07-14"), ("celex:32001L0001", "2002-01-01"))):
            insert(connection, "documents", n=n, id=id, in_force=day)
            insert(connection, "relations", document=id, relation="amends", target=act)
        version = {"id": "v0", "valid_from": "2011-04-15"}
        assert [one["id"] for one in at_day.pending(connection, act, version)] == ["celex:32024L1712"]
        insert(connection, "annotations", n=1, note="32024L1712 AR1", kind="mark")
        connection.execute("update versions set annotations = '[1]'")
        assert at_day.pending(connection, act, version) == []


def test_a_version_is_found_by_the_number_that_its_title_or_note_states() -> None:
    with stored([(0, 1, 0), (5, 1, 1)]) as connection:
        connection.execute("update versions set title = 'Sample guidance (v3.9)' where id = 'v0'")
        connection.execute("update versions set note = 'Updated to version 3.10.' where id = 'v1'")
        asked = ("v3.9", "3.10", "Version 3.10", "v3.1")
        assert [at_day.before_since(connection, CURRENT, each) for each in asked] == ["v0", "v1", "v1", None]


def test_texts_and_effects_audit_each_other() -> None:
    with stored([(0, 1, 0), (5, 1, 0)]) as connection:
        for n, path in ((1, "section-1"), (2, "section-1"), (3, "section-2"), (4, "section-2"), (5, "section-3")):
            insert(connection, "sections", n=n, document=DOCUMENT, path=path)
        connection.execute("update versions set sections = case id when 'v0' then '[1, 3, 5]' else '[2, 4, 5]' end")
        insert(connection, "documents", id=DOCUMENT, current="v1")
        day = day_of(5)
        for id, path, when in (("a", "section-1-2", day), ("b", "section-3", day), ("c", "section-2", day_of(9))):
            insert(connection, "effects", id=id, affected=DOCUMENT, applied=1, nature="textual", day=when, starts="[]",
                   affected_paths=json.dumps([path]))  # fmt: skip
        assert audit.laws(connection) == [DOCUMENT]
        (found,) = audit.audited(connection, DOCUMENT)
        assert (found.day, found.agreed, found.unexplained) == (day, ("section-1",), ("section-2",))
        assert [effect["id"] for effect in found.unseen] == ["b"]
        connection.execute("update effects set day = ?", [day_of(9)])
        assert list(audit.audited(connection, DOCUMENT)) == [], "what is held of the list begins after that day"
        insert(connection, "annotations", n=1, document=DOCUMENT, kind="mark", note="32024R1183 AR:1")
        connection.execute("update versions set annotations = '[1]' where id = 'v1'")
        connection.execute("update effects set day = '', affecting = 'celex:32024R1183' where id = 'a'")
        assert [each.agreed for each in audit.audited(connection, DOCUMENT)] == [("section-1",)], "by its mark"


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("An offence under section 1 or 2(3), see Schedule 4 paragraph 2.", ["section-1", "section-2-3",
                                                                         "schedule-4-paragraph-2"]),
        ("Sections 5 to 7 apply; subsection (2) does not.", ["section-5..section-7"]),
        ("section 2 of the Police Act 1996 and Article 4 of Directive 2011/36/EU", []),
        ("section 9(4) repeats this section, section 5 of the Sample Things Act 2031", []),
    ],
)  # fmt: skip
def test_what_a_provision_cites_of_its_own_document(text: str, cited: list[str]) -> None:
    assert list(at_day.cited_within(text, DOCUMENT, "section-9")) == cited


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("See section 2.", ["section-1", "section-2"]),
        ("Sections 2 to 4 apply.", ["section-1", "section-2", "part-2", "section-3", "section-4"]),
        ("See Schedule 2.", ["section-1", "schedule-2", "schedule-2-part-1", "schedule-2-part-1-paragraph-1"]),
        ("See paragraph 1 of Schedule 2.", ["section-1", "schedule-2-part-1-paragraph-1"]),
        ("Part 2 applies.", ["section-1", "part-2", "section-3", "section-4"]),
        ("See section 2 of the Police Act 1996, and section 77.", ["section-1"]),
    ],
)
def test_a_provision_is_never_narrower_than_what_it_cites(text: str, read: list[str]) -> None:
    """Of what has parts all is read, and of a range all between its ends."""
    paths = ["part-1", "section-1", "section-2", "part-2", "section-3", "section-4", "schedule-1", "schedule-2",
             "schedule-2-part-1", "schedule-2-part-1-paragraph-1"]  # fmt: skip
    with stored([(0, 1, 0)]) as connection:
        insert(connection, "documents", id=DOCUMENT, current="v0")
        for n, path in enumerate(paths):
            words = text if path == "section-1" else "Words."
            insert(connection, "sections", n=n, document=DOCUMENT, path=path, text=words, parts="[]")
        connection.execute("update versions set sections = ?", [json.dumps(list(range(len(paths))))])
        found = at_day.sections_at(connection, DOCUMENT, day_of(0), "section-1")
        assert [row["path"] for row in found] == read


def test_what_is_cited_below_a_section_is_looked_for_once_and_by_its_section(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "place", asked := Mock(wraps=versions.place))
    words = ["Section 2(1), section 2(2), Schedule 7 paragraph 1 and section 3.", "Schedule 7 paragraph 1.", "Words."]
    with stored([(0, 1, 0)]) as connection:
        insert(connection, "documents", id=DOCUMENT, current="v0")
        for n, text in enumerate(words):
            path = ("part-1-section-1", "part-1-section-1-2", "section-2")[n]
            insert(connection, "sections", n=n, document=DOCUMENT, path=path, text=text, parts="[]")
        assert at_day.with_cited(connection, DOCUMENT, [0, 1, 2], "part-1-section-1") == [0, 1, 2]
    assert [call.args[3] for call in asked.call_args_list] == [
        "part-1-section-1",
        "schedule-7-paragraph-1",
        "section-3",
    ]
