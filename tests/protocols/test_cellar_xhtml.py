"""Pages into sections: the constructions of each generation, on own samples."""

import pytest

from crawler.protocols.cellar import xhtml
from crawler.protocols.cellar.act_text import Text
from tests.protocols.cellar_texts import URL, page_text, parts_of, sections


def read(inside: str, *, head: str = "<title>Sample</title>") -> Text:
    return xhtml.read(f"<html><head>{head}</head><body>{inside}</body></html>".encode(), URL)


def p(name: str, text: str, **more: str) -> str:
    return f"<p class='{name}'{''.join(f' {key}={value!r}' for key, value in more.items())}>{text}</p>"


def journal(*inside: str) -> Text:
    """Read a page of the Official Journal with these enacting terms."""
    title = p("oj-doc-ti", "SAMPLE REGULATION (EU) 2001/9014")
    return read(f"{title}{p('oj-normal', 'HAS ADOPTED THIS SAMPLE REGULATION:')}{''.join(inside)}")


def consolidation(*inside: str) -> Text:
    title = p("title-doc-first", "REGULATION (EU) 2001/9014")
    return read(f"{title}{''.join(inside)}")


def row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def item(label: str, text: str) -> str:
    """Return a point as the Official Journal sets it."""
    return f"<table width='100%' border='0'>{row(p('oj-normal', label), p('oj-normal', text))}</table>"


def grid(label: str, *inside: str) -> str:
    """Return a point as newer consolidations set it."""
    first = f"<div class='list grid-list-column-1'><span>{label} </span></div>"
    return f"<div class='grid-container grid-list'>{first}<div class='grid-list-column-2'>{''.join(inside)}</div></div>"


ARTICLE = p("oj-ti-art", "Article 1")
IN_FORCE = p("title-article-norm", "Article 1")


# -- the samples


def test_what_pages_say_of_themselves() -> None:
    """Trap EU-1.23: three families of classes in XHTML."""
    new, old = page_text("xhtml-oj"), page_text("xhtml-oj-without-prefix")
    assert (new.kind, new.eli) == ("act", "http://data.europa.eu/eli/dir/2001/9010/oj")
    assert (new.published, new.valid_from, new.date, new.language) == ("2001-04-11", None, None, None)
    assert old.published == new.published
    plain = page_text("html-plain")
    assert (plain.celex, plain.published) == ("31999R9012", "1999-01-05")


@pytest.mark.parametrize("case", ["xhtml-consolidated", "xhtml-consolidated-flat"])
def test_what_consolidations_say_of_themselves(case: str) -> None:
    text = page_text(case)
    assert (text.consolidated, text.celex, text.valid_from) == (True, "32001L9010", "2010-07-15")
    assert text.published == "2001-04-11"
    assert text.amended_by == ("32010L9011", "32001L9010R(01)")


@pytest.mark.parametrize("case", ["xhtml-consolidated", "xhtml-consolidated-flat"])
def test_marks_and_disclaimers_are_no_text(case: str) -> None:
    text = page_text(case)
    whole = " ".join(f"{section.number} {section.heading} {section.text}" for section in text.sections)
    for sign in (
        "\u25bc",
        "\u25ba",
        "\u25c4",
        "\u2014\u2014",
        "documentation tool",
        "M1",
        "C1",
        "001.001",
        "Amended by",
    ):
        assert sign not in whole
    assert sections(text)["article-3"].text.endswith("3. Article 9 applies.")
    assert sections(text)["annex-i-part-a-point-1"].text.endswith("(b) nobody was or will be harmed.")


def test_a_plain_page_has_articles_paragraphs_points_and_notes() -> None:
    found = sections(page_text("html-plain"))
    assert list(parts_of(found["article-1"])) == [
        "article-1-1",
        "article-1-1-a",
        "article-1-1-b",
        "article-1-1-b-i",
        "article-1-1-b-ii",
        "article-1-2",
    ]
    assert (found["article-1a"].heading, found["article-2"].heading) == ("", "Entry into force")
    assert found["recital-1"].text == "A sample has a recital, see Article 8(2) of another sample."
    assert found["introduction-note-1"].text == "OJ C 1, 1.1.1999, p. 1."
    assert found["annex-point-2"].text == "Ink"


def test_a_document_of_the_commission_is_read_by_its_headings() -> None:
    text = page_text("xhtml-commission")
    found = sections(text)
    assert list(found) == ["point-1", "point-2", "point-2-1", "way-forward", "point-1-note-1"]
    assert (text.kind, found["point-2-1"].heading) == ("other", "Forms of exploitation")


# -- what a page quotes is its text


@pytest.mark.parametrize(
    "quoted",
    [
        p("oj-ti-art", "\u2018Article 3a") + p("oj-sti-art", "Shelters") + p("oj-normal", "They are open.\u2019;"),
        item("", p("oj-ti-art", "\u2018Article 3a") + p("oj-normal", "They are open.\u2019;")),
        p("oj-normal", "\u2018Title") + p("oj-ti-art", "Article 3a") + p("oj-normal", "They are open.\u2019;"),
    ],
    ids=["line", "table", "inside"],
)
def test_quoted_articles_are_text(quoted: str) -> None:
    text = journal(
        ARTICLE,
        item("(1)", "the following is inserted:"),
        quoted,
        p("oj-ti-art", "Article 2"),
        p("oj-normal", "It is in force."),
    )
    found = sections(text)
    assert [path for path in found if path.startswith("article")] == ["article-1", "article-2"]
    assert "Article 3a" in found["article-1"].text
    assert "They are open.\u2019;" in found["article-1"].text
    assert found["article-2"].text == "It is in force."


def test_quoted_articles_of_newer_pages_have_no_address_of_their_own() -> None:
    own = "<div class='eli-subdivision' id='art_{0}'>" + p("oj-ti-art", "Article {0}") + "{1}</div>"
    quoted = p("oj-normal", "it reads:") + p("oj-ti-art", "Article 9") + p("oj-normal", "A sample.")
    found = sections(journal(own.format(1, quoted), own.format(2, p("oj-normal", "It is in force."))))
    assert [path for path in found if path.startswith("article")] == ["article-1", "article-2"]
    assert found["article-1"].text == "it reads: Article 9 A sample."


def test_a_quoted_annex_ends_with_the_next_article() -> None:
    own = "<div class='eli-subdivision' id='art_{0}'>" + p("oj-ti-art", "Article {0}") + "{1}</div>"
    quoted = p("oj-normal", "the Annex reads:") + p("oj-doc-ti", "\u2018ANNEX") + p("oj-normal", "A sample\u2019.")
    end = "<div id='fnp_1'>" + p("oj-normal", "Done at Sampleton.") + "</div>"
    found = sections(journal(own.format(1, quoted), own.format(2, p("oj-normal", "It is in force.")), end))
    assert list(found) == ["introduction", "article-1", "article-2", "signature"]
    assert found["article-1"].text == "the Annex reads: \u2018ANNEX A sample\u2019."


def test_quoted_articles_of_consolidations_have_a_class_of_their_own() -> None:
    text = consolidation(
        IN_FORCE, p("norm", "It reads:"), p("title-article-quoted", "\u2018Article 9"), p("norm", "A sample.\u2019")
    )
    assert [(each.path, each.text) for each in text.sections] == [
        ("article-1", "It reads: \u2018Article 9 A sample.\u2019")
    ]


# -- words


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("59<br/>Derogation", "59 Derogation"),
        ("a victim<a href='#E1' id='src.E1'>(<span class='oj-super'>1</span>)</a>means", "a victim means"),
        ("the Treaty (<a href='#E1'>1</a>), as amended", "the Treaty, as amended"),
        ("the Treaty <a href='#E1'>(1)</a>, as amended", "the Treaty, as amended"),
        ("see <a href='#art_2'>Article 2</a>", "see Article 2"),
        ("10<span class='oj-super'>25</span> and CO<span class='oj-sub'>2</span>", "10^25 and CO2"),
        ("see <img src='x.jpg' alt='Image 1'/> below", "see [image] below"),
        ("a <script>x</script>sample", "a sample"),
        ("\u2018victim \u2019, is", "\u2018victim\u2019, is"),
        ("a\n \t sample&#160;", "a sample"),
        ("an <!-- no text -->end", "an end"),
    ],
)
def test_words_stand_as_they_are_read(inside: str, text: str) -> None:
    assert sections(journal(ARTICLE, p("oj-normal", inside)))["article-1"].text == text


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("\u25baM1 <span>new</span> \u25c4 words.", "new words."),
        ("the word (<a title='32010L9011: REPLACED'>\u25baM1</a> new \u25c4).", "the word (new)."),
        ("It applies<a title='32010L9011: DELETED'>\u25baM1</a> \u2014\u2014\u2014\u2014\u2014 \u25c4.", "It applies."),
        ("\u25baC1 corrected.\u25c4", "corrected."),
        ("\u25b6M12\u25c4 x.", "x."),
    ],
)
def test_marks_of_consolidation_leave_no_trace(inside: str, text: str) -> None:
    assert sections(consolidation(IN_FORCE, p("norm", inside)))["article-1"].text == text


def test_a_deleted_article_is_not_there() -> None:
    gone = "<p class='modref'><a title='32010L9011: DELETED'>\u25bcM1</a></p>" + p("norm", "\u2014" * 5)
    text = consolidation(
        IN_FORCE, p("norm", "A sample."), gone, p("title-article-norm", "Article 3"), p("norm", "It is.")
    )
    assert [(each.path, each.text) for each in text.sections] == [("article-1", "A sample."), ("article-3", "It is.")]


# -- tables and lists


def test_a_table_of_the_act_keeps_its_cells_apart() -> None:
    rows = row("State", "Body") + row("Samplia", "")
    table = f"<table class='oj-table' border='1'><caption>Shares</caption>{rows}</table>"
    assert sections(journal(ARTICLE, table))["article-1"].text == "Shares State | Body || Samplia |"


def test_nested_points_are_nested_parts() -> None:
    text = journal(
        ARTICLE,
        p("oj-normal", "1.\u00a0\u00a0\u00a0It is:"),
        item("(a)", "one:" + item("(i)", "deep;")),
        item("(b)", "two."),
    )
    assert parts_of(sections(text)["article-1"]) == {
        "article-1-1": "1. It is: (a) one: (i) deep; (b) two.",
        "article-1-1-a": "(a) one: (i) deep;",
        "article-1-1-a-i": "(i) deep;",
        "article-1-1-b": "(b) two.",
    }


def test_a_list_without_labels_is_only_text() -> None:
    assert sections(journal(ARTICLE, item(" ", "0,5-1;"), item(" ", "1-2.")))["article-1"].text == "0,5-1; 1-2."


def test_a_label_that_older_pages_repeat_before_each_line_counts_once() -> None:
    lines = p("norm", "\u2014 Malta:") + p("norm", "\u2014 one;")
    hanging = f"<div style='margin-left: 12pt; text-indent: -12pt;'>{lines}</div>"
    assert sections(consolidation(IN_FORCE, hanging))["article-1"].text == "\u2014 Malta: one;"


def test_a_label_that_newer_pages_set_before_a_quoted_one_counts_once() -> None:
    quoted = grid("\u2014", grid("\u2018\u2014", p("norm", "samples,\u2019;")))
    assert (
        sections(consolidation(IN_FORCE, p("norm", "It reads:"), quoted))["article-1"].text
        == "It reads: \u2018\u2014 samples,\u2019;"
    )


def test_recitals_without_numbers_are_counted() -> None:
    inside = p("oj-normal", "Whereas a sample has recitals that have no number;") * 2
    found = sections(read(p("oj-doc-ti", "DIRECTIVE 99/9/EC") + inside + ARTICLE + p("oj-normal", "A sample.")))
    assert list(found) == ["recital-1", "recital-2", "article-1"]


def test_a_footnote_that_is_called_and_not_there_is_told() -> None:
    text = journal(ARTICLE, p("oj-normal", "A sample <a href='#ntr1-L_1'>(1)</a>."))
    assert [problem.kind for problem in text.problems] == ["missing footnote"]


def test_portal_around_an_act_is_no_text() -> None:
    act = ARTICLE + p("oj-normal", "A sample.")
    portal = f"<div id='nav'><p>Sign in</p></div><div id='text'><div>{act}</div></div><p>Contact</p>"
    assert [(each.path, each.text) for each in read(portal).sections] == [("article-1", "A sample.")]


def test_the_language_that_a_page_states_is_not_believed() -> None:
    content = f"<html lang='fr'><body>{ARTICLE}{p('oj-normal', 'A sample.')}</body></html>"
    assert xhtml.read(content.encode(), URL).language is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_give_the_same(encoding: str) -> None:
    content = f"<html><body>{ARTICLE}<p class='oj-normal'>\u2018Sample\u2019 caf\u00e9</p></body></html>"
    assert xhtml.read(content.encode(encoding), URL).sections[0].text == "\u2018Sample\u2019 caf\u00e9"
