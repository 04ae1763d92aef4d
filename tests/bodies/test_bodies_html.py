"""Pages into sections: what is read of a page, by which heading, and in which encoding."""

import gzip
import random
import zlib
from datetime import UTC, datetime

import pytest

from crawler.bodies.html import document, fragment
from crawler.errors import ConfigError, ParseError
from crawler.model import Capture, Link
from crawler.text import canonical

URL = "https://sample.invalid/a"


def page(body: str | bytes, content_type: str = "text/html; charset=utf-8") -> Capture:
    return Capture(
        url=URL,
        time=datetime(2026, 11, 24, tzinfo=UTC),
        link=Link(url=URL, role="document"),
        headers=(("Content-Type", content_type),),
        body=body.encode() if isinstance(body, str) else body,
    )


def told(html: str) -> list[tuple[str, str, str, str]]:
    return [(s.path, s.number, s.heading, s.text) for s in fragment(html, url=URL)]


def test_words_before_the_first_heading_are_the_introduction() -> None:
    assert told("one <h2>Head</h2> two") == [("introduction", "", "", "one"), ("head", "", "Head", "two")]


def test_footnotes_of_the_page_are_no_part_of_its_last_section() -> None:
    notes = '<div role="doc-endnotes">{}<ol><li>See Act A.</li></ol></div>'
    kept = ("footnotes", "", "Footnotes", "See Act A.")
    assert told(f"<h3>Annex A: Aims</h3> one {notes.format('')}") == [
        ("annex-a-aims", "Annex A", "Aims", "one"),
        kept,
    ]
    assert told(f"<h2>Aims</h2> one {notes.format('<h2>Footnotes</h2>')}")[1:] == [kept]


def test_words_of_blocks_are_not_glued_and_words_of_inline_elements_are() -> None:
    html = (
        "<p>a</p><p>b<br>c <b>d</b>e</p><ul><li>f<li>g</ul><table><tr><td>h<td>i</table><x-card>j</x-card><div>k</div>"
    )
    assert told(html) == [("introduction", "", "", "a b c de\nf\ng\nh | i\nj k")]


def test_a_kind_before_a_title_is_not_glued_to_it() -> None:
    html = "<h1><span>Dataset:</span>Sample figures <em>C:D</em></h1><p>Words."
    assert document(page(html)).title == "Dataset: Sample figures C:D"


def test_a_comment_does_not_cut_a_word_nor_lose_what_follows() -> None:
    assert told("<p>traff<!-- x -->icking <!-- y -->now</p>")[0][3] == "trafficking now"


@pytest.mark.parametrize(
    ("html", "path"),
    [
        ('<h2 id="what-to-do">2. What you do</h2>', "what-to-do"),
        ('<h2 id="section-4">2. Aims</h2>', "aims"),
        ('<h2 id="section4">Aims</h2>', "aims"),
        ('<h2 id="aims-3">Aims</h2>', "aims"),
        ('<h2 id="annex-1">Annex 1: Forms</h2>', "annex-1"),
        ('<h2 id="_Toc123456">Aims</h2>', "aims"),
        ('<h2 id="h-8f3a9c1d2e">Aims</h2>', "aims"),
        ('<h2 id="12">Aims</h2>', "aims"),
        ("<h2>2.1 Scope</h2>", "scope"),
        ("<h2>Annex A: forms</h2>", "annex-a-forms"),
        ("<h2>3.</h2>", "section-3"),
        ("<h2>الضرائب 20%</h2>", "part-17206683"),
    ],
)
def test_path_is_a_lasting_id_or_the_words(html: str, path: str) -> None:
    assert [s.path for s in fragment(html, url=URL)] == [path]


def test_paths_of_repeated_headings_do_not_depend_on_their_order() -> None:
    first = told("<h2>Wales</h2><h3>Contact</h3>w<h2>Kent</h2><h3>Contact</h3>k")
    second = told("<h2>Kent</h2><h3>Contact</h3>k<h2>Wales</h2><h3>Contact</h3>w")
    assert sorted(first) == sorted(second)
    assert [path for path, *_ in first] == ["wales", "wales-contact", "kent", "kent-contact"]


@pytest.mark.parametrize(
    ("heading", "number", "words"),
    [
        ("2.1 Scope", "2.1", "Scope"),
        ("3) Aims", "3", "Aims"),
        ("(iv) Aims", "iv", "Aims"),
        ("4 Aims", "4", "Aims"),
        ("Annex A", "Annex A", ""),
        ("Annex A \u2013 forms", "Annex A", "forms"),
        ("Schedule 2: Powers", "Schedule 2", "Powers"),
        ("Pennod 3: Cymorth", "Pennod 3", "Cymorth"),
        ("Section 45 defence", "", "Section 45 defence"),
        ("12 March 2026", "", "12 March 2026"),
        ("10 things to do", "", "10 things to do"),
        ("2015 Act", "", "2015 Act"),
        ("Part of the plan", "", "Part of the plan"),
        ("5.5 million people", "5.5", "million people"),
    ],
)
def test_leading_number(heading: str, number: str, words: str) -> None:
    (section,) = fragment(f"<h2>{heading}</h2>", url=URL)
    assert (section.number, section.heading) == (number, words)


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ('<a href="mailto:a@b.example?subject=x">Write</a>', "Write (a@b.example)"),
        ('<a href="mailto:A@b.example">a@b.example</a>', "a@b.example"),
        ('<a href="tel:+448000121700">0800 0121 700</a>', "0800 0121 700"),
        ('<a href="tel:08000121700">helpline</a>', "helpline (08000121700)"),
        ('<a href="/media/5f/Form%20v2.pdf?x=1">Form</a>', "Form (Form v2.pdf)"),
        ('<a href="/page?token=abc">Page</a>', "Page"),
        ('<a href="javascript:x()">Page</a>', "Page"),
    ],
)
def test_what_a_link_hides_is_told(link: str, shown: str) -> None:
    assert told(link)[0][3] == shown


def test_a_target_behind_a_heading_stands_in_its_text() -> None:
    assert told('<h3><a href="x.pdf">Plan</a></h3>PDF') == [("plan", "", "Plan", "(x.pdf) PDF")]


@pytest.mark.parametrize(
    ("time", "kept"),
    [
        ('<time datetime="2026-01-05">3 days ago</time>', ""),
        ('<time datetime="2026-01-05">about an <b>hour</b> ago</time>', ""),
        ('<time datetime="2026-01-05">il y a 3 jours</time>', ""),
        ('<time datetime="2026-01-05">vor 3 Tagen</time>', ""),
        ('<time datetime="2026-01-05">5 January 2026</time>', "5 January 2026"),
        ('<time datetime="P45D">45 days</time>', "45 days"),
        ("<time>3 days ago</time>", "3 days ago"),
        ("<p>not more than 3 days ago</p>", "not more than 3 days ago"),
    ],
)
def test_how_long_ago_a_time_was_is_no_word_of_the_page(time: str, kept: str) -> None:
    assert told(f"<p>Decided {time}</p>")[0][3] == f"Decided {kept}".strip()


@pytest.mark.parametrize("tag", ["div", "ol", "ul"])
def test_the_way_to_a_page_is_none_of_its_words(tag: str) -> None:
    html = f'<main><{tag} class="breadcrumb"><li>Home</li><li>Aims</li></{tag}><p>kept</p></main>'
    assert [section.text for section in document(page(html)).sections] == ["kept"]


def test_scrub_comes_before_sections() -> None:
    html = "<p>Seen 5 times.</p><h2>Views: 17</h2><p>kept</p>"
    found = fragment(html, url=URL, scrub=(r"Seen \d+ times\.", r"Views: \d+"))
    assert [(s.path, s.text) for s in found] == [("introduction", "kept")]
    with pytest.raises(ConfigError, match="scrub: '\\('"):
        fragment(html, url=URL, scrub=("(",))


PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Sample - Site</title>
<meta name="csrf-token" content="{nonce}">
<script type="application/ld+json">{{"@graph": [{{"@type": "Article", "datePublished": "2026-01-05"}}]}}</script>
</head><body><div class="gem-c-cookie-banner" id="global-cookie-message"><h2>Cookies</h2>{nonce}</div>
<header><h1>Site</h1></header><nav>{nonce}</nav><div role="search">{nonce}</div>
<main><article><header><h1>Sample title</h1>{nonce}</header>
<p>First.</p><section><header><h2 id="aims">Aims</h2></header>Text<form>{nonce}<input value="{nonce}"></form></section>
<aside>{nonce}</aside><div hidden>{nonce}</div><div hidden="until-found">Folded</div>
<p style="display:none">{nonce}</p><script nonce="{nonce}">var a = "{nonce}";</script><noscript>{nonce}</noscript>
<h2 id="cookies">Cookies</h2><p>Biscuits.</p><blockquote>Said<footer>a source</footer></blockquote></article></main>
<footer>Last viewed: {nonce}</footer></body></html>"""


def test_navigation_forms_scripts_and_hidden_things_are_no_part_of_a_document() -> None:
    """Trap UK-5.3: pages that are all alike: the frame of the site is taken for the text."""
    found = document(page(PAGE.format(nonce="n0")))
    assert found.title == "Sample title"
    assert (found.language, found.published) == ("en", "2026-01-05")
    assert [(s.path, s.text) for s in found.sections] == [
        ("introduction", "First."),
        ("aims", "Text Folded"),
        ("cookies", "Biscuits. Said a source"),
    ]
    assert found == document(page(PAGE.format(nonce="another")))


def test_body_is_the_selectors_choice_then_main_then_the_only_article_then_body() -> None:
    html = "<body><p>around</p><{0}>inside</{0}><div class=x>one</div><div class=x>two<p class=x>three</p></div></body>"
    assert document(page(html.format("main")), selector=".x").sections[0].text == "one\ntwo three"
    assert document(page(html.format("main"))).sections[0].text == "inside"
    assert document(page(html.format("article"))).sections[0].text == "inside"
    assert document(page(html.format("b"))).sections[0].text.startswith("around inside")
    assert document(page("<main id=top></main><p>words</p>")).sections[0].text == "words"
    with pytest.raises(ParseError, match=r"no element matches the selector '\.y'"):
        document(page(html), selector=".y")


def test_the_form_that_wraps_a_whole_page_is_read() -> None:
    html = "<form id=aspnetForm><input name=__VIEWSTATE value=x><h2>Aims</h2>words</form><form>Search</form>"
    assert [s.text for s in document(page(html)).sections] == ["words"]


def test_title_is_the_selectors_then_the_h1_the_title_element_names() -> None:
    html = (
        "<title>Real name | Site</title><div role=main><h1>Site</h1><h1>Real name</h1><p class=t>Other</p>words</div>"
    )
    assert document(page(html)).title == "Real name"
    assert document(page(html), title=".t").title == "Other"
    assert document(page("<title>Only this</title><p>words")).title == "Only this"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<p>victimes protégées".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        ("<p>victimes protégées".encode(), "text/html; charset=ISO-8859-1"),
        ("<p>victimes protégées".encode(), "text/html"),
        ("<p>victimes protégées".encode("cp1252"), "text/html"),
        (b"<meta charset=iso-8859-2><p>victimes prot\xe9g\xe9es", "text/html"),
        ("\ufeff<p>victimes protégées".encode(), "text/html; charset=iso-8859-1"),
        ("<p>victimes protégées".encode("utf-16"), "text/html"),
        ("<p>victimes protégées".encode(), "text/html; charset=nonsense"),
        ("<p>victimes protégées".encode(), "text/html; charset=zlib"),
        ('<?xml version="1.0" encoding="utf-8"?><p>victimes protégées'.encode(), "text/html"),
        ("<p>victimes protégées".encode(), "text/html; charset=windows-1250"),
        ("<meta charset=koi8-r><p>victimes protégées".encode(), "text/html"),
        (b"<meta charset=utf-16><p>victimes prot&eacute;g&eacute;es", "text/html"),
        (b"<meta charset=utf-16><p>victimes prot&eacute;g&eacute;es ", "text/html; charset=utf-16"),
        ("<p>victimes protégées".encode("utf-16-le"), "text/html; charset=utf-16le"),
    ],
)
def test_encodings(body: bytes, content_type: str) -> None:
    """Trap UK-5.8: punctuation of Windows-1252 in metadata."""
    assert document(page(body, content_type)).sections[0].text == "victimes protégées"


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_signs_that_nobody_sees_change_nothing(sign: str) -> None:
    html = (
        "<main><h2>Adminis{0}tration</h2>Write to <a href='mailto:office@sample.invalid'>office@{0}sample.invalid</a>,"
        " send <a href='/files/form-a.pdf'>form-{0}a.pdf</a>, or <a href='https://b.invalid/start'>start the form at"
        " b.in{0}valid/start</a>.</main>"
    )
    plain, signed = (told(html.format(each)) for each in ("", sign))
    assert [tuple(map(canonical, parts)) for parts in signed] == plain
    assert plain[0][0] == "administration"


@pytest.mark.parametrize("header", ["text/html", "text/html; charset=utf-8", "text/html; charset=windows-1252"])
def test_what_is_packed_is_no_page(header: str) -> None:
    words = "".join(f"<p>Sample words {n * n}</p>" for n in range(200)).encode()
    noise = random.Random(1).randbytes(3000)
    for body in (gzip.compress(words), zlib.compress(words), noise):
        with pytest.raises(ParseError, match="no page: it holds bytes that no text has"):
            document(page(body, header))
    assert document(page(words.replace(b" words ", b" words\x0b\x1f", 50), header)).sections


def test_one_broken_character_does_not_spoil_the_others() -> None:
    assert document(page("<p>protégées été".encode() + b"\xff")).sections[0].text.startswith("protégées été")


def test_xhtml_with_an_empty_title_keeps_its_body() -> None:
    html = '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr"><head><title/></head><p>a<b/>b</p></html>'
    found = document(page(html, "application/xhtml+xml"))
    assert (found.language, found.sections[0].text) == ("fr", "ab")
