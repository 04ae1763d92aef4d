"""On any bytes the reader of pages gives a text or a ParseError that names the cause, in time that grows with them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import ParseError, RefusedError
from crawler.protocols.cellar import xhtml
from crawler.protocols.cellar.act_text import Text
from tests.protocols.cellar_texts import URL, recorded
from tests.tiers import examples

pytestmark = pytest.mark.slow


def refusal(content: bytes) -> str:
    with pytest.raises(ParseError) as caught:
        xhtml.read(content, URL)
    assert caught.value.url == URL
    return caught.value.reason


def page(inside: str) -> bytes:
    return f"<html><head><title>Sample</title></head><body>{inside}</body></html>".encode()


# -- what is no act


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the body is empty"),
        (b"\n ", "the body is empty"),
        (b"<!-- nothing -->", "no HTML element and no word"),
        (b"\x00\x00", "no HTML element and no word"),
        (b"<html/>", "a web page without the text of an act"),
        (b"just words", "a web page without the text of an act"),
        (b"%PDF-1.7", "a web page without the text of an act"),
        (b"PK\x03\x04", "a web page without the text of an act"),
        (
            page("<h1>Sign in</h1><p>The requested document does not exist.</p>"),
            "a web page without the text of an act",
        ),
        (page("<p class='oj-doc-ti'>Only a title</p>"), "no text on a page where an act was promised"),
    ],
)
def test_what_is_no_act(content: bytes, reason: str) -> None:
    assert refusal(content) == reason


@pytest.mark.recorded
def test_a_list_to_choose_from() -> None:
    content = b"<html><head><title>Multiple-Choice Response</title></head><body><ul><li><a href='x'>x</a></li></ul>"
    assert "300 Multiple Choices" in refusal(content)
    assert "300 Multiple Choices" in refusal(recorded("celex_32016R0679_fmx4.300.html"))


@pytest.mark.recorded
def test_a_robot_check() -> None:
    with pytest.raises(RefusedError) as caught:
        xhtml.read(b"<html><script>window.gokuProps = {};</script></html>", URL)
    assert caught.value.kind == "challenge"
    assert "robot check" in refusal(recorded("aws_waf_challenge_202.html"))


@pytest.mark.recorded
@pytest.mark.parametrize(
    "name",
    [
        "procedure_2021_106.html",
        "procedure_2023_102.html",
        "document_P9_A(2021)0270.html",
        "lexparency_stub_1.html",
        "lexparency_stub_2.html",
        "lexparency_metas_1.html",
    ],
)
def test_recorded_pages_of_the_portal(name: str) -> None:
    assert refusal(recorded(name)) == "a web page without the text of an act"


def test_a_consolidation_of_a_repealed_act_is_only_its_history() -> None:
    head = (
        "<p class='reference'>02001L9010 \u2014 EN \u2014 15.07.2010 \u2014 001.001</p><p class='disclaimer'>Sample</p>"
    )
    title = "<p class='title-doc-first'>DIRECTIVE 2001/9010</p><p class='title-division-1'> </p>"
    gone = "<p class='modref'><a title='32010L9011: REPEALED'>\u25bcM1</a></p><p class='norm'>" + "\u2014" * 5 + "</p>"
    assert "there is only its history" in refusal(page(head + title + gone))


# -- size and depth


@pytest.mark.parametrize("name", ["div", "table", "span", "p", "ul", "a", "td"])
@pytest.mark.parametrize("depth", [100, 5_000, 100_000])
def test_nesting(name: str, depth: int) -> None:
    start = time.process_time()
    content = page(f"<p class='oj-ti-art'>Article 1</p>{f'<{name}>' * depth}A sample{f'</{name}>' * depth}")
    try:
        assert "A sample" in " ".join(section.text for section in xhtml.read(content, URL).sections)
    except ParseError as error:
        assert depth > 100
        assert "nested too deeply" in error.reason
    assert time.process_time() - start < 10


ARTICLE = "<p class='oj-ti-art'>Article 1</p>"
MANY = {
    "articles": ARTICLE + "<p class='oj-normal'>x</p>",
    "subjects": "<p class='oj-sti-art'>subject</p>",
    "recitals": "<p class='oj-normal'>(1) Whereas a sample is one.</p>",
    "notes": "<p class='oj-note'>one</p>",
    "points": "<table><tr><td><p class='oj-normal'>(a)</p></td><td><p class='oj-normal'>x</p></td></tr></table>",
    "annexes": "<p class='oj-doc-ti'>ANNEX I</p>",
    "calls": "<a href='#E1'>(1)</a>",
    "marks": "\u25bcM1 ",
    "breaks": "<br>",
    "spans": "<span>x</span>",
}


@pytest.mark.parametrize("name", MANY)
@pytest.mark.parametrize("first", [ARTICLE, "<p class='oj-doc-ti'>Sample</p>"], ids=["terms", "preamble"])
def test_very_many(name: str, first: str) -> None:
    start = time.process_time()
    xhtml.read(page(first + MANY[name] * 15_000 + ARTICLE + "<p class='oj-normal'>x</p>"), URL)
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "sign", [" ", "x", "(", "\u2019", "\u2018 ", ". ", "1.", "(a) ", "\u2014 ", "&#160;", "\u25bc"]
)
def test_very_long_lines(sign: str) -> None:
    start = time.process_time()
    line = sign * 1_000_000
    link = f"<a href='#E1' id='{line}' title='{line}'>{line}x</a>"
    inside = f"<p class='oj-ti-art'>Article 1{line}x</p><p class='oj-normal'>{line}x</p><p class='oj-note'>{link}</p>"
    xhtml.read(page(inside), URL)
    assert time.process_time() - start < 20


def test_entities_are_not_expanded() -> None:
    kind = "<!DOCTYPE html [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'><!ENTITY c SYSTEM 'file:///etc/passwd'>]>"
    space = "<html xmlns='http://www.w3.org/1999/xhtml'>"
    inside = "<p class='oj-ti-art'>Article 1</p><p class='oj-normal'>A &b; and &c;</p>"
    text = xhtml.read(f"{kind}{space}<body>{inside}</body></html>".encode(), URL)
    assert "haha" not in text.sections[0].text
    assert "root" not in text.sections[0].text


# -- any bytes


def attempt(content: bytes) -> Text | None:
    try:
        return xhtml.read(content, URL)
    except ParseError as error:
        assert error.reason
        return None


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"<html><p class='oj-ti-art'>Article 1</p>", b"<?xml", b"\xff\xfe"])
)
def test_random_bytes(content: bytes, start: bytes) -> None:
    attempt(start + content)


CLASSES = [
    "oj-ti-art", "oj-sti-art", "oj-ti-section-1", "oj-ti-section-2", "oj-ti-grseq-1", "oj-doc-ti", "oj-normal",
    "oj-note", "oj-signatory", "oj-final", "oj-quotation-ti", "title-article-norm", "stitle-article-norm", "modref",
    "title-division-1", "title-annex-1", "title-annex-2", "title-doc-first", "no-parag", "grid-container grid-list",
    "list grid-list-column-1", "grid-list-column-2", "norm inline-element", "footnote", "eli-subdivision", "eli-title",
    "title-article-quoted", "enumeration-spacing", "title-gr-seq-level-1", "disclaimer", "reference", "hd-oj",
]  # fmt: skip
IDS = ["", "art_1", "rct_1", "enc_1", "fnp_1", "anx_I", "cit_1", "cpt_I", "E0001", "L_1", "tit_1", "001.001"]
TAGS = ["p", "div", "table", "tr", "td", "span", "a", "dl", "dd", "hr", "img", "br", "sup", "h1", "ul", "li"]
WORDS = [
    "Article 1",
    "ANNEX I",
    "(a)",
    "1.",
    "\u2018Article 2",
    "A sample;",
    "CHAPTER I",
    "\u2014",
    "\u25baM1",
    "Done at X",
    " ",
]
TREES = st.recursive(
    st.sampled_from(WORDS),
    lambda inner: st.tuples(
        st.sampled_from(TAGS), st.sampled_from(CLASSES), st.sampled_from(IDS), st.lists(inner, max_size=5)
    ).map(lambda made: f"<{made[0]} class='{made[1]}' id='{made[2]}'>{''.join(made[3])}</{made[0]}>"),
    max_leaves=40,
)


@examples(400)
@given(st.lists(TREES, min_size=1, max_size=6))
def test_elements_where_they_do_not_belong(inside: list[str]) -> None:
    text = attempt(page("".join(inside)))
    if text is not None:
        paths = [section.path for section in text.sections]
        assert len(paths) == len(set(paths))
        assert all(section.number or section.heading or section.text for section in text.sections)
        assert all(0 <= part.start < part.end <= len(s.text) for s in text.sections for part in s.parts)
