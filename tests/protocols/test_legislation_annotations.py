"""Notes of the editors: read with the provisions they stand at, and no part of the text."""

from crawler.changes import digest
from crawler.model import Annotation
from tests.protocols.legislation_samples import changed, parsed

C2 = (
    '<Commentary id="c2" Type="F"><Para><Text>S. 1(1)(c) inserted (1.3.2002) by S.I. 2001/9003, art. 3; words in'
    " s. 1(1)(a) repealed (1.3.2002) by S.I. 2001/9003, art. 3 (sample)</Text></Para></Commentary>"
)
ITEM = "http://www.legislation.gov.uk/id/uksi/2001/9003"


def notes(*pairs: tuple[str, str]) -> list[Annotation]:
    return list(changed("act-latest", *pairs).versions[0].annotations)


def noted(inside: str) -> Annotation:
    return next(each for each in notes((C2, f'<Commentary id="c2" Type="F">{inside}</Commentary>')) if each.id == "c2")


def test_a_note_stands_once_at_every_provision_that_has_its_mark() -> None:
    assert [(each.id, each.kind, each.path, each.place) for each in notes()] == [
        ("c1", "I", "section-1", "number"),
        ("c2", "F", "section-1", "text"),
        ("c3", "F", "section-1", "text"),
    ]
    both = notes((". . . . . . . . . .</Text>", '<CommentaryRef Ref="c2"/>. . . .</Text>'))
    assert [each.path for each in both if each.id == "c2"] == ["section-1", "section-2"]


def test_a_note_at_the_heading_of_a_group_stands_at_its_first_provision() -> None:
    title = "<Title>Sample register</Title>"
    marked = title.replace("Sample", '<CommentaryRef Ref="c3"/>Sample')
    assert ("c3", "section-2A", "heading") in [(each.id, each.path, each.place) for each in notes((title, marked))]


def test_notes_without_a_mark_stand_at_the_document() -> None:
    found = notes(('<CommentaryRef Ref="c1"/>', ""))
    assert [(each.id, each.path) for each in found][-1] == ("c1", "")


def test_statements_of_a_note_have_lines_of_their_own() -> None:
    note = noted(
        "<Para><Text>S. 1 excluded by\n  art. 2</Text></Para><Para><Text>S. 1(2)</Text><Text>modified</Text></Para>"
    )
    assert note.text == "S. 1 excluded by art. 2\nS. 1(2)\nmodified"


def test_links_of_a_note_name_instruments_and_provisions() -> None:
    archive = "https://webarchive.nationalarchives.gov.uk/eu-exit/https://eur-lex.europa.eu/legal-content/EN/TXT/"
    note = noted(
        f'<Para><Text><Citation URI="{ITEM}">SI</Citation><CitationSubRef URI="{ITEM}/regulation/1/2"/>'
        f'<CitationSubRef Operative="true" URI="{ITEM}/schedule/2/paragraph/5/a"/>'
        f'<CitationSubRef URI="{ITEM}/regulation/7" UpTo="{ITEM}/regulation/9"/>'
        '<Citation Class="UnitedKingdomPublicGeneralAct" Year="2020" Number="1"/><Citation Title="unknown"/>'
        f'<Citation URI="{archive}?uri=CELEX:32016R0679"/></Text></Para>'
    )
    assert note.citations == (
        ("uksi/2001/9003", ""),
        ("uksi/2001/9003", "regulation-1-2"),
        ("uksi/2001/9003", "schedule-2-paragraph-5-a"),
        ("uksi/2001/9003", "regulation-7..regulation-9"),
        ("ukpga/2020/1", ""),
        ("celex:32016R0679", ""),
    )
    assert note.operative == (("uksi/2001/9003", "schedule-2-paragraph-5-a"),)


def test_marks_of_no_note_and_unknown_types_are_told() -> None:
    page = changed("act-latest", ('CommentaryRef="c3"', 'CommentaryRef="c9"'), ('id="c2" Type="F"', 'id="c2" Type="Z"'))
    (problem,) = page.problems
    assert problem.kind == "unknown note" and "c9" in problem.detail and "'Z'" in problem.detail


def test_a_note_that_gives_no_facts_is_kept_as_words_and_told() -> None:
    page = changed("act-latest", ("S. 1 in force at 1.3.2002", "S. 1 began in spring"))
    (problem,) = page.problems
    assert problem.kind == "unread note" and "S. 1 began in spring" in problem.detail
    assert "S. 1 began in spring" in page.versions[0].annotations[0].text


def test_the_digest_is_without_notes() -> None:
    before, after = parsed("act-latest"), changed("act-latest", (C2, C2.replace("inserted", "added")))
    assert before.versions[0].annotations != after.versions[0].annotations
    assert digest(before.versions[0]) == digest(after.versions[0])
