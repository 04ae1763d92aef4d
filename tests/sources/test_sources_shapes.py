"""Sources of EU and international bodies read what others describe of their pages, with the options they have.

The markup is ours: the selectors, addresses and dates are those that were described; nothing of it is a recording.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler import protocols
from crawler.model import Capture, Link, Page, Walk
from crawler.protocols import OPTIONS
from crawler.sources import Source, load

SOURCES = load(Path(__file__).parents[2] / "sources.yaml", OPTIONS).sources
NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
MENU = '<nav><a href="/about">About</a><a href="/en/contact">Contact</a></nav>'
LISTS = {
    "eurojust-publications": (
        '<div class="field field--name-publication-tag-title"><h3><a href="{}">Sample</a></h3></div>',
        "https://www.eurojust.europa.eu/publication/sample-report",
    ),
    "euaa-publications": (
        '<article><h3><a href="{}">Sample</a></h3><time datetime="2025-03-01">1 March</time></article>',
        "https://www.euaa.europa.eu/publications/sample-guide-trafficking",
    ),
    "eige-publications": (
        '<div class="teaser-title"><a href="{}">Sample</a></div><span>12 Jan 2026</span>',
        "https://eige.europa.eu/publications-resources/publications/sample-report",
    ),
    "ela-news": (
        '<article class="card"><time datetime="2026-08-03">3 August</time><a href="{}">Sample</a></article>',
        "https://www.ela.europa.eu/en/news/sample-inspection",
    ),
    "osce-trafficking": (
        '<dl><dt class="search-title"><h3><a href="{}">Sample</a></h3></dt></dl>',
        "https://www.osce.org/cthb/512345",
    ),
}
LINKS = {
    "eurojust-trafficking": "https://www.eurojust.europa.eu/publication/sample-report",
    "commission-states": f"{SOURCES['commission-states'].url.rpartition('/')[0]}/sample_en",
    "danish-centre": "https://cmm.dk/english/sample-statistics",
    "ela-topics": "https://www.ela.europa.eu/en/publications/sample",
    "osce-cthb": "https://www.osce.org/odihr/13967",
    "osce-cthb-site": "https://cthb.osce.org/resources/sample",
    "ohchr-trafficking": "https://www.ohchr.org/en/instruments-mechanisms/instruments/sample-convention",
    "unodc-glotip": "https://www.unodc.org/documents/data-and-analysis/glotip/2020/Sample.pdf",
    "unodc-publications": "https://www.unodc.org/documents/human-trafficking/2017/Sample_Digest.pdf",
    "ilo-forced-labour": "https://www.ilo.org/publications/major-publications/sample-estimates",
    "interpol-trafficking": "https://www.interpol.int/en/News-and-Events/News/2026/Sample-trafficking-network",
    "walk-free-index": "https://cdn.walkfree.org/content/uploads/2023/05/Sample-Index.pdf",
    "walk-free-reports": "https://www.walkfree.org/reports/sample-report",
    "ihrb": "https://www.ihrb.org/focus-areas/migrant-workers/sample-report",
    "bhrrc": "https://www.business-humanrights.org/en/from-us/briefings/sample-benchmark",
    "knowthechain": "https://knowthechain.org/wp-content/uploads/2023/06/Sample.pdf",
    "teamwork-manual": "https://www.teamwork-against-trafficking-for-labour-exploitation.nl/cooperation",
    "netherlands-trafficking": "https://www.government.nl/documents/reports/2016/01/18/sample",
    "dutch-rapporteur": "https://www.dutchrapporteur.nl/publications/reports/2020/12/14/sample",
    "nationaal-rapporteur": "https://www.nationaalrapporteur.nl/publicaties/rapporten/2019/10/18/sample",
    "german-rapporteur": "https://www.institut-fuer-menschenrechte.de/publikationen/detail/sample-monitor",
    "finnish-rapporteur": "https://syrjinta.fi/documents/25249352/Sample.pdf",
    "finnish-rapporteur-site": "https://yhdenvertaisuusvaltuutettu.fi/documents/25249352/Sample.pdf",
    "finnish-assistance": "http://www.ihmiskauppa.fi/en/materials/sample_report",
    "irish-rapporteur": "https://www.ihrec.ie/documents/sample-contribution",
    "swedish-coordination": "https://nspm.jamstalldhetsmyndigheten.se/sample-manual",
    "czech-rapporteur": "https://mvcr.cz/soubor/thb-sample-strategy-pdf.aspx",
    "french-rapporteur": "https://www.cncdh.fr/publications/sample-evaluation",
    "kok-publications": "https://www.kok-gegen-menschenhandel.de/serviceangebote/publikationen/detail/sample-bericht",
    "la-strada": "https://documentation.lastradainternational.org/doc-center/2542/sample",
    "picum-labour": "https://picum.org/wp-content/uploads/2023/08/Sample.pdf",
    "gaatw": "https://www.gaatw.org/publications/Sample.pdf",
    "anti-trafficking-review": "https://www.antitraffickingreview.org/index.php/atrjournal/issue/view/8",
    "cbss-task-force": "https://cbss.org/publications/sample-manual",
    "myria-publications": "https://www.myria.be/en/publications/sample-annual-report",
    "eu-anti-trafficking-coordinator": "https://home-affairs.ec.europa.eu/system/files/2022-12/Sample_en.pdf",
    "commission-empact": "https://home-affairs.ec.europa.eu/system/files/2024-06/sample.pdf",
}
FEEDS = ("frontex-news", "fra-publications", "ohchr-news")
NUMBERED = tuple(name for name, each in SOURCES.items() if each.protocol == "numbered")


def read(source: Source, body: str, media: str = "text/html") -> tuple[Page, Link]:
    link = next(iter(protocols.start(source, Walk(clock=NOW))))
    headers = (("Content-Type", f"{media}; charset=utf-8"),)
    capture = Capture(url=link.url, time=NOW, link=link, headers=headers, body=body.encode())
    return protocols.read(capture, source), link


def shown(inside: str) -> str:
    return f"<!doctype html><html lang=en><body>{MENU}<main><h1>Sample</h1><p>Sample words.</p>{inside}</main></body>"


@pytest.mark.parametrize("name", LISTS)
def test_a_list_finds_its_documents_and_goes_on_to_its_next_page(name: str) -> None:
    markup, url = LISTS[name]
    page, link = read(SOURCES[name], shown(markup.format(url)))
    assert [each.url for each in page.documents] == [url]
    following = [each.url for each in page.links if each.role == "next"]
    assert following == [f"{link.url}{'&' if '?' in link.url else '?'}page=1"]
    assert SOURCES[name].enabled and SOURCES[name].backfill is not None


@pytest.mark.parametrize("name", LINKS)
def test_a_watched_page_leads_to_what_is_known_of_its_site_and_to_nothing_of_its_menu(name: str) -> None:
    others = '<a href="https://elsewhere.example/publication/x">Else</a>'
    page, link = read(SOURCES[name], shown(f'<p><a href="{LINKS[name]}">Sample report of a body</a></p>{others}'))
    own = {each.removeprefix("https://www.") for each in (link.url,)}
    assert [each.url for each in page.documents if each.url.removeprefix("https://www.") not in own] == [LINKS[name]]


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_is_read(name: str) -> None:
    host = SOURCES[name].url.partition("/en/")[0]
    entry = f"<item><title>Sample</title><link>{host}/en/sample</link></item>"
    told = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Sample</title>{entry}</channel></rss>'
    page, _ = read(SOURCES[name], told, "application/rss+xml")
    assert [each.title for each in page.documents] == ["Sample"]


@pytest.mark.parametrize("name", NUMBERED)
def test_every_number_has_an_address_of_its_own_and_an_id_that_its_page_has_too(name: str) -> None:
    links = list(protocols.start(SOURCES[name], Walk(clock=NOW)))
    assert len({link.url for link in links}) == len({link.facts["document"] for link in links}) == len(links) > 2
    page, link = read(SOURCES[name], shown(f"<p>{links[0].facts.get('title', '')}</p>"))
    assert [each.id for each in page.documents] == [link.facts["document"]]
