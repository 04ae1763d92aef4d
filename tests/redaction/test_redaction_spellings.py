"""Something redacted is found however it is spelled: escaped, quoted and packed, one over the other."""

import html
import json
from urllib.parse import quote

import pytest

from crawler.redaction import Marks, Redacted, mark_hashes
from crawler.redaction.journal import retold, without_redacted

TITLE = "Zoë Sample-Zzyzx charged with sample trafficking"
HOST = "https://a.sample.invalid"
ADDRESS = f"{HOST}/news/zz-1"
NAMED = "govuk:00000000-0000-4000-8000-00000000f00d"
MARKS = Marks([
    Redacted(
        id="1",
        reason="asked for",
        date="2026-03-05",
        marks=frozenset([
            *mark_hashes.phrase("1", mark_hashes.words_of(TITLE)), *mark_hashes.address("1", ADDRESS),
            *mark_hashes.name("1", NAMED),
        ]),
    )
])  # fmt: skip

JSON = json.dumps(TITLE)
NUMBERED = "".join(f"&#{ord(each)};" for each in TITLE)
TITLES = {
    "plain": TITLE,
    "decomposed": TITLE.replace("ë", "e\u0308"),
    "soft hyphens": TITLE.replace("traff", "traf\u00adf"),
    "named entity": TITLE.replace("ë", "&euml;"),
    "entity in xml": TITLE.replace("ë", "&amp;euml;"),
    "entity in xml in xml": TITLE.replace("ë", "&amp;amp;euml;"),
    "numbers": NUMBERED,
    "numbers in xml": html.escape(NUMBERED),
    "json": JSON,
    "json in json": json.dumps(JSON),
    "json in json in json": json.dumps(json.dumps(JSON)),
    "html in json": json.dumps(f"<p>{html.escape(TITLE)}</p>"),
    "javascript": TITLE.replace("ë", "\\xeb"),
    "javascript in braces": TITLE.replace("ë", "\\u{eb}"),
    "json over lines": json.dumps(TITLE.replace(" ", "\n")),
    "json in json over lines": json.dumps(json.dumps(TITLE.replace(" ", "\n"))),
    "percent": quote(TITLE),
    "percent twice": quote(quote(TITLE)),
    "percent thrice": quote(quote(quote(TITLE))),
    "percent in a long page": f"{'word ' * 2_000}{quote(quote(TITLE))}",
    "mail": f'<a href="mailto:?subject=Read&amp;body={quote(TITLE)}">Send</a>',
    "slug": "/x/" + TITLE.lower().replace(" ", "-"),
    "file name": TITLE.replace(" ", "_") + ".pdf",
    "comment": f"<p>Words.</p><!-- {TITLE} --><p>Words.</p>",
    "comment with tags": f"<p>Words.</p><!-- {TITLE.replace('charged', '<b>charged</b>')} --><p>Words.</p>",
    "comment with blocks": f"<!-- <h2>{TITLE.replace('charged', '<i>charged</i>')}</h2> -->",
    "cdata": f"<t><![CDATA[{TITLE}]]></t>",
    "cdata with tags": f"<t><![CDATA[{TITLE.replace('charged', '<em>charged</em>')}]]></t>",
    "tags within": f"<h1>{TITLE.replace('Sample', '<span class=x>Sample</span>')}</h1>",
    "comment within": f"<h1>{TITLE.replace(' charged', '<!-- x --> charged')}</h1>",
    "alternative text": f'<img alt="{TITLE}" src="/x.png">',
    "header": f"attachment; filename*=UTF-8''{quote(TITLE)}.pdf",
}  # fmt: skip


@pytest.mark.parametrize("how", TITLES)
def test_a_title_is_found(how: str) -> None:
    assert MARKS.within(TITLES[how], HOST) == "1"
    if not how.startswith("numbers"):
        assert MARKS.within(TITLES[how].replace("charged", "cleared"), HOST) == ""


ADDRESSES = {
    "plain": ADDRESS,
    "sentence": f"(see {ADDRESS}).",
    "other scheme": ADDRESS.replace("https", "http"),
    "campaign": f"{ADDRESS}?utm_source=x#top",
    "relative": '<a href="/news/zz-1">',
    "beside": '<a class=x href=zz-1>',
    "in upper case": '<A HREF="zz-1">',
    "source": '<img src = zz-1>',
    "json": json.dumps(ADDRESS).replace("/", "\\/"),
    "json in json": json.dumps(json.dumps(ADDRESS)).replace("/", "\\\\\\/"),
    "entities": ADDRESS.replace("/", "&#x2F;"),
    "entities in xml": ADDRESS.replace("/", "&amp;#x2F;"),
    "shared": f"https://share.sample.invalid/?u={quote(ADDRESS, safe='')}&t=Read",
    "shared twice": f"https://share.sample.invalid/?u={quote(quote(ADDRESS, safe=''), safe='')}&t=Read",
    "mail": f"mailto:?subject=x&body=See%20{quote(ADDRESS, safe='')}%20now",
    "archived": f"https://web.archive.sample.invalid/web/20260301/{ADDRESS}",
    "path of a path": f"/go/and/on({ADDRESS})",
    "link header": f'<{ADDRESS}>; rel="canonical"',
    "refresh": f'<meta http-equiv=refresh content="0;url={ADDRESS}">',
    "style": f"background:url({ADDRESS})",
    "list of pictures": f'<img srcset="/a.png 1x, {ADDRESS} 2x">',
    "markdown": f"[read]({ADDRESS})",
}  # fmt: skip


@pytest.mark.parametrize("how", ADDRESSES)
def test_an_address_is_found(how: str) -> None:
    text = f"Words {ADDRESSES[how]} words"
    assert MARKS.within(text, f"{HOST}/news/other") == "1"
    assert MARKS.within(text.replace("zz-1", "zz-2"), f"{HOST}/news/other") == ""


IDS = [
    NAMED, NAMED[6:], NAMED.upper(), f'"content_id":"{NAMED[6:]}"', f"?id={NAMED[6:]}", f"/doc/{quote(NAMED, safe='')}",
    f"urn:x:{NAMED[6:]}", f"&lt;id&gt;{NAMED[6:]}&lt;/id&gt;", quote(quote(f"x={NAMED}", safe="")),
]  # fmt: skip


@pytest.mark.parametrize("text", IDS)
def test_an_id_is_found(text: str) -> None:
    assert MARKS.within(f"Words {text} words") == "1"
    assert MARKS.within(f"Words {text} words".replace("00d", "00e").replace("00D", "00E")) == ""


def test_a_word_is_no_address_but_where_a_link_says_so() -> None:
    assert MARKS.within("Words on zz-1 and zz-1/x, of ours.", f"{HOST}/news/other") == ""
    assert MARKS.within('<a href="zz-1">', "https://other.sample.invalid/news/x") == ""
    assert MARKS.within('<a href="zz-1">', f"{HOST}/news/other") == "1"
    assert MARKS.within("/news/zz-1", "https://other.sample.invalid/") == ""
    assert MARKS.within("/news/zz-1", HOST) == "1"


def test_an_entry_of_several_documents_loses_those_that_were_redacted_and_no_other() -> None:
    other = "url:https://a.sample.invalid/news/other"
    row = {"id": "1", "document": None, "title": "12 new documents", "documents": [NAMED, other, f"url:{ADDRESS}"]}
    told = retold("entries-announced", {"time": "2026-03-05T06:00:00Z", "new": [row], "corrected": []}, MARKS)
    assert told["new"] == [{**row, "documents": [other]}]


def test_a_text_that_only_begins_as_an_address_does_goes_as_any_other() -> None:
    told = without_redacted({"title": f"https://[{TITLE}", "other": "https://[a sample"}, MARKS)
    assert told["title"].startswith("redacted:") and told["other"] == "https://[a sample"
