"""What is announced, waits, is silent or gathered: decided by values alone."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.changes.recurring import Flip, is_boilerplate, is_unsettled
from crawler.outbox import (  # fmt: skip
    FLOOD,
    OF_PEOPLE,
    STILL,
    Family,
    FamilyStanding,
    Item,
    Row,
    Seen,
    Situation,
    gather,
    settle,
    silence,
)

NOW, LONG_AGO = "2026-03-02T06:00:00Z", "2019-05-04"


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (Seen(), ""),
        (Seen(is_watched=False), "first walk"),
        (Seen(why="first walk"), "first walk"),
        (Seen(why="backfill"), "backfill"),
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
    return {"document": root, "kind": kind, "occurred": None, "seen": NOW, **more}


def family(root: str, *rows: Row, **more: Any) -> Family:
    return Family(**{"root": root, "standing": {"band": "in"}, "rows": rows or (row(root),), "source": "a", **more})


def test_what_was_withdrawn_long_before_is_gathered_and_what_was_just_now_is_told() -> None:
    long_ago = [row(f"{n}") for n in range(2)], [row(f"{n}", "withdrawn", occurred=LONG_AGO) for n in range(2)]
    older = [family(each["document"], each, other, is_listed_late=True) for each, other in zip(*long_ago, strict=True)]
    recent = family("2", row("2"), row("2", "withdrawn"), is_listed_late=True)
    own, lots = gather([*older, recent])
    assert [each.root for each in own] == ["2"]
    assert [[each.root for each in lot.families] for lot in lots] == [["0", "1"]]


FAMILIES = st.builds(
    lambda root, changed, known: family(str(root), row(str(root), "changed" if changed else "new"), **known),
    st.integers(0, 60), st.booleans(),
    st.fixed_dictionaries({"is_listed_late": st.booleans(), "source": st.sampled_from("ab")}),
)  # fmt: skip


@given(st.lists(FAMILIES, max_size=40, unique_by=lambda each: each.root))
def test_each_family_has_an_entry_of_its_own_or_shares_one_and_no_change_of_one_that_is_held_is_gathered(
    families: list[Family],
) -> None:
    own, lots = gather(families)
    together = [each for lot in lots for each in lot.families]
    assert sorted(each.root for each in (*own, *together)) == sorted(each.root for each in families)
    assert all(each.is_new for each in together)
    for lot in lots:
        assert {(each.source, each.is_old) for each in lot.families} == {(lot.source, lot.is_old)}
        assert len(lot.families) > (1 if lot.is_old else FLOOD)


def item(root: str, kind: str = "new", **more: Any) -> Item:
    return Item(**{"change": f"{root} {kind}", "root": root, "told_with": root, "state": "waiting", "since": "2",
                   "document": root, "kind": kind, "reason": "closing", **more})  # fmt: skip


def waiting(reason: str, kind: str = "new", **more: Any) -> Item:
    return item("0", kind, reason=reason, since="1", **more)


COPY = FamilyStanding(original="0", is_original_in=True)
CASES: list[tuple[str, list[Item], dict[str, Any], str]] = [
    ("what is in is told", [item("0")], {}, "ready"),
    ("out of the round-up", [item("0")], {"0": FamilyStanding(is_in=False, band="out")}, "waiting out of scope"),
    ("undecided", [item("0")], {"0": FamilyStanding(is_in=False, band="review", due="9")}, "waiting review, due 9"),
    ("undecided no more", [waiting("review")], {"0": FamilyStanding(is_in=False, band="out")}, "waiting out of scope"),
    ("our rules bring it in", [waiting("out of scope")], {}, "silent out of scope"),
    ("its publisher brings it in", [waiting("out of scope")], {"let_in": "0"}, "ready, late source"),
    ("not what changed meanwhile", [waiting("out of scope", "note")], {"let_in": "0"}, "silent out of scope"),
    ("with its source", [waiting("review")], {"let_in": "0", "0": FamilyStanding(is_whole=True)}, "ready, late whole"),
    ("decided", [waiting("review", "note")], {"let_in": "0", "0": FamilyStanding(decided_by="decision")},
     "ready, late decision"),
    ("nobody decided", [waiting("review", "note")], {"let_in": "0", "0": FamilyStanding(band="review")},
     "ready, late undecided"),
    ("its page is queued", [item("0")], {"unread": "0"}, "waiting unread, due 2026"),
    ("queued twice", [waiting("unread")], {"unread": "0"}, "ready, late unread"),
    ("killed twice", [waiting("unread")], {"unread": "0", "is_interrupted": True}, "waiting unread, due 2026"),
    ("newly listed, and late", [waiting("unread", late=("newly listed",))], {}, "ready, newly listed, late unread"),
    ("to and fro", [waiting("unsettled", visits=1)], {}, "waiting unsettled"),
    ("stands still", [waiting("unsettled", visits=2)], {}, "ready, late unsettled"),
    ("as it stood last", [waiting("unsettled", visits=2, is_known=True)], {}, "silent unsettled"),
    ("changed again", [waiting("unsettled", visits=2, is_last=False)], {}, "silent unsettled"),
    ("of people", [item("0", "changed", is_private=True)], {}, "silent of people"),
    *((f"of people: {kind}", [item("0", kind, is_private=True)], {}, "ready") for kind in OF_PEOPLE),
    ("a copy of what is told", [item("1"), item("0")], {"1": COPY}, "silent duplicate, with 0"),
    ("a copy of what was told", [item("1")], {"1": replace(COPY, is_original_known=True)}, "silent duplicate, with 0"),
    ("a copy of what nobody was told of", [item("1")], {"1": COPY}, "ready"),
    ("a copy of what waits", [item("1")], {"1": COPY, "unread": "0"}, "waiting unread, due 2026"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "items", "known", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_becomes_of_a_change(name: str, items: list[Item], known: dict[str, Any], expected: str) -> None:
    after = apply(items, situation(**known))[0]
    late, due = ", ".join(after.late), f"due {after.due}" if after.due else ""
    told_with = f"with {after.told_with}" if after.told_with != after.document else ""
    assert ", ".join(filter(None, (f"{after.state} {after.reason}".strip(), late, due, told_with))) == expected, name


def situation(crawl: str = "2", **known: Any) -> Situation:
    families = {root: known.pop(root, FamilyStanding(original=root)) for root in "0123"}
    return Situation(crawl=crawl, now="2026", families=families, **known)


def apply(items: Sequence[Item], known: Situation) -> list[Item]:
    moved = {each.change: each for each in settle(items, known)}
    return [moved.get(each.change, each) for each in items]


def consistent(known: dict[str, Any]) -> dict[str, Any]:
    """Let family 0 be the original of some others, and only what is in be let in."""
    known["0"] = replace(known["0"], original="0")
    for root in "123":
        is_copy = known[root].original == "0"
        known[root] = replace(known[root], is_original_in=is_copy and known["0"].is_in)
    return {**known, "let_in": {root for root in known["let_in"] if known[root].is_in}}


STANDINGS = st.builds(
    FamilyStanding, is_in=st.booleans(), band=st.sampled_from(("in", "review", "out")), due=st.just("2027"),
    decided_by=st.sampled_from(("words", "decision")), is_whole=st.booleans(), original=st.sampled_from(("", "0")),
    is_original_known=st.booleans(),
)  # fmt: skip
KNOWN = st.fixed_dictionaries(
    {"unread": st.frozensets(st.sampled_from("0123")), "is_interrupted": st.booleans(),
     "let_in": st.frozensets(st.sampled_from("0123")), **dict.fromkeys("0123", STANDINGS)}
).map(consistent)  # fmt: skip
ITEMS = st.lists(
    st.builds(
        lambda root, kind, path, **more: item(root, kind, path=path, change=f"{root} {kind} {path}", **more),
        st.sampled_from("0123"), st.sampled_from(("new", "changed", "withdrawn")), st.sampled_from("ab"),
        state=st.sampled_from(("silent", "waiting", "waiting")), is_private=st.booleans(), visits=st.integers(0, 2),
        late=st.sampled_from(((), ("newly listed",))), reason=st.sampled_from(("closing", "closing", "unsettled")),
        is_last=st.booleans(),
    ),
    unique_by=lambda each: each.change, max_size=12,
)  # fmt: skip


@given(ITEMS, st.lists(KNOWN, min_size=1, max_size=4))
def test_laws_of_the_outbox_over_several_crawls(items: list[Item], crawls: list[dict[str, Any]]) -> None:
    """Settled twice is settled once; what is silent stays so; each change is announced once, and only when ready."""
    announced: list[str] = []
    for number, known in enumerate(crawls, start=2):
        now = situation(str(number), **known)
        after = apply(items, now)
        assert settle(after, now) == []
        for old, new in zip(items, after, strict=True):
            assert new == old or old.state == "waiting"
            assert new.state != "waiting" or holds(new, now), new
        ready = [each for each in after if each.state == "ready"]
        assert all(now.families[each.root].is_in for each in ready)
        announced += [each.change for each in ready]
        items = [replace(each, state="announced") if each in ready else each for each in after]
    assert len(announced) == len(set(announced))
    assert set(announced) == {each.change for each in items if each.state == "announced"}


def holds(item: Item, now: Situation) -> bool:
    """Whether a change waits for what it says, and no longer than it says."""
    family = now.families[item.root]
    match item.reason:
        case "unread":
            return bool({item.root, family.original} & set(now.unread)) and (
                item.since == now.crawl or now.is_interrupted
            )
        case "unsettled":
            return item.is_last and item.visits < STILL
        case _:
            return not family.is_in and item.reason in ("review", "out of scope")


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


def daily(*texts: str, is_fact: bool = False) -> list[Flip]:
    """Return what changes from one visit to the next."""
    return [
        Flip(before=one, after=other, visit=len(texts) - 2 - n, is_fact=is_fact)
        for n, (one, other) in enumerate(pairwise(texts))
    ]


COUNTS = [f"Refer at once. Seen {n} times" for n in (17, 25, 38, 41)]
NEWS = [f"{a}a opens {a}b\n{a}c {a}d {a}e" for a in "qrst"]


@pytest.mark.parametrize(
    ("texts", "last", "is_fact", "expected"),
    [
        (COUNTS, "Refer at once. Seen 56 times", False, True),
        (COUNTS, "Refer at once. Seen fifty-six times", False, True),
        (COUNTS[1:], "Refer at once. Seen 56 times", False, False),
        (COUNTS, "Refer today. Seen 56 times", False, False),
        (COUNTS, "Refer at once. Always. Seen 56 times", False, False),
        (COUNTS, "Refer at once. Seen 56 times by all", False, False),
        (COUNTS, COUNTS[1], False, True),
        ([*COUNTS[:2], COUNTS[2], COUNTS[1]], COUNTS[2], False, False),
        ([*COUNTS, *NEWS], "Refer at once. Seen 56 times", True, True),
        (COUNTS, "Refer at once. Seen 56 times", True, False),
        (NEWS, "Ua closes ub\nuc ud ue", False, True),
        (NEWS, "Ua closes ub\nuc ud ue", True, True),
        (NEWS, "Ua opens ub\nuc ud ue\nStaff must refer", False, False),
    ],
)
def test_a_block_is_the_sites_where_it_has_new_words_at_most_visits_and_no_text_is_touched(
    texts: list[str], last: str, is_fact: bool, expected: bool
) -> None:
    *earlier, newest = daily(*texts, last, is_fact=is_fact)
    assert is_boilerplate(newest, earlier) == expected


@pytest.mark.parametrize(("visits", "expected"), [((3, 2, 1), True), ((6, 3, 1), True), ((7, 2, 1), False)])
def test_of_the_last_visits_alone_is_a_block_judged(visits: tuple[int, ...], expected: bool) -> None:
    *earlier, newest = daily(*COUNTS, "Refer at once. Seen 56 times")
    flips = [replace(one, visit=visit) for one, visit in zip(earlier, visits, strict=True)]
    assert is_boilerplate(newest, flips) == expected
