"""helplines.yaml: read strictly; nothing stands in it that no page says, and what is old is named."""

from datetime import date, timedelta

import pytest

from crawler.errors import SourcesError
from crawler.sources.helplines import MAX_AGE, load_helplines, loads_helplines

FILE = """\
reviewed: 2026-03-01
emergency:
  - id: uk
    number: "999"
    place: United Kingdom
    who: police
    sources: [{url: "https://police.invalid/", says: [number, who], on: 2026-02-20}]
helplines:
  - id: line
    number: 0800 123 456
    name: Sample line
    place: Scotland
    region: uk
    who: Everybody
    hours: Day and night
    free: true
    sources:
      - {url: "https://line.invalid/", says: [number, who, hours, free], on: 2026-01-05}
      - {url: "https://line.invalid/new", says: [number], on: 2026-02-01}
      - {url: "https://line.invalid/undated", says: [number]}
"""


def problems(text: str) -> list[str]:
    with pytest.raises(SourcesError) as caught:
        loads_helplines(text, "helplines.yaml")
    return list(caught.value.problems)


def test_a_number_was_checked_when_the_newest_page_that_says_it_said_so() -> None:
    helplines = loads_helplines(FILE, "helplines.yaml")
    (line,) = helplines.helplines
    assert (line.checked, line.tel, line.is_free, line.languages) == ("2026-02-01", "0800123456", True, {})


def test_what_is_older_than_ninety_days_is_named_and_before_the_review_nothing_is() -> None:
    helplines = loads_helplines(FILE, "helplines.yaml")
    assert helplines.unchecked(date(2026, 2, 1) + MAX_AGE) == ()
    assert helplines.unchecked(date(2026, 2, 1) + MAX_AGE + timedelta(days=1)) == ("0800 123 456",)
    assert helplines.unchecked(date(2027, 1, 1)) == ("999", "0800 123 456")
    undated = loads_helplines(FILE.replace(", on: 2026-02-20", ""), "helplines.yaml")
    assert undated.unchecked(date(2026, 3, 1)) == ("999",)
    assert undated.unchecked(date(2026, 2, 28)) == ()


@pytest.mark.parametrize(
    ("before", "after", "cause"),
    [
        ("says: [number, who, hours, free]", "says: [number, who, free]", "hours: no source says it"),
        ("    hours: Day and night\n", "", "a source says hours, and the row does not"),
        ("says: [number, who], on: 2026-02-20", "says: [number], on: 2026-02-20", "who: no source says it"),
        ("0800 123 456", "call us", "is no telephone number"),
        ("2026-01-05", "January 2026", "is no date"),
        ("https://line.invalid/new", "line.invalid", "url"),
        ("region: uk", "region: mars", "region"),
        ("    free: true\n", "    free: true\n    price: 0\n", "price: unknown key"),
        ("reviewed: 2026-03-01\n", "", "reviewed: missing"),
    ],
)
def test_mistakes_are_told_with_their_line(before: str, after: str, cause: str) -> None:
    found = problems(FILE.replace(before, after))
    assert any(cause in line and line.startswith("helplines.yaml:") for line in found), found


def test_ids_are_used_once() -> None:
    block = FILE[FILE.index("  - id: line") :]
    assert any("stands twice" in line for line in problems(FILE + block))


def test_our_own_file_has_what_every_page_shows() -> None:
    helplines = load_helplines()
    assert [row.number for row in helplines.emergency] == ["999", "112"]
    assert {row.place for row in helplines.helplines} >= {"Scotland", "Northern Ireland", "England and Wales"}
    days = [row.checked for row in (*helplines.emergency, *helplines.helplines)]
    days += [row.checked for row in helplines.advice] + [row.checked for row in helplines.leaflets]
    assert all(day <= helplines.reviewed for day in days)
    assert all(page.url.startswith("https://") for row in helplines.helplines for page in row.evidence)
    assert any("press 55" in row.words and row.evidence for row in helplines.advice)
