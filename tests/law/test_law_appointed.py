"""What commencement orders bring into force, in the forms of words that they have."""

import pytest

from crawler.law import Appointed, Origin, Source, appointed

ACT = "Sample Safety (Wales) Act 2029"
TITLE = f"The {ACT} (Commencement No. 2) Order 2029"
MEANS = Source(path="article-1", heading="Interpretation", text=f"(2) In this Order “the 2029 Act” means the {ACT}.")
TABLE = Source(
    path="schedule", heading="", text="Article 2 || Column 1 | Column 2 | Column 3 || Section 4 (bail) | 3rd May 2029 "
    "|| Sections 6(1) and 7 | 4th May 2029 | For the purpose of making rules || Section 9 and Schedule 2, in so far as "
    "it relates to fees | 4th May 2029",
)  # fmt: skip

Read = tuple[tuple[str, ...], str, str]


def read(*texts: str | Source, summary: str = "", title: str = TITLE) -> list[Read]:
    """Return what provisions with such texts bring into force: paths, day, limit; a mark where they are not read."""
    sections = [
        each if isinstance(each, Source) else Source(path=f"article-{place}", heading="", text=each)
        for place, each in enumerate(texts, 2)
    ]
    found = appointed(title, sections, Origin(made="2029-03-01"), summary)
    assert {each.act for each in found} <= {ACT, ""}
    return [_plain(each) for each in found]


def _plain(each: Appointed) -> Read:
    paths = each.paths if each.is_read else ("?",)
    return (("rest",) if each.is_rest else paths, each.date, each.qualification)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"Sections 1, 2 and 5 of the {ACT} come into force on 30th November 2029.",
         [(("section-1", "section-2", "section-5"), "2029-11-30", "")]),
        (f"The following provisions of the {ACT} come into force on 1 May 2029— (a) section 52 (duty to notify); (b) "
         "section 53(1) so far as it relates to England; (c) Part 6.",
         [(("section-52",), "2029-05-01", ""), (("section-53-1",), "2029-05-01", "so far as it relates to England"),
          (("part-6",), "2029-05-01", "")]),
        (f"23 November 2029 is the day appointed for the coming into force of the following provisions of the {ACT}— "
         "(a) section 4; (b) sections 6 to 9.",
         [(("section-4",), "2029-11-23", ""), (("section-6..section-9",), "2029-11-23", "")]),
        (f"Section 6 of the {ACT} comes into force on 1 May 2029 so far as it is not by section 9 of that Act.",
         [(("section-6",), "2029-05-01", "so far as it is not by section 9 of that Act")]),
        (f"1 April 2029 is appointed as the day on which section 14 of the {ACT} comes into force.",
         [(("section-14",), "2029-04-01", "")]),
        (f"The day appointed for the coming into force of the remaining provisions of the {ACT} is 1 July 2029.",
         [(("rest",), "2029-07-01", "")]),
        (f"The {ACT} comes into force on the day after the day on which this Order is made.", [((), "2029-03-02", "")]),
        (f"The {ACT} comes into force on 1 April 2029, except for section 5.", [(("?",), "2029-04-01", "")]),
        (f"The provisions of the {ACT} specified in Part 1 of Schedule 3 come into force on 5 May 2029.",
         [(("?",), "2029-05-05", "")]),
        ("This Order comes into force on 3 May 2029.", []),
        (f"A fee is due on the day when section 5 of the {ACT} comes into force.", []),
        (f"Section 2 of the {ACT} and section 3 of the Fees Act 2020 come into force on 3 May 2029.",
         [(("?",), "", "")]),
    ],
)  # fmt: skip
def test_provisions_and_days_are_read(text: str, found: list[Read]) -> None:
    """Of each way in which orders say it; what is not sure is marked, what they say of themselves is left out."""
    assert read(text) == found


def test_rows_of_a_schedule_are_read_by_their_columns() -> None:
    """Where the article says which column holds the day and which the purpose."""
    article = (
        "The provisions of the 2029 Act specified in column 1 of the Schedule come into force on the day specified in "
        "column 2, but where a purpose is specified in column 3, only for that purpose."
    )
    assert read(MEANS, article, TABLE) == [
        (("section-4",), "2029-05-03", ""),
        (("section-6-1", "section-7"), "2029-05-04", "for the purpose of making rules"),
        (("section-9", "schedule-2"), "2029-05-04", "in so far as it relates to fees"),
    ]


@pytest.mark.parametrize(
    ("summary", "found"),
    [
        (f"This Order brings into force section 37 of the {ACT} (“the Act”).", [(("section-37",), "", "")]),
        (f"This Order brings into force, on 21 October 2029, Chapter 3 of Part 3 of the {ACT} for remaining purposes.",
         [(("part-3-chapter-3",), "2029-10-21", "for remaining purposes")]),
        (f"The Order provides that 1st January 2030 is the day appointed for the amendment made by section 23 of the "
         f"{ACT} (c.11) to come into force.", [(("section-23",), "2030-01-01", "")]),
    ],
)  # fmt: skip
def test_the_note_tells_where_the_text_does_not(summary: str, found: list[Read]) -> None:
    """Of an instrument whose contents alone were read."""
    assert read(summary=summary) == found
