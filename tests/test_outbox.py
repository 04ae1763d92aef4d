"""What is announced, silent or gathered: decided by values alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.outbox import FLOOD, Family, Flip, Row, Seen, is_counter, is_unsettled, settle, silence

NOW, LONG_AGO = "2026-03-02T06:00:00Z", "2019-05-04"


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (Seen(), ""),
        (Seen(is_watched=False), "first walk"),
        (Seen(why="backfill"), "first walk"),
        (Seen(why="aside"), "new options"),
        (Seen(is_reached_anew=True), "new options"),
        (Seen(above="first reading"), "first reading"),
        (Seen(is_old=True), "newly listed"),
        (Seen(is_told=True), "told already"),
        (Seen(is_unsettled=True), "unsettled"),
        (Seen(cause="parser", is_weaker=True), "weaker representation"),
        *((Seen(cause=cause), cause) for cause in ("template", "parser", "coverage", "rules")),
    ],
)  # fmt: skip
def test_why_a_change_is_never_announced(seen: Seen, reason: str) -> None:
    assert silence(seen) == reason


def row(root: str, kind: str = "new", **more: object) -> Row:
    return {"id": f"{root} {kind}", "document": root, "kind": kind, "path": "", "after": "", "occurred": None,
            "seen": NOW, "private": 0, **more}  # fmt: skip


def family(root: str, *rows: Row, **more: object) -> Family:
    return Family(**{"root": root, "rows": rows or (row(root),), "source": "a", "original": root, **more})  # type: ignore[arg-type]


def test_what_was_withdrawn_long_before_is_gathered_and_what_was_just_now_is_told() -> None:
    long_ago = [row(f"{n}") for n in range(2)], [row(f"{n}", "withdrawn", occurred=LONG_AGO) for n in range(2)]
    older = [family(each["document"], each, other, is_old=True) for each, other in zip(*long_ago, strict=True)]
    recent = family("2", row("2"), row("2", "withdrawn"), is_old=True)
    settled = settle([*older, recent])
    assert [each.root for each in settled.announced] == ["2"]
    assert [[each.root for each in lot.families] for lot in settled.gathered] == [["0", "1"]]


def test_a_copy_is_told_with_its_original() -> None:
    copy = family("1", original="0", is_original_in=True)
    settled = settle([family("0"), copy])
    assert [(each.root, each.folded) for each in settled.announced] == [("0", ("1 new",))]
    assert settled.silent == {"1": "copy"}


FAMILIES = st.builds(
    lambda root, changed, known: family(
        str(root), *([row(str(root), "changed")] if changed else [row(str(root))]), **known
    ),
    st.integers(0, 60), st.booleans(),
    st.fixed_dictionaries(
        {"is_in": st.booleans(), "is_unread": st.booleans(), "is_old": st.booleans(), "source": st.sampled_from("ab")}
    ),
)  # fmt: skip


@given(st.lists(FAMILIES, max_size=40, unique_by=lambda each: each.root))
def test_each_family_is_announced_gathered_or_silent_and_no_change_of_one_that_is_held_is_gathered(
    families: list[Family],
) -> None:
    settled = settle(families)
    together = [each for lot in settled.gathered for each in lot.families]
    found = [*(each.root for each in (*settled.announced, *together)), *settled.silent]
    assert sorted(found) == sorted(each.root for each in families)
    assert all(each.is_new for each in together)
    assert set(settled.silent) == {each.root for each in families if each.is_unread or not each.is_in}
    for lot in settled.gathered:
        assert {(each.source, each.is_old) for each in lot.families} == {(lot.source, lot.is_old)}
        assert len(lot.families) > (1 if lot.is_old else FLOOD)


@pytest.mark.parametrize(
    ("wordings", "unsettled"),
    [
        ("ab", ""),
        ("aba", ""),
        ("abab", "3"),
        ("ababa", "34"),
        ("abca", ""),
        ("abcab", "4"),
        ("abcbc", "4"),
        ("abcd", ""),
    ],
)
def test_a_text_is_unsettled_when_it_returns_to_an_earlier_wording_again(wordings: str, unsettled: str) -> None:
    flips = [Flip(before=one, after=other) for one, other in pairwise(wordings)]
    found = [str(n + 1) for n, flip in enumerate(flips) if is_unsettled(flip, flips[:n])]
    assert found == list(unsettled)


@pytest.mark.parametrize(
    ("visits", "counter"), [((3, 2, 1), True), ((4, 3, 1), True), ((5, 2, 1), False), ((2, 1), False)]
)
def test_a_counter_has_new_words_at_most_of_the_last_visits_in_the_same_place(
    visits: tuple[int, ...], counter: bool
) -> None:
    earlier = [Flip(before=str(n), after=str(n - 1), kept=("seen ", " times"), visit=n) for n in visits]
    newest = Flip(before="1", after="0", kept=("seen ", " times"))
    assert is_counter(newest, earlier) == counter
    assert not is_counter(replace(newest, kept=("seen ", " times by all")), earlier)
