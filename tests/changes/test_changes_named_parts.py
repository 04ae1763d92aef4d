"""Which differences lie outside the parts of a law that are named."""

import pytest

from crawler import changes
from crawler.changes.named_parts import outside
from crawler.model import Section, Version

PATHS = (
    "introduction", "part-1", "part-1-chapter-1", "section-1", "section-1-for-scotland", "part-1-chapter-2",
    "section-2", "section-2A", "part-2", "section-3", "section-4", "section-5", "schedule-1",
    "schedule-1-paragraph-1", "schedule-10",
)  # fmt: skip


def version(words: str = "", *, without: tuple[str, ...] = ()) -> Version:
    made = tuple(Section(path=each, text=f"Words of {each}. {words}".strip()) for each in PATHS if each not in without)
    return Version(document="ukpga/2001/9001", title="Sample Act", sections=made, representation="structured")


@pytest.mark.parametrize(
    ("names", "inside"),
    [
        (["part-1"], {*PATHS[1:8]}),
        (["part-1-chapter-1"], {*PATHS[2:5]}),
        (["part-1-chapter-2"], {*PATHS[5:8]}),
        (["part-2"], {*PATHS[8:12]}),
        (["section-1"], {*PATHS[3:5]}),
        (["section-2"], {"section-2"}),
        (["section-2A..section-4"], {*PATHS[7:11]}),
        (["schedule-1", "section-5"], {*PATHS[11:14]}),
        ([], {*PATHS}),
        (["part-1", "part-7"], {*PATHS}),
        (["section-4..section-40"], {*PATHS}),
    ],
)
def test_a_name_is_of_a_provision_a_part_or_all_between_two(names: list[str], inside: set[str]) -> None:
    old, new = version(), version("And more of it.")
    told = changes.compare(old, new)
    found = dict(zip((each.path for each in told), outside(names, told, old, new), strict=True))
    assert {path for path, is_outside in found.items() if not is_outside} == inside


def test_what_is_put_in_or_taken_out_belongs_to_the_part_where_it_stands_or_stood() -> None:
    less, more = version(without=("section-2A", "section-4")), version()
    for old, new in ((less, more), (more, less)):
        told = changes.compare(old, new)
        found = dict(zip((each.path for each in told), outside(["part-1"], told, old, new), strict=True))
        assert found == {"section-2A": False, "section-4": True}


def test_what_is_told_of_the_law_itself_is_in_no_part() -> None:
    old, new = version(), version()
    told = changes.compare(old, Version(**{**{f: getattr(new, f) for f in ("document", "sections", "representation")},
                                           "title": "Other Act"}))  # fmt: skip
    assert told and outside(["part-1"], told, old, new) == [False] * len(told)
