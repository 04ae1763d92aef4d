"""The plain forms of an entry: golden texts, and no words of a publisher that turn into markup, a header or a mail."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from crawler.feeds import Entry, EntryChange, message, plain
from crawler.feeds.entry import Copy
from crawler.feeds.feed import Feed
from crawler.feeds.message import MAILTO
from crawler.feeds.plain import EntryContext, LaterEntry
from crawler.model import Word
from tests.feeds.feeds_entries import ENTRY, FEED, entries
from tests.tiers import examples

GOLDEN = Path(__file__).parent / "golden"
AROUND = EntryContext(
    label="3.8", status="in force", licence="Open Government Licence v3.0",
    licence_url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    attribution="Contains sample information.", copy="https://roundup.example.org/doc/ukpga/2001/9001",
    official=("https://www.legislation.gov.uk/ukpga/2001/9001/section/45/1",),
    later=(LaterEntry(title="Sample Act: section 46 amended", day="2026-12-02",
        address="https://roundup.example.org/entry/d"),),
)  # fmt: skip
FULL = replace(
    ENTRY,
    state="corrected",
    updated="2026-12-05T10:00:00Z",
    note="Amended by the sample order.",
    late="its source was not read in full between 2026-11-01 and 2026-11-20",
    confirmed=False,
    copies=(
        Copy(
            document="d", title="Deddf Enghreifftiol", url="https://www.example.org/cy", publisher="Sample Parliament",
            relation="translation", language="cy",
        ),
    ),
)  # fmt: skip
HOSTILE = (
    "<script>alert(1)</script> & <b>bold</b>",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png) **b** `c` ~~d~~ # e",
    "a\r\nBcc: everybody@evil.example\r\n\r\nBuy this",
    "x?cc=a@evil.example&bcc=b@evil.example&body=other",
    "\u202egnp.exe\u202c and \u2066inside\u2069",
    "قانون مكافحة الاتجار بالبشر",
    "x" * 300,
    "ع" * 300,
    "👩🏽‍⚖️" * 300,
    "---",
    "===",
    "***",
    "+",
    "",
    " \t\n",
    "- item\n1. item\n> quote\n# head\n---\n| a | b |",
    "1. first",
    "www.evil.example and https://evil.example/x and a@evil.example",
    "&lt;b&gt; &#60;b&#62; \\*x\\*",
    "%0D%0ABcc:%20x@evil.example",
)


BARE = replace(
    ENTRY, facets={}, topics=(), why=(), aimed_at=(), look_for=(), flags=(), sure=(), told=(), document="",
    kind="watching", published="", updated_by_publisher="", url="", capture_time="", capture_digest="",
)  # fmt: skip
FORMS = {
    "entry.txt": plain.text(FULL, FEED, AROUND),
    "markdown.txt": plain.markdown(FULL, FEED, AROUND),
    "entry.mailto": message.mailto(FULL, FEED, AROUND) + "\n",
    "bare.txt": plain.text(BARE, Feed(authority="sample.invalid"), EntryContext()),
}


@pytest.mark.parametrize(("name", "made"), FORMS.items())
def test_the_forms_are_as_reviewed(name: str, made: str) -> None:
    assert made == (GOLDEN / name).read_text(encoding="utf-8")


def test_the_citation_has_all_its_parts_in_order() -> None:
    assert plain.citation(ENTRY, FEED, AROUND) == (
        "Sample Parliament, “Sample Act”, 3.8, updated 20 November 2026, https://www.example.org/official; as read on"
        f" 24 November 2026 at 09:59 UTC, SHA-256 {'0' * 64}, https://roundup.example.org/entry/abc123."
    )
    bare = replace(ENTRY, updated_by_publisher="", capture_time="", capture_digest="", publisher_name="", url="")
    assert plain.citation(bare, Feed(authority="a.invalid"), EntryContext()) == (
        "“Sample Act”, published 1 July 2001; tag:a.invalid,2026:entry/abc123."
    )


@pytest.mark.parametrize(
    ("summary", "is_cut"),
    [
        ("In force. These Rules amend the Sample Rules so that fees …", True),
        ("In force. … fees double at once in all places of the land.", True),
        ("In force. " + (WHOLE := "These Rules amend the Sample Rules so that fees double at once in all places of the "
                         "land."), False),
        ("Read here: section 3. These Rules amend … It differs by place.", True),
        ("In force in parts. Another description of it …", False),
    ],
)  # fmt: skip
def test_the_words_of_a_publisher_that_are_cut_stand_in_full(summary: str, is_cut: bool) -> None:
    """Of something new alone, and only where they are the very words that are cut."""
    new = replace(ENTRY, kind="new", summary=summary)
    described = plain.in_full(new, WHOLE)
    assert described == (WHOLE if is_cut else "")
    assert plain.in_full(replace(new, kind="changed"), WHOLE) == ""
    shown = plain.text(new, FEED, replace(AROUND, described=described))
    assert (f"In its publisher\u2019s words: {WHOLE}\n" in shown) == is_cut


def test_the_words_of_a_publisher_of_which_whole_sentences_have_no_room_stand_in_full() -> None:
    new = replace(ENTRY, kind="new", summary=f"Made on 5 April 2029. {WHOLE}")
    more = f"{WHOLE} They also amend other Rules."
    assert [plain.in_full(new, said) for said in (WHOLE, more, f"Other rules. {WHOLE}")] == ["", more, ""]


def hostile(text: str) -> Entry:
    told = EntryChange(kind="changed", document="d", path="x", heading=text, words=(Word(op="+", text=text),))
    copy = Copy(document="d", title=text, url=text, publisher=text, relation=text, language=text)
    return replace(
        ENTRY, title=text, document_title=text, summary=text, note=text, late=text, publisher_name=text, url=text,
        jurisdiction=text, document_kind=text, told=(told,), why=(text,), look_for=(text,), flags=(text,), sure=(text,),
        aimed_at=(text,), copies=(copy,), topics=(text,), facets={"topic": (text,)}, published=text,
    )  # fmt: skip


def around(text: str) -> EntryContext:
    return EntryContext(
        label=text, status=text, licence=text, licence_url=text, attribution=text, copy="", official=(text,),
        later=(LaterEntry(title=text, day=text, address=""),),
    )  # fmt: skip


def tags(markdown: str) -> set[str]:
    """The elements that a CommonMark renderer with everything switched on makes of it; markup of others fails."""
    found = set()
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown):
        assert token.type not in ("html_block", "fence", "code_block", "hr", "blockquote_open", "ordered_list_open"), (
            token
        )
        for inline in token.children or ():
            assert inline.type not in ("html_inline", "image", "s_open", "em_open", "code_inline"), inline
            if inline.type == "link_open":
                href = str(inline.attrs["href"])
                assert href.startswith(("https://", "http://")), href
            found.add(inline.tag)
        found.add(token.tag)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    entry, beside = hostile(text), around(text)
    shown = plain.markdown(entry, FEED, beside)
    assert tags(shown) <= {"", "h1", "p", "ul", "li", "strong", "a"}
    assert "<script" not in shown and "\u202e" not in shown and "\u2066" not in shown
    written = plain.text(entry, FEED, beside)
    assert "\u202e" not in written and "\r" not in written
    assert written.splitlines()[0] == plain.text(entry, FEED, EntryContext()).splitlines()[0]
    assert not [line for line in written.splitlines() if line.startswith(("Bcc:", "Buy this", "> quote"))]
    sent = message.mailto(entry, FEED, beside)
    assert len(sent) <= MAILTO and sent.isascii() and sent.startswith("mailto:?subject=")
    head, _, body = sent.partition("&body=")
    assert "&" not in head and "&" not in body and "?" not in head.removeprefix("mailto:?") and "#" not in sent
    subject = unquote(head.removeprefix("mailto:?subject="), errors="strict")
    assert "\r" not in subject and "\n" not in subject and "\u202e" not in subject and (subject or not text.strip())
    lines = unquote(body, errors="strict").split("\r\n")
    assert f"This entry: {FEED.public_url}entry/{entry.id}" in lines
    assert not [line for line in lines if line.startswith("Bcc:") or "\n" in line or "\r" in line]


@examples(100)
@given(entries(), st.text(max_size=400))
def test_whatever_stands_in_it(entry: Entry, text: str) -> None:
    beside = around(text.encode("utf-8", "replace").decode())
    assert tags(plain.markdown(entry, FEED, beside)) <= {"", "h1", "p", "ul", "li", "strong", "a"}
    sent = message.mailto(entry, FEED, beside)
    assert len(sent) <= MAILTO and sent.isascii() and sent.count("&") == 1
    assert plain.text(entry, FEED, beside) == plain.text(entry, FEED, beside)


def test_what_does_not_fit_into_a_message_is_left_out_the_least_first() -> None:
    long = replace(ENTRY, title="title " * 90, summary="word " * 400, why=("Because. " * 100,))
    lines = unquote(message.mailto(long, FEED, AROUND)).split("\r\n")
    assert not any("Because" in line for line in lines), "the least important"
    assert any(line.startswith("word word") and line.endswith(" …") for line in lines)
    assert any(line.startswith("Official page: ") for line in lines) and any(
        "Published 1 July" in line for line in lines
    )
    far = replace(ENTRY, url="https://example.org/" + "y" * 1900)
    assert "Official page" not in unquote(message.mailto(far, FEED, AROUND))
    assert "This entry: https://roundup.example.org/entry/abc123" in unquote(message.mailto(far, FEED, AROUND))


def test_a_sample_says_so_everywhere() -> None:
    sample = replace(FEED, sample=True)
    for made in (plain.text, plain.markdown, message.mailto):
        assert "Sample: invented text, not law." in unquote(made(ENTRY, sample, AROUND))


def test_more_differences_than_are_told_are_counted() -> None:
    many = replace(ENTRY, told=ENTRY.told * 25)
    assert "- 5 more differences" in plain.text(many, FEED, EntryContext())
