"""Two walks read the same: the quick one over blocks, and the one that minds markup inside lines."""

from hypothesis import example, given
from hypothesis import strategies as st

from crawler.bodies import html
from crawler.model import Section
from tests.tiers import examples

URL = "https://sample.invalid/a"
MINDED = "<div><b hidden>x</b></div>"
"""What is hidden inside a line must be minded: beside it everything is read by the other walk."""

_text = st.sampled_from(
    ["", " ", "\n", "word", "two  words", "\u2028", "\xa0", "e\u0301", "Recommendation 1: do", "&lt;"]
)
_TAGS = "p div ul li table tr td section h1 h2 h3 b em a span x-card script style select svg header br"
_tag = st.sampled_from(_TAGS.split())
_attribute = st.sampled_from(["", "", "", ' id="part-one"', " hidden", ' style="display: none"', ' href="/b"'])
_markup = st.recursive(
    _text,
    lambda inner: st.builds(
        lambda tag, attribute, parts, after: f"<{tag}{attribute}>{''.join(parts)}</{tag}>{after}",
        _tag, _attribute, st.lists(inner, max_size=4), _text,
    ),
    max_leaves=25,
)  # fmt: skip


def read(markup: str) -> tuple[Section, ...]:
    return html.fragment(markup, url=URL)


def test_words_of_blocks_headings_and_what_stands_behind_them_are_read_in_their_order() -> None:
    found = read("a<div>b<p>c</p>d<h2>e<div>f</div>g</h2>h<script>no</script>i<p hidden>no</p>j</div>k")
    assert [(section.heading, section.text) for section in found] == [("", "a b c d"), ("e f g", "h i j k")]


@examples(400)
@given(st.lists(_markup, max_size=6).map("".join))
@example("<h2>a<h3>b</h3>c</h2>d")
@example("<ul><li><p>Recommendation 1: do</p></li></ul>")
def test_both_walks_read_the_same(markup: str) -> None:
    assert read(f"<div>{markup}</div>") == read(f"<div>{markup}</div>{MINDED}")


def test_blocks_nested_by_the_hundred_are_read() -> None:
    assert read("<div>" * 200 + "deep" + "</div>" * 200)[0].text == "deep"
