"""Recorded Formex files and pages: what they say of themselves, and their structure counted in another way."""

import re
from collections import Counter

import pytest
from lxml import etree

from crawler.bodies.encoding import decode
from crawler.bodies.tree import tree
from crawler.errors import ParseError
from crawler.protocols.cellar import formex, xhtml
from crawler.protocols.cellar.act_text import Text
from crawler.text import clean
from tests.protocols.cellar_texts import URL, formex_recordings, page_recordings, parts_of, recorded, sections
from tests.protocols.coverage_rows import measured
from tests.protocols.test_cellar_formex_coverage import roots

pytestmark = pytest.mark.recorded

GLUED = re.compile(r"\b\d{1,2}[A-Z][a-z]{3,}|[a-z]{3,}\.[A-Z][a-z]{3,}\b|[a-z]{3,}(?:Article|Artikel)\b")
LEAST_OF_PAGES = {"lexparency_old_consolidated_raw.html": 0.94}
"""Of the oldest consolidation much is its head, which has no classes: reference, disclaimer, list of amending acts."""


def texts() -> dict[str, Text]:
    found = {}
    for name, content in formex_recordings().items():
        try:
            found[name] = formex.read(content, URL)
        except ParseError:
            continue
    return found


@pytest.fixture(scope="module")
def read() -> dict[str, Text]:
    return texts()


def test_what_recorded_acts_say_of_themselves(read: dict[str, Text]) -> None:
    told = {name: (text.kind, text.language, text.celex, text.date, text.valid_from) for name, text in read.items()}
    expected = {
        "02014R0910-20241018.fmx4.zip": ("consolidated", "en", "32014R0910", "2014-07-23", "2024-10-18"),
        "32022L2555.fmx4.zip": ("act", "en", None, "2022-12-14", None),
        "32016R0679.fmx4.xml": ("act", "en", None, "2016-04-27", None),
        "32024R1689.fmx4.xml": ("act", "en", None, "2024-06-13", None),
        "L_2017154EN.01009301.xml": ("annex", "en", None, "2017-06-14", None),
        "lexparency_mifid_ii_part.xml": ("consolidated", "de", "32014L0065", "2014-05-15", "2020-03-26"),
    }
    assert {name: told[name] for name in expected} == expected
    assert read["02014R0910-20241018.fmx4.zip"].amended_by == ("32022L2555", "32024R1183", "32024R1183R(02)")


def test_recorded_acts_have_as_many_provisions_as_their_files_have_elements(read: dict[str, Text]) -> None:
    for name, text in read.items():
        if text.modifications or name.startswith("lexparency"):
            continue  # Deleted articles stand in the file, and are not counted here.
        trees = [root for root in roots(formex_recordings()[name]) if root.tag not in ("DOC", "PUBLICATION")]
        own = [each for root in trees for each in root.iter("ARTICLE", "CONSID", "ANNEX") if not quoted(each)]
        counted = Counter(str(each.tag) for each in own)
        paths = [section.path for section in text.sections if "-note-" not in section.path]
        assert len([path for path in paths if re.fullmatch(r"article-\w+", path)]) == counted["ARTICLE"], name
        assert len([path for path in paths if path.startswith("recital-")]) == counted["CONSID"], name
        assert len([path for path in paths if re.fullmatch(r"annex(?:-[ivx]+|-\d+)?", path)]) == counted["ANNEX"], name


def printed(element: etree._Element, name: str) -> str:
    found = element.find(name)
    return "" if found is None else clean(" ".join(map(str, found.itertext())))


def quoted(element: etree._Element) -> bool:
    return any(around.tag == "QUOT.S" for around in element.iterancestors())


def test_recorded_paragraphs_are_parts(read: dict[str, Text]) -> None:
    for name in ("32016R0679.fmx4.xml", "32024R1689.fmx4.xml", "32022L2555.fmx4.zip"):
        held = {part.path for section in read[name].sections for part in section.parts}
        for root in roots(formex_recordings()[name]):
            for paragraph in root.iter("PARAG"):
                if quoted(paragraph) or not printed(paragraph, "NO.PARAG"):
                    continue
                article = next(each for each in paragraph.iterancestors() if each.tag == "ARTICLE")
                number, label = printed(article, "TI.ART").split()[-1], printed(paragraph, "NO.PARAG").strip("().")
                assert f"article-{number}-{label}" in held, name


def test_recorded_words_are_not_glued(read: dict[str, Text]) -> None:
    """Trap EU-1.22: words are glued where a line break is an element."""
    for name, text in read.items():
        whole = " ".join(f"{section.heading} {section.text}" for section in text.sections)
        assert GLUED.findall(whole) == [], name


def test_recorded_parts_lie_inside_their_sections_and_begin_with_their_label(read: dict[str, Text]) -> None:
    for text in read.values():
        for section in text.sections:
            for path, words in parts_of(section).items():
                assert words == clean(words)
                label = re.sub(r"-repeat-\d+$", "", path).rpartition("-")[2]
                assert re.match(rf"[(\u2018]?\W?{re.escape(label[:1])}", words, re.IGNORECASE), (path, words[:30])


def test_a_recorded_article_word_for_word(read: dict[str, Text]) -> None:
    found = sections(read["32016R0679.fmx4.xml"])
    assert found["chapter-i"].heading == "General provisions"
    assert (found["article-17"].number, found["article-17"].heading) == (
        "Article 17",
        "Right to erasure (\u2018right to be forgotten\u2019)",
    )
    parts = parts_of(found["article-17"])
    assert parts["article-17-1-b"].startswith("(b) the data subject withdraws consent on which the processing is based")
    assert list(parts)[:3] == ["article-17-1", "article-17-1-a", "article-17-1-b"]
    assert found["introduction-note-1"].text.startswith("OJ C")


def test_recorded_consolidation_has_what_was_inserted_and_not_what_was_deleted(read: dict[str, Text]) -> None:
    text = read["02014R0910-20241018.fmx4.zip"]
    found = sections(text)
    assert {"article-5a", "article-45a", "article-48a", "article-19a"} <= set(found)
    # Article 19 was deleted by Directive (EU) 2022/2555; its text still stands in the file.
    assert "article-19" not in found
    assert not [path for path in found if path.startswith("recital")]


def test_a_recorded_header_without_its_text_is_refused() -> None:
    with pytest.raises(ParseError) as caught:
        formex.read(recorded("L_202401689EN.doc.fmx.xml"), URL)
    assert caught.value.reason == "only the header of an act (DOC) without its text"


# -- pages


def covered(content: bytes, text: Text) -> float:
    """Return how much of the words of a page stands in its text: all but its head, its marks and what is around it."""
    root = tree(decode(content), URL)
    assert root is not None
    page = xhtml._holder(root)
    nodes: list[str] = []

    def walk(element: etree._Element) -> None:
        skipped = xhtml.roles.role(element) == "skip" or element.tag in ("script", "style")
        if not isinstance(element.tag, str) or skipped or (element.tag == "table" and xhtml.roles.is_head(element)):
            return
        nodes.append(element.text or "")
        for child in element:
            walk(child)
            nodes.append(child.tail or "")

    walk(page)
    law = xhtml.roles.MARK.sub(" ", " ".join(nodes)).casefold()
    found = text.title + " ".join(f"{section.number} {section.heading} {section.text}" for section in text.sections)
    return measured("", law, found.casefold(), str.isalnum, sections=len(text.sections), problems=()).covered


def test_recorded_pages_are_read_whole() -> None:
    shares = {}
    for name, content in page_recordings().items():
        try:
            text = xhtml.read(content, URL)
        except ParseError:
            continue
        shares[name] = covered(content, text)
    assert len(shares) >= 10
    assert [name for name, share in shares.items() if share < LEAST_OF_PAGES.get(name, 0.98)] == []
