"""How an address, or what was captured there, would be watched."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import protocols
from crawler.errors import IdentifierError, ParseError, RefusedError
from crawler.model import Capture, Document, Link, Page
from crawler.protocols.recognise import address_of, by_address, by_content, feeds_of, supposed
from crawler.protocols.recognise.contents import expectation
from crawler.sources import Expect

RECORDINGS = Path(__file__).parents[2] / "../shared/recordings"
URL = "https://www.office.example/news/"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LAW, GOVUK, PARLIAMENT = "https://www.legislation.gov.uk", "https://www.gov.uk", "parliament.uk"
SPARQL = "https://publications.europa.eu/webapi/rdf/sparql"
EP = "https://data.europarl.europa.eu/api/v2"
PRESS = "https://ec.europa.eu/commission/presscorner/api"
HUDOC = "/app/transform/rss?library={0}eng&query=contentsitename%3A{1}&sort=&start=1"

Known = tuple[str, str, str, Mapping[str, object]]


def items(url: str, protocol: str, base: str, item: str, **more: object) -> Known:
    return url, protocol, base, {**more, "items": [item]}


def act(url: str, item: str = "ukpga/2015/30") -> Known:
    return items(url, "legislation", f"{LAW}/", item, feed="items", effects=True)


def cellar(url: str, number: str = "32011L0036") -> Known:
    return items(url, "cellar", SPARQL, number, feed="items")


KNOWN: tuple[Known, ...] = (
    act(f"{LAW}/ukpga/2015/30"),
    act("http://legislation.gov.uk/id/ukpga/2015/30/section/45/2020-01-01/data.xml"),
    act(f"{LAW}/cy/ukpga/2015/30/contents"),
    act(f"{LAW}/changes/affected/ukpga/2015/30?results-count=50"),
    act(f"{LAW}/changes/unapplied/affecting/ukpga/2015/30/data.feed"),
    act(f"{LAW}/ukpga/Eliz2/4-5/19", "ukpga/Eliz2/4-5/19"),
    (f"{LAW}/new", "legislation", f"{LAW}/new/data.feed", {}),
    (f"{LAW}/new/uksi/2026-11-20", "legislation", f"{LAW}/new/uksi/data.feed", {}),
    (f"{LAW}/update/2026-11-20/legislation?new=true&page=3", "legislation",
     f"{LAW}/update/legislation/data.feed?new=true", {"feed": "log"}),
    (f"{LAW}/update/data.feed", "legislation", f"{LAW}/update/data.feed", {"feed": "log"}),
    # A parameter that no list knows is dropped by the site, and the whole statute book is its answer.
    (f"{LAW}/search?title=slavery&type=ukpga&year=2015&titel=x", "legislation",
     f"{LAW}/ukpga/2015/data.feed?title=slavery", {}),
    (f"{LAW}/all?text=%22forced+labour%22&page=2", "legislation", f"{LAW}/all/data.feed?text=%22forced+labour%22", {}),
    (f"{LAW}/ukdsi+sdsi/data.feed?title=slavery", "legislation", f"{LAW}/ukdsi+sdsi/data.feed?title=slavery", {}),
    (f"{LAW}/title/slavery", "legislation", f"{LAW}/title/slavery/data.feed", {}),
    items(f"{GOVUK}/guidance/a-page?x=y#part", "govuk", f"{GOVUK}/", "/guidance/a-page"),
    items("http://gov.uk/government/publications/a/", "govuk", f"{GOVUK}/", "/government/publications/a"),
    items(f"{GOVUK}/api/content/guidance/a-page", "govuk", f"{GOVUK}/", "/guidance/a-page"),
    items(f"{GOVUK}/government/collections/slavery", "govuk", f"{GOVUK}/", "/government/collections/slavery"),
    (f"{GOVUK}/government/organisations/home-office", "govuk", f"{GOVUK}/api/search.json",
     {"organisation": "home-office", "pages": 3}),
    (f"{GOVUK}/government/organisations/home-office.atom", "govuk",
     f"{GOVUK}/government/organisations/home-office.atom", {}),
    # robots.txt forbids /search/all and its feed; the Search API is open.
    (f"{GOVUK}/search/all?keywords=%22modern+slavery%22&organisations[]=home-office&organisations[]=border-force&order=x",
     "govuk", f"{GOVUK}/api/search.json",
     {"search": {"q": '"modern slavery"', "filter_organisations": ["home-office", "border-force"]}, "pages": 3}),
    (f"{GOVUK}/search/all.atom?keywords=slavery", "govuk", f"{GOVUK}/api/search.json",
     {"search": {"q": "slavery"}, "pages": 3}),
    (f"{GOVUK}/search/guidance-and-regulation?keywords=slavery", "govuk",
     f"{GOVUK}/search/guidance-and-regulation.atom?keywords=slavery", {}),
    (f"{GOVUK}/api/search.json?q=slavery&count=10", "govuk", f"{GOVUK}/api/search.json?q=slavery&count=10", {}),
    items("https://bills.parliament.uk/bills/3749/publications", "parliament",
          "https://bills-api.parliament.uk/api/v1/Bills", "3749", api="bills"),
    items("https://bills-api.parliament.uk/api/v1/Bills/3749/Stages?Take=5", "parliament",
          "https://bills-api.parliament.uk/api/v1/Bills", "3749", api="bills"),
    ("https://bills.parliament.uk/?SearchTerm=slavery", "parliament", "https://bills-api.parliament.uk/api/v1/Bills",
     {"api": "bills", "terms": ["slavery"]}),
    ("https://bills-api.parliament.uk/api/v1/Bills?Session=39", "parliament",
     "https://bills-api.parliament.uk/api/v1/Bills?Session=39", {"api": "bills"}),
    ("https://committees.parliament.uk/committee/516/european-affairs-committee/publications/", "parliament",
     "https://committees-api.parliament.uk/api/Publications", {"api": "committees", "search": {"CommitteeId": "516"}}),
    items("https://committees.parliament.uk/publications/41906/documents/208047/default/", "parliament",
          "https://committees-api.parliament.uk/api/Publications", "41906", api="committees"),
    ("https://questions-statements.parliament.uk/written-questions/detail/2026-01-20/HL123", "parliament",
     "https://questions-statements-api.parliament.uk/api/writtenquestions/questions",
     {"api": "questions", "search": {"uIN": "HL123"}}),
    ("https://questions-statements.parliament.uk/written-statements?SearchTerm=trafficking", "parliament",
     "https://questions-statements-api.parliament.uk/api/writtenstatements/statements",
     {"api": "statements", "terms": ["trafficking"]}),
    ("https://statutoryinstruments.parliament.uk/", "parliament",
     "https://statutoryinstruments-api.parliament.uk/api/v2/StatutoryInstrument", {"api": "instruments"}),
    items("https://treaties.parliament.uk/treaty/aBc123/", "parliament",
          "https://treaties-api.parliament.uk/api/Treaty", "aBc123", api="treaties"),
    ("https://modern-slavery-statement-registry.service.gov.uk/search", "registry",
     "https://downloads.modern-slavery-statement-registry.service.gov.uk/publicdownloads/", {}),
    cellar("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX%3A02011L0036-20240714"),
    cellar("http://data.europa.eu/eli/dir/2011/36/oj"),
    cellar("https://publications.europa.eu/resource/celex/32011L0036.ENG.fmx4"),
    cellar(f"{LAW}/european/directive/2011/0036"),
    cellar("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:62017CJ0001", "62017CJ0001"),
    ("https://op.europa.eu/en/publication-detail/-/publication/225ab30f-0a4c-11f0-b1a3-01aa75ed71a1/language-en",
     "cellar", "https://publications.europa.eu/resource/cellar/225ab30f-0a4c-11f0-b1a3-01aa75ed71a1", {}),
    (f"{SPARQL}?query=select", "cellar", f"{SPARQL}?query=select", {}),
    ("https://publications.europa.eu/webapi/notification/ingestion?startDate=1", "cellar", SPARQL,
     {"feed": "notifications"}),
    items("https://www.europarl.europa.eu/doceo/document/TA-9-2019-0018_EN.html", "europarl", f"{EP}/adopted-texts",
          "TA-9-2019-0018"),
    items("https://www.europarl.europa.eu/doceo/document/A-9-2024-0163_EN.html", "europarl", f"{EP}/plenary-documents",
          "A-9-2024-0163"),
    items("https://oeil.europarl.europa.eu/oeil/en/procedure-file?reference=2022/0426(COD)", "europarl",
          f"{EP}/procedures", "2022-0426"),
    (f"{EP}/adopted-texts", "europarl", f"{EP}/adopted-texts", {"subjects": ["http://eurovoc.europa.eu/5933"]}),
    ("https://hudoc.greta.coe.int/eng", "hudoc", "https://hudoc.greta.coe.int" + HUDOC.format("greta", "GRETA"), {}),
    ("https://hudoc.grevio.coe.int" + HUDOC.format("grevio", "GREVIO"), "hudoc",
     "https://hudoc.grevio.coe.int" + HUDOC.format("grevio", "GREVIO"), {}),
    ("https://www.europol.europa.eu/media-press/newsroom?q=x", "europol",
     "https://www.europol.europa.eu/cms/api/rss/news", {}),
    (f"{PRESS.removesuffix('/api')}/detail/en/ip_24_1234", "presscorner", f"{PRESS}/rss?language=en&pageSize=50", {}),
    (f"{PRESS.removesuffix('/api')}/home/en?keywords=forced%20labour", "presscorner",
     f"{PRESS}/search?language=en&text=forced%20labour&pagesize=100&pagenumber=1", {"pages": 5}),
    ("https://sherloc.unodc.org/cld/en/v3/sherloc/cldb/search.html", "sherloc",
     "https://www.unodc.org/cld/v3/sherloc/cldb/data.json", {}),
    ("https://www.unodc.org/cld/v3/sherloc/legdb/", "sherloc",
     "https://www.unodc.org/cld/v3/sherloc/legdb/data.json", {}),
)  # fmt: skip


@pytest.mark.parametrize(("url", "protocol", "address", "options"), KNOWN, ids=[each[0] for each in KNOWN])
def test_sites_with_a_protocol_of_their_own_are_known_by_the_address(
    url: str, protocol: str, address: str, options: Mapping[str, object]
) -> None:
    found = by_address(address_of(url))
    assert found is not None
    assert (found.protocol, found.url, dict(found.options)) == (protocol, address, options)
    assert protocols.problems(found.source) == [] and set(options) <= protocols.PROTOCOLS[protocol].OPTIONS.keys()
    assert found.label and found.name and found.evidence in ("documented", "reported")


def test_a_word_is_no_address() -> None:
    with pytest.raises(IdentifierError, match="'guidance': neither a web address nor the number of an act"):
        address_of("guidance")


def test_a_search_of_the_court_is_the_same_search_as_results() -> None:
    found = by_address('https://hudoc.echr.coe.int/eng#{"article":["4"],"sort":["kpdate Descending"],"fancy":["x"]}')
    assert found is not None and found.protocol == "hudoc" and found.kind == "case_law"
    assert "/app/query/results?query=contentsitename%3AECHR%20AND%20((article%3D%224%22))&select=" in found.url
    assert any("fancy" in note for note in found.notes)
    everything = by_address("https://hudoc.echr.coe.int/")
    assert everything is not None and any("all judgments" in note for note in everything.notes)


@pytest.mark.parametrize(
    "url",
    [
        f"{LAW}/", f"{LAW}/help", f"{LAW}/defralex", f"{GOVUK}/", "https://www.parliament.uk/business/news/",
        "https://bills.parliament.uk/rss/allbills.rss", "https://commonslibrary.parliament.uk/feed/", SPARQL,
        "https://www.europarl.europa.eu/news/en/press-room", "https://www.europol.europa.eu/about-europol",
        "https://www.coe.int/en/web/anti-human-trafficking", "https://www.unodc.org/unodc/en/human-trafficking/",
        "https://ec.europa.eu/eurostat/", "https://www.office.example/ukpga/2015/30", "https://evil.example/gov.uk",
        "https://hudoc.greta.coe.int.evil.example/", "https://x.example/sitemap.xml",
    ],
)  # fmt: skip
def test_other_addresses_must_be_looked_at(url: str) -> None:
    assert by_address(url) is None


@given(st.text(max_size=80), st.sampled_from([each[0] for each in KNOWN]))
@settings(max_examples=150, deadline=None)
def test_no_address_breaks_it(text: str, url: str) -> None:
    for given_text in (text, url + text, url.replace("/", "/" + text, 4)):
        try:
            address = address_of(given_text)
        except IdentifierError:
            continue
        found = by_address(address)
        assert found is None or protocols.problems(found.source) == []
        assert supposed(address).url == address


def test_what_people_paste_becomes_an_address() -> None:
    assert address_of(" www.office.example/a b?utm_source=x&id=1 ") == "https://www.office.example/a%20b?id=1"
    assert address_of("uksi/2015/1816") == f"{LAW}/uksi/2015/1816"
    assert address_of("32011L0036") == "https://publications.europa.eu/resource/celex/32011L0036"
    for wrong in ("ftp://office.example/", "https://user:secret@office.example/", "", "https://"):
        with pytest.raises(IdentifierError):
            address_of(wrong)


def capture(body: str | bytes, media: str = "text/html; charset=utf-8", url: str = URL, **more: object) -> Capture:
    raw = body.encode() if isinstance(body, str) else body
    made = Capture(url=url, time=NOW, link=Link(url=url, role="document"), headers=(("Content-Type", media),), body=raw)
    return replace(made, **more)  # type: ignore[arg-type]


TITLES = [f"Sample news of the office, number {number}" for number in range(12)]
DAYS = [f"{28 - 2 * number} October 2026" for number in range(12)]
MENU = "<nav><ul>" + "<li><a href='/s'>Section of the office</a> 1 May 2026</li>" * 9 + "</ul></nav>"
FOOT = MENU.replace("nav>", "footer>")


def site(main: str, head: str = "", language: str = "en") -> str:
    title = "<title>Newsroom | Sample Office</title><meta property='og:site_name' content='Sample Office'>"
    page = f"<main><h1>Newsroom</h1><p>All our sample news.</p>{main}</main>"
    return f"<!doctype html><html lang={language}><head>{title}{head}</head><body>{MENU}{page}{FOOT}</body></html>"


def repeated(entry: str, count: int = 12) -> str:
    rows = enumerate(zip(TITLES, DAYS, strict=True))
    return "".join(
        entry.format(n=n, title=title, day=day, odd="odd" if n % 2 else "even", iso=f"2026-10-{28 - 2 * n:02}")
        for n, (title, day) in list(rows)[:count]
    )


LISTS = {
    "cards": ("<div class='card'><a class=card__link href=/n/{n}>{title}</a><p class=card__date>{day}</p></div>",
              {"entry": "div.card", "date": ".card__date"}),
    "picture first": ("<div class='row row-{n} {odd}'><a href=/n/{n}><img src=x alt=''></a>"
                      "<h3><a href=/n/{n}>{title}</a></h3>"
                      "<time datetime='{iso}T10:00:00Z'>{day}</time></div>", {"entry": "div.row", "link": "h3 a"}),
    "category first": ("<article class=item><a href=/c/{odd}>Sample</a><h2><a href=/n/{n}>{title}</a></h2>"
                       "<time>{day}</time></article>", {"entry": "article.item", "link": "h2 a"}),
    "plain list": ("<li><a href=/n/{n}>{title}</a> <span>{day}</span></li>", {"entry": "main ul > li", "date": "span"}),
    "table": ("<tr><td>{day}</td><td><a href=/n/{n}.pdf>{title}</a></td></tr>", {"entry": "table > tr", "date": "td"}),
    "link around": ("<a class=teaser href=/n/{n}><h3>{title}</h3><time>{day}</time><p>Sample words</p></a>",
                    {"entry": "a.teaser", "title": "h3"}),
    "read more": ("<div class=item><h3>{title}</h3><p class=when>{day}</p><a href=/n/{n}>Read more</a></div>",
                  {"entry": "div.item", "title": "h3", "date": ".when"}),
}  # fmt: skip
AROUND = {"plain list": "<ul>{}</ul>", "table": "<table>{}</table>"}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_with_dates_is_read_by_our_own_parser(name: str) -> None:
    entry, options = LISTS[name]
    answer = capture(site(AROUND.get(name, "<div>{}</div>").format(repeated(entry))))
    found = by_content(answer)
    assert (found.protocol, dict(found.options)) == ("listing", options)
    page = protocols.read(replace(answer, link=Link(url=URL, role="listing")), found.source)
    assert [document.title for document in page.documents] == TITLES
    assert page.newest == ("2026-10-28T10:00:00Z" if name == "picture first" else "2026-10-28")
    assert found.notes[0].startswith(f"12 entries, the first: {TITLES[0]}; {TITLES[1]}; {TITLES[2]}.")
    assert found.expect == Expect(min=6, newest=timedelta(days=60)) and found.name == "Newsroom"
    assert found.site == "Sample Office"


def test_dates_in_another_language_are_told_to_the_parser() -> None:
    entry = "<li><a href=/n/{n}>{title}</a><span class=date>{day}</span></li>"
    body = site(f"<ul class=liste>{repeated(entry)}</ul>", language="fr").replace("October", "octobre")
    found = by_content(capture(body))
    assert dict(found.options) == {"entry": "ul.liste > li", "date": ".date", "language": "fr"}


PROSE = "<p>Sample words on how victims are found, and what is done for them then. </p>" * 40


@pytest.mark.parametrize(
    "main",
    [
        PROSE,
        PROSE + "<ul>" + repeated("<li><a href=/n/{n}>{title}</a> <time>{day}</time></li>", 3) + "</ul>",
        "".join(f"<h2>Part {n}</h2>{PROSE[:800]}<a href=/x{n}>more on part {n} of the guidance</a>" for n in range(9)),
        repeated("<p>Sample {title}</p>"),
    ],
    ids=["prose", "news beside prose", "chapters", "no links"],
)
def test_prose_is_a_page(main: str) -> None:
    found = by_content(capture(site(main), url="https://www.office.example/guidance/a"))
    assert (found.protocol, found.options, found.expect, found.notes) == ("page", {}, Expect(), ())
    assert found.kind == "guidance" and "report" in found.kinds


def test_links_without_dates_are_a_list_only_if_a_person_says_so() -> None:
    body = capture(site("<ul>" + repeated("<li><a href=/n/{n}>{title}</a></li>") + "</ul>"))
    assert by_content(body).protocol == "page" and "--protocol listing" in by_content(body).notes[-1]
    found = by_content(body, wanted="listing")
    assert found.protocol == "listing" and found.expect == Expect(min=6)
    with pytest.raises(ParseError, match="no list of links"):
        by_content(capture(site(PROSE)), wanted="listing")


def rss(*days: str, title: str = "Sample publications") -> str:
    entries = "".join(
        f"<item><title>Sample {n}</title><link>https://www.office.example/n/{n}</link><pubDate>{day}</pubDate></item>"
        for n, day in enumerate(days)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{entries}</channel></rss>'


ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:office.example,2026:x</id><title>Sample Atom</title>'
    "<updated>2026-11-20T08:00:00Z</updated><entry><id>tag:office.example,2026:x/1</id><title>Sample</title>"
    '<updated>2026-11-20T08:00:00Z</updated><link href="https://www.office.example/n/1"/></entry></feed>'
)
JSON_FEED = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "Sample JSON",
    "items": [{"id": "1", "url": "https://www.office.example/n/1", "title": "Sample", "content_text": "Sample"}],
})  # fmt: skip


@pytest.mark.parametrize("media", ["application/rss+xml", "text/xml", "text/html", "application/octet-stream"])
@pytest.mark.parametrize(
    ("body", "name"),
    [(rss("Mon, 16 Nov 2026 08:00:00 GMT"), "Sample publications"), (ATOM, "Sample Atom"), (JSON_FEED, "Sample JSON")],
    ids=["rss", "atom", "json"],
)
def test_a_feed_is_known_by_its_body_whatever_its_server_calls_it(body: str, name: str, media: str) -> None:
    found = by_content(capture(body, media))
    assert (found.protocol, found.name, found.options) == ("feed", name, {})
    assert found.notes[0].startswith("1 entry, the first: Sample")


def test_kind_of_a_feed_stays_a_question() -> None:
    found = by_content(capture(rss("Mon, 16 Nov 2026 08:00:00 GMT"), url="https://www.office.example/feed/"))
    assert found.kind == "report" and "guidance" in found.kinds and "report" not in found.kinds


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2026-11-23", "2026-11-20", "2026-11-18"), Expect(min=1, newest=timedelta(days=14))),
        (("2026-11-23", "2026-09-20"), Expect(min=1, newest=timedelta(days=180))),
        (("2026-02", "2025-11"), Expect(min=1, newest=timedelta(days=730))),
        (("2020-01-01",), Expect(min=1)),
        (("", ""), Expect(min=1)),
        (("2099-01-01",), Expect(min=1)),
        ((), Expect(min=0, zero=True)),
    ],
)
def test_what_healthy_means_follows_from_what_was_seen(days: tuple[str, ...], expected: Expect) -> None:
    documents = tuple(Document(id=f"url:{n}", title="x", url=URL, published=day or None) for n, day in enumerate(days))
    assert expectation(Page(documents=documents, entries=len(days)), NOW) == expected
    assert expectation(Page(entries=None), NOW) == Expect()


MAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<url><loc>https://www.office.example/a</loc><lastmod>2026-11-01</lastmod></url>"
    "<url><loc>https://www.office.example/b</loc></url></urlset>"
)
INDEX = (
    '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    "<sitemap><loc>https://www.office.example/sitemap.xml?page=1</loc></sitemap></sitemapindex>"
)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(("body", "note"), [(MAP, "2 pages."), (INDEX, "An index of 1 sitemap")])
def test_sitemap(body: str, note: str, packed: bool) -> None:
    raw = gzip.compress(body.encode(), mtime=0) if packed else body.encode()
    found = by_content(capture(raw, "application/xml", "https://www.office.example/sitemap.xml"))
    assert found.protocol == "sitemap" and found.notes[0].startswith(note)
    assert found.expect == (Expect(newest=timedelta(days=60)) if body is MAP else Expect())


def test_feeds_that_a_page_names() -> None:
    links = (
        "<link rel=alternate type=application/rss+xml href=/feed/ title='All'>"
        "<link rel=alternate type=application/rss+xml href=/comments/feed/ title='Comments'>"
        "<link rel=alternate type=application/atom+xml href=feed/ title='News'>"
        "<link rel=alternate type=application/json href=/wp-json/1><link rel=alternate hreflang=cy href=/cy>"
        "<link rel=alternate type=application/rss+xml href='javascript:x'><link rel=alternate type=application/rss+xml>"
        "<link rel=alternate type=application/rss+xml href='http://[bad'>"
    )
    page = capture(site(PROSE, head=links))
    assert feeds_of(page) == ("https://www.office.example/news/feed/", "https://www.office.example/feed/")
    assert feeds_of(capture(site(PROSE, head=f"<base href='https://feeds.office.example/x/'>{links}")))[0:2] == (
        "https://feeds.office.example/feed/", "https://feeds.office.example/x/feed/",
    )  # fmt: skip
    assert feeds_of(capture(rss())) == ()


def test_newsroom_of_europol_elsewhere_on_its_site() -> None:
    data = {"NodeLoader": {"node": {"lists": [{"items": [{"title": "Sample report", "alias": "/reports/a"}]}]}}}
    body = f"<html><h1>Reports</h1><script>window.SERVER_DATA={json.dumps(data)};</script></html>"
    found = by_content(capture(body, url="https://www.europol.europa.eu/publications-events/main-reports"))
    assert found.protocol == "europol" and found.notes[0] == "1 entry, the first: Sample report."


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (capture("<html><body>x</body></html>", status=403), "status 403"),
        (capture("<html></html>", status=202, headers=(("x-amzn-waf-action", "challenge"),)), "robot check"),
        (capture("<html><title>Just a moment...</title></html>"), "robot check"),
        (capture(""), "empty"),
        (capture("<html><title>Page not found</title><h1>Page not found</h1></html>"), "Page not found"),
    ],
)
def test_answers_that_are_no_document_are_refused(answer: Capture, words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        by_content(answer)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (capture('{"a": 1}', "application/json"), "no JSON Feed"),
        (capture("<html><body><div id=app></div><script>run()</script></body></html>"), "no words"),
        (capture("<?xml version='1.0'?><record/>", "text/xml"), "neither RSS, Atom nor JSON Feed but text/xml"),
        (capture(b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"), "not read"),
    ],
)
def test_what_no_protocol_reads_says_why(answer: Capture, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        by_content(answer)


@pytest.mark.parametrize(
    ("url", "protocol"),
    [
        ("https://x.example/feed/", "feed"), ("https://x.example/a/rss.xml", "feed"),
        ("https://x.example/a.atom", "feed"), ("https://x.example/rss/press-releases.xml", "feed"),
        ("https://x.example/sitemap.xml", "sitemap"),
        ("https://x.example/sitemap_index.xml.gz", "sitemap"), ("https://x.example/feedback", "page"),
        ("https://x.example/", "page"), ("https://x.example/guidance/a.pdf", "page"),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_at_is_taken_for_what_its_address_says(url: str, protocol: str) -> None:
    assert supposed(url).protocol == protocol


@given(
    st.binary(max_size=400),
    st.sampled_from(["", "<html><ul>", "<?xml version='1.0'?><rss>", "{", "%PDF-", "PK\x03\x04"]),
)
@settings(max_examples=200, deadline=None)
def test_no_bytes_break_it(body: bytes, start: str) -> None:
    answer = capture(start.encode("latin-1") + body)
    feeds_of(answer)
    for wanted in ("", "listing"):
        try:
            found = by_content(answer, wanted=wanted)
        except ParseError:
            continue
        assert protocols.problems(found.source) == []


ENTRY = "<div class='a b c d date'><a href=/n/{n} class='a b c'>{n} May 2026 and more words</a></div>"
HOSTILE = {
    "deep": "<div class='a date'>" * 3000 + "<a href=/x>x</a> 1 May 2026" * 200,
    "wide": "".join(ENTRY.format(n=n) for n in range(20_000)),
    "one word": "<a href=/x>" + "x" * 3_000_000,
    "dates in dates": "<div class=date><a href=/1>1</a>" * 120 + "1 May 2026 " * 200_000,
    "names": "".join(f"<x:{n} class='{{}}'><a href=/{n}>1 May 2026</a></x:{n}>" for n in range(500)),
    "selectors": "".join(
        f"<li class=\"a'b {n}:x [y] \\6\"><a href='/{n}\n'>Words {n}</a><time>1 May 2026</time>" for n in range(9)
    ),
    "feeds": "<html>" + "<link rel=alternate type=application/rss+xml href=/{}>".format("x" * 50_000) * 100,
    "script": "<script>" + "<li><a href=/1>1 May 2026</a>" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_gone_through_in_time(name: str) -> None:
    answer = capture(HOSTILE[name])
    started = time.monotonic()
    feeds_of(answer)
    for wanted in ("", "listing"):
        try:
            by_content(answer, wanted=wanted)
        except ParseError:
            continue
    assert time.monotonic() - started < 60


def test_recorded_addresses_are_known_by_their_protocol() -> None:
    file = RECORDINGS / "manifest.jsonl"
    if not file.exists():
        pytest.skip("no recordings beside the project")
    hosts = {
        "www.legislation.gov.uk": {"legislation", "cellar"}, "www.gov.uk": {"govuk"},
        "bills-api.parliament.uk": {"parliament"}, "publications.europa.eu": {"cellar"},
        "data.europarl.europa.eu": {"europarl"},
        "hudoc.greta.coe.int": {"hudoc"},
        "hudoc.echr.coe.int": {"hudoc"}, "hudoc.grevio.coe.int": {"hudoc"}, "oeil.europarl.europa.eu": {"europarl"},
    }  # fmt: skip
    for line in file.read_text("utf-8").splitlines():
        url = str(json.loads(line)["url"])
        try:
            found = by_address(address_of(url))
        except IdentifierError:
            continue
        host = url.partition("://")[2].partition("/")[0]
        assert found is None or found.protocol in hosts.get(host, {found.protocol}), url


def test_recorded_pages_never_break_it() -> None:
    pages = [path for path in RECORDINGS.rglob("*.html") if path.stat().st_size < 600_000]
    if not pages:
        pytest.skip("no recordings beside the project")
    for path in pages:
        try:
            assert by_content(capture(path.read_bytes(), "text/html")).protocol in ("page", "listing"), path.name
        except ParseError:
            continue
