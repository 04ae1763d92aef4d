"""What entries say of an instrument that brings provisions into force."""

import pytest

from crawler.entries import appointed
from crawler.entries.templates import plain
from crawler.law import Appointed

ACT = "Sample Safety (Wales) Act 2029"


def one(*paths: str, date: str = "2029-05-03", qualification: str = "", **more: bool) -> Appointed:
    return Appointed(act=ACT, paths=paths, date=date, qualification=qualification, **more)


FEES = "so far as it relates to fees"
MANY = tuple(f"section-{number}" for number in range(1, 40, 2))


@pytest.mark.parametrize(
    ("begun", "headline", "summary"),
    [
        ([one("section-1", "section-2", "section-3", "section-7")],
         f"Sections 1 to 3 and 7 of the {ACT} in force from 3 May 2029",
         f"It brings sections 1 to 3 and 7 of the {ACT} into force on 3 May 2029."),
        ([one()], f"The {ACT} in force from 3 May 2029 by SI 2029/7",
         f"It brings the {ACT} into force on 3 May 2029."),
        ([one("section-4", qualification=FEES)],
         f"Section 4 of the {ACT} in force in part from 3 May 2029 by SI 2029/7",
         f"It brings section 4 of the {ACT} into force on 3 May 2029 ({FEES})."),
        ([one("section-4"), one("section-5", qualification=FEES), one(is_rest=True, date="2030-01-01")],
         f"Section 4 and others of the {ACT} in force in stages from 3 May 2029",
         f"It brings section 4 of the {ACT} into force on 3 May 2029. For some purposes or in some respects only: "
         "section 5. It brings the remaining provisions of the Act into force on 1 January 2030."),
        ([one(*MANY), one("section-1-2", date="2029-06-03")],
         f"Section 1 and others of the {ACT} in force in stages from 3 May 2029",
         f"It brings sections 1, 3, 5, 7, 9 and 15 other provisions of the {ACT} into force on 3 May 2029. It brings "
         "section 1(2) of the Act into force on 3 June 2029."),
        ([one(*MANY)], f"20 provisions of the {ACT} in force from 3 May 2029 by SI 2029/7",
         f"It brings sections 1, 3, 5, 7, 9 and 15 other provisions of the {ACT} into force on 3 May 2029."),
        ([one("section-4"), one(date="2029-06-03", is_read=False)],
         f"Provisions of the {ACT} in force in stages from 3 May 2029 by SI 2029/7",
         f"It brings provisions of the {ACT} into force in stages, first on 3 May 2029 and last on 3 June 2029."),
        ([one("section-4"), one("section-4", "section-5", date="2029-05-01", qualification=FEES)],
         f"Section 4 of the {ACT} in force from 3 May 2029, 1 more in part",
         f"It brings sections 4 and 5 of the {ACT} into force on 1 May 2029 ({FEES}). It brings section 4 of the "
         "Act into force on 3 May 2029."),
        ([one("section-4"), one("section-5-2", "section-5-6", "section-7", qualification=FEES)],
         f"Section 4 of the {ACT} in force from 3 May 2029, 2 more in part",
         f"It brings section 4 of the {ACT} into force on 3 May 2029. For some purposes or in some respects only: "
         "sections 5(2), 5(6) and 7."),
        ([one("section-4", date="")], f"Section 4 of the {ACT} brought into force by SI 2029/7",
         f"It brings section 4 of the {ACT} into force."),
    ],
)  # fmt: skip
def test_headline_and_summary_say_which_provisions_of_which_act_and_when(
    begun: list[Appointed], headline: str, summary: str
) -> None:
    """Never more than 20 words; what is not read, limited, or of several days is said to be so."""
    said, verb = appointed.headline(begun, "uksi/2029/7")
    assert (str(said), verb) == (headline, "In force")
    assert plain(appointed.sentences(begun)) == summary


def test_each_day_is_listed_with_its_provisions_and_their_limits() -> None:
    rows = appointed.details(
        [one("section-9", date="2030-01-01"), one("section-4"), one("section-5", qualification=FEES)], "a"
    )
    assert [(row["heading"], row["words"]) for row in rows] == [
        (f"{ACT}, from 3 May 2029", [["=", f"section 4; section 5 ({FEES})"]]),
        (f"{ACT}, from 1 January 2030", [["=", "section 9"]]),
    ]
