"""Dates that pages state in JSON-LD, in microdata and behind visible labels; and those that are not theirs."""

import pytest

from crawler.bodies.dated import labelled_dates
from crawler.bodies.html import document
from tests.bodies.test_bodies_html import page

LINKED = '<script type="application/ld+json">{}</script>'
DATES = '{"@type": "Article", "headline": "a\tb", "dateModified": "2026-09-04", "datePublished": "2026-08-27"}'
LABELLED = '<div><span class="label">Published:</span>\n<span><strong>27 Aug 2026</strong></span></div>'
ROWS = (
    '<div class="first-published"><div class="label">First published:</div><div class="item">5 May 2026</div></div>'
    '<div class="label">Last updated:</div><div><span><time datetime="2026-09-15T08:30:00Z">15 September 2026</time>'
)
BROKEN = (
    "<p><span>Release date: </span><br />24 October 2026<br /></p><p><span>Next release: </span><br />12 May 2027</p>"
)
PROPERTY = '<time itemprop="datePublished" datetime="2026-12-17T13:17:00">17-12-2026 - 13:17</time>'
SUMMARY = "<dl><dt>Date of publication</dt><dd>March 2026</dd><dt>Updated</dt><dd>2 June 2026</dd></dl>"


def stated(body: str, head: str = "") -> tuple[str | None, str | None]:
    html = (
        f'<html lang="en"><head><title>Sample</title>{head}</head><body>{body}<h2>Aims</h2><p>Words.</p></body></html>'
    )
    found = document(page(html))
    return found.published, found.updated


@pytest.mark.parametrize("marked", [
    "{}", "\n//<![CDATA[\n\n{}\n    \n//]]>\n", "/*<![CDATA[*/{}/*]]>*/", "<!--\n{}\n//-->", "<![CDATA[{}]]>",
])  # fmt: skip
def test_json_ld_is_read_inside_marks_of_cdata_and_comments(marked: str) -> None:
    assert stated("<h1>Sample</h1>", LINKED.format(marked.replace("{}", DATES))) == ("2026-08-27", "2026-09-04")


@pytest.mark.parametrize(("body", "dates"), [
    (LABELLED, ("2026-08-27", None)),
    (ROWS, ("2026-05-05", "2026-09-15")),
    (BROKEN, ("2026-10-24", None)),
    (SUMMARY, ("2026-03", "2026-06-02")),
    ("<p>Published 3 May 2026 | Last updated: 4 June 2026</p>", ("2026-05-03", "2026-06-04")),
    ("<ul><li>Publication date: 2026</li></ul>", ("2026", None)),
    (PROPERTY, ("2026-12-17", None)),
    (f"{PROPERTY}<ul><li>{PROPERTY.replace('2026', '2025')}</li></ul>", ("2026-12-17", None)),
    ('<span itemprop="dateModified" content="2026-02-01">today</span>', (None, "2026-02-01")),
])  # fmt: skip
def test_dates_near_the_title_are_read_as_precisely_as_they_are_stated(body: str, dates: tuple[str, str]) -> None:
    assert stated(f"<h1>Sample</h1>{body}") == dates
    assert stated(f"{body}<h1>Sample</h1>") == dates


@pytest.mark.parametrize("body", [
    "<p>It was <b>published</b> <b>3 May 2026</b> in London.</p>",
    "<p>Published 3 May 2026 by another office, which was wound up.</p>",
    "<p>Published</p><p>On 3 May 2026 the office was wound up.</p>",
    "<p>Published:</p><p>Published by the office on 3 May 2026</p>",
    "<table><tr><th>Published</th><th>Updated</th></tr><tr><td>3 May 2026</td><td>4 June 2026</td></tr></table>",
    "<p>Next release date: 3 May 2027</p>",
    "<p>Release date: to be announced</p>",
    "<h2>Related</h2><p>Published: 3 May 2026</p>",
    "<p>Published: 3 May 2026</p><p>Published: 4 May 2026</p>",
    "<aside><p>Published: 3 May 2026</p></aside><nav>Published: 3 May 2026</nav>",
    "<p hidden>Published: 3 May 2026</p>",
    f"{PROPERTY}{PROPERTY.replace('2026', '2025')}",
    f"<aside>{PROPERTY}</aside>",
    f'<div itemscope itemprop="isPartOf">{PROPERTY}</div>',
    "<p>Line</p>" * 70 + "<p>Published: 3 May 2026</p>",
])  # fmt: skip
def test_dates_in_sentences_and_of_other_pages_are_not_those_of_the_page(body: str) -> None:
    assert stated(f"<h1>Sample</h1>{body}") == (None, None)


HEAD = '<meta property="article:published_time" content="2026-08-27T09:30:00+01:00">'


@pytest.mark.parametrize(("shown", "published", "otherwise"), [
    ("27 August 2026", "2026-08-27T08:30:00Z", None),
    ("August 2026", "2026-08-27T08:30:00Z", None),
    ("28 August 2026", "2026-08-28", None),
    ("30 August 2026", "2026-08-30", "2026-08-27T08:30:00Z"),
    ("2024", "2024", "2026-08-27T08:30:00Z"),
])  # fmt: skip
def test_the_date_that_a_page_shows_wins_over_its_metadata(shown: str, published: str, otherwise: str | None) -> None:
    html = f"<html lang=en><head><title>Sample</title>{HEAD}</head><body><h1>Sample</h1><p>Published: {shown}</p>Words"
    found = document(page(html))
    assert (found.published, found.otherwise) == (published, otherwise)


@pytest.mark.parametrize(("updated", "told"), [("2026-08-26", None), ("2026-08-27", "2026-08-27"), ("2026", "2026")])
def test_what_was_updated_before_it_was_published_was_not_updated(updated: str, told: str | None) -> None:
    head = f'{HEAD}<meta property="article:modified_time" content="{updated}">'
    assert stated("<h1>Sample</h1>", head) == ("2026-08-27T08:30:00Z", told)


@pytest.mark.parametrize(("language", "line", "dates"), [
    ("en", "Released: 15 September 2026", ("2026-09-15", None)),
    ("fr", "Publié le 3 mai 2026", ("2026-05-03", None)),
    ("de", "Zuletzt aktualisiert am: 3. Mai 2026", (None, "2026-05-03")),
    ("nl", "Laatst bijgewerkt op 3 mei 2026", (None, "2026-05-03")),
    ("es", "Fecha de publicación: 3 de mayo de 2026", ("2026-05-03", None)),
    ("cy", "Diweddarwyd ddiwethaf: 3 Mai 2026", (None, "2026-05-03")),
    ("en", "Last updated: 3 rd March 2026", (None, "2026-03-03")),
])  # fmt: skip
def test_labels_are_read_in_the_languages_of_the_sources(language: str, line: str, dates: tuple[str, str]) -> None:
    assert labelled_dates([line], language) == dates


def test_the_heading_of_a_notice_of_the_site_does_not_end_what_is_near_the_title() -> None:
    notice = '<div role="banner"><h3>This is the newest release of its series</h3></div>'
    assert stated(f"<h1>Sample</h1>{notice}{ROWS}") == ("2026-05-05", "2026-09-15")


TIME = '<time class="{}" datetime="2026-05-{}T09:00:00+00:00">{} May</time>'


@pytest.mark.parametrize(("body", "dates"), [
    (TIME.format("entry-date published", "03", 3), ("2026-05-03T09:00:00Z", None)),
    (TIME.format("dt-published", "03", 3) + TIME.format("updated", "04", 4),
     ("2026-05-03T09:00:00Z", "2026-05-04T09:00:00Z")),
    (TIME.format("published", "03", 3) + TIME.format("published", "04", 4), (None, None)),
    ("<ul><li>" + TIME.format("published", "03", 3) + "</li></ul>", (None, None)),
    (TIME.format("", "03", 3), (None, None)),
])  # fmt: skip
def test_the_classes_of_times_say_what_they_are_of(body: str, dates: tuple[str, str]) -> None:
    assert stated(f"<h1>Sample</h1>{body}") == dates


def test_the_only_time_beside_the_title_is_that_of_publication() -> None:
    time = TIME.format("", "03", 3)
    assert stated(f"<header><h1>Sample</h1>{time}</header>") == ("2026-05-03T09:00:00Z", None)
    assert stated(f"<header><h1>Sample</h1>{time}{TIME.format('', '04', 4)}</header>") == (None, None)
