"""What names something redacted is masked in every format, exactly, and everything else is read as before."""

import gzip
import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import protocols
from crawler.archive import OmittedEntries
from crawler.errors import ParseError
from crawler.identifiers import address_of
from crawler.ingest.readings import Read, Reading, without_redacted
from crawler.model import Capture, Document, Page
from crawler.redaction import Marks, Redacted, mark_hashes, mask, masked_pages
from crawler.redaction.mark_hashes import Mark
from crawler.run.redact.filtering import FilteredAnswer, Parse, ReceivedAnswer, RedactionFilter
from crawler.sources import Source
from tests.protocols.test_fixtures import CASES, capture, name_of, source
from tests.tiers import examples

WHOLE = {
    "registry/headers": "it is about one file, and nothing else",
    "wordpress/reports": "a file that a report links stands in the words of that report",
}
"""Lists of which nothing is left, for some document at least."""


def marks(*found: Mark) -> Marks:
    return Marks([Redacted(id="1", reason="names a person", date="2026-03-05", marks=frozenset(found))])


def titled(title: str) -> Marks:
    return marks(*mark_hashes.phrase("1", mark_hashes.words_of(title)))


def known(document: Document, page: Page) -> Marks:
    """The marks of a document that a page lists."""
    found = [*mark_hashes.address("1", document.url), *mark_hashes.phrase("1", mark_hashes.words_of(document.title))]
    for name in (document.id, *document.aliases):
        found += mark_hashes.address("1", name[4:]) if name.startswith("url:") else mark_hashes.name("1", name)
    for link in page.links:
        found += mark_hashes.address("1", address_of(link)) if link.facts.get("document") == document.id else ()
    return marks(*found)


def left(read: Capture, by: Source, of: Marks, parse: Parse = protocols.read, reduced: str = "") -> FilteredAnswer:
    asked = {"source": by.id, "role": read.link.role, "parent": read.link.parent, "facts": dict(read.link.facts),
             "token": ""}  # fmt: skip
    link = {"url": address_of(read.link), "accept": "", "role": read.link.role, "hop": 0, "asked": [asked]}
    met = ReceivedAnswer(
        url=read.url, time=read.time, method=read.method, status=read.status, headers=read.headers, body=read.body,
        link=link, payload_digest="sha256:0", digest=sha256(read.body).hexdigest(), reduced=reduced,
    )  # fmt: skip
    return RedactionFilter(of, parse).left(met, {by.id: by})


def listed() -> list[tuple[Path, int]]:
    """Every document of every list among the fixtures."""
    found = []
    for case in CASES:
        if capture(case).link.role in ("listing", "next"):
            try:
                page = protocols.read(capture(case), source(case))
            except ParseError:
                continue
            found += [(case, number) for number in range(len(page.documents))]
    return found


@pytest.mark.parametrize(("case", "number"), listed(), ids=lambda each: name_of(each) if isinstance(each, Path) else "")
def test_every_list_of_every_protocol_loses_one_document_and_no_other(case: Path, number: int) -> None:
    before = protocols.read(capture(case), source(case))
    gone = before.documents[number]
    found = left(capture(case), source(case), known(gone, before))
    assert found.cut is not None and (not found.cut.whole or name_of(case) in WHOLE)
    if found.cut.whole:
        assert found.body == b""
        return
    read = protocols.read(replace(capture(case), body=found.body), source(case))
    after = masked_pages.without_masked(read, is_list=True)
    assert gone.id not in {each.id for each in after.documents}
    # Others may hold its title, as a commencement order does that of its Act; its own attachments go with it.
    others = [each for each in before.documents if gone.id not in (each.id, each.parent)]
    rest = [each for each in others if gone.title not in each.title]
    assert [each for each in after.documents if gone.title not in each.title] == rest
    assert (read.entries or 0) + found.cut.left_out.entries == (before.entries or 0)
    again = left(replace(capture(case), body=found.body), source(case), known(gone, before), reduced=found.cut.reason)
    assert again.cut is None


PLACES = {
    "html": "<main><h1>Other</h1><p>Before.</p><p>On {} we say more.</p><p>Behind.</p></main>",
    "html-attribute": '<main><p>Before.</p><p>See <a href="/x" title="{}">this</a>.</p><p>Behind.</p></main>',
    "html-unclosed": "<main><ul><li>Before.<li>On {}<li>Behind.</ul></main>",
    "html-script": '<main><p>Before.</p></main><script>var a={{"x":["{}","Behind."]}};</script>',
    "xml": '<?xml version="1.0"?><r><item><t>Before.</t></item><item><t>{}</t></item><item><t>Behind.</t></item></r>',
    "xml-cdata": '<?xml version="1.0"?><r><i>Before.</i><i><![CDATA[<p>{}</p><p>Behind.</p>]]></i></r>',
    "xml-escaped": '<?xml version="1.0"?><r><i>Before.</i><i>&lt;p&gt;{}&lt;/p&gt;&lt;p&gt;Behind.&lt;/p&gt;</i></r>',
    "json": '{{"a": ["Before.", {{"t": "{}", "n": 1}}, "Behind."], "b": 2}}',
    "json-html": '{{"a": "<p>Before.<\\/p><p>{}<\\/p><p>Behind.<\\/p>"}}',
    "json-escaped": '{{"a": "\\u003cp\\u003eBefore.\\u003c/p\\u003e\\u003cp\\u003e{}\\u003c/p\\u003e Behind."}}',
    "lines": "a;b\nBefore.;1\n{};2\nBehind.;3\n",
    "robots": "User-agent: *\nDisallow: /before\nDisallow: /{}\nAllow: /behind\n",
}  # fmt: skip
TITLE = "Zo\u00eb Sample-Zzyzx charged"
MASKED = {"plain": "Xxx Xxxxxx-Xxxxx xxxxxxx", "slug": "xxx-xxxxxx-xxxxx-xxxxxxx", "upper": "XXX XXXXXX\nXXXXX XXXXXXX"}
SPELLINGS = {
    "Zo\u00eb Sample-Zzyzx charged": MASKED["plain"],
    "zo\u00eb-sample-zzyzx-charged": MASKED["slug"],
    "Zo%C3%AB%20Sample-Zzyzx%20charged": "Xxx%20Xxxxxx-Xxxxx%20xxxxxxx",
    "Zo%25C3%25AB%2520Sample-Zzyzx charged": "Xxx%20Xxxxxx-Xxxxx xxxxxxx",
    "Zo&euml;&#32;Sample-Zzyzx&nbsp;charged": "Xxx&#32;Xxxxxx-Xxxxx&nbsp;xxxxxxx",
    "Zo&amp;euml; Sample-Zzyzx charged": MASKED["plain"],
    "Zo\\u00eb Sample-Zzyzx charged": MASKED["plain"],
    "Zoe\u0308 Sample-Zzyzx charged": MASKED["plain"],
    "ZO\u00cb SAMPLE\nZZYZX CHARGED": MASKED["upper"].replace("-", "\n"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("place", PLACES)
def test_only_what_names_it_is_masked(place: str, spelling: str) -> None:
    expected = SPELLINGS[spelling]
    for sign, escaped in (("\n", "\\n"),) if place.startswith("json") else ():
        spelling, expected = spelling.replace(sign, escaped), expected.replace(sign, escaped)
    text = PLACES[place].format(spelling)
    assert mask.mask_body(text.encode(), "", titled(TITLE), "").decode() == PLACES[place].format(expected)
    if place.startswith("json"):
        assert json.loads(PLACES[place].format(expected))


ADDRESS = "https://a.sample.invalid/news/zz-1"
LINKS = {
    f'<p>See <a class="x" href="{ADDRESS}?utm_source=x" title="Of Zzyzx"><b>Zzyzx</b>, 34</a> and more.</p>':
        '<p>See <a class="x" href="https://a.sample.invalid/xxxx/xx-1?xxx_xxxxxx=x" title="Xx Xxxxx"><b>Xxxxx</b>,'
        " 11</a> and more.</p>",
    f'<a href="{ADDRESS}">View</a>': '<a href="https://a.sample.invalid/xxxx/xx-1">View</a>',
    '<a href="/news/zz%201.pdf">Zzyzx</a><a href="/news/zz 1.pdf">Zzyzx</a>':
        '<a href="/xxxx/xx%201.pdf">Xxxxx</a><a href="/xxxx/xx 1.pdf">Xxxxx</a>',
    "<a href=zz-1>On Zzyzx</a><a href=zz-2>On Else</a>": "<a href=xx-1>Xx Xxxxx</a><a href=zz-2>On Else</a>",
    '<a href="/news/zz-1"><img alt="Zzyzx" src="/z.png"></a>':
        '<a href="/xxxx/xx-1"><img alt="Xxxxx" src="/z.png"></a>',
    '"&lt;a href=\\"https:\\/\\/a.sample.invalid\\/news\\/zz-1\\"&gt;Zzyzx&lt;\\/a&gt; and"':
        '"&lt;a href=\\"https:\\/\\/a.sample.invalid\\/xxxx\\/xx-1\\"&gt;Xxxxx&lt;\\/a&gt; and"',
    f'{{"u": "{ADDRESS}", "id": 20412041, "n": 2}}':
        '{"u": "https://a.sample.invalid/xxxx/xx-1", "id": 11111111, "n": 2}',
    f"https://share.invalid/?u={quote(ADDRESS, safe='')}&t=Read":
        "https://share.invalid/?u=https%3A%2F%2Fa.sample.invalid%2Fxxxx%2Fxx-1&t=Read",
}  # fmt: skip


@pytest.mark.parametrize("text", LINKS)
def test_of_a_link_its_words_go_too(text: str) -> None:
    known = marks(
        *mark_hashes.address("1", ADDRESS), *mark_hashes.address("1", "https://a.sample.invalid/news/zz 1.pdf"),
        *mark_hashes.name("1", "sample:20412041"),
    )  # fmt: skip
    assert known.masked(text, "https://a.sample.invalid/news/other") == LINKS[text]


SAYS, OTHERS = "Zzyzx, 34, of Sampleton was seen <b>there</b>.", "Others were seen there as well."
ENTRIES = {
    "rss": "<item><title>{}</title><link>https://a.sample.invalid/{}</link>"
           "<pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate><media:text>{}</media:text></item>",
    "json": '{{"t": "{}", "image": {{"u": "/x.png"}}, "u": "/{}", "day": "2026-03-02", "more": {{"text": "{}"}}}}',
    "html": '<li><h2>{}</h2><ul><li>Words</li></ul><a href="/{}">View</a><p>{}</p></li>',
}  # fmt: skip


@pytest.mark.parametrize("how", ENTRIES)
def test_of_an_entry_of_a_list_its_sentences_go_and_those_of_others_stay(how: str) -> None:
    """Also what nobody reads there: the words that a feed has of a release, beside its summary."""
    entry = ENTRIES[how].format
    before, behind = entry("Other words", "1", OTHERS), entry("More words", "2", OTHERS)
    body = f"{before}\n{entry(TITLE, 'x-7', SAYS)}\n{behind}"
    others = [{mark_hashes.words_text("Other words")}, {mark_hashes.words_text("More words")}]
    lines = mask.mask_body(body.encode(), "", titled(TITLE), "", others).decode().split("\n")
    assert (lines[0], lines[2]) == (before, behind)
    said = "Xxxxx, 11, xx Xxxxxxxxx xxx xxxx <b>there</b>."
    assert lines[1] == entry(MASKED["plain"], "x-7", said)
    quoted = entry("Other words", "1", f"On {TITLE} we say more.")
    assert mask.mask_body(quoted.encode(), "", titled(TITLE), "", others).decode() == quoted.replace(
        TITLE, MASKED["plain"]
    )


@pytest.mark.parametrize("codec", ["utf-8", "cp1252", "utf-16"])
def test_bytes_that_stay_are_as_they_were(codec: str) -> None:
    text = "<ul><li>Zo\u00eb\u2019s d\u2019\u00e9tat</li><li>NAME wird angeklagt</li><li>Ende \u2013 \u00df</li></ul>"
    text = text.replace("NAME", "Frau M\u00fcller-Zzyzx")
    less = text.replace("Frau M\u00fcller-Zzyzx wird angeklagt", "Xxxx Xxxxxx-Xxxxx xxxx xxxxxxxxx")
    found = titled("Frau M\u00fcller-Zzyzx wird angeklagt")
    assert mask.mask_body(text.encode(codec), "", found, "") == less.encode(codec)
    broken = text.encode().replace(b"Ende", b"E\xffnde")
    assert mask.mask_body(broken, "", found, "") == less.encode().replace(b"Ende", b"E\xffnde")
    packed = mask.mask_body(gzip.compress(text.encode()), "", found, "")
    assert gzip.decompress(packed).decode() == less


def test_what_was_once_cut_out_of_a_list_is_counted() -> None:
    """By the code before, which took entries out of a body and noted how many, and the newest date."""
    case, _ = listed()[0]
    page = replace(protocols.read(capture(case), source(case)), entries=4, newest="2026-03-01")
    reading = Reading(
        capture=capture(case),
        source=source(case),
        reduced=True,
        left_out=OmittedEntries(entries=2, newest="2026-03-02"),
    )
    read = without_redacted(Read(reading=reading, page=page), is_list=True)
    assert read == replace(page, entries=6, newest="2026-03-02")


WORDS = "Words of ours. " * 40
OTHER = f'<!doctype html><html lang="en"><title>Other words</title><main><h1>Other words</h1><p>{WORDS}</p>{{}}</main>'


def test_a_page_that_would_be_read_otherwise_loses_its_body() -> None:
    """Here a source that reads no text where the name is not there any more."""
    case = next(each for each in CASES if source(each).protocol == "page" and capture(each).link.role == "document")
    by, plain = source(case), replace(capture(case), body=OTHER.format(f"<p>On {TITLE}.</p>").encode())
    found = left(replace(plain, headers=(("Content-Type", "text/html"),)), by, titled(TITLE))
    assert found.cut is not None and not found.cut.whole and b"Zzyzx" not in found.body

    def otherwise(read: Capture, source: Source) -> Page:
        page = protocols.read(read, source)
        return page if b"Zzyzx" in read.body else replace(page, versions=())

    found = left(plain, by, titled(TITLE), otherwise)
    assert found.cut is not None and found.cut.whole and found.body == b""


TEXTS = st.text(
    st.sampled_from("<>/&;\"'{}[]:,\\ \n=-!?#%2u0ab\u00e9\u0308\ufeff") | st.characters(codec="utf-8"), max_size=300
)


@examples(300)
@given(text=TEXTS, at=st.integers(0, 300), spelling=st.sampled_from([*SPELLINGS]))
def test_what_is_masked_is_named_no_more_and_stays_so(text: str, at: int, spelling: str) -> None:
    """Also in any text: what is masked once is masked for good, and JSON stays JSON."""
    found = titled(TITLE)
    body = f"{text[:at]} {spelling} {text[at:]}"
    once = found.masked(body)
    assert found.masked(once) == once and "zzyzx" not in once.casefold().replace(text.casefold(), "")
    assert found.masked(text) == text or found.within(text)
    packed = json.dumps([text, {"t": spelling, "n": 12}, text])
    assert [*json.loads(found.masked(packed))[1]] == ["t", "n"]
