"""What slid off a list of the newest was not removed; what left any other list, or its middle, was."""

import pytest

from crawler.changes import apply, compare, digest
from crawler.model import Section, Version


def listed(*days: int, after: str = "") -> Version:
    """Return a page whose parts are entries of June 2026, by their days, the first shown first."""
    date = "Published {} June 2026"
    parts = [Section(path="introduction", text="Sample publications of the office.")]
    parts += [Section(path=f"report-{n}", heading=f"Report {n}x", text=date.format(n)) for n in days]
    parts += [Section(path="contact", heading="Contact", text=after)] if after else []
    return Version(document="url:x", title="Publications", sections=tuple(parts), representation="html")


def lines(*days: int) -> Version:
    text = "\n".join(f"Sample report {n}x, {n} June 2026" for n in days)
    parts = (Section(path="latest", heading="Latest", text=f"{text}\nAll reports"),)
    return Version(document="url:x", title="News", sections=parts, representation="html")


@pytest.mark.parametrize(("old", "new", "removed", "slid"), [
    (listed(9, 8, 7, 6), listed(11, 10, 9, 8), [], ["report-6", "report-7"]),
    (listed(9, 8, 7, 6, after="Call us."), listed(20, 9, 8, 7, after="Call us."), [], ["report-6"]),
    (listed(9, 8, 7), listed(13, 12, 11), [], ["report-7", "report-8", "report-9"]),
    (listed(9, 8, 7, 6), listed(10, 9, 7, 6), ["report-8"], []),
    (listed(9, 8, 7, 6), listed(9, 8, 7), ["report-6"], []),
    (listed(9, 8, 7, 6), listed(10, 9, 8), ["report-6", "report-7"], []),
    (listed(6, 7, 8, 9), listed(2, 6, 7, 8), ["report-9"], []),
])  # fmt: skip
def test_only_the_end_of_a_list_of_the_newest_slides_off(
    old: Version, new: Version, removed: list[str], slid: list[str]
) -> None:
    found = compare(old, new)
    assert sorted(one.path for one in found if one.kind == "removed") == removed
    assert sorted(one.path for one in found if one.kind == "moved" and one.after is None) == slid
    assert digest(apply(old, found)) == digest(new)


@pytest.mark.parametrize(("old", "new", "gone"), [
    (lines(9, 8, 7, 6), lines(11, 10, 9, 8), ""),
    (lines(9, 8, 7, 6), lines(10, 9, 7, 6), "Sample report 8x, 8 June 2026\n"),
    (lines(9, 8, 7, 6), lines(9, 8, 7), "Sample report 6x, 6 June 2026\n"),
])  # fmt: skip
def test_lines_that_slid_off_are_not_told(old: Version, new: Version, gone: str) -> None:
    (found,) = compare(old, new)
    assert "".join(word.text for word in found.words if word.op == "-") == gone
    assert "".join(word.text for word in found.words if word.op != "-") == new.sections[0].text
    assert digest(apply(old, (found,))) == digest(new)
