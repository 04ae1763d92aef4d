"""What names something redacted is cut out of every format, exactly, and everything else is read as before."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import protocols
from crawler.errors import ParseError
from crawler.identifiers import address_of
from crawler.model import Capture, Document, Page
from crawler.redacting import Knife, Marks, Redacted, cut, hashes
from crawler.redacting.hashes import Mark
from crawler.redacting.trees import Node, tree
from crawler.run.trial import Met
from crawler.run.withholding import Left, Withholding
from crawler.sources import Source
from tests.protocols.test_fixtures import CASES, capture, name_of, source
from tests.tiers import examples

WHOLE = {"registry/headers": "it is about one file, and nothing else"}
"""Lists of which nothing is left."""


def marks(*found: Mark) -> Marks:
    return Marks([Redacted(id="1", reason="names a person", date="2026-03-05", marks=frozenset(found))])


def titled(title: str) -> Marks:
    return marks(*hashes.phrase("1", hashes.words_of(title)))


def known(document: Document, page: Page) -> Marks:
    """The marks of a document that a page lists."""
    found = [*hashes.address("1", document.url), *hashes.phrase("1", hashes.words_of(document.title))]
    for name in (document.id, *document.aliases):
        found += hashes.address("1", name[4:]) if name.startswith("url:") else hashes.name("1", name)
    for link in page.links:
        found += hashes.address("1", address_of(link)) if link.facts.get("document") == document.id else ()
    return marks(*found)


def left(read: Capture, by: Source, of: Marks) -> Left:
    asked = {"source": by.id, "role": read.link.role, "parent": read.link.parent, "facts": dict(read.link.facts),
             "token": ""}  # fmt: skip
    link = {"url": address_of(read.link), "accept": "", "role": read.link.role, "hop": 0, "asked": [asked]}
    met = Met(
        url=read.url, time=read.time, method=read.method, status=read.status, headers=read.headers, body=read.body,
        link=link, payload_digest="sha256:0", digest=sha256(read.body).hexdigest(),
    )  # fmt: skip
    return Withholding(of, protocols.read).left(met, {by.id: by})


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
    assert found.cut is not None and found.cut.whole == (name_of(case) in WHOLE)
    if found.cut.whole:
        assert found.body == b""
        return
    after = protocols.read(replace(capture(case), body=found.body), source(case))
    assert gone.id not in {each.id for each in after.documents}
    # Others may hold its title, as a commencement order does that of its Act.
    rest = [each for each in before.documents if each.id != gone.id and gone.title not in each.title]
    assert [each for each in after.documents if gone.title not in each.title] == rest
    assert len(found.body) < len(capture(case).body)


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
TITLE = "Sample Person Zzyzx charged"
SPELLINGS = ("Sample Person Zzyzx charged", "sample-person-zzyzx-charged", "Sample%20Person%20Zzyzx%20charged",
             "Sample&#32;Person&nbsp;Zzyzx charged", "SAMPLE PERSON\nZZYZX CHARGED")  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("place", PLACES)
def test_only_the_part_that_names_it_goes(place: str, spelling: str) -> None:
    if place.startswith("json") and "\n" in spelling:
        spelling = spelling.replace("\n", "\\n")
    if place in ("lines", "robots"):
        spelling = spelling.replace("\n", " ")
    text = PLACES[place].format(spelling)
    found = titled(TITLE)
    knife = Knife(marked=found.within, fits=lambda body: True, named=lambda body: 0, media="", listing=False)
    kept = cut(text.encode(), knife)
    assert kept is not None
    assert b"zzyzx" not in kept.lower() and b"efore" in kept and b"ehind" in kept, kept
    if place.startswith("json"):
        assert json.loads(kept)


@pytest.mark.parametrize("codec", ["utf-8", "cp1252", "utf-16"])
def test_bytes_that_stay_are_as_they_were(codec: str) -> None:
    text = "<ul><li>Zoë\u2019s d\u2019état</li><li>Frau Müller-Zzyzx wird angeklagt</li><li>Ende \u2013 ß</li></ul>"
    found = titled("Frau Müller-Zzyzx wird angeklagt")
    knife = Knife(marked=found.within, fits=lambda body: True, named=lambda body: 0, media="", listing=False)
    kept = cut(text.encode(codec), knife)
    assert kept == "<ul><li>Zoë\u2019s d\u2019état</li><li>Ende \u2013 ß</li></ul>".encode(codec)
    broken = text.encode().replace(b"Ende", b"E\xffnde")
    assert cut(broken, knife) == broken.replace("<li>Frau Müller-Zzyzx wird angeklagt</li>".encode(), b"")
    packed = cut(gzip.compress(text.encode()), knife)
    assert packed is not None and gzip.decompress(packed).decode() == text.replace(
        "<li>Frau Müller-Zzyzx wird angeklagt</li>", ""
    )


TEXTS = st.text(st.sampled_from("<>/&;\"'{}[]:,\\ \n=-!?#ab\u00e9\ufeff") | st.characters(codec="utf-8"), max_size=300)


@examples(300)
@given(text=TEXTS | st.recursive(st.none() | st.booleans() | st.text(), lambda each: st.lists(each)
       | st.dictionaries(st.text(), each), max_leaves=30).map(json.dumps))  # fmt: skip
def test_a_tree_of_anything_is_one(text: str) -> None:
    """Parts stand inside the text, inside what holds them, and behind one another."""

    def check(node: Node) -> None:
        position = node.start
        for kid in node.kids:
            assert position <= kid.start <= kid.end <= node.end
            position = kid.end
            check(kid)

    for media in ("", "application/xml"):
        root = tree(text, media)
        assert (root.start, root.end) == (0, len(text))
        check(root)


@examples(100)
@given(entries=st.lists(st.dictionaries(st.sampled_from("abcd"), st.integers() | st.text(max_size=5)), max_size=6),
       at=st.integers(0, 6))  # fmt: skip
def test_json_stays_json(entries: list[dict[str, object]], at: int) -> None:
    at = min(at, len(entries))
    whole = {"x": 1, "list": [*entries[:at], {"title": TITLE, "n": [1, {"m": 2}]}, *entries[at:]], "y": []}
    found = titled(TITLE)

    def fits(body: bytes) -> bool:
        try:
            return {key: json.loads(body).get(key) for key in ("x", "list", "y")} == {"x": 1, "list": entries, "y": []}
        except ValueError:
            return False

    for indent in (None, 1):
        body = json.dumps(whole, indent=indent).encode()
        kept = cut(body, Knife(marked=found.within, fits=fits, named=lambda body: 0, media="", listing=True))
        assert kept is not None and json.loads(kept) == {**whole, "list": entries}
