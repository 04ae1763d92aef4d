"""Any bytes give a document or a ParseError, in bounded time, and every word lands in exactly one section."""

import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.bodies.html import document, fragment
from crawler.errors import ParseError
from tests.bodies.test_bodies_html import URL, page, told
from tests.tiers import examples

RECORDINGS = Path(__file__).parents[2] / "../shared/recordings"


@pytest.mark.parametrize("body", ["", " ", "\0", "<!-- -->", "<html></html>", "<script>x</script>", "<h1>Title</h1>"])
def test_a_page_without_words_is_an_error(body: str) -> None:
    with pytest.raises(ParseError, match=r"no words in the body|no HTML element"):
        document(page(body))
    assert body.startswith("<h1") or fragment(body, url=URL) == ()


@pytest.mark.parametrize("sign", ["\ufffe", "\x0b", "&#xFFFE;", "&#1;"])
def test_a_character_that_no_tree_takes_is_left_out_wherever_words_are_set_anew(sign: str) -> None:
    html = f"<ul><li>{sign}one<li>two{sign}</ul><table><tr><td>a<td>{sign}b</table>"
    assert " ".join(section.text for section in fragment(html, url=URL)).split() == ["one", "two", "a", "|", "b"]


def test_a_frameset_is_an_error_that_says_so() -> None:
    with pytest.raises(ParseError, match="frameset"):
        document(page('<html><frameset cols="*"><frame src="a"></frameset></html>'))


def test_what_nests_too_deeply_is_an_error_and_never_silently_cut() -> None:
    assert told("<div>" * 1500 + "deep" + "</div>" * 1500)[0][3] == "deep"
    with pytest.raises(ParseError, match="nested too deeply"):
        document(page("<div>" * 50_000 + "deep"))


def test_thirty_thousand_headings_with_the_same_words_are_read_in_seconds() -> None:
    began = time.process_time()
    found = told("<main><h1>Sample</h1>" + "<h2>Same</h2><p>x</p>" * 30_000 + "</main>")
    assert len(found) == len({path for path, *_ in found}) == 30_001
    assert time.process_time() - began < 10


@pytest.mark.slow
def test_ten_megabytes_of_junk_are_read_in_seconds() -> None:
    start = time.process_time()
    assert len(document(page("<p>word < & </p><a href=x>" * 400_000)).sections) == 1
    assert time.process_time() - start < 20


@examples(150)
@given(st.binary(max_size=400), st.sampled_from(["text/html", "text/html; charset=utf-16", "application/xhtml+xml"]))
def test_any_bytes_give_a_document_or_a_parse_error(body: bytes, content_type: str) -> None:
    try:
        found = document(page(body, content_type))
    except ParseError:
        return
    assert any(section.text or section.heading for section in found.sections)


_TOKENS = st.sampled_from([
    "<h1>", "</h1>", "<h2 id=a-b>", "</h2>", "<p>", "</p>", "<main>", "</main>", "<table>", "<tr>", "<td>", "</table>",
    "<form>", "</form>", "<nav>", "</nav>", "<li>", "<!--", "-->", "<script>", "</script>", "<a href='mailto:x'>",
    "</a>", "<svg>", "<select>", "<title>", "<body>", "<frameset>", "<base href=//[>", "&#0;", "&amp;", "]]>",
    "<![CDATA[", "<?x", "<template>", "<html xmlns='http://www.w3.org/1999/xhtml'>", "<p hidden>", "word", "\x00",
    "\u00e9", "\ufffe", "\ud800",
])  # fmt: skip


@examples(300)
@given(st.lists(_TOKENS, max_size=40))
def test_any_tags_give_sections_or_a_parse_error(tokens: list[str]) -> None:
    html = "".join(tokens)
    paths = [section.path for section in fragment(html, url=URL)]
    assert len(paths) == len(set(paths))
    try:
        document(page(html.encode("utf-8", "replace")))
    except ParseError as error:
        assert error.url == URL


_NAMES = "p div span b section table ul li h2 h3 h4 a blockquote x-y"
_WORD = st.text("bcdfghjklmnpqrstvwz", min_size=4, max_size=7)
_TREE = st.recursive(
    _WORD.map(lambda word: f" {word} "),
    lambda inner: st.tuples(
        st.sampled_from(_NAMES.split()),
        st.lists(inner, max_size=4),
    ).map(lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"),
    max_leaves=25,
)  # fmt: skip


@examples(300)
@given(st.lists(_TREE, min_size=1, max_size=6).map("".join))
def test_every_word_lands_in_exactly_one_section(html: str) -> None:
    stated = Counter(word for word in html.replace("<", " <").replace(">", "> ").split() if not word.startswith("<"))
    for found in (fragment(html, url=URL), document(page(f"<main>{html}</main>")).sections if stated else ()):
        if stated:
            words = Counter(word for s in found for word in f"{s.number} {s.heading} {s.text}".split())
            del words["|"]  # It stands between the parts of a line.
            assert words == stated


@pytest.mark.recorded
@pytest.mark.skipif(not RECORDINGS.is_dir(), reason="the shared recordings are not beside the project")
def test_recorded_pages_are_read_alike_twice_and_without_chrome() -> None:
    body = (RECORDINGS / "www.europarl.europa.eu/press-release_20250204IPR26689.html").read_bytes()
    found = document(page(body))
    assert found.title.startswith("MEPs: Georgia\u2019s self-proclaimed authorities")
    assert found.language == "en"
    assert "foreign-press@europarl.europa.eu" in " ".join(section.text for section in found.sections)
    assert found == document(page(body))
    act = document(page((RECORDINGS / "eur-lex.europa.eu/lexparency_old_1_raw.html").read_bytes()))
    assert "Article 2" in act.sections[-1].text
