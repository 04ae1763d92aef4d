"""Files of one act in Formex: in which order they are read, what is told of those that are missing."""

import pytest

from crawler.protocols.cellar import formex
from tests.protocols.cellar_texts import URL, act, article, formex_text, sections, unzipped, zipped

MAIN = "L_2001101EN.01000101.xml"
HEADER = "L_2001101EN.01000101.doc.xml"
FIRST_ANNEX = "L_2001101EN.01000801.xml"
SECOND_ANNEX = "L_2001101EN.01000701.xml"


# -- files of a manifestation


def test_annexes_stand_in_the_order_of_the_header_not_of_file_names() -> None:
    paths = [section.path for section in formex_text("formex-act").sections]
    assert SECOND_ANNEX < FIRST_ANNEX
    assert paths.index("annex-i") < paths.index("annex-ii")


def test_without_a_header_the_act_stands_first() -> None:
    files = unzipped("formex-act")
    del files[HEADER]
    text = formex.read(zipped(sorted(files.items(), reverse=True)), URL)
    assert text.sections[0].path == "introduction"
    assert text.problems == ()


def test_a_file_that_the_header_names_and_is_not_there_is_told() -> None:
    files = unzipped("formex-act")
    del files[FIRST_ANNEX]
    text = formex.read(zipped(files.items()), URL)
    assert [problem.kind for problem in text.problems] == ["missing part"]
    assert FIRST_ANNEX in text.problems[0].detail
    assert text.partial
    assert "annex-ii" in sections(text)


def test_a_file_that_is_included_and_is_not_there_is_told() -> None:
    files = unzipped("formex-amending")
    del files["L_201009011EN.000402.fmx.xml"]
    text = formex.read(zipped(files.items()), URL)
    assert [problem.kind for problem in text.problems] == ["missing part"]
    assert text.partial


def test_a_file_that_the_header_does_not_name_is_read_and_told() -> None:
    files = unzipped("formex-act")
    files["L_2001101EN.01001001.xml"] = files[SECOND_ANNEX].replace("ANNEX II", "ANNEX III")
    text = formex.read(zipped(files.items()), URL)
    assert [problem.kind for problem in text.problems] == ["unlisted part"]
    assert not text.partial
    assert [path for path in sections(text) if path.startswith("annex-i")][-1] == "annex-iii"


def test_images_and_folders_in_a_zip_are_passed_over() -> None:
    files: dict[str, bytes | str] = {f"fmx4/{name}": content for name, content in unzipped("formex-act").items()}
    files |= {"fmx4/x.tif": b"II*\0", "fmx4/": b""}
    assert formex.read(zipped(files.items()), URL) == formex_text("formex-act")


def test_one_file_of_an_act_is_read_alone_and_an_annex_alone_is_partial() -> None:
    files = unzipped("formex-act")
    whole = formex.read(files[MAIN].encode(), URL)
    assert whole.sections[0].path == "introduction"
    assert (whole.language, whole.partial) == ("en", False)
    annex = formex.read(files[FIRST_ANNEX].encode(), URL)
    assert (annex.kind, annex.partial, annex.title) == ("annex", True, "ANNEX I Signs and forms (sample)")


@pytest.mark.parametrize(
    ("words", "partial"),
    [
        ("as set out in Annex I", True),
        ("listed in the Annexes", True),
        ("gem\u00e4\u00df dem Anhang dieser Richtlinie", True),
        ("of Annex II to Directive 2001/9002", False),
        ("on samples", False),
    ],
)
def test_the_main_file_alone_of_an_act_that_speaks_of_its_annexes_is_partial(words: str, partial: bool) -> None:
    """What the other files hold was not put in when a later answer brings them all."""
    assert formex.read(act(article(f"<ALINEA>Samples {words} are kept.</ALINEA>")), URL).partial is partial


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_give_the_same(encoding: str) -> None:
    source = unzipped("formex-act")[MAIN].replace('encoding="UTF-8"', "").replace('<?xml version="1.0" ?>', "")
    plain = formex.read(source.encode(), URL)
    assert formex.read(source.encode(encoding), URL) == plain


@pytest.mark.parametrize("schema", ["05.21-20110601", "05.55-20141201", "06.00-20210715", "06.02.1-20231031", "99.00"])
def test_generations_of_the_schema_give_the_same(schema: str) -> None:
    source = unzipped("formex-act")[MAIN]
    assert "05.55-20141201" in source
    changed = source.replace("05.55-20141201", schema).replace("http://formex", "https://formex")
    assert formex.read(changed.encode(), URL) == formex.read(source.encode(), URL)


def test_white_space_between_elements_changes_nothing() -> None:
    """Trap EU-1.21: white space between elements differs between generations."""
    source = unzipped("formex-act")[MAIN]
    for block in ("ARTICLE", "PARAG", "ALINEA", "ITEM", "NP", "TXT", "TITLE", "DIVISION", "CONSID", "VISA", "CELL"):
        source = source.replace(f"</{block}>", f"</{block}>\n   ").replace(f"<{block}>", f"\n  <{block}>")
    assert formex.read(source.encode(), URL) == formex.read(unzipped("formex-act")[MAIN].encode(), URL)
