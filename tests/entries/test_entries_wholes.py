"""A schedule or part that came or went as a whole is told as one."""

from collections.abc import Sequence

import pytest

from crawler.entries import attribution, law_headlines, provisions, wholes
from crawler.store import Row, Store, dumps, wordings
from tests.entries.test_entries_words import change

ACT, ORDER = (["ukpga/2025/9001", path, "2026-03-13", "effect"] for path in ("section-4", "section-5"))
SECTIONS = (
    "part-1", "section-1", "section-2", "part-2", "section-3", "schedule-1", "schedule-1-part-1",
    "schedule-1-paragraph-1", "schedule-1-paragraph-2", "schedule-1-part-2", "schedule-1-paragraph-3", "schedule-2",
)  # fmt: skip


def law(path: str, verb: str, reason: list[str] = ACT) -> Row:
    kind = {"inserted": "added", "omitted": "omitted", "repealed": "omitted"}.get(verb, "changed")
    row = change("Old words.", "New words.", kind=kind, verb=verb, path=path, law=1, document="a", version="v")
    return {
        **row,
        "id": path,
        "after": "",
        "before": "",
        "previous": "p",
        "occurred": None,
        "reasons": dumps([reason]),
        "number": "",
    }


@pytest.fixture
def text(monkeypatch: pytest.MonkeyPatch) -> list[Row]:
    """Return the sections of every version, with words of their own; a test may change them."""
    sections: list[Row] = [{"path": path, "text": "Words.", "status": ""} for path in SECTIONS]
    monkeypatch.setattr(wordings, "sections_of", lambda store, version: sections)
    return sections


def told(rows: Sequence[Row]) -> list[str]:
    with Store.open(":memory:") as store:
        whole = wholes.fold_wholes(store, rows, "a")
        headline = law_headlines.headline(whole, "Sample Act 2001")
        said = provisions.sentences(whole, "a", 0, lambda some, parts: attribution.sentences(store, some, parts))
        return [str(headline and headline[0]), *map(str, said)]


BY, BY_OTHER = "on 13 March 2026 by section 4 of 2025 c. 9001.", "on 13 March 2026 by section 5 of 2025 c. 9001."


@pytest.mark.parametrize("verb", ["inserted", "omitted"])
def test_a_schedule_is_told_as_one(verb: str, text: list[Row]) -> None:
    rows = [law(path, verb) for path in SECTIONS if path.startswith("schedule-1")]
    assert told(rows) == [f"Schedule 1 {verb} in the Sample Act 2001", f"Schedule 1 {verb} {BY}"]
    assert told([*rows[:-1], law("schedule-1-paragraph-3", verb, ORDER)])[1:] == [
        f"Schedule 1 {verb} {BY}", f"Schedule 1 paragraph 3 {verb} {BY_OTHER}",
    ]  # fmt: skip


def test_the_words_of_a_whole_schedule_are_all_that_stands_in_it(text: list[Row]) -> None:
    own, *inside = [law(path, "inserted") for path in SECTIONS if path.startswith("schedule-1")]
    inside = [{**row, "number": str(place), "heading": "Grants"} for place, row in enumerate(inside)]
    inside[1]["after"] = "It may pay grants."
    with Store.open(":memory:") as store:
        (told,) = wholes.fold_wholes(store, [{**own, "after": "Section 4"}, *reversed(inside)], "a")
    assert told["after"] == "Section 4\n0 Grants\n1 Grants\nIt may pay grants.\n2 Grants\n3 Grants\n4 Grants"


def test_what_was_inserted_may_have_been_omitted_since(text: list[Row]) -> None:
    rows = [law(path, "inserted") for path in SECTIONS if path.startswith("schedule-1")]
    gone = {**law("schedule-1-paragraph-2", "omitted", ORDER), "id": "gone"}
    assert told([*rows, gone])[1:] == [f"Schedule 1 inserted {BY}", f"Schedule 1 paragraph 2 omitted {BY_OTHER}"]


def test_a_part_holds_the_provisions_behind_it_up_to_the_next(text: list[Row]) -> None:
    rows = [law(path, "repealed") for path in ("part-1", "section-1", "section-2", "section-3")]
    assert told(rows)[0] == "Repealed: part 1 and section 3 of the Sample Act 2001"
    rows = [law(f"schedule-1-{path}", "omitted") for path in ("part-1", "paragraph-1", "paragraph-2")]
    assert told(rows)[0] == "Schedule 1 part 1 omitted in the Sample Act 2001"


def test_one_of_which_something_is_left_is_told_by_its_provisions(text: list[Row]) -> None:
    rows = [law(path, "omitted") for path in ("part-1", "section-1")]
    assert told(rows)[0] == "Section 1 omitted in the Sample Act 2001"
    text[2]["text"] = "\u2026"
    assert told(rows)[0] == "Part 1 omitted in the Sample Act 2001", "section 2 was omitted before"


def test_a_schedule_of_words_alone_is_a_provision(text: list[Row]) -> None:
    row = {**law("schedule-2", "inserted"), "after": "This condition is met."}
    assert told([row, law("section-1", "inserted")])[0] == "Schedule 2 and section 1 inserted in the Sample Act 2001"
    assert told([law("schedule-2", "inserted"), law("section-1", "inserted")])[0] == (
        "Section 1 inserted in the Sample Act 2001"
    )
