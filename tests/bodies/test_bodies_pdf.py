"""PDF into sections: what the layout says, and what of it is no text."""

import re
from collections.abc import Sequence

import pytest

from crawler.bodies import pdf
from crawler.bodies.values import Content
from crawler.changes import digests
from crawler.errors import ConfigError, ParseError
from crawler.model import Version
from tests.bodies.pdf_making import Field, Page, Run, flowed, text
from tests.bodies.pdf_making import pdf as made

WORDS = (
    "This is sample text of our own about the support that victims are offered, and it runs on so that it fills some "
    "lines of a page, although it says nothing that anybody needs to know. "
)
REPORT = [
    ("Sample report on support", 24.0, False),
    ("Version 1.2 of a sample.", 11.0, False),
    ("Chapter 1: What we looked at", 16.0, True),
    (WORDS * 3, 11.0, False),
    ("1.1 Scope", 13.0, True),
    (WORDS * 8, 11.0, False),
    ("Recommendation 4: The Office should publish a sample every month.", 11.0, True),
    (WORDS * 2, 11.0, False),
    ("Recommendation 5. The Office should do more of it.", 11.0, False),
    ("Chapter 2", 16.0, True),
    (WORDS * 10, 11.0, False),
    ("Finding 3 \u2013 nobody reads samples", 13.0, True),
    (WORDS * 4, 11.0, False),
]


def read(pages: Sequence[Page], **more: object) -> Content:
    return pdf.document(made(pages, **more), url="https://a.example/sample.pdf")  # type: ignore[arg-type]


def told(content: Content) -> list[tuple[str, str]]:
    return [(section.path, section.text) for section in content.sections]


def digest(content: Content) -> str:
    return digests.digest(Version(document="a", title="A", sections=content.sections, representation="pdf"))


def page(*runs: Run) -> list[Page]:
    return [Page(runs=runs)]


def test_a_report_is_cut_into_chapters_recommendations_and_findings() -> None:
    found = read(flowed(REPORT))
    assert [(s.path, s.number, s.heading) for s in found.sections] == [
        ("sample-report-on-support", "", "Sample report on support"),
        ("chapter-1", "Chapter 1", "What we looked at"),
        ("chapter-1-scope", "1.1", "Scope"),
        ("recommendation-4", "Recommendation 4", ""),
        ("recommendation-5", "Recommendation 5", ""),
        ("chapter-2", "Chapter 2", ""),
        ("finding-3", "Finding 3", "nobody reads samples"),
    ]
    assert found.sections[3].text.startswith("The Office should publish a sample every month. This is sample text")
    assert found.sections[4].text == "The Office should do more of it."
    assert (found.title, found.representation, found.partial, found.problems) == (
        "Sample report on support", "pdf", False, (),
    )  # fmt: skip


@pytest.mark.parametrize("height", [420, 600, 842, 1190])
def test_the_same_text_on_other_pages_reads_the_same(height: int) -> None:
    one = read(flowed(REPORT, head="Sample report, March 2026", number=True))
    other = read(flowed(REPORT, height=height, head="Sample report, April 2026", number=True))
    assert told(one) == told(other)
    assert digest(one) == digest(other)


def test_a_file_saved_anew_has_the_same_digest_and_one_edited_has_another() -> None:
    first = made(flowed(REPORT), title="Sample", producer="One")
    again = made(flowed(REPORT), title="Other title", producer="Two", compress=False)
    edited = made(flowed([(words.replace("offered", "given"), size, bold) for words, size, bold in REPORT]))
    assert first != again
    one, two, three = (digest(pdf.document(body, url="a")) for body in (first, again, edited))
    assert one == two != three


def test_without_headings_all_is_one_section_wherever_pages_end() -> None:
    blocks = [(WORDS * 3, 11.0, False)] * 6
    found = [read(flowed(blocks, height=height, number=True)) for height in (400, 842)]
    assert [[path for path, _ in told(each)] for each in found] == [["introduction"], ["introduction"]]
    assert digest(found[0]) == digest(found[1])
    assert found[1].sections[0].text.count("\n") == 5


def test_running_heads_and_page_numbers_are_no_text() -> None:
    words = " ".join(f"Sentence {name} of {name * 7} in a sample that runs over pages." for name in range(300))
    blocks = [("Heading", 16.0, True), (words, 11.0, False)]
    pages = flowed(blocks, head="Sample guidance for page readers", number=True)
    assert len(pages) >= 3
    (section,) = read(pages).sections
    assert (section.heading, section.text.replace("\n", " ")) == ("Heading", words)


def test_figures_at_the_edge_of_pages_are_text() -> None:
    body = [Run(text=line.text, y=line.y) for line in text(WORDS * 4, y=300)]
    pages = [Page(runs=(*body, Run(text=f"{number} {number * 7} {number * 3}", y=780))) for number in range(10, 14)]
    assert "10 70 30" in read(pages).sections[0].text


def test_a_list_of_contents_is_no_text() -> None:
    entries = [("Introduction", "1"), ("1. What is a sample?", "2"), ("2. Further samples", "14"), ("Annex A", "20")]
    listed = [Run(text="Contents", y=80, size=20)]
    for place, (name, number) in enumerate(entries):
        listed += [Run(text=name, y=120 + 20 * place), Run(text=number, y=120 + 20 * place, x=520)]
    dotted = [Run(text="Contents", y=80, size=20)]
    dotted += [
        Run(text=f"{name} {'.' * (90 - len(name))} {number}", y=120 + 20 * place)
        for place, (name, number) in enumerate(entries)
    ]
    for first in (listed, dotted):
        found = read([Page(runs=tuple(first)), *flowed([("Introduction", 20.0, False), (WORDS, 11.0, False)])])
        assert told(found) == [("introduction", WORDS.strip())]


def test_a_table_that_ends_in_figures_is_no_list_of_contents() -> None:
    rows = [Run(text="Referrals by quarter", y=80, size=16)]
    for place, (name, number) in enumerate([("First", "12"), ("Second", "14"), ("Third", "9"), ("Fourth", "31")]):
        rows += [Run(text=name, y=120 + 20 * place), Run(text=number, y=120 + 20 * place, x=520)]
    assert "Third 9" in " ".join(read(page(*rows)).sections[0].text.split())


def test_footnotes_stand_apart_and_their_numbers_do_not_matter() -> None:
    def noted(mark: str) -> Content:
        return read(page(
            *text("The sample office" + "\u2009" * 0, y=100),
            Run(text=mark, x=143, y=96, size=6),
            *text("is asked to answer. " + WORDS, y=114),
            Run(text=f"{mark} See the sample of last year,", y=780, size=8),
            Run(text="which nobody kept.", x=66, y=790, size=8),
        ))  # fmt: skip

    found = noted("3")
    assert told(found) == [
        ("introduction", f"The sample office is asked to answer. {WORDS.strip()}"),
        ("footnotes", "See the sample of last year, which nobody kept."),
    ]
    assert digest(found) == digest(noted("4"))


@pytest.mark.parametrize("by_row", [True, False])
def test_two_columns_are_read_one_after_the_other(by_row: bool) -> None:
    left = text("Left column: " + WORDS * 2, y=120, width=40)
    right = text("Right column: " + WORDS * 2, y=120, x=320, width=40)
    title = Run(text="A sample in two columns", y=80, size=20)
    runs = [run for pair in zip(left, right, strict=False) for run in pair] if by_row else [*left, *right]
    (section,) = read(page(title, *runs)).sections
    assert section.text.replace("\n", " ").startswith("Left column: This is sample")
    assert section.text.replace("\n", " ") == f"Left column: {WORDS * 2}Right column: {WORDS * 2}".strip()


def test_lines_that_the_file_holds_upside_down_are_read_from_above() -> None:
    runs = [Run(text="Sample heading", y=80, size=20), *text(WORDS * 4, y=120)]
    assert told(read(page(*reversed(runs)))) == told(read(page(*runs)))


def test_cells_of_a_table_are_read_row_by_row() -> None:
    runs = [Run(text=word, x=60 + 180 * (place % 3), y=100 + 20 * (place // 3)) for place, word in enumerate(
        ["Who", "When", "What", "Police", "now", "a referral", "Council", "later", "support"]
    )]  # fmt: skip
    text_of = read(page(*runs)).sections[0].text
    assert text_of.split() == ["Who", "When", "What", "Police", "now", "a", "referral", "Council", "later", "support"]


@pytest.mark.parametrize(("angle", "rotate"), [(0, 0), (90, 90), (180, 180), (270, 270), (90, 0)])
def test_pages_that_are_turned_are_read_upright(angle: int, rotate: int) -> None:
    places = {
        0: lambda x, y: (x, y), 90: lambda x, y: (y, 800 - x), 180: lambda x, y: (540 - x, 842 - y),
        270: lambda x, y: (595 - y, x),
    }  # fmt: skip
    runs = []
    for run in (Run(text="Sample heading", x=60, y=80, size=20), *text(WORDS, x=60, y=120, width=60)):
        x, y = places[angle](run.x, run.y)
        runs.append(Run(text=run.text, x=x, y=y, size=run.size, angle=angle))
    found = read([Page(runs=tuple(runs), rotate=rotate)])
    assert told(found) == [("sample-heading", WORDS.strip())]


def test_words_across_each_page_are_no_part_of_its_lines() -> None:
    pages = [
        Page(runs=(Run(text="DRAFT", x=150, y=600, size=60, angle=45), *text(f"Page {name}. {WORDS}")))
        for name in ("one", "two", "three")
    ]
    assert "DRAFT" not in read(pages).sections[0].text
    assert read(pages[:1]).sections[0].text.endswith("DRAFT")


def test_words_that_a_line_end_cut_are_whole() -> None:
    def lines(*each: str) -> str:
        runs = [Run(text=line, y=100 + 14 * place) for place, line in enumerate(each)]
        return read(page(*runs)).sections[0].text

    assert lines("The sample names vic-", "tims of it.") == "The sample names victims of it."
    assert lines("A long-", "term sample.") == "A long-term sample."
    assert lines("Samples are child-centred. Be child-", "centred.") == "Samples are child-centred. Be child-centred."
    assert lines("The coop-", "eration. Cooperation helps.") == "The cooperation. Cooperation helps."
    assert lines("In 2025-", "26 we sampled.") == "In 2025-26 we sampled."
    assert lines("We sampled \u2013", "and more.") == "We sampled \u2013 and more."
    assert lines("See example.org/a-", "b/sample for it.") == "See example.org/a-b/sample for it."


def test_what_is_no_heading() -> None:
    large = Run(text="March 2026", y=80, size=24)
    assert [path for path, _ in told(read(page(large, *text(WORDS, y=120))))] == ["introduction"]
    bold = [Run(text=line.text, y=line.y, bold=True) for line in text(WORDS * 3, y=120)]
    plain = text(WORDS * 6, y=300)
    assert [path for path, _ in told(read(page(*bold, *plain)))] == ["introduction"]
    row = [Run(text="Nationality", y=120, bold=True), Run(text="Referrals", x=300, y=120, bold=True)]
    assert [path for path, _ in told(read(page(*row, *text(WORDS, y=300))))] == ["introduction"]


def test_a_heading_of_two_lines_is_one() -> None:
    runs = [Run(text="How to conduct an interview that", y=80, size=18), Run(text="does no harm", y=102, size=18)]
    assert told(read(page(*runs, *text(WORDS, y=140))))[0][0] == "how-to-conduct-an-interview-that-does-no-harm"


def test_continued_is_no_new_part() -> None:
    pages = [
        Page(runs=(Run(text="Section 4 - Details", y=200, bold=True), *text(f"First. {WORDS}", y=230))),
        Page(runs=(Run(text="Section 4 \u2013 Details: continued", y=200, bold=True), *text(f"Then. {WORDS}", y=230))),
    ]
    ((path, words),) = told(read(pages))
    assert path == "section-4-details"
    assert "Then." in words


def test_words_outside_of_the_page_are_not_seen() -> None:
    assert "secret" not in read(page(Run(text="secret", x=700, y=100), *text(WORDS))).sections[0].text


def test_labels_and_choices_of_a_form_are_text_where_no_page_prints_them() -> None:
    fields = (
        Field(name="Do they need an interpreter?", kind="Btn"),
        Field(name="Printed label here", kind="Btn"),
        Field(name="Text Box 12", label="Where are they now?"),
        Field(name="Check Box 3"),
        Field(name="Relation", kind="Ch", label="Relation", choices=("Parent", "Guardian")),
    )
    pages = [Page(runs=(*text(f"Printed label (here). {WORDS}"),), fields=fields)]
    assert told(read(pages))[-1] == (
        "form-fields", "Do they need an interpreter?\nRelation: Parent; Guardian\nWhere are they now?",
    )  # fmt: skip
    # A box that is lost while its words are still printed changes no text: the file says the same.
    lost = [Page(runs=pages[0].runs, fields=tuple(each for each in fields if not each.name.startswith("Printed")))]
    assert digest(read(lost)) == digest(read(pages))
    # A question that only the field asked is text that is gone.
    fewer = [Page(runs=pages[0].runs, fields=fields[1:])]
    assert digest(read(fewer)) != digest(read(pages))


def test_a_scan_is_told_and_never_silently_empty() -> None:
    found = read([Page(picture=1.0), Page(picture=0.9, runs=(Run(text="7"),))])
    assert (found.sections, [(p.kind, p.detail) for p in found.problems]) == (
        (), [("scanned", "2 of 2 pages are pictures with hardly any text: 1, 2")],
    )  # fmt: skip


def test_scanned_pages_among_others_make_a_reading_partial() -> None:
    pages = [*flowed([(WORDS * 60, 11.0, False)])]
    found = read([*pages, Page(picture=1.0), Page(picture=1.0), *pages])
    assert found.partial
    assert [problem.kind for problem in found.problems] == ["scanned"]


def test_a_picture_on_the_cover_is_no_scan() -> None:
    found = read([Page(picture=1.0), *flowed([(WORDS * 40, 11.0, False)]), Page(picture=1.0)])
    assert (found.partial, found.problems) == (False, ())


def test_a_dynamic_form_is_told() -> None:
    words = "Please wait... If this message is not eventually replaced, your reader cannot show this sample."
    form = b"/AcroForm<</Fields[]/XFA[(template)(x)]>>"
    found = read(page(*text(words)), extra=form)
    assert (found.sections, [problem.kind for problem in found.problems]) == ((), ["unread"])


def test_a_title_is_what_the_first_page_prints_else_what_the_file_states() -> None:
    plain = page(*text(WORDS))
    assert read(plain, title="Sample strategy").title == "Sample strategy"
    assert read(plain, title="Microsoft Word - final_v3.docx").title == ""
    assert read(flowed(REPORT), title="Office document template").title == "Sample report on support"
    opened = [(f"[{REPORT[0][0]} (draft)", *REPORT[0][1:]), *REPORT[1:]]
    assert read(flowed(opened)).title == "Sample report on support (draft)"


def test_scrub_is_left_out() -> None:
    body = made(flowed([("Sample", 20.0, False), (f"Printed on 3 March 2026. {WORDS}", 11.0, False)]))
    found = pdf.document(body, url="a", scrub=(r"Printed on [\w ]+\.",))
    assert found.sections[0].text == WORDS.strip()
    with pytest.raises(ConfigError, match="scrub"):
        pdf.document(body, url="a", scrub=("(",))


def test_a_blank_file_is_refused() -> None:
    with pytest.raises(ParseError, match="without any word on its 2 pages"):
        read([Page(), Page()])


def test_what_repeats_is_kept_where_it_is_all_there_is() -> None:
    assert told(read(page(Run(text="This page is left blank in the sample.")) * 2))[0][0] == "introduction"


FEES = (("Sample application for leave", 259), ("Sample review", 80), ("Copy of a record", 15), ("Late notice", 120))


def fees(**at: float) -> list[Run]:
    return [
        Run(text=f"{name} {'.' * (80 - len(name))} {sum_}", y=at.get("y", 120) + 20 * place)
        for place, (name, sum_) in enumerate(FEES)
    ]


@pytest.mark.parametrize("rising", [False, True])
def test_a_table_of_fees_with_leading_dots_is_text(rising: bool) -> None:
    rows = [Run(text="Fees from April", y=80, size=16), *fees()]
    if rising:
        rows[1:] = [
            Run(text=f"{name} {'.' * (80 - len(name))} {10 * place}", y=100 + 20 * place)
            for place, (name, _) in enumerate(FEES, 1)
        ]
    said = " ".join(section.text for section in read(page(*rows)).sections)
    assert all(name in said for name, _ in FEES)


def test_rows_at_the_foot_of_pages_that_lead_to_figures_do_not_run() -> None:
    body = [Run(text=line.text, y=line.y) for line in text(WORDS * 4, y=300)]
    pages = [
        Page(runs=(*body, Run(text=f"Fee of this part {'.' * 60} {sum_}", y=780))) for sum_ in (259, 80, 15, 120, 44)
    ]
    said = " ".join(section.text for section in read(pages).sections)
    assert all(f". {sum_}" in said for sum_ in (259, 80, 15, 120, 44))


def test_a_file_of_which_much_is_left_out_is_an_issue() -> None:
    head = "Sample guidance for everybody who reads pages, in the edition of the sample office, not for sale " * 2
    runs = (Run(text=head[:100], y=30), Run(text=head[:100], y=45), Run(text=head[:100], y=60))
    pages = [
        Page(runs=(*runs, *text(f"Words of page {name} alone.", y=300))) for name in ("one", "two", "three", "four")
    ]
    (problem,) = read(pages).problems
    assert problem.kind == "left out" and re.match(r"9\d % of the words on 4 pages", problem.detail)
    assert read(flowed(REPORT, head="Sample report, March 2026", number=True)).problems == ()
