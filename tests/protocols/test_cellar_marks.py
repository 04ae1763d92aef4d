"""Marks of consolidations: which act each provision is from, read from pages; the recorded ones by tests.law."""

from crawler.model import Annotation
from crawler.protocols.cellar import xhtml
from crawler.protocols.cellar.marks import as_annotations, missing

B, M1, M2, C1 = "32001R9001", "32004R9002", "32006L9003", "32001R9001R(02)"
HERE = "\u25ba"
NAMES = {B: "B", M1: "M1", M2: "M2", C1: "C1"}


def sign(act: str, action: str = "", *, shape: str = "\u25bc") -> str:
    title = f"{act}: {action}" if action else act
    return f'<a href="http://publications.europa.eu/resource/celex/{act}" title="{title}">{shape}{NAMES[act]}</a>'


def turn(act: str, action: str = "", *, dashes: str = "") -> str:
    return f'<p class="modref">{sign(act, action)}{dashes}</p>'


def inline(act: str, words: str) -> str:
    return f'<span>{sign(act, "REPLACED", shape=HERE)}</span> {words}<span class="boldface"> \u25c4 </span>'


def article(number: str, *lines: str, flat: bool = False) -> str:
    title = f'<p class="title-article-norm">Article {number}</p>'
    inside = title + "".join(line if line.startswith("<p class") else f'<p class="norm">{line}</p>' for line in lines)
    return inside if flat else f'<div class="eli-subdivision" id="art_{number}">{inside}</div>'


def page(*parts: str, production: str = "002.003") -> bytes:
    rows = "".join(
        f'<tr><td><p class="arrow">{sign(act, shape=HERE)}</p></td>'
        f'<td><p class="title-fam-member-star">Sample act</p></td></tr>'
        for act in (M1, M2, C1)
    )
    head = (
        f'<p class="reference">02001R9001 \u2014 EN \u2014 01.03.2009 \u2014 {production}</p>'
        '<p class="title-doc-first">SAMPLE REGULATION (EC) No 9001/2001</p>'
        f'<p class="hd-modifiers">Amended by:</p><table>{rows}</table>{turn(B)}'
    )
    return f"<html><body>{head}{''.join(parts)}</body></html>".encode()


def marks(*parts: str) -> list[tuple[str, str, str, str]]:
    read = xhtml.read(page(*parts), "")
    return [(mark.path, mark.place, mark.text, mark.id) for mark in as_annotations(read.modifications)]


def texts(*parts: str) -> dict[str, str]:
    return {each.path: each.text for each in xhtml.read(page(*parts), "").sections}


def test_a_mark_holds_from_its_sign_to_the_next_across_articles_and_is_no_word() -> None:
    parts = (
        article("1", "Samples shall be taken.", turn(M1, "REPLACED"), "1. They shall be kept.", "2. And sold."),
        article("2", "Nobody shall take two."),
        turn(B),
        article("3", "This Regulation shall be a sample."),
    )
    assert marks(*parts) == [
        ("article-1-1", "text", "replaced", M1),
        ("article-1-2", "text", "replaced", M1),
        ("article-2", "number", "replaced", M1),
    ]
    assert texts(*parts)["article-1"] == "Samples shall be taken. 1. They shall be kept. 2. And sold."


def test_a_mark_inside_a_line_touches_its_line_alone() -> None:
    parts = (article("1", f"Samples shall {inline(C1, 'never')} be taken."), article("2", "They shall be kept."))
    assert marks(*parts) == [("article-1", "text", "replaced", C1)]
    assert texts(*parts)["article-1"] == "Samples shall never be taken."


def test_marks_inside_one_another_both_hold_and_a_sign_between_blocks_ends_them() -> None:
    parts = (
        turn(M1, "INSERTED"),
        article("1a", f"Samples {inline(M2, 'shall')} be taken.", f"Who {sign(M2, shape=HERE)} forgets to close,"),
        turn(B),
        article("2", "is not followed."),
    )
    assert marks(*parts) == [
        ("article-1a", "number", "inserted", M1),
        ("article-1a", "text", "replaced", M2),
        ("article-1a", "text", "", M2),
    ]


def test_a_mark_around_a_label_and_one_around_nothing_are_followed() -> None:
    labelled = (
        f'<div class="norm"><span class="no-parag">{sign(M1, "INSERTED", shape=HERE)}2. </span>'
        '<div class="norm inline-element">They shall be kept. \u25c4</div></div>'
    )
    empty = f"{sign(M2, 'INSERTED', shape=HERE)} \u25c4"
    page_of = (article("1", "1. Samples shall be taken.", f'<p class="x"></p>{labelled}', empty, "3. Sold."),)
    assert marks(*page_of)[0] == ("article-1-2", "number", "inserted", M1)
    assert [(path, act) for path, _, _, act in marks(*page_of)] == [("article-1-2", M1), ("article-1-2", M2)]


def test_a_sign_without_a_link_is_looked_up_in_the_list_at_the_head() -> None:
    assert marks('<p class="modref">\u25bcM2</p>', article("1", "Samples shall be taken.")) == [
        ("article-1", "number", "", M2)
    ]


def test_dashes_name_the_articles_that_lack_and_else_where_they_stand() -> None:
    gone = turn(M1, "DELETED", dashes=" \u2014\u2014\u2014\u2014\u2014")
    between = marks(article("1", "One."), gone, turn(B), article("4", "Four."))
    assert between == [("article-2", "text", "deleted", M1), ("article-3", "text", "deleted", M1)]
    assert marks(article("1", "One.", gone, turn(B), "Two."), article("3", "Three.")) == [
        ("article-1", "text", "deleted", M1)
    ]
    assert marks(article("1", "One."), gone, turn(B), article("2", "Two.")) == [("", "text", "deleted", M1)]
    flat = (article("1", "One.", flat=True), gone, turn(B), article("2", "Two.", flat=True))
    assert marks(*flat) == [("article-1", "text", "deleted", M1)], "nothing but the section before can have held it"


def annex(number: str, *parts: str, flat: bool = False) -> str:
    inside = f'<p class="title-annex-1">ANNEX {number}</p><p class="norm">Samples of sort {number}.</p>{"".join(parts)}'
    return inside if flat else f'<div id="anx_{number}">{inside}</div>'


def test_dashes_between_annexes_name_those_that_lack_and_in_an_annex_the_annex() -> None:
    gone = turn(M1, "DELETED", dashes=" \u2014\u2014\u2014\u2014\u2014")
    for flat in (False, True):
        first = article("1", "One.", flat=flat)
        between = (first, annex("I", flat=flat), gone, turn(B), annex("III", flat=flat))
        assert marks(*between) == [("annex-ii", "text", "deleted", M1)]
        inside = (first, annex("I", gone, turn(B), flat=flat), annex("II", flat=flat))
        assert marks(*inside) == [("annex-i", "text", "deleted", M1)]


def test_two_acts_that_deleted_three_articles_are_not_told_apart() -> None:
    dashes = " \u2014\u2014\u2014\u2014\u2014"
    gone = turn(M1, "DELETED", dashes=dashes) + turn(M2, "DELETED", dashes=dashes)
    parts = (article("16", "One."), gone, turn(B), article("19a", "Two."))
    assert marks(*parts) == [("", "text", "deleted", M1), ("", "text", "deleted", M2)]
    assert [path for path, *_ in marks(article("16", "One."), gone, turn(B), article("19", "Two."))] == [
        "article-17", "article-18",
    ]  # fmt: skip
    assert missing("article-1", "article-9999") == (), "no act lacks ten thousand articles"


def test_an_article_of_which_the_number_alone_is_left_has_dashes_for_its_words() -> None:
    gone = turn(M1, "DELETED", dashes=" \u2014\u2014\u2014\u2014\u2014")
    for flat in (False, True):
        parts = (article("1", "One.", flat=flat), article("2", gone, flat=flat), turn(B), article("3", "3.", flat=flat))
        assert texts(*parts)["article-2"] == "\u2014\u2014\u2014\u2014\u2014"
        assert marks(*parts) == [("article-2", "text", "deleted", M1)]


def test_a_mark_is_of_the_number_where_the_whole_article_is_of_one_act() -> None:
    whole = (turn(M1, "REPLACED"), article("1", "One.", "Two."), turn(B), article("2", "Three."))
    assert marks(*whole) == [("article-1", "number", "replaced", M1)]
    part = (turn(M1, "REPLACED"), article("1", "One.", turn(B), "Two."), article("2", "Three."))
    assert marks(*part) == [("article-1", "text", "replaced", M1)]


def test_a_footnote_is_of_the_act_whose_text_calls_it() -> None:
    call = '<a href="#E0001" id="src.E0001"><span class="superscript">1</span></a>'
    note = '<p class="footnote">(<a href="#src.E0001" id="E0001">1</a>) Sample Journal L 1, p. 1.</p>'
    other = note.replace("E0001", "E0002")
    parts = (
        article("1", "One.", turn(M1), f"2. Two ({call})."), turn(B),
        article("2", f"Three ({call.replace('E0001', 'E0002')})."), turn(M2), article("3", "Four."), note, other,
    )  # fmt: skip
    assert [(path, act) for path, _, _, act in marks(*parts)] == [
        ("article-1-2", M1), ("article-1-note-1", M1), ("article-3", M2),
    ]  # fmt: skip


def test_the_number_of_the_production_and_the_corrigendum() -> None:
    read = xhtml.read(page(article("1", inline(C1, "Samples."))), "")
    assert (read.celex, read.valid_from, read.production) == (B, "2009-03-01", "002.003")
    assert as_annotations(read.modifications) == (
        Annotation(id=C1, kind="mark", path="article-1", text="replaced", citations=((f"celex:{C1}", ""),)),
    )


def test_a_table_of_many_unclosed_marks_is_read_in_time() -> None:
    lines = [f"{sign(M1, shape=HERE)} word" for _ in range(2_000)]
    found = marks(article("1", *lines))
    assert {path for path, *_ in found} == {"article-1"}
