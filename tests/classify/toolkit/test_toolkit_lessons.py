"""Recommendations and findings as sections, entries, rows and paragraphs, and to whom they are addressed."""

import pytest

from crawler.classify.toolkit import Lesson, lessons
from crawler.classify.toolkit.lessons import addressee
from tests.classify.toolkit.lessons_samples import REPORT, of_page, section, told


def test_named_parts_are_lessons() -> None:
    assert lessons(REPORT) == (
        Lesson(path="recommendation-1", kind="recommendation", number="1", addressee="The Home Office"),
        Lesson(path="recommendation-2", kind="recommendation", number="2", addressee="Police forces"),
        Lesson(path="finding-3-1", kind="finding", number="3.1", addressee=""),
    )


def test_numbered_parts_under_a_heading_are_lessons_until_it_ends() -> None:
    found = lessons([
        section("s", heading="Summary of recommendations"),
        section("a", "1", "The Home Office should act", "More."),
        section("b", "2", "Background", "Nothing is asked of anybody."),
        section("c", "3", "", "The NCA must report."),
        section("d", heading="Annex"),
        section("e", "4", "", "The council should not be here."),
    ])  # fmt: skip
    assert [(lesson.path, lesson.number, lesson.addressee) for lesson in found] == [
        ("a", "1", "The Home Office"), ("c", "3", "The NCA"),
    ]  # fmt: skip


def test_a_block_without_numbers_is_one_lesson() -> None:
    found = lessons([section("recs", heading="Key recommendations", text="The Home Office should act. So should we.")])
    assert found == (Lesson(path="recs", kind="recommendation", number="", addressee=""),)
    assert lessons([section("recs", heading="Recommendations")]) == ()
    assert lessons([section("r", heading="Recommendations of last year and what came of them", text="x")]) == ()


def test_other_languages() -> None:
    found = lessons([
        section("argymhelliad-3", "Argymhelliad 3", text="Dylai Llywodraeth Cymru gyhoeddi data."),
        section("aanbeveling-2", "Aanbeveling 2", text="De minister van Justitie en Veiligheid moet cijfers "
                                                       "publiceren."),
        section("constat-1", "Constat 1", text="Peu de victimes."),
    ])  # fmt: skip
    assert [(lesson.kind, lesson.number, lesson.addressee) for lesson in found] == [
        ("recommendation", "3", "Llywodraeth Cymru"),
        ("recommendation", "2", "De minister van Justitie en Veiligheid"),
        ("finding", "1", ""),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Home Office should do so.", "The Home Office"),
        ("Within six months, the NCA must report.", "the NCA"),
        ("By 31 March 2027, all chief constables should have a plan.", "all chief constables"),
        ("The Home Office, working with the NCA, should act.", "The Home Office"),
        ("The Home Office, the NCA and police forces should act.", "The Home Office, the NCA and police forces"),
        ("We recommend that the Welsh Government should act.", "the Welsh Government"),
        ("GRETA urges the Dutch authorities to train judges.", "the Dutch authorities"),
        ("To the Home Office: publish the data.", "the Home Office"),
        ("Local authorities need to record this.", "Local authorities"),
        ("The Home Office should ask the police to record it.", "The Home Office"),
        # Nobody is named.
        ("This should be done soon.", ""),
        ("Training must be better.", ""),
        ("More should be done by the Home Office.", ""),
        ("There must be no gaps.", ""),
        ("Ms Sample should resign.", ""),
        ("Data were poor.", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_addressee_as_written(text: str, expected: str) -> None:
    assert addressee("", text) == expected
    assert expected in text


def test_addressee_of_a_heading_wins() -> None:
    assert addressee("The Ministry of Justice should act", "The police must wait.") == "The Ministry of Justice"
    assert addressee("Training", "The police must wait.") == "The police"


def test_entries_of_a_list_on_a_page_have_the_numbers_that_it_shows() -> None:
    page = (
        "<h2>Recommendations</h2><p>This sample makes three.</p><ol><li><p>The Home Office should count.</p><ul><li>by"
        " area</li></ul></li><li>Police forces must train responders.</li><li><strong>Publish</strong> figures every"
        " year.</li></ol><p>We thank everybody who should be thanked.</p><h2>Annex</h2><ol><li>The NCA should not be"
        " here.</li></ol>"
    )
    assert of_page(page) == [
        ("1", "The Home Office", "The Home Office should count. by area"),
        ("2", "Police forces", "Police forces must train responders."),
        ("3", "", "Publish figures every year."),
    ]


def test_lists_that_count_otherwise() -> None:
    head = "<h2>Key recommendations</h2>"
    entries = "<li>The NCA should act.</li><li>The NCA should report.</li>"
    assert [each[0] for each in of_page(f'{head}<ol start="7">{entries}</ol>')] == ["7", "8"]
    assert [each[0] for each in of_page(f'{head}<ol type="a">{entries}</ol>')] == ["a", "b"]
    assert [each[0] for each in of_page(f'{head}<ol type="i">{entries}</ol>')] == ["i", "ii"]
    assert [each[0] for each in of_page(f"{head}<ul>{entries}</ul>")] == ["", ""]
    assert [each[0] for each in of_page(f"{head}<p>R1. The NCA should act.</p><p>R2: The NCA should report.</p>")] == [
        "R1", "R2",
    ]  # fmt: skip


def test_whom_the_words_before_a_list_name() -> None:
    page = (
        "<h2>Recommendations</h2><h3>For the Home Office</h3><ol><li>Publish the figures.</li></ol>"
        "<h3>Police forces</h3><ol start='2'><li>Train every responder.</li></ol><h3>Method</h3>"
        "<ol><li>Ask the police what they should do.</li></ol>"
    )
    assert [each[:2] for each in of_page(page)] == [("1", "the Home Office"), ("2", "Police forces")]
    text = "We recommend that:\nFor local authorities:\n(a) training is given\n(b) data are shared\nTo the NCA:\n(c) it"
    assert told(text)[:2] == [
        ("a", "local authorities", "training is given"), ("b", "local authorities", "data are shared"),
    ]  # fmt: skip
    assert told("Police forces should:\na) publish the figures")[0][1] == "Police forces"
    assert told("The Home Office should:\na) publish the figures\nb) train its staff") == [
        ("a", "The Home Office", "publish the figures"), ("b", "The Home Office", "train its staff"),
    ]  # fmt: skip


def test_entries_of_a_file() -> None:
    text = (
        "We make these recommendations.\n1. The Home Office should count\nand tell.\n\u2022 each year\n2. Police forces"
        " should train.\nThey know how.\n3. The NCA should report.\nEverybody should read this report."
    )
    assert told(text) == [
        ("1", "The Home Office", "The Home Office should count\nand tell.\n\u2022 each year"),
        ("2", "Police forces", "Police forces should train.\nThey know how."),
        ("3", "The NCA", "The NCA should report."),
    ]
    assert [each[0] for each in told("1.1 The NCA should act.\n1.2 The NCA should report.")] == ["1.1", "1.2"]
    assert [each[0] for each in told("1 The NCA should act.\n2 The NCA should report.")] == ["1", "2"]
    # A page number, and a list of contents.
    assert [each[0] for each in told("12 The NCA should act.")] == [""]
    assert [each[0] for each in told("1. Background\n2. Method")] == [""]


def test_rows_of_a_table() -> None:
    page = (
        "<h2>Summary of recommendations</h2><table><tr><th>No.</th><th>Recommendation</th><th>Addressee</th></tr>"
        "<tr><td>1</td><td><p>Publish the figures.</p></td><td>Home Office</td></tr>"
        "<tr><td>2</td><td>Train every responder.</td><td>Police forces</td></tr></table>"
    )
    assert of_page(page) == [
        ("1", "Home Office", "Publish the figures."), ("2", "Police forces", "Train every responder."),
    ]  # fmt: skip
    assert told("Rec. no | Recommendation\n4 | The NCA should act by May.") == [
        ("4", "The NCA", "The NCA should act by May."),
    ]  # fmt: skip
    # One that follows up on those of others tells what became of them.
    followed = "No | Recommendation | Status\n1 | The NCA should act by May. | Done"
    assert told(followed, heading="Annex", running=True) == []
    sheet = "Recommendation | Owner\nThe police should count victims. | Chief constables"
    assert told(sheet, heading="Sheet1", running=True) == [
        ("", "Chief constables", "The police should count victims."),
    ]  # fmt: skip
    assert told(sheet, heading="Sheet1") == []


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 the Commissioner made these recommendations:\n1. The Home Office should act.",
        "Our previous report made two.\n1. The Home Office should act.\n2. It should report.",
        "Progress against recommendations:\n1. The Home Office should act.",
        "The recommendations made by GRETA were:\n1. The Home Office should act.",
    ],
)
def test_what_others_recommended_is_no_lesson(text: str) -> None:
    assert told(text, running=True) == []


def test_paragraphs_that_recommend() -> None:
    page = (
        "<p>A report with recommendations.</p><h2>Victims</h2><p>34. Few are counted. <strong>We therefore recommend"
        " that the Home Office publishes it.</strong></p><p>35. The police should know.</p><p><b>The Committee"
        " recommends that the NCA reports.</b></p><p>In 2020 the Commissioner recommended a register.</p>"
    )
    assert of_page(page, running=True) == [
        ("paragraph 34", "the Home Office", "We therefore recommend that the Home Office publishes it."),
        ("", "the NCA", "The Committee recommends that the NCA reports."),
    ]
    assert of_page(page) == []


@pytest.mark.parametrize(
    "text",
    [
        "We recommend you read the guidance.",
        "We recommend reading the guidance first.",
        "GRETA considers this a good practice.",
        "The Home Office said that we recommend too much.",
        "A witness told us: many recommend that the law changes.",
        "The Committee recommended in 2019 that the law changes.",
    ],
)
def test_paragraphs_that_recommend_nothing_to_anybody(text: str) -> None:
    assert told(text, heading="Victims", running=True) == []


def test_paragraphs_count_only_where_nothing_is_listed() -> None:
    found = lessons(
        [section("a", heading="Victims", text="12. We recommend that the NCA acts."), *REPORT[2:4]], running=True
    )
    assert [each.number for each in found] == ["1", "2"]


def test_conclusions_beside_recommendations_are_no_lessons() -> None:
    text = (
        "1. Too little is known, and this must change. (Paragraph 12)\n2. We recommend that the NCA reports. (Paragraph"
        " 14)\n3. The Home Office should act. (Paragraph 15)"
    )
    assert [each[:2] for each in told(text, heading="Conclusions and recommendations")] == [
        ("2", "the NCA"), ("3", "The Home Office"),
    ]  # fmt: skip
    assert told("Nothing is numbered here.", heading="Conclusions and recommendations") == []


THEMED = (
    "<h2>Recommendations</h2><h3>Housing</h3>{}<h3>Legal aid</h3>{}<h3>About this report</h3>"
    "<p>It is about survivors.</p><h2>Further work</h2><ul><li>The council should not be here at all.</li></ul>"
)


@pytest.mark.parametrize("entry", ["<ul><li>{}</li></ul>", "<ol><li>{}</li></ol>", "<p>{}</p>"])
def test_subjects_under_a_heading_of_recommendations(entry: str) -> None:
    said = ("The Home Office should count survivors.", "The Ministry of Justice must pay for advice.")
    found = of_page(THEMED.format(*(entry.format(each) for each in said)))
    assert [each[1:] for each in found] == [("The Home Office", said[0]), ("The Ministry of Justice", said[1])]


def test_subjects_of_what_others_recommended_are_none() -> None:
    page = (
        "<h2>Recommendations</h2><h3>Progress on earlier recommendations</h3><ul><li>The NCA should act now.</li></ul>"
    )
    assert of_page(page) == []


@pytest.mark.parametrize(
    "page",
    [
        "<dl><dt>Recommendation 1</dt><dd>{}</dd><dt>Recommendation 2</dt><dd>{}</dd></dl>",
        "<details><summary>Recommendation 1</summary><p>{}</p></details>"
        "<details><summary>Recommendation 2</summary><p>{}</p></details>",
        "<div>1. {}</div><div>2. {}</div>",
        "<p>1. {}<br>2. {}</p>",
    ],
)
def test_recommendations_in_other_elements(page: str) -> None:
    said = ("The Home Office should count.", "The NCA must report.")
    found = of_page(f"<h2>Recommendations</h2>{page.format(*said)}")
    assert found == [("1", "The Home Office", said[0]), ("2", "The NCA", said[1])]


def test_what_is_to_be_done_needs_no_should() -> None:
    said = ("Ban fees that workers pay.", "Allow survivors to work.", "Stop the detention of victims.")
    found = told("\n".join(f"• {each}" for each in said))
    assert [each[2] for each in found] == list(said)
