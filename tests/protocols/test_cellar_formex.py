"""Formex into sections: own samples of an act, its amending act and its consolidation, and single constructions."""

import pytest

from crawler.protocols.cellar import formex
from crawler.protocols.cellar.act_text import Modification, Text
from tests.protocols.cellar_texts import URL, act, article, formex_text, parts_of, sections


def read(inside: str) -> Text:
    return formex.read(act(inside), URL)


def text_of(inside: str) -> str:
    """Return the text of an article with this inside."""
    return sections(read(article(inside)))["article-1"].text


def alinea(inside: str) -> str:
    return f"<ALINEA>{inside}</ALINEA>"


def points(*inside: str) -> str:
    return "<LIST>" + "".join(f"<ITEM>{each}</ITEM>" for each in inside) + "</LIST>"


def point(label: str, text: str, more: str = "") -> str:
    return f"<NP><NO.P>{label}</NO.P><TXT>{text}</TXT>{more}</NP>"


# -- the sample act


def test_paths_of_an_act_stand_in_its_order() -> None:
    assert [section.path for section in formex_text("formex-act").sections] == [
        "introduction",
        "recital-1",
        "recital-2",
        "chapter-i",
        "article-1",
        "article-2",
        "chapter-ii",
        "chapter-ii-section-1",
        "article-3",
        "chapter-ii-section-2",
        "article-4",
        "article-5",
        "signature",
        "annex-i",
        "annex-i-part-a",
        "annex-i-part-a-point-1",
        "annex-i-part-a-point-2",
        "annex-i-part-b",
        "annex-ii",
        "introduction-note-1",
        "recital-2-note-1",
        "article-2-note-1",
        "article-4-note-1",
    ]


def test_paragraphs_and_points_are_parts() -> None:
    found = parts_of(sections(formex_text("formex-act"))["article-3"])
    assert list(found) == ["article-3-1", "article-3-2", "article-3-2-a", "article-3-2-b", "article-3-3"]
    assert found["article-3-2-a"] == "(a) shelter;"
    assert found["article-3-2-b"] == "(b) advice, namely: \u2014 legal advice, \u2014 medical advice."
    assert found["article-3-2"].endswith("The first subparagraph applies to 10^25 samples of CO2.")


def test_an_article_is_called_by_its_subject_and_keeps_its_number_as_printed() -> None:
    found = sections(formex_text("formex-act"))
    assert (found["article-3"].number, found["article-3"].heading) == ("Article 3", "Assistance")
    assert (found["chapter-ii-section-1"].number, found["chapter-ii-section-1"].heading) == ("Section 1", "Victims")
    assert found["chapter-ii-section-1"].text == ""


def test_footnotes_stand_by_themselves_and_glue_to_no_word() -> None:
    found = sections(formex_text("formex-act"))
    assert "Having regard to the opinion of the Sample Committee, Whereas:" in found["introduction"].text
    assert found["introduction-note-1"].text == "OJ C 1, 1.1.2001, p. 2."
    assert found["article-2"].text.startswith("For the purposes of this Directive, the following definitions apply:")
    assert "in a sample;" in found["article-2"].text


def test_tables_keep_cells_apart_and_formulas_and_images_are_not_lost() -> None:
    found = sections(formex_text("formex-act"))
    assert "S = (a + b)/(c)" in found["article-4"].text
    assert "State | Body | Number || Samplia | | 12 500 || Testland | Ministry | 7 in part" in found["article-4"].text
    assert found["annex-i-part-b"].text == "The form is: [image]"


def test_what_the_sample_act_says_of_itself() -> None:
    text = formex_text("formex-act")
    assert text.title.startswith("Directive (EU) 2001/9010 of the Sample Parliament of 5 April 2001 on preventing")
    assert (text.kind, text.consolidated, text.language) == ("act", False, "en")
    assert text.eli == "http://data.europa.eu/eli/dir/2001/9010/oj"
    assert (text.date, text.published, text.valid_from) == ("2001-04-05", "2001-04-11", None)
    assert (text.celex, text.amended_by, text.modifications, text.partial, text.problems) == (None, (), (), False, ())


# -- the amending act: what it quotes is its text, and no article of its own


def test_quoted_articles_are_text_of_the_amending_act() -> None:
    found = sections(formex_text("formex-amending"))
    assert [path for path in found if path.startswith("article")] == ["article-1", "article-2", "article-1-note-1"]
    assert "\u2018Article 3a Shelters 1. Each shelter of this sample shall be open.\u2019;" in found["article-1"].text
    assert [part.path for part in found["article-1"].parts] == [
        "article-1-1",
        "article-1-2",
        "article-1-2-a",
        "article-1-2-b",
        "article-1-3",
        "article-1-4",
        "article-1-5",
    ]


def test_a_file_that_another_one_includes_stands_where_it_is_included() -> None:
    text = formex_text("formex-amending")
    expected = (
        "The following Annex is added: \u2018ANNEX III Shelters (sample) 1. A shelter is open. 2. It has a door.\u2019."
    )
    assert sections(text)["annex"].text == expected
    assert text.problems == ()


def test_a_footnote_of_what_is_quoted_is_one_of_the_article_that_quotes() -> None:
    assert sections(formex_text("formex-amending"))["article-1-note-1"].text == "A quoted footnote of a sample."


# -- the consolidation


def test_a_consolidation_says_its_act_its_date_and_what_amended_it() -> None:
    text = formex_text("formex-consolidated")
    assert (text.kind, text.consolidated, text.celex) == ("consolidated", True, "32001L9010")
    assert (text.date, text.published, text.valid_from) == ("2001-04-05", "2001-04-11", "2010-07-15")
    assert text.amended_by == ("32010L9011", "32001L9010R(01)")
    assert not text.title.startswith("Corrigendum")


def test_deleted_text_is_no_text_and_inserted_articles_have_their_own_path() -> None:
    text = formex_text("formex-consolidated")
    found = sections(text)
    assert "article-3a" in found
    assert not [path for path in found if path.startswith(("article-4", "annex-ii"))]
    assert found["article-3"].text.endswith("3. Article 9 applies.")
    assert "without prejudice" not in " ".join(section.text for section in text.sections)


def test_each_change_is_told_by_the_path_it_changed() -> None:
    assert formex_text("formex-consolidated").modifications == (
        Modification(path="article-2-2-a", act="32010L9011", action="replaced", place="AR:1;PT:1"),
        Modification(path="article-3-2", act="32010L9011", action="replaced", place="AR:1;PT:2;PT:a", where="number"),
        Modification(path="article-3-3", act="32010L9011", action="deleted", place="AR:1;PT:2;PT:b"),
        Modification(path="article-3a", act="32010L9011", action="inserted", place="AR:1;PT:3", where="number"),
        Modification(path="article-4", act="32010L9011", action="deleted", place="AR:1;PT:4"),
        Modification(path="annex-i-part-a-point-1-b", act="32001L9010R(01)", action="replaced", place="CR:1"),
        Modification(path="annex-ii", act="32010L9011", action="deleted", place="AR:1;PT:5"),
    )


@pytest.mark.parametrize("mark", ['ID="O1" ACTION="DELETED"', "ID='O1' ACTION='DELETED'"])
def test_a_deletion_that_never_closes_deletes_nothing(mark: str) -> None:
    assert text_of(alinea(f"It applies<?CLG.MDFO {mark}?> everywhere.")) == "It applies everywhere."
    assert text_of(alinea(f"It applies<?CLG.MDFO {mark}?> nowhere<?CLG.MDFC IDREF='O1'?>.")) == "It applies."


def test_an_act_before_2000_is_named_in_full() -> None:
    text = (
        "<P>A<?CLG.MDFO ID='O1' ACTION='REPLACED' ACTIVE.DOC='399L0022' ACTIVE.LOC='AR:1'?>b<?CLG.MDFC IDREF='O1'?></P>"
    )
    found = read(article(alinea(text))).modifications
    assert [(each.act, each.path) for each in found] == [("31999L0022", "article-1")]


# -- numbers into paths


@pytest.mark.parametrize(
    ("printed", "path"),
    [
        ("Article 8a", "article-8a"),
        ("Article 8 a", "article-8a"),
        ("Artikel 28 bis", "article-28-bis"),
        ("Art\u00edculo 1", "article-1"),
        ("Article premier", "article-1"),
        ("8. cikk", "article-8"),
        ("Article IV", "article-iv"),
        ("Articles 16 to 20", "article-16-to-20"),
        ("Sole Article", "article-1"),
        ("Artigo 8.o-A", "article-8a"),
        ("Article\u00a0<HT TYPE='BOLD'>12</HT>", "article-12"),
        ("Article 5<NOTE NOTE.ID='E1'><P>A note.</P></NOTE>", "article-5"),
    ],
)
def test_articles_are_called_by_their_printed_number(printed: str, path: str) -> None:
    assert path in sections(read(article(alinea("A sample."), printed)))


def test_a_path_that_comes_twice_is_numbered() -> None:
    found = read(article(alinea("One.")) + article(alinea("Two."))).sections
    assert [(section.path, section.text) for section in found] == [
        ("article-1", "One."),
        ("article-1-repeat-2", "Two."),
    ]


def test_points_that_come_twice_are_numbered_and_dashes_have_no_path() -> None:
    text = points(point("(a)", "one"), point("(a)", "two"), point("\u2014", "three"))
    found = sections(read(article(alinea(text))))["article-1"]
    assert parts_of(found) == {"article-1-a": "(a) one", "article-1-a-repeat-2": "(a) two"}
    assert found.text == "(a) one (a) two \u2014 three"


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("ANNEX", "annex"),
        ("ANNEX I", "annex-i"),
        ("ANNEX -I", "annex-minus-i"),
        ("ANNEX IIa", "annex-iia"),
        ("ANHANG III", "annex-iii"),
        ("Appendix 2", "appendix-2"),
        ("Statement of a sample", "statement-of-a-sample"),
    ],
)
def test_annexes_are_called_by_their_printed_number(title: str, path: str) -> None:
    annex = f"<ANNEX><TITLE><TI><P>{title}</P></TI></TITLE><CONTENTS><P>A sample.</P></CONTENTS></ANNEX>"
    assert [section.path for section in formex.read(annex.encode(), URL).sections] == [path]


def test_points_of_annexes_in_figures_are_sections_and_others_are_parts() -> None:
    inside = point("1.", "One.", f"<P>{points(point('(a)', 'first'), point('1.1.', 'deeper'))}</P>") + point(
        "2.", "Two."
    )
    annex = f"<ANNEX><TITLE><TI><P>ANNEX I</P></TI></TITLE><CONTENTS>{inside}</CONTENTS></ANNEX>"
    found = sections(formex.read(annex.encode(), URL))
    assert list(found) == ["annex-i", "annex-i-point-1", "annex-i-point-2"]
    assert list(parts_of(found["annex-i-point-1"])) == ["annex-i-point-1-a", "annex-i-point-1-1-1"]


@pytest.mark.parametrize(("series", "day"), [("L", "2001-04-11"), ("C", None)])
def test_the_day_of_an_issue_is_that_which_the_act_gives_where_it_cites_itself(series: str, day: str | None) -> None:
    issue = "FILE='x'><COLL>L</COLL><NO.OJ>098</NO.OJ><YEAR>2001</YEAR>"
    cited = f"In (<REF.DOC.OJ COLL='{series}' DATE.PUB='20010411' NO.OJ='98'>OJ {series} 98</REF.DOC.OJ>)."
    body = act(article(alinea(cited))).replace(b"FILE='x'>", issue.encode())
    assert formex.read(body, URL).published == day


# -- words: what a join of text nodes gets wrong


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("by <DATE ISO='20020101'>1 January 2002</DATE>at the latest", "by 1 January 2002 at the latest"),
        ("in<REF.DOC.OJ>OJ L 1</REF.DOC.OJ>, as published", "in OJ L 1, as published"),
        ("Article 59<BR/>Derogation", "Article 59 Derogation"),
        ("a victim<NOTE NOTE.ID='E1'><P>A note.</P></NOTE>means", "a victim means"),
        ("the Treaty <NOTE NOTE.ID='E1'><P>A note.</P></NOTE>, as amended", "the Treaty, as amended"),
        ("10<HT TYPE='SUP'>25</HT> m<HT TYPE='SUP'>2</HT>", "10^25 m^2"),
        ("the 1<HT TYPE='SUP'>er</HT> sample", "the 1er sample"),
        ("CO<HT TYPE='SUB'>2</HT>", "CO2"),
        ("EUR <FT TYPE='NUMBER'>25000</FT>", "EUR 25 000"),
        ("<HT TYPE='UC'>Sample</HT>", "SAMPLE"),
        ("<HT TYPE='UC'>Rule</HT>2029/1/EU<HT TYPE='UC'>of a body</HT>", "RULE 2029/1/EU OF A BODY"),
        ("<HT TYPE='UC'>Rule</HT>(EU) 2029/1", "RULE (EU) 2029/1"),
        (
            "in the<HT TYPE='ITALIC'>Sample Journal</HT>or in <HT TYPE='BOLD'>Rule 6</HT>(3)",
            "in the Sample Journal or in Rule 6(3)",
        ),
        ("K<HT TYPE='SUB'>CCP</HT> and <HT TYPE='ITALIC'>n</HT>th", "KCCP and nth"),
        ("<QUOT.START CODE='2018'/>victim <QUOT.END CODE='2019'/> means", "\u2018victim\u2019 means"),
        ("<QUOT.START/>victim<QUOT.END CODE='zz'/>", "\u2018victim\u2019"),
        ("tr\u00e9s\u00ador\u00a0 of\n  a\tsample", "tr\u00e9s\u00ador of a sample"),
        ("see <INCL.ELEMENT FILEREF='x.tif' TYPE='TIFF'/> below", "see [image] below"),
    ],
)
def test_words_stand_as_they_are_read(inside: str, text: str) -> None:
    assert text_of(alinea(f"<P>{inside}</P>")) == text


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<EXPR>a<OP.MATH TYPE='PLUS'/>b</EXPR>", "a + b"),
        ("<EXPR>E<OP.CMP TYPE='EQ'/>m<EXPONENT>2</EXPONENT></EXPR>", "E = m^(2)"),
        ("<FRACTION><DIVIDEND>a</DIVIDEND><DIVISOR>b</DIVISOR></FRACTION>", "(a)/(b)"),
        ("<ROOT>x</ROOT>", "\u221a(x)"),
        ("<EXPR TYPE='BRACKET'>a</EXPR>", "(a)"),
    ],
)
def test_formulas_stand_on_one_line(formula: str, text: str) -> None:
    assert text_of(alinea(f"<P>It is:</P><FORMULA TYPE='OUTLINE'>{formula}</FORMULA>")) == f"It is: {text}"


def test_paragraphs_stand_apart_without_white_space_between_them() -> None:
    assert text_of("<ALINEA>One.</ALINEA><ALINEA><P>Two.</P><P>Three.</P></ALINEA>") == "One. Two. Three."
