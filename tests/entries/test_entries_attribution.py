"""By what a law changed: each instrument stands with its own provisions, and what nobody states is said once."""

from collections.abc import Iterator

import pytest

from crawler.entries import attribution, provisions
from crawler.store import Row, Store, dumps
from tests.entries.test_entries_words import change

ACT, ORDER = (
    ["ukpga/2025/9001", "section-4-2", "2026-03-13", "effect"],
    ["uksi/2026/12", "", "2026-03-13", "annotation"],
)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as opened:
        yield opened


def law(path: str, verb: str, *reasons: list[str], day: str | None = "2026-03-13", **more: object) -> Row:
    kind = {"inserted": "added", "omitted": "omitted", "repealed": "omitted"}.get(verb, "changed")
    row = change("Old words of it.", "New words " * 20, kind=kind, verb=verb, path=path, law=1, **more)
    return {**row, "id": path, "occurred": day, "reasons": dumps(list(reasons))}


def said(store: Store, *rows: Row, quoted: int = 0) -> list[str]:
    found = provisions.sentences(rows, "a", quoted, lambda some, parts: attribution.sentences(store, some, parts))
    return [str(each) for each in found]


def test_provision_verb_day_and_instrument(store: Store) -> None:
    assert said(store, law("section-12A", "inserted", ACT)) == [
        "Section 12A inserted on 13 March 2026 by section 4(2) of 2025 c. 9001."
    ]
    assert said(store, law("section-5", "words substituted", ORDER)) == [
        "Words substituted in section 5 on 13 March 2026 by SI 2026/12."
    ]
    assert said(store, law("section-5", "heading changed", ACT, day=None)) == [
        "Heading of section 5 changed on 13 March 2026 by section 4(2) of 2025 c. 9001."
    ]


def test_an_earlier_day_from_which_part_of_it_applies_is_told(store: Store) -> None:
    first = [*ACT[:2], "2025-06-19", "annotation"]
    assert said(store, law("section-12A", "inserted", first, ACT)) == [
        "Section 12A inserted on 13 March 2026 (in part from 19 June 2025) by section 4(2) of 2025 c. 9001."
    ]
    assert said(store, law("section-1", "inserted", ACT), law("section-2", "inserted", first, ACT)) == [
        "Section 1 inserted on 13 March 2026 by section 4(2) of 2025 c. 9001.",
        "Section 2 inserted on 13 March 2026 (in part from 19 June 2025) by section 4(2) of 2025 c. 9001.",
    ]
    assert said(store, law("section-3", "inserted", first, ACT, day="2026-04-01")) == [
        "Section 3 inserted on 1 April 2026 by section 4(2) of 2025 c. 9001."
    ], "the day is not that of its reasons"


def test_what_began_in_part_alone_says_so(store: Store) -> None:
    first, last = [*ACT[:2], "2025-06-19", "annotation", "in part"], [*ACT, "in part"]
    assert said(store, law("section-12A", "inserted", last)) == [
        "Section 12A inserted on 13 March 2026 (in part) by section 4(2) of 2025 c. 9001."
    ]
    assert said(store, law("section-12A", "inserted", first, last)) == [
        "Section 12A inserted on 19 June 2025 and 13 March 2026 (in part) by section 4(2) of 2025 c. 9001."
    ]
    assert said(store, law("section-12A", "inserted", first, ACT)) == [
        "Section 12A inserted on 13 March 2026 (in part from 19 June 2025) by section 4(2) of 2025 c. 9001."
    ]


def test_several_instruments_stand_with_their_own_provisions(store: Store) -> None:
    rows = [
        law("section-1", "inserted", ACT), law("section-2", "omitted", ORDER), law("section-3", "repealed"),
        law("section-4", "words omitted", ACT), law("section-5", "substituted", ACT, ORDER, day="2026-04-01"),
    ]  # fmt: skip
    assert said(store, *rows) == [
        "On 13 March 2026, by section 4(2) of 2025 c. 9001: section 1 inserted; words omitted in section 4.",
        "Section 5 substituted on 1 April 2026 by section 4(2) of 2025 c. 9001 and SI 2026/12.",
        "Section 2 omitted on 13 March 2026 by SI 2026/12.",
        "Section 3 repealed on 13 March 2026; instrument not stated.",
    ]


def test_of_many_causes_one_instrument_and_day_is_one(store: Store) -> None:
    by = [[*ACT[:1], f"section-{n}", *ACT[2:]] for n in range(1, 6)]
    rows = [law(f"section-{n}A", "inserted", by[n - 1]) for n in range(1, 5)] + [law("section-9", "omitted", by[4])]
    assert said(store, *rows, law("section-7", "repealed", ORDER)) == [
        "Section 7 repealed on 13 March 2026 by SI 2026/12.",
        "On 13 March 2026, by 2025 c. 9001: sections 1A, 2A, 3A and 4A inserted; section 9 omitted.",
    ]
    assert len(said(store, *rows[:4])) == 4


def test_of_very_many_causes_the_first_is_told_and_the_days_of_the_others(store: Store) -> None:
    days = [f"2026-0{month}-01" for month in range(4, 9)]
    rows = [law(f"section-{number}", "omitted", ACT, day=day) for number, day in enumerate([*days, days[0]], 20)]
    first = [law("section-1A", "inserted", ORDER), law("section-2", "words inserted", ORDER)]
    assert said(store, *first, *rows) == [
        "Section 1A inserted on 13 March 2026 by SI 2026/12, among other changes.",
        "Others changed on several days, from 1 April 2026 to 1 August 2026.",
    ]


def test_what_nobody_states_is_said_once(store: Store) -> None:
    rows = [law(f"section-{number}", "substituted", day=None) for number in range(1, 6)]
    assert said(store, *rows) == ["Sections 1, 2, 3 and 2 other provisions substituted; instrument not stated."]
    moved = {**law("section-9", "", day=None), "kind": "moved"}
    assert said(store, moved) == ["Section 9 moved to another place."]


def test_what_nobody_states_of_several_days_is_said_once(store: Store) -> None:
    rows = [law("section-1", "inserted"), law("section-2", "omitted", day="2026-04-01")]
    assert said(store, *rows) == [
        "Section 1 inserted on 13 March 2026.", "Section 2 omitted on 1 April 2026.",
        "Instrument not stated for the changes of 13 March 2026 and 1 April 2026.",
    ]  # fmt: skip
    assert said(store, *rows, law("section-3", "inserted", ACT))[-1] == (
        "Instrument not stated for the other changes of 13 March 2026 and 1 April 2026."
    )


def test_words_in_quotation_marks_stand_behind_day_and_instrument(store: Store) -> None:
    row = {**change("within 14 days", "within 28 days", law=1), "occurred": "2026-03-13", "reasons": dumps([ORDER])}
    assert said(store, row, quoted=1) == [
        "On 13 March 2026, by SI 2026/12: section 8 changed: “14 days” became “28 days”."
    ]
    begun = law("section-2", "", ORDER, words="[]", status_before="prospective")
    assert said(store, begun) == [
        "On 13 March 2026, by SI 2026/12: section 2 is now shown as in force (before: not yet)."
    ]
    ahead = law("section-2A", "inserted", ORDER, day=None, status_after="prospective")
    assert said(store, ahead) == [
        "On 13 March 2026, by SI 2026/12: section 2A inserted and is now shown as prospective (not yet in force)."
    ]
