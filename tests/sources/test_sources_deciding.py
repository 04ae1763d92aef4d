"""A decision enters decisions.yaml in its place; comments and everything else stay, or nothing is written."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import SourcesError
from crawler.run.files import decide
from crawler.sources import Decided, loads_decisions, recorded_decisions
from crawler.sources.decisions import with_decisions

MADE = Decided(band="out", by="AB", on="2026-11-29", why='says "trafficking" of drugs: no')
FILE = """# Decided by the board.

relevance:  # by id
  # Asked twice.
  ukpga/2015/30: in

  # A page.
  url:https://example.org/report: {band: out, by: CD, on: 2026-11-01, why: not ours}
  # The last words.

# Names victims.
redact:
  - {url: https://example.org/victim, reason: names a victim, date: 2026-11-24}
"""


def test_it_is_sorted_in_and_every_comment_stays() -> None:
    assert loads_decisions(FILE, "d").relevance["url:https://example.org/report"] == "out"
    line = '  govuk:1: {band: out, by: "AB", on: 2026-11-29, why: "says \\"trafficking\\" of drugs: no"}\n'
    assert with_decisions(FILE, "d", {"govuk:1": MADE}) == FILE.replace(
        "  # Asked twice.\n", line + "  # Asked twice.\n"
    )
    again = with_decisions(FILE, "d", {"ukpga/2015/30": MADE})
    assert "  # Asked twice.\n  ukpga/2015/30: {band: out" in again and again.count("ukpga") == 1


@pytest.mark.parametrize("text", ["", "# none yet\n", "relevance: {}\naccept: []\n", "relevance:\n", "accept: []"])
def test_a_file_without_decisions_gets_the_first(text: str) -> None:
    made = with_decisions(text, "d", {"a": MADE})
    assert loads_decisions(made, "d").relevance == {"a": "out"} and made.startswith(text.partition("relevance")[0])


@pytest.mark.parametrize(
    "text",
    ["relevance: {a: in}\n", "relevance: {a: in,\n  b: out}\n", "relevance:\n  {a: in}\n", "{relevance: {a: in}}\n"],
)
def test_what_cannot_be_kept_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(SourcesError, match=r"d:1: relevance: cannot be added to as it is written"):
        with_decisions(text, "d", {"b": MADE})


ids = st.from_regex(re.compile(r"[^\s\x00-\x20\x7f-\xa0\ud800-\udfff]{1,30}", re.ASCII), fullmatch=True)


@given(st.lists(st.tuples(ids, st.sampled_from(["in", "out"]), st.text(min_size=1, max_size=40)), max_size=6))
def test_any_ids_and_reasons_come_back(made: list[tuple[str, str, str]]) -> None:
    text, wanted = FILE, {"ukpga/2015/30": "in", "url:https://example.org/report": "out"}
    for id, band, why in made:
        words = "".join(each for each in why if each.isprintable()) or "x"
        text = with_decisions(text, "d", {id: Decided(band=band, by="AB", on="2026-11-29", why=words)})  # type: ignore[arg-type]
        wanted[id] = band
    found = loads_decisions(text, "d")
    assert found.relevance == wanted and list(found.relevance) == sorted(wanted)
    assert all(comment in text for comment in re.findall("#.*", FILE))


def test_mistakes_in_a_decision_are_named() -> None:
    with pytest.raises(SourcesError) as caught:
        loads_decisions("relevance:\n  a: {band: maybe, on: 2026-11-29, why: x, who: AB}\n  b: 1\n", "d")
    assert [line.partition("; expected")[0] for line in caught.value.problems] == [
        "d:2: relevance.a.band: 'maybe'",
        "d:2: relevance.a.by: missing; it is required",
        "d:2: relevance.a.who: unknown key",
        "d:3: relevance.b: 1",
    ]


def test_it_is_written_whole_and_the_mode_stays(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    decide(tmp_path / "data", path, {"a": MADE})
    path.chmod(0o640)
    decide(tmp_path / "data", path, {"b": MADE})
    assert loads_decisions(path.read_text(), "d").relevance == {"a": "out", "b": "out"}
    assert path.stat().st_mode & 0o777 == 0o640 and [each.name for each in tmp_path.iterdir()] != []
    assert sorted(each.name for each in tmp_path.iterdir()) == ["data", "decisions.yaml"]
    path.write_text("relevance: {a: in}\n")
    with pytest.raises(SourcesError):
        decide(tmp_path / "data", path, {"b": MADE})
    assert path.read_text() == "relevance: {a: in}\n"


def test_an_old_decision_of_which_a_part_is_wrong_is_left_out() -> None:
    text = "relevance:\n  a: {band: maybe, by: AB}\n  b: out\n  c: {band: in, by: AB, on: 2026-11-29, why: x}\n  d: 1\n"
    assert recorded_decisions(text).relevance == {"b": "out", "c": "in"}
