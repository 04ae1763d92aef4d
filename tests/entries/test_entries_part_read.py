"""What entries say of a law of which a part alone was read: of that part, in its wording, and where that is law."""

import pytest

from crawler.entries import extents, headlines, law, part_read
from crawler.entries.templates import structure
from crawler.feeds.weight import BOUND, PARTED
from crawler.law import Step
from crawler.store import Row, Store, commencements, families, wordings

TOP: Row = {"id": "ukpga/2029/1", "partial": 1, "label": "2030-04-01", "title": "Sample Act 2029", "within": ""}


def rows(*paths: str, parts: str = "[]") -> list[Row]:
    return [{"path": path, "heading": "", "text": "Words.", "parts": parts} for path in paths]


PARAGRAPHS = rows("schedule-2", *(f"schedule-2-paragraph-{number}" for number in range(1, 5)))
MANY = rows("part-3", *(f"section-{number}" for number in range(1, 5)))


@pytest.mark.parametrize(
    ("top", "read", "headline", "said"),
    [
        (TOP, rows("part-1", "section-10A"),
         "Newly listed: section 10A (text as at 1 April 2030) of the Sample Act 2029",
         ["Read here: only section 10A, in the text as at 1 April 2030.", "Section 10A in force from 1 May 2029."]),
        (TOP, rows("section-43", parts='[["section-43-1", 0, 6], ["section-43-1-a", 0, 6]]'),
         "Newly listed: section 43(1) (text as at 1 April 2030) of the Sample Act 2029",
         ["Read here: only section 43(1), in the text as at 1 April 2030."]),
        ({**TOP, "label": "made"}, [{**rows("schedule-2")[0], "number": "PART II"}],
         "Newly listed: part II of a schedule of the Sample Act 2029", ["Read here: only part II of a schedule."]),
        ({**TOP, "label": "made"}, PARAGRAPHS, "Newly listed: schedule 2 of the Sample Act 2029",
         ["Read here: only schedule 2."]),
        (TOP, MANY, "Newly listed: part 3 (text as at 1 April 2030) of the Sample Act 2029",
         ["Read here: only part 3, in the text as at 1 April 2030."]),
        (TOP, rows("introduction", "footnotes"), "Newly listed: Sample Act 2029",
         ["Read here: only its introduction, in the text as at 1 April 2030."]),
        ({**TOP, "label": "made"}, rows("schedule", "footnotes"), "Newly listed: the schedule of the Sample Act 2029",
         ["Read here: only the schedule."]),
        ({**TOP, "title": f"Sample (Fees{' and Fees' * 7}) Act 2029"}, rows("section-1"),
         f"Newly listed: section 1 of the Sample (Fees{' and Fees' * 7}) Act 2029".replace("section 1 of the ", ""),
         ["Read here: only section 1, in the text as at 1 April 2030."]),
        (TOP, [*MANY, *rows("schedule-1")], "Newly listed: Sample Act 2029", []),
        ({**TOP, "partial": 0}, rows("section-1"), "Newly listed: Sample Act 2029", []),
    ],
)  # fmt: skip
def test_a_part_is_not_told_as_the_whole(
    monkeypatch: pytest.MonkeyPatch, top: Row, read: list[Row], headline: str, said: list[str]
) -> None:
    begun = Step(path="section-10A", state="in force", source="effect", date="2029-05-01")
    monkeypatch.setattr(commencements, "stated", lambda *_: [begun])
    monkeypatch.setattr(wordings, "headings", lambda *_: read)
    with Store.open(":memory:") as store:
        lead = part_read.lead(store, top, ("newly listed", {}))
        title, verb = headlines.headline_of("new", [], top, law=True, lead=lead)
        assert (str(title), verb) == (headline, "Newly listed")
        found = part_read.part_read(store, top)
        assert [str(each) for each in (part_read.sentences(store, top, found) if found else ())] == said
        assert part_read.lead(store, {**top, "partial": 0}, None) is None


def test_a_provision_that_began_in_steps_is_told_with_the_day_of_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the publisher's note on it; and until when its wording held."""
    steps = [
        Step(path="section-1", state="wholly in force", source="annotation", date="2029-05-30"),
        Step(path="section-1", state="not in force", source="annotation"),
        Step(path="section-1", state="in force", source="annotation", date="2029-05-17", qualification="(E.W.S.)"),
    ]
    monkeypatch.setattr(commencements, "stated", lambda *_: steps)
    monkeypatch.setattr(families, "wording_ended", lambda *_: ("2031-01-01", None))
    monkeypatch.setattr(wordings, "headings", lambda *_: rows("section-1"))
    with Store.open(":memory:") as store:
        found = part_read.part_read(store, TOP)
        assert found is not None
        assert [str(each) for each in part_read.sentences(store, TOP, found)] == [
            "Read here: only section 1, in the text as at 1 April 2030, which held until 1 January 2031.",
            "Section 1 wholly in force from 30 May 2029.",
        ]
        monkeypatch.setattr(families, "wording_ended", lambda *_: ("2031-01-01", "E+W"))
        told = next(part_read.sentences(store, TOP, found))
        assert str(told).endswith(", which held until 1 January 2031 in England and Wales.")
        monkeypatch.setattr(commencements, "stated", lambda *_: steps[1:])
        assert len(list(part_read.sentences(store, TOP, found))) == 1, "of a part of it"


def test_a_subsection_began_with_its_section(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = Step(path="section-43", state="in force", source="annotation", date="2029-05-01")
    part = part_read.PartRead(named=structure("section 43(1)"), paths=("section-43-1",))
    told = []
    for steps in ([begun], [begun, Step(path="section-43-1", state="not in force", source="annotation")]):
        monkeypatch.setattr(commencements, "stated", lambda *_, steps=steps: steps)
        with Store.open(":memory:") as store:
            told.append([str(each) for each in part_read.sentences(store, TOP, part)][1:])
    assert told == [["Section 43(1) in force from 1 May 2029."], []]


@pytest.mark.parametrize(
    ("words", "more", "place"),
    [
        ("Fees double.", {}, "United Kingdom"),
        ("Fees double to the extent that they are due.", {}, "United Kingdom"),
        ("Subject to subsection (2), this Act does not extend to Northern Ireland.", {}, ""),
        ("This Act shall apply only to Scotland.", {}, ""),
        ("This Act extends to Scotland only.", {"extent": "S", "jurisdiction": "Scotland"}, "Scotland"),
        ("Fees double.", {"partial": 1}, ""), ("Fees double.", {"kind": "si"}, ""),
        ("Fees double.", {"kind": "guidance"}, "United Kingdom"),
    ],
)  # fmt: skip
def test_a_law_applies_where_something_says_so(
    monkeypatch: pytest.MonkeyPatch, words: str, more: Row, place: str
) -> None:
    monkeypatch.setattr(wordings, "headings", lambda *_: [{"heading": "Fees", "text": words}])
    top = {
        "id": "ukpga/2029/1", "kind": "act", "jurisdiction": "United Kingdom", "extent": "", "partial": 0,
        "representation": "structured",
    }  # fmt: skip
    with Store.open(":memory:") as store:
        assert law.place(store, {**top, **more}) == place


def test_of_a_section_whose_parts_extend_to_different_places_the_note_is_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    note = {"path": "section-10A", "text": "S. 10A extends E.W. except s. 10A(2) which extends G.B."}
    monkeypatch.setattr(wordings, "headings", lambda *_: rows("section-10A"))
    monkeypatch.setattr(wordings, "notes_of", lambda *asked: [note] if asked[-1] == "E" else [])
    with Store.open(":memory:") as store:
        assert extents.facets(store, TOP) == [(BOUND, PARTED)]
        assert [str(each) for each in extents.sentences(store, TOP, [])] == [
            "It differs by place: \u201cS. 10A extends E.W. except s. 10A(2) which extends G.B.\u201d"
        ]
        changed = {"kind": "changed", "document": TOP["id"], "path": "section-11"}
        assert list(extents.sentences(store, TOP, [changed])) == []


@pytest.mark.parametrize(
    ("heading", "words", "is_parted"),
    [
        ("Short title and extent", "This Act extends to Northern Ireland only.", False),
        ("Extent", "(1) Except as provided, it extends to Wales only. (2) Section 8 extends also to Scotland.", True),
        ("Extent", "(4) Sections 1 to 5 extend to Wales only. (5) The extent of any repeal is that of its Act.", True),
        ("Fees", "The order extends to fees. It extends to papers.", False),
    ],
)
def test_an_act_differs_by_place_where_its_provision_on_extent_says_more_than_one_thing(
    monkeypatch: pytest.MonkeyPatch, heading: str, words: str, is_parted: bool
) -> None:
    monkeypatch.setattr(wordings, "headings", lambda *_: [{"heading": heading, "text": words}])
    with Store.open(":memory:") as store:
        assert bool(extents.facets(store, {**TOP, "partial": 0})) == is_parted


def test_a_change_for_one_place_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    noted = "Words in s. 8(2) inserted (E.W.) (1.4.2029) by Sample Fees Act 2028 (c. 9), s. 3"
    monkeypatch.setattr(wordings, "notes_of", lambda *_: [])
    monkeypatch.setattr(wordings, "new_notes", lambda *_: [noted])
    row = {"kind": "changed", "document": TOP["id"], "path": "section-8-2", "version": "b", "previous": "a"}
    with Store.open(":memory:") as store:
        for extent, told in (
            ("E+W+S", ["What changed in section 8(2) extends to England and Wales only."]),
            ("E+W", []),
        ):
            top = {**TOP, "extent": extent}
            assert [str(each) for each in extents.sentences(store, top, [row])] == told
            assert list(extents.sentences(store, top, [{**row, "path": "section-9"}])) == []


def test_a_note_for_one_place_is_told_of_the_part_that_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    by = "(12.1.2030) by Sample Fees Act 2029 (c. 9), s. 3"
    note = {"path": "section-20", "text": f"S. 20(2) repealed (E.W.) {by}"}
    ahead = f"{by[1:10]} for specified purposes and otherwise prosp.{by[10:]}"
    several = [
        note,
        {"path": "section-20", "text": f"S. 20(2A)-(2C) inserted (E.W.) ({ahead}"},
        {"path": "section-20-for-scotland", "text": f"Words in s. 20(3) substituted (S.) {by}"},
        {"path": "section-20-for-scotland", "text": f"S. 20(8A) inserted (S.) {by}"},
        {"path": "section-21-for-scotland", "text": f"S. 21(8A) inserted (S.) {by}"},
    ]
    monkeypatch.setattr(wordings, "headings", lambda *_: rows("section-20"))
    monkeypatch.setattr(wordings, "notes_of", lambda *asked: [note] if asked[-1] == "F" else [])
    with Store.open(":memory:") as store:
        top = {**TOP, "extent": "E+W+S"}
        assert extents.facets(store, top) == [(BOUND, PARTED)]
        told = "For England and Wales only: section 20(2) repealed."
        assert [str(each) for each in extents.sentences(store, top, [])] == [told]
        assert extents.facets(store, {**TOP, "extent": "E+W"}) == []
        monkeypatch.setattr(wordings, "notes_of", lambda *asked: several if asked[-1] == "F" else [])
        assert [str(each) for each in extents.sentences(store, top, [])] == [
            "For England and Wales only: section 20(2) repealed; section 20(2A) to (2C) (in part not yet in force)"
            " inserted.",
            "For Scotland only: words substituted in section 20(3); section 20(8A) inserted.",
        ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("(4) Sections 1 to 5 extend to England and Wales.", "(4) Sections 1 to 5 extend to England and Wales"),
        ("(2) This Order extends to England and Wales, but applies to Wales.",
         "(2) This Order extends to England and Wales, but applies to Wales"),
        ("This Act extends to Wales only.", ""), ("Section 3 does not extend to Scotland.", ""),
    ],
)  # fmt: skip
def test_a_law_says_itself_where_it_is_law_beyond_what_its_title_names(
    monkeypatch: pytest.MonkeyPatch, text: str, told: str
) -> None:
    monkeypatch.setattr(wordings, "headings", lambda *_: [{"path": "section-10", "heading": "Extent", "text": text}])
    monkeypatch.setattr(wordings, "notes_of", lambda *_: [])
    top = {**TOP, "partial": 0, "kind": "act", "extent": "", "jurisdiction": "Wales", "representation": "structured"}
    with Store.open(":memory:") as store:
        said = [f"It says itself where it is law: \u201c{told}\u201d."] if told else []
        assert [str(each) for each in extents.own_words(store, top)] == said
