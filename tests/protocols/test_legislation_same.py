"""A law as enacted and as revised is the same tree, however it is marked up: what was not amended does not differ."""

import pytest

from crawler.changes import compare
from crawler.model import Difference, Version
from tests.protocols.legislation_samples import changed, parsed

SCHEDULE = '<P1 id="schedule-paragraph-1"><Pnumber>1</Pnumber><P1para><Text>The Sample Commission.</Text></P1para></P1>'
CROSSED = "<P1group>\n          <Title>Commencement and short title</Title>"
NUMBER = "<Number>2001 CHAPTER 9001</Number>"


def paragraph(number: str, text: str, mark: str = "") -> str:
    opened = f'<P1 id="schedule-paragraph-{number}"><Pnumber{mark}>{number}</Pnumber>'
    return f"{opened}<P1para><Text>{text}</Text></P1para></P1>"


ENACTED = (
    "<P1group><Title>The Commission\u2019s members</Title>"
    + paragraph("1", "The Commission has \u201cfive\u201d members (see section 1), none of them paid.")
    + paragraph("2", "A member\u2019s term is two years.")
    + "</P1group><P1group><Title>Its staff</Title>"
    + paragraph("3", "The Commission has no staff.")
    + "</P1group>"
)
MARK = ' PuncAfter=""'
REVISED = (
    "<Pblock><Title><Emphasis>The Commission's members</Emphasis></Title>"
    + paragraph(
        "1",
        "The Commission has  \u201c <Term>five</Term> \u201d members ( see section 1 ) , none of them  paid .",
        MARK,
    )
    + paragraph("2", "A member's term is two years.", MARK)
    + "</Pblock><Pblock><Title><Emphasis>Its staff</Emphasis></Title>"
    + paragraph("3", "The Commission has no staff.", ' PuncAfter="."').replace(">3<", ">3.<")
    + "</Pblock>"
)
PARTS = ("<Number>Part 1</Number>", "<Number><Strong>Part\n  1</Strong></Number>")


def enacted(*pairs: tuple[str, str]) -> Version:
    return changed("act-enacted", (SCHEDULE, ENACTED), *pairs).versions[0]


def revised(*pairs: tuple[str, str]) -> Version:
    number = (NUMBER, "<Number>2001 c. 9001</Number>")
    return changed("act-enacted", (SCHEDULE, REVISED), PARTS, number, *pairs).versions[0]


def told(old: Version, new: Version) -> list[tuple[str, str, str]]:
    return [(each.kind, each.verb, each.path) for each in compare(old, new)]


def test_both_ways_to_mark_a_law_up_are_the_same_sections() -> None:
    """Trap UK-1.26: headings over paragraphs of a schedule are groups as enacted and blocks as revised; other quotes,
    spaces and numbers."""
    assert compare(enacted(), revised()) == ()
    assert [each.path for each in enacted().sections] == [each.path for each in revised().sections]


def test_the_heading_of_a_run_in_a_schedule_is_that_of_its_first_provision_and_no_section() -> None:
    for version in (enacted(), revised()):
        found = [(each.path, each.heading) for each in version.sections if each.path.startswith("schedule-")]
        assert [heading.replace("\u2019", "'") for _, heading in found] == ["The Commission's members", "", "Its staff"]
        assert [path for path, _ in found] == [f"schedule-paragraph-{number}" for number in (1, 2, 3)]


def test_a_crossheading_of_the_body_is_a_section() -> None:
    crossed = CROSSED.replace("<P1group>", '<Pblock id="part-2-crossheading-short"><Title>Short</Title><P1group>')
    other = crossed.replace(">Short<", ">Final<")
    end = (
        "appoints.</Text></P1para></P1>\n        </P1group>",
        "appoints.</Text></P1para></P1>\n        </P1group></Pblock>",
    )
    old, new = enacted((CROSSED, crossed), end), revised((CROSSED, other), end)
    assert told(old, new) == [("changed", "heading changed", "part-2-crossheading-short")]


def test_what_was_amended_is_told_and_nothing_else() -> None:
    new = revised(
        ("The Commission has no staff.", ". . . . . . . . . ."),
        ("term is two years", "term is <Substitution ChangeId='k' CommentaryRef='c'>three</Substitution> years"),
    )
    assert told(enacted(), new) == [
        ("changed", "words substituted", "schedule-paragraph-2"),
        ("omitted", "omitted", "schedule-paragraph-3"),
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("see ( a ) and [ b ]", "see (a) and [b]"),
        ("\u201c quoted \u201d , and  ; so .", "\u201cquoted\u201d, and; so."),
        (". . . . .", "\u2026"),
        ("(a) . . . . (b) two", "(a) \u2026 (b) two"),
        ("words . . . and more", "words . . . and more"),
        ("(a)<Emphasis> </Emphasis>b <Strong>.</Strong>", "(a) b."),
    ],
)
def test_spaces_inside_brackets_and_before_marks_are_none(written: str, read: str) -> None:
    version = changed("act-enacted", ("The Sample Commission.", written)).versions[0]
    text = next(each.text for each in version.sections if each.path == "schedule-paragraph-1")
    assert text.startswith(read)


def test_the_number_of_an_act_is_written_in_one_way() -> None:
    (introduction,) = (each for each in parsed("act-enacted").versions[0].sections if each.path == "introduction")
    assert introduction.number == "2001 c. 9001"


def weights(differences: tuple[Difference, ...]) -> set[str]:
    return {each.significance for each in differences}


def test_an_omission_has_legal_effect() -> None:
    assert weights(compare(enacted(), revised(("The Commission has no staff.", ". . . .")))) == {"legal effect"}
