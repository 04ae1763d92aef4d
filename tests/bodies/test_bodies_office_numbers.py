"""Numbers that Word sets by itself are read as a reader sees them, and make numbered recommendations."""

import pytest

from crawler.bodies.office import docx
from crawler.bodies.values import Content
from crawler.classify.toolkit.lessons import lessons
from crawler.errors import ParseError
from tests.bodies import office_making as make

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def level(at: int, text: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    said = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}">{said}</w:lvl>'


def listed(*levels: str, kind: int = 0, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{kind}">{more}{"".join(levels)}</w:abstractNum>'


def used(number: int, kind: int = 0, own: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{own}</w:num>'


def para(text: str, number: int | None = 1, at: int = 0, style: str = "") -> str:
    place = "" if number is None else f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    words = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return f"<w:p><w:pPr>{named}{place}</w:pPr>{words}</w:p>"


def read(body: str, numbering: str, **more: str) -> Content:
    parts = {"word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>", **more}
    return docx.document(make.docx(body, more=parts), url="https://a.sample.invalid/x.docx")


def lines(body: str, numbering: str, **more: str) -> list[str]:
    return [
        line
        for part in read(body, numbering, **more).sections
        for line in (part.heading, *part.text.split("\n"))
        if line
    ]


PLAIN = listed(level(0, "%1."), level(1, "%1.%2"), level(2, "(%3)", "lowerLetter"))


def test_levels_count_and_begin_again_below_the_one_above() -> None:
    body = para("One") + para("One one", at=1) + para("One two", at=1) + para("A", at=2) + para("B", at=2)
    body += para("Two") + para("Two one", at=1) + para("C", at=2) + para("Words", None) + para("Three")
    assert lines(body, PLAIN + used(1)) == [
        "1. One", "1.1 One one", "1.2 One two", "(a) A", "(b) B", "2. Two", "2.1 Two one", "(a) C", "Words", "3. Three",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "start", "expected"),
    [("decimal", 7, "7"), ("decimalZero", 7, "07"), ("lowerLetter", 26, "z"), ("lowerLetter", 28, "bb"),
     ("upperLetter", 2, "B"), ("lowerRoman", 14, "xiv"), ("upperRoman", 1999, "MCMXCIX")],
)  # fmt: skip
def test_formats(form: str, start: int, expected: str) -> None:
    assert lines(para("Words"), listed(level(0, "%1)", form, start=start)) + used(1)) == [f"{expected}) Words"]


@pytest.mark.parametrize("form", ["bullet", "chicago", "ordinalText"])
def test_what_is_no_number_is_none(form: str) -> None:
    assert lines(para("Words"), listed(level(0, "\u2022", form)) + used(1)) == ["Words"]
    assert lines(para("Words", at=1), listed(level(0, "%1", form), level(1, "%1.%2")) + used(1)) == ["Words"]


def test_lists_of_one_kind_go_on_unless_they_begin_anew() -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "Point %1:")}</w:lvlOverride>'
    numbering = PLAIN + used(1) + used(2) + used(3, own=again) + used(4, own=other)
    body = para("A") + para("B", 2) + para("C", 3) + para("D", 3) + para("E", 1) + para("F", 4) + para("G", 0)
    assert lines(body, numbering) == ["1. A", "2. B", "5. C", "6. D", "7. E", "Point 8: F", "G"]


def test_a_style_numbers_its_paragraphs_and_those_based_on_it() -> None:
    named = {
        "Rec": '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
        "Own": '<w:basedOn w:val="Rec"/>',
        "Ring": '<w:basedOn w:val="Ring"/>',
    }
    made = (f'<w:style w:styleId="{key}"><w:name w:val="{key}"/>{said}</w:style>' for key, said in named.items())
    styles = f"<w:styles {W}>{''.join(made)}</w:styles>"
    numbering = listed(level(0, "R%1"), level(1, "R%1.%2", more='<w:pStyle w:val="Rec"/>')) + used(1)
    body = para("A", None, style="Rec") + para("B", None, style="Own") + para("C", None, style="Ring")
    body += para("D", 0, style="Rec")
    assert lines(body, numbering, **{"word/styles.xml": styles}) == ["R1.1 A", "R1.2 B", "C", "D"]


def test_a_kind_may_only_name_another() -> None:
    numbering = listed(kind=5, more='<w:numStyleLink w:val="Ours"/>')
    numbering += listed(level(0, "%1."), kind=6, more='<w:styleLink w:val="Ours"/>') + used(1, 5)
    assert lines(para("Words"), numbering) == ["1. Words"]


def test_all_numbers_are_in_figures_where_the_level_says_so() -> None:
    numbering = listed(level(0, "%1.", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>")) + used(1)
    assert lines(para("A") + para("B") + para("C", at=1), numbering) == ["I. A", "II. B", "2.1 C"]


def test_in_a_table() -> None:
    rows = "".join(
        f"<w:tr><w:tc>{para('')}</w:tc><w:tc>{para(text, None)}</w:tc></w:tr>" for text in ("First", "Second")
    )
    assert lines(f"<w:tbl>{rows}</w:tbl>", PLAIN + used(1)) == ["1. | First", "2. | Second"]


def test_numbers_of_word_make_recommendations() -> None:
    named = listed(level(0, "Recommendation %1:")) + used(1)
    asked = ("The Sample Office should publish its figures.", "Sample councils should train their staff.")
    found = lessons(read("".join(para(text) for text in asked), named).sections)
    assert [(each.kind, each.number) for each in found] == [("recommendation", "1"), ("recommendation", "2")]
    body = make.para("Recommendations", style="Heading1") + "".join(para(text) for text in asked)
    found = lessons(read(body, PLAIN + used(1)).sections)
    assert [(each.kind, each.number) for each in found] == [("recommendation", "1"), ("recommendation", "2")]


HOSTILE = [
    "<w:num/>", used(1, 9), listed(level(0, "%9%8%1")) + used(1), listed(level(99, "%1")) + used(1),
    listed(level(0, "%1", start=10**9)) + used(1), listed('<w:lvl w:ilvl="x"/>') + used(1),
    listed('<w:lvl><w:start w:val="-1"/><w:lvlRestart w:val="\u0663"/></w:lvl>') + used(1),
]  # fmt: skip


@pytest.mark.parametrize("numbering", HOSTILE)
def test_what_makes_no_sense_does_no_harm(numbering: str) -> None:
    assert "Words" in " ".join(lines(para("Words") + para("Words", at=1) + para("x", 77), numbering))


def test_numbering_that_is_no_xml_is_refused() -> None:
    with pytest.raises(ParseError, match="numbering"):
        docx.document(make.docx(para("x"), more={"word/numbering.xml": "<w"}), url="https://a.sample.invalid/x.docx")
