"""Until when a law is in force as it was read: a repeal that excepts it ends nothing, a wording has its own end."""

import pytest

from crawler.entries import part_read, until
from crawler.entries.templates import structure
from crawler.law import Step
from crawler.store import Row, commencements, families

TOP: Row = {"id": "ssi/2029/303", "in_force": "2030-01-28", "label": "made"}
EXCEPT = "revoked (except regs. 2 (in part), 37, 38, sch. 4 paras. 37, 38)"
PART = part_read.PartRead(named=structure("a part"), paths=("schedule-1-paragraph-3",))
KEPT = part_read.PartRead(named=structure("a part"), paths=("regulation-37",))
ENDED = "2030-01-28, until 2032-04-01: revoked"


@pytest.mark.parametrize(
    ("kind", "start", "part", "said"),
    [
        (EXCEPT, {"date": "2032-04-01", "qualification": "wholly in force"}, PART, f"{ENDED}, with exceptions"),
        (EXCEPT, {"date": "2032-04-01"}, KEPT, ""),
        (EXCEPT, {"date": "2032-04-01"}, None, ""),
        ("revoked", {"date": "2032-04-01"}, None, ENDED),
        ("revoked", {"date": "2032-04-01", "qualification": "for specified purposes"}, None, ""),
        ("revoked", {"date": "prospective"}, None, ""),
        ("revoked (except in relation to claims made before)", {"date": "2032-04-01"}, PART, ""),
    ],
)
def test_a_listed_revocation_ends_what_it_does_not_except(
    kind: str, start: dict[str, str], part: part_read.PartRead | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = {"type": kind, "starts": str([start]).replace("'", '"')}
    monkeypatch.setattr(families, "endings", lambda *_: [row])
    monkeypatch.setattr(commencements, "stated", lambda *_: [])
    monkeypatch.setattr(families, "wording_ended", lambda *_: ("", None))
    monkeypatch.setattr(part_read, "part_read", lambda *_: part)
    assert until.in_force(None, TOP) == said  # type: ignore[arg-type]


def test_a_part_in_an_ended_wording_is_in_force_until_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(families, "endings", lambda *_: [])
    steps: list[Step] = []
    monkeypatch.setattr(commencements, "stated", lambda *_: steps)
    monkeypatch.setattr(families, "wording_ended", lambda *_: ("2031-10-01", None))
    monkeypatch.setattr(part_read, "part_read", lambda _, top: PART if top["partial"] else None)
    found = [
        until.in_force(None, {**TOP, "in_force": known, "partial": partial})  # type: ignore[arg-type]
        for known, partial in (("at least in part", 1), ("", 1), ("not yet", 1), ("2030-01-28", 0))
    ]
    assert found == [
        "until 2031-10-01 in this wording",
        "until 2031-10-01 in this wording; since when in force is not stated",
        "",
        "",
    ]
    steps.append(Step(path=PART.paths[0], state="in force", source="annotation", date="2029-05-30"))
    begun = {**TOP, "in_force": "at least in part", "partial": 1}
    assert until.in_force(None, begun) == "2029-05-30, until 2031-10-01 in this wording"  # type: ignore[arg-type]
    for label, date in (("2029-05-30", "2029-05-30, "), ("2030-02-01", "")):
        of_day = {**begun, "label": label}
        assert until.in_force(None, of_day) == f"{date}until 2031-10-01 in this wording"  # type: ignore[arg-type]
    monkeypatch.setattr(part_read, "part_read", lambda *_: part_read.PartRead(named=structure("part 3")))
    said = "until 2031-10-01 in this wording; since when in all its parts is not stated"
    assert until.in_force(None, begun) == said  # type: ignore[arg-type]
