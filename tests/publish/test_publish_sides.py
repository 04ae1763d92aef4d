"""The two sides of a change: each is runs of its own text in order, character for character."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from crawler.changes import compare
from crawler.changes.digests import wording
from crawler.model import Difference, Section, Version, Word
from crawler.publish import sides
from tests.tiers import examples

LINES = (
    "fear that they cannot leave the place of work at all",
    "show signs of an injury that was caused by another person",
    "have false papers (or none at all) when they cross a border",
    "be told by others what they are allowed to say there",
    "not know the address at which they live or work now",
    "owe the victim\u2019s keeper a debt for travel. They may not pay it",
)
OTHER = "Stay with somebody who speaks for them whenever they are asked"


def version(heading: str, lines: Sequence[str], rest: str) -> Version:
    first = Section(path="signs", heading=heading, text="\n".join(lines))
    last = Section(path="care", heading="Care", text=rest)
    return Version(document="url:https://a.sample.invalid/p", title="A", representation="html", sections=(first, last))


def row(told: Difference) -> Mapping[str, Any]:
    """Return a difference as the public database holds it."""
    found: dict[str, Any] = {"words": json.dumps([[word.op, word.text] for word in told.words])}
    for side, section in (("before", told.before), ("after", told.after)):
        text = section.text if section else ""
        parts = {"": text, "heading_": section.heading if section else "", "number_": "", "parts_": "[]"}
        found |= {f"{name}{side}": value for name, value in parts.items()} | {f"length_{side}": len(text)}
    return found


def shown(side: Sequence[Word]) -> str:
    return "".join(word.text if word.op == "=" else f"[{word.text}]" for word in side)


def is_of(side: Sequence[Word], text: str) -> bool:
    """Whether what a side shows between its ellipses stands in a text, in this order."""
    place = 0
    for run in "".join(word.text for word in side).split("\u2026"):
        place = text.find(run.strip(" "), place)
        if place < 0:
            return False
        place += len(run.strip(" "))
    return True


_lines = st.lists(
    st.tuples(
        st.sampled_from((*LINES, OTHER)),
        st.sampled_from((str, str.capitalize, lambda line: line.replace("\u2019", "'"), lambda line: f"2.1 {line}")),
    ).map(lambda one: one[1](one[0])),
    min_size=1,
    max_size=8,
)


@given(_lines, _lines, st.sampled_from(("Signs", "Signs: victims may")), st.permutations(LINES))
@examples(60)
def test_sides_are_of_their_own_text(old: list[str], new: list[str], heading: str, rest: list[str]) -> None:
    before = version("Signs", old, f"{rest[0]}. {OTHER}.")
    for told in compare(before, version(heading, new, f"{rest[1]}. {rest[0]}.")):
        if told.before is None or told.after is None or (found := sides.of_change(row(told))) is None:
            continue
        for side, section in zip(found, (told.before, told.after), strict=True):
            assert is_of(side, wording(section)), (shown(side), wording(section))


def test_moved_lines_stand_where_they_stood() -> None:
    """What moved is shown unmarked in its old place on one side and in its new one on the other, as it was written."""
    old = version("Signs", (*LINES[:5],), "Nothing else.")
    new = version("Signs", [line.capitalize() for line in (LINES[0], LINES[3], *LINES[1:3], LINES[4])], "Nothing else.")
    (told,) = compare(old, new)
    found = sides.of_change(row(told))
    assert found is not None
    before, after = (" ".join(shown(side).replace("[", "").replace("]", "").split()) for side in found)
    assert before == " ".join(LINES[:5])
    assert [after.index(line[5:]) for line in (LINES[0], LINES[3], LINES[1], LINES[2], LINES[4])] == sorted(
        after.index(line[5:]) for line in LINES[:5]
    )
    alone = sides.of_words(word for word in told.words if word.op != "-")
    assert alone is None
