"""Passages whose cited text changed later: which are marked, and until when."""

from dataclasses import replace

import pytest

from crawler.export.stale import Changed, Passage, stale

READ, LATER = "2026-03-01T06:00:00Z", "2026-03-05T06:00:00Z"
PASSAGE = Passage(
    section=1, document="govuk:g", path="referral", target="ukpga/2015/9001", provision="section-45-1", is_law=True,
    first=READ, last=READ,
)  # fmt: skip


def change(path: str = "section-45", seen: str = LATER) -> Changed:
    return Changed(id=path, path=path, seen=seen, day=seen[:10])


@pytest.mark.parametrize(
    ("passage", "changed", "confirmed", "is_marked"),
    [
        (PASSAGE, change(), {}, True),
        (PASSAGE, change("section-45-1-a"), {}, True),
        (PASSAGE, change("section-45-2"), {}, False),
        (PASSAGE, change("section-46"), {}, False),
        (PASSAGE, change(seen=READ), {}, False),
        (replace(PASSAGE, first="2026-03-06T06:00:00Z"), change(), {}, False),
        (PASSAGE, change(), {("govuk:g", "referral"): "2026-03-05"}, False),
        (PASSAGE, change(), {("govuk:g", "referral"): "2026-03-04"}, True),
        (PASSAGE, change(), {("govuk:g", "other"): "2026-03-05"}, True),
        (replace(PASSAGE, provision="section-44..section-46"), change(), {}, True),
        (replace(PASSAGE, provision=""), change(), {}, False),
        (replace(PASSAGE, provision="", is_law=False), change("who-acts"), {}, True),
    ],
)
def test_a_passage_is_marked_until_it_changes_or_is_confirmed(
    passage: Passage, changed: Changed, confirmed: dict[tuple[str, str], str], is_marked: bool
) -> None:
    assert bool(list(stale(passage, [changed], confirmed))) == is_marked
